//! What can happen in a deal.

use crate::matching::Report;
use crate::register::PersonId;
use protocol::check::Kept;
use protocol::dialogue::{CloseReason, Identity, Step};
use protocol::id::{Blob, ContactKey, DealId, Ephemeral, Hash, HolderKey, ItemId, RecordId};
use protocol::key_log::KeyLog;
use protocol::lock::LockKey;
use protocol::noise::{ContactSecret, Seed, Sequence, Tag, TagKey};
use protocol::text::ShortText;
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// One sealed message of this side: made once, sent until it has arrived.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sealed {
    /// Its number in this direction.
    pub sequence: Sequence,
    /// Says "for you" to the other side.
    pub tag: Tag,
    /// The envelope's ephemeral field.
    pub ephemeral: Ephemeral,
    /// Sealed and padded.
    pub ciphertext: Blob,
}

/// How a deal began, with everything from which its session is rebuilt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// This side wrote first.
    Written {
        /// The handshake's chance.
        seed: Seed,
        /// The advert's contact key.
        contact: ContactKey,
        /// See [`protocol::dialogue::prologue`].
        prologue: Blob,
        /// The first message's padded plaintext.
        plaintext: Blob,
        /// Makes tags.
        tag_key: TagKey,
        /// The first envelope's key, which is this side's pseudonym in the deal.
        pseudonym: Seed,
    },
    /// The other side wrote first.
    Heard {
        /// The own advert's contact secret.
        contact: ContactSecret,
        /// See [`protocol::dialogue::prologue`].
        prologue: Blob,
        /// Of the first envelope.
        ephemeral: Ephemeral,
        /// Of the first envelope.
        ciphertext: Blob,
        /// Makes tags.
        tag_key: TagKey,
        /// The own advert's pseudonym.
        pseudonym: Seed,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// A deal began.
    Opened {
        /// Its id.
        deal: DealId,
        /// Own item.
        item: ItemId,
        /// The responder's advert.
        advert: RecordId,
        /// The initiator's pseudonym.
        initiator: HolderKey,
        /// The responder's pseudonym.
        responder: HolderKey,
        /// Why it matched.
        report: Report,
        /// How it began.
        opening: Opening,
        /// When.
        at: UnixMs,
    },
    /// This side said something. The plaintext stays in the sealed journal, so that the state can be rebuilt.
    Said {
        /// In which deal.
        deal: DealId,
        /// The message, without padding.
        plaintext: Blob,
        /// What leaves.
        sealed: Sealed,
        /// The handshake's chance, when this is the answer.
        answer_seed: Option<Seed>,
        /// Whether it waits for [`Event::LetGo`].
        held: bool,
        /// Who decided.
        by: Option<PersonId>,
        /// When.
        at: UnixMs,
    },
    /// A message may leave that was held, or whose envelope lapsed unheard (`DLG-13`).
    LetGo {
        /// In which deal.
        deal: DealId,
        /// Which one.
        sequence: Sequence,
    },
    /// A message of this side was put into an envelope, which also went onto the shelf.
    Enveloped {
        /// In which deal.
        deal: DealId,
        /// Which one.
        sequence: Sequence,
        /// The envelope.
        record: Kept,
        /// When.
        at: UnixMs,
    },
    /// A message of this side arrived in a parcel.
    Delivered {
        /// In which deal.
        deal: DealId,
        /// Which one.
        sequence: Sequence,
    },
    /// The other side said something, and it was fit.
    Told {
        /// In which deal.
        deal: DealId,
        /// Its number.
        sequence: Sequence,
        /// The answer's ephemeral and ciphertext, from which the channel is rebuilt.
        answer: Option<(Ephemeral, Blob)>,
        /// The message, without padding.
        plaintext: Blob,
        /// When.
        at: UnixMs,
    },
    /// The other side said something out of its step or unfit: its number is used up, nothing else changed.
    Skipped {
        /// In which deal.
        deal: DealId,
        /// Its number.
        sequence: Sequence,
        /// The version of terms whose signature it was, if it was refused because something is missing in them (`TRM-4`).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unsigned: Option<Hash>,
    },
    /// This side committed to what it will reveal.
    Locked {
        /// In which deal.
        deal: DealId,
        /// Opens the lock. Secret until the key release.
        key: LockKey,
        /// Seed of the key with which this side may dispute the other's entry in the log.
        dispute: Seed,
        /// The key-event log that is locked in it.
        keys: KeyLog,
        /// The transport identity that is locked in it. Records of the first programs do not say.
        #[serde(default)]
        peer: Blob,
    },
    /// The other side's lock opened to a name that proved itself.
    Revealed {
        /// In which deal.
        deal: DealId,
        /// Who they are.
        identity: Identity,
        /// When.
        at: UnixMs,
    },
    /// What the other side answered in the talk was judged with everything that it had said before.
    Judged {
        /// In which deal.
        deal: DealId,
        /// What both sides come to now.
        report: Report,
        /// When.
        at: UnixMs,
    },
    /// A START or OUTCOME of either side was posted or seen.
    Stepped {
        /// In which deal.
        deal: DealId,
        /// Which step both completed.
        step: Step,
        /// When.
        at: UnixMs,
    },
    /// Whoever must act here, without having been asked a question, was told again.
    Reminded {
        /// In which deal.
        deal: DealId,
        /// After how many days without a word.
        days: u32,
        /// When.
        at: UnixMs,
    },
    /// The deal ended before its outcome.
    Closed {
        /// Which deal.
        deal: DealId,
        /// By this side.
        by_us: bool,
        /// As coarsely as it was told.
        reason: CloseReason,
        /// For this firm's eyes.
        note: Option<ShortText>,
        /// When.
        at: UnixMs,
    },
}
