//! The recovery sheet between paper, file and terminal.

use crate::{failure::Failure, print::Printer, secrets};
use node::{
    keystore::Secret,
    root::{BadSheet, GROUPS, Part, Sheet, group, is_group, read_key},
};
use std::{
    fs,
    io::{self, IsTerminal, Write},
    path::Path,
};
use zeroize::Zeroizing;

/// Clears the screen and what was scrolled away, so that the sheet must be read from where it was written.
const CLEAR: &str = "\x1b[3J\x1b[2J\x1b[H";
/// Far more than a sheet with the longest log.
const SHEET_BYTES_MAX: u64 = 256 * 1024;

/// The sheet in a file.
pub(super) fn read(path: &Path) -> Result<Sheet, Failure> {
    let failed = |error: io::Error| {
        let sentence =
            format!("could not read the recovery sheet {}: {error}; check its path and permissions", path.display());
        Failure::of("sheet", &sentence)
    };
    if fs::metadata(path).map_err(failed)?.len() > SHEET_BYTES_MAX {
        return Err(BadSheet::Unreadable.into());
    }
    let bytes = Zeroizing::new(fs::read(path).map_err(failed)?);
    let text = std::str::from_utf8(&bytes).map_err(|_| BadSheet::Unreadable)?;
    Ok(Sheet::read(text)?)
}

/// One key of the sheet, typed in two halves without being shown; a slip is asked for again.
pub(super) fn typed(part: Part) -> Result<Secret, Failure> {
    let half = GROUPS / 2;
    eprintln!("Fetch the recovery sheet. What you type is not shown; blanks between the groups do not matter.");
    loop {
        let first = Zeroizing::new(secrets::ask(&format!("Groups 1 to {half} of the {}: ", part.name()))?);
        let second = Zeroizing::new(secrets::ask(&format!("Groups {} to {GROUPS}: ", half + 1))?);
        let typed: Zeroizing<String> = Zeroizing::new([first.as_str(), &second].concat().split_whitespace().collect());
        let groups: Vec<&str> =
            (0..typed.len()).step_by(8).map(|at| typed.get(at..at + 8).unwrap_or_default()).collect();
        match read_key(part, groups) {
            Ok(key) => return Ok(key),
            Err(group) => eprintln!("{}.", BadSheet::Slip { part, group }),
        }
    }
}

/// Whether somebody sits there who can read and answer.
pub(super) fn can_show(printer: &Printer<'_>) -> bool {
    !printer.is_json() && io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Shows the page with what to do, clears it away, and asks for one group of each key.
pub(super) fn show(sheet: &Sheet, text: &str, what: &str, printer: &mut Printer<'_>) -> Result<(), Failure> {
    loop {
        printer.line(text)?;
        line(&format!("{what} Then press Enter; the screen is cleared."))?;
        printer.line(CLEAR)?;
        let number = Secret::random()?.expose().map(usize::from);
        let keys = [(Part::Renewal, &sheet.keys.root, number[0]), (Part::Recovery, &sheet.keys.next, number[1])];
        let mut right = true;
        for (part, key, number) in keys {
            let number = number % GROUPS;
            let typed = line(&format!("Group {} of the {}, from your copy: ", number + 1, part.name()))?;
            right &= is_group(&typed, &group(part, key, number));
        }
        printer.line(CLEAR)?;
        if right {
            return Ok(());
        }
        eprintln!("That is not what the sheet says. Here it is again; Ctrl-C leaves everything as it was.");
    }
}

/// Removes the file in which the sheet was.
pub(super) fn take_off(path: &Path) -> Result<(), Failure> {
    fs::remove_file(path).map_err(|error| {
        let sentence = format!("could not delete {}: {error}; delete it yourself today", path.display());
        Failure::of("disk", &sentence)
    })
}

fn line(prompt: &str) -> Result<Zeroizing<String>, Failure> {
    let left =
        || Failure::of("needs-person", &"nobody answered; nothing changed, and the old recovery sheet still holds");
    let mut err = io::stderr();
    write!(err, "{prompt}").and_then(|()| err.flush()).map_err(|_| left())?;
    let mut typed = Zeroizing::new(String::new());
    match io::stdin().read_line(&mut typed) {
        Ok(0) | Err(_) => Err(left()),
        Ok(_) => Ok(typed),
    }
}
