//! A small honest machine to try the world on: nodes share a growing set of numbered entries by gossip, tell each other
//! values by parcel exactly once, and add some values only after a person approved.

use crate::checkers::{DurableBeforeAudible, OneVerdict, ReplayEquals};
use crate::world::{CrashAt, CrashWhen, Graph, NodeId, NodeSpec, Setup, Sharing, VirtualMs, World};
use crate::{Act, Desk, Errand, Pace, RunSeed, Script};
use machine::{AfterCommit, Ask, AtOnce, Effects, Entropy, Input, Machine, Now, Parcel, Peer, Topic, Verdict, WallMs};
use rand_core::Rng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// 2027-03-01T08:00:00Z.
pub(crate) const START: WallMs = WallMs(1_803_888_000_000);

/// How a machine breaks its promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    JudgesTwice,
    NeverJudges,
    RemembersInSecret,
    AnswersTwice,
}

/// One entry: who added it, a nonce drawn from its entropy, the value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) origin: u32,
    pub(crate) nonce: u64,
    pub(crate) value: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Record {
    Entered(Entry),
    Told { name: u64, to: Peer, value: u64 },
    Confirmed { name: u64 },
    Learned { from: Peer, name: u64, value: u64 },
    Pending(u64),
    Settled(u64),
}

#[derive(Clone, Debug, Serialize)]
pub(crate) enum Command {
    Add(u64),
    Tell(Peer, u64),
    AddIfApproved(u64),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Word {
    Told(u64, u64),
    Known(Vec<Entry>),
}

/// The state that survives.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Durable {
    pub(crate) entries: BTreeSet<Entry>,
    pub(crate) told: BTreeMap<u64, (Peer, u64)>,
    pub(crate) learned: BTreeMap<(Peer, u64), u64>,
    pub(crate) pending: BTreeSet<u64>,
}

pub(crate) struct Counter {
    id: u32,
    fault: Fault,
    ticks_every_ms: Option<u64>,
    pub(crate) durable: Durable,
    pub(crate) connected: BTreeSet<Peer>,
    on_their_way: BTreeMap<Parcel, u64>,
    parcels: u64,
}

impl Counter {
    pub(crate) fn new(id: u32, fault: Fault, ticks_every_ms: Option<u64>) -> Self {
        Counter {
            id,
            fault,
            ticks_every_ms,
            durable: Durable::default(),
            connected: BTreeSet::new(),
            on_their_way: BTreeMap::new(),
            parcels: 0,
        }
    }

    pub(crate) fn digest(&self) -> [u8; 32] {
        Sha256::digest(minicbor_serde::to_vec(&self.durable).unwrap()).into()
    }

    fn record(&mut self, effects: &mut Effects<Self>, record: Record) {
        self.apply(&record);
        effects.records.push(record);
    }

    fn add(&mut self, entropy: &mut Entropy, effects: &mut Effects<Self>, value: u64) {
        let entry = Entry { origin: self.id, nonce: entropy.chance("nonce").next_u64(), value };
        effects.after_commit.push(AfterCommit::Publish(Topic::Adverts, minicbor_serde::to_vec(&entry).unwrap()));
        self.record(effects, Record::Entered(entry));
    }

    fn send(&mut self, effects: &mut Effects<Self>, to: Peer, word: &Word) {
        self.parcels += 1;
        let parcel = Parcel(self.parcels);
        if let Word::Told(name, _) = word {
            self.on_their_way.insert(parcel, *name);
        }
        effects.after_commit.push(AfterCommit::Send { to, parcel, bytes: minicbor_serde::to_vec(word).unwrap() });
    }

    /// Sends whatever is told and not confirmed to a connected peer.
    fn tell(&mut self, effects: &mut Effects<Self>, to: &Peer) {
        let told: Vec<_> =
            self.durable.told.iter().filter(|(_, (peer, _))| peer == to).map(|(n, (_, v))| (*n, *v)).collect();
        for (name, value) in told {
            if !self.on_their_way.values().any(|on| *on == name) {
                self.send(effects, to.clone(), &Word::Told(name, value));
            }
        }
    }

