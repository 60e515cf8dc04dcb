//! Tests of invitations: a created link is read back unchanged, and invalid parts of a link are left out with a
//! warning.

use std::fs;
use std::path::PathBuf;

use between_us::content::Content;
use between_us::reflection::{Flow, Invitation, Lookup, Pace, Step, Warning};
use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup};
use icu_properties::{CodePointMapData, CodePointSetData};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;

const THEMES: [&str; 7] = ["feelings", "care", "contact", "calm", "joy", "closeness", "talk"];
const COUNTRIES: [&str; 4] = ["nl", "be", "de", "eu"];

fn known(name: Lookup<'_>) -> bool {
    match name {
        Lookup::Theme(id) => THEMES.contains(&id),
        Lookup::Country(code) => COUNTRIES.contains(&code),
    }
}

fn read(fragment: &str) -> (Invitation, Vec<Warning>) {
    Invitation::read(fragment, &known)
}

fn make(practice: &str, day: &str, country: &str, themes: &str) -> (Invitation, Vec<Warning>) {
    Invitation::make(practice, day, country, themes, &known)
}

/// Reads a link with this value as the name of the practice. Returns the name and the warnings.
fn practice(value: &str) -> (String, Vec<Warning>) {
    let (invitation, warnings) = read(&format!("#v=1&practice={value}"));
    (invitation.practice().to_owned(), warnings)
}

#[test]
fn links_of_every_release_keep_their_meaning() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/invitations.txt");
    let text = fs::read_to_string(path).unwrap();
    let mut seen = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let parts: Vec<_> = line.split('\t').map(|part| if part == "-" { "" } else { part }).collect();
        let [fragment, practice, day, country, themes] = parts[..] else { panic!("{line} does not have five parts") };
        let (invitation, warnings) = read(fragment);
        assert_eq!(warnings, [], "{line}");
        let actual = (invitation.practice(), invitation.day(), invitation.country(), &*invitation.themes().join(","));
        assert_eq!(actual, (practice, day, country, themes), "{line}");
        seen += 1;
    }
    assert!(seen >= 11);
}

#[test]
fn an_empty_fragment_is_no_invitation_and_gives_no_warning() {
    for fragment in ["", "#", "#&", "&&"] {
        assert_eq!(read(fragment), (Invitation::default(), vec![]), "{fragment}");
    }
    assert_eq!(Invitation::default().fragment(), "");
    assert_eq!(make(" ", "", "", ""), (Invitation::default(), vec![]));
}

#[test]
fn links_and_names_over_the_limit_are_rejected() {
    let long = format!("v=1&date=2026-12-03&practice={}", "a".repeat(100_000));
    assert_eq!(read(&long), (Invitation::default(), vec![Warning::TooLong]));
    for letter in ["a", "%E5%8A%A9", "%C3%A9", "e%CC%81", "e%CC%A3%CC%82"] {
        let (name, warnings) = practice(&letter.repeat(80));
        assert_eq!((name.is_empty(), warnings), (false, vec![]), "80 of {letter}");
        assert_eq!(practice(&letter.repeat(81)), (String::new(), vec![Warning::PracticeTooLong]), "81 of {letter}");
    }
}

#[test]
fn an_invalid_field_does_not_affect_the_others() {
    let cases = [
        ("practice=%FF%FE", Warning::Unknown),
        ("practice=%C3%28", Warning::Unknown),
        ("practice=%zz", Warning::Practice),
        ("practice=", Warning::Practice),
        ("practice", Warning::Practice),
        ("colour=red", Warning::Unknown),
        ("=", Warning::Unknown),
        ("%00", Warning::Unknown),
        ("v=one", Warning::Unknown),
        ("v=2", Warning::Newer),
        ("v=99999999999999999999", Warning::Newer),
        ("date=2027-01-01", Warning::Twice),
        ("first=calm,anger", Warning::Theme),
        ("first=", Warning::Theme),
        ("country=NL", Warning::Country),
        ("country=xx", Warning::Country),
        ("country=nl,be", Warning::Country),
    ];
    for (field, warning) in cases {
        let (invitation, warnings) = read(&format!("date=2026-12-03&{field}"));
        assert_eq!(invitation.day(), "2026-12-03", "{field}");
        assert_eq!(warnings, [warning], "{field}");
        assert_eq!(invitation.practice(), "", "{field}");
    }
    assert_eq!(read("first=calm,anger,calm,joy").0.themes(), ["calm", "joy"]);
}

