//! The shelf as it stands.

use super::Event;
use protocol::shelf::Shelf;

/// Everybody's records.
#[derive(Clone, Debug, Default)]
pub struct Market {
    /// The shelf.
    pub shelf: Shelf,
}

impl Market {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Placed { record, at } => self.shelf.place(&record.0, *at),
            Event::Expired(ids) => ids.iter().for_each(|id| self.shelf.forget(id)),
        }
    }
}
