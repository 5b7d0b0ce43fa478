//! What can still be had of an item, as matching reads it.

use super::{Availability, Schedule, moment};
use calendar::freshness::Freshness;
use calendar::span::{Hours, Span};
use calendar::zone::Zone;
use protocol::facts::Weeks;
use protocol::id::{DealId, ItemId};
use protocol::time::{Day, UnixMs};

/// The free hours of an item in its weeks: those that its timetable offers, long enough ahead, and that no booking has (`AVL-5`).
#[derive(Clone, Debug)]
pub struct Free {
    hours: Hours,
    zone: Zone,
    /// How far the timetable can be believed.
    pub freshness: Freshness,
}

impl Free {
    /// Minutes that are free between two days on the wall, the later one excluded.
    pub fn minutes(&self, from: Day, to: Day) -> u32 {
        let days = Span::new(self.zone.begins_on(from.0), self.zone.begins_on(to.0));
        let seconds = days.map_or(0, |days| self.hours.within(days).seconds());
        u32::try_from(seconds / 60).unwrap_or(u32::MAX)
    }

    /// Minutes that are free at all.
    pub fn all_minutes(&self) -> u32 {
        u32::try_from(self.hours.seconds() / 60).unwrap_or(u32::MAX)
    }

    /// From the first week with a free hour to the last; nothing if none is free.
    pub fn weeks(&self) -> Option<Weeks> {
        let extent = self.hours.extent()?;
        let week = |moment| Day(self.zone.day(moment)).week();
        // The last moment belongs to the week that it ends.
        Some(Weeks { first: week(extent.from()), last: week(extent.to().plus(-1)) })
    }
}

impl Availability {
    /// What is free of an item in these weeks, for a new deal or for one that has hours already; nothing if no hours are kept for it.
    pub fn free(&self, item: &ItemId, weeks: Weeks, of: Option<&DealId>, now: UnixMs) -> Option<Free> {
        let schedule: &Schedule = self.kept(item)?;
        let days = self.days(schedule, weeks.first.monday(), weeks.last.monday().plus(6));
        let hours = days.map(|days| schedule.book.free(schedule.offer(), days, moment(now), of)).unwrap_or_default();
        Some(Free { hours, zone: self.zone_of(schedule), freshness: schedule.freshness(now) })
    }
}
