//! The words of the parts that answer to input: what the wasm reads from the page.

use super::Named;
use super::flat::texts;
use super::sheet::{SheetText, TableText};

texts! {
/// The words of the parts that answer to input, a section a screen.
pub struct AppText {
    /// What several screens share.
    pub common: CommonText,
    /// The status of saving.
    pub saved: SavedText,
    /// The screens of a question and of a door.
    pub ask: AskText,
    /// The first line of the own sheet, and where to keep.
    pub keep: KeepText,
    /// How much further to go.
    pub pace: PaceText,
    /// The overview of the themes.
    pub themes: ThemesText,
    /// Putting answers back from a file.
    pub restore: RestoreText,
    /// All answers on one page.
    pub answers: AnswersText,
    /// The reflections: earlier ones, and beginning again.
    pub reflections: ReflectionsText,
    /// What the parent may say about themselves.
    pub about: AboutText,
    /// The sheet.
    pub sheet: SheetText,
    /// The talk at the table.
    pub table: TableText,
}

/// Words that several screens share.
pub struct CommonText {
    /// Button: on to the next question or screen.
    pub next: String,
    /// Button: one step back.
    pub back: String,
    /// Link: the overview of the themes.
    pub to_themes: String,
    /// Link: all answers.
    pub to_answers: String,
    /// Link: the sheet.
    pub to_sheet: String,
    /// Button, where nothing is answered yet: the first question.
    pub to_first: String,
    /// Link: what the parent may say about themselves, and wish for.
    pub to_about_me: String,
    /// The name, for screen readers, of the row of those three links.
    pub menu: String,
    /// The box at a question, the tool at a line, and the mark beside an answer: to talk about first.
    pub talk: String,
    /// Mark: an answer has own words.
    pub with_words: String,
    /// In place of a part that is not loaded yet.
    pub loading: String,
}

/// The status of saving: what is true at this moment, in one short sentence each.
pub struct SavedText {
    /// Kept in local storage on this device.
    pub yes: String,
    /// Could not be kept: the answers are in memory only; what to do.
    pub no: String,
    /// Button beside that: save to a file.
    pub save: String,
    /// Kept in this tab only.
    pub tab: String,
    /// The parent has not chosen yet.
    pub undecided: String,
    /// Link beside that: choose where to keep.
    pub choose: String,
    /// Link beside each of the others: change where.
    pub change: String,
    /// Something was to be erased, and the store refused a part of it.
    pub not_erased: String,
}

/// The screens of a question and of a door.
pub struct AskText {
    /// Where one is on the short way. `{n}` and `{total}` are filled in.
    pub position: String,
    /// Where one is in a theme. `{n}` and `{total}` are filled in.
    pub position_theme: String,
    /// The name of the group of options, when one may be chosen.
    pub choose_one: String,
    /// The same, when any number may be chosen.
    pub choose_many: String,
    /// The usual label of the field for own words.
    pub words: String,
    /// The label of that field for a question without options.
    pub words_only: String,
    /// Below such a field, once no more fits in it.
    pub full: String,
    /// Box, below a topic that was chosen: only when we are alone.
    pub alone: String,
    /// Below those boxes: that it stays here and reaches nobody by itself, and what one can ask for.
    pub alone_note: String,
    /// Button: leave this question unanswered and go on.
    pub skip: String,
    /// Link: more questions in this theme.
    pub more: String,
    /// Button at a door: go in.
    pub enter: String,
    /// Button at a door: leave it.
    pub leave: String,
    /// Button, when a question was opened from all answers: back to them.
    pub done: String,
    /// Button: read the screen aloud.
    pub listen: String,
    /// The same button while it is read: stop.
    pub listen_stop: String,
    /// At a question whose answer a newer version of the site wrote.
    pub newer: String,
}

/// The first line of the own sheet, and where to keep.
pub struct KeepText {
    /// Heading, when there is a line.
    pub title: String,
    /// Heading, when the first question was skipped.
    pub title_empty: String,
    /// One sentence below it: whose line it is, and that nobody else sees it.
    pub lead: String,
    /// Button: take this line off the sheet.
    pub remove: String,
    /// Button: put it back.
    pub put_back: String,
    /// The line's place, when it was taken off.
    pub removed: String,
    /// The question where to keep.
    pub ask: String,
    /// Choice: on this device.
    pub device: String,
    /// What that means: who can see it.
    pub device_note: String,
    /// Choice: only until I close this tab.
    pub tab: String,
    /// What that means.
    pub tab_note: String,
    /// What happens when nothing is chosen: nothing is written, and it is asked again.
    pub later: String,
    /// What a browser may forget by itself, and what helps.
    pub limits: String,
    /// Link: answers back from a file.
    pub to_restore: String,
}

/// Putting answers back from a file.
pub struct RestoreText {
    /// Heading.
    pub title: String,
    /// One sentence below it: nothing changes before the parent says so.
    pub lead: String,
    /// Button: choose the file.
    pub choose: String,
    /// What the file holds: before a list with a line for each reflection.
    pub found: String,
    /// A line of that list. `{day}` and `{n}` are filled in.
    pub holds: String,
    /// In place of the day, where it is not known.
    pub no_day: String,
    /// Button: add them to what is here.
    pub add: String,
    /// Button: put them in the place of what is here.
    pub replace: String,
    /// It was done.
    pub done: String,
    /// Button: take that back.
    pub undo: String,
    /// It was taken back.
    pub undone: String,
    /// It could not be done, and nothing changed.
    pub failed: String,
    /// A part of it could not be done yet; the next visit does it.
    pub later: String,
    /// Some of the file cannot be read. It is put back aside.
    pub aside: String,
    /// The file is longer than any of ours.
    pub too_long: String,
    /// The file is another program's.
    pub foreign: String,
    /// A newer version of the site wrote the file.
    pub newer: String,
    /// The file is damaged, or cannot be read.
    pub damaged: String,
    /// The file holds no answers.
    pub empty: String,
}

/// How much further to go.
pub struct PaceText {
    /// Heading.
    pub title: String,
    /// One sentence: the sheet is ready; every answer from here on is extra.
    pub lead: String,
    /// Button: three minutes more, one question a theme.
    pub short: String,
    /// What that means.
    pub short_note: String,
    /// Button: ten minutes more, all questions.
    pub long: String,
    /// What that means.
    pub long_note: String,
    /// Link: stop here, to the sheet.
    pub stop: String,
    /// What that means.
    pub stop_note: String,
}

/// The overview of the themes.
pub struct ThemesText {
    /// Heading.
    pub title: String,
    /// One or two sentences: any order, nothing needs to be full.
    pub lead: String,
    /// State of a theme: something was answered in it.
    pub opened: String,
    /// State of a theme: nothing was answered in it, which says nothing.
    pub closed: String,
    /// Heading of the small ideas.
    pub ideas: String,
    /// The name of the list of questions in a theme.
    pub questions: String,
    /// State of a question that has an answer.
    pub answered: String,
    /// What the picture shows, for who does not see it. The titles of the themes with an answer follow.
    pub picture: String,
}

/// All answers on one page.
pub struct AnswersText {
    /// Heading.
    pub title: String,
    /// One sentence below it.
    pub lead: String,
    /// When there is none yet.
    pub none: String,
    /// Behind what is marked "only when nobody else is there": where it shows.
    pub alone: String,
    /// Link: change this answer.
    pub change: String,
    /// In place of an answer that was left open.
    pub open: String,
    /// Link: answer this question.
    pub answer: String,
    /// Link: erase this answer.
    pub erase: String,
    /// What is asked then, since it cannot be undone.
    pub erase_ask: String,
    /// Link: yes.
    pub erase_yes: String,
    /// Link: no.
    pub erase_no: String,
}

/// The reflections: earlier ones, and beginning again.
pub struct ReflectionsText {
    /// Heading, and the name of the way to it.
    pub title: String,
    /// One sentence below it: earlier ones stay as they are.
    pub lead: String,
    /// In place of a day that is not known.
    pub undated: String,
    /// State of the one that is open.
    pub is_open: String,
    /// Button: open another one.
    pub open: String,
    /// Button: begin a new one.
    pub begin: String,
    /// What that is good for.
    pub begin_note: String,
    /// Asks before what is in memory only is left behind.
    pub unkept: String,
    /// Button: leave it behind.
    pub leave: String,
    /// What a separate one does not protect from.
    pub shared: String,
    /// Button: erase this one.
    pub erase: String,
    /// The one question before that.
    pub erase_ask: String,
    /// Button: yes, erase.
    pub erase_yes: String,
    /// Button: no, keep it.
    pub erase_no: String,
}

/// What the parent may say about themselves, and wish for.
pub struct AboutText {
    /// Heading.
    pub title: String,
    /// One or two sentences: all of it optional, none of it goes on the sheet.
    pub lead: String,
    /// The name of the group of wishes.
    pub wishes: String,
    /// The question who the parent is.
    pub roles: String,
    /// What each wish and role says, by its id, and the box that lets the number stand on prints.
    pub option: Named<String>,
    /// Label: what the baby is called for now.
    pub nickname: String,
    /// Label: weeks of pregnancy, with an example.
    pub weeks: String,
    /// Label: the due date.
    pub due: String,
    /// The week that follows from it. `{n}` is filled in.
    pub today: String,
    /// Label: the practice's number for day and night.
    pub number: String,
    /// Said when what was typed there cannot be dialled.
    pub number_text: String,
    /// What leads that number, beside the safety text.
    pub own_number: String,
    /// One line at a question where something first matters, by what it is: a link to this screen.
    pub offer: Named<String>,
    /// Button at a door or a question, by the wish that it takes up.
    pub leave_out: Named<String>,
}
}
