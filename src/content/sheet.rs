//! The words of the sheet, and of the talk about it at the table.

use super::flat::texts;

texts! {
/// The sheet.
pub struct SheetText {
    /// Heading on screen.
    pub title: String,
    /// One or two sentences on screen: what it is, that the parent decides.
    pub lead: String,
    /// When there is no answer yet.
    pub none: String,
    /// Heading of the paper itself.
    pub paper_title: String,
    /// The top box.
    pub start_here: String,
    /// The lines below the top box.
    pub also: String,
    /// The lines from page two on.
    pub more: String,
    /// The plain line for a moment alone.
    pub alone: String,
    /// Box on screen: add that line.
    pub alone_add: String,
    /// Below that box: who sees that line.
    pub alone_note: String,
    /// Mark on a line: what is not ticked says nothing.
    pub unticked: String,
    /// Button on a line: take it off.
    pub remove: String,
    /// Heading of the lines that were taken off.
    pub removed: String,
    /// Button on such a line.
    pub put_back: String,
    /// Heading of the sensitive topics that stay off until ticked.
    pub sensitive: String,
    /// A word on who may read along.
    pub sensitive_note: String,
    /// The three boxes for after the talk: talked about, next time, someone else.
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
    /// The card, about sixty words, a sentence each.
    pub card: Vec<String>,
    /// Heading of the ways to hand it over.
    pub give: String,
    /// Before the first print or share: what happens after handing over.
    pub handing_over: Vec<String>,
    /// Button: print.
    pub print: String,
    /// Button: copy as text.
    pub copy: String,
    /// Said when that is done.
    pub copied: String,
    /// Said when it could not be done.
    pub copy_failed: String,
    /// Button: share.
    pub share: String,
    /// Said when it could not be shared.
    pub share_failed: String,
    /// Button: save the sheet as a text file.
    pub file: String,
    /// Button: save everything to a file.
    pub save: String,
    /// Button: lay the sheet on the table.
    pub table: String,
    /// What that is.
    pub table_note: String,
    /// The same while nothing is kept: choose where to keep first.
    pub table_keep: String,
    /// The question which language the caregiver reads.
    pub caregiver_reads: String,
    /// In its place while it is not chosen where to keep: choose first.
    pub reads_keep: String,
    /// The small print at the foot of the paper: who made it, that it is no test.
    pub foot: String,
    /// In front of the practice and the day that an invitation named.
    pub appointment: String,
    /// Button beside them: take that away.
    pub appointment_off: String,
}

/// The talk at the table. What the caregiver's half says is read in the caregiver's language.
pub struct TableText {
    /// The name of the parent's half.
    pub parent_side: String,
    /// The name of the caregiver's half.
    pub caregiver_side: String,
    /// The parent's half at first: what to do with the phone.
    pub welcome: String,
    /// What will show, and what will not.
    pub welcome_text: Vec<String>,
    /// The caregiver's half at first: that it is theirs.
    pub caregiver_welcome: String,
    /// What will come.
    pub caregiver_text: Vec<String>,
    /// The question whether the caregiver would rather read another language.
    pub language: String,
    /// Where one is. `{n}` and `{total}` are filled in.
    pub position: String,
    /// Leads an open question to the parent.
    pub ask: String,
    /// Leads what to be curious about.
    pub curious: String,
    /// The parent's half at the end: how little is enough.
    pub agreed_lead: String,
    /// The caregiver's half at the end.
    pub agreed_ask: String,
    /// Button: one stop back.
    pub back: String,
    /// Button: on.
    pub next: String,
    /// Button at the end.
    pub done: String,
    /// Button: the ways out of the talk.
    pub pause: String,
    /// The heading of those.
    pub pause_title: String,
    /// Button: go on talking.
    pub go_on: String,
    /// Button: straight to what was agreed.
    pub to_agreed: String,
    /// Button: both halves upright.
    pub beside: String,
    /// Button: each half turned to its reader.
    pub facing: String,
    /// Button: leave the table.
    pub leave: String,
    /// What shows after that.
    pub leave_note: String,
    /// Button: leave the page at once.
    pub exit: String,
}
}
