//! The screen of a question.

use leptos::prelude::*;

use super::themes::ideas;
use crate::browser::page;
use crate::content::{NAMED, QuestionText};
use crate::pages::app::App;
use crate::pages::components::blocks::{
    Choice, Node, attr, button, choice, choices, container, dynamic, element, nothing, own_text, screen, text,
    text_element,
};
use crate::pages::components::{bar, links, listen, menu, motif, next, own_safety, writing};
use crate::reflection::{Answer, FREE_TEXT, Kind, Question, Step, Theme};

/// The id of the field for own words.
const FIELD: &str = "own-words";

/// A question on the screen, with its answer as it stands.
#[derive(Clone, Copy)]
struct QuestionView {
    app: App,
    question: &'static Question,
    labels: &'static QuestionText,
    answer: RwSignal<Answer>,
}

/// The screen of the question with this id.
pub fn question(app: App, id: &str) -> Node {
    let catalog = app.catalog;
    let Some((theme, question)) = app.flow().questionnaire.find(id) else { return nothing() };
    let answer = RwSignal::new(app.answer(id));
    let asked = QuestionView { app, question, labels: catalog.question(id), answer };
    // Another tab may change this answer while it shows.
    app.on_external_change(move || {
        answer.set(app.answer(&question.id));
        page::set_unless_typing(FIELD, &app.answer(&question.id).free_text);
    });

    let place = vec![
        motif::mark(&theme.id, false, "mark"),
        text_element("span", "", &catalog.theme(&theme.id).title),
        text_element("span", "count", &app.position(id).unwrap_or_default()),
        listen(app),
    ];
    let ornament = motif::mark(&theme.id, false, "mark ornament");
    let mut body = Vec::new();
    if app.is_newer(id) {
        body.push(element(
            "p",
            vec![attr("class", "note"), attr("data-newer", "")],
            vec![text(&catalog.app.ask.newer)],
        ));
    }
    if question.kind != Kind::FreeText {
        body.push(asked.options());
    }
    if question.agenda {
        body.push(asked.alone());
    }
    body.push(asked.own_words());
    if question.agenda {
        // The styles show it once something is written.
        let label = [&catalog.app.ask.words_only, ": ", &catalog.app.ask.alone].concat();
        let card = asked.alone_card(FREE_TEXT, label);
        body.push(container("div", "own-alone", vec![card, text_element("p", "note", &catalog.app.ask.alone_note)]));
    }
    body.push(asked.talk());
    body.extend(asked.offer());
    if question.movement {
        body.push(own_safety(app, true));
    }
    body.extend(asked.deeper());
    if theme.questions.last().is_some_and(|last| last.id == id) {
        body.push(end_of(app, theme));
    }
    let mut header = vec![container("p", "place", place), element("h1", vec![attr("tabindex", "-1")], asked.heading())];
    header.extend(asked.labels.hint.as_ref().map(|hint| text_element("p", "hint", app.resolve(hint))));
    header.push(ornament);
    let parts = vec![
        container("header", "step-head", header),
        container("div", "step-body", body),
        bar(app, asked.buttons()),
        links(app),
    ];
    screen(&question.id, parts)
}

/// The end of a theme: its leaf, which opens here too, and its small ideas, folded.
fn end_of(app: App, theme: &'static Theme) -> Node {
    let leaf = motif::mark(&theme.id, false, "mark large");
    let summary = vec![leaf, text_element("span", "name", &app.catalog.app.themes.ideas)];
    container("details", "end-of-theme", vec![container("summary", "row", summary), ideas(app, theme)])
}

impl QuestionView {
    /// Changes the answer. The controls follow.
    fn edit(self, change: &mut dyn FnMut(&mut Answer)) {
        self.answer.set(self.app.edit(&self.question.id, change));
    }

