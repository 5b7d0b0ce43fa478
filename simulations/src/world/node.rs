//! One node: its machine, its journal, and the driver's discipline between the two.
//!
//! Inputs are handled in order in batches. A batch without records is over at once; one with records is over when its
//! commit is, and until then new inputs wait. At-once effects act while the batch is open, all others when it is durable.

use super::gossip::Claim;
use super::links::LinkId;
use super::parcels::Origin;
use super::{CommitSeen, CrashWhen, Event, Make, NodeId, NodeSpec, Place, ReleaseSeen, TurnSeen, VirtualMs, World};
use crate::script::{Errand, Script};
use crate::seed::{RunSeed, draw};
use machine::{
    AfterCommit, Ask, AtOnce, Batch, Chance, Delivery, Entropy, Input, Machine, MonoMs, Now, Parcel, Peer, Recording,
    Ticket, Trace, Turn, WallMs,
};
use std::collections::{BTreeMap, VecDeque};

/// The inputs of a node's current run.
pub(super) struct Recorded<M: Machine> {
    /// How many records the run started from.
    pub(super) replayed: usize,
    pub(super) recording: Recording<M>,
    pub(super) trace: Trace,
}

/// Everything the world knows of one node. What a crash forgets is listed in `World::crash`.
pub(super) struct Node<M: Machine> {
    pub(super) name: String,
    pub(super) peer: Peer,
    pub(super) make: Make<M>,
    pub(super) people: Option<Box<dyn Script<M>>>,
    pub(super) skew_ms: i64,
    pub(super) recorded: bool,
    pub(super) neighbours: Vec<(NodeId, LinkId)>,
    pub(super) crashes: Vec<(CrashWhen, Option<u64>)>,
    pub(super) disk: Chance,
    pub(super) minds: Chance,

    pub(super) run: u32,
    pub(super) machine: Option<M>,
    pub(super) entropy: Entropy,
    pub(super) booted_at: VirtualMs,
    pub(super) asleep_since: Option<VirtualMs>,
    pub(super) slept_ms: u64,
    pub(super) alarm: Option<MonoMs>,
    pub(super) alarms_set: u64,

    pub(super) journal: Vec<M::Record>,
    pub(super) batches: u64,
    pub(super) commits: u64,
    pub(super) inbox: VecDeque<Input<M>>,
    pub(super) records: Vec<M::Record>,
    pub(super) speech: Vec<AfterCommit<M>>,
    pub(super) committing: bool,
    pub(super) recording: Option<Recorded<M>>,

    /// Events that wait until this node is up and awake.
    pub(super) waiting: Vec<Event<M>>,
    /// By message, the second at which it was last seen, plus one; zero is never.
    pub(super) seen: Vec<u32>,
    pub(super) tickets: BTreeMap<Ticket, Claim>,
    pub(super) deliveries: BTreeMap<Delivery, Origin>,
    pub(super) outstanding: BTreeMap<Parcel, LinkId>,
    pub(super) asks: BTreeMap<Ask, Option<Errand>>,
    pub(super) unanswered: Vec<Errand>,
    pub(super) answers: BTreeMap<Ask, M::Answer>,
}

impl<M: Machine> Node<M> {
    pub(super) fn new(seed: RunSeed, id: NodeId, spec: NodeSpec<M>) -> Self {
        let number = [u64::from(id.0)];
        Node {
            name: spec.name,
            peer: spec.peer.unwrap_or_else(|| Peer(seed.bytes("peer", &number).to_vec())),
            make: spec.make,
            people: spec.people,
            skew_ms: spec.skew_ms,
            recorded: spec.recorded,
            neighbours: Vec::new(),
            crashes: Vec::new(),
            disk: seed.chance("disk", &number),
            minds: seed.chance("minds", &number),
            run: 0,
            machine: None,
            entropy: Entropy::new([0; 32]),
            booted_at: VirtualMs(0),
            asleep_since: None,
            slept_ms: 0,
            alarm: None,
            alarms_set: 0,
            journal: Vec::new(),
            batches: 0,
            commits: 0,
            inbox: VecDeque::new(),
            records: Vec::new(),
            speech: Vec::new(),
            committing: false,
            recording: None,
            waiting: Vec::new(),
            seen: Vec::new(),
            tickets: BTreeMap::new(),
            deliveries: BTreeMap::new(),
            outstanding: BTreeMap::new(),
            asks: BTreeMap::new(),
            unanswered: Vec::new(),
            answers: BTreeMap::new(),
        }
    }

