//! A story played by its own people: each looks at the desk, decides on what it shows, and drafts what is theirs to draft.
//!
//! Prints one JSON line for each thing that a person did or that followed from it, and one object at the end, also on failure.

use super::leaks::{Leak, Watch};
use super::market::{Market, Member};
use anyhow::Result;
use firm::availability::NotThere;
use firm::command::{Answer, Asker, Command, Refusal};
use firm::view::{ApprovalView, DealState, DealView, Query, Recipient, View};
use protocol::decision::Verdict;
use protocol::dialogue::{Field, Step};
use protocol::id::DealId;
use serde::Serialize;
use simulations::Pace;
use simulations::people::{Intention, Part, Seen};
use simulations::story::{self, Account};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::time::{Duration, Instant};

/// How a play ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Ending {
    /// Every deal ended as the story says.
    Completed,
    /// A deal ended that should not.
    Aborted,
    /// Time was up.
    TimedOut,
}

/// The last object.
#[derive(Debug, Serialize)]
pub(super) struct Closing {
    story: String,
    /// How it ended.
    pub(super) outcome: Ending,
    elapsed_ms: u128,
    /// How many lines came before.
    pub(super) steps: usize,
    leaks: usize,
    /// What was found where it must not be.
    pub(super) leaked: Vec<Leak>,
    /// What came otherwise than the story says: who decided, who learnt what, what an audit does not prove.
    pub(super) otherwise: Vec<String>,
}

impl Closing {
    /// For a market that could not be raised or closed.
    pub(super) fn broken_off(story: &str, started: Instant) -> Closing {
        Closing {
            story: story.to_owned(),
            outcome: Ending::Aborted,
            elapsed_ms: started.elapsed().as_millis(),
            steps: 0,
            leaks: 0,
            leaked: Vec::new(),
            otherwise: Vec::new(),
        }
    }

    /// Whether everything was as it should be.
    pub(super) fn is_clean(&self) -> bool {
        self.outcome == Ending::Completed && self.leaked.is_empty() && self.otherwise.is_empty()
    }
}

#[derive(Debug, Serialize)]
struct Line {
    step: usize,
    at_ms: u128,
    /// The step of the deal, by its name.
    name: &'static str,
    actor: String,
    action: &'static str,
    /// Why it was refused, with the rule that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    leaves: Vec<Leaves>,
    learns: BTreeMap<String, Vec<&'static str>>,
}

#[derive(Debug, Serialize)]
struct Leaves {
    to: String,
    field: &'static str,
    bytes: u32,
}

/// A story on its way.
pub(super) struct Play<'a, W> {
    market: &'a Market,
    out: W,
    started: Instant,
    steps: usize,
    watch: Watch,
    account: Account,
    seen: BTreeSet<(String, Step, String)>,
}

impl<'a, W: Write> Play<'a, W> {
    /// Over a market that has just been raised.
    pub(super) fn new(market: &'a Market, started: Instant, out: W) -> Self {
        let watch = Watch::over(market);
        Play { market, out, started, steps: 0, watch, account: Account::default(), seen: BTreeSet::new() }
    }

