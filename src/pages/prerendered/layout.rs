//! The layout of every page: the skip link, the header with the exit, the footer, the covers and dialogs.

use leptos::prelude::*;

use super::{PageContext, exit, help};
use crate::pages::Page;
use crate::pages::components::motif;

/// Renders the body of a page around its main content.
pub fn layout(cx: PageContext<'_>, main: AnyView) -> AnyView {
    let text = &cx.locale.page.frame;
    let spread = matches!(cx.page, Page::Opening | Page::Reflect | Page::Sheet);
    view! {
        <a class="skip" href="#main">
            {text.skip.clone()}
        </a>
        <header class="head">
            <a class="brand" href=cx.to(Page::Opening)>
                {motif::sprig().view()}
                <span>{cx.locale.brand.clone()}</span>
            </a>
            <a class="head-link" href=cx.to(Page::Help)>
                {text.help.clone()}
            </a>
            {exit::button(cx.locale)}
        </header>
        <nav aria-label=text.languages.clone()>
            <ul class="languages" role="list">
                {languages(cx)}
            </ul>
        </nav>
        {exit::count(&[(cx.id, cx.locale)])}
        <main id="main" class=spread.then_some("spread")>
            {main}
        </main>
        {foot(cx)}
        {covers(cx)}
    }
    .into_any()
}

fn foot(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.frame;
    let pages = [
        (Page::Questions, &text.to_questions),
        (Page::Caregivers, &text.to_caregivers),
        (Page::Privacy, &text.to_privacy),
        (Page::About, &text.to_about),
        (Page::Changed, &text.to_changed),
    ];
    let links = pages.map(|(page, label)| {
        let current = (page == cx.page).then_some("page");
        // Hidden after something has changed, so that no link leads to texts about a baby.
        let about_baby = matches!(page, Page::Questions | Page::Caregivers | Page::About);
        view! {
            <li class=about_baby.then_some("when-unchanged")>
                <a href=cx.to(page) aria-current=current>
                    {label.clone()}
                </a>
            </li>
        }
    });
    let site = &cx.content.site;
    // Names and numbers keep their own direction, whatever the direction of the page is.
    let runs: Vec<_> = [&site.name, &site.contact]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| view! { <li><bdi translate="no">{part.clone()}</bdi></li> })
        .collect();
    view! {
        <footer class="foot">
            <div role="status" data-update="" hidden>
                <p>{text.update_ready.clone()}</p>
                <button class="button" type="button" data-action="update">
                    {text.update_now.clone()}
                </button>
            </div>
            <nav aria-label=text.foot.clone()>
                <ul class="foot-links" role="list">
                    {links.into_iter().collect::<Vec<_>>()}
                    <li class="needs-script when-unchanged">
                        <button class="link" type="button" data-action="pass-on" data-to=cx.to(Page::Opening)>
                            {text.pass_on.clone()}
                        </button>
                    </li>
                </ul>
                <ul class="foot-links" role="list" aria-label=text.languages.clone()>
                    {languages(cx)}
                </ul>
            </nav>
            {cx.locale.reviewed_by.is_empty().then(|| view! { <p>{text.unreviewed.clone()}</p> })}
            {(!runs.is_empty()).then(|| view! { <ul class="foot-links" role="list">{runs}</ul> })}
        </footer>
    }
    .into_any()
}

/// Returns links to the same page in each language, labelled with the language's own name.
fn languages(cx: PageContext<'_>) -> Vec<AnyView> {
    let links = cx.content.locales.iter().map(|(id, locale)| {
        let current = (id == cx.id).then_some("true");
        view! {
            <li>
                <a
                    href=[cx.root(), id, "/", cx.page.path()].concat()
                    lang=id.clone()
                    hreflang=id.clone()
                    dir=locale.dir.as_str()
                    aria-current=current
                >
                    {locale.name.clone()}
                </a>
            </li>
        }
        .into_any()
    });
    links.collect()
}

