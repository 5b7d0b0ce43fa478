//! The primitives that drive snow: X25519, ChaCha20-Poly1305 and SHA-256, and nothing else.
//!
//! snow asks a resolver for each primitive by name. Ours answers three names (`DLG-1`) and draws ephemerals from a seed, so
//! that a handshake state, which snow cannot store, is built again from stored bytes (`DLG-6`). A shared secret of all
//! zeros, which is what every low-order public key gives, is refused (`DLG-2`; RFC 7748, section 6.1). Keys are wiped when
//! dropped; what snow copies into its own arrays is out of our reach and lives as long as the call.

use super::Seed;
use alloc::boxed::Box;
use chacha20::ChaCha20Rng;
use chacha20poly1305::{AeadInOut, ChaCha20Poly1305, KeyInit, Nonce, Tag, aead::inout::InOutBuf};
use rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};
use snow::{
    Error,
    params::{CipherChoice, DHChoice, HashChoice},
    resolvers::CryptoResolver,
    types::{Cipher, Dh, Hash, Random},
};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

/// Poly1305 authenticator, in bytes.
const TAG_BYTES: usize = super::SEAL_BYTES;

/// The shared secret, or `None` for a public key of low order.
pub(crate) fn shared(secret: &[u8; 32], public: &[u8; 32]) -> Option<Zeroizing<[u8; 32]>> {
    let shared = StaticSecret::from(*secret).diffie_hellman(&PublicKey::from(*public));
    shared.was_contributory().then(|| Zeroizing::new(shared.to_bytes()))
}

/// Whether agreeing with this public key gives zero, whatever the secret (`DLG-2`, `REL-3`).
pub(crate) fn is_low_order(public: &[u8; 32]) -> bool {
    shared(&[0; 32], public).is_none()
}

/// The public half of an X25519 secret.
pub(crate) fn public_of(secret: &[u8; 32]) -> [u8; 32] {
    PublicKey::from(&StaticSecret::from(*secret)).to_bytes()
}

/// The secret of the ephemeral that a handshake over `draws` generates: the first draw.
pub(super) fn ephemeral_secret(draws: &Seed) -> Zeroizing<[u8; 32]> {
    let mut secret = Zeroizing::new([0; 32]);
    ChaCha20Rng::from_seed(draws.0).fill_bytes(secret.as_mut());
    secret
}

/// Answers snow's requests for primitives. Without a seed it cannot draw, which is right for a side that only reads.
pub(super) struct Resolver {
    /// What the ephemeral is drawn from.
    pub(super) draws: Option<Seed>,
}

impl CryptoResolver for Resolver {
    fn resolve_rng(&self) -> Option<Box<dyn Random>> {
        Some(match &self.draws {
            Some(seed) => Box::new(Draws(ChaCha20Rng::from_seed(seed.0))),
            None => Box::new(NoDraws),
        })
    }

    fn resolve_dh(&self, choice: &DHChoice) -> Option<Box<dyn Dh>> {
        matches!(choice, DHChoice::Curve25519).then(|| Box::<X25519>::default() as Box<dyn Dh>)
    }

    fn resolve_hash(&self, choice: &HashChoice) -> Option<Box<dyn Hash>> {
        matches!(choice, HashChoice::SHA256).then(|| Box::<HashSha256>::default() as Box<dyn Hash>)
    }

    fn resolve_cipher(&self, choice: &CipherChoice) -> Option<Box<dyn Cipher>> {
        matches!(choice, CipherChoice::ChaChaPoly).then(|| Box::<ChaChaPoly>::default() as Box<dyn Cipher>)
    }
}

struct Draws(ChaCha20Rng);

impl Random for Draws {
    fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), Error> {
        self.0.fill_bytes(dest);
        Ok(())
    }
}

struct NoDraws;

impl Random for NoDraws {
    fn try_fill_bytes(&mut self, _: &mut [u8]) -> Result<(), Error> {
        Err(Error::Rng)
    }
}

#[derive(Default)]
struct X25519 {
    secret: Zeroizing<[u8; 32]>,
    public: [u8; 32],
}

impl Dh for X25519 {
    fn name(&self) -> &'static str {
        "25519"
    }

    fn pub_len(&self) -> usize {
        32
    }

    fn priv_len(&self) -> usize {
        32
    }

    fn set(&mut self, secret: &[u8]) {
        // snow hands over what our own functions gave it: 32 bytes. Anything else leaves the key zero, and nothing opens.
        if let Ok(secret) = <[u8; 32]>::try_from(secret) {
            self.secret = Zeroizing::new(secret);
            self.public = public_of(&self.secret);
        }
    }

    fn generate(&mut self, rng: &mut dyn Random) -> Result<(), Error> {
        rng.try_fill_bytes(self.secret.as_mut())?;
        self.public = public_of(&self.secret);
        Ok(())
    }

    fn pubkey(&self) -> &[u8] {
        &self.public
    }

    fn privkey(&self) -> &[u8] {
        self.secret.as_ref()
    }

    fn dh(&self, public: &[u8], out: &mut [u8]) -> Result<(), Error> {
        // snow passes its whole key array, longer than the key.
        let (Some(public), Some(out)) = (public.first_chunk::<32>(), out.first_chunk_mut::<32>()) else {
            return Err(Error::Dh);
        };
        *out = *shared(&self.secret, public).ok_or(Error::Dh)?;
        Ok(())
    }
}

#[derive(Default)]
struct HashSha256(Sha256);

