//! The pure core: what a reflection is, without a browser and without a word that a person reads.

mod questionnaire;

pub use questionnaire::{Kind, Question, Questionnaire, Theme};
