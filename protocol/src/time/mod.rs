//! Calendar units of the protocol. Everything audible is coarse: days, weeks, months; never a time of day.
//!
//! On the wire and in the journal they are counts; people and programs that read JSON or TOML see what a calendar says.

mod written;

pub use written::Malformed;

use crate::wire::wire_types;
use minicbor::{Decode, Encode};

/// Milliseconds of a day.
pub const DAY_MS: u64 = 86_400_000;

/// Milliseconds since 1970-01-01T00:00:00Z on the clock of the node that reads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct UnixMs(#[n(0)] pub u64);

/// Days since 1970-01-01 (UTC).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Day(#[n(0)] pub u32);

/// ISO weeks (Monday to Sunday, UTC), counted from the week that contains 1970-01-01. An epoch of passes is one week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Week(#[n(0)] pub u32);

wire_types!(UnixMs, Day, Week);

impl UnixMs {
    /// The day that contains this moment.
    pub fn day(self) -> Day {
        Day(u32::try_from(self.0 / DAY_MS).unwrap_or(u32::MAX))
    }

    /// The week that contains this moment.
    pub fn week(self) -> Week {
        self.day().week()
    }

    /// Later by `ms` milliseconds.
    pub fn plus(self, ms: u64) -> UnixMs {
        UnixMs(self.0.saturating_add(ms))
    }

    /// Earlier by `ms` milliseconds.
    pub fn minus(self, ms: u64) -> UnixMs {
        UnixMs(self.0.saturating_sub(ms))
    }
}

impl Day {
    /// The week that contains this day. 1970-01-01 was a Thursday, so the first Monday is day -3.
    pub fn week(self) -> Week {
        Week(self.0.saturating_add(3) / 7)
    }

    /// The first moment of this day.
    pub fn start(self) -> UnixMs {
        UnixMs(u64::from(self.0) * DAY_MS)
    }

    /// Later by `days`.
    pub fn plus(self, days: u32) -> Day {
        Day(self.0.saturating_add(days))
    }
}

impl Week {
    /// The Monday with which this week begins (1970-01-01 itself for week 0).
    pub fn monday(self) -> Day {
        Day(self.0.saturating_mul(7).saturating_sub(3))
    }

    /// Later by `weeks`.
    pub fn plus(self, weeks: u32) -> Week {
        Week(self.0.saturating_add(weeks))
    }

    /// The first moment after this week.
    pub fn end(self) -> UnixMs {
        self.plus(1).monday().start()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        // 2026-11-16 is a Monday, 20,773 days after 1970-01-01.
        let monday = Day(20_773);
        assert_eq!(monday.week().monday(), monday);
        assert_eq!(monday.plus(6).week(), monday.week());
        assert_eq!(monday.plus(7).week(), monday.week().plus(1));
        assert_eq!(monday.week().end(), monday.plus(7).start());
    }
}
