//! The safe of issuing keys: one sealed file for each week, made ahead, gone when its week is over.
//!
//! ```text
//!   <data>/issuing/<week>.redb      the keys of one week, one for each purpose, sealed under a key of their own
//! ```
//!
//! Refuses to make keys for a week whose file is there and cannot be read: a second manifest for one week would end all trust in
//! this sponsor (`PAS-8`), so whoever lost a week's keys issues nothing for it.
//!
//! What an attacker would try: copy the folder (sealed).

use node::{
    journal::{Journal, JournalError},
    keystore::{SealError, Secret},
};
use protocol::{
    id::{BlindSignature, Blinded, Modulus},
    pass::{IssuingSecret, Purpose},
    time::Week,
};
use serde::{Deserialize, Serialize};
use sponsor::issuing::Signer;
use std::{
    collections::{BTreeMap, btree_map::Entry},
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread,
};
use thiserror::Error;
use zeroize::Zeroize;

type WeekKeys = Vec<(Purpose, IssuingSecret)>;

/// Why keys are not at hand.
#[derive(Debug, Error)]
enum NoKeys {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Chance(#[from] SealError),
    #[error("could not use the folder of issuing keys: {0}; check the disk and its permissions")]
    Io(#[from] io::Error),
    #[error("the file does not hold one key for each purpose; restore it from your backup")]
    Incomplete,
    #[error("the library could not make a key")]
    Unmade,
}

/// One issuing key as it lies on disk.
#[derive(Serialize, Deserialize)]
struct Kept {
    version: u16,
    kind: String,
    purpose: Purpose,
    pkcs8: Vec<u8>,
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.pkcs8.zeroize();
    }
}

/// Issuing keys on disk.
pub(super) struct Safe {
    at: PathBuf,
    key: Secret,
    open: Mutex<BTreeMap<Week, WeekKeys>>,
}

impl fmt::Debug for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Safe({})", self.at.display())
    }
}

impl Safe {
    /// The safe in this folder, opened by this key. Nothing is read or made yet.
    pub(super) fn at(folder: &Path, key: Secret) -> Safe {
        Safe { at: folder.to_owned(), key, open: Mutex::default() }
    }

    /// Does something with the keys of a week, which are read or made first if need be.
    fn with<T>(&self, week: Week, what: impl FnOnce(&WeekKeys) -> T) -> Option<T> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = match open.entry(week) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => match self.fetch(week) {
                Ok(keys) => place.insert(keys),
                Err(why) => {
                    tracing::error!(week = week.0, %why, "no issuing keys for this week");
                    return None;
                }
            },
        };
        Some(what(keys))
    }

    fn file(&self, week: Week) -> PathBuf {
        self.at.join(format!("{}.redb", week.0))
    }

    fn fetch(&self, week: Week) -> Result<WeekKeys, NoKeys> {
        let path = self.file(week);
        if !path.exists() {
            fs::create_dir_all(&self.at)?;
            return self.make(&path);
        }
        let (_, kept): (Journal, Vec<Kept>) = Journal::open(&path, &self.key)?;
        let read = |kept: &Kept| Some((kept.purpose, IssuingSecret::from_bytes(&kept.pkcs8)?));
        let keys: WeekKeys = kept.iter().filter_map(read).collect();
        if keys.iter().map(|(purpose, _)| *purpose).eq(Purpose::ALL) { Ok(keys) } else { Err(NoKeys::Incomplete) }
    }

    /// The file is whole before it has its name, so a crash leaves no half of a week.
    fn make(&self, path: &Path) -> Result<WeekKeys, NoKeys> {
        let fresh = path.with_extension("new");
        if fresh.exists() {
            fs::remove_file(&fresh)?;
        }
        let mut journal = Journal::create(&fresh, &self.key)?;
        let mut entropy = machine::Entropy::new(*Secret::random()?.expose());
        let chances = Purpose::ALL.map(|purpose| (purpose, entropy.chance("issuing key")));
        // Side by side: each takes a fifth of a second or so, and a network's first firms wait for the first set.
        let made: Vec<_> = thread::scope(|scope| {
            let making = chances
                .map(|(purpose, mut chance)| (purpose, scope.spawn(move || IssuingSecret::generate(&mut chance))));
            making.into_iter().map(|(purpose, key)| (purpose, key.join().ok().flatten())).collect()
        });
        let (mut keys, mut kept) = (Vec::new(), Vec::new());
        for (purpose, secret) in made {
            let secret = secret.ok_or(NoKeys::Unmade)?;
            let pkcs8 = secret.to_bytes().ok_or(NoKeys::Unmade)?.to_vec();
            kept.push(Kept { version: 1, kind: "issuing-key".to_owned(), purpose, pkcs8 });
            keys.push((purpose, secret));
        }
        journal.append(&kept)?;
        drop(journal);
        fs::rename(&fresh, path)?;
        fs::File::open(&self.at)?.sync_all()?;
        Ok(keys)
    }
}

impl Signer for Safe {
    fn keys(&self, epoch: Week) -> Option<Vec<(Purpose, Modulus)>> {
        self.with(epoch, |keys| keys.iter().map(|(purpose, secret)| (*purpose, secret.modulus())).collect())
    }

    fn sign(&self, epoch: Week, purpose: Purpose, blinded: &[Blinded]) -> Option<Vec<Option<BlindSignature>>> {
        let mut chance = machine::Entropy::new(*Secret::random().ok()?.expose()).chance("signing");
        self.with(epoch, |keys| {
            let (_, secret) = keys.iter().find(|(of, _)| *of == purpose)?;
            Some(blinded.iter().map(|one| secret.sign(&mut chance, one)).collect())
        })?
    }

    fn forget_before(&self, epoch: Week) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|week, _| *week >= epoch);
        let Ok(files) = fs::read_dir(&self.at) else { return };
        for file in files.flatten().map(|file| file.path()) {
            let week = file.file_stem().and_then(|stem| stem.to_str()?.parse().ok());
            if week.is_some_and(|week: u32| week < epoch.0)
                && let Err(why) = fs::remove_file(&file)
            {
                tracing::warn!(%why, "could not delete the issuing keys of a week that is over");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_a_week_are_the_same_after_a_restart_differ_by_week_and_are_gone_when_it_is_over() {
        // PAS-7
        let place = tempfile::tempdir().unwrap();
        let at = |key| Safe::at(place.path(), Secret::new([key; 32]));
        let made = at(1).keys(Week(3_000)).unwrap();
        assert_eq!(made.iter().map(|(purpose, _)| *purpose).collect::<Vec<_>>(), Purpose::ALL);
        assert_eq!(at(1).keys(Week(3_000)).unwrap(), made);
        assert_ne!(at(1).keys(Week(3_001)).unwrap(), made);
        assert_eq!(at(2).keys(Week(3_000)), None, "another key opens nothing, and nothing is made in its place");
        at(1).forget_before(Week(3_001));
        assert!(!place.path().join("3000.redb").exists());
        assert!(place.path().join("3001.redb").exists());
    }
}
