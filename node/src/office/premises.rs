//! A data folder: what lies where, and how it becomes a firm's node.
//!
//! ```text
//!   <data>/lock               one node at a time
//!   <data>/keys/              sealed keys: the node's, and one for each person
//!   <data>/journal.redb       everything the firm may never forget, sealed
//!   <data>/cosolvent.toml     configuration
//!   <data>/control.sock       the way in for the command line, while the node runs
//! ```

use super::{FirmNode, quiet::quietly};
use crate::{
    driver::{Clock, Stopped},
    journal::{Journal, JournalError},
    keystore::{Cost, Keystore, NodeKeys, Password, SealError, Secret},
    lock::{Lock, LockError},
    root::BadSheet,
};
use firm::{
    command::Refusal,
    identity::Identity,
    record::{Event, Record},
};
use protocol::noise::Seed;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a data folder did not become a node.
#[derive(Debug, Error)]
pub enum OpenError {
    /// There is no firm here.
    #[error("there is no firm in {}; run `cosolvent init` with a sponsor's invitation, or name the right folder with --data", folder.display())]
    NotFounded {
        /// The data folder.
        folder: PathBuf,
    },
    /// There is one already.
    #[error("there is already a firm in {}; it was left as it is, use another data folder for another firm", folder.display())]
    AlreadyFounded {
        /// The data folder.
        folder: PathBuf,
    },
    /// Another process has the folder.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// A sealed key.
    #[error(transparent)]
    Keys(#[from] SealError),
    /// The journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The machine did not run.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The recovery sheet.
    #[error(transparent)]
    Sheet(#[from] BadSheet),
    /// The firm did not accept its own founding.
    #[error(transparent)]
    Refused(Refusal),
}

/// A data folder. Cheap to copy; nothing is read or made until something is asked of it.
#[derive(Clone, Debug)]
pub struct Premises {
    data: PathBuf,
    cost: Cost,
    clock: Clock,
}

impl Premises {
    /// The folder `data`, with the computer's clock and the usual cost of a guess at a password.
    pub fn at(data: impl Into<PathBuf>) -> Self {
        Premises { data: data.into(), cost: Cost::default(), clock: Clock::system() }
    }

    /// New seals cost this much per guess.
    pub fn with_cost(self, cost: Cost) -> Self {
        Premises { cost, ..self }
    }

    /// Another clock, for a network that keeps its own time.
    pub fn with_clock(self, clock: Clock) -> Self {
        Premises { clock, ..self }
    }

    /// The folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The configuration file.
    pub fn config(&self) -> PathBuf {
        self.data.join("cosolvent.toml")
    }

    /// The control socket.
    pub fn socket(&self) -> PathBuf {
        self.data.join("control.sock")
    }

    /// The journal file.
    pub fn journal(&self) -> PathBuf {
        self.data.join("journal.redb")
    }

    /// Whether there are node keys here, and so a firm.
    pub fn is_founded(&self) -> bool {
        self.data.join("keys").join("node.seal").exists()
    }

    /// The sealed keys.
    pub fn keystore(&self) -> Keystore {
        Keystore::at(&self.data).with_cost(self.cost)
    }

    /// The node's clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Opens the firm that lives here. It runs, and has no neighbours before [`FirmNode::start`]. Takes as long as a guess at
    /// the passphrase and reading the journal take; do not call it on the async runtime's threads.
    ///
    /// # Errors
    /// [`OpenError`], each with what to do; nothing was changed.
    pub fn open(&self, passphrase: &Password) -> Result<FirmNode, OpenError> {
        if !self.is_founded() {
            return Err(OpenError::NotFounded { folder: self.data.clone() });
        }
        let lock = Lock::take(&self.data)?;
        let keys = self.keystore().open_node(passphrase)?;
        let (journal, records) = quietly(|| Journal::open(&self.journal(), &keys.journal))?;
        let keys = self.without_past(keys, &records, passphrase)?;
        FirmNode::run(self, lock, keys, journal, records)
    }

    /// The keys without a transport identity that the node no longer speaks under: the one in force takes its place in the sealed
    /// file, so that nobody who gets at that file later can be what this node was.
    fn without_past(&self, keys: NodeKeys, records: &[Record], passphrase: &Password) -> Result<NodeKeys, OpenError> {
        match transport_in_force(records) {
            Some(seed) if seed.0 != *keys.transport.expose() => {
                Ok(self.keystore().replace_transport(passphrase, keys, Secret::new(seed.0))?)
            }
            _ => Ok(keys),
        }
    }
}

/// The transport identity that the node drew last and speaks under, if it is not the one that it came with.
fn transport_in_force(records: &[Record]) -> Option<Seed> {
    let mut identity = Identity::default();
    for record in records {
        if let Event::Identity(event) = &record.event {
            identity.apply(event);
        }
    }
    identity.transport.present
}
