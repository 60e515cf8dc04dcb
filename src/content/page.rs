//! The words of the pages that are text alone, and of what surrounds every page.

use serde::{Deserialize, Serialize};

use super::flat::texts;
use super::{CaregiversText, Country, Locale, Named, SafetyPart};
use crate::reflection::dial;

/// The words of the static pages.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageText {
    /// What surrounds every page.
    pub frame: FrameText,
    /// The opening.
    pub opening: OpeningText,
    /// The parts of a live page that stand there before, or without, the app.
    pub live: LiveText,
    /// All questions on paper.
    pub questions: PaperText,
    /// Something has changed.
    pub changed: ChangedText,
    /// Help by country.
    pub help: HelpText,
    /// For caregivers.
    pub caregivers: CaregiversText,
    /// What is kept and where.
    pub privacy: Prose,
    /// Purpose and sources.
    pub about: Prose,
}

/// What surrounds every page.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameText {
    /// Link: to the content, for keyboards.
    pub skip: String,
    /// Button: leave this page at once.
    pub exit: String,
    /// Message after each press of Shift. `{n}` presses are still needed.
    pub exit_count: String,
    /// Message while leaving.
    pub exit_leaving: String,
    /// Link, where the other page does not come: to an empty one.
    pub exit_blank: String,
    /// The one button on the blank page that Back finds after an exit.
    pub exit_continue: String,
    /// Link: help.
    pub help: String,
    /// The name, for screen readers, of the language links.
    pub languages: String,
    /// The name of the links at the foot.
    pub foot: String,
    /// Link: the opening.
    pub to_opening: String,
    /// Link: all questions on paper.
    pub to_questions: String,
    /// Link: for caregivers.
    pub to_caregivers: String,
    /// Link: what is kept.
    pub to_privacy: String,
    /// Link: about.
    pub to_about: String,
    /// Link: something has changed.
    pub to_changed: String,
    /// Shown small while `reviewed_by` is empty.
    pub unreviewed: String,
    /// Message when something broke: what happened, that what was kept is still there.
    pub broken_title: String,
    /// What can be done now.
    pub broken_text: String,
    /// Button: load the page again.
    pub broken_reload: String,
    /// Button: save what is kept to a file.
    pub save: String,
    /// Button: erase everything on this device.
    pub erase: String,
    /// The one question before erasing.
    pub erase_ask: String,
    /// Button: yes, erase.
    pub erase_yes: String,
    /// Button: no, keep.
    pub erase_no: String,
    /// Message after erasing: what it did and what it cannot do.
    pub erased: String,
    /// Message when there is nothing kept to save or erase.
    pub nothing_kept: String,
    /// Message when the browser makes no file.
    pub no_file: String,
    /// Message when nothing came of a print or a file, as in the browsers inside other apps.
    pub own_browser: String,
    /// Button: close that.
    pub close: String,
    /// Message where not everything could be erased: what else can be done.
    pub not_erased: String,
    /// Message when a button could not do its work.
    pub failed: String,
    /// Message where a page that lies over this one did not come.
    pub layer_failed: String,
    /// Button: ask for it once more.
    pub layer_again: String,
    /// The question before a page is left whose answers are in memory only.
    pub leave_ask: String,
    /// The sentence on what would be lost; the ways to keep it follow.
    pub leave_text: String,
    /// Button: leave, and keep nothing.
    pub leave_without: String,
    /// Button: stay.
    pub leave_stay: String,
    /// Message when it could not be kept.
    pub leave_failed: String,
    /// Button: hand the address of the site on, for the other parent's own phone.
    pub pass_on: String,
    /// Message with the address: nothing of one's own is in it.
    pub pass_on_note: String,
    /// Message once the address is copied.
    pub pass_on_copied: String,
    /// Message between two screens: a newer version of the site is ready.
    pub update_ready: String,
    /// Button: use it now.
    pub update_now: String,
    /// Message at an address where there is no page.
    pub missing: String,
    /// Message where a page is asked for that is not on the device, and the network is gone.
    pub offline: String,
}

/// The opening.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningText {
    /// The first sentence; the page's heading.
    pub title: String,
    /// What it is not, and where it stays.
    pub lead: String,
    /// Button: begin.
    pub begin: String,
    /// Button, when something is kept: go on.
    pub resume: String,
    /// Shown with it.
    pub kept: String,
    /// The exit, explained in one line.
    pub exit: String,
    /// That it does not erase what is kept.
    pub exit_kept: String,
    /// What the drawing shows, for link previews; never about the parent.
    pub description: String,
    /// What an invitation says, above the start.
    pub invitation: InvitationText,
}

/// What an invitation says, above the start. Anybody can write one, so it is shown as what the link says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvitationText {
    /// Label: the link says.
    pub says: String,
    /// The appointment. `{day}` is filled in.
    pub day: String,
    /// The same, when the day has passed.
    pub past: String,
    /// In front of the themes that come first.
    pub first: String,
    /// In front of the country whose help comes first.
    pub country: String,
    /// That nobody hears of it.
    pub note: String,
    /// Something in the link was left out.
    pub left_out: String,
    /// The name was left out: it holds a number or an address.
    pub address: String,
    /// The link comes from a newer version.
    pub newer: String,
    /// Button: take it away.
    pub dismiss: String,
    /// Link, on a page of another language: read this in my language.
    pub here: String,
}

/// What stands on a live page before, or without, the app.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LiveText {
    /// Heading of the quiet screen for who comes back.
    pub resume: String,
    /// Shown while the app is loading.
    pub loading: String,
    /// Heading, when the app cannot run here.
    pub unable_title: String,
    /// Why, kindly, and that the paper questions are there.
    pub unable_text: String,
    /// Beside the button that saves to a file: something that was kept cannot be read, and lies aside.
    pub aside: String,
}