impl Hash for HashSha256 {
    fn name(&self) -> &'static str {
        "SHA256"
    }

    fn block_len(&self) -> usize {
        64
    }

    fn hash_len(&self) -> usize {
        32
    }

    fn reset(&mut self) {
        Digest::reset(&mut self.0);
    }

    fn input(&mut self, data: &[u8]) {
        self.0.update(data);
    }

    fn result(&mut self, out: &mut [u8]) {
        // snow passes its whole hash array, longer than the digest.
        if let Some(out) = out.first_chunk_mut::<32>() {
            *out = self.0.finalize_reset().into();
        }
    }
}

#[derive(Default)]
struct ChaChaPoly {
    key: Zeroizing<[u8; 32]>,
}

impl ChaChaPoly {
    fn aead(&self) -> ChaCha20Poly1305 {
        let key: &[u8; 32] = &self.key;
        ChaCha20Poly1305::new(key.into())
    }

    /// 32 zero bits, then the number in little-endian order (Noise specification, 12.3).
    fn nonce(number: u64) -> Nonce {
        let mut nonce = Nonce::default();
        nonce.iter_mut().skip(4).zip(number.to_le_bytes()).for_each(|(to, from)| *to = from);
        nonce
    }
}

impl Cipher for ChaChaPoly {
    fn name(&self) -> &'static str {
        "ChaChaPoly"
    }

    fn set(&mut self, key: &[u8; 32]) {
        self.key = Zeroizing::new(*key);
    }

    fn encrypt(&self, number: u64, associated: &[u8], plaintext: &[u8], out: &mut [u8]) -> usize {
        let mut seal = || {
            let (body, rest) = out.split_at_mut_checked(plaintext.len())?;
            let room = rest.first_chunk_mut::<TAG_BYTES>()?;
            let buffer = InOutBuf::new(plaintext, body).ok()?;
            *room = self.aead().encrypt_inout_detached(&Self::nonce(number), associated, buffer).ok()?.into();
            Some(plaintext.len() + TAG_BYTES)
        };
        // snow gives room for the authenticator and at most 65,535 bytes, so this does not fail; were it to, zero bytes
        // would leave, never a plaintext.
        seal().unwrap_or(0)
    }

    fn decrypt(&self, number: u64, associated: &[u8], sealed: &[u8], out: &mut [u8]) -> Result<usize, Error> {
        let (body, tag) = sealed.split_last_chunk::<TAG_BYTES>().ok_or(Error::Decrypt)?;
        let out = out.get_mut(..body.len()).ok_or(Error::Decrypt)?;
        let buffer = InOutBuf::new(body, out).map_err(|_| Error::Decrypt)?;
        self.aead()
            .decrypt_inout_detached(&Self::nonce(number), associated, buffer, &Tag::from(*tag))
            .map_err(|_| Error::Decrypt)?;
        Ok(body.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::vectors::bytes32;

    #[test]
    fn only_the_three_named_primitives_are_answered() {
        // DLG-1
        let resolver = Resolver { draws: None };
        assert_eq!(resolver.resolve_dh(&DHChoice::Curve25519).map(|dh| dh.name()), Some("25519"));
        assert_eq!(resolver.resolve_hash(&HashChoice::SHA256).map(|hash| hash.name()), Some("SHA256"));
        assert_eq!(resolver.resolve_cipher(&CipherChoice::ChaChaPoly).map(|c| c.name()), Some("ChaChaPoly"));
        assert!(resolver.resolve_dh(&DHChoice::Curve448).is_none());
        assert!(resolver.resolve_cipher(&CipherChoice::AESGCM).is_none());
        for choice in [HashChoice::SHA512, HashChoice::Blake2s, HashChoice::Blake2b] {
            assert!(resolver.resolve_hash(&choice).is_none());
        }
        assert_eq!(resolver.resolve_rng().unwrap().try_fill_bytes(&mut [0; 32]), Err(Error::Rng));
    }

    #[test]
    fn every_low_order_point_is_refused() {
        // DLG-2: the points of order 1, 2, 4 and 8 and their non-canonical forms, as listed with Curve25519 itself.
        let low_order = [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ];
        for point in low_order {
            assert!(shared(&[0x42; 32], &bytes32(point)).is_none(), "{point}");
            assert!(is_low_order(&bytes32(point)), "REL-3: {point}");
            let mut high_bit = bytes32(point);
            high_bit[31] |= 0x80;
            assert!(shared(&[0x42; 32], &high_bit).is_none(), "{point} with its unused bit set");
        }
    }

    #[test]
    fn the_reproduced_ephemeral_secret_is_the_one_that_a_handshake_draws() {
        // DLG-7
        let seed = Seed([9; 32]);
        let resolver = Resolver { draws: Some(seed.clone()) };
        let mut dh = resolver.resolve_dh(&DHChoice::Curve25519).unwrap();
        dh.generate(resolver.resolve_rng().unwrap().as_mut()).unwrap();
        assert_eq!(dh.privkey(), ephemeral_secret(&seed).as_ref());
    }

    #[test]
    fn the_cipher_refuses_truncated_and_foreign_input() {
        let mut cipher = ChaChaPoly::default();
        Cipher::set(&mut cipher, &[3; 32]);
        let mut sealed = [0; 21];
        assert_eq!(cipher.encrypt(5, b"bound", b"hello", &mut sealed), 21);
        let mut out = [0; 21];
        assert_eq!(cipher.decrypt(5, b"bound", &sealed, &mut out), Ok(5));
        assert_eq!(&out[..5], b"hello");
        assert_eq!(cipher.decrypt(6, b"bound", &sealed, &mut out), Err(Error::Decrypt));
        assert_eq!(cipher.decrypt(5, b"other", &sealed, &mut out), Err(Error::Decrypt));
        assert_eq!(cipher.decrypt(5, b"bound", &sealed[..15], &mut out), Err(Error::Decrypt));
        assert_eq!(cipher.decrypt(5, b"bound", &sealed, &mut out[..4]), Err(Error::Decrypt));
    }
}
