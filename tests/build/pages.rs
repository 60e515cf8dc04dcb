//! What holds for every page as it is drawn, before any script has run.

use std::collections::BTreeSet;

use between_us::content::Content;
use between_us::pages::Page;
use html5gum::StartTag;

use crate::output::{attribute, pages, tags};
use crate::{locales, root};

/// The part of a document between two marks.
fn between<'a>(html: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let start = html.find(from)? + from.len();
    Some(&html[start..start + html[start..].find(to)?])
}

fn name(tag: &StartTag<()>) -> String {
    String::from_utf8(tag.name.to_vec()).unwrap()
}

fn with(html: &str, wanted: &str) -> Vec<StartTag<()>> {
    tags(html).into_iter().filter(|tag| name(tag) == wanted).collect()
}

#[test]
fn each_page_says_its_language_and_direction() {
    let content = Content::load(&root().join("content")).unwrap();
    for (id, locale) in &content.locales {
        for (path, html) in pages().iter().filter(|(path, _)| path.starts_with(&format!("{id}/"))) {
            let html = &with(html, "html")[0];
            assert_eq!(attribute(html, "lang").as_deref(), Some(id.as_str()), "{path}");
            assert_eq!(attribute(html, "dir").as_deref(), Some(locale.dir.as_str()), "{path}");
        }
    }
}

#[test]
fn each_page_has_one_main_part_and_a_heading_on_top() {
    for (path, html) in pages() {
        assert_eq!(with(&html, "main").len(), 1, "{path}");
        let headings = with(&html, "h1").len();
        assert_eq!(headings, 1, "{path} has {headings} headings of the first rank");
    }
}

#[test]
fn each_theme_has_a_leaf_of_its_own_among_the_questions_on_paper() {
    let content = Content::load(&root().join("content")).unwrap();
    let themes: Vec<_> = content.questionnaire.themes.iter().map(|theme| theme.id.as_str()).collect();
    for (path, html) in pages().iter().filter(|(path, _)| path.ends_with("/questions/index.html")) {
        let leaves: Vec<_> = html.split("data-leaf=\"").skip(1).collect();
        let names: Vec<_> = leaves.iter().filter_map(|leaf| leaf.split('"').next()).collect();
        assert_eq!(names, themes, "{path}");
        let drawn: BTreeSet<_> = leaves.iter().filter_map(|leaf| between(leaf, "<path d=\"", "\"")).collect();
        assert_eq!(drawn.len(), themes.len(), "two themes of {path} have the same leaf");
    }
}

#[test]
fn no_id_stands_twice_on_a_page() {
    for (path, html) in pages() {
        let mut seen = BTreeSet::new();
        for id in tags(&html).iter().filter_map(|tag| attribute(tag, "id")) {
            assert!(seen.insert(id.clone()), "{path} has two elements with the id {id}");
        }
    }
}

#[test]
fn help_and_exit_are_one_tap_away_on_every_page_of_a_language() {
    let exits = |html: &str| {
        let buttons = with(html, "button").into_iter();
        buttons.filter(|tag| attribute(tag, "data-action").as_deref() == Some("exit")).count()
    };
    for (path, html) in pages().iter().filter(|(path, _)| path.contains('/')) {
        // What opens on top of the page makes all below it deaf, the header too, so it has an exit of its own.
        let dialogs: Vec<_> = html.split("<dialog").skip(1).filter_map(|part| part.split("</dialog>").next()).collect();
        for dialog in &dialogs {
            assert_eq!(exits(dialog), 1, "{path}: {dialog}");
        }
        // So has the cover of an exit, for when the other page does not come.
        let cover = between(html, "data-cover=\"leaving\"", "data-cover=\"left\"").expect("a cover");
        assert_eq!(exits(cover), 1, "{path} covers without another try");
        assert_eq!(exits(html) - dialogs.len() - 1, 1, "{path}");
        let help = with(html, "a").iter().filter_map(|tag| attribute(tag, "href")).any(|way| way.ends_with("help/"));
        assert!(help || path.contains("/help/"), "{path} leads to no help");
    }
}

