//! When something is free: windows and shifts in a time zone's own hours, what is held and what is committed.
//!
//! Decides which hours a resource is offered for and which of them are still free. Refuses what it does not understand by
//! naming what it does, and a second booking of any hour. People speak in the hours of their own wall clock; everything here
//! that compares, adds or books speaks in UTC. It knows no deal, no journal and no clock (`now` is an argument); the zone
//! database is in the program, so that two computers never disagree about an hour.
//!
//! ```text
//!   rule ──▶ window ──▶ timetable ──▶ offered hours ─┐
//!   shift ─────┘   site hours, holidays ─────┘       ├─▶ free hours, capacity
//!   ical: in and out                   book: held, committed ─┘
//! ```
//!
//! Rules, all `CAL`: time and zones in [`zone`], recurrence in [`rule`], windows in [`window`], what is offered in
//! [`timetable`], bookings in [`book`], age in
//! [`freshness`], files in [`ical`]. An attacker hands over a calendar file, or proposes deal after deal to have hours held: every
//! list and every expansion is bounded in [`limits`], and holds lapse.
#![no_std]
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::float_arithmetic)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic))]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod book;
pub mod cap;
pub mod capacity;
pub mod days;
pub mod freshness;
pub mod ical;
pub mod limits;
pub mod rule;
pub mod shift;
pub mod span;
mod stamp;
pub mod timetable;
pub mod window;
pub mod zone;
