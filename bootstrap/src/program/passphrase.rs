//! Where the node passphrase comes from: a file of the service user, a credential of systemd, or the terminal.

use super::{args::Premises, failure::Failure};
use node::{config::first_line, keystore::Password};
use std::{
    env,
    io::{IsTerminal, stdin},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// The passphrase of keys that exist.
pub(super) fn of(premises: &Premises) -> Result<Password, Failure> {
    match source(premises) {
        Some(path) => read(&path),
        None => typed("Passphrase of this sponsor's node: "),
    }
}

/// The passphrase of keys that are about to be made; a typed one is typed twice.
pub(super) fn new(premises: &Premises) -> Result<Password, Failure> {
    if let Some(path) = source(premises) {
        return read(&path);
    }
    let first = Zeroizing::new(prompt("New passphrase for this sponsor's node: ")?);
    let second = Zeroizing::new(prompt("The same again: ")?);
    if *first == *second {
        Ok(Password::new(first.to_string()))
    } else {
        Err(Failure::failed("the two passphrases differ; nothing was made, try again"))
    }
}

fn source(premises: &Premises) -> Option<PathBuf> {
    let credential = || env::var_os("CREDENTIALS_DIRECTORY").map(|folder| Path::new(&folder).join("passphrase"));
    premises.passphrase_file.clone().or_else(|| credential().filter(|path| path.exists()))
}

fn read(path: &Path) -> Result<Password, Failure> {
    Ok(first_line(path)?)
}

fn typed(question: &str) -> Result<Password, Failure> {
    Ok(Password::new(prompt(question)?))
}

fn prompt(question: &str) -> Result<String, Failure> {
    if !stdin().is_terminal() {
        return Err(Failure::needs_person(
            "the node passphrase is needed and there is no terminal to ask at; run this at a terminal, or name a file with \
             --passphrase-file",
        ));
    }
    Ok(rpassword::prompt_password(question)?)
}
