//! The journal: what a node may never forget.
//!
//! Decides when a record is durable, and whether the records read back are exactly those that were written. Refuses to
//! cut off what it cannot read, to start over where a journal should be, to give out a single record of a file that is not
//! whole, and to write a single byte into a file before all of it was read and proven (`unproven`).
//!
//! ```text
//!   append([r₇, r₈, r₉]) ─▶ one transaction, one flush ─▶ durable ─▶ only now may words leave
//!
//!   meta     format · file id · check (proves the key) · count (sealed, rewritten with every batch)
//!   records  sequence u64 ─▶ sealed record      gapless from 0
//! ```
//!
//! Rules kept here: promise 3 and `MCH-2` (what is audible is durable) need [`Journal::append`] to return only after the
//! disk has it; `MCH-1` needs [`Journal::open`] to give back every record in order or none.
//!
//! What an attacker with the file would try: read it (each record is sealed), flip, swap, move or delete records (the AAD
//! names file and place, the sealed count notices a missing tail), or provoke a crash (a panic of the storage engine on a
//! damaged page becomes an error). What cannot be noticed here: an older copy of the whole file, so whoever restores one ends
//! the deals that were open in it (`OPERATING.md`). And one limit of the storage engine: after an unclean end it takes a last
//! transaction whose pages fail their checksum for one that was never finished, so a disk that damages exactly those pages
//! after acknowledging the flush loses that one batch unnoticed.
//!
//! Who learns what: the number and size of the records can be read without the key, nothing else.

mod error;
mod seal;
mod unproven;

pub use error::JournalError;

use crate::keystore::{Secret, flush_folder};
use error::{Trouble, of_disk};
use redb::backends::FileBackend;
use redb::{Builder, Database, Durability, ReadableDatabase, ReadableTable, TableDefinition};
use seal::{FileId, Nonces, Place, Sealer};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    fmt, fs, io,
    os::unix::fs::OpenOptionsExt,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};
use unproven::Unproven;
use zeroize::Zeroizing;

const META: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("meta");
const RECORDS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("records");
const FORMAT: u64 = 1;
/// The engine's page cache: a journal is read once from front to back, so little is enough.
const CACHE_BYTES: usize = 8 * 1024 * 1024;

/// How much was written since the journal was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Transactions, each flushed to the disk before it counted.
    pub commits: u64,
    /// Records in them.
    pub rows: u64,
}

/// An open journal. One per node; its lock keeps other processes out.
pub struct Journal {
    database: Database,
    sealer: Sealer,
    path: PathBuf,
    count: u64,
    written: Written,
}