    fn asked(&mut self, entropy: &mut Entropy, effects: &mut Effects<Self>, command: Command) {
        match command {
            Command::Add(value) => self.add(entropy, effects, value),
            Command::Tell(to, value) => {
                let name = entropy.chance("name").next_u64();
                self.record(effects, Record::Told { name, to: to.clone(), value });
                if self.connected.contains(&to) {
                    self.tell(effects, &to);
                }
            }
            Command::AddIfApproved(value) => {
                self.record(effects, Record::Pending(value));
                effects.after_commit.push(AfterCommit::AskHuman(value));
            }
        }
    }

    fn received(&mut self, effects: &mut Effects<Self>, from: Peer, bytes: &[u8]) {
        match minicbor_serde::from_slice(bytes) {
            Ok(Word::Told(name, value)) => {
                if !self.durable.learned.contains_key(&(from.clone(), name)) {
                    self.record(effects, Record::Learned { from, name, value });
                }
            }
            Ok(Word::Known(entries)) => {
                for entry in entries {
                    if !self.durable.entries.contains(&entry) {
                        let bytes = minicbor_serde::to_vec(&entry).unwrap();
                        effects.after_commit.push(AfterCommit::Publish(Topic::Adverts, bytes));
                        self.record(effects, Record::Entered(entry));
                    }
                }
            }
            Err(_) => {}
        }
    }

    fn heard(&mut self, effects: &mut Effects<Self>, ticket: Option<machine::Ticket>, entry: Entry) {
        if self.fault == Fault::RemembersInSecret {
            self.durable.pending.insert(entry.nonce);
        }
        let known = self.durable.entries.contains(&entry);
        if !known {
            self.record(effects, Record::Entered(entry));
        }
        let verdict = if known { Verdict::Ignore } else { Verdict::Accept };
        let times = match self.fault {
            Fault::JudgesTwice => 2,
            Fault::NeverJudges => 0,
            _ => 1,
        };
        effects.at_once.extend(ticket.into_iter().flat_map(|t| (0..times).map(move |_| AtOnce::Verdict(t, verdict))));
    }
}

impl Machine for Counter {
    type Heard = Entry;
    type Command = Command;
    type Answer = usize;
    type Decision = u64;
    type Approval = u64;
    type Record = Record;
    type Note = ();
    type Ground = u64;

    fn ground(&self) -> u64 {
        self.durable.learned.len() as u64
    }

    fn handle(&mut self, now: Now, entropy: &mut Entropy, input: Input<Self>) -> Effects<Self> {
        let mut effects = Effects::none();
        match input {
            Input::Started => {
                let pending: Vec<u64> = self.durable.pending.iter().copied().collect();
                effects.after_commit.extend(pending.into_iter().map(AfterCommit::AskHuman));
                effects.at_once.extend(self.ticks_every_ms.map(|ms| AtOnce::WakeAt(now.mono + ms)));
            }
            Input::Woke => {
                self.add(entropy, &mut effects, 1);
                effects.at_once.extend(self.ticks_every_ms.map(|ms| AtOnce::WakeAt(now.mono + ms)));
            }
            Input::PeerConnected(peer) => {
                let new = self.connected.insert(peer.clone());
                assert!(new, "connected twice");
                if !self.durable.entries.is_empty() && self.ticks_every_ms.is_none() {
                    let known = Word::Known(self.durable.entries.iter().cloned().collect());
                    self.send(&mut effects, peer.clone(), &known);
                }
                self.tell(&mut effects, &peer);
            }
            Input::PeerGone(peer) => assert!(self.connected.remove(&peer), "gone without having been there"),
            Input::NetworkRestarted => self.connected.clear(),
            Input::Heard(records) => {
                records.into_iter().for_each(|(ticket, entry)| self.heard(&mut effects, ticket, entry));
            }
            Input::Received { from, delivery, bytes } => {
                self.received(&mut effects, from, &bytes);
                effects.after_commit.push(AfterCommit::Receipt(delivery));
            }
            Input::Delivered(parcel) => {
                if let Some(name) = self.on_their_way.remove(&parcel) {
                    self.record(&mut effects, Record::Confirmed { name });
                }
            }
            Input::Undelivered(parcel) => {
                let to = self.on_their_way.remove(&parcel).and_then(|name| self.durable.told.get(&name));
                if let Some((to, _)) = to.cloned().filter(|(to, _)| self.connected.contains(to)) {
                    self.tell(&mut effects, &to);
                }
            }
            Input::Asked { ask, command } => {
                self.asked(entropy, &mut effects, command);
                if self.fault == Fault::AnswersTwice {
                    effects.after_commit.push(AfterCommit::Reply(ask, 0));
                }
                effects.after_commit.push(AfterCommit::Reply(ask, self.durable.entries.len()));
            }
            Input::Decided { ask, decision } => {
                if self.durable.pending.contains(&decision) {
                    self.record(&mut effects, Record::Settled(decision));
                    self.add(entropy, &mut effects, decision);
                }
                effects.after_commit.push(AfterCommit::Reply(ask, self.durable.entries.len()));
            }
            Input::ClockJumped => {}
        }
        effects
    }

