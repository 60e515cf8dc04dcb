//! All answers on one page, each with a link that changes it and comes back here.

use leptos::prelude::*;

use crate::pages::app::App;
use crate::pages::components::blocks::{
    Node, attr, button, element, focus_next, head, holder, list, notice, path, plain, redrawn, screen, text,
};
use crate::pages::components::{answer_text, bar, marks, motif, open_themes, sheet_link, ways};
use crate::reflection::{Answer, OWN_WORDS, Question, Step, Theme};

/// All answers.
pub fn answers(app: App) -> Node {
    let words = &app.words.app.answers;
    let groups = move || {
        app.changes.track();
        if app.with(|journal| journal.has_answers()) {
            app.way().questionnaire.themes.iter().map(|theme| group(app, theme)).collect()
        } else {
            let first = vec![plain(&app.words.app.common.to_first)];
            vec![text("p", "note", &words.none), button("button", "begin", first, move || app.go(app.way().first()))]
        }
    };
    let to_sheet = sheet_link(app, "button main", vec![plain(&app.words.app.common.to_sheet)]);
    let others = path(&app.words.app.reflections.title, Some(&app.words.app.reflections.lead));
    let to_others = button("path", "reflections", others, move || app.go_and_return(Step::Reflections));
    let parts = vec![
        head(None, &words.title, Some(&words.lead), Some(motif::plant(&open_themes(app), None))),
        holder("div", "step-body", vec![redrawn(groups), to_others]),
        bar(app, vec![to_sheet]),
        ways(app),
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
    let heading = vec![motif::mark(&theme.id, open, "mark"), plain(&app.words.theme(&theme.id).title)];
    holder("section", "group", vec![holder("h2", "", heading), list("ul", "rows", entries)])
}

fn entry(app: App, question: &'static Question) -> Node {
    let words = &app.words.app.answers;
    let asked = app.say(&app.words.question(&question.id).ask);
    let answer = app.answer(&question.id);
    let mut parts = vec![text("p", "line-lead", asked)];
    let label = if answer.is_empty() {
        let state = if app.is_newer(&question.id) { &app.words.app.ask.newer } else { &words.open };
        parts.push(text("p", "state", state));
        &words.answer
    } else {
        let rest = answer.without_alone();
        parts.extend(answer_text(app, &question.id, &rest.chosen, &rest.words));
        parts.extend(alone(app, &question.id, &answer));
        &words.change
    };
    parts.extend(marks(app, &answer));
    let label = vec![plain(label), text("span", "visually-hidden", &[": ", asked].concat())];
    parts.push(button("link", "change", label, move || app.go_and_return(app.way().into_question(question))));
    if !answer.is_empty() {
        parts.push(eraser(app, question, asked));
    }
    element("li", vec![attr("class", "answer"), attr("data-answer", &question.id)], parts)
}

/// The parts of an answer that are marked "only when nobody else is there", behind a word on where they show.
fn alone(app: App, question: &str, answer: &Answer) -> Vec<Node> {
    let marked: Vec<_> = answer.chosen.iter().filter(|option| answer.is_marked_alone(option)).cloned().collect();
    let words = if answer.is_marked_alone(OWN_WORDS) { answer.words.trim() } else { "" };
    if marked.is_empty() && words.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![text("p", "state", &app.words.app.answers.alone)];
    parts.extend(answer_text(app, question, &marked, words));
    parts
}

/// Erases one answer, after one question.
fn eraser(app: App, question: &'static Question, asked: &'static str) -> Node {
    let words = &app.words.app.answers;
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
                    said.set(&app.words.app.saved.not_erased);
                }
            };
            let no = move || ask(false, "erase-answer");
            vec![
                text("span", "state", &words.erase_ask),
                plain(" "),
                button("tool", "erase-answer-no", vec![plain(&words.erase_no)], no),
                plain(" "),
                button("tool", "erase-answer-yes", vec![plain(&words.erase_yes)], yes),
            ]
        } else {
            let label = vec![plain(&words.erase), text("span", "visually-hidden", &[": ", asked].concat())];
            vec![button("link", "erase-answer", label, move || ask(true, "erase-answer-no"))]
        }
    };
    let asks = element("p", vec![attr("role", "status")], vec![redrawn(shown)]);
    holder("div", "", vec![asks, notice(said)])
}
