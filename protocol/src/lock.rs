//! The locked reveal: something given now that can be read only later, and cannot be changed in between.
//!
//! Decides whether a key opens what was locked, and whether what comes out is what was committed to. Refuses a wrong key, the
//! other side's lock, another session's lock and a changed payload.
//!
//! ```text
//!   payload ──▶ commitment = H(label ‖ role ‖ key ‖ nonce ‖ length ‖ payload ‖ session)   ─┐ sent first,
//!           ──▶ ciphertext = AEAD(HKDF(key ‖ nonce, commitment), payload)                   ─┘ by both sides
//!   key, nonce                                                                              ── sent later, or never
//! ```
//!
//! Rules: `RVL-1` to `RVL-7`. ChaCha20-Poly1305 does not commit: a cheat can make one ciphertext that opens to two payloads
//! under two keys and choose when it sees the other's. The hash does commit, so both are checked. The commitment also goes into
//! the cipher key, so that one key used by mistake for two payloads still gives two cipher keys.
//!
//! Who learns what: until the key is sent, the length of the payload and nothing else. **Sending the key is the reveal** (`RVL-5`). Only
//! a machine that holds both sides' consent makes a key leave; nothing here does so by itself.

use crate::id::Commitment;
use crate::limits::{LOCKED_PART_BYTES, LOCKED_PARTS_MAX};
use crate::noise::{HandshakeHash, Position, Seed, keyed};
use alloc::vec::Vec;
use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use core::fmt;
use hkdf::Hkdf;
use hmac::Mac;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const COMMITMENT_LABEL: &[u8] = b"cosolvent/lock/commitment/1";
const CIPHER_LABEL: &[u8] = b"cosolvent/lock/cipher/1";
const BOUND_LABEL: &[u8] = b"cosolvent/lock/bound/1";
const DRAW_LABEL: &[u8] = b"cosolvent/lock/key/1";

/// What opens a lock. Secret until it is sent on purpose.
#[derive(Clone, Zeroize, ZeroizeOnDrop, Serialize, Deserialize, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct LockKey {
    /// 32 secret bytes.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// 32 more, which keep the commitment silent even about a guessed payload and key.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub nonce: [u8; 32],
}
crate::wire::wire_types!(LockKey);

/// What both sides exchange before either opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    /// Binds whoever sent it to one payload, side and session.
    pub commitment: Commitment,
    /// The sealed payload, 16 bytes longer than the payload.
    pub ciphertext: Vec<u8>,
}

/// Why a lock was not made or did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Wrong key, side or session, or a changed ciphertext or commitment (`RVL-3`).
    #[error("opening a locked reveal: the key does not open it in this session; end the reveal, nothing was learnt")]
    DoesNotOpen,
    /// It opened, and what came out is not what was committed to: the sender cheated (`RVL-4`).
    #[error("opening a locked reveal: the payload is not the one committed to; end the reveal, the sender cheated")]
    NotCommitted,
    /// The cipher takes no payload of this length.
    #[error("locking a reveal: {0} bytes are too long; shorten the payload")]
    TooLong(usize),
}

/// Locks `payload` for one side of one session (`RVL-1`, `RVL-2`).
///
/// Errors: [`Refused::TooLong`] beyond 256 GiB, which no caller reaches.
pub fn lock(role: Position, key: &LockKey, payload: &[u8], session: &HandshakeHash) -> Result<Locked, Refused> {
    let commitment = commitment(role, key, payload, session);
    let whole = Payload { msg: payload, aad: &bound(role, session) };
    let sealed = cipher(key, &commitment).encrypt(&Nonce::default(), whole);
    Ok(Locked { commitment, ciphertext: sealed.map_err(|_| Refused::TooLong(payload.len()))? })
}

/// Opens what the side `role` locked in this session, and checks that it is what was committed to.
///
/// Errors: [`Refused::DoesNotOpen`], [`Refused::NotCommitted`].
pub fn unlock(role: Position, key: &LockKey, locked: &Locked, session: &HandshakeHash) -> Result<Vec<u8>, Refused> {
    let sealed = Payload { msg: &locked.ciphertext, aad: &bound(role, session) };
    let opened = cipher(key, &locked.commitment).decrypt(&Nonce::default(), sealed);
    let payload = opened.map_err(|_| Refused::DoesNotOpen)?;
    let expected = commitment(role, key, &payload, session);
    if expected.0.ct_eq(&locked.commitment.0).into() { Ok(payload) } else { Err(Refused::NotCommitted) }
}

