//! A network's genesis: what makes two networks different, and what every node of one network agrees on from the start.
//!
//! - `NET-1` A network is named by the hash of its genesis. Everything signed names its network, so nothing said in one
//!   network means anything in another.
//! - `NET-2` A genesis says whether its network is real, a demonstration or simulated. A node refuses to join a kind it was
//!   not started for.
//! - `NET-3` One to sixteen founders, sorted by key, none twice. Every founder counts alike.

use crate::id::{Hash, NetworkId, SponsorKey};
use crate::limits::SPONSORS_MAX;
use crate::text::Name;
use crate::wire::wire_types;
use alloc::vec::Vec;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

const LABEL: &str = "cosolvent/genesis/1";

/// What a network is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum NetworkKind {
    /// Firms do business in it.
    #[n(0)]
    Real,
    /// Played on one machine with fictional firms.
    #[n(1)]
    Demonstration,
    /// Lives in virtual time.
    #[n(2)]
    Simulated,
}

/// How a pass is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum PassScheme {
    /// Scheme 0: the sponsor signs the holder key in the clear, and can therefore link a pass to the member who fetched it.
    #[n(0)]
    Plain,
    /// Scheme 1: the sponsor signs what it cannot see (RFC 9474), and can link no pass to a member.
    #[n(1)]
    Blind,
}

/// A sponsor that founded the network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Founder {
    /// Its operating key.
    #[n(0)]
    pub key: SponsorKey,
    /// Its name.
    #[n(1)]
    pub name: Name,
}

/// The first record of a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Genesis {
    /// What people call the network.
    #[n(0)]
    pub name: Name,
    /// Real, demonstration or simulated.
    #[n(1)]
    pub kind: NetworkKind,
    /// How passes are made.
    #[n(2)]
    pub passes: PassScheme,
    /// The founding sponsors, sorted by key. Any one of them may vanish.
    #[n(3)]
    pub founders: Vec<Founder>,
    /// Chance, so that two networks of one name differ.
    #[n(4)]
    pub salt: Hash,
}

wire_types!(Genesis);

impl Genesis {
    /// The network's id (`NET-1`).
    pub fn id(&self) -> NetworkId {
        NetworkId(Hash::of(LABEL, self).0)
    }

    /// Whether this sponsor founded the network.
    pub fn founder(&self, key: &SponsorKey) -> Option<&Founder> {
        self.founders.iter().find(|founder| founder.key == *key)
    }

    /// Whether the founders are sorted, distinct, at least one and not too many (`NET-3`).
    pub fn well_formed(&self) -> bool {
        !self.founders.is_empty()
            && self.founders.len() <= SPONSORS_MAX
            && self.founders.is_sorted_by(|a, b| a.key < b.key)
    }
}
