//! The census: how many firms of a sponsor's region could have said a thing, so that a firm can count the crowd that it would
//! stand in before it speaks.
//!
//! Decides what a published census says about given facts, and never more than it says: every lookup is a lower bound.
//!
//! ```text
//!   sponsor: 12 firms of cell 842b… could offer (five-axis, titanium + aluminium, AS9100D, 10 µm)      one row
//!   facts:   offer, five-axis, titanium, 25 µm, the whole market                                      are covered: 12 or more
//!   facts:   offer, five-axis, titanium + composite                                                   no row: below 5
//! ```
//!
//! - `KAN-1` A row counts firms that could truly say its whole tuple: all its materials and credentials together, its
//!   tolerance or a finer one, its envelope or a larger one, from a seat in its area. A firm has one seat.
//! - `KAN-2` A count below 5 is never said: the row stands there without a number. A number from 0 to 4 is refused.
//! - `KAN-3` A census is a founder's statement for one epoch, with at most [`CENSUS_ROWS_MAX`] rows in ascending order of their
//!   tuples' canonical bytes, none twice.
//! - `KAN-4` A row counts for facts that it covers. Counts are added only over rows that differ in nothing but areas of which
//!   none contains another; otherwise the largest counts. No row means below 5.
//! - `KAN-5` k is the smaller of that count and of the members who fetched advert passes for the epoch. Adverts that were heard
//!   take firms away from rows and never add any.
//!
//! What an attacker would try: a sponsor could publish numbers that are too high, and so make a member speak that should not.
//! It is a founder, named by the signature, and the numbers are the same for everybody. A neighbour cannot publish any.
//! Who learns what: everybody may learn that the region has about so many firms of a kind; nobody learns which.

use crate::facts::{Facts, Side, ordered};
use crate::genesis::Genesis;
use crate::id::{NetworkId, SponsorKey};
use crate::limits::CENSUS_ROWS_MAX;
use crate::place::Cell;
use crate::sign::{Signed, Statement};
use crate::time::Week;
use crate::vocabulary::{Credential, EnvelopeBand, Material, Process, ResourceClass, ToleranceBand};
use crate::wire::{encode, wire_types};
use alloc::{collections::BTreeMap, vec::Vec};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// The smallest number of firms that is ever said (`KAN-2`).
pub const FEWEST: u32 = 5;

/// How many firms could be behind something that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum K {
    /// Fewer than [`FEWEST`], or nobody knows.
    Below5,
    /// At least so many.
    Of(u32),
}

impl K {
    /// What may be said of a number of firms.
    pub fn of(firms: u32) -> K {
        if firms < FEWEST { K::Below5 } else { K::Of(firms) }
    }

    /// Whether it is at least `firms`.
    pub fn reaches(self, firms: u32) -> bool {
        matches!(self, K::Of(of) if of >= firms)
    }
}

/// The part of facts that a census counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Tuple {
    /// Offer or need.
    #[n(0)]
    pub side: Side,
    /// What kind of thing.
    #[n(1)]
    pub class: ResourceClass,
    /// Which process, service or skill.
    #[n(2)]
    pub process: Process,
    /// All of them together; none asks for nothing.
    #[n(3)]
    #[serde(default)]
    pub materials: Vec<Material>,
    /// All of them together; none asks for nothing.
    #[n(4)]
    #[serde(default)]
    pub credentials: Vec<Credential>,
    /// This band or a finer one.
    #[n(5)]
    pub tolerance: Option<ToleranceBand>,
    /// This band or a larger one.
    #[n(6)]
    pub envelope: Option<EnvelopeBand>,
    /// A cell; `None` is the whole market.
    #[n(7)]
    pub area: Option<Cell>,
}

/// How many firms could have said a tuple.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Row {
    /// What.
    #[n(0)]
    pub tuple: Tuple,
    /// How many; `None` is below 5 (`KAN-2`).
    #[n(1)]
    pub firms: Option<u32>,
}

/// What a sponsor publishes for one epoch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Census {
    /// In which network.
    #[n(0)]
    pub network: NetworkId,
    /// Whose.
    #[n(1)]
    pub sponsor: SponsorKey,
    /// For passes of which epoch.
    #[n(2)]
    pub epoch: Week,
    /// How many members fetched advert passes for it, at least; `None` is below 5.
    #[n(3)]
    pub fetched: Option<u32>,
    /// What the region could say.
    #[n(4)]
    pub rows: Vec<Row>,
}

/// A census as its sponsor signed it.
pub type SignedCensus = Signed<Census>;

wire_types!(Tuple, Row, Census);
impl Statement for Census {
    const LABEL: &'static str = "cosolvent/census/1";
}

/// Why a census is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCensus {
    /// For another network.
    #[error("the census belongs to another network")]
    OtherNetwork,
    /// Rows out of order, twice, too many, or with a number that may not be said (`KAN-2`, `KAN-3`).
    #[error("the census's rows are not well formed")]
    IllFormed,
    /// Not signed by a founder.
    #[error("the census is not signed by a founder of the network")]
    Signature,
}

