//! Shifts: hours that a firm calls by a name, and what holds for all its resources alike.

use crate::days::Days;
use crate::limits::{HOLIDAYS_MAX, LABEL_BYTES_MAX, SHIFTS_MAX};
use crate::span::{Hours, Moment, Span};
use crate::window::Window;
use crate::zone::Zone;
use alloc::{string::String, vec::Vec};
use core::{fmt, str::FromStr};
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

/// What a firm calls a shift or a holiday: 1 to 60 bytes, no control characters, no space around it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Label(String);

/// Not a name for a shift or holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("name: write 1 to {LABEL_BYTES_MAX} letters on one line, such as \"second shift\"")]
pub struct BadLabel;

impl Label {
    /// The text.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl FromStr for Label {
    type Err = BadLabel;
    fn from_str(text: &str) -> Result<Label, BadLabel> {
        let text = text.trim();
        let fit = (1..=LABEL_BYTES_MAX).contains(&text.len()) && !text.chars().any(char::is_control);
        if fit { Ok(Label(text.into())) } else { Err(BadLabel) }
    }
}

impl TryFrom<String> for Label {
    type Error = BadLabel;
    fn try_from(text: String) -> Result<Label, BadLabel> {
        text.parse()
    }
}

impl From<Label> for String {
    fn from(label: Label) -> String {
        label.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A shift template. It ends on the next day if its end is not later than its beginning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Its name.
    pub name: Label,
    /// When it begins.
    pub starts: Time,
    /// When it ends.
    pub ends: Time,
    /// On which days it begins.
    pub days: Days,
}

/// A day on which the firm does not work.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// Its name.
    pub name: Label,
}

/// What holds for all resources of a firm: on whose wall its hours are, its shifts and its holidays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteHours {
    /// Whose wall.
    pub zone: Zone,
    /// Its shifts; together they are what is installed.
    #[serde(default)]
    pub shifts: Vec<Shift>,
    /// Days on which nothing is offered.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
}

/// Why site hours are refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BadSiteHours {
    /// Too many.
    #[error("shifts, holidays: at most {SHIFTS_MAX} shifts and {HOLIDAYS_MAX} holidays; leave out those that are over")]
    TooMany,
    /// One name, two shifts.
    #[error("shifts: there are two shifts called \"{0}\"; call one otherwise")]
    SameName(Label),
    /// One day, twice.
    #[error("holidays: {0} stands there twice; leave one out")]
    SameDay(Date),
}

impl Shift {
    /// The shift on these days (its own if none are named), from the first of them on or after `first`, for so many weeks; `None`
    /// if none of the days is one of the shift's, or for no weeks.
    pub fn window(&self, zone: Zone, days: Option<&Days>, first: Date, weeks: u32) -> Option<Window> {
        let chosen: Vec<Weekday> =
            self.days.all().iter().copied().filter(|day| days.is_none_or(|days| days.has(*day))).collect();
        let days = Days::new(&chosen)?;
        let last = first.checked_add((i64::from(weeks) * 7 - 1).days()).ok().filter(|last| *last >= first)?;
        Window::weekly((self.starts, self.ends), &days, (first, last), zone)
    }
}

impl SiteHours {
    /// The site hours in order, or what is wrong with them.
    pub fn parse(mut self) -> Result<SiteHours, BadSiteHours> {
        if self.shifts.len() > SHIFTS_MAX || self.holidays.len() > HOLIDAYS_MAX {
            return Err(BadSiteHours::TooMany);
        }
        self.holidays.sort();
        for pair in self.holidays.windows(2) {
            if let [one, next] = pair
                && one.date == next.date
            {
                return Err(BadSiteHours::SameDay(one.date));
            }
        }
        let twice = self
            .shifts
            .iter()
            .enumerate()
            .find(|(at, shift)| self.shifts.iter().skip(at + 1).any(|other| other.name == shift.name));
        match twice {
            Some((_, shift)) => Err(BadSiteHours::SameName(shift.name.clone())),
            None => Ok(self),
        }
    }

    /// The shift of this name, whatever its case.
    pub fn shift(&self, name: &str) -> Option<&Shift> {
        self.shifts.iter().find(|shift| shift.name.text().eq_ignore_ascii_case(name.trim()))
    }

    /// Which day the wall shows.
    pub fn today(&self, now: Moment) -> Date {
        self.zone.wall(now).date()
    }

