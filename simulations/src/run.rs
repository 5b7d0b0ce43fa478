//! One run: a scenario is staged, played and checked.
//!
//! The run ends when every deal that the story names is over and everybody had time to catch up, or at the scenario's last
//! hour. Every promise has its checker from the first moment, the set-up included.

use crate::checkers::{
    ApprovalNeverImplied, AsTold, AuthorNeverFirst, DealAgreement, DurableBeforeAudible, IdentityAfterOptIn,
    LentBeforeOffered, LogConverges, OneVerdict, OnlyLiveAdvertsMatch, PolicyKept, ReplayEquals,
};
use crate::chronicle::{Chronicle, Reached};
use crate::party::Party;
use crate::report::{Lines, Paper};
use crate::stage::{Stage, Unstaged};
use crate::story::{DealPlan, Ending, Story};
use crate::world::{CrashAt, Setup, Violation, VirtualMs};
use crate::{Report, RunSeed, Scenario, ScenarioError};
use firm::deals::Deal;
use machine::WallMs;
use protocol::dialogue::Step;
use serde_json::{Value, json};

/// Virtual time goes on in slices of this many milliseconds, so that whoever waits for lines or pages is served between them.
pub(crate) const SLICE_MS: u64 = 3_600_000;

/// When all is over, nodes have this long to fill each other's gaps: eighteen rounds of catch-up.
const SETTLE_MS: u64 = 3 * 3_600_000;

/// In a region of more than this many firms turns are not traced, and states are compared at every so-manieth commit of one in so
/// many nodes: a week of 300 firms is 1,500 commits each, and a comparison writes out a whole state twice.
const LARGE_FIRMS: usize = 50;
const LARGE_COMPARE_EVERY: u64 = 500;
const LARGE_COMPARE_ONE_IN: u32 = 10;

/// A run that is over.
pub struct Played {
    /// The stage as it was left.
    pub stage: Stage,
    /// What is reported.
    pub report: Report,
    /// Which steps were reached when.
    pub reached: Reached,
}

/// Why a scenario cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum Unplayed {
    /// The scenario does not hold together.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The story cannot be staged.
    #[error(transparent)]
    Unstaged(#[from] Unstaged),
}

/// Plays a scenario with its story. `crash` befalls besides what the scenario plans; `paper` takes the lines of the run.
pub fn play(
    scenario: &Scenario,
    story: &Story,
    seed: RunSeed,
    crash: Option<CrashAt>,
    paper: Option<&Paper>,
) -> Result<Played, Unplayed> {
    let (mut stage, reached) = stage(scenario, story, seed, crash, paper)?;
    run_on(&mut stage, scenario.until());
    let mut report = Report::new(&scenario.name, seed, stage.world.finish());
    report.outcomes.insert("deals".to_owned(), json!(deals(&stage, &reached)));
    report.outcomes.insert("steps".to_owned(), steps(&reached));
    report.violations.extend(otherwise(&stage, scenario.ends));
    Ok(Played { stage, report, reached })
}

/// Sets the stage: every checker watches, everybody is admitted, and every firm has entered what it has and needs.
pub(crate) fn stage(
    scenario: &Scenario,
    story: &Story,
    seed: RunSeed,
    crash: Option<CrashAt>,
    paper: Option<&Paper>,
) -> Result<(Stage, Reached), Unplayed> {
    let large = story.firms.len() > LARGE_FIRMS;
    let mut setup = Setup::new(seed, WallMs(scenario.start.0));
    setup.network = scenario.links();
    setup.traced = !large;
    let mut stage = Stage::at_pace(story.clone(), scenario.passes, setup, scenario.pace_of_cells())?;
    let (every, one_in) = if large { (LARGE_COMPARE_EVERY, LARGE_COMPARE_ONE_IN) } else { (1, 1) };
    let reached = watch(&mut stage, ReplayEquals::new(every, Party::digest).of_one_in(one_in), paper);
    scenario.plan_on(&mut stage)?;
    if let Some(crash) = crash {
        stage.world.plan_crash(crash);
    }
    stage.set_up(scenario.graph())?;
    Ok((stage, reached))
}

/// Lets every checker watch.
fn watch(stage: &mut Stage, replay_equals: ReplayEquals<Party>, paper: Option<&Paper>) -> Reached {
    let (canaries, known) = (stage.canaries(), stage.known());
    let names: Vec<String> = known.iter().map(|party| party.id.clone()).collect();
    let world = &mut stage.world;
    world.witness(OneVerdict::default());
    world.witness(DurableBeforeAudible::default());
    world.witness(replay_equals);
    world.witness(IdentityAfterOptIn::new(canaries, known));
    world.witness(ApprovalNeverImplied::default());
    world.witness(PolicyKept::default());
    world.witness(AsTold::new(stage.story.clone(), names.clone()));
    world.witness(LentBeforeOffered::default());
    world.witness(DealAgreement::default());
    world.witness(OnlyLiveAdvertsMatch::default());
    world.witness(AuthorNeverFirst::default());
    world.witness(LogConverges::default());
    if let Some(paper) = paper {
        world.witness(Lines::new(names.clone(), paper.clone()));
    }
    let paper = paper.cloned();
    let (chronicle, reached) = Chronicle::new(move |node: u32, at: VirtualMs, deal, step: Step| {
        if let Some(paper) = &paper {
            let name = names.get(node as usize).map_or("", String::as_str);
            paper.line(&json!({"at_ms": at, "node": name, "event": "step", "detail": {"deal": deal, "step": step}}));
        }
    });
    world.witness(chronicle);
    reached
}

