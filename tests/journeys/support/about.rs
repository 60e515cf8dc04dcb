//! Actions on the profile screen ("about me").

use super::Visit;

impl Visit<'_> {
    /// Opens the profile screen from the current screen.
    #[track_caller]
    pub fn menu(&self) {
        self.is_leaving();
        self.click("[data-app] .ways [data-action=menu]");
        self.at("about-me");
        self.has_arrived();
    }

    /// Toggles a wish.
    #[track_caller]
    pub fn wish(&self, wish: &str) {
        self.click(&format!("[data-app] label:has(input[name='about.wish'][value='{wish}'])"));
    }

    /// Chooses the parent's role.
    #[track_caller]
    pub fn role(&self, role: &str) {
        self.click(&format!("[data-app] label:has(input[name='about.role'][value='{role}'])"));
    }

    /// Types into one of the profile fields: `nickname`, `weeks`, `number`.
    #[track_caller]
    pub fn tell(&self, field: &str, text: &str) {
        self.type_into(&format!("[name='about.{field}']"), text);
    }

    /// Continues until this screen shows.
    #[track_caller]
    pub fn on_to(&self, wanted: &str) {
        for _ in 0..40 {
            if self.step() == wanted {
                return;
            }
            self.next();
        }
        panic!("the flow does not lead to {wanted}");
    }
}
