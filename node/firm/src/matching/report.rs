//! The outcome of comparing one private item with what the other side says.

use alloc::vec::Vec;
use protocol::dialogue::{Field, Value};
use serde::{Deserialize, Serialize};

/// How one requirement fares (`MAT-2`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Met.
    Match,
    /// More than met.
    Exceeds,
    /// Met in part; worth asking.
    Partial,
    /// Not met.
    Gap,
    /// One side does not say.
    Unknown,
}

/// A value as a page shows it: exact, or the upper end of a band.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// Not said.
    Nothing,
    /// Exactly this.
    Exactly(Value),
    /// A band's code text, such as "25um" or "41-to-80h".
    Band(alloc::string::String),
    /// Straight-line kilometres, with the uncertainty of both areas.
    Distance {
        /// Between the centres.
        km: u32,
        /// Give or take.
        give_or_take_km: u32,
    },
}

/// One requirement of the needing side against what the offering side has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// About what.
    pub field: Field,
    /// What the needing side asks.
    pub needed: Shown,
    /// What the offering side has.
    pub offered: Shown,
    /// How it fares.
    pub verdict: Verdict,
    /// Share of the fit in thousandths: 1000 met or exceeded, 500 partial, 0 gap or unknown.
    pub share: u16,
}

/// Everything that a person should know about a match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Whether no hard limit is violated.
    pub fits: bool,
    /// Thousandths (`MAT-3`).
    pub fit: u16,
    /// Thousandths (`MAT-3`).
    pub certainty: u16,
    /// One line for each requirement.
    pub requirements: Vec<Requirement>,
}