    pub(super) fn place(&self, node: NodeId, at: VirtualMs) -> Place {
        Place { at, node, run: self.run }
    }

    /// Both clocks. The monotonic one stands still while the computer sleeps, as Linux's does.
    pub(super) fn now(&self, at: VirtualMs, start: WallMs) -> Now {
        let awake_until = self.asleep_since.unwrap_or(at);
        let mono = awake_until.0.saturating_sub(self.booted_at.0).saturating_sub(self.slept_ms);
        let wall = start.0.saturating_add(at.0).saturating_add_signed(self.skew_ms);
        Now { wall: WallMs(wall), mono: MonoMs(mono) }
    }

    /// Whether others can reach it and its people can use it.
    pub(super) fn reachable(&self) -> bool {
        self.machine.is_some() && self.asleep_since.is_none()
    }

    fn crash_due(&mut self, matches: impl Fn(CrashWhen) -> bool) -> Option<(CrashWhen, Option<u64>)> {
        let index = self.crashes.iter().position(|(when, _)| matches(*when))?;
        Some(self.crashes.remove(index))
    }
}

impl<M: Machine> World<M> {
    /// Gives a node one input: now, or with the next batch when a commit is under way.
    pub(super) fn take(&mut self, id: NodeId, input: Input<M>) {
        let node = &mut self.nodes[id.index()];
        node.inbox.push_back(input);
        if !node.committing {
            self.work(id);
        }
    }

    /// Handles what waits, batch by batch, until nothing waits or a commit must be awaited.
    pub(super) fn work(&mut self, id: NodeId) {
        while !self.nodes[id.index()].inbox.is_empty() {
            self.batch(id);
            let node = &mut self.nodes[id.index()];
            #[cfg(test)]
            let early = self.speaks_before_commit;
            #[cfg(not(test))]
            let early = false;
            if node.records.is_empty() || early {
                for effect in std::mem::take(&mut node.speech) {
                    self.release(id, effect);
                }
            }
            let node = &mut self.nodes[id.index()];
            if !node.records.is_empty() {
                node.committing = true;
                let takes_ms = draw(&mut node.disk, 1, self.setup.disk_ms_max);
                self.queue.plan(self.at + takes_ms, Event::Committed { node: id, run: node.run });
                return;
            }
        }
    }

    fn batch(&mut self, id: NodeId) {
        let node = &mut self.nodes[id.index()];
        let fresh = self.setup.seed.bytes("batch", &[u64::from(id.0), node.batches]);
        node.batches += 1;
        node.entropy.mix(&fresh);
        let mono = node.now(self.at, self.setup.start).mono;
        let mut batch = Batch::open(mono);
        let mut opening = Some(fresh);
        while let Some(input) = self.nodes[id.index()].inbox.pop_front() {
            self.turn(id, input, opening.take());
            batch.count();
            if batch.is_full(mono, self.nodes[id.index()].inbox.is_empty()) {
                return;
            }
        }
    }

