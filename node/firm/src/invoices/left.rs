//! What can still be billed (`INV-2`).

use super::{Invoices, Units};
use alloc::{collections::BTreeSet, vec::Vec};
use protocol::docket::Session;
use protocol::id::{DealId, Hash};
use protocol::terms::Terms;

/// What a deal gives to bill.
#[derive(Clone, Debug)]
pub struct Billable<'a> {
    /// Which deal.
    pub deal: DealId,
    /// What both sides signed.
    pub terms: &'a Terms,
    /// Own sessions that the other side countersigned, by their dockets.
    pub sessions: Vec<(Hash, Session)>,
}

impl Billable<'_> {
    /// Sessions that no invoice bills.
    pub fn unbilled(&self, invoices: &Invoices) -> impl Iterator<Item = &(Hash, Session)> {
        let standing = invoices.standing(self.deal);
        let billed: BTreeSet<Hash> = standing.flat_map(|invoice| &invoice.draft.sessions).copied().collect();
        self.sessions.iter().filter(move |(docket, _)| !billed.contains(docket))
    }

    /// What was agreed on lines that are not paid by the hour, as far as no invoice bills it.
    pub fn unbilled_units(&self, invoices: &Invoices) -> impl Iterator<Item = Units> {
        let lots = (0_u8..).zip(&self.terms.lines).filter_map(|(line, priced)| Some((line, priced.lot?)));
        lots.map(move |(line, lot)| {
            let billed = invoices.standing(self.deal).flat_map(|invoice| &invoice.draft.units);
            let billed = billed.filter(|units| units.line == line).map(|units| units.count);
            Units { line, count: lot.count.saturating_sub(billed.fold(0, u32::saturating_add)) }
        })
    }
}
