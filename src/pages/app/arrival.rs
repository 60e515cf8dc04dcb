//! What a caregiver's link brings.

use super::App;
use crate::browser::storage::WebStorage;
use crate::browser::{history, page};
use crate::content::Catalog;
use crate::reflection::{Invitation, Journal, Lookup};

impl App {
    /// What the caregiver's link said, as far as it is still of use.
    pub fn invitation(self) -> Invitation {
        self.with(|journal| stored_invitation(self.catalog, &journal.state().invitation))
    }

    /// Takes the invitation away. The order of the questions stays as it is until the page is opened again.
    pub fn dismiss(self) {
        self.edit_state(&mut |record| record.invitation.clear());
        history::replace(history::counter().unwrap_or(0), ".");
        page::set_country("");
        self.notify();
    }
}

/// What an invitation says. Which countries there is help for, the help page alone knows.
fn stored_invitation(catalog: &Catalog, fragment: &str) -> Invitation {
    let known = |name: Lookup<'_>| match name {
        Lookup::Theme(id) => catalog.questionnaire.theme(id).is_some(),
        Lookup::Country(_) => true,
    };
    Invitation::read(fragment, &known).0
}

/// Takes over the invitation in the address, if it brings something new, and gives back the one that holds.
pub(super) fn arrive(catalog: &Catalog, journal: &mut Journal<WebStorage>) -> Invitation {
    let before = stored_invitation(catalog, &journal.state().invitation);
    let is_on_way = journal.state().pace.is_some();
    let Some(arrived) = stored_invitation(catalog, &page::hash()).arriving(&before, is_on_way) else { return before };
    journal.edit_state(&mut |record| record.invitation = arrived.fragment());
    arrived
}