#[test]
fn only_valid_calendar_dates_are_read() {
    let day = |text: &str| read(&format!("date={text}")).0.day().to_owned();
    for valid in ["2026-12-03", "2028-02-29", "2027-02-28", "2026-04-30"] {
        assert_eq!(day(valid), valid);
    }
    for input in ["03-12-2026", "3-12-2026", "03/12/2026", "03.12.2026", "3.12.2026", "2026/12/03", "2026.12.03"] {
        assert_eq!(day(input), "2026-12-03", "{input}");
        assert_eq!(make("", input, "", "").0.day(), "2026-12-03", "{input}");
    }
    assert_eq!(day("29-02-2028"), "2028-02-29");
    assert_eq!(day("31-12-2026"), "2026-12-31");
    for invalid in [
        "2027-02-29",
        "2026-13-01",
        "2026-00-01",
        "2026-01-00",
        "2026-04-31",
        "0000-01-01",
        "9999-12-31",
        "2026-1-3",
        "2026-12-3",
        "29-02-2027",
        "31-04-2026",
        "00-12-2026",
        "12-13-2026",
        "03-12-26",
        "03-12-1926",
        "03-12-202",
        "3-12/2026",
        "3--12-2026",
        "003-12-2026",
        "2026-12-03T10:00",
        "-026-12-03",
        "+026-12-03",
        "2026-12-0%D9%A3",
        "today",
    ] {
        assert_eq!(day(invalid), "", "{invalid}");
    }
}

#[test]
fn a_past_date_is_not_shown() {
    let (invitation, _) = read("date=2026-12-03");
    assert_eq!(invitation.day_from("2026-12-02"), "2026-12-03");
    assert_eq!(invitation.day_from("2026-12-03"), "2026-12-03");
    assert_eq!(invitation.day_from("2026-12-04"), "");
    assert_eq!(invitation.day_from("2027-01-01"), "");
}

#[test]
fn a_later_invitation_replaces_an_earlier_one() {
    let (first, _) = read("practice=De+Wieg&date=2026-12-03&first=calm");
    let (second, _) = read("date=2027-01-07&country=be&first=joy");
    assert_eq!(second.clone().arriving(&first, false), Some(second.clone()));
    assert_eq!(Invitation::default().arriving(&first, false), None, "a plain link replaces nothing");
    assert_eq!(first.clone().arriving(&first, false), None);
}

#[test]
fn an_invitation_during_the_questions_keeps_their_order() {
    let (first, _) = read("practice=De+Wieg&first=calm");
    let (second, _) = read("practice=De+Wieg&date=2027-01-07&first=joy");
    let merged = second.arriving(&first, true).expect("the date should be new");
    assert_eq!((merged.day(), merged.themes()), ("2027-01-07", &["calm".to_owned()][..]));
    let (only_themes, _) = read("practice=De+Wieg&first=talk");
    assert_eq!(only_themes.arriving(&first, true), None);
}

#[test]
fn invited_themes_follow_the_opening_question() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut questionnaire = Content::load(&path).unwrap().questionnaire;
    let all = questionnaire.themes.len();
    questionnaire.put_first(&["talk", "feelings", "elsewhere", "calm"].map(str::to_owned));
    let order: Vec<_> = questionnaire.themes.iter().map(|theme| theme.id.as_str()).collect();
    assert_eq!(order, ["feelings", "talk", "calm", "care", "contact", "joy", "closeness"]);
    assert_eq!(order.len(), all);
    let flow = Flow { questionnaire: &questionnaire, pace: Some(Pace::Short), undecided: false };
    assert_eq!(flow.next(&flow.first()), Step::Question("talk-topics".to_owned()));
}

