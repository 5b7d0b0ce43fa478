//! The issuing keys of simulated sponsors.
//!
//! A real sponsor draws them from its operating system. Here a sponsor's keys follow from its place in the story, the week and the
//! purpose alone: no chance of a run hangs on them, and all runs of a process share them, because making one takes a tenth of a
//! second.

use machine::{Chance, Seed};
use protocol::id::{BlindSignature, Blinded, Modulus};
use protocol::pass::{IssuingSecret, Purpose};
use protocol::time::Week;
use sha2::{Digest, Sha256};
use sponsor::issuing::Signer;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Every key that this process made, by sponsor, week and purpose.
static MADE: Mutex<BTreeMap<(u64, Week, Purpose), Arc<IssuingSecret>>> = Mutex::new(BTreeMap::new());

/// The keys of the sponsor at one place of the story.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys(pub(super) u64);

impl Keys {
    fn of(self, epoch: Week, purpose: Purpose) -> Option<Arc<IssuingSecret>> {
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = made.get(&(self.0, epoch, purpose)) {
            return Some(key.clone());
        }
        let key = Arc::new(IssuingSecret::generate(&mut self.chance("key", epoch, purpose))?);
        made.insert((self.0, epoch, purpose), key.clone());
        Some(key)
    }

    fn chance(self, label: &str, epoch: Week, purpose: Purpose) -> Chance {
        let name = format!("cosolvent/simulation/issuing/1 {label} {} {} {purpose:?}", self.0, epoch.0);
        Seed(Sha256::digest(name).into()).chance()
    }
}

impl Signer for Keys {
    fn keys(&self, epoch: Week) -> Option<Vec<(Purpose, Modulus)>> {
        let key = |purpose| Some((purpose, self.of(epoch, purpose)?.modulus()));
        Purpose::ALL.into_iter().map(key).collect()
    }

    fn sign(&self, epoch: Week, purpose: Purpose, blinded: &[Blinded]) -> Option<Vec<Option<BlindSignature>>> {
        let key = self.of(epoch, purpose)?;
        // Chance hides the key from whoever measures the time of signing; the signature does not depend on it.
        let mut chance = self.chance("sign", epoch, purpose);
        Some(blinded.iter().map(|one| key.sign(&mut chance, one)).collect())
    }

    /// Another run of this process may live in that week.
    fn forget_before(&self, _: Week) {}
}
