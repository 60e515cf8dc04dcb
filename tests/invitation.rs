//! Invitations: what was made is read back, and nothing that anybody writes into a link can do more than be left out.

use std::fs;
use std::path::PathBuf;

use between_us::content::Content;
use between_us::reflection::{Invitation, Mention, Note, Pace, Step, Way};
use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup};
use icu_properties::{CodePointMapData, CodePointSetData};
use proptest::prelude::*;

const THEMES: [&str; 7] = ["feelings", "care", "contact", "calm", "joy", "closeness", "talk"];
const COUNTRIES: [&str; 4] = ["nl", "be", "de", "eu"];

fn known(name: Mention<'_>) -> bool {
    match name {
        Mention::Theme(id) => THEMES.contains(&id),
        Mention::Country(code) => COUNTRIES.contains(&code),
    }
}

fn read(fragment: &str) -> (Invitation, Vec<Note>) {
    Invitation::read(fragment, &known)
}

fn make(practice: &str, day: &str, country: &str, themes: &str) -> (Invitation, Vec<Note>) {
    Invitation::make(practice, day, country, themes, &known)
}

/// The name of a practice as a link with this value says it.
fn practice(value: &str) -> (String, Vec<Note>) {
    let (invitation, notes) = read(&format!("#v=1&practice={value}"));
    (invitation.practice().to_owned(), notes)
}

#[test]
fn links_of_every_release_say_what_they_said() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/invitations.txt");
    let text = fs::read_to_string(path).unwrap();
    let mut seen = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let parts: Vec<_> = line.split('\t').map(|part| if part == "-" { "" } else { part }).collect();
        let [fragment, practice, day, country, themes] = parts[..] else { panic!("{line} has not five parts") };
        let (invitation, notes) = read(fragment);
        assert_eq!(notes, [], "{line}");
        let said = (invitation.practice(), invitation.day(), invitation.country(), &*invitation.themes().join(","));
        assert_eq!(said, (practice, day, country, themes), "{line}");
        seen += 1;
    }
    assert!(seen >= 11);
}

#[test]
fn a_link_without_an_invitation_says_nothing_and_needs_no_note() {
    for fragment in ["", "#", "#&", "&&"] {
        assert_eq!(read(fragment), (Invitation::default(), vec![]), "{fragment}");
    }
    assert_eq!(Invitation::default().fragment(), "");
    assert_eq!(make(" ", "", "", ""), (Invitation::default(), vec![]));
}

#[test]
fn what_is_too_long_is_not_read_at_all() {
    let long = format!("v=1&date=2026-12-03&practice={}", "a".repeat(100_000));
    assert_eq!(read(&long), (Invitation::default(), vec![Note::TooLong]));
    assert_eq!(practice(&"a".repeat(40)).0.len(), 40);
    assert_eq!(practice(&"a".repeat(41)), (String::new(), vec![Note::Practice]));
    assert_eq!(practice(&"%E5%8A%A9".repeat(40)).0.chars().count(), 40);
}

#[test]
fn one_bad_field_costs_none_of_the_others() {
    let cases = [
        ("practice=%FF%FE", Note::Unknown),
        ("practice=%C3%28", Note::Unknown),
        ("practice=%zz", Note::Practice),
        ("practice=", Note::Practice),
        ("practice", Note::Practice),
        ("colour=red", Note::Unknown),
        ("=", Note::Unknown),
        ("%00", Note::Unknown),
        ("v=one", Note::Unknown),
        ("v=2", Note::Newer),
        ("v=99999999999999999999", Note::Newer),
        ("date=2027-01-01", Note::Twice),
        ("first=calm,anger", Note::Theme),
        ("first=", Note::Theme),
        ("country=NL", Note::Country),
        ("country=xx", Note::Country),
        ("country=nl,be", Note::Country),
    ];
    for (field, note) in cases {
        let (invitation, notes) = read(&format!("date=2026-12-03&{field}"));
        assert_eq!(invitation.day(), "2026-12-03", "{field}");
        assert_eq!(notes, [note], "{field}");
        assert_eq!(invitation.practice(), "", "{field}");
    }
    assert_eq!(read("first=calm,anger,calm,joy").0.themes(), ["calm", "joy"]);
}

