//! All answers on one page, each with a button that changes it and returns here.

use leptos::prelude::*;

use crate::pages::app::App;
use crate::pages::components::blocks::{Node, focus_next, notice};
use crate::pages::components::{answer_text, links, marks, motif, open_themes, view};
use crate::reflection::{Answer, FREE_TEXT, Question, Step, Theme};

/// Returns the screen.
pub fn answers(app: App) -> Node {
    let all = &app.catalog.app;
    let labels = &all.answers;
    let groups = move || {
        app.changes.track();
        if app.with(|journal| journal.has_answers()) {
            app.flow().questionnaire.themes.iter().map(|theme| group(app, theme)).collect()
        } else {
            view! {
                <p class="note">{&labels.none}</p>
                <Button class="button" action="begin" press=move || app.go(app.flow().first())>
                    {&all.common.to_first}
                </Button>
            }
        }
    };
    view! {
        <Screen id={&Step::Answers.id()}>
            <ScreenHeader heading={&labels.title} hint={Some(&labels.lead)}>
                {motif::plant(&open_themes(app), None)}
            </ScreenHeader>
            <div class="step-body">
                {groups}
                <Button class="path" action="reflections" press=move || app.open_with_return(Step::Reflections)>
                    <ChoiceLabel name={&all.reflections.title} note={Some(&all.reflections.lead)}/>
                </Button>
            </div>
            <Bar app>
                <SheetLink app class="button main">{&all.common.to_sheet}</SheetLink>
            </Bar>
            {links(app)}
        </Screen>
    }
}

/// Returns the questions of one theme: the first one always, the deeper ones once they are answered.
fn group(app: App, theme: &'static Theme) -> Node {
    let is_answered = |question: &Question| app.is_answered(&question.id);
    let mut entries = Vec::new();
    for (at, question) in theme.questions.iter().enumerate() {
        if at == 0 || is_answered(question) {
            entries.push(entry(app, question));
        }
    }
    let is_open = theme.questions.iter().any(is_answered);
    view! {
        <section class="group">
            <h2>
                {motif::mark(&theme.id, is_open, "mark")}
                {&app.catalog.theme(&theme.id).title}
            </h2>
            <List class="rows">{entries}</List>
        </section>
    }
}

fn entry(app: App, question: &'static Question) -> Node {
    let labels = &app.catalog.app.answers;
    let asked = app.resolve(&app.catalog.question(&question.id).ask);
    let answer = app.answer(&question.id);
    let is_open = answer.is_empty();
    let content = if is_open {
        let state = if app.is_newer(&question.id) { &app.catalog.app.ask.newer } else { &labels.open };
        view! { <><p class="state">{state}</p></> }
    } else {
        let shared = answer.without_alone();
        let mut content = answer_text(app, &question.id, &shared.chosen, &shared.free_text);
        content.extend(alone(app, &question.id, &answer));
        content
    };
    let change = move || app.open_with_return(app.flow().into_question(question));
    view! {
        <li class="answer" data-answer={&question.id}>
            <p class="line-lead">{asked}</p>
            {content}
            {marks(app, &answer)}
            <Button class="link" action="change" press=change>
                {if is_open { &labels.answer } else { &labels.change }}
                <span class="visually-hidden">{[": ", asked].concat()}</span>
            </Button>
            {(!is_open).then(|| eraser(app, question, asked))}
        </li>
    }
}

/// Returns the parts of an answer that are marked "only when we are alone", after a note on where they show.
fn alone(app: App, question: &str, answer: &Answer) -> Vec<Node> {
    let marked: Vec<_> = answer.chosen.iter().filter(|option| answer.is_marked_alone(option)).cloned().collect();
    let own = if answer.is_marked_alone(FREE_TEXT) { answer.free_text.trim() } else { "" };
    if marked.is_empty() && own.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![view! { <p class="state">{&app.catalog.app.answers.alone}</p> }];
    parts.extend(answer_text(app, question, &marked, own));
    parts
}

/// Returns the button that erases one answer, after a confirmation.
fn eraser(app: App, question: &'static Question, asked: &'static str) -> Node {
    let labels = &app.catalog.app.answers;
    let (is_asking, failure) = (RwSignal::new(false), RwSignal::new(""));
    let ask = move |on, action: &str| {
        is_asking.set(on);
        focus_next(["[data-answer=", &question.id, "] [data-action=", action, "]"].concat());
    };
    let erase = move || {
        if app.erase_answer(&question.id) {
            focus_next("h1".to_owned());
        } else {
            failure.set(&app.catalog.app.saved.not_erased);
        }
    };
    let content = move || {
        if is_asking.get() {
            view! {
                <span class="state">{&labels.erase_ask}</span>
                " "
                <Button class="tool" action="erase-answer-no" press=move || ask(false, "erase-answer")>
                    {&labels.erase_no}
                </Button>
                " "
                <Button class="tool" action="erase-answer-yes" press=erase>{&labels.erase_yes}</Button>
            }
        } else {
            view! {
                <>
                    <Button class="link" action="erase-answer" press=move || ask(true, "erase-answer-no")>
                        {&labels.erase}
                        <span class="visually-hidden">{[": ", asked].concat()}</span>
                    </Button>
                </>
            }
        }
    };
    view! {
        <div>
            <p role="status">{content}</p>
            {notice(failure)}
        </div>
    }
}
