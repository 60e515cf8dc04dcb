//! Draws the pages, and refuses what the security policy would block.

use std::fmt::Display;

use anyhow::{Context, Result, bail, ensure};
use between_us::content::Content;
use between_us::pages::{Assets, Page, document, not_found};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// What hosts send where there is no page.
pub const MISSING: &str = "404.html";

/// How many documents there are.
pub fn count(content: &Content) -> usize {
    2 + content.locales.len() * Page::ALL.len()
}

/// The path and text of every document: the language picker, each page in each locale, and the one for addresses without a
/// page.
pub fn draw(content: &Content, assets: &Assets) -> Result<Vec<(String, String)>> {
    let picker = (None, content.site.default_locale.as_str(), String::from("index.html"));
    let pages = content.locales.iter().flat_map(|(locale, _)| {
        Page::ALL.map(|page| (Some(page), locale.as_str(), format!("{locale}/{}index.html", page.path())))
    });
    std::iter::once(picker)
        .chain(pages)
        .map(|(page, locale, path)| (path, document(page, locale, content, assets)))
        .chain([(MISSING.to_owned(), not_found(content, assets))])
        .map(|(path, html)| {
            let html = without_markers(&html);
            check(&html).with_context(|| format!("{path} would not work as drawn"))?;
            Ok((path, html))
        })
        .collect()
}

/// Leptos marks places for hydration, which no page here does.
fn without_markers(html: &str) -> String {
    html.replace("<!---->", "").replace("<!>", "")
}

/// Refuses what the policy blocks in a browser without a word to the parent, and what would tie the page to one place.
fn check(html: &str) -> Result<()> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    // Reading from memory cannot fail.
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        if let Token::StartTag(tag) = token {
            check_tag(&tag)?;
        }
    }
    Ok(())
}

fn check_tag(tag: &StartTag<()>) -> Result<()> {
    let name = text(&tag.name);
    let value = |attribute: &str| tag.attributes.get(attribute.as_bytes()).map(|value| text(&value.value));
    match &*name {
        "style" | "base" => bail!("<{name}> is blocked by the security policy"),
        "script" => ensure!(
            value("src").is_some() || value("type").as_deref() == Some("application/json"),
            "a <script> has its code in the page, which the security policy blocks"
        ),
        _ => {}
    }
    for (attribute, value) in &tag.attributes {
        let (attribute, value) = (text(attribute), text(&value.value));
        let place = In(&name, &attribute);
        ensure!(attribute != "style" && !attribute.starts_with("on"), "{place} is blocked by the security policy");
        let loads = match &*attribute {
            "src" | "srcset" | "poster" | "data" | "action" | "formaction" | "ping" => true,
            "href" => !matches!(&*name, "a" | "area") && !is_address_only(tag),
            _ => false,
        };
        let elsewhere = value.contains("://") || value.starts_with("//");
        ensure!(!(loads && elsewhere), "{place} loads {value} from elsewhere");
        ensure!(
            !(matches!(&*attribute, "src" | "href") && value.starts_with('/') && !elsewhere),
            "{place} is {value}; only an address relative to the page works on every host"
        );
    }
    Ok(())
}

/// Whether a `<link>` only names an address, which browsers do not load.
fn is_address_only(tag: &StartTag<()>) -> bool {
    tag.attributes.get(b"rel".as_slice()).is_some_and(|rel| matches!(&*text(&rel.value), "canonical" | "alternate"))
}

/// An attribute in its tag, as a person would look for it.
struct In<'a>(&'a str, &'a str);

impl Display for In<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the attribute `{}` of <{}>", self.1, self.0)
    }
}

fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

#[cfg(test)]
mod tests {
    use super::{check, without_markers};

    #[test]
    fn markers_go() {
        assert_eq!(without_markers("<p>a<!>b<!----></p>"), "<p>ab</p>");
    }

    #[test]
    fn what_the_policy_allows_is_drawn() {
        for html in [
            r#"<link rel="stylesheet" href="../assets/style.css"><script src="../assets/shell.js"></script>"#,
            r#"<script type="application/json">{"html": "\u003cp style='x' onclick='y'>"}</script>"#,
            r#"<a href="https://example.org/">elsewhere</a><link rel="canonical" href="https://example.org/">"#,
            "<p>Write to https://example.org/ or style=this</p>",
        ] {
            assert!(check(html).is_ok(), "{html}");
        }
    }

    #[test]
    fn what_the_policy_blocks_is_refused() {
        for html in [
            "<p style='color: red'>",
            "<p STYLE=x>",
            "<button onclick='go()'>",
            "<script>go()</script>",
            "<script type=module>go()</script>",
            "<style>p { color: red }</style>",
            "<base href='/'>",
            "<script src='https://example.org/x.js'></script>",
            "<img src='//example.org/x.png'>",
            "<link rel=stylesheet href='http://example.org/x.css'>",
            "<form action='https://example.org/'>",
        ] {
            assert!(check(html).is_err(), "{html}");
        }
    }

    #[test]
    fn an_address_from_the_root_is_refused() {
        assert!(check("<a href='/nl/'>").is_err());
        assert!(check("<script src='/assets/x.js'></script>").is_err());
    }
}
