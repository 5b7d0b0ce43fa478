//! The carrier of a node: libp2p over TCP and QUIC.
//!
//! It carries bytes and decides nothing about them. It decides only who may use it: a peer whose hello our gate has let in
//! and that has let us in too. It refuses everything else to everybody else, except a request for admission.
//!
//! ```text
//!                       ┌───────────────────────── supervised task ─────────────────────────┐
//!   driver ─ToCarrier──▶│ sessions (hello, welcome) · parcels · tickets · meeting points     │
//!          ◀FromCarrier─│ libp2p: limits, ping, identify, hello, admission, ▐turnstile▌      │◀──▶ peers
//!   desk ─────SwarmWay─▶│                                          gossip and parcels inside │
//!                       └───────────────────────────────────────────────────────────────────┘
//! ```
//!
//! Promises to the driver:
//! - `Connected` comes once per peer, when both sides have welcomed each other, and `Gone` once after it; a parcel sent in
//!   between is not refused for want of admission.
//! - Every `Send` comes back exactly once, as `Delivered` after the other side's receipt, or as `Undelivered`.
//! - A record published while nobody listens waits (bounded) until somebody does.
//! - If the task fails it starts again on the same ports; all that was under way is `Undelivered`, then `Restarted` comes.
//! - The driver is never waited for while it waits for us: commands are always taken; when reports pile up the network is
//!   read no further, so that senders feel it.
//!
//! Who learns what: everybody who connects learns our transport id, that we speak for this network, and our admission (its
//! holder is this transport id). Neighbours see which records come through us first. Names of protocols and topics carry
//! the network's name, so that two networks never mix.
//!
//! An attacker would try: to gossip or send without admission (nothing is offered to it, see `turnstile`), to fill memory
//! (`limits`), to hold connections open without a word (hung up after 30 s), to have bad records spread (they wait for a
//! verdict, and thirteen bad ones silence the sender), to crash the task (it starts again, nothing durable is here).

mod carrier_task;
mod desk;
mod events;
mod framed;
mod gossip;
pub mod limits;
mod listen;
mod meeting;
mod parcels;
mod room;
mod session;
mod supervisor;
#[cfg(test)]
mod tests;
mod turnstile;
mod welcome;

use crate::carrier::{FromCarrier, ToCarrier};
use futures::future::BoxFuture;
use libp2p::{Multiaddr, PeerId, identity::Keypair};
use machine::Peer;
use std::{io, sync::Arc, time::Duration};
use supervisor::Shared;
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::JoinHandle,
};
use zeroize::Zeroizing;

/// Judges the other side's hello: the peer, and the admission it shows, if any. The reason of a refusal is told to the
/// other side. Called on the network's own task, so it must be quick (a signature check, no waiting).
pub type Gate = Arc<dyn Fn(&Peer, Option<&[u8]>) -> Result<(), String> + Send + Sync>;

/// Answers a request for admission. The peer need not be admitted. The answer is at most
/// [`limits::ADMISSION_BYTES_MAX`] long and comes within [`limits::ADMISSION_WAIT`].
pub type AdmissionDesk = Arc<dyn Fn(Peer, Vec<u8>) -> BoxFuture<'static, Vec<u8>> + Send + Sync>;

/// How a node takes part in one network.
pub struct SwarmConfig {
    /// The seed of the transport key (Ed25519, 32 random bytes). The PeerId follows from it.
    pub transport_key: Zeroizing<[u8; 32]>,
    /// The network's name: 1 to 64 of `a-z 0-9 . -`. It stands in every protocol and topic name.
    pub network: String,
    /// Where to listen. Port 0 lets the operating system choose.
    pub listen: Vec<Multiaddr>,
    /// Peers to stay connected with. They are looked for again for ever; start-up never waits for them.
    pub meeting_points: Vec<(PeerId, Vec<Multiaddr>)>,
    /// What this node shows in its hello, at most [`limits::HELLO_BYTES_MAX`] − 1 bytes; `None` before it is admitted.
    pub admission: Option<Vec<u8>>,
    /// Who may come in.
    pub gate: Gate,
    /// Only sponsors: who answers requests for admission.
    pub admission_desk: Option<AdmissionDesk>,
}