    /// The hours of all holidays, midnight to midnight.
    pub fn closed(&self) -> Hours {
        let day = |holiday: &Holiday| Span::new(self.zone.begins(holiday.date), self.zone.ends(holiday.date));
        self.holidays.iter().filter_map(day).collect()
    }

    /// The hours of all shifts within a span, holidays left out.
    pub fn installed(&self, within: Span) -> Hours {
        let day = |moment| self.zone.wall(moment).date();
        // A night shift of the day before reaches into the span.
        let first = day(within.from()).yesterday().unwrap_or(Date::MIN);
        let days = first.series(1.day()).take_while(|date| *date <= day(within.to()));
        let all: Hours =
            days.flat_map(|date| self.shifts.iter().filter_map(move |shift| self.on(shift, date))).collect();
        all.within(within).without(&self.closed())
    }

    fn on(&self, shift: &Shift, date: Date) -> Option<Span> {
        let window = shift.days.has(date.weekday()).then(|| {
            let ends = if shift.ends <= shift.starts { date.tomorrow().unwrap_or(date) } else { date };
            (date.to_datetime(shift.starts), ends.to_datetime(shift.ends))
        });
        let (starts, ends) = window?;
        Span::new(self.zone.moment(starts), self.zone.moment(ends))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};
    use std::string::ToString;

    fn shift(name: &str, starts: i8, ends: i8, days: &str) -> Shift {
        let (name, days) = (name.parse().unwrap(), days.parse().unwrap());
        Shift { name, starts: time(starts, 0, 0, 0), ends: time(ends, 0, 0, 0), days }
    }

    fn site() -> SiteHours {
        let shifts = [
            shift("first shift", 7, 15, "mon-fri"),
            shift("second shift", 15, 23, "mon-fri"),
            shift("night", 23, 7, "mon-thu"),
        ];
        let holidays = [Holiday { date: date(2027, 7, 1), name: "Canada Day".parse().unwrap() }];
        SiteHours { zone: Zone::named("America/Toronto").unwrap(), shifts: shifts.into(), holidays: holidays.into() }
    }

    #[test]
    fn machine_three_second_shift_tuesday_to_thursday_six_weeks_is_one_sentence() {
        let site = site();
        let days = "tue-thu".parse().unwrap();
        let window =
            site.shift("Second Shift").unwrap().window(site.zone.clone(), Some(&days), date(2027, 2, 22), 6).unwrap();
        window.check().unwrap();
        assert_eq!(window.starts.to_string(), "2027-02-23T15:00:00");
        assert_eq!(window.occurrences().count(), 18);
        let never =
            site.shift("night").unwrap().window(site.zone.clone(), Some(&"sat".parse().unwrap()), date(2027, 2, 22), 6);
        assert_eq!(never, None, "the night shift does not begin on a Saturday");
    }

    #[test]
    fn a_night_shift_ends_on_the_next_day() {
        let site = site();
        let window = site.shift("night").unwrap().window(site.zone.clone(), None, date(2027, 2, 22), 1).unwrap();
        assert_eq!((window.occurrences().count(), window.hours().seconds()), (4, 4 * 8 * 3_600));
    }

    #[test]
    fn what_is_installed_is_every_shift_but_on_holidays() {
        let site = site();
        let week = |monday: Date| {
            let sunday = monday.checked_add(7.days()).unwrap();
            site.installed(Span::new(site.zone.begins(monday), site.zone.begins(sunday)).unwrap()).seconds() / 3_600
        };
        assert_eq!(week(date(2027, 2, 22)), 5 * 16 + 4 * 8);
        // Thursday 1 July: its own 17 hours, and the 7 of the night before.
        assert_eq!(week(date(2027, 6, 28)), 5 * 16 + 4 * 8 - 24);
    }

    #[test]
    fn two_shifts_of_one_name_and_one_holiday_twice_are_refused() {
        let mut wrong = site();
        wrong.shifts.push(shift("night", 1, 2, "mon"));
        assert!(wrong.parse().unwrap_err().to_string().contains("night"));
        let mut wrong = site();
        wrong.holidays.push(Holiday { date: date(2027, 7, 1), name: "again".parse().unwrap() });
        assert!(wrong.parse().unwrap_err().to_string().contains("2027-07-01"));
        assert!("".parse::<Label>().is_err() && "two\nlines".parse::<Label>().is_err());
        assert!(site().parse().is_ok());
    }
}
