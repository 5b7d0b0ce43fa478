//! A scenario: a file that says what happens when and to whom.
//!
//! TOML, every key known, every name resolved before anything runs. A refusal says which entry is wrong and what would be
//! right. What the firms own and need comes from their own types.

use crate::script::Pace;
use crate::seed::RunSeed;
use crate::world::{Asleep, CrashAt, CrashWhen, Graph, Millionths, Network, NodeId, Partition, VirtualMs, World};
use machine::{Machine, WallMs};
use serde::Deserialize;
use std::collections::BTreeSet;

/// A whole scenario, as in its file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its id, as in reports.
    pub name: String,
    /// The seed when the command line names none.
    #[serde(default)]
    pub seed: RunSeed,
    /// What a correct wall clock shows at first, as RFC 3339, for example `2027-03-01T08:00:00Z`.
    pub start: String,
    /// How long it lasts, in virtual milliseconds.
    pub duration_ms: u64,
    /// The links.
    #[serde(default)]
    pub network: Weather,
    /// The nodes, in order.
    pub node: Vec<NodePlan>,
    /// Crashes.
    #[serde(default)]
    pub crash: Vec<CrashPlan>,
    /// Partitions.
    #[serde(default)]
    pub partition: Vec<PartitionPlan>,
    /// Sleeping computers.
    #[serde(default)]
    pub asleep: Vec<SleepPlan>,
}

/// `[network]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Weather {
    /// Mean one way delay, in milliseconds.
    pub latency_ms: u64,
    /// Up to this much more for each message, in milliseconds.
    pub jitter_ms: u64,
    /// Lost messages, 0 to 100.
    pub loss_percent: f64,
    /// Neighbours of each node, at least 2; absent is everybody.
    pub neighbours: Option<u32>,
}

impl Default for Weather {
    fn default() -> Self {
        let Network { latency_ms, jitter_ms, .. } = Network::default();
        Weather { latency_ms, jitter_ms, loss_percent: 0.0, neighbours: None }
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// It offers or needs.
    Firm,
    /// It convenes.
    Sponsor,
}

/// `[[node]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NodePlan {
    /// Its name in this file and in reports.
    pub name: String,
    /// What it is.
    pub role: Role,
    /// Its people.
    #[serde(default)]
    pub person: Vec<PersonPlan>,
}

/// `[[node.person]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonPlan {
    /// The person's name within the node, for example `operations`.
    pub name: String,
    /// How fast they decide: `prompt`, `slow` or `absent`.
    pub pace: Pace,
}

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

/// Why a scenario was refused.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// Not TOML of this shape.
    #[error("the scenario could not be read: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// The start is no date.
    #[error("start = {start:?} is not a moment such as \"2027-03-01T08:00:00Z\"")]
    Start {
        /// What stands there.
        start: String,
    },
    /// A number is out of range.
    #[error("{key} = {value} is out of range: {range}")]
    Range {
        /// Which key.
        key: &'static str,
        /// What stands there.
        value: String,
        /// What may stand there.
        range: &'static str,
    },
    /// Two nodes or two people of one node share a name.
    #[error("{name:?} is named twice: every node, and every person of one node, needs a name of its own")]
    Twice {
        /// The name.
        name: String,
    },
    /// A name that no node has.
    #[error("[[{table}]] names {name:?}, but no [[node]] has this name")]
    Nobody {
        /// Which table.
        table: &'static str,
        /// The name.
        name: String,
    },
    /// Not exactly one moment.
    #[error(
        "[[crash]] of {node:?} needs exactly one of before_commit, after_commit and at_ms, and effects only with after_commit"
    )]
    Moment {
        /// Whose crash.
        node: String,
    },
    /// A span that ends before it begins.
    #[error("[[{table}]] ends at {to_ms} ms, which is not after its start at {from_ms} ms")]
    Span {
        /// Which table.
        table: &'static str,
        /// Its start.
        from_ms: u64,
        /// Its end.
        to_ms: u64,
    },
}