    fn apply(&mut self, record: &Record) {
        match record.clone() {
            Record::Entered(entry) => drop(self.durable.entries.insert(entry)),
            Record::Told { name, to, value } => drop(self.durable.told.insert(name, (to, value))),
            Record::Confirmed { name } => drop(self.durable.told.remove(&name)),
            Record::Learned { from, name, value } => drop(self.durable.learned.insert((from, name), value)),
            Record::Pending(value) => drop(self.durable.pending.insert(value)),
            Record::Settled(value) => drop(self.durable.pending.remove(&value)),
        }
    }
}

/// Approves everything, at its pace.
pub(crate) struct Approver(pub(crate) Pace);

impl Script<Counter> for Approver {
    fn asked(&mut self, desk: Desk<'_, Counter>, approval: &u64) -> Vec<Act<Counter>> {
        let delay = self.0.delay_ms(desk.chance);
        let decide = |after_ms| Act::Decide { after_ms, errand: Errand(*approval), decision: *approval };
        delay.map(decide).into_iter().collect()
    }
}

pub(crate) fn check(_: &Counter, _: Topic, bytes: &[u8], _: WallMs) -> Result<Entry, Verdict> {
    minicbor_serde::from_slice(bytes).map_err(|_| Verdict::Reject)
}

/// A world of counters; `adjust` changes its setup.
pub(crate) fn world(count: u32, seed: u64, fault: Fault, adjust: impl FnOnce(&mut Setup)) -> World<Counter> {
    let mut setup = Setup::new(RunSeed(seed), START);
    adjust(&mut setup);
    let mut world = World::new(setup, Sharing::Never, Box::new(check));
    for id in 0..count {
        let mut spec = NodeSpec::new(format!("node {id}"), move || Counter::new(id, fault, None));
        spec.people = Some(Box::new(Approver(Pace::Prompt)));
        world.add(spec);
    }
    world.connect_all(Graph::Full);
    world.witness(OneVerdict::default());
    world.witness(DurableBeforeAudible::default());
    world.witness(ReplayEquals::new(1, Counter::digest));
    world
}

/// A world with a little of everything, a crash included, over a minute.
pub(crate) fn region(count: u32, fault: Fault) -> World<Counter> {
    let mut world = world(count, 1, fault, |_| {});
    world.plan_crash(CrashAt { node: NodeId(1), when: CrashWhen::AfterCommit(2), restart_after_ms: Some(3_000) });
    for id in world.nodes() {
        let next = world.peer(NodeId((id.0 + 1) % count)).clone();
        world.ask(id, Command::Add(1));
        world.ask(id, Command::Tell(next, 5));
        world.ask(id, Command::AddIfApproved(u64::from(id.0)));
    }
    world
}

/// Runs a minute and gives what the named checker found.
pub(crate) fn violations_of(checker: &str, mut world: World<Counter>) -> Vec<String> {
    world.run_until(VirtualMs(60_000));
    let found = world.finish().violations;
    found.into_iter().filter(|v| v.checker == checker).map(|v| v.what).collect()
}

/// Asks, runs until answered, and gives the answer.
pub(crate) fn ask_and_wait(world: &mut World<Counter>, node: NodeId, command: Command) -> (Ask, usize) {
    let ask = world.ask(node, command);
    let until = world.at() + 60_000;
    assert!(world.run_until_seen(until, |world| world.answer_to(node, ask).is_some()), "no answer in a minute");
    (ask, *world.answer_to(node, ask).unwrap())
}
