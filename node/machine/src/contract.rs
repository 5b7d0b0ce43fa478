//! What goes into a machine and what comes out.

use crate::{Entropy, MonoMs, Now};
use alloc::{string::String, vec::Vec};
use core::fmt;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A party's decision making, free of the world.
pub trait Machine: Sized {
    /// A record heard from gossip or catch-up, already checked by pure code.
    type Heard: Clone + fmt::Debug + Serialize + Send + 'static;
    /// What a person or a program of the owner asks for.
    type Command: Clone + fmt::Debug + Serialize + Send + 'static;
    /// What the asker gets back: an outcome or a refusal with its reason.
    type Answer: Clone + fmt::Debug + Serialize + Send + 'static;
    /// A person's decision on an approval, signature included.
    type Decision: Clone + fmt::Debug + Serialize + Send + 'static;
    /// Names an approval that waits for a person.
    type Approval: Clone + fmt::Debug + Serialize + Send + 'static;
    /// One durable fact. Stored as `{kind, version, ...}`; every later version of the program reads it.
    type Record: Clone + fmt::Debug + Serialize + DeserializeOwned + Send + 'static;
    /// Something worth a log line or a counter. Never carries private values.
    type Note: Clone + fmt::Debug + Serialize + Send + 'static;
    /// What the check of a heard record needs to know of this machine beside the record and the clock. Cheap to clone; checks
    /// run elsewhere, with what it was after the last commit.
    type Ground: Clone + Default + PartialEq + Send + Sync + 'static;

    /// What checks stand on now.
    fn ground(&self) -> Self::Ground;

    /// Advances by exactly one input. The records in the answer are already applied to `self`.
    fn handle(&mut self, now: Now, entropy: &mut Entropy, input: Input<Self>) -> Effects<Self>;

    /// Takes one durable fact into the state. Total, and draws no entropy: replaying a journal is a sequence of these.
    fn apply(&mut self, record: &Self::Record);
}

/// A neighbour on the carrier, by the bytes of its transport identity (a libp2p PeerId, at most 64 bytes).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Peer(pub Vec<u8>);

impl fmt::Debug for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("peer:")?;
        self.0.iter().rev().take(4).rev().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

/// One gossiped record's claim to a verdict. Given out by the driver, unique within a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ticket(pub u64);

/// One command's claim to an answer. Given out by the driver, unique within a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ask(pub u64);

/// One received parcel's claim to a receipt. Given out by the driver, unique within a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Delivery(pub u64);

/// One sent parcel, named by the machine that sends it, unique within a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Parcel(pub u64);

/// The gossip topics. Every node carries all of them, so that a subscription says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Anonymised offers and needs.
    Adverts,
    /// Sealed envelopes without a recipient.
    Envelopes,
    /// Entries of the shared trust log.
    Log,
    /// Descriptors of relays.
    Relays,
    /// Keys under which sponsors issue passes.
    Keys,
}

/// What to do with a gossiped record, and with the neighbour that sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Sound and new: pass it on.
    Accept,
    /// Not to be passed on, and nobody's fault: already known, lapsed, or of no use here.
    Ignore,
    /// Provably bad whoever looks at it: do not pass it on, and lower the sender's score.
    Reject,
}

/// One thing that happened.
#[derive(Serialize)]
#[serde(bound = "", rename_all = "snake_case")]
pub enum Input<M: Machine> {
    /// The journal has been replayed and the run begins.
    Started,
    /// An admitted neighbour is connected.
    PeerConnected(Peer),
    /// A neighbour is gone.
    PeerGone(Peer),
    /// The carrier was restarted; every neighbour is gone.
    NetworkRestarted,
    /// Checked records arrived, each with its claim to a verdict; those from catch-up need none.
    Heard(Vec<(Option<Ticket>, M::Heard)>),
    /// A neighbour sent a parcel of bytes to this node alone.
    Received {
        /// Who sent it, as proved by the transport.
        from: Peer,
        /// The claim to a receipt, given after commit.
        delivery: Delivery,
        /// The parcel, at most the carrier's limit. Hostile until decoded.
        #[serde(serialize_with = "as_bytes")]
        bytes: Vec<u8>,
    },
    /// The other side confirmed that a parcel of ours is durable there.
    Delivered(Parcel),
    /// A parcel of ours did not arrive, or nobody can tell.
    Undelivered(Parcel),
    /// The owner's people or programs ask for something.
    Asked {
        /// The claim to an answer.
        ask: Ask,
        /// What is asked.
        command: M::Command,
    },
    /// A person decided on an approval.
    Decided {
        /// The claim to an answer.
        ask: Ask,
        /// The signed decision; the machine verifies it.
        decision: M::Decision,
    },
    /// The wall clock jumped against the monotonic one; `Now` has the new time.
    ClockJumped,
    /// The alarm set by the last [`AtOnce::WakeAt`] rang.
    Woke,
}