#[test]
fn practice_names_in_many_scripts_are_unchanged() {
    for name in [
        "De Wieg",
        "Verloskundigen 't Hart & Co. (Oost)",
        "Łódź-Bałuty",
        "Şifa Ebe",
        "Phòng khám Hà Nội",
        "Женская",
        "Γιατρός",
        "עמותת לידה",
        "عيادة الشفاء",
        "مامایی مهر",
        "क्लिनिक दया",
        "ক্লিনিক",
        "மருத்துவமனை",
        "คลินิกแม่",
        "ክሊኒክ",
        "助産院さくら",
        "조산원",
        "კლინიკა",
        "Կլինիկա",
        "E\u{301}cole",
        "1e Lijn 24",
        "St. Anna",
        "M.V. de Boer",
        "Ƙofar Ɗaya",
        "Praktijk 24/7",
        "Dorpsstraat 12, 2e etage",
        "B.V. Het Punt",
    ] {
        let (invitation, warnings) = make(name, "", "", "");
        assert_eq!((invitation.practice(), &warnings[..]), (name, &[][..]));
    }
    assert_eq!(make("  De   Wieg ’t ", "", "", "").0.practice(), "De Wieg 't");
}

#[test]
fn typographic_characters_in_practice_names_are_normalized() {
    for (input, normalized) in [
        ("Verloskundigen ’t Hart", "Verloskundigen 't Hart"),
        ("Verloskundigen ‘t Hart", "Verloskundigen 't Hart"),
        ("Moeder`s Hart", "Moeder's Hart"),
        ("Moeder´s Hart", "Moeder's Hart"),
        ("Praktijk “De Wieg”", "Praktijk De Wieg"),
        ("Praktijk „De Wieg“", "Praktijk De Wieg"),
        ("Praktijk \"De Wieg\"", "Praktijk De Wieg"),
        ("« Le Berceau »", "Le Berceau"),
        ("De\u{a0}Wieg", "De Wieg"),
        ("De\u{202f}Wieg\u{2009}", "De Wieg"),
        ("De\tWieg", "De Wieg"),
        ("助産院\u{3000}さくら", "助産院 さくら"),
        ("Łódź–Bałuty", "Łódź-Bałuty"),
        ("Oost — West", "Oost - West"),
        ("Oost\u{2011}West", "Oost-West"),
        ("Oost/West, De Wieg (Noord) & Zn.", "Oost/West, De Wieg (Noord) & Zn."),
        ("（東）助産院", "(東)助産院"),
        ("De\u{200b} Wieg\u{feff}", "De Wieg"),
        ("Verlos\u{ad}kundigen", "Verloskundigen"),
        ("עמותת־לידה", "עמותת-לידה"),
        ("عيادة، الشفاء", "عيادة, الشفاء"),
        ("Zoe\u{308}", "Zoe\u{308}"),
        ("Ha\u{300} No\u{323}\u{302}i", "Ha\u{300} No\u{323}\u{302}i"),
        ("LINE相談 さくらClinic", "LINE相談 さくらClinic"),
        ("Клиника Anna", "Клиника Anna"),
        ("مُحَمَّد", "مُحَمَّد"),
        ("ကျွန်ုပ်", "ကျွန်ုပ်"),
        ("ที่นี่", "ที่นี่"),
    ] {
        let (invitation, warnings) = make(input, "", "", "");
        assert_eq!((invitation.practice(), &warnings[..]), (normalized, &[][..]), "{input}");
    }
}

#[test]
fn names_with_mixed_scripts_or_stacked_marks_are_rejected() {
    for name in [
        "V\u{435}rloskundigen",
        "\u{421}linic",
        "P\u{3b1}raktijk",
        "Wieg\u{660}nl",
        "\u{531}nna",
        "wi\u{5d5}g",
        "ab\u{627}",
        "\u{e01}\u{1000}",
        "W\u{301}\u{301}\u{301}ieg",
        &format!("W{}ieg", "\u{316}".repeat(20)),
        &format!("\u{e01}{}", "\u{e47}".repeat(9)),
        &format!("\u{628}{}", "\u{64b}".repeat(9)),
        "De \u{301}Wieg",
        "\u{301}",
    ] {
        let (invitation, warnings) = make(name, "2026-12-03", "", "");
        assert_eq!((invitation.practice(), &warnings[..]), ("", &[Warning::Practice][..]), "{name:?}");
        assert_eq!(invitation.day(), "2026-12-03");
    }
}