    /// What is asked, with the nickname where it warms. That is the parent's own text: in its own direction.
    fn heading(self) -> Vec<Node> {
        self.app.with(|journal| {
            let about = journal.profile();
            let (mut forms, name) = (about.variants(), about.name());
            if !name.is_empty() {
                forms.push(NAMED);
            }
            let said = self.labels.ask.resolve(&forms);
            match said.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1))) {
                Some((before, after)) => vec![text(before), own_text("bdi", "", &name), text(after)],
                None => vec![text(said)],
            }
        })
    }

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
                label: vec![text_element("span", "", self.app.resolve(&self.labels.option[option]))],
            })
        };
        let class = if self.question.agenda { "choices chips" } else { "choices" };
        let legend = if one { &ask.choose_one } else { &ask.choose_many };
        let week = self.app.week();
        // What cannot be yet is left out, but a choice that was made can be taken back.
        let shows = |option: &&String| {
            self.question.can_be(option, week) || self.answer.with_untracked(|answer| answer.has(option))
        };
        choices(class, legend, self.question.options.iter().filter(shows).map(card).collect())
    }

    /// For each chosen topic a box "only when we are alone", and below them what that does.
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
            cards.push(text_element("p", "note", &ask.alone_note));
            vec![choices("choices alone", &ask.alone, cards)]
        };
        dynamic(group)
    }

    /// One such box: for an option, or for own words.
    fn alone_card(self, id: &'static str, label: String) -> Node {
        choice(Choice {
            kind: "checkbox",
            name: [&self.question.id, ".alone"].concat(),
            value: id.to_owned(),
            checked: Box::new(move || self.answer.with(|answer| answer.is_marked_alone(id))),
            change: Box::new(move |on| self.edit(&mut |answer| answer.mark_alone(id, on))),
            label: vec![text_element("span", "", &label)],
        })
    }

    fn own_words(self) -> Node {
        let ask = &self.app.catalog.app.ask;
        let only = self.question.kind == Kind::FreeText;
        let usual = if only { &ask.words_only } else { &ask.words };
        let label = self.labels.words.as_ref().map_or(usual.as_str(), |label| self.app.resolve(label));
        // The field already shows what was typed, so nothing needs to follow.
        let typed = move |free_text: String| {
            self.app.edit(&self.question.id, &mut |answer| answer.free_text.clone_from(&free_text));
        };
        let attributes = vec![
            attr("id", FIELD),
            attr("name", &[&self.question.id, ".words"].concat()),
            attr("rows", if only { "5" } else { "2" }),
            // With a blank one the styles can tell whether anything is written.
            attr("placeholder", " "),
        ];
        let mut parts = vec![element("label", vec![attr("for", FIELD)], vec![text(label)])];
        let at_first = self.answer.with_untracked(|answer| answer.free_text.clone());
        parts.extend(writing(self.app, attributes, at_first, typed));
        container("p", "field", parts)
    }

    fn talk(self) -> Node {
        choice(Choice {
            kind: "checkbox",
            name: [&self.question.id, ".talk"].concat(),
            value: String::new(),
            checked: Box::new(move || self.answer.with(|answer| answer.talk)),
            change: Box::new(move |on| self.edit(&mut |answer| answer.talk = on)),
            label: vec![
                text_element("span", "", &self.app.catalog.app.common.talk),
                motif::mark("talk", false, "mark"),
            ],
        })
    }

    /// One line where something that the parent may say about themselves first matters, while it is not said.
    fn offer(self) -> Option<Node> {
        let app = self.app;
        let labels = &app.catalog.app.about;
        let wish = "no-later";
        if self.question.speaks_of(wish) && !app.with(|journal| journal.profile().wishes(wish)) {
            let label = vec![text(&labels.leave_out[wish])];
            return Some(button("link", wish, label, move || {
                app.edit_profile(&mut |about| about.wish(wish, true));
                app.show_again();
            }));
        }
        let offer = self.question.offer.as_ref()?;
        let is_said = app.with(|journal| journal.profile().says(offer));
        (!is_said).then(|| menu(app, &labels.offer[offer]))
    }

    /// Leave it open, or on.
    fn buttons(self) -> Vec<Node> {
        let app = self.app;
        let labels = &app.catalog.app;
        let label = if app.is_returning() { &labels.ask.done } else { &labels.common.next };
        let skip = button("button quiet", "skip", vec![text(&labels.ask.skip)], move || app.next());
        vec![skip, next(app, label)]
    }

    /// For who wants to go on in this theme. On the long way the deeper questions come by themselves.
    fn deeper(self) -> Option<Node> {
        let app = self.app;
        let way = app.flow();
        let deeper = way.more(&self.question.id)?;
        let comes_anyway = way.next(&Step::Question(self.question.id.clone())) == deeper;
        if comes_anyway || way.pace.is_none() {
            return None;
        }
        Some(button("button", "more", vec![text(&app.catalog.app.ask.more)], move || app.go(deeper.clone())))
    }
}
