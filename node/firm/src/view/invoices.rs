//! View of what was billed in a deal, and of what still can be (`INV`).

use super::LetterheadView;
use crate::Firm;
use crate::deals::Deal;
use crate::invoices::{Billable, Cancelled, Figures, Invoice, Tax, figures};
use alloc::vec::Vec;
use protocol::docket::Session;
use protocol::id::Hash;
use protocol::money::Money;
use protocol::terms::Lot;
use protocol::text::TermsText;
use serde::{Deserialize, Serialize};

/// One invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceView {
    /// What was issued.
    pub invoice: Invoice,
    /// Its end, if it was cancelled.
    pub cancelled: Option<Cancelled>,
    /// Who bills.
    pub from: LetterheadView,
    /// Who pays.
    pub to: LetterheadView,
    /// Number and hash of the terms that both sides signed.
    pub terms: (u32, Hash),
    /// What it comes to.
    pub figures: Figures,
}

/// What can still be billed of one line of the terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnbilledView {
    /// Its place in the terms, from 0.
    pub line: u8,
    /// For what.
    pub what: TermsText,
    /// The price of an hour, or of one unit.
    pub price: Money,
    /// Countersigned sessions by their dockets, the earliest first; none on a line that is not paid by the hour.
    pub sessions: Vec<(Hash, Session)>,
    /// What is left of a lot; nothing on a line that is paid by the hour.
    pub lot: Option<Lot>,
}

/// What was billed in a deal, and what can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InvoicesView {
    /// Lines of which something is left.
    pub unbilled: Vec<UnbilledView>,
    /// Taxes of the firm's newest invoice, for the next one.
    pub taxes: Vec<Tax>,
    /// The newest first.
    pub invoices: Vec<InvoiceView>,
}

impl Firm {
    /// `None` before the work has begun, and where this firm pays.
    pub(super) fn invoices_view(&self, deal: &Deal) -> Option<InvoicesView> {
        let of = self.billable(deal).ok()?;
        let ours = self.invoices.all().rev().filter(|(invoice, _)| invoice.draft.deal == deal.id);
        Some(InvoicesView {
            unbilled: self.unbilled(&of),
            taxes: self.invoices.all().next_back().map(|(newest, _)| newest.draft.taxes.clone()).unwrap_or_default(),
            invoices: ours
                .filter_map(|(invoice, cancelled)| self.invoice_view(deal, &of, invoice, cancelled))
                .collect(),
        })
    }

    fn invoice_view(
        &self,
        deal: &Deal,
        of: &Billable<'_>,
        invoice: &Invoice,
        cancelled: Option<&Cancelled>,
    ) -> Option<InvoiceView> {
        let [from, to] = self.letterheads(deal)?;
        Some(InvoiceView {
            invoice: invoice.clone(),
            cancelled: cancelled.cloned(),
            from,
            to,
            terms: (of.terms.number, of.terms.hash()),
            figures: figures(of, &invoice.draft)?,
        })
    }

    fn unbilled(&self, of: &Billable<'_>) -> Vec<UnbilledView> {
        let lines = (0_u8..).zip(&of.terms.lines).map(|(at, line)| {
            let on_line = of.unbilled(&self.invoices).filter(|(_, session)| session.line == at);
            let mut sessions: Vec<(Hash, Session)> = on_line.cloned().collect();
            sessions.sort_by_key(|(_, session)| session.day);
            let units = of.unbilled_units(&self.invoices).find(|units| units.line == at);
            let lot = line.lot.zip(units).map(|(lot, units)| Lot { count: units.count, ..lot });
            let price = line.lot.map_or(line.hourly, |lot| lot.each);
            UnbilledView { line: at, what: line.what.clone(), price, sessions, lot }
        });
        lines.filter(|line| !line.sessions.is_empty() || line.lot.is_some_and(|lot| lot.count > 0)).collect()
    }
}
