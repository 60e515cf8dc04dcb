//! Wrong clocks, time zones with another date, and visits across midnight.
//!
//! Only Chromium's driver can set a clock or a time zone. In every engine an injected script replaces `Date` instead.

use serde_json::json;

use crate::support::{Engine, Journey, Stage, StorageChoice, Visit, until};

const CHROMIUM_ONLY: &[(Engine, &str)] = &[
    (Engine::Firefox, "its driver cannot change the time zone in which dates are formatted"),
    (Engine::WebKit, "its driver cannot change the time zone in which dates are formatted"),
];

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a_clock_ten_years_off_changes_nothing", clock),
    Journey::new("a_day_is_the_same_day_in_every_time_zone", zones).not_in(CHROMIUM_ONLY),
    Journey::new("weeks_are_counted_in_days_of_the_place", by_time_zone),
    Journey::new("a_visit_across_midnight_goes_on", midnight),
    Journey::new("a_visit_that_travels_into_yesterday_goes_on", into_yesterday),
];

const SECOND: i64 = 1000;
const HOUR: i64 = 3600 * SECOND;
const DAY: i64 = 24 * HOUR;
/// The time zones where a day begins first and last, in hours east of UTC.
const FAR_EAST: i64 = 14;
const FAR_WEST: i64 = -11;

/// Returns a script that sets the clock ahead by milliseconds, and the time zone in hours east of UTC. [`set_clock`] changes
/// both in an open page.
fn calendar(ahead: i64, east: i64) -> String {
    format!(
        "const hooks = document.documentElement.dataset;
        [hooks.ahead, hooks.east] = [{ahead}, {east}];
        const Real = Date;
        const now = () => Real.now() + Number(hooks.ahead);
        const east = () => Number(hooks.east) * {HOUR};
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

/// Changes the clock and the time zone of an open page.
fn set_clock(visit: &Visit, ahead: i64, east: i64) {
    let body = "[document.documentElement.dataset.ahead, document.documentElement.dataset.east] = arguments";
    visit.js::<()>(body, &[ahead.into(), east.into()]);
}

/// Returns the number of milliseconds that a clock must be ahead to be 30 seconds before midnight in a time zone.
fn before_midnight(visit: &Visit, east: i64) -> i64 {
    let now: i64 = visit.js("return Math.round(performance.timeOrigin + performance.now())", &[]);
    DAY - (now + east * HOUR).rem_euclid(DAY) - 30 * SECOND
}

/// Returns the current date by the page's clock and time zone.
fn today(visit: &Visit) -> String {
    let body = "const { ahead, east } = document.documentElement.dataset;
        const there = new Date(performance.timeOrigin + performance.now() + Number(ahead) + Number(east) * arguments[0]);
        return there.toISOString().slice(0, 10)";
    visit.js(body, &[HOUR.into()])
}

/// Types the weeks of pregnancy and returns the stored profile.
fn fill_in_weeks(visit: &Visit, weeks: &str) -> String {
    visit.open_profile();
    let body = "const field = document.querySelector(\"[name='about.weeks']\");
        field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    visit.js::<()>(body, &[weeks.into()]);
    visit.next();
    visit.wait_for_step("themes");
    visit.stored().device.into_iter().find(|(key, _)| key.ends_with(":about")).expect("the profile is stored").1
}

/// Returns the number of ideas about contact.
fn ideas(visit: &Visit) -> usize {
    visit.wait_for("[data-theme=contact] .ideas li");
    visit.count("[data-theme=contact] .ideas li")
}

fn clock(stage: &Stage) {
    const TEN_YEARS: i64 = 3652 * DAY;
    stage.site.inject_script(&calendar(TEN_YEARS, 0));
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "in the future");
    stage.site.inject_script(&calendar(-TEN_YEARS, 0));
    let other = stage.visit();
    other.click("[data-action=continue]");
    other.ready();
    other.wait_for_step(&step);
    assert_eq!(other.free_text(&step), "in the future");
    other.write(&step, ", in the past");
    until("the first tab shows the later edit", || {
        (visit.free_text(&step) == "in the future, in the past").then_some(())
    });
    visit.write(&step, ", again");
    until("the other tab shows it too", || {
        (other.free_text(&step) == "in the future, in the past, again").then_some(())
    });
    for ahead in [TEN_YEARS, -TEN_YEARS] {
        stage.site.inject_script(&calendar(ahead, 0));
        for page in ["", "caregivers/", "questions/", "changed/", "help/", "privacy/", "about/"] {
            visit.open(page);
            assert!(visit.is_visible("main h1"), "{page:?} shows nothing with the clock {ahead} milliseconds ahead");
        }
    }
}

fn zones(stage: &Stage) {
    let visit = stage.visit();
    let mut dates = Vec::new();
    for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Amsterdam"] {
        visit.cdp("Emulation.setTimezoneOverride", json!({ "timezoneId": zone }));
        visit.open("help/");
        let days = "return [...document.querySelectorAll('time[datetime]')].map((day) => day.textContent)";
        dates.push(visit.js::<Vec<String>>(days, &[]));
    }
    visit.cdp("Emulation.setTimezoneOverride", json!({ "timezoneId": "" }));
    assert!(!dates[0].is_empty(), "the page has no dates");
    assert_eq!(dates[0], dates[1]);
    assert_eq!(dates[0], dates[2]);
}

