//! The shared trust log: what is remembered of engagements, without names.
//!
//! - `LOG-1` Each party posts its own entry: a START under a position key (the log pass's holder) that commits to the
//!   receipt and to the next position, and names the one key that may dispute; later its OUTCOME under the same position.
//!   The two halves of one engagement share no value.
//! - `LOG-2` Whether an entry is valid depends on the entry and what it refers to, never on a clock, a policy or standing.
//! - `LOG-3` Two different STARTs under one position are a fork and prove themselves.
//! - `LOG-4` A set of entries has a digest: the Merkle tree hash (RFC 9162, 2.1.1) over its sorted record ids.
//!
//! Who learns what: everybody learns that some member began or ended something in some week; the parties, who hold the
//! openings, can later prove which entries are theirs and that none is missing.

use crate::check::Context;
use crate::id::{DisputeKey, Hash, HolderKey, NetworkId, RecordId};
use crate::pass::{BadPass, Pass, Purpose};
use crate::sign::{Signed, Statement};
use crate::vocabulary::OutcomeCode;
use crate::wire::{Encode as Wire, encode, wire_types};
use alloc::vec::Vec;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// One party began an engagement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct StartBody {
    /// In which network.
    #[n(0)]
    pub network: NetworkId,
    /// A member began it; the holder key is this party's position in the log.
    #[n(1)]
    pub pass: Pass,
    /// Hash of (salt, receipt).
    #[n(2)]
    pub receipt: Hash,
    /// Hash of (salt, next position key).
    #[n(3)]
    pub next: Hash,
    /// Chosen by the counterpart for this entry.
    #[n(4)]
    pub dispute: DisputeKey,
}

/// One party's engagement ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct OutcomeBody {
    /// In which network.
    #[n(0)]
    pub network: NetworkId,
    /// The pass of the START, which covers this entry too.
    #[n(1)]
    pub pass: Pass,
    /// The START of this party.
    #[n(2)]
    pub start: RecordId,
    /// How it ended.
    #[n(3)]
    pub outcome: OutcomeCode,
    /// Hash of (salt, both signed receipts).
    #[n(4)]
    pub receipt: Hash,
}

/// A published START.
pub type Start = Signed<StartBody>;
/// A published OUTCOME.
pub type Outcome = Signed<OutcomeBody>;

wire_types!(StartBody, OutcomeBody);
impl Statement for StartBody {
    const LABEL: &'static str = "cosolvent/start/1";
}
impl Statement for OutcomeBody {
    const LABEL: &'static str = "cosolvent/outcome/1";
}

/// Why an entry is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadEntry {
    /// For another network.
    #[error("the entry belongs to another network")]
    OtherNetwork,
    /// No good pass.
    #[error(transparent)]
    Pass(#[from] BadPass),
    /// Not signed by its position key.
    #[error("the entry is not signed by its own position key")]
    Signature,
}

/// Judges a START (`LOG-2`).
pub fn check_start(start: &Start, context: &Context<'_>) -> Result<(), BadEntry> {
    check_entry(start, start.body.network, &start.body.pass, context)
}

/// Judges an OUTCOME by itself; that its START exists is a matter of the set (`LOG-2`).
pub fn check_outcome(outcome: &Outcome, context: &Context<'_>) -> Result<(), BadEntry> {
    check_entry(outcome, outcome.body.network, &outcome.body.pass, context)
}

fn check_entry<T: Statement>(
    entry: &Signed<T>,
    of: NetworkId,
    pass: &Pass,
    context: &Context<'_>,
) -> Result<(), BadEntry> {
    if of != context.network {
        return Err(BadEntry::OtherNetwork);
    }
    pass.issued_in(context, Purpose::Log)?;
    entry.verify(&pass.holder).map(drop).map_err(|_| BadEntry::Signature)
}

/// Hides a value behind a salt until the salt is told.
pub fn commit<T: Wire>(salt: &Hash, value: &T) -> Hash {
    let mut bytes = salt.0.to_vec();
    bytes.extend_from_slice(&encode(value));
    Hash::of_bytes("cosolvent/log-commitment/1", &bytes)
}

/// The position that follows, committed to (`LOG-1`).
pub fn commit_next(salt: &Hash, next: &HolderKey) -> Hash {
    commit(salt, next)
}

/// The digest of a set of records (`LOG-4`). `ids` must be sorted and distinct; the digest of nothing is SHA-256 of nothing.
pub fn set_digest<'a>(ids: impl IntoIterator<Item = &'a RecordId>) -> Hash {
    // A stack of perfect subtrees, as in the reference construction: (leaves under it, hash).
    let mut stack: Vec<(usize, [u8; 32])> = Vec::new();
    for id in ids {
        let mut node = (1, node_hash(&[0], id.as_bytes(), &[]));
        while let Some(left) = stack.pop_if(|left| left.0 == node.0) {
            node = (left.0 + node.0, node_hash(&[1], &left.1, &node.1));
        }
        stack.push(node);
    }
    let joined = stack.into_iter().rev().map(|(_, hash)| hash).reduce(|right, left| node_hash(&[1], &left, &right));
    Hash(joined.unwrap_or_else(|| Sha256::digest([]).into()))
}

fn node_hash(prefix: &[u8], left: &[u8], right: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(prefix);
    hash.update(left);
    hash.update(right);
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::RecordId;

    /// RFC 9162, 2.1.1, by its recursive definition.
    fn by_definition(ids: &[RecordId]) -> [u8; 32] {
        match ids {
            [] => Sha256::digest([]).into(),
            [one] => node_hash(&[0], one.as_bytes(), &[]),
            _ => {
                let split = ids.len().next_power_of_two() / 2;
                node_hash(&[1], &by_definition(&ids[..split]), &by_definition(&ids[split..]))
            }
        }
    }

    #[test]
    fn the_digest_of_a_set_is_its_merkle_tree_hash() {
        for count in 0..40u8 {
            let ids: Vec<RecordId> = (0..count).map(|n| RecordId([n; 32])).collect();
            assert_eq!(set_digest(&ids).0, by_definition(&ids), "{count} entries");
        }
    }
}