/// Plays until everything that the story names is over and has settled, or until the end.
pub(crate) fn run_on(stage: &mut Stage, until: VirtualMs) {
    let mut ends = None;
    while stage.world.at() < until {
        let slice = (stage.world.at() + SLICE_MS).min(until);
        stage.world.run_until(slice);
        if ends.is_none() && all_over(stage) {
            ends = Some(stage.world.at() + SETTLE_MS);
        }
        if ends.is_some_and(|end| stage.world.at() >= end) {
            return;
        }
    }
}

fn all_over(stage: &Stage) -> bool {
    let named = || stage.story.deals.iter().filter(|plan| plan.offer.is_some() && plan.need.is_some());
    let over = |plan: &DealPlan| {
        let [offer, need] = sides(stage, plan);
        [offer, need].into_iter().all(|deal| deal.is_some_and(|deal| !deal.is_open()))
    };
    named().next().is_some() && named().all(over)
}

/// The deal between two named items, as each side holds it; the offering side first. A deal that only one firm holds, because the other
/// never heard of it, counts for every plan about its item.
pub(crate) fn sides<'a>(stage: &'a Stage, plan: &DealPlan) -> [Option<&'a Deal>; 2] {
    let about = |path: &Option<String>| -> Vec<&'a Deal> {
        let Some((firm, item)) = path.as_ref().and_then(|path| path.split_once('/')) else { return Vec::new() };
        let (Some(plan), Some(firm)) = (stage.story.firm(firm), stage.firm(firm)) else { return Vec::new() };
        let Some(plan) = plan.items.iter().find(|plan| plan.id == item) else { return Vec::new() };
        let ours =
            |deal: &&Deal| firm.profile.item(&deal.item).is_some_and(|item| item.draft.title == plan.entry.title);
        firm.deals.all().filter(ours).collect()
    };
    let (offers, needs) = (about(&plan.offer), about(&plan.need));
    let common = offers.iter().find(|deal| needs.iter().any(|other| other.id == deal.id)).copied();
    let holders = |deal: &&&Deal| {
        let firms = stage.story.firms.iter().filter_map(|plan| stage.firm(&plan.id));
        firms.filter(|firm| firm.deals.deal(&deal.id).is_some()).count()
    };
    let of = |deals: &[&'a Deal]| {
        let shared = common.and_then(|common| deals.iter().find(|deal| deal.id == common.id));
        shared.or_else(|| deals.iter().find(|deal| holders(deal) == 1)).copied()
    };
    [of(&offers), of(&needs)]
}

/// Every deal that the story names, side by side.
fn deals(stage: &Stage, reached: &Reached) -> Vec<Value> {
    let named = stage.story.deals.iter().filter(|plan| plan.offer.is_some() && plan.need.is_some());
    named
        .map(|plan| {
            let [offer, need] = sides(stage, plan);
            let side = |path: &Option<String>, deal: Option<&Deal>| {
                let node = path.as_ref().and_then(|path| stage.node(path.split('/').next()?));
                let steps = deal.zip(node).map(|(deal, node)| reached.of(node.0, deal.id)).unwrap_or_default();
                json!({
                    "item": path,
                    "deal": deal.map(|deal| deal.id),
                    "reached": deal.map(|deal| deal.reached()),
                    "closed": deal.is_some_and(|deal| deal.closed.is_some()),
                    "outcome": deal.and_then(|deal| deal.ours.outcome.as_ref()).map(|said| said.receipt.outcome),
                    "steps": steps.iter().map(|(step, at)| (step.name().to_owned(), json!(at))).collect::<serde_json::Map<_, _>>(),
                })
            };
            json!([side(&plan.offer, offer), side(&plan.need, need)])
        })
        .collect()
}

/// For each step, how many sides of deals reached it.
fn steps(reached: &Reached) -> Value {
    let counts = reached.counts();
    Value::Object(counts.into_iter().map(|(step, count)| (step.name().to_owned(), json!(count))).collect())
}

/// What ended otherwise than it should: as the story says, or all alike.
fn otherwise(stage: &Stage, all: Option<Ending>) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut say = |node: &str, what: String| {
        let at_ms = stage.world.at();
        found.push(Violation { checker: "ending".to_owned(), node: node.to_owned(), at_ms, what });
    };
    for plan in stage.story.deals.iter().filter(|plan| plan.offer.is_some() && plan.need.is_some()) {
        let ending = all.unwrap_or(plan.ends);
        for (path, deal) in [&plan.offer, &plan.need].into_iter().zip(sides(stage, plan)) {
            let firm = path.as_ref().and_then(|path| path.split('/').next()).unwrap_or_default();
            let outcome = deal.and_then(|deal| deal.ours.outcome.as_ref()).map(|said| said.receipt.outcome);
            let sent = deal.is_some_and(|deal| deal.ours.key.is_some());
            let shown = deal.is_some_and(|deal| deal.identity.is_some());
            match ending {
                Ending::Completed => {
                    let reached = deal.map(|deal| deal.reached());
                    if reached != Some(Step::Outcome) || outcome != Some(plan.outcome) {
                        let reached = reached.map_or("nothing", Step::name);
                        say(firm, format!("it should have ended {}, and reached {reached}", plan.outcome));
                    }
                }
                Ending::Nameless | Ending::Avoided if deal.is_none_or(|deal| deal.is_open()) => {
                    say(firm, "the deal should have begun and ended, and did not".to_owned());
                }
                Ending::Nameless | Ending::Avoided if shown => say(firm, "a name was shown".to_owned()),
                Ending::Nameless if sent => say(firm, "a name or its key was sent".to_owned()),
                Ending::Silent if deal.is_some() => say(firm, "a deal began that nobody decided on".to_owned()),
                Ending::Nameless | Ending::Avoided | Ending::Silent => {}
            }
        }
    }
    found
}
