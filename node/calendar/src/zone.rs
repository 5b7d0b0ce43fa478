//! Time zones, and what a wall clock means in one.
//!
//! - `CAL-2` A time on the wall that comes twice (clocks go back) is the first of the two; one that never comes (clocks go
//!   forward) is read with the offset from before, as RFC 5545 section 3.3.5 has it: 02:30 becomes 03:30. Both are told when a
//!   window is entered. A window that would thereby end before it begins has no hours on that day.

use crate::span::{Moment, Span};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// A zone of the IANA database that is built into the program.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(TimeZone);

/// No such zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("zone: {0:?} is not a time zone; write its IANA name, such as America/Toronto or America/Moncton")]
pub struct BadZone(pub String);

/// What is odd about a time on the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Oddity {
    /// It comes twice; the first counts.
    Twice,
    /// It never comes; an hour later counts (or by as much as the clocks jump).
    Never,
}

impl Zone {
    /// The zone of this name, whatever its case.
    pub fn named(name: &str) -> Result<Zone, BadZone> {
        let found = TimeZoneDatabase::bundled().get(name).ok().filter(|zone| zone.iana_name().is_some());
        found.map(Zone).ok_or_else(|| BadZone(name.chars().take(60).collect()))
    }

    /// The zone that somebody may have meant who wrote only its town, such as Toronto or "st johns".
    pub fn of_town(town: &str) -> Option<Zone> {
        let letters =
            |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let town = letters(town);
        let known = TimeZoneDatabase::bundled();
        let mut names = known.available().filter(|_| !town.is_empty());
        let meant = names.find(|name| name.as_str().rsplit_once('/').is_some_and(|(_, last)| letters(last) == town))?;
        Zone::named(meant.as_str()).ok()
    }

    /// The zone of the clock that never jumps.
    pub fn utc() -> Zone {
        Zone(TimeZone::UTC)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The moment of a time on the wall (`CAL-2`). At the ends of all time, which no window reaches, the nearest there is.
    pub fn moment(&self, wall: DateTime) -> Moment {
        let moment = self.0.to_ambiguous_timestamp(wall).compatible();
        Moment(moment.map_or(Timestamp::MAX.as_second(), Timestamp::as_second))
    }

    /// The moment at which a day begins.
    pub fn begins(&self, date: Date) -> Moment {
        self.moment(date.to_datetime(jiff::civil::Time::midnight()))
    }

    /// The moment at which a day ends.
    pub fn ends(&self, date: Date) -> Moment {
        self.begins(date.checked_add(1.day()).unwrap_or(Date::MAX))
    }

    /// The moment at which a day begins that is counted in days from 1970-01-01.
    pub fn begins_on(&self, day: u32) -> Moment {
        let epoch = Date::constant(1970, 1, 1);
        self.begins(epoch.checked_add(i64::from(day).days()).unwrap_or(Date::MAX))
    }

    /// The day that a moment falls on, counted in days from 1970-01-01; the first for whatever lies before it.
    pub fn day(&self, moment: Moment) -> u32 {
        let since = self.wall(moment).date().since(Date::constant(1970, 1, 1));
        since.map_or(0, |span| u32::try_from(span.get_days()).unwrap_or(0))
    }

    /// What the wall shows at a moment.
    pub fn wall(&self, moment: Moment) -> DateTime {
        let timestamp =
            Timestamp::from_second(moment.0).unwrap_or(if moment.0 < 0 { Timestamp::MIN } else { Timestamp::MAX });
        self.0.to_datetime(timestamp)
    }

    /// What is odd about a time on the wall, if anything.
    pub fn oddity(&self, wall: DateTime) -> Option<Oddity> {
        match self.0.to_ambiguous_timestamp(wall).offset() {
            AmbiguousOffset::Unambiguous { .. } => None,
            AmbiguousOffset::Gap { .. } => Some(Oddity::Never),
            AmbiguousOffset::Fold { .. } => Some(Oddity::Twice),
        }
    }
}

/// Clocks that change, or that are first looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Seconds east of UTC before.
    pub before_s: i32,
    /// Seconds east of UTC from then on.
    pub after_s: i32,
    /// Whether it is summer time from then on.
    pub summer: bool,
    /// What the wall shows at that moment, by the offset before.
    pub wall: DateTime,
    /// What people call it, such as EDT.
    pub name: String,
}

