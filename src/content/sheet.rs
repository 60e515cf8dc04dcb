//! The texts of the sheet, and of the table.

use super::flat::texts;

texts! {
/// The texts of the sheet.
pub struct SheetText {
    /// Heading on screen.
    pub title: String,
    /// One or two sentences on screen: what the sheet is, and that the parent decides.
    pub lead: String,
    /// Message while there are no answers.
    pub none: String,
    /// Heading on the printed sheet.
    pub paper_title: String,
    /// Heading of the top box.
    pub start_here: String,
    /// Heading of the lines below the top box.
    pub also: String,
    /// Heading of the lines from page two on.
    pub more: String,
    /// The line that asks for a moment alone.
    pub alone: String,
    /// Checkbox on screen: add that line.
    pub alone_add: String,
    /// Note below that checkbox: who sees the line.
    pub alone_note: String,
    /// Note: an option that is not ticked has no meaning.
    pub unticked: String,
    /// Button on a line: remove it.
    pub remove: String,
    /// Heading of the removed lines.
    pub removed: String,
    /// Button on a removed line: restore it.
    pub put_back: String,
    /// Heading of the sensitive options, which are shown only once confirmed.
    pub sensitive: String,
    /// Note on who may read the sheet.
    pub sensitive_note: String,
    /// The three checkboxes for after the talk: talked about, next time, someone else.
    pub after: Vec<String>,
    /// Heading: what we agreed.
    pub agreed: String,
    /// Heading: who calls whom.
    pub calls: String,
    /// Heading: the first sentence to say or to send.
    pub say_title: String,
    /// The sentence itself.
    pub say: String,
    /// Heading of the card for the caregiver.
    pub card_title: String,
    /// The sentences of the card, about sixty words in total.
    pub card: Vec<String>,
    /// Heading of the buttons to hand the sheet over.
    pub give: String,
    /// Explanation before the first print or share: what happens after handing over.
    pub handing_over: Vec<String>,
    /// Button: print.
    pub print: String,
    /// Button: copy as text.
    pub copy: String,
    /// Message: copied.
    pub copied: String,
    /// Message if copying fails.
    pub copy_failed: String,
    /// Button: share.
    pub share: String,
    /// Message if sharing fails.
    pub share_failed: String,
    /// Button: save the sheet as a text file.
    pub file: String,
    /// Button: save everything to a file.
    pub save: String,
    /// Button: open the table.
    pub table: String,
    /// Explanation of that button.
    pub table_note: String,
    /// Replaces the explanation while no store is chosen: choose one first.
    pub table_keep: String,
    /// Label: the language that the caregiver reads.
    pub caregiver_reads: String,
    /// Replaces that choice while no store is chosen: choose one first.
    pub reads_keep: String,
    /// Footer of the printed sheet: who made it, and that it is not a test.
    pub foot: String,
    /// Lead of the practice and the day from an invitation.
    pub appointment: String,
    /// Button beside them: remove them.
    pub appointment_off: String,
}

/// The texts of the table. The texts of the caregiver's half are displayed in the caregiver's language.
pub struct TableText {
    /// Name of the parent's half.
    pub parent_side: String,
    /// Name of the caregiver's half.
    pub caregiver_side: String,
    /// Welcome on the parent's half: what to do with the phone.
    pub welcome: String,
    /// Sentences below it: what the table shows, and what it does not.
    pub welcome_text: Vec<String>,
    /// Welcome on the caregiver's half.
    pub caregiver_welcome: String,
    /// Sentences below it: what follows.
    pub caregiver_text: Vec<String>,
    /// Label: another language for the caregiver.
    pub language: String,
    /// The position in the talk. `{n}` and `{total}` are filled in.
    pub position: String,
    /// Lead of an open question to the parent.
    pub ask: String,
    /// Lead of what to be curious about.
    pub curious: String,
    /// Sentence on the parent's half at the end: a short agreement is enough.
    pub agreed_lead: String,
    /// Question on the caregiver's half at the end.
    pub agreed_ask: String,
    /// Button: previous stop.
    pub back: String,
    /// Button: next stop.
    pub next: String,
    /// Button at the last stop: finish.
    pub done: String,
    /// Button: open the pause menu.
    pub pause: String,
    /// Heading of the pause menu.
    pub pause_title: String,
    /// Button: continue the talk.
    pub go_on: String,
    /// Button: go to the agreement.
    pub to_agreed: String,
    /// Button: both halves upright.
    pub beside: String,
    /// Button: turn each half towards its reader.
    pub facing: String,
    /// Button: leave the table.
    pub leave: String,
    /// Note below it: what the phone shows after leaving.
    pub leave_note: String,
    /// Button: leave the page at once.
    pub exit: String,
}
}