#[test]
fn a_day_is_one_of_the_calendar_or_none() {
    let day = |text: &str| read(&format!("date={text}")).0.day().to_owned();
    for good in ["2026-12-03", "2028-02-29", "2027-02-28", "2026-04-30"] {
        assert_eq!(day(good), good);
    }
    for bad in [
        "2027-02-29",
        "2026-13-01",
        "2026-00-01",
        "2026-01-00",
        "2026-04-31",
        "0000-01-01",
        "9999-12-31",
        "2026-1-3",
        "03-12-2026",
        "2026-12-03T10:00",
        "-026-12-03",
        "+026-12-03",
        "2026-12-0%D9%A3",
        "today",
    ] {
        assert_eq!(day(bad), "", "{bad}");
    }
}

#[test]
fn a_day_that_has_passed_is_not_said_any_more() {
    let (invitation, _) = read("date=2026-12-03");
    assert_eq!(invitation.day_from("2026-12-02"), "2026-12-03");
    assert_eq!(invitation.day_from("2026-12-03"), "2026-12-03");
    assert_eq!(invitation.day_from("2026-12-04"), "");
    assert_eq!(invitation.day_from("2027-01-01"), "");
}

#[test]
fn a_later_invitation_takes_the_place_of_an_earlier_one() {
    let (first, _) = read("practice=De+Wieg&date=2026-12-03&first=calm");
    let (second, _) = read("date=2027-01-07&country=be&first=joy");
    assert_eq!(second.clone().arriving(&first, false), Some(second.clone()));
    assert_eq!(Invitation::default().arriving(&first, false), None, "a plain link takes nothing away");
    assert_eq!(first.clone().arriving(&first, false), None);
}

#[test]
fn whoever_is_on_the_way_keeps_the_order_of_the_questions() {
    let (first, _) = read("practice=De+Wieg&first=calm");
    let (second, _) = read("practice=De+Wieg&date=2027-01-07&first=joy");
    let holds = second.arriving(&first, true).expect("the day is new");
    assert_eq!((holds.day(), holds.themes()), ("2027-01-07", &["calm".to_owned()][..]));
    let (only_themes, _) = read("practice=De+Wieg&first=talk");
    assert_eq!(only_themes.arriving(&first, true), None);
}

#[test]
fn the_named_themes_come_right_after_the_opening_question() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut questionnaire = Content::load(&path).unwrap().questionnaire;
    let all = questionnaire.themes.len();
    questionnaire.put_first(&["talk", "feelings", "elsewhere", "calm"].map(str::to_owned));
    let order: Vec<_> = questionnaire.themes.iter().map(|theme| theme.id.as_str()).collect();
    assert_eq!(order, ["feelings", "talk", "calm", "care", "contact", "joy", "closeness"]);
    assert_eq!(order.len(), all);
    let way = Way { questionnaire: &questionnaire, pace: Some(Pace::Short), undecided: false };
    assert_eq!(way.next(&way.first()), Step::Question("talk-topics".to_owned()));
}

#[test]
fn names_of_practices_in_many_scripts_stand_as_they_are_written() {
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
    ] {
        let (invitation, notes) = make(name, "", "", "");
        assert_eq!((invitation.practice(), &notes[..]), (name, &[][..]));
    }
    assert_eq!(make("  De   Wieg ’t ", "", "", "").0.practice(), "De Wieg 't");
}

#[test]
fn no_number_to_call_and_no_address_stands_in_a_name() {
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
    ] {
        let (invitation, notes) = make(name, "2026-12-03", "", "");
        assert_eq!(invitation.practice(), "", "{name}");
        assert!(matches!(notes[..], [Note::Address | Note::Practice]), "{name}: {notes:?}");
        assert_eq!(invitation.day(), "2026-12-03");
    }
}

#[test]
fn no_markup_and_no_sign_that_cannot_be_seen_stands_in_a_name() {
    for hidden in [
        "<b>",
        "<script>",
        "&lt;",
        "\"",
        "`",
        "${x}",
        "javascript:x",
        "a\u{202e}b",
        "a\u{2066}b",
        "a\u{200f}b",
        "a\u{61c}b",
        "a\u{200b}b",
        "a\u{200d}b",
        "a\u{feff}b",
        "a\u{ad}b",
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
        "a\u{a0}b",
        "a\u{3000}b",
        "...",
        "()",
    ] {
        assert_eq!(make(hidden, "", "", "").0.practice(), "", "{hidden:?}");
    }
}

