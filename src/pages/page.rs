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
}
