//! What can be asked of the firm's calendar.

use super::{Availability, Event, Limits, Schedule, Wanted, Why, moment};
use crate::approvals::LAPSE_MS;
use crate::policy::Because;
use calendar::book::{Offer, State, Unbookable};
use calendar::cap::{Cap, Full, Period, allowed};
use calendar::shift::{BadSiteHours, SiteHours};
use calendar::span::Hours;
use calendar::timetable::{BadTimetable, Timetable};
use calendar::zone::Zone;
use protocol::id::{DealId, ItemId};
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// How long hours are held, in milliseconds: as long as a question waits, so that the other side's people can decide.
pub const HOLD_MS: u64 = LAPSE_MS;

/// Why the calendar does not do it. Each says what the asker can do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotThere {
    /// No timetable.
    #[error("it has no timetable; enter one with `cosolvent calendar open`, or on its page")]
    NoTimetable,
    /// Another version is in force.
    #[error(
        "somebody has changed the timetable since you saw it; nothing was changed: look again and repeat what is still needed"
    )]
    Changed,
    /// Nobody has confirmed it for too long.
    #[error(
        "nobody has said for six weeks that the timetable is still true; confirm it with `cosolvent calendar confirm` first"
    )]
    Stale,
    /// Nothing to offer.
    #[error("nothing of it is free in its weeks; add windows to its timetable, or let held hours go")]
    NothingFree,
    /// Nothing is held.
    #[error("no hours are held for this deal")]
    NoHold,
    /// Committed hours are the other side's too.
    #[error("these hours are committed; they are free again when the deal ends")]
    Committed,
    /// A cap of the policy (`AVL-6`).
    #[error("{full} ({because})")]
    Capped {
        /// Which rule.
        because: Because,
        /// Which week or month is full, and which is not.
        full: Full,
    },
    /// A cap of the policy, and nothing that counts hours (`AVL-6`).
    #[error(
        "the policy caps its hours ({because}) and without a timetable nobody counts them; enter one with `cosolvent calendar \
         open`"
    )]
    Uncounted {
        /// Which rule.
        because: Because,
    },
    /// Site hours.
    #[error(transparent)]
    Site(#[from] BadSiteHours),
    /// A timetable.
    #[error(transparent)]
    Timetable(#[from] BadTimetable),
    /// Hours.
    #[error(transparent)]
    Hours(#[from] Unbookable),
}

/// Puts zone, shifts and holidays into force.
pub fn site(site: SiteHours) -> Result<Event, NotThere> {
    Ok(Event::Sited(site.parse()?))
}

/// Puts a timetable into force over the version that its author saw, 0 if there was none (`AVL-4`).
pub fn schedule(
    availability: &Availability,
    item: ItemId,
    (timetable, over): (Timetable, u32),
    at: UnixMs,
) -> Result<Event, NotThere> {
    if availability.schedule(&item).map_or(0, |schedule| schedule.version) != over {
        return Err(NotThere::Changed);
    }
    timetable.check()?;
    Ok(Event::Scheduled { item, timetable, at })
}

/// Says that a timetable is still true.
pub fn confirm(availability: &Availability, item: ItemId, at: UnixMs) -> Result<Event, NotThere> {
    availability.kept(&item).map(|_| Event::Confirmed { item, at }).ok_or(NotThere::NoTimetable)
}

/// Holds hours that a person chose for a deal, or moves those that it has.
pub fn hold(
    availability: &Availability,
    (item, deal): (ItemId, DealId),
    (wanted, limits): (&Wanted, &Limits),
    now: UnixMs,
) -> Result<Event, NotThere> {
    let schedule = availability.kept(&item).ok_or(NotThere::NoTimetable)?;
    let hours = find((availability, schedule, limits), deal, wanted, now)?;
    let committed = schedule.book.booking(&deal).is_some_and(|own| own.state == State::Committed);
    let lapses = (!committed).then(|| moment(now.plus(HOLD_MS)));
    Ok(Event::Booked { item, deal, hours, lapses, chosen: true })
}

/// What new terms do to a deal's hours by themselves (`AVL-2`); nothing if they cannot be had, which the deal's page says.
pub fn for_terms(
    availability: &Availability,
    (item, deal): (ItemId, DealId),
    (wanted, limits): (&Wanted, &Limits),
    now: UnixMs,
) -> Option<Event> {
    let schedule = availability.kept(&item)?;
    if schedule.freshness(now).is_stale() {
        return None;
    }
    let lapses = Some(moment(now.plus(HOLD_MS)));
    let kept = schedule.book.booking(&deal).filter(|own| own.stands(moment(now)));
    if let Some(own) = kept
        && serves(availability, schedule, deal, &own.hours, wanted)
        && limits.judge(&own.hours, &availability.zone_of(schedule)).is_ok()
    {
        let chosen = schedule.chosen.contains(&deal);
        return Some(Event::Booked { item, deal, hours: own.hours.clone(), lapses, chosen });
    }
    match find((availability, schedule, limits), deal, wanted, now) {
        Ok(hours) => Some(Event::Booked { item, deal, hours, lapses, chosen: false }),
        Err(_) => kept.map(|_| Event::Released { item, deal, why: Why::LetGo }),
    }
}

/// What a signature does to the deal's hours, in order, or why nobody may sign yet (`AVL-3`).
pub fn to_commit(
    availability: &Availability,
    (item, deal): (ItemId, DealId),
    (wanted, limits): (&Wanted, &Limits),
    now: UnixMs,
) -> Result<alloc::vec::Vec<Event>, NotThere> {
    let Some(schedule) = availability.kept(&item) else {
        return limits.without_timetable().map(|()| alloc::vec::Vec::new());
    };
    let committed = Event::Committed { item, deal };
    if schedule.book.can_commit(&deal, moment(now)) {
        if let Some(own) = schedule.book.booking(&deal) {
            limits.judge(&own.hours, &availability.zone_of(schedule))?;
        }
        return Ok([committed].into());
    }
    if schedule.freshness(now).is_stale() {
        return Err(NotThere::Stale);
    }
    let hours = find((availability, schedule, limits), deal, wanted, now)?;
    let lapses = Some(moment(now.plus(HOLD_MS)));
    Ok([Event::Booked { item, deal, hours, lapses, chosen: false }, committed].into())
}

/// Lets held hours go.
pub fn release(availability: &Availability, (item, deal): (ItemId, DealId), why: Why) -> Result<Event, NotThere> {
    let own = availability.schedule(&item).and_then(|schedule| schedule.book.booking(&deal));
    let own = own.ok_or(NotThere::NoHold)?;
    match (own.state, why) {
        (State::Committed, Why::LetGo | Why::Lapsed | Why::Withdrawn) => Err(NotThere::Committed),
        _ => Ok(Event::Released { item, deal, why }),
    }
}

/// Hours that are there and that every cap lets be had.
fn find(
    (availability, schedule, limits): (&Availability, &Schedule, &Limits),
    deal: DealId,
    wanted: &Wanted,
    now: UnixMs,
) -> Result<Hours, NotThere> {
    let (offer, now, zone) = (schedule.offer(), moment(now), availability.zone_of(schedule));
    match wanted {
        Wanted::These(hours) => {
            schedule.book.judge(&deal, hours, offer, now)?;
            limits.judge(hours, &zone)?;
            Ok(hours.clone())
        }
        Wanted::Earliest { minutes, weekly, first, last } => {
            let within = availability.days(schedule, *first, *last).ok_or(Unbookable::Count)?;
            let wanted_s = i64::from(*minutes) * 60;
            let free = schedule.book.free(offer, within, now, Some(&deal));
            let free = weekly.map_or(free.clone(), |minutes| in_rhythm(minutes, &free, &zone));
            let trimmed = limits.trimmed(&free, &zone);
            if trimmed.seconds() < wanted_s && free.seconds() >= wanted_s {
                let capped = limits.in_the_way(&free, wanted_s, &zone);
                return Err(capped.unwrap_or(NotThere::Hours(Unbookable::Count)));
            }
            let offer = Offer { offered: &trimmed, ..offer };
            Ok(schedule.book.earliest(&deal, wanted_s, within, offer, now)?)
        }
    }
}

/// So many minutes of these hours in each week, the earliest ones.
fn in_rhythm(minutes: u32, free: &Hours, zone: &Zone) -> Hours {
    let rhythm = Cap { hours: minutes.div_ceil(60), per: Period::Week, taken: alloc::vec::Vec::new() };
    allowed(core::iter::once(&rhythm), free, zone)
}

/// Whether what a deal has still serves: on its days, and as much as wanted unless a person chose it.
fn serves(availability: &Availability, schedule: &Schedule, deal: DealId, own: &Hours, wanted: &Wanted) -> bool {
    let Wanted::Earliest { minutes, first, last, .. } = wanted else { return false };
    let on_its_days = availability.days(schedule, *first, *last).is_some_and(|days| own.within(days) == *own);
    on_its_days && (schedule.chosen.contains(&deal) || own.seconds() == i64::from(*minutes) * 60)
}
