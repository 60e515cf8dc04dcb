//! Tests of the languages: links between them, the safety text and help lines in two languages, and an added language.

use std::fs;

use between_us::content::{Content, SafetyPart};
use between_us::pages::Page;
use between_us::reflection::dial;

use crate::output::{attribute, pages, tags};
use crate::{changed_content, files, folder, locales, root, site, stderr};

fn content() -> Content {
    Content::load(&root().join("content")).unwrap()
}

/// Returns the language links of a page, in order: the id, the direction and the target.
fn language_links(html: &str) -> Vec<[String; 3]> {
    let links = tags(html).into_iter().filter(|tag| attribute(tag, "hreflang").is_some());
    let read = |tag| ["hreflang", "dir", "href"].map(|name| attribute(&tag, name).unwrap_or_default());
    links.map(read).collect()
}

#[test]
fn each_page_links_to_itself_in_each_language_in_header_and_footer() {
    let content = content();
    for (path, html) in pages().iter().filter(|(path, _)| path.contains('/')) {
        let (current_id, page) = path.split_once('/').unwrap();
        let root = if page == "index.html" { "../" } else { "../../" };
        let page = page.trim_end_matches("index.html");
        let links = content
            .locales
            .iter()
            .map(|(id, locale)| [id.clone(), locale.dir.as_str().to_owned(), format!("{root}{id}/{page}")]);
        let links: Vec<_> = links.collect();
        let (header, rest) = html.split_once("<main").unwrap();
        let (_, footer) = rest.split_once("<footer").unwrap();
        assert_eq!(language_links(header), links, "{path}, header");
        assert_eq!(language_links(footer), links, "{path}, footer");
        let tags = tags(&[header, footer].concat());
        let current = tags.into_iter().filter(|tag| attribute(tag, "hreflang").as_deref() == Some(current_id));
        assert!(current.into_iter().all(|tag| attribute(&tag, "aria-current").is_some()), "{path}");
        for (_, locale) in &content.locales {
            assert!(header.contains(&locale.name), "{path} does not name {}", locale.name);
        }
    }
}

#[test]
fn the_safety_text_is_shown_in_the_language_of_the_country_too() {
    let content = content();
    let mut found = 0;
    for (id, locale) in &content.locales {
        let beside = content.beside(id, &content.site.default_country);
        for (path, html) in pages().iter().filter(|(path, _)| path.starts_with(&format!("{id}/"))) {
            if !html.contains("class=\"safety\"") {
                continue;
            }
            assert!(html.contains(&locale.page.help.safety.lead), "{path}");
            let element = tags(html).into_iter().find(|tag| attribute(tag, "class").as_deref() == Some("beside"));
            assert_eq!(element.as_ref().and_then(|tag| attribute(tag, "lang")).as_deref(), beside.map(|(id, _)| id));
            if let (Some(tag), Some((_, other))) = (element, beside) {
                assert_eq!(attribute(&tag, "dir").as_deref(), Some(other.dir.as_str()), "{path}");
                assert!(html.contains(&other.page.help.safety.lead), "{path}");
                found += 1;
            }
        }
    }
    assert!(found > 0, "no page has the safety text in a second language");
}

#[test]
fn the_help_lines_of_a_country_are_described_in_its_language_too() {
    let content = content();
    for (id, _) in &content.locales {
        let path = format!("{id}/{}index.html", Page::Help.path());
        let (_, html) = pages().into_iter().find(|(other, _)| *other == path).unwrap();
        for country in &content.help.countries {
            let Some((_, other)) = content.beside(id, &country.id) else { continue };
            for line in &country.lines {
                assert!(
                    html.contains(&other.page.help.purpose[&line.purpose]),
                    "{path} lacks the description of {}",
                    line.name
                );
            }
        }
    }
}

/// Returns a telephone number in the form of a `tel:` link.
fn dialled(number: &str) -> String {
    dial(number).expect("the number can be dialled").1
}

/// Returns the part of a document from `start` up to the next `end`.
fn section<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    let rest = &html[html.find(start).unwrap_or_else(|| panic!("{start} is missing"))..];
    &rest[..rest.find(end).unwrap()]
}

