//! Lending people: asking both sides, and what follows when both let it or either takes it back (`LND-1` to `LND-6`).

use super::{Firm, Turn};
use crate::approvals::{Approval, Subject};
use crate::command::{Answer, Asker, Refusal};
use crate::lending::{self, Given, Loan, NotLent, Say, expert, stands};
use crate::market;
use crate::profile::Item;
use crate::record::Event;
use crate::register::{Person, PersonId};
use alloc::vec::Vec;
use protocol::dialogue::CloseReason;
use protocol::id::{ApprovalId, DealId, ItemId};
use protocol::time::UnixMs;

impl Firm {
    /// Whether something may be offered now, or who has not let it yet.
    pub(crate) fn may_offer(&self, item: &Item, now: UnixMs) -> Result<(), NotLent> {
        stands(&self.lending, (&self.register, &self.policy), item, now.day())
    }

    /// Whom a resource lends, if that person can be asked.
    pub(super) fn loan_of(&self, item: &Item, now: UnixMs) -> Result<Loan, Refusal> {
        let id = item.draft.person.as_ref().ok_or(Refusal::NamesNobody)?;
        let person = expert(&self.register, id, now.day()).ok_or_else(|| Refusal::NoSuchExpert(id.clone()))?;
        Ok(Loan::of(item, person))
    }

    /// Whether a question about lending is about the person as the register has them.
    pub(super) fn still_asks(&self, loan: &Loan, now: UnixMs) -> bool {
        expert(&self.register, &loan.person, now.day()).is_some_and(|person| person.certificate.body.person == loan.key)
    }

    /// Whether anything of a resource is public, written or talked about that binds nobody yet.
    fn is_in_play(&self, item: &ItemId) -> bool {
        self.market.adverts.contains_key(item)
            || self.matches.all().any(|(of, ..)| of == *item)
            || self.unbound_deals(item).next().is_some()
    }

    /// Deals about a resource that go on and bind nobody yet.
    pub(crate) fn unbound_deals(&self, item: &ItemId) -> impl Iterator<Item = DealId> {
        let open = self.deals.all().filter(move |deal| deal.item == *item && deal.is_open() && !deal.is_binding());
        open.map(|deal| deal.id)
    }
}

