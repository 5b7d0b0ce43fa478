//! What an advert says: an offer or a need, alike in shape, in closed codes and bands.
//!
//! - `ADV-1` Lists are sorted, without duplicates, at most [`LIST_MAX`] long; the window is at most 53 weeks long and
//!   does not end before it begins. Facts that break this are refused whole.
//! - `ADV-5` Conflict classes are at most [`CONFLICT_CLASSES_MAX`], and a list of none is left out.

use crate::limits::{CONFLICT_CLASSES_MAX, LIST_MAX};
use crate::place::Cell;
use crate::text::ShortText;
use crate::time::Week;
use crate::vocabulary::{
    ConflictClass, Credential, EnvelopeBand, HoursBand, Language, Material, Presence, Process, ResourceClass,
    ToleranceBand, TravelBand, ValueBand,
};
use crate::wire::wire_types;
use alloc::vec::Vec;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Which side of a match is speaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Capability that stands idle.
    #[n(0)]
    Offer,
    /// Capability that is wanted.
    #[n(1)]
    Need,
}

impl Side {
    /// The side that could match this one.
    pub fn other(self) -> Side {
        match self {
            Side::Offer => Side::Need,
            Side::Need => Side::Offer,
        }
    }
}

/// Whole weeks, first and last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Weeks {
    /// The first week.
    #[n(0)]
    pub first: Week,
    /// The last week.
    #[n(1)]
    pub last: Week,
}

impl Weeks {
    /// Whole weeks in both; `None` if they do not meet.
    pub fn overlap(self, other: Weeks) -> Option<Weeks> {
        let both = Weeks { first: self.first.max(other.first), last: self.last.min(other.last) };
        (both.first <= both.last).then_some(both)
    }

    /// How many weeks.
    pub fn count(self) -> u32 {
        self.last.0.saturating_sub(self.first.0).saturating_add(1)
    }
}

/// What is said without a name. Every field but the first three may be left out; what is left out is unknown, not zero.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Facts {
    /// Offer or need.
    #[n(0)]
    pub side: Side,
    /// What kind of thing.
    #[n(1)]
    pub class: ResourceClass,
    /// Which process, service or skill.
    #[n(2)]
    pub process: Process,
    /// Material families: all that an offer works in, all that a need requires.
    #[n(3)]
    pub materials: Vec<Material>,
    /// Longest side.
    #[n(4)]
    pub envelope: Option<EnvelopeBand>,
    /// Tolerance.
    #[n(5)]
    pub tolerance: Option<ToleranceBand>,
    /// Credential schemes: all that an offer has, all that a need requires.
    #[n(6)]
    pub credentials: Vec<Credential>,
    /// Area; `None` is the whole market.
    #[n(7)]
    pub area: Option<Cell>,
    /// When.
    #[n(8)]
    pub weeks: Weeks,
    /// Hours in that window.
    #[n(9)]
    pub hours: HoursBand,
    /// Where the work can be done.
    #[n(10)]
    pub presence: Option<Presence>,
    /// How far the needing side travels.
    #[n(11)]
    pub travel: Option<TravelBand>,
    /// Languages in which the work can be done.
    #[n(12)]
    pub languages: Vec<Language>,
    /// Worth, if the needing side chose to say.
    #[n(13)]
    pub value: Option<ValueBand>,
    /// Two sentences at most.
    #[n(14)]
    pub text: Option<ShortText>,
    /// Lines of business in whose interest the author stands, as far as the author says so.
    #[cbor(n(15), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflict_classes: Vec<ConflictClass>,
}

wire_types!(Side, Weeks, Facts);

impl Facts {
    /// Whether `ADV-1` and `ADV-5` hold.
    pub fn well_formed(&self) -> bool {
        ordered(&self.materials)
            && ordered(&self.credentials)
            && ordered(&self.languages)
            && few(&self.conflict_classes)
            && self.weeks.first <= self.weeks.last
            && self.weeks.count() <= 53
    }
}

/// Sorted, without duplicates, and not too long.
pub(crate) fn ordered<T: Ord>(list: &[T]) -> bool {
    list.len() <= LIST_MAX && list.is_sorted_by(|a, b| a < b)
}

/// Conflict classes as both adverts and briefs say them.
pub(crate) fn few(classes: &[ConflictClass]) -> bool {
    classes.len() <= CONFLICT_CLASSES_MAX && ordered(classes)
}
