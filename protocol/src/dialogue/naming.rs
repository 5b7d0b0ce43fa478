//! How both sides of a deal name it and bind its handshake, from what the first envelope shows.

use crate::id::{DealId, Hash, HolderKey, NetworkId};
use alloc::vec::Vec;

const DEAL_LABEL: &str = "cosolvent/deal/1";
const PROLOGUE_LABEL: &[u8] = b"cosolvent/dialogue/1";

/// The id of a deal: the first 16 bytes of the labelled hash of the first envelope's holder key (`STP-5`).
pub fn deal_id(initiator: &HolderKey) -> DealId {
    let hash = Hash::of(DEAL_LABEL, initiator).0;
    DealId(hash.first_chunk().copied().unwrap_or_default())
}

/// Binds a dialogue to a network, a protocol version, an advert's pseudonym and the first envelope's holder key (`DLG-3`).
pub fn prologue(network: NetworkId, pseudonym: HolderKey, holder: HolderKey) -> Vec<u8> {
    [PROLOGUE_LABEL, network.as_bytes(), pseudonym.as_bytes(), holder.as_bytes()].concat()
}
