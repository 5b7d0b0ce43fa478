//! The timetable of one resource: when it is offered, when not, and on which conditions.
//!
//! - `CAL-5` Offered are the hours of open windows, less those of shut windows and of the firm's holidays. Two open windows never
//!   meet: an hour is offered once, by one window, so that taking that window back takes the hour back.

use crate::limits::{BATCH_HOURS_MAX, NOTICE_HOURS_MAX, WINDOWS_MAX};
use crate::span::{Hours, Moment, Span};
use crate::window::{BadWindow, Window};
use alloc::vec::Vec;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// When one resource is offered (`CAL-5`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timetable {
    /// When it is offered.
    #[serde(default)]
    pub open: Vec<Window>,
    /// When it is not, whatever `open` says: maintenance, own work, examinations.
    #[serde(default)]
    pub shut: Vec<Window>,
    /// How long before an hour begins somebody must ask, in hours.
    #[serde(default)]
    pub notice_hours: u32,
    /// Fewest hours in one booking.
    #[serde(default)]
    pub least_hours: Option<u32>,
    /// Most hours in one booking.
    #[serde(default)]
    pub most_hours: Option<u32>,
}

/// Open or shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Offered.
    Open,
    /// Not offered.
    Shut,
}

impl core::fmt::Display for Kind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Kind::Open => "open",
            Kind::Shut => "shut",
        })
    }
}

/// Why a timetable is refused: which window, counted from 1, and what to write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BadTimetable {
    /// One window by itself.
    #[error("{kind} window {number}: {why}")]
    Window {
        /// Among which.
        kind: Kind,
        /// Which, from 1.
        number: usize,
        /// Why.
        why: BadWindow,
    },
    /// Two open windows meet.
    #[error("open windows {first} and {second} both hold {on}; end one earlier, or except that day")]
    Overlap {
        /// Which, from 1.
        first: usize,
        /// Which other.
        second: usize,
        /// The first day on which they meet.
        on: Date,
    },
    /// No hour is left of an open window.
    #[error("open window {number}: clocks jump over all of it; choose other hours")]
    NoHours {
        /// Which, from 1.
        number: usize,
    },
    /// Too many.
    #[error("windows: a timetable has at most {WINDOWS_MAX} windows; take out those that are over, or use a rule")]
    TooMany,
    /// Absurd notice.
    #[error("notice: write hours from 0 to {NOTICE_HOURS_MAX}")]
    Notice,
    /// Absurd batch.
    #[error("batch: write hours from 1 to {BATCH_HOURS_MAX}, the least not above the most")]
    Batch,
}

impl Timetable {
    /// Whether it can come into force (`CAL-5`).
    pub fn check(&self) -> Result<(), BadTimetable> {
        if self.open.len() + self.shut.len() > WINDOWS_MAX {
            return Err(BadTimetable::TooMany);
        }
        if self.notice_hours > NOTICE_HOURS_MAX {
            return Err(BadTimetable::Notice);
        }
        let (least, most) = (self.least_hours.unwrap_or(1), self.most_hours.unwrap_or(BATCH_HOURS_MAX));
        if least == 0 || most > BATCH_HOURS_MAX || least > most {
            return Err(BadTimetable::Batch);
        }
        each_whole(Kind::Open, &self.open)?;
        each_whole(Kind::Shut, &self.shut)?;
        self.disjoint()
    }

    /// The hours offered, with those in which the firm is closed (`CAL-5`).
    pub fn offered(&self, closed: &Hours) -> Hours {
        spans(&self.open).without(&spans(&self.shut)).without(closed)
    }

    /// The first moment that may still be booked.
    pub fn earliest(&self, now: Moment) -> Moment {
        now.plus(i64::from(self.notice_hours) * 3_600)
    }

