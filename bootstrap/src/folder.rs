//! A sponsor's data folder: what lies where, made completely or not at all.
//!
//! ```text
//!   <data>/keys/node.seal   the sponsor's keys, under the node passphrase      key
//!          sponsor.toml     where it listens, where the others are             key
//!          genesis.txt      the network's first record                         init
//!          charter.toml     the market's rules                                 init
//!          census.toml      what the staff counted in the region             the staff
//!          journal.redb     members, invitations, passes, the shelf (sealed)   init
//!          control.sock     how the command line reaches the running node      run
//! ```
//!
//! Refuses to put a second genesis or journal where there is one: a sponsor of two networks has two folders.

use crate::{
    census_file::{BadCensusFile, read_census},
    charter_file::{BadCharter, CharterFile},
    config::{BadConfig, Config},
    founding::{BadGenesis, genesis_text, read_genesis},
};
use node::{
    journal::{Journal, JournalError},
    keystore::{NodeKeys, SealError, Secret},
};
use protocol::{census::Row, genesis::Genesis};
use std::{
    fs, io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};
use thiserror::Error;

/// Why something in the folder cannot be used.
#[derive(Debug, Error)]
pub enum FolderError {
    /// It is not there yet.
    #[error("there is no {}; run `cosolvent-sponsor {first}` on this folder first", path.display())]
    Missing {
        /// Which file.
        path: PathBuf,
        /// The command that makes it.
        first: &'static str,
    },
    /// It is there already.
    #[error("{} is there already and was left as it is; use another data folder for another network", .0.display())]
    Exists(PathBuf),
    /// The file system refused.
    #[error("could not {attempt} {}: {source}; check the disk and the permissions of the data folder", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What was attempted.
        attempt: &'static str,
        /// Its reason.
        source: io::Error,
    },
    /// See [`BadGenesis`].
    #[error(transparent)]
    Genesis(#[from] BadGenesis),
    /// See [`BadCharter`].
    #[error(transparent)]
    Charter(#[from] BadCharter),
    /// See [`BadCensusFile`].
    #[error(transparent)]
    Census(#[from] BadCensusFile),
    /// See [`BadConfig`].
    #[error(transparent)]
    Config(#[from] BadConfig),
    /// See [`JournalError`].
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// See [`SealError`].
    #[error(transparent)]
    Keys(#[from] SealError),
}

/// The places of one sponsor's data.
#[derive(Clone, Debug)]
pub struct Folder {
    at: PathBuf,
}

impl Folder {
    /// The folder at `data`. Nothing is read or made yet.
    pub fn at(data: &Path) -> Folder {
        Folder { at: data.into() }
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.at
    }

    /// The journal's file.
    pub fn journal(&self) -> PathBuf {
        self.at.join("journal.redb")
    }

    /// The control socket.
    pub fn socket(&self) -> PathBuf {
        self.at.join("control.sock")
    }

    /// Makes the folder, for its owner only, and an empty journal in it.
    ///
    /// # Errors
    /// [`JournalError::Exists`] when there is one.
    pub fn lay_out(&self, journal_key: &Secret) -> Result<(), FolderError> {
        self.make()?;
        Ok(Journal::create(&self.journal(), journal_key).map(drop)?)
    }

    /// Makes the folder and puts genesis, charter and an empty journal into it.
    ///
    /// # Errors
    /// [`FolderError::Exists`] when it has a genesis, and nothing is changed.
    pub fn init(&self, keys: &NodeKeys, genesis: &Genesis, charter: &str) -> Result<(), FolderError> {
        CharterFile::read(charter)?;
        self.make()?;
        let genesis_file = self.genesis_path();
        if genesis_file.exists() {
            return Err(FolderError::Exists(genesis_file));
        }
        // The genesis comes last: a folder that has one is complete.
        match Journal::create(&self.journal(), &keys.journal) {
            Ok(_) => {}
            // Left by an attempt that ended before the genesis; one with records belongs to another network.
            Err(JournalError::Exists { path }) => {
                let (journal, _) = Journal::open::<sponsor::Record>(&path, &keys.journal)?;
                if journal.count() > 0 {
                    return Err(FolderError::Exists(path));
                }
            }
            Err(error) => return Err(error.into()),
        }
        self.put(&self.at.join("charter.toml"), charter)?;
        self.put(&genesis_file, &genesis_text(genesis))
    }

    /// The configuration.
    ///
    /// # Errors
    /// [`FolderError::Missing`] before `key`.
    pub fn config(&self) -> Result<Config, FolderError> {
        Ok(Config::read(&self.take(&self.config_path(), "key")?)?)
    }

    /// Whether there is a configuration.
    pub fn has_config(&self) -> bool {
        self.config_path().exists()
    }

    /// Writes the configuration.
    ///
    /// # Errors
    /// The file system refused.
    pub fn put_config(&self, config: &Config) -> Result<(), FolderError> {
        self.make()?;
        self.put(&self.config_path(), &config.text())
    }

    /// The genesis.
    ///
    /// # Errors
    /// [`FolderError::Missing`] before `init`.
    pub fn genesis(&self) -> Result<Genesis, FolderError> {
        Ok(read_genesis(&self.take(&self.genesis_path(), "init")?)?)
    }

    /// The charter as written.
    ///
    /// # Errors
    /// [`FolderError::Missing`] before `init`.
    pub fn charter(&self) -> Result<CharterFile, FolderError> {
        Ok(CharterFile::read(&self.take(&self.at.join("charter.toml"), "init")?)?)
    }

    /// The census; empty without its file.
    ///
    /// # Errors
    /// The row that is wrong, or the file system's reason.
    pub fn census(&self) -> Result<Vec<Row>, FolderError> {
        let path = self.at.join("census.toml");
        if path.exists() { Ok(read_census(&self.take(&path, "init")?)?) } else { Ok(Vec::new()) }
    }

    fn genesis_path(&self) -> PathBuf {
        self.at.join("genesis.txt")
    }

    fn config_path(&self) -> PathBuf {
        self.at.join("sponsor.toml")
    }

    fn make(&self) -> Result<(), FolderError> {
        let failed = |source| FolderError::Io { path: self.at.clone(), attempt: "make the folder", source };
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.at).map_err(failed)
    }

    fn take(&self, path: &Path, first: &'static str) -> Result<String, FolderError> {
        fs::read_to_string(path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => FolderError::Missing { path: path.into(), first },
            _ => FolderError::Io { path: path.into(), attempt: "read", source },
        })
    }

    /// Writes beside and renames, so that a reader finds all of it or none.
    fn put(&self, path: &Path, text: &str) -> Result<(), FolderError> {
        let write = || {
            let fresh = path.with_extension("new");
            let mut options = fs::OpenOptions::new();
            let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
            io::Write::write_all(&mut file, text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&fresh, path)?;
            fs::File::open(&self.at)?.sync_all()
        };
        write().map_err(|source| FolderError::Io { path: path.into(), attempt: "write", source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::founding::found_network;
    use protocol::{
        genesis::{Founder, NetworkKind, PassScheme},
        id::SponsorKey,
        text::Name,
    };

    const CHARTER: &str = "version = 1\nname = \"Valley\"\npurpose = \"Lend.\"\nlanguages = [\"en\"]\n\
                           instruments = [\"spot-job\"]\n";

    #[test]
    fn a_folder_belongs_to_one_network_and_says_what_is_missing() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::at(&place.path().join("sponsor"));
        assert!(folder.genesis().unwrap_err().to_string().contains("cosolvent-sponsor init"));
        let founder = Founder { key: SponsorKey([1; 32]), name: Name::new("One").unwrap() };
        let genesis =
            found_network(Name::new("Net").unwrap(), NetworkKind::Real, PassScheme::Plain, None, &[founder]).unwrap();
        let keys = NodeKeys::generate().unwrap();
        assert!(matches!(folder.init(&keys, &genesis, "name = 3"), Err(FolderError::Charter(_))));
        folder.init(&keys, &genesis, CHARTER).unwrap();
        assert_eq!(folder.genesis().unwrap(), genesis);
        assert!(matches!(folder.init(&keys, &genesis, CHARTER), Err(FolderError::Exists(_))));
        assert!(folder.config().unwrap_err().to_string().contains("cosolvent-sponsor key"));
        folder.put_config(&Config::default()).unwrap();
        assert_eq!(folder.config().unwrap(), Config::default());
    }
}