impl Scenario {
    /// Reads and checks a scenario.
    pub fn parse(text: &str) -> Result<Scenario, ScenarioError> {
        let scenario: Scenario = toml::from_str(text)?;
        scenario.check()?;
        Ok(scenario)
    }

    /// What a correct wall clock shows at first.
    pub fn starts_at(&self) -> Result<WallMs, ScenarioError> {
        let moment: Option<jiff::Timestamp> = self.start.parse().ok();
        let millis = moment.and_then(|moment| u64::try_from(moment.as_millisecond()).ok());
        millis.map(WallMs).ok_or_else(|| ScenarioError::Start { start: self.start.clone() })
    }

    /// The links' behaviour.
    pub fn network(&self) -> Network {
        let Weather { latency_ms, jitter_ms, loss_percent, .. } = self.network;
        Network { latency_ms, jitter_ms, loss: Millionths((loss_percent * 10_000.0).round() as u32) }
    }

    /// Who is linked with whom.
    pub fn graph(&self) -> Graph {
        self.network.neighbours.map_or(Graph::Full, Graph::Neighbours)
    }

    /// Plans the crashes, partitions and sleeps in a world whose first nodes are this scenario's, in order.
    pub fn plan_in<M: Machine>(&self, world: &mut World<M>) -> Result<(), ScenarioError> {
        for plan in &self.crash {
            let node = self.node_named("crash", &plan.node)?;
            world.plan_crash(CrashAt { node, when: plan.when()?, restart_after_ms: plan.restart_after_ms });
        }
        for plan in &self.partition {
            let nodes = plan.nodes.iter().map(|name| self.node_named("partition", name)).collect::<Result<_, _>>()?;
            world.plan_partition(Partition { nodes, from: plan.from_ms, to: plan.to_ms });
        }
        for plan in &self.asleep {
            let node = self.node_named("asleep", &plan.node)?;
            world.plan_sleep(Asleep { node, from: plan.from_ms, to: plan.to_ms });
        }
        Ok(())
    }

    fn node_named(&self, table: &'static str, name: &str) -> Result<NodeId, ScenarioError> {
        let position = self.node.iter().position(|node| node.name == name);
        position.map(|i| NodeId(i as u32)).ok_or_else(|| ScenarioError::Nobody { table, name: name.to_owned() })
    }

    fn check(&self) -> Result<(), ScenarioError> {
        self.starts_at()?;
        let Weather { latency_ms, jitter_ms, loss_percent, neighbours } = self.network;
        in_range("duration_ms", self.duration_ms, 1, YEAR_MS, "1 to 31,536,000,000 (a year)")?;
        in_range("latency_ms", latency_ms, 1, MINUTE_MS, "1 to 60,000")?;
        in_range("jitter_ms", jitter_ms, 0, MINUTE_MS, "0 to 60,000")?;
        in_range("neighbours", neighbours.unwrap_or(2).into(), 2, 10_000, "2 to 10,000")?;
        if !(0.0..=100.0).contains(&loss_percent) {
            let value = loss_percent.to_string();
            return Err(ScenarioError::Range { key: "loss_percent", value, range: "0 to 100" });
        }
        all_different(self.node.iter().map(|node| &node.name))?;
        self.node.iter().try_for_each(|node| all_different(node.person.iter().map(|person| &person.name)))?;
        self.check_events()
    }

    fn check_events(&self) -> Result<(), ScenarioError> {
        for plan in &self.crash {
            self.node_named("crash", &plan.node)?;
            plan.when()?;
        }
        for plan in &self.partition {
            plan.nodes.iter().try_for_each(|name| self.node_named("partition", name).map(drop))?;
            span("partition", plan.from_ms, plan.to_ms)?;
        }
        for plan in &self.asleep {
            self.node_named("asleep", &plan.node)?;
            span("asleep", plan.from_ms, plan.to_ms)?;
        }
        Ok(())
    }
}

