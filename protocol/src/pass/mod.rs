//! Passes: "a member made this", without saying which.
//!
//! - `PAS-1` A pass is a sponsor's signature over (network, sponsor, epoch, class, purpose, holder key). The genesis names how it
//!   is made. Scheme 0 signs in the clear, so the sponsor can link a pass to the member who fetched it. Scheme 1 signs blindly
//!   ([`blind`]): the sponsor sees neither key nor pass, and links nothing.
//! - `PAS-2` One pass, one key, one live object: the object is signed by the holder key, and a second different object
//!   under one key is refused. Being shown a pass gives nothing to a thief.
//! - `PAS-3` A pass holds in its epoch (an ISO week) and 48 hours after it.
//! - `PAS-5` to `PAS-8`: under scheme 1 the RSA key that signed binds sponsor, epoch and purpose; [`manifest`] publishes it
//!   ahead, and [`keyring`] says which keys a reader takes.
//!
//! What an attacker would try: make objects without being a member (no sponsor signature), take another's pass (no holder
//! key), hoard passes over epochs (`PAS-3`), spend one twice (`PAS-2`), have a contact pass signed that is meant as one for an
//! advert (`PAS-5`: another key), mark a member with a key of its own (`PAS-8`).

pub mod blind;
pub mod keyring;
pub mod manifest;

pub use blind::{BadKey, Blinding, IssuingKey, IssuingSecret, NotSigned};
pub use keyring::Keyring;
pub use manifest::{BadManifest, Manifest, SignedManifest, Split};

use crate::check::Context;
use crate::genesis::PassScheme;
use crate::id::{HolderKey, NetworkId, RsaSignature, Signature, SponsorKey};
use crate::limits::{
    ADVERT_PASSES_PER_EPOCH, CLOCK_SKEW_MS_MAX, CONTACT_PASSES_PER_EPOCH, LOG_PASSES_PER_EPOCH, PASS_GRACE_MS,
    PEER_PASSES_PER_EPOCH,
};
use crate::sign::{Statement, sign, verify};
use crate::time::{UnixMs, Week};
use crate::wire::{encode, labelled, wire_types};
use alloc::vec::Vec;
use ed25519_dalek::SigningKey;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Under which a blind pass is signed: not scheme 0's label, so that no signature of one scheme is one of the other.
const BLIND_LABEL: &str = "cosolvent/blind-pass/1";

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
wire_types!(Purpose);

impl Purpose {
    /// All of them.
    pub const ALL: [Purpose; 4] = [Purpose::Advert, Purpose::Contact, Purpose::Log, Purpose::Peer];

    /// How many passes of this purpose a member gets for one epoch (`PAS-4`).
    pub const fn passes_per_epoch(self) -> u32 {
        match self {
            Purpose::Advert => ADVERT_PASSES_PER_EPOCH,
            Purpose::Contact => CONTACT_PASSES_PER_EPOCH,
            Purpose::Log => LOG_PASSES_PER_EPOCH,
            Purpose::Peer => PEER_PASSES_PER_EPOCH,
        }
    }
}

/// What the sponsor signs (`PAS-1`), in the clear or blindly.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Grant {
    /// In which network.
    #[n(0)]
    pub network: NetworkId,
    /// Who vouches.
    #[n(1)]
    pub sponsor: SponsorKey,
    /// For which week.
    #[n(2)]
    pub epoch: Week,
    /// Member class; only 0 exists.
    #[n(3)]
    class: u8,
    /// For what.
    #[n(4)]
    pub purpose: Purpose,
    /// For which key.
    #[n(5)]
    pub holder: HolderKey,
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
    /// The sponsor's signature. Its length says by which scheme.
    #[n(3)]
    pub signature: PassSignature,
}

/// A sponsor's signature over a grant. On the wire a byte string, of 64 bytes under scheme 0 and of 256 under scheme 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassSignature {
    /// Scheme 0, Ed25519.
    Plain(Signature),
    /// Scheme 1, RSA; made blindly.
    Blind(RsaSignature),
}
wire_types!(Pass, PassSignature);

