//! The domain logic of a reflection. It does not depend on a browser and contains no user-visible text.
//!
//! - `questionnaire`: the structure of the questions: themes, questions, options.
//! - `answer`, `state`: the stored values of a reflection.
//! - `stored_value`: the storage format, which preserves fields written by newer versions of the site.
//! - `script_constants`: constants that the scripts in `public/` share.
//! - [`json`]: a minimal JSON reader and writer for stored values.
//! - `order`: sorting.
//! - `backup`: the reader of backup files.
//! - `store`: the [`Store`] trait and the names of its keys.
//! - `journal`: the stored reflections, and the rules for saving, merging, restoring and erasing them.
//! - `profile`, `weeks`: the optional facts about the parent, and the week of pregnancy.
//! - `number`: telephone numbers.
//! - `flow`: the order of the screens.
//! - `invitation`: the parameters of a link from a caregiver.
//! - `qr_code`: a link as a QR code.
//! - `sheet`: the summary for the caregiver, independent of its format.
//! - `table`: the sheet one line at a time, for a talk with the phone between parent and caregiver.

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
mod script_constants;
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
pub use script_constants::DATE_OPTIONS;
#[cfg(not(target_arch = "wasm32"))]
pub use script_constants::script_constants;
pub use sheet::{Choice, Line, Sheet};
pub use state::{Pace, ReflectionState};
pub use store::{Key, MemoryStore, PREFIX, StorageError, Store};
pub use table::{Stop, Table};
pub use weeks::{Day, Weeks, week_on};
