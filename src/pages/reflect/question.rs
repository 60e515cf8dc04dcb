//! The screen of a question.

use leptos::prelude::*;

use super::themes::ideas;
use crate::browser::page;
use crate::content::{NAMED, QuestionText};
use crate::pages::app::App;
use crate::pages::components::blocks::{Choice, Node, attr, choice, dynamic, nothing, own_text, text};
use crate::pages::components::{links, listen, menu, motif, next, own_safety, view, writing};
use crate::reflection::{Answer, FREE_TEXT, Kind, Question, Step, Theme};

/// The id of the text field.
const FIELD: &str = "own-words";

/// An open question, with its current answer.
#[derive(Clone, Copy)]
struct QuestionView {
    app: App,
    question: &'static Question,
    labels: &'static QuestionText,
    answer: RwSignal<Answer>,
}

/// Returns the screen of the question with this id.
pub fn question(app: App, id: &str) -> Node {
    let catalog = app.catalog;
    let Some((theme, question)) = app.flow().questionnaire.find(id) else { return nothing() };
    let answer = RwSignal::new(app.answer(id));
    let asked = QuestionView { app, question, labels: catalog.question(id), answer };
    // Another tab may change this answer while it is open.
    app.on_external_change(move || {
        answer.set(app.answer(&question.id));
        page::set_unless_typing(FIELD, &app.answer(&question.id).free_text);
    });
    let is_last = theme.questions.last().is_some_and(|last| last.id == id);
    view! {
        <Screen id={&question.id}>
            <header class="step-head">
                <p class="place">
                    {motif::mark(&theme.id, false, "mark")}
                    <span>{&catalog.theme(&theme.id).title}</span>
                    <span class="count">{app.position(id).unwrap_or_default()}</span>
                    {listen(app)}
                </p>
                <h1 tabindex="-1">{asked.heading()}</h1>
                {asked.labels.hint.as_ref().map(|hint| view! { <p class="hint">{app.resolve(hint)}</p> })}
                {motif::mark(&theme.id, false, "mark ornament")}
            </header>
            <div class="step-body">
                {app.is_newer(id).then(|| view! { <p class="note" data-newer>{&catalog.app.ask.newer}</p> })}
                {(question.kind != Kind::FreeText).then(|| asked.options())}
                {question.agenda.then(|| asked.alone())}
                {asked.own_words()}
                {question.agenda.then(|| asked.own_words_alone())}
                {asked.talk()}
                {asked.offer()}
                {question.movement.then(|| own_safety(app, true))}
                {asked.deeper()}
                {is_last.then(|| end_of(app, theme))}
            </div>
            <Bar app>
                <Button class="button quiet" action="skip" press=move || app.next()>{&catalog.app.ask.skip}</Button>
                {next(app, if app.is_returning() { &catalog.app.ask.done } else { &catalog.app.common.next })}
            </Bar>
            {links(app)}
        </Screen>
    }
}

/// Returns the end of a theme: its leaf, which opens here too, and its small ideas, folded.
fn end_of(app: App, theme: &'static Theme) -> Node {
    view! {
        <details class="end-of-theme">
            <summary class="row">
                {motif::mark(&theme.id, false, "mark large")}
                <span class="name">{&app.catalog.app.themes.ideas}</span>
            </summary>
            {ideas(app, theme)}
        </details>
    }
}

impl QuestionView {
    /// Changes the answer, and with it the controls.
    fn edit(self, change: &mut dyn FnMut(&mut Answer)) {
        self.answer.set(self.app.edit(&self.question.id, change));
    }

