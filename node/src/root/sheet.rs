//! The recovery sheet: one page of plain text that a firm keeps in a safe.
//!
//! It carries the two root keys, and the public log as it was when the sheet was made, because a new computer without a backup
//! has nothing else to go on from. The log on the newest sheet is new enough: whatever the operating key or the renewal key said
//! later is taken back by the rotation (`IDN-8`), and after every rotation there is a new sheet.

use super::{GROUPS, RootKeys, groups, public};
use crate::keystore::Secret;
use core::fmt::Write as _;
use protocol::{
    firm_id::Inception,
    key_log::{BadLog, Change, KeyLog, KeyState, Meeting},
    limits::KEY_LOG_BYTES_MAX,
    text::Name,
    time::Day,
    wire::{decode, encode},
};
use thiserror::Error;
use zeroize::Zeroizing;

/// A part of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The root key.
    Renewal,
    /// The next root key.
    Recovery,
    /// The log.
    Log,
}

impl Part {
    /// As the sheet names it.
    pub fn name(self) -> &'static str {
        match self {
            Part::Renewal => "renewal key",
            Part::Recovery => "recovery key",
            Part::Log => "key log",
        }
    }
}

/// Why a sheet is of no use here.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum BadSheet {
    /// A slip.
    #[error("group {group} of the {} is not as it was written; compare it with the sheet", part.name())]
    Slip {
        /// Where.
        part: Part,
        /// Which group, counted from 1.
        group: usize,
    },
    /// A part is not there.
    #[error("there is no {} in this file; give the whole sheet as it was written, with the lines in brackets", part.name())]
    Missing {
        /// Which.
        part: Part,
    },
    /// The log in it.
    #[error("the key log on this sheet cannot be read; look for another copy of the sheet, or for a backup")]
    Unreadable,
    /// The log in it or the one at hand.
    #[error("the key log does not hold ({0}); look for another copy of the sheet, or for a backup")]
    Log(#[from] BadLog),
    /// Another firm's.
    #[error("this sheet is another firm's; look for the sheet with this firm's id")]
    OtherFirm,
    /// One key said two things.
    #[error("this sheet and this node prove that one key of the firm said two things, so somebody else has used it")]
    Forked,
    /// The keys are not those of the log.
    #[error(
        "this is not the firm's present recovery sheet: it fits no key after event {number}, of {}; use the sheet that was made \
         then, and destroy this one",
        day
    )]
    NotPresent {
        /// Number of the newest rotation.
        number: u32,
        /// Its day.
        day: Day,
    },
}

/// What a sheet carries.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The root keys.
    pub keys: RootKeys,
    /// The log when it was made.
    pub log: KeyLog,
}

impl Sheet {
    /// The page.
    pub fn text(&self, legal_name: &Name, today: Day) -> Zeroizing<String> {
        let mut page = Zeroizing::new(String::with_capacity(8 * 1024));
        let number = self.log.events.len();
        let id = self.log.inception.body.firm();
        // Writing into a string cannot fail.
        let _ = write!(
            page,
            "COSOLVENT RECOVERY SHEET\n\
             firm     {legal_name}\n\
             firm id  {id}\n\
             made     {}, for the key log up to event {number}\n\n{ABOUT}",
            today
        );
        write_part(&mut page, Part::Renewal, self.keys.root.expose());
        write_part(&mut page, Part::Recovery, self.keys.next.expose());
        let log = encode(&self.log);
        let length = u32::try_from(log.len()).unwrap_or(u32::MAX).to_be_bytes();
        write_part(&mut page, Part::Log, &[&length, &log[..]].concat());
        page
    }

