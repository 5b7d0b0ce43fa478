//! A sponsor's charter: the rules of the market that it convenes, signed, versioned and hashed.

use crate::id::{Hash, NetworkId, SponsorKey};
use crate::sign::{Signed, Statement};
use crate::text::{Name, ShortText};
use crate::vocabulary::{Instrument, Language};
use crate::wire::wire_types;
use alloc::vec::Vec;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The rules of one market.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Charter {
    /// In which network.
    #[n(0)]
    pub network: NetworkId,
    /// Whose.
    #[n(1)]
    pub sponsor: SponsorKey,
    /// Counts up from 1.
    #[n(2)]
    pub version: u32,
    /// The market's name.
    #[n(3)]
    pub name: Name,
    /// Languages of the market.
    #[n(4)]
    pub languages: Vec<Language>,
    /// Forms of engagement it is for.
    #[n(5)]
    pub instruments: Vec<Instrument>,
    /// What the sponsor asks of members, in a sentence.
    #[n(6)]
    pub purpose: ShortText,
}

wire_types!(Charter);
impl Statement for Charter {
    const LABEL: &'static str = "cosolvent/charter/1";
}

/// A charter as its sponsor signed it.
pub type SignedCharter = Signed<Charter>;

impl Charter {
    /// Names this version.
    pub fn hash(&self) -> Hash {
        Hash::of(Self::LABEL, self)
    }
}
