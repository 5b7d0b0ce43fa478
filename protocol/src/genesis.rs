//! A network's genesis: what makes two networks different, and what every node of one network agrees on from the start.
//!
//! - `NET-1` A network is named by the hash of its genesis. Everything signed names its network, so nothing said in one
//!   network means anything in another.
//! - `NET-2` A genesis says whether its network is real, a demonstration or simulated. A node refuses to join a kind it was
//!   not started for.
//! - `NET-3` One to sixteen founders, sorted by key, none twice. Every founder counts alike.
//! - `NET-4` A genesis says whether records leave in cells, and at which pace. A real network has the one pace for which there are
//!   figures; demonstrations and simulations may shorten it.

use crate::id::{Hash, NetworkId, SponsorKey};
use crate::limits::{CELL_MS, CELL_MS_MAX, CELL_TRAVEL_MS_MAX, RELAY_DELAY_MS_MEAN, SPONSORS_MAX};
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

/// How cells travel in a network (`NET-4`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
#[serde(rename_all = "kebab-case")]
pub struct Pace {
    /// A node sends one cell in so many milliseconds.
    #[n(0)]
    pub cell_ms: u32,
    /// The mean of the delay at each relay, in milliseconds.
    #[n(1)]
    pub delay_ms: u32,
    /// What a cell may need beside its delays before its record is late, in milliseconds.
    #[n(2)]
    pub travel_ms: u32,
}

impl Pace {
    /// The pace of real networks, and the only one for which there are figures: a cell in two minutes, delays of five, ten
    /// minutes of travel.
    pub const REAL: Pace = Pace { cell_ms: CELL_MS, delay_ms: RELAY_DELAY_MS_MEAN, travel_ms: CELL_TRAVEL_MS_MAX };

    /// Whether a network of this kind may have it: no time is zero, no cell is rarer than one in an hour, and nothing else is longer
    /// than in a real network, so that an onion key's grace is long enough.
    fn fits(&self, kind: NetworkKind) -> bool {
        let within = |ms: u32, most: u32| (1..=most).contains(&ms);
        let waits_fit = within(self.delay_ms, RELAY_DELAY_MS_MEAN) && within(self.travel_ms, CELL_TRAVEL_MS_MAX);
        within(self.cell_ms, CELL_MS_MAX) && waits_fit && (kind != NetworkKind::Real || *self == Pace::REAL)
    }
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
    /// How cells travel; left out where records are published directly.
    #[n(5)]
    #[serde(default)]
    pub cells: Option<Pace>,
}

wire_types!(Genesis, Pace);

impl Genesis {
    /// The network's id (`NET-1`).
    pub fn id(&self) -> NetworkId {
        NetworkId(Hash::of(LABEL, self).0)
    }

    /// Whether this sponsor founded the network.
    pub fn founder(&self, key: &SponsorKey) -> Option<&Founder> {
        self.founders.iter().find(|founder| founder.key == *key)
    }

    /// Whether the founders are sorted, distinct, at least one and not too many (`NET-3`), and the pace is one of this kind of
    /// network (`NET-4`).
    pub fn well_formed(&self) -> bool {
        self.cells.is_none_or(|pace| pace.fits(self.kind))
            && !self.founders.is_empty()
            && self.founders.len() <= SPONSORS_MAX
            && self.founders.is_sorted_by(|a, b| a.key < b.key)
    }
}
