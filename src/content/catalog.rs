//! What a live page carries for the app: the structure of the questions and the words of one language.

use super::flat::texts;
use super::{
    AppText, Flat, Locale, Named, QuestionText, SafetyBeside, SafetyNumbers, SafetyText, Strings, TableText, ThemeText,
};
use crate::reflection::json;
use crate::reflection::{AvailableFrom, Kind, Question, Questionnaire, Theme, WishRule};

texts! {
    /// The structure of the questions and the words of one language, as they stand in a page's inert data block.
    ///
    /// The wasm itself holds no prose, so that all languages share one.
    pub struct Catalog {
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
        /// The numbers that belong to it.
        pub safety_numbers: SafetyNumbers,
        /// The same text in the country's language, where that is another one.
        pub safety_beside: Option<SafetyBeside>,
        /// The languages that the sheet can stand in, the page's own first; empty where there is no choice.
        pub languages: Vec<Language>,
        /// The language that a caregiver reads unless the parent says otherwise, by the id of its locale.
        pub caregiver_reads: String,
    }

    /// A language that the sheet can stand in, beside the parent's.
    pub struct Language {
        /// The id of its locale.
        pub id: String,
        /// Its own name.
        pub name: String,
        /// The direction in which it is written, as HTML's `dir` says it.
        pub dir: String,
        /// The address of its words, as seen from the page.
        pub file: String,
        /// What holds that file to its bytes.
        pub integrity: String,
    }
}

impl Catalog {
    /// The words of this locale that the questions need, and the sheet in place; the safety text in this language alone.
    pub fn new(questionnaire: &Questionnaire, locale: &Locale) -> Self {
        let mut theme = locale.theme.clone();
        for text in theme.values_mut() {
            text.caregiver = None;
        }
        let app = AppText { table: TableText::default(), ..locale.app.clone() };
        Self {
            questionnaire: questionnaire.clone(),
            brand: locale.brand.clone(),
            theme,
            question: locale.question.clone(),
            app,
            safety: locale.page.help.safety.clone(),
            safety_numbers: SafetyNumbers::default(),
            safety_beside: None,
            languages: Vec::new(),
            caregiver_reads: String::new(),
        }
    }

    /// The words of this locale that the sheet's own page needs: not those of the screens on the way there, but the
    /// caregiver's.
    pub fn for_sheet(
        questionnaire: &Questionnaire,
        locale: &Locale,
        languages: Vec<Language>,
        caregiver_reads: &str,
    ) -> Self {
        let mut app = locale.app.clone();
        (app.ask, app.keep, app.pace) = Default::default();
        (app.themes, app.answers) = Default::default();
        Self {
            questionnaire: questionnaire.clone(),
            app,
            safety: locale.page.help.safety.clone(),
            languages,
            caregiver_reads: caregiver_reads.to_owned(),
            ..Self::beside(locale)
        }
    }

    /// What the sheet and the table say in this language beside that of the page.
    pub fn beside(locale: &Locale) -> Self {
        let (mut theme, mut question) = (locale.theme.clone(), locale.question.clone());
        for text in theme.values_mut() {
            let (title, caregiver) = (text.title.clone(), text.caregiver.take());
            *text = ThemeText { title, caregiver, ..ThemeText::default() };
        }
        for text in question.values_mut() {
            let (line, option) = (text.line.clone(), text.option.clone());
            *text = QuestionText { line, option, ..QuestionText::default() };
        }
        let (sheet, table) = (locale.app.sheet.clone(), locale.app.table.clone());
        Self {
            questionnaire: Questionnaire::default(),
            brand: locale.brand.clone(),
            theme,
            question,
            app: AppText { sheet, table, ..AppText::default() },
            safety: SafetyText::default(),
            safety_numbers: SafetyNumbers::default(),
            safety_beside: None,
            languages: Vec::new(),
            caregiver_reads: String::new(),
        }
    }

    /// The text of the data block: a list of strings, as JSON. A `<` could end the block, so it is written as its code.
    pub fn encode(&self) -> String {
        let mut strings = Vec::new();
        self.lay(&mut strings);
        json::list(strings.iter().map(String::as_str)).replace('<', "\\u003c")
    }

    /// Reads the text of the data block; none if it is not a list of strings.
    pub fn decode(text: &str) -> Option<Self> {
        Some(Self::take(&mut json::texts(text)?.into_iter()))
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
        (self.kind == Kind::FreeText).lay(out);
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
            (_, true) => Kind::FreeText,
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

impl Flat for WishRule {
    fn lay(&self, out: &mut Vec<String>) {
        self.wish.lay(out);
        self.ids.lay(out);
    }

    fn take(from: &mut Strings) -> Self {
        Self { wish: Flat::take(from), ids: Flat::take(from) }
    }
}

impl Flat for AvailableFrom {
    fn lay(&self, out: &mut Vec<String>) {
        self.week.to_string().lay(out);
        self.ids.lay(out);
    }

    fn take(from: &mut Strings) -> Self {
        Self { week: String::take(from).parse().unwrap_or_default(), ids: Flat::take(from) }
    }
}
