//! A small real machine under the real driver, on a real journal.

use super::*;
use crate::{
    carrier::{FromCarrier, ToCarrier},
    journal::{disk, disk::Switches},
    keystore::Secret,
};
use machine::{AfterCommit, AtOnce, Delivery, Effects, Now, Parcel, Peer, Ticket, Topic, Verdict, WallMs};
use serde::{Deserialize, Serialize};
use std::{
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::mpsc::{UnboundedReceiver, channel, unbounded_channel};

/// A machine that adds up what it is told, and says every sum aloud.
#[derive(Debug, Default, PartialEq)]
struct Till {
    facts: Vec<Fact>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Fact {
    Added { version: u32, amount: u64 },
    Woke { version: u32 },
    Jumped { version: u32 },
}

#[derive(Clone, Debug, Serialize)]
enum Command {
    Add(u64),
    Sum,
    Draw,
    Wake { after_ms: u64 },
    Fail,
}

impl Till {
    fn sum(&self) -> u64 {
        let amounts = self.facts.iter().filter_map(|fact| match fact {
            Fact::Added { amount, .. } => Some(amount),
            _ => None,
        });
        amounts.sum()
    }

    fn add(&mut self, amount: u64, effects: &mut Effects<Till>) {
        self.record(Fact::Added { version: 1, amount }, effects);
    }

    fn record(&mut self, fact: Fact, effects: &mut Effects<Till>) {
        self.apply(&fact);
        effects.records.push(fact);
    }

    fn asked(&mut self, now: Now, entropy: &mut Entropy, command: Command, effects: &mut Effects<Till>) -> u64 {
        match command {
            Command::Add(amount) => {
                self.add(amount, effects);
                effects.at_once.push(AtOnce::Dial(Peer(vec![1]), vec![]));
                let to = Peer(vec![1]);
                effects.after_commit.push(AfterCommit::Send { to, parcel: Parcel(amount), bytes: vec![0; 100] });
                effects.after_commit.push(AfterCommit::Publish(Topic::Log, vec![1]));
                effects.after_commit.push(AfterCommit::AskHuman(amount));
            }
            Command::Sum => {}
            Command::Draw => return u64::from(entropy.seed("draw").0[0]) + (u64::from(entropy.seed("draw").0[0]) << 8),
            Command::Wake { after_ms } => effects.at_once.push(AtOnce::WakeAt(now.mono + after_ms)),
            Command::Fail => panic!("the machine has a fault"),
        }
        self.sum()
    }
}

impl Machine for Till {
    type Heard = u64;
    type Command = Command;
    type Answer = u64;
    type Decision = u64;
    type Approval = u64;
    type Record = Fact;
    type Note = &'static str;
    type Ground = u64;

    fn ground(&self) -> u64 {
        self.sum()
    }

    fn handle(&mut self, now: Now, entropy: &mut Entropy, input: Input<Self>) -> Effects<Self> {
        let mut effects = Effects::none();
        match input {
            Input::Started => effects.at_once.push(AtOnce::Note("started")),
            Input::Heard(records) => {
                for (ticket, amount) in records {
                    self.add(amount, &mut effects);
                    effects.at_once.extend(ticket.map(|ticket| AtOnce::Verdict(ticket, Verdict::Accept)));
                }
            }
            Input::Received { delivery, bytes, .. } => {
                self.add(bytes.len() as u64, &mut effects);
                effects.after_commit.push(AfterCommit::Receipt(delivery));
            }
            Input::Asked { ask, command } => {
                let answer = self.asked(now, entropy, command, &mut effects);
                effects.after_commit.push(AfterCommit::Reply(ask, answer));
            }
            Input::Decided { ask, decision } => effects.after_commit.push(AfterCommit::Reply(ask, decision)),
            Input::Woke => self.record(Fact::Woke { version: 1 }, &mut effects),
            Input::ClockJumped => self.record(Fact::Jumped { version: 1 }, &mut effects),
            _ => {}
        }
        effects
    }

    fn apply(&mut self, record: &Fact) {
        self.facts.push(record.clone());
    }
}

struct Run {
    handle: Handle<Till>,
    carrier: UnboundedReceiver<ToCarrier>,
    heard: Arc<Mutex<Vec<String>>>,
    wall: Arc<AtomicU64>,
    outbox: Outbox,
    clock: Clock,
}

fn key() -> Secret {
    Secret::new([7; 32])
}

fn run(records: Vec<Fact>, journal: Journal) -> Run {
    let (outbox, carrier) = unbounded_channel();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let (notes, approvals) = (heard.clone(), heard.clone());
    let wall = Arc::new(AtomicU64::new(1_000_000));
    let skew = wall.clone();
    let since = std::time::Instant::now();
    let clock = Clock::with_wall(move || WallMs(skew.load(Ordering::SeqCst) + since.elapsed().as_millis() as u64));
    let world = World {
        clock: clock.clone(),
        entropy: Entropy::new([3; 32]),
        carrier: outbox.clone(),
        on_note: Box::new(move |note: &&str| notes.lock().unwrap().push(note.to_string())),
        on_ask_human: Box::new(move |amount| approvals.lock().unwrap().push(format!("approve {amount}"))),
    };
    let handle = spawn(Till::default(), records, journal, world).unwrap();
    Run { handle, carrier, heard, wall, outbox, clock }
}

/// A run on a disk in memory that a test can fill and hold.
fn run_on_disk() -> (Run, Switches) {
    let (database, switches) = disk::disk(u64::MAX);
    (run(vec![], Journal::begin(database, Path::new("in memory"), &key()).unwrap()), switches)
}

async fn hold_one_flush(run: &Run, switches: &Switches, amount: u64) -> tokio::task::JoinHandle<Result<u64, Stopped>> {
    switches.hold_flushes();
    let handle = run.handle.clone();
    let asking = tokio::spawn(async move { handle.ask(Command::Add(amount)).await });
    let switches = switches.clone();
    tokio::task::spawn_blocking(move || switches.wait_for_held_flush()).await.unwrap();
    asking
}

fn words(carrier: &mut UnboundedReceiver<ToCarrier>) -> Vec<ToCarrier> {
    std::iter::from_fn(|| carrier.try_recv().ok()).collect()
}

fn dial() -> ToCarrier {
    ToCarrier::Dial(Peer(vec![1]), vec![])
}

fn send(amount: u64) -> ToCarrier {
    ToCarrier::Send { to: Peer(vec![1]), parcel: Parcel(amount), bytes: vec![0; 100] }
}

#[tokio::test(flavor = "multi_thread")]
async fn words_leave_only_when_the_disk_has_what_they_rest_on() {
    let (mut run, switches) = run_on_disk();
    let asking = hold_one_flush(&run, &switches, 5).await;
    assert_eq!(words(&mut run.carrier), [dial()], "only what misleads nobody leaves before the flush");
    assert!(!asking.is_finished());
    assert_eq!(*run.heard.lock().unwrap(), ["started"], "nobody is asked to decide on what may be forgotten");
    switches.let_flush();
    assert_eq!(asking.await.unwrap().unwrap(), 5);
    assert_eq!(words(&mut run.carrier), [send(5), ToCarrier::Publish(Topic::Log, vec![1])]);
    assert_eq!(*run.heard.lock().unwrap(), ["started", "approve 5"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_stops_the_node_with_its_reason_and_nothing_leaves() {
    let (mut run, switches) = run_on_disk();
    assert_eq!(run.handle.ask(Command::Add(5)).await.unwrap(), 5);
    assert_eq!(words(&mut run.carrier).len(), 3);
    switches.room.store(0, Ordering::SeqCst);
    let refused = run.handle.ask(Command::Add(6)).await.unwrap_err();
    assert!(refused.to_string().contains("the disk is full; free some space"), "{refused}");
    assert_eq!(words(&mut run.carrier), [dial()]);
    assert!(matches!(run.handle.view(Till::sum).await, Err(Stopped::Commit(_))), "nobody sees the undurable sum");
    assert!(matches!(run.handle.stop().await, Err(Stopped::Commit(_))));
    assert_eq!(*run.handle.committed().borrow(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fills_up_at_any_write_never_lets_an_undurable_word_out() {
    let mut lengths = std::collections::BTreeSet::new();
    for extra in (0..40).map(|step| step * 2_048) {
        let (database, switches) = disk::disk(u64::MAX);
        let journal = Journal::begin(database, Path::new("in memory"), &key()).unwrap();
        switches.room.store(extra, Ordering::SeqCst);
        let mut run = run(vec![], journal);
        let mut answered = Vec::new();
        for amount in 1..=50 {
            match run.handle.ask(Command::Add(amount)).await {
                Ok(_) => answered.push(amount),
                Err(_) => break,
            }
        }
        let sent: Vec<ToCarrier> =
            words(&mut run.carrier).into_iter().filter(|word| matches!(word, ToCarrier::Send { .. })).collect();
        assert_eq!(sent, answered.iter().map(|amount| send(*amount)).collect::<Vec<_>>(), "room for {extra} B");
        assert_eq!(run.handle.tally().rows, answered.len() as u64);
        lengths.insert(answered.len());
    }
    assert!(lengths.len() > 3, "the disk must fill up at different moments: {lengths:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_replays_the_same_state() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.redb");
    let first = run(vec![], Journal::create(&path, &key()).unwrap());
    for amount in 1..=10 {
        first.handle.ask(Command::Add(amount)).await.unwrap();
    }
    let before = first.handle.view(|till| till.facts.clone()).await.unwrap();
    first.handle.stop().await.unwrap();
    let (journal, records) = Journal::open::<Fact>(&path, &key()).unwrap();
    let second = run(records, journal);
    assert_eq!(second.handle.view(|till| till.facts.clone()).await.unwrap(), before);
    assert_eq!(second.handle.ask(Command::Sum).await.unwrap(), 55);
    assert_eq!(second.handle.tally().commits, 0, "looking costs no flush");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_inputs_share_a_few_flushes() {
    let (run, switches) = run_on_disk();
    let asking = hold_one_flush(&run, &switches, 1).await;
    for _ in 0..1_000 {
        run.handle.input(Input::Heard(vec![(None, 1)])).await.unwrap();
    }
    switches.let_flush();
    asking.await.unwrap().unwrap();
    assert_eq!(run.handle.ask(Command::Sum).await.unwrap(), 1_001);
    let tally = run.handle.tally();
    assert_eq!((tally.inputs, tally.rows), (1_003, 1_001));
    assert!(tally.commits <= 50, "{tally:?}");
    println!("{tally:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_sees_committed_state_only() {
    let (run, switches) = run_on_disk();
    let asking = hold_one_flush(&run, &switches, 5).await;
    run.handle.input(Input::Heard(vec![(None, 1)])).await.unwrap();
    let handle = run.handle.clone();
    let viewing = tokio::spawn(async move {
        let committed = handle.committed();
        handle.view(move |till| (till.sum(), *committed.borrow())).await
    });
    while run.handle.room.available_permits() > INBOX_MAX - 2 {
        tokio::task::yield_now().await;
    }
    assert!(!viewing.is_finished(), "the first sum is in memory but not on the disk");
    switches.let_flush();
    assert_eq!(viewing.await.unwrap().unwrap(), (6, 2), "it was queued into the second batch and saw it committed");
    asking.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_that_never_reads_holds_up_nothing() {
    let (mut run, _switches) = run_on_disk();
    for amount in 0..500 {
        run.handle.ask(Command::Add(amount)).await.unwrap();
    }
    assert_eq!(words(&mut run.carrier).len(), 1_500, "everything waits for the carrier, in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_alarm_rings_once_and_replaces_the_others() {
    let (run, _switches) = run_on_disk();
    let mut committed = run.handle.committed();
    run.handle.ask(Command::Wake { after_ms: 1 << 40 }).await.unwrap();
    run.handle.ask(Command::Wake { after_ms: 10 }).await.unwrap();
    committed.wait_for(|commits| *commits == 1).await.unwrap();
    assert_eq!(run.handle.view(|till| till.facts.clone()).await.unwrap(), [Fact::Woke { version: 1 }]);
    assert_eq!(run.handle.tally().rows, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_jump_of_the_wall_clock_is_told_before_anything_else() {
    let (run, _switches) = run_on_disk();
    run.wall.fetch_add(4_000, Ordering::SeqCst);
    run.handle.ask(Command::Add(1)).await.unwrap();
    run.wall.fetch_add(4_000, Ordering::SeqCst);
    run.handle.ask(Command::Add(2)).await.unwrap();
    run.wall.fetch_sub(60_000, Ordering::SeqCst);
    run.handle.ask(Command::Add(3)).await.unwrap();
    let added = |amount| Fact::Added { version: 1, amount };
    let jumped = || Fact::Jumped { version: 1 };
    let facts = run.handle.view(|till| till.facts.clone()).await.unwrap();
    assert_eq!(facts, [added(1), jumped(), added(2), jumped(), added(3)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_copies_of_a_machine_draw_differently() {
    let (one, _disk) = run_on_disk();
    let (copy, _other_disk) = run_on_disk();
    let mut draws = Vec::new();
    for run in [&one, &copy] {
        for _ in 0..8 {
            draws.push(run.handle.ask(Command::Draw).await.unwrap());
        }
    }
    assert_ne!(draws[..8], draws[8..]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_in_the_machine_stops_it_and_in_a_view_does_not() {
    let (run, _switches) = run_on_disk();
    let handle = run.handle.clone();
    let looking = tokio::spawn(async move { handle.view(|_| panic!("a page has a fault")).await });
    assert!(looking.await.unwrap_err().is_panic());
    assert_eq!(run.handle.decide(9).await.unwrap(), 9, "the machine goes on");
    let why = run.handle.ask(Command::Fail).await.unwrap_err();
    assert!(matches!(&why, Stopped::Panicked(text) if text == "the machine has a fault"), "{why}");
    assert!(matches!(run.handle.input(Input::Woke).await, Err(Stopped::Panicked(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_heard_is_checked_first_and_told_in_order() {
    let (mut run, _switches) = run_on_disk();
    let (report, reports) = channel(64);
    let gossip = |ticket, bytes: &[u8]| FromCarrier::Gossip {
        topic: Topic::Adverts,
        ticket: Ticket(ticket),
        from: Peer(vec![2]),
        bytes: bytes.into(),
    };
    let received = FromCarrier::Received { from: Peer(vec![2]), delivery: Delivery(1), bytes: vec![0; 1_000] };
    for event in [gossip(1, &[10]), gossip(2, b"bad"), gossip(3, b""), received, gossip(4, &[20])] {
        report.send(event).await.unwrap();
    }
    drop(report);
    let check: Check<Till> = Arc::new(|_, bytes, _, _| match bytes {
        [] => panic!("the check has a fault"),
        [amount] => Ok(u64::from(*amount)),
        _ => Err(Verdict::Reject),
    });
    listen(reports, run.handle.clone(), run.outbox.clone(), run.clock.clone(), check).await.unwrap();
    let facts = run.handle.view(|till| till.facts.clone()).await.unwrap();
    assert_eq!(facts, [10, 1_000, 20].map(|amount| Fact::Added { version: 1, amount }));
    let mut said = words(&mut run.carrier);
    assert_eq!(said.iter().filter(|word| **word == ToCarrier::Receipt(Delivery(1))).count(), 1);
    said.retain(|word| matches!(word, ToCarrier::Verdict(..)));
    said.sort_by_key(|word| format!("{word:?}"));
    let verdict = |ticket, verdict| ToCarrier::Verdict(Ticket(ticket), verdict);
    let (accept, ignore, reject) = (Verdict::Accept, Verdict::Ignore, Verdict::Reject);
    assert_eq!(said, [verdict(1, accept), verdict(2, reject), verdict(3, ignore), verdict(4, accept)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_machine_stops_in_order_when_nobody_can_ask_any_more() {
    let (run, _switches) = run_on_disk();
    let mut end = run.handle.end.clone();
    drop(run);
    let why = end.wait_for(Option::is_some).await.unwrap().clone();
    assert!(matches!(why, Some(Stopped::AsAsked)));
}
