//! The screen that asks how much further to go.

use crate::pages::app::App;
use crate::pages::components::blocks::Node;
use crate::pages::components::{links, menu, motif, open_themes, view};
use crate::reflection::{Pace, Step};

/// Returns the screen: three minutes more, ten, or stop here.
pub fn pace(app: App) -> Node {
    let labels = &app.catalog.app.pace;
    let choice = |action, pace, label: &str, note: &str| {
        view! {
            <Button class="path" action={action} press=move || app.choose_pace(pace)>
                <ChoiceLabel name={label} note={Some(note)}/>
            </Button>
        }
    };
    view! {
        <Screen id={&Step::Pace.id()}>
            <ScreenHeader heading={&labels.title} hint={Some(&labels.lead)}>
                {motif::plant(&open_themes(app), None)}
            </ScreenHeader>
            <div class="step-body paths">
                {choice("continue", Pace::Short, &labels.short, &labels.short_note)}
                {choice("long", Pace::Long, &labels.long, &labels.long_note)}
                <SheetLink app class="path">
                    <ChoiceLabel name={&labels.stop} note={Some(&labels.stop_note)}/>
                </SheetLink>
            </div>
            <p class="note">{menu(app, &app.catalog.app.about.offer["gentler"])}</p>
            <Bar app/>
            {links(app)}
        </Screen>
    }
}