#[test]
fn names_with_phone_numbers_or_addresses_are_rejected() {
    for name in [
        "Bel 06 12345678",
        "0800-0113 nu",
        "+31 6",
        "1.2.3.4.5.6.7",
        "٠٦١٢٣٤٥٦٧",
        "०६१२३४५६७",
        "www.example",
        "WWW wieg",
        "wieg.nl",
        "De wieg.example",
        "пример.рф",
        "a.wieg.example",
        "https://x",
        "naam@wieg",
        "118 118",
        "112",
        "Bel 112",
        "Bel112",
        "1-1-2",
        "1 1 2",
        "11.2",
        "24-7 1 1 2",
        "٠١١ ٢",
        "1813",
        "x.com",
        "X.Com",
        "t.co",
        "evil .com",
        "evil. com",
        "evil dot com",
        "evil (dot) com",
        "evil punt nl",
        "bel.nl 1e Lijn",
        "http wieg",
    ] {
        let (invitation, warnings) = make(name, "2026-12-03", "", "");
        assert_eq!(invitation.practice(), "", "{name}");
        assert!(matches!(warnings[..], [Warning::Address | Warning::Practice]), "{name}: {warnings:?}");
        assert_eq!(invitation.day(), "2026-12-03");
    }
}

#[test]
fn names_with_markup_or_invisible_characters_are_rejected() {
    for name in [
        "<b>",
        "<script>",
        "&lt;",
        "\"",
        "${x}",
        "javascript:x",
        "a\u{202d}b",
        "a\u{202e}b",
        "a\u{2066}b",
        "a\u{200f}b",
        "a\u{61c}b",
        "a\u{200d}b",
        "a\u{34f}b",
        "a\u{3164}b",
        "a\u{115f}b",
        "a\u{180e}b",
        "a\0b",
        "a\nb",
        "a\u{85}b",
        "a\u{2028}b",
        "a\u{e0061}b",
        "a\u{fe0f}b",
        "𝐀",
        "Ａ",
        "Ⓐ",
        "...",
        "()",
    ] {
        assert_eq!(make(name, "", "", "").0.practice(), "", "{name:?}");
    }
}

/// Tests every assigned character; the planes that are left out contain none.
#[test]
fn names_allow_only_letters_marks_digits_and_some_punctuation() {
    let category = CodePointMapData::<GeneralCategory>::new();
    let invisible = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    let mut count = 0;
    for ch in ('\0'..='\u{3ffff}').chain('\u{e0000}'..='\u{e0fff}') {
        if make(&format!("x{ch}"), "", "", "").0.practice().chars().nth(1) != Some(ch) {
            continue;
        }
        count += 1;
        assert!(!ch.is_control() && !ch.is_whitespace() && !invisible.contains(ch), "{ch:?}");
        let category = category.get(ch);
        let is_allowed = is_letter(category) || " .'&-()/,".contains(ch);
        assert!(is_allowed, "{ch:?} (U+{:04X}) is {category:?}", u32::from(ch));
    }
    assert!(count > 90_000, "{count}");
}

/// Returns whether a category is of letters, marks or digits. Unassigned counts too, because the blocks of some scripts
/// have unassigned code points.
fn is_letter(category: GeneralCategory) -> bool {
    let letters = GeneralCategoryGroup::Letter.union(GeneralCategoryGroup::Mark);
    letters.union(GeneralCategoryGroup::DecimalNumber).union(GeneralCategoryGroup::Unassigned).contains(category)
}

/// Generates input for the name field: plausible names, and any text.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z' .&()/,’–“-]{0,90}", "[\\p{L}\\p{M} 0-9.-]{0,40}", "\\PC{0,60}", any::<String>()]
}

fn day() -> impl Strategy<Value = String> {
    prop_oneof!["20[0-9]{2}-[01][0-9]-[0-3][0-9]", any::<String>()]
}

fn ids(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    let listed = proptest::collection::vec(prop_oneof![proptest::sample::select(of), Just("elsewhere")], 0..9);
    prop_oneof![listed.prop_map(|ids| ids.join(",")), any::<String>()]
}

