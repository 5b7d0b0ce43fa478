//! What has been read in this run with the vocabulary in force, so that no text is read twice. Nothing durable depends on it.

use super::Said;
use crate::profile::Item;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use matching::vocabulary::Vocabulary;
use protocol::facts::Facts;
use protocol::id::{ItemId, RecordId};

/// Own items, and adverts with a text; an advert of codes alone is read again faster than it is kept.
#[derive(Clone, Debug, Default)]
pub struct Readings {
    items: BTreeMap<ItemId, Arc<Said>>,
    adverts: BTreeMap<RecordId, Arc<Said>>,
}

impl Readings {
    /// An own item, as read before or now.
    pub fn item(&self, vocabulary: &Vocabulary, item: &Item) -> Arc<Said> {
        self.items.get(&item.id).cloned().unwrap_or_else(|| Arc::new(Said::by_item(vocabulary, &item.draft)))
    }

    /// An advert, as read before or now.
    pub fn advert(&self, vocabulary: &Vocabulary, id: RecordId, facts: &Facts) -> Arc<Said> {
        self.adverts.get(&id).cloned().unwrap_or_else(|| Arc::new(Said::by_advert(vocabulary, facts)))
    }

    /// Keeps what was read.
    pub fn keep_item(&mut self, item: ItemId, said: &Arc<Said>) {
        self.items.entry(item).or_insert_with(|| said.clone());
    }

    /// Keeps what was read, if it has a text.
    pub fn keep_advert(&mut self, advert: RecordId, said: &Arc<Said>) {
        if said.claims.text.is_some() {
            self.adverts.entry(advert).or_insert_with(|| said.clone());
        }
    }

    /// Forgets adverts that are gone.
    pub fn retain(&mut self, is_live: impl Fn(&RecordId) -> bool) {
        self.adverts.retain(|advert, _| is_live(advert));
    }
}
