//! An owner's word for a version of the policy (`POL-5`).

use super::Policy;
use ed25519_dalek::SigningKey;
use protocol::id::{FirmId, Hash, PersonKey, Signature};
use protocol::sign::{sign, verify};
use protocol::standing::RULES_LABEL;
use serde::{Deserialize, Serialize};

/// Signed by an owner with the key that also signs decisions; kept with the version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// Whose word.
    pub by: PersonKey,
    /// The version that it replaces, by its hash, so that it counts once.
    pub over: Hash,
    /// Over firm, `over` and the hash of what comes into force.
    pub signature: Signature,
}

impl Word {
    /// Puts `proposed` into force over `current`, as its next version.
    pub fn sign(current: &Policy, proposed: Policy, firm: FirmId, key: &SigningKey) -> Policy {
        let next = current.followed_by(proposed);
        let over = current.hash();
        let signature = sign(RULES_LABEL, &said(firm, over, &next), key);
        Policy { word: Some(Word { by: PersonKey::of(key), over, signature }), ..next }
    }

    /// Whether this was signed for this version, over what is in force.
    pub(super) fn is_for(&self, current: &Policy, next: &Policy, firm: FirmId) -> bool {
        self.over == current.hash() && verify(RULES_LABEL, &self.said(firm, next), &self.by, &self.signature).is_ok()
    }

    /// What is signed by it, if it is for this version.
    pub fn said(&self, firm: FirmId, next: &Policy) -> Hash {
        said(firm, self.over, next)
    }
}

impl Policy {
    /// The rules of `proposed` as the version after this one, with numbers in their order.
    pub fn followed_by(&self, proposed: Policy) -> Policy {
        let rules = (1..).zip(proposed.rules).map(|(number, rule)| super::Rule { number, ..rule });
        Policy { version: self.version.saturating_add(1), rules: rules.collect(), ..proposed }
    }
}

/// What is signed.
fn said(firm: FirmId, over: Hash, next: &Policy) -> Hash {
    let bytes = [protocol::wire::encode(&firm).as_slice(), &over.0, &next.hash().0].concat();
    Hash::of_bytes("cosolvent/policy-over/1", &bytes)
}
