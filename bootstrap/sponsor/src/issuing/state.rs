//! What was issued.

use super::Event;
use crate::members::MemberNo;
use alloc::collections::{BTreeMap, BTreeSet};
use protocol::id::{HolderKey, Print};
use protocol::pass::Purpose;
use protocol::time::Week;
use serde::{Deserialize, Serialize};

/// One batch: one week, one purpose, one member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Slot {
    /// For which week.
    pub epoch: Week,
    /// For what.
    pub purpose: Purpose,
    /// To whom.
    pub member: MemberNo,
}

/// Open batches with their keys, and how many passes there were in all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Issued {
    open: BTreeMap<Slot, BTreeSet<HolderKey>>,
    hidden: BTreeMap<Slot, BTreeSet<Print>>,
    totals: BTreeMap<(Week, Purpose), u64>,
}

impl Issued {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Issued { slot, holders } => {
                let new = extend(self.open.entry(*slot).or_default(), holders);
                self.count(slot, new);
            }
            Event::Signed { slot, prints } => {
                let new = extend(self.hidden.entry(*slot).or_default(), prints);
                self.count(slot, new);
            }
            Event::Closed(week) => {
                self.open.retain(|slot, _| slot.epoch >= *week);
                self.hidden.retain(|slot, _| slot.epoch >= *week);
            }
        }
    }

    fn count(&mut self, slot: &Slot, new: usize) {
        let total = self.totals.entry((slot.epoch, slot.purpose)).or_default();
        *total = total.saturating_add(u64::try_from(new).unwrap_or(u64::MAX));
    }

    /// The keys of a batch, if one was begun.
    pub fn batch(&self, slot: &Slot) -> Option<&BTreeSet<HolderKey>> {
        self.open.get(slot)
    }

    /// What was signed blindly of a batch, if one was begun.
    pub fn hidden(&self, slot: &Slot) -> Option<&BTreeSet<Print>> {
        self.hidden.get(slot)
    }

    /// The oldest week with keys.
    pub fn oldest(&self) -> Option<Week> {
        self.slots().map(|slot| slot.epoch).min()
    }

    /// How many members fetched passes for adverts of a week that is open.
    pub fn advertisers(&self, epoch: Week) -> usize {
        self.slots().filter(|slot| slot.epoch == epoch && slot.purpose == Purpose::Advert).count()
    }

    /// Whether a batch that was not begun would be one more than so many members may have (`PAS-7`).
    pub fn is_beyond(&self, slot: &Slot, members: u32) -> bool {
        let begun = self.hidden.keys().filter(|one| (one.epoch, one.purpose) == (slot.epoch, slot.purpose));
        self.hidden(slot).is_none() && begun.count() >= usize::try_from(members).unwrap_or(usize::MAX)
    }

    fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.open.keys().chain(self.hidden.keys())
    }

    /// Passes issued per week and purpose, to all members together.
    pub fn totals(&self) -> impl Iterator<Item = (Week, Purpose, u64)> {
        self.totals.iter().map(|((epoch, purpose), count)| (*epoch, *purpose, *count))
    }
}

/// Adds what is not there yet, and says how many that were.
fn extend<T: Ord + Copy>(batch: &mut BTreeSet<T>, more: &[T]) -> usize {
    let before = batch.len();
    batch.extend(more);
    batch.len().saturating_sub(before)
}
