//! Where passphrases and passwords come from: a terminal or a file, never an argument or a variable.

use crate::{arguments::Place, failure::Failure};
use node::{
    config::{Config, first_line},
    control::Typed,
    keystore::Password,
};
use std::path::Path;

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

fn ask(prompt: &str) -> Result<String, Failure> {
    rpassword::prompt_password(prompt).map_err(|_| {
        Failure::of(
            "needs-person",
            &"somebody must type a password and there is no terminal; run this in a terminal, or name a file with \
              --password-file or --passphrase-file",
        )
    })
}