    /// Plays until every deal of the story is over or `limit` has passed.
    pub(super) async fn play(&mut self, limit: Duration) -> Result<Ending> {
        for member in &self.market.firms {
            let by = member.plan.people.first().map_or("nobody", |person| person.id.as_str());
            for _ in &member.plan.items {
                self.line(Step::Confide, format!("{}.{by}", member.plan.id), "confide", None, Vec::new()).await?;
            }
        }
        loop {
            let mut busy = false;
            for member in &self.market.firms {
                self.notice_what_followed(member).await?;
                busy |= self.visit(member).await?;
            }
            if let Some(ending) = self.ending().await? {
                return Ok(ending);
            }
            if self.started.elapsed() >= limit {
                return Ok(Ending::TimedOut);
            }
            if !busy {
                // Nobody had anything to do; words are on their way between nodes.
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }

    /// What came otherwise than the story says, now that it is over.
    pub(super) async fn otherwise(&mut self) -> Result<Vec<String>> {
        for member in &self.market.firms {
            for deal in deals(member).await? {
                self.account.saw(&member.plan.id, &deal);
            }
            let rows = member.office().handle().view(|firm| firm.audit.rows().to_vec()).await?;
            self.account.audited(&member.plan.id, &rows);
        }
        Ok(self.account.otherwise(&self.market.story))
    }

    /// How many lines were printed, and the watch for what comes after.
    pub(super) fn into_parts(self) -> (usize, Watch) {
        (self.steps, self.watch)
    }

    /// Lets every person of a firm do what they would do now.
    async fn visit(&mut self, member: &Member) -> Result<bool> {
        let mut busy = false;
        for person in member.plan.people.iter().filter(|person| person.pace != Pace::Absent) {
            let seen = look(member, &person.id).await?;
            let now = member.office().now();
            let part = Part { story: &self.market.story, firm: &member.plan, person, waits_for_work: false };
            let actor = format!("{}.{}", member.plan.id, person.id);
            for intention in part.would_do(&seen, now) {
                if self.is_bystander(member) && !is_about_advert(&intention) {
                    continue;
                }
                busy |= match intention {
                    Intention::Decide { approval, verdict, .. } => {
                        let shown = seen.approvals.iter().find(|one| one.id == approval);
                        match shown {
                            Some(shown) => self.decide(member, &person.id, shown, verdict, &actor).await?,
                            None => false,
                        }
                    }
                    Intention::Ask(command) => self.ask(member, &person.id, command, &actor).await?,
                };
            }
        }
        Ok(busy)
    }

    /// Whether a firm is no party to any deal of the story. Its people let it advertise, so that the market is not empty.
    fn is_bystander(&self, member: &Member) -> bool {
        let id = &member.plan.id;
        let takes_part =
            |item: &story::ItemPlan| self.market.story.deals.iter().any(|deal| deal.is_about(id, &item.id));
        !member.plan.items.iter().any(takes_part)
    }

    async fn decide(
        &mut self,
        member: &Member,
        person: &firm::register::PersonId,
        shown: &ApprovalView,
        verdict: Verdict,
        actor: &str,
    ) -> Result<bool> {
        let confirmed = shown.confirms.clone();
        let seen = firm::approvals::Seen { summary: shown.summary_hash, bytes: shown.bytes_hash, confirmed };
        let password = Member::password(person);
        let answer = member.office().decide(person, shown.id, seen, verdict, password).await?;
        let leaves = match answer {
            Answer::Decided if verdict == Verdict::Approve => leaves(shown),
            // A no, or a yes beside which another one is asked for: nothing leaves.
            Answer::Decided | Answer::NeedsPerson(_) => Vec::new(),
            // Another person was faster, or a pass is on its way: look again.
            _ => return Ok(false),
        };
        let action = match verdict {
            Verdict::Approve => {
                self.account.approved(&member.plan.id, person, shown.step);
                "approve"
            }
            Verdict::Decline => "decline",
        };
        self.line(shown.step, actor.to_owned(), action, None, leaves).await?;
        Ok(true)
    }

    async fn ask(
        &mut self,
        member: &Member,
        person: &firm::register::PersonId,
        command: Command,
        actor: &str,
    ) -> Result<bool> {
        let (step, action) = match &command {
            Command::ProposeTerms { .. } => (Step::Terms, "propose"),
            Command::Ask { .. } | Command::Reply { .. } => (Step::Talk, "draft"),
            Command::WriteDocket { .. } => (Step::Work, "write down"),
            Command::ReportOutcome { .. } => (Step::Outcome, "report"),
            Command::Hold { deal, .. } => (self.next_step(member, *deal).await?, "hold"),
            Command::Close { deal, .. } => (self.next_step(member, *deal).await?, "close"),
            _ => (Step::Notice, "ask"),
        };
        match member.office().ask(Asker::Person(person.clone()), command).await? {
            // A rule of the firm stands against it, which is part of the story; else somebody was faster.
            Answer::Refused(why @ Refusal::Calendar(NotThere::Capped { .. })) => {
                self.line(step, actor.to_owned(), "refused", Some(why.to_string()), Vec::new()).await?;
            }
            Answer::Refused(_) => return Ok(false),
            _ => self.line(step, actor.to_owned(), action, None, Vec::new()).await?,
        }
        Ok(true)
    }

    /// At which step a deal waits.
    async fn next_step(&self, member: &Member, deal: DealId) -> Result<Step> {
        let waits = deals(member).await?.into_iter().find(|one| one.id == deal).map(|one| one.waiting.step);
        Ok(waits.unwrap_or(Step::Notice))
    }

    /// What happened without a person of this firm: a match, a notice, a reveal.
    async fn notice_what_followed(&mut self, member: &Member) -> Result<()> {
        let node = format!("{}.node", member.plan.id);
        let View::Matches(matches) = member.office().view(None, Query::Matches(None)).await? else { return Ok(()) };
        for found in matches {
            let key = format!("{}{}", found.item, found.advert);
            if self.seen.insert((node.clone(), Step::Match, key.clone())) {
                self.line(Step::Match, node.clone(), "match", None, Vec::new()).await?;
            }
            if found.approval.is_some() && self.seen.insert((node.clone(), Step::Notice, key)) {
                self.line(Step::Notice, node.clone(), "notice", None, Vec::new()).await?;
            }
        }
        for deal in deals(member).await? {
            let told = deal.counterpart.is_some();
            if told && self.seen.insert((node.clone(), Step::Reveal, deal.id.to_string())) {
                self.line(Step::Reveal, node.clone(), "reveal", None, Vec::new()).await?;
            }
        }
        Ok(())
    }

    /// Prints what happened, with what everybody has learnt since the last line, and looks for leaks.
    async fn line(
        &mut self,
        step: Step,
        actor: String,
        action: &'static str,
        why: Option<String>,
        leaves: Vec<Leaves>,
    ) -> Result<()> {
        self.steps += 1;
        let mut learns = BTreeMap::new();
        for member in &self.market.firms {
            let shown = deals(member).await?;
            let new = shown.iter().flat_map(|deal| self.account.saw(&member.plan.id, deal));
            let new: Vec<&'static str> = new.map(Field::name).collect();
            if !new.is_empty() {
                learns.insert(member.plan.id.clone(), new);
            }
        }
        let at_ms = self.started.elapsed().as_millis();
        let line = Line { step: self.steps, at_ms, name: step.name(), actor, action, why, leaves, learns };
        writeln!(self.out, "{}", serde_json::to_string(&line)?)?;
        self.out.flush()?;
        self.watch.look(self.market, self.steps).await
    }

    async fn ending(&self) -> Result<Option<Ending>> {
        let mut all = Vec::new();
        for member in &self.market.firms {
            all.extend(deals(member).await?);
        }
        let planned = |ends: fn(&story::Ending) -> bool| {
            2 * self.market.story.deals.iter().filter(|plan| ends(&plan.ends)).count()
        };
        let completing = planned(|ends| matches!(ends, story::Ending::Completed));
        let closing = planned(|ends| matches!(ends, story::Ending::Nameless | story::Ending::Avoided));
        let completed = all.iter().filter(|deal| deal.state == DealState::Completed).count();
        let closed = all.iter().filter(|deal| matches!(deal.state, DealState::Closed { .. })).count();
        Ok(if closed > closing {
            Some(Ending::Aborted)
        } else if completing > 0 && completed >= completing && closed == closing {
            Some(Ending::Completed)
        } else {
            None
        })
    }
}

/// Closes the report.
pub(super) fn closing(
    story: &str,
    (outcome, otherwise): (Ending, Vec<String>),
    started: Instant,
    steps: usize,
    watch: &Watch,
) -> Closing {
    let leaked = watch.leaks();
    let elapsed_ms = started.elapsed().as_millis();
    Closing { story: story.to_owned(), outcome, elapsed_ms, steps, leaks: leaked.len(), leaked, otherwise }
}

fn is_about_advert(intention: &Intention) -> bool {
    matches!(intention, Intention::Decide { step: Step::Advertise, .. })
}

async fn look(member: &Member, person: &firm::register::PersonId) -> Result<Seen> {
    let mut seen = Seen::default();
    if let View::Approvals(approvals) = member.office().view(Some(person.clone()), Query::Approvals).await? {
        seen.approvals = approvals;
    }
    seen.deals = deals(member).await?;
    if let View::Calendars(calendars) = member.office().view(Some(person.clone()), Query::Calendars).await? {
        seen.calendars = calendars;
    }
    Ok(seen)
}

async fn deals(member: &Member) -> Result<Vec<DealView>> {
    match member.office().view(None, Query::Deals).await? {
        View::Deals(deals) => Ok(deals),
        _ => Ok(Vec::new()),
    }
}

fn leaves(shown: &ApprovalView) -> Vec<Leaves> {
    let to = match &shown.to {
        Recipient::Everybody => "everybody".to_owned(),
        Recipient::Callsign(callsign) => callsign.clone(),
        Recipient::Firm(name) => name.to_string(),
    };
    let leaves = shown.leaves.iter();
    leaves.map(|entry| Leaves { to: to.clone(), field: entry.field.name(), bytes: entry.bytes }).collect()
}
