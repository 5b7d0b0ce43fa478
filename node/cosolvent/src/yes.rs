//! A yes that somebody types, in English or French.

use crate::failure::Failure;
use std::io::{self, IsTerminal, Write as _};

/// Whether somebody at the terminal types yes. Without a terminal nobody does, and `instead` says which option stands for it.
pub(crate) fn typed(question: &str, instead: &str) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        let sentence =
            format!("somebody must say yes to this and there is no terminal; run it in a terminal, or {instead}");
        return Err(Failure::of("needs-person", &sentence));
    }
    eprint!("{question} Type yes: ");
    let _ = io::stderr().flush();
    let mut typed = String::new();
    let read = io::stdin().read_line(&mut typed);
    Ok(read.is_ok() && ["yes", "oui"].contains(&typed.trim()))
}
