//! A scenario: a story or a region, and what shall go wrong while it is played.
//!
//! TOML, every key known, every name resolved before anything runs. A refusal says which entry is wrong and what would be
//! right. What the firms own and need stands in the story, which knows nothing of links and crashes; what befalls them stands
//! here.

mod befalls;
mod error;

pub use befalls::{CrashPlan, PartitionPlan, SleepPlan};
pub use error::ScenarioError;

use crate::region::RegionPlan;
use crate::script::Pace;
use crate::seed::RunSeed;
use crate::stage::Stage;
use crate::story::{Ending, Story};
use crate::world::{Graph, Millionths, Network, NodeId, VirtualMs};
use befalls::{in_range, span};
use firm::register::PersonId;
use protocol::dialogue::Step;
use protocol::genesis::{Pace as CellPace, PassScheme};
use protocol::text::Name;
use protocol::time::UnixMs;
use serde::Deserialize;
use std::path::Path;

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
    pub start: UnixMs,
    /// How long it lasts at most, in virtual hours.
    pub hours: u64,
    /// The story, as a path from this file. Either this or `[region]`.
    pub story: Option<String>,
    /// A generated region.
    pub region: Option<RegionPlan>,
    /// How passes are made: `blind`, as in a real network unless it says otherwise, or `plain`, which takes less time to play.
    #[serde(default = "blind")]
    pub passes: PassScheme,
    /// How every deal that the story names shall end instead of as the story says. Another end is a violation.
    pub ends: Option<Ending>,
    /// What is otherwise than in the story.
    #[serde(default, rename = "change")]
    pub changes: Vec<ChangePlan>,
    /// The links.
    #[serde(default)]
    pub network: Weather,
    /// How cells travel; absent is a network whose records are published directly.
    pub cells: Option<CellsPlan>,
    /// Crashes.
    #[serde(default, rename = "crash")]
    pub crashes: Vec<CrashPlan>,
    /// Partitions.
    #[serde(default, rename = "partition")]
    pub partitions: Vec<PartitionPlan>,
    /// Sleeping computers.
    #[serde(default, rename = "asleep")]
    pub asleep: Vec<SleepPlan>,
}

/// `[[change]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePlan {
    /// Of which firm.
    pub firm: String,
    /// Steps at which its people say no.
    #[serde(default)]
    pub decline: Vec<Step>,
    /// Firms to which it tells no name, by their legal names in whatever case.
    #[serde(default)]
    pub exclude: Vec<Name>,
    /// Which of its people; absent is all.
    pub person: Option<PersonId>,
    /// How fast they decide.
    pub pace: Option<Pace>,
}

/// `[cells]`: every firm sends a cell so often, relays hold them so long. A scenario of weeks takes a slower pace than a real network
/// has, because each cell is opened three times.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellsPlan {
    /// From cell to cell, in seconds.
    pub cell_s: u32,
    /// The mean delay of a relay, in seconds.
    pub delay_s: u32,
    /// What a cell may need beside its delays, in seconds.
    pub travel_s: u32,
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

fn blind() -> PassScheme {
    PassScheme::Blind
}

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;

impl Scenario {
    /// Reads a scenario and the story that it names, or a story by itself, and checks both. `seed` replaces the scenario's own.
    pub fn read(file: &Path, seed: Option<RunSeed>) -> Result<(Scenario, Story), ScenarioError> {
        let text = text_of(file)?;
        if text.parse::<toml::Table>().is_ok_and(|table| table.contains_key("firm")) {
            let story = Story::parse(&text).map_err(|why| ScenarioError::Story { path: file.to_owned(), why })?;
            return Ok((Scenario::plain(&story, seed.unwrap_or_default()), story));
        }
        let mut scenario = Scenario::parse(&text)?;
        scenario.seed = seed.unwrap_or(scenario.seed);
        let story = match (&scenario.story, &scenario.region) {
            (Some(path), None) => {
                let path = file.parent().unwrap_or(Path::new(".")).join(path);
                Story::parse(&text_of(&path)?).map_err(|why| ScenarioError::Story { path, why })?
            }
            (None, Some(region)) => region.story(scenario.seed),
            _ => return Err(ScenarioError::What),
        };
        let mut story = scenario.changed(story)?;
        scenario.check_names(&story)?;
        if scenario.ends.is_some() {
            // It comes otherwise than the story tells, so nobody is held to what the story tells.
            story.decides.clear();
        }
        Ok((scenario, story))
    }

