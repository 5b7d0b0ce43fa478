//! Keys and passes at hand.

use alloc::{collections::BTreeMap, vec::Vec};
use ed25519_dalek::SigningKey;
use protocol::id::HolderKey;
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

/// All keys that are not spent yet, with their passes once issued.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wallet {
    holders: BTreeMap<HolderKey, (Holder, Option<Pass>)>,
}

impl Wallet {
    /// Keys were made.
    pub fn add(&mut self, holders: &[Holder]) {
        for holder in holders {
            self.holders.insert(holder.key(), (holder.clone(), None));
        }
    }

    /// Passes arrived; those for keys that are not here are dropped.
    pub fn issue(&mut self, passes: &[Pass]) {
        for pass in passes {
            if let Some((_, slot)) = self.holders.get_mut(&pass.holder) {
                *slot = Some(pass.clone());
            }
        }
    }

    /// A key was spent.
    pub fn burn(&mut self, key: &HolderKey) {
        self.holders.remove(key);
    }

    /// A pass that can be used now, with its key.
    pub fn at_hand(&self, purpose: Purpose, now: UnixMs) -> Option<(&Holder, &Pass)> {
        self.usable(purpose, now).next()
    }

    /// A pass for one given key, if it can be used now.
    pub fn of(&self, key: &HolderKey, now: UnixMs) -> Option<(&Holder, &Pass)> {
        let (holder, pass) = self.holders.get(key)?;
        let pass = pass.as_ref()?;
        pass.in_epoch(now).is_ok().then_some((holder, pass))
    }

    /// Whether the key of this seed has a pass that can be used now. Compares seeds: making a key of one costs far more.
    pub fn has_pass_for(&self, seed: &Seed, now: UnixMs) -> bool {
        self.holders
            .values()
            .any(|(holder, pass)| holder.seed == *seed && pass.as_ref().is_some_and(|pass| pass.in_epoch(now).is_ok()))
    }

    /// How many passes can be used now.
    pub fn count(&self, purpose: Purpose, now: UnixMs) -> usize {
        self.usable(purpose, now).count()
    }

    /// Keys of this week that have no pass yet.
    pub fn unissued(&self, purpose: Purpose, epoch: Week) -> Vec<HolderKey> {
        self.holders
            .iter()
            .filter(|(_, (holder, pass))| holder.purpose == purpose && holder.epoch == epoch && pass.is_none())
            .map(|(key, _)| *key)
            .collect()
    }

    /// A key that is not spent, whether its pass was issued or not.
    pub fn waiting(&self, key: &HolderKey) -> Option<&Holder> {
        self.holders.get(key).map(|(holder, _)| holder)
    }

    fn usable(&self, purpose: Purpose, now: UnixMs) -> impl Iterator<Item = (&Holder, &Pass)> {
        self.holders
            .values()
            .filter_map(|(holder, pass)| Some((holder, pass.as_ref()?)))
            .filter(move |(holder, pass)| holder.purpose == purpose && pass.in_epoch(now).is_ok())
    }
}
