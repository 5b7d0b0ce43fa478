//! A policy comes into force, and what that does to questions which wait.

use super::Turn;
use crate::approvals::{self, Approval, Status, Subject, still_told};
use crate::command::Refusal;
use crate::policy::{self, Policy, Target};
use crate::record::Event;
use alloc::vec::Vec;

impl Turn<'_> {
    /// Puts a policy into force (`POL-5`), ends what it avoids (`POL-9`), and asks anew what it lets be asked otherwise (`APR-4`).
    pub(super) fn govern(&mut self, proposed: Policy) -> Result<(), Refusal> {
        let firm = &*self.firm;
        let founded = firm.identity.founding.as_ref().map(|founding| founding.firm);
        let side_of = |item| firm.profile.item(&item).map(|item| item.draft.side);
        let today = self.at().day();
        let event = policy::enact(firm.policy.policy(), &firm.register, founded, proposed, side_of, today)?;
        self.record(Event::Policy(event));
        self.end_avoided();
        self.ask_again_what_says_too_much();
        self.offer_what_is_lent();
        Ok(())
    }

    fn ask_again_what_says_too_much(&mut self) {
        let firm = &*self.firm;
        let says_too_much = |asked: &&Approval| {
            let item = firm.profile.item(&asked.summary.item);
            item.is_some_and(|item| still_told(&firm.policy, asked, &Target::of(item)).is_err())
        };
        let stale: Vec<Approval> = firm.approvals.waiting().filter(says_too_much).cloned().collect();
        for asked in stale {
            let ended = approvals::Event::Ended { approval: asked.id, status: Status::Moot };
            self.record(Event::Approvals(ended));
            // Where nothing may be asked any more, the item's page and the deal's page say so.
            match (&asked.subject, asked.summary.deal) {
                (Subject::Advertise(_), _) => drop(self.ask_advert(asked.summary.item, &[])),
                (Subject::Interest { advert, .. }, _) => drop(self.ask_interest(asked.summary.item, *advert)),
                (Subject::Reply(_), Some(deal)) => self.draft_reply(deal),
                (_, Some(deal)) => self.advance(deal),
                (_, None) => {}
            }
        }
    }
}
