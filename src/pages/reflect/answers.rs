//! All answers on one page, each with a link that changes it and comes back here.

use leptos::prelude::*;

use crate::pages::app::App;
use crate::pages::components::blocks::{
    Node, attr, button, choice_label, container, dynamic, element, focus_next, list, notice, screen, screen_header,
    text, text_element,
};
use crate::pages::components::{answer_text, bar, links, marks, motif, open_themes, sheet_link};
use crate::reflection::{Answer, FREE_TEXT, Question, Step, Theme};

/// All answers.
pub fn answers(app: App) -> Node {
    let labels = &app.catalog.app.answers;
    let groups = move || {
        app.changes.track();
        if app.with(|journal| journal.has_answers()) {
            app.flow().questionnaire.themes.iter().map(|theme| group(app, theme)).collect()
        } else {
            let first = vec![text(&app.catalog.app.common.to_first)];
            vec![
                text_element("p", "note", &labels.none),
                button("button", "begin", first, move || app.go(app.flow().first())),
            ]
        }
    };
    let to_sheet = sheet_link(app, "button main", vec![text(&app.catalog.app.common.to_sheet)]);
    let others = vec![choice_label(&app.catalog.app.reflections.title, Some(&app.catalog.app.reflections.lead))];
    let to_others = button("path", "reflections", others, move || app.open_with_return(Step::Reflections));
    let parts = vec![
        screen_header(&labels.title, Some(&labels.lead), vec![motif::plant(&open_themes(app), None)]),
        container("div", "step-body", vec![dynamic(groups), to_others]),
        bar(app, vec![to_sheet]),
        links(app),
    ];
    screen(&Step::Answers.id(), parts)
}

/// The questions of one theme: the first one always, the deeper ones once they have an answer.
fn group(app: App, theme: &'static Theme) -> Node {
    let is_answered = |question: &Question| app.is_answered(&question.id);
    let mut entries = Vec::new();
    for (at, question) in theme.questions.iter().enumerate() {
        if at == 0 || is_answered(question) {
            entries.push(entry(app, question));
        }
    }
    let open = theme.questions.iter().any(is_answered);
    let heading = vec![motif::mark(&theme.id, open, "mark"), text(&app.catalog.theme(&theme.id).title)];
    container("section", "group", vec![container("h2", "", heading), list("rows", entries)])
}

fn entry(app: App, question: &'static Question) -> Node {
    let labels = &app.catalog.app.answers;
    let asked = app.resolve(&app.catalog.question(&question.id).ask);
    let answer = app.answer(&question.id);
    let mut parts = vec![text_element("p", "line-lead", asked)];
    let label = if answer.is_empty() {
        let state = if app.is_newer(&question.id) { &app.catalog.app.ask.newer } else { &labels.open };
        parts.push(text_element("p", "state", state));
        &labels.answer
    } else {
        let rest = answer.without_alone();
        parts.extend(answer_text(app, &question.id, &rest.chosen, &rest.free_text));
        parts.extend(alone(app, &question.id, &answer));
        &labels.change
    };
    parts.extend(marks(app, &answer));
    let label = vec![text(label), text_element("span", "visually-hidden", &[": ", asked].concat())];
    parts.push(button("link", "change", label, move || app.open_with_return(app.flow().into_question(question))));
    if !answer.is_empty() {
        parts.push(eraser(app, question, asked));
    }
    element("li", vec![attr("class", "answer"), attr("data-answer", &question.id)], parts)
}

/// The parts of an answer that are marked "only when nobody else is there", behind a word on where they show.
fn alone(app: App, question: &str, answer: &Answer) -> Vec<Node> {
    let marked: Vec<_> = answer.chosen.iter().filter(|option| answer.is_marked_alone(option)).cloned().collect();
    let own = if answer.is_marked_alone(FREE_TEXT) { answer.free_text.trim() } else { "" };
    if marked.is_empty() && own.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![text_element("p", "state", &app.catalog.app.answers.alone)];
    parts.extend(answer_text(app, question, &marked, own));
    parts
}

/// Erases one answer, after one question.
fn eraser(app: App, question: &'static Question, asked: &'static str) -> Node {
    let labels = &app.catalog.app.answers;
    let (asking, said) = (RwSignal::new(false), RwSignal::new(""));
    let ask = move |on, action: &str| {
        asking.set(on);
        focus_next(["[data-answer=", &question.id, "] [data-action=", action, "]"].concat());
    };
    let shown = move || {
        if asking.get() {
            let yes = move || {
                if app.erase_answer(&question.id) {
                    focus_next("h1".to_owned());
                } else {
                    said.set(&app.catalog.app.saved.not_erased);
                }
            };
            let no = move || ask(false, "erase-answer");
            vec![
                text_element("span", "state", &labels.erase_ask),
                text(" "),
                button("tool", "erase-answer-no", vec![text(&labels.erase_no)], no),
                text(" "),
                button("tool", "erase-answer-yes", vec![text(&labels.erase_yes)], yes),
            ]
        } else {
            let label = vec![text(&labels.erase), text_element("span", "visually-hidden", &[": ", asked].concat())];
            vec![button("link", "erase-answer", label, move || ask(true, "erase-answer-no"))]
        }
    };
    let asks = element("p", vec![attr("role", "status")], vec![dynamic(shown)]);
    container("div", "", vec![asks, notice(said)])
}
