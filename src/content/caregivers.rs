//! The texts of the caregivers' page, in reading order: the summary to read in twenty seconds, the invitation, the part
//! to read in two minutes, and the long part.

use serde::{Deserialize, Serialize};

use super::{Named, Section};

/// The texts of the caregivers' page. Parents may read it too.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaregiversText {
    /// Heading.
    pub title: String,
    /// Sentence below it: the audience of the page.
    pub lead: String,
    /// The summary to read in twenty seconds.
    pub brief: BriefText,
    /// The link, the QR code and the message for parents.
    pub invite: InviteText,
    /// The poster for the waiting room.
    pub poster: PosterText,
    /// Heading of the elements, the part to read in two minutes.
    pub elements: String,
    /// Sentence below it: how to read them.
    pub elements_lead: String,
    /// The description of each theme in pregnancy, by theme id.
    pub element: Named<Element>,
    /// Heading of the open questions, the long part.
    pub themes: String,
    /// Label: open questions.
    pub ask: String,
    /// Label: what to be curious about.
    pub curious: String,
    /// Heading of the reasons for more support that the folder lists.
    pub indicators: String,
    /// Sentence below it: no answer indicates such a reason.
    pub indicators_lead: String,
    /// The reasons that the folder lists, each with a sentence to raise it.
    pub indicator: Vec<Raise>,
    /// Difficult moments, one section each: worried, feels nothing, has lost a baby, did not want this pregnancy.
    pub moment: Vec<Moment>,
    /// The sections after that. The one with the id `source` links to the site of the folder.
    pub section: Vec<Section>,
    /// Heading of the sources.
    pub sources: String,
}

/// The summary to read in twenty seconds: three sentences, a question, a sentence to open the talk, and the card.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BriefText {
    /// Heading.
    pub title: String,
    /// The description of the site, in three sentences.
    pub lines: Vec<String>,
    /// Label: the one question.
    pub ask_title: String,
    /// The question.
    pub ask: String,
    /// Label: how to open the talk.
    pub open_title: String,
    /// Suggested wording.
    pub open: String,
    /// Button: print the card.
    pub print: String,
}

/// The link, the QR code and the message for parents.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InviteText {
    /// Heading.
    pub title: String,
    /// Explanation: the link works without the form, and what to say with it.
    pub text: Vec<String>,
    /// Label: the link.
    pub link: String,
    /// Text alternative of the QR code.
    pub code: String,
    /// Replaces the QR code without JavaScript.
    pub code_missing: String,
    /// Label: the message.
    pub message_title: String,
    /// A short message for parents. `{link}` is filled in.
    pub message: String,
    /// Button: copy the link.
    pub copy_link: String,
    /// Button: copy the message.
    pub copy: String,
    /// Message: copied.
    pub copied: String,
    /// Message if copying fails.
    pub copy_failed: String,
    /// Button: share the message.
    pub share: String,
    /// Message if sharing fails.
    pub share_failed: String,
    /// Label that opens the form.
    pub form: String,
    /// Note: every field is optional, and nothing is sent anywhere.
    pub form_lead: String,
    /// Label: the name of the practice.
    pub practice: String,
    /// Checkbox: store the name on this device.
    pub keep: String,
    /// Message if the name cannot be stored.
    pub keep_failed: String,
    /// Label: the day of the appointment.
    pub day: String,
    /// Label: the parent's language.
    pub language: String,
    /// Label: the country whose help lines come first.
    pub country: String,
    /// Option: no particular country.
    pub country_any: String,
    /// Label: the themes to ask first.
    pub themes: String,
    /// Message if the name is not allowed in a link.
    pub note_practice: String,
    /// Message if the name is too long.
    pub note_practice_long: String,
    /// Message if the name contains a telephone number or a web address.
    pub note_address: String,
    /// Message if the day has passed.
    pub note_day: String,
    /// Message if the day does not exist.
    pub note_no_day: String,
}

/// The poster for the waiting room, also printed as a card.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PosterText {
    /// Heading on the page.
    pub title: String,
    /// Sentence below it: its purpose.
    pub lead: String,
    /// Label: the languages on the poster.
    pub languages: String,
    /// Button: print on A4.
    pub print_a4: String,
    /// Button: print on A6.
    pub print_a6: String,
    /// On the poster: the large sentence.
    pub headline: String,
    /// On the poster: what the site is, in three sentences.
    pub lines: Vec<String>,
    /// On the poster, above the link: scan the code or type the link.
    pub scan: String,
}

/// The description of a theme in pregnancy, for caregivers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// The meaning of the theme in pregnancy.
    pub text: String,
    /// One open question.
    pub ask: String,
}

/// A reason for more support, and a sentence to raise it without judging.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raise {
    /// The reason, in plain language.
    pub what: String,
    /// Suggested wording.
    pub say: String,
}

/// A difficult moment.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// Heading: the situation.
    pub title: String,
    /// Advice for the caregiver.
    pub text: String,
    /// Suggested wording.
    pub say: String,
}