    /// A page, read back.
    ///
    /// # Errors
    /// [`BadSheet`], except what needs another log to compare with.
    pub fn read(text: &str) -> Result<Sheet, BadSheet> {
        let key = |part| -> Result<Secret, BadSheet> {
            let groups = part_of(text, part);
            if groups.is_empty() {
                return Err(BadSheet::Missing { part });
            }
            groups::read(part, groups).map_err(|group| BadSheet::Slip { part, group })
        };
        let keys = RootKeys { root: key(Part::Renewal)?, next: key(Part::Recovery)? };
        let groups = part_of(text, Part::Log);
        if groups.is_empty() {
            return Err(BadSheet::Missing { part: Part::Log });
        }
        let bytes = groups::decoded(Part::Log, groups).map_err(|group| BadSheet::Slip { part: Part::Log, group })?;
        let (length, rest) = bytes.split_first_chunk::<4>().ok_or(BadSheet::Unreadable)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| BadSheet::Unreadable)?;
        let log = rest.get(..length).ok_or(BadSheet::Unreadable)?;
        let log: KeyLog = decode(log, KEY_LOG_BYTES_MAX).map_err(|_| BadSheet::Unreadable)?;
        let sheet = Sheet { keys, log };
        let state = sheet.log.verify()?;
        renews(&sheet.keys.root, &sheet.log, &state)?;
        rotates(&sheet.keys.next, &sheet.log, &state)?;
        Ok(sheet)
    }

    /// The log from which this sheet's keys go on, when `held` is at hand: whichever of both stands.
    ///
    /// # Errors
    /// [`BadSheet::OtherFirm`], [`BadSheet::Forked`], [`BadSheet::Log`].
    pub fn goes_on_from(&self, held: &KeyLog) -> Result<KeyLog, BadSheet> {
        match held.meet(&self.log)? {
            Meeting::Stranger => Err(BadSheet::OtherFirm),
            Meeting::Yields => Ok(self.log.clone()),
            Meeting::Stands => Ok(held.clone()),
            Meeting::Forked(_) => Err(BadSheet::Forked),
        }
    }
}

/// Whether this is the root key of a log.
///
/// # Errors
/// [`BadSheet::NotPresent`].
pub fn renews(root: &Secret, log: &KeyLog, state: &KeyState) -> Result<(), BadSheet> {
    if public(root) == state.root { Ok(()) } else { Err(not_present(log, state)) }
}

/// Whether this is the key to which a log committed.
///
/// # Errors
/// [`BadSheet::NotPresent`].
pub fn rotates(next: &Secret, log: &KeyLog, state: &KeyState) -> Result<(), BadSheet> {
    if Inception::commit_next(&public(next)) == state.next_root { Ok(()) } else { Err(not_present(log, state)) }
}

fn not_present(log: &KeyLog, state: &KeyState) -> BadSheet {
    let rotated = log.events.iter().rev().find(|event| matches!(event.body.change, Change::Rotate { .. }));
    let day = rotated.map_or(log.inception.body.day, |event| event.body.day);
    BadSheet::NotPresent { number: state.rotated, day }
}

const ABOUT: &str = "\
WHAT THIS IS. The keys with which this firm changes its own keys. Whoever has this sheet can become this firm; without it the
firm cannot renew its keys, and ends within a year. Nobody else has a copy: no sponsor, no maker of the program.

HOW TO KEEP IT. Print it twice, or write it down twice. Keep the copies in two places that do not burn or get stolen together, not
beside the computer. Send it to nobody, photograph it never, and delete it from every computer. When a newer sheet is made,
destroy this one: using an old sheet can ruin the firm's name for good.

WHEN TO USE IT.
  once a year, when the node says so          cosolvent keys renew      asks for the renewal key
  a computer or this sheet was stolen         cosolvent keys rotate     asks for the recovery key, and makes a new sheet
  a new computer and no backup                cosolvent keys recover    reads the whole sheet, and makes a new sheet
Each group has 8 characters and checks itself; there is no i, l, o or u in it.
";

fn write_part(page: &mut String, part: Part, bytes: &[u8]) {
    let secret = if part == Part::Log { "not secret" } else { "SECRET" };
    // Writing into a string cannot fail.
    let _ = writeln!(page, "\n[{}]  {secret}", part.name());
    for (line, groups) in Zeroizing::new(groups::encoded(part, bytes)).chunks(GROUPS / 2).enumerate() {
        let _ = writeln!(page, "{:>4}  {}", 1 + line * GROUPS / 2, groups.join("  "));
    }
}

