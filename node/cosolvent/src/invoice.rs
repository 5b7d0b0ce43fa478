//! `invoice`: what was billed for work under signed terms, and what still can be.

use crate::{arguments::Place, door, failure::Failure, print::Printer};
use clap::{Args, Subcommand};
use firm::{
    command::Command,
    invoices::{Draft, Tax, Units},
    view::{InvoiceView, Query},
};
use protocol::{
    id::{DealId, Hash},
    text::Name,
    time::Day,
};
use serde_json::Value;
use std::{fs, path::PathBuf};

#[derive(Debug, Subcommand)]
pub(crate) enum InvoiceVerb {
    /// List the invoices of a deal, and what is left to bill
    List {
        /// The deal's id
        deal: DealId,
    },
    /// Issue an invoice; without --session and --units it bills everything that is left
    Issue(Box<Issue>),
    /// Show one invoice, or write it into a file for other programs
    Show {
        /// The deal's id
        deal: DealId,
        /// The serial number that the list shows
        serial: u32,
        /// Write it into this file as a UBL 2.1 document (XML)
        #[arg(long, value_name = "FILE")]
        ubl: Option<PathBuf>,
    },
    /// Cancel an invoice: it keeps its number, and what it billed can be billed again
    Cancel {
        /// The serial number that the list shows
        serial: u32,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Issue {
    /// The deal's id
    deal: DealId,
    /// The number that your books give it
    #[arg(long, value_parser = Name::new)]
    number: Name,
    /// Its date, such as 2026-11-30
    #[arg(long, value_name = "DATE")]
    issued: Day,
    /// By when it is to be paid
    #[arg(long, value_name = "DATE")]
    due: Option<Day>,
    /// The number of the buyer's order
    #[arg(long, value_parser = Name::new)]
    order: Option<Name>,
    /// A countersigned session, by the id that the list shows; once for each
    #[arg(long = "session", value_name = "ID")]
    sessions: Vec<Hash>,
    /// Units of a line that is not paid by the hour, such as 2=3 for three of line 2; once for each
    #[arg(long, value_name = "LINE=COUNT", value_parser = units)]
    units: Vec<Units>,
    /// A tax in percent, such as HST=13 or, with your registration number, TVQ=9.975=1234567890TQ0001; once for each
    #[arg(long = "tax", value_name = "NAME=RATE[=REGISTRATION]", value_parser = tax)]
    taxes: Vec<Tax>,
}

pub(crate) async fn invoice(place: &Place, verb: InvoiceVerb, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let command = match verb {
        InvoiceVerb::List { deal } => return list(place, deal, printer).await,
        InvoiceVerb::Show { deal, serial, ubl } => return show(place, (deal, serial), ubl, printer).await,
        InvoiceVerb::Issue(issue) => Command::Bill(Box::new(draft(place, *issue).await?)),
        InvoiceVerb::Cancel { serial } => Command::CancelInvoice(serial),
    };
    printer.answer(door::ask(place, command).await?)
}

async fn list(place: &Place, deal: DealId, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let found = of(place, deal).await?;
    if printer.is_json() {
        return printer.items("invoices", &[found]);
    }
    let columns = [
        ("SERIAL", "invoice.serial"),
        ("NUMBER", "invoice.draft.number"),
        ("DATE", "invoice.draft.issued"),
        ("TO BE PAID (CENTS)", "figures.total.minor"),
        ("CANCELLED", "cancelled.at"),
    ];
    printer.table("invoice", rows(&found, "invoices"), &columns)?;
    printer.line("")?;
    let sessions =
        rows(&found, "unbilled").iter().flat_map(|line| rows(line, "sessions").iter().map(move |one| (line, one)));
    for (line, session) in sessions {
        let [docket, day, minutes] = ["/0", "/1/day", "/1/minutes"].map(|at| said(session.pointer(at)));
        printer.line(&format!("left: session {docket}, {day}, {minutes} minutes, {}", said(line.get("what"))))?;
    }
    for line in rows(&found, "unbilled").iter().filter(|line| line["lot"].is_object()) {
        let number = line["line"].as_u64().unwrap_or_default() + 1;
        let lot = &line["lot"];
        let [count, unit] = [&lot["count"], &lot["unit"]].map(|value| said(Some(value)));
        printer.line(&format!("left: {count} × {unit} of line {number}, {}", said(line.get("what"))))?;
    }
    Ok(())
}

async fn show(
    place: &Place,
    (deal, serial): (DealId, u32),
    ubl: Option<PathBuf>,
    printer: &mut Printer<'_>,
) -> Result<(), Failure> {
    let found = of(place, deal).await?;
    let one = rows(&found, "invoices").iter().find(|one| one["invoice"]["serial"] == serial);
    let one = one.ok_or_else(|| Failure::of("not-found", &firm::invoices::BadInvoice::NoSuch))?;
    let Some(file) = ubl else { return printer.outline("invoice", one) };
    fs::write(&file, document(one)?).map_err(|error| {
        let sentence = format!("cannot write {} ({error}); name a file in a folder of yours", file.display());
        Failure::of("file", &sentence)
    })?;
    printer.line(&format!("written to {}", file.display()))
}

/// An invoice as the node shows it, as a UBL document.
pub(crate) fn document(shown: &Value) -> Result<Vec<u8>, Failure> {
    let view: InvoiceView = serde_json::from_value(shown.clone())
        .map_err(|error| Failure::of("malformed", &format!("the node's answer cannot be read ({error})")))?;
    Ok(ui::ubl::invoice(&view))
}

async fn of(place: &Place, deal: DealId) -> Result<Value, Failure> {
    let none = || {
        let sentence = "there is nothing to bill: no such deal, its work has not begun, or this firm pays; see `cosolvent deal list`";
        Failure::of("not-found", &sentence)
    };
    door::view(place, Query::Invoices(deal)).await?.into_iter().next().ok_or_else(none)
}

/// What is written on it: what was named, or everything that is left.
async fn draft(place: &Place, issue: Issue) -> Result<Draft, Failure> {
    let Issue { deal, number, issued, due, order, mut sessions, mut units, taxes } = issue;
    if sessions.is_empty() && units.is_empty() {
        let found = of(place, deal).await?;
        for line in rows(&found, "unbilled") {
            let dockets = rows(line, "sessions").iter().filter_map(|session| session[0].as_str()?.parse::<Hash>().ok());
            sessions.extend(dockets);
            let count = line["lot"]["count"].as_u64().and_then(|count| u32::try_from(count).ok());
            let at = line["line"].as_u64().and_then(|line| u8::try_from(line).ok());
            units.extend(at.zip(count).map(|(line, count)| Units { line, count }));
        }
    }
    Ok(Draft { deal, number, issued, due, order, sessions, units, taxes })
}

fn rows<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().map_or(&[], Vec::as_slice)
}

fn said(value: Option<&Value>) -> String {
    value.map_or_else(String::new, |value| value.as_str().map_or_else(|| value.to_string(), str::to_string))
}

fn units(text: &str) -> Result<Units, String> {
    let wanted = || "write a line of the terms, counted from 1, and how many, such as 2=3".to_string();
    let (line, count) = text.split_once('=').ok_or_else(wanted)?;
    let line = line.parse::<u8>().ok().and_then(|line| line.checked_sub(1)).ok_or_else(wanted)?;
    Ok(Units { line, count: count.parse().map_err(|_| wanted())? })
}

fn tax(text: &str) -> Result<Tax, String> {
    let wanted = || "write a name and a rate in percent, such as HST=13 or TVQ=9.975=1234567890TQ0001".to_string();
    let (name, rest) = text.split_once('=').ok_or_else(wanted)?;
    let (rate, registration) = rest.split_once('=').map_or((rest, None), |(rate, told)| (rate, Some(told)));
    let name = Name::new(name).map_err(|error| error.to_string())?;
    let registration = registration.map(Name::new).transpose().map_err(|error| error.to_string())?;
    Ok(Tax { name, rate: thousandths(rate).ok_or_else(wanted)?, registration })
}

/// A rate with at most three decimals.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = digits(whole) && digits(fraction) && fraction.len() <= 3;
    let fraction = format!("{fraction:0<3}");
    fits.then(|| whole.parse::<u32>().ok()?.checked_mul(1_000)?.checked_add(fraction.parse().ok()?)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_have_up_to_three_decimals_and_a_registration_if_there_is_one() {
        let rate = |text| tax(text).map(|tax| (tax.rate, tax.registration.map(|told| told.to_string())));
        assert_eq!(rate("HST=13"), Ok((13_000, None)));
        assert_eq!(rate("TVQ=9,975=1234567890TQ0001"), Ok((9_975, Some("1234567890TQ0001".into()))));
        assert_eq!(rate("GST=5.0"), Ok((5_000, None)));
        for wrong in ["HST", "=13", "HST=", "HST=thirteen", "HST=9.9755", "HST=-1", "HST=13="] {
            assert!(tax(wrong).is_err(), "{wrong}");
        }
        assert_eq!(units("2=3"), Ok(Units { line: 1, count: 3 }));
        assert!(["0=3", "2", "2=", "300=1"].iter().all(|wrong| units(wrong).is_err()));
    }
}
