//! What has been read in this run with the vocabulary in force, so that no text is read twice and no pair is judged that cannot meet.
//! Nothing durable depends on it.

use super::{Candidates, Said};
use crate::profile::Item;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use matching::day::Day;
use matching::index::Facets;
use matching::vocabulary::Vocabulary;
use protocol::facts::Facts;
use protocol::id::{ItemId, RecordId};

/// Own items, and adverts with a text; an advert of codes alone is read again faster than it is kept. And who of them could meet whom,
/// from the first time that somebody asks.
#[derive(Clone, Debug, Default)]
pub struct Readings {
    items: BTreeMap<ItemId, Arc<Said>>,
    adverts: BTreeMap<RecordId, Arc<Said>>,
    among_items: Option<Candidates<ItemId>>,
    among_adverts: Option<Candidates<RecordId>>,
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

    /// Keeps an own item that is live.
    pub fn enter(&mut self, vocabulary: &Vocabulary, item: &Item) {
        let said = self.item(vocabulary, item);
        if let Some(among) = &mut self.among_items {
            among.enter(item.id, &said);
        }
        self.items.insert(item.id, said);
    }

    /// Forgets an own item that was taken back.
    pub fn withdraw(&mut self, item: &ItemId) {
        self.items.remove(item);
        self.among_items.iter_mut().for_each(|among| among.leave(item));
    }

    /// Keeps an advert that is on the shelf.
    pub fn hear(&mut self, vocabulary: &Vocabulary, advert: RecordId, facts: &Facts) {
        if self.among_adverts.is_none() && facts.text.is_none() {
            return;
        }
        let said = self.advert(vocabulary, advert, facts);
        if let Some(among) = &mut self.among_adverts {
            among.enter(advert, &said);
        }
        if said.claims.text.is_some() {
            self.adverts.insert(advert, said);
        }
    }

    /// Forgets an advert that is gone.
    pub fn forget(&mut self, advert: &RecordId) {
        self.adverts.remove(advert);
        self.among_adverts.iter_mut().for_each(|among| among.leave(advert));
    }

    /// Which own items an advert could meet (`MAT-9`), of all that are live.
    pub fn items_for<'a>(
        &mut self,
        words: &Arc<Vocabulary>,
        live: impl Iterator<Item = &'a Item>,
        theirs: &Said,
        today: Day,
    ) -> Vec<ItemId> {
        if self.among_items.is_none() {
            self.among_items = Some(Candidates::new(&Facets::of(words)));
            live.for_each(|item| self.enter(words, item));
        }
        self.among_items.as_ref().map_or(Vec::new(), |among| among.that_could_meet(theirs, today))
    }

    /// Which adverts an own item could meet (`MAT-9`), of all that are on the shelf.
    pub fn adverts_for<'a>(
        &mut self,
        words: &Arc<Vocabulary>,
        shelf: impl Iterator<Item = (RecordId, &'a Facts)>,
        ours: &Said,
        today: Day,
    ) -> Vec<RecordId> {
        if self.among_adverts.is_none() {
            self.among_adverts = Some(Candidates::new(&Facets::of(words)));
            shelf.for_each(|(advert, facts)| self.hear(words, advert, facts));
        }
        self.among_adverts.as_ref().map_or(Vec::new(), |among| among.that_could_meet(ours, today))
    }
}
