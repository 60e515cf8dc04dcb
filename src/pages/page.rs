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
        self.module().is_some()
    }

    /// The module that the page starts, if it carries the app.
    pub fn module(self) -> Option<Module> {
        match self {
            Self::Reflect => Some(Module::Reflect),
            Self::Sheet => Some(Module::Sheet),
            _ => None,
        }
    }
}

/// A part of the library that is compiled to a wasm module of its own, so that no page loads another one's screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Module {
    /// The questions, and the sheet in place.
    Reflect,
    /// The sheet's own page.
    Sheet,
}

impl Module {
    /// Every module.
    pub const ALL: [Self; 2] = [Self::Reflect, Self::Sheet];

    /// Its name: the feature of the package that holds its code, and the first part of the names of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reflect => "reflect",
            Self::Sheet => "sheet",
        }
    }

    /// The script in `public/` that starts it; the builder joins the generated bindings to it.
    pub fn script(self) -> &'static str {
        match self {
            Self::Reflect | Self::Sheet => "boot.js",
        }
    }
}
