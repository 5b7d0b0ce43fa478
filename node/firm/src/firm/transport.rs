//! Another transport identity: drawn, admitted, told, and only then taken on (`ADM-5`).
//!
//! ```text
//!   drawn ─▶ every sponsor says whether it admits it ─▶ counterparts of open deals are told (`RVL-10`) ─▶ taken on, the one before is gone
//!    └ nothing has changed for anybody                   └ they take words from both                     └ a descriptor names the one before (`REL-5`)
//! ```
//!
//! - What is on its way to the one before is not lost: words of a deal are sent again to the one that the counterpart was told, cells
//!   go where a descriptor says that its relay went on, and what a sponsor answered is asked for again.
//! - A crash leaves one of the two in force, and the question that was open is asked again: a sponsor gives it the same answer.
//!
//! Who learns what: sponsors and counterparts learn that one follows the other, as they must; everybody learns it of a node that
//! relays. Whoever steals the one before after it was given up steals an admission of nobody.

use super::{Firm, Note, Turn};
use crate::command::{Answer, Refusal};
use crate::identity::{self, Joined, Validity};
use crate::record::Event;
use alloc::{string::ToString, vec::Vec};
use ed25519_dalek::SigningKey;
use machine::Peer;
use protocol::admission::AdmissionAnswer;
use protocol::dialogue::{Payload, Whereabouts};
use protocol::id::{Blob, DealId, PeerKey};
use protocol::limits::PEER_PASSES_PER_EPOCH;
use protocol::parcel::Parcel;
use protocol::path::heir;
use protocol::relay::Predecessor;
use protocol::time::{DAY_MS, UnixMs, Week};

/// How often a connected sponsor is asked while no answer comes, in milliseconds.
const ASK_AGAIN_MS: u64 = 60_000;

/// How long a sponsor that is away, or a counterpart, is waited for, in milliseconds: a day, which is what a path waits for a relay
/// (`PTH-3`). Who is away for longer is met again: a sponsor by another invitation, a counterpart by envelopes.
const PATIENCE_MS: u64 = DAY_MS;

impl Firm {
    /// The transport identity that this node speaks under.
    pub fn transport(&self) -> SigningKey {
        let drawn = self.identity.transport.present.as_ref();
        drawn.map_or_else(|| self.keys.transport.clone(), |seed| SigningKey::from_bytes(&seed.0))
    }

    /// Sponsors that would have to admit the identity to come.
    fn rebinding(&self, now: UnixMs) -> impl Iterator<Item = &Joined> {
        self.identity.joined.iter().filter(move |one| one.validity(now) != Validity::Lapsed)
    }

    /// The identity under which a relay goes on in a week (`REL-5`).
    pub(super) fn heir_of(&self, relay: PeerKey, week: Week) -> Option<PeerKey> {
        heir(self.relays(week).map(|relay| &relay.body), relay).map(|body| body.peer)
    }

    /// The identity under which counterparts are to reach this node, if it is not for ever the one that they were shown.
    fn reached_as(&self) -> Option<PeerKey> {
        let admitted = self.identity.joined.iter().any(|one| matches!(one.rebound, Some(Ok(_))));
        let next = self.identity.transport.next_peer().filter(|_| admitted);
        let moved = || self.identity.transport.present.is_some().then(|| PeerKey::of(&self.transport()));
        next.or_else(moved)
    }
}