impl<M: Machine> Clone for Input<M> {
    fn clone(&self) -> Self {
        match self {
            Input::Started => Input::Started,
            Input::PeerConnected(peer) => Input::PeerConnected(peer.clone()),
            Input::PeerGone(peer) => Input::PeerGone(peer.clone()),
            Input::NetworkRestarted => Input::NetworkRestarted,
            Input::Heard(records) => Input::Heard(records.clone()),
            Input::Received { from, delivery, bytes } => {
                Input::Received { from: from.clone(), delivery: *delivery, bytes: bytes.clone() }
            }
            Input::Delivered(parcel) => Input::Delivered(*parcel),
            Input::Undelivered(parcel) => Input::Undelivered(*parcel),
            Input::Asked { ask, command } => Input::Asked { ask: *ask, command: command.clone() },
            Input::Decided { ask, decision } => Input::Decided { ask: *ask, decision: decision.clone() },
            Input::ClockJumped => Input::ClockJumped,
            Input::Woke => Input::Woke,
        }
    }
}

/// An effect that nobody outside can be misled by if the node crashes a moment later.
#[derive(Serialize)]
#[serde(bound = "", rename_all = "snake_case")]
pub enum AtOnce<M: Machine> {
    /// The one verdict on a gossiped record.
    Verdict(Ticket, Verdict),
    /// Connect to a peer at one of these addresses (multiaddr texts).
    Dial(Peer, Vec<String>),
    /// Close the connection to a peer.
    HangUp(Peer),
    /// Ring at this instant. Replaces the last alarm.
    WakeAt(MonoMs),
    /// A log line or counter.
    Note(M::Note),
}

/// An effect that another party or a person notices: released only when all records up to it are durable.
#[derive(Serialize)]
#[serde(bound = "", rename_all = "snake_case")]
pub enum AfterCommit<M: Machine> {
    /// Send a parcel of bytes to one connected neighbour.
    Send {
        /// To whom.
        to: Peer,
        /// The name under which `Delivered` or `Undelivered` comes back.
        parcel: Parcel,
        /// The bytes.
        #[serde(serialize_with = "as_bytes")]
        bytes: Vec<u8>,
    },
    /// Tell everybody.
    Publish(Topic, #[serde(serialize_with = "as_bytes")] Vec<u8>),
    /// Answer a command or a decision.
    Reply(Ask, M::Answer),
    /// Confirm to the sender that its parcel is durable here.
    Receipt(Delivery),
    /// A person must decide.
    AskHuman(M::Approval),
}

/// As one string of bytes: serde would write a list of numbers, one by one.
fn as_bytes<S: serde::Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytes)
}

/// Everything one input caused, in order.
#[derive(Serialize)]
#[serde(bound = "")]
pub struct Effects<M: Machine> {
    /// Durable facts, already applied to the machine.
    pub records: Vec<M::Record>,
    /// Carried out immediately.
    pub at_once: Vec<AtOnce<M>>,
    /// Carried out once `records` and all earlier records are durable.
    pub after_commit: Vec<AfterCommit<M>>,
}

impl<M: Machine> Effects<M> {
    /// Nothing happened.
    pub fn none() -> Self {
        Effects { records: Vec::new(), at_once: Vec::new(), after_commit: Vec::new() }
    }
}

impl<M: Machine> Default for Effects<M> {
    fn default() -> Self {
        Self::none()
    }
}

impl<M: Machine> fmt::Debug for Effects<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Effects")
            .field("records", &self.records.len())
            .field("at_once", &self.at_once.len())
            .field("after_commit", &self.after_commit.len())
            .finish()
    }
}
