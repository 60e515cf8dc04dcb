//! Languages: each page in each of them, one beside another, and one more without a line of code.

use std::fs;

use between_us::content::Content;
use between_us::pages::Page;

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
            assert!(html.contains(&locale.page.help.safety.call), "{path}");
            let here = tags(html).into_iter().find(|tag| attribute(tag, "class").as_deref() == Some("beside"));
            assert_eq!(here.as_ref().and_then(|tag| attribute(tag, "lang")).as_deref(), beside.map(|(id, _)| id));
            if let (Some(tag), Some((_, other))) = (here, beside) {
                assert_eq!(attribute(&tag, "dir").as_deref(), Some(other.dir.as_str()), "{path}");
                assert!(html.contains(&other.page.help.safety.call), "{path}");
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
