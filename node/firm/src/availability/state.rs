//! The firm's calendar as it stands.

use super::{Event, Why, moment, unix_ms};
use alloc::collections::{BTreeMap, BTreeSet};
use calendar::book::{Book, Booking, Offer, State};
use calendar::freshness::Freshness;
use calendar::shift::SiteHours;
use calendar::span::{Hours, Span};
use calendar::timetable::Timetable;
use calendar::zone::Zone;
use core::fmt;
use protocol::id::{DealId, ItemId};
use protocol::time::{Day, UnixMs};

/// The timetable and the book of one item.
#[derive(Clone, Default, PartialEq)]
pub struct Schedule {
    /// When it is offered.
    pub timetable: Timetable,
    /// Counts timetables up from 1.
    pub version: u32,
    /// When a person last said that it is true.
    pub confirmed: UnixMs,
    /// The hours that it offers, worked out under the zone database of this program.
    pub offered: Hours,
    /// What is held and committed.
    pub book: Book<DealId>,
    /// Deals whose hours a person chose.
    pub chosen: BTreeSet<DealId>,
}

/// All timetables and books, and what holds for all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Availability {
    /// Zone, shifts and holidays of the firm, once somebody has entered them.
    pub site: Option<SiteHours>,
    closed: Hours,
    items: BTreeMap<ItemId, Schedule>,
}

impl Availability {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Sited(site) => {
                self.closed = site.closed();
                self.site = Some(site.clone());
                for schedule in self.items.values_mut() {
                    schedule.offered = schedule.timetable.offered(&self.closed);
                }
            }
            Event::Scheduled { item, timetable, at } => {
                let schedule = self.items.entry(*item).or_default();
                schedule.offered = timetable.offered(&self.closed);
                schedule.timetable = timetable.clone();
                schedule.version = schedule.version.saturating_add(1);
                schedule.confirmed = *at;
            }
            Event::Confirmed { item, .. }
            | Event::Booked { item, .. }
            | Event::Committed { item, .. }
            | Event::Released { item, .. }
            | Event::Settled { item, .. } => {
                if let Some(schedule) = self.items.get_mut(item) {
                    schedule.apply(event);
                }
            }
        }
    }

    /// The schedule of an item that has one, whether or not it is kept any more.
    pub fn schedule(&self, item: &ItemId) -> Option<&Schedule> {
        self.items.get(item)
    }

    /// The schedule of an item for which hours are booked at all (`AVL-3`): one that offers something.
    pub fn kept(&self, item: &ItemId) -> Option<&Schedule> {
        self.items.get(item).filter(|schedule| !schedule.timetable.open.is_empty())
    }

    /// All schedules.
    pub fn all(&self) -> impl Iterator<Item = (&ItemId, &Schedule)> {
        self.items.iter()
    }

    /// Days of a deal's terms, first and last included, on the wall of the firm or else of the item's first window.
    pub fn days(&self, schedule: &Schedule, first: Day, last: Day) -> Option<Span> {
        let zone = self.zone_of(schedule);
        Span::new(zone.begins_on(first.0), zone.begins_on(last.plus(1).0))
    }

    /// On whose wall days are counted: the firm's, or else that of the item's first window.
    pub fn zone_of(&self, schedule: &Schedule) -> Zone {
        self.zone_under(&schedule.timetable)
    }

    /// On whose wall days would be counted under a timetable.
    pub fn zone_under(&self, timetable: &Timetable) -> Zone {
        let window = timetable.open.first().map(|window| &window.zone);
        self.site.as_ref().map(|site| &site.zone).or(window).cloned().unwrap_or_else(Zone::utc)
    }

    /// The hours in which the firm is closed.
    pub fn closed(&self) -> &Hours {
        &self.closed
    }

    /// Holds that have lapsed by now.
    pub fn lapsed(&self, now: UnixMs) -> impl Iterator<Item = (ItemId, DealId)> {
        let now = moment(now);
        self.items.iter().flat_map(move |(item, schedule)| schedule.book.lapsed(now).map(|deal| (*item, *deal)))
    }

    /// When the next hold lapses.
    pub fn next_lapse(&self) -> Option<UnixMs> {
        self.items.values().filter_map(|schedule| schedule.book.next_lapse()).min().map(unix_ms)
    }
}

impl Schedule {
    /// What it offers and on which conditions.
    pub fn offer(&self) -> Offer<'_> {
        Offer { offered: &self.offered, timetable: &self.timetable }
    }

    /// How far it can be believed.
    pub fn freshness(&self, now: UnixMs) -> Freshness {
        Freshness::of(moment(self.confirmed), moment(now))
    }

    fn apply(&mut self, event: &Event) {
        match event {
            Event::Sited(_) | Event::Scheduled { .. } => {}
            Event::Confirmed { at, .. } => self.confirmed = *at,
            Event::Booked { deal, hours, lapses, chosen, .. } => {
                let state = lapses.map_or(State::Committed, |lapses| State::Held { lapses });
                self.book.enter(*deal, Booking { hours: hours.clone(), state });
                if *chosen {
                    self.chosen.insert(*deal)
                } else {
                    self.chosen.remove(deal)
                };
            }
            Event::Committed { deal, .. } => self.book.commit(deal),
            Event::Released { deal, why: Why::Lapsed | Why::Withdrawn | Why::DealEnded | Why::LetGo, .. } => {
                self.book.release(deal);
                self.chosen.remove(deal);
            }
            Event::Settled { deal, at, .. } => self.book.settle(deal, moment(*at)),
        }
    }
}

impl fmt::Debug for Schedule {
    /// Without the hours that follow from the timetable, which can be thousands.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schedule")
            .field("timetable", &self.timetable)
            .field("version", &self.version)
            .field("confirmed", &self.confirmed)
            .field("book", &self.book)
            .field("chosen", &self.chosen)
            .finish_non_exhaustive()
    }
}
