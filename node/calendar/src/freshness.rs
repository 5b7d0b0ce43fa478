//! How far a timetable can still be believed.
//!
//! - `CAL-8` A timetable that a person entered or confirmed is believed for 14 days. From then on somebody is asked "still true?",
//!   and every day that passes without an answer takes a 28th of its certainty, until nothing is left and nothing is held by
//!   itself any more. One word restores it.

use crate::span::Moment;
use serde::Serialize;

/// How long it is believed, in seconds: 14 days, two shift plans.
pub const BELIEVED_S: i64 = 14 * DAY_S;
/// Over how long it then fades, in seconds: 28 days.
pub const FADING_S: i64 = 28 * DAY_S;

const DAY_S: i64 = 86_400;

/// How far a timetable can be believed at a moment (`CAL-8`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Freshness {
    /// Certainty, in thousandths: 1000 while it is believed, 0 once nothing is left of it.
    pub certainty_permille: u16,
    /// From when on somebody is asked whether it is still true.
    pub due: Moment,
}

impl Freshness {
    /// Of a timetable that was last confirmed at a moment.
    pub fn of(confirmed: Moment, now: Moment) -> Freshness {
        let due = confirmed.plus(BELIEVED_S);
        let days = now.0.saturating_sub(due.0).max(0) / DAY_S;
        let left = (FADING_S / DAY_S - days).max(0) * 1_000 / (FADING_S / DAY_S);
        Freshness { certainty_permille: u16::try_from(left).unwrap_or_default(), due }
    }

    /// Whether somebody is to be asked "still true?".
    pub fn is_due(&self, now: Moment) -> bool {
        self.due <= now
    }

    /// Whether nothing is left of it.
    pub fn is_stale(&self) -> bool {
        self.certainty_permille == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_believed_for_two_weeks_fades_for_four_and_is_then_worth_nothing() {
        // CAL-8
        let on_day = |day: i64| Freshness::of(Moment(0), Moment(day * DAY_S));
        for (day, certainty, due) in [
            (0, 1_000, false),
            (13, 1_000, false),
            (14, 1_000, true),
            (15, 964, true),
            (28, 500, true),
            (42, 0, true),
            (400, 0, true),
        ] {
            let fresh = on_day(day);
            assert_eq!((fresh.certainty_permille, fresh.is_due(Moment(day * DAY_S))), (certainty, due), "day {day}");
            assert_eq!(fresh.is_stale(), certainty == 0);
        }
    }

    #[test]
    fn a_clock_that_went_back_does_no_harm() {
        assert_eq!(Freshness::of(Moment(1_000_000), Moment(0)).certainty_permille, 1_000);
    }
}
