//! Relays: nodes that carry other nodes' cells, and say so to everybody.
//!
//! - `REL-1` A descriptor names network, transport identity, onion key, week, addresses and pass. It is signed twice: by the
//!   pass's holder key (a member vouches) and by the transport identity (nobody describes another's node).
//! - `REL-2` It is of one week: pass and onion key are that week's. It is heard from a week before until three hours after it.
//! - `REL-5` It may name the transport identity that the node had before, in that one's own words: paths through that one go on
//!   through this one.
//! - `REL-3` An onion key is of no low order, so every cell to it can be sealed.
//!
//! A descriptor claims nothing about capacity or uptime: what a relay says of itself is worth nothing, and each node counts for
//! itself how often it could reach one (`PTH-1`).
//!
//! What an attacker would try: describe somebody else's node with an onion key of its own, to read what is meant for that node
//! (`REL-1`); be many relays (two passes a week for each member); show different onion keys to different senders, to tell them
//! apart (such a relay is on nobody's path, `PTH-1`); be two relays by naming the one as the other's predecessor (whom another
//! names is no candidate, `PTH-1`); inherit paths with a stolen transport key (only paths of a relay that does not describe
//! itself any more, and of two heirs none counts, `PTH-3`). Who learns what: everybody learns which node relays and which sponsor
//! vouches for it. A relay is a node that its firm chose to show.

use crate::check::Context;
use crate::id::{NetworkId, OnionKey, PeerKey, Signature};
use crate::limits::{
    ADDRESS_BYTES_MAX, ADDRESSES_MAX, CLOCK_SKEW_MS_MAX, ONION_GRACE_MS, RELAY_ADDRESSES_BYTES_MAX, RELAY_AHEAD_MS,
};
use crate::noise::is_low_order;
use crate::pass::{BadPass, Pass, Purpose};
use crate::sign::{sign, verify};
use crate::time::{UnixMs, Week};
use crate::wire::wire_types;
use alloc::{string::String, vec::Vec};
use ed25519_dalek::SigningKey;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Under which the pass's holder key signs.
const HOLDER_LABEL: &str = "cosolvent/relay/1";
/// Under which the transport identity signs.
const PEER_LABEL: &str = "cosolvent/relay-peer/1";
/// Under which a transport identity names the one that follows it.
const SUCCESSION_LABEL: &str = "cosolvent/succession/1";

/// What a relay says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct RelayBody {
    /// In which network.
    #[n(0)]
    pub network: NetworkId,
    /// The transport identity. Cells name the relay by it.
    #[n(1)]
    pub peer: PeerKey,
    /// Cells of this week are sealed to it.
    #[n(2)]
    pub onion: OnionKey,
    /// The week in which cells are sealed to the onion key.
    #[n(3)]
    pub week: Week,
    /// Where the node listens (multiaddr texts): 1 to 8, together at most 1,300 bytes.
    #[n(4)]
    pub addresses: Vec<String>,
    /// A member's node, of the same week.
    #[n(5)]
    pub pass: Pass,
    /// The transport identity that this node had before, if it says so.
    #[n(6)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predecessor: Option<Predecessor>,
}

/// The transport identity that a node had before, which says so itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Predecessor {
    /// Its key.
    #[n(0)]
    pub peer: PeerKey,
    /// By that key over [`Succession`].
    #[n(1)]
    pub signature: Signature,
}

/// "I go on under another transport identity": what the one before signs. Not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Succession {
    /// In which network.
    #[n(0)]
    pub network: NetworkId,
    /// Who goes.
    #[n(1)]
    pub from: PeerKey,
    /// Who comes.
    #[n(2)]
    pub to: PeerKey,
}

/// A published descriptor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Relay {
    /// What is said.
    #[n(0)]
    pub body: RelayBody,
    /// The pass's holder key's.
    #[n(1)]
    pub by_holder: Signature,
    /// The transport identity's.
    #[n(2)]
    pub by_peer: Signature,
}

