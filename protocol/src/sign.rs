//! The one verdict rule for signatures.
//!
//! - `SIG-1` A signature is Ed25519 (RFC 8032) over label ‖ 0x00 ‖ canonical bytes, and is judged by strict verification
//!   only: a scalar below the group order, neither key nor R of small order, and R equal byte for byte to the encoding of
//!   `[S]B - [k]A`, without cofactor. Nodes that must agree on a set of records never judge differently, and batch
//!   verification is not used because it may accept what strict refuses.

use crate::id::{DisputeKey, HolderKey, OperatingKey, PersonKey, RootKey, Signature, SponsorKey};
use crate::wire::{Encode, encode, labelled};
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode as Cbor};
use serde::{Deserialize, Serialize};

/// The signature is not by this key over these bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not belong to this key and these bytes")]
pub struct BadSignature;

/// A key that can be asked whether a signature is its own.
pub trait Verifier {
    /// The 32 bytes of the Ed25519 public key.
    fn key_bytes(&self) -> &[u8; 32];
}

macro_rules! verifiers {
    ($($key:ty),+) => { $(
        impl Verifier for $key { fn key_bytes(&self) -> &[u8; 32] { &self.0 } }
        impl $key {
            /// The public half of a signing key.
            pub fn of(signer: &SigningKey) -> Self { Self(signer.verifying_key().to_bytes()) }
        }
    )+ };
}
verifiers!(SponsorKey, HolderKey, OperatingKey, RootKey, PersonKey, DisputeKey);

/// Signs label ‖ 0x00 ‖ canonical bytes.
pub fn sign<T: Encode>(label: &str, body: &T, signer: &SigningKey) -> Signature {
    Signature(signer.sign(&labelled(label, &encode(body))).to_bytes())
}

/// Judges a signature (`SIG-1`).
pub fn verify<T: Encode>(
    label: &str,
    body: &T,
    key: &impl Verifier,
    signature: &Signature,
) -> Result<(), BadSignature> {
    let key = VerifyingKey::from_bytes(key.key_bytes()).map_err(|_| BadSignature)?;
    let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
    key.verify_strict(&labelled(label, &encode(body)), &signature).map_err(|_| BadSignature)
}

/// Something that is only ever said under a signature.
pub trait Statement: Encode {
    /// The domain label.
    const LABEL: &'static str;
}

/// A statement and a signature that has not been judged yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Cbor, Decode)]
#[cbor(map)]
pub struct Signed<T> {
    /// What is said.
    #[n(0)]
    pub body: T,
    /// Over the label and the canonical bytes of `body`.
    #[n(1)]
    pub signature: Signature,
}

impl<T: Statement> crate::wire::sealed::Sealed for Signed<T> {}
impl<T: Statement> Encode for Signed<T> {}

impl<T: Statement> Signed<T> {
    /// Says `body` under `signer`'s key.
    pub fn new(body: T, signer: &SigningKey) -> Self {
        let signature = sign(T::LABEL, &body, signer);
        Signed { body, signature }
    }

    /// What was said, if `key` said it.
    pub fn verify(&self, key: &impl Verifier) -> Result<&T, BadSignature> {
        verify(T::LABEL, &self.body, key, &self.signature).map(|()| &self.body)
    }
}
