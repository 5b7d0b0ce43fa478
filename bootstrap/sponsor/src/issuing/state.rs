//! What was issued.

use super::Event;
use crate::members::MemberNo;
use alloc::collections::{BTreeMap, BTreeSet};
use protocol::id::HolderKey;
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
    totals: BTreeMap<(Week, Purpose), u64>,
}

impl Issued {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Issued { slot, holders } => {
                let batch = self.open.entry(*slot).or_default();
                let before = batch.len();
                batch.extend(holders);
                let new = u64::try_from(batch.len().saturating_sub(before)).unwrap_or(u64::MAX);
                let total = self.totals.entry((slot.epoch, slot.purpose)).or_default();
                *total = total.saturating_add(new);
            }
            Event::Closed(week) => self.open.retain(|slot, _| slot.epoch >= *week),
        }
    }

    /// The keys of a batch, if one was begun.
    pub fn batch(&self, slot: &Slot) -> Option<&BTreeSet<HolderKey>> {
        self.open.get(slot)
    }

    /// The oldest week with keys.
    pub fn oldest(&self) -> Option<Week> {
        self.open.first_key_value().map(|(slot, _)| slot.epoch)
    }

    /// How many members fetched passes for adverts of a week that is open.
    pub fn advertisers(&self, epoch: Week) -> usize {
        self.open.keys().filter(|slot| slot.epoch == epoch && slot.purpose == Purpose::Advert).count()
    }

    /// Passes issued per week and purpose, to all members together.
    pub fn totals(&self) -> impl Iterator<Item = (Week, Purpose, u64)> {
        self.totals.iter().map(|((epoch, purpose), count)| (*epoch, *purpose, *count))
    }
}
