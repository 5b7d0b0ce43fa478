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
        #[command(flatten)]
        time: Time,
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

/// How long.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(crate) struct Time {
    /// Whole hours
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=24))]
    hours: u32,
    /// Minutes, alone or beside hours
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=24 * 60))]
    minutes: u32,
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
        DocketVerb::Hours { when, line, time, note } => {
            let minutes = time.hours * 60 + time.minutes;
            (when.deal, Work::Session(Session { line: line - 1, day: when.day, minutes, note }))
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
