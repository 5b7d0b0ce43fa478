//! A seeded world in virtual time, in which production machines run unchanged.
//!
//! ```text
//!            copies · parcels · alarms · people                records         commit (1..disk ms)
//!   queue ─────────────────────────────────▶ inbox ─▶ handle ─────────▶ batch ─────────────────▶ journal
//!     ▲                                                 │ at once: verdict · alarm · dial            │
//!     └─────────────────────────────────────────────────┴────────── after commit: send · publish · ask a person
//! ```
//!
//! The world decides *when* things happen and *what gets lost*; it never decides for a machine and never changes a message.
//! Each node handles and commits on one thread, as under the real driver: while a commit is under way its inputs wait and
//! become the next batch (`MCH-2`). A crash loses the inbox, the batch and everything that was not released; a restart
//! makes a fresh machine and applies the journal (`MCH-1`). Time is a number, chance comes from the run's seed, and nothing
//! iterates over a map in random order: the same seed gives the same [`machine::TraceHash`] on every computer.
//!
//! Not modelled: bandwidth, the carrier's own handshakes, and how long `handle` computes.

mod fate;
mod gossip;
mod links;
mod node;
mod parcels;
mod people;
mod queue;
mod setup;
#[cfg(test)]
mod tests;
mod witness;

pub use gossip::{SEEN_FOR_MS, TopicTraffic, Traffic, VERDICT_WITHIN_MS};
pub use parcels::PARCEL_TIMEOUT_MS;
pub use setup::{
    Asleep, Check, CrashAt, CrashWhen, Graph, Make, Millionths, Network, NodeId, NodeSpec, Partition, Setup, Sharing,
    VirtualMs,
};
pub use witness::{BootSeen, CommitSeen, EndSeen, Fate, Findings, Place, ReleaseSeen, TurnSeen, Violation, Witness};

use crate::script::Errand;
use gossip::{Gossip, MessageId};
use links::{Link, LinkId};
use machine::{Ask, Chance, Delivery, Input, Machine, Now, Parcel, Peer, Recording, Ticket, Trace, TraceHash};
use node::Node;
use queue::Queue;
use std::collections::BTreeMap;

/// So many events within one millisecond are not traffic but a machine that wakes or answers itself without end. A flood of
/// 3,000 records over 300 nodes with 8 neighbours is 7 million copies, but spread over the delays of its links.
const EVENTS_PER_MS_MAX: u64 = 2_000_000;

/// The name under which the world itself reports a machine that breaks the contract.
const CONTRACT: &str = "contract";

/// What is planned.
enum Event<M: Machine> {
    Boot(NodeId),
    Crash { node: NodeId, restart_after_ms: Option<u64> },
    Sleep(NodeId),
    Wake(NodeId),
    PartitionBegins(usize),
    PartitionEnds(usize),
    LinkChanged { node: NodeId, run: u32, link: LinkId, up: bool },
    Copy { to: NodeId, link: LinkId, epoch: u32, message: MessageId },
    Parcel { to: NodeId, link: LinkId, epoch: u32, run: u32, parcel: Parcel, bytes: Vec<u8> },
    Receipt { to: NodeId, link: LinkId, epoch: u32, run: u32, parcel: Parcel },
    Overdue { node: NodeId, run: u32, parcel: Parcel },
    Committed { node: NodeId, run: u32 },
    Alarm { node: NodeId, run: u32, set: u64 },
    Asked { node: NodeId, ask: Ask, errand: Option<Errand>, input: Box<Input<M>> },
    Remind { node: NodeId, errand: Errand },
}

/// The next free name of each kind that the driver gives out.
#[derive(Default)]
struct Names {
    ticket: u64,
    ask: u64,
    delivery: u64,
}

impl Names {
    fn ticket(&mut self) -> Ticket {
        self.ticket += 1;
        Ticket(self.ticket)
    }

    fn ask(&mut self) -> Ask {
        self.ask += 1;
        Ask(self.ask)
    }

    fn delivery(&mut self) -> Delivery {
        self.delivery += 1;
        Delivery(self.delivery)
    }
}

