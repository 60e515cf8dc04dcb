//! The help page, by country. Every page links to it, and no answer triggers it.

use leptos::prelude::*;

use super::PageContext;
use crate::content::{Country, HelpLine, HelpText, fill};
use crate::pages::components::NEXT;
use crate::reflection::dial;

/// Renders the help page.
pub fn help(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.help;
    let home = &cx.content.site.default_country;
    let (here, elsewhere): (Vec<_>, Vec<_>) = cx.content.help.countries.iter().partition(|country| country.id == *home);
    let here = here.into_iter().map(|country| {
        view! {
            <section>
                <h2>{text.country[&country.id].clone()}</h2>
                {lines(text, country)}
                {beside(cx, country)}
            </section>
        }
    });
    let elsewhere = elsewhere.into_iter().map(|country| {
        view! {
            <details data-country=country.id.clone()>
                <summary>{text.country[&country.id].clone()}</summary>
                {lines(text, country)}
                {beside(cx, country)}
            </details>
        }
    });
    view! {
        <article class="prose">
            <h1>{text.title.clone()}</h1>
            <p class="lead">{text.lead.clone()}</p>
            {cx.safety(None, true)}
            {here.collect::<Vec<_>>()}
            <section>
                <h2>{text.elsewhere.clone()}</h2>
                {elsewhere.collect::<Vec<_>>()}
            </section>
        </article>
    }
    .into_any()
}

/// Renders the same lines in the language of the country, if that is another one: for people nearby, and because the
/// translation of this page may not be reviewed yet.
fn beside(cx: PageContext<'_>, country: &Country) -> AnyView {
    let beside = cx.content.beside(cx.id, &country.id).map(|(id, locale)| {
        let text = &locale.page.help;
        view! {
            <details lang=id.to_owned() dir=locale.dir.as_str()>
                <summary>{[&locale.name, " · ", &text.title].concat()}</summary>
                {lines(text, country)}
            </details>
        }
    });
    beside.into_any()
}

/// Renders the emergency numbers of the site's country, for when the help page cannot be loaded.
pub(super) fn emergency_here(cx: PageContext<'_>) -> AnyView {
    let text = &cx.locale.page.help;
    let home = &cx.content.site.default_country;
    let here = cx.content.help.countries.iter().find(|country| country.id == *home);
    here.map(|country| view! { <p>{text.country[home].clone()}</p> {emergency(text, country)} }).into_any()
}

fn emergency(text: &HelpText, country: &Country) -> AnyView {
    let numbers = country.emergency.iter().map(|number| call(number));
    view! {
        <p class="calls">
            <span>{text.safety.emergency.clone()}</span>
            {numbers.collect::<Vec<_>>()}
        </p>
    }
    .into_any()
}

fn lines(text: &HelpText, country: &Country) -> AnyView {
    let lines: Vec<_> = country.lines.iter().map(|line| help_line(text, line)).collect();
    view! {
        {emergency(text, country)}
        {(!lines.is_empty())
            .then(|| {
                view! {
                    <ul class="rows" role="list">
                        {lines}
                    </ul>
                }
            })}
    }
    .into_any()
}

/// Renders a telephone number as a `tel:` link, left to right in every language.
fn call(number: &str) -> AnyView {
    let (shown, dialled) = dial(number).expect("`content::check` refuses what cannot be dialled");
    view! {
        <a class="call" href=["tel:", &dialled].concat() dir="ltr">
            {shown}
        </a>
    }
    .into_any()
}

/// Renders a help line: its purpose, numbers, hours and cost. An unchecked line is shown with its name, purpose and
/// site only, since nobody should rely on facts that are not verified.
pub(super) fn help_line(text: &HelpText, line: &HelpLine) -> AnyView {
    let numbers: Vec<_> = line.dialable().iter().map(|number| call(number)).collect();
    let facts = [
        line.hours.as_ref().map(|hours| text.hours[hours].clone()),
        line.cost.as_ref().map(|cost| text.cost[cost].clone()),
        line.chat.then(|| text.chat.clone()),
        (!line.languages.is_empty()).then(|| fill(&text.languages, &[("languages", &line.languages.join(NEXT))])),
    ];
    let facts: Vec<_> = facts.into_iter().flatten().filter(|_| line.checked.is_some()).collect();
    view! {
        <li class="help-line">
            <h3>
                <bdi translate="no">{line.name.clone()}</bdi>
            </h3>
            <p>{text.purpose[&line.purpose].clone()}</p>
            {(!numbers.is_empty()).then(|| view! { <p class="calls">{numbers}</p> })}
            {(!facts.is_empty()).then(|| view! { <p>{facts.join(NEXT)}</p> })}
            {source(text, line)}
        </li>
    }
    .into_any()
}

/// Renders the source of the facts and the day of their last check. After a year the text asks the reader to check
/// them; for an unchecked line it says that nobody has.
fn source(text: &HelpText, line: &HelpLine) -> AnyView {
    let sentence = match &line.checked {
        Some(day) if is_recent(day) => &text.checked,
        Some(_) => &text.please_check,
        None => &text.unchecked,
    };
    let day = line.checked.clone().unwrap_or_default();
    // The source is rendered as a link and the day as `<time>`, so the sentence is split at its placeholders.
    let parts = sentence.split_inclusive('}').map(|part| {
        let (before, place) = part.split_once('{').unwrap_or((part, ""));
        let filled = match place {
            "source}" => view! {
                <a href=line.source.clone() rel="noreferrer" dir="ltr">
                    {host(&line.source).to_owned()}
                </a>
            }
            .into_any(),
            "date}" => view! { <time datetime=day.clone()>{day.clone()}</time> }.into_any(),
            _ => ().into_any(),
        };
        view! { {before.to_owned()} {filled} }
    });
    view! { <p class="note">{parts.collect::<Vec<_>>()}</p> }.into_any()
}

/// Returns the host of an address, without `www.`.
fn host(address: &str) -> &str {
    let rest = address.trim_start_matches("https://").trim_start_matches("www.");
    rest.split('/').next().unwrap_or(rest)
}

/// Returns whether a day, `YYYY-MM-DD`, is less than a year before the day of the build. `false` for an invalid day.
fn is_recent(day: &str) -> bool {
    let Ok(day) = day.parse::<jiff::civil::Date>() else { return false };
    let year_ago = jiff::Zoned::now().date().saturating_sub(jiff::Span::new().years(1));
    day > year_ago
}
