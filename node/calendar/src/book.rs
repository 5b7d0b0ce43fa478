//! The book of one resource: which of its hours are held or committed, and for whom.
//!
//! ```text
//!   free ──hold──▶ held ──commit──▶ committed ──settle──▶ committed up to then, free from then on
//!     ▲             │ lapse, release      │ release
//!     └─────────────┴─────────────────────┘
//! ```
//!
//! - `CAL-6` No hour is booked twice: a booking is placed, moved or committed only if no other that stands holds any of its hours.
//!   A booking keeps its hours also when the timetable changes under it.
//! - `CAL-7` A hold lapses at its moment by itself, whether or not anybody has noted it yet; then its hours are free, and it can be
//!   committed only if they still are.

use crate::limits::BOOKING_SPANS_MAX;
use crate::span::{Hours, Moment, Span};
use crate::timetable::Timetable;
use alloc::collections::BTreeMap;
use serde::{Deserialize, Serialize};

/// How firm a booking is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Tentative.
    Held {
        /// Until when; from then on it does not stand.
        lapses: Moment,
    },
    /// Promised.
    Committed,
}

/// Hours that are booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// Which.
    pub hours: Hours,
    /// How firmly.
    pub state: State,
}

impl Booking {
    /// Whether it stands at a moment (`CAL-7`).
    pub fn stands(&self, now: Moment) -> bool {
        match self.state {
            State::Held { lapses } => now < lapses,
            State::Committed => true,
        }
    }
}

/// All bookings of one resource, by what they are for.
#[derive(Clone, Debug, PartialEq)]
pub struct Book<K>(BTreeMap<K, Booking>);

/// Why hours cannot be booked, and what would do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unbookable {
    /// Nothing to book.
    #[error("hours: choose at least one span of hours, and at most {BOOKING_SPANS_MAX}")]
    Count,
    /// Too soon, or past.
    #[error("hours: they begin before the notice that this resource needs is over; choose later ones")]
    Notice {
        /// From when on hours can be booked.
        earliest: Moment,
    },
    /// Not offered.
    #[error("hours: some of them are not offered; choose hours of the timetable, or add a window first")]
    NotOffered {
        /// The first of them that is not.
        span: Span,
    },
    /// Taken.
    #[error("hours: some of them are held or committed already; choose free ones, or release the other booking first")]
    Taken {
        /// The first of them that is.
        span: Span,
    },
    /// Too few or too many.
    #[error("hours: {}", batch(*least, *most))]
    Batch {
        /// Fewest.
        least: Option<u32>,
        /// Most.
        most: Option<u32>,
    },
    /// Too few are free.
    #[error("hours: only {} of {} wanted are free there; choose other days or fewer hours", in_hours(*free_s), in_hours(*wanted_s))]
    TooFew {
        /// How many are, in seconds.
        free_s: i64,
        /// How many were wanted, in seconds.
        wanted_s: i64,
    },
}

fn batch(least: Option<u32>, most: Option<u32>) -> alloc::string::String {
    match (least, most) {
        (Some(least), Some(most)) => alloc::format!("one booking of this resource has {least} to {most} hours"),
        (Some(least), None) => alloc::format!("one booking of this resource has at least {least} hours"),
        (_, most) => alloc::format!("one booking of this resource has at most {} hours", most.unwrap_or(u32::MAX)),
    }
}

fn in_hours(seconds: i64) -> alloc::string::String {
    alloc::format!("{}:{:02} h", seconds / 3_600, seconds % 3_600 / 60)
}

/// What a resource offers and on which conditions, for judging a booking.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// The hours offered.
    pub offered: &'a Hours,
    /// Its conditions.
    pub timetable: &'a Timetable,
}

impl<K> Default for Book<K> {
    fn default() -> Self {
        Book(BTreeMap::new())
    }
}

impl<K: Ord> Book<K> {
    /// One booking, whether or not it stands.
    pub fn booking(&self, key: &K) -> Option<&Booking> {
        self.0.get(key)
    }

    /// All bookings.
    pub fn all(&self) -> impl Iterator<Item = (&K, &Booking)> {
        self.0.iter()
    }

    /// Hours that bookings hold at a moment, within a span; one booking may be left out.
    pub fn taken(&self, within: Span, now: Moment, but: Option<&K>) -> Hours {
        let standing = self.0.iter().filter(|(key, booking)| Some(*key) != but && booking.stands(now));
        standing.flat_map(|(_, booking)| booking.hours.within(within).spans().to_vec()).collect()
    }

