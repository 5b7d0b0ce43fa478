//! What follows the handshake: sealed messages, each with an explicit number.
//!
//! Decides whether a ciphertext is what the other side sealed under this number. Refuses everything else. Holds two keys, one
//! for each direction (Noise `Split`), and no counter: envelopes arrive late, twice or never, so the number is an argument
//! and the caller's record is the counter.
//!
//! Rules: `DLG-11` to `DLG-13`. **A sequence is sealed once.** The caller draws the next number, seals, stores number and
//! ciphertext in one record, and only then sends; whatever is sent again is the stored ciphertext, byte for byte. Sealing two
//! plaintexts under one number would give an eavesdropper the difference of both.
//!
//! An attacker repeats old envelopes (the caller's record says that their number was taken) and alters bytes (nothing opens).

use super::{HandshakeHash, PLAINTEXT_MAX, Position, Refused, SEAL_BYTES, Sequence};
use alloc::{vec, vec::Vec};
use core::fmt;
use snow::{HandshakeState, StatelessTransportState};

/// One side of an established dialogue. Rebuilt after a restart by [`answer`](super::answer) or [`finish`](super::finish).
pub struct Channel {
    transport: StatelessTransportState,
    handshake_hash: HandshakeHash,
    role: Position,
}

impl Channel {
    pub(super) fn new(state: HandshakeState, role: Position) -> Result<Self, Refused> {
        let handshake_hash = HandshakeHash(state.get_handshake_hash().try_into().map_err(|_| Refused::Engine)?);
        Ok(Channel { transport: state.into_stateless_transport_mode()?, handshake_hash, role })
    }

    /// The name of this session, the same on both sides.
    pub fn handshake_hash(&self) -> HandshakeHash {
        self.handshake_hash
    }

    /// Which side this is.
    pub fn role(&self) -> Position {
        self.role
    }

    /// Seals `plaintext` under a number that was never used before in this direction; [`SEAL_BYTES`] longer.
    ///
    /// Errors: [`Refused::Sequence`], [`Refused::TooLong`] beyond [`PLAINTEXT_MAX`].
    pub fn seal(&self, sequence: Sequence, plaintext: &[u8]) -> Result<Vec<u8>, Refused> {
        if plaintext.len() > PLAINTEXT_MAX {
            return Err(Refused::TooLong { found: plaintext.len(), limit: PLAINTEXT_MAX });
        }
        let mut sealed = vec![0; plaintext.len() + SEAL_BYTES];
        let written = self.transport.write_message(sequence.transport()?, plaintext, &mut sealed)?;
        if written == sealed.len() { Ok(sealed) } else { Err(Refused::Engine) }
    }

    /// Opens what the other side sealed under this number. Whether it was said before is the window's question.
    ///
    /// Errors: [`Refused::Sequence`], [`Refused::DoesNotOpen`].
    pub fn open(&self, sequence: Sequence, ciphertext: &[u8]) -> Result<Vec<u8>, Refused> {
        let mut plaintext = vec![0; ciphertext.len()];
        let length = self.transport.read_message(sequence.transport()?, ciphertext, &mut plaintext)?;
        plaintext.truncate(length);
        Ok(plaintext)
    }
}

impl fmt::Debug for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Channel")
            .field("role", &self.role)
            .field("session", &self.handshake_hash)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::vectors::meeting;
    use proptest::prelude::*;

    #[test]
    fn messages_open_in_any_order_under_their_own_number_only() {
        // DLG-11
        let (initiator, responder) = meeting().channels();
        let sealed: Vec<_> = (1..=5).map(|n| initiator.seal(Sequence(n), &[n as u8; 9]).unwrap()).collect();
        for n in [4_u64, 1, 5, 3, 2] {
            let ciphertext = &sealed[n as usize - 1];
            assert_eq!(responder.open(Sequence(n), ciphertext), Ok(vec![n as u8; 9]));
            assert_eq!(responder.open(Sequence(n + 1), ciphertext), Err(Refused::DoesNotOpen));
        }
    }

    #[test]
    fn each_direction_has_a_key_of_its_own() {
        // DLG-11
        let (initiator, responder) = meeting().channels();
        let (there, back) =
            (initiator.seal(Sequence(1), b"same").unwrap(), responder.seal(Sequence(1), b"same").unwrap());
        assert_ne!(there, back);
        assert_eq!(initiator.open(Sequence(1), &there), Err(Refused::DoesNotOpen), "an echo is not an answer");
        assert_eq!(initiator.open(Sequence(1), &back), Ok(b"same".to_vec()));
    }

    #[test]
    fn a_channel_may_be_handed_to_another_thread() {
        fn handed_over<T: Send + Sync>() {}
        handed_over::<Channel>();
    }

    #[test]
    fn numbers_of_the_handshake_and_beyond_the_last_are_refused() {
        // DLG-11
        let (initiator, responder) = meeting().channels();
        for n in [0, u64::MAX] {
            assert_eq!(initiator.seal(Sequence(n), b""), Err(Refused::Sequence(n)));
            assert_eq!(responder.open(Sequence(n), &[0; 16]), Err(Refused::Sequence(n)));
        }
        let last = initiator.seal(Sequence::LAST, b"last").unwrap();
        assert_eq!(responder.open(Sequence::LAST, &last), Ok(b"last".to_vec()));
    }

    #[test]
    fn the_longest_plaintext_fits_and_one_byte_more_is_refused() {
        let (initiator, responder) = meeting().channels();
        let longest = vec![8; PLAINTEXT_MAX];
        let sealed = initiator.seal(Sequence(1), &longest).unwrap();
        assert_eq!(responder.open(Sequence(1), &sealed), Ok(longest));
        let refused = Refused::TooLong { found: PLAINTEXT_MAX + 1, limit: PLAINTEXT_MAX };
        assert_eq!(initiator.seal(Sequence(1), &vec![8; PLAINTEXT_MAX + 1]), Err(refused));
        assert_eq!(responder.open(Sequence(1), &vec![0; 70_000]), Err(Refused::DoesNotOpen));
    }

    #[test]
    fn any_flipped_bit_and_any_cut_is_refused() {
        let (initiator, responder) = meeting().channels();
        let sealed = initiator.seal(Sequence(3), b"hours: 12").unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(responder.open(Sequence(3), &changed), Err(Refused::DoesNotOpen), "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert_eq!(responder.open(Sequence(3), &sealed[..length]), Err(Refused::DoesNotOpen), "{length} bytes");
        }
    }

    proptest! {
        #[test]
        fn hostile_bytes_are_refused_and_never_panic(
            sequence in any::<u64>(),
            ciphertext in proptest::collection::vec(any::<u8>(), 0..200),
        ) {
            let (_, responder) = meeting().channels();
            prop_assert!(responder.open(Sequence(sequence), &ciphertext).is_err());
        }
    }
}
