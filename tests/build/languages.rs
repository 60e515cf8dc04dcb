//! Languages: each page in each of them, one beside another, and one more without a line of code.

use std::fs;

use between_us::content::{Content, SafetyPart};
use between_us::pages::Page;
use between_us::reflection::dial;

use crate::output::{attribute, pages, tags};
use crate::{changed_content, errors, files, folder, locales, root, site};

fn content() -> Content {
    Content::load(&root().join("content")).unwrap()
}

/// The languages that a page offers, in order: the id, the direction, and where the link leads.
fn offered(html: &str) -> Vec<[String; 3]> {
    let links = tags(html).into_iter().filter(|tag| attribute(tag, "hreflang").is_some());
    let read = |tag| ["hreflang", "dir", "href"].map(|name| attribute(&tag, name).unwrap_or_default());
    links.map(read).collect()
}

#[test]
fn each_page_offers_itself_in_each_language_on_top_and_below() {
    let content = content();
    for (path, html) in pages().iter().filter(|(path, _)| path.contains('/')) {
        let (here, page) = path.split_once('/').unwrap();
        let root = if page == "index.html" { "../" } else { "../../" };
        let page = page.trim_end_matches("index.html");
        let links = content
            .locales
            .iter()
            .map(|(id, locale)| [id.clone(), locale.dir.as_str().to_owned(), format!("{root}{id}/{page}")]);
        let links: Vec<_> = links.collect();
        let (head, rest) = html.split_once("<main").unwrap();
        let (_, foot) = rest.split_once("<footer").unwrap();
        assert_eq!(offered(head), links, "{path}, above");
        assert_eq!(offered(foot), links, "{path}, below");
        let around = tags(&[head, foot].concat());
        let current = around.into_iter().filter(|tag| attribute(tag, "hreflang").as_deref() == Some(here));
        assert!(current.into_iter().all(|tag| attribute(&tag, "aria-current").is_some()), "{path}");
        for (_, locale) in &content.locales {
            assert!(head.contains(&locale.name), "{path} does not name {}", locale.name);
        }
    }
}

#[test]
fn the_safety_text_stands_in_the_language_of_the_country_too() {
    let content = content();
    let mut places = 0;
    for (id, locale) in &content.locales {
        let beside = content.beside(id, &content.site.default_country);
        for (path, html) in pages().iter().filter(|(path, _)| path.starts_with(&format!("{id}/"))) {
            if !html.contains("class=\"safety\"") {
                continue;
            }
            assert!(html.contains(&locale.page.help.safety.lead), "{path}");
            let here = tags(html).into_iter().find(|tag| attribute(tag, "class").as_deref() == Some("beside"));
            assert_eq!(here.as_ref().and_then(|tag| attribute(tag, "lang")).as_deref(), beside.map(|(id, _)| id));
            if let (Some(tag), Some((_, other))) = (here, beside) {
                assert_eq!(attribute(&tag, "dir").as_deref(), Some(other.dir.as_str()), "{path}");
                assert!(html.contains(&other.page.help.safety.lead), "{path}");
                places += 1;
            }
        }
    }
    assert!(places > 0, "every language here is the country's own");
}

#[test]
fn the_help_of_a_country_stands_in_its_language_too() {
    let content = content();
    for (id, _) in &content.locales {
        let path = format!("{id}/{}index.html", Page::Help.path());
        let (_, html) = pages().into_iter().find(|(other, _)| *other == path).unwrap();
        for country in &content.help.countries {
            let Some((_, other)) = content.beside(id, &country.id) else { continue };
            for line in &country.lines {
                assert!(html.contains(&other.page.help.purpose[&line.purpose]), "{path} lacks {} there", line.name);
            }
        }
    }
}

/// A number as a telephone dials it.
fn dialled(number: &str) -> String {
    dial(number).expect("it can be dialled").1
}

/// The part of a document from a mark to the end of the first element of this name behind it.
fn part<'a>(html: &'a str, from: &str, end: &str) -> &'a str {
    let rest = &html[html.find(from).unwrap_or_else(|| panic!("{from} is not there"))..];
    &rest[..rest.find(end).unwrap()]
}