impl CrashPlan {
    fn when(&self) -> Result<CrashWhen, ScenarioError> {
        match (self.before_commit, self.after_commit, self.effects, self.at_ms) {
            (Some(commit), None, None, None) => Ok(CrashWhen::BeforeCommit(commit)),
            (None, Some(commit), None, None) => Ok(CrashWhen::AfterCommit(commit)),
            (None, Some(commit), Some(effects), None) => Ok(CrashWhen::AfterEffect { commit, effects }),
            (None, None, None, Some(at)) => Ok(CrashWhen::At(at)),
            _ => Err(ScenarioError::Moment { node: self.node.clone() }),
        }
    }
}

const MINUTE_MS: u64 = 60_000;
const YEAR_MS: u64 = 365 * 24 * 60 * MINUTE_MS;

fn in_range(key: &'static str, value: u64, low: u64, high: u64, range: &'static str) -> Result<(), ScenarioError> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    Err(ScenarioError::Range { key, value: value.to_string(), range })
}

fn span(table: &'static str, from: VirtualMs, to: VirtualMs) -> Result<(), ScenarioError> {
    if from < to { Ok(()) } else { Err(ScenarioError::Span { table, from_ms: from.0, to_ms: to.0 }) }
}

fn all_different<'a>(names: impl Iterator<Item = &'a String>) -> Result<(), ScenarioError> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(ScenarioError::Twice { name: name.clone() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
        name = "whole"
        seed = 7
        start = "2027-03-01T08:00:00Z"
        duration_ms = 86400000

        [network]
        latency_ms = 30
        loss_percent = 0.5
        neighbours = 4

        [[node]]
        name = "supplier"
        role = "firm"
        [[node.person]]
        name = "operations"
        pace = "slow"

        [[node]]
        name = "association"
        role = "sponsor"

        [[crash]]
        node = "supplier"
        after_commit = 3
        restart_after_ms = 5000

        [[partition]]
        nodes = ["supplier"]
        from_ms = 10
        to_ms = 20

        [[asleep]]
        node = "association"
        from_ms = 5
        to_ms = 6
    "#;

    fn refusal(from: &str, to: &str) -> String {
        assert!(WHOLE.contains(from));
        Scenario::parse(&WHOLE.replace(from, to)).unwrap_err().to_string()
    }

    #[test]
    fn a_whole_scenario_is_read() {
        let scenario = Scenario::parse(WHOLE).unwrap();
        assert_eq!(scenario.seed, RunSeed(7));
        assert_eq!(scenario.starts_at().unwrap(), WallMs(1_803_888_000_000));
        assert_eq!(scenario.network().loss, Millionths(5_000));
        assert_eq!(scenario.graph(), Graph::Neighbours(4));
        assert_eq!(scenario.node[0].person[0].pace, Pace::Slow);
        assert_eq!(scenario.crash[0].when().unwrap(), CrashWhen::AfterCommit(3));
    }

    #[test]
    fn each_mistake_is_named() {
        assert!(refusal("latency_ms", "latenzy_ms").contains("latenzy_ms"));
        assert!(refusal("2027-03-01T08:00:00Z", "soon").contains("is not a moment"));
        assert!(refusal("loss_percent = 0.5", "loss_percent = 101").contains("0 to 100"));
        assert!(refusal("neighbours = 4", "neighbours = 1").contains("2 to 10,000"));
        assert!(refusal("name = \"association\"", "name = \"supplier\"").contains("named twice"));
        assert!(refusal("nodes = [\"supplier\"]", "nodes = [\"nobody\"]").contains("[[partition]] names \"nobody\""));
        assert!(refusal("after_commit = 3", "after_commit = 3\nat_ms = 9").contains("exactly one"));
        assert!(refusal("to_ms = 20", "to_ms = 10").contains("not after its start"));
        assert!(refusal("pace = \"slow\"", "pace = \"sleepy\"").contains("sleepy"));
    }
}
