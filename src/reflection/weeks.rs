//! The week of pregnancy, computed from what the parent entered.
//!
//! It counts whole days of the Gregorian calendar, without times of day, so it needs no time zone.

use std::str::FromStr;

use super::number::digit;

/// The days from the first day of the last menstrual period to the due date: 40 weeks (Naegele's rule).
const DUE: i64 = 280;
/// The last day for which a week is shown: 42 weeks, after which a pregnancy is post-term.
const LAST: i64 = 42 * 7;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(
    /// Days since 1 March of the year 0.
    i64,
);

/// The duration of the pregnancy, as entered by the parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weeks {
    /// The completed days of the pregnancy.
    Entered {
        /// The number of days, from 0.
        days: i64,
        /// The day on which they were entered.
        on: Day,
    },
    /// The due date.
    Due(Day),
}

impl FromStr for Day {
    type Err = ();

    /// Parses `YYYY-MM-DD`, the value of an HTML date field, with a year from 1 to 9999.
    ///
    /// # Errors
    ///
    /// Returns `()` if the text has another form or names a day that does not exist.
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<u32>().map(i64::from));
        let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) = (parts.next(), parts.next(), parts.next()) else {
            return Err(());
        };
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 => 28 + i64::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=length).contains(&day) {
            return Err(());
        }
        // The `days_from_civil` algorithm (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"): the year is
        // shifted to begin in March, so that the leap day is its last day.
        let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
        Ok(Self(year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1))
    }
}

impl Weeks {
    /// Parses completed weeks and days such as `12` or `12+3`, typed on the day `on`, `YYYY-MM-DD`. Digits may be
    /// European, Arabic, Persian or full-width. Returns `None` for any other text, more than 42 weeks, or more than 6
    /// days.
    pub fn typed(text: &str, on: &str) -> Option<Self> {
        let digits: String = text.chars().map(|ch| digit(ch).unwrap_or(' ')).collect();
        let mut numbers = digits.split_whitespace().map(|number| number.parse::<u32>().map(i64::from));
        let weeks = numbers.next()?.ok()?;
        let days = numbers.next().unwrap_or(Ok(0)).ok()?;
        if weeks > LAST / 7 || days > 6 || numbers.next().is_some() {
            return None;
        }
        Some(Self::Entered { days: weeks * 7 + days, on: on.parse().ok()? })
    }
}

/// Returns the completed weeks of pregnancy on the day `today`, 0 to 42.
///
/// Returns `None` if `today` is before the day of entry (the clock was changed), more than 280 days before the due
/// date, after the due date, or after 42 weeks.
pub fn week_on(entered: Weeks, today: Day) -> Option<u32> {
    let days = match entered {
        Weeks::Entered { days, on } => (today >= on).then_some(days + today.0 - on.0),
        Weeks::Due(due) => (today <= due).then_some(DUE + today.0 - due.0),
    };
    days.filter(|days| (0..=LAST).contains(days)).and_then(|days| u32::try_from(days / 7).ok())
}
