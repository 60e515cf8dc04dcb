//! Invitations: what was made is read back, and nothing that anybody writes into a link can do more than be left out.

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

/// The name of a practice as a link with this value says it.
fn practice(value: &str) -> (String, Vec<Warning>) {
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
    assert_eq!(read(&long), (Invitation::default(), vec![Warning::TooLong]));
    for letter in ["a", "%E5%8A%A9", "%C3%A9", "e%CC%81", "e%CC%A3%CC%82"] {
        let (name, notes) = practice(&letter.repeat(80));
        assert_eq!((name.is_empty(), notes), (false, vec![]), "80 of {letter}");
        assert_eq!(practice(&letter.repeat(81)), (String::new(), vec![Warning::PracticeTooLong]), "81 of {letter}");
    }
}

#[test]
fn one_bad_field_costs_none_of_the_others() {
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
    for written in ["03-12-2026", "3-12-2026", "03/12/2026", "03.12.2026", "3.12.2026", "2026/12/03", "2026.12.03"] {
        assert_eq!(day(written), "2026-12-03", "{written}");
        assert_eq!(make("", written, "", "").0.day(), "2026-12-03", "{written}");
    }
    assert_eq!(day("29-02-2028"), "2028-02-29");
    assert_eq!(day("31-12-2026"), "2026-12-31");
    for bad in [
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
    let way = Flow { questionnaire: &questionnaire, pace: Some(Pace::Short), undecided: false };
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
        "Praktijk 24/7",
        "Dorpsstraat 12, 2e etage",
        "B.V. Het Punt",
    ] {
        let (invitation, notes) = make(name, "", "", "");
        assert_eq!((invitation.practice(), &notes[..]), (name, &[][..]));
    }
    assert_eq!(make("  De   Wieg ’t ", "", "", "").0.practice(), "De Wieg 't");
}

#[test]
fn names_as_word_and_practice_software_write_them_are_taken_as_meant() {
    for (written, meant) in [
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
        let (invitation, notes) = make(written, "", "", "");
        assert_eq!((invitation.practice(), &notes[..]), (meant, &[][..]), "{written}");
    }
}

#[test]
fn a_word_that_mixes_scripts_or_piles_up_marks_stands_in_no_name() {
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
        let (invitation, notes) = make(name, "2026-12-03", "", "");
        assert_eq!((invitation.practice(), &notes[..]), ("", &[Warning::Practice][..]), "{name:?}");
        assert_eq!(invitation.day(), "2026-12-03");
    }
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
        let (invitation, notes) = make(name, "2026-12-03", "", "");
        assert_eq!(invitation.practice(), "", "{name}");
        assert!(matches!(notes[..], [Warning::Address | Warning::Practice]), "{name}: {notes:?}");
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
        assert_eq!(make(hidden, "", "", "").0.practice(), "", "{hidden:?}");
    }
}

