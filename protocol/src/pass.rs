//! Passes: "a member made this", without saying which.
//!
//! - `PAS-1` A pass is a sponsor's signature over (network, sponsor, epoch, class, purpose, holder key). Scheme 0 signs in
//!   the clear, so the sponsor can link a pass to the member who fetched it, and to nobody else's eyes.
//! - `PAS-2` One pass, one key, one live object: the object is signed by the holder key, and a second different object
//!   under one key is refused. Being shown a pass gives nothing to a thief.
//! - `PAS-3` A pass holds in its epoch (an ISO week) and 48 hours after it.
//!
//! What an attacker would try: make objects without being a member (no sponsor signature), take another's pass (no holder
//! key), hoard passes over epochs (`PAS-3`), spend one twice (`PAS-2`).

use crate::genesis::Genesis;
use crate::id::{HolderKey, NetworkId, Signature, SponsorKey};
use crate::limits::{CLOCK_SKEW_MS_MAX, PASS_GRACE_MS};
use crate::sign::{Statement, sign, verify};
use crate::time::{UnixMs, Week};
use crate::wire::wire_types;
use ed25519_dalek::SigningKey;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// What a pass is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// One advert.
    #[n(0)]
    Advert,
    /// One envelope.
    #[n(1)]
    Contact,
    /// One engagement's entries in the log.
    #[n(2)]
    Log,
    /// One relay's descriptor of one week.
    #[n(4)]
    Peer,
}

/// What the sponsor signs (`PAS-1`).
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct Grant {
    #[n(0)]
    network: NetworkId,
    #[n(1)]
    sponsor: SponsorKey,
    #[n(2)]
    epoch: Week,
    /// Member class; only 0 exists.
    #[n(3)]
    class: u8,
    #[n(4)]
    purpose: Purpose,
    #[n(5)]
    holder: HolderKey,
}
wire_types!(Grant);
impl Statement for Grant {
    const LABEL: &'static str = "cosolvent/pass/1";
}

/// A pass as it travels with its object. Network and purpose are known from where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Pass {
    /// Who vouches.
    #[n(0)]
    pub sponsor: SponsorKey,
    /// For which week.
    #[n(1)]
    pub epoch: Week,
    /// For which key.
    #[n(2)]
    pub holder: HolderKey,
    /// The sponsor's signature.
    #[n(3)]
    pub signature: Signature,
}
wire_types!(Pass);

/// Why a pass is not good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPass {
    /// Not from a founder of this network, or not signed by it for this purpose and key.
    #[error("the pass was not issued by a sponsor of this network for this purpose")]
    NotIssued,
    /// Its week is over, or has not begun.
    #[error("the pass is not of the week in which it is used")]
    OutOfEpoch,
}

impl Pass {
    /// Issues a pass. Only sponsors have the key for it.
    pub fn issue(network: NetworkId, epoch: Week, purpose: Purpose, holder: HolderKey, sponsor: &SigningKey) -> Pass {
        let key = SponsorKey::of(sponsor);
        let grant = Grant { network, sponsor: key, epoch, class: 0, purpose, holder };
        Pass { sponsor: key, epoch, holder, signature: sign(Grant::LABEL, &grant, sponsor) }
    }

    /// Judges the sponsor's signature (`PAS-1`).
    pub fn issued_in(&self, genesis: &Genesis, network: NetworkId, purpose: Purpose) -> Result<(), BadPass> {
        genesis.founder(&self.sponsor).ok_or(BadPass::NotIssued)?;
        let grant = Grant { network, sponsor: self.sponsor, epoch: self.epoch, class: 0, purpose, holder: self.holder };
        verify(Grant::LABEL, &grant, &self.sponsor, &self.signature).map_err(|_| BadPass::NotIssued)
    }

    /// Whether something could be said with this pass at `now`, give or take clock skew (`PAS-3`).
    pub fn in_epoch(&self, now: UnixMs) -> Result<(), BadPass> {
        let begun = now.plus(CLOCK_SKEW_MS_MAX) >= self.epoch.monday().start();
        let over = now >= self.epoch.end().plus(PASS_GRACE_MS + CLOCK_SKEW_MS_MAX);
        if begun && !over { Ok(()) } else { Err(BadPass::OutOfEpoch) }
    }
}