impl Zone {
    /// What the clocks do within a span: the change that is in force when it begins, and every later one.
    pub fn changes(&self, within: Span) -> Vec<Change> {
        let at = |moment: Moment| Timestamp::from_second(moment.0).unwrap_or(Timestamp::MIN);
        let (from, to) = (at(within.from()), at(within.to()));
        let before = self.0.preceding(from).next().map_or(at(Moment(0)), |change| change.timestamp());
        let later = self.0.following(from).map(|change| change.timestamp()).take_while(|change| *change < to);
        core::iter::once(before).chain(later).map(|moment| self.change(moment)).collect()
    }

    fn change(&self, moment: Timestamp) -> Change {
        let before = self.0.to_offset_info(moment.checked_sub(1.second()).unwrap_or(moment)).offset();
        let info = self.0.to_offset_info(moment);
        Change {
            before_s: before.seconds(),
            after_s: info.offset().seconds(),
            summer: info.dst().is_dst(),
            wall: before.to_datetime(moment),
            name: info.abbreviation().to_string(),
        }
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Zone) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl core::str::FromStr for Zone {
    type Err = BadZone;
    fn from_str(name: &str) -> Result<Zone, BadZone> {
        Zone::named(name)
    }
}

impl TryFrom<String> for Zone {
    type Error = BadZone;
    fn try_from(name: String) -> Result<Zone, BadZone> {
        Zone::named(&name)
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> String {
        zone.name().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::datetime;

    fn toronto() -> Zone {
        Zone::named("america/toronto").unwrap()
    }

    #[test]
    fn a_zone_is_known_by_its_name_and_a_wrong_name_gets_an_example() {
        assert_eq!(toronto().name(), "America/Toronto");
        for wrong in ["EST5", "Toronto", "Eastern Standard Time", "", "+05:00"] {
            assert!(Zone::named(wrong).unwrap_err().to_string().contains("America/Toronto"), "{wrong}");
        }
        let meant = ["Toronto", "st johns", "Atlantis", ""].map(|town| Zone::of_town(town).map(String::from));
        assert_eq!(meant, [Some("America/Toronto".into()), Some("America/St_Johns".into()), None, None]);
    }

    #[test]
    fn a_time_that_comes_twice_is_the_first_and_one_that_never_comes_is_an_hour_later() {
        // CAL-2. In 2026 the clocks of Toronto go forward on 8 March and back on 1 November.
        let zone = toronto();
        let missing = datetime(2026, 3, 8, 2, 30, 0, 0);
        assert_eq!(zone.oddity(missing), Some(Oddity::Never));
        assert_eq!(zone.wall(zone.moment(missing)), datetime(2026, 3, 8, 3, 30, 0, 0));
        let twice = datetime(2026, 11, 1, 1, 30, 0, 0);
        assert_eq!(zone.oddity(twice), Some(Oddity::Twice));
        let first = zone.moment(twice);
        assert_eq!(zone.wall(first.plus(3_600)), twice, "the second comes an hour after");
        assert_eq!(zone.oddity(datetime(2026, 7, 1, 2, 30, 0, 0)), None);
    }

    #[test]
    fn a_day_has_as_many_hours_as_it_has() {
        let zone = toronto();
        let hours = |month, day| {
            let date = jiff::civil::date(2026, month, day);
            (zone.ends(date).0 - zone.begins(date).0) / 3_600
        };
        assert_eq!((hours(3, 7), hours(3, 8), hours(11, 1), hours(12, 31)), (24, 23, 25, 24));
    }
}
