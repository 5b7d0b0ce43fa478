//! Opening: what one relay learns from a cell (`CEL-2` to `CEL-8`).
//!
//! Nothing is told before the seal agreed, and the seal covers routing and payload, so what a slot or payload says is what the
//! sender put there. What it puts there may still be nonsense; that is refused by name.

use super::keys::{LayerKeys, STREAM_BYTES, mix};
use super::{
    BadCell, Cell, EXIT, EXIT_BYTES, Exit, FORWARD, KEY_BYTES, OnionSecret, ROUTING_BYTES, ReplayTag, SLOT_BYTES,
    ZERO_BYTES, wide,
};
use crate::id::{NetworkId, PeerKey};
use crate::limits::RELAY_DELAY_MS_MAX;
use crate::noise::{shared, unpad};
use crate::wire::decode;

/// What a relay is to do with a cell, if it has not seen its tag before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// Hold it, then send the next layer on.
    Forward {
        /// To whom.
        next: PeerKey,
        /// How long to hold it, in milliseconds.
        delay_ms: u32,
        /// What to send.
        cell: Cell,
        /// Remember it (`CEL-7`).
        tag: ReplayTag,
    },
    /// Hold it, then do this: here the way ends.
    Exit {
        /// What to do.
        exit: Exit,
        /// How long to hold it, in milliseconds.
        delay_ms: u32,
        /// Remember it (`CEL-7`).
        tag: ReplayTag,
    },
}

impl Cell {
    /// Takes off the layer that is sealed to this onion key.
    pub fn open(&self, network: &NetworkId, secret: &OnionSecret) -> Result<Opened, BadCell> {
        let (element, rest) = self.0.split_first_chunk::<KEY_BYTES>().ok_or(BadCell::Size)?;
        let (seal, rest) = rest.split_first_chunk::<KEY_BYTES>().ok_or(BadCell::Size)?;
        let (routing, payload) = rest.split_first_chunk::<ROUTING_BYTES>().ok_or(BadCell::Size)?;
        let agreed = shared(&secret.0, element).ok_or(BadCell::LowOrder)?;
        let keys = LayerKeys::derive(network, element, &secret.onion_key(), &agreed);
        if !keys.seals(routing, payload, seal) {
            return Err(BadCell::Seal);
        }
        // The own slot, and behind it the next layer's routing: as long as this one, because a slot of zeros is appended.
        let mut unrolled = [0; STREAM_BYTES];
        unrolled.iter_mut().zip(routing).for_each(|(to, from)| *to = *from);
        mix(&mut unrolled, &keys.stream());
        let (slot, routing) = unrolled.split_first_chunk::<SLOT_BYTES>().ok_or(BadCell::Size)?;
        let (command, next, delay_ms, seal) = read_slot(slot).ok_or(BadCell::Slot)?;
        let mut payload = payload.to_vec();
        wide::decrypt(&keys.wide, &mut payload);
        let tag = keys.replay_tag();
        match command {
            FORWARD => {
                let element = shared(&keys.blind, element).ok_or(BadCell::LowOrder)?;
                let cell = Cell::of([element.as_slice(), seal, routing, &payload].concat())?;
                Ok(Opened::Forward { next: PeerKey(*next), delay_ms, cell, tag })
            }
            EXIT => Ok(Opened::Exit { exit: read_exit(&payload)?, delay_ms, tag }),
            _ => Err(BadCell::Slot),
        }
    }
}

/// Command, next peer, delay and seal of the next layer (`CEL-4`, `CEL-8`).
fn read_slot(slot: &[u8; SLOT_BYTES]) -> Option<(u8, &[u8; KEY_BYTES], u32, &[u8; KEY_BYTES])> {
    let (command, rest) = slot.split_first()?;
    let (next, rest) = rest.split_first_chunk()?;
    let (delay, seal) = rest.split_first_chunk()?;
    let delay_ms = u32::from_be_bytes(*delay);
    (delay_ms <= RELAY_DELAY_MS_MAX).then_some((*command, next, delay_ms, seal.first_chunk()?))
}

/// What to do at the end of the way (`CEL-5`, `CEL-6`).
fn read_exit(payload: &[u8]) -> Result<Exit, BadCell> {
    let (zeros, padded) = payload.split_first_chunk::<ZERO_BYTES>().ok_or(BadCell::Payload)?;
    if *zeros != [0; ZERO_BYTES] {
        return Err(BadCell::Payload);
    }
    let bytes = unpad(padded, &[EXIT_BYTES]).map_err(|_| BadCell::Payload)?;
    decode(bytes, EXIT_BYTES).map_err(|_| BadCell::Payload)
}
