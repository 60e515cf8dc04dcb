//! Tests of the profile: how it is stored and merged, what is shown of it, and how it changes the questions and the
//! sheet.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use between_us::content::{Content, Message, NAMED};
use between_us::reflection::{
    Answer, Change, Day, FREE_TEXT, Field, Journal, MemoryStore, PREFIX, Profile, Questionnaire, ROLES, SaveStatus,
    Sheet, StorageChoice, Store, WISHES, Weeks, week_on,
};
use proptest::prelude::*;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn content() -> Content {
    Content::load(&root().join("content")).expect("the content should be valid")
}

/// Returns numbers that do not repeat within a test run.
fn random() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed)
}

fn open(device: &MemoryStore, tab: &MemoryStore) -> Journal<MemoryStore> {
    Journal::open(device.clone(), tab.clone(), random)
}

/// Returns a profile with these wishes.
fn profile_with(wishes: &[&str]) -> Profile {
    let mut profile = Profile::default();
    wishes.iter().for_each(|wish| profile.wish(wish, true));
    profile
}

/// Returns a profile with this text in one field, typed on 2026-11-25.
fn typed(field: Field, text: &str) -> Profile {
    let mut profile = Profile::default();
    profile.type_into(field, text, "2026-11-25");
    profile
}

/// Returns the key of the profile of the open reflection.
fn profile_key(store: &MemoryStore) -> String {
    let head = store.read(&format!("{PREFIX}journal")).unwrap().expect("the journal should be stored");
    let head: serde_json::Value = serde_json::from_str(&head).unwrap();
    format!("{PREFIX}{}:about", head["current"].as_str().unwrap())
}

// Storage and merging.

#[test]
fn the_profile_is_stored_with_the_answers_after_a_storage_choice() {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut journal = open(&device, &tab);
    journal.edit_profile(&mut |profile| profile.wish("gentler", true));
    assert!(device.values().is_empty() && tab.values().is_empty());
    assert!(journal.keep(StorageChoice::Device));
    assert!(open(&device, &tab).profile().wishes("gentler"));
    assert!(journal.keep(StorageChoice::Tab));
    assert!(device.values().is_empty(), "the profile remains on the device: {:?}", device.values());
    assert!(open(&device, &tab).profile().wishes("gentler"));
    assert!(journal.erase());
    assert!(tab.values().is_empty() && journal.profile().is_untouched());
}

#[test]
fn an_empty_profile_leaves_no_key() {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut journal = open(&device, &tab);
    journal.edit("care-mind", &mut |answer| answer.choose("reminded", true));
    assert!(journal.keep(StorageChoice::Device));
    assert!(!device.values().keys().any(|key| key.ends_with("about")));
}

#[test]
fn another_tab_receives_profile_changes() {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut one = open(&device, &tab);
    assert!(one.keep(StorageChoice::Device));
    let mut other = open(&device, &MemoryStore::default());
    one.edit_profile(&mut |profile| profile.wish("no-touch", true));
    let value = device.read(&profile_key(&device)).unwrap();
    assert_eq!(other.on_storage_event(Some(&profile_key(&device)), value.as_deref()), Change::Profile);
    assert!(other.profile().wishes("no-touch"));
}

#[test]
fn equally_revised_profiles_merge_to_all_wishes() {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut one = open(&device, &tab);
    assert!(one.keep(StorageChoice::Device));
    let mut other = open(&device, &MemoryStore::default());
    one.edit_profile(&mut |profile| profile.wish("no-touch", true));
    let from_one = device.read(&profile_key(&device)).unwrap();
    device.remove(&profile_key(&device)).unwrap();
    other.edit_profile(&mut |profile| {
        profile.wish("no-later", true);
        profile.print_number = true;
    });
    let from_other = device.read(&profile_key(&device)).unwrap();
    one.on_storage_event(Some(&profile_key(&device)), from_other.as_deref());
    other.on_storage_event(Some(&profile_key(&device)), from_one.as_deref());
    for journal in [&one, &other, &open(&device, &tab)] {
        assert!(journal.profile().wishes("no-touch") && journal.profile().wishes("no-later"));
        assert!(!journal.profile().print_number, "the number should be printed only if both profiles say so");
    }
    assert_eq!(one.profile(), other.profile());
}

