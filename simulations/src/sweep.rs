//! The crash sweep: the same run again and again, each time with one crash at another commit of another party.
//!
//! One run without a crash counts the commits of every party. Then, for each commit, one run loses its power just before it
//! (the records are lost) and one just after it (the records are kept, and nothing that waited for them is said). Every run
//! must end as the first did and break no promise.

use crate::party::Party;
use crate::run::{Played, Unplayed, play};
use crate::story::Story;
use crate::world::{CrashAt, CrashWhen, NodeId, World};
use crate::{RunSeed, Scenario};
use serde::Serialize;

/// A node that lost its power is back after this many milliseconds.
const BACK_AFTER_MS: u64 = 5_000;

/// One crash point whose run went wrong.
#[derive(Clone, Debug, Serialize)]
pub struct Broken {
    /// Whose crash.
    pub node: String,
    /// At which commit, from 1.
    pub commit: u64,
    /// Whether its records were lost.
    pub before: bool,
    /// What went wrong.
    pub what: String,
}

/// What a sweep found.
#[derive(Clone, Debug, Serialize)]
pub struct Sweep {
    /// Runs with a crash.
    pub runs: u64,
    /// Those that went wrong.
    pub broken: Vec<Broken>,
}

/// Runs every `every`-th crash point (1 is all) of the parties that `wanted` names, and tells each to `told` as it is run.
pub fn sweep(
    scenario: &Scenario,
    story: &Story,
    seed: RunSeed,
    (every, wanted): (u64, &dyn Fn(&str) -> bool),
    mut told: impl FnMut(u64, u64),
) -> Result<Sweep, Unplayed> {
    let first = play(scenario, story, seed, None, None)?;
    let points = points(&first.stage.world, wanted);
    let chosen: Vec<&(NodeId, CrashWhen)> = points.iter().step_by(every.max(1) as usize).collect();
    let mut sweep = Sweep { runs: 0, broken: Vec::new() };
    for (node, when) in chosen.iter().copied() {
        let crash = CrashAt { node: *node, when: *when, restart_after_ms: Some(BACK_AFTER_MS) };
        let name = first.stage.world.name(*node).to_owned();
        let (commit, before) = match when {
            CrashWhen::BeforeCommit(commit) => (*commit, true),
            CrashWhen::AfterCommit(commit) | CrashWhen::AfterEffect { commit, .. } => (*commit, false),
            CrashWhen::At(at) => (at.0, false),
        };
        let what = match play(scenario, story, seed, Some(crash), None) {
            Ok(played) => difference(&first, &played),
            Err(why) => Some(why.to_string()),
        };
        sweep.broken.extend(what.map(|what| Broken { node: name, commit, before, what }));
        sweep.runs += 1;
        told(sweep.runs, chosen.len() as u64);
    }
    Ok(sweep)
}

fn points(world: &World<Party>, wanted: &dyn Fn(&str) -> bool) -> Vec<(NodeId, CrashWhen)> {
    let nodes = world.nodes().filter(|node| wanted(world.name(*node)));
    let of = |node: NodeId| {
        let commits = 1..=world.commits(node);
        commits.flat_map(move |n| [(node, CrashWhen::BeforeCommit(n)), (node, CrashWhen::AfterCommit(n))])
    };
    nodes.flat_map(of).collect()
}

/// How a run with a crash differs from the one without, if it matters.
fn difference(first: &Played, played: &Played) -> Option<String> {
    if let Some(violation) = played.report.violations.first() {
        let more = played.report.violations.len() - 1;
        return Some(format!("{}: {} at {} (and {more} more)", violation.checker, violation.what, violation.node));
    }
    let ends = |played: &Played| -> Vec<_> {
        let plans = played.stage.story.deals.iter();
        let side = |deal: Option<&firm::deals::Deal>| {
            deal.map(|deal| {
                (deal.reached(), deal.closed.is_some(), deal.ours.outcome.as_ref().map(|o| o.receipt.outcome))
            })
        };
        plans.map(|plan| crate::run::sides(&played.stage, plan).map(side)).collect()
    };
    let (expected, ended) = (ends(first), ends(played));
    (expected != ended).then(|| format!("it ended as {ended:?} instead of {expected:?}"))
}
