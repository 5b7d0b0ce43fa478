//! Who a firm is: the first event of its key-event log.
//!
//! - `IDN-1` A firm's id is the hash of its inception event, which its root key signs. The event names the first operating
//!   key and commits to the *next* root key, so a thief of today's root key cannot rotate it.
//! - `IDN-2` A person's certificate is signed by the operating key and says role and expiry, never the person's name.

use crate::id::{FirmId, Hash, OperatingKey, PersonKey, RootKey};
use crate::sign::{BadSignature, Signed, Statement};
use crate::time::Day;
use crate::vocabulary::Role;
use crate::wire::wire_types;
use alloc::vec::Vec;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The first event of a firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Inception {
    /// Signs the key-event log, and nothing else.
    #[n(0)]
    pub root: RootKey,
    /// Signs what the firm says day by day.
    #[n(1)]
    pub operating: OperatingKey,
    /// Hash of the next root key.
    #[n(2)]
    pub next_root: Hash,
}

/// What the firm says about one person's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct PersonCertificate {
    /// The firm that says it.
    #[n(0)]
    pub firm: FirmId,
    /// Whose key.
    #[n(1)]
    pub person: PersonKey,
    /// What the person may act as, sorted.
    #[n(2)]
    pub roles: Vec<Role>,
    /// The last day on which it holds.
    #[n(3)]
    pub expires: Day,
}

wire_types!(Inception, PersonCertificate);
impl Statement for Inception {
    const LABEL: &'static str = "cosolvent/inception/1";
}
impl Statement for PersonCertificate {
    const LABEL: &'static str = "cosolvent/person/1";
}

/// An inception event as its root key signed it.
pub type SignedInception = Signed<Inception>;
/// A certificate as the firm signed it.
pub type SignedPerson = Signed<PersonCertificate>;

impl Inception {
    /// The firm's id (`IDN-1`).
    pub fn firm(&self) -> FirmId {
        FirmId(Hash::of(Self::LABEL, self).0)
    }

    /// The commitment to a next root key.
    pub fn commit_next(next: &RootKey) -> Hash {
        Hash::of("cosolvent/next-root/1", next)
    }
}

impl SignedInception {
    /// The firm that this event founds, if its own root key signed it.
    pub fn founds(&self) -> Result<FirmId, BadSignature> {
        self.verify(&self.body.root).map(Inception::firm)
    }
}
