//! What one side asks of the pages of the other.
use super::{
    facets::Row,
    span::Span,
    zones::{Extent, Lies},
};
use crate::{category::CATEGORIES, place::Point};
use alloc::vec::Vec;

/// The classes of shelves: one for each category that is said plainly, and one for all others.
pub(super) const CLASSES: usize = CATEGORIES + 1;
/// The class of those whose category nobody said plainly.
pub(super) const UNSORTED: usize = CATEGORIES;

/// Whom any row of `when` marks and none of `unless`.
#[derive(Clone, Debug, Default)]
pub(super) struct Clause {
    pub(super) when: Vec<Row>,
    pub(super) unless: Vec<Row>,
}

/// Keeps what lies in a slice at `most` or below; from `doubt` on it is judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    pub(super) slice: u16,
    pub(super) most: u8,
    pub(super) doubt: u8,
}

/// A point that must be within reach: the plan's own, or that of each slot. Whom a row of `free` marks is bound by none.
#[derive(Clone, Debug)]
pub(super) struct Around {
    pub(super) centre: Point,
    pub(super) reach: Option<i64>,
    pub(super) free: Vec<Row>,
    /// Classes that may have such.
    pub(super) free_classes: [bool; CLASSES],
}

/// Everything that one side asks of the other.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// For each class of shelves whether none of it can serve, or only what no row of these marks.
    pub(super) classes: [Class; CLASSES],
    pub(super) drops: Vec<Clause>,
    pub(super) doubts: Vec<Clause>,
    pub(super) amounts: Vec<Amount>,
    pub(super) around: Option<Around>,
    pub(super) span: Option<Span>,
}

/// What a plan asks of the shelves of a class.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Class {
    /// All may serve.
    #[default]
    Open,
    /// Those that this row marks do not.
    Without(Row),
    /// None does.
    Closed,
}

/// What a search read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cost {
    /// Pages looked into.
    pub pages: u64,
    /// Words of 64 bits read.
    pub words: u64,
    /// Windows and places compared one by one.
    pub slips: u64,
}

impl Plan {
    /// Whether a shelf that lies beyond reach may hold what no reach binds.
    pub(super) fn goes_beyond(&self, class: usize) -> bool {
        let free = |around: &Around| !around.free.is_empty() && around.free_classes.get(class) == Some(&true);
        self.around.as_ref().is_none_or(free)
    }

    /// How the places of a shelf lie.
    pub(super) fn lies(&self, extent: Option<&Extent>) -> Lies {
        match (&self.around, extent) {
            (Some(around), Some(extent)) => extent.lies(around.centre, around.reach),
            _ => Lies::Within,
        }
    }
}

impl Around {
    /// Whether a place is within reach: this one's, or its own.
    pub(super) fn reaches(&self, point: [i32; 3], reach: i64) -> bool {
        self.centre.square_to(Point::from_coordinates(point)) <= self.reach.unwrap_or(reach)
    }
}
