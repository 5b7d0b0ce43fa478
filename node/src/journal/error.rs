//! What can go wrong with a journal, one sentence each: what was attempted, what it means, what to do.

use std::{io, path::PathBuf};
use thiserror::Error;

/// Why the journal could not be made, read or written. Nothing was cut off or overwritten in any of these cases.
#[derive(Debug, Error)]
pub enum JournalError {
    /// There is no journal where one was expected.
    #[error("could not open the journal {}: there is no such file; check the data folder, or restore it from your backup", path.display())]
    Missing {
        /// The journal file.
        path: PathBuf,
    },
    /// There is a journal already.
    #[error("did not create the journal {}: there is one already and it was left as it is", path.display())]
    Exists {
        /// The journal file.
        path: PathBuf,
    },
    /// Another key sealed this journal.
    #[error(
        "could not open the journal {}: it was sealed with another journal key; the keys folder and the journal must \
         come from the same node and the same backup", path.display()
    )]
    WrongKey {
        /// The journal file.
        path: PathBuf,
    },
    /// A record is not what was written.
    #[error(
        "could not read record {number} of the journal {}: it is damaged, or was moved from another place; the file was \
         left as it is: restore it from your backup, and check the disk", path.display()
    )]
    DamagedRecord {
        /// The journal file.
        path: PathBuf,
        /// Which record, counted from 0.
        number: u64,
    },
    /// A record is gone.
    #[error(
        "could not read record {number} of {count} in the journal {}: it is missing; the file was left as it is: restore \
         it from your backup, and check the disk", path.display()
    )]
    MissingRecord {
        /// The journal file.
        path: PathBuf,
        /// Which record, counted from 0.
        number: u64,
        /// How many there should be.
        count: u64,
    },
    /// The file is damaged outside its records.
    #[error(
        "could not {attempt} the journal {}: the file is damaged ({why}); it was left as it is: restore it from your \
         backup, and check the disk", path.display()
    )]
    DamagedFile {
        /// The journal file.
        path: PathBuf,
        /// What was attempted.
        attempt: &'static str,
        /// What was found.
        why: String,
    },
    /// The disk is full.
    #[error(
        "could not {attempt} the journal {}: the disk is full; free some space and start again: everything that others \
         were told is still in it", path.display()
    )]
    DiskFull {
        /// The journal file.
        path: PathBuf,
        /// What was attempted.
        attempt: &'static str,
    },
    /// A later program wrote this file.
    #[error(
        "could not open the journal {}: it has format {found} and this program knows {known}; run the newer version that \
         wrote it", path.display()
    )]
    NewerFormat {
        /// The journal file.
        path: PathBuf,
        /// The version in the file.
        found: u64,
        /// The newest version known here.
        known: u64,
    },
    /// A sound record says something this program does not understand.
    #[error(
        "could not understand record {number} of the journal {} ({why}); it is undamaged, so a newer version of the \
         program wrote it: run that version", path.display()
    )]
    Undecodable {
        /// The journal file.
        path: PathBuf,
        /// Which record, counted from 0.
        number: u64,
        /// The decoder's reason.
        why: String,
    },
    /// A record could not be written down at all, which is a fault of the program.
    #[error("could not encode a record for the journal ({0}); nothing was written: please report this")]
    Unencodable(String),
    /// Another process has the file open.
    #[error("could not open the journal {}: another process is using it; stop that one first", path.display())]
    InUse {
        /// The journal file.
        path: PathBuf,
    },
    /// The operating system gave no random bytes.
    #[error("could not get random bytes from the operating system ({0}); nothing was written")]
    NoRandomness(getrandom::Error),
    /// The disk refused for another reason.
    #[error("could not {attempt} the journal {}: {source}; check the disk and the permissions of the data folder", path.display())]
    Io {
        /// The journal file.
        path: PathBuf,
        /// What was attempted.
        attempt: &'static str,
        /// Its reason.
        source: io::Error,
    },
}

/// A failure inside one piece of work on the file, before it is told which file and which work.
pub(super) enum Trouble {
    Storage(redb::Error),
    Known(JournalError),
}

impl<E: Into<redb::Error>> From<E> for Trouble {
    fn from(error: E) -> Self {
        Trouble::Storage(error.into())
    }
}

impl Trouble {
    pub(super) fn while_doing(self, attempt: &'static str, path: PathBuf) -> JournalError {
        match self {
            Trouble::Known(error) => error,
            Trouble::Storage(redb::Error::DatabaseAlreadyOpen) => JournalError::InUse { path },
            Trouble::Storage(redb::Error::Io(source)) => of_disk(source, attempt, path),
            Trouble::Storage(other) => JournalError::DamagedFile { path, attempt, why: other.to_string() },
        }
    }
}

pub(super) fn of_disk(source: io::Error, attempt: &'static str, path: PathBuf) -> JournalError {
    use io::ErrorKind::{
        AlreadyExists, FileTooLarge, InvalidData, NotFound, QuotaExceeded, StorageFull, UnexpectedEof,
    };
    match source.kind() {
        StorageFull | QuotaExceeded | FileTooLarge => JournalError::DiskFull { path, attempt },
        NotFound => JournalError::Missing { path },
        AlreadyExists => JournalError::Exists { path },
        InvalidData | UnexpectedEof => JournalError::DamagedFile { path, attempt, why: source.to_string() },
        _ => JournalError::Io { path, attempt, source },
    }
}
