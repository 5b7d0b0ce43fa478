//! The sealed dialogue between an advert and the stranger who answers it.
//!
//! Decides how two nodes that know nothing of each other but an advert's contact key agree on keys, recognise each other's
//! envelopes among everybody's, and number what they say. Refuses whatever was changed, re-wrapped, meant for somebody
//! else or said before. Everything is a pure function of its arguments: no state is kept, no chance is drawn, so a node
//! that crashed calls the same function with what it stored and holds the same [`Channel`] again (`DLG-6`).
//!
//! ```text
//!   initiator                                     everybody                                   responder
//!   first_message(seed, contact, prologue, brief) ──── e, tag, ciphertext ────▶ first_tag, read_first    (sequence 0)
//!   finish(seed, contact, prologue, brief, ..)    ◀─── e, tag, ciphertext ───── answer(seed, secret, ..) (sequence 0)
//!   Channel::seal(1), seal(2), ..                 ─ blank e, tag, ciphertext ─▶ Channel::open(1), open(2), ..
//!   Channel::open(1), open(2), ..                 ◀ blank e, tag, ciphertext ── Channel::seal(1), seal(2), ..
//! ```
//!
//! Rules: `DLG-1` to `DLG-15` of SPEC.md: `handshake` keeps 1 to 6, `tag` 7 to 10, `channel` 11 to 13, its caller 14, `padding`
//! 15.
//!
//! An attacker hears every envelope, may alter, drop, repeat or re-wrap any of them, and may send as many of its own as it
//! has passes. It tries low-order keys (refused, `DLG-2`), the same ephemeral under its own envelope (the prologue differs,
//! `DLG-3`), old envelopes again (their number is used up, `DLG-12`), and reads lengths (`padding`).
//!
//! Who learns what: everybody sees that an envelope exists, its size class and when it appeared. The advert's owner learns
//! the first payload. The initiator stays anonymous: NK proves only the responder. Whoever later steals the contact secret
//! reads first messages, and nothing after them.

mod channel;
mod handshake;
mod keys;
mod padding;
mod resolver;
mod tag;
#[cfg(test)]
mod vectors;

pub use crate::dialogue::Position;
pub use crate::id::{ContactKey, Ephemeral, HandshakeHash};
pub use channel::Channel;
pub use handshake::{Answer, FIRST_PAYLOAD_MAX, First, Parts, Prologue, answer, finish, first_message, read_first};
pub(crate) use keys::keyed;
pub(crate) use keys::secret;
pub use keys::{ContactSecret, Seed, Sequence, TagKey};
pub use padding::{LENGTH_PREFIX_BYTES, pad, unpad};
pub(crate) use resolver::{is_low_order, public_of, shared};
pub use tag::{Tag, blank_ephemeral, first_tag};

/// Bytes that sealing adds to any message of a dialogue: the Poly1305 authenticator. Every sealed length is the plaintext's
/// plus this, whether it is the first message, the answer or a later one.
pub const SEAL_BYTES: usize = 16;

/// The longest plaintext a [`Channel`] seals, in bytes: a Noise message is at most 65,535 bytes, less the authenticator.
pub const PLAINTEXT_MAX: usize = 65_535 - SEAL_BYTES;

/// Why a message of a dialogue was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A public key that fixes the shared secret, whoever holds the other half (`DLG-2`).
    #[error("agreeing on a key: the public key is of low order; drop the envelope, or the advert that carries it")]
    LowOrder,
    /// Not sealed for this key, this prologue or this sequence, or changed on the way; nobody can tell which.
    #[error("opening a sealed message: it is not meant for this dialogue or was changed; drop it")]
    DoesNotOpen,
    /// The sequence belongs to the handshake or lies beyond the last one (`DLG-11`).
    #[error("numbering a message: {0} is not a transport sequence; use 1 to 18446744073709551614")]
    Sequence(u64),
    /// Longer than the protocol carries in one message.
    #[error("sealing a message: {found} bytes do not fit into {limit}; split the payload")]
    TooLong {
        /// What was given, in bytes.
        found: usize,
        /// What fits, in bytes.
        limit: usize,
    },
    /// The padded length is none of the size classes (`DLG-15`).
    #[error("removing the padding: {0} bytes is not a size class; drop the message")]
    SizeClass(usize),
    /// The length prefix points beyond the message, or the fill is not all zero (`DLG-15`).
    #[error("removing the padding: the length prefix or the fill is wrong; drop the message")]
    Padding,
    /// The Noise state machine refused a step it was built for.
    #[error("running the handshake: the state machine refused its own step; this is a defect, please report it")]
    Engine,
}

impl From<snow::Error> for Refused {
    fn from(error: snow::Error) -> Self {
        match error {
            snow::Error::Dh => Refused::LowOrder,
            snow::Error::Decrypt | snow::Error::Input => Refused::DoesNotOpen,
            _ => Refused::Engine,
        }
    }
}
