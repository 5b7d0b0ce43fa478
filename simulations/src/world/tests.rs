//! Promises of the world itself, tried on the trial machine.

use super::{
    Asleep, CrashAt, CrashWhen, Graph, Millionths, NodeId, NodeSpec, Partition, Setup, Sharing, VirtualMs, World,
};
use crate::script::Pace;
use crate::trial::{Approver, Command, Counter, Fault, START, ask_and_wait, check, world};
use crate::{RunSeed, checkers};
use machine::{Ask, Machine, TraceHash, Verdict};
use std::collections::BTreeSet;

const A: NodeId = NodeId(0);
const B: NodeId = NodeId(1);
const C: NodeId = NodeId(2);

fn honest(count: u32) -> World<Counter> {
    world(count, 1, Fault::None, |_| {})
}

fn values(world: &World<Counter>, node: NodeId) -> Vec<u64> {
    world.machine(node).map(|m| m.durable.entries.iter().map(|entry| entry.value).collect()).unwrap_or_default()
}

fn all_hold(world: &World<Counter>, entries: usize) -> bool {
    world.nodes().all(|id| values(world, id).len() == entries)
}

fn nothing_broken(world: &mut World<Counter>) {
    assert_eq!(world.finish().violations, []);
}

fn lossy_run(seed: u64) -> TraceHash {
    let mut world = world(8, seed, Fault::None, |setup| setup.network.loss = Millionths(100_000));
    for id in world.nodes() {
        let next = world.peer(NodeId((id.0 + 1) % 8)).clone();
        world.ask(id, Command::Add(u64::from(id.0)));
        world.ask(id, Command::Tell(next, 3));
    }
    world.run_until(VirtualMs(120_000));
    world.finish().trace_hash.unwrap()
}

#[test]
fn the_same_seed_gives_the_same_trace_and_two_lossy_seeds_differ() {
    assert_eq!(lossy_run(1), lossy_run(1));
    assert_ne!(lossy_run(1), lossy_run(2));
}

/// The bytes of this hash are the promise that every build and computer gives the same run. Changing what a trace absorbs,
/// or how the world draws, changes it knowingly here.
#[test]
fn a_trace_hash_is_the_same_in_every_build() {
    assert_eq!(lossy_run(1).to_string(), "53e7ab81d199c2959e8abb9ee57ccc3088ebf7e66638923a2db7ed8787b9528c");
}

#[test]
fn gossip_reaches_everybody_once() {
    let mut world = honest(10);
    ask_and_wait(&mut world, A, Command::Add(7));
    world.run_until(VirtualMs(10_000));
    assert!(all_hold(&world, 1));
    assert_eq!(world.traffic().adverts.heard, 9);
    assert_eq!(world.traffic().accepted, 9);
    nothing_broken(&mut world);
}

#[test]
fn shared_verdicts_change_nothing_that_a_machine_sees() {
    // Only who was told something takes anything: what one node may take another may not, and soon may.
    let judge = |counter: &Counter, topic, bytes: &[u8], wall| {
        if counter.ground() == 0 { Err(Verdict::Ignore) } else { check(counter, topic, bytes, wall) }
    };
    let run = |sharing| {
        let mut world = World::new(Setup::new(RunSeed(3), START), sharing, Box::new(judge));
        for id in 0..6 {
            world.add(NodeSpec::new("n", move || Counter::new(id, Fault::None, Some(5_000))));
        }
        world.connect_all(Graph::Full);
        for id in 1..6 {
            world.run_until(VirtualMs(u64::from(id) * 10_000));
            let told = world.peer(NodeId(id)).clone();
            ask_and_wait(&mut world, A, Command::Tell(told, 1));
        }
        world.run_until(VirtualMs(60_000));
        assert!(world.traffic().adverts.heard > 0 && world.traffic().adverts.stopped > 0);
        world.finish().trace_hash
    };
    assert_eq!(run(Sharing::Never), run(Sharing::OnEqualGround));
}

#[test]
fn a_crash_before_the_commit_loses_exactly_the_uncommitted() {
    let mut world = honest(2);
    ask_and_wait(&mut world, A, Command::Add(1));
    let commit = world.commits(A) + 1;
    world.plan_crash(CrashAt { node: A, when: CrashWhen::BeforeCommit(commit), restart_after_ms: Some(1_000) });
    let lost = world.ask(A, Command::Add(2));
    world.run_until(VirtualMs(30_000));
    assert_eq!(world.answer_to(A, lost), None);
    assert_eq!(values(&world, A), [1]);
    assert_eq!(values(&world, B), [1], "what was lost was never said");
    nothing_broken(&mut world);
}

