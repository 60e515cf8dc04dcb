//! Which pages there are.

/// A page: a document of its own, drawn for each locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The first sentence; begin or go on.
    Opening,
    /// The questions.
    Reflect,
    /// The sheet.
    Sheet,
    /// For caregivers.
    Caregivers,
    /// All questions on paper.
    Questions,
    /// Something has changed.
    Changed,
    /// Help by country.
    Help,
    /// What is kept, and where.
    Privacy,
    /// Purpose and sources.
    About,
}

impl Page {
    /// Every page.
    pub const ALL: [Self; 9] = [
        Self::Opening,
        Self::Reflect,
        Self::Sheet,
        Self::Caregivers,
        Self::Questions,
        Self::Changed,
        Self::Help,
        Self::Privacy,
        Self::About,
    ];

    /// Its folder below `/{locale}/`, with a slash at the end; empty for the opening.
    pub fn path(self) -> &'static str {
        match self {
            Self::Opening => "",
            Self::Reflect => "reflect/",
            Self::Sheet => "sheet/",
            Self::Caregivers => "caregivers/",
            Self::Questions => "questions/",
            Self::Changed => "changed/",
            Self::Help => "help/",
            Self::Privacy => "privacy/",
            Self::About => "about/",
        }
    }

    /// Whether the page carries the app: the wasm and the words it needs.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Reflect | Self::Sheet)
    }

    /// Whether the page needs styles that no other page does: for the table, or for an invitation.
    pub fn needs_extra_css(self) -> bool {
        matches!(self, Self::Opening | Self::Sheet | Self::Caregivers)
    }

    /// The module that the page starts, if there is one. The opening starts one too, but only for an invitation.
    pub fn bundle(self) -> Option<Bundle> {
        match self {
            Self::Reflect => Some(Bundle::Reflect),
            Self::Sheet => Some(Bundle::Sheet),
            Self::Caregivers => Some(Bundle::Invite),
            _ => None,
        }
    }
}

/// A part of the library that is compiled to a wasm module of its own, so that no page loads another one's screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bundle {
    /// The questions, and the sheet in place.
    Reflect,
    /// The sheet's own page.
    Sheet,
    /// The invitation: what a link says, and the link that says it.
    Invite,
}

impl Bundle {
    /// Every module.
    pub const ALL: [Self; 3] = [Self::Reflect, Self::Sheet, Self::Invite];

    /// Its name: the feature of the package that holds its code, and the first part of the names of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reflect => "reflect",
            Self::Sheet => "sheet",
            Self::Invite => "invite",
        }
    }

    /// Returns whether a release build splits it: the screens that its page does not begin with are a chunk (`pages::chunk`).
    pub fn has_chunk(self) -> bool {
        matches!(self, Self::Reflect | Self::Sheet)
    }

    /// The script in `public/` that starts it; the builder joins the generated bindings to it.
    pub fn script(self) -> &'static str {
        match self {
            Self::Reflect | Self::Sheet => "boot.js",
            Self::Invite => "invite.js",
        }
    }
}
