//! The pure core: what a reflection is, without a browser and without a word that a person reads.
//!
//! - `questionnaire`: the structure of the questions.
//! - `answer`, `state`: what is kept, one small value each.
//! - `kept`: how a value is kept, so that neither an older nor a newer version of the site loses anything.
//! - [`json`]: as much of JSON as that needs.
//! - `order`: putting lists in order.
//! - `backup`: what a backup file holds, read without ever failing.
//! - `store`: what a place to keep things must be able to do, and how its keys are named.
//! - `journal`: everything that is kept, and every rule about keeping it.
//! - `profile`, `weeks`: what the parent chose to say about themselves, and the week that follows from it.
//! - `way`: which screen comes after which.
//! - `invitation`: what a link from a caregiver says, and the link that says it.
//! - `code`: a link as a QR code.
//! - `sheet`: what goes along to the caregiver, as one semantic value.
//! - `table`: the same, one line at a time, while the phone lies between parent and caregiver.

mod answer;
mod backup;
mod flow;
mod invitation;
mod journal;
pub mod json;
mod number;
mod order;
mod profile;
mod qr_code;
mod questionnaire;
mod sheet;
mod state;
mod store;
mod stored_value;
mod table;
mod weeks;

pub use answer::{Answer, FREE_TEXT, holds};
pub use backup::{Backup, BackupError, LONGEST, SavedReflection};
pub use flow::{Flow, Position, SCREENS, Step};
pub use invitation::{Invitation, Known, Lookup, Warning};
pub use journal::{Change, Journal, Reflection, Restored, SaveStatus, Snapshot, StorageChoice, SwitchError};
pub use number::dial;
pub use profile::{Field, Profile, ROLES, WISHES};
pub use qr_code::QrCode;
pub use questionnaire::{AvailableFrom, Kind, Question, Questionnaire, Theme, WishRule};
pub use sheet::{Choice, Line, Sheet};
pub use state::{Pace, ReflectionState};
pub use store::{Key, MemoryStore, PREFIX, StorageError, Store};
pub use table::{Stop, Table};
pub use weeks::{Day, Weeks, week_on};