    fn disjoint(&self) -> Result<(), BadTimetable> {
        let mut all: Vec<(Span, usize)> = Vec::new();
        for (at, window) in self.open.iter().enumerate() {
            let before = all.len();
            all.extend(window.occurrences().filter_map(|one| Some((one.span?, at + 1))));
            if all.len() == before {
                return Err(BadTimetable::NoHours { number: at + 1 });
            }
        }
        all.sort_unstable();
        for pair in all.windows(2) {
            if let [(one, first), (next, second)] = pair
                && next.from() < one.to()
            {
                let zone = self.open.get(second - 1).map(|window| &window.zone);
                let on = zone.map_or(Date::MIN, |zone| zone.wall(next.from()).date());
                return Err(BadTimetable::Overlap { first: *first.min(second), second: *first.max(second), on });
            }
        }
        Ok(())
    }
}

fn each_whole(kind: Kind, windows: &[Window]) -> Result<(), BadTimetable> {
    windows
        .iter()
        .enumerate()
        .try_for_each(|(at, window)| window.check().map_err(|why| BadTimetable::Window { kind, number: at + 1, why }))
}

fn spans(windows: &[Window]) -> Hours {
    windows.iter().flat_map(|window| window.occurrences().filter_map(|one| one.span)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone::Zone;
    use jiff::civil::{DateTime, datetime};
    use std::string::ToString;

    fn zone() -> Zone {
        Zone::named("America/Toronto").unwrap()
    }

    fn shift(day: i8, from: i8, to: i8, rule: &str) -> Window {
        let at = |hour| datetime(2027, 2, day, hour, 0, 0, 0);
        Window { rule: Some(rule.parse().unwrap()), ..Window::once(at(from), at(to), zone()) }
    }

    fn whole_days(from: DateTime, to: DateTime) -> Window {
        Window::once(from, to, zone())
    }

    #[test]
    fn shut_windows_and_holidays_take_hours_from_open_ones() {
        let week = shift(22, 15, 23, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270228");
        let maintenance = whole_days(datetime(2027, 2, 24, 0, 0, 0, 0), datetime(2027, 2, 25, 0, 0, 0, 0));
        let timetable = Timetable { open: [week].into(), shut: [maintenance].into(), ..Timetable::default() };
        timetable.check().unwrap();
        let friday = jiff::civil::date(2027, 2, 26);
        let closed = Span::new(zone().begins(friday), zone().ends(friday)).unwrap();
        assert_eq!(timetable.offered(&Hours::default()).seconds(), 4 * 8 * 3_600);
        assert_eq!(timetable.offered(&closed.into()).seconds(), 3 * 8 * 3_600);
    }

    #[test]
    fn open_windows_that_meet_are_refused_with_the_day() {
        // CAL-5
        let (week, evening) = (shift(22, 15, 23, "FREQ=DAILY;COUNT=5"), shift(25, 22, 23, "FREQ=DAILY;COUNT=2"));
        let timetable = Timetable { open: [evening, week.clone()].into(), ..Timetable::default() };
        let why = timetable.check().unwrap_err().to_string();
        assert!(why.contains("windows 1 and 2") && why.contains("2027-02-25"), "{why}");
        let after = shift(22, 23, 23, "FREQ=DAILY;COUNT=5");
        let after = Window { ends: datetime(2027, 2, 23, 7, 0, 0, 0), ..after };
        let timetable = Timetable { open: [week, after].into(), ..Timetable::default() };
        assert_eq!(timetable.check(), Ok(()), "one begins when the other ends");
    }

    #[test]
    fn what_is_wrong_is_named_by_window_and_field() {
        let upside_down = whole_days(datetime(2027, 2, 24, 0, 0, 0, 0), datetime(2027, 2, 23, 0, 0, 0, 0));
        let shut = Timetable { shut: [upside_down].into(), ..Timetable::default() };
        let jumped = whole_days(datetime(2027, 3, 14, 2, 30, 0, 0), datetime(2027, 3, 14, 3, 10, 0, 0));
        let jumped = Timetable { open: [jumped].into(), ..Timetable::default() };
        let batch = Timetable { least_hours: Some(9), most_hours: Some(8), ..Timetable::default() };
        let notice = Timetable { notice_hours: 9_000, ..Timetable::default() };
        for (wrong, said) in
            [(shut, "shut window 1: ends"), (jumped, "jump over"), (batch, "batch"), (notice, "notice")]
        {
            let why = wrong.check().unwrap_err().to_string();
            assert!(why.contains(said), "{why}");
        }
    }
}
