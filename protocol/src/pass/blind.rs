//! Signing without seeing: RSABSSA-SHA384-PSS-Deterministic of RFC 9474, with keys of 2,048 bits and exponent 65,537.
//!
//! ```text
//!   firm                                                 sponsor
//!   grant ──▶ encode with a drawn salt ──▶ × rᵉ ────────▶ blinded: a uniformly random number to whoever does not know r
//!   pass ◀── verify ◀── ÷ r ◀──────────────────────────── blindedᵈ
//! ```
//!
//! - `PAS-5` The message is label ‖ 0x00 ‖ grant. The grant ends in the holder key, which is chance enough that nothing is
//!   prepended to it (RFC 9474, 4.1: the identity preparation).
//! - `PAS-6` A key is its modulus: 2,048 bits, odd, divisible by no prime below 256. The exponent is fixed and not sent.
//!
//! Salt and blinding factor follow from a seed, the message and the key, so what was asked for can be asked for again and opened
//! after a crash with 32 stored bytes, and a seed that is offered twice with different messages gives different draws.
//!
//! The library is a release candidate's user (`rsa` 0.10); everything that touches it is in this file.
//!
//! What an attacker would try: as a sponsor, answer with something that is no signature (the result is verified before it
//! counts as a pass), publish a key that it cannot sign with, or one that others can (harm to its own members, `PAS-6` finds
//! only carelessness), recognise a pass later (it saw one random number). As a member, have one thing signed and use it for
//! another (the signer cannot see what it signs, so the key, not the signer's care, binds week and purpose).

use super::Grant;
use crate::id::{BlindSignature, Blinded, Hash, Modulus, RsaSignature};
use crate::noise::Seed;
use alloc::vec::Vec;
use blind_rsa_signatures as rsabssa;
use chacha20::ChaCha20Rng;
use core::fmt;
use rand_core::{CryptoRng, SeedableRng};
use rsa::{BoxedUint, RsaPublicKey};
use zeroize::Zeroizing;

/// The bits of a modulus.
const MODULUS_BITS: u32 = 2_048;

/// The public exponent of every key.
const EXPONENT: u32 = 65_537;

/// A modulus that is none of an RSA key of 2,048 bits: shorter, even, or divisible by a small prime (`PAS-6`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the modulus is not one of an RSA key of 2,048 bits")]
pub struct BadKey;

/// What is no signature by this key over this grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answer is not a signature over what was asked for")]
pub struct NotSigned;

/// A public issuing key, ready to judge with.
#[derive(Clone, PartialEq, Eq)]
pub struct IssuingKey(rsabssa::PublicKeySha384PSSDeterministic);

impl fmt::Debug for IssuingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IssuingKey({})", self.modulus().short())
    }
}

/// What leaves to be signed, and what is needed to open the answer.
#[derive(Clone)]
pub struct Blinding {
    /// Sent to the sponsor.
    pub blinded: Blinded,
    result: rsabssa::BlindingResult,
}

impl fmt::Debug for Blinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blinding({:?})", self.blinded.print())
    }
}

impl IssuingKey {
    /// A key from its modulus (`PAS-6`).
    pub fn new(modulus: &Modulus) -> Result<IssuingKey, BadKey> {
        let (high, low) = (modulus.0.first().copied().unwrap_or(0), modulus.0.last().copied().unwrap_or(0));
        if high & 0x80 == 0 || low & 1 == 0 || has_small_factor(&modulus.0) {
            return Err(BadKey);
        }
        let n = BoxedUint::from_be_slice(&modulus.0, MODULUS_BITS).map_err(|_| BadKey)?;
        let key = RsaPublicKey::new(n, BoxedUint::from(EXPONENT)).map_err(|_| BadKey)?;
        Ok(IssuingKey(rsabssa::PublicKey::new(key)))
    }

    /// The modulus, which is the key.
    pub fn modulus(&self) -> Modulus {
        Modulus(fixed(&self.0.components().n()))
    }