/// All questions on paper.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperText {
    /// Heading.
    pub title: String,
    /// How to use it.
    pub lead: String,
    /// Button: print.
    pub print: String,
    /// Before what stands behind a door on the screen: it can be left out.
    pub door: String,
    /// In front of the lines for own words.
    pub words: String,
}

/// A page of text.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prose {
    /// Heading.
    pub title: String,
    /// The first sentences.
    pub lead: String,
    /// The sections in order.
    pub section: Vec<Section>,
}

/// Something has changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangedText {
    /// Heading.
    pub title: String,
    /// The first sentences.
    pub lead: String,
    /// For who comes here out of worry, while nothing rests: whom to call.
    pub worried: String,
    /// Letting it rest, and taking that back.
    pub rest: RestText,
    /// The sections in order.
    pub section: Vec<Section>,
    /// Heading of the support after a loss, a line a country.
    pub loss: String,
}

/// Letting everything rest after a change, and taking that back.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestText {
    /// Heading.
    pub title: String,
    /// What it does.
    pub text: Vec<String>,
    /// Button: let it rest.
    pub rest: String,
    /// Heading, once it rests.
    pub resting: String,
    /// What that means.
    pub resting_text: String,
    /// Button: as it was before.
    pub wake: String,
    /// Message where the browser could not keep that it rests.
    pub failed: String,
}

/// A section of a page of text.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// A name by which the page may put something beside it, such as `erase`; optional.
    #[serde(default)]
    pub id: Option<String>,
    /// Heading.
    pub title: String,
    /// Paragraphs.
    #[serde(default)]
    pub text: Vec<String>,
    /// A list below them.
    #[serde(default)]
    pub list: Vec<String>,
}

/// Help by country.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpText {
    /// Heading.
    pub title: String,
    /// First: your own midwife or doctor.
    pub lead: String,
    /// The safety text, the same words everywhere.
    pub safety: SafetyText,
    /// The name of each country, by its id.
    pub country: Named<String>,
    /// What a line is for, by the `purpose` in `help.toml`.
    pub purpose: Named<String>,
    /// When it answers, by the `hours` in `help.toml`.
    pub hours: Named<String>,
    /// What it costs, by the `cost` in `help.toml`.
    pub cost: Named<String>,
    /// Label: chat.
    pub chat: String,
    /// Label: other languages. `{languages}` is filled in.
    pub languages: String,
    /// Where it was found and when it was checked. `{source}` and `{date}` are filled in.
    pub checked: String,
    /// The same, where that is more than a year ago: please check.
    pub please_check: String,
    /// In its place while nobody has checked it, so that no number stands there. `{source}` is filled in.
    pub unchecked: String,
    /// Heading of the other countries.
    pub elsewhere: String,
}

texts! {
/// The safety text, the same words everywhere, in three parts that each have their own numbers.
pub struct SafetyText {
    /// In front of the first part, for a parent who does not carry the baby.
    pub carrier: String,
    /// The first part: call your practice now, day or night, when:
    pub lead: String,
    /// Its sign about movement, which is left out after a change.
    pub movement: String,
    /// Its other signs.
    pub when: Vec<String>,
    /// Not on this list? Call anyway; don't wait for the appointment.
    pub anyway: String,
    /// No number to count; no app to rely on. Left out after a change.
    pub count: String,
    /// The second part: not wanting to live any more, or hurting oneself or somebody. The numbers follow.
    pub life: String,
    /// The third part: not being safe. The numbers follow.
    pub home: String,
    /// In front of the emergency number.
    pub emergency: String,
    /// In front of the line for advice.
    pub advice: String,
    /// Calls stay in the telephone's list.
    pub log: String,
    /// Link: more help.
    pub more: String,
}

/// The numbers of the safety text in one country.
pub struct SafetyNumbers {
    /// The emergency numbers.
    pub emergency: Vec<Number>,
    /// The lines for who does not want to live any more; may be empty.
    pub life: Vec<SafetyLine>,
    /// The lines for advice on safety; may be empty.
    pub home: Vec<SafetyLine>,
}

/// A help line in the safety text.
pub struct SafetyLine {
    /// Its own name.
    pub name: String,
    /// Its numbers.
    pub numbers: Vec<Number>,
}

/// A number to call.
pub struct Number {
    /// As it is shown.
    pub shown: String,
    /// As a telephone dials it.
    pub dialled: String,
}

/// The safety text in the country's language, to stand beside that in the page's.
pub struct SafetyBeside {
    /// The language, for HTML's `lang`.
    pub lang: String,
    /// Its direction, for HTML's `dir`.
    pub dir: String,
    /// The text.
    pub text: SafetyText,
}
}

impl SafetyNumbers {
    /// The numbers of this country, as far as they were checked.
    pub fn of(country: &Country) -> Self {
        let number = |number: &String| dial(number).map(|(shown, dialled)| Number { shown, dialled });
        let numbers = |numbers: &[String]| numbers.iter().filter_map(number).collect();
        let lines = |part| {
            let lines = country.safety_lines(part);
            lines.map(|line| SafetyLine { name: line.name.clone(), numbers: numbers(line.dialable()) }).collect()
        };
        Self { emergency: numbers(&country.emergency), life: lines(SafetyPart::Life), home: lines(SafetyPart::Home) }
    }
}

impl SafetyBeside {
    /// The safety text of this locale, with its id.
    pub fn new((id, locale): (&str, &Locale)) -> Self {
        let text = locale.page.help.safety.clone();
        Self { lang: id.to_owned(), dir: locale.dir.as_str().to_owned(), text }
    }
}
