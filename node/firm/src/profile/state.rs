//! The profile as it stands.

use super::{Event, Item};
use alloc::collections::BTreeMap;
use protocol::id::ItemId;

/// All resources and needs, withdrawn ones included.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    items: BTreeMap<ItemId, Item>,
}

impl Profile {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Confided(item) => {
                self.items.insert(item.id, item.clone());
            }
            Event::Withdrawn(id) => {
                if let Some(item) = self.items.get_mut(id) {
                    item.withdrawn = true;
                }
            }
        }
    }

    /// One item, withdrawn or not.
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.get(id)
    }

    /// Items that are not withdrawn.
    pub fn live(&self) -> impl Iterator<Item = &Item> {
        self.items.values().filter(|item| !item.withdrawn)
    }
}
