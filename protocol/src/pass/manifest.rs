//! Manifests: under which keys a sponsor issues the passes of one week, said ahead and to everybody alike.
//!
//! - `PAS-7` A manifest is a founder's statement for one epoch: one key for each purpose, all different, and how many members
//!   may have passes of it. It is heard from four weeks before its epoch on, and never forgotten: entries of the log rest on it.
//! - `PAS-8` A founder that signed two manifests of one epoch split its members: each could be recognised by the key under which
//!   it was made to ask. The two together are the proof, a [`Split`], which takes the place of either.
//!
//! ```text
//!   week w − 2      w − 1                                w
//!   manifest w ──▶ firms compare it ──▶ batch of w ──▶ used ──▶ 48 h of grace
//! ```
//!
//! What an attacker would try: as a sponsor, tell one firm another key than everybody else (whoever hears both keeps the proof
//! and passes it on), say two things so often that nodes differ for ever (a proof replaces what it proves, so they agree again).
//! Who learns what: everybody learns the keys and the number of members; neither says anything about one of them.

use super::Purpose;
use super::blind::{BadKey, IssuingKey};
use super::keyring::Keys;
use crate::check::Context;
use crate::id::{Hash, HolderKey, Modulus, NetworkId, SponsorKey};
use crate::limits::{CLOCK_SKEW_MS_MAX, MANIFEST_AHEAD_MS};
use crate::sign::{Signed, Statement};
use crate::time::Week;
use crate::wire::{encode, wire_types};
use alloc::{boxed::Box, vec::Vec};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// What a sponsor says of one epoch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Manifest {
    /// In which network.
    #[n(0)]
    pub network: NetworkId,
    /// Whose.
    #[n(1)]
    pub sponsor: SponsorKey,
    /// Passes of which week.
    #[n(2)]
    pub epoch: Week,
    /// How many members may have batches of that epoch. What is said under more passes than that is not kept (`SYN-15`).
    #[n(3)]
    pub members: u32,
    /// Under which key for what: each purpose once, ascending.
    #[n(4)]
    pub keys: Vec<(Purpose, Modulus)>,
}

/// A manifest as its sponsor signed it.
pub type SignedManifest = Signed<Manifest>;

/// Two manifests of one sponsor for one epoch: it is not to be trusted from that epoch on (`PAS-8`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Split {
    /// The one with the smaller canonical bytes.
    #[n(0)]
    pub one: Box<SignedManifest>,
    /// The other.
    #[n(1)]
    pub other: Box<SignedManifest>,
}

wire_types!(Manifest, Split);
impl Statement for Manifest {
    const LABEL: &'static str = "cosolvent/manifest/1";
}

/// Why a manifest or a proof of a split is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadManifest {
    /// For another network.
    #[error("the manifest belongs to another network")]
    OtherNetwork,
    /// A purpose missing, twice or out of order, or one key for two purposes; or two manifests that prove nothing.
    #[error("the manifest's keys are not one for each purpose, or the two manifests do not contradict each other")]
    IllFormed,
    /// Its epoch is far ahead.
    #[error("the manifest is for a week that is far ahead; one of the two clocks is wrong")]
    FromTheFuture,
    /// A key that is none.
    #[error(transparent)]
    Key(#[from] BadKey),
    /// Not signed by a founder.
    #[error("the manifest is not signed by a founder of the network")]
    Signature,
}

impl Manifest {
    /// Names sponsor and epoch: what one thing may be said about. Not a key; nobody holds its secret half.
    pub fn slot(&self) -> HolderKey {
        Manifest::slot_of(&self.sponsor, self.epoch)
    }

    /// See [`Manifest::slot`].
    pub fn slot_of(sponsor: &SponsorKey, epoch: Week) -> HolderKey {
        let slot = [sponsor.0.as_slice(), &epoch.0.to_be_bytes()].concat();
        HolderKey(Hash::of_bytes("cosolvent/manifest-slot/1", &slot).0)
    }

    /// The keys, ready to judge with.
    pub fn ready(&self) -> Result<Keys, BadKey> {
        self.keys.iter().map(|(purpose, modulus)| Ok((*purpose, IssuingKey::new(modulus)?))).collect()
    }

    fn well_formed(&self) -> bool {
        let purposes = self.keys.iter().map(|(purpose, _)| *purpose);
        let distinct = |at: usize, modulus: &Modulus| self.keys.iter().skip(at + 1).all(|(_, other)| other != modulus);
        purposes.eq(Purpose::ALL) && self.keys.iter().enumerate().all(|(at, (_, modulus))| distinct(at, modulus))
    }
}

impl Split {
    /// The proof that two manifests make, in whatever order they are given; `None` if they do not contradict each other.
    pub fn of(one: &SignedManifest, other: &SignedManifest) -> Option<Split> {
        let (low, high) = if encode(one) <= encode(other) { (one, other) } else { (other, one) };
        let split = Split { one: Box::new(low.clone()), other: Box::new(high.clone()) };
        split.contradicts().then_some(split)
    }

    /// Whose, and which epoch.
    pub fn slot(&self) -> HolderKey {
        self.one.body.slot()
    }

    fn contradicts(&self) -> bool {
        let (one, other) = (&self.one.body, &self.other.body);
        (one.network, one.sponsor, one.epoch) == (other.network, other.sponsor, other.epoch)
            && one != other
            && encode(&*self.one) < encode(&*self.other)
    }
}

/// Judges a manifest (`PAS-7`): cheap rules first, keys and signature last.
pub fn check_manifest(manifest: &SignedManifest, context: &Context<'_>) -> Result<(), BadManifest> {
    check_form(&manifest.body, context)?;
    if context.now.plus(CLOCK_SKEW_MS_MAX + MANIFEST_AHEAD_MS) < manifest.body.epoch.monday().start() {
        return Err(BadManifest::FromTheFuture);
    }
    check_said(manifest, context)
}

/// Judges a proof (`PAS-8`). Of whatever epoch: who signs two things about a far week is not to be trusted in it either.
pub fn check_split(split: &Split, context: &Context<'_>) -> Result<(), BadManifest> {
    check_form(&split.one.body, context)?;
    check_form(&split.other.body, context)?;
    if !split.contradicts() {
        return Err(BadManifest::IllFormed);
    }
    check_said(&split.one, context)?;
    check_said(&split.other, context)
}

fn check_form(manifest: &Manifest, context: &Context<'_>) -> Result<(), BadManifest> {
    if manifest.network != context.network {
        return Err(BadManifest::OtherNetwork);
    }
    if manifest.well_formed() { Ok(()) } else { Err(BadManifest::IllFormed) }
}

fn check_said(manifest: &SignedManifest, context: &Context<'_>) -> Result<(), BadManifest> {
    let founder = context.genesis.founder(&manifest.body.sponsor).ok_or(BadManifest::Signature)?;
    manifest.verify(&founder.key).map_err(|_| BadManifest::Signature)?;
    manifest.body.ready()?;
    Ok(())
}