#[test]
fn a_damaged_or_newer_profile_is_preserved_and_loses_no_answer() {
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut journal = open(&device, &tab);
    journal.edit("care-mind", &mut |answer| answer.choose("reminded", true));
    assert!(journal.keep(StorageChoice::Device));
    device.write(&profile_key(&device), "{nonsense").unwrap();
    let journal = open(&device, &tab);
    assert!(journal.profile().is_untouched() && journal.answer("care-mind").is_some());
    assert!(device.values().iter().any(|(key, value)| key.contains("aside") && value == "{nonsense"));

    let newer = "{\"format\":9,\"wishes\":{}}";
    device.write(&profile_key(&device), newer).unwrap();
    let mut journal = open(&device, &tab);
    journal.edit_profile(&mut |profile| profile.wish("gentler", true));
    assert_eq!(journal.saved(), SaveStatus::Failed);
    assert!(journal.profile().wishes("gentler"), "the wish should apply while the page is open");
    assert_eq!(device.read(&profile_key(&device)).unwrap().unwrap(), newer);
}

#[test]
fn a_profile_in_format_1_is_read_unchanged() {
    let fixture: BTreeMap<String, String> = serde_json::from_str(include_str!("fixtures/about-1.json")).unwrap();
    let device = MemoryStore::new(fixture.clone());
    let profile = open(&device, &MemoryStore::default()).profile().clone();
    assert_eq!((profile.role.as_str(), profile.name().as_str()), ("partner", "Pip"));
    assert_eq!(profile.wishes, ["gentler", "no-later", "from-the-future"]);
    assert_eq!(profile.week("2026-12-02"), Some(13));
    assert_eq!(profile.call(), Some(("010-123 45 67".into(), "0101234567".into())));
    assert!(profile.print_number);
    let values = device.values();
    assert!(fixture.iter().all(|(key, value)| values.get(key) == Some(value)), "opening changes a stored value");
}

// Display of typed input.

#[test]
fn a_nickname_is_shown_without_invisible_or_bidi_characters() {
    for (input, shown) in [
        ("Pip", "Pip"),
        ("  زيتونة ", "زيتونة"),
        ("豆豆", "豆豆"),
        ("🫘", "🫘"),
        ("a\u{202e}b\u{2066}c\u{200b}d\u{feff}e\u{0}f\u{7f}g\u{e0041}h", "abcdefgh"),
        ("one\ntwo\tthree", "one two three"),
        ("<b>{baby}</b>", "<b>{baby}</b>"),
        ("\u{200f}\u{200e}", ""),
    ] {
        assert_eq!(typed(Field::Nickname, input).name(), shown);
    }
    let long = typed(Field::Nickname, &"é".repeat(1000));
    assert_eq!(long.typed(Field::Nickname).chars().count(), 200);
    assert_eq!(long.name().chars().count(), 41, "{}", long.name());
}

/// Returns typed numbers, each with the text that is shown and the number that is dialled, empty if none is.
fn numbers() -> Vec<[String; 3]> {
    serde_json::from_str(include_str!("fixtures/numbers.json")).unwrap()
}

#[test]
fn only_the_shown_number_is_dialled() {
    for [input, shown, dialled] in numbers() {
        let profile = typed(Field::Number, &input);
        match profile.call() {
            Some(call) => assert_eq!(call, (shown, dialled), "{input:?}"),
            None => assert_eq!((profile.number_as_text(), ""), (shown, dialled.as_str()), "{input:?}"),
        }
    }
    assert_eq!(typed(Field::Number, "").call(), None);
    assert_eq!(typed(Field::Number, "").number_as_text(), "");
}

// Separation of reflections.

#[test]
fn profiles_of_two_reflections_are_independent() {
    let questionnaire = content().questionnaire;
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut journal = open(&device, &tab);
    journal.edit("close-feel", &mut |answer| answer.choose("strange", true));
    journal.edit_profile(&mut |profile| {
        profile.role = "carrying".into();
        profile.type_into(Field::Number, "010-123", "2026-11-25");
    });
    assert!(journal.keep(StorageChoice::Device));
    let before = (journal.profile().clone(), Sheet::of(&questionnaire, &journal));
    for place in [None, Some(StorageChoice::Tab), Some(StorageChoice::Device)] {
        journal.begin_new("2026-12-03").unwrap();
        assert!(journal.profile().is_untouched() && journal.profile().week("2026-12-03").is_none());
        journal.edit_profile(&mut |profile| {
            WISHES.iter().for_each(|wish| profile.wish(wish, true));
            profile.role = "partner".into();
        });
        match place {
            Some(place) => assert!(journal.keep(place)),
            None => journal.leave_unkept(),
        }
        let first = journal.reflections().into_iter().find(|one| !one.is_open || place.is_none()).unwrap().id;
        journal.open_reflection(&first).unwrap();
        assert_eq!((journal.profile().clone(), Sheet::of(&questionnaire, &journal)), before, "{place:?}");
        assert!(journal.erase_reflection(&first) || place.is_none());
        let again = open(&device, &tab);
        assert!(!again.reflections().iter().any(|one| one.id == first));
        assert!(!format!("{:?}", device.values()).contains("010-123"), "the number remains after the erasure");
        // Begins again for the next storage choice.
        journal.erase();
        journal = open(&device, &tab);
        journal.edit("close-feel", &mut |answer| answer.choose("strange", true));
        journal.edit_profile(&mut |profile| {
            profile.role = "carrying".into();
            profile.type_into(Field::Number, "010-123", "2026-11-25");
        });
        assert!(journal.keep(StorageChoice::Device));
    }
}

