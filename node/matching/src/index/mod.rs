//! Which of very many adverts could serve a need, and which of very many standing needs a new advert could serve.
//!
//! Decides nothing that [`crate::limits`] does not decide: it leaves out only what violates a limit for certain, says of the
//! others whether they certainly violate none or must still be judged, and refuses to hold anything but facts.
//!
//! ```text
//!   facts ─▶ sheet: class, zone, rows, slip ─▶ a page of the shelf (class, zone)       insert, withdraw, expire
//!   facts of the other side ─▶ plan: shelves, clauses, amounts, span, reach
//!   plan × pages, one row of bits at a time ─▶ found: sure, or to be judged
//! ```
//!
//! Each page holds up to [`SLOTS`] adverts as rows of bits, one row for each thing that a limit can compare; who does not say it has
//! no bit that could leave it out, so unknown survives (`LIM-2`). Amounts are bit slices of a logarithmic scale; equal steps are
//! judged. Needs lie in pages of the same rows, asked by an advert.
//!
//! - `IDX-1` Found and judged together are what judging everything would give: nothing is lost, and what is sure violates no
//!   limit.
//! - `IDX-2` Insert, withdraw and expire touch one page each, whatever the index holds; a day's expiry touches only what
//!   perishes that day.
//! - `IDX-3` What an advert takes is fixed ([`Index::bytes_per_slot`]), however much it claims to do.
//!
//! It is built at each start from facts that the store keeps ([`crate::stored`]). What it costs stands in `node/matching/MEASURED.md`.
//!
//! What an attacker would try: to list everything (costs it nothing and us nothing, see `FIT-5` for the ranking), or to stand in
//! a thousand places, so that each page holds one advert. Zones are few and shared from then on: work grows to that of an index
//! without places, no further.
mod amounts;
mod bits;
mod facets;
mod needs;
mod offers;
mod page;
mod plan;
mod shelves;
mod sieve;
mod span;
mod zones;

use crate::{day::Day, read::Side, record::Facts};
use alloc::{sync::Arc, vec::Vec};
pub use facets::Facets;
pub use page::SLOTS;
pub use plan::{Cost, Plan};
use shelves::Shelves;

/// Where an advert or a need lies, until it is withdrawn or perishes; then another may lie there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Slot(pub(crate) u32);

/// What a search finds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Found {
    /// Where it lies.
    pub slot: Slot,
    /// The caller's own number for it.
    pub key: u32,
    /// Whether it violates no limit for certain; otherwise [`crate::limits::judge`] decides.
    pub sure: bool,
}

/// Adverts that needs are compared with, or standing needs that adverts are compared with.
#[derive(Clone, Debug)]
pub struct Index {
    facets: Arc<Facets>,
    side: Side,
    shelves: Shelves,
    /// The rows of what is being inserted; kept for its capacity.
    rows: Vec<facets::Row>,
}

impl Index {
    /// An empty index that keeps the facts of this side.
    #[must_use]
    pub fn new(facets: &Arc<Facets>, side: Side) -> Index {
        Index { facets: facets.clone(), side, shelves: Shelves::new(facets.rows()), rows: Vec::new() }
    }

    /// Keeps facts under the caller's `key` until the end of the day before `until`.
    pub fn insert(&mut self, facts: &Facts, key: u32, until: Day) -> Slot {
        self.rows.clear();
        let sheet = match self.side {
            Side::Offer => offers::sheet(&self.facets, facts, &mut self.rows),
            Side::Need => needs::sheet(&self.facets, facts, &mut self.rows),
        };
        self.shelves.insert(&sheet, &self.rows, key, until)
    }

    /// Forgets what lies in a slot. Whether anything did.
    pub fn withdraw(&mut self, slot: Slot) -> bool {
        self.shelves.withdraw(slot)
    }

    /// Forgets what perishes by `today`, day by day; `gone` hears the key of each.
    pub fn expire(&mut self, today: Day, gone: impl FnMut(u32)) {
        self.shelves.expire(today, gone);
    }

    /// What the facts of the other side ask of this one.
    #[must_use]
    pub fn plan(&self, other: &Facts) -> Plan {
        match self.side {
            Side::Offer => offers::plan(&self.facets, other),
            Side::Need => needs::plan(&self.facets, other),
        }
    }

    /// Everything that does not violate a limit for certain, in no order that means anything (`IDX-1`).
    pub fn search(&self, plan: &Plan, found: impl FnMut(Found)) -> Cost {
        self.shelves.search(plan, found)
    }

    /// How many are found for certain, and how many to be judged, without naming them.
    #[must_use]
    pub fn count(&self, plan: &Plan) -> (usize, usize) {
        self.shelves.count(plan)
    }

    /// How many it keeps.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shelves.len()
    }

    /// Whether it keeps none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What each slot of a full page takes, bytes, with its share of what the page needs for itself.
    #[must_use]
    pub fn bytes_per_slot(&self) -> usize {
        page::bytes(self.facets.rows(), page::WORDS).div_ceil(SLOTS)
    }

    /// What all pages take, bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.shelves.bytes()
    }
}