    /// Hours that could be booked now, for one booking or for a new one.
    pub fn free(&self, offer: Offer<'_>, within: Span, now: Moment, of: Option<&K>) -> Hours {
        let from = within.from().max(offer.timetable.earliest(now));
        let Some(within) = Span::new(from, within.to()) else { return Hours::default() };
        offer.offered.within(within).without(&self.taken(within, now, of))
    }

    /// Whether these hours can be booked now (`CAL-6`). What the booking holds already needs no notice and no window any more.
    pub fn judge(&self, key: &K, hours: &Hours, offer: Offer<'_>, now: Moment) -> Result<(), Unbookable> {
        let spans = hours.spans();
        let extent = hours.extent().filter(|_| spans.len() <= BOOKING_SPANS_MAX).ok_or(Unbookable::Count)?;
        let own = self.0.get(key).filter(|own| own.stands(now)).map(|own| own.hours.clone()).unwrap_or_default();
        let new = hours.without(&own);
        let taken = hours.and(&self.taken(extent, now, Some(key)));
        if let Some(span) = taken.spans().first() {
            return Err(Unbookable::Taken { span: *span });
        }
        if let Some(span) = new.without(offer.offered).spans().first() {
            return Err(Unbookable::NotOffered { span: *span });
        }
        let earliest = offer.timetable.earliest(now);
        if new.spans().first().is_some_and(|first| first.from() < earliest) {
            return Err(Unbookable::Notice { earliest });
        }
        let (least, most) = (offer.timetable.least_hours, offer.timetable.most_hours);
        let bound = |hours: Option<u32>| hours.map(|hours| i64::from(hours) * 3_600);
        let sum = hours.seconds();
        if bound(least).is_some_and(|least| sum < least) || bound(most).is_some_and(|most| sum > most) {
            return Err(Unbookable::Batch { least, most });
        }
        Ok(())
    }

    /// The earliest hours that come to so many seconds, within a span.
    pub fn earliest(
        &self,
        key: &K,
        seconds: i64,
        within: Span,
        offer: Offer<'_>,
        now: Moment,
    ) -> Result<Hours, Unbookable> {
        let free = self.free(offer, within, now, Some(key));
        let found = free.earliest(seconds);
        let hours = found.ok_or(Unbookable::TooFew { free_s: free.seconds(), wanted_s: seconds })?;
        self.judge(key, &hours, offer, now)?;
        Ok(hours)
    }

    /// Whether a booking can be committed now: it is there, and nobody else holds its hours (`CAL-7`).
    pub fn can_commit(&self, key: &K, now: Moment) -> bool {
        let extent = |booking: &Booking| booking.hours.extent();
        self.0.get(key).is_some_and(|own| {
            extent(own).is_none_or(|extent| own.hours.and(&self.taken(extent, now, Some(key))).is_empty())
        })
    }

    /// Holds that have lapsed.
    pub fn lapsed(&self, now: Moment) -> impl Iterator<Item = &K> {
        self.0.iter().filter(move |(_, booking)| !booking.stands(now)).map(|(key, _)| key)
    }

    /// When the next hold lapses.
    pub fn next_lapse(&self) -> Option<Moment> {
        let lapse = |booking: &Booking| match booking.state {
            State::Held { lapses } => Some(lapses),
            State::Committed => None,
        };
        self.0.values().filter_map(lapse).min()
    }

    /// Enters or moves a booking that was judged before.
    pub fn enter(&mut self, key: K, booking: Booking) {
        self.0.insert(key, booking);
    }

    /// Makes a booking firm.
    pub fn commit(&mut self, key: &K) {
        if let Some(booking) = self.0.get_mut(key) {
            booking.state = State::Committed;
        }
    }

    /// Takes a booking out.
    pub fn release(&mut self, key: &K) {
        self.0.remove(key);
    }

    /// Keeps what lies before a moment and frees the rest.
    pub fn settle(&mut self, key: &K, at: Moment) {
        let Some(booking) = self.0.get_mut(key) else { return };
        let past = Span::new(Moment(i64::MIN), at);
        booking.hours = past.map(|past| booking.hours.within(past)).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests;
