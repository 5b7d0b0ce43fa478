//! Small files that are either there completely or not at all.
//!
//! Written to a neighbour name, flushed, given the real name, and the folder flushed too: after a power cut a reader finds
//! the old file or the new one, never half of one. Only the owner may read them (folders 0700, files 0600).

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// Writes a file that must not exist yet; fails with [`io::ErrorKind::AlreadyExists`] and touches nothing if it does.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = write_beside(path, bytes)?;
    // A hard link, unlike a rename, never replaces what is there.
    let linked = fs::hard_link(&fresh, path);
    fs::remove_file(&fresh)?;
    linked?;
    flush_folder(path)
}

/// Puts new content in the place of a file that exists.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = write_beside(path, bytes)?;
    fs::rename(&fresh, path)?;
    flush_folder(path)
}

/// Makes the folder and those above it, for the owner only.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Makes the names in the folder of `path` survive a power cut.
pub(crate) fn flush_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let fresh = PathBuf::from(name);
    // Left over from a crash, and never referred to by its real name.
    match fs::remove_file(&fresh) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(fresh)
}
