//! Keys at rest: who can open what, and with what.
//!
//! Decides how the node's keys and each person's key lie on disk. Refuses to overwrite a key, to open one with another
//! password, and to keep a person's key open.
//!
//! ```text
//!   <data>/keys/node.seal          operating · transport · pseudonym master · journal     node passphrase, at boot
//!   <data>/keys/people/<id>.seal   one person's signing key                               that person's own password,
//!                                                                                         inside an approving request
//! ```
//!
//! The motive is promise 2: no person's decision is implied. Whoever holds the running node, or the node passphrase, can
//! carry and listen, but cannot approve, reveal or sign, because people's keys open with what only they know, for as long
//! as one signature takes. The firm's root key is not here at all; it stays offline.
//!
//! What an attacker would try: read the files (Argon2id makes each guess cost memory and time), swap one person's file for
//! another's (the label in the AAD names the person), weaken the cost in the header (it is authenticated), or replace a key
//! by running `init` twice (nothing is overwritten). Someone with root on a running node can wait for a password to be
//! typed; we do not claim otherwise.

mod file;
mod seal;
mod secret;

pub(crate) use file::{flush_folder, make_folder};
pub use seal::{Cost, open, replace, reseal, seal};
pub use secret::{Password, Secret};

use core::{fmt, str::FromStr};
use ed25519_dalek::{SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use thiserror::Error;
use zeroize::Zeroizing;

const NODE_LABEL: &str = "cosolvent/keys/node/1";
const PERSON_LABEL: &str = "cosolvent/keys/person/1/";
const NODE_KEYS_VERSION: u32 = 1;

/// Why a seal could not be made or opened.
#[derive(Debug, Error)]
pub enum SealError {
    /// The password does not open the file.
    #[error(
        "could not open {}: the password or passphrase is wrong; type it again, and if you are sure of it, the file was \
         changed: restore it from your backup", path.display()
    )]
    WrongPassword {
        /// The sealed file.
        path: PathBuf,
    },
    /// An empty password protects nothing.
    #[error("did not seal {}: the password is empty; choose one", path.display())]
    EmptyPassword {
        /// The file that was to be sealed.
        path: PathBuf,
    },
    /// There is a key already.
    #[error("did not create {}: there is a key already and it was left as it is; use another folder or name", path.display())]
    Exists {
        /// The file that is there.
        path: PathBuf,
    },
    /// There is no such key.
    #[error("could not open {}: there is no such file; check the data folder and the name, or create the key", path.display())]
    Missing {
        /// The file that is not there.
        path: PathBuf,
    },
    /// The file is not a seal of ours, or what is left of one.
    #[error("could not open {} as a sealed key: {why}; restore it from your backup", path.display())]
    NotASeal {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The file was written by a later version of the program.
    #[error("could not open {}: a newer version of the program wrote it; run that version or a later one", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
    },
    /// A person's id has another form.
    #[error("{0:?} cannot name a person here: use 1 to 40 lower-case letters, digits and hyphens")]
    BadPersonId(String),
    /// The password could not be turned into a key.
    #[error("could not turn the password into the key of {}: {source}; is there enough memory?", path.display())]
    Derivation {
        /// The sealed file.
        path: PathBuf,
        /// Argon2's reason.
        source: argon2::Error,
    },
    /// The operating system gave no random bytes.
    #[error("could not get random bytes from the operating system ({0}); nothing was written")]
    NoRandomness(getrandom::Error),
    /// The file system refused.
    #[error("could not {attempt} {}: {source}; check the disk and the permissions of the data folder", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was attempted.
        attempt: &'static str,
        /// Its reason.
        source: io::Error,
    },
}

impl SealError {
    pub(super) fn io(path: &Path, attempt: &'static str, source: io::Error) -> Self {
        SealError::Io { path: path.into(), attempt, source }
    }
}

/// The keys that open at boot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NodeKeys {
    version: u32,
    /// Ed25519 seed of the firm's operating key.
    pub operating: Secret,
    /// Ed25519 seed of the transport identity (the PeerId).
    pub transport: Secret,
    /// The master from which advert pseudonyms are derived.
    pub pseudonyms: Secret,
    /// Seals the journal.
    pub journal: Secret,
}

impl NodeKeys {
    /// Four new keys, independent of each other.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`].
    pub fn generate() -> Result<Self, SealError> {
        Ok(NodeKeys {
            version: NODE_KEYS_VERSION,
            operating: Secret::random()?,
            transport: Secret::random()?,
            pseudonyms: Secret::random()?,
            journal: Secret::random()?,
        })
    }
}

/// Names a person's seal: 1 to 40 of `a-z`, `0-9` and `-`. It becomes a file name, so nothing else is allowed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(String);

impl PersonId {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PersonId {
    type Err = SealError;
    fn from_str(text: &str) -> Result<Self, SealError> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if (1..=40).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(PersonId(text.into()))
        } else {
            Err(SealError::BadPersonId(text.chars().take(60).collect()))
        }
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The sealed keys of one data folder.
#[derive(Clone, Debug)]
pub struct Keystore {
    folder: PathBuf,
    cost: Cost,
}

impl Keystore {
    /// The keys under `<data>/keys`. Nothing is read or made yet.
    pub fn at(data: &Path) -> Self {
        Keystore { folder: data.join("keys"), cost: Cost::default() }
    }

