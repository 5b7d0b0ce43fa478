//! What the people of a story would do now.
//!
//! Pure over what a desk shows: the same logic plays in the simulator, over the firm itself, and on a real network, over the
//! pages of a desk. It has no delay and no memory; a person who looks twice is told the same twice, and the firm says which of
//! two equal decisions came too late. Whoever is not told to do anything here has decided nothing.

mod talk;

use crate::story::{DealPlan, FirmPlan, HoursPlan, PersonPlan, Story};
use firm::Firm;
use firm::availability::Wanted;
use firm::command::Command;
use firm::view::{ApprovalState, ApprovalView, CalendarView, DealState, DealView, DocketState, Query, View};
use protocol::decision::Verdict;
use protocol::dialogue::{Step, Value};
use protocol::docket::{Session, Work};
use protocol::facts::Side;
use protocol::id::{ApprovalId, DealId, ItemId};
use protocol::text::ShortText;
use protocol::time::{DAY_MS, UnixMs};
use protocol::vocabulary::Role;
use std::collections::BTreeMap;

/// What a person sees at the desk.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Questions, those that wait among them.
    pub approvals: Vec<ApprovalView>,
    /// Deals.
    pub deals: Vec<DealView>,
    /// Calendars of items whose hours are kept.
    pub calendars: Vec<CalendarView>,
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
        let calendars = match firm.view(roles, &Query::Calendars, now) {
            View::Calendars(calendars) => calendars,
            _ => Vec::new(),
        };
        Seen { approvals: approvals.collect(), deals: deals.collect(), calendars }
    }

    fn deal(&self, id: DealId) -> Option<&DealView> {
        self.deals.iter().find(|deal| deal.id == id)
    }

    fn calendar(&self, item: ItemId) -> Option<&CalendarView> {
        self.calendars.iter().find(|calendar| calendar.item == item && !calendar.timetable.open.is_empty())
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
        let items = |with: fn(&DealView) -> bool| -> BTreeMap<ItemId, usize> {
            let mut counts = BTreeMap::new();
            seen.deals.iter().filter(|deal| with(deal)).for_each(|deal| *counts.entry(deal.item).or_default() += 1);
            counts
        };
        let (mut written, mut talking) = (items(is_under_way), items(is_talk));
        let mut intentions = Vec::new();
        for approval in seen.approvals.iter().filter(|approval| self.may_decide(approval)) {
            let declines = self.firm.decline.contains(&approval.step);
            // Who has written to as many about an item as the story tells of writes to no other, and likewise answers no other.
            let taken = match (approval.step, approval.item) {
                (Step::Interest, Some(item)) => !self.takes_one_more(&mut written, item, approval),
                (Step::Answer, Some(item)) => !self.takes_one_more(&mut talking, item, approval),
                (Step::Talk, _) => !self.is_as_told(seen, approval),
                (Step::Viable, _) => approval
                    .deal
                    .and_then(|deal| seen.deal(deal))
                    .is_some_and(|deal| self.hours_to_book(seen, deal).is_some() || self.has_to_talk(deal, now)),
                _ => false,
            };
            if taken && !declines {
                continue;
            }
            let verdict = if declines { Verdict::Decline } else { Verdict::Approve };
            intentions.push(Intention::Decide { approval: approval.id, step: approval.step, verdict });
        }
        for deal in &seen.deals {
            let moves = self.would_move(seen, deal);
            let drafts = if moves.is_some() { None } else { self.would_draft(deal, now) };
            let writes = self.would_write(seen, deal, now);
            let asks = self.would_book(seen, deal, now).into_iter().chain(moves).chain(writes).chain(drafts);
            let asks = asks.chain(self.would_talk(deal));
            intentions.extend(asks.map(Intention::Ask));
        }
        intentions
    }

    /// Whether a further deal about an item is one of those that the story tells of; if so, it counts from now on.
    fn takes_one_more(&self, counts: &mut BTreeMap<ItemId, usize>, item: ItemId, approval: &ApprovalView) -> bool {
        let plan = approval.title.as_ref().and_then(|title| self.firm.item_titled(title));
        let told_of = plan.map_or(0, |plan| self.story.deals_about(&self.firm.id, &plan.id).count());
        let count = counts.entry(item).or_default();
        *count += 1;
        *count <= told_of.max(1)
    }

    /// Hours that are planned for a deal and that nobody has booked: until then nobody says that it can be done.
    fn hours_to_book(&self, seen: &Seen, deal: &DealView) -> Option<(&DealPlan, &HoursPlan)> {
        let (plan, calendar) = (self.plan(deal)?, seen.calendar(deal.item)?);
        let booked = calendar.bookings.iter().any(|booking| booking.deal == deal.id);
        plan.hours.as_ref().filter(|_| !booked).map(|hours| (plan, hours))
    }

    /// Books what the story plans for a deal, in the story's order of deals; what is going to be refused by a rule is tried by somebody
    /// who may end the deal, and ends it.
    fn would_book(&self, seen: &Seen, deal: &DealView, now: UnixMs) -> Vec<Command> {
        let open = deal.state == DealState::Open && deal.reached >= Step::Answer;
        let Some((plan, hours)) = self.hours_to_book(seen, deal).filter(|_| open) else { return Vec::new() };
        let item = self.firm.item_titled(&deal.title).map_or("", |item| &item.id);
        let before = self.story.deals_about(&self.firm.id, item).take_while(|other| !std::ptr::eq(*other, plan));
        let turn = seen.calendar(deal.item).is_some_and(|calendar| calendar.bookings.len() >= before.count());
        // What cannot be had is found out when the other side has said that it can be done.
        let turn = turn && (!hours.refused || deal.milestones.iter().any(|one| one.step == Step::Viable && !one.ours));
        if !turn || !(if hours.refused { self.ends() } else { self.drafts() }) {
            return Vec::new();
        }
        let [first, last] = plan.terms.days.map(|days| now.day().plus(days));
        // From the day after, so that terms which are proposed past midnight still begin before these hours.
        let mut commands = vec![Command::Hold { deal: deal.id, wanted: hours.wanted(first.plus(1), last) }];
        if hours.refused {
            commands.push(Command::Close { deal: deal.id, reason: ShortText::new("The hours cannot be had").ok() });
        }
        commands
    }

    /// Moves what the story moves once the work has begun.
    fn would_move(&self, seen: &Seen, deal: &DealView) -> Option<Command> {
        let begun = deal.state == DealState::Open && deal.reached >= Step::Start && self.drafts();
        let moved = self.plan(deal).filter(|_| begun)?.hours.as_ref()?.moved.as_ref()?;
        let calendar = seen.calendar(deal.item)?;
        let booking = calendar.bookings.iter().find(|booking| booking.deal == deal.id)?;
        let hours = moved.moved(&booking.hours(), &calendar.zone)?;
        Some(Command::Hold { deal: deal.id, wanted: Wanted::These(hours) })
    }

    fn may_decide(&self, approval: &ApprovalView) -> bool {
        let decides = approval.decider(&self.person.id).is_some();
        // Where two must say yes, nobody says it twice.
        approval.state == ApprovalState::Waiting && decides && approval.agreed.as_ref() != Some(&self.person.id)
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
            // Whoever is shown that these terms lack something writes others; a story has one set of them.
            Step::Terms if deal.terms.is_none() => Some(Command::ProposeTerms {
                deal: deal.id,
                instrument: plan.terms.instrument,
                lines: plan.terms.lines(),
                first: now.day().plus(plan.terms.days[0]),
                last: now.day().plus(plan.terms.days[1]),
                clauses: plan.terms.clauses.clone(),
                provisions: plan.terms.provisions.0.clone(),
                fulfilments: plan.terms.fulfilments.clone(),
            }),
            Step::Outcome if deal.outcomes == [None, None] => {
                let done = self.is_time(deal, plan.work_days, now) && !self.has_hours_to_write(deal);
                done.then_some(Command::ReportOutcome { deal: deal.id, outcome: plan.outcome })
            }
            _ => None,
        }
    }

    /// Writes down the next session of the first line, when the one before was countersigned and the days between have passed: whoever does
    /// the work, in a firm that names somebody, else whoever drafts.
    fn would_write(&self, seen: &Seen, deal: &DealView, now: UnixMs) -> Option<Command> {
        let does = [Role::Executor, Role::Expert];
        let named = self.firm.people.iter().any(|person| person.roles.iter().any(|role| does.contains(role)));
        let writes = if named { self.is_first_of(&does) } else { self.drafts() };
        let plan = self.plan(deal).filter(|_| writes && deal.side == Side::Offer && deal.state == DealState::Open)?;
        let (sessions, work) = (plan.sessions?, deal.work.as_ref().filter(|_| deal.outcomes[0].is_none())?);
        let waits = |asked: &&ApprovalView| asked.state == ApprovalState::Waiting && asked.deal == Some(deal.id);
        let drafted = seen.approvals.iter().filter(waits).any(|asked| asked.docket.is_some());
        let open = work.dockets.iter().any(|docket| docket.ours && docket.state == DocketState::Open);
        let (line, hours) = work.lines.first()?;
        let minutes = (sessions.hours * 60).min(hours.agreed - hours.written);
        let before = u32::try_from(work.dockets.len()).unwrap_or(u32::MAX);
        let due = self.is_time(deal, sessions.every_days.saturating_mul(before.saturating_add(1)), now);
        let session = Session { line: *line, day: now.day(), minutes, note: None };
        let next = Command::WriteDocket { deal: deal.id, work: Work::Session(session) };
        (!drafted && !open && due && minutes > 0).then_some(next)
    }

    /// Whether hours are planned for sessions that nobody has written down and had countersigned.
    fn has_hours_to_write(&self, deal: &DealView) -> bool {
        let planned = self.plan(deal).is_some_and(|plan| plan.sessions.is_some());
        let line = deal.work.as_ref().and_then(|work| work.lines.first());
        planned && line.is_some_and(|(_, line)| line.countersigned < line.agreed)
    }

    /// Whether so many days have passed since both sides had recorded the start, for a player who waits for them.
    fn is_time(&self, deal: &DealView, days: u32, now: UnixMs) -> bool {
        let starts = deal.milestones.iter().filter(|one| one.step == Step::Start).map(|one| one.at);
        let since = starts.max().unwrap_or(deal.waiting.since);
        !self.waits_for_work || now >= since.plus(u64::from(days) * DAY_MS)
    }

    /// What shall come of a deal. Where the story tells of several about one item, what the other side says of its own tells which.
    fn plan(&self, deal: &DealView) -> Option<&DealPlan> {
        let item = self.firm.item_titled(&deal.title)?;
        let plans: Vec<&DealPlan> = self.story.deals_about(&self.firm.id, &item.id).collect();
        let is_heard = |plan: &&&DealPlan| {
            let theirs = if deal.side == Side::Offer { &plan.need } else { &plan.offer };
            let theirs = theirs.as_ref().and_then(|path| self.story.item(path));
            theirs.and_then(|theirs| theirs.entry.experience.as_ref()).is_some_and(|text| says(deal, text))
        };
        match plans[..] {
            [only] => Some(only),
            _ => plans.iter().find(is_heard).copied(),
        }
    }

    /// Whether it is this person who drafts and books: the first who plans, approves or owns, and is not absent.
    fn drafts(&self) -> bool {
        self.is_first_of(&[Role::Planner, Role::Approver, Role::Owner])
    }

    /// Whether it is this person who ends deals: the first who approves or owns, and is not absent.
    fn ends(&self) -> bool {
        self.is_first_of(&[Role::Approver, Role::Owner])
    }

    fn is_first_of(&self, roles: &[Role]) -> bool {
        let could = |person: &&PersonPlan| {
            person.pace != crate::Pace::Absent && person.roles.iter().any(|role| roles.contains(role))
        };
        self.firm.people.iter().find(could).is_some_and(|first| first.id == self.person.id)
    }
}

/// Whether the other side has said this of its own.
fn says(deal: &DealView, text: &ShortText) -> bool {
    deal.heard.iter().any(|entry| matches!(&entry.value, Value::Text(said) if said == text))
}

/// Whether this side has said something in a deal that was not closed.
fn is_under_way(deal: &DealView) -> bool {
    !matches!(deal.state, DealState::Closed { .. }) && deal.milestones.iter().any(|milestone| milestone.ours)
}

/// Whether both sides of a deal that was not closed have told each other what they have and need.
fn is_talk(deal: &DealView) -> bool {
    !matches!(deal.state, DealState::Closed { .. }) && deal.reached >= Step::Answer
}
