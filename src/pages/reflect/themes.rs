//! The overview of the themes, in a picture and in words. What was opened shows; what it says does not.

use crate::content::{Message, WEEK};
use crate::pages::app::App;
use crate::pages::components::blocks::{Node, attr, button, element, head, holder, list, path, plain, screen, text};
use crate::pages::components::{NEXT, bar, marks, motif, next, open_themes, ways};
use crate::reflection::{Question, Step, Theme};

/// The overview of the themes.
pub fn themes(app: App) -> Node {
    let words = &app.words.app.themes;
    let themes = &app.way().questionnaire.themes;
    let open = open_themes(app);
    let mut picture = words.picture.clone();
    if !open.is_empty() {
        let titles: Vec<_> = open.iter().map(|id| app.words.theme(id).title.as_str()).collect();
        picture = [&picture, " ", &words.opened, ": ", &titles.join(NEXT)].concat();
    }
    let entries = themes.iter().map(|theme| entry(app, theme, open.contains(&theme.id.as_str()))).collect();
    let parts = vec![
        head(None, &words.title, Some(&words.lead), Some(motif::plant(&open, Some(picture)))),
        list("ul", "step-body rows", entries),
        bar(app, vec![next(app, plain(&app.words.app.common.to_answers))]),
        ways(app),
    ];
    screen(&Step::Themes.id(), parts)
}

/// One theme: it opens to its questions and small ideas.
fn entry(app: App, theme: &'static Theme, open: bool) -> Node {
    let all = &app.words.app;
    let words = app.words.theme(&theme.id);
    let state = if open { &all.themes.opened } else { &all.themes.closed };
    let mut row = vec![motif::mark(&theme.id, open, "mark large")];
    row.extend(path(&words.title, Some(state)));
    let questions = theme.questions.iter().map(|question| question_link(app, theme, question)).collect();
    let ideas = vec![text("h2", "", &all.themes.ideas), ideas(app, theme)];
    let details = vec![
        holder("summary", "row", row),
        text("p", "hint", app.say(&words.warm)),
        list("ul", "rows", questions),
        holder("section", "ideas", ideas),
    ];
    element("li", vec![attr("data-theme", &theme.id)], vec![holder("details", "", details)])
}

/// The small ideas of a theme, in the order that the week gives them.
pub(super) fn ideas(app: App, theme: &'static Theme) -> Node {
    let words = app.words.theme(&theme.id);
    let week = app.week();
    let ideas = theme.ideas_in(week).into_iter().map(|id| text("li", "", idea(app, week, &words.idea[id]))).collect();
    holder("ul", "", ideas)
}

/// An idea as this parent reads it. While no week is known it is worded with more care.
fn idea(app: App, week: Option<u32>, idea: &'static Message) -> &'static str {
    app.with(|journal| {
        let mut forms = journal.profile().forms();
        forms.extend(week.map(|_| WEEK));
        idea.said(&forms)
    })
}

/// The way to a question. To the first one it leads through the theme's door, if there is one.
fn question_link(app: App, theme: &'static Theme, question: &'static Question) -> Node {
    let asked = vec![plain(app.say(&app.words.question(&question.id).ask))];
    let go = move || {
        let way = app.way();
        let first = theme.first().id == question.id;
        app.go(if first { way.into_theme(theme) } else { way.into_question(question) });
    };
    let mut parts = vec![button("link", "", asked, go)];
    if app.is_answered(&question.id) {
        parts.push(text("p", "state", &app.words.app.themes.answered));
    }
    parts.extend(marks(app, &app.answer(&question.id)));
    holder("li", "", parts)
}
