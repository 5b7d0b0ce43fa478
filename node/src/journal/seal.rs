//! How one record is sealed.
//!
//! ```text
//!   row = nonce 24 │ XChaCha20-Poly1305(journal key, nonce, AAD = file id 16 ‖ sequence 8, record)
//! ```
//!
//! The AAD ties a row to its file and place: a row copied, swapped or moved does not open.
//!
//! No nonce repeats under one key. A nonce is 16 bytes drawn from the operating system for every batch ‖ a count within the
//! batch. Within a batch the count differs. Two batches share the drawn part with a chance of n²/2¹²⁹ for n batches (below
//! 2⁻⁵⁰ after 10¹¹), whatever the sequence numbers are: so a restored backup or a copied machine, which seals *other* records
//! at the *same* sequence numbers, still never repeats a nonce. Deriving the nonce from the sequence alone would.

use super::JournalError;
use crate::keystore::Secret;
use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 24;

/// What is sealed, as far as the AAD tells it apart. The lengths differ (41 B, 20 B, 24 B), so no two can be confused.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// The file id, sealed to prove the key.
    Check,
    /// How many records there are.
    Count,
    /// The record with this sequence number.
    Record(u64),
}

impl Place {
    fn aad(self, file: &FileId) -> Vec<u8> {
        match self {
            Place::Check => [&file.0[..], b"cosolvent/journal/check/1"].concat(),
            Place::Count => [&file.0[..], b"head"].concat(),
            Place::Record(sequence) => [&file.0[..], &sequence.to_be_bytes()].concat(),
        }
    }
}

/// 16 random bytes that name one journal file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct FileId(pub(super) [u8; 16]);

/// Fresh nonces for one batch.
pub(super) struct Nonces {
    drawn: [u8; 16],
    used: u64,
}

impl Nonces {
    pub(super) fn draw() -> Result<Self, JournalError> {
        let mut drawn = [0; 16];
        getrandom::fill(&mut drawn).map_err(JournalError::NoRandomness)?;
        Ok(Nonces { drawn, used: 0 })
    }

    fn next(&mut self) -> [u8; NONCE_BYTES] {
        let mut nonce = [0; NONCE_BYTES];
        nonce[..16].copy_from_slice(&self.drawn);
        nonce[16..].copy_from_slice(&self.used.to_be_bytes());
        self.used += 1;
        nonce
    }
}

/// Seals and opens the rows of one file.
pub(super) struct Sealer {
    cipher: XChaCha20Poly1305,
    file: FileId,
}

impl Sealer {
    pub(super) fn new(key: &Secret, file: FileId) -> Self {
        Sealer { cipher: XChaCha20Poly1305::new(&Key::from(*key.expose())), file }
    }

    pub(super) fn seal(&self, nonces: &mut Nonces, place: Place, text: &[u8]) -> Result<Vec<u8>, JournalError> {
        let nonce = nonces.next();
        let aad = place.aad(&self.file);
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: text, aad: &aad })
            .map_err(|_| JournalError::Unencodable("it is too long to seal".into()))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// The sealed text, or nothing when key, file, place or bytes are not those that were sealed.
    pub(super) fn open(&self, place: Place, row: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = row.split_first_chunk::<NONCE_BYTES>()?;
        let aad = place.aad(&self.file);
        let opened = self.cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: &aad });
        opened.ok().map(Zeroizing::new)
    }
}
