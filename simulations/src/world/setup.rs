//! What a world is made of, and what shall go wrong in it.

use crate::{RunSeed, Script, draw};
use machine::{Machine, Peer, Topic, Verdict, WallMs};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Add;

/// Milliseconds since the world began. Nobody inside the world can read it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VirtualMs(pub u64);

impl Add<u64> for VirtualMs {
    type Output = VirtualMs;
    /// Later by `ms` milliseconds.
    fn add(self, ms: u64) -> VirtualMs {
        VirtualMs(self.0.saturating_add(ms))
    }
}

/// A node of the world, by the order in which it was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub u32);

/// A chance in millionths: 10,000 is one percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millionths(pub u32);

/// How the links behave.
#[derive(Clone, Copy, Debug)]
pub struct Network {
    /// One way delay of a link, in milliseconds; each link draws its own base between half and one and a half times this.
    pub latency_ms: u64,
    /// Each message takes up to this much longer, in milliseconds. More than zero lets messages overtake each other.
    pub jitter_ms: u64,
    /// How many gossip copies, parcels and receipts are lost.
    pub loss: Millionths,
}

impl Network {
    /// One way delay of the link between two nodes, in milliseconds, before jitter.
    pub(crate) fn base_ms(&self, seed: RunSeed, [a, b]: [NodeId; 2]) -> u64 {
        let latency_ms = self.latency_ms.max(1);
        let mut chance = seed.chance("link", &[u64::from(a.0.min(b.0)), u64::from(a.0.max(b.0))]);
        draw(&mut chance, latency_ms.div_ceil(2), latency_ms + latency_ms / 2)
    }
}

impl Default for Network {
    /// A region on ordinary lines: 20 ms, little jitter, nothing lost.
    fn default() -> Self {
        Network { latency_ms: 20, jitter_ms: 10, loss: Millionths(0) }
    }
}

/// The whole world's properties.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    /// Decides every chance.
    pub seed: RunSeed,
    /// What a correct wall clock shows when the world begins.
    pub start: WallMs,
    /// How the links behave.
    pub network: Network,
    /// A commit takes 1 to this many milliseconds.
    pub disk_ms_max: u64,
    /// Whether every turn goes into the trace hash. Costs one encoding per turn.
    pub traced: bool,
}

impl Setup {
    /// A traced world with ordinary links and disks (1 to 5 ms).
    pub fn new(seed: RunSeed, start: WallMs) -> Self {
        Setup { seed, start, network: Network::default(), disk_ms_max: 5, traced: true }
    }
}

/// Makes the machine of one node as it is before its journal is replayed. Every call gives the same.
pub type Make<M> = Box<dyn Fn() -> M>;

/// Pure code that turns the bytes of one gossiped record into something the machine may hear, or a verdict without asking
/// it. Takes the node's machine (its checking context), the topic, the bytes and the node's wall clock.
pub type Check<M> = Box<dyn Fn(&M, Topic, &[u8], WallMs) -> Result<<M as Machine>::Heard, Verdict>>;

/// Whether one node's check may serve another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// Every node checks every record itself.
    Never,
    /// What one node found sound (or provably bad) all take as such whose checks stand on the same ([`Machine::ground`]), by
    /// content hash; "ignore" is never shared, because it depends on a clock or a policy. Saves the signature checks of a large
    /// region.
    OnEqualGround,
}

/// One node.
pub struct NodeSpec<M: Machine> {
    /// Its name in reports.
    pub name: String,
    /// Its transport identity; `None` draws one from the seed.
    pub peer: Option<Peer>,
    /// Makes its machine.
    pub make: Make<M>,
    /// Its people; `None` is a node that nobody attends.
    pub people: Option<Box<dyn Script<M>>>,
    /// How far its wall clock is ahead, in milliseconds.
    pub skew_ms: i64,
    /// When it first starts, in virtual milliseconds.
    pub boots_at: VirtualMs,
    /// Whether its inputs are kept for run replay.
    pub recorded: bool,
}

impl<M: Machine> NodeSpec<M> {
    /// A node that starts with the world, with a right clock and without people.
    pub fn new(name: impl Into<String>, make: impl Fn() -> M + 'static) -> Self {
        NodeSpec {
            name: name.into(),
            peer: None,
            make: Box::new(make),
            people: None,
            skew_ms: 0,
            boots_at: VirtualMs(0),
            recorded: false,
        }
    }
}

/// Who is linked with whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Graph {
    /// Everybody with everybody.
    Full,
    /// A ring with seeded chords: connected, about this many neighbours each (at least 2).
    Neighbours(u32),
}

impl Graph {
    /// Who is linked with whom among so many nodes; a pair may stand there twice, or name one node twice, which links nobody.
    pub(crate) fn pairs(self, seed: RunSeed, count: u32) -> Vec<[NodeId; 2]> {
        let pair = |a, b| [NodeId(a), NodeId(b)];
        let Graph::Neighbours(each) = self else {
            return (0..count).flat_map(|a| (a + 1..count).map(move |b| pair(a, b))).collect();
        };
        // Every node gets its two neighbours on a ring, then seeded chords fill up to about `each`.
        let mut chance = seed.chance("graph", &[]);
        let mut any = || draw(&mut chance, 0, u64::from(count) - 1) as u32;
        let chords = u64::from(count) * u64::from(each.saturating_sub(2)) / 2;
        let ring = (0..count).map(|a| pair(a, (a + 1) % count));
        ring.chain((0..chords).map(|_| pair(any(), any()))).collect()
    }
}

/// The moment of a crash. Commits are those with records, counted from 1 over the whole life of the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrashWhen {
    /// The records of this commit are lost, and what waited for them is never said.
    BeforeCommit(u64),
    /// The records of this commit are kept, and nothing of what waited for them is said.
    AfterCommit(u64),
    /// The records of this commit are kept, and only the first `effects` of what waited for them are said.
    AfterEffect {
        /// Which commit.
        commit: u64,
        /// How many after-commit effects are still released.
        effects: usize,
    },
    /// At a moment of virtual time.
    At(VirtualMs),
}

/// A node loses its power.
#[derive(Clone, Copy, Debug)]
pub struct CrashAt {
    /// Which node.
    pub node: NodeId,
    /// When.
    pub when: CrashWhen,
    /// It starts again this many milliseconds later; `None` is never.
    pub restart_after_ms: Option<u64>,
}

/// Some nodes can reach each other, and nobody else.
#[derive(Clone, Debug)]
pub struct Partition {
    /// Those inside.
    pub nodes: BTreeSet<NodeId>,
    /// First moment.
    pub from: VirtualMs,
    /// First moment after it.
    pub to: VirtualMs,
}

/// A computer sleeps: its monotonic clock stands still, it handles nothing, nobody reaches it.
#[derive(Clone, Copy, Debug)]
pub struct Asleep {
    /// Which node.
    pub node: NodeId,
    /// First moment.
    pub from: VirtualMs,
    /// The moment it wakes.
    pub to: VirtualMs,
}
