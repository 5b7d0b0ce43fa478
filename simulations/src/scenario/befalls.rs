//! What befalls nodes from outside: crashes, partitions, sleep.

use super::ScenarioError;
use crate::world::{Asleep, CrashAt, CrashWhen, NodeId, Partition, VirtualMs};
use serde::Deserialize;

/// `[[crash]]`: exactly one of `before_commit`, `after_commit`, `at_ms`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrashPlan {
    /// Which node.
    pub node: String,
    /// Just before this commit with records, from 1.
    pub before_commit: Option<u64>,
    /// Just after this commit with records, from 1.
    pub after_commit: Option<u64>,
    /// With `after_commit`: after this many of the effects that waited for it; absent is none.
    pub effects: Option<usize>,
    /// At this moment.
    pub at_ms: Option<VirtualMs>,
    /// It starts again after this; absent is never.
    pub restart_after_ms: Option<u64>,
}

/// `[[partition]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartitionPlan {
    /// Those cut off together.
    pub nodes: Vec<String>,
    /// First moment.
    pub from_ms: VirtualMs,
    /// First moment after it.
    pub to_ms: VirtualMs,
}

/// `[[asleep]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SleepPlan {
    /// Which node.
    pub node: String,
    /// First moment.
    pub from_ms: VirtualMs,
    /// The moment it wakes.
    pub to_ms: VirtualMs,
}

impl CrashPlan {
    pub(super) fn crash(&self, node: impl Fn(&str) -> Option<NodeId>) -> Result<CrashAt, ScenarioError> {
        let node = node(&self.node).ok_or_else(|| nobody("crash", &self.node))?;
        Ok(CrashAt { node, when: self.when()?, restart_after_ms: self.restart_after_ms })
    }

    pub(super) fn when(&self) -> Result<CrashWhen, ScenarioError> {
        match (self.before_commit, self.after_commit, self.effects, self.at_ms) {
            (Some(commit), None, None, None) => Ok(CrashWhen::BeforeCommit(commit)),
            (None, Some(commit), None, None) => Ok(CrashWhen::AfterCommit(commit)),
            (None, Some(commit), Some(effects), None) => Ok(CrashWhen::AfterEffect { commit, effects }),
            (None, None, None, Some(at)) => Ok(CrashWhen::At(at)),
            _ => Err(ScenarioError::Moment { node: self.node.clone() }),
        }
    }
}

impl PartitionPlan {
    pub(super) fn partition(&self, node: impl Fn(&str) -> Option<NodeId>) -> Result<Partition, ScenarioError> {
        let found = self.nodes.iter().map(|name| node(name).ok_or_else(|| nobody("partition", name)));
        Ok(Partition { nodes: found.collect::<Result<_, _>>()?, from: self.from_ms, to: self.to_ms })
    }
}

impl SleepPlan {
    pub(super) fn asleep(&self, node: impl Fn(&str) -> Option<NodeId>) -> Result<Asleep, ScenarioError> {
        let node = node(&self.node).ok_or_else(|| nobody("asleep", &self.node))?;
        Ok(Asleep { node, from: self.from_ms, to: self.to_ms })
    }
}

pub(super) fn in_range(
    key: &'static str,
    value: u64,
    low: u64,
    high: u64,
    range: &'static str,
) -> Result<(), ScenarioError> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    Err(ScenarioError::Range { key, value: value.to_string(), range })
}

pub(super) fn span(table: &'static str, from: VirtualMs, to: VirtualMs) -> Result<(), ScenarioError> {
    if from < to { Ok(()) } else { Err(ScenarioError::Span { table, from_ms: from.0, to_ms: to.0 }) }
}

fn nobody(table: &'static str, name: &str) -> ScenarioError {
    ScenarioError::Nobody { table, name: name.to_owned() }
}
