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
use protocol::id::{ApprovalId, ItemId};
use protocol::time::{DAY_MS, UnixMs};
use protocol::vocabulary::Role;
use std::collections::BTreeSet;

/// What a person sees at the desk.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Questions, those that wait among them.
    pub approvals: Vec<ApprovalView>,
    /// Deals.
    pub deals: Vec<DealView>,
}

impl Seen {
    /// What a firm shows a reader with these roles: questions that wait for one of them, and deals that were not closed.
    pub fn of(firm: &Firm, roles: &[Role], now: UnixMs) -> Seen {
        let mine =
            firm.approvals.waiting().filter(|waiting| waiting.summary.roles.iter().any(|role| roles.contains(role)));
        let approvals = mine.filter_map(|waiting| {
            let view = firm.view(roles, &Query::Approval(waiting.id), now);
            if let View::Approval(approval) = view { Some(*approval) } else { None }
        });
        let going = firm.deals.all().filter(|deal| deal.closed.is_none());
        let deals = going.filter_map(|deal| {
            let view = firm.view(roles, &Query::Deal(deal.id), now);
            if let View::Deal(deal) = view { Some(*deal) } else { None }
        });
        Seen { approvals: approvals.collect(), deals: deals.collect() }
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

impl Intention {
    /// Whether it takes a pass for something new, of which each week has so many.
    pub fn needs_new_pass(&self) -> bool {
        let begins = |step| matches!(step, Step::Advertise | Step::Interest);
        matches!(self, Intention::Decide { step, verdict: Verdict::Approve, .. } if begins(*step))
    }
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
        let items = |with: fn(&DealView) -> bool| -> BTreeSet<ItemId> {
            seen.deals.iter().filter(|deal| with(deal)).map(|deal| deal.item).collect()
        };
        let (mut written, mut talking) = (items(is_under_way), items(is_talk));
        let mut intentions = Vec::new();
        for approval in seen.approvals.iter().filter(|approval| self.may_decide(approval)) {
            let declines = self.firm.decline.contains(&approval.step);
            // Who has written to somebody about an item does not write to a second, and who talks with one answers no other.
            let taken = match (approval.step, approval.item) {
                (Step::Interest, Some(item)) => !written.insert(item),
                (Step::Answer, Some(item)) => !talking.insert(item),
                _ => false,
            };
            if taken && !declines {
                continue;
            }
            let verdict = if declines { Verdict::Decline } else { Verdict::Approve };
            intentions.push(Intention::Decide { approval: approval.id, step: approval.step, verdict });
        }
        let drafts = seen.deals.iter().filter_map(|deal| self.would_draft(deal, now));
        intentions.extend(drafts.map(Intention::Ask));
        intentions
    }

    fn may_decide(&self, approval: &ApprovalView) -> bool {
        approval.state == ApprovalState::Waiting && approval.deciders.contains(&self.person.id)
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

/// Whether this side has said something in a deal that was not closed.
fn is_under_way(deal: &DealView) -> bool {
    !matches!(deal.state, DealState::Closed { .. }) && deal.milestones.iter().any(|milestone| milestone.ours)
}

/// Whether both sides of a deal that was not closed have told each other what they have and need.
fn is_talk(deal: &DealView) -> bool {
    !matches!(deal.state, DealState::Closed { .. }) && deal.reached >= Step::Answer
}