#[test]
fn a_crash_after_the_commit_keeps_the_records_and_says_nothing() {
    let mut world = honest(2);
    ask_and_wait(&mut world, B, Command::Add(1));
    world.run_until(VirtualMs(1_000));
    let commit = world.commits(B) + 1;
    world.plan_crash(CrashAt { node: B, when: CrashWhen::AfterCommit(commit), restart_after_ms: None });
    let unsaid = world.ask(B, Command::Add(2));
    world.run_until(VirtualMs(30_000));
    assert_eq!(world.answer_to(B, unsaid), None);
    assert!(world.machine(B).is_none());
    assert_eq!(world.journal(B).len(), 2);
    assert_eq!(values(&world, A), [1]);
    nothing_broken(&mut world);
}

#[test]
fn what_was_said_before_a_crash_is_heard_and_the_rest_is_not() {
    let mut world = honest(2);
    world.run_until(VirtualMs(1_000));
    let when = CrashWhen::AfterEffect { commit: world.commits(B) + 1, effects: 1 };
    world.plan_crash(CrashAt { node: B, when, restart_after_ms: None });
    let half = world.ask(B, Command::Add(2));
    world.run_until(VirtualMs(30_000));
    assert_eq!(values(&world, A), [2], "the copy was on its way");
    assert_eq!(world.answer_to(B, half), None, "the reply came after the crash");
    nothing_broken(&mut world);
}

#[test]
fn a_parcel_is_learned_exactly_once_whichever_commit_a_crash_hits() {
    for node in [A, B] {
        for commit in 1..=4 {
            for when in [CrashWhen::BeforeCommit(commit), CrashWhen::AfterCommit(commit)] {
                let mut world = world(3, commit, Fault::None, |setup| setup.network.loss = Millionths(50_000));
                world.plan_crash(CrashAt { node, when, restart_after_ms: Some(2_000) });
                world.run_until(VirtualMs(1_000));
                let to = world.peer(B).clone();
                let told = world.ask(A, Command::Tell(to, 9));
                world.run_until(VirtualMs(120_000));
                let learned = world.machine(B).unwrap().durable.learned.len();
                let answered = world.answer_to(A, told).is_some();
                assert!(learned == 1 || (!answered && learned == 0), "{node:?} {when:?}: learned {learned}");
                assert!(world.machine(A).unwrap().durable.told.is_empty(), "{node:?} {when:?}: still owed");
                nothing_broken(&mut world);
            }
        }
    }
}

#[test]
fn a_partition_keeps_the_sides_apart_until_it_heals() {
    let mut world = honest(4);
    let nodes = BTreeSet::from([A, B]);
    world.plan_partition(Partition { nodes, from: VirtualMs(1_000), to: VirtualMs(60_000) });
    world.run_until(VirtualMs(5_000));
    world.ask(A, Command::Add(1));
    world.ask(C, Command::Add(2));
    world.run_until(VirtualMs(59_000));
    assert_eq!((values(&world, B), values(&world, C)), (vec![1], vec![2]));
    let healed = world.run_until_seen(VirtualMs(90_000), |world| all_hold(world, 2));
    assert!(healed, "the sides found together again");
    nothing_broken(&mut world);
}

#[test]
fn a_sleeping_computer_hears_nothing_and_catches_up_with_its_clock_stopped() {
    let mut world = honest(3);
    world.plan_sleep(Asleep { node: C, from: VirtualMs(1_000), to: VirtualMs(61_000) });
    world.run_until(VirtualMs(5_000));
    ask_and_wait(&mut world, A, Command::Add(4));
    let waiting = world.ask(C, Command::Add(5));
    world.run_until(VirtualMs(60_000));
    assert!(values(&world, C).is_empty());
    assert!(world.run_until_seen(VirtualMs(90_000), |world| all_hold(world, 2)));
    assert!(world.answer_to(C, waiting).is_some(), "who came to the desk meanwhile was served");
    let (slept, awake) = (world.now(C), world.now(A));
    assert_eq!(slept.wall, awake.wall);
    assert_eq!(awake.mono.0 - slept.mono.0, 60_000);
    nothing_broken(&mut world);
}

