//! Who could meet whom, so that a new advert is compared with the items that it can touch, and a new item with such adverts.
//!
//! - `MAT-9` What is left out here violates a limit for certain, so what is found and judged is what judging everything would find.
//!
//! A pair is judged by facts that depend on both of its sides: how far a need reaches on both areas, which hours of an offer count
//! on the days that they share. The index keeps each side alone, so it keeps it at its loosest: as far as any other side could let
//! it reach, and without hours. What that lets through too much is judged.
//!
//! ```text
//!   items, adverts ─▶ at their loosest ─▶ index of each side        entered, withdrawn, expired one by one
//!   the other side ─▶ at its loosest, as of today ─▶ whom it could meet ─▶ judged as a pair
//! ```

use super::Said;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;
use matching::day::Day;
use matching::index::{Facets, Index, Slot};
use matching::read;
use protocol::facts::Side;

/// Items, or adverts, of both sides.
#[derive(Clone, Debug)]
pub struct Candidates<Id> {
    offers: Shelved<Id>,
    needs: Shelved<Id>,
}

#[derive(Clone, Debug)]
struct Shelved<Id> {
    index: Index,
    slots: BTreeMap<Id, Slot>,
    names: BTreeMap<Slot, Id>,
}

/// Nothing perishes by itself here: what is over is withdrawn when the shelf or the profile says so.
const FOREVER: Day = Day(i32::MAX);

impl<Id: Copy + Ord> Candidates<Id> {
    /// Nobody yet, to be found by this vocabulary.
    pub fn new(facets: &Arc<Facets>) -> Candidates<Id> {
        let shelved =
            |side| Shelved { index: Index::new(facets, side), slots: BTreeMap::new(), names: BTreeMap::new() };
        Candidates { offers: shelved(read::Side::Offer), needs: shelved(read::Side::Need) }
    }

    /// Takes one in, in the place of what was said under its name before.
    pub fn enter(&mut self, id: Id, said: &Said) {
        self.leave(&id);
        let of = self.of(said.side);
        let slot = of.index.insert(&said.loosest(), 0, FOREVER);
        of.slots.insert(id, slot);
        of.names.insert(slot, id);
    }

    /// Lets one go.
    pub fn leave(&mut self, id: &Id) {
        for of in [&mut self.offers, &mut self.needs] {
            if let Some(slot) = of.slots.remove(id) {
                of.index.withdraw(slot);
                of.names.remove(&slot);
            }
        }
    }

    /// Who of the other side could meet this one on a day, in order of their names (`MAT-9`).
    pub fn that_could_meet(&self, said: &Said, today: Day) -> Vec<Id> {
        let other = if said.side == Side::Offer { &self.needs } else { &self.offers };
        let mut facts = said.loosest();
        if let Some(window) = facts.window.as_mut().filter(|_| said.side == Side::Need) {
            window.value.from = window.value.from.max(today);
        }
        let mut found = Vec::new();
        other.index.search(&other.index.plan(&facts), |hit| found.extend(other.names.get(&hit.slot)));
        found.sort_unstable();
        found
    }

    fn of(&mut self, side: Side) -> &mut Shelved<Id> {
        if side == Side::Offer { &mut self.offers } else { &mut self.needs }
    }
}
