//! The stories that must work, played in virtual time with every checker watching.

mod annex;
mod ot_security;
mod plc_specialist;
mod press_line;
mod quality_manager;

use calendar::span::Hours;
use calendar::zone::Zone;
use firm::approvals::Status;
use firm::availability;
use firm::command::Refusal;
use firm::record::Event;
use machine::Machine;
use protocol::dialogue::{CloseReason, Step};
use protocol::genesis::PassScheme;
use protocol::time::Day;
use serde_json::Value;
use simulations::party::{Party, Record};
use simulations::stage::Stage;
use simulations::story::{FirmPlan, Story};
use simulations::world::{CrashAt, CrashWhen, NodeId, Setup, VirtualMs, World};
use simulations::{CellsPlan, Paper, Played, RunSeed, Scenario, play, sweep};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(format!("{name}.toml"))
}

fn played(name: &str, seed: Option<u64>) -> Played {
    let (scenario, story) = Scenario::read(&file(name), seed.map(RunSeed)).unwrap();
    let played = play(&scenario, &story, scenario.seed, None, None).unwrap();
    assert_eq!(played.report.violations, [], "{name}");
    played
}

/// A story in good weather: it ends as it says, decided by whom it says, and everybody learnt what it says and nothing else. With it,
/// every line of the run.
fn as_told(name: &str) -> (Played, Vec<Value>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("stories").join(format!("{name}.toml"));
    let (mut scenario, mut story) = Scenario::read(&path, None).unwrap();
    // Who could link which pass is no matter of these stories.
    scenario.passes = PassScheme::Plain;
    assert!(!story.decides.is_empty(), "the story says who decides, so that it is held to it");
    // A week of work is twenty seconds of a test.
    story.deals.iter_mut().for_each(|deal| deal.work_days = 0);
    let paper = Paper::default();
    let played = play(&scenario, &story, scenario.seed, None, Some(&paper)).unwrap();
    assert_eq!(played.report.violations, [], "{name}");
    let lines = String::from_utf8(paper.take()).unwrap();
    (played, lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// What the people of a firm were refused, in order.
fn refusals(lines: &[Value], firm: &str) -> Vec<Refusal> {
    let replies = lines.iter().filter(|line| line["event"] == "reply" && line["node"] == firm);
    replies.filter_map(|line| serde_json::from_value(line["detail"]["firm"]["refused"].clone()).ok()).collect()
}

/// The hours that a firm committed to deals, as they were booked last.
fn committed(played: &Played, firm: &str) -> Hours {
    let (mut booked, mut committed) = (BTreeMap::new(), BTreeSet::new());
    for record in played.stage.world.journal(played.stage.node(firm).unwrap()) {
        match record {
            Record::Firm(firm::record::Record { event: Event::Availability(event), .. }) => match event {
                availability::Event::Booked { deal, hours, .. } => drop(booked.insert(*deal, hours.clone())),
                availability::Event::Committed { deal, .. } => drop(committed.insert(*deal)),
                _ => {}
            },
            _ => {}
        }
    }
    let hours = booked.into_iter().filter(|(deal, _)| committed.contains(deal));
    hours.flat_map(|(_, hours)| hours.spans().to_vec()).collect()
}

/// Hours in each week that has some.
fn weekly(hours: &Hours) -> Vec<i64> {
    let zone = Zone::named("America/Toronto").unwrap();
    let mut weeks = BTreeMap::new();
    for span in hours.spans() {
        *weeks.entry(Day(zone.day(span.from())).week()).or_insert(0) += span.seconds() / 3_600;
    }
    weeks.into_values().collect()
}

/// What a process of its own says at the end of a run, and its exit code.
fn run_alone(name: &str, seed: u64) -> (Value, Option<i32>) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_cosolvent-sim"));
    let out = program.arg("run").arg(file(name)).args(["--json", "--seed", &seed.to_string()]).output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    (serde_json::from_str(text.lines().last().unwrap()).unwrap(), out.status.code())
}

#[test]
fn the_idle_shift_reaches_every_step_in_order_on_both_sides_and_ends_completed() {
    let played = played("idle-shift", None);
    let sides = &played.report.outcomes["deals"][0];
    for side in [&sides[0], &sides[1]] {
        let at = |step: &Step| side["steps"][step.name()].as_u64().unwrap_or_else(|| panic!("{step} in {side}"));
        assert!(Step::ALL.iter().map(at).is_sorted(), "{side}");
        assert_eq!(side["outcome"], "completed");
    }
}

#[test]
fn the_idle_shift_is_decided_by_its_own_people_and_each_side_learns_what_is_told_at_each_step() {
    as_told("idle-shift");
}

#[test]
fn bystanders_of_the_idle_shift_match_neither_side_of_it() {
    let played = played("idle-shift", None);
    for id in ["housings", "practitioner", "guidance", "laboratory", "fabricator"] {
        let firm = played.stage.firm(id).unwrap();
        let adverts = ["supplier", "buyer"].map(|id| played.stage.firm(id).unwrap().market.adverts.clone());
        let theirs = adverts.iter().flat_map(|adverts| adverts.values());
        let matched = theirs.filter(|own| firm.matches.all().any(|(_, advert, _)| advert == own.record));
        assert_eq!(matched.count(), 0, "{id}");
    }
}

#[test]
fn the_same_seed_gives_the_same_trace_in_two_processes() {
    let (one, code) = run_alone("idle-shift", 5);
    let (other, _) = run_alone("idle-shift", 5);
    assert_eq!(code, Some(0));
    assert_eq!(one["trace_hash"].as_str().unwrap().len(), 64);
    assert_eq!(one, other);
}

#[test]
fn two_seeds_of_a_lossy_network_differ_and_both_complete() {
    let (one, other) = (played("lossy", Some(1)), played("lossy", Some(2)));
    assert_ne!(one.report.trace_hash, other.report.trace_hash);
    let lost = |played: &Played| played.report.outcomes["traffic"]["envelopes"]["lost"].as_u64();
    assert!(lost(&one) > Some(0) && lost(&other) > Some(0));
}

#[test]
fn a_firm_that_is_avoided_by_name_is_never_told_ours_and_nobody_sees_its_name() {
    // POL-8, RVL-9: the supplier wrote first and asked to be second.
    let played = played("avoided-firm", None);
    let supplier = played.stage.firm("supplier").unwrap();
    let deal = supplier.deals.all().next().unwrap();
    assert!(deal.ours.opt_in.is_some() && deal.theirs.opt_in.is_some(), "people of both sides said yes");
    assert!(deal.ours.key.is_none() && deal.identity.is_none());
    let closed = deal.closed.clone().unwrap();
    assert_eq!((closed.by_us, closed.reason, closed.note), (true, CloseReason::Declined, None));
    let buyer = played.stage.firm("buyer").unwrap();
    assert!(buyer.deals.all().all(|deal| deal.identity.is_none() && deal.ours.key.is_some()));
}

#[test]
fn a_refused_exchange_of_names_ends_the_deal_and_tells_no_name() {
    let played = played("declined-opt-in", None);
    for id in ["supplier", "buyer"] {
        for deal in played.stage.firm(id).unwrap().deals.all() {
            assert!(deal.closed.is_some() && deal.identity.is_none() && deal.ours.key.is_none(), "{id}");
        }
    }
}

#[test]
fn first_words_that_are_never_answered_do_not_wait_for_ever() {
    let played = played("unanswered", None);
    let supplier = played.stage.firm("supplier").unwrap();
    let deal = supplier.deals.all().next().unwrap();
    let closed = deal.closed.as_ref().unwrap();
    assert!(closed.by_us && closed.reason == CloseReason::Lapsed);
    assert_eq!(deal.theirs, firm::deals::Party::default(), "nothing came back");
}

#[test]
fn where_nobody_decides_everything_lapses_and_nobody_learns_anything() {
    let played = played("absent-approver", None);
    let supplier = played.stage.firm("supplier").unwrap();
    assert_eq!(supplier.approvals.all().map(|asked| asked.status.clone()).collect::<Vec<_>>(), [Status::Lapsed]);
    assert_eq!(supplier.audit.rows(), []);
    assert_eq!(played.stage.firm("buyer").unwrap().deals.all().count(), 0);
}

#[test]
fn business_that_runs_goes_on_without_its_sponsor() {
    let played = played("sponsor-vanishes", None);
    assert!(played.stage.world.machine(played.stage.node("lakeshore").unwrap()).is_none());
}

/// `PTH-3`: what is late leaves again, so a relay that loses its power with cells in hand costs time and nothing else.
#[test]
fn over_relays_the_idle_shift_completes_and_no_author_is_heard_first_even_when_the_relays_lose_their_power() {
    let (mut scenario, mut story) = Scenario::read(&file("relays"), None).unwrap();
    // Hours instead of weeks, so that a real market's pace can be played.
    story.deals[0].work_days = 0;
    scenario.cells = Some(CellsPlan { cell_s: 120, delay_s: 60, travel_s: 600 });
    for (hours, firm) in (1..).zip(["housings", "practitioner", "guidance", "laboratory", "fabricator"]) {
        let text = format!("node = \"{firm}\"\nat_ms = {}\nrestart_after_ms = 600000", hours * 1_800_000);
        scenario.crashes.push(toml::from_str(&text).unwrap());
    }
    let played = play(&scenario, &story, scenario.seed, None, None).unwrap();
    assert_eq!(played.report.violations, []);
    let count = |name: &str| played.report.outcomes["counts"][name].as_u64().unwrap();
    assert!(count("cells") > 1_000 && count("published_by_exits") > 10);
}

/// Crash points of the idle shift between these firms, every so-manieth; `cosolvent-sim run simulations/scenarios/idle-shift.toml
/// --crash-sweep` runs them all.
fn swept(passes: PassScheme, every: u64, firms: impl Fn(&FirmPlan) -> bool) -> Vec<String> {
    let (scenario, mut story) = Scenario::read(&file("idle-shift"), None).unwrap();
    let scenario = Scenario { passes, ..scenario };
    story.firms.retain(firms);
    // The weeks of work are the same commits again and again.
    story.deals[0].work_days = 0;
    let sweep = sweep(&scenario, &story, scenario.seed, (every, &|_| true), |_, _| {}).unwrap();
    assert!(sweep.runs > 40, "{} runs", sweep.runs);
    sweep.broken.iter().map(|one| format!("{one:?}")).collect()
}

#[test]
fn a_crash_before_or_after_any_commit_changes_nothing_that_matters() {
    assert_eq!(swept(PassScheme::Plain, 5, |_| true), [] as [&str; 0]);
}

/// Two firms and both sponsors: every batch is hidden, signed and opened anew in each run.
#[test]
fn nor_does_one_while_passes_are_blind() {
    let parties = ["supplier", "buyer"];
    assert_eq!(swept(PassScheme::Blind, 5, |firm| parties.contains(&firm.id.as_str())), [] as [&str; 0]);
}

/// The idle shift with these firms only, at the moment at which everybody has passes at hand and nobody has been at a desk yet.
fn staged(firms: &[&str]) -> Stage {
    let (scenario, mut story) = Scenario::read(&file("idle-shift"), None).unwrap();
    story.firms.retain(|firm| firms.contains(&firm.id.as_str()));
    let setup = Setup::new(scenario.seed, machine::WallMs(scenario.start.0));
    let mut stage = Stage::new(story, PassScheme::Plain, setup).unwrap();
    stage.set_up(scenario.graph()).unwrap();
    let settled = stage.world.at() + 500;
    stage.world.run_until(settled);
    stage
}

/// `SYN-6`: the author loses its power between writing its advert down and saying it, so gossip never carries it. Its one
/// neighbour fetches it when the author is back; somebody who never meets the author has it before any round of catch-up.
#[test]
fn news_that_one_neighbour_fetched_travel_on_to_those_who_never_meet_their_author() {
    for between in ["lakeshore", "housings"] {
        let mut stage = staged(&["buyer", "supplier", between]);
        let [author, far, near] = ["buyer", "supplier", between].map(|id| stage.node(id).unwrap());
        for other in stage.world.nodes().filter(|other| *other != near) {
            stage.world.disconnect(author, other);
            stage.world.disconnect(far, other);
        }
        let until = stage.world.at() + 60_000;
        let own =
            |world: &World<Party>| world.machine(author)?.firm()?.market.adverts.values().next().map(|own| own.record);
        assert!(stage.world.run_until_seen(until, |world| own(world).is_some()), "{between}: nothing was advertised");
        let advert = own(&stage.world).unwrap();
        let has = |world: &World<Party>, node: NodeId| world.machine(node).unwrap().shelf().find(&advert).is_some();
        let when = CrashWhen::AfterCommit(stage.world.commits(author) + 1);
        stage.world.plan_crash(CrashAt { node: author, when, restart_after_ms: Some(5_000) });
        let away = stage.world.at() + 4_000;
        stage.world.run_until(away);
        assert!(stage.world.machine(author).is_none(), "{between}: the power was not lost");
        assert!(!has(&stage.world, near) && !has(&stage.world, far), "{between}: gossip carried it");

        let round = VirtualMs(9 * 60_000);
        assert!(stage.world.run_until_seen(round, |world| has(world, near)), "{between} did not fetch it");
        assert!(stage.world.run_until_seen(round, |world| has(world, far)), "{between} kept the news to itself");
    }
}

#[test]
fn a_recorded_firm_replays_to_the_same_hash_and_state() {
    let (scenario, mut story) = Scenario::read(&file("idle-shift"), None).unwrap();
    story.deals[0].work_days = 0;
    let setup = Setup::new(scenario.seed, machine::WallMs(scenario.start.0));
    let mut stage = Stage::new(story, scenario.passes, setup).unwrap();
    let buyer = stage.node("buyer").unwrap();
    stage.world.record(buyer);
    stage.set_up(scenario.graph()).unwrap();
    stage.world.run_until(VirtualMs(3_600_000));
    let kept = stage.world.recording(buyer).unwrap();
    let mut party = stage.world.made(buyer);
    kept.start.iter().for_each(|record| party.apply(record));
    let (replayed, hash) = kept.recording.replay(party, buyer.0);
    assert_eq!(hash, kept.hash);
    assert_eq!(replayed.digest(), stage.world.machine(buyer).unwrap().digest());
    assert!(replayed.firm().unwrap().deals.all().all(|deal| deal.reached() == Step::Outcome));
}

#[test]
fn a_small_region_keeps_every_promise_for_two_days() {
    let text = std::fs::read_to_string(file("region")).unwrap();
    let text = text.replace("firms = 300", "firms = 30").replace("hours = 168", "hours = 48");
    let scenario = Scenario::parse(&text).unwrap();
    let story: Story = scenario.region.as_ref().unwrap().story(scenario.seed);
    let played = play(&scenario, &story, scenario.seed, None, None).unwrap();
    assert_eq!(played.report.violations, []);
    assert!(played.reached.counts()[&Step::Interest] > 0);
}
