//! Gossip: every record floods over the links, each node taking and passing on each record once.
//!
//! A record that a node accepts goes to all its neighbours but the one it came from; one that it ignores or rejects stops
//! there. A node knows what it saw for half an hour by the hash of the content, as the carrier does, so an equal record
//! published later floods again. A verdict that comes too late is dropped and counted, as the carrier does when the record
//! has left its cache.

use super::links::LinkId;
use super::{Check, Event, NodeId, Sharing, VirtualMs, World};
use machine::{Input, Machine, Ticket, Topic, Verdict, WallMs};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// How long a node remembers what it saw, in milliseconds: the carrier's duplicate cache of 30 minutes.
pub const SEEN_FOR_MS: u64 = 30 * 60_000;

/// A verdict must come within this many milliseconds: the carrier keeps 10 heartbeats of 1 s.
pub const VERDICT_WITHIN_MS: u64 = 10_000;

/// Records that wait while a commit is under way are handed over together, at most this many in one input.
const HEARD_TOGETHER_MAX: usize = 64;

/// A record, by the order in which records were first published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MessageId(u32);

/// What a ticket stands for.
pub(super) struct Claim {
    message: MessageId,
    from: LinkId,
    at: VirtualMs,
}

/// What a check found, or the verdict with which it stopped a record.
type Found<M> = Result<<M as Machine>::Heard, Verdict>;

struct Message<M: Machine> {
    topic: Topic,
    bytes: Vec<u8>,
    /// What its checks found, by what they stood on. Nodes of one world stand on few different grounds at a time.
    shared: Vec<(M::Ground, Found<M>)>,
}

/// Every record ever published in this world, and how they are checked.
pub(super) struct Gossip<M: Machine> {
    sharing: Sharing,
    check: Check<M>,
    messages: Vec<Message<M>>,
    ids: BTreeMap<[u8; 32], MessageId>,
}

/// What one topic carried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TopicTraffic {
    /// Records published.
    pub published: u64,
    /// Copies sent over a link.
    pub copies: u64,
    /// Bytes of those copies.
    pub bytes: u64,
    /// Copies lost on the way.
    pub lost: u64,
    /// Copies that met a node which had the record.
    pub duplicates: u64,
    /// Copies given to a machine.
    pub heard: u64,
    /// Copies that the check stopped before a machine saw them.
    pub stopped: u64,
}

/// What the network carried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Traffic {
    /// Gossip on adverts.
    pub adverts: TopicTraffic,
    /// Gossip on envelopes.
    pub envelopes: TopicTraffic,
    /// Gossip on the trust log.
    pub log: TopicTraffic,
    /// Gossip on relays.
    pub relays: TopicTraffic,
    /// Gossip on keys.
    pub keys: TopicTraffic,
    /// Verdicts of machines that came in time: accept.
    pub accepted: u64,
    /// Verdicts that came in time: ignore.
    pub ignored: u64,
    /// Verdicts that came in time: reject.
    pub rejected: u64,
    /// Verdicts that came too late.
    pub late: u64,
    /// Parcels sent.
    pub parcels: u64,
    /// Bytes of those parcels.
    pub parcel_bytes: u64,
    /// Parcels that were reported as not delivered.
    pub undelivered: u64,
}

impl Traffic {
    fn topic(&mut self, topic: Topic) -> &mut TopicTraffic {
        match topic {
            Topic::Adverts => &mut self.adverts,
            Topic::Envelopes => &mut self.envelopes,
            Topic::Log => &mut self.log,
            Topic::Relays => &mut self.relays,
            Topic::Keys => &mut self.keys,
        }
    }
}

impl<M: Machine> Gossip<M> {
    pub(super) fn new(sharing: Sharing, check: Check<M>) -> Self {
        Gossip { sharing, check, messages: Vec::new(), ids: BTreeMap::new() }
    }

    fn intern(&mut self, topic: Topic, bytes: Vec<u8>) -> MessageId {
        let mut hash = Sha256::new();
        hash.update([topic as u8]);
        hash.update(&bytes);
        let next = MessageId(self.messages.len() as u32);
        let id = *self.ids.entry(hash.finalize().into()).or_insert(next);
        if id == next {
            self.messages.push(Message { topic, bytes, shared: Vec::new() });
        }
        id
    }

    fn check(&mut self, machine: &M, message: MessageId, wall: WallMs) -> Result<M::Heard, Verdict> {
        let message = &mut self.messages[message.0 as usize];
        let ground = machine.ground();
        if let Some((_, shared)) = message.shared.iter().find(|(of, _)| *of == ground) {
            return shared.clone();
        }
        let verdict = (self.check)(machine, message.topic, &message.bytes, wall);
        if self.sharing == Sharing::OnEqualGround && !matches!(verdict, Err(Verdict::Ignore)) {
            message.shared.push((ground, verdict.clone()));
        }
        verdict
    }
}

