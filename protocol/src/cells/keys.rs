//! What one relay and the sender of a cell agree on (`CEL-2`).
//!
//! Everything that the two must share enters the derivation: the secret, both public keys and the network. So a second form of the
//! element (its unused bit set, a point of small order added), a cell moved to another relay, and a cell of another network
//! have other keys, and their seals differ. Keys are wiped when dropped.

use super::{KEY_BYTES, ROUTING_BYTES, ReplayTag, SLOT_BYTES};
use crate::id::{NetworkId, OnionKey};
use crate::noise::{keyed, public_of, secret};
use chacha20::ChaCha20;
use chacha20::cipher::{KeyIvInit, StreamCipher};
use core::fmt;
use hkdf::Hkdf;
use hmac::Mac;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

const LABEL: &[u8] = b"cosolvent/cell/1";

/// The stream that covers the routing field and one slot behind it, in bytes.
pub(super) const STREAM_BYTES: usize = ROUTING_BYTES + SLOT_BYTES;

secret! {
    /// The X25519 secret of a relay's onion key. Drawn for one week, wiped an hour after it.
    OnionSecret
}

impl OnionSecret {
    /// The public half.
    pub fn onion_key(&self) -> OnionKey {
        OnionKey(public_of(&self.0))
    }
}

/// The keys of one layer.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(super) struct LayerKeys {
    stream: [u8; 32],
    seal: [u8; 32],
    /// Four round keys.
    pub(super) wide: [[u8; 32]; 4],
    /// Blinds the element for the next relay.
    pub(super) blind: [u8; 32],
    tag: [u8; 32],
}

impl LayerKeys {
    /// HKDF(shared secret, label ‖ network ‖ element ‖ onion key), 256 bytes: stream ‖ seal ‖ four round keys ‖ blind ‖ tag.
    pub(super) fn derive(network: &NetworkId, element: &[u8; 32], onion: &OnionKey, shared: &[u8; 32]) -> LayerKeys {
        let mut keys = LayerKeys { stream: [0; 32], seal: [0; 32], wide: [[0; 32]; 4], blind: [0; 32], tag: [0; 32] };
        let mut drawn = zeroize::Zeroizing::new([0; 8 * KEY_BYTES]);
        let info: [&[u8]; 4] = [LABEL, &network.0, element, &onion.0];
        // INVARIANT: HKDF-SHA256 gives up to 8,160 bytes, so 256 never fail.
        let _ = Hkdf::<Sha256>::new(None, shared).expand_multi_info(&info, drawn.as_mut());
        let LayerKeys { stream, seal, wide: [first, second, third, fourth], blind, tag } = &mut keys;
        let parts = [stream, seal, first, second, third, fourth, blind, tag];
        for (part, from) in parts.into_iter().zip(drawn.chunks_exact(KEY_BYTES)) {
            part.copy_from_slice(from);
        }
        keys
    }

    /// The tag by which a relay knows a cell that it has opened before (`CEL-7`).
    pub(super) fn replay_tag(&self) -> ReplayTag {
        ReplayTag(self.tag)
    }

    /// ChaCha20 with a nonce of zeros. Each key covers one cell.
    pub(super) fn stream(&self) -> [u8; STREAM_BYTES] {
        let mut stream = [0; STREAM_BYTES];
        ChaCha20::new(&self.stream.into(), &[0; 12].into()).apply_keystream(&mut stream);
        stream
    }

    /// The seal over a layer's routing and payload.
    pub(super) fn seal(&self, routing: &[u8], payload: &[u8]) -> [u8; 32] {
        let mut mac = keyed(&self.seal);
        mac.update(routing);
        mac.update(payload);
        mac.finalize().into_bytes().into()
    }

    /// Whether a seal is the one of this layer, in constant time (`CEL-3`).
    pub(super) fn seals(&self, routing: &[u8], payload: &[u8], seal: &[u8; 32]) -> bool {
        self.seal(routing, payload).ct_eq(seal).into()
    }
}

#[cfg(test)]
impl LayerKeys {
    /// The keys of stream and seal, for the golden file.
    pub(super) fn first_two(&self) -> [&[u8; 32]; 2] {
        [&self.stream, &self.seal]
    }
}

/// Adds a stream to bytes, bit by bit.
pub(super) fn mix(bytes: &mut [u8], stream: &[u8]) {
    bytes.iter_mut().zip(stream).for_each(|(byte, key)| *byte ^= key);
}
