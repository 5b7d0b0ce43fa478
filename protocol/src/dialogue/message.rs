//! The messages of a dialogue, as a receiver reads them. A sender cannot build one from here: see [`super::Payload`].

use super::{Ask, Brief, Field, Position, Reply};
use crate::admission::Membership;
use crate::decision::{Decision, bytes_hash};
use crate::docket::{WitnessedCountersignature, WitnessedDocket};
use crate::firm_id::SignedPerson;
use crate::id::{
    Blob, Commitment, DealId, DisputeKey, HandshakeHash, Hash, HolderKey, NetworkId, PeerKey, RecordId, Signature,
};
use crate::invitation::addresses_fit;
use crate::key_log::{KeyLog, KeyState, SignedKeyEvent};
use crate::limits::{DOCKETS_MAX, KEY_EVENTS_PER_MESSAGE_MAX, PLAINTEXT_CLASSES_BYTES};
use crate::lock::LockKey;
use crate::noise::TagKey;
use crate::sign::{Signed, Statement};
use crate::terms::{Said, Terms, WitnessedAct};
use crate::time::UnixMs;
use crate::vocabulary::{OutcomeCode, Role};
use crate::wire::{Malformed, decode, wire_types};
use alloc::{string::String, vec::Vec};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The first words to an advert.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Interest {
    /// Which advert, so that a contact key used for two could not be confused.
    #[n(0)]
    pub advert: RecordId,
    /// Makes the tags of later envelopes. Secret.
    #[n(1)]
    pub tag_key: TagKey,
    /// Who writes, without a name.
    #[n(2)]
    pub brief: Brief,
}

/// "It can be done", "begin": a consent to one step of one deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Consent {
    /// To which deal.
    #[n(0)]
    pub deal: DealId,
    /// To which step.
    #[n(1)]
    pub step: super::Step,
}

/// Consent to exchange names: what is given and expected, and a commitment to the very bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct OptIn {
    /// Binds this consent to one session between two pseudonyms.
    #[n(0)]
    pub handshake: HandshakeHash,
    /// Who consents.
    #[n(1)]
    pub position: Position,
    /// Fields that this side will reveal, ascending.
    #[n(2)]
    pub gives: Vec<Field>,
    /// Fields that it expects, ascending.
    #[n(3)]
    pub expects: Vec<Field>,
    /// To the locked payload, its key and nonce.
    #[n(4)]
    pub commitment: Commitment,
    /// Whether this side asks to see the other's name before it tells its own (`RVL-9`).
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<Turn>,
}

/// When a side wants to tell its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// After the other: it keeps a list of firms to which it tells none.
    #[n(0)]
    Second,
}

/// A name and everything that proves it: what the lock holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Identity {
    /// Names the firm and its operating key, from the inception on.
    #[n(0)]
    pub keys: KeyLog,
    /// A sponsor vouches for the legal name.
    #[n(1)]
    pub membership: Signed<Membership>,
    /// Street, mail, telephone, contact person.
    #[n(2)]
    pub contact: Brief,
    /// Transport identity.
    #[n(3)]
    pub peer: Blob,
    /// Where it listens.
    #[n(4)]
    pub addresses: Vec<String>,
}

/// Everything that a person approves by opting in. Only the opt-in leaves at first; the identity follows, locked, when the
/// other side has opted in too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct OptInDraft {
    /// What leaves now.
    #[n(0)]
    pub opt_in: OptIn,
    /// What leaves at the reveal.
    #[n(1)]
    pub identity: Identity,
}

/// Opens one lock, and proves that the firm named in it holds this very session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct KeyRelease {
    /// Of the lock.
    #[n(0)]
    pub key: LockKey,
    /// By the operating key over [`RevealProof`].
    #[n(1)]
    pub proof: Signature,
    /// The key that may dispute the other side's entry in the log.
    #[n(2)]
    pub dispute: DisputeKey,
}

/// What the operating key signs at a reveal, so that a relay between two victims fails (`RVL-*`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct RevealProof {
    /// In which network.
    #[n(0)]
    pub network: NetworkId,
    /// Who proves.
    #[n(1)]
    pub position: Position,
    /// In which session.
    #[n(2)]
    pub handshake: HandshakeHash,
    /// The initiator's pseudonym: the holder key of its first envelope.
    #[n(3)]
    pub initiator: HolderKey,
    /// The responder's pseudonym: its advert's.
    #[n(4)]
    pub responder: HolderKey,
    /// Hash of the initiator's opt-in.
    #[n(5)]
    pub initiator_opt_in: Hash,
    /// Hash of the responder's opt-in; both opt-ins contain the commitments.
    #[n(6)]
    pub responder_opt_in: Hash,
}

/// How a firm is reached directly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Whereabouts {
    /// Transport identity.
    #[n(0)]
    pub peer: PeerKey,
    /// Where it listens: at most 8 multiaddr texts of at most 200 bytes.
    #[n(1)]
    pub addresses: Vec<String>,
}

/// How an engagement ended, as one side saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Receipt {
    /// Which deal.
    #[n(0)]
    pub deal: DealId,
    /// Under which terms.
    #[n(1)]
    pub terms: Hash,
    /// How it ended.
    #[n(2)]
    pub outcome: OutcomeCode,
}

