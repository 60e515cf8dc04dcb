//! The overview of the themes, in a picture and in words. What was opened shows; what it says does not.

use crate::content::{Message, WEEK};
use crate::pages::app::App;
use crate::pages::components::blocks::{
    Node, attr, button, choice_label, container, element, list, screen, screen_header, text, text_element,
};
use crate::pages::components::{NEXT, bar, links, marks, motif, next, open_themes};
use crate::reflection::{Question, Step, Theme};

/// The overview of the themes.
pub fn themes(app: App) -> Node {
    let labels = &app.catalog.app.themes;
    let themes = &app.flow().questionnaire.themes;
    let open = open_themes(app);
    let mut picture = labels.picture.clone();
    if !open.is_empty() {
        let titles: Vec<_> = open.iter().map(|id| app.catalog.theme(id).title.as_str()).collect();
        picture = [&picture, " ", &labels.opened, ": ", &titles.join(NEXT)].concat();
    }
    let entries = themes.iter().map(|theme| entry(app, theme, open.contains(&theme.id.as_str()))).collect();
    let parts = vec![
        screen_header(&labels.title, Some(&labels.lead), vec![motif::plant(&open, Some(picture))]),
        list("step-body rows", entries),
        bar(app, vec![next(app, &app.catalog.app.common.to_answers)]),
        links(app),
    ];
    screen(&Step::Themes.id(), parts)
}

/// One theme: it opens to its questions and small ideas.
fn entry(app: App, theme: &'static Theme, open: bool) -> Node {
    let all = &app.catalog.app;
    let labels = app.catalog.theme(&theme.id);
    let state = if open { &all.themes.opened } else { &all.themes.closed };
    let row = vec![motif::mark(&theme.id, open, "mark large"), choice_label(&labels.title, Some(state))];
    let questions = theme.questions.iter().map(|question| question_link(app, theme, question)).collect();
    let ideas = vec![text_element("h2", "", &all.themes.ideas), ideas(app, theme)];
    let details = vec![
        container("summary", "row", row),
        text_element("p", "hint", app.resolve(&labels.warm)),
        list("rows", questions),
        container("section", "ideas", ideas),
    ];
    element("li", vec![attr("data-theme", &theme.id)], vec![container("details", "", details)])
}

/// The small ideas of a theme, in the order that the week gives them.
pub(super) fn ideas(app: App, theme: &'static Theme) -> Node {
    let labels = app.catalog.theme(&theme.id);
    let week = app.week();
    let ideas =
        theme.ideas_in(week).into_iter().map(|id| text_element("li", "", idea(app, week, &labels.idea[id]))).collect();
    container("ul", "", ideas)
}

/// An idea as this parent reads it. While no week is known it is worded with more care.
fn idea(app: App, week: Option<u32>, idea: &'static Message) -> &'static str {
    app.with(|journal| {
        let mut forms = journal.profile().variants();
        forms.extend(week.map(|_| WEEK));
        idea.resolve(&forms)
    })
}

/// The way to a question. To the first one it leads through the theme's door, if there is one.
fn question_link(app: App, theme: &'static Theme, question: &'static Question) -> Node {
    let asked = vec![text(app.resolve(&app.catalog.question(&question.id).ask))];
    let go = move || {
        let way = app.flow();
        let first = theme.first().id == question.id;
        app.go(if first { way.into_theme(theme) } else { way.into_question(question) });
    };
    let mut parts = vec![button("link", "", asked, go)];
    if app.is_answered(&question.id) {
        parts.push(text_element("p", "state", &app.catalog.app.themes.answered));
    }
    parts.extend(marks(app, &app.answer(&question.id)));
    container("li", "", parts)
}
