//! The words: every sentence short, none of the words we do not use, every way through the questions open.

use std::fs;
use std::path::{Path, PathBuf};

use between_us::content::{Catalog, Content, Help, HelpLine, Number, SafetyLine, SafetyNumbers};
use between_us::reflection::{Flow, Pace, Position, Step};
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn content() -> Content {
    Content::load(&root().join("content")).expect("the content holds against its structure")
}

/// Every text of a locale, with its key. Titles of works are quoted as they are.
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

fn each_text(mut look: impl FnMut(&str, &str, &str)) {
    for (id, locale) in &content().locales {
        for (key, text) in texts(&serde_json::to_value(locale).unwrap()) {
            look(id, &key, &text);
        }
    }
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', '!', '?', ';', '؟', '؛']).map(str::trim).filter(|sentence| !sentence.is_empty())
}

#[test]
fn no_sentence_is_longer_than_twenty_words_and_twelve_are_usual() {
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
fn the_words_we_do_not_use_are_not_used() {
    for (id, locale) in &content().locales {
        // A new language has its words first and its list soon after (docs/translating.md).
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

/// The bare words in lower case, a blank around each: no signs, and none of the vowel signs that Arabic may leave out.
fn spaced(text: &str) -> String {
    let is_vowel_sign = |ch: &char| ('\u{64b}'..='\u{652}').contains(ch);
    let plain = text.to_lowercase().chars().filter(|ch| !is_vowel_sign(ch)).collect::<String>();
    let words = plain.split(|ch: char| !ch.is_alphanumeric() && ch != '’').filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

#[test]
fn what_shows_after_a_change_has_no_words_about_a_baby() {
    // These sentences of the safety text are left out after a change, and do not stand on that page.
    let left_out = ["carrier", "movement", "count"].map(|key| format!("page.help.safety.{key}"));
    each_text(|id, key, text| {
        let key = key.trim_start_matches('.');
        let shows =
            ["page.changed.", "page.frame.", "page.help.", "page.privacy."].iter().any(|page| key.starts_with(page));
        if !shows || left_out.iter().any(|left| left == key) {
            return;
        }
        let list = fs::read_to_string(root().join(format!("tests/content/baby/{id}.txt"))).unwrap_or_default();
        let baby: Vec<_> = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        let words = text.split(|ch: char| !ch.is_alphabetic()).map(str::to_lowercase);
        for word in words {
            assert!(!baby.iter().any(|baby| word.starts_with(*baby)), "{id}.{key} says “{word}”: {text}");
        }
    });
}

#[test]
fn arabic_phrases_that_say_the_opposite_stand_nowhere() {
    // In turn: "a little helps now", "the little now", "sleep and (blood) pressure", "who holds the child?", as a button that
    // leaves something out "leave it everywhere", and "something of it does not reach you".
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
        let said = spaced(text);
        assert!(wrong.iter().all(|wrong| !said.contains(spaced(wrong).trim_end())), "{id}{key}: {text}");
    });
}

#[test]
fn the_safety_text_names_its_signs_in_three_parts_in_every_language() {
    for (id, locale) in &content().locales {
        let text = &locale.page.help.safety;
        assert_eq!(text.when.len(), 4, "{id}: blood or fluid, pain, headache or flashes, worry");
        let words = serde_json::to_value(text).unwrap();
        let all: Vec<_> = words.as_object().unwrap().values().map(ToString::to_string).collect();
        assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), all.len(), "{id} says one thing twice");
    }
    let arabic = &content().locales.into_iter().find(|(id, _)| id == "ar").unwrap().1.page.help.safety;
    assert!(arabic.life.contains("لم تعد لديك رغبة في العيش") && arabic.home.contains("سلامتك في خطر"));
}

/// The help of the repository, with one thing changed.
fn help_with(change: impl Fn(&mut HelpLine)) -> Help {
    let mut help = content().help;
    help.countries.iter_mut().flat_map(|country| &mut country.lines).for_each(change);
    help
}

#[test]
fn the_safety_text_has_the_lines_of_each_country_and_only_checked_ones() {
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
        assert!(!numbers.life.is_empty() && !numbers.home.is_empty(), "{} lacks a line", country.id);
    }
    // Where nothing was checked, the emergency number stands alone.
    let unchecked = help_with(|line| line.checked = None);
    for country in &unchecked.countries {
        let numbers = SafetyNumbers::of(country);
        assert!(numbers.life.is_empty() && numbers.home.is_empty() && !numbers.emergency.is_empty(), "{}", country.id);
    }
    assert_eq!(unchecked.unchecked().count(), help.countries.iter().map(|country| country.lines.len()).sum::<usize>());
}

