//! Days of the civil calendar as numbers, and spans of them.
use alloc::string::String;
use core::fmt;
use serde::{Deserialize, Deserializer, de};

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Day(pub i32);

/// Days from the first to before the last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// The first day.
    pub from: Day,
    /// The day after the last.
    pub to: Day,
}

impl Day {
    /// From year, month (1 to 12) and day of the month (Howard Hinnant's `days_from_civil`).
    #[must_use]
    pub fn civil(year: i32, month: i32, day: i32) -> Option<Day> {
        if !(1..=9_999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Day(era * 146_097 + day_of_era - 719_468))
    }

    /// From `2026-03-09`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<i32>().ok());
        Day::civil(parts.next()??, parts.next()??, parts.next()??)
    }

    /// Year, month and day of the month.
    #[must_use]
    pub fn date(self) -> (i32, i32, i32) {
        let days = self.0 + 719_468;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
    }
}

impl Window {
    /// How many days it has.
    #[must_use]
    pub fn days(self) -> i32 {
        self.to.0.saturating_sub(self.from.0).max(0)
    }

    /// What two windows have in common; nothing if they share no day.
    #[must_use]
    pub fn both(self, other: Window) -> Option<Window> {
        let both = Window { from: self.from.max(other.from), to: self.to.min(other.to) };
        (both.days() > 0).then_some(both)
    }

    /// How many days two windows share.
    #[must_use]
    pub fn shared(self, other: Window) -> i32 {
        self.both(other).map_or(0, Window::days)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.from, self.to)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Day::parse(&text).ok_or_else(|| de::Error::custom("write a date as 2026-03-09"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn days_and_dates_are_two_names_of_one_thing() {
        for day in (-200_000..200_000).step_by(37) {
            let (year, month, of_month) = Day(day).date();
            assert_eq!(Day::civil(year, month, of_month), Some(Day(day)));
        }
        assert_eq!(Day::parse("2026-03-02").map(|day| day.to_string()).as_deref(), Some("2026-03-02"));
        assert_eq!(Day::parse("2026-13-02"), None);
    }
}
