//! Journals of a played story, to be changed and shown to a checker: what it would have found had a party lied.

use super::identity_after_opt_in::Known;
use crate::RunSeed;
use crate::canary::Canaries;
use crate::party::{Party, Record};
use crate::stage::Stage;
use crate::story::{SessionsPlan, Story};
use crate::world::{CommitSeen, EndSeen, Findings, Graph, NodeId, Place, Setup, VirtualMs, Witness};
use firm::matching::Band;
use firm::policy::{Rule, Says, Scope};
use firm::record::Event;
use firm::{approvals, identity, market};
use machine::Machine;
use protocol::check::Kind;
use protocol::dialogue::Step;
use protocol::genesis::PassScheme;
use protocol::time::{DAY_MS, Day};
use std::cell::RefCell;
use std::rc::Rc;

/// Every commit of all parties, in the order in which they happened.
pub(crate) struct Told {
    pub(crate) canaries: Canaries,
    pub(crate) parties: Vec<Known>,
    stage: Stage,
    commits: Vec<Commit>,
}

type Commit = (NodeId, Vec<Record>);

/// Writes down every commit.
#[derive(Default)]
struct Scribe(Rc<RefCell<Vec<Commit>>>);

impl Witness<Party> for Scribe {
    fn name(&self) -> &'static str {
        "scribe"
    }

    fn committed(&mut self, seen: &CommitSeen<'_, Party>, _: &mut Findings) {
        self.0.borrow_mut().push((seen.place.node, seen.records.to_vec()));
    }
}

/// The idle shift, reported at once instead of after weeks.
pub(crate) fn idle_shift() -> Told {
    story("idle-shift")
}

/// A story whose deal is over within an hour, but for the weeks of work.
pub(crate) fn story(name: &str) -> Told {
    played(name, |_| {})
}

/// A story with something else about it.
pub(crate) fn played(name: &str, change: impl FnOnce(&mut Story)) -> Told {
    let mut story = Story::named(name).unwrap();
    story.deals[0].work_days = 0;
    change(&mut story);
    let mut stage = Stage::new(story, PassScheme::Plain, Setup::new(RunSeed(3), crate::trial::START)).unwrap();
    let scribe = Scribe::default();
    let commits = scribe.0.clone();
    stage.world.witness(scribe);
    stage.set_up(Graph::Full).unwrap();
    stage.world.run_until(VirtualMs(3_600_000));
    Told { canaries: stage.canaries(), parties: stage.known(), stage, commits: commits.take() }
}

/// The idle shift, with a session written down whenever the one before was answered: the buyer countersigns them all, or contests them all.
pub(crate) fn with_sessions(contests: bool) -> Told {
    played("idle-shift", |story| {
        story.deals[0].sessions = Some(SessionsPlan { hours: 15, every_days: 0 });
        let buyer = story.firms.iter_mut().find(|firm| firm.id == "buyer").unwrap();
        buyer.decline.extend(contests.then_some(Step::Work));
    })
}

/// The day on which played stories begin.
pub(crate) const STORY_DAY: Day = Day((crate::trial::START.0 / DAY_MS) as u32);

/// How often the buyer's standing rule of [`with_a_standing_rule`] answers, and for how many days.
pub(crate) const STANDING: (u32, u32) = (1, 30);

/// The idle shift, with a buyer that has an owner's standing rule: strong and possible fits are answered without asking.
pub(crate) fn with_a_standing_rule((weekly, days): (u32, u32)) -> Told {
    played("idle-shift", |story| {
        let buyer = story.firms.iter_mut().find(|firm| firm.id == "buyer").unwrap();
        let until = STORY_DAY.plus(days);
        let says = Says::Standing { fit: Band::Possible, weekly, until };
        buyer.rules.0 = buyer.policy().rules;
        buyer.rules.0.push(Rule { number: 0, scope: Scope::Everything, says });
    })
}

impl Told {
    /// Changes every commit of one party.
    pub(crate) fn change(&mut self, id: &str, mut change: impl FnMut(&mut Vec<Record>)) {
        let node = self.stage.node(id).unwrap();
        self.commits.iter_mut().filter(|(of, _)| *of == node).for_each(|(_, records)| change(records));
    }

    /// What was played.
    pub(crate) fn story(&self) -> Story {
        Story::clone(&self.stage.story)
    }

    /// The first record of one party of which `wanted` says yes.
    pub(crate) fn record(&self, id: &str, wanted: impl Fn(&Record) -> bool) -> Record {
        let node = self.stage.node(id).unwrap();
        let mut records = self.commits.iter().filter(|(of, _)| *of == node).flat_map(|(_, records)| records);
        records.find(|record| wanted(record)).unwrap().clone()
    }

    /// What a checker finds in the commits as they are now.
    pub(crate) fn found(&self, mut checker: impl Witness<Party>) -> Vec<String> {
        let mut findings = Findings::default();
        let mut machines: Vec<Party> = self.stage.world.nodes().map(|node| self.stage.world.made(node)).collect();
        let place = |node: NodeId| Place { at: VirtualMs(0), node, run: 1 };
        for (node, records) in &self.commits {
            let machine = &mut machines[node.0 as usize];
            records.iter().for_each(|record| machine.apply(record));
            let seen = CommitSeen { place: place(*node), commit: 1, records, machine };
            checker.committed(&seen, findings.of("told"));
        }
        for node in self.stage.world.nodes() {
            let make = || unreachable!("no checker of journals makes a machine");
            let machine = Some(&machines[node.0 as usize]);
            let seen = EndSeen { place: place(node), machine, uncommitted: false, journal: &[], make: &make };
            checker.ended(&seen, findings.of("told"));
        }
        findings.violations(|node| self.stage.world.name(node).to_owned()).into_iter().map(|one| one.what).collect()
    }
}

/// A firm's event.
pub(crate) fn event(record: &Record) -> Option<&Event> {
    match record {
        Record::Firm(record) => Some(&record.event),
        Record::Sponsor(_) => None,
    }
}

pub(crate) fn is_founding(record: &Record) -> bool {
    matches!(event(record), Some(Event::Identity(identity::Event::Founded { .. })))
}

pub(crate) fn is_decision(record: &Record) -> bool {
    matches!(event(record), Some(Event::Approvals(approvals::Event::Decided { .. })))
}

pub(crate) fn is_ruled(record: &Record) -> bool {
    matches!(event(record), Some(Event::Approvals(approvals::Event::Ruled { .. })))
}

pub(crate) fn is_log_entry(record: &Record) -> bool {
    matches!(event(record), Some(Event::Market(market::Event::Placed { record, .. })) if record.0.kind() == Kind::Log)
}
