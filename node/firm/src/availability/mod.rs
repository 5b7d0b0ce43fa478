//! When the firm's resources are free, and for which deal their hours are held.
//!
//! What windows, zones and bookings mean is the room `calendar`; this concern keeps one timetable and one book for each item
//! that has one, and says which deal may have which hours. Nothing of it has a wire form: what leaves stays weeks and a number
//! of hours.
//!
//! ```text
//!   terms proposed ─▶ hours held, for a week ─▶ signed here: committed ─▶ outcome: what is left of them is free again
//!                          │ lapse, item withdrawn, deal closed, released: free again
//! ```
//!
//! - `AVL-1` Every booking is an event of the journal, and the firm decides one input after the other: of two deals that want one
//!   hour the later is refused, in whatever order their words arrive and wherever the node crashes.
//! - `AVL-2` When terms are proposed, by either side, the earliest free hours between their first and last day are held for as long as
//!   a question waits. Whoever drafts may choose other ones; chosen hours stay until that deal's days no longer hold them.
//! - `AVL-3` Nobody signs for hours that are not there: with a timetable, a signature commits what is held, or else is refused with
//!   what is missing. Items without a timetable are signed for as before.
//! - `AVL-4` A timetable replaces the one that its author saw, or is refused: two planners cannot undo each other's windows unseen.
//! - `AVL-5` Of an item with a timetable matching goes by what is free, in its weeks and as many hours as were entered at most:
//!   bookings, shut windows, holidays and notice are taken off, day by day. A timetable that fades makes weeks and hours less certain,
//!   and one of which nothing is left makes them a question.
//! - `AVL-6` Hours are held, moved and committed within every cap of the policy, over all deals and items that count together; a
//!   refusal names the rule, the week that is full and the next one with room. Hours that nobody counts are not committed.
//!
//! An attacker proposes terms in many deals to have all hours held: a hold needs exchanged names, lapses within a week, and can be
//! released by hand.

mod command;
mod event;
mod free;
mod limits;
mod state;

pub use command::{HOLD_MS, NotThere, confirm, for_terms, hold, release, schedule, site, to_commit};
pub use event::{Event, Why};
pub use free::Free;
pub use limits::Limits;
pub use state::{Availability, Schedule};

use calendar::span::{Hours, Moment};
use protocol::terms::Terms;
use protocol::time::{Day, UnixMs};
use serde::{Deserialize, Serialize};

/// Hours that somebody wants for a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wanted {
    /// These.
    These(Hours),
    /// The earliest free ones.
    Earliest {
        /// How many minutes.
        minutes: u32,
        /// How many of them in a week at most, as a rhythm that was agreed; as many as there are if none is named.
        #[serde(default)]
        weekly: Option<u32>,
        /// Not before this day.
        first: Day,
        /// Not after this day.
        last: Day,
    },
}

impl Wanted {
    /// What terms engage: all their minutes, between their first and last day; nothing where nothing is paid by the hour.
    pub fn by(terms: &Terms) -> Option<Wanted> {
        let minutes = terms.lines.iter().fold(0u32, |sum, line| sum.saturating_add(line.minutes));
        let (first, last) = (terms.first, terms.last);
        (minutes > 0).then_some(Wanted::Earliest { minutes, weekly: None, first, last })
    }
}

/// A moment of the firm's clock, as calendars count it.
pub fn moment(at: UnixMs) -> Moment {
    Moment(i64::try_from(at.0 / 1_000).unwrap_or(i64::MAX))
}

/// A moment of a calendar, as the firm's clock counts it.
pub fn unix_ms(moment: Moment) -> UnixMs {
    UnixMs(u64::try_from(moment.0).unwrap_or_default().saturating_mul(1_000))
}

#[cfg(test)]
mod tests;