/// Why the carrier could not start. Each says what was attempted and what to do.
#[derive(Debug, thiserror::Error)]
pub enum SwarmError {
    /// The name cannot stand in protocol names.
    #[error("the network name {name:?} cannot be used: choose 1 to 64 of a-z, 0-9, '.' and '-'")]
    NetworkName {
        /// The name as given.
        name: String,
    },
    /// Another program, or a second instance of this one, listens there.
    #[error("cannot listen on {address}: another program uses this port; stop it, or choose another listen address")]
    PortInUse {
        /// The address as configured.
        address: Multiaddr,
    },
    /// The operating system refused.
    #[error("cannot listen on {address}: check that this machine has the address and that the port is allowed")]
    Listen {
        /// The address as configured.
        address: Multiaddr,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// The address is of a kind that this carrier does not speak.
    #[error("cannot listen on {address}: use /ip4/…/tcp/…, /ip6/…/tcp/…, /ip4/…/udp/…/quic-v1 or /ip6/…/udp/…/quic-v1")]
    Unsupported {
        /// The address as configured.
        address: Multiaddr,
    },
    /// A part could not be put together; this is a fault of the program.
    #[error("cannot build the carrier ({cause}); please report this")]
    Build {
        /// What the library said.
        cause: String,
    },
}

/// Why a request for admission got no answer.
#[derive(Debug, thiserror::Error)]
pub enum AdmissionError {
    /// Nobody was there.
    #[error("cannot reach {peer} to ask for admission ({cause}); check its addresses and try again")]
    Unreachable {
        /// Whom we asked.
        peer: PeerId,
        /// What went wrong with each address.
        cause: String,
    },
    /// The peer is there and gave no answer.
    #[error("{peer} did not answer the request for admission ({cause}); ask its operator, or try another sponsor")]
    Unanswered {
        /// Whom we asked.
        peer: PeerId,
        /// What went wrong.
        cause: String,
    },
    /// The carrier was stopped or had to start again.
    #[error("the carrier stopped while asking for admission; try again")]
    Stopped,
}

/// What is asked of a running carrier's task.
pub(crate) enum Order {
    Ask {
        peer: PeerId,
        addresses: Vec<Multiaddr>,
        bytes: Vec<u8>,
        answer: oneshot::Sender<Result<Vec<u8>, AdmissionError>>,
    },
    Replace {
        admission: Vec<u8>,
        done: oneshot::Sender<()>,
    },
    Meet(Vec<(PeerId, Vec<Multiaddr>)>),
    TakeOn {
        key: Keypair,
        admission: Option<Vec<u8>>,
        done: oneshot::Sender<()>,
    },
    Stop,
}

/// As whom and where others reach this node.
struct Presence {
    me: PeerId,
    listening: Vec<Multiaddr>,
}

/// The carrier.
pub struct Swarm;

impl Swarm {
    /// Starts to listen and to look for the meeting points. Returns when the operating system has named the addresses;
    /// nothing on the network is waited for. Needs a tokio runtime. `outbox` brings what the driver wants done, `inbox`
    /// takes what happens (bounded; 256 is a good size). Ends when the handle or the driver's side is dropped.
    pub async fn start(
        config: SwarmConfig,
        outbox: mpsc::UnboundedReceiver<ToCarrier>,
        inbox: mpsc::Sender<FromCarrier>,
    ) -> Result<SwarmHandle, SwarmError> {
        begin(config, outbox, inbox, limits::STRANGER_WAIT).await
    }
}

async fn begin(
    config: SwarmConfig,
    outbox: mpsc::UnboundedReceiver<ToCarrier>,
    inbox: mpsc::Sender<FromCarrier>,
    stranger_wait: Duration,
) -> Result<SwarmHandle, SwarmError> {
    let name_is_good = |name: &str| {
        (1..=limits::NETWORK_BYTES_MAX).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
    };
    if !name_is_good(&config.network) {
        return Err(SwarmError::NetworkName { name: config.network });
    }
    let key = keypair(&config.transport_key)?;
    let me = key.public().to_peer_id();
    let (orders, orders_in) = mpsc::channel(16);
    let (presence_in, presence) = watch::channel(Presence { me, listening: Vec::new() });
    let mut shared = Shared::new(config, key, outbox, inbox, orders_in, presence_in, stranger_wait);
    let opened = shared.open().await?;
    let task = tokio::spawn(supervisor::supervise(shared, opened));
    Ok(SwarmHandle { orders, presence, task })
}

/// The transport identity that follows from a seed.
pub fn peer_id(transport_key: &[u8; 32]) -> Result<PeerId, SwarmError> {
    Ok(keypair(transport_key)?.public().to_peer_id())
}

fn keypair(seed: &[u8; 32]) -> Result<Keypair, SwarmError> {
    // The library wipes the bytes that it is given.
    Keypair::ed25519_from_bytes(*seed).map_err(|e| SwarmError::Build { cause: e.to_string() })
}

/// The bytes of a transport identity, as the machine knows them.
pub fn peer(id: &PeerId) -> Peer {
    Peer(id.to_bytes())
}

/// The transport identity that people write as text.
pub fn peer_of(text: &str) -> Option<Peer> {
    text.trim().parse().ok().as_ref().map(peer)
}

/// A running carrier. Dropping it stops the carrier.
pub struct SwarmHandle {
    orders: mpsc::Sender<Order>,
    presence: watch::Receiver<Presence>,
    task: JoinHandle<()>,
}

impl SwarmHandle {
    /// This node's transport identity.
    pub fn me(&self) -> PeerId {
        self.presence.borrow().me
    }

