//! An owner's word for an entry (`REG-4`).

use super::{Entrant, Register};
use alloc::vec::Vec;
use ed25519_dalek::SigningKey;
use protocol::id::{FirmId, Hash, PersonKey, Signature};
use protocol::sign::{sign, verify};
use protocol::wire::encode;
use serde::{Deserialize, Serialize};

const LABEL: &str = "cosolvent/vouch/1";

/// Signed by a person of the firm; kept with the entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vouch {
    /// Whose word.
    pub by: PersonKey,
    /// How much had happened to the register when it was given, so that it counts once.
    pub after: u32,
    /// Over the entry as it would stand.
    pub signature: Signature,
}

impl Vouch {
    /// Vouches for the next entry of this register.
    pub fn sign(register: &Register, firm: FirmId, entrant: &Entrant, key: &SigningKey) -> Vouch {
        let after = register.happened();
        let signature = sign(LABEL, &entry(firm, entrant, after), key);
        Vouch { by: PersonKey::of(key), after, signature }
    }

    /// Whether this was signed for this entry, and nothing happened to the register since.
    pub(super) fn is_for(&self, register: &Register, firm: FirmId, entrant: &Entrant) -> bool {
        let signed = verify(LABEL, &entry(firm, entrant, self.after), &self.by, &self.signature);
        self.after == register.happened() && signed.is_ok()
    }
}

/// What is signed: certificate body, short name, name and number, with a zero byte between. The body says itself where it ends,
/// and no name contains a zero byte.
fn entry(firm: FirmId, entrant: &Entrant, after: u32) -> Hash {
    let certificate = encode(&entrant.certificate(firm));
    let words: [&[u8]; 4] =
        [&certificate, entrant.id.as_str().as_bytes(), entrant.name.as_str().as_bytes(), &after.to_be_bytes()];
    let joined: Vec<u8> = words.join(&0);
    Hash::of_bytes("cosolvent/register-entry/1", &joined)
}
