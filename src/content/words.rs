//! What a live page carries for the app: the structure of the questions and the words of one language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AppText, Locale, QuestionText, SafetyText, ThemeText};
use crate::reflection::Questionnaire;

/// The structure of the questions and the words of one language, as they stand in a page's inert data block.
///
/// The wasm itself holds no prose, so that all languages share one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Words {
    /// The structure of the questions.
    pub questionnaire: Questionnaire,
    /// The name of the whole, for the title.
    pub brand: String,
    /// The words of each theme, by its id.
    pub theme: BTreeMap<String, ThemeText>,
    /// The words of each question, by its id.
    pub question: BTreeMap<String, QuestionText>,
    /// The words of the screens.
    pub app: AppText,
    /// The safety text.
    pub safety: SafetyText,
}

impl Words {
    /// The words of this locale that the app needs.
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
        }
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
        self.question.get(question).and_then(|text| text.option.get(option)).map_or(option, String::as_str)
    }
}
