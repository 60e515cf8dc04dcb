//! The texts of the prerendered pages and of the page layout.

use serde::{Deserialize, Serialize};

use super::flat::texts;
use super::{CaregiversText, Country, Locale, Named, SafetyPart};
use crate::reflection::dial;

/// The texts of the prerendered pages.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageText {
    /// The layout of every page.
    pub frame: FrameText,
    /// The opening page.
    pub opening: OpeningText,
    /// The parts of a live page that are displayed before the app has loaded, or without it.
    pub live: LiveText,
    /// All questions on paper.
    pub questions: PaperText,
    /// The page for when something has changed.
    pub changed: ChangedText,
    /// Help lines by country.
    pub help: HelpText,
    /// The caregivers' page.
    pub caregivers: CaregiversText,
    /// The privacy page: what is stored, and where.
    pub privacy: Prose,
    /// The about page: purpose and sources.
    pub about: Prose,
}

/// The texts of the layout of every page.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameText {
    /// Link: skip to the content, for keyboard users.
    pub skip: String,
    /// Button: leave this page at once.
    pub exit: String,
    /// Message after each press of Shift. `{n}` is the number of presses still needed.
    pub exit_count: String,
    /// Message while leaving.
    pub exit_leaving: String,
    /// Link to an empty page, if the exit page does not load.
    pub exit_blank: String,
    /// The only button on the blank page that Back returns to after an exit.
    pub exit_continue: String,
    /// Link: help.
    pub help: String,
    /// Accessible name of the language links.
    pub languages: String,
    /// Accessible name of the links in the footer.
    pub foot: String,
    /// Link: the opening page.
    pub to_opening: String,
    /// Link: all questions on paper.
    pub to_questions: String,
    /// Link: the caregivers' page.
    pub to_caregivers: String,
    /// Link: the privacy page.
    pub to_privacy: String,
    /// Link: the about page.
    pub to_about: String,
    /// Link: something has changed.
    pub to_changed: String,
    /// Small print while `reviewed_by` is empty.
    pub unreviewed: String,
    /// Heading of the error message: what happened, and that stored answers are still there.
    pub broken_title: String,
    /// Advice after an error.
    pub broken_text: String,
    /// Button: reload the page.
    pub broken_reload: String,
    /// Button: save everything to a file.
    pub save: String,
    /// Button: erase everything on this device.
    pub erase: String,
    /// Confirmation question before erasing.
    pub erase_ask: String,
    /// Button: yes, erase.
    pub erase_yes: String,
    /// Button: no, keep.
    pub erase_no: String,
    /// Message after erasing: what was erased, and what erasing cannot do.
    pub erased: String,
    /// Message if nothing is stored that could be saved or erased.
    pub nothing_kept: String,
    /// Message if the browser creates no file.
    pub no_file: String,
    /// Message if printing or saving has no effect, as in in-app browsers.
    pub own_browser: String,
    /// Button: close the message.
    pub close: String,
    /// Message if not everything could be erased: what else to do.
    pub not_erased: String,
    /// Message if an action failed.
    pub failed: String,
    /// Message if the page in a layer over this one did not load.
    pub layer_failed: String,
    /// Button: load it again.
    pub layer_again: String,
    /// Confirmation question before leaving a page with unsaved answers.
    pub leave_ask: String,
    /// Explanation of what would be lost. The buttons to save it follow.
    pub leave_text: String,
    /// Button: leave without saving.
    pub leave_without: String,
    /// Button: stay.
    pub leave_stay: String,
    /// Message if saving failed.
    pub leave_failed: String,
    /// Button: share the address of the site, for the phone of the other parent.
    pub pass_on: String,
    /// Message with the address: it contains no personal data.
    pub pass_on_note: String,
    /// Message: the address was copied.
    pub pass_on_copied: String,
    /// Message between two screens: a newer version of the site is ready.
    pub update_ready: String,
    /// Button: use it now.
    pub update_now: String,
    /// Message of the page for error 404.
    pub missing: String,
    /// Message if a page is not cached on the device and there is no network.
    pub offline: String,
}

/// The texts of the opening page.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpeningText {
    /// The first sentence, which is the heading.
    pub title: String,
    /// Explanation of what the site is not, and where the answers stay.
    pub lead: String,
    /// Button: begin.
    pub begin: String,
    /// Button, if something is stored: continue.
    pub resume: String,
    /// Note beside that button.
    pub kept: String,
    /// Explanation of Exit, in one line.
    pub exit: String,
    /// Note: Exit does not erase stored answers.
    pub exit_kept: String,
    /// The description for link previews. It says nothing about the parent.
    pub description: String,
    /// The invitation, displayed above the start button.
    pub invitation: InvitationText,
}

/// The texts around an invitation. Anybody can write an invitation link, so its contents are displayed as a quotation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvitationText {
    /// Lead: the link says.
    pub says: String,
    /// The appointment. `{day}` is filled in.
    pub day: String,
    /// Replaces the appointment if the day has passed.
    pub past: String,
    /// Lead of the themes that come first.
    pub first: String,
    /// Lead of the country whose help lines come first.
    pub country: String,
    /// Note: nobody is notified that the link was opened.
    pub note: String,
    /// Warning: a part of the link was left out.
    pub left_out: String,
    /// Warning: the name was left out, because it contains a telephone number or a web address.
    pub address: String,
    /// Warning: the link was made by a newer version of the site.
    pub newer: String,
    /// Button: remove the invitation.
    pub dismiss: String,
    /// Link on a page in another language: read this in my language.
    pub here: String,
}

