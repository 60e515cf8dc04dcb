//! The invitation that a caregiver's link contains.

use super::App;
use crate::browser::storage::WebStorage;
use crate::browser::{history, page};
use crate::content::Catalog;
use crate::reflection::{Invitation, Journal, Lookup};

impl App {
    /// Returns the stored invitation, without the parts that this version of the content does not know.
    pub fn invitation(self) -> Invitation {
        self.with(|journal| stored_invitation(self.catalog, &journal.state().invitation))
    }

    /// Removes the invitation. The order of the questions stays until the page is opened again.
    pub fn dismiss(self) {
        self.edit_state(&mut |state| state.invitation.clear());
        history::replace(history::counter().unwrap_or(0), ".");
        page::set_country("");
        self.notify();
    }
}

/// Reads an invitation. Every country is accepted, because only the help page knows which countries have help lines.
fn stored_invitation(catalog: &Catalog, fragment: &str) -> Invitation {
    let known = |name: Lookup<'_>| match name {
        Lookup::Theme(id) => catalog.questionnaire.theme(id).is_some(),
        Lookup::Country(_) => true,
    };
    Invitation::read(fragment, &known).0
}

/// Stores the invitation in the URL, if it differs from the stored one. Returns the invitation that applies.
pub(super) fn arrive(catalog: &Catalog, journal: &mut Journal<WebStorage>) -> Invitation {
    let before = stored_invitation(catalog, &journal.state().invitation);
    let has_started = journal.state().pace.is_some();
    let Some(arrived) = stored_invitation(catalog, &page::hash()).arriving(&before, has_started) else { return before };
    journal.edit_state(&mut |state| state.invitation = arrived.fragment());
    arrived
}
