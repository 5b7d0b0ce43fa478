//! Envelopes: sealed words for one unnamed party, carried by everybody.
//!
//! - `ENV-1` An envelope is pass ‖ ephemeral ‖ tag ‖ ciphertext of a fixed length, signed by the pass's holder key. It names
//!   no recipient: who holds the right key recognises the two-byte tag, everybody else carries it.
//! - `ENV-2` A node keeps it for seven days from the moment it hears it, and never longer than its pass's epoch, the grace,
//!   and seven days together; every node refuses it after that. A node asleep for longer finds it lapsed.
//!
//! Who learns what: everybody learns that some member wrote to somebody, and the size class.

use crate::check::Context;
use crate::id::{Blob, Ephemeral, NetworkId};
use crate::limits::{CLOCK_SKEW_MS_MAX, ENVELOPE_DAYS, PASS_GRACE_MS, PLAINTEXT_CLASSES_BYTES};
use crate::noise::SEAL_BYTES;
use crate::pass::{BadPass, Pass, Purpose};
use crate::sign::{Signed, Statement};
use crate::time::DAY_MS;
use crate::wire::wire_types;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// How long a node keeps an envelope, in milliseconds.
pub const ENVELOPE_LIFE_MS: u64 = ENVELOPE_DAYS as u64 * DAY_MS;

/// An envelope without its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct EnvelopeBody {
    /// In which network.
    #[n(0)]
    pub network: NetworkId,
    /// A member wrote it; the holder key is used for this envelope only.
    #[n(1)]
    pub pass: Pass,
    /// Noise's ephemeral in the first two messages, a random public key afterwards.
    #[n(2)]
    pub ephemeral: Ephemeral,
    /// Says "for you" to who can compute it, and to one in 65,536 others.
    #[n(3)]
    pub tag: [u8; 2],
    /// Sealed, of a fixed length.
    #[n(4)]
    pub ciphertext: Blob,
}

/// A published envelope.
pub type Envelope = Signed<EnvelopeBody>;

wire_types!(EnvelopeBody);
impl Statement for EnvelopeBody {
    const LABEL: &'static str = "cosolvent/envelope/1";
}

/// Why an envelope is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadEnvelope {
    /// For another network.
    #[error("the envelope belongs to another network")]
    OtherNetwork,
    /// Its ciphertext has none of the fixed lengths.
    #[error("the envelope has none of the fixed sizes")]
    Size,
    /// Its life is over.
    #[error("the envelope has lapsed")]
    Lapsed,
    /// No good pass.
    #[error(transparent)]
    Pass(#[from] BadPass),
    /// Not signed by its holder key.
    #[error("the envelope is not signed by its own key")]
    Signature,
}

/// Judges an envelope (`ENV-1`, `ENV-2`): cheap rules first, signatures last.
pub fn check_envelope(envelope: &Envelope, context: &Context<'_>) -> Result<(), BadEnvelope> {
    let (body, now) = (&envelope.body, context.now);
    if body.network != context.network {
        return Err(BadEnvelope::OtherNetwork);
    }
    let length = body.ciphertext.0.len();
    if !PLAINTEXT_CLASSES_BYTES.iter().any(|class| class + SEAL_BYTES == length) {
        return Err(BadEnvelope::Size);
    }
    if now.plus(CLOCK_SKEW_MS_MAX) < body.pass.epoch.monday().start() {
        return Err(BadEnvelope::Pass(BadPass::OutOfEpoch));
    }
    if now >= body.pass.epoch.end().plus(PASS_GRACE_MS + ENVELOPE_LIFE_MS) {
        return Err(BadEnvelope::Lapsed);
    }
    body.pass.issued_in(context, Purpose::Contact)?;
    envelope.verify(&body.pass.holder).map(drop).map_err(|_| BadEnvelope::Signature)
}