/// A receipt with the decision of a person whom the firm certified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct WitnessedReceipt {
    /// What is said.
    #[n(0)]
    pub receipt: Receipt,
    /// The person's decision over its bytes.
    #[n(1)]
    pub decision: Decision,
    /// The firm's certificate for that person.
    #[n(2)]
    pub certificate: SignedPerson,
}

/// Why a deal ends before its outcome, as coarsely as the other side is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum CloseReason {
    /// "No, thank you." Also said for every reason that is nobody's business.
    #[n(0)]
    Declined,
    /// Time passed.
    #[n(1)]
    Lapsed,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Message {
    /// First words.
    #[n(0)]
    Interest(#[n(0)] Interest),
    /// Their answer.
    #[n(1)]
    Answer(#[n(0)] Brief),
    /// "It can be done."
    #[n(2)]
    Viable(#[n(0)] Consent),
    /// Consent to exchange names, signed by the pseudonym.
    #[n(3)]
    OptIn(#[n(0)] Signed<OptIn>),
    /// A part of the locked identity; the last one is shorter than the others (`RVL-7`).
    #[n(4)]
    Locked(#[n(0)] Blob),
    /// Opens it.
    #[n(5)]
    Key(#[n(0)] KeyRelease),
    /// A version of terms.
    #[n(6)]
    Terms(#[n(0)] Terms),
    /// Acknowledgement or signature.
    #[n(7)]
    Act(#[n(0)] WitnessedAct),
    /// "My START is this record."
    #[n(8)]
    Started(#[n(0)] RecordId),
    /// The outcome as the sender saw it.
    #[n(9)]
    Outcome(#[n(0)] WitnessedReceipt),
    /// The end.
    #[n(10)]
    Close(#[n(0)] CloseReason),
    /// How the sender's key-event log goes on (`RVL-8`).
    #[n(11)]
    Keys(#[n(0)] Vec<SignedKeyEvent>),
    /// Under which transport identity the sender is reached from now on (`RVL-10`).
    #[n(12)]
    Whereabouts(#[n(0)] Whereabouts),
    /// Questions before names (`TLK-1`).
    #[n(13)]
    Ask(#[n(0)] Ask),
    /// What is said to them (`TLK-2`).
    #[n(14)]
    Reply(#[n(0)] Reply),
    /// What was done (`DKT-1`).
    #[n(15)]
    Docket(#[n(0)] WitnessedDocket),
    /// "So it was" (`DKT-2`).
    #[n(16)]
    Countersign(#[n(0)] WitnessedCountersignature),
    /// "It was not so": names the docket (`DKT-2`).
    #[n(17)]
    Contest(#[n(0)] Hash),
}

wire_types!(
    Interest,
    Consent,
    OptIn,
    Identity,
    OptInDraft,
    KeyRelease,
    RevealProof,
    Receipt,
    WitnessedReceipt,
    Whereabouts,
    CloseReason,
    Turn,
    Message
);
impl Statement for OptIn {
    const LABEL: &'static str = "cosolvent/opt-in/1";
}
impl Statement for RevealProof {
    const LABEL: &'static str = "cosolvent/reveal-proof/1";
}

impl Message {
    /// The message in a decrypted plaintext (padding already removed).
    pub fn from_bytes(bytes: &[u8]) -> Result<Message, Malformed> {
        let max = PLAINTEXT_CLASSES_BYTES.iter().copied().max().unwrap_or(0);
        let message: Message = decode(bytes, max)?;
        let fits = match &message {
            Message::Interest(interest) => interest.brief.well_formed(),
            Message::Answer(brief) => brief.well_formed(),
            Message::Terms(terms) => terms.check().is_ok(),
            Message::Keys(events) => (1..=KEY_EVENTS_PER_MESSAGE_MAX).contains(&events.len()),
            Message::Whereabouts(at) => addresses_fit(&at.addresses),
            Message::Ask(ask) => ask.well_formed(),
            Message::Reply(reply) => reply.well_formed(),
            Message::Docket(said) => (1..=DOCKETS_MAX).contains(&said.docket.number),
            _ => true,
        };
        if fits { Ok(message) } else { Err(Malformed::Shape) }
    }
}

impl OptIn {
    /// Names this consent, for the other side's proof.
    pub fn hash(&self) -> Hash {
        Hash::of(Self::LABEL, self)
    }

    /// Which side tells its name first (`RVL-9`): the one that does not ask to be second; of two alike the initiator.
    pub fn first(initiator: &OptIn, responder: &OptIn) -> Position {
        match (initiator.turn, responder.turn) {
            (Some(Turn::Second), None) => Position::Responder,
            _ => Position::Initiator,
        }
    }

    /// Whether two consents are mutual: one session, opposite positions, and each gives what the other expects
    /// (`STP-6`).
    pub fn mutual(&self, other: &OptIn) -> bool {
        self.handshake == other.handshake
            && self.position == other.position.other()
            && self.gives == other.expects
            && self.expects == other.gives
    }
}

impl WitnessedReceipt {
    /// Whether the firm whose keys these are says it; judged as an act on terms is (`TRM-2`).
    pub fn verify(&self, network: NetworkId, deal: DealId, terms: Hash, keys: &KeyState, now: UnixMs) -> bool {
        let roles = &[Role::Approver, Role::Owner, Role::Signer];
        let said = Said { network, bytes: bytes_hash(&self.receipt), roles, amount: None };
        self.receipt.deal == deal
            && self.receipt.terms == terms
            && said.holds(&self.decision, &self.certificate, keys, now)
    }
}