impl<M: Machine> World<M> {
    pub(super) fn publish(&mut self, id: NodeId, topic: Topic, bytes: Vec<u8>) {
        let message = self.gossip.intern(topic, bytes);
        self.traffic.topic(topic).published += 1;
        if !self.saw(id, message) {
            self.mark_seen(id, message);
            self.spread(id, message, None);
        }
    }

    /// Sends a record to all connected neighbours but the one it came from. A copy to a neighbour that has the record is
    /// counted and not carried: it could change nothing.
    fn spread(&mut self, id: NodeId, message: MessageId, except: Option<LinkId>) {
        let sent = &self.gossip.messages[message.0 as usize];
        let (topic, size) = (sent.topic, sent.bytes.len() as u64);
        for position in 0..self.nodes[id.index()].neighbours.len() {
            let (to, link) = self.nodes[id.index()].neighbours[position];
            if Some(link) == except || !self.links[link.index()].connected {
                continue;
            }
            let passage = self.passage(link);
            let known = self.saw(to, message);
            let traffic = self.traffic.topic(topic);
            traffic.copies += 1;
            traffic.bytes += size;
            match passage {
                None => traffic.lost += 1,
                Some(_) if known => traffic.duplicates += 1,
                Some(ms) => {
                    let epoch = self.links[link.index()].epoch_to(to);
                    self.queue.plan(self.at + ms, Event::Copy { to, link, epoch, message });
                }
            }
        }
    }

    pub(super) fn copy_arrives(&mut self, id: NodeId, link: LinkId, epoch: u32, message: MessageId) {
        let topic = self.gossip.messages[message.0 as usize].topic;
        if !self.arrives(link, id, epoch) {
            self.traffic.topic(topic).lost += 1;
            return;
        }
        if self.saw(id, message) {
            self.traffic.topic(topic).duplicates += 1;
            return;
        }
        self.mark_seen(id, message);
        let node = &self.nodes[id.index()];
        let wall = node.now(self.at, self.setup.start).wall;
        let Some(machine) = &node.machine else { return };
        match self.gossip.check(machine, message, wall) {
            Ok(heard) => {
                self.traffic.topic(topic).heard += 1;
                let ticket = self.names.ticket();
                let claim = Claim { message, from: link, at: self.at };
                self.nodes[id.index()].tickets.insert(ticket, claim);
                self.hear(id, ticket, heard);
            }
            Err(verdict) => {
                self.traffic.topic(topic).stopped += 1;
                if verdict == Verdict::Accept {
                    self.spread(id, message, Some(link));
                }
            }
        }
    }

    fn hear(&mut self, id: NodeId, ticket: Ticket, heard: M::Heard) {
        let node = &mut self.nodes[id.index()];
        if node.committing
            && let Some(Input::Heard(records)) = node.inbox.back_mut()
            && records.len() < HEARD_TOGETHER_MAX
        {
            return records.push((Some(ticket), heard));
        }
        self.take(id, Input::Heard(vec![(Some(ticket), heard)]));
    }

    /// A verdict on a ticket that was never given, or twice on one, is for a checker to find; the carrier ignores it.
    pub(super) fn verdict(&mut self, id: NodeId, ticket: Ticket, verdict: Verdict) {
        let Some(claim) = self.nodes[id.index()].tickets.remove(&ticket) else { return };
        if self.at.0.saturating_sub(claim.at.0) > VERDICT_WITHIN_MS {
            self.traffic.late += 1;
            return;
        }
        match verdict {
            Verdict::Accept => {
                self.traffic.accepted += 1;
                self.spread(id, claim.message, Some(claim.from));
            }
            Verdict::Ignore => self.traffic.ignored += 1,
            Verdict::Reject => self.traffic.rejected += 1,
        }
    }

    fn saw(&self, id: NodeId, message: MessageId) -> bool {
        let second = self.nodes[id.index()].seen.get(message.0 as usize).copied().unwrap_or(0);
        second != 0 && self.at.0.saturating_sub(u64::from(second - 1) * 1_000) < SEEN_FOR_MS
    }

    fn mark_seen(&mut self, id: NodeId, message: MessageId) {
        let seen = &mut self.nodes[id.index()].seen;
        let index = message.0 as usize;
        if seen.len() <= index {
            seen.resize(index + 1, 0);
        }
        seen[index] = (self.at.0 / 1_000) as u32 + 1;
    }
}
