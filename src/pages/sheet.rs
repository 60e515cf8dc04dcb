//! The sheet: what goes along to the caregiver. The parent decides about every line of it.

use leptos::prelude::*;

use super::app::App;
use super::components::{line_text, motif, status, ways};
use crate::browser::share;
use crate::content::plain_sheet;
use crate::reflection::{Answer, Choice, Line, Sheet, Step};

/// The sheet: its own page, or in place on the reflect page.
pub fn sheet(app: App) -> AnyView {
    let text = &app.words.app.sheet;
    let drawn = Memo::new(move |_| {
        app.outside.track();
        app.with(|journal| Sheet::draw_up(&app.words.questionnaire, |id| journal.answer(id), journal.record().alone))
    });
    let body = move || {
        let sheet = drawn.get();
        if sheet.is_empty() { none(app) } else { full(app, &sheet) }
    };
    view! {
        <div class="sheet" data-step=Step::Sheet.id()>
            <header class="intro">
                <h1 tabindex="-1">{text.title.clone()}</h1>
                <p class="lead">{text.lead.clone()}</p>
            </header>
            {body}
        </div>
        {ways(app)}
    }
    .into_any()
}

fn none(app: App) -> AnyView {
    let text = &app.words.app.sheet;
    view! {
        <div class="sheet-side">
            <p>{text.none.clone()}</p>
            <p>
                <button class="button main" type="button" on:click=move |_| app.go(app.way().first())>
                    {text.none_action.clone()}
                </button>
            </p>
        </div>
    }
    .into_any()
}

fn full(app: App, sheet: &Sheet) -> AnyView {
    view! {
        {paper(app, sheet)}
        <div class="sheet-side">{hand_over(app, sheet)} {choose(app, sheet)}</div>
    }
    .into_any()
}

/// The sheet as it will be printed, with the controls of each line on screen only.
fn paper(app: App, sheet: &Sheet) -> AnyView {
    let text = &app.words.app.sheet;
    let group = |class: &'static str, title: &'static String, lines: &[Line], alone: bool| {
        let lines: Vec<_> = lines.iter().map(|line| sheet_line(app, line)).collect();
        let alone = alone.then(|| {
            view! {
                <li class="line" data-sheet-line="alone">
                    <p class="said">{text.alone.clone()}</p>
                    {after(app)}
                </li>
            }
        });
        (!lines.is_empty() || alone.is_some()).then(|| {
            view! {
                <section class=class>
                    <h3>{title.clone()}</h3>
                    <ol class="lines">{lines} {alone}</ol>
                </section>
            }
        })
    };
    let to_write = |title: &'static String| {
        view! {
            <section>
                <h3>{title.clone()}</h3>
                <div class="rules"></div>
            </section>
        }
    };
    let card = text.card.iter().map(|sentence| view! { <p>{sentence.clone()}</p> });
    view! {
        <article class="paper" data-sheet="">
            <header class="paper-head">
                <h2>{text.paper_title.clone()}</h2>
                {motif::sprig()}
            </header>
            {group("start-here", &text.start_here, &sheet.start, sheet.alone)}
            {group("also", &text.also, &sheet.also, false)} {group("more", &text.more, &sheet.more, false)}
            <div class="paper-write">{to_write(&text.agreed)} {to_write(&text.calls)}</div>
            <aside class="card">
                <h3>{text.card_title.clone()}</h3>
                {card.collect::<Vec<_>>()}
            </aside>
            <footer class="paper-foot">
                <p>{text.unticked.clone()}</p>
                <p>{text.foot.clone()}</p>
            </footer>
        </article>
    }
    .into_any()
}

fn sheet_line(app: App, line: &Line) -> AnyView {
    let text = &app.words.app.sheet;
    let (to_talk, to_remove) = (line.question.clone(), line.question.clone());
    view! {
        <li class="line" data-sheet-line=line.question.clone()>
            {line_text(app.words, line)}
            <div class="line-tools">
                <button
                    class="tool"
                    type="button"
                    data-action="talk"
                    aria-pressed=if line.talk { "true" } else { "false" }
                    on:click=move |_| edit(app, &to_talk, |answer| answer.talk = !answer.talk)
                >
                    {motif::mark("talk", line.talk, "mark")}
                    <span>{text.talk.clone()}</span>
                </button>
                <button
                    class="tool"
                    type="button"
                    data-action="remove"
                    on:click=move |_| edit(app, &to_remove, |answer| answer.off = true)
                >
                    {text.remove.clone()}
                </button>
            </div>
            {after(app)}
        </li>
    }
    .into_any()
}