    /// Returns the text of the question. A nickname in it has its own text direction.
    fn heading(self) -> Vec<Node> {
        self.app.with(|journal| {
            let profile = journal.profile();
            let (mut variants, name) = (profile.variants(), profile.name());
            if !name.is_empty() {
                variants.push(NAMED);
            }
            let ask = self.labels.ask.resolve(&variants);
            match ask.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1))) {
                Some((before, after)) => view! { {before}{own_text("bdi", "", &name)}{after} },
                None => vec![text(ask)],
            }
        })
    }

    /// Returns the options, as radio buttons or checkboxes.
    fn options(self) -> Node {
        let ask = &self.app.catalog.app.ask;
        let one = self.question.kind == Kind::One;
        let card = |option: &'static String| {
            choice(Choice {
                kind: if one { "radio" } else { "checkbox" },
                name: self.question.id.clone(),
                value: option.clone(),
                checked: Box::new(move || self.answer.with(|answer| answer.has(option))),
                change: Box::new(move |on| {
                    self.edit(&mut |answer| {
                        if one { answer.choose_only(option, &self.question.options) } else { answer.choose(option, on) }
                    });
                }),
                label: vec![view! { <span>{self.app.resolve(&self.labels.option[option])}</span> }],
            })
        };
        let class = if self.question.agenda { "choices chips" } else { "choices" };
        let legend = if one { &ask.choose_one } else { &ask.choose_many };
        let week = self.app.week();
        // An option that cannot apply yet is omitted, unless it is chosen: then it can be unchecked.
        let shows = |option: &&String| {
            self.question.can_be(option, week) || self.answer.with_untracked(|answer| answer.has(option))
        };
        let cards: Vec<_> = self.question.options.iter().filter(shows).map(card).collect();
        view! { <Choices class={class} legend={legend}>{cards}</Choices> }
    }

    /// Returns a checkbox "only when we are alone" for each chosen topic, and a note on what it does.
    fn alone(self) -> Node {
        let card = move |option: &'static String| {
            self.alone_card(option, self.app.option(self.app.catalog, &self.question.id, option).to_owned())
        };
        let group = move || {
            let chosen = self.answer.get();
            let listed = self.question.options.iter().filter(|option| chosen.has(option));
            let mut cards: Vec<_> = listed.map(card).collect();
            if cards.is_empty() {
                return cards;
            }
            let ask = &self.app.catalog.app.ask;
            cards.push(view! { <p class="note">{&ask.alone_note}</p> });
            vec![view! { <Choices class="choices alone" legend={&ask.alone}>{cards}</Choices> }]
        };
        dynamic(group)
    }

    /// Returns such a checkbox for an option or for the free text.
    fn alone_card(self, id: &'static str, label: String) -> Node {
        choice(Choice {
            kind: "checkbox",
            name: [&self.question.id, ".alone"].concat(),
            value: id.to_owned(),
            checked: Box::new(move || self.answer.with(|answer| answer.is_marked_alone(id))),
            change: Box::new(move |on| self.edit(&mut |answer| answer.mark_alone(id, on))),
            label: vec![view! { <span>{label}</span> }],
        })
    }

    /// Returns the text field.
    fn own_words(self) -> Node {
        let ask = &self.app.catalog.app.ask;
        let only = self.question.kind == Kind::FreeText;
        let usual = if only { &ask.words_only } else { &ask.words };
        let label = self.labels.words.as_ref().map_or(usual.as_str(), |label| self.app.resolve(label));
        // The field already shows the text, so nothing needs to be rendered.
        let typed = move |free_text: String| {
            self.app.edit(&self.question.id, &mut |answer| answer.free_text.clone_from(&free_text));
        };
        let attributes = vec![
            attr("id", FIELD),
            attr("name", &[&self.question.id, ".words"].concat()),
            attr("rows", if only { "5" } else { "2" }),
            // With a blank placeholder the styles can tell whether the field is empty.
            attr("placeholder", " "),
        ];
        let initial = self.answer.with_untracked(|answer| answer.free_text.clone());
        view! {
            <p class="field">
                <label for={FIELD}>{label}</label>
                {writing(self.app, attributes, initial, typed)}
            </p>
        }
    }

    /// Returns the checkbox "only when we are alone" for the free text. The styles show it once something is written.
    fn own_words_alone(self) -> Node {
        let ask = &self.app.catalog.app.ask;
        view! {
            <div class="own-alone">
                {self.alone_card(FREE_TEXT, [&ask.words_only, ": ", &ask.alone].concat())}
                <p class="note">{&ask.alone_note}</p>
            </div>
        }
    }

    /// Returns the checkbox that marks the answer to talk about.
    fn talk(self) -> Node {
        choice(Choice {
            kind: "checkbox",
            name: [&self.question.id, ".talk"].concat(),
            value: String::new(),
            checked: Box::new(move || self.answer.with(|answer| answer.talk)),
            change: Box::new(move |on| self.edit(&mut |answer| answer.talk = on)),
            label: view! {
                <span>{&self.app.catalog.app.common.talk}</span>
                {motif::mark("talk", false, "mark")}
            },
        })
    }

    /// Returns a button at the first question where a detail of the profile matters, while that detail is missing.
    fn offer(self) -> Option<Node> {
        let app = self.app;
        let labels = &app.catalog.app.about;
        let wish = "no-later";
        if self.question.speaks_of(wish) && !app.with(|journal| journal.profile().wishes(wish)) {
            let leave_out = move || {
                app.edit_profile(&mut |profile| profile.wish(wish, true));
                app.show_again();
            };
            return Some(view! {
                <Button class="link" action={wish} press=leave_out>{&labels.leave_out[wish]}</Button>
            });
        }
        let offer = self.question.offer.as_ref()?;
        let is_said = app.with(|journal| journal.profile().says(offer));
        (!is_said).then(|| menu(app, &labels.offer[offer]))
    }

    /// Returns the button to the next question of this theme, where the flow does not lead there by itself.
    fn deeper(self) -> Option<Node> {
        let app = self.app;
        let flow = app.flow();
        let deeper = flow.more(&self.question.id)?;
        let comes_anyway = flow.next(&Step::Question(self.question.id.clone())) == deeper;
        if comes_anyway || flow.pace.is_none() {
            return None;
        }
        Some(view! {
            <Button class="button" action="more" press=move || app.go(deeper.clone())>
                {&app.catalog.app.ask.more}
            </Button>
        })
    }
}
