//! The matches found so far.

use super::{Event, Report};
use alloc::collections::BTreeMap;
use protocol::id::{ItemId, RecordId};
use protocol::time::UnixMs;

/// One match.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Why it fits.
    pub report: Report,
    /// When it was found.
    pub found: UnixMs,
}

/// All matches, by own item and advert.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matches {
    found: BTreeMap<(ItemId, RecordId), Match>,
}

impl Matches {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Found { item, advert, report, at } => {
                self.found.insert((*item, *advert), Match { report: report.clone(), found: *at });
            }
        }
    }

    /// One match.
    pub fn of(&self, item: ItemId, advert: RecordId) -> Option<&Match> {
        self.found.get(&(item, advert))
    }

    /// All matches.
    pub fn all(&self) -> impl Iterator<Item = (&(ItemId, RecordId), &Match)> {
        self.found.iter()
    }
}