// Weeks.

fn day(text: &str) -> Day {
    text.parse().unwrap_or_else(|()| panic!("{text} is no date"))
}

#[test]
fn the_week_is_computed_from_entered_weeks_or_a_due_date() {
    let entered = |text| Weeks::typed(text, "2026-11-25");
    for (text, today, week) in [
        ("12", "2026-11-25", Some(12)),
        ("12", "2026-12-01", Some(12)),
        ("12", "2026-12-02", Some(13)),
        ("12+6", "2026-11-26", Some(13)),
        ("12 w 6 d", "2026-11-26", Some(13)),
        ("١٢+٦", "2026-11-26", Some(13)),
        ("0", "2026-11-25", Some(0)),
        ("42", "2026-11-25", Some(42)),
        ("41+6", "2026-11-26", Some(42)),
        ("41+6", "2026-11-27", None),
        ("12", "2026-11-24", None),
    ] {
        assert_eq!(week_on(entered(text).unwrap(), day(today)), week, "{text} on {today}");
    }
    for invalid in ["", "soon", "43", "12+7", "1+2+3", "99999999999", "-"] {
        assert_eq!(entered(invalid), None, "{invalid}");
    }
    for (due, today, week) in [
        ("2026-11-25", "2026-11-25", Some(40)),
        ("2026-11-25", "2026-11-24", Some(39)),
        ("2026-11-25", "2026-11-26", None),
        ("2027-09-01", "2026-11-25", Some(0)),
        ("2027-09-02", "2026-11-25", None),
        ("2024-03-01", "2024-02-29", Some(39)),
        ("2023-03-01", "2023-02-22", Some(39)),
    ] {
        assert_eq!(week_on(Weeks::Due(day(due)), day(today)), week, "due {due}, on {today}");
    }
}

#[test]
fn a_due_date_overrides_weeks_and_a_past_one_gives_no_week() {
    let mut profile = typed(Field::Weeks, "12");
    assert_eq!(profile.week("2026-11-25"), Some(12));
    profile.type_into(Field::Due, "2026-12-02", "2026-11-25");
    assert_eq!(profile.week("2026-11-25"), Some(39));
    assert_eq!(profile.week("2026-12-03"), None);
    profile.type_into(Field::Due, "", "2026-11-25");
    assert_eq!(profile.week("2026-11-25"), Some(12));
}

