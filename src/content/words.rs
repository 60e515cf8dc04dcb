//! What a live page carries for the app: the structure of the questions and the words of one language.

use super::flat::words;
use super::{AppText, Flat, Locale, Named, QuestionText, SafetyBeside, SafetyText, Strings, ThemeText};
use crate::reflection::{Kind, Question, Questionnaire, Since, Theme, Wished};

words! {
    /// The structure of the questions and the words of one language, as they stand in a page's inert data block.
    ///
    /// The wasm itself holds no prose, so that all languages share one.
    pub struct Words {
        /// The structure of the questions.
        pub questionnaire: Questionnaire,
        /// The name of the whole, for the title.
        pub brand: String,
        /// The words of each theme, by its id.
        pub theme: Named<ThemeText>,
        /// The words of each question, by its id.
        pub question: Named<QuestionText>,
        /// The words of the screens.
        pub app: AppText,
        /// The safety text.
        pub safety: SafetyText,
        /// The same in the country's language, where that is another one.
        pub safety_beside: Option<SafetyBeside>,
    }
}

impl Words {
    /// The words of this locale that the app needs; the safety text in this language alone.
    pub fn new(questionnaire: &Questionnaire, locale: &Locale) -> Self {
        let mut theme = locale.theme.clone();
        for text in theme.values_mut() {
            text.caregiver = None;
        }
        Self {
            questionnaire: questionnaire.clone(),
            brand: locale.brand.clone(),
            theme,
            question: locale.question.clone(),
            app: locale.app.clone(),
            safety: locale.page.help.safety.clone(),
            safety_beside: None,
        }
    }

    /// The text of the data block: a list of strings, as JSON. A `<` could end the block, so it is written as its code.
    pub fn encode(&self) -> String {
        let mut strings = Vec::new();
        self.lay(&mut strings);
        serde_json::to_string(&strings).expect("strings always serialise").replace('<', "\\u003c")
    }

    /// Reads the text of the data block; none if it is not a list of strings.
    pub fn decode(text: &str) -> Option<Self> {
        let strings: Vec<String> = serde_json::from_str(text).ok()?;
        Some(Self::take(&mut strings.into_iter()))
    }

    /// The words of a theme.
    ///
    /// # Panics
    ///
    /// If there are none, which the content check rules out for every theme of the questionnaire.
    pub fn theme(&self, id: &str) -> &ThemeText {
        &self.theme[id]
    }

    /// The words of a question.
    ///
    /// # Panics
    ///
    /// If there are none, which the content check rules out for every question of the questionnaire.
    pub fn question(&self, id: &str) -> &QuestionText {
        &self.question[id]
    }

    /// The text of an option; its id if there is none, as for an option of another version.
    pub fn option<'a>(&'a self, question: &str, option: &'a str) -> &'a str {
        self.question.get(question).and_then(|text| text.option.get(option)).map_or(option, |text| text)
    }
}

impl Flat for Questionnaire {
    fn lay(&self, out: &mut Vec<String>) {
        self.themes.lay(out);
    }

    fn take(from: &mut Strings) -> Self {
        Self { themes: Flat::take(from) }
    }
}

impl Flat for Theme {
    fn lay(&self, out: &mut Vec<String>) {
        self.id.lay(out);
        self.door.lay(out);
        self.ideas.lay(out);
        self.leaves.lay(out);
        self.forms.lay(out);
        self.since.lay(out);
        self.questions.lay(out);
    }

    fn take(from: &mut Strings) -> Self {
        Self {
            id: Flat::take(from),
            door: Flat::take(from),
            ideas: Flat::take(from),
            leaves: Flat::take(from),
            forms: Flat::take(from),
            since: Flat::take(from),
            questions: Flat::take(from),
        }
    }
}

impl Flat for Question {
    fn lay(&self, out: &mut Vec<String>) {
        self.id.lay(out);
        (self.kind == Kind::One).lay(out);
        (self.kind == Kind::Words).lay(out);
        self.options.lay(out);
        self.door.lay(out);
        self.movement.lay(out);
        self.agenda.lay(out);
        self.sensitive.lay(out);
        self.leaves.lay(out);
        self.forms.lay(out);
        self.since.lay(out);
        self.offer.lay(out);
    }

    fn take(from: &mut Strings) -> Self {
        let id = Flat::take(from);
        let kind = match (bool::take(from), bool::take(from)) {
            (true, _) => Kind::One,
            (_, true) => Kind::Words,
            _ => Kind::Many,
        };
        Self {
            id,
            kind,
            options: Flat::take(from),
            door: Flat::take(from),
            movement: Flat::take(from),
            agenda: Flat::take(from),
            sensitive: Flat::take(from),
            leaves: Flat::take(from),
            forms: Flat::take(from),
            since: Flat::take(from),
            offer: Flat::take(from),
        }
    }
}

impl Flat for Wished {
    fn lay(&self, out: &mut Vec<String>) {
        self.wish.lay(out);
        self.ids.lay(out);
    }

    fn take(from: &mut Strings) -> Self {
        Self { wish: Flat::take(from), ids: Flat::take(from) }
    }
}

impl Flat for Since {
    fn lay(&self, out: &mut Vec<String>) {
        self.week.to_string().lay(out);
        self.ids.lay(out);
    }

    fn take(from: &mut Strings) -> Self {
        Self { week: String::take(from).parse().unwrap_or_default(), ids: Flat::take(from) }
    }
}