/// The three boxes for after the talk, for a pen: they show on paper only.
fn after(app: App) -> AnyView {
    let boxes = app.words.app.sheet.after.iter().map(|label| view! { <li>{label.clone()}</li> });
    view! {
        <ul class="after" aria-hidden="true">
            {boxes.collect::<Vec<_>>()}
        </ul>
    }
    .into_any()
}

/// What is not on the sheet but could be: lines taken off, sensitive topics, and the line for a moment alone.
fn choose(app: App, sheet: &Sheet) -> AnyView {
    let text = &app.words.app.sheet;
    let removed = sheet.removed.iter().map(|question| {
        let id = question.clone();
        view! {
            <li class="row">
                <span>{app.words.question(question).line.clone()}</span>
                <button
                    class="tool"
                    type="button"
                    data-action="put-back"
                    on:click=move |_| edit(app, &id, |answer| answer.off = false)
                >
                    {text.put_back.clone()}
                </button>
            </li>
        }
    });
    let removed: Vec<_> = removed.collect();
    let withheld: Vec<_> = sheet.withheld.iter().map(|choice| sensitive(app, choice)).collect();
    let alone = app.with(|journal| journal.record().alone);
    let add_alone = move |event: web_sys::Event| {
        let on = event_target_checked(&event);
        app.note(|record| record.alone = on);
        app.outside.update(|count| *count += 1);
    };
    view! {
        <section>
            <label class="choice">
                <input type="checkbox" name="sheet.alone" prop:checked=alone on:change=add_alone />
                <span>{text.alone_add.clone()}</span>
            </label>
        </section>
        {(!withheld.is_empty())
            .then(|| {
                view! {
                    <section>
                        <h2 id="sensitive">{text.sensitive.clone()}</h2>
                        <p class="note">{text.sensitive_note.clone()}</p>
                        <div class="choices" role="group" aria-labelledby="sensitive">
                            {withheld}
                        </div>
                    </section>
                }
            })}
        {(!removed.is_empty())
            .then(|| {
                view! {
                    <section>
                        <h2>{text.removed.clone()}</h2>
                        <ul class="rows" role="list">
                            {removed}
                        </ul>
                    </section>
                }
            })}
    }
    .into_any()
}

fn sensitive(app: App, choice: &Choice) -> AnyView {
    let Choice { question, option, shown } = choice.clone();
    let label = app.words.option(&question, &option).to_owned();
    let value = option.clone();
    let change = move |event: web_sys::Event| {
        let on = event_target_checked(&event);
        edit(app, &question, |answer| answer.mark_shown(&option, on));
    };
    view! {
        <label class="choice">
            <input type="checkbox" name="sheet.shown" value=value prop:checked=shown on:change=change />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// The first sentence, the words on what happens after handing over, and the ways to do it.
fn hand_over(app: App, sheet: &Sheet) -> AnyView {
    let text = &app.words.app.sheet;
    let said = RwSignal::new(None::<&'static String>);
    let plain = StoredValue::new(plain_sheet(sheet, app.words));
    let copy = move |_| {
        plain.with_value(|plain| {
            share::copy(plain, move |done| said.set(Some(if done { &text.copied } else { &text.copy_failed })));
        });
    };
    let share_button = share::can_share().then(|| {
        view! {
            <button
                class="button"
                type="button"
                data-action="share"
                on:click=move |_| plain.with_value(|plain| share::share(plain))
            >
                {text.share.clone()}
            </button>
        }
    });
    let notes = text.handing_over.iter().map(|note| view! { <p class="note">{note.clone()}</p> });
    view! {
        <section class="say">
            <h2>{text.say_title.clone()}</h2>
            <p>{text.say.clone()}</p>
        </section>
        <section class="give">
            <h2>{text.give.clone()}</h2>
            {notes.collect::<Vec<_>>()}
            <div class="actions">
                <button class="button main" type="button" data-action="print">
                    {text.print.clone()}
                </button>
                <button class="button" type="button" data-action="copy" on:click=copy>
                    {text.copy.clone()}
                </button>
                {share_button}
                <button class="button" type="button" data-action="save">
                    {text.save.clone()}
                </button>
            </div>
            <p role="status">{move || said.get().cloned()}</p>
            {status(app)}
        </section>
    }
    .into_any()
}

/// Changes an answer from the sheet, which is then drawn anew.
fn edit(app: App, question: &str, change: impl FnOnce(&mut Answer)) {
    app.edit(question, change);
    app.outside.update(|count| *count += 1);
}