#[test]
fn signs_are_set_with_care() {
    each_text(|id, key, text| {
        assert!(!text.contains(['—', '"', '\'']), "{id}{key} has a dash or a straight quote: {text}");
        assert_eq!(text.trim(), text, "{id}{key} begins or ends with a blank");
    });
}

#[test]
fn arabic_letters_go_with_arabic_signs() {
    each_text(|id, key, text| {
        if text.contains(|ch| ('\u{600}'..='\u{6ff}').contains(&ch)) {
            assert!(!text.contains([',', ';', '?', '“', '”', '‘', '’', 'ـ']), "{id}{key} has a Latin sign: {text}");
        }
    });
}

#[test]
fn a_question_has_at_most_six_options_but_for_the_agenda() {
    for (_, question) in content().questionnaire.questions() {
        assert!(question.agenda || question.options.len() <= 6, "{}", question.id);
    }
}

#[test]
fn the_app_reads_the_very_words_that_were_laid_out() {
    let content = content();
    for (id, locale) in &content.locales {
        let words = Catalog::new(&content.questionnaire, locale);
        let text = words.encode();
        assert!(!text.contains('<'));
        let again = Catalog::decode(&text).expect("it can be read");
        assert_eq!(serde_json::to_value(&words).unwrap(), serde_json::to_value(&again).unwrap(), "{id}");
        assert_eq!(again.questionnaire, content.questionnaire);
    }
}

#[test]
fn both_live_pages_carry_the_safety_text() {
    let content = content();
    for (_, locale) in &content.locales {
        let wanted = serde_json::to_value(&locale.page.help.safety).unwrap();
        let pages = [
            Catalog::new(&content.questionnaire, locale),
            Catalog::for_sheet(&content.questionnaire, locale, Vec::new(), "nl"),
        ];
        for words in pages {
            assert_eq!(serde_json::to_value(&words.safety).unwrap(), wanted);
        }
    }
}

/// Every screen from the first to all answers, when the parent goes on at each.
fn walk(way: impl Fn(&Step) -> Flow<'static>) -> Vec<Step> {
    let mut steps = vec![way(&Step::Themes).first()];
    while *steps.last().unwrap() != Step::Answers {
        let last = steps.last().unwrap();
        steps.push(way(last).next(last));
        assert!(steps.len() < 60, "the way has no end: {steps:?}");
    }
    steps
}

#[test]
fn every_way_asks_each_of_its_questions_once_and_ends() {
    let questionnaire = Box::leak(Box::new(content().questionnaire));
    for pace in [Pace::Short, Pace::Long] {
        for undecided in [true, false] {
            let steps = walk(|_| Flow { questionnaire, pace: Some(pace), undecided });
            let asked: Vec<_> = steps.iter().filter(|step| matches!(step, Step::Question(_))).map(Step::id).collect();
            let wanted: Vec<_> = match pace {
                Pace::Short => questionnaire.themes.iter().map(|theme| theme.first().id.clone()).collect(),
                Pace::Long => questionnaire.questions().map(|(_, question)| question.id.clone()).collect(),
            };
            assert_eq!(asked, wanted);
            assert_eq!(
                steps.contains(&Step::Keep),
                undecided,
                "where to keep is asked while it is open, and then only"
            );
            let way = Flow { questionnaire, pace: Some(pace), undecided };
            for (at, id) in wanted.iter().enumerate() {
                assert_eq!(way.position(id), Some(Position::Flow { n: at + 1, total: wanted.len() }));
            }
            for step in &steps {
                assert_eq!(way.find(&step.id()).as_ref(), Some(step), "a kept screen is found again");
            }
        }
    }
}

#[test]
fn a_door_stands_before_what_it_guards_and_leaving_it_shows_none_of_it() {
    let questionnaire = Box::leak(Box::new(content().questionnaire));
    let way = Flow { questionnaire, pace: Some(Pace::Long), undecided: false };
    let steps = walk(|_| way);
    let mut doors = 0;
    for (at, step) in steps.iter().enumerate() {
        let Step::Door(id) = step else { continue };
        doors += 1;
        let guarded = match questionnaire.theme(id) {
            Some(theme) => theme.questions.iter().map(|question| question.id.clone()).collect(),
            None => vec![id.clone()],
        };
        assert_eq!(steps[at + 1].id(), guarded[0]);
        assert!(!guarded.contains(&way.leave(id).id()), "leaving {id} leads inside");
    }
    let wanted = questionnaire.themes.iter().filter(|theme| theme.door).count()
        + questionnaire.questions().filter(|(_, question)| question.door).count();
    assert_eq!(doors, wanted);
}

#[test]
fn a_missing_folder_is_named() {
    let error = Content::load(Path::new("nowhere")).expect_err("there is nothing");
    assert!(error.to_string().contains("nowhere"), "{error}");
}
