//! What `public/invite.js` asks: on the opening what a link says, on the caregivers' page the link that says it.
//!
//! It is a module of its own, without leptos and without a view, so that the opening stays light and loads it only where
//! there is an invitation. What is shown is decided here; the script only fills it in.

use crate::reflection::{Invitation, Lookup, QrCode, Warning};

/// What a link says on this day, `YYYY-MM-DD`: the practice, the day, the country and the themes, parted by blanks, and
/// after them the names of all sentences that are to be shown.
///
/// `themes` and `countries` are the ids that are known, parted by blanks.
pub fn arrival(fragment: &str, today: &str, themes: &str, countries: &str) -> Vec<String> {
    let (invitation, notes) = Invitation::read(fragment, &|name| knows(name, themes, countries));
    let (said, day) = (invitation.day(), invitation.day_from(today));
    let shown = [
        ("practice", !invitation.practice().is_empty()),
        ("day", !day.is_empty()),
        ("past", day != said),
        ("country", !invitation.country().is_empty()),
        ("first", !invitation.themes().is_empty()),
        ("address", notes.contains(&Warning::Address)),
        ("newer", notes.contains(&Warning::Newer)),
        ("left-out", notes.iter().any(|note| !matches!(note, Warning::Address | Warning::Newer))),
    ];
    let mut arrived = vec![
        invitation.practice().to_owned(),
        day.to_owned(),
        invitation.country().to_owned(),
        invitation.themes().join(" "),
    ];
    arrived.extend(shown.into_iter().filter(|(_, is_shown)| *is_shown).map(|(name, _)| name.to_owned()));
    arrived
}

/// Makes the end of a link of what a caregiver filled in: `#` and all behind it, or nothing. After it come the name of the
/// practice as the link says it, and the names of all notes.
pub fn invite(
    practice: &str,
    day: &str,
    country: &str,
    first: &str,
    today: &str,
    themes: &str,
    countries: &str,
) -> Vec<String> {
    let (invitation, notes) = Invitation::make(practice, day, country, first, &|name| knows(name, themes, countries));
    let fragment = invitation.fragment();
    let end = if fragment.is_empty() { fragment } else { ["#", &fragment].concat() };
    let mut made = vec![end, invitation.practice().to_owned()];
    let passed = invitation.day_from(today) != invitation.day();
    for (name, is_shown) in [
        ("practice", notes.contains(&Warning::Practice)),
        ("practice-long", notes.contains(&Warning::PracticeTooLong)),
        ("address", notes.contains(&Warning::Address)),
        ("day", passed),
        ("no-day", notes.contains(&Warning::Day)),
    ] {
        if is_shown {
            made.push(name.to_owned());
        }
    }
    made
}

/// The code of a link: the `viewBox` and the path of an SVG. Nothing if the link is too long for one.
pub fn code(link: &str) -> Vec<String> {
    QrCode::of(link).map_or_else(Vec::new, |code| vec![code.view_box(), code.path])
}

fn knows(name: Lookup<'_>, themes: &str, countries: &str) -> bool {
    match name {
        Lookup::Theme(id) => themes.split(' ').any(|known| known == id),
        Lookup::Country(code) => countries.split(' ').any(|known| known == code),
    }
}
