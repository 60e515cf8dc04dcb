//! Tests of the content: sentence length, forbidden words, typography, the safety text, and the flow through the
//! questions.

use std::fs;
use std::path::{Path, PathBuf};

use between_us::content::{Catalog, Content, Help, HelpLine, Number, SafetyLine, SafetyNumbers};
use between_us::reflection::{Flow, Pace, Position, Step};
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn content() -> Content {
    Content::load(&root().join("content")).expect("the content is valid")
}

/// Returns every text of a locale with its key, except the list of sources, whose titles are quoted unchanged.
fn texts(locale: &Value) -> Vec<(String, String)> {
    fn walk(key: &str, value: &Value, texts: &mut Vec<(String, String)>) {
        match value {
            Value::String(text) => texts.push((key.to_owned(), text.clone())),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(at, item)| walk(&format!("{key}[{at}]"), item, texts))
            }
            Value::Object(table) if table.get("id").is_some_and(|id| id == "sources") => {}
            Value::Object(table) => table.iter().for_each(|(name, item)| walk(&format!("{key}.{name}"), item, texts)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk("", locale, &mut found);
    found
}

/// Calls `check` with the locale id, the key and the text of every text in every locale.
fn each_text(mut check: impl FnMut(&str, &str, &str)) {
    for (id, locale) in &content().locales {
        for (key, text) in texts(&serde_json::to_value(locale).unwrap()) {
            check(id, &key, &text);
        }
    }
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', '!', '?', ';', '؟', '؛']).map(str::trim).filter(|sentence| !sentence.is_empty())
}

#[test]
fn sentences_have_at_most_twenty_words_and_twelve_on_average() {
    let (mut words, mut count) = (0, 0);
    each_text(|id, key, text| {
        for sentence in sentences(text) {
            let length = sentence.split_whitespace().count();
            assert!(length <= 20, "{id}{key} has a sentence of {length} words: {sentence}");
            words += length;
            count += 1;
        }
    });
    assert!(words <= 12 * count, "a sentence has {} words on average", words as f64 / count as f64);
}

#[test]
fn no_text_contains_a_forbidden_word() {
    for (id, locale) in &content().locales {
        // The list of a new language may follow after its texts (docs/translating.md).
        let Ok(list) = fs::read_to_string(root().join(format!("tests/content/forbidden/{id}.txt"))) else { continue };
        let lines = || list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let allowed: Vec<_> = lines().filter_map(|line| line.strip_prefix('!')).map(spaced).collect();
        let forbidden: Vec<_> = lines().filter(|line| !line.starts_with('!')).map(spaced).collect();
        assert!(!forbidden.is_empty());
        for (key, text) in texts(&serde_json::to_value(locale).unwrap()) {
            let rest = allowed.iter().fold(spaced(&text), |text, phrase| text.replace(phrase, "  "));
            for word in &forbidden {
                assert!(!rest.contains(word), "{id}{key} uses “{}”: {text}", word.trim());
            }
        }
    }
}

/// Returns the words in lower case, separated and surrounded by single spaces, without punctuation and without the
/// vowel marks that Arabic may omit.
fn spaced(text: &str) -> String {
    let is_vowel_mark = |ch: &char| ('\u{64b}'..='\u{652}').contains(ch);
    let unmarked = text.to_lowercase().chars().filter(|ch| !is_vowel_mark(ch)).collect::<String>();
    let words = unmarked.split(|ch: char| !ch.is_alphanumeric() && ch != '’').filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

#[test]
fn texts_shown_after_a_change_do_not_mention_a_baby() {
    // The page "something has changed" omits these sentences of the safety text.
    let omitted = ["carrier", "movement", "count"].map(|key| format!("page.help.safety.{key}"));
    each_text(|id, key, text| {
        let key = key.trim_start_matches('.');
        let is_shown =
            ["page.changed.", "page.frame.", "page.help.", "page.privacy."].iter().any(|page| key.starts_with(page));
        if !is_shown || omitted.iter().any(|omitted| omitted == key) {
            return;
        }
        let list = fs::read_to_string(root().join(format!("tests/content/baby/{id}.txt"))).unwrap_or_default();
        let baby: Vec<_> = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        let words = text.split(|ch: char| !ch.is_alphabetic()).map(str::to_lowercase);
        for word in words {
            assert!(!baby.iter().any(|baby| word.starts_with(*baby)), "{id}.{key} contains “{word}”: {text}");
        }
    });
}

#[test]
fn misleading_arabic_phrases_are_absent() {
    // In order, mistranslations that mean: "a little helps now", "the little now", "sleep and (blood) pressure", "much
    // pressure", "who holds the child?" (twice), on a button that omits an answer "leave it everywhere", and "something
    // of it does not reach you".
    let wrong = [
        "القليل ينفع",
        "القليل الآن",
        "النوم والضغط",
        "ضغط كثير",
        "يحمل الطفل",
        "أحمل الطفل",
        "تركه في كل مكان",
        "إن شيئًا منه لا",
    ];
    each_text(|id, key, text| {
        let spaced_text = spaced(text);
        assert!(wrong.iter().all(|wrong| !spaced_text.contains(spaced(wrong).trim_end())), "{id}{key}: {text}");
    });
}

#[test]
fn the_safety_text_has_four_signs_and_no_duplicates_in_every_language() {
    for (id, locale) in &content().locales {
        let text = &locale.page.help.safety;
        assert_eq!(text.when.len(), 4, "{id}: blood or fluid, pain, headache or flashes, worry");
        let json = serde_json::to_value(text).unwrap();
        let all: Vec<_> = json.as_object().unwrap().values().map(ToString::to_string).collect();
        let unique = all.iter().collect::<std::collections::BTreeSet<_>>();
        assert_eq!(unique.len(), all.len(), "{id} has a duplicate text");
    }
    let arabic = &content().locales.into_iter().find(|(id, _)| id == "ar").unwrap().1.page.help.safety;
    assert!(arabic.life.contains("لم تعد لديك رغبة في العيش") && arabic.home.contains("سلامتك في خطر"));
}

/// Returns the help of the repository, with each help line changed by `change`.
fn help_with(change: impl Fn(&mut HelpLine)) -> Help {
    let mut help = content().help;
    help.countries.iter_mut().flat_map(|country| &mut country.lines).for_each(change);
    help
}

#[test]
fn the_safety_text_has_only_checked_help_lines_of_its_country() {
    let dialled = |numbers: &[Number]| numbers.iter().map(|number| number.dialled.clone()).collect::<Vec<_>>();
    let lines = |lines: &[SafetyLine]| lines.iter().flat_map(|line| dialled(&line.numbers)).collect::<Vec<_>>();
    let help = help_with(|_| ());
    let of = |help: &Help, id: &str| SafetyNumbers::of(help.countries.iter().find(|country| country.id == id).unwrap());
    let dutch = of(&help, "nl");
    assert_eq!(dialled(&dutch.emergency), ["112"]);
    assert_eq!(
        (lines(&dutch.life), lines(&dutch.home)),
        (vec!["113".into(), "08000113".into()], vec!["08002000".into()])
    );
    for country in help.countries.iter().filter(|country| !country.lines.is_empty()) {
        let numbers = SafetyNumbers::of(country);
        assert!(!numbers.life.is_empty() && !numbers.home.is_empty(), "{} lacks a help line", country.id);
    }
    // Without checked help lines, only the emergency number remains.
    let unchecked = help_with(|line| line.checked = None);
    for country in &unchecked.countries {
        let numbers = SafetyNumbers::of(country);
        assert!(numbers.life.is_empty() && numbers.home.is_empty() && !numbers.emergency.is_empty(), "{}", country.id);
    }
    assert_eq!(unchecked.unchecked().count(), help.countries.iter().map(|country| country.lines.len()).sum::<usize>());
}

#[test]
fn texts_have_no_em_dashes_straight_quotes_or_outer_spaces() {
    each_text(|id, key, text| {
        assert!(!text.contains(['—', '"', '\'']), "{id}{key} has an em dash or a straight quote: {text}");
        assert_eq!(text.trim(), text, "{id}{key} begins or ends with whitespace");
    });
}

#[test]
fn arabic_texts_use_arabic_punctuation() {
    each_text(|id, key, text| {
        if text.contains(|ch| ('\u{600}'..='\u{6ff}').contains(&ch)) {
            let latin = [',', ';', '?', '“', '”', '‘', '’', 'ـ'];
            assert!(!text.contains(latin), "{id}{key} has Latin punctuation or a tatweel: {text}");
        }
    });
}

#[test]
fn a_question_other_than_the_agenda_has_at_most_six_options() {
    for (_, question) in content().questionnaire.questions() {
        assert!(question.agenda || question.options.len() <= 6, "{}", question.id);
    }
}

#[test]
fn a_catalog_survives_encoding_and_decoding() {
    let content = content();
    for (id, locale) in &content.locales {
        let catalog = Catalog::new(&content.questionnaire, locale);
        let text = catalog.encode();
        assert!(!text.contains('<'));
        let decoded = Catalog::decode(&text).expect("the catalog can be decoded");
        assert_eq!(serde_json::to_value(&catalog).unwrap(), serde_json::to_value(&decoded).unwrap(), "{id}");
        assert_eq!(decoded.questionnaire, content.questionnaire);
    }
}

#[test]
fn the_catalogs_of_both_live_pages_contain_the_safety_text() {
    let content = content();
    for (_, locale) in &content.locales {
        let expected = serde_json::to_value(&locale.page.help.safety).unwrap();
        let catalogs = [
            Catalog::new(&content.questionnaire, locale),
            Catalog::for_sheet(&content.questionnaire, locale, Vec::new(), "nl"),
        ];
        for catalog in catalogs {
            assert_eq!(serde_json::to_value(&catalog.safety).unwrap(), expected);
        }
    }
}

/// Returns every step from the first to the overview of all answers, when the parent presses Next at each.
fn walk(flow: &Flow<'static>) -> Vec<Step> {
    let mut steps = vec![flow.first()];
    while *steps.last().unwrap() != Step::Answers {
        steps.push(flow.next(steps.last().unwrap()));
        assert!(steps.len() < 60, "the flow does not end: {steps:?}");
    }
    steps
}

#[test]
fn every_flow_asks_each_of_its_questions_once_and_ends() {
    let questionnaire = Box::leak(Box::new(content().questionnaire));
    for pace in [Pace::Short, Pace::Long] {
        for undecided in [true, false] {
            let flow = Flow { questionnaire, pace: Some(pace), undecided };
            let steps = walk(&flow);
            let asked: Vec<_> = steps.iter().filter(|step| matches!(step, Step::Question(_))).map(Step::id).collect();
            let expected: Vec<_> = match pace {
                Pace::Short => questionnaire.themes.iter().map(|theme| theme.first().id.clone()).collect(),
                Pace::Long => questionnaire.questions().map(|(_, question)| question.id.clone()).collect(),
            };
            assert_eq!(asked, expected);
            assert_eq!(steps.contains(&Step::Keep), undecided, "the storage choice is asked only while undecided");
            for (at, id) in expected.iter().enumerate() {
                assert_eq!(flow.position(id), Some(Position::Flow { n: at + 1, total: expected.len() }));
            }
            for step in &steps {
                assert_eq!(flow.find(&step.id()).as_ref(), Some(step), "a stored step must be found by its id");
            }
        }
    }
}

#[test]
fn a_door_precedes_its_questions_and_skipping_it_skips_them_all() {
    let questionnaire = Box::leak(Box::new(content().questionnaire));
    let flow = Flow { questionnaire, pace: Some(Pace::Long), undecided: false };
    let steps = walk(&flow);
    let mut doors = 0;
    for (at, step) in steps.iter().enumerate() {
        let Step::Door(id) = step else { continue };
        doors += 1;
        let guarded = match questionnaire.theme(id) {
            Some(theme) => theme.questions.iter().map(|question| question.id.clone()).collect(),
            None => vec![id.clone()],
        };
        assert_eq!(steps[at + 1].id(), guarded[0]);
        assert!(!guarded.contains(&flow.leave(id).id()), "skipping the door {id} leads inside");
    }
    let expected = questionnaire.themes.iter().filter(|theme| theme.door).count()
        + questionnaire.questions().filter(|(_, question)| question.door).count();
    assert_eq!(doors, expected);
}

#[test]
fn a_missing_folder_is_named_in_the_error() {
    let error = Content::load(Path::new("nowhere")).expect_err("the folder does not exist");
    assert!(error.to_string().contains("nowhere"), "{error}");
}
