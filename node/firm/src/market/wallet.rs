//! Keys and passes at hand.
//!
//! Under scheme 1 keys come in batches: as many at once as a sponsor gives for one epoch and purpose, hidden under its key for
//! that, so that when something is asked for says nothing about what was used (`PAS-10`).

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use ed25519_dalek::SigningKey;
use protocol::id::{HolderKey, Print, SponsorKey};
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
    /// How it was hidden from a sponsor; absent under scheme 0.
    #[serde(default)]
    pub hidden: Option<Hidden>,
}

/// How a key was hidden, so that the answer can be opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hidden {
    /// From whom.
    pub sponsor: SponsorKey,
    /// Everything that was drawn follows from it.
    pub seed: Seed,
    /// Names it in the answer.
    pub print: Print,
}

/// One epoch and purpose as it was asked for under scheme 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// From whom it is expected; absent once nobody is left to ask.
    pub sponsor: Option<SponsorKey>,
    /// Who had no more to give.
    pub used_up: BTreeSet<SponsorKey>,
    /// How many passes are to be had from another sponsor, if there is one.
    pub missing: usize,
    /// When its first passes came, if that was not before its epoch began.
    pub came: Option<UnixMs>,
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
    batches: BTreeMap<(Week, Purpose), Batch>,
}

impl Wallet {
    /// Keys were made.
    pub fn add(&mut self, holders: &[Holder]) {
        for holder in holders {
            if let Some(hidden) = &holder.hidden {
                let batch = self.batches.entry((holder.epoch, holder.purpose)).or_default();
                if batch.sponsor != Some(hidden.sponsor) {
                    (batch.sponsor, batch.missing) = (Some(hidden.sponsor), 0);
                    self.drop_unissued(holder.purpose, holder.epoch);
                }
            }
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

    /// A sponsor has no more to give for an epoch and purpose.
    pub fn used_up(&mut self, purpose: Purpose, epoch: Week, sponsor: SponsorKey) {
        let missing = self.hidden(purpose, epoch).count();
        let batch = self.batches.entry((epoch, purpose)).or_default();
        batch.used_up.insert(sponsor);
        if batch.sponsor == Some(sponsor) {
            (batch.sponsor, batch.missing) = (None, missing);
            self.drop_unissued(purpose, epoch);
        }
    }

    /// Passes of an epoch that has begun came only now.
    pub fn came(&mut self, purpose: Purpose, epoch: Week, at: UnixMs) {
        self.batches.entry((epoch, purpose)).or_default().came.get_or_insert(at);
    }

    /// Nobody takes passes of a sponsor from an epoch on (`PAS-8`).
    pub fn distrust(&mut self, sponsor: SponsorKey, from: Week) {
        let is_gone = |holder: &Holder, pass: Option<&Pass>| {
            let by = pass.map(|pass| pass.sponsor).or(holder.hidden.as_ref().map(|hidden| hidden.sponsor));
            by == Some(sponsor) && holder.epoch >= from
        };
        let batches = &mut self.batches;
        self.holders.retain(|_, (holder, pass)| {
            let is_gone = is_gone(holder, pass.as_ref());
            if let Some(batch) = batches.get_mut(&(holder.epoch, holder.purpose)).filter(|_| is_gone) {
                batch.missing += 1;
            }
            !is_gone
        });
        for ((epoch, _), batch) in batches {
            if *epoch >= from && batch.sponsor == Some(sponsor) {
                batch.sponsor = None;
            }
        }
    }

    fn drop_unissued(&mut self, purpose: Purpose, epoch: Week) {
        self.holders.retain(|(week, _), (holder, pass)| {
            (*week, holder.purpose) != (epoch, purpose) || pass.is_some() || holder.hidden.is_none()
        });
    }

    /// The weeks before this one are over, with their grace.
    pub fn forget_before(&mut self, week: Week) {
        self.holders = self.holders.split_off(&(week, HolderKey([0; 32])));
        self.batches.retain(|(epoch, _), _| *epoch >= week);
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

    /// A pass of a week with its key, whether that week has come or not.
    pub fn issued_for(&self, purpose: Purpose, epoch: Week) -> Option<(&Holder, &Pass)> {
        self.of_week(purpose, epoch).find_map(|(_, (holder, pass))| Some((holder, pass.as_ref()?)))
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

    /// A batch, if one was begun.
    pub fn batch(&self, purpose: Purpose, epoch: Week) -> Option<&Batch> {
        self.batches.get(&(epoch, purpose))
    }

    /// Hidden keys of a batch that have no pass yet.
    pub fn hidden(&self, purpose: Purpose, epoch: Week) -> impl Iterator<Item = (&Holder, &Hidden)> {
        let waiting = self.of_week(purpose, epoch).filter(|(_, (_, pass))| pass.is_none());
        waiting.filter_map(|(_, (holder, _))| Some((holder, holder.hidden.as_ref()?)))
    }

    /// Whether a key has its pass of a week.
    pub fn is_issued(&self, epoch: Week, key: &HolderKey) -> bool {
        self.holders.get(&(epoch, *key)).is_some_and(|(_, pass)| pass.is_some())
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