/// A world of nodes that each hold one machine.
pub struct World<M: Machine> {
    setup: Setup,
    at: VirtualMs,
    events: u64,
    events_this_ms: u64,
    stuck: bool,
    queue: Queue<Event<M>>,
    nodes: Vec<Node<M>>,
    by_peer: BTreeMap<Peer, NodeId>,
    links: Vec<Link>,
    partitions: Vec<(Partition, bool)>,
    gossip: Gossip<M>,
    weather: Chance,
    names: Names,
    witnesses: Vec<Box<dyn Witness<M>>>,
    findings: Findings,
    trace: Trace,
    traffic: Traffic,
    #[cfg(test)]
    pub(crate) speaks_before_commit: bool,
}

/// How a run ended.
#[derive(Debug)]
pub struct Outcome {
    /// How far virtual time went.
    pub virtual_ms: VirtualMs,
    /// How many events happened.
    pub events: u64,
    /// What the network carried.
    pub traffic: Traffic,
    /// Figures of the witnesses.
    pub counts: BTreeMap<&'static str, u64>,
    /// Broken promises, at most 1,000 of them.
    pub violations: Vec<Violation>,
    /// How many promises were broken in all.
    pub violations_total: u64,
    /// SHA-256 over every turn; `None` for a world that is not traced.
    pub trace_hash: Option<TraceHash>,
}

/// One run of a node, to be run again. Secret, as [`Recording`] is.
pub struct RecordedRun<'a, M: Machine> {
    /// The durable records it started from.
    pub start: &'a [M::Record],
    /// Its inputs.
    pub recording: &'a Recording<M>,
    /// The hash of its own turns, which [`Recording::replay`] must give again.
    pub hash: TraceHash,
}

impl<M: Machine> World<M> {
    /// An empty world.
    pub fn new(setup: Setup, sharing: Sharing, check: Check<M>) -> Self {
        World {
            at: VirtualMs(0),
            events: 0,
            events_this_ms: 0,
            stuck: false,
            queue: Queue::new(),
            nodes: Vec::new(),
            by_peer: BTreeMap::new(),
            links: Vec::new(),
            partitions: Vec::new(),
            gossip: Gossip::new(sharing, check),
            weather: setup.seed.chance("weather", &[]),
            names: Names::default(),
            witnesses: Vec::new(),
            findings: Findings::default(),
            trace: Trace::default(),
            traffic: Traffic::default(),
            #[cfg(test)]
            speaks_before_commit: false,
            setup,
        }
    }

