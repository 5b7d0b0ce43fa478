//! Invoices as they stand.

use super::Event;
use crate::register::PersonId;
use alloc::{collections::BTreeMap, vec::Vec};
use protocol::id::{DealId, Hash};
use protocol::text::Name;
use protocol::time::{Day, UnixMs};
use serde::{Deserialize, Serialize};

/// Units of a line that is not paid by the hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Units {
    /// The line's place in the terms, from 0.
    pub line: u8,
    /// How many, from 1.
    pub count: u32,
}

/// A tax on the sum of all lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    /// As the law calls it: "HST", "TVQ".
    pub name: Name,
    /// In thousandths of a percent: 13 % is 13,000 and 9.975 % is 9,975.
    pub rate: u32,
    /// Under which the firm is registered for it.
    pub registration: Option<Name>,
}

/// What is billed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// For the work of which deal.
    pub deal: DealId,
    /// The number that the firm's books give it.
    pub number: Name,
    /// Its date.
    pub issued: Day,
    /// By when it is to be paid.
    pub due: Option<Day>,
    /// The number of the buyer's order.
    pub order: Option<Name>,
    /// Countersigned sessions, by their dockets.
    pub sessions: Vec<Hash>,
    /// Units of lines that are not paid by the hour.
    pub units: Vec<Units>,
    /// Taxes.
    pub taxes: Vec<Tax>,
}

/// One that was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Counts up from 1 in the firm.
    pub serial: u32,
    /// What it bills.
    pub draft: Draft,
    /// Who issued it; nobody where the operator of the computer did.
    pub by: Option<PersonId>,
    /// When.
    pub at: UnixMs,
}

/// An end of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// Who cancelled it; nobody where the operator of the computer did.
    pub by: Option<PersonId>,
    /// When.
    pub at: UnixMs,
}

/// All that were ever issued.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invoices {
    issued: BTreeMap<u32, (Invoice, Option<Cancelled>)>,
}

impl Invoices {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Issued(invoice) => {
                self.issued.insert(invoice.serial, (invoice.clone(), None));
            }
            Event::Cancelled { serial, by, at } => {
                if let Some((_, cancelled)) = self.issued.get_mut(serial) {
                    *cancelled = Some(Cancelled { by: by.clone(), at: *at });
                }
            }
        }
    }

    /// All of them, the oldest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = (&Invoice, Option<&Cancelled>)> {
        self.issued.values().map(|(invoice, cancelled)| (invoice, cancelled.as_ref()))
    }

    /// One of them.
    pub fn of(&self, serial: u32) -> Option<(&Invoice, Option<&Cancelled>)> {
        self.issued.get(&serial).map(|(invoice, cancelled)| (invoice, cancelled.as_ref()))
    }

    /// Those of a deal that bill something, the oldest first.
    pub fn standing(&self, deal: DealId) -> impl Iterator<Item = &Invoice> {
        let of_deal = move |invoice: &&Invoice| invoice.draft.deal == deal;
        self.all().filter(|(_, cancelled)| cancelled.is_none()).map(|(invoice, _)| invoice).filter(of_deal)
    }

    /// The serial number of the next one.
    pub fn next(&self) -> u32 {
        self.issued.last_key_value().map_or(1, |(serial, _)| serial.saturating_add(1))
    }
}
