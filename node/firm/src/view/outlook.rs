//! Six weeks of one item's calendar, day by day, as they are or as another timetable would make them. Nothing comes into force by
//! asking.

use super::{OddityView, SpanView};
use crate::Firm;
use crate::availability::{Schedule, moment};
use alloc::vec::Vec;
use calendar::span::{Hours, Span};
use calendar::timetable::{BadTimetable, Timetable};
use calendar::zone::Zone;
use protocol::id::ItemId;
use protocol::time::{Day, UnixMs};
use serde::Serialize;

/// Days that are shown: six weeks.
const DAYS: u32 = 42;

/// What is offered, and what a change would do to it. For the firm's own people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutlookView {
    /// On whose wall days are counted.
    pub zone: Zone,
    /// Six weeks of days from a Monday on.
    pub days: Vec<DayView>,
    /// Times on the wall that come twice or never.
    pub oddities: Vec<OddityView>,
    /// Minutes that deals have and that would not be offered any more. The deals keep them.
    pub not_offered_min: i64,
    /// Why it could not come into force; the days are then those of the timetable in force.
    pub refused: Option<BadTimetable>,
}

/// One day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayView {
    /// Which.
    pub day: Day,
    /// Its hours, the earliest first, none longer than the day.
    pub hours: Vec<(SpanView, Fate)>,
}

/// What becomes of hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// They are offered and stay so.
    Stays,
    /// They would be offered from then on.
    Comes,
    /// They would not be offered any more.
    Goes,
}

impl Firm {
    /// The six weeks from that of `from` on, or from the present one if that is later; as they are unless another timetable is given.
    pub(super) fn outlook(
        &self,
        id: &ItemId,
        (under, from): (Option<&Timetable>, Day),
        now: UnixMs,
    ) -> Option<OutlookView> {
        self.profile.item(id)?;
        let none = Schedule::default();
        let schedule = self.availability.schedule(id).unwrap_or(&none);
        let refused = under.and_then(|under| under.check().err());
        let under = under.filter(|_| refused.is_none()).unwrap_or(&schedule.timetable);
        let (before, after) = (&schedule.offered, under.offered(self.availability.closed()));
        let zone = self.availability.zone_under(under);
        let today = Day(zone.day(moment(now)));
        let first = from.max(today).week().monday();
        let at = moment(now);
        let booked: Hours = schedule
            .book
            .all()
            .filter(|(_, booking)| booking.stands(at))
            .flat_map(|(_, booking)| booking.hours.spans().iter().copied())
            .collect();
        let lost = booked.and(before).without(&after);
        let days = (0..DAYS).map(|ahead| first.plus(ahead)).map(|day| day_of(day, &zone, (before, &after))).collect();
        Some(OutlookView {
            days,
            oddities: super::calendar::oddities(under),
            not_offered_min: lost.seconds() / 60,
            refused,
            zone,
        })
    }
}

fn day_of(day: Day, zone: &Zone, (before, after): (&Hours, &Hours)) -> DayView {
    let whole = Span::new(zone.begins_on(day.0), zone.begins_on(day.plus(1).0));
    let within = |hours: &Hours| whole.map(|whole| hours.within(whole)).unwrap_or_default();
    let (before, after) = (within(before), within(after));
    let all = [
        (before.and(&after), Fate::Stays),
        (after.without(&before), Fate::Comes),
        (before.without(&after), Fate::Goes),
    ];
    let spans = all.iter().flat_map(|(hours, fate)| hours.spans().iter().map(|span| (SpanView::of(span), *fate)));
    let mut hours: Vec<(SpanView, Fate)> = spans.collect();
    hours.sort_by_key(|(span, _)| span.begins);
    DayView { day, hours }
}