#[test]
fn every_page_can_be_left() {
    for (path, html) in pages() {
        let tags = tags(&html);
        let values = |name: &str| -> Vec<_> { tags.iter().filter_map(|tag| attribute(tag, name)).collect() };
        assert!(values("data-exit").iter().any(|address| address.starts_with("https://")), "{path} leads nowhere");
        assert!(values("data-action").iter().any(|action| action == "exit"), "{path} has no exit");
        for cover in ["leaving", "left"] {
            assert!(values("data-cover").iter().any(|other| other == cover), "{path} has nothing for {cover}");
        }
        // A dialog makes all below it inert, the status after a press of Shift too, so it needs one of its own.
        assert!(values("data-exit-count").len() > with(&html, "dialog").len(), "{path} tells of no press of Shift");
    }
}

#[test]
fn the_opening_says_what_stays_after_an_exit() {
    let content = Content::load(&root().join("content")).unwrap();
    for (id, locale) in &content.locales {
        let path = format!("{id}/{}index.html", Page::Opening.path());
        let (_, html) = pages().into_iter().find(|(other, _)| *other == path).unwrap();
        assert!(html.contains(&locale.page.opening.exit_kept), "{path}");
    }
}

#[test]
fn something_has_changed_can_be_reached_from_every_page_of_a_language() {
    for (path, html) in pages().iter().filter(|(path, _)| path.contains('/')) {
        let ways = with(html, "a").into_iter().filter_map(|tag| attribute(&tag, "href"));
        assert!(ways.into_iter().any(|way| way.ends_with("changed/")), "{path}");
    }
}

#[test]
fn what_stands_before_the_app_has_no_control_to_lose_input_in() {
    for locale in locales() {
        for live in Page::ALL.into_iter().filter(|page| page.is_live()) {
            let path = format!("{locale}/{}index.html", live.path());
            let (_, html) = pages().into_iter().find(|(other, _)| *other == path).unwrap();
            let root = between(&html, "data-app=", "<noscript").expect("a live page has a root");
            for control in ["input", "textarea", "button", "select", "a"] {
                assert!(with(&format!("<div {root}"), control).is_empty(), "{path} has a {control} in its live root");
            }
        }
    }
}

#[test]
fn without_scripts_a_live_page_leads_to_the_questions_on_paper() {
    for (path, html) in pages() {
        if html.contains("data-app=") {
            let noscript = between(&html, "<noscript>", "</noscript>").expect("a live page speaks without scripts");
            let ways: Vec<_> = with(noscript, "a").iter().filter_map(|tag| attribute(tag, "href")).collect();
            assert!(ways.iter().any(|way| way.ends_with("questions/")), "{path} leads to {ways:?}");
        }
    }
}

#[test]
fn the_paper_holds_every_question_and_option_once() {
    let content = Content::load(&root().join("content")).unwrap();
    for (id, locale) in &content.locales {
        let path = format!("{id}/{}index.html", Page::Questions.path());
        let (_, html) = pages().into_iter().find(|(other, _)| *other == path).unwrap();
        let (questions, options) = content
            .questionnaire
            .questions()
            // The agenda has a box more, for a moment alone.
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
fn titles_that_a_parent_leaves_in_the_history_name_nothing() {
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
fn the_block_of_words_cannot_end_early() {
    let content = Content::load(&root().join("content")).unwrap();
    for (path, html) in pages() {
        if let Some(words) = between(&html, "id=\"words\">", "</script>") {
            assert!(!words.contains('<'), "{path}");
            let locale = path.split('/').next().unwrap();
            let (_, locale) = content.locales.iter().find(|(id, _)| id == locale).unwrap();
            let words = between_us::content::Catalog::decode(words).expect("the app can read its words");
            let question = &content.questionnaire.themes[0].first().id;
            // The line stands on every live page; what is asked, only where it is.
            assert_eq!(words.question(question).line, locale.question[question].line, "{path}");
        }
    }
}
