//! Moments, days and weeks as calendars write them: `2026-11-21T00:00:00Z` (RFC 3339, UTC), `2026-11-21` and `2026-W47`
//! (ISO 8601). What lies past the calendar's last year, 9999, is written as its bare count.

use super::{DAY_MS, Day, UnixMs, Week};
use alloc::string::String;
use core::fmt::{self, Display, Formatter};
use core::str::FromStr;
use jiff::Timestamp;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::tz::Offset;

/// A text that is no moment, day or week.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a {what}; write it like {example}")]
pub struct Malformed {
    text: String,
    what: &'static str,
    example: &'static str,
}

fn timestamp(at: UnixMs) -> Option<Timestamp> {
    Timestamp::from_millisecond(i64::try_from(at.0).ok()?).ok()
}

impl Day {
    /// The same day in a calendar; `None` past the year 9999.
    pub fn date(self) -> Option<Date> {
        timestamp(self.start()).map(|at| Offset::UTC.to_datetime(at).date())
    }

    fn is_in_calendar(self) -> bool {
        self.date().is_some()
    }

    /// The day of that date; `None` before 1970.
    pub fn of(date: Date) -> Option<Day> {
        let midnight = Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?;
        let days = u64::try_from(midnight.as_millisecond()).ok()? / DAY_MS;
        u32::try_from(days).ok().map(Day)
    }
}

impl UnixMs {
    fn is_in_calendar(self) -> bool {
        timestamp(self).is_some()
    }
}

impl Week {
    fn is_in_calendar(self) -> bool {
        self.monday().is_in_calendar()
    }
}

impl Display for UnixMs {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match timestamp(*self) {
            Some(at) => at.fmt(f),
            None => self.0.fmt(f),
        }
    }
}

impl Display for Day {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.date() {
            Some(date) => date.fmt(f),
            None => self.0.fmt(f),
        }
    }
}

impl Display for Week {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.monday().date().map(Date::iso_week_date) {
            Some(week) => write!(f, "{}-W{:02}", week.year(), week.week()),
            None => self.0.fmt(f),
        }
    }
}

impl FromStr for UnixMs {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let at = text.parse::<Timestamp>().ok().and_then(|at| u64::try_from(at.as_millisecond()).ok());
        at.map(UnixMs).ok_or_else(|| malformed(text, "moment since 1970", "2026-11-30T16:00:00Z"))
    }
}

impl FromStr for Day {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        text.parse().ok().and_then(Day::of).ok_or_else(|| malformed(text, "day since 1970", "2026-11-30"))
    }
}

impl FromStr for Week {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let week = || {
            let (year, number) = text.split_once("-W")?;
            let week = ISOWeekDate::new(year.parse().ok()?, number.parse().ok()?, Weekday::Thursday).ok()?;
            Day::of(week.date()).map(Day::week)
        };
        week().ok_or_else(|| malformed(text, "week since 1970", "2026-W48"))
    }
}

fn malformed(text: &str, what: &'static str, example: &'static str) -> Malformed {
    Malformed { text: text.into(), what, example }
}

macro_rules! written {
    ($($name:ident, $count:ty, $expecting:literal;)*) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                let is_written = s.is_human_readable() && self.is_in_calendar();
                if is_written { s.collect_str(self) } else { self.0.serialize(s) }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                struct Visitor;

                impl serde::de::Visitor<'_> for Visitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
                        f.write_str($expecting)
                    }

                    fn visit_u64<E: serde::de::Error>(self, count: u64) -> Result<$name, E> {
                        <$count>::try_from(count).map($name).map_err(E::custom)
                    }

                    fn visit_i64<E: serde::de::Error>(self, count: i64) -> Result<$name, E> {
                        self.visit_u64(u64::try_from(count).map_err(E::custom)?)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }
                }

                // Parts of a record that serde held back in between (`flatten`) say that they are for people and are not.
                if d.is_human_readable() { d.deserialize_any(Visitor) } else { d.deserialize_u64(Visitor) }
            }
        }
    )*};
}

written! {
    UnixMs, u64, "a moment such as 2026-11-30T16:00:00Z";
    Day, u32, "a day such as 2026-11-30";
    Week, u32, "a week such as 2026-W48";
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use proptest::prelude::*;

    #[test]
    fn calendars_and_counts_agree() {
        assert_eq!(Day(20_773).to_string(), "2026-11-16");
        assert_eq!(Day(20_773).week().to_string(), "2026-W47");
        assert_eq!(Day(20_773).start().to_string(), "2026-11-16T00:00:00Z");
        assert_eq!(UnixMs(1_500).to_string(), "1970-01-01T00:00:01.5Z");
        assert_eq!((Week(0).to_string(), Day(0).to_string()), ("1970-W01".into(), "1970-01-01".into()));
        assert_eq!("2026-W53".parse(), Ok(Day(20_821).week()));
        assert_eq!(UnixMs(u64::MAX).to_string(), u64::MAX.to_string());
        let last = serde_json::to_string(&Day(u32::MAX)).unwrap();
        assert_eq!(serde_json::from_str::<Day>(&last).unwrap(), Day(u32::MAX));
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_an_example() {
        assert!("30.11.2026".parse::<Day>().unwrap_err().to_string().contains("2026-11-30"));
        assert!("1969-12-31".parse::<Day>().is_err());
        assert!("2027-W53".parse::<Week>().unwrap_err().to_string().contains("2026-W48"));
        assert!("yesterday".parse::<UnixMs>().is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(count in 0_u32..2_000_000) {
            let (day, week) = (Day(count), Day(count).week());
            prop_assert_eq!(day.to_string().parse(), Ok(day));
            prop_assert_eq!(week.to_string().parse(), Ok(week));
            let at = day.start().plus(u64::from(count) % DAY_MS);
            prop_assert_eq!(at.to_string().parse(), Ok(at));
            let text = serde_json::to_string(&(at, day, week)).unwrap();
            prop_assert_eq!(serde_json::from_str::<(UnixMs, Day, Week)>(&text).unwrap(), (at, day, week));
            let stored = minicbor_serde::to_vec((at, day, week)).unwrap();
            prop_assert_eq!(&stored, &minicbor_serde::to_vec((at.0, day.0, week.0)).unwrap());
            prop_assert_eq!(minicbor_serde::from_slice::<(UnixMs, Day, Week)>(&stored).unwrap(), (at, day, week));
        }
    }
}
