//! Actions on the profile screen ("about me").

use super::Visit;

impl Visit<'_> {
    /// Opens the profile screen from the current screen.
    #[track_caller]
    pub fn open_profile(&self) {
        self.mark_navigation();
        self.click("[data-app] .ways [data-action=menu]");
        self.wait_for_step("about-me");
        self.wait_for_arrival();
    }

    /// Toggles a wish.
    #[track_caller]
    pub fn toggle_wish(&self, wish: &str) {
        self.click(&format!("[data-app] label:has(input[name='about.wish'][value='{wish}'])"));
    }

    /// Chooses the parent's role.
    #[track_caller]
    pub fn choose_role(&self, role: &str) {
        self.click(&format!("[data-app] label:has(input[name='about.role'][value='{role}'])"));
    }

    /// Types into one of the profile fields: `nickname`, `weeks`, `number`.
    #[track_caller]
    pub fn fill_profile(&self, field: &str, text: &str) {
        self.type_into(&format!("[name='about.{field}']"), text);
    }

    /// Continues until this screen shows.
    #[track_caller]
    pub fn continue_to(&self, wanted: &str) {
        for _ in 0..40 {
            if self.step() == wanted {
                return;
            }
            self.next();
        }
        panic!("the flow does not lead to {wanted}");
    }
}