    /// Adds a node and plans its first start.
    pub fn add(&mut self, spec: NodeSpec<M>) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        let boots_at = spec.boots_at;
        let node = Node::new(self.setup.seed, id, spec);
        self.by_peer.insert(node.peer.clone(), id);
        self.nodes.push(node);
        self.queue.plan(boots_at, Event::Boot(id));
        id
    }

    /// Keeps the inputs of a node for run replay, from its next start.
    pub fn record(&mut self, node: NodeId) {
        self.nodes[node.index()].recorded = true;
    }

    /// Adds a witness. Those that come first see first.
    pub fn witness(&mut self, witness: impl Witness<M> + 'static) {
        self.witnesses.push(Box::new(witness));
    }

    /// Lets everything happen up to and including `until`.
    pub fn run_until(&mut self, until: VirtualMs) {
        while self.step(until) {}
        self.at = self.at.max(until);
    }

    /// Lets things happen until `seen` says yes or `until` is reached; whether it said yes.
    pub fn run_until_seen(&mut self, until: VirtualMs, mut seen: impl FnMut(&Self) -> bool) -> bool {
        loop {
            if seen(self) {
                return true;
            }
            if !self.step(until) {
                self.at = self.at.max(until);
                return false;
            }
        }
    }

    /// Ends the run: witnesses have their last word. The world can still be read afterwards.
    pub fn finish(&mut self) -> Outcome {
        for id in (0..self.nodes.len() as u32).map(NodeId) {
            let node = &self.nodes[id.index()];
            let end = EndSeen {
                place: node.place(id, self.at),
                machine: node.machine.as_ref(),
                uncommitted: !node.records.is_empty(),
                journal: &node.journal,
                make: &*node.make,
            };
            for witness in &mut self.witnesses {
                witness.ended(&end, self.findings.of(witness.name()));
            }
        }
        Outcome {
            virtual_ms: self.at,
            events: self.events,
            traffic: self.traffic.clone(),
            counts: self.witnesses.iter().flat_map(|witness| witness.counts()).collect(),
            violations: self.violations(),
            violations_total: self.findings.total(),
            trace_hash: self.trace_hash(),
        }
    }

    /// Promises broken so far, at most 1,000 of them.
    pub fn violations(&self) -> Vec<Violation> {
        self.findings.violations(|id| self.name(id).to_owned())
    }

    /// SHA-256 over every turn so far; `None` for a world that is not traced.
    pub fn trace_hash(&self) -> Option<TraceHash> {
        self.setup.traced.then(|| self.trace.hash())
    }

    /// Virtual time.
    pub fn at(&self) -> VirtualMs {
        self.at
    }

    /// All nodes.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + use<M> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// A node's name.
    pub fn name(&self, node: NodeId) -> &str {
        &self.nodes[node.index()].name
    }

    /// A node's transport identity.
    pub fn peer(&self, node: NodeId) -> &Peer {
        &self.nodes[node.index()].peer
    }

    /// The clocks of a node.
    pub fn now(&self, node: NodeId) -> Now {
        self.nodes[node.index()].now(self.at, self.setup.start)
    }

    /// A node's machine; `None` while it is down.
    pub fn machine(&self, node: NodeId) -> Option<&M> {
        self.nodes[node.index()].machine.as_ref()
    }

    /// A node's machine as it is before its journal is replayed.
    pub fn made(&self, node: NodeId) -> M {
        (self.nodes[node.index()].make)()
    }

    /// A node's durable records.
    pub fn journal(&self, node: NodeId) -> &[M::Record] {
        &self.nodes[node.index()].journal
    }

    /// How many commits with records a node made in its life: one crash point before and one after each.
    pub fn commits(&self, node: NodeId) -> u64 {
        self.nodes[node.index()].commits
    }

    /// Whether a commit of this node is under way, so that its machine is ahead of its journal.
    pub fn is_committing(&self, node: NodeId) -> bool {
        self.nodes[node.index()].committing
    }

    /// What the network carried so far.
    pub fn traffic(&self) -> &Traffic {
        &self.traffic
    }

    /// The recording of a node's current run. `None` for a node that is not recorded or never started.
    pub fn recording(&self, node: NodeId) -> Option<RecordedRun<'_, M>> {
        let node = &self.nodes[node.index()];
        let kept = node.recording.as_ref()?;
        let start = &node.journal[..kept.replayed];
        Some(RecordedRun { start, recording: &kept.recording, hash: kept.trace.hash() })
    }

    fn step(&mut self, until: VirtualMs) -> bool {
        if self.stuck {
            return false;
        }
        let Some((at, event)) = self.queue.next(until) else { return false };
        self.events += 1;
        self.events_this_ms = if at == self.at { self.events_this_ms + 1 } else { 0 };
        self.at = at;
        self.happen(event);
        if self.events_this_ms > EVENTS_PER_MS_MAX {
            self.stuck = true;
            let place = Place { at, node: NodeId(0), run: 0 };
            self.findings.of(CONTRACT).add(place, "time stands still: too many events within one millisecond");
        }
        true
    }

    fn happen(&mut self, event: Event<M>) {
        match event {
            Event::Boot(node) => self.boot(node),
            Event::Crash { node, restart_after_ms } => self.crash(node, restart_after_ms),
            Event::Sleep(node) => self.fall_asleep(node),
            Event::Wake(node) => self.wake_up(node),
            Event::PartitionBegins(index) => self.partition(index, true),
            Event::PartitionEnds(index) => self.partition(index, false),
            Event::LinkChanged { node, run, link, up } => self.link_changed(node, run, link, up),
            Event::Copy { to, link, epoch, message } => self.copy_arrives(to, link, epoch, message),
            Event::Parcel { to, link, epoch, run, parcel, bytes } => {
                self.parcel_arrives(to, link, epoch, run, parcel, bytes);
            }
            Event::Receipt { to, link, epoch, run, parcel } => self.receipt_arrives(to, link, epoch, run, parcel),
            Event::Overdue { node, run, parcel } => self.parcel_overdue(node, run, parcel),
            Event::Committed { node, run } => self.commit_done(node, run),
            Event::Alarm { node, run, set } => self.alarm(node, run, set),
            Event::Asked { node, ask, errand, input } => self.asked(node, ask, errand, input),
            Event::Remind { node, errand } => self.remind(node, errand),
        }
    }
}

impl NodeId {
    fn index(self) -> usize {
        self.0 as usize
    }
}
