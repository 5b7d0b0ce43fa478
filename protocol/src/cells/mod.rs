//! Cells: how a record leaves without saying from where.
//!
//! A sender wraps a framed record three times, for three relays that it chose. Each relay takes off one layer and learns from
//! whom the cell came, to whom it goes and how long to hold it; only the last learns what is in it, and only the first learns
//! from which node it set out. All cells are alike: 4,096 bytes that nobody but the next relay can tell from chance.
//!
//! ```text
//!            32 B        32 B             3 × 69 B                              3,825 B
//!        ┌─────────┬────────────┬──────────────────────────┬───────────────────────────────────────────────┐
//!   cell │ element │    seal    │ routing                  │ payload                                       │
//!        └────┬────┴─────┬──────┴────────────┬─────────────┴───────────────────────┬───────────────────────┘
//!       agrees on keys   └ over routing and payload                                 └ one block of a wide cipher
//!                                            │ one slot for each relay:               inside: 32 zeros, length, exit, fill
//!                                            └ command 1 B, next peer 32 B, delay 4 B, seal of the next layer 32 B
//! ```
//!
//! This is the Sphinx packet format (Danezis and Goldberg, "Sphinx: A Compact and Provably Secure Mix Format", 2009) with X25519,
//! HKDF-SHA256, HMAC-SHA256, ChaCha20 and LIONESS, without reply blocks, and with a seal that covers the payload too (decision
//! 0005). Rules:
//!
//! - `CEL-1` A cell is 4,096 bytes: element, seal, routing, payload.
//! - `CEL-2` Keys of a layer follow from the agreed secret, the element, the onion key and the network.
//! - `CEL-3` A relay compares the seal first, in constant time; what differs is dropped whole.
//! - `CEL-4` A slot says forward or exit, the next peer, and the delay; the routing field never gets shorter.
//! - `CEL-5` The payload is one block: a changed bit anywhere changes all of it.
//! - `CEL-6` The last relay publishes a frame on the topic of a kind, or drops a dummy.
//! - `CEL-7` A relay opens a cell once: it remembers the replay tag until the onion key is wiped.
//! - `CEL-8` The sender draws each delay, exponentially; a relay that is asked for more than ten minutes drops the cell.
//!
//! What an attacker would try: mark a cell and look for the mark behind the next relay (`CEL-3`, `CEL-5`), send a copy and look
//! what comes out twice (`CEL-7`), learn the length of the way from the length of what is left (`CEL-4`), write another form of
//! the element (`CEL-2`), tell dummies from records by size (`CEL-6`), make a relay keep cells for ever (`CEL-8`). Who sees both
//! ends and all the times may still guess; see README.

mod delays;
mod keys;
mod open;
mod wide;
mod wrap;

pub use delays::Delays;
pub use keys::OnionSecret;
pub use open::Opened;
pub use wrap::Load;

use crate::check::Kind;
use crate::id::{Blob, OnionKey, PeerKey};
use crate::limits::CELL_BYTES;
use crate::wire::wire_types;
use alloc::{boxed::Box, vec::Vec};
use core::fmt;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Relays on a path.
pub const HOPS: usize = 3;

/// The element, the seal, and the name of the next peer are this long each, in bytes.
const KEY_BYTES: usize = 32;

/// A slot of the routing field, in bytes: command, next peer, delay, seal of the next layer.
const SLOT_BYTES: usize = 1 + KEY_BYTES + 4 + KEY_BYTES;

/// The routing field, in bytes.
const ROUTING_BYTES: usize = HOPS * SLOT_BYTES;

/// The payload, in bytes.
const PAYLOAD_BYTES: usize = CELL_BYTES - 2 * KEY_BYTES - ROUTING_BYTES;

/// Zeros before the padded exit, in bytes: they show that the payload came through whole.
const ZERO_BYTES: usize = 32;

/// The padded exit, in bytes.
const EXIT_BYTES: usize = PAYLOAD_BYTES - ZERO_BYTES;

/// Slots that say "on to the next peer", and "this is the end of the way".
const FORWARD: u8 = 0;
const EXIT: u8 = 1;

/// 4,096 bytes for one relay.
#[derive(Clone, PartialEq, Eq)]
pub struct Cell(Box<[u8; CELL_BYTES]>);

/// One relay of a path, in one week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Its transport identity.
    pub peer: PeerKey,
    /// Its onion key of the week.
    pub onion: OnionKey,
}

/// What the last relay is to do (`CEL-6`).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Exit {
    /// Check this frame as if a neighbour had sent it, and gossip it on the topic of its kind.
    #[n(0)]
    Publish {
        /// Whose topic.
        #[n(0)]
        kind: Kind,
        /// Not checked yet.
        #[n(1)]
        frame: Blob,
    },
    /// Nothing: a dummy.
    #[n(1)]
    Drop,
}
wire_types!(Cell, Exit);

/// Names a cell at one relay, and to nobody else (`CEL-7`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReplayTag(pub [u8; 32]);

/// Why a cell is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCell {
    /// Not 4,096 bytes.
    #[error("reading a cell: it is not 4,096 bytes long; drop it")]
    Size,
    /// An element or onion key with which every secret agrees on the same.
    #[error("agreeing on the keys of a cell: a public key is of low order; drop it")]
    LowOrder,
    /// Not for this onion key, or changed on the way; nobody can tell which.
    #[error("opening a cell: it is not sealed for this key or was changed on the way; drop it")]
    Seal,
    /// Its sender asks for something that no relay does.
    #[error("reading the slot of a cell: its command or delay is not one that a relay follows; drop it")]
    Slot,
    /// Its sender put something else than an exit into it.
    #[error("reading the payload of a cell: it holds no exit; drop it")]
    Payload,
}

impl Cell {
    /// A cell as it came from a neighbour.
    ///
    /// Errors: [`BadCell::Size`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Cell, BadCell> {
        Cell::of(bytes.to_vec())
    }

    /// The bytes as they travel.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    fn of(bytes: Vec<u8>) -> Result<Cell, BadCell> {
        bytes.into_boxed_slice().try_into().map(Cell).map_err(|_| BadCell::Size)
    }
}

impl<C> Encode<C> for Cell {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.bytes(self.as_bytes())?.ok()
    }
}
impl<'b, C> Decode<'b, C> for Cell {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Cell::from_bytes(d.bytes()?).map_err(|_| minicbor::decode::Error::message("not the length of a cell"))
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cell")
    }
}

impl fmt::Debug for ReplayTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReplayTag")
    }
}

#[cfg(test)]
mod tests;