impl Turn<'_> {
    /// Asks whoever has not let a resource be offered yet.
    pub(super) fn lend(&mut self, id: ItemId) -> Result<Answer, Refusal> {
        let now = self.at();
        let item = self.firm.profile.item(&id).filter(|item| !item.withdrawn).ok_or(Refusal::NoSuchItem)?;
        let loan = self.firm.loan_of(item, now)?;
        let standing = self.firm.lending.of(&id);
        let stands = |say| standing.and_then(|loan| loan.given(say)).is_some_and(|given| given.lent == loan.key);
        let missing: Vec<Say> = Say::ALL.into_iter().filter(|say| !stands(*say)).collect();
        let mut first = None;
        for say in missing {
            let asked = self.ask_to_lend(id, say, &loan);
            first = first.or(Some(asked));
        }
        first.ok_or(Refusal::AsItIs)?.map(Answer::NeedsPerson)
    }

    fn ask_to_lend(&mut self, item: ItemId, say: Say, loan: &Loan) -> Result<ApprovalId, Refusal> {
        let subject = Subject::Lend { say, loan: loan.clone() };
        let is_same = |asked: &&Approval| asked.summary.item == item && asked.subject == subject;
        let open = self.firm.approvals.waiting().find(is_same).map(|open| open.id);
        open.map_or_else(|| self.ask(item, None, None, say.step(), subject), Ok)
    }

    /// A yes of either side; the question was about the person as the register has them.
    pub(super) fn give(&mut self, approval: &Approval, say: Say, loan: &Loan, by: &Person) -> Result<(), Refusal> {
        let at = self.at();
        if !self.firm.still_asks(loan, at) {
            return Err(NotLent::NotEnrolled(loan.person.clone()).into());
        }
        let given = Given { by: by.id.clone(), lent: loan.key, at, approval: approval.id };
        self.record(Event::Lending(lending::Event::Given { item: approval.summary.item, say, given }));
        Ok(())
    }

    /// What becomes possible when the last of both lets it.
    pub(super) fn lent(&mut self, id: ItemId) {
        let Some(item) = self.firm.profile.item(&id).filter(|item| !item.withdrawn) else { return };
        if self.firm.may_offer(item, self.at()).is_ok() {
            // Without permission to advertise it simply stays silent; its page says so.
            let _ = self.ask_advert(id, &[]);
            self.match_item(id);
        }
    }

    /// The person who is named takes the consent back, and nobody else does (`LND-4`).
    pub(super) fn take_back(&mut self, id: ItemId, by: Asker) -> Result<Answer, Refusal> {
        let item = self.firm.profile.item(&id).ok_or(Refusal::NoSuchItem)?;
        let named = item.draft.person.clone().ok_or(Refusal::NamesNobody)?;
        match by {
            Asker::Person(by) if by == named => self.say_no_more(id, Say::Own, Some(by)),
            // Without the person's own password nobody can show to be that person.
            Asker::Person(_) | Asker::Operator => Err(Refusal::OwnConsent(named)),
        }
    }

    /// The employer takes the release back.
    pub(super) fn recall(&mut self, id: ItemId, by: Asker) -> Result<Answer, Refusal> {
        let item = self.firm.profile.item(&id).ok_or(Refusal::NoSuchItem)?;
        item.draft.person.as_ref().ok_or(Refusal::NamesNobody)?;
        let by = if let Asker::Person(by) = by { Some(by) } else { None };
        self.say_no_more(id, Say::Employer, by)
    }

    fn say_no_more(&mut self, item: ItemId, say: Say, by: Option<PersonId>) -> Result<Answer, Refusal> {
        self.firm.lending.of(&item).and_then(|loan| loan.given(say)).ok_or(Refusal::AsItIs)?;
        let at = self.at();
        self.record(Event::Lending(lending::Event::TakenBack { item, say, by, at }));
        self.stop_offering(item);
        Ok(Answer::Done)
    }

    /// Nothing of it is offered any more: the notice is withdrawn; matches, questions and deals end that bind nobody yet. To the
    /// other side that is any no, and silence before the first answer.
    fn stop_offering(&mut self, item: ItemId) {
        self.unpublish(item);
        let deals: Vec<DealId> = self.firm.unbound_deals(&item).collect();
        deals.into_iter().for_each(|deal| self.close(deal, CloseReason::Declined, None));
        self.end_matches();
    }

    /// Takes the live advert of an item back, if there is one.
    pub(super) fn unpublish(&mut self, item: ItemId) {
        if let Some(publication) = market::withdraw(&self.firm.market, item, self.at()) {
            publication.events.into_iter().for_each(|event| self.record(Event::Market(event)));
            self.let_out(&publication.record);
        }
    }

    /// The register or the policy changed: whatever may not be offered any more ends, and what may be again is looked for
    /// (`LND-5`, `LND-6`).
    pub(super) fn offer_what_is_lent(&mut self) {
        self.end_what_is_not_lent();
        let (firm, now) = (&*self.firm, self.at());
        let named = firm.profile.live().filter(|item| item.draft.person.is_some());
        let lent: Vec<ItemId> = named.filter(|item| firm.may_offer(item, now).is_ok()).map(|item| item.id).collect();
        lent.into_iter().for_each(|item| self.match_item(item));
    }

    /// Whatever may not be offered any more ends.
    pub(super) fn end_what_is_not_lent(&mut self) {
        let (firm, now) = (&*self.firm, self.at());
        let not_lent = firm.profile.live().filter(|item| firm.may_offer(item, now).is_err());
        let over: Vec<ItemId> = not_lent.map(|item| item.id).filter(|item| firm.is_in_play(item)).collect();
        over.into_iter().for_each(|item| self.stop_offering(item));
        self.drop_moot_questions();
    }

    /// Whether what a question is about may be offered still; what both sides signed is owed whoever takes a word back (`LND-4`).
    pub(super) fn still_lent(&self, approval: &Approval, item: &Item) -> Result<(), Refusal> {
        let deal = approval.summary.deal.and_then(|id| self.firm.deals.deal(&id));
        if approval.summary.step.lends() || deal.is_some_and(|deal| deal.is_binding()) {
            return Ok(());
        }
        Ok(self.firm.may_offer(item, self.at())?)
    }
}