/// A ciphertext in the parts in which it travels, one message each: all of one length but the last, which is shorter and may be
/// empty, so that a reader knows the last (`RVL-7`).
pub fn cut(ciphertext: &[u8]) -> Vec<&[u8]> {
    let mut parts: Vec<&[u8]> = ciphertext.chunks(LOCKED_PART_BYTES).collect();
    if parts.last().is_none_or(|last| last.len() == LOCKED_PART_BYTES) {
        parts.push(&[]);
    }
    parts
}

/// A ciphertext as far as its parts have come (`RVL-7`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    joined: Vec<u8>,
    count: usize,
    complete: bool,
}

impl Parts {
    /// Whether a further part is taken: the last one has not come, and they are not too many.
    pub fn takes(&self, part: &[u8]) -> bool {
        !self.complete && self.count < LOCKED_PARTS_MAX && part.len() <= LOCKED_PART_BYTES
    }

    /// Takes in the next part.
    pub fn push(&mut self, part: &[u8]) {
        if self.takes(part) {
            self.joined.extend_from_slice(part);
            self.count += 1;
            self.complete = part.len() < LOCKED_PART_BYTES;
        }
    }

    /// The whole ciphertext, once the last part has come.
    pub fn whole(&self) -> Option<&[u8]> {
        self.complete.then_some(&*self.joined)
    }
}

impl LockKey {
    /// The lock key that a stored seed always gives: HMAC-SHA256(seed, label ‖ 0) and HMAC-SHA256(seed, label ‖ 1).
    pub fn draw(seed: &Seed) -> Self {
        let part = |part: u8| -> [u8; 32] {
            let mut mac = keyed(&seed.0);
            mac.update(DRAW_LABEL);
            mac.update(&[part]);
            mac.finalize().into_bytes().into()
        };
        LockKey { key: part(0), nonce: part(1) }
    }
}

impl PartialEq for LockKey {
    fn eq(&self, other: &Self) -> bool {
        (self.key.ct_eq(&other.key) & self.nonce.ct_eq(&other.nonce)).into()
    }
}

impl Eq for LockKey {}

impl fmt::Debug for LockKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LockKey(secret)")
    }
}

/// SHA-256(label ‖ role ‖ key ‖ nonce ‖ length as 8 bytes ‖ payload ‖ handshake hash) (`RVL-1`).
fn commitment(role: Position, key: &LockKey, payload: &[u8], session: &HandshakeHash) -> Commitment {
    let mut hash = Sha256::new();
    hash.update(COMMITMENT_LABEL);
    hash.update([role.byte()]);
    hash.update(key.key);
    hash.update(key.nonce);
    hash.update((payload.len() as u64).to_be_bytes());
    hash.update(payload);
    hash.update(session.0);
    Commitment(hash.finalize().into())
}

/// The cipher under HKDF-SHA256(no salt, key ‖ nonce, label ‖ commitment) (`RVL-2`). The commitment stands for one payload, so a
/// cipher key seals one payload and the cipher's nonce is zero.
fn cipher(key: &LockKey, commitment: &Commitment) -> ChaCha20Poly1305 {
    let mut secret = Zeroizing::new([0; 64]);
    secret.iter_mut().zip(key.key.iter().chain(&key.nonce)).for_each(|(to, from)| *to = *from);
    let mut cipher_key = Zeroizing::new([0; 32]);
    // INVARIANT: HKDF-SHA256 gives up to 8,160 bytes, so 32 never fail.
    let _ = Hkdf::<Sha256>::new(None, secret.as_ref())
        .expand_multi_info(&[CIPHER_LABEL, &commitment.0], cipher_key.as_mut());
    ChaCha20Poly1305::new((&*cipher_key).into())
}

