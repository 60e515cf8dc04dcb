//! The sheet: what goes along to the caregiver. The parent decides about every line of it.

use leptos::prelude::*;

use super::app::App;
use super::components::{line_text, motif, status, way_links};
use crate::browser::{page, share};
use crate::content::plain_sheet;
use crate::reflection::{Answer, Choice, Line, Sheet, Step};

/// The sheet as a page of its own.
pub fn sheet_page(app: App) -> impl IntoView {
    view! {
        {status(app)}
        {sheet(app)}
    }
}

/// The sheet as a screen.
pub fn sheet(app: App) -> AnyView {
    let text = &app.words.app.sheet;
    let drawn = Memo::new(move |_| {
        app.outside.track();
        app.with(|journal| Sheet::draw_up(&app.words.questionnaire, |id| journal.answer(id), journal.record().alone))
    });
    let body = move || {
        let sheet = drawn.get();
        if sheet.is_empty() { none(app) } else { full(app, sheet) }
    };
    view! {
        <section class="screen sheet" data-step=Step::Sheet.id()>
            <header class="screen-head no-print">
                <h1 tabindex="-1">{text.title.clone()}</h1>
                <p class="lead">{text.lead.clone()}</p>
            </header>
            {body}
            {way_links(app)}
        </section>
    }
    .into_any()
}

fn none(app: App) -> AnyView {
    let text = &app.words.app.sheet;
    view! {
        <p class="note">{text.none.clone()}</p>
        <p><a class="button primary" href="../reflect/">{text.none_action.clone()}</a></p>
    }
    .into_any()
}

fn full(app: App, sheet: Sheet) -> AnyView {
    view! {
        {paper(app, &sheet)}
        {choose(app, &sheet)}
        {hand_over(app, sheet)}
    }
    .into_any()
}

/// The sheet as it will be printed, with the controls of each line on screen only.
fn paper(app: App, sheet: &Sheet) -> AnyView {
    let text = &app.words.app.sheet;
    let group = |class: &'static str, title: &'static String, lines: &[Line], alone: bool| {
        let lines: Vec<_> = lines.iter().map(|line| sheet_line(app, line)).collect();
        (!lines.is_empty() || alone).then(|| {
            view! {
                <section class=class>
                    <h3>{title.clone()}</h3>
                    <ol role="list">
                        {lines}
                        {alone.then(|| view! { <li class="sheet-line" data-sheet-line="alone">{text.alone.clone()}</li> })}
                    </ol>
                </section>
            }
        })
    };
    let ruled = |title: &'static String| view! { <section class="ruled"><h3>{title.clone()}</h3></section> };
    view! {
        <article class="paper" data-sheet="">
            <header class="paper-head">
                {motif::plant(Vec::new(), String::new())}
                <h2>{text.paper_title.clone()}</h2>
            </header>
            {group("start", &text.start_here, &sheet.start, sheet.alone)}
            {group("also", &text.also, &sheet.also, false)}
            {group("more", &text.more, &sheet.more, false)}
            <p class="unticked">{text.unticked.clone()}</p>
            <div class="after-talk">{ruled(&text.agreed)} {ruled(&text.calls)}</div>
            <section class="card">
                <h3>{text.card_title.clone()}</h3>
                <p>{text.card.join(" ")}</p>
            </section>
            <footer class="paper-foot">{text.foot.clone()}</footer>
        </article>
    }
    .into_any()
}

fn sheet_line(app: App, line: &Line) -> AnyView {
    let text = &app.words.app.sheet;
    let after = text.after.iter().map(|label| view! { <span class="tick-box">{label.clone()}</span> });
    let (to_talk, to_remove) = (line.question.clone(), line.question.clone());
    view! {
        <li class="sheet-line" class:talk=line.talk data-sheet-line=line.question.clone()>
            {line_text(app.words, line)}
            <div class="after" aria-hidden="true">{after.collect::<Vec<_>>()}</div>
            <div class="line-controls no-print">
                <button
                    class="toggle"
                    data-action="talk"
                    aria-pressed=if line.talk { "true" } else { "false" }
                    on:click=move |_| edit(app, &to_talk, |answer| answer.talk = !answer.talk)
                >
                    {text.talk.clone()}
                </button>
                <button
                    class="button quiet"
                    data-action="remove"
                    on:click=move |_| edit(app, &to_remove, |answer| answer.off = true)
                >
                    {text.remove.clone()}
                </button>
            </div>
        </li>
    }
    .into_any()
}

/// What is not on the sheet but could be: lines taken off, sensitive topics, and the line for a moment alone.
fn choose(app: App, sheet: &Sheet) -> AnyView {
    let text = &app.words.app.sheet;
    let removed = sheet.removed.iter().map(|question| {
        let id = question.clone();
        view! {
            <li>
                <span>{app.words.question(question).line.clone()}</span>
                <button class="link" data-action="put-back" on:click=move |_| edit(app, &id, |answer| answer.off = false)>
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
        <div class="choose no-print">
            <label class="check">
                <input type="checkbox" name="sheet.alone" prop:checked=alone on:change=add_alone />
                <span>{text.alone_add.clone()}</span>
            </label>
            {(!withheld.is_empty()).then(|| view! {
                <fieldset class="checks">
                    <legend>{text.sensitive.clone()}</legend>
                    <p class="note">{text.sensitive_note.clone()}</p>
                    {withheld}
                </fieldset>
            })}
            {(!removed.is_empty()).then(|| view! {
                <section><h2>{text.removed.clone()}</h2><ul class="plain">{removed}</ul></section>
            })}
        </div>
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
        <label class="check">
            <input type="checkbox" name="sheet.shown" value=value prop:checked=shown on:change=change />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// The words on what happens after handing over, and the ways to do it.
fn hand_over(app: App, sheet: Sheet) -> AnyView {
    let text = &app.words.app.sheet;
    let said = RwSignal::new(None::<&'static String>);
    let plain = StoredValue::new(plain_sheet(&sheet, app.words));
    let copy = move |_| {
        plain.with_value(|plain| {
            share::copy(plain, move |done| said.set(Some(if done { &text.copied } else { &text.copy_failed })));
        });
    };
    let share_button = share::can_share().then(|| {
        view! {
            <button class="button" data-action="share" on:click=move |_| plain.with_value(|plain| share::share(plain))>
                {text.share.clone()}
            </button>
        }
    });
    let notes = text.handing_over.iter().map(|note| view! { <p>{note.clone()}</p> }).collect::<Vec<_>>();
    view! {
        <section class="hand-over no-print">
            <h2>{text.say_title.clone()}</h2>
            <blockquote class="say">{text.say.clone()}</blockquote>
            <div class="handing-over">{notes}</div>
            <div class="actions">
                <button class="button primary" data-action="print" on:click=move |_| page::print()>{text.print.clone()}</button>
                <button class="button" data-action="copy" on:click=copy>{text.copy.clone()}</button>
                {share_button}
            </div>
            <p role="status">{move || said.get().cloned()}</p>
        </section>
    }
    .into_any()
}

/// Changes an answer from the sheet, which is then drawn anew.
fn edit(app: App, question: &str, change: impl FnOnce(&mut Answer)) {
    app.edit(question, change);
    app.outside.update(|count| *count += 1);
}