    /// New seals cost this much per guess; existing ones keep what their header says.
    pub fn with_cost(self, cost: Cost) -> Self {
        Keystore { cost, ..self }
    }

    /// Makes and seals new node keys.
    ///
    /// # Errors
    /// [`SealError::Exists`] when there are some.
    pub fn create_node(&self, passphrase: &Password) -> Result<NodeKeys, SealError> {
        let keys = NodeKeys::generate()?;
        self.make(&self.folder)?;
        seal(&self.node_path(), NODE_LABEL, passphrase, self.cost, &encoded(&keys, &self.node_path())?)?;
        Ok(keys)
    }

    /// Opens the node keys.
    ///
    /// # Errors
    /// [`SealError::WrongPassword`] and the others as named.
    pub fn open_node(&self, passphrase: &Password) -> Result<NodeKeys, SealError> {
        let path = self.node_path();
        let bytes = open(&path, NODE_LABEL, passphrase)?;
        let keys: NodeKeys = minicbor_serde::from_slice(&bytes)
            .map_err(|_| SealError::NotASeal { path: path.clone(), why: "it does not hold node keys" })?;
        if keys.version > NODE_KEYS_VERSION { Err(SealError::Newer { path }) } else { Ok(keys) }
    }

    /// Seals the node keys anew with another transport identity. The old file stays until the new one is complete on disk.
    ///
    /// # Errors
    /// As [`Keystore::open_node`].
    pub fn replace_transport(
        &self,
        passphrase: &Password,
        keys: NodeKeys,
        transport: Secret,
    ) -> Result<NodeKeys, SealError> {
        let path = self.node_path();
        let keys = NodeKeys { transport, ..keys };
        replace(&path, NODE_LABEL, passphrase, self.cost, &encoded(&keys, &path)?)?;
        Ok(keys)
    }

    /// Seals the node keys under another passphrase.
    ///
    /// # Errors
    /// As [`Keystore::open_node`].
    pub fn change_node_passphrase(&self, old: &Password, new: &Password) -> Result<(), SealError> {
        reseal(&self.node_path(), NODE_LABEL, old, new, self.cost)
    }

    /// Makes and seals a new person key, and gives its public half for the firm's register.
    ///
    /// # Errors
    /// [`SealError::Exists`] when that person has one.
    pub fn create_person(&self, person: &PersonId, password: &Password) -> Result<VerifyingKey, SealError> {
        let seed = Secret::random()?;
        self.make(&self.folder)?;
        self.make(&self.people_folder())?;
        seal(&self.person_path(person), &person_label(person), password, self.cost, seed.expose())?;
        Ok(SigningKey::from_bytes(seed.expose()).verifying_key())
    }

    /// Opens a person's key: inside the request that approves something, to be dropped (and so wiped) after it. Opening is
    /// also how a password is verified.
    ///
    /// # Errors
    /// [`SealError::WrongPassword`] and the others as named.
    pub fn open_person(&self, person: &PersonId, password: &Password) -> Result<SigningKey, SealError> {
        let path = self.person_path(person);
        let bytes = open(&path, &person_label(person), password)?;
        let seed =
            bytes.as_slice().try_into().map_err(|_| SealError::NotASeal { path, why: "it holds no signing key" })?;
        Ok(SigningKey::from_bytes(seed))
    }

    /// Seals a person's key under another password.
    ///
    /// # Errors
    /// As [`Keystore::open_person`].
    pub fn change_password(&self, person: &PersonId, old: &Password, new: &Password) -> Result<(), SealError> {
        reseal(&self.person_path(person), &person_label(person), old, new, self.cost)
    }

    /// Everybody who has a key here, in order of their ids.
    ///
    /// # Errors
    /// [`SealError::Io`] when the folder cannot be read.
    pub fn people(&self) -> Result<Vec<PersonId>, SealError> {
        let folder = self.people_folder();
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|source| SealError::io(&folder, "list", source))?,
        };
        let names = entries.filter_map(Result::ok).filter_map(|entry| entry.file_name().into_string().ok());
        let mut people: Vec<PersonId> = names.filter_map(|name| name.strip_suffix(".seal")?.parse().ok()).collect();
        people.sort();
        Ok(people)
    }

    fn make(&self, folder: &Path) -> Result<(), SealError> {
        make_folder(folder)
            .and_then(|()| flush_folder(folder))
            .map_err(|source| SealError::io(folder, "make the folder", source))
    }

    fn node_path(&self) -> PathBuf {
        self.folder.join("node.seal")
    }

    fn people_folder(&self) -> PathBuf {
        self.folder.join("people")
    }

    fn person_path(&self, person: &PersonId) -> PathBuf {
        self.people_folder().join(format!("{person}.seal"))
    }
}

fn person_label(person: &PersonId) -> String {
    format!("{PERSON_LABEL}{person}")
}

fn encoded(keys: &NodeKeys, path: &Path) -> Result<Zeroizing<Vec<u8>>, SealError> {
    minicbor_serde::to_vec(keys)
        .map(Zeroizing::new)
        .map_err(|_| SealError::NotASeal { path: path.into(), why: "the keys could not be encoded" })
}

#[cfg(test)]
mod tests;