/// Judges a census (`KAN-2`, `KAN-3`).
pub fn check_census(census: &SignedCensus, genesis: &Genesis, network: NetworkId) -> Result<(), BadCensus> {
    let body = &census.body;
    if body.network != network {
        return Err(BadCensus::OtherNetwork);
    }
    if !body.well_formed() {
        return Err(BadCensus::IllFormed);
    }
    let founder = genesis.founder(&body.sponsor).ok_or(BadCensus::Signature)?;
    census.verify(&founder.key).map(drop).map_err(|_| BadCensus::Signature)
}

impl Tuple {
    /// What a census could count of facts. Times, hours, presence, travel, languages, worth and text are not counted.
    pub fn of(facts: &Facts) -> Tuple {
        Tuple {
            side: facts.side,
            class: facts.class,
            process: facts.process,
            materials: facts.materials.clone(),
            credentials: facts.credentials.clone(),
            tolerance: facts.tolerance,
            envelope: facts.envelope,
            area: facts.area,
        }
    }

    /// Whether whoever could say this tuple could say `less` too (`KAN-4`).
    pub fn covers(&self, less: &Tuple) -> bool {
        self.covers_all_but_area(less) && covers_area(self.area, less.area)
    }

    fn covers_all_but_area(&self, less: &Tuple) -> bool {
        self.side == less.side
            && self.class == less.class
            && self.process == less.process
            && less.materials.iter().all(|one| self.materials.contains(one))
            && less.credentials.iter().all(|one| self.credentials.contains(one))
            && less.tolerance.is_none_or(|said| self.tolerance.is_some_and(|own| own <= said))
            && less.envelope.is_none_or(|said| self.envelope.is_some_and(|own| own >= said))
    }
}

/// Whether a seat in `area` lies in `wider` for certain.
fn covers_area(area: Option<Cell>, wider: Option<Cell>) -> bool {
    wider.is_none_or(|wider| area.is_some_and(|area| area == wider || area.coarser() == wider))
}

impl Census {
    /// Whether `KAN-2` and `KAN-3` hold.
    pub fn well_formed(&self) -> bool {
        let sayable = |firms: Option<u32>| firms.is_none_or(|firms| firms >= FEWEST);
        let keys: Vec<Vec<u8>> = self.rows.iter().map(|row| encode(&row.tuple)).collect();
        self.rows.len() <= CENSUS_ROWS_MAX
            && sayable(self.fetched)
            && self
                .rows
                .iter()
                .all(|row| sayable(row.firms) && ordered(&row.tuple.materials) && ordered(&row.tuple.credentials))
            && keys.is_sorted_by(|a, b| a < b)
    }

    /// How many firms could be behind facts, given what else was heard (`KAN-5`). `heard` are the facts of other live adverts
    /// that this sponsor vouches for.
    pub fn k(&self, facts: &Facts, heard: &[Tuple]) -> K {
        let count = self.count(&Tuple::of(facts), heard);
        K::of(count.min(self.fetched.unwrap_or_default()))
    }

    /// How many firms could say `wanted`, at least (`KAN-4`). A live advert that a firm of a row could have published, or that
    /// says all of the row, may be known to a listener as another firm's: it takes one firm from the row (`KAN-5`).
    pub fn count(&self, wanted: &Tuple, heard: &[Tuple]) -> u32 {
        let mut groups: BTreeMap<Vec<u8>, Areas> = BTreeMap::new();
        let covering = self.rows.iter().filter(|row| row.tuple.covers(wanted));
        for Row { tuple, firms } in covering {
            let taken = heard.iter().filter(|said| tuple.covers(said) || said.covers(tuple)).count();
            let left = firms.unwrap_or_default().saturating_sub(u32::try_from(taken).unwrap_or(u32::MAX));
            let alike = encode(&Tuple { area: None, ..tuple.clone() });
            groups.entry(alike).or_default().enter(tuple.area, left);
        }
        groups.values().map(Areas::count).max().unwrap_or_default()
    }
}

/// Rows that differ in nothing but their area.
#[derive(Default)]
struct Areas {
    market: u32,
    /// By cell of resolution 3: its own row, and the sum of the rows within it.
    cells: BTreeMap<Cell, (u32, u32)>,
}

impl Areas {
    fn enter(&mut self, area: Option<Cell>, firms: u32) {
        let Some(cell) = area else {
            self.market = firms;
            return;
        };
        let wide = cell.coarser();
        let (own, within) = self.cells.entry(wide).or_default();
        if wide == cell {
            *own = firms;
        } else {
            *within = within.saturating_add(firms);
        }
    }

    /// A cell's row and the rows within it count the same firms, and so do the market's and the cells': the larger counts.
    fn count(&self) -> u32 {
        let cells = self.cells.values().map(|(own, within)| *own.max(within));
        self.market.max(cells.fold(0, u32::saturating_add))
    }
}
