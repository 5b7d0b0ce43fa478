//! Which issuing keys a node takes, by what it holds of manifests and proofs of splits.
//!
//! - `PAS-7` A pass is judged by the key of its sponsor, epoch and purpose. While that manifest is not here, the pass is neither
//!   good nor bad.
//! - `PAS-8` From the epoch of a split on no pass of that sponsor is good for an advert, an envelope or a relay. Entries of the
//!   log are history: each of the two keys makes them valid, then as before (`LOG-2`).
//!
//! A keyring follows from the manifests and proofs on a shelf alone, in whatever order they came.

use super::manifest::{Manifest, Split};
use super::{BadPass, Grant, IssuingKey, Purpose};
use crate::id::{RsaSignature, SponsorKey};
use crate::time::Week;
use alloc::{collections::BTreeMap, vec::Vec};

/// One manifest's keys, ready to judge with.
pub type Keys = Vec<(Purpose, IssuingKey)>;

/// The keys of all manifests that a node holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keyring {
    /// One manifest's keys; both, where there is a proof of a split.
    slots: BTreeMap<(SponsorKey, Week), Vec<Keys>>,
    /// The first split epoch of each sponsor that has one.
    split: BTreeMap<SponsorKey, Week>,
}

impl Keyring {
    /// Takes in a manifest that was checked.
    pub fn learn(&mut self, manifest: &Manifest) {
        if let Ok(keys) = manifest.ready() {
            self.slots.insert((manifest.sponsor, manifest.epoch), [keys].into());
        }
    }

    /// Takes in a proof that was checked.
    pub fn distrust(&mut self, split: &Split) {
        let (sponsor, epoch) = (split.one.body.sponsor, split.one.body.epoch);
        let both = [&split.one, &split.other].into_iter().filter_map(|manifest| manifest.body.ready().ok());
        self.slots.insert((sponsor, epoch), both.collect());
        let first = self.split.entry(sponsor).or_insert(epoch);
        *first = epoch.min(*first);
    }

    /// Whether a sponsor's passes of an epoch are good for nothing new (`PAS-8`).
    pub fn is_distrusted(&self, sponsor: &SponsorKey, epoch: Week) -> bool {
        self.split.get(sponsor).is_some_and(|first| epoch >= *first)
    }

    /// The first split epoch of each sponsor that has one.
    pub fn splits(&self) -> impl Iterator<Item = (SponsorKey, Week)> {
        self.split.iter().map(|(sponsor, epoch)| (*sponsor, *epoch))
    }

    /// The one key of a slot, if a manifest told it and nothing speaks against its sponsor.
    pub fn key(&self, sponsor: &SponsorKey, epoch: Week, purpose: Purpose) -> Option<&IssuingKey> {
        if self.is_distrusted(sponsor, epoch) {
            return None;
        }
        self.of(sponsor, epoch, purpose).next()
    }

    /// Judges a blind pass.
    pub fn judge(&self, grant: &Grant, signature: &RsaSignature) -> Result<(), BadPass> {
        if grant.purpose != Purpose::Log && self.is_distrusted(&grant.sponsor, grant.epoch) {
            return Err(BadPass::Distrusted);
        }
        let mut keys = self.of(&grant.sponsor, grant.epoch, grant.purpose).peekable();
        keys.peek().ok_or(BadPass::KeyUnknown)?;
        if keys.any(|key| key.verify(grant, signature).is_ok()) { Ok(()) } else { Err(BadPass::NotIssued) }
    }

    fn of(&self, sponsor: &SponsorKey, epoch: Week, purpose: Purpose) -> impl Iterator<Item = &IssuingKey> {
        let told = self.slots.get(&(*sponsor, epoch)).into_iter().flatten();
        told.filter_map(move |keys| keys.iter().find(|(of, _)| *of == purpose)).map(|(_, key)| key)
    }
}