    /// Hides a grant so that its sponsor can sign it. The same seed always gives the same.
    pub fn blind(&self, grant: &Grant, seed: &Seed) -> Result<Blinding, BadKey> {
        let message = grant.blind_message();
        let mut chance = self.draws(&message, seed);
        let result = self.0.blind(&mut chance, &message).map_err(|_| BadKey)?;
        Ok(Blinding { blinded: Blinded(fixed(&result.blind_message.0)), result })
    }

    /// Opens the sponsor's answer to what [`IssuingKey::blind`] made of this grant, and judges it.
    pub fn open(&self, grant: &Grant, hidden: &Blinding, answer: &BlindSignature) -> Result<RsaSignature, NotSigned> {
        let answer = rsabssa::BlindSignature(answer.0.to_vec());
        let opened = self.0.finalize(&answer, &hidden.result, grant.blind_message()).map_err(|_| NotSigned)?;
        Ok(RsaSignature(fixed(&opened.0)))
    }

    /// Judges a signature over a grant.
    pub fn verify(&self, grant: &Grant, signature: &RsaSignature) -> Result<(), NotSigned> {
        let signature = rsabssa::Signature(signature.0.to_vec());
        self.0.verify(&signature, None, grant.blind_message()).map_err(|_| NotSigned)
    }

    fn draws(&self, message: &[u8], seed: &Seed) -> ChaCha20Rng {
        let bytes = Zeroizing::new([seed.0.as_slice(), &self.modulus().0, message].concat());
        ChaCha20Rng::from_seed(Hash::of_bytes("cosolvent/blinding/1", &bytes).0)
    }
}

/// A secret issuing key: one for each sponsor, epoch and purpose.
#[derive(Clone)]
pub struct IssuingSecret(rsabssa::SecretKeySha384PSSDeterministic);

impl fmt::Debug for IssuingSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IssuingSecret(secret)")
    }
}

impl IssuingSecret {
    /// Makes a key; takes a tenth of a second or so. `None` only if the library cannot.
    pub fn generate<R: CryptoRng>(chance: &mut R) -> Option<IssuingSecret> {
        let pair = rsabssa::KeyPairSha384PSSDeterministic::generate(chance, MODULUS_BITS as usize).ok()?;
        Some(IssuingSecret(pair.sk))
    }

    /// The public half.
    pub fn modulus(&self) -> Modulus {
        Modulus(fixed(&self.0.components().n()))
    }

    /// Signs what it cannot see. The same answer for the same question; chance only protects the key from being measured.
    pub fn sign<R: CryptoRng>(&self, chance: &mut R, blinded: &Blinded) -> Option<BlindSignature> {
        let answer = self.0.blind_sign_with_rng(chance, blinded.0).ok()?;
        Some(BlindSignature(fixed(&answer.0)))
    }

    /// As bytes (PKCS #8), to be sealed.
    pub fn to_bytes(&self) -> Option<Zeroizing<Vec<u8>>> {
        self.0.to_der().ok().map(Zeroizing::new)
    }

    /// What [`IssuingSecret::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<IssuingSecret> {
        rsabssa::SecretKey::from_der(bytes).ok().map(IssuingSecret)
    }
}

/// Whether a big-endian number is divisible by a prime below 256.
fn has_small_factor(number: &[u8]) -> bool {
    let divides = |prime: u32| number.iter().fold(0, |rest, byte| (rest * 256 + u32::from(*byte)) % prime) == 0;
    // Every composite below 256 has a factor among them, so it does not matter that not all of these are primes.
    (3..256).step_by(2).any(divides)
}

/// The number that these big-endian bytes say, in 256 bytes. The library never says a longer one.
fn fixed(bytes: &[u8]) -> [u8; 256] {
    let mut out = [0; 256];
    for (to, from) in out.iter_mut().rev().zip(bytes.iter().rev()) {
        *to = *from;
    }
    out
}
