//! Reads invitations for the opening, and creates them for the caregivers' page. `public/invite.js` calls these
//! functions.
//!
//! The functions decide what to show, and the script fills it in. They use neither Leptos nor a view and have a bundle
//! of their own, so that the opening stays light. It loads the bundle only if there is an invitation.

use crate::reflection::{Invitation, Lookup, QrCode, Warning};

/// Reads an invitation from a URL fragment. Returns the practice, the day, the country, the themes separated by spaces,
/// and then the names of all sentences to show (`data-says`).
///
/// `today` is `YYYY-MM-DD`. The returned day has the same format, and is empty if it is before `today`. `themes` and
/// `countries` are the known ids, separated by spaces.
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

/// Creates an invitation from the fields of a caregiver's form. Returns the fragment of its link with the `#`, the name
/// of the practice as the link contains it, and then the names of all notes to show (`data-note`). The fragment of an
/// empty invitation is an empty string.
///
/// `first` contains the themes to ask first, separated by commas. `today`, `themes` and `countries` are those of
/// [`arrival`].
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

/// Returns the QR code of a link: the `viewBox` and the path data of an SVG. The list is empty if the link is too long
/// for a QR code.
pub fn code(link: &str) -> Vec<String> {
    QrCode::of(link).map_or_else(Vec::new, |code| vec![code.view_box(), code.path])
}

fn knows(name: Lookup<'_>, themes: &str, countries: &str) -> bool {
    match name {
        Lookup::Theme(id) => themes.split(' ').any(|known| known == id),
        Lookup::Country(code) => countries.split(' ').any(|known| known == code),
    }
}
