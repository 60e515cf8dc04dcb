//! Tests of the prerendered pages, before any script has run.

use std::collections::BTreeSet;

use between_us::content::Content;
use between_us::pages::Page;
use html5gum::StartTag;

use crate::output::{attribute, pages, tags};
use crate::{locales, root};

/// Returns the part of a document between `start` and the next `end`.
fn between<'a>(html: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let start = html.find(start)? + start.len();
    Some(&html[start..start + html[start..].find(end)?])
}

/// Returns the start tags with this name.
fn tags_named(html: &str, name: &str) -> Vec<StartTag<()>> {
    tags(html).into_iter().filter(|tag| tag.name.as_slice() == name.as_bytes()).collect()
}

#[test]
fn each_page_has_its_language_and_direction() {
    let content = Content::load(&root().join("content")).unwrap();
    for (id, locale) in &content.locales {
        for (path, html) in pages().iter().filter(|(path, _)| path.starts_with(&format!("{id}/"))) {
            let html = &tags_named(html, "html")[0];
            assert_eq!(attribute(html, "lang").as_deref(), Some(id.as_str()), "{path}");
            assert_eq!(attribute(html, "dir").as_deref(), Some(locale.dir.as_str()), "{path}");
        }
    }
}

#[test]
fn each_page_has_one_main_element_and_one_h1() {
    for (path, html) in pages() {
        assert_eq!(tags_named(&html, "main").len(), 1, "{path}");
        let headings = tags_named(&html, "h1").len();
        assert_eq!(headings, 1, "{path} has {headings} h1 elements");
    }
}

#[test]
fn each_theme_on_the_printed_questions_has_its_own_leaf_drawing() {
    let content = Content::load(&root().join("content")).unwrap();
    let themes: Vec<_> = content.questionnaire.themes.iter().map(|theme| theme.id.as_str()).collect();
    for (path, html) in pages().iter().filter(|(path, _)| path.ends_with("/questions/index.html")) {
        let leaves: Vec<_> = html.split("data-leaf=\"").skip(1).collect();
        let names: Vec<_> = leaves.iter().filter_map(|leaf| leaf.split('"').next()).collect();
        assert_eq!(names, themes, "{path}");
        let drawings: BTreeSet<_> = leaves.iter().filter_map(|leaf| between(leaf, "<path d=\"", "\"")).collect();
        assert_eq!(drawings.len(), themes.len(), "two themes of {path} have the same leaf");
    }
}

#[test]
fn ids_are_unique_within_a_page() {
    for (path, html) in pages() {
        let mut seen = BTreeSet::new();
        for id in tags(&html).iter().filter_map(|tag| attribute(tag, "id")) {
            assert!(seen.insert(id.clone()), "{path} has two elements with the id {id}");
        }
    }
}

#[test]
fn help_and_exit_are_on_every_page_of_a_language() {
    let exits = |html: &str| {
        let buttons = tags_named(html, "button").into_iter();
        buttons.filter(|tag| attribute(tag, "data-action").as_deref() == Some("exit")).count()
    };
    for (path, html) in pages().iter().filter(|(path, _)| path.contains('/')) {
        // An open dialog makes the rest of the page inert, including the exit in the header, so each has its own exit.
        let dialogs: Vec<_> = html.split("<dialog").skip(1).filter_map(|part| part.split("</dialog>").next()).collect();
        for dialog in &dialogs {
            assert_eq!(exits(dialog), 1, "{path}: {dialog}");
        }
        // The cover shown while leaving has one too, in case the other page does not load.
        let cover = between(html, "data-cover=\"leaving\"", "data-cover=\"left\"").expect("the page has a cover");
        assert_eq!(exits(cover), 1, "the cover of {path} has no exit");
        assert_eq!(exits(html) - dialogs.len() - 1, 1, "{path}");
        let help =
            tags_named(html, "a").iter().filter_map(|tag| attribute(tag, "href")).any(|href| href.ends_with("help/"));
        assert!(help || path.contains("/help/"), "{path} does not link to Help");
    }
}

#[test]
fn every_page_has_the_exit() {
    for (path, html) in pages() {
        let tags = tags(&html);
        let values = |name: &str| -> Vec<_> { tags.iter().filter_map(|tag| attribute(tag, name)).collect() };
        assert!(
            values("data-exit").iter().any(|address| address.starts_with("https://")),
            "{path} has no exit address"
        );
        assert!(values("data-action").iter().any(|action| action == "exit"), "{path} has no exit");
        for cover in ["leaving", "left"] {
            assert!(values("data-cover").iter().any(|other| other == cover), "{path} has no cover {cover}");
        }
        // A dialog makes the rest of the page inert, including the count of presses of Shift, so each dialog has its
        // own.
        assert!(values("data-exit-count").len() > tags_named(&html, "dialog").len(), "{path} has too few counts");
    }
}

