//! Fuzz tests of external text other than stored values: links, typed input, and message catalogs.

use between_us::content::{Catalog, Content, Flat};
use between_us::reflection::{Field, Invitation, Journal, Lookup, MemoryStore};

use crate::inputs::{JSON, TYPED, corpus, fuzz};

const THEMES: [&str; 3] = ["calm", "talk", "feelings"];
const COUNTRIES: [&str; 2] = ["nl", "be"];

fn known(name: Lookup<'_>) -> bool {
    match name {
        Lookup::Theme(id) => THEMES.contains(&id),
        Lookup::Country(code) => COUNTRIES.contains(&code),
    }
}

/// Asserts that an invitation contains only short plain text, and that its link is read back unchanged.
fn assert_plain(invitation: &Invitation) {
    let name = invitation.practice();
    assert!(name.chars().filter(|ch| !matches!(ch, '\u{300}'..='\u{333}')).count() <= 80, "{name:?} is too long");
    assert!(!name.contains(['<', '>', '"', ':', '@', '#', '%', '\0', '\n', '\u{202e}', '\u{200b}']), "{name:?}");
    assert!(invitation.themes().iter().all(|theme| THEMES.contains(&theme.as_str())));
    assert!(invitation.themes().len() <= THEMES.len(), "a theme is repeated");
    assert!(invitation.country().is_empty() || COUNTRIES.contains(&invitation.country()));
    assert!(matches!(invitation.day().len(), 0 | 10));
    assert_eq!(Invitation::read(&invitation.fragment(), &known), (invitation.clone(), Vec::new()));
}

/// Any fragment yields plain text only, and the link of the result is read back unchanged.
#[test]
fn invitation_links_yield_plain_text_and_round_trip() {
    let lines = String::from_utf8(corpus("invitations").concat()).expect("the links should be UTF-8");
    let mut links: Vec<_> = lines
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| Some(line.split('\t').next()?.as_bytes().to_vec()))
        .collect();
    links.extend(corpus("invitation-"));
    fuzz(&links, TYPED, 20_000, |text| assert_plain(&Invitation::read(text, &known).0));
}

/// A practice name that a caregiver types is accepted as plain text, or left out with a warning.
#[test]
fn practice_names_are_plain_or_left_out() {
    fuzz(&corpus("practice-"), TYPED, 20_000, |text| {
        let (invitation, warnings) = Invitation::make(text, "", "", "", &known);
        assert!(warnings.len() <= 1);
        assert_eq!(invitation.practice().is_empty(), !warnings.is_empty() || text.trim().is_empty());
        assert_plain(&invitation);
    });
}

/// Profile input is shown as plain text or not at all, and a week is at most 42.
#[test]
fn profile_input_is_shown_as_plain_text() {
    fuzz(&corpus("about-typed-"), TYPED, 20_000, |text| {
        let mut journal = Journal::open(MemoryStore::default(), MemoryStore::default(), || 7);
        let typed: Vec<_> = text.splitn(4, '\n').collect();
        let fields = [Field::Nickname, Field::Weeks, Field::Due, Field::Number];
        journal.edit_profile(&mut |profile| {
            for (field, text) in fields.into_iter().zip(&typed) {
                profile.type_into(field, text, "2026-11-25");
            }
        });
        let profile = journal.profile();
        assert!(profile.name().chars().count() <= 41);
        assert!(!profile.name().contains(['\u{202e}', '\u{200b}', '\0', '\n']));
        for today in ["2016-11-25", "2026-11-25", "2036-11-25", text] {
            assert!(profile.week(today).is_none_or(|week| week <= 42));
        }
        if let Some((_, dialled)) = profile.call() {
            assert!(dialled.chars().all(|ch| ch.is_ascii_digit() || ch == '+'), "{dialled:?}");
        }
    });
}

/// A damaged catalog decodes to `None`, or to a catalog whose number of strings is bounded by the input.
#[test]
fn decoding_a_damaged_catalog_is_bounded() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let content = Content::load(&folder).expect("the content should be valid");
    let (_, locale) = &content.locales[0];
    let whole = [Catalog::new(&content.questionnaire, locale), Catalog::beside(locale)].map(|catalog| catalog.encode());
    // Prefixes of the catalog are inputs too, and faster to read.
    let strings: Vec<String> = serde_json::from_str(&whole[0]).expect("the catalog should be a list of strings");
    let short = [20, 60, 200].map(|count| serde_json::to_string(&strings[..count]).expect("strings should serialize"));
    let blocks: Vec<_> = whole.iter().chain(&short).map(|block| block.as_bytes().to_vec()).collect();
    let longest = strings.len() * 4;
    fuzz(&blocks, &[JSON, &["\"99999999999\"", "\"-1\"", "\"1\""]].concat(), 2000, |text| {
        if let Some(catalog) = Catalog::decode(text) {
            let mut again = Vec::new();
            catalog.lay(&mut again);
            assert!(again.len() < longest + text.len(), "{} strings out of {} bytes", again.len(), text.len());
        }
    });
}
