//! Billing what was done under signed terms (`INV`).

use super::{Firm, Turn};
use crate::command::{Answer, Asker, Refusal};
use crate::deals::{Deal, Word};
use crate::invoices::{self, BadInvoice, Billable, Draft};
use crate::record::Event;
use crate::register::PersonId;
use protocol::docket::Work;
use protocol::facts::Side;

impl Firm {
    /// What a deal gives to bill (`INV-1`).
    pub(crate) fn billable<'a>(&self, deal: &'a Deal) -> Result<Billable<'a>, BadInvoice> {
        let (terms, _) = deal.current_terms().filter(|_| deal.logged.is_some()).ok_or(BadInvoice::NotBegun)?;
        let offers = |item: &crate::profile::Item| item.draft.side == Side::Offer;
        self.profile.item(&deal.item).filter(|item| offers(item)).ok_or(BadInvoice::OtherSide)?;
        let counts = deal.ours.dockets.all().iter().filter(|written| matches!(written.word, Word::Countersigned(_)));
        let sessions = counts.filter_map(|written| match &written.said.docket.work {
            Work::Session(session) => Some((written.said.docket.hash(), session.clone())),
            Work::Handover(_) | Work::Evidence(_) => None,
        });
        Ok(Billable { deal: deal.id, terms, sessions: sessions.collect() })
    }
}

impl Turn<'_> {
    /// Issues an invoice.
    pub(super) fn bill(&mut self, draft: Draft, by: Asker) -> Result<Answer, Refusal> {
        let deal = self.deal(draft.deal)?;
        let of = self.firm.billable(deal)?;
        let event = invoices::issue(&self.firm.invoices, &of, draft, (person(by), self.at()))?;
        self.record(Event::Invoices(event));
        Ok(Answer::Done)
    }

    /// Cancels one.
    pub(super) fn cancel_invoice(&mut self, serial: u32, by: Asker) -> Result<Answer, Refusal> {
        let event = invoices::cancel(&self.firm.invoices, serial, person(by), self.at())?;
        self.record(Event::Invoices(event));
        Ok(Answer::Done)
    }
}

fn person(by: Asker) -> Option<PersonId> {
    if let Asker::Person(id) = by { Some(id) } else { None }
}