#[test]
fn the_opening_explains_what_remains_after_an_exit() {
    let content = Content::load(&root().join("content")).unwrap();
    for (id, locale) in &content.locales {
        let path = format!("{id}/{}index.html", Page::Opening.path());
        let (_, html) = pages().into_iter().find(|(other, _)| *other == path).unwrap();
        assert!(html.contains(&locale.page.opening.exit_kept), "{path}");
    }
}

#[test]
fn every_page_of_a_language_links_to_something_has_changed() {
    for (path, html) in pages().iter().filter(|(path, _)| path.contains('/')) {
        let links = tags_named(html, "a").into_iter().filter_map(|tag| attribute(&tag, "href"));
        assert!(links.into_iter().any(|href| href.ends_with("changed/")), "{path}");
    }
}

/// The app replaces the content of its root when it starts, so input there would be lost.
#[test]
fn the_live_root_has_no_prerendered_controls() {
    for locale in locales() {
        for live in Page::ALL.into_iter().filter(|page| page.is_live()) {
            let path = format!("{locale}/{}index.html", live.path());
            let (_, html) = pages().into_iter().find(|(other, _)| *other == path).unwrap();
            let root = between(&html, "data-app=", "<noscript").expect("a live page has a root");
            for control in ["input", "textarea", "button", "select", "a"] {
                assert!(
                    tags_named(&format!("<div {root}"), control).is_empty(),
                    "{path} has a {control} in its live root"
                );
            }
        }
    }
}

#[test]
fn without_scripts_a_live_page_links_to_the_printed_questions() {
    for (path, html) in pages() {
        if html.contains("data-app=") {
            let noscript = between(&html, "<noscript>", "</noscript>").expect("a live page has a noscript element");
            let links: Vec<_> = tags_named(noscript, "a").iter().filter_map(|tag| attribute(tag, "href")).collect();
            assert!(links.iter().any(|href| href.ends_with("questions/")), "{path} links to {links:?}");
        }
    }
}

#[test]
fn the_printed_questions_contain_each_question_and_option_once() {
    let content = Content::load(&root().join("content")).unwrap();
    for (id, locale) in &content.locales {
        let path = format!("{id}/{}index.html", Page::Questions.path());
        let (_, html) = pages().into_iter().find(|(other, _)| *other == path).unwrap();
        let (questions, options) = content
            .questionnaire
            .questions()
            // The agenda has an additional box, to ask for a moment alone.
            .fold((0, 0), |(questions, options), (_, question)| {
                (questions + 1, options + question.options.len() + usize::from(question.agenda))
            });
        assert_eq!(html.matches("class=\"write\"").count(), questions, "{path}");
        let boxes: usize = html
            .split("class=\"boxes\"")
            .skip(1)
            .map(|list| between(list, "", "</ul>").unwrap().matches("<li").count())
            .sum();
        assert_eq!(boxes, options, "{path}");
        assert_eq!(locale.question.keys().count(), questions, "{path}");
    }
}

#[test]
fn titles_in_the_browser_history_contain_only_the_name_of_the_site() {
    let content = Content::load(&root().join("content")).unwrap();
    for (id, locale) in &content.locales {
        for page in [Page::Opening, Page::Reflect, Page::Sheet, Page::Changed] {
            let path = format!("{id}/{}index.html", page.path());
            let (_, html) = pages().into_iter().find(|(other, _)| *other == path).unwrap();
            assert_eq!(between(&html, "<title>", "</title>"), Some(locale.brand.as_str()), "{path}");
        }
    }
}

#[test]
fn the_embedded_catalog_cannot_end_its_script_element_early() {
    let content = Content::load(&root().join("content")).unwrap();
    for (path, html) in pages() {
        if let Some(json) = between(&html, "id=\"words\">", "</script>") {
            assert!(!json.contains('<'), "{path}");
            let locale = path.split('/').next().unwrap();
            let (_, locale) = content.locales.iter().find(|(id, _)| id == locale).unwrap();
            let catalog = between_us::content::Catalog::decode(json).expect("the catalog can be decoded");
            let question = &content.questionnaire.themes[0].first().id;
            // The catalog of every live page has the line of each question; only the questions page has the question
            // itself.
            assert_eq!(catalog.question(question).line, locale.question[question].line, "{path}");
        }
    }
}