/// The texts of a live page before the app has loaded, or without it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LiveText {
    /// Heading of the resume screen for returning visitors.
    pub resume: String,
    /// Shown while the app is loading.
    pub loading: String,
    /// Heading if the app cannot run in this browser.
    pub unable_title: String,
    /// The reason, and a reference to the questions on paper.
    pub unable_text: String,
    /// Note beside the button that saves to a file: a stored value cannot be read and is quarantined.
    pub aside: String,
}

/// The texts of the page with all questions on paper.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperText {
    /// Heading.
    pub title: String,
    /// Instructions.
    pub lead: String,
    /// Button: print.
    pub print: String,
    /// Note before the questions that have a door on screen: they can be skipped.
    pub door: String,
    /// Lead of the lines for free text.
    pub words: String,
}

/// A text page.
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

/// The texts of the page for when something has changed, such as a loss.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangedText {
    /// Heading.
    pub title: String,
    /// The first sentences.
    pub lead: String,
    /// For visitors who are worried: whom to call. Displayed while nothing is paused.
    pub worried: String,
    /// Pausing everything, and resuming.
    pub rest: RestText,
    /// The sections in order.
    pub section: Vec<Section>,
    /// Heading of the support after a loss, one line per country.
    pub loss: String,
}

/// The texts for pausing everything after a change, and for resuming.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestText {
    /// Heading.
    pub title: String,
    /// Explanation of pausing.
    pub text: Vec<String>,
    /// Button: pause.
    pub rest: String,
    /// Heading while paused.
    pub resting: String,
    /// Explanation of the paused state.
    pub resting_text: String,
    /// Button: resume.
    pub wake: String,
    /// Message if the browser could not store that it is paused.
    pub failed: String,
}

/// A section of a text page.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// An optional id, by which the page adds an element to the section, such as `erase`.
    #[serde(default)]
    pub id: Option<String>,
    /// Heading.
    pub title: String,
    /// The paragraphs.
    #[serde(default)]
    pub text: Vec<String>,
    /// The items of a list below them.
    #[serde(default)]
    pub list: Vec<String>,
}

/// The texts of the page with help lines by country.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpText {
    /// Heading.
    pub title: String,
    /// The first advice: call your own midwife or doctor.
    pub lead: String,
    /// The safety text, which is the same on all pages.
    pub safety: SafetyText,
    /// The name of each country, by its id.
    pub country: Named<String>,
    /// The purpose of a line, by the `purpose` in `help.toml`.
    pub purpose: Named<String>,
    /// The opening hours, by the `hours` in `help.toml`.
    pub hours: Named<String>,
    /// The cost of a call, by the `cost` in `help.toml`.
    pub cost: Named<String>,
    /// Label: chat.
    pub chat: String,
    /// Label: other languages. `{languages}` is filled in.
    pub languages: String,
    /// The source of a number and the day of the last check. `{source}` and `{date}` are filled in.
    pub checked: String,
    /// Replaces it if the last check was more than a year before the build. `{source}` and `{date}` are filled in.
    pub please_check: String,
    /// Replaces a number that nobody has checked. `{source}` is filled in.
    pub unchecked: String,
    /// Heading of the other countries.
    pub elsewhere: String,
}

texts! {
/// The safety text, which is the same on all pages. It has three parts, each with its own numbers.
pub struct SafetyText {
    /// Lead of the first part, for a parent who is not carrying the baby.
    pub carrier: String,
    /// Lead of the first part: when to call the practice at once, day or night.
    pub lead: String,
    /// The warning sign about the baby's movements. Left out after a change.
    pub movement: String,
    /// The other warning signs.
    pub when: Vec<String>,
    /// Advice to call for other signs too, and not to wait for the appointment.
    pub anyway: String,
    /// Advice not to count movements and not to rely on an app. Left out after a change.
    pub count: String,
    /// The second part: suicidal thoughts, or the urge to harm oneself or somebody else. The numbers follow.
    pub life: String,
    /// The third part: not being safe at home. The numbers follow.
    pub home: String,
    /// Lead of the emergency number.
    pub emergency: String,
    /// Lead of the advice line.
    pub advice: String,
    /// Note: calls remain in the call history of the telephone.
    pub log: String,
    /// Link: the help page.
    pub more: String,
}

/// The numbers of the safety text in one country.
pub struct SafetyNumbers {
    /// The emergency numbers.
    pub emergency: Vec<Number>,
    /// The lines for suicidal thoughts; may be empty.
    pub life: Vec<SafetyLine>,
    /// The advice lines for safety at home; may be empty.
    pub home: Vec<SafetyLine>,
}

/// A help line in the safety text.
pub struct SafetyLine {
    /// The name of the line.
    pub name: String,
    /// The numbers of the line.
    pub numbers: Vec<Number>,
}

/// A telephone number.
pub struct Number {
    /// The number as displayed.
    pub shown: String,
    /// The number as dialled, for a `tel:` link.
    pub dialled: String,
}

/// The safety text in the language of the country, displayed next to the one in the language of the page.
pub struct SafetyBeside {
    /// The value of the `lang` attribute.
    pub lang: String,
    /// The value of the `dir` attribute.
    pub dir: String,
    /// The text.
    pub text: SafetyText,
}
}

impl SafetyNumbers {
    /// Returns the numbers of a country. Help lines that nobody has checked are left out.
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
    /// Returns the safety text of a locale, given with its id.
    pub fn new((id, locale): (&str, &Locale)) -> Self {
        let text = locale.page.help.safety.clone();
        Self { lang: id.to_owned(), dir: locale.dir.as_str().to_owned(), text }
    }
}
