//! Days that both sides have, and hours in them: by the rows of weeks where those decide, by the slips where they do not.
//!
//! Who touches a week that lies whole in a window shares a day with it. Who has on one day, or on the days that are shared at
//! least, a tenth of the hours that are needed, has enough (`LIM-5`).
use super::{
    amounts::{hours_a_day, lack},
    facets::{Row, weeks, whole_weeks},
};
use crate::{
    day::Window,
    limits::starved,
    number::Number,
    record::{Facts, Quantity, Unit},
};
use alloc::vec::Vec;

/// What days and hours are asked for.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub(super) window: Window,
    hours: i64,
    /// Whether the slips are those of adverts.
    of_adverts: bool,
    pub(super) weeks: Vec<Row>,
    pub(super) whole: Vec<Row>,
    /// The most that the slice of hours a day may hold of who has enough on any day.
    pub(super) any_day: Option<u8>,
    /// The same on the days that are shared at least by who touches a whole week and the next but one, or every week.
    pub(super) three_weeks: Option<u8>,
    pub(super) all_weeks: Option<u8>,
}

/// Hours that are said plainly in a window that is, as slips keep them: positive, or negative in each week; zero for none.
pub(super) fn hours(facts: &Facts) -> i64 {
    if facts.window.is_none_or(|window| !super::offers::plain(&window)) {
        return 0;
    }
    let quantity = facts.quantity.filter(super::offers::plain).map(|stated| stated.value);
    quantity.map_or(0, |quantity| match quantity.unit {
        Unit::Hours => quantity.value.0.max(0),
        Unit::HoursPerWeek => quantity.value.0.max(0).saturating_neg(),
        _ => 0,
    })
}

/// Whether hours are said that are none, which a slip cannot keep.
pub(super) fn no_hours(facts: &Facts) -> bool {
    facts.quantity.is_some_and(|stated| {
        matches!(stated.value.unit, Unit::Hours | Unit::HoursPerWeek) && stated.value.value.0 <= 0
    })
}

/// Days as hours count them.
fn days(window: Window) -> i64 {
    i64::from(window.days()).clamp(1, 3_650)
}

/// The hours of a day that an advert has, rounded down.
fn has(window: Window, hours: i64) -> i64 {
    if hours > 0 { hours / days(window) } else { hours.saturating_neg() / 7 }
}

/// The least hours in all that serve a need, and a little more where thousandths are rounded.
fn least(window: Window, hours: i64) -> i64 {
    let whole = if hours > 0 { hours } else { Number(hours.saturating_neg()).times(days(window), 7).0 };
    let tenth = whole / 10 + 1;
    if hours > 0 { tenth } else { tenth + tenth / 16 + 1 }
}

/// What a need must find on one day to find enough; nothing if a day is not enough whatever it has.
pub(super) fn asks_of_a_day(window: Window, hours: i64) -> Option<u8> {
    // Of hours in each week only a tenth of the weeks serve.
    (hours > 0 || window.days() <= 10).then(|| hours_a_day(least(window, hours)))
}

/// What an advert has on each day.
pub(super) fn has_on_a_day(window: Window, hours: i64) -> u8 {
    hours_a_day(has(window, hours))
}

impl Span {
    fn new(window: Window, hours: i64, of_adverts: bool) -> Span {
        let (weeks, whole) = (weeks(window).collect(), whole_weeks(window).collect());
        Span { window, hours, of_adverts, weeks, whole, any_day: None, three_weeks: None, all_weeks: None }
    }

    /// What a need asks of adverts, which keep what their days lack.
    pub(super) fn of_adverts(window: Window, hours: i64) -> Span {
        let mut span = Span::new(window, hours, true);
        let more_than = |worth: u8| lack(worth).checked_sub(1);
        let on_days = |shared: i64| {
            // Of hours in each week only a tenth of the weeks serve.
            let serve = shared > 0 && (hours > 0 || shared * 10 >= days(window));
            serve.then(|| hours_a_day(least(window, hours) / shared + 1)).and_then(more_than)
        };
        if hours != 0 {
            span.any_day = asks_of_a_day(window, hours).and_then(more_than);
            span.three_weeks = on_days(9);
            // The weeks between, and a day of the first and of the last.
            span.all_weeks = on_days(i64::try_from(span.weeks.len()).unwrap_or(0) * 7 - 12);
        }
        span
    }

    /// What an advert asks of needs, which keep what they must find on one day.
    pub(super) fn of_needs(window: Window, hours: i64) -> Span {
        let mut span = Span::new(window, hours, false);
        if hours != 0 {
            span.any_day = has_on_a_day(window, hours).checked_sub(1);
        }
        span
    }

    pub(super) fn compares_hours(&self) -> bool {
        self.hours != 0
    }

    /// Whether a window of the other side shares days, and enough hours in them.
    pub(super) fn meets(&self, window: Window, hours: i64) -> bool {
        if self.window.shared(window) == 0 {
            return false;
        }
        let (Some(own), Some(its)) = (quantity(self.hours), quantity(hours)) else { return true };
        let (own, its) = ((self.window, own), (window, its));
        if self.of_adverts { !starved(own, its) } else { !starved(its, own) }
    }
}

fn quantity(hours: i64) -> Option<Quantity> {
    let unit = if hours > 0 { Unit::Hours } else { Unit::HoursPerWeek };
    (hours != 0).then(|| Quantity { value: Number(hours.saturating_abs()), unit })
}
