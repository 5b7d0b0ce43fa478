//! The matches found so far.

use super::Event;
use alloc::collections::BTreeMap;
use protocol::id::{ItemId, RecordId};
use protocol::time::UnixMs;

/// All matches that are not over, by own item and advert, with when each was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matches {
    found: BTreeMap<(ItemId, RecordId), UnixMs>,
}

impl Matches {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Found { item, advert, at } => {
                self.found.insert((*item, *advert), *at);
            }
            Event::Over { item, advert, .. } => {
                self.found.remove(&(*item, *advert));
            }
        }
    }

    /// When a match was found, if it is one.
    pub fn of(&self, item: ItemId, advert: RecordId) -> Option<UnixMs> {
        self.found.get(&(item, advert)).copied()
    }

    /// All matches.
    pub fn all(&self) -> impl Iterator<Item = (ItemId, RecordId, UnixMs)> {
        self.found.iter().map(|((item, advert), at)| (*item, *advert, *at))
    }
}
