//! The crowd that a firm would stand in.

use super::coarsening;
use alloc::vec::Vec;
use protocol::census::{Census, K, Tuple};
use protocol::dialogue::Field;
use protocol::facts::Facts;
use serde::{Deserialize, Serialize};

/// From here on no page warns.
pub const PLENTY: u32 = 10;

/// What k is reckoned from.
#[derive(Clone, Debug, Default)]
pub struct Ground<'a> {
    /// What the sponsor whose pass will be used published for its epoch.
    pub census: Option<&'a Census>,
    /// Live adverts of others under that sponsor's passes.
    pub heard: Vec<Tuple>,
}

impl Ground<'_> {
    /// How many firms could be behind these facts (`KAN-5`).
    pub fn k(&self, facts: &Facts) -> K {
        self.census.map_or(K::Below5, |census| census.k(facts, &self.heard))
    }

    /// k, and what singles the firm out.
    pub fn exposure(&self, facts: &Facts) -> Exposure {
        let k = self.k(facts);
        let singles_out = if k.reaches(PLENTY) { None } else { Some(coarsening::singles_out(self, facts, k)) };
        Exposure { k, singles_out }
    }
}

/// How far what is said points at this firm. Under the signature of who decides (`CMP-2`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exposure {
    /// How many firms it could be.
    pub k: K,
    /// The field that singles the firm out; `None` when the crowd is large.
    pub singles_out: Option<Field>,
}

impl Exposure {
    /// Whether only an owner may let this out.
    pub fn needs_owner(self) -> bool {
        self.k == K::Below5
    }
}