#[test]
fn each_part_of_the_safety_text_has_its_own_numbers_on_every_page() {
    let content = content();
    let home = content.help.countries.iter().find(|country| country.id == content.site.default_country).unwrap();
    let link = |number: &str| format!("href=\"tel:{}\"", dialled(number));
    for (id, locale) in &content.locales {
        let text = &locale.page.help.safety;
        for page in [Page::Help, Page::Questions, Page::Changed] {
            let path = format!("{id}/{}index.html", page.path());
            let (_, html) = pages().into_iter().find(|(other, _)| *other == path).unwrap();
            let html = section(&html, "class=\"safety\"", "</aside>");
            let [medical, rest] = html.split(&text.life).collect::<Vec<_>>()[..] else {
                panic!("{path} must contain this text once: {}", text.life)
            };
            let (life_part, rest) = rest.split_once(&text.home).unwrap();
            let home_part = rest.split_once(&text.log).unwrap().0;
            assert_eq!(medical.contains(&text.movement), page != Page::Changed, "{path}");
            assert_eq!(medical.contains(&text.count), page != Page::Changed, "{path}");
            for sentence in text.when.iter().chain([&text.lead, &text.anyway]) {
                assert!(medical.contains(sentence), "{path} lacks: {sentence}");
            }
            assert!(
                !medical.contains("tel:"),
                "{path} gives a number for the practice, which the content does not have"
            );
            for (html, part) in [(life_part, SafetyPart::Life), (home_part, SafetyPart::Home)] {
                for number in &home.emergency {
                    assert!(html.contains(&link(number)), "{path} lacks {number}");
                }
                for line in &home.lines {
                    for number in &line.numbers {
                        assert_eq!(html.contains(&link(number)), line.safety == Some(part), "{path}: {number}");
                    }
                }
            }
            assert_eq!(home_part.contains(&text.advice), home.safety_lines(SafetyPart::Home).count() > 0, "{path}");
        }
    }
}

/// Without any `checked` date, every line shows its name and its website, and only emergency numbers can be dialled.
#[test]
fn an_unchecked_help_line_shows_no_number_and_is_listed_by_the_build() {
    let temporary = folder();
    let content_folder = changed_content(temporary.path(), "help.toml", |text| {
        text.lines().filter(|line| !line.starts_with("checked =")).collect::<Vec<_>>().join("\n")
    });
    let out = temporary.path().join("site");
    let output =
        site().args(["build", "--quick", "--content"]).arg(&content_folder).arg("--out").arg(&out).output().unwrap();
    assert!(output.status.success(), "the build failed: {}", stderr(&output));
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let content = Content::load(&content_folder).unwrap();
    let first_name = &content.help.countries[0].lines[0].name;
    let listed: Vec<_> = stdout.lines().filter(|line| line.contains(first_name)).collect();
    assert_eq!(listed.len(), 1, "not listed on one line: {stdout}");
    let emergency: Vec<_> = content.help.countries.iter().flat_map(|country| &country.emergency).collect();
    for path in files(&out).into_iter().filter(|path| path.ends_with(".html")) {
        let html = fs::read_to_string(out.join(&path)).unwrap();
        for tag in tags(&html) {
            let Some(number) = attribute(&tag, "href").and_then(|href| href.strip_prefix("tel:").map(str::to_owned))
            else {
                continue;
            };
            assert!(emergency.iter().any(|known| dialled(known) == number), "{path} links to {number}");
        }
    }
    for (_, line) in content.help.unchecked() {
        assert!(listed[0].contains(&line.name), "{} is not listed", line.name);
        for (id, locale) in &content.locales {
            let help = fs::read_to_string(out.join(format!("{id}/help/index.html"))).unwrap();
            let (before, _) = locale.page.help.unchecked.split_once('{').unwrap();
            assert!(
                help.contains(before.trim()) && help.contains(&line.source),
                "the help page in {id} does not link to {}",
                line.source
            );
        }
    }
}

/// Adding a language takes its locale file and its id in `site.toml`.
#[test]
fn a_language_is_added_with_one_file() {
    let temporary = folder();
    let content =
        changed_content(temporary.path(), "site.toml", |text| text.replacen("locales = [", "locales = [\"qaa\", ", 1));
    let other = if locales()[0] == "ar" { "nl" } else { "ar" };
    let text = fs::read_to_string(content.join(format!("locales/{other}.toml"))).unwrap();
    let renamed = text.lines().map(|line| if line.starts_with("name = ") { "name = \"Qaa\"" } else { line });
    fs::write(content.join("locales/qaa.toml"), renamed.collect::<Vec<_>>().join("\n")).unwrap();

    let out = temporary.path().join("site");
    let output = site().args(["build", "--content"]).arg(&content).arg("--out").arg(&out).output().unwrap();
    assert!(output.status.success(), "the build failed: {}", stderr(&output));

    let built = files(&out);
    for page in Page::ALL {
        let path = format!("qaa/{}index.html", page.path());
        let html = fs::read_to_string(out.join(&path)).unwrap();
        let root = &tags(&html)[0];
        assert_eq!(attribute(root, "lang").as_deref(), Some("qaa"), "{path}");
        assert_eq!(attribute(root, "dir").as_deref(), Some("rtl"), "{path}");
    }
    assert!(built.iter().any(|path| path.starts_with("qaa/") && path.ends_with(".webmanifest")), "{built:?}");
    // The 404 page contains its text in every language.
    let not_found = fs::read_to_string(out.join("404.html")).unwrap();
    assert!(not_found.contains("lang=\"qaa\""), "404.html lacks the language");
    for path in built.iter().filter(|path| path.ends_with(".html") && *path != "404.html") {
        let html = fs::read_to_string(out.join(path)).unwrap();
        assert!(language_links(&html).iter().any(|[id, ..]| id == "qaa"), "{path} does not link to it");
        assert!(html.contains(">Qaa<"), "{path} does not name it");
    }
}
