//! What becomes of questions and deals while nobody acts: reminders, lapses, and words said again. No timeout here says anything but a
//! close, and none decides anything (`STP-4`).

use super::{Note, Turn};
use crate::approvals::{self, Status};
use crate::deals::{self, Deal};
use crate::policy::Target;
use crate::record::Event;
use crate::view::WhoActs;
use alloc::vec::Vec;
use protocol::dialogue::{CloseReason, Step};
use protocol::id::{ApprovalId, DealId, RecordId};
use protocol::time::UnixMs;

impl Turn<'_> {
    /// Questions and deals whose time is over (`APR-3`, `STP-8`): nothing leaves but, in a deal, the word that it is over. What people
    /// owe in a deal that goes on is asked anew; it goes on without what was to be asked or answered in the talk, and without terms
    /// that were only drafted. An answer is never asked about anew here, because a standing rule might then give it.
    pub(super) fn lapse(&mut self) {
        let now = self.at();
        self.lapse_holds();
        let over = self.firm.approvals.waiting().filter(|asked| asked.summary.lapses <= now);
        let over = over.map(|asked| (asked.id, asked.summary.deal, asked.summary.step));
        let over: Vec<(ApprovalId, Option<DealId>, Step)> = over.collect();
        for (approval, ..) in &over {
            let ended = approvals::Event::Ended { approval: *approval, status: Status::Lapsed };
            self.record(Event::Approvals(ended));
        }
        let silent = self.firm.deals.all().filter(|deal| deal.lapses().is_some_and(|at| at <= now));
        let silent: Vec<DealId> = silent.map(|deal| deal.id).collect();
        silent.into_iter().for_each(|deal| self.close(deal, CloseReason::Lapsed, None));
        let is_owed = |step: &Step| !matches!(step, Step::Talk | Step::Terms | Step::Answer);
        let owed = over.into_iter().filter_map(|(_, deal, step)| deal.filter(|_| is_owed(&step)));
        owed.collect::<Vec<_>>().into_iter().for_each(|deal| self.advance(deal));
    }

    /// Questions that wait: whoever may decide is reminded, and others may decide besides if a rule says so (`APR-6`). Nothing is
    /// decided by it.
    pub(super) fn remind(&mut self) {
        let (firm, now) = (&*self.firm, self.at());
        let due = firm.approvals.waiting().filter_map(|asked| {
            let target = Target::of(firm.profile.item(&asked.summary.item)?);
            let due = asked.due(&firm.policy, &target, now);
            (!due.is_empty()).then_some((asked.id, due))
        });
        let due: Vec<_> = due.collect();
        for (approval, events) in due {
            events.into_iter().for_each(|event| self.record(Event::Approvals(event)));
            self.ask_human(approval);
        }
    }

    /// Who must act in a deal without being asked a question is told again as well. Nothing leaves for it.
    pub(super) fn remind_of_deals(&mut self) {
        let at = self.at();
        let due: Vec<_> = self.firm.deals.all().filter_map(|deal| self.reminder(deal)).collect();
        for (deal, days) in due {
            self.record(Event::Deals(deals::Event::Reminded { deal, days, at }));
            self.note(Note::Waits { deal, days });
        }
    }

    /// When the next reminder or escalation of a question is due.
    pub(super) fn next_reminder(&self) -> Option<UnixMs> {
        let firm = &*self.firm;
        let next = firm.approvals.waiting().filter_map(|asked| {
            let target = Target::of(firm.profile.item(&asked.summary.item)?);
            let wait = asked.waits(&firm.policy, &target);
            wait.reminds.map(|(at, _)| at).into_iter().chain(wait.escalates.map(|(at, _)| at)).min()
        });
        next.min()
    }

    /// Envelopes lapsed: what in them may not have been heard is said again, the same bytes (`DLG-13`).
    pub(super) fn say_lapsed_again(&mut self, lapsed: &[RecordId]) {
        let deals = self.firm.deals.all();
        let unheard = deals.flat_map(|deal| deal.unheard(lapsed).map(|sequence| (deal.id, sequence)));
        for (deal, sequence) in unheard.collect::<Vec<_>>() {
            self.record(Event::Deals(deals::Event::LetGo { deal, sequence }));
        }
    }

    /// After how many days whoever must act in a deal without a question is to be told so now, by the policy.
    fn reminder(&self, deal: &Deal) -> Option<(DealId, u32)> {
        // Most deals are over, or went on today: who must act in them need not be found out.
        deal.is_quiet(self.at()).then_some(())?;
        let waiting = self.firm.waiting(deal, self.at());
        let unasked = matches!(waiting.who, WhoActs::Us { approval: None, .. } | WhoActs::Both { approval: None });
        let item = self.firm.profile.item(&deal.item).filter(|_| unasked)?;
        let days = self.firm.policy.reminders(&Target::of(item), waiting.step).days;
        deal.reminder(&days, self.at()).map(|days| (deal.id, days))
    }
}
