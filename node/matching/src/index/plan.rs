//! What one side asks of the pages of the other, and how a page answers.
use super::{
    amounts::SLICE_BITS,
    facets::{LIVE, NO_WINDOW, Row, slice},
    page::{Bits, Page, Slip},
    zones::{Extent, Lies},
};
use crate::{
    category::CATEGORIES,
    day::Window,
    limits::starved,
    number::Number,
    place::Point,
    record::{Quantity, Unit},
};
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

/// Days that must be shared, and hours in them; `asks` says that the slips are those of adverts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) window: Window,
    pub(super) hours: i64,
    pub(super) asks: bool,
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
    /// Rows of [`super::SLOTS`] bits read.
    pub rows: u64,
    /// Slips compared.
    pub slips: u64,
}

impl Plan {
    /// The slots of a page that are kept, and those of them that must be judged.
    pub(super) fn sift(&self, page: &Page, class: Class, lies: Lies, cost: &mut Cost) -> (Bits, Bits) {
        let mut sieve = Sieve { page, keep: page.row(LIVE), doubt: Bits::NONE, cost };
        sieve.cost.pages += 1;
        sieve.cost.rows += 1;
        if let Class::Without(row) = class {
            sieve.keep = sieve.keep.without(sieve.any(&[row]));
        }
        let free = match &self.around {
            Some(around) if lies != Lies::Within => sieve.any(&around.free),
            _ => Bits::ALL,
        };
        if lies == Lies::Beyond {
            sieve.keep = sieve.keep.and(free);
        }
        for drop in &self.drops {
            if !sieve.keep.any() {
                return (Bits::NONE, Bits::NONE);
            }
            sieve.keep = sieve.keep.without(sieve.marked(drop));
        }
        for amount in &self.amounts {
            if !sieve.keep.any() {
                return (Bits::NONE, Bits::NONE);
            }
            sieve.compare(*amount);
        }
        if self.span.is_some() || (lies == Lies::Across && self.around.is_some()) {
            sieve.slips(self, lies, free);
        }
        if sieve.keep.any() {
            for doubt in &self.doubts {
                sieve.doubt = sieve.doubt.or(sieve.marked(doubt));
            }
        }
        (sieve.keep, sieve.doubt)
    }

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

/// A page while a plan is applied to it.
struct Sieve<'p> {
    page: &'p Page,
    keep: Bits,
    doubt: Bits,
    cost: &'p mut Cost,
}

impl Sieve<'_> {
    fn any(&mut self, rows: &[Row]) -> Bits {
        self.cost.rows += u64::try_from(rows.len()).unwrap_or(0);
        rows.iter().fold(Bits::NONE, |any, row| any.or(self.page.row(*row)))
    }

    fn marked(&mut self, clause: &Clause) -> Bits {
        let when = self.any(&clause.when);
        if when.and(self.keep).any() { when.without(self.any(&clause.unless)) } else { Bits::NONE }
    }

    /// Compares a slice bit by bit, the highest first (O'Neil and Quass, Improved Query Performance with Variant Indexes, 1997).
    fn compare(&mut self, amount: Amount) {
        let (mut less, mut equal) = (Bits::NONE, Bits::ALL);
        let (mut more, mut as_doubt) = (Bits::NONE, Bits::ALL);
        for bit in (0..SLICE_BITS).rev() {
            let row = self.page.row(slice(amount.slice) + bit);
            if amount.most >> bit & 1 == 1 {
                less = less.or(equal.without(row));
                equal = equal.and(row);
            } else {
                equal = equal.without(row);
            }
            if amount.doubt >> bit & 1 == 1 {
                as_doubt = as_doubt.and(row);
            } else {
                more = more.or(as_doubt.and(row));
                as_doubt = as_doubt.without(row);
            }
        }
        self.cost.rows += u64::from(SLICE_BITS);
        self.keep = self.keep.and(less.or(equal));
        self.doubt = self.doubt.or(more).or(as_doubt);
    }

    /// Compares what bits cannot hold.
    fn slips(&mut self, plan: &Plan, lies: Lies, free: Bits) {
        let open = self.page.row(NO_WINDOW);
        let around = plan.around.as_ref().filter(|_| lies == Lies::Across);
        let mut kept = Bits::NONE;
        for slot in self.keep.slots() {
            let Some(slip) = self.page.slip(slot) else { continue };
            self.cost.slips += 1;
            let in_time = open.has(slot) || plan.span.is_none_or(|span| span.meets(slip));
            let in_reach = free.has(slot) || around.is_none_or(|around| around.reaches(slip));
            kept.set(slot, in_time && in_reach);
        }
        self.keep = kept;
    }
}

impl Around {
    fn reaches(&self, slip: &Slip) -> bool {
        self.centre.square_to(Point::from_coordinates(slip.point)) <= self.reach.unwrap_or(slip.reach)
    }
}

impl Span {
    fn meets(self, slip: &Slip) -> bool {
        if self.window.shared(slip.window) == 0 {
            return false;
        }
        let (Some(own), Some(its)) = (hours(self.hours), hours(slip.hours)) else { return true };
        let (own, its) = ((self.window, own), (slip.window, its));
        !if self.asks { starved(own, its) } else { starved(its, own) }
    }
}

/// Hours as a slip keeps them.
fn hours(kept: i64) -> Option<Quantity> {
    let unit = if kept > 0 { Unit::Hours } else { Unit::HoursPerWeek };
    (kept != 0).then(|| Quantity { value: Number(kept.saturating_abs()), unit })
}