impl Journal {
    /// Makes a new, empty journal. Afterwards it is there completely or not at all.
    ///
    /// # Errors
    /// [`JournalError::Exists`] when there is one; others as named.
    pub fn create(path: &Path, key: &Secret) -> Result<Journal, JournalError> {
        let attempt = "create";
        let failed = |source| of_disk(source, attempt, path.into());
        if path.try_exists().map_err(failed)? {
            return Err(JournalError::Exists { path: path.into() });
        }
        let mut name = path.as_os_str().to_owned();
        name.push(".new");
        let fresh = PathBuf::from(name);
        match fs::remove_file(&fresh) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
        let file = fs::OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&fresh);
        let file = file.map_err(failed)?;
        let database = guarded(attempt, path, || Ok(engine().create_with_backend(FileBackend::new(file)?)?))?;
        let journal = Journal::begin(database, path, key)?;
        fs::hard_link(&fresh, path).map_err(failed)?;
        fs::remove_file(&fresh).map_err(failed)?;
        flush_folder(path).map_err(failed)?;
        Ok(journal)
    }

    /// Opens a journal and gives back every record in it, in order.
    ///
    /// # Errors
    /// Anything but the complete truth is an error, and leaves the file as it is, byte for byte.
    pub fn open<R: DeserializeOwned>(path: &Path, key: &Secret) -> Result<(Journal, Vec<R>), JournalError> {
        let failed = |source| of_disk(source, "open", path.into());
        let file = fs::OpenOptions::new().read(true).write(true).open(path).map_err(failed)?;
        let file = guarded("open", path, || Ok(FileBackend::new(file)?))?;
        let unproven = Unproven::new(file).map_err(failed)?;
        let database = guarded("open", path, || Ok(engine().create_with_backend(unproven.clone())?))?;
        let opened = Journal::resume(database, path, key)?;
        unproven.prove().map_err(failed)?;
        Ok(opened)
    }

    /// Appends one batch in exactly one transaction, and returns when the disk has it.
    ///
    /// # Errors
    /// After an error nobody can tell whether the batch is durable; the journal must be closed and opened again to see.
    pub fn append<R: Serialize>(&mut self, records: &[R]) -> Result<(), JournalError> {
        let mut nonces = Nonces::draw()?;
        let mut rows = Vec::with_capacity(records.len());
        for (sequence, record) in (self.count..).zip(records) {
            let text = minicbor_serde::to_vec(record).map_err(|error| JournalError::Unencodable(error.to_string()))?;
            rows.push(self.sealer.seal(&mut nonces, Place::Record(sequence), &Zeroizing::new(text))?);
        }
        let count = self.count + rows.len() as u64;
        let head = self.sealer.seal(&mut nonces, Place::Count, &count.to_be_bytes())?;
        guarded("write to", &self.path, || {
            let mut transaction = self.database.begin_write()?;
            transaction.set_durability(Durability::Immediate)?;
            {
                let mut table = transaction.open_table(RECORDS)?;
                for (sequence, row) in (self.count..).zip(&rows) {
                    table.insert(sequence, row.as_slice())?;
                }
                transaction.open_table(META)?.insert("count", head.as_slice())?;
            }
            Ok(transaction.commit()?)
        })?;
        self.count = count;
        self.written.commits += 1;
        self.written.rows += rows.len() as u64;
        Ok(())
    }

    /// How many records there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How much was written since it was opened.
    pub fn written(&self) -> Written {
        self.written
    }

    /// Lays out an empty journal in an empty database.
    pub(crate) fn begin(database: Database, path: &Path, key: &Secret) -> Result<Journal, JournalError> {
        let mut nonces = Nonces::draw()?;
        let mut file = FileId([0; 16]);
        getrandom::fill(&mut file.0).map_err(JournalError::NoRandomness)?;
        let sealer = Sealer::new(key, file);
        let check = sealer.seal(&mut nonces, Place::Check, &FORMAT.to_be_bytes())?;
        let head = sealer.seal(&mut nonces, Place::Count, &0u64.to_be_bytes())?;
        guarded("create", path, || {
            let mut transaction = database.begin_write()?;
            transaction.set_durability(Durability::Immediate)?;
            transaction.open_table(RECORDS)?;
            {
                let mut meta = transaction.open_table(META)?;
                meta.insert("format", &FORMAT.to_be_bytes()[..])?;
                meta.insert("file", &file.0[..])?;
                meta.insert("check", check.as_slice())?;
                meta.insert("count", head.as_slice())?;
            }
            Ok(transaction.commit()?)
        })?;
        Ok(Journal { database, sealer, path: path.into(), count: 0, written: Written::default() })
    }

    /// Reads everything in a database that holds a journal.
    pub(crate) fn resume<R: DeserializeOwned>(
        database: Database,
        path: &Path,
        key: &Secret,
    ) -> Result<(Journal, Vec<R>), JournalError> {
        let (sealer, records) = guarded("read", path, || {
            let reading = database.begin_read()?;
            let meta = reading.open_table(META)?;
            let table = reading.open_table(RECORDS)?;
            let sealer = prove(path, key, &meta, &table)?;
            let count = sealed_count(path, &sealer, &meta)?;
            let records = read_all(path, &sealer, &table, count)?;
            Ok((sealer, records))
        })?;
        let count = records.len() as u64;
        Ok((Journal { database, sealer, path: path.into(), count, written: Written::default() }, records))
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Journal").field("path", &self.path).field("count", &self.count).finish_non_exhaustive()
    }
}

