//! Clocks that are wrong, places where it is another day, and a visit that goes on past midnight.
//!
//! No driver but Chromium's sets a clock or a time zone. A script before the page's first gives it a calendar of the
//! journey's own instead, in every engine.

use serde_json::json;

use crate::support::{Engine, Journey, Stage, StorageChoice, Visit, until};

const CHROMIUM_ONLY: &[(Engine, &str)] = &[
    (Engine::Firefox, "its driver cannot change the time zone in which dates are written out"),
    (Engine::WebKit, "its driver cannot change the time zone in which dates are written out"),
];

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a_clock_ten_years_off_changes_nothing", clock),
    Journey::new("a_day_is_the_same_day_in_every_time_zone", zones).not_in(CHROMIUM_ONLY),
    Journey::new("weeks_are_counted_in_days_of_the_place", place),
    Journey::new("a_visit_across_midnight_goes_on", midnight),
    Journey::new("a_visit_that_travels_into_yesterday_goes_on", into_yesterday),
];

const SECOND: i64 = 1000;
const HOUR: i64 = 3600 * SECOND;
const DAY: i64 = 24 * HOUR;
/// The place where a day begins first, and the one where it begins last, in hours east of Greenwich.
const FAR_EAST: i64 = 14;
const FAR_WEST: i64 = -11;

/// Gives pages a clock so many milliseconds ahead, in a place so many hours east. [`turn`] changes both in an open page.
fn calendar(ahead: i64, east: i64) -> String {
    format!(
        "const said = document.documentElement.dataset;
        [said.ahead, said.east] = [{ahead}, {east}];
        const Real = Date;
        const now = () => Real.now() + Number(said.ahead);
        const east = () => Number(said.east) * {HOUR};
        globalThis.Date = class extends Real {{
            constructor(...given) {{ super(...(given.length ? given : [now()])); }}
            static now() {{ return now(); }}
            getTimezoneOffset() {{ return -east() / 60_000; }}
        }};
        for (const part of ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds']) {{
            globalThis.Date.prototype['get' + part] = function () {{
                return new Real(this.getTime() + east())['getUTC' + part]();
            }};
        }}"
    )
}

/// Turns the clock and the place of a page that is open.
fn turn(visit: &Visit, ahead: i64, east: i64) {
    let body = "[document.documentElement.dataset.ahead, document.documentElement.dataset.east] = arguments";
    visit.js::<()>(body, &[ahead.into(), east.into()]);
}

/// How far ahead a clock is that says half a minute before midnight in a place so many hours east.
fn before_midnight(visit: &Visit, east: i64) -> i64 {
    let now: i64 = visit.js("return Math.round(performance.timeOrigin + performance.now())", &[]);
    DAY - (now + east * HOUR).rem_euclid(DAY) - 30 * SECOND
}

/// The day that it is for the page, as its own clock and place have it.
fn today(visit: &Visit) -> String {
    let body = "const { ahead, east } = document.documentElement.dataset;
        const there = new Date(performance.timeOrigin + performance.now() + Number(ahead) + Number(east) * arguments[0]);
        return there.toISOString().slice(0, 10)";
    visit.js(body, &[HOUR.into()])
}

/// Sets the weeks, as a person would, and tells what is kept of it.
fn say_weeks(visit: &Visit, weeks: &str) -> String {
    visit.menu();
    let body = "const field = document.querySelector(\"[name='about.weeks']\");
        field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    visit.js::<()>(body, &[weeks.into()]);
    visit.next();
    visit.at("themes");
    visit.kept().device.into_iter().find(|(key, _)| key.ends_with(":about")).expect("it is kept").1
}

/// How many small ideas there are about contact.
fn ideas(visit: &Visit) -> usize {
    visit.wait_for("[data-theme=contact] .ideas li");
    visit.count("[data-theme=contact] .ideas li")
}

fn clock(stage: &Stage) {
    const TEN_YEARS: i64 = 3652 * DAY;
    stage.site.first(&calendar(TEN_YEARS, 0));
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "in the future");
    stage.site.first(&calendar(-TEN_YEARS, 0));
    let other = stage.visit();
    other.click("[data-action=continue]");
    other.ready();
    other.at(&step);
    assert_eq!(other.written(&step), "in the future");
    other.write(&step, ", in the past");
    until("the first sees the later edit", || (visit.written(&step) == "in the future, in the past").then_some(()));
    visit.write(&step, ", again");
    until("the other sees it too", || (other.written(&step) == "in the future, in the past, again").then_some(()));
    for ahead in [TEN_YEARS, -TEN_YEARS] {
        stage.site.first(&calendar(ahead, 0));
        for page in ["", "caregivers/", "questions/", "changed/", "help/", "privacy/", "about/"] {
            visit.open(page);
            assert!(visit.sees("main h1"), "{page:?} shows nothing {ahead} milliseconds off");
        }
    }
}

