//! The sealed channel of one deal.

use super::Sealed;
use super::event::Opening;
use alloc::vec::Vec;
use protocol::dialogue::{Payload, Position};
use protocol::id::{Blob, ContactKey, Ephemeral};
use protocol::limits::PLAINTEXT_CLASSES_BYTES;
use protocol::noise::{
    Channel, ContactSecret, Parts, Prologue, Refused, Seed, Sequence, TagKey, answer, blank_ephemeral, finish,
    first_message, pad, unpad,
};

/// Seals the first message to an advert.
pub fn first_sealed(
    seed: &Seed,
    contact: &ContactKey,
    prologue: &[u8],
    payload: &Payload,
) -> Result<(Sealed, Blob), Refused> {
    let plaintext = pad(payload.bytes(), &PLAINTEXT_CLASSES_BYTES)?;
    let first = first_message(seed, contact, Prologue(prologue), &plaintext)?;
    let sealed = Sealed {
        sequence: Sequence::HANDSHAKE,
        tag: first.tag,
        ephemeral: first.ephemeral,
        ciphertext: Blob(first.ciphertext),
    };
    Ok((sealed, Blob(plaintext)))
}

impl Opening {
    /// The responder's answer and its side of the channel. The same inputs always give the same bytes.
    pub fn answer(&self, seed: &Seed, plaintext: &[u8]) -> Result<(Sealed, Channel), Refused> {
        let Opening::Heard { contact, prologue, ephemeral, ciphertext, tag_key, .. } = self else {
            return Err(Refused::Engine);
        };
        let first = Parts { ephemeral, ciphertext: &ciphertext.0 };
        let (answer, channel) = answer(seed, contact, Prologue(&prologue.0), first, plaintext)?;
        let sealed = Sealed {
            sequence: Sequence::HANDSHAKE,
            tag: tag_key.tag(Position::Responder, Sequence::HANDSHAKE),
            ephemeral: answer.ephemeral,
            ciphertext: Blob(answer.ciphertext),
        };
        Ok((sealed, channel))
    }

    /// The answer's plaintext and the initiator's side of the channel.
    pub fn finish(&self, ephemeral: &Ephemeral, ciphertext: &[u8]) -> Result<(Vec<u8>, Channel), Refused> {
        let Opening::Written { seed, contact, prologue, plaintext, .. } = self else {
            return Err(Refused::Engine);
        };
        let parts = Parts { ephemeral, ciphertext };
        finish(seed, contact, Prologue(&prologue.0), &plaintext.0, parts)
    }

    /// Makes the tags of this deal.
    pub fn tag_key(&self) -> &TagKey {
        match self {
            Opening::Written { tag_key, .. } | Opening::Heard { tag_key, .. } => tag_key,
        }
    }
}

/// Reads a first message with an advert's contact secret: its padded plaintext without the padding.
pub fn read_first(
    contact: &ContactSecret,
    prologue: &[u8],
    ephemeral: &Ephemeral,
    ciphertext: &[u8],
) -> Option<Vec<u8>> {
    let parts = Parts { ephemeral, ciphertext };
    let plaintext = protocol::noise::read_first(contact, Prologue(prologue), parts).ok()?;
    unpad(&plaintext, &PLAINTEXT_CLASSES_BYTES).ok().map(<[u8]>::to_vec)
}

/// Seals a later message of `position` under its sequence.
pub fn seal(
    channel: &Channel,
    tag_key: &TagKey,
    position: Position,
    sequence: Sequence,
    blank: &Seed,
    payload: &Payload,
) -> Result<Sealed, Refused> {
    let plaintext = pad(payload.bytes(), &PLAINTEXT_CLASSES_BYTES)?;
    Ok(Sealed {
        sequence,
        tag: tag_key.tag(position, sequence),
        ephemeral: blank_ephemeral(blank, sequence),
        ciphertext: Blob(channel.seal(sequence, &plaintext)?),
    })
}

/// Opens a later message of the other side: its plaintext without the padding.
pub fn open(channel: &Channel, sequence: Sequence, ciphertext: &[u8]) -> Option<Vec<u8>> {
    let plaintext = channel.open(sequence, ciphertext).ok()?;
    unpad(&plaintext, &PLAINTEXT_CLASSES_BYTES).ok().map(<[u8]>::to_vec)
}