    /// A story in good weather, for ten days and the work at most.
    fn plain(story: &Story, seed: RunSeed) -> Scenario {
        let work_days = story.deals.iter().map(|deal| deal.work_days).max().unwrap_or_default();
        Scenario {
            name: story.name.clone(),
            seed,
            // 2027-03-01T08:00:00Z
            start: UnixMs(1_803_888_000_000),
            hours: u64::from(10 + work_days) * 24,
            story: None,
            region: None,
            passes: blind(),
            ends: None,
            changes: Vec::new(),
            network: Weather::default(),
            cells: None,
            crashes: Vec::new(),
            partitions: Vec::new(),
            asleep: Vec::new(),
        }
    }

    /// Reads and checks a scenario by itself.
    pub fn parse(text: &str) -> Result<Scenario, ScenarioError> {
        let scenario: Scenario = toml::from_str(text)?;
        scenario.check()?;
        Ok(scenario)
    }

    /// The last moment.
    pub fn until(&self) -> VirtualMs {
        VirtualMs(self.hours.saturating_mul(HOUR_MS))
    }

    /// The links' behaviour.
    pub fn links(&self) -> Network {
        let Weather { latency_ms, jitter_ms, loss_percent, .. } = self.network;
        Network { latency_ms, jitter_ms, loss: Millionths((loss_percent * 10_000.0).round() as u32) }
    }

    /// Who is linked with whom.
    pub fn graph(&self) -> Graph {
        self.network.neighbours.map_or(Graph::Full, Graph::Neighbours)
    }

    /// How cells travel, as a genesis says it (`NET-4`).
    pub fn pace_of_cells(&self) -> Option<CellPace> {
        let ms = |seconds: u32| seconds.saturating_mul(1_000);
        let pace = |plan: CellsPlan| CellPace {
            cell_ms: ms(plan.cell_s),
            delay_ms: ms(plan.delay_s),
            travel_ms: ms(plan.travel_s),
        };
        self.cells.map(pace)
    }

    /// Plans the crashes, partitions and sleeps on a stage.
    pub fn plan_on(&self, stage: &mut Stage) -> Result<(), ScenarioError> {
        for plan in &self.crashes {
            let crash = plan.crash(|name| stage.node(name))?;
            stage.world.plan_crash(crash);
        }
        for plan in &self.partitions {
            let partition = plan.partition(|name| stage.node(name))?;
            stage.world.plan_partition(partition);
        }
        for plan in &self.asleep {
            let asleep = plan.asleep(|name| stage.node(name))?;
            stage.world.plan_sleep(asleep);
        }
        Ok(())
    }

    /// The story with this scenario's changes.
    fn changed(&self, mut story: Story) -> Result<Story, ScenarioError> {
        for change in &self.changes {
            let nobody = |name: &str| ScenarioError::Nobody { table: "change", name: name.to_owned() };
            let firm = story.firms.iter_mut().find(|firm| firm.id == change.firm);
            let firm = firm.ok_or_else(|| nobody(&change.firm))?;
            firm.decline.extend(&change.decline);
            firm.exclude.extend(change.exclude.iter().cloned());
            let Some(pace) = change.pace else { continue };
            let mut people = firm.people.iter_mut();
            let mut named =
                people.by_ref().filter(|one| change.person.as_ref().is_none_or(|id| one.id == *id)).peekable();
            named.peek().ok_or_else(|| nobody(&format!("{}/{:?}", change.firm, change.person)))?;
            named.for_each(|person| person.pace = pace);
        }
        if !self.changes.is_empty() {
            // Whoever acts otherwise is not held to who decides in the story.
            story.decides.clear();
        }
        Ok(story)
    }

    fn check(&self) -> Result<(), ScenarioError> {
        let Weather { latency_ms, jitter_ms, loss_percent, neighbours } = self.network;
        in_range("hours", self.hours, 1, 365 * 24, "1 to 8,760 (a year)")?;
        in_range("latency_ms", latency_ms, 1, MINUTE_MS, "1 to 60,000")?;
        in_range("jitter_ms", jitter_ms, 0, MINUTE_MS, "0 to 60,000")?;
        in_range("neighbours", neighbours.unwrap_or(2).into(), 2, 10_000, "2 to 10,000")?;
        if !(0.0..=100.0).contains(&loss_percent) {
            let value = loss_percent.to_string();
            return Err(ScenarioError::Range { key: "loss_percent", value, range: "0 to 100" });
        }
        if let Some(region) = &self.region {
            region.check()?;
        }
        if let Some(CellsPlan { cell_s, delay_s, travel_s }) = self.cells {
            in_range("cell_s", cell_s.into(), 1, 3_600, "1 to 3,600")?;
            in_range("delay_s", delay_s.into(), 1, 600, "1 to 600")?;
            in_range("travel_s", travel_s.into(), 1, 600, "1 to 600")?;
        }
        self.crashes.iter().try_for_each(|plan| plan.when().map(drop))?;
        self.partitions.iter().try_for_each(|plan| span("partition", plan.from_ms, plan.to_ms))?;
        self.asleep.iter().try_for_each(|plan| span("asleep", plan.from_ms, plan.to_ms))
    }