impl<C> Encode<C> for PassSignature {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match self {
            PassSignature::Plain(signature) => e.bytes(&signature.0)?.ok(),
            PassSignature::Blind(signature) => e.bytes(&signature.0)?.ok(),
        }
    }
}
impl<'b, C> Decode<'b, C> for PassSignature {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let bytes = d.bytes()?;
        let plain = bytes.try_into().map(|bytes| PassSignature::Plain(Signature(bytes)));
        let blind = || bytes.try_into().map(|bytes| PassSignature::Blind(RsaSignature(bytes)));
        plain.or_else(|_| blind()).map_err(|_| minicbor::decode::Error::message("wrong length"))
    }
}

/// Why a pass is not good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPass {
    /// Not from a founder of this network, or not signed by it for this purpose and key, or of another scheme.
    #[error("the pass was not issued by a sponsor of this network for this purpose")]
    NotIssued,
    /// Its week is over, or has not begun.
    #[error("the pass is not of the week in which it is used")]
    OutOfEpoch,
    /// The sponsor's manifest of its week is not here. It may come later (`PAS-7`).
    #[error("the key under which the pass was signed has not been heard of yet")]
    KeyUnknown,
    /// Its sponsor told two keys for one week, this one or an earlier one (`PAS-8`).
    #[error("the sponsor of the pass told two keys for one week, and nobody trusts it any more")]
    Distrusted,
}

impl BadPass {
    /// Whether another node, or this one later, may judge otherwise (`CHK-2`).
    pub fn depends_on_reader(self) -> bool {
        !matches!(self, BadPass::NotIssued)
    }
}

impl Grant {
    /// What a sponsor is asked to sign for a key.
    pub fn new(network: NetworkId, sponsor: SponsorKey, epoch: Week, purpose: Purpose, holder: HolderKey) -> Grant {
        Grant { network, sponsor, epoch, class: 0, purpose, holder }
    }

    /// The message that is signed blindly (`PAS-5`).
    pub fn blind_message(&self) -> Vec<u8> {
        labelled(BLIND_LABEL, &encode(self))
    }
}

impl Pass {
    /// Issues a pass of scheme 0. Only sponsors have the key for it.
    pub fn issue(network: NetworkId, epoch: Week, purpose: Purpose, holder: HolderKey, sponsor: &SigningKey) -> Pass {
        let grant = Grant::new(network, SponsorKey::of(sponsor), epoch, purpose, holder);
        let signature = PassSignature::Plain(sign(Grant::LABEL, &grant, sponsor));
        Pass { sponsor: grant.sponsor, epoch, holder, signature }
    }

    /// Judges the sponsor's signature (`PAS-1`), by the scheme that the genesis names.
    pub fn issued_in(&self, context: &Context<'_>, purpose: Purpose) -> Result<(), BadPass> {
        context.genesis.founder(&self.sponsor).ok_or(BadPass::NotIssued)?;
        let grant = Grant::new(context.network, self.sponsor, self.epoch, purpose, self.holder);
        match (context.genesis.passes, &self.signature) {
            (PassScheme::Plain, PassSignature::Plain(signature)) => {
                verify(Grant::LABEL, &grant, &self.sponsor, signature).map_err(|_| BadPass::NotIssued)
            }
            (PassScheme::Blind, PassSignature::Blind(signature)) => context.keys.judge(&grant, signature),
            _ => Err(BadPass::NotIssued),
        }
    }

    /// Whether something could be said with this pass at `now`, give or take clock skew (`PAS-3`).
    pub fn in_epoch(&self, now: UnixMs) -> Result<(), BadPass> {
        let begun = now.plus(CLOCK_SKEW_MS_MAX) >= self.epoch.monday().start();
        let over = now >= self.epoch.end().plus(PASS_GRACE_MS + CLOCK_SKEW_MS_MAX);
        if begun && !over { Ok(()) } else { Err(BadPass::OutOfEpoch) }
    }
}
