//! `docket`: what was done under signed terms, written down, listed, taken as a table.

use crate::{arguments::Place, door, failure::Failure, print::Printer};
use clap::{Args, Subcommand};
use firm::{command::Command, view::Query};
use protocol::{
    docket::{Evidence, Handover, Session, Work},
    id::{DealId, Hash},
    text::TermsText,
    time::Day,
};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

#[derive(Debug, Subcommand)]
pub(crate) enum DocketVerb {
    /// List what both sides wrote down, and whether it counts
    List {
        /// The deal's id
        deal: DealId,
    },
    /// Write down hours on a line of the terms; the right person then decides whether that leaves
    Hours {
        #[command(flatten)]
        when: When,
        /// Which line, counted from 1
        #[arg(long, value_parser = clap::value_parser!(u8).range(1..))]
        line: u8,
        /// How long: 4, 0.5 or 3:30
        #[arg(long, value_parser = minutes)]
        hours: u32,
        /// On what
        #[arg(long, value_parser = TermsText::new)]
        note: Option<TermsText>,
    },
    /// Write down that something changes hands
    Thing {
        #[command(flatten)]
        when: When,
        /// What, and in which state
        #[arg(long, value_parser = TermsText::new)]
        what: TermsText,
        /// How many
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
        count: u32,
        /// This firm receives it; without this, it hands it over
        #[arg(long)]
        received: bool,
    },
    /// Write down that both sides hold a document; it is hashed here and goes nowhere
    Document {
        #[command(flatten)]
        when: When,
        /// The file
        file: PathBuf,
        /// What it is
        #[arg(long, value_parser = TermsText::new)]
        what: TermsText,
    },
}

/// In which deal, and when.
#[derive(Debug, Args)]
pub(crate) struct When {
    /// The deal's id
    deal: DealId,
    /// The day, such as 2026-11-30
    #[arg(long, value_name = "DATE")]
    day: Day,
}

pub(crate) async fn docket(place: &Place, verb: DocketVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let (deal, work) = match verb {
        DocketVerb::List { deal } => return list(place, deal, printer).await,
        DocketVerb::Hours { when, line, hours, note } => {
            (when.deal, Work::Session(Session { line: line - 1, day: when.day, minutes: hours, note }))
        }
        DocketVerb::Thing { when, what, count, received } => {
            (when.deal, Work::Handover(Handover { what, count, day: when.day, given: !received }))
        }
        DocketVerb::Document { when, file, what } => {
            let sha256 = hashed(&file)?;
            (when.deal, Work::Evidence(Evidence { what, sha256, day: when.day }))
        }
    };
    printer.answer(door::ask(place, Command::WriteDocket { deal, work }).await?)
}

async fn list(place: &Place, deal: DealId, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let deals = door::view(place, Query::Deal(deal)).await?;
    let dockets = deals.first().and_then(|deal| deal.pointer("/work/dockets")).cloned();
    let none = || {
        let sentence = "there is nothing to list: no such deal, or its work has not begun; see `cosolvent deal list`";
        Failure::of("not-found", &sentence)
    };
    let dockets = dockets.and_then(|dockets| dockets.as_array().cloned()).ok_or_else(none)?;
    let columns = [
        ("NUMBER", "number"),
        ("OURS", "ours"),
        ("STATE", "state"),
        ("HOURS (MINUTES)", "work.session.minutes"),
        ("GIVEN", "work.handover.what"),
        ("DOCUMENT", "work.evidence.what"),
        ("DECIDE", "approval"),
    ];
    printer.table("docket", &dockets, &columns)
}

/// SHA-256 of a file, read piece by piece.
fn hashed(file: &Path) -> Result<Hash, Failure> {
    let read = || -> io::Result<Hash> {
        let (mut file, mut hasher, mut piece) = (File::open(file)?, Sha256::new(), [0; 64 * 1024]);
        loop {
            match file.read(&mut piece)? {
                0 => return Ok(Hash(hasher.finalize().into())),
                read => hasher.update(piece.get(..read).unwrap_or_default()),
            }
        }
    };
    read().map_err(|error| Failure::of("file", &format!("cannot read {} ({error}); check the path", file.display())))
}

/// "4", "0.5", "0,5" or "3:30", in minutes.
fn minutes(text: &str) -> Result<u32, String> {
    let wrong = || format!("`{text}` is no time; write for example 4, 0.5 or 3:30");
    if let Some((hours, minutes)) = text.split_once(':') {
        let (hours, minutes) = (hours.parse::<u32>().ok(), minutes.parse::<u32>().ok().filter(|minutes| *minutes < 60));
        let all = hours.zip(minutes).and_then(|(hours, minutes)| hours.checked_mul(60)?.checked_add(minutes));
        return all.ok_or_else(wrong);
    }
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let hundredths = match part.len() {
        0 => Some(0),
        1 => part.parse::<u32>().ok().map(|tenths| tenths * 10),
        2 => part.parse::<u32>().ok(),
        _ => None,
    };
    let whole = whole.parse::<u32>().ok().and_then(|hours| hours.checked_mul(60));
    whole.zip(hundredths).and_then(|(whole, part)| whole.checked_add((part * 60 + 50) / 100)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_read_as_people_write_it() {
        let read = ["4", "0.5", "0,25", "3:30", "7.75"].map(|text| minutes(text).unwrap());
        assert_eq!(read, [240, 30, 15, 210, 465]);
        for wrong in ["", "four", "3:60", "1.234", "-1", "1:", "99999999999"] {
            assert!(minutes(wrong).is_err(), "{wrong}");
        }
    }
}