impl Turn<'_> {
    /// Draws another transport identity, unless one was drawn already.
    pub(super) fn rotate_transport(&mut self) -> Result<Answer, Refusal> {
        self.network()?;
        if self.firm.identity.transport.next.is_none() {
            let (seed, at) = (self.seed("transport"), self.at());
            self.record(Event::Identity(identity::Event::TransportDrawn { seed, at }));
            // Whoever was asked was asked about another one.
            self.firm.run.rebind_asked.clear();
            self.rebind();
        }
        Ok(Answer::Done)
    }

    /// Asks every connected sponsor that has not said whether it admits the identity to come (`ADM-5`).
    pub(super) fn rebind(&mut self) {
        let Some(next) = self.firm.identity.transport.next_peer() else { return };
        let (now, firm) = (self.now.mono, &*self.firm);
        let open = firm.rebinding(self.at()).filter(|one| one.rebound.is_none());
        let open = open.map(|one| Peer(one.sponsor_peer.0.clone())).filter(|peer| {
            let asked = firm.run.rebind_asked.get(peer);
            firm.run.neighbours.contains(peer) && asked.is_none_or(|at| *at + ASK_AGAIN_MS <= now)
        });
        let open: Vec<Peer> = open.collect();
        for sponsor in open {
            self.send(&sponsor, &Parcel::RebindRequest(next), None);
            self.firm.run.rebind_asked.insert(sponsor, now);
        }
    }

    /// Takes in what a sponsor says of the identity to come. Says whether the answer was about that.
    pub(super) fn rebound(&mut self, from: &Peer, answer: &AdmissionAnswer) -> bool {
        match identity::rebind(&self.firm.identity, &Blob(from.0.clone()), answer) {
            Ok(None) => return false,
            Ok(Some(event)) => {
                self.record(Event::Identity(event));
                self.advance_all();
                self.carry();
                self.move_on();
            }
            Err(why) => self.note(Note::Refused { from: from.clone(), why: why.to_string() }),
        }
        true
    }

    /// Tells the other side of a deal under which identity this node is reached from now on (`RVL-10`).
    pub(super) fn tell_whereabouts(&mut self, id: DealId) {
        let (Ok(deal), Some(peer)) = (self.deal(id), self.firm.reached_as()) else { return };
        if deal.shown_peer.0 != peer.to_peer_id() {
            let addresses = self.firm.identity.addresses.clone();
            // What cannot be said now is said when the deal goes on.
            let _ = self.say(id, &Payload::whereabouts(Whereabouts { peer, addresses }), false, None);
        }
    }

    /// Takes on the identity to come, once whoever must know it does.
    pub(super) fn move_on(&mut self) {
        let (Ok((_, network)), now) = (self.network(), self.at()) else { return };
        let Some(next) = &self.firm.identity.transport.next else { return };
        let Some(to) = self.firm.identity.transport.next_peer() else { return };
        let is_late = next.at.plus(PATIENCE_MS) <= now;
        let said = |one: &Joined| one.rebound.is_some();
        if !self.firm.rebinding(now).any(|one| matches!(one.rebound, Some(Ok(_)))) {
            if self.firm.rebinding(now).all(said) {
                self.record(Event::Identity(identity::Event::TransportKept));
            }
            return;
        }
        let peer = Blob(to.to_peer_id());
        let all_know =
            self.firm.rebinding(now).all(said) && !self.firm.deals.all().any(|deal| deal.reaches_another(&peer));
        if (all_know || is_late) && self.may_describe_again() {
            let predecessor = Predecessor::new(network, &self.firm.transport(), to);
            self.record(Event::Identity(identity::Event::TransportMoved { predecessor, at: now }));
            self.refill();
        }
    }

    /// Whether a member's passes let this node say this week that its relay goes on under another identity.
    fn may_describe_again(&self) -> bool {
        let own = self.firm.own_peer();
        let told = self.firm.relays(self.at().week()).filter(|relay| relay.body.peer == own);
        told.count() < PEER_PASSES_PER_EPOCH as usize
    }

    /// The identity under which a relay is connected: its own, or the one that goes on with it (`REL-5`).
    pub(super) fn connected_as(&self, relay: &PeerKey) -> Option<PeerKey> {
        let heir = || self.firm.heir_of(*relay, self.at().week());
        Some(*relay).filter(|peer| self.is_neighbour(peer)).or_else(|| heir().filter(|peer| self.is_neighbour(peer)))
    }
}