/// Alters a link as programs do that copy, forward or open it: in one of [`ALTERATIONS`] ways, with `at` as the
/// position or the choice of punctuation.
fn alter(fragment: &str, alteration: usize, at: usize) -> String {
    const PUNCTUATION: [&str; 16] =
        [".", ",", ";", ":", "!", "?", ")", "]", "}", ">", "\"", "'", "’", "”", "»", ").\""];
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let insert = |text: &str| {
        let at = (0..=at % (fragment.len() + 1)).rev().find(|at| fragment.is_char_boundary(*at)).unwrap_or(0);
        [&fragment[..at], text, &fragment[at..]].concat()
    };
    match alteration {
        0 => fragment.replace('=', "%3D"),
        1 => fragment.replace('=', "%3d").replace('&', "%26"),
        2 => fragment.replace('&', "%26"),
        3 => fragment.replace('&', "&amp;"),
        4 => fragment.replace('&', "&#38;"),
        5 => fragment.replace('%', "%25"),
        6 => encoded(fragment),
        7 => encoded(fragment).replace('%', "%25"),
        8 => encoded(fragment).replace('%', "%2525"),
        9 => fragment.replace('+', "%20"),
        10 => fragment.replace('+', " "),
        11 => [fragment, PUNCTUATION[at % PUNCTUATION.len()]].concat(),
        12 => insert("\u{200b}"),
        13 => insert("%E2%80%8B"),
        14 => insert("=\r\n"),
        15 => insert("\r\n"),
        16 => ["main&", fragment].concat(),
        17 => [fragment, "&utm_source=mail&fbclid=x1"].concat(),
        18 => ["%23", fragment].concat(),
        _ => [fragment, "?utm_source=mail"].concat(),
    }
}

const ALTERATIONS: usize = 20;

#[test]
fn links_altered_in_transit_are_read_as_intended() {
    let (made, _) = make("Verloskundigen ’t Hart (Oost) & Zn.", "2026-12-03", "nl", "calm,talk");
    let quoted = made.fragment().replace('=', "=3D");
    assert_eq!(read(&quoted), (made.clone(), vec![]), "{quoted}");
    for (alteration, at) in (0..ALTERATIONS).flat_map(|alteration| (0..30).map(move |at| (alteration, at))) {
        let link = alter(&made.fragment(), alteration, at * 3);
        let (invitation, warnings) = read(&link);
        assert_eq!(invitation, made, "{link}");
        let adds_field = matches!(alteration, 17 | 19);
        assert_eq!(warnings.is_empty(), !adds_field, "{link}: {warnings:?}");
    }
    for (link, name) in [
        ("#v=1&practice=A+%26amp%3B+B", "A & B"),
        ("#v=1&amp;amp;practice=De+Wieg&#038;first=calm", "De Wieg"),
        ("#v%3D1%26practice%3DVerloskundigen%2B%2527t%2BHart", "Verloskundigen 't Hart"),
        ("#v=1&practice=De+Wieg+(Oost)", "De Wieg (Oost)"),
        ("#v=1&practice=De+Wieg+(Oost))", "De Wieg (Oost)"),
        ("#v=1&practice=De+Wieg&", "De Wieg"),
        ("#v=1&practice=B%2EV%2E", "B.V."),
        ("##v=1&practice=De+Wieg", "De Wieg"),
    ] {
        let (invitation, warnings) = read(link);
        assert_eq!((invitation.practice(), &warnings[..]), (name, &[][..]), "{link}");
    }
}

#[test]
fn page_anchors_and_a_choice_of_country_are_no_invitation() {
    for fragment in
        ["#main", "#about-me", "#restore", "#offline", "#country=be", "#main&country=be", "#country=be&", "#Main-2"]
    {
        assert_eq!(read(fragment), (Invitation::default(), vec![]), "{fragment}");
    }
    let (made, _) = make("De Wieg", "2026-12-03", "be", "calm");
    for place in ["main", "about-me", "restore", "offline", ""] {
        assert_eq!(read(&format!("#{place}&{}", made.fragment())), (made.clone(), vec![]), "{place}");
    }
    assert_eq!(read("#v=1&country=be").0.country(), "be", "a versioned link with only a country should be read");
}

#[test]
fn an_ambiguous_date_is_left_out() {
    let known = |name: Lookup<'_>| !matches!(name, Lookup::Theme(_));
    let read = |text: &str| Invitation::read(text, &known);
    let (invitation, warnings) = read("v=1&date=03/12/2026&country=us");
    assert_eq!((invitation.day(), invitation.country(), &warnings[..]), ("", "us", &[Warning::Day][..]));
    assert_eq!(read("v=1&country=us&date=13-12-2026").0.day(), "2026-12-13");
    assert_eq!(read("v=1&country=us&date=2026-12-03").0.day(), "2026-12-03");
}

