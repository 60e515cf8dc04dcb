//! What a parent says about themselves.

use super::Visit;

impl Visit<'_> {
    /// Opens what the parent may say about themselves, from the screen that shows.
    #[track_caller]
    pub fn menu(&self) {
        self.is_leaving();
        self.click("[data-app] .ways [data-action=menu]");
        self.at("about-me");
        self.has_arrived();
    }

    /// Takes up a wish, or takes it back.
    #[track_caller]
    pub fn wish(&self, wish: &str) {
        self.click(&format!("[data-app] label:has(input[name='about.wish'][value='{wish}'])"));
    }

    /// Says who the parent is.
    #[track_caller]
    pub fn role(&self, role: &str) {
        self.click(&format!("[data-app] label:has(input[name='about.role'][value='{role}'])"));
    }

    /// Types into one of the fields: `nickname`, `weeks`, `number`.
    #[track_caller]
    pub fn tell(&self, field: &str, text: &str) {
        self.type_into(&format!("[name='about.{field}']"), text);
    }

    /// Goes on to this screen.
    #[track_caller]
    pub fn on_to(&self, wanted: &str) {
        for _ in 0..40 {
            if self.step() == wanted {
                return;
            }
            self.next();
        }
        panic!("the way does not lead to {wanted}");
    }
}
