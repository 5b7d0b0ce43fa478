//! What the people of a story would do now.
//!
//! Pure over what a desk shows: the same logic plays in the simulator, over the firm itself, and on a real network, over the
//! pages of a desk. It has no delay and no memory; a person who looks twice is told the same twice, and the firm says which of
//! two equal decisions came too late. Whoever is not told to do anything here has decided nothing.

use crate::story::{DealPlan, FirmPlan, PersonPlan, Story};
use firm::Firm;
use firm::command::Command;
use firm::view::{ApprovalState, ApprovalView, DealState, DealView, Query, View};
use protocol::decision::Verdict;
use protocol::dialogue::Step;
use protocol::facts::Side;
use protocol::id::ApprovalId;
use protocol::time::UnixMs;
use protocol::vocabulary::Role;

const DAY_MS: u64 = 86_400_000;

/// What a person sees at the desk.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Questions, those that wait among them.
    pub approvals: Vec<ApprovalView>,
    /// Deals.
    pub deals: Vec<DealView>,
}

impl Seen {
    /// What a firm shows a reader with these roles.
    pub fn of(firm: &Firm, roles: &[Role], now: UnixMs) -> Seen {
        let mut seen = Seen::default();
        if let View::Approvals(approvals) = firm.view(roles, &Query::Approvals, now) {
            seen.approvals = approvals;
        }
        if let View::Deals(deals) = firm.view(roles, &Query::Deals, now) {
            seen.deals = deals;
        }
        seen
    }
}

/// What a person wants to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intention {
    /// Decide on a question, by signing what it shows.
    Decide {
        /// Which question.
        approval: ApprovalId,
        /// Which step it lets happen.
        step: Step,
        /// Yes or no.
        verdict: Verdict,
    },
    /// Draft something: terms, or how the work ended. A person then decides whether it leaves.
    Ask(Command),
}

/// One person's part in a story.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The story.
    pub story: &'a Story,
    /// Where the person works.
    pub firm: &'a FirmPlan,
    /// Who it is.
    pub person: &'a PersonPlan,
    /// Whether the days that work takes pass before it is reported.
    pub waits_for_work: bool,
}

impl Part<'_> {
    /// Everything that this person would do now.
    pub fn would_do(&self, seen: &Seen, now: UnixMs) -> Vec<Intention> {
        let decisions = seen.approvals.iter().filter_map(|approval| self.would_decide(approval));
        let drafts = seen.deals.iter().filter_map(|deal| self.would_draft(deal, now));
        decisions.chain(drafts.map(Intention::Ask)).collect()
    }

    fn would_decide(&self, approval: &ApprovalView) -> Option<Intention> {
        let asked = approval.state == ApprovalState::Waiting
            && approval.roles.iter().any(|role| self.person.roles.contains(role));
        let declines = self.firm.decline.contains(&approval.step);
        let verdict = if declines { Verdict::Decline } else { Verdict::Approve };
        asked.then_some(Intention::Decide { approval: approval.id, step: approval.step, verdict })
    }

    /// The offering side proposes terms and reports how the work ended; one person of a firm drafts.
    fn would_draft(&self, deal: &DealView, now: UnixMs) -> Option<Command> {
        let ours = deal.side == Side::Offer && deal.state == DealState::Open && self.drafts();
        let plan = self.plan(deal).filter(|_| ours)?;
        let waits = deal.waiting.who.clone();
        let nobody_asked = match waits {
            firm::view::WhoActs::Us { approval, .. } | firm::view::WhoActs::Both { approval } => approval.is_none(),
            _ => false,
        };
        let declines = self.firm.decline.contains(&deal.waiting.step);
        match deal.waiting.step {
            _ if declines || !nobody_asked => None,
            Step::Terms => Some(Command::ProposeTerms {
                deal: deal.id,
                instrument: plan.terms.instrument,
                lines: plan.terms.lines(),
                first: now.day().plus(plan.terms.days[0]),
                last: now.day().plus(plan.terms.days[1]),
                clauses: plan.terms.clauses.clone(),
            }),
            Step::Outcome if deal.outcomes == [None, None] => {
                let works_until = deal.waiting.since.plus(u64::from(plan.work_days) * DAY_MS);
                let done = !self.waits_for_work || now >= works_until;
                done.then_some(Command::ReportOutcome { deal: deal.id, outcome: plan.outcome })
            }
            _ => None,
        }
    }

    fn plan(&self, deal: &DealView) -> Option<&DealPlan> {
        let item = self.firm.item_titled(&deal.title)?;
        self.story.deal_about(&self.firm.id, &item.id)
    }

    /// Whether it is this person who drafts: the first who plans, approves or owns, and is not absent.
    fn drafts(&self) -> bool {
        let could = |person: &&PersonPlan| {
            person.pace != crate::Pace::Absent
                && person.roles.iter().any(|role| matches!(role, Role::Planner | Role::Approver | Role::Owner))
        };
        self.firm.people.iter().find(could).is_some_and(|first| first.id == self.person.id)
    }
}