    fn check_names(&self, story: &Story) -> Result<(), ScenarioError> {
        let node = |name: &str| story.position(name).map(|position| NodeId(position as u32));
        self.crashes.iter().try_for_each(|plan| plan.crash(node).map(drop))?;
        self.partitions.iter().try_for_each(|plan| plan.partition(node).map(drop))?;
        self.asleep.iter().try_for_each(|plan| plan.asleep(node).map(drop))
    }
}

fn text_of(file: &Path) -> Result<String, ScenarioError> {
    std::fs::read_to_string(file).map_err(|why| ScenarioError::NoFile { file: file.to_owned(), why })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::CrashWhen;

    const WHOLE: &str = r#"
        name = "whole"
        seed = 7
        start = "2027-03-01T08:00:00Z"
        hours = 24
        story = "../stories/idle-shift.toml"
        ends = "completed"

        [network]
        latency_ms = 30
        loss_percent = 0.5
        neighbours = 4

        [[change]]
        firm = "supplier"
        person = "operations"
        pace = "slow"

        [[crash]]
        node = "supplier"
        after_commit = 3
        restart_after_ms = 5000

        [[partition]]
        nodes = ["supplier"]
        from_ms = 10
        to_ms = 20

        [[asleep]]
        node = "lakeshore"
        from_ms = 5
        to_ms = 6
    "#;

    fn resolved(text: &str) -> Result<(Scenario, Story), ScenarioError> {
        let scenario = Scenario::parse(text)?;
        let story = scenario.changed(Story::named("idle-shift").unwrap())?;
        scenario.check_names(&story)?;
        Ok((scenario, story))
    }

    fn refusal(from: &str, to: &str) -> String {
        assert!(WHOLE.contains(from));
        resolved(&WHOLE.replace(from, to)).unwrap_err().to_string()
    }

    #[test]
    fn a_whole_scenario_is_read() {
        let (scenario, story) = resolved(WHOLE).unwrap();
        assert_eq!(scenario.seed, RunSeed(7));
        assert_eq!(scenario.start, UnixMs(1_803_888_000_000));
        assert_eq!(scenario.links().loss, Millionths(5_000));
        assert_eq!(scenario.graph(), Graph::Neighbours(4));
        assert_eq!(scenario.crashes[0].when().unwrap(), CrashWhen::AfterCommit(3));
        let paces: Vec<Pace> = story.firm("supplier").unwrap().people.iter().map(|person| person.pace).collect();
        assert_eq!(paces, [Pace::Slow, Pace::Prompt, Pace::Prompt]);
    }

    #[test]
    fn each_mistake_is_named() {
        assert!(refusal("latency_ms", "latenzy_ms").contains("latenzy_ms"));
        assert!(refusal("2027-03-01T08:00:00Z", "soon").contains("is not a moment"));
        assert!(refusal("loss_percent = 0.5", "loss_percent = 101").contains("0 to 100"));
        assert!(
            refusal("[network]", "[cells]\ncell_s = 0\ndelay_s = 1\ntravel_s = 1\n[network]").contains("1 to 3,600")
        );
        assert!(refusal("neighbours = 4", "neighbours = 1").contains("2 to 10,000"));
        assert!(refusal("nodes = [\"supplier\"]", "nodes = [\"nobody\"]").contains("[[partition]] names \"nobody\""));
        assert!(refusal("firm = \"supplier\"", "firm = \"nobody\"").contains("[[change]] names \"nobody\""));
        assert!(refusal("after_commit = 3", "after_commit = 3\nat_ms = 9").contains("exactly one"));
        assert!(refusal("to_ms = 20", "to_ms = 10").contains("not after its start"));
        assert!(refusal("pace = \"slow\"", "pace = \"sleepy\"").contains("sleepy"));
        assert!(refusal("ends = \"completed\"", "ends = \"happily\"").contains("happily"));
    }
}
