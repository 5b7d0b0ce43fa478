//! What the driver and the carrier say to each other.
//!
//! The carrier (libp2p, or whatever moves bytes between nodes) and the driver (which runs the machine) live in different
//! worlds: the carrier is asynchronous, may panic and is restarted; the driver is one thread that owns everything durable.
//! Between them stand two channels of plain data and no shared state, so that either side can be replaced or restarted
//! without the other holding a stale reference.
//!
//! ```text
//!   carrier ── FromCarrier ──▶ listen (checks on workers) ──▶ driver
//!   carrier ◀─────────────────── ToCarrier ────────────────── driver
//! ```
//!
//! The way out has no bound, because a decision must never wait for the network; the way in has one, because strangers fill
//! it: a carrier that finds it full drops gossip (catch-up repairs it) and makes senders of parcels wait.
//!
//! Who learns what: everything in [`ToCarrier`] has passed the machine, and everything that another party can notice has
//! passed the journal too (`MCH-2`). Everything in [`FromCarrier`] is hostile until checked.

use core::fmt;
use machine::{Delivery, Parcel, Peer, Ticket, Topic, Verdict};
use tokio::sync::mpsc::UnboundedSender;

/// Where the driver puts what the carrier is to do. Unbounded, because the driver must never wait for the network; what a
/// machine sends is bounded by its own rules, and the carrier drops what it cannot deliver and says so.
pub type Outbox = UnboundedSender<ToCarrier>;

/// What the carrier is to do.
#[derive(Clone, PartialEq, Eq)]
pub enum ToCarrier {
    /// The one verdict on a gossiped record.
    Verdict(Ticket, Verdict),
    /// Connect to a peer at one of these addresses (multiaddr texts).
    Dial(Peer, Vec<String>),
    /// Close the connection to a peer.
    HangUp(Peer),
    /// Send a parcel to one connected neighbour.
    Send {
        /// To whom.
        to: Peer,
        /// The name under which [`FromCarrier::Delivered`] or [`FromCarrier::Undelivered`] comes back.
        parcel: Parcel,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// Tell everybody who listens to a topic.
    Publish(Topic, Vec<u8>),
    /// Confirm to the sender that its parcel is durable here.
    Receipt(Delivery),
}

/// What the carrier reports.
#[derive(Clone, PartialEq, Eq)]
pub enum FromCarrier {
    /// An admitted neighbour is connected.
    Connected(Peer),
    /// A neighbour is gone.
    Gone(Peer),
    /// The carrier was restarted; every neighbour is gone and every earlier ticket and delivery is void.
    Restarted,
    /// A record arrived by gossip and waits for its verdict.
    Gossip {
        /// On which topic.
        topic: Topic,
        /// The claim to a verdict, unique within the run.
        ticket: Ticket,
        /// The neighbour that passed it on, who need not be its author.
        from: Peer,
        /// The record. Hostile until checked.
        bytes: Vec<u8>,
    },
    /// A neighbour sent a parcel to this node alone.
    Received {
        /// Who sent it, as proved by the transport.
        from: Peer,
        /// The claim to a receipt, unique within the run.
        delivery: Delivery,
        /// The parcel. Hostile until decoded.
        bytes: Vec<u8>,
    },
    /// The other side confirmed that a parcel of ours is durable there.
    Delivered(Parcel),
    /// A parcel of ours did not arrive, or nobody can tell.
    Undelivered(Parcel),
}

/// Bytes of parcels and records show as their length: logs never carry content.
struct Length(usize);

impl fmt::Debug for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} B", self.0)
    }
}

impl fmt::Debug for ToCarrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ToCarrier::Verdict(ticket, verdict) => f.debug_tuple("Verdict").field(ticket).field(verdict).finish(),
            ToCarrier::Dial(peer, addresses) => f.debug_tuple("Dial").field(peer).field(addresses).finish(),
            ToCarrier::HangUp(peer) => f.debug_tuple("HangUp").field(peer).finish(),
            ToCarrier::Send { to, parcel, bytes } => {
                f.debug_tuple("Send").field(to).field(parcel).field(&Length(bytes.len())).finish()
            }
            ToCarrier::Publish(topic, bytes) => {
                f.debug_tuple("Publish").field(topic).field(&Length(bytes.len())).finish()
            }
            ToCarrier::Receipt(delivery) => f.debug_tuple("Receipt").field(delivery).finish(),
        }
    }
}

impl fmt::Debug for FromCarrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FromCarrier::Connected(peer) => f.debug_tuple("Connected").field(peer).finish(),
            FromCarrier::Gone(peer) => f.debug_tuple("Gone").field(peer).finish(),
            FromCarrier::Restarted => f.write_str("Restarted"),
            FromCarrier::Gossip { topic, ticket, from, bytes } => {
                f.debug_tuple("Gossip").field(topic).field(ticket).field(from).field(&Length(bytes.len())).finish()
            }
            FromCarrier::Received { from, delivery, bytes } => {
                f.debug_tuple("Received").field(from).field(delivery).field(&Length(bytes.len())).finish()
            }
            FromCarrier::Delivered(parcel) => f.debug_tuple("Delivered").field(parcel).finish(),
            FromCarrier::Undelivered(parcel) => f.debug_tuple("Undelivered").field(parcel).finish(),
        }
    }
}
