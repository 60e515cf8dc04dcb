//! The message catalog in the data block of a live page: the structure of the questions and the texts of one locale.

use super::flat::texts;
use super::{
    AppText, Flat, Locale, Named, QuestionText, SafetyBeside, SafetyNumbers, SafetyText, Strings, TableText, ThemeText,
};
use crate::reflection::json;
use crate::reflection::{AvailableFrom, Kind, Question, Questionnaire, Theme, WishRule};

texts! {
    /// The structure of the questions and the texts of one locale, read from the data block of a page.
    ///
    /// The WebAssembly contains no texts, so that all locales share it.
    pub struct Catalog {
        /// The structure of the questions.
        pub questionnaire: Questionnaire,
        /// The name of the site, for the title.
        pub brand: String,
        /// The texts of each theme, by its id.
        pub theme: Named<ThemeText>,
        /// The texts of each question, by its id.
        pub question: Named<QuestionText>,
        /// The texts of the screens.
        pub app: AppText,
        /// The safety text.
        pub safety: SafetyText,
        /// The telephone numbers of the safety text.
        pub safety_numbers: SafetyNumbers,
        /// The safety text in the language of the country, if it differs from that of the page.
        pub safety_beside: Option<SafetyBeside>,
        /// The languages available for the sheet, that of the page first; empty if there is no choice.
        pub languages: Vec<Language>,
        /// The locale id of the default language of the caregiver.
        pub caregiver_reads: String,
    }

    /// A language available for the sheet.
    pub struct Language {
        /// The id of the locale.
        pub id: String,
        /// The native name of the language.
        pub name: String,
        /// The value of the `dir` attribute.
        pub dir: String,
        /// The URL of its catalog, relative to the page.
        pub file: String,
        /// The subresource integrity hash of that file.
        pub integrity: String,
    }
}

impl Catalog {
    /// Creates the catalog of the reflect page, without the texts for caregivers and the table, and with the safety
    /// text in this locale only.
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

    /// Creates the catalog of the sheet page: with the texts for caregivers, without those of the question screens.
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

    /// Creates the catalog with the texts of the sheet and the table in a second language.
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

    /// Returns the text of the data block: a JSON array of strings. `<` is escaped, because `</script>` would end the
    /// block.
    pub fn encode(&self) -> String {
        let mut strings = Vec::new();
        self.lay(&mut strings);
        json::list(strings.iter().map(String::as_str)).replace('<', "\\u003c")
    }

    /// Reads the text of the data block. Returns `None` if it is not a JSON array of strings.
    pub fn decode(text: &str) -> Option<Self> {
        Some(Self::take(&mut json::texts(text)?.into_iter()))
    }

    /// Returns the texts of a theme.
    ///
    /// # Panics
    ///
    /// Panics if there are none. The content check ensures them for every theme of the questionnaire.
    pub fn theme(&self, id: &str) -> &ThemeText {
        &self.theme[id]
    }

    /// Returns the texts of a question.
    ///
    /// # Panics
    ///
    /// Panics if there are none. The content check ensures them for every question of the questionnaire.
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
