//! Issuing and cancelling.

use super::figures::{WHOLE, figures};
use super::{Billable, Draft, Event, Invoice, Invoices};
use crate::limits::INVOICE_TAXES_MAX;
use crate::register::PersonId;
use alloc::collections::BTreeSet;
use protocol::text::Name;
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// Why an invoice is not issued or cancelled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BadInvoice {
    /// Before the work (`INV-1`).
    #[error("there is nothing to bill before the work has begun on both sides; see `cosolvent deal show`")]
    NotBegun,
    /// The side that pays (`INV-1`).
    #[error("the side that offers bills the work; this firm pays here")]
    OtherSide,
    /// Nothing is on it.
    #[error(
        "an invoice bills at least one countersigned session or one unit; `cosolvent invoice list` shows what is left"
    )]
    Nothing,
    /// A number twice (`INV-3`).
    #[error("the number {0} was on an invoice before, and numbers are used once; take the next one of your books")]
    Number(Name),
    /// A session that cannot be billed (`INV-2`).
    #[error(
        "a session is billed when the other side has countersigned it, and once; `cosolvent invoice list` shows what is left"
    )]
    Session,
    /// More than there is (`INV-2`).
    #[error("of line {line} of the terms {left} can still be billed", line = line + 1)]
    Units {
        /// Which line, from 0.
        line: u8,
        /// How many are left.
        left: u32,
    },
    /// It would be due before its date.
    #[error("an invoice is due on its date or later")]
    Days,
    /// Taxes that are none.
    #[error("write at most {INVOICE_TAXES_MAX} taxes with different names, each more than 0 and at most 100 percent")]
    Taxes,
    /// The sum does not fit.
    #[error("the amounts are too large to be added up")]
    Sum,
    /// No such invoice, or it was cancelled.
    #[error("there is no such invoice, or it was cancelled; list them with `cosolvent invoice list`")]
    NoSuch,
}

/// Issues an invoice (`INV-1` to `INV-4`).
///
/// # Errors
///
/// [`BadInvoice`] says what to change; nothing is used up.
pub fn issue(
    invoices: &Invoices,
    of: &Billable<'_>,
    draft: Draft,
    (by, at): (Option<PersonId>, UnixMs),
) -> Result<Event, BadInvoice> {
    if invoices.all().any(|(other, _)| other.draft.number == draft.number) {
        return Err(BadInvoice::Number(draft.number));
    }
    if draft.due.is_some_and(|due| due < draft.issued) {
        return Err(BadInvoice::Days);
    }
    let names: BTreeSet<&Name> = draft.taxes.iter().map(|tax| &tax.name).collect();
    let rates = draft.taxes.iter().all(|tax| (1..=WHOLE).contains(&tax.rate));
    if !rates || names.len() != draft.taxes.len() || names.len() > INVOICE_TAXES_MAX {
        return Err(BadInvoice::Taxes);
    }
    let once: BTreeSet<_> = draft.sessions.iter().collect();
    let free: BTreeSet<_> = of.unbilled(invoices).map(|(docket, _)| docket).collect();
    if once.len() != draft.sessions.len() || !draft.sessions.iter().all(|docket| free.contains(docket)) {
        return Err(BadInvoice::Session);
    }
    let lines: BTreeSet<u8> = draft.units.iter().map(|units| units.line).collect();
    for units in &draft.units {
        let left = of.unbilled_units(invoices).find(|left| left.line == units.line);
        let left = left.map_or(0, |left| left.count);
        if units.count == 0 || units.count > left || lines.len() != draft.units.len() {
            return Err(BadInvoice::Units { line: units.line, left });
        }
    }
    if draft.sessions.is_empty() && draft.units.is_empty() {
        return Err(BadInvoice::Nothing);
    }
    figures(of, &draft).ok_or(BadInvoice::Sum)?;
    Ok(Event::Issued(Invoice { serial: invoices.next(), draft, by, at }))
}

/// Cancels one (`INV-3`).
///
/// # Errors
///
/// [`BadInvoice::NoSuch`].
pub fn cancel(invoices: &Invoices, serial: u32, by: Option<PersonId>, at: UnixMs) -> Result<Event, BadInvoice> {
    match invoices.of(serial) {
        Some((_, None)) => Ok(Event::Cancelled { serial, by, at }),
        _ => Err(BadInvoice::NoSuch),
    }
}
