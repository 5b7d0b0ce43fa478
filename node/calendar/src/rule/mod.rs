//! How a window comes again: the part of RFC 5545 section 3.3.10 that shops use.
//!
//! - `CAL-3` A rule says `FREQ` = `DAILY`, `WEEKLY`, `MONTHLY` or `YEARLY`, perhaps `INTERVAL`, `BYDAY`, `BYMONTHDAY` and `WKST`,
//!   and how it ends: `COUNT` or `UNTIL`, one of the two. A rule without an end, and every other part, is refused by name. `COUNT`
//!   counts occurrences before exceptions are taken out. Nothing runs past the limits.

mod dates;
mod text;

use crate::span::Moment;
use alloc::{string::String, vec::Vec};
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// The period in which a rule steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// Day by day.
    Daily,
    /// Week by week.
    Weekly,
    /// Month by month.
    Monthly,
    /// Year by year.
    Yearly,
}

/// One entry of `BYDAY`: every such day, or the nth (from the end if negative) of the month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByDay {
    /// Which of them: `2` the second, `-1` the last; `None` every one.
    pub nth: Option<i8>,
    /// Which day.
    pub day: Weekday,
}

/// The last moment at which an occurrence may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// The whole of this day, on the window's own wall.
    Day(Date),
    /// This moment, included.
    Moment(Moment),
}

/// How a rule ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// After so many occurrences.
    Count(u32),
    /// See [`Until`].
    Until(Until),
}

/// A recurrence rule (`CAL-3`). Written and stored as the text of RFC 5545.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rule {
    /// In which periods it steps.
    pub frequency: Frequency,
    /// How many periods at once, from 1.
    pub interval: u32,
    /// On which days of the week.
    pub by_day: Vec<ByDay>,
    /// On which days of the month, from 1, or from the end from -1.
    pub by_month_day: Vec<i8>,
    /// The day with which a week begins; matters to every second week and so on.
    pub week_start: Weekday,
    /// How it ends.
    pub end: End,
}

/// Why a rule is refused, and what to write (`CAL-3`).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRule {
    /// A part of RFC 5545 that is not supported, or of nothing.
    #[error(
        "rule: {0} is not supported; a rule says FREQ=DAILY, WEEKLY, MONTHLY or YEARLY, perhaps INTERVAL, BYDAY, BYMONTHDAY and \
         WKST, and COUNT or UNTIL"
    )]
    Unsupported(String),
    /// A value that is none.
    #[error("rule: {0} is not understood; write a rule like FREQ=WEEKLY;BYDAY=TU,WE,TH;UNTIL=20270411")]
    Malformed(String),
    /// A part is said twice.
    #[error("rule: {0} is said twice; say it once")]
    Twice(&'static str),
    /// No frequency.
    #[error("rule: FREQ is missing; begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY")]
    NoFrequency,
    /// It would never end.
    #[error("rule: it never ends; add COUNT (how often) or UNTIL (the last day)")]
    NoEnd,
    /// Two ends.
    #[error("rule: COUNT and UNTIL exclude each other; leave one out")]
    TwoEnds,
    /// `BYMONTHDAY` in a week.
    #[error("rule: BYMONTHDAY does not go with FREQ=WEEKLY; use FREQ=MONTHLY")]
    MonthDayInWeek,
    /// `1FR` of a day or week.
    #[error(
        "rule: the {0} of BYDAY counts within a month or year; use FREQ=MONTHLY or YEARLY, or leave the number out"
    )]
    NthInWeek(String),
}

impl Rule {
    /// Every so many weeks on these days of the week, up to and with a last day.
    pub fn weekly(days: &crate::days::Days, last: Date) -> Rule {
        Rule {
            frequency: Frequency::Weekly,
            interval: 1,
            by_day: days.all().iter().map(|day| ByDay { nth: None, day: *day }).collect(),
            by_month_day: Vec::new(),
            week_start: Weekday::Monday,
            end: End::Until(Until::Day(last)),
        }
    }
}

#[cfg(test)]
mod tests;
