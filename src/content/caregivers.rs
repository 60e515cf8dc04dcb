//! The words of the caregivers' page, in the order in which it is read: twenty seconds, the invitation, two minutes, and
//! the long part.

use serde::{Deserialize, Serialize};

use super::{Named, Section};

/// The words of the caregivers' page. Parents may read it too.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaregiversText {
    /// Heading.
    pub title: String,
    /// Below it: who it is for.
    pub lead: String,
    /// Twenty seconds.
    pub brief: BriefText,
    /// The link, the code and the message to give.
    pub invite: InviteText,
    /// What hangs in the waiting room.
    pub poster: PosterText,
    /// Two minutes: heading of the elements.
    pub elements: String,
    /// Below it: how to read them.
    pub elements_lead: String,
    /// Each theme in pregnancy, by its id.
    pub element: Named<Element>,
    /// The long part: heading of the open questions.
    pub themes: String,
    /// Label: open questions.
    pub ask: String,
    /// Label: what to be curious about.
    pub curious: String,
    /// Heading of what the folder lists as reasons for more support.
    pub indicators: String,
    /// Below it: that nothing points at one.
    pub indicators_lead: String,
    /// What the folder lists, and a sentence to raise each with.
    pub indicator: Vec<Raise>,
    /// When it is hard, a section each: worried, feels nothing, has lost a baby, did not want this pregnancy.
    pub moment: Vec<Moment>,
    /// The sections after that. The one with the id `source` leads to the folder's own site.
    pub section: Vec<Section>,
    /// Heading: the sources.
    pub sources: String,
}

/// Twenty seconds: three lines, a question, a way to open the talk, the card.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BriefText {
    /// Heading.
    pub title: String,
    /// What it is, in three sentences.
    pub lines: Vec<String>,
    /// Label: the one question.
    pub ask_title: String,
    /// The question.
    pub ask: String,
    /// Label: the way to open the talk.
    pub open_title: String,
    /// What one may say.
    pub open: String,
    /// Button: print the card.
    pub print: String,
}

/// The link, the code and the message to give.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InviteText {
    /// Heading.
    pub title: String,
    /// That it works as it stands, and what to say with it.
    pub text: Vec<String>,
    /// Label: the link.
    pub link: String,
    /// The name of the code, for who does not see it.
    pub code: String,
    /// Where the code would be, for who has no JavaScript.
    pub code_missing: String,
    /// Label: the message.
    pub message_title: String,
    /// A short message for parents. `{link}` is filled in.
    pub message: String,
    /// Button: copy the link.
    pub copy_link: String,
    /// Button: copy the message.
    pub copy: String,
    /// Said when something was copied.
    pub copied: String,
    /// Said when that does not work here.
    pub copy_failed: String,
    /// Button: share the message.
    pub share: String,
    /// Said when the message cannot be shared.
    pub share_failed: String,
    /// What opens the form.
    pub form: String,
    /// That all may stay empty, and goes nowhere.
    pub form_lead: String,
    /// Label: the name of the practice.
    pub practice: String,
    /// Box: keep the name on this device.
    pub keep: String,
    /// Said when the name cannot be kept.
    pub keep_failed: String,
    /// Label: the day of the appointment.
    pub day: String,
    /// Label: the parent's language.
    pub language: String,
    /// Label: the country whose help comes first.
    pub country: String,
    /// Choice: none in particular.
    pub country_any: String,
    /// Label: the themes to put first.
    pub themes: String,
    /// Said when the name cannot stand in a link.
    pub note_practice: String,
    /// Said when it is too long for one.
    pub note_practice_long: String,
    /// Said when it holds a number or an address.
    pub note_address: String,
    /// Said when the day has passed.
    pub note_day: String,
    /// Said when there is no such day.
    pub note_no_day: String,
}

/// What hangs in the waiting room, or lies there as a card.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PosterText {
    /// Heading on the page.
    pub title: String,
    /// Below it: what it is for.
    pub lead: String,
    /// Label: the languages on it.
    pub languages: String,
    /// Button: print it on A4.
    pub print_a4: String,
    /// Button: print it on A6.
    pub print_a6: String,
    /// On the poster: the large sentence.
    pub headline: String,
    /// On the poster: what it is, in three sentences.
    pub lines: Vec<String>,
    /// On the poster, above the link: the camera, or typing.
    pub scan: String,
}

/// A theme in pregnancy.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// What it is then.
    pub text: String,
    /// One open question.
    pub ask: String,
}

/// A reason for more support, and how to raise it without judging.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raise {
    /// The reason, in plain words.
    pub what: String,
    /// What one may say.
    pub say: String,
}

/// A moment that is hard.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// Heading: when it is.
    pub title: String,
    /// What helps then.
    pub text: String,
    /// What one may say.
    pub say: String,
}