/// Asserts that the dialled digits are the shown ones, in order, without the trunk zero in parentheses, which is for
/// calls within the country.
fn assert_dials_shown_number(profile: &Profile) {
    let Some((shown, dialled)) = profile.call() else { return };
    let digits = |text: &str| text.chars().filter(|ch| ch.is_ascii_digit() || *ch == '+').collect::<String>();
    let is_separator = |ch: char| " .-".contains(ch);
    let trunk_zero = shown.split_inclusive(')').find_map(|part| {
        let from = part.find('(')?;
        (part[from + 1..].trim_end_matches(')').trim_matches(is_separator) == "0").then_some(&part[from..])
    });
    let without_zero = trunk_zero.map(|zero| digits(&shown.replacen(zero, "", 1)));
    let is_same = digits(&shown) == dialled;
    assert!(is_same || without_zero.is_some_and(|without| without == dialled), "{shown} dials {dialled}");
    assert!(shown.chars().all(|ch| ch.is_ascii_digit() || "+ ()-./".contains(ch)), "{shown:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Compares day differences with `jiff`, the calendar library of the builder.
    #[test]
    fn day_differences_match_jiff(one in 0i64..365_000, other in 0i64..365_000) {
        let first = jiff::civil::date(1900, 1, 1);
        let date = |days: i64| first.checked_add(jiff::Span::new().days(days)).unwrap();
        let (on, today) = (date(one % 200_000), date(other % 200_000));
        let days = (today - on).get_days();
        let entered = Weeks::Entered { days: 70, on: day(&on.to_string()) };
        let expected = (0..=42 * 7 - 70).contains(&days).then(|| u32::try_from((70 + days) / 7).unwrap());
        prop_assert_eq!(week_on(entered, day(&today.to_string())), expected);
    }

    #[test]
    fn the_week_advances_by_at_most_one_a_day(start in 0i64..80_000, ahead in 0i64..280) {
        let first = jiff::civil::date(1950, 1, 1);
        let date = |days: i64| day(&first.checked_add(jiff::Span::new().days(days)).unwrap().to_string());
        let due = Weeks::Due(date(start + ahead));
        let (today, tomorrow) = (week_on(due, date(start)), week_on(due, date(start + 1)));
        if let (Some(today), Some(tomorrow)) = (today, tomorrow) {
            prop_assert!(tomorrow == today || tomorrow == today + 1);
        }
    }

    #[test]
    fn every_shown_digit_is_dialled_in_order(
        text in "[0-9+ ()/.,\\-*#x\u{200b}\u{202e}\u{660}-\u{669}\u{ff10}-\u{ff19}]{0,45}",
    ) {
        assert_dials_shown_number(&typed(Field::Number, &text));
    }

    #[test]
    fn any_profile_input_is_accepted_without_panic(text in "\\PC{0,300}", today in "\\PC{0,12}") {
        for field in [Field::Nickname, Field::Weeks, Field::Due, Field::Number] {
            let mut profile = Profile::default();
            profile.type_into(field, &text, &today);
            profile.week("2026-11-25");
            assert_dials_shown_number(&profile);
            prop_assert!(profile.name().chars().count() <= 41);
            let is_bidi_control = |ch| matches!(ch, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            let shown = profile.name();
            prop_assert!(!shown.chars().any(is_bidi_control), "{shown:?}");
        }
    }
}

// Omissions by wish and by week.

/// Returns the ids of all ideas, questions and options.
fn ids(questionnaire: &Questionnaire) -> Vec<String> {
    let questions = questionnaire.questions().flat_map(|(_, question)| {
        question.options.iter().map(|option| format!("{}.{option}", question.id)).chain([question.id.clone()])
    });
    let themes = questionnaire.themes.iter();
    themes.flat_map(|theme| theme.ideas.iter().map(|idea| format!("{}:{idea}", theme.id))).chain(questions).collect()
}

#[test]
fn a_wish_omits_its_own_subject_only() {
    let whole = content().questionnaire;
    assert_eq!(whole.for_parent(&Profile::default()), whole);
    for wish in WISHES {
        let filtered = whole.for_parent(&profile_with(&[wish]));
        let (all, remaining) = (ids(&whole), ids(&filtered));
        assert!(remaining.len() < all.len(), "{wish} changes nothing");
        let mut rest = all.iter();
        assert!(remaining.iter().all(|id| rest.any(|other| other == id)), "{wish} changes the order");
        let again = filtered.for_parent(&profile_with(&[wish]));
        assert_eq!(again, filtered);
    }
    let no_touch = whole.for_parent(&profile_with(&["no-touch"]));
    assert!(no_touch.theme("closeness").is_none());
    let no_childhood = whole.for_parent(&profile_with(&["no-childhood"]));
    assert!(no_childhood.find("feelings-own").is_none());
    let all = whole.for_parent(&profile_with(&WISHES));
    assert!(all.themes.iter().all(|theme| !theme.questions.is_empty() && !theme.ideas.is_empty()));
    assert!(all.questions().all(|(_, question)| question.options.len() != 1), "a question has a single option");
    assert_eq!(all.themes[0].first().id, whole.themes[0].first().id, "the first question changes");
}

#[test]
fn omitted_answers_stay_stored_and_are_off_the_sheet() {
    let questionnaire = content().questionnaire;
    let (device, tab) = (MemoryStore::default(), MemoryStore::default());
    let mut journal = open(&device, &tab);
    assert!(journal.keep(StorageChoice::Device));
    journal.edit("close-feel", &mut |answer| answer.choose("strange", true));
    journal.edit("calm-repair", &mut |answer| ["hug", "sorry"].iter().for_each(|option| answer.choose(option, true)));
    journal.edit("talk-topics", &mut |answer| answer.choose("birth-wishes", true));
    let before = Sheet::of(&questionnaire, &journal);
    let answers: Vec<(String, Answer)> =
        journal.answers().map(|(id, answer)| (id.to_owned(), answer.clone())).collect();
    journal.edit_profile(&mut |profile| WISHES.iter().for_each(|wish| profile.wish(wish, true)));
    let sheet = Sheet::of(&questionnaire, &journal);
    let lines: Vec<_> = sheet.lines().map(|line| (line.question.as_str(), line.chosen.join(" "))).collect();
    assert_eq!(lines, [("calm-repair", "sorry".to_owned())]);
    for (id, answer) in &answers {
        assert_eq!(open(&device, &tab).answer(id), Some(answer), "{id}");
    }
    journal.edit_profile(&mut |profile| WISHES.iter().for_each(|wish| profile.wish(wish, false)));
    assert_eq!(Sheet::of(&questionnaire, &journal), before);
}

#[test]
fn free_text_marked_alone_is_not_on_the_sheet() {
    let questionnaire = content().questionnaire;
    let mut journal = open(&MemoryStore::default(), &MemoryStore::default());
    journal.edit("talk-topics", &mut |answer| {
        answer.choose("feeding", true);
        "private text".clone_into(&mut answer.free_text);
        answer.mark_alone(FREE_TEXT, true);
    });
    let sheet = Sheet::of(&questionnaire, &journal);
    assert!(!sheet.alone && sheet.lines().all(|line| line.free_text.is_empty()));
    assert_eq!(sheet.lines().count(), 1, "the chosen option should remain on the sheet");
    journal.edit("talk-topics", &mut |answer| answer.mark_alone(FREE_TEXT, false));
    assert_eq!(Sheet::of(&questionnaire, &journal).lines().count(), 1);
    assert!(
        Sheet::of(&questionnaire, &journal).lines().all(|line| !line.free_text.is_empty()),
        "the free text is missing after the mark is removed"
    );
}

#[test]
fn the_week_orders_ideas_and_omits_what_is_not_yet_possible() {
    let questionnaire = content().questionnaire;
    let contact = questionnaire.theme("contact").unwrap();
    let ideas = |week| contact.ideas_in(week).into_iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(ideas(None), ["humming", "recording", "wondering"]);
    assert_eq!(ideas(Some(10)), ["recording", "wondering"]);
    assert_eq!(ideas(Some(24)), ["humming", "recording", "wondering"]);
    let (_, notice) = questionnaire.find("contact-notice").unwrap();
    assert!(!notice.can_be("movement", Some(15)));
    assert!(notice.can_be("movement", Some(16)) && notice.can_be("movement", None));
    for theme in &questionnaire.themes {
        for week in 0..=42 {
            let ideas = theme.ideas_in(Some(week));
            assert!(ideas.len() >= 2, "{} has few ideas in week {week}", theme.id);
        }
    }
}

// Messages and their variants.

/// Returns every message of the questions, with its key.
fn messages(content: &Content, locale: &str) -> Vec<(String, Message)> {
    let (_, locale) = content.locales.iter().find(|(id, _)| id == locale).unwrap();
    let mut all = Vec::new();
    for (id, text) in locale.theme.iter() {
        all.push((format!("{id}.warm"), text.warm.clone()));
        all.extend(text.door.iter().map(|door| (format!("{id}.door"), door.clone())));
        all.extend(text.idea.iter().map(|(idea, text)| (format!("{id}:{idea}"), text.clone())));
    }
    for (id, text) in locale.question.iter() {
        all.extend([(format!("{id}.ask"), text.ask.clone()), (format!("{id}.line"), text.line.clone())]);
        let rest = [("hint", &text.hint), ("words", &text.words), ("door", &text.door)];
        all.extend(rest.into_iter().filter_map(|(name, text)| Some((format!("{id}.{name}"), text.clone()?))));
        all.extend(text.option.iter().map(|(option, text)| (format!("{id}.{option}"), text.clone())));
    }
    all
}

/// Reads a word list of `tests/content/`, empty where it is missing: a new language may have its messages before its
/// lists (docs/translating.md).
fn word_list(name: &str, locale: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(Path::new("tests/content").join(name).join(format!("{locale}.txt"))));
    let text = text.unwrap_or_default();
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

/// Returns the words of a text in lower case, with a space around each.
fn spaced(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|ch: char| !ch.is_alphanumeric() && ch != '’').filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

/// Returns the first word of a list that a text contains. An entry that ends in `*` matches a prefix, and an entry that
/// begins with `!` allows a phrase.
fn find_word(text: &str, list: &[String]) -> Option<String> {
    let allowed = list.iter().filter_map(|line| line.strip_prefix('!'));
    let rest = allowed.fold(spaced(text), |rest, phrase| rest.replace(spaced(phrase).trim_end(), " "));
    let words = list.iter().filter(|line| !line.starts_with('!'));
    words
        .into_iter()
        .find(|word| {
            let plain = spaced(word);
            rest.contains(if word.ends_with('*') { plain.trim_end() } else { &plain })
        })
        .cloned()
}

/// The keys of the messages that mention the birth or the time after it, and have a variant that does not.
const LATER: &[&str] = &[
    "contact:recording",
    "feelings-now.nothing-yet",
    "feelings-shown.hint",
    "feelings-shown.words",
    "feelings-shown.finding-out",
    "feelings-own.ask",
    "feelings-own.hint",
    "care-mind.at-a-distance",
    "contact-answer.dont-know-yet",
    "calm-comfort.ask",
    "calm-comfort.dont-know-yet",
    "calm-repair.talking-later",
    "joy-play.words",
    "joy-forward.ask",
    "joy-forward.hint",
    "joy-forward.line",
    "joy-forward.soon",
    "joy-forward.not-ahead",
    "close-later.ask",
    "close-later.line",
    "close-later.not-ahead",
    "talk-topics.work-and-leave",
];

/// The ids that mention the birth or the time after it, and are omitted with the wish `no-later`.
const OMITTED: &[&str] = &[
    "contact:wondering",
    "joy:laughing",
    "joy-forward.meeting-the-baby",
    "joy-forward.getting-ready",
    "close-later.feeding",
    "talk-topics.birth-wishes",
    "talk-topics.feeding",
];

#[test]
fn every_message_about_the_future_has_a_variant_or_is_omitted() {
    let content = content();
    let remaining = ids(&content.questionnaire.for_parent(&profile_with(&["no-later"])));
    let all = ids(&content.questionnaire);
    let mut omitted: Vec<_> = all.iter().filter(|id| !remaining.contains(id)).map(String::as_str).collect();
    omitted.sort_unstable();
    let mut expected = OMITTED.to_vec();
    expected.sort_unstable();
    assert_eq!(omitted, expected);
    for (locale, _) in &content.locales {
        let words = word_list("later", locale);
        let messages = messages(&content, locale);
        for key in LATER {
            let (_, message) = messages.iter().find(|(other, _)| other == key).expect("the message should exist");
            let variant = message.variant("no-later").unwrap_or_else(|| panic!("{locale}: {key} has no such variant"));
            assert_ne!(variant, &**message, "{locale}: {key}");
        }
        for (key, message) in &messages {
            let has_variant = message.variant("no-later").is_some();
            assert_eq!(has_variant, LATER.contains(&key.as_str()), "{locale}: {key} does not match `LATER`");
            let text = message.resolve(&["no-later"]);
            let found = find_word(text, &words);
            assert!(found.is_none() || OMITTED.contains(&key.as_str()), "{locale}: {key} has {found:?}: {text}");
        }
    }
}

#[test]
fn a_message_without_a_matching_variant_is_neutral() {
    let message: Message =
        serde_json::from_str(r#"{ "text": "plain", "partner": "close", "gentler": "soft" }"#).unwrap();
    let mut profile = Profile::default();
    assert_eq!(message.resolve(&profile.variants()), "plain");
    for role in ROLES {
        role.clone_into(&mut profile.role);
        assert_eq!(message.resolve(&profile.variants()), if role == "partner" { "close" } else { "plain" });
    }
    "partner".clone_into(&mut profile.role);
    profile.wish("gentler", true);
    assert_eq!(message.resolve(&profile.variants()), "soft", "a wish should take precedence over the role");
    assert_eq!(serde_json::from_str::<Message>("\"only\"").unwrap().resolve(&profile.variants()), "only");
}

#[test]
fn the_nickname_appears_in_a_few_questions_only() {
    let content = content();
    for (locale, _) in &content.locales {
        let named: Vec<_> =
            messages(&content, locale).into_iter().filter(|(_, text)| text.variant(NAMED).is_some()).collect();
        assert!((3..=8).contains(&named.len()), "{locale} has {}", named.len());
        assert!(named.iter().all(|(key, _)| key.ends_with(".ask")), "{locale}: {named:?}");
    }
}