fn engine() -> Builder {
    let mut builder = Builder::new();
    builder.set_cache_size(CACHE_BYTES);
    builder
}

/// Runs one piece of work on the file. The engine panics on some damaged pages; that is an error like the others.
fn guarded<T>(
    attempt: &'static str,
    path: &Path,
    work: impl FnOnce() -> Result<T, Trouble>,
) -> Result<T, JournalError> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|trouble| trouble.while_doing(attempt, path.into())),
        Err(_) => Err(damaged(path, attempt, "the storage engine could not go on")),
    }
}

fn damaged(path: &Path, attempt: &'static str, why: &str) -> JournalError {
    JournalError::DamagedFile { path: path.into(), attempt, why: why.into() }
}

/// Checks format and key. Tells a wrong key from a damaged check by trying the key on the first record.
fn prove(
    path: &Path,
    key: &Secret,
    meta: &impl ReadableTable<&'static str, &'static [u8]>,
    table: &impl ReadableTable<u64, &'static [u8]>,
) -> Result<Sealer, Trouble> {
    let unusable = |why| Trouble::Known(damaged(path, "read the head of", why));
    let format = meta.get("format")?.and_then(|row| row.value().try_into().ok()).map(u64::from_be_bytes);
    let found = format.ok_or(unusable("the format is missing"))?;
    if found > FORMAT {
        return Err(Trouble::Known(JournalError::NewerFormat { path: path.into(), found, known: FORMAT }));
    }
    let file = meta.get("file")?.and_then(|row| row.value().try_into().ok()).map(FileId);
    let sealer = Sealer::new(key, file.ok_or(unusable("the file id is missing"))?);
    let check = meta.get("check")?.and_then(|row| sealer.open(Place::Check, row.value()));
    match check {
        Some(sealed) if *sealed == found.to_be_bytes() => Ok(sealer),
        Some(_) => Err(unusable("the format is not the one that was sealed")),
        None => {
            let first = table.get(0)?.and_then(|row| sealer.open(Place::Record(0), row.value()));
            Err(match first {
                Some(_) => unusable("the key fits, the check does not"),
                None => Trouble::Known(JournalError::WrongKey { path: path.into() }),
            })
        }
    }
}

fn sealed_count(
    path: &Path,
    sealer: &Sealer,
    meta: &impl ReadableTable<&'static str, &'static [u8]>,
) -> Result<u64, Trouble> {
    let opened = meta.get("count")?.and_then(|row| sealer.open(Place::Count, row.value()));
    let count = opened.and_then(|text| text.as_slice().try_into().ok()).map(u64::from_be_bytes);
    count.ok_or_else(|| Trouble::Known(damaged(path, "read the head of", "the number of records is unreadable")))
}

fn read_all<R: DeserializeOwned>(
    path: &Path,
    sealer: &Sealer,
    table: &impl ReadableTable<u64, &'static [u8]>,
    count: u64,
) -> Result<Vec<R>, Trouble> {
    let path = || path.to_path_buf();
    let missing = |number| Trouble::Known(JournalError::MissingRecord { path: path(), number, count });
    let mut records = Vec::new();
    for row in table.iter()? {
        let (sequence, row) = row?;
        let number = records.len() as u64;
        if sequence.value() != number {
            return Err(missing(number));
        }
        let text = sealer
            .open(Place::Record(number), row.value())
            .ok_or_else(|| Trouble::Known(JournalError::DamagedRecord { path: path(), number }))?;
        let record = minicbor_serde::from_slice(&text).map_err(|error| {
            Trouble::Known(JournalError::Undecodable { path: path(), number, why: error.to_string() })
        })?;
        records.push(record);
    }
    match records.len() as u64 {
        found if found < count => Err(missing(found)),
        found if found > count => {
            Err(Trouble::Known(damaged(&path(), "read", "it has more records than were counted")))
        }
        _ => Ok(records),
    }
}

#[cfg(test)]
pub(crate) mod disk;
#[cfg(test)]
mod tests;