/// What the ciphertext is bound to: label ‖ role ‖ handshake hash (`RVL-2`).
fn bound(role: Position, session: &HandshakeHash) -> Vec<u8> {
    [BOUND_LABEL, &[role.byte()], &session.0].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use proptest::prelude::*;

    const SESSION: HandshakeHash = HandshakeHash([6; 32]);
    const PAYLOAD: &[u8] = b"a name that only the other side may read";

    fn key() -> LockKey {
        LockKey::draw(&Seed([1; 32]))
    }

    fn locked() -> Locked {
        lock(Position::Initiator, &key(), PAYLOAD, &SESSION).unwrap()
    }

    #[test]
    fn the_key_opens_what_was_locked() {
        // RVL-1, RVL-2
        assert_eq!(unlock(Position::Initiator, &key(), &locked(), &SESSION), Ok(PAYLOAD.to_vec()));
        assert_eq!(locked(), locked(), "locking again after a restart gives the same bytes");
        let empty = lock(Position::Responder, &key(), b"", &SESSION).unwrap();
        assert_eq!(unlock(Position::Responder, &key(), &empty, &SESSION), Ok(Vec::new()));
    }

    #[test]
    fn a_wrong_key_or_nonce_does_not_open() {
        // RVL-3
        for at in 0..32 {
            let (mut key_changed, mut nonce_changed) = (key(), key());
            key_changed.key[at] ^= 1;
            nonce_changed.nonce[at] ^= 1;
            for wrong in [key_changed, nonce_changed] {
                assert_eq!(unlock(Position::Initiator, &wrong, &locked(), &SESSION), Err(Refused::DoesNotOpen));
            }
        }
    }

    #[test]
    fn one_sides_lock_cannot_pass_as_the_others() {
        // RVL-3
        assert_eq!(unlock(Position::Responder, &key(), &locked(), &SESSION), Err(Refused::DoesNotOpen));
    }

    #[test]
    fn a_lock_of_another_session_does_not_open() {
        // RVL-3: a man in the middle relays locks between two sessions.
        assert_eq!(unlock(Position::Initiator, &key(), &locked(), &HandshakeHash([7; 32])), Err(Refused::DoesNotOpen));
    }

    #[test]
    fn any_flipped_bit_of_commitment_or_ciphertext_is_refused() {
        // RVL-3
        for bit in 0..256 {
            let mut changed = locked();
            changed.commitment.0[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(unlock(Position::Initiator, &key(), &changed, &SESSION), Err(Refused::DoesNotOpen));
        }
        for bit in 0..locked().ciphertext.len() * 8 {
            let mut changed = locked();
            changed.ciphertext[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(unlock(Position::Initiator, &key(), &changed, &SESSION), Err(Refused::DoesNotOpen));
        }
    }

    #[test]
    fn a_cheat_who_seals_another_payload_under_its_commitment_is_caught() {
        // RVL-4: the cipher alone opens happily, because the cheat holds the key.
        let mut cheat = locked();
        let other = Payload { msg: b"another name", aad: &bound(Position::Initiator, &SESSION) };
        cheat.ciphertext = cipher(&key(), &cheat.commitment).encrypt(&Nonce::default(), other).unwrap();
        assert_eq!(unlock(Position::Initiator, &key(), &cheat, &SESSION), Err(Refused::NotCommitted));
    }

    #[test]
    fn one_key_for_two_payloads_still_gives_two_cipher_keys() {
        // RVL-2
        let other = lock(Position::Initiator, &key(), &[0; 40], &SESSION).unwrap();
        let stream = |locked: &Locked, payload: &[u8]| -> Vec<u8> {
            locked.ciphertext.iter().zip(payload).map(|(sealed, plain)| sealed ^ plain).collect()
        };
        assert_ne!(stream(&locked(), PAYLOAD), stream(&other, &[0; 40]));
    }

    #[test]
    fn what_was_cut_into_parts_is_whole_again_with_the_last_of_them() {
        // RVL-7
        for length in [0, 1, LOCKED_PART_BYTES - 1, LOCKED_PART_BYTES, LOCKED_PART_BYTES + 1, 3 * LOCKED_PART_BYTES] {
            let ciphertext: Vec<u8> = (0..length).map(|at| at as u8).collect();
            let mut parts = Parts::default();
            for part in cut(&ciphertext) {
                assert_eq!(parts.whole(), None, "{length} bytes, before the last part");
                assert!(parts.takes(part));
                parts.push(part);
            }
            assert_eq!(parts.whole(), Some(&*ciphertext), "{length} bytes");
            assert!(!parts.takes(b"more"), "{length} bytes, after the last part");
        }
        let mut endless = Parts::default();
        (0..LOCKED_PARTS_MAX).for_each(|_| endless.push(&[7; LOCKED_PART_BYTES]));
        assert!(!endless.takes(b"the end"));
        assert_eq!(endless.whole(), None);
        assert!(!Parts::default().takes(&[7; LOCKED_PART_BYTES + 1]));
    }

    #[test]
    fn lock_keys_do_not_print_themselves() {
        assert_eq!(format!("{:?}", key()), "LockKey(secret)");
        assert_ne!(key().key, key().nonce);
    }

    proptest! {
        #[test]
        fn hostile_locks_are_refused_and_never_panic(
            commitment in any::<[u8; 32]>(),
            ciphertext in proptest::collection::vec(any::<u8>(), 0..200),
        ) {
            let locked = Locked { commitment: Commitment(commitment), ciphertext };
            prop_assert_eq!(unlock(Position::Initiator, &key(), &locked, &SESSION), Err(Refused::DoesNotOpen));
        }
    }
}
