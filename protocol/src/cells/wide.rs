//! A cipher whose block is the whole payload, so that a changed bit anywhere leaves nothing of it (`CEL-5`).
//!
//! LIONESS (Anderson and Biham, "Two Practical and Provably Secure Block Ciphers: BEAR and LION", 1996): four rounds over an
//! unbalanced halving of the block, with ChaCha20 as the stream and HMAC-SHA256 as the keyed hash. Each key is used for one block.
//!
//! ```text
//!   left 32 B ‖ right          right ^= stream(left ^ k1)     left ^= hash(k2, right)
//!                              right ^= stream(left ^ k3)     left ^= hash(k4, right)
//! ```

use super::keys::mix;
use crate::noise::keyed;
use chacha20::ChaCha20;
use chacha20::cipher::{KeyIvInit, StreamCipher};
use hmac::Mac;
use zeroize::Zeroizing;

/// Encrypts a block of more than 32 bytes in place.
pub(super) fn encrypt([first, second, third, fourth]: &[[u8; 32]; 4], block: &mut [u8]) {
    let Some((left, right)) = block.split_first_chunk_mut::<32>() else { return };
    stream(first, left, right);
    hash(second, left, right);
    stream(third, left, right);
    hash(fourth, left, right);
}

/// Decrypts a block of more than 32 bytes in place.
pub(super) fn decrypt([first, second, third, fourth]: &[[u8; 32]; 4], block: &mut [u8]) {
    let Some((left, right)) = block.split_first_chunk_mut::<32>() else { return };
    hash(fourth, left, right);
    stream(third, left, right);
    hash(second, left, right);
    stream(first, left, right);
}

fn stream(key: &[u8; 32], left: &[u8; 32], right: &mut [u8]) {
    let mut round = Zeroizing::new(*key);
    mix(round.as_mut(), left);
    let round: &[u8; 32] = &round;
    ChaCha20::new(round.into(), &[0; 12].into()).apply_keystream(right);
}

fn hash(key: &[u8; 32], left: &mut [u8; 32], right: &[u8]) {
    let mut mac = keyed(key);
    mac.update(right);
    mix(left, &mac.finalize().into_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    const KEYS: [[u8; 32]; 4] = [[1; 32], [2; 32], [3; 32], [4; 32]];

    #[test]
    fn a_block_reads_back_and_a_changed_bit_anywhere_changes_all_of_it() {
        // CEL-5
        let block: Vec<u8> = (0..3_825).map(|at| (at % 251) as u8).collect();
        let mut encrypted = block.clone();
        encrypt(&KEYS, &mut encrypted);
        for at in [0, 31, 32, 33, 2_000, 3_824] {
            let mut changed = encrypted.clone();
            decrypt(&KEYS, &mut changed);
            assert_eq!(changed, block);
            encrypt(&KEYS, &mut changed);
            changed[at] ^= 1;
            decrypt(&KEYS, &mut changed);
            // A byte of chance equals another in one of 256 cases: 15 of 3,825.
            let alike = changed.iter().zip(&block).filter(|(one, other)| one == other).count();
            assert!(alike < 60, "{alike} bytes are as before");
            assert!(changed[..32] != block[..32]);
        }
    }
}
