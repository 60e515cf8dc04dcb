//! The pages of the site, and the bundles that they load.

/// A page: a document of its own, prerendered for each locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The opening, where a parent begins or continues.
    Opening,
    /// The questions.
    Reflect,
    /// The sheet.
    Sheet,
    /// Information and invitations for caregivers.
    Caregivers,
    /// All questions, to print.
    Questions,
    /// The quiet page without questions, after "something has changed".
    Changed,
    /// Help lines by country.
    Help,
    /// Privacy: the stored data and where it is stored.
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

    /// Returns the folder of the page below `/{locale}/`, with a trailing slash; empty for the opening.
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

    /// Returns whether the page contains the app: the wasm module and its catalog.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Reflect | Self::Sheet)
    }

    /// Returns whether the page needs the extra style sheet, which contains the styles of the table and of invitations.
    pub fn needs_extra_css(self) -> bool {
        matches!(self, Self::Opening | Self::Sheet | Self::Caregivers)
    }

    /// Returns the bundle that the page starts, if any. The opening also starts one, but only for an invitation, and is
    /// not included.
    pub fn bundle(self) -> Option<Bundle> {
        match self {
            Self::Reflect => Some(Bundle::Reflect),
            Self::Sheet => Some(Bundle::Sheet),
            Self::Caregivers => Some(Bundle::Invite),
            _ => None,
        }
    }
}

/// A bundle: a wasm module of its own, so that no page loads the screens of another page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bundle {
    /// The questions, and the sheet while nothing is stored.
    Reflect,
    /// The sheet's own page.
    Sheet,
    /// Reading and creating invitations.
    Invite,
}

impl Bundle {
    /// Every bundle.
    pub const ALL: [Self; 3] = [Self::Reflect, Self::Sheet, Self::Invite];

    /// Returns the name of the bundle: that of its binary target (`src/bin/`), and the prefix of the names of its
    /// files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reflect => "reflect",
            Self::Sheet => "sheet",
            Self::Invite => "invite",
        }
    }

    /// Returns whether a release build splits the bundle: the screens that its page does not start with are a chunk
    /// (`pages::chunk`).
    pub fn has_chunk(self) -> bool {
        matches!(self, Self::Reflect | Self::Sheet)
    }

    /// Returns the name of the script in `public/` that starts the bundle. The builder joins it with the generated
    /// bindings.
    pub fn script(self) -> &'static str {
        match self {
            Self::Reflect | Self::Sheet => "boot.js",
            Self::Invite => "invite.js",
        }
    }
}
