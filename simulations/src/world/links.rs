//! Who can reach whom.
//!
//! A link is connected exactly while both ends are up and awake, both want it, and no partition lies between them. Each end
//! learns of a change after the link's longest delay, so a neighbour's last words arrive before the news that it is gone:
//! what was said just before a crash was said, which is what makes `MCH-2` worth checking. Words to an end that crashed or
//! fell asleep meanwhile are lost, and so are those that a partition or a hang-up overtook: breaking gives each such
//! direction a new epoch.

use super::{Event, Fate, Graph, NodeId, Partition, World};
use machine::{Input, Machine, Peer};
use rand_core::Rng;

/// A link, by the order in which links were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LinkId(u32);

impl LinkId {
    /// Of a parcel to somebody who is no neighbour.
    pub(super) const NONE: LinkId = LinkId(u32::MAX);

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

pub(super) struct Link {
    ends: [NodeId; 2],
    base_ms: u64,
    wanted: bool,
    pub(super) connected: bool,
    /// For each end, how often words on their way to it were lost.
    epochs: [u32; 2],
}

impl Link {
    pub(super) fn other(&self, end: NodeId) -> NodeId {
        if self.ends[0] == end { self.ends[1] } else { self.ends[0] }
    }

    /// The current epoch of words to `end`.
    pub(super) fn epoch_to(&self, end: NodeId) -> u32 {
        self.epochs[usize::from(self.ends[1] == end)]
    }
}

impl<M: Machine> World<M> {
    /// Links all nodes added so far.
    pub fn connect_all(&mut self, graph: Graph) {
        let pairs = graph.pairs(self.setup.seed, self.nodes.len() as u32);
        pairs.into_iter().for_each(|[a, b]| self.connect(a, b));
    }

    /// Links two nodes, or lifts a hang-up between them.
    pub fn connect(&mut self, a: NodeId, b: NodeId) {
        if a == b {
            return;
        }
        let link = self.link_between(a, b).unwrap_or_else(|| self.new_link(a, b));
        self.links[link.index()].wanted = true;
        self.refresh(link);
    }

    /// Breaks the link between two nodes until somebody connects them again.
    pub fn disconnect(&mut self, a: NodeId, b: NodeId) {
        if let Some(link) = self.link_between(a, b) {
            self.links[link.index()].wanted = false;
            self.refresh(link);
        }
    }

    /// Plans a partition.
    pub fn plan_partition(&mut self, partition: Partition) {
        let index = self.partitions.len();
        self.queue.plan(partition.from, Event::PartitionBegins(index));
        self.queue.plan(partition.to, Event::PartitionEnds(index));
        self.partitions.push((partition, false));
    }

    fn new_link(&mut self, a: NodeId, b: NodeId) -> LinkId {
        let id = LinkId(self.links.len() as u32);
        let base_ms = self.setup.network.base_ms(self.setup.seed, [a, b]);
        self.links.push(Link { ends: [a, b], base_ms, wanted: true, connected: false, epochs: [0, 0] });
        self.nodes[a.index()].neighbours.push((b, id));
        self.nodes[b.index()].neighbours.push((a, id));
        id
    }

    pub(super) fn link_between(&self, a: NodeId, b: NodeId) -> Option<LinkId> {
        self.nodes[a.index()].neighbours.iter().find(|(other, _)| *other == b).map(|(_, link)| *link)
    }

    pub(super) fn dial(&mut self, id: NodeId, peer: &Peer) {
        if let Some(other) = self.by_peer.get(peer).copied() {
            self.connect(id, other);
        }
    }

    pub(super) fn hang_up(&mut self, id: NodeId, peer: &Peer) {
        if let Some(other) = self.by_peer.get(peer).copied() {
            self.disconnect(id, other);
        }
    }

    pub(super) fn partition(&mut self, index: usize, begins: bool) {
        let (partition, active) = &mut self.partitions[index];
        *active = begins;
        for id in partition.nodes.clone() {
            self.befell(id, if begins { Fate::CutOff } else { Fate::Rejoined });
            self.refresh_all(id);
        }
    }

    pub(super) fn refresh_all(&mut self, id: NodeId) {
        for position in 0..self.nodes[id.index()].neighbours.len() {
            let (_, link) = self.nodes[id.index()].neighbours[position];
            self.refresh(link);
        }
    }

    /// Brings a link into the state that its ends and the partitions allow, and plans the news of a change.
    fn refresh(&mut self, id: LinkId) {
        let link = &self.links[id.index()];
        let [a, b] = link.ends;
        let cut = self.partitions.iter().any(|(p, active)| *active && p.nodes.contains(&a) != p.nodes.contains(&b));
        let there = [a, b].map(|end| self.nodes[end.index()].reachable());
        let up = link.wanted && !cut && there == [true, true];
        let link = &mut self.links[id.index()];
        if link.connected == up {
            return;
        }
        link.connected = up;
        if !up {
            let overtaken = there == [true, true];
            link.epochs[0] += u32::from(overtaken || !there[0]);
            link.epochs[1] += u32::from(overtaken || !there[1]);
        }
        let heard_at = self.at + link.base_ms + self.setup.network.jitter_ms;
        for end in [a, b] {
            let node = &self.nodes[end.index()];
            if node.machine.is_some() {
                self.queue.plan(heard_at, Event::LinkChanged { node: end, run: node.run, link: id, up });
            }
        }
    }

    pub(super) fn link_changed(&mut self, id: NodeId, run: u32, link: LinkId, up: bool) {
        let node = &mut self.nodes[id.index()];
        if node.run != run || node.machine.is_none() {
            return;
        }
        if node.asleep_since.is_some() {
            node.waiting.push(Event::LinkChanged { node: id, run, link, up });
            return;
        }
        let peer = self.peer(self.links[link.index()].other(id)).clone();
        if up {
            return self.take(id, Input::PeerConnected(peer));
        }
        self.take(id, Input::PeerGone(peer));
        self.parcels_stranded(id, link);
    }

    /// The delay of one message on a link, or `None` if it is lost.
    pub(super) fn passage(&mut self, link: LinkId) -> Option<u64> {
        let word = self.weather.next_u64();
        let (luck, jitter) = (word >> 32, word & u64::from(u32::MAX));
        let network = self.setup.network;
        if luck % 1_000_000 < u64::from(network.loss.0) {
            return None;
        }
        Some(self.links[link.index()].base_ms + jitter % (network.jitter_ms + 1))
    }

    /// Whether words sent to `to` in this epoch still arrive.
    pub(super) fn arrives(&self, link: LinkId, to: NodeId, epoch: u32) -> bool {
        self.links[link.index()].epoch_to(to) == epoch && self.nodes[to.index()].reachable()
    }
}
