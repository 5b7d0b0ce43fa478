//! Where passphrases and passwords come from: a terminal or a file, never an argument or a variable. And how a file is written
//! that nobody else may read.

use crate::{arguments::Place, failure::Failure};
use node::{
    config::{Config, first_line},
    control::Typed,
    keystore::Password,
};
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

/// The passphrase of a node that exists.
pub(crate) fn passphrase(place: &Place, config: &Config) -> Result<Password, Failure> {
    match known(place, config)? {
        Some(passphrase) => Ok(passphrase),
        None => ask("Passphrase of this node: ").map(Password::new),
    }
}

/// The passphrase of a node that is being made; typed twice, because nobody could open it after a slip.
pub(crate) fn new_passphrase(place: &Place, config: &Config) -> Result<Password, Failure> {
    match known(place, config)? {
        Some(passphrase) => Ok(passphrase),
        None => ask_twice("Choose a passphrase for this node: ").map(Password::new),
    }
}

/// A person's own password, for a decision.
pub(crate) fn password(file: Option<&Path>, person: &str) -> Result<Typed, Failure> {
    match file {
        Some(path) => Ok(Typed::from_password(&first_line(path)?)),
        None => ask(&format!("Password of {person}: ")).map(Typed::new),
    }
}

/// A person's own password, for a new key.
pub(crate) fn new_password(file: Option<&Path>, person: &str) -> Result<Typed, Failure> {
    match file {
        Some(path) => Ok(Typed::from_password(&first_line(path)?)),
        None => ask_twice(&format!("Password for {person}, typed by {person}: ")).map(Typed::new),
    }
}

fn known(place: &Place, config: &Config) -> Result<Option<Password>, Failure> {
    match &place.passphrase_file {
        Some(path) => Ok(Some(first_line(path)?)),
        None => Ok(config.passphrase.read()?),
    }
}

fn ask_twice(prompt: &str) -> Result<String, Failure> {
    loop {
        let first = ask(prompt)?;
        if first == ask("Once more: ")? {
            return Ok(first);
        }
        eprintln!("These two differ; type it again.");
    }
}

/// What somebody types without showing it.
pub(crate) fn ask(prompt: &str) -> Result<String, Failure> {
    rpassword::prompt_password(prompt).map_err(|_| {
        Failure::of(
            "needs-person",
            &"somebody must type a password and there is no terminal; run this in a terminal, or name a file with \
              --password-file or --passphrase-file",
        )
    })
}

/// Writes a file that only its owner may read; nothing that is there is overwritten.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(".new");
    // Left over from a run that was broken off; never written through, in case somebody else put it there.
    match fs::remove_file(&fresh) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unwritten(path, &error)),
        _ => {}
    }
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh);
    let written = file.and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    // A link, unlike a move, never replaces what is there.
    let named = written.and_then(|()| fs::hard_link(&fresh, path)).and_then(|()| fs::remove_file(&fresh));
    named.map_err(|error| unwritten(path, &error))
}

/// A file that could not be written.
pub(crate) fn unwritten(path: &Path, error: &io::Error) -> Failure {
    let sentence =
        format!("could not write {}: {error}; check the disk and the permissions of its folder", path.display());
    Failure::of("disk", &sentence)
}