/// Late in the evening it is the next date further east. The week follows the calendar of the device's time zone.
fn by_time_zone(stage: &Stage) {
    stage.site.inject_script(&calendar(0, 0));
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    visit.go("themes");
    let mut days = Vec::new();
    for east in [FAR_EAST, FAR_WEST] {
        set_clock(&visit, 0, east);
        let today = today(&visit);
        let stored = fill_in_weeks(&visit, "20");
        assert!(stored.contains(&today), "{stored} is not of {today}");
        days.push(today);
    }
    assert_ne!(days[0], days[1], "the two time zones have the same date");
}

/// The screen and the answers stay unchanged at midnight. Values that depend on the date follow at the next page load.
fn midnight(stage: &Stage) {
    for east in [FAR_EAST, FAR_WEST] {
        let visit = stage.visit();
        visit.js::<()>("localStorage.clear(); sessionStorage.clear()", &[]);
        let ahead = before_midnight(&visit, east);
        stage.site.inject_script(&calendar(ahead, east));
        visit.reload();
        let evening = today(&visit);
        visit.begin_with_storage(StorageChoice::Device);
        let step = visit.next();
        visit.write(&step, "in the evening");
        visit.go("themes");
        let stored = fill_in_weeks(&visit, "23+6");
        assert!(stored.contains(&evening), "{stored} is not of {evening}");
        let (before, shown) = (ideas(&visit), visit.text("[data-app]"));

        let ahead = ahead + 60 * SECOND;
        set_clock(&visit, ahead, east);
        stage.site.inject_script(&calendar(ahead, east));
        assert_ne!(today(&visit), evening, "the date did not change");
        assert_eq!(visit.text("[data-app]"), shown, "the screen changed at midnight");
        visit.reload();
        visit.ready();
        visit.wait_for_step("themes");
        assert_eq!(ideas(&visit), before + 1, "the next week did not begin");
        visit.go("answers");
        visit.click(&format!("[data-answer={step}] [data-action=change]"));
        visit.wait_for_step(&step);
        visit.write(&step, ", and at night");
        assert_eq!(visit.next(), "answers");
        visit.open_sheet();
        assert!(visit.sheet_line(&step).contains("in the evening, and at night"));

        // An invitation for today shows its date until the day ends, then that it has passed.
        let link = format!("{}/#v=1&practice=De+Wieg&date={evening}", stage.locale);
        for (ahead, hook) in [(ahead - 60 * SECOND, "day"), (ahead, "past")] {
            stage.site.inject_script(&calendar(ahead, east));
            visit.goto("about:blank");
            visit.goto(&stage.site.url(&link));
            until(hook, || visit.is_visible(&format!("[data-says={hook}]")).then_some(()));
        }
    }
}

/// Travelling far enough west moves the date back: the weeks were then typed on a future date.
fn into_yesterday(stage: &Stage) {
    stage.site.inject_script(&calendar(0, FAR_EAST));
    let visit = stage.visit();
    visit.begin_with_storage(StorageChoice::Device);
    let step = visit.next();
    visit.write(&step, "in the east");
    visit.go("themes");
    let without = ideas(&visit);
    fill_in_weeks(&visit, "10");
    assert!(ideas(&visit) < without, "the idea about hearing shows at ten weeks");
    set_clock(&visit, 0, FAR_WEST);
    stage.site.inject_script(&calendar(0, FAR_WEST));
    visit.reload();
    visit.ready();
    visit.wait_for_step("themes");
    assert_eq!(ideas(&visit), without, "weeks of a future date have an effect");
    visit.open_sheet();
    assert!(visit.sheet_line(&step).contains("in the east"));
}
