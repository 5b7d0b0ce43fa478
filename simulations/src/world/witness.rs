//! Those who see everything that happens in a world, and never touch it.
//!
//! A witness is told each turn of each machine, each commit, each released effect, each boot and crash. Checkers are
//! witnesses that find violations; a report's writer is one that finds none.

use super::{NodeId, VirtualMs};
use machine::{AfterCommit, Effects, Input, Machine, Now};
use serde::Serialize;

/// Where and when something was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Virtual time.
    pub at: VirtualMs,
    /// Which node.
    pub node: NodeId,
    /// Which run of that node, counted from 1; a crash ends a run.
    pub run: u32,
}

/// One input was handled.
pub struct TurnSeen<'a, M: Machine> {
    /// Where and when.
    pub place: Place,
    /// The clocks the machine was given.
    pub now: Now,
    /// The input.
    pub input: &'a Input<M>,
    /// Everything it caused.
    pub effects: &'a Effects<M>,
    /// The machine afterwards.
    pub machine: &'a M,
}

/// Records became durable.
pub struct CommitSeen<'a, M: Machine> {
    /// Where and when.
    pub place: Place,
    /// The number of this commit of this node, from 1.
    pub commit: u64,
    /// The records of this commit.
    pub records: &'a [M::Record],
    /// The machine. No input is handled during a commit, so its state is exactly the durable one.
    pub machine: &'a M,
}

/// An after-commit effect leaves the machine.
pub struct ReleaseSeen<'a, M: Machine> {
    /// Where and when.
    pub place: Place,
    /// The effect.
    pub effect: &'a AfterCommit<M>,
}

/// A node starts, before its `Started` input.
pub struct BootSeen<'a, M: Machine> {
    /// Where and when.
    pub place: Place,
    /// The machine after replay of the journal.
    pub machine: &'a M,
    /// The durable records.
    pub journal: &'a [M::Record],
    /// Makes a machine as it is before replay.
    pub make: &'a dyn Fn() -> M,
}

/// The world ends; told once for each node.
pub struct EndSeen<'a, M: Machine> {
    /// Where and when.
    pub place: Place,
    /// The machine, unless the node is down.
    pub machine: Option<&'a M>,
    /// Whether the machine holds records that are not yet durable.
    pub uncommitted: bool,
    /// The durable records.
    pub journal: &'a [M::Record],
    /// Makes a machine as it is before replay.
    pub make: &'a dyn Fn() -> M,
}

/// Something that happened to a node from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It lost its power.
    Crashed,
    /// It fell asleep.
    FellAsleep,
    /// It woke.
    WokeUp,
    /// A partition separates it from the rest.
    CutOff,
    /// That partition is over.
    Rejoined,
}

/// Sees a run. Every method defaults to looking away.
pub trait Witness<M: Machine> {
    /// The name in reports, in snake case.
    fn name(&self) -> &'static str;
    /// A machine handled one input.
    fn turn(&mut self, seen: &TurnSeen<'_, M>, found: &mut Findings) {
        let _ = (seen, found);
    }
    /// Records became durable.
    fn committed(&mut self, seen: &CommitSeen<'_, M>, found: &mut Findings) {
        let _ = (seen, found);
    }
    /// An after-commit effect is let out.
    fn released(&mut self, seen: &ReleaseSeen<'_, M>, found: &mut Findings) {
        let _ = (seen, found);
    }
    /// A node starts.
    fn booted(&mut self, seen: &BootSeen<'_, M>, found: &mut Findings) {
        let _ = (seen, found);
    }
    /// Something befell a node.
    fn befell(&mut self, place: Place, fate: Fate, found: &mut Findings) {
        let _ = (place, fate, found);
    }
    /// The world ends.
    fn ended(&mut self, seen: &EndSeen<'_, M>, found: &mut Findings) {
        let _ = (seen, found);
    }
    /// Figures for the report, beside violations.
    fn counts(&self) -> Vec<(&'static str, u64)> {
        Vec::new()
    }
}

/// A promise that was broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// Who found it.
    pub checker: String,
    /// The node's name.
    pub node: String,
    /// Virtual time.
    pub at_ms: VirtualMs,
    /// What was broken, in a sentence.
    pub what: String,
}

/// A broken promise breaks again at every turn; beyond this many, only their number is kept. 1,000 at about 200 B is 0.2 MB.
const VIOLATIONS_KEPT_MAX: usize = 1_000;

/// Where witnesses write what they find.
#[derive(Debug, Default)]
pub struct Findings {
    checker: &'static str,
    kept: Vec<(&'static str, Place, String)>,
    total: u64,
}

impl Findings {
    /// Notes a broken promise.
    pub fn add(&mut self, place: Place, what: impl Into<String>) {
        self.total += 1;
        if self.kept.len() < VIOLATIONS_KEPT_MAX {
            self.kept.push((self.checker, place, what.into()));
        }
    }

    /// How many were found, kept or not.
    pub fn total(&self) -> u64 {
        self.total
    }

    pub(crate) fn of(&mut self, checker: &'static str) -> &mut Self {
        self.checker = checker;
        self
    }

    pub(crate) fn violations(&self, name: impl Fn(NodeId) -> String) -> Vec<Violation> {
        let told = |(checker, place, what): &(&'static str, Place, String)| Violation {
            checker: (*checker).to_owned(),
            node: name(place.node),
            at_ms: place.at,
            what: what.clone(),
        };
        self.kept.iter().map(told).collect()
    }
}