#[test]
fn a_machine_that_answers_one_ask_twice_breaks_the_contract() {
    let mut world = world(1, 1, Fault::AnswersTwice, |_| {});
    ask_and_wait(&mut world, A, Command::Add(1));
    let violations = world.finish().violations;
    assert_eq!(violations.len(), 1);
    assert_eq!((violations[0].checker.as_str(), violations[0].node.as_str()), ("contract", "node 0"));
}

#[test]
fn what_nobody_approves_never_happens() {
    let run = |pace| {
        let mut world = World::new(Setup::new(RunSeed(5), START), Sharing::Never, Box::new(check));
        let mut spec = NodeSpec::new("shop", || Counter::new(0, Fault::None, None));
        spec.people = Some(Box::new(Approver(pace)));
        let shop = world.add(spec);
        ask_and_wait(&mut world, shop, Command::AddIfApproved(8));
        world.run_until(VirtualMs(9 * 3_600_000));
        values(&world, shop)
    };
    assert_eq!(run(Pace::Prompt), [8]);
    assert_eq!(run(Pace::Slow), [8]);
    assert_eq!(run(Pace::Absent), [] as [u64; 0]);
}

#[test]
fn a_recorded_run_replays_to_the_same_hash_and_state() {
    let mut world = World::new(Setup::new(RunSeed(6), START), Sharing::Never, Box::new(check));
    let mut spec = NodeSpec::new("recorded", || Counter::new(0, Fault::None, None));
    spec.recorded = true;
    let node = world.add(spec);
    world.add(NodeSpec::new("other", || Counter::new(1, Fault::None, Some(1_000))));
    world.connect_all(Graph::Full);
    world.plan_crash(CrashAt { node, when: CrashWhen::At(VirtualMs(5_500)), restart_after_ms: Some(700) });
    world.run_until(VirtualMs(6_500));
    ask_and_wait(&mut world, node, Command::Add(3));
    world.run_until(VirtualMs(20_000));

    let kept = world.recording(node).unwrap();
    assert!(!kept.start.is_empty(), "the run began after a restart");
    let mut machine = Counter::new(0, Fault::None, None);
    kept.start.iter().for_each(|record| Machine::apply(&mut machine, record));
    let (replayed, replayed_hash) = kept.recording.replay(machine, node.0);
    assert_eq!(replayed_hash, kept.hash);
    assert_eq!(replayed.digest(), world.machine(node).unwrap().digest());
}

#[test]
fn a_verdict_that_waited_for_a_slow_disk_is_late_and_counted() {
    let mut world = world(3, 2, Fault::None, |setup| setup.disk_ms_max = 40_000);
    let ask: Vec<Ask> = (0..6).map(|value| world.ask(A, Command::Add(value))).collect();
    world.run_until(VirtualMs(600_000));
    assert!(ask.iter().all(|ask| world.answer_to(A, *ask).is_some()));
    assert!(world.traffic().late > 0);
    let outcome = world.finish();
    assert_eq!(outcome.violations, []);
}

/// 300 nodes for 7 days, each publishing every 12 hours: 4,200 records, 1.26 million turns, all traced and checked.
#[test]
fn three_hundred_nodes_for_a_week_run_while_one_waits() {
    let mut world = World::new(Setup::new(RunSeed(9), START), Sharing::OnEqualGround, Box::new(check));
    for id in 0..300 {
        let make = move || Counter::new(id, Fault::None, Some(12 * 3_600_000 + u64::from(id) * 1_000));
        world.add(NodeSpec::new(format!("firm {id}"), make));
    }
    world.connect_all(Graph::Neighbours(8));
    world.witness(checkers::OneVerdict::default());
    world.witness(checkers::DurableBeforeAudible::default());
    world.witness(checkers::ReplayEquals::new(1_000, Counter::digest));
    world.run_until(VirtualMs(7 * 24 * 3_600_000 + 300_000));
    assert!(world.machine(A).unwrap().durable.entries.len() >= 300 * 13);
    let outcome = world.finish();
    assert_eq!(outcome.violations, []);
    println!("{} events, {:?}", outcome.events, outcome.traffic.adverts);
}