/// The groups that stand below the line in brackets, without the numbers before them.
fn part_of(text: &str, part: Part) -> Vec<&str> {
    let title = format!("[{}]", part.name());
    let below = text.lines().map(str::trim).skip_while(|line| !line.to_ascii_lowercase().starts_with(&title)).skip(1);
    let lines = below.take_while(|line| !line.starts_with('['));
    lines.flat_map(|line| line.split_whitespace().skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{firm_id::FirstPosition, id::OperatingKey, noise::Seed};

    fn sheet() -> Sheet {
        let keys = RootKeys { root: Secret::new([1; 32]), next: Secret::new([2; 32]) };
        let position = FirstPosition::draw(&Seed([3; 32]));
        let log = KeyLog::new(keys.incept(OperatingKey([4; 32]), &position, Day(20_780)));
        Sheet { keys, log }
    }

    fn page(sheet: &Sheet) -> Zeroizing<String> {
        sheet.text(&Name::new("Mill Lane Machining").unwrap(), Day(20_781))
    }

    fn rotated(sheet: &Sheet, next: [u8; 32], operating: u8) -> Sheet {
        let keys = RootKeys { root: sheet.keys.next.clone(), next: Secret::new(next) };
        let event = keys.rotate(&sheet.log.verify().unwrap(), OperatingKey([operating; 32]), Day(20_790));
        Sheet { log: sheet.log.with(&[event]).unwrap(), keys }
    }

    #[test]
    fn a_sheet_comes_back_from_its_page_however_it_was_copied() {
        let sheet = sheet();
        let text = page(&sheet);
        assert!(text.contains("made     2026-11-24") && text.contains("Mill Lane Machining"), "{}", *text);
        assert!(text.lines().all(|line| line.chars().count() <= 130), "{}", *text);
        let bare: Vec<&str> = text.lines().skip_while(|line| !line.starts_with('[')).collect();
        for text in [text.to_string(), text.to_uppercase(), bare.join("\r\n   ")] {
            let read = Sheet::read(&text).unwrap();
            assert_eq!((&read.keys.root, &read.keys.next), (&sheet.keys.root, &sheet.keys.next));
            assert_eq!(read.log, sheet.log);
        }
    }

    #[test]
    fn a_sheet_with_a_slip_or_a_missing_part_says_where() {
        let text = page(&sheet());
        let recovery = text.find("[recovery key]").unwrap();
        let end = recovery + text[recovery..].find("\n   5").unwrap();
        let slip =
            format!("{}{}{}", &text[..end - 1], if text[..end].ends_with('7') { "8" } else { "7" }, &text[end..]);
        assert_eq!(Sheet::read(&slip).unwrap_err(), BadSheet::Slip { part: Part::Recovery, group: 4 });
        let cut = Sheet::read(&text[..recovery]).unwrap_err();
        assert_eq!(cut, BadSheet::Missing { part: Part::Recovery });
        let log = text.find("[key log]").unwrap();
        assert_eq!(Sheet::read(&text[..log]).unwrap_err(), BadSheet::Missing { part: Part::Log });
        assert_eq!(Sheet::read(&text[..text.len() - 60]).unwrap_err(), BadSheet::Unreadable);
    }

    #[test]
    fn an_older_sheet_is_told_from_the_present_one_whichever_is_in_the_folder() {
        let old = sheet();
        let new = rotated(&old, [5; 32], 6);
        assert!(Sheet::read(&page(&new)).is_ok());
        let base = old.goes_on_from(&new.log).unwrap();
        assert_eq!(base, new.log, "the folder knows more than the old sheet");
        let state = base.verify().unwrap();
        assert_eq!(rotates(&old.keys.next, &base, &state), Err(BadSheet::NotPresent { number: 1, day: Day(20_790) }));
        assert_eq!(new.goes_on_from(&old.log).unwrap(), new.log, "the new sheet knows more than an old backup");
        let thief = rotated(&old, [7; 32], 8);
        assert_eq!(thief.goes_on_from(&new.log), Err(BadSheet::Forked), "the same recovery key, used twice");
        let mut other = old.clone();
        other.log.inception.body.day = Day(20_779);
        assert_eq!(old.goes_on_from(&other.log), Err(BadSheet::OtherFirm));
    }
}