    fn turn(&mut self, id: NodeId, input: Input<M>, fresh: Option<[u8; 32]>) {
        let node = &mut self.nodes[id.index()];
        let now = node.now(self.at, self.setup.start);
        let place = node.place(id, self.at);
        let Some(machine) = node.machine.as_mut() else { return };
        let watched = self.setup.traced || !self.witnesses.is_empty() || node.recording.is_some();
        let kept = watched.then(|| input.clone());
        let effects = machine.handle(now, &mut node.entropy, input);
        if let Some(input) = kept {
            if self.setup.traced {
                self.trace.turn(now, id.0, &input, &effects);
            }
            let seen = TurnSeen { place, now, input: &input, effects: &effects, machine };
            for witness in &mut self.witnesses {
                witness.turn(&seen, self.findings.of(witness.name()));
            }
            if let Some(kept) = &mut node.recording {
                kept.trace.turn(now, id.0, &input, &effects);
                kept.recording.turns.push(Turn { now, fresh, input });
            }
        }
        node.records.extend(effects.records);
        node.speech.extend(effects.after_commit);
        for effect in effects.at_once {
            self.act_at_once(id, effect);
        }
    }

    fn act_at_once(&mut self, id: NodeId, effect: AtOnce<M>) {
        match effect {
            AtOnce::Verdict(ticket, verdict) => self.verdict(id, ticket, verdict),
            AtOnce::Dial(peer, _) => self.dial(id, &peer),
            AtOnce::HangUp(peer) => self.hang_up(id, &peer),
            AtOnce::WakeAt(mono) => self.set_alarm(id, mono),
            AtOnce::Note(_) => {}
        }
    }

    /// A commit is durable: what waited for it may be said, and what arrived meanwhile is handled.
    pub(super) fn commit_done(&mut self, id: NodeId, run: u32) {
        let node = &mut self.nodes[id.index()];
        if node.run != run || node.machine.is_none() {
            return;
        }
        if node.asleep_since.is_some() {
            node.waiting.push(Event::Committed { node: id, run });
            return;
        }
        let commit = node.commits + 1;
        if let Some((_, restart)) = node.crash_due(|when| when == CrashWhen::BeforeCommit(commit)) {
            return self.crash(id, restart);
        }
        node.commits = commit;
        let first = node.journal.len();
        node.journal.append(&mut node.records);
        if let Some(machine) = &node.machine {
            let records = &node.journal[first..];
            let seen = CommitSeen { place: node.place(id, self.at), commit, records, machine };
            for witness in &mut self.witnesses {
                witness.committed(&seen, self.findings.of(witness.name()));
            }
        }
        self.speak(id, commit);
    }

    fn speak(&mut self, id: NodeId, commit: u64) {
        let node = &mut self.nodes[id.index()];
        let speech = std::mem::take(&mut node.speech);
        let crash = node.crash_due(|when| match when {
            CrashWhen::AfterCommit(n) => n == commit,
            CrashWhen::AfterEffect { commit: n, .. } => n == commit,
            CrashWhen::BeforeCommit(_) | CrashWhen::At(_) => false,
        });
        let allowed = match crash {
            Some((CrashWhen::AfterEffect { effects, .. }, _)) => effects,
            Some(_) => 0,
            None => usize::MAX,
        };
        for effect in speech.into_iter().take(allowed) {
            self.release(id, effect);
        }
        if let Some((_, restart)) = crash {
            return self.crash(id, restart);
        }
        self.nodes[id.index()].committing = false;
        self.work(id);
    }

    fn release(&mut self, id: NodeId, effect: AfterCommit<M>) {
        let seen = ReleaseSeen { place: self.nodes[id.index()].place(id, self.at), effect: &effect };
        for witness in &mut self.witnesses {
            witness.released(&seen, self.findings.of(witness.name()));
        }
        match effect {
            AfterCommit::Send { to, parcel, bytes } => self.send(id, &to, parcel, bytes),
            AfterCommit::Publish(topic, bytes) => self.publish(id, topic, bytes),
            AfterCommit::Reply(ask, answer) => self.answer(id, ask, answer),
            AfterCommit::Receipt(delivery) => self.receipt(id, delivery),
            AfterCommit::AskHuman(approval) => self.ask_human(id, &approval),
        }
    }
}