/// Looks at every sign there is; the planes left out hold none.
#[test]
fn only_letters_marks_digits_and_a_few_signs_can_stand_in_a_name() {
    let category = CodePointMapData::<GeneralCategory>::new();
    let invisible = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    let mut letters = 0;
    for sign in ('\0'..='\u{3ffff}').chain('\u{e0000}'..='\u{e0fff}') {
        if make(&format!("x{sign}"), "", "", "").0.practice().chars().nth(1) != Some(sign) {
            continue;
        }
        letters += 1;
        assert!(!sign.is_control() && !sign.is_whitespace() && !invisible.contains(sign), "{sign:?}");
        let category = category.get(sign);
        let fits = is_letter(category) || " .'&-()".contains(sign);
        assert!(fits, "{sign:?} (U+{:04X}) is {category:?}", u32::from(sign));
    }
    assert!(letters > 90_000, "{letters}");
}

/// Whether signs of this kind are letters, marks or digits. Some places within a script are not given to any sign yet.
fn is_letter(category: GeneralCategory) -> bool {
    let letters = GeneralCategoryGroup::Letter.union(GeneralCategoryGroup::Mark);
    letters.union(GeneralCategoryGroup::DecimalNumber).union(GeneralCategoryGroup::Unassigned).contains(category)
}

/// What somebody may type into the form: names that fit often, and anything at all.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z' .&()-]{0,45}", "[\\p{L}\\p{M} 0-9.-]{0,40}", "\\PC{0,60}", any::<String>()]
}

fn day() -> impl Strategy<Value = String> {
    prop_oneof!["20[0-9]{2}-[01][0-9]-[0-3][0-9]", any::<String>()]
}

fn ids(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    let listed = proptest::collection::vec(prop_oneof![proptest::sample::select(of), Just("elsewhere")], 0..9);
    prop_oneof![listed.prop_map(|ids| ids.join(",")), any::<String>()]
}

proptest! {
    #[test]
    fn every_link_that_can_be_made_is_read_back_as_made(
        name in typed(), day in day(), country in ids(&COUNTRIES), themes in ids(&THEMES),
    ) {
        let (made, _) = make(&name, &day, &country, &themes);
        let fragment = made.fragment();
        prop_assert_eq!(read(&fragment), (made.clone(), vec![]));
        prop_assert_eq!(read(&format!("#{fragment}")), (made, vec![]));
        // No messenger takes a part of it for the end of the link.
        prop_assert!(fragment.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"=&%+,-".contains(&sign)), "{}", fragment);
        prop_assert!(!fragment.ends_with(|end: char| end.is_ascii_punctuation()), "{}", fragment);
    }

    #[test]
    fn whatever_a_link_says_what_is_shown_is_plain(fragment in prop_oneof![
        any::<String>(),
        "(v|practice|date|country|first)=(%[0-9A-Fa-f]{2}|[a-z+]|\\PC){0,30}",
        typed().prop_map(|name| format!("practice={name}")),
    ]) {
        let invisible = CodePointSetData::new::<DefaultIgnorableCodePoint>();
        let (invitation, _) = read(&fragment);
        let shown = invitation.practice();
        prop_assert!(shown.chars().count() <= 40);
        prop_assert!(!shown.contains("www") && shown.chars().filter(char::is_ascii_digit).count() < 7);
        for sign in shown.chars() {
            prop_assert!(!sign.is_control() && !invisible.contains(sign) && !"<>\"/:@\\".contains(sign), "{:?}", sign);
        }
        prop_assert!(invitation.day().is_empty() || invitation.day().len() == 10);
        prop_assert!(invitation.country().is_empty() || COUNTRIES.contains(&invitation.country()));
        prop_assert!(invitation.themes().iter().all(|id| THEMES.contains(&&**id)));
        prop_assert_eq!(&read(&invitation.fragment()).0, &invitation);
    }
}
