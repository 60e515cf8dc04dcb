//! The overview of the themes, as a picture and as a list. It shows which themes have an answer, and no answer.

use crate::content::{Message, WEEK};
use crate::pages::app::App;
use crate::pages::components::blocks::Node;
use crate::pages::components::{NEXT, links, marks, motif, next, open_themes, view};
use crate::reflection::{Question, Step, Theme};

/// Returns the overview.
pub fn themes(app: App) -> Node {
    let labels = &app.catalog.app.themes;
    let themes = &app.flow().questionnaire.themes;
    let open = open_themes(app);
    let mut picture = labels.picture.clone();
    if !open.is_empty() {
        let titles: Vec<_> = open.iter().map(|id| app.catalog.theme(id).title.as_str()).collect();
        picture = [&picture, " ", &labels.opened, ": ", &titles.join(NEXT)].concat();
    }
    let entries: Vec<_> = themes.iter().map(|theme| entry(app, theme, open.contains(&theme.id.as_str()))).collect();
    view! {
        <Screen id={&Step::Themes.id()}>
            <ScreenHeader heading={&labels.title} hint={Some(&labels.lead)}>
                {motif::plant(&open, Some(picture))}
            </ScreenHeader>
            <List class="step-body rows">{entries}</List>
            <Bar app>{next(app, &app.catalog.app.common.to_answers)}</Bar>
            {links(app)}
        </Screen>
    }
}

/// Returns one theme. It unfolds to its questions and small ideas.
fn entry(app: App, theme: &'static Theme, open: bool) -> Node {
    let all = &app.catalog.app;
    let labels = app.catalog.theme(&theme.id);
    let state = if open { &all.themes.opened } else { &all.themes.closed };
    let questions: Vec<_> = theme.questions.iter().map(|question| question_link(app, theme, question)).collect();
    view! {
        <li data-theme={&theme.id}>
            <details>
                <summary class="row">
                    {motif::mark(&theme.id, open, "mark large")}
                    <ChoiceLabel name={&labels.title} note={Some(state)}/>
                </summary>
                <p class="hint">{app.resolve(&labels.warm)}</p>
                <List class="rows">{questions}</List>
                <section class="ideas">
                    <h2>{&all.themes.ideas}</h2>
                    {ideas(app, theme)}
                </section>
            </details>
        </li>
    }
}

/// Returns the small ideas of a theme, in the order for the week of pregnancy.
pub(super) fn ideas(app: App, theme: &'static Theme) -> Node {
    let labels = app.catalog.theme(&theme.id);
    let week = app.week();
    let idea = |id: &String| view! { <li>{idea(app, week, &labels.idea[id])}</li> };
    let ideas: Vec<_> = theme.ideas_in(week).into_iter().map(idea).collect();
    view! { <ul>{ideas}</ul> }
}

/// Resolves an idea to the variant for this parent. It is worded more carefully while the week is unknown.
fn idea(app: App, week: Option<u32>, idea: &'static Message) -> &'static str {
    app.with(|journal| {
        let mut variants = journal.profile().variants();
        variants.extend(week.map(|_| WEEK));
        idea.resolve(&variants)
    })
}

/// Returns the entry of a question. The first question of a theme opens by way of the theme's door, if it has one.
fn question_link(app: App, theme: &'static Theme, question: &'static Question) -> Node {
    let open = move || {
        let flow = app.flow();
        let is_first = theme.first().id == question.id;
        app.go(if is_first { flow.into_theme(theme) } else { flow.into_question(question) });
    };
    view! {
        <li>
            <Button class="link" press=open>{app.resolve(&app.catalog.question(&question.id).ask)}</Button>
            {app.is_answered(&question.id).then(|| view! { <p class="state">{&app.catalog.app.themes.answered}</p> })}
            {marks(app, &app.answer(&question.id))}
        </li>
    }
}
