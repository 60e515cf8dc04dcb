//! The week of pregnancy, from what the parent entered. Whole days in the civil calendar: no hours, so no time zone.

use std::str::FromStr;

use super::number::digit;

/// A pregnancy is said to last this many days, from which the due date is counted back.
const DUE: i64 = 280;
/// After this many days no week is said any more.
const LAST: i64 = 42 * 7;

/// A day of the civil calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(
    /// Days since 1 March of the year 0.
    i64,
);

/// What the parent entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weeks {
    /// So many days of pregnancy, on this day.
    Entered { days: i64, on: Day },
    /// The baby is due on this day.
    Due(Day),
}

impl FromStr for Day {
    type Err = ();

    /// Reads `YYYY-MM-DD`, as a date field gives it.
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
        // Years that begin in March end with the day that only leap years have.
        let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
        Ok(Self(year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1))
    }
}

impl Weeks {
    /// Reads weeks as they are said, `12` or `12+3`, in any digits, typed on this day, `YYYY-MM-DD`. None if it is no such
    /// thing, or cannot be.
    pub fn typed(text: &str, on: &str) -> Option<Self> {
        let plain: String = text.chars().map(|ch| digit(ch).unwrap_or(' ')).collect();
        let mut numbers = plain.split_whitespace().map(|number| number.parse::<u32>().map(i64::from));
        let weeks = numbers.next()?.ok()?;
        let days = numbers.next().unwrap_or(Ok(0)).ok()?;
        if weeks > LAST / 7 || days > 6 || numbers.next().is_some() {
            return None;
        }
        Some(Self::Entered { days: weeks * 7 + days, on: on.parse().ok()? })
    }
}

/// The week on this day. None before what was entered can hold (a clock may jump), after 42 weeks, and after the due
/// date: a date that has passed says nothing.
pub fn week_on(entered: Weeks, today: Day) -> Option<u32> {
    let days = match entered {
        Weeks::Entered { days, on } => (today >= on).then_some(days + today.0 - on.0),
        Weeks::Due(due) => (today <= due).then_some(DUE + today.0 - due.0),
    };
    days.filter(|days| (0..=LAST).contains(days)).and_then(|days| u32::try_from(days / 7).ok())
}