wire_types!(RelayBody, Relay, Predecessor, Succession);

/// Why a descriptor is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRelay {
    /// For another network.
    #[error("the relay's descriptor belongs to another network")]
    OtherNetwork,
    /// Addresses out of bounds, a pass of another week, an onion key of low order.
    #[error("the relay's descriptor is not well formed")]
    IllFormed,
    /// Its week is too far ahead.
    #[error("the relay's descriptor is of a week that is far ahead; one of the two clocks is wrong")]
    FromTheFuture,
    /// Its week is over.
    #[error("the relay's descriptor has expired")]
    Expired,
    /// No good pass.
    #[error(transparent)]
    Pass(#[from] BadPass),
    /// Not signed by both of its keys, or by the one that it names as its predecessor.
    #[error(
        "the relay's descriptor is not signed by its pass's holder, by the node that it describes, or by the one that this node \
         says it was before"
    )]
    Signature,
}

impl RelayBody {
    /// From when on the descriptor counts as unheard: its onion key opens nothing any more (`REL-2`).
    pub fn end(&self) -> UnixMs {
        self.week.end().plus(ONION_GRACE_MS)
    }
}

impl Predecessor {
    /// The transport identity `from` names the one that follows it.
    pub fn new(network: NetworkId, from: &SigningKey, to: PeerKey) -> Predecessor {
        let peer = PeerKey::of(from);
        Predecessor { peer, signature: sign(SUCCESSION_LABEL, &Succession { network, from: peer, to }, from) }
    }

    /// Whether it says so of this one.
    fn names(&self, network: NetworkId, to: PeerKey) -> bool {
        let succession = Succession { network, from: self.peer, to };
        self.peer != to && verify(SUCCESSION_LABEL, &succession, &self.peer, &self.signature).is_ok()
    }
}

impl Relay {
    /// Signs a descriptor of this node, with the pass's holder key and the transport identity's.
    pub fn new(body: RelayBody, holder: &SigningKey, peer: &SigningKey) -> Relay {
        Relay { by_holder: sign(HOLDER_LABEL, &body, holder), by_peer: sign(PEER_LABEL, &body, peer), body }
    }
}

/// Judges a descriptor (`REL-1` to `REL-3`): cheap rules first, signatures last.
pub fn check_relay(relay: &Relay, context: &Context<'_>) -> Result<(), BadRelay> {
    let (body, now) = (&relay.body, context.now);
    if body.network != context.network {
        return Err(BadRelay::OtherNetwork);
    }
    if body.pass.epoch != body.week || !addresses_fit(&body.addresses) {
        return Err(BadRelay::IllFormed);
    }
    if now.plus(CLOCK_SKEW_MS_MAX + RELAY_AHEAD_MS) < body.week.monday().start() {
        return Err(BadRelay::FromTheFuture);
    }
    if now >= body.end() {
        return Err(BadRelay::Expired);
    }
    if is_low_order(&body.onion.0) {
        return Err(BadRelay::IllFormed);
    }
    body.pass.issued_in(context, Purpose::Peer)?;
    verify(HOLDER_LABEL, body, &body.pass.holder, &relay.by_holder).map_err(|_| BadRelay::Signature)?;
    verify(PEER_LABEL, body, &body.peer, &relay.by_peer).map_err(|_| BadRelay::Signature)?;
    let follows = body.predecessor.is_none_or(|before| before.names(body.network, body.peer));
    if follows { Ok(()) } else { Err(BadRelay::Signature) }
}

fn addresses_fit(addresses: &[String]) -> bool {
    let fits = |address: &String| {
        (1..=ADDRESS_BYTES_MAX).contains(&address.len()) && address.bytes().all(|byte| byte.is_ascii_graphic())
    };
    (1..=ADDRESSES_MAX).contains(&addresses.len())
        && addresses.iter().all(fits)
        && addresses.iter().map(String::len).sum::<usize>() <= RELAY_ADDRESSES_BYTES_MAX
}
