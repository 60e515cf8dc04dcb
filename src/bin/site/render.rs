//! Renders the documents, and rejects markup that the security policy would block.

use std::fmt::Display;

use anyhow::{Context, Result, bail, ensure};
use between_us::content::Content;
use between_us::pages::{Assets, Page, document, not_found};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// The document that hosts send with status 404.
pub const NOT_FOUND: &str = "404.html";

/// Returns the number of documents.
pub fn count(content: &Content) -> usize {
    2 + content.locales.len() * Page::ALL.len()
}

/// Renders every document: the language picker, each page in each locale, and the 404 page. Returns their paths and
/// HTML.
///
/// # Errors
///
/// Fails when a document contains markup that the security policy blocks, or an address that works on one host only.
pub fn render(content: &Content, assets: &Assets) -> Result<Vec<(String, String)>> {
    let picker = (None, content.site.default_locale.as_str(), String::from("index.html"));
    let pages = content.locales.iter().flat_map(|(locale, _)| {
        Page::ALL.map(|page| (Some(page), locale.as_str(), format!("{locale}/{}index.html", page.path())))
    });
    std::iter::once(picker)
        .chain(pages)
        .map(|(page, locale, path)| (path, document(page, locale, content, assets)))
        .chain([(NOT_FOUND.to_owned(), not_found(content, assets))])
        .map(|(path, html)| {
            let html = without_markers(&html);
            check(&html).with_context(|| format!("{path} is invalid"))?;
            Ok((path, html))
        })
        .collect()
}

/// Removes the comments by which Leptos marks nodes for hydration. No page here hydrates.
fn without_markers(html: &str) -> String {
    html.replace("<!---->", "").replace("<!>", "")
}

/// Rejects markup that the security policy blocks silently in a browser, and addresses that work on one host only.
fn check(html: &str) -> Result<()> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    // Reading from memory is infallible.
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
            "an inline <script> is blocked by the security policy"
        ),
        _ => {}
    }
    for (attribute, value) in &tag.attributes {
        let (attribute, value) = (text(attribute), text(&value.value));
        let place = AttributeOf(&name, &attribute);
        ensure!(attribute != "style" && !attribute.starts_with("on"), "{place} is blocked by the security policy");
        let loads = match &*attribute {
            "src" | "srcset" | "poster" | "data" | "action" | "formaction" | "ping" => true,
            "href" => !matches!(&*name, "a" | "area") && !is_address_only(tag),
            _ => false,
        };
        let is_external = value.contains("://") || value.starts_with("//");
        ensure!(!(loads && is_external), "{place} loads {value} from another host");
        ensure!(
            !(matches!(&*attribute, "src" | "href") && value.starts_with('/') && !is_external),
            "{place} is {value}; only an address relative to the page works on every host"
        );
    }
    Ok(())
}

/// Returns whether this is a `<link>` whose address browsers do not load.
fn is_address_only(tag: &StartTag<()>) -> bool {
    tag.attributes.get(b"rel".as_slice()).is_some_and(|rel| matches!(&*text(&rel.value), "canonical" | "alternate"))
}

/// The names of a tag and of one of its attributes, displayed in error messages.
struct AttributeOf<'a>(&'a str, &'a str);

impl Display for AttributeOf<'_> {
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
    fn hydration_markers_are_removed() {
        assert_eq!(without_markers("<p>a<!>b<!----></p>"), "<p>ab</p>");
    }

    #[test]
    fn markup_that_the_policy_allows_is_accepted() {
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
    fn markup_that_the_policy_blocks_is_rejected() {
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
    fn root_relative_addresses_are_rejected() {
        assert!(check("<a href='/nl/'>").is_err());
        assert!(check("<script src='/assets/x.js'></script>").is_err());
    }
}