/// Renders the covers and dialogs of the page: for the exit, for Back after it, for erasing, for messages, for errors.
/// They are part of the document, so that nothing has to load when they are needed.
fn covers(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.frame;
    view! {
        {exit::covers(cx.content, &[(cx.id, cx.locale)])}
        <dialog class="ask" data-ask="erase" aria-labelledby="erase-ask">
            <p id="erase-ask" class="lead">
                {text.erase_ask.clone()}
            </p>
            <div class="actions">
                <button class="button" type="button" data-action="close">
                    {text.erase_no.clone()}
                </button>
                <button class="button" type="button" data-action="erase-yes">
                    {text.erase_yes.clone()}
                </button>
            </div>
            {exit::in_dialog(cx)}
        </dialog>
        <dialog class="ask" data-ask="erased" aria-labelledby="erased">
            <p id="erased" class="lead">
                {text.erased.clone()}
            </p>
            <div class="actions">
                <a class="button main" href=cx.to(Page::Opening)>
                    {text.to_opening.clone()}
                </a>
            </div>
            {exit::in_dialog(cx)}
        </dialog>
        {told(cx, "nothing", &text.nothing_kept)} {told(cx, "no-file", &text.no_file)}
        {told(cx, "own-browser", &text.own_browser)}
        <dialog class="ask" data-ask="pass-on" aria-labelledby="pass-on">
            <p id="pass-on" class="lead">
                {text.pass_on_note.clone()}
            </p>
            <input class="text-input" type="text" readonly dir="ltr" aria-labelledby="pass-on" data-pass-link="" />
            <p class="note" role="status" data-pass-copied=text.pass_on_copied.clone()></p>
            <div class="actions">
                <button class="button main" type="button" data-action="close">
                    {text.close.clone()}
                </button>
            </div>
            {exit::in_dialog(cx)}
        </dialog>
        {told(cx, "not-erased", &text.not_erased)} {told(cx, "failed", &text.failed)}
        {cx.page.is_live().then(|| broken(cx))} {cx.page.is_live().then(|| leave(cx))} {layer(cx)}
    }
    .into_any()
}

/// Renders the dialog that is shown before a live page is left whose answers are in memory only.
fn leave(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.frame;
    let keep = &cx.locale.app.keep;
    let place = |value: &'static str, name: &str, note: &str| {
        view! {
            <button class="path" type="button" data-action="keep-and-go" value=value>
                <span>
                    <b class="name">{name.to_owned()}</b>
                    <span class="state">{note.to_owned()}</span>
                </span>
            </button>
        }
    };
    view! {
        <dialog class="ask" data-ask="leave" aria-labelledby="leave-ask" aria-describedby="leave-text">
            <h2 id="leave-ask" tabindex="-1" autofocus>
                {text.leave_ask.clone()}
            </h2>
            <p id="leave-text" class="lead">
                {text.leave_text.clone()}
            </p>
            <div class="paths">
                {place("device", &keep.device, &keep.device_note)} {place("tab", &keep.tab, &keep.tab_note)}
            </div>
            <div role="alert" data-leave-failed="" hidden>
                <p>{text.leave_failed.clone()}</p>
                <button class="link" type="button" data-action="save">
                    {text.save.clone()}
                </button>
            </div>
            <div class="actions">
                <button class="button" type="button" data-action="go-without">
                    {text.leave_without.clone()}
                </button>
                <button class="button" type="button" data-action="close">
                    {text.leave_stay.clone()}
                </button>
            </div>
            {exit::in_dialog(cx)}
        </dialog>
    }
    .into_any()
}

/// Renders the dialog in which `public/shell/layer.js` shows another page over this one.
fn layer(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.frame;
    view! {
        <dialog class="layer" aria-modal="true" aria-labelledby="layer-title">
            <div class="head">
                <button class="button quiet" type="button" data-action="close">
                    {text.close.clone()}
                </button>
                {exit::in_dialog(cx)}
            </div>
            <div class="layer-body"></div>
            <p class="note" data-layer-says="loading" hidden>
                {cx.locale.page.live.loading.clone()}
            </p>
            <div class="prose" role="alert" data-layer-says="failed" hidden>
                <p>{text.layer_failed.clone()}</p>
                {help::emergency_here(cx)}
                <p>
                    <button class="button" type="button" data-action="again">
                        {text.layer_again.clone()}
                    </button>
                </p>
            </div>
        </dialog>
    }
    .into_any()
}

/// Renders a dialog with one sentence and the button that closes it.
fn told(cx: PageContext<'_>, name: &'static str, sentence: &str) -> AnyView {
    view! {
        <dialog class="ask" data-ask=name aria-labelledby=name>
            <p id=name class="lead">
                {sentence.to_owned()}
            </p>
            <div class="actions">
                <button class="button main" type="button" data-action="close">
                    {cx.locale.page.frame.close.clone()}
                </button>
            </div>
            {exit::in_dialog(cx)}
        </dialog>
    }
    .into_any()
}

/// Renders the cover of a live page after an error.
fn broken(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.frame;
    view! {
        <div
            class="cover"
            data-cover="broken"
            role="alertdialog"
            aria-modal="true"
            aria-labelledby="broken-title"
            aria-describedby="broken-text"
            tabindex="-1"
            hidden
        >
            <h2 id="broken-title">{text.broken_title.clone()}</h2>
            <p id="broken-text" class="lead">
                {text.broken_text.clone()}
            </p>
            <div class="actions">
                <button class="button main" type="button" data-action="reload">
                    {text.broken_reload.clone()}
                </button>
                <button class="button" type="button" data-action="save">
                    {text.save.clone()}
                </button>
                <a class="button" href=cx.to(Page::Questions)>
                    {text.to_questions.clone()}
                </a>
            </div>
        </div>
    }
    .into_any()
}
