//! Keys and passes at hand.

use alloc::{collections::BTreeMap, vec::Vec};
use ed25519_dalek::SigningKey;
use protocol::id::HolderKey;
use protocol::limits::{CLOCK_SKEW_MS_MAX, PASS_GRACE_MS};
use protocol::noise::Seed;
use protocol::pass::{Pass, Purpose};
use protocol::time::{UnixMs, Week};
use serde::{Deserialize, Serialize};

/// A key of this firm under which one thing can be said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Holder {
    /// The Ed25519 seed.
    pub seed: Seed,
    /// For what.
    pub purpose: Purpose,
    /// For which week.
    pub epoch: Week,
}

impl Holder {
    /// The signing half.
    pub fn signer(&self) -> SigningKey {
        SigningKey::from_bytes(&self.seed.0)
    }

    /// The public half.
    pub fn key(&self) -> HolderKey {
        HolderKey::of(&self.signer())
    }
}

/// All keys that are not spent yet, with their passes once issued; oldest week first, so that older passes are spent first. The key
/// of a position in the log stands under each week for which a pass of it was asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wallet {
    holders: BTreeMap<(Week, HolderKey), (Holder, Option<Pass>)>,
}

impl Wallet {
    /// Keys were made.
    pub fn add(&mut self, holders: &[Holder]) {
        for holder in holders {
            self.holders.insert((holder.epoch, holder.key()), (holder.clone(), None));
        }
    }

    /// Passes arrived; those for keys that are not here are dropped.
    pub fn issue(&mut self, passes: &[Pass]) {
        for pass in passes {
            if let Some((_, slot)) = self.holders.get_mut(&(pass.epoch, pass.holder)) {
                *slot = Some(pass.clone());
            }
        }
    }

    /// A key was spent.
    pub fn burn(&mut self, key: &HolderKey) {
        self.holders.retain(|(_, holder), _| holder != key);
    }

    /// The weeks before this one are over, with their grace.
    pub fn forget_before(&mut self, week: Week) {
        self.holders = self.holders.split_off(&(week, HolderKey([0; 32])));
    }

    /// The first week whose passes could still be used, if there are keys of earlier ones.
    pub fn outdated(&self, now: UnixMs) -> Option<Week> {
        let (oldest, _) = self.holders.first_key_value()?.0;
        let first = now.minus(PASS_GRACE_MS + CLOCK_SKEW_MS_MAX).week();
        (*oldest < first).then_some(first)
    }

    /// A pass that can be used now, with its key.
    pub fn at_hand(&self, purpose: Purpose, now: UnixMs) -> Option<(&Holder, &Pass)> {
        self.usable(purpose, now).next()
    }

    /// A pass for one given key, if it can be used now.
    pub fn of(&self, key: &HolderKey, now: UnixMs) -> Option<(&Holder, &Pass)> {
        self.issued(now).find(|(_, pass)| pass.holder == *key)
    }

    /// How many passes can be used now.
    pub fn count(&self, purpose: Purpose, now: UnixMs) -> usize {
        self.usable(purpose, now).count()
    }

    /// How many passes of a week were issued and are not spent.
    pub fn stock(&self, purpose: Purpose, epoch: Week) -> usize {
        self.of_week(purpose, epoch).filter(|(_, (_, pass))| pass.is_some()).count()
    }

    /// Keys of a week that have no pass yet.
    pub fn unissued(&self, purpose: Purpose, epoch: Week) -> Vec<HolderKey> {
        let waiting = self.of_week(purpose, epoch).filter(|(_, (_, pass))| pass.is_none());
        waiting.map(|((_, key), _)| *key).collect()
    }

    /// A key that is not spent, whether its pass was issued or not.
    pub fn waiting(&self, epoch: Week, key: &HolderKey) -> Option<&Holder> {
        self.holders.get(&(epoch, *key)).map(|(holder, _)| holder)
    }

    /// How many keys there are in all.
    pub fn len(&self) -> usize {
        self.holders.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.holders.is_empty()
    }

    fn of_week(
        &self,
        purpose: Purpose,
        epoch: Week,
    ) -> impl Iterator<Item = (&(Week, HolderKey), &(Holder, Option<Pass>))> {
        self.holders.iter().filter(move |((week, _), (holder, _))| *week == epoch && holder.purpose == purpose)
    }

    fn usable(&self, purpose: Purpose, now: UnixMs) -> impl Iterator<Item = (&Holder, &Pass)> {
        self.issued(now).filter(move |(holder, _)| holder.purpose == purpose)
    }

    fn issued(&self, now: UnixMs) -> impl Iterator<Item = (&Holder, &Pass)> {
        let issued = self.holders.values().filter_map(|(holder, pass)| Some((holder, pass.as_ref()?)));
        issued.filter(move |(_, pass)| pass.in_epoch(now).is_ok())
    }
}
