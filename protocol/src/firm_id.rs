//! Who a firm is and who speaks for it: the first event of its key-event log, and the certificates of its people.
//!
//! - `IDN-1` A firm's id is the hash of its inception event, which its root key signs. The event names the first operating
//!   key and commits to the *next* root key, so a thief of today's root key cannot rotate it. What follows is `key_log`.
//! - `IDN-2` A person's certificate is signed by the operating key and says roles, scope, limit and expiry, never the
//!   person's name.
//! - `IDN-12` The first position in the trust log is committed to in the inception, under a salt, so that a firm can
//!   show where its history begins, and nobody who reads the inception can find it in the log. Nobody asks for it yet.

use crate::id::{FirmId, Hash, HolderKey, OperatingKey, PersonKey, RootKey};
use crate::limits::LIST_MAX;
use crate::money::Money;
use crate::noise::{Seed, keyed};
use crate::sign::{BadSignature, Signed, Statement};
use crate::time::Day;
use crate::vocabulary::{ResourceClass, Role};
use crate::wire::wire_types;
use alloc::vec::Vec;
use ed25519_dalek::SigningKey;
use hmac::Mac;
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
    /// Commitment to the first position in the trust log ([`FirstPosition::commitment`]).
    #[n(3)]
    pub position: Hash,
    /// When the firm was founded.
    #[n(4)]
    pub day: Day,
    /// The last day of the first operating key.
    #[n(5)]
    pub operating_last: Day,
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
    /// For which kinds of resource the person decides, sorted; none named means all.
    #[n(4)]
    pub scope: Vec<ResourceClass>,
    /// The most money to which one decision may bind the firm; absent means any amount.
    #[n(5)]
    pub limit: Option<Money>,
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

impl PersonCertificate {
    /// Whether roles and scope stand in their one form: ascending, none twice, not too many.
    pub fn well_formed(&self) -> bool {
        self.roles.len() <= LIST_MAX
            && self.scope.len() <= LIST_MAX
            && self.roles.is_sorted_by(|a, b| a < b)
            && self.scope.is_sorted_by(|a, b| a < b)
    }

    /// Whether scope and limit allow a decision about this class and amount; what a decision is not about is not asked
    /// (`IDN-2`). An amount in another currency than the limit's is beyond it.
    pub fn covers(&self, about: &About) -> bool {
        let in_scope = about.class.is_none_or(|class| self.scope.is_empty() || self.scope.contains(&class));
        let within = |amount: Money| {
            self.limit.is_none_or(|limit| limit.currency == amount.currency && amount.minor <= limit.minor)
        };
        in_scope && about.amount.is_none_or(within)
    }
}

/// What a decision is about, as far as a certificate's scope and limit go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Kind of resource, where there is one.
    pub class: Option<ResourceClass>,
    /// Money to which the decision binds the firm, where it does.
    pub amount: Option<Money>,
}

/// The first position in the trust log: derived from the firm's local master, so that a backup restores it.
pub struct FirstPosition {
    /// Seed of the position's key.
    pub seed: Seed,
    /// Opens the commitment.
    pub salt: Hash,
}

impl FirstPosition {
    /// HMAC-SHA256(master, label ‖ 0) is the seed, HMAC-SHA256(master, label ‖ 1) the salt (`IDN-12`).
    pub fn draw(master: &Seed) -> FirstPosition {
        let part = |part: u8| -> [u8; 32] {
            let mut mac = keyed(&master.0);
            mac.update(b"cosolvent/first-position/1");
            mac.update(&[part]);
            mac.finalize().into_bytes().into()
        };
        FirstPosition { seed: Seed(part(0)), salt: Hash(part(1)) }
    }

    /// What the inception says of it.
    pub fn commitment(&self) -> Hash {
        crate::log::commit_next(&self.salt, &HolderKey::of(&SigningKey::from_bytes(&self.seed.0)))
    }
}

impl SignedInception {
    /// The firm that this event founds, if its own root key signed it.
    pub fn founds(&self) -> Result<FirmId, BadSignature> {
        self.verify(&self.body.root).map(Inception::firm)
    }
}