    /// The addresses on which others can reach this node, with the ports that were chosen.
    pub fn listening(&self) -> Vec<Multiaddr> {
        self.presence.borrow().listening.clone()
    }

    /// The way to it for others than its owner.
    pub fn way(&self) -> SwarmWay {
        SwarmWay { orders: self.orders.downgrade() }
    }

    /// Stops the carrier and waits until its ports are free.
    pub async fn stop(self) {
        // An order that cannot be given means that the task has ended.
        let _ = self.orders.send(Order::Stop).await;
        let _ = self.task.await;
    }
}

/// The way to a running carrier. Cheap to copy; it does not keep the carrier running.
#[derive(Clone, Debug)]
pub struct SwarmWay {
    orders: mpsc::WeakSender<Order>,
}

impl SwarmWay {
    /// Asks a sponsor for admission: dials it if need be, and works before anybody has admitted this node.
    pub async fn ask_admission(
        &self,
        peer: PeerId,
        addresses: Vec<Multiaddr>,
        bytes: Vec<u8>,
    ) -> Result<Vec<u8>, AdmissionError> {
        let (answer, answered) = oneshot::channel();
        if !self.order(Order::Ask { peer, addresses, bytes, answer }).await {
            return Err(AdmissionError::Stopped);
        }
        answered.await.map_err(|_| AdmissionError::Stopped)?
    }

    /// Shows this admission from now on, also to peers that are connected already.
    pub async fn replace_admission(&self, admission: Vec<u8>) {
        let (done, replaced) = oneshot::channel();
        if self.order(Order::Replace { admission, done }).await {
            // A stopped carrier shows nothing any more, so there is nothing to wait for.
            let _ = replaced.await;
        }
    }

    /// Goes on under another transport identity, on the same ports: all connections end, what was under way is undelivered, and
    /// whoever was met is met again.
    ///
    /// # Errors
    /// [`SwarmError::Build`] when the seed is none.
    pub async fn take_on(&self, transport_key: &[u8; 32], admission: Option<Vec<u8>>) -> Result<(), SwarmError> {
        let (done, taken) = oneshot::channel();
        if self.order(Order::TakeOn { key: keypair(transport_key)?, admission, done }).await {
            // A stopped carrier speaks under no identity, so there is nothing to wait for.
            let _ = taken.await;
        }
        Ok(())
    }

    /// Looks for these meeting points, too; one that is known gets these addresses.
    pub async fn meet(&self, points: Vec<(PeerId, Vec<Multiaddr>)>) {
        // A stopped carrier meets nobody.
        let _ = self.order(Order::Meet(points)).await;
    }

    async fn order(&self, order: Order) -> bool {
        match self.orders.upgrade() {
            Some(orders) => orders.send(order).await.is_ok(),
            None => false,
        }
    }
}
