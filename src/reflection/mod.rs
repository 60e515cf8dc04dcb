//! The pure core: what a reflection is, without a browser and without a word that a person reads.
//!
//! - `questionnaire`: the structure of the questions.
//! - `answer`, `record`: what is kept, one small value each.
//! - `kept`: how a value is kept, so that neither an older nor a newer version of the site loses anything.
//! - [`json`]: as much of JSON as that needs.
//! - `order`: putting lists in order.
//! - `backup`: what a backup file holds, read without ever failing.
//! - `store`: what a place to keep things must be able to do, and how its keys are named.
//! - `journal`: everything that is kept, and every rule about keeping it.
//! - `about`, `weeks`: what the parent chose to say about themselves, and the week that follows from it.
//! - `way`: which screen comes after which.
//! - `invitation`: what a link from a caregiver says, and the link that says it.
//! - `code`: a link as a QR code.
//! - `sheet`: what goes along to the caregiver, as one semantic value.
//! - `table`: the same, one line at a time, while the phone lies between parent and caregiver.

mod about;
mod answer;
mod backup;
mod code;
mod invitation;
mod journal;
pub mod json;
mod kept;
mod number;
mod order;
mod questionnaire;
mod record;
mod sheet;
mod store;
mod table;
mod way;
mod weeks;

pub use about::{About, Field, ROLES, WISHES};
pub use answer::{Answer, OWN_WORDS, holds};
pub use backup::{Backup, LONGEST, Refusal, SavedReflection};
pub use code::Code;
pub use invitation::{Invitation, Known, Mention, Note};
pub use journal::{Before, Change, Journal, Place, Reflection, Restored, Saved, SwitchError};
pub use number::dial;
pub use questionnaire::{Kind, Question, Questionnaire, Since, Theme, Wished};
pub use record::{Pace, Record};
pub use sheet::{Choice, Line, Sheet};
pub use store::{Key, MemoryStore, PREFIX, Refused, Store};
pub use table::{Stop, Table};
pub use way::{Position, SCREENS, Step, Way};
pub use weeks::{Day, Weeks, week_on};
