//! The texts of the interactive screens, which the WebAssembly reads from the data block of the page.

use super::Named;
use super::flat::texts;
use super::sheet::{SheetText, TableText};

texts! {
/// The texts of the interactive screens, one section per screen.
pub struct AppText {
    /// Texts shared by several screens.
    pub common: CommonText,
    /// The save status.
    pub saved: SavedText,
    /// The screens of a question and of a door.
    pub ask: AskText,
    /// The first line of the sheet, and the choice of the store.
    pub keep: KeepText,
    /// The choice of the pace.
    pub pace: PaceText,
    /// The overview of the themes.
    pub themes: ThemesText,
    /// Restoring a backup file.
    pub restore: RestoreText,
    /// The list of all answers.
    pub answers: AnswersText,
    /// The list of reflections.
    pub reflections: ReflectionsText,
    /// The profile.
    pub about: AboutText,
    /// The sheet.
    pub sheet: SheetText,
    /// The table, for the talk with the caregiver.
    pub table: TableText,
}

/// Texts shared by several screens.
pub struct CommonText {
    /// Button: next question or screen.
    pub next: String,
    /// Button: previous screen.
    pub back: String,
    /// Link: the overview of the themes.
    pub to_themes: String,
    /// Link: all answers.
    pub to_answers: String,
    /// Link: the sheet.
    pub to_sheet: String,
    /// Button, while nothing is answered: the first question.
    pub to_first: String,
    /// Link: the profile and wishes.
    pub to_about_me: String,
    /// Accessible name of the row of the links to the themes, the answers and the sheet.
    pub menu: String,
    /// Checkbox at a question, tool at a line, and mark beside an answer: to talk about first.
    pub talk: String,
    /// Mark: the answer has free text.
    pub with_words: String,
    /// Placeholder of a part that is loading.
    pub loading: String,
}

/// The current save status, one short sentence each.
pub struct SavedText {
    /// Saved in local storage on this device.
    pub yes: String,
    /// Could not be saved: the answers are in memory only, and what to do.
    pub no: String,
    /// Button beside it: save to a file.
    pub save: String,
    /// Saved in this tab only.
    pub tab: String,
    /// The parent has not chosen a store.
    pub undecided: String,
    /// Link beside it: choose the store.
    pub choose: String,
    /// Link beside the other statuses: change the store.
    pub change: String,
    /// Erasing failed in part.
    pub not_erased: String,
}

/// The screens of a question and of a door.
pub struct AskText {
    /// The position in the flow. `{n}` and `{total}` are filled in.
    pub position: String,
    /// The position in a theme. `{n}` and `{total}` are filled in.
    pub position_theme: String,
    /// Name of the group of options, if one may be chosen.
    pub choose_one: String,
    /// Name of the group of options, if any number may be chosen.
    pub choose_many: String,
    /// Default label of the field for free text.
    pub words: String,
    /// Label of that field for a question without options.
    pub words_only: String,
    /// Message below that field when it is full.
    pub full: String,
    /// Checkbox below a chosen topic: only when we are alone.
    pub alone: String,
    /// Note below those checkboxes: the mark stays here and notifies nobody, and what the parent can ask for.
    pub alone_note: String,
    /// Button: skip this question.
    pub skip: String,
    /// Link: more questions in this theme.
    pub more: String,
    /// Button at a door: enter.
    pub enter: String,
    /// Button at a door: skip.
    pub leave: String,
    /// Button, if the question was opened from the list of answers: back to the list.
    pub done: String,
    /// Button: read the screen aloud.
    pub listen: String,
    /// The same button while reading aloud: stop.
    pub listen_stop: String,
    /// Message at a question whose answer was written by a newer version of the site.
    pub newer: String,
}

/// The first line of the sheet, and the choice of the store.
pub struct KeepText {
    /// Heading, if there is a line.
    pub title: String,
    /// Heading, if the first question was skipped.
    pub title_empty: String,
    /// Sentence below it: the line belongs to the parent, and nobody else sees it.
    pub lead: String,
    /// Button: take this line off the sheet.
    pub remove: String,
    /// Button: restore the line.
    pub put_back: String,
    /// Placeholder of a removed line.
    pub removed: String,
    /// The question where to store the answers.
    pub ask: String,
    /// Choice: on this device.
    pub device: String,
    /// Explanation of that choice: who can see the answers.
    pub device_note: String,
    /// Choice: only until I close this tab.
    pub tab: String,
    /// Explanation of that choice.
    pub tab_note: String,
    /// Explanation of making no choice: nothing is stored, and the question comes again.
    pub later: String,
    /// Note on when browsers delete stored data, and what helps.
    pub limits: String,
    /// Link: restore a backup file.
    pub to_restore: String,
}

/// Restoring a backup file.
pub struct RestoreText {
    /// Heading.
    pub title: String,
    /// Sentence below it: nothing changes before the parent confirms.
    pub lead: String,
    /// Button: choose the file.
    pub choose: String,
    /// Lead of the list of the reflections in the file.
    pub found: String,
    /// Item of that list. `{day}` and `{n}` are filled in.
    pub holds: String,
    /// Replaces the day if it is unknown.
    pub no_day: String,
    /// Button: merge them into the stored answers.
    pub add: String,
    /// Button: replace the stored answers with them.
    pub replace: String,
    /// Message: restored.
    pub done: String,
    /// Button: undo.
    pub undo: String,
    /// Message: undone.
    pub undone: String,
    /// Message: failed, and nothing changed.
    pub failed: String,
    /// Message: incomplete, and the next visit finishes it.
    pub later: String,
    /// Message: some values of the file cannot be read and are quarantined.
    pub aside: String,
    /// Error: the file is too large.
    pub too_long: String,
    /// Error: the file is not a backup of this site.
    pub foreign: String,
    /// Error: a newer version of the site wrote the file.
    pub newer: String,
    /// Error: the file is damaged or cannot be read.
    pub damaged: String,
    /// Error: the file contains no answers.
    pub empty: String,
}

/// The choice of the pace.
pub struct PaceText {
    /// Heading.
    pub title: String,
    /// Sentence below it: the sheet is ready, and every further answer is optional.
    pub lead: String,
    /// Button: three more minutes, one question per theme.
    pub short: String,
    /// Explanation of that choice.
    pub short_note: String,
    /// Button: ten more minutes, all questions.
    pub long: String,
    /// Explanation of that choice.
    pub long_note: String,
    /// Link: stop here, to the sheet.
    pub stop: String,
    /// Explanation of that choice.
    pub stop_note: String,
}

/// The overview of the themes.
pub struct ThemesText {
    /// Heading.
    pub title: String,
    /// One or two sentences: any order, and nothing needs to be complete.
    pub lead: String,
    /// State of a theme with an answer.
    pub opened: String,
    /// State of a theme without an answer. It does not judge.
    pub closed: String,
    /// Heading of the small ideas.
    pub ideas: String,
    /// Accessible name of the list of questions in a theme.
    pub questions: String,
    /// State of a question with an answer.
    pub answered: String,
    /// Text alternative of the picture. The titles of the answered themes follow.
    pub picture: String,
}

/// The list of all answers.
pub struct AnswersText {
    /// Heading.
    pub title: String,
    /// Sentence below it.
    pub lead: String,
    /// Message while there are no answers.
    pub none: String,
    /// Note after a part marked "only when we are alone": where it is shown.
    pub alone: String,
    /// Link: change this answer.
    pub change: String,
    /// Placeholder of a question without an answer.
    pub open: String,
    /// Link: answer this question.
    pub answer: String,
    /// Link: erase this answer.
    pub erase: String,
    /// Confirmation question, because erasing cannot be undone.
    pub erase_ask: String,
    /// Link: yes, erase.
    pub erase_yes: String,
    /// Link: no, keep it.
    pub erase_no: String,
}

/// The list of reflections.
pub struct ReflectionsText {
    /// Heading, and label of the link to the screen.
    pub title: String,
    /// Sentence below it: earlier reflections do not change.
    pub lead: String,
    /// Replaces the day if it is unknown.
    pub undated: String,
    /// State of the open reflection.
    pub is_open: String,
    /// Button: open another reflection.
    pub open: String,
    /// Button: begin a new reflection.
    pub begin: String,
    /// Explanation of that button.
    pub begin_note: String,
    /// Confirmation question before an unsaved reflection is discarded.
    pub unkept: String,
    /// Button: discard it.
    pub leave: String,
    /// Note on what a separate reflection does not protect from.
    pub shared: String,
    /// Button: erase this reflection.
    pub erase: String,
    /// Confirmation question.
    pub erase_ask: String,
    /// Button: yes, erase.
    pub erase_yes: String,
    /// Button: no, keep it.
    pub erase_no: String,
}

/// The profile and wishes of the parent.
pub struct AboutText {
    /// Heading.
    pub title: String,
    /// One or two sentences: everything is optional, and nothing appears on the sheet.
    pub lead: String,
    /// Name of the group of wishes.
    pub wishes: String,
    /// The question about the parent's role.
    pub roles: String,
    /// Label of each wish and role by its id, and of the checkbox to print the telephone number.
    pub option: Named<String>,
    /// Label: the baby's nickname.
    pub nickname: String,
    /// Label: weeks of pregnancy, with an example.
    pub weeks: String,
    /// Label: the due date.
    pub due: String,
    /// The current week of pregnancy. `{n}` is filled in.
    pub today: String,
    /// Label: the practice's 24-hour telephone number.
    pub number: String,
    /// Message if the number cannot be dialled.
    pub number_text: String,
    /// Lead of that number beside the safety text.
    pub own_number: String,
    /// Link to this screen at a question where a part of the profile first matters, by that part.
    pub offer: Named<String>,
    /// Button at a door or a question that sets a wish, by that wish.
    pub leave_out: Named<String>,
}
}