/// Looks at every sign there is; the planes left out hold none.
#[test]
fn only_letters_marks_digits_and_a_few_signs_can_stand_in_a_name() {
    let category = CodePointMapData::<GeneralCategory>::new();
    let invisible = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    let mut letters = 0;
    for ch in ('\0'..='\u{3ffff}').chain('\u{e0000}'..='\u{e0fff}') {
        if make(&format!("x{ch}"), "", "", "").0.practice().chars().nth(1) != Some(ch) {
            continue;
        }
        letters += 1;
        assert!(!ch.is_control() && !ch.is_whitespace() && !invisible.contains(ch), "{ch:?}");
        let category = category.get(ch);
        let fits = is_letter(category) || " .'&-()/,".contains(ch);
        assert!(fits, "{ch:?} (U+{:04X}) is {category:?}", u32::from(ch));
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
    prop_oneof!["[a-zA-Z' .&()/,’–“-]{0,90}", "[\\p{L}\\p{M} 0-9.-]{0,40}", "\\PC{0,60}", any::<String>()]
}

fn day() -> impl Strategy<Value = String> {
    prop_oneof!["20[0-9]{2}-[01][0-9]-[0-3][0-9]", any::<String>()]
}

fn ids(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    let listed = proptest::collection::vec(prop_oneof![proptest::sample::select(of), Just("elsewhere")], 0..9);
    prop_oneof![listed.prop_map(|ids| ids.join(",")), any::<String>()]
}

/// A link that was written down, sent on or clicked in a program that changes links.
fn bent(fragment: &str, bend: usize, at: usize) -> String {
    const SIGNS: [&str; 16] = [".", ",", ";", ":", "!", "?", ")", "]", "}", ">", "\"", "'", "’", "”", "»", ").\""];
    let coded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let inserted = |what: &str| {
        let at = (0..=at % (fragment.len() + 1)).rev().find(|at| fragment.is_char_boundary(*at)).unwrap_or(0);
        [&fragment[..at], what, &fragment[at..]].concat()
    };
    match bend {
        0 => fragment.replace('=', "%3D"),
        1 => fragment.replace('=', "%3d").replace('&', "%26"),
        2 => fragment.replace('&', "%26"),
        3 => fragment.replace('&', "&amp;"),
        4 => fragment.replace('&', "&#38;"),
        5 => fragment.replace('%', "%25"),
        6 => coded(fragment),
        7 => coded(fragment).replace('%', "%25"),
        8 => coded(fragment).replace('%', "%2525"),
        9 => fragment.replace('+', "%20"),
        10 => fragment.replace('+', " "),
        11 => [fragment, SIGNS[at % SIGNS.len()]].concat(),
        12 => inserted("\u{200b}"),
        13 => inserted("%E2%80%8B"),
        14 => inserted("=\r\n"),
        15 => inserted("\r\n"),
        16 => ["main&", fragment].concat(),
        17 => [fragment, "&utm_source=mail&fbclid=x1"].concat(),
        18 => ["%23", fragment].concat(),
        _ => [fragment, "?utm_source=mail"].concat(),
    }
}

const BENDS: usize = 20;

#[test]
fn links_bent_on_their_way_are_read_as_meant() {
    let (made, _) = make("Verloskundigen ’t Hart (Oost) & Zn.", "2026-12-03", "nl", "calm,talk");
    let quoted = made.fragment().replace('=', "=3D");
    assert_eq!(read(&quoted), (made.clone(), vec![]), "{quoted}");
    for (bend, at) in (0..BENDS).flat_map(|bend| (0..30).map(move |at| (bend, at))) {
        let link = bent(&made.fragment(), bend, at * 3);
        let (said, notes) = read(&link);
        assert_eq!(said, made, "{link}");
        let adds = matches!(bend, 17 | 19);
        assert_eq!(notes.is_empty(), !adds, "{link}: {notes:?}");
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
        let (said, notes) = read(link);
        assert_eq!((said.practice(), &notes[..]), (name, &[][..]), "{link}");
    }
}

#[test]
fn a_place_and_a_choice_of_country_are_no_invitation() {
    for fragment in
        ["#main", "#about-me", "#restore", "#offline", "#country=be", "#main&country=be", "#country=be&", "#Main-2"]
    {
        assert_eq!(read(fragment), (Invitation::default(), vec![]), "{fragment}");
    }
    let (made, _) = make("De Wieg", "2026-12-03", "be", "calm");
    for place in ["main", "about-me", "restore", "offline", ""] {
        assert_eq!(read(&format!("#{place}&{}", made.fragment())), (made.clone(), vec![]), "{place}");
    }
    assert_eq!(read("#v=1&country=be").0.country(), "be", "a link with nothing but a country says it");
}

#[test]
fn a_day_that_two_countries_read_differently_is_left_out() {
    let known = |name: Lookup<'_>| !matches!(name, Lookup::Theme(_));
    let read = |text: &str| Invitation::read(text, &known);
    let (said, notes) = read("v=1&date=03/12/2026&country=us");
    assert_eq!((said.day(), said.country(), &notes[..]), ("", "us", &[Warning::Day][..]));
    assert_eq!(read("v=1&country=us&date=13-12-2026").0.day(), "2026-12-13");
    assert_eq!(read("v=1&country=us&date=2026-12-03").0.day(), "2026-12-03");
}

proptest! {
    #[test]
    fn however_a_link_is_bent_it_says_the_same_or_leaves_it_out_with_a_note(
        name in typed(), day in day(), country in ids(&COUNTRIES), themes in ids(&THEMES),
        bends in proptest::collection::vec((0..BENDS, 0usize..400), 0..5),
    ) {
        let (made, _) = make(&name, &day, &country, &themes);
        let mut link = made.fragment();
        if link.is_empty() {
            return Ok(());
        }
        // Lines are broken last: no program encodes one sign of a break and leaves the others.
        let (breaks, others): (Vec<_>, Vec<_>) = bends.into_iter().partition(|(bend, _)| *bend == 14);
        for (bend, at) in others.into_iter().chain(breaks) {
            link = bent(&link, bend, at);
        }
        let (said, notes) = read(&link);
        // A sign at the end of a name may have been the sentence's.
        let end = |name: &str| name.trim_end_matches(['.', '\'', ')', ',', ' ', '&', '(', '/', '-']).to_owned();
        let same = [
            end(said.practice()) == end(made.practice()),
            said.day() == made.day(),
            said.country() == made.country(),
            said.themes() == made.themes(),
        ];
        let left_out = [said.practice().is_empty(), said.day().is_empty(), said.country().is_empty(), said.themes().len() < made.themes().len()];
        for (same, left_out) in same.into_iter().zip(left_out) {
            prop_assert!(same || left_out && !notes.is_empty(), "{} says {:?}, not {:?} ({:?})", link, said, made, notes);
        }
    }

    #[test]
    fn every_link_that_can_be_made_is_read_back_as_made(
        name in typed(), day in day(), country in ids(&COUNTRIES), themes in ids(&THEMES),
    ) {
        let (made, _) = make(&name, &day, &country, &themes);
        let fragment = made.fragment();
        prop_assert_eq!(read(&fragment), (made.clone(), vec![]));
        prop_assert_eq!(read(&format!("#{fragment}")), (made, vec![]));
        // No messenger takes a part of it for the end of the link.
        prop_assert!(fragment.bytes().all(|ch| ch.is_ascii_alphanumeric() || b"=&%+,-".contains(&ch)), "{}", fragment);
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
        let length = shown.chars().filter(|ch| !('\u{300}'..='\u{333}').contains(ch)).count();
        prop_assert!(length <= 80);
        let is_number = shown.as_bytes().windows(3).any(|three| three.iter().all(u8::is_ascii_digit));
        prop_assert!(!shown.contains("www") && !is_number);
        for ch in shown.chars() {
            prop_assert!(!ch.is_control() && !invisible.contains(ch) && !"<>\":@\\".contains(ch), "{:?}", ch);
        }
        if !shown.is_empty() {
            prop_assert_eq!(make(shown, "", "", ""), (make(shown, "", "", "").0, vec![]), "what is refused shows");
        }
        prop_assert!(invitation.day().is_empty() || invitation.day().len() == 10);
        prop_assert!(invitation.country().is_empty() || COUNTRIES.contains(&invitation.country()));
        prop_assert!(invitation.themes().iter().all(|id| THEMES.contains(&&**id)));
        prop_assert_eq!(&read(&invitation.fragment()).0, &invitation);
    }
}
