//! The one door for what strangers say.
//!
//! [`check`] is pure and the only maker of [`Checked`], so a driver may run it on workers and a simulator may share its
//! verdicts among nodes that hold the same keys. Cheap rules run before signatures, and a refusal says whose fault it is.
//!
//! - `CHK-1` Size, frame, canonical form, network, dates, pass, signature: in this order; the first that fails names the
//!   reason.
//! - `CHK-2` A refusal that any node would make at any time is the sender's fault (reject); one that depends on the time
//!   is nobody's (ignore).

use crate::advert::{Advert, BadAdvert, Withdrawal, check_advert, check_withdrawal};
use crate::envelope::{BadEnvelope, Envelope, check_envelope};
use crate::frame::{frame, record_id, unframe};
use crate::genesis::Genesis;
use crate::id::{HolderKey, NetworkId, RecordId};
use crate::limits::RECORD_BYTES_MAX;
use crate::log::{BadEntry, Outcome, Start, check_outcome, check_start};
use crate::pass::manifest::{check_manifest, check_split};
use crate::pass::{BadManifest, BadPass, Keyring, Pass, SignedManifest, Split};
use crate::relay::{BadRelay, Relay, check_relay};
use crate::time::UnixMs;
use crate::wire::{Malformed, decode, encode, wire_types};
use alloc::{sync::Arc, vec::Vec};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Everything that is gossiped.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Record {
    /// An offer or need.
    #[n(0)]
    Advert(#[n(0)] Advert),
    /// An advert is gone.
    #[n(1)]
    Withdrawal(#[n(0)] Withdrawal),
    /// Sealed words.
    #[n(2)]
    Envelope(#[n(0)] Envelope),
    /// An engagement began.
    #[n(3)]
    Start(#[n(0)] Start),
    /// An engagement ended.
    #[n(4)]
    Outcome(#[n(0)] Outcome),
    /// A node that relays cells.
    #[n(5)]
    Relay(#[n(0)] Relay),
    /// Under which keys a sponsor issues passes.
    #[n(6)]
    Manifest(#[n(0)] SignedManifest),
    /// A sponsor said two things about that.
    #[n(7)]
    Split(#[n(0)] Split),
}
wire_types!(Record);

/// The sets that nodes keep alike. Each has a gossip topic and a root of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Adverts and withdrawals.
    #[n(0)]
    Adverts,
    /// Envelopes.
    #[n(1)]
    Envelopes,
    /// Entries of the trust log.
    #[n(2)]
    Log,
    /// Descriptors of relays. A set of their own, so that no flood of adverts leaves a network without relays.
    #[n(3)]
    Relays,
    /// Manifests of sponsors, and proofs of splits. Without them no blind pass can be judged.
    #[n(4)]
    Keys,
}
wire_types!(Kind);

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 5] = [Kind::Adverts, Kind::Envelopes, Kind::Log, Kind::Relays, Kind::Keys];
}

/// What a check needs to know of the world.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The network's first record.
    pub genesis: &'a Genesis,
    /// Its hash, computed once.
    pub network: NetworkId,
    /// The issuing keys that this node holds; none are needed where passes are of scheme 0.
    pub keys: &'a Keyring,
    /// This node's wall clock.
    pub now: UnixMs,
}

/// A record that kept every rule when it was checked. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked(Arc<Inner>);

#[derive(Debug, PartialEq, Eq)]
struct Inner {
    id: RecordId,
    frame: Vec<u8>,
    record: Record,
}

/// Why a record is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Not canonical bytes of a record in a frame.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// Arrived on the topic of another kind.
    #[error("the record does not belong on this topic")]
    WrongTopic,
    /// An advert or withdrawal that breaks a rule.
    #[error(transparent)]
    Advert(#[from] BadAdvert),
    /// An envelope that breaks a rule.
    #[error(transparent)]
    Envelope(#[from] BadEnvelope),
    /// A log entry that breaks a rule.
    #[error(transparent)]
    Entry(#[from] BadEntry),
    /// A relay's descriptor that breaks a rule.
    #[error(transparent)]
    Relay(#[from] BadRelay),
    /// A manifest or a proof of a split that breaks a rule.
    #[error(transparent)]
    Keys(#[from] BadManifest),
}

impl Unfit {
    /// Whether every node would refuse this at any time, so that whoever sent it is to blame (`CHK-2`).
    pub fn is_senders_fault(self) -> bool {
        !match self {
            Unfit::Advert(BadAdvert::FromTheFuture | BadAdvert::Expired)
            | Unfit::Envelope(BadEnvelope::Lapsed)
            | Unfit::Relay(BadRelay::FromTheFuture | BadRelay::Expired)
            | Unfit::Keys(BadManifest::FromTheFuture) => true,
            _ => self.bad_pass().is_some_and(BadPass::depends_on_reader),
        }
    }

    /// Whether asking for it again is of no use here: the sender is to blame, or nobody trusts its sponsor any more.
    pub fn is_hopeless(self) -> bool {
        // A good record under another's kind is the sender's fault and not the record's.
        (self.is_senders_fault() && self != Unfit::WrongTopic) || self.bad_pass() == Some(BadPass::Distrusted)
    }

    fn bad_pass(self) -> Option<BadPass> {
        match self {
            Unfit::Advert(BadAdvert::Pass(why))
            | Unfit::Envelope(BadEnvelope::Pass(why))
            | Unfit::Entry(BadEntry::Pass(why))
            | Unfit::Relay(BadRelay::Pass(why)) => Some(why),
            _ => None,
        }
    }
}

/// Judges a gossiped frame on the topic of `kind` (`CHK-1`).
pub fn check(bytes: &[u8], kind: Kind, context: &Context<'_>) -> Result<Checked, Unfit> {
    if bytes.len() > RECORD_BYTES_MAX {
        return Err(Malformed::TooLong.into());
    }
    let checked = read(bytes)?;
    if checked.kind() != kind {
        return Err(Unfit::WrongTopic);
    }
    match checked.record() {
        Record::Advert(advert) => check_advert(advert, context)?,
        Record::Withdrawal(withdrawal) => check_withdrawal(withdrawal, context)?,
        Record::Envelope(envelope) => check_envelope(envelope, context)?,
        Record::Start(start) => check_start(start, context)?,
        Record::Outcome(outcome) => check_outcome(outcome, context)?,
        Record::Relay(relay) => check_relay(relay, context)?,
        Record::Manifest(manifest) => check_manifest(manifest, context)?,
        Record::Split(split) => check_split(split, context)?,
    }
    Ok(checked)
}

/// Frames a record of this node's own making; `None` if it is too large for any class.
pub fn own(record: Record) -> Option<Checked> {
    let frame = frame(&encode(&record))?;
    Some(Checked(Arc::new(Inner { id: record_id(&frame), frame, record })))
}

impl Checked {
    /// The hash of the frame.
    pub fn id(&self) -> RecordId {
        self.0.id
    }

    /// The bytes as they travel.
    pub fn frame(&self) -> &[u8] {
        &self.0.frame
    }

    /// What is said.
    pub fn record(&self) -> &Record {
        &self.0.record
    }

    /// Which set it belongs to.
    pub fn kind(&self) -> Kind {
        match self.record() {
            Record::Advert(_) | Record::Withdrawal(_) => Kind::Adverts,
            Record::Envelope(_) => Kind::Envelopes,
            Record::Start(_) | Record::Outcome(_) => Kind::Log,
            Record::Relay(_) => Kind::Relays,
            Record::Manifest(_) | Record::Split(_) => Kind::Keys,
        }
    }

    /// The pass under which it was said; a manifest or proof needs none.
    pub fn pass(&self) -> Option<&Pass> {
        self.said_under().ok()
    }

    /// The key under which it was said; of a manifest or proof, the name of its slot, which is no key but counts like one
    /// (`SYN-2`).
    pub fn holder(&self) -> HolderKey {
        self.said_under().map_or_else(|slot| slot, |pass| pass.holder)
    }

    fn said_under(&self) -> Result<&Pass, HolderKey> {
        match self.record() {
            Record::Advert(advert) => Ok(&advert.body.pass),
            Record::Withdrawal(withdrawal) => Ok(&withdrawal.body.pass),
            Record::Envelope(envelope) => Ok(&envelope.body.pass),
            Record::Start(start) => Ok(&start.body.pass),
            Record::Outcome(outcome) => Ok(&outcome.body.pass),
            Record::Relay(relay) => Ok(&relay.body.pass),
            Record::Manifest(manifest) => Err(manifest.body.slot()),
            Record::Split(split) => Err(split.slot()),
        }
    }
}

impl Serialize for Checked {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.id().serialize(s)
    }
}

/// A checked record as a node's own sealed journal keeps it: reading it back does not judge it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept(pub Checked);

impl Serialize for Kept {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_bytes(self.0.frame())
    }
}
impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let blob = crate::id::Blob::deserialize(d)?;
        read(&blob.0).map(Kept).map_err(serde::de::Error::custom)
    }
}

fn read(bytes: &[u8]) -> Result<Checked, Malformed> {
    let record: Record = decode(unframe(bytes)?, RECORD_BYTES_MAX)?;
    Ok(Checked(Arc::new(Inner { id: record_id(bytes), frame: bytes.to_vec(), record })))
}
