//! What can happen to the firm's calendar.

use calendar::shift::SiteHours;
use calendar::span::{Hours, Moment};
use calendar::timetable::Timetable;
use protocol::id::{DealId, ItemId};
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// Why hours are free again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The hold lapsed.
    Lapsed,
    /// The item was withdrawn.
    Withdrawn,
    /// The deal ended before anything bound.
    DealEnded,
    /// A person let them go.
    LetGo,
}

/// What happened. Booked hours are kept as UTC intervals, so that no zone is asked when the journal is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// Zone, shifts and holidays of the firm came into force.
    Sited(SiteHours),
    /// A timetable came into force.
    Scheduled {
        /// Of which item.
        item: ItemId,
        /// What it says.
        timetable: Timetable,
        /// When.
        at: UnixMs,
    },
    /// Somebody said that a timetable is still true.
    Confirmed {
        /// Of which item.
        item: ItemId,
        /// When.
        at: UnixMs,
    },
    /// Hours were held for a deal, or moved.
    Booked {
        /// Of which item.
        item: ItemId,
        /// For which deal.
        deal: DealId,
        /// Which.
        hours: Hours,
        /// Until when they are held; `None` when committed hours were moved.
        lapses: Option<Moment>,
        /// Whether a person chose them.
        chosen: bool,
    },
    /// Held hours were committed.
    Committed {
        /// Of which item.
        item: ItemId,
        /// To which deal.
        deal: DealId,
    },
    /// Hours are free again.
    Released {
        /// Of which item.
        item: ItemId,
        /// Which deal had them.
        deal: DealId,
        /// Why.
        why: Why,
    },
    /// The engagement is over: hours before that moment stay counted, later ones are free again.
    Settled {
        /// Of which item.
        item: ItemId,
        /// Of which deal.
        deal: DealId,
        /// When.
        at: UnixMs,
    },
}

impl Event {
    /// Of which item, if it is about one.
    pub fn item(&self) -> Option<ItemId> {
        match self {
            Event::Sited(_) => None,
            Event::Scheduled { item, .. }
            | Event::Confirmed { item, .. }
            | Event::Booked { item, .. }
            | Event::Committed { item, .. }
            | Event::Released { item, .. }
            | Event::Settled { item, .. } => Some(*item),
        }
    }
}