#[test]
fn each_part_of_the_safety_text_has_its_own_numbers_wherever_it_stands() {
    let content = content();
    let home = content.help.countries.iter().find(|country| country.id == content.site.default_country).unwrap();
    let link = |number: &str| format!("href=\"tel:{}\"", dialled(number));
    for (id, locale) in &content.locales {
        let text = &locale.page.help.safety;
        for page in [Page::Help, Page::Questions, Page::Changed] {
            let path = format!("{id}/{}index.html", page.path());
            let (_, html) = pages().into_iter().find(|(other, _)| *other == path).unwrap();
            let html = part(&html, "class=\"safety\"", "</aside>");
            let [first, rest] = html.split(&text.life).collect::<Vec<_>>()[..] else { panic!("{path} says it twice") };
            let (life, rest) = rest.split_once(&text.home).unwrap();
            let safe = rest.split_once(&text.log).unwrap().0;
            assert_eq!(first.contains(&text.movement), page != Page::Changed, "{path}");
            assert_eq!(first.contains(&text.count), page != Page::Changed, "{path}");
            for said in text.when.iter().chain([&text.lead, &text.anyway]) {
                assert!(first.contains(said), "{path} lacks: {said}");
            }
            assert!(!first.contains("tel:"), "the practice has no number of ours: {path}");
            for (said, wanted) in [(life, SafetyPart::Life), (safe, SafetyPart::Home)] {
                for number in &home.emergency {
                    assert!(said.contains(&link(number)), "{path} lacks {number}");
                }
                for line in &home.lines {
                    for number in &line.numbers {
                        assert_eq!(said.contains(&link(number)), line.safety == Some(wanted), "{path}: {number}");
                    }
                }
            }
            assert_eq!(safe.contains(&text.advice), home.safety_lines(SafetyPart::Home).count() > 0, "{path}");
        }
    }
}

/// With nothing checked, every line shows its name and its site, and no number but those for emergencies can be dialled.
#[test]
fn a_help_line_that_was_not_checked_shows_no_number_and_is_named_by_the_build() {
    let temporary = folder();
    let content_folder = changed_content(temporary.path(), "help.toml", |text| {
        text.lines().filter(|line| !line.starts_with("checked =")).collect::<Vec<_>>().join("\n")
    });
    let out = temporary.path().join("site");
    let output =
        site().args(["build", "--quick", "--content"]).arg(&content_folder).arg("--out").arg(&out).output().unwrap();
    assert!(output.status.success(), "the build failed: {}", errors(&output));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let content = Content::load(&content_folder).unwrap();
    let named: Vec<_> = said.lines().filter(|line| line.contains(&content.help.countries[0].lines[0].name)).collect();
    assert_eq!(named.len(), 1, "one plain line: {said}");
    let emergency: Vec<_> = content.help.countries.iter().flat_map(|country| &country.emergency).collect();
    for path in files(&out).into_iter().filter(|path| path.ends_with(".html")) {
        let html = fs::read_to_string(out.join(&path)).unwrap();
        for tag in tags(&html) {
            let Some(number) = attribute(&tag, "href").and_then(|way| way.strip_prefix("tel:").map(str::to_owned))
            else {
                continue;
            };
            assert!(emergency.iter().any(|known| dialled(known) == number), "{path} dials {number}");
        }
    }
    for (_, line) in content.help.unchecked() {
        assert!(named[0].contains(&line.name), "{} is not named", line.name);
        for (id, locale) in &content.locales {
            let help = fs::read_to_string(out.join(format!("{id}/help/index.html"))).unwrap();
            let (before, _) = locale.page.help.unchecked.split_once('{').unwrap();
            assert!(
                help.contains(before.trim()) && help.contains(&line.source),
                "{id} does not lead to {}",
                line.source
            );
        }
    }
}

/// One locale file and its name in site.toml: nothing else is needed for it to be everywhere.
#[test]
fn a_further_language_is_one_file() {
    let temporary = folder();
    let content =
        changed_content(temporary.path(), "site.toml", |text| text.replacen("locales = [", "locales = [\"qaa\", ", 1));
    let other = if locales()[0] == "ar" { "nl" } else { "ar" };
    let text = fs::read_to_string(content.join(format!("locales/{other}.toml"))).unwrap();
    let named = text.lines().map(|line| if line.starts_with("name = ") { "name = \"Qaa\"" } else { line });
    fs::write(content.join("locales/qaa.toml"), named.collect::<Vec<_>>().join("\n")).unwrap();

    let out = temporary.path().join("site");
    let output = site().args(["build", "--content"]).arg(&content).arg("--out").arg(&out).output().unwrap();
    assert!(output.status.success(), "the build failed: {}", errors(&output));

    let built = files(&out);
    for page in Page::ALL {
        let path = format!("qaa/{}index.html", page.path());
        let html = fs::read_to_string(out.join(&path)).unwrap();
        let whole = &tags(&html)[0];
        assert_eq!(attribute(whole, "lang").as_deref(), Some("qaa"), "{path}");
        assert_eq!(attribute(whole, "dir").as_deref(), Some("rtl"), "{path}");
    }
    assert!(built.iter().any(|path| path.starts_with("qaa/") && path.ends_with(".webmanifest")), "{built:?}");
    // The page for an address that is none speaks every language at once.
    let missing = fs::read_to_string(out.join("404.html")).unwrap();
    assert!(missing.contains("lang=\"qaa\""), "404.html does not speak it");
    for path in built.iter().filter(|path| path.ends_with(".html") && *path != "404.html") {
        let html = fs::read_to_string(out.join(path)).unwrap();
        assert!(offered(&html).iter().any(|[id, ..]| id == "qaa"), "{path} does not offer it");
        assert!(html.contains(">Qaa<"), "{path} does not name it");
    }
}