fn zones(stage: &Stage) {
    let visit = stage.visit();
    let mut said = Vec::new();
    for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Amsterdam"] {
        visit.cdp("Emulation.setTimezoneOverride", json!({ "timezoneId": zone }));
        visit.open("help/");
        let days = "return [...document.querySelectorAll('time[datetime]')].map((day) => day.textContent)";
        said.push(visit.js::<Vec<String>>(days, &[]));
    }
    visit.cdp("Emulation.setTimezoneOverride", json!({ "timezoneId": "" }));
    assert!(!said[0].is_empty(), "the page names days");
    assert_eq!(said[0], said[1]);
    assert_eq!(said[0], said[2]);
}

/// Late in the evening it is another day further east. The week follows the calendar where the device is.
fn place(stage: &Stage) {
    stage.site.first(&calendar(0, 0));
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Device);
    visit.go("themes");
    let mut days = Vec::new();
    for east in [FAR_EAST, FAR_WEST] {
        turn(&visit, 0, east);
        let today = today(&visit);
        let kept = say_weeks(&visit, "20");
        assert!(kept.contains(&today), "{kept} is not of {today}");
        days.push(today);
    }
    assert_ne!(days[0], days[1], "the two places never have the same day");
}

/// Nothing moves when a day ends: not the screen, not an answer. What counts in days follows at the next page.
fn midnight(stage: &Stage) {
    for east in [FAR_EAST, FAR_WEST] {
        let visit = stage.visit();
        visit.js::<()>("localStorage.clear(); sessionStorage.clear()", &[]);
        let ahead = before_midnight(&visit, east);
        stage.site.first(&calendar(ahead, east));
        visit.reload();
        let evening = today(&visit);
        visit.begin_and_keep(StorageChoice::Device);
        let step = visit.next();
        visit.write(&step, "in the evening");
        visit.go("themes");
        let kept = say_weeks(&visit, "23+6");
        assert!(kept.contains(&evening), "{kept} is not of {evening}");
        let (before, shown) = (ideas(&visit), visit.text("[data-app]"));

        let ahead = ahead + 60 * SECOND;
        turn(&visit, ahead, east);
        stage.site.first(&calendar(ahead, east));
        assert_ne!(today(&visit), evening, "it is the next day");
        assert_eq!(visit.text("[data-app]"), shown, "the screen changes at midnight");
        visit.reload();
        visit.ready();
        visit.at("themes");
        assert_eq!(ideas(&visit), before + 1, "a week has begun");
        visit.go("answers");
        visit.click(&format!("[data-answer={step}] [data-action=change]"));
        visit.at(&step);
        visit.write(&step, ", and at night");
        assert_eq!(visit.next(), "answers");
        visit.to_sheet();
        assert!(visit.sheet_line(&step).contains("in the evening, and at night"));

        // What a link says is of today holds until the day ends, and then says that it has passed.
        let link = format!("{}/#v=1&practice=De+Wieg&date={evening}", stage.locale);
        for (ahead, says) in [(ahead - 60 * SECOND, "day"), (ahead, "past")] {
            stage.site.first(&calendar(ahead, east));
            visit.goto("about:blank");
            visit.goto(&stage.site.url(&link));
            until(says, || visit.sees(&format!("[data-says={says}]")).then_some(()));
        }
    }
}

/// Who flies far enough to the west is there before they left: what was typed is of a day to come.
fn into_yesterday(stage: &Stage) {
    stage.site.first(&calendar(0, FAR_EAST));
    let visit = stage.visit();
    visit.begin_and_keep(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "in the east");
    visit.go("themes");
    let without = ideas(&visit);
    say_weeks(&visit, "10");
    assert!(ideas(&visit) < without, "nobody hears at ten weeks");
    turn(&visit, 0, FAR_WEST);
    stage.site.first(&calendar(0, FAR_WEST));
    visit.reload();
    visit.ready();
    visit.at("themes");
    assert_eq!(ideas(&visit), without, "weeks of a day to come say nothing");
    visit.to_sheet();
    assert!(visit.sheet_line(&step).contains("in the east"));
}
