//! Moments that nobody else can predict and no restart changes: they follow from a secret of the firm, so they need no record.

use alloc::vec::Vec;
use protocol::id::Hash;
use protocol::noise::Seed;

/// Less than `most`, always the same for this secret and this matter, and even chance to everybody else.
pub(crate) fn delay(secret: &Seed, label: &str, matter: &[u8], most: u64) -> u64 {
    let bytes: Vec<u8> = [&secret.0[..], matter].concat();
    let Hash(chance) = Hash::of_bytes(label, &bytes);
    let chance = chance.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
    chance.checked_rem(most).unwrap_or(0)
}