proptest! {
    #[test]
    fn an_altered_link_keeps_its_meaning_or_gives_a_warning(
        name in typed(), day in day(), country in ids(&COUNTRIES), themes in ids(&THEMES),
        alterations in proptest::collection::vec((0..ALTERATIONS, 0usize..400), 0..5),
    ) {
        let (made, _) = make(&name, &day, &country, &themes);
        let mut link = made.fragment();
        if link.is_empty() {
            return Ok(());
        }
        // Line breaks come last, because no program encodes only one character of a soft line break.
        let (breaks, others): (Vec<_>, Vec<_>) = alterations.into_iter().partition(|(alteration, _)| *alteration == 14);
        for (alteration, at) in others.into_iter().chain(breaks) {
            link = alter(&link, alteration, at);
        }
        let (read_back, warnings) = read(&link);
        // Punctuation at the end of a name may belong to the sentence around the link.
        let end = |name: &str| name.trim_end_matches(['.', '\'', ')', ',', ' ', '&', '(', '/', '-']).to_owned();
        let same = [
            end(read_back.practice()) == end(made.practice()),
            read_back.day() == made.day(),
            read_back.country() == made.country(),
            read_back.themes() == made.themes(),
        ];
        let left_out = [
            read_back.practice().is_empty(),
            read_back.day().is_empty(),
            read_back.country().is_empty(),
            read_back.themes().len() < made.themes().len(),
        ];
        for (same, left_out) in same.into_iter().zip(left_out) {
            prop_assert!(
                same || left_out && !warnings.is_empty(),
                "{} is read as {:?}, not as {:?} ({:?})", link, read_back, made, warnings
            );
        }
    }

    #[test]
    fn every_created_link_is_read_back_unchanged(
        name in typed(), day in day(), country in ids(&COUNTRIES), themes in ids(&THEMES),
    ) {
        let (made, _) = make(&name, &day, &country, &themes);
        let fragment = made.fragment();
        prop_assert_eq!(read(&fragment), (made.clone(), vec![]));
        prop_assert_eq!(read(&format!("#{fragment}")), (made, vec![]));
        // Messengers recognize the whole link: it has only these characters, and does not end in punctuation.
        prop_assert!(fragment.bytes().all(|ch| ch.is_ascii_alphanumeric() || b"=&%+,-".contains(&ch)), "{}", fragment);
        prop_assert!(!fragment.ends_with(|end: char| end.is_ascii_punctuation()), "{}", fragment);
    }

    #[test]
    fn any_fragment_yields_plain_text_only(fragment in prop_oneof![
        any::<String>(),
        "(v|practice|date|country|first)=(%[0-9A-Fa-f]{2}|[a-z+]|\\PC){0,30}",
        typed().prop_map(|name| format!("practice={name}")),
    ]) {
        let invisible = CodePointSetData::new::<DefaultIgnorableCodePoint>();
        let (invitation, _) = read(&fragment);
        let shown = invitation.practice();
        let length = shown.chars().filter(|ch| !('\u{300}'..='\u{333}').contains(ch)).count();
        prop_assert!(length <= 80);
        let is_number = shown.as_bytes().windows(3).any(|three| three.iter().all(u8::is_ascii_digit));
        prop_assert!(!shown.contains("www") && !is_number);
        for ch in shown.chars() {
            prop_assert!(!ch.is_control() && !invisible.contains(ch) && !"<>\":@\\".contains(ch), "{:?}", ch);
        }
        if !shown.is_empty() {
            prop_assert_eq!(make(shown, "", "", "").1, vec![], "a shown name is not accepted as input");
        }
        prop_assert!(invitation.day().is_empty() || invitation.day().len() == 10);
        prop_assert!(invitation.country().is_empty() || COUNTRIES.contains(&invitation.country()));
        prop_assert!(invitation.themes().iter().all(|id| THEMES.contains(&&**id)));
        prop_assert_eq!(&read(&invitation.fragment()).0, &invitation);
    }
}
