//! One running node per data folder.
//!
//! Two processes on one journal would answer as one party with two minds, so the folder is locked for as long as the
//! program runs. The lock is the operating system's (`flock`), which lets go when the process dies however it dies; the file
//! stays and means nothing by itself. It holds the process number only so that the refusal can name it.

use crate::keystore::make_folder;
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read, Seek, SeekFrom, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};
use thiserror::Error;

/// Why the data folder could not be taken.
#[derive(Debug, Error)]
pub enum LockError {
    /// Another process has it.
    #[error(
        "another cosolvent is running on {} ({}); stop it first, or give this one another data folder",
        folder.display(), pid.map_or("pid unknown".to_string(), |pid| format!("pid {pid}"))
    )]
    Taken {
        /// The data folder.
        folder: PathBuf,
        /// The process that wrote its number there.
        pid: Option<u32>,
    },
    /// The file system refused.
    #[error("could not lock the data folder {}: {source}; check that it is yours to write", folder.display())]
    Io {
        /// The data folder.
        folder: PathBuf,
        /// Its reason.
        source: io::Error,
    },
}

/// The data folder is ours until this is dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the folder, making it if need be.
    ///
    /// # Errors
    /// [`LockError::Taken`] at once when another process has it; this never waits.
    pub fn take(folder: &Path) -> Result<Lock, LockError> {
        let failed = |source| LockError::Io { folder: folder.into(), source };
        make_folder(folder).map_err(failed)?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(folder.join("lock"))
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(LockError::Taken { folder: folder.into(), pid: pid(&mut file) });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        sign(&mut file).map_err(failed)?;
        Ok(Lock { _file: file })
    }
}

fn sign(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    writeln!(file, "{}", std::process::id())
}

fn pid(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(20).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_instance_is_refused_by_name_and_the_folder_is_free_again_after_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::take(folder.path()).unwrap();
        let refused = Lock::take(folder.path()).unwrap_err().to_string();
        assert!(refused.contains("another cosolvent is running on"), "{refused}");
        assert!(refused.contains(&format!("pid {}", std::process::id())), "{refused}");
        drop(first);
        Lock::take(folder.path()).unwrap();
    }
}
