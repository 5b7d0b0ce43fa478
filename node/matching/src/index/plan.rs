//! What one side asks of the pages of the other, and how a page answers.
use super::{
    amounts::{HOURS_A_DAY, SLICE_BITS},
    bits::Bits,
    facets::{DAYS_APART, HOURS, LIVE, NO_WINDOW, Row, slice},
    page::{Page, Slip, Slots},
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
    /// Rows of [`super::SLOTS`] bits read.
    pub rows: u64,
    /// Slips compared.
    pub slips: u64,
}

impl Plan {
    /// The slots of a page that are kept, and those of them that must be judged.
    pub(super) fn sift(&self, page: &Page, class: Class, lies: Lies, cost: &mut Cost) -> (Slots, Slots) {
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
        let mut late = Bits::NONE;
        if let Some(span) = self.span.as_ref().filter(|_| sieve.keep.any()) {
            late = sieve.span(span);
        }
        for amount in &self.amounts {
            if !sieve.keep.any() {
                return (Bits::NONE, Bits::NONE);
            }
            sieve.compare(*amount);
        }
        let far = if lies == Lies::Across { sieve.keep.without(free) } else { Bits::NONE };
        sieve.slips(self, late.and(sieve.keep), far);
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
    keep: Slots,
    doubt: Slots,
    cost: &'p mut Cost,
}

impl Sieve<'_> {
    fn any(&mut self, rows: &[Row]) -> Slots {
        self.cost.rows += u64::try_from(rows.len()).unwrap_or(0);
        rows.iter().fold(Bits::NONE, |any, row| any.or(self.page.row(*row)))
    }

    fn marked(&mut self, clause: &Clause) -> Slots {
        let when = self.any(&clause.when);
        if when.and(self.keep).any() { when.without(self.any(&clause.unless)) } else { Bits::NONE }
    }

    /// Keeps who shares a week, or says no window; who of them may yet share no day, or too few hours.
    fn span(&mut self, span: &Span) -> Slots {
        let (mut touched, mut whole, mut all) = (Bits::NONE, Bits::NONE, Bits::ALL);
        for week in &span.weeks {
            let row = self.page.row(*week);
            touched = touched.or(row);
            all = all.and(row);
            if span.whole.contains(week) {
                whole = whole.or(row);
            }
        }
        self.cost.rows += u64::try_from(span.weeks.len()).unwrap_or(0) + 1;
        let open = self.page.row(NO_WINDOW);
        self.keep = self.keep.and(touched.or(open));
        if !self.page.is_near(span.window, DAYS_APART) {
            // A week that has come round is another one.
            return self.keep.without(open);
        }
        let mut late = self.keep.without(open).without(whole);
        if span.compares_hours() {
            let mut enough = Bits::NONE;
            for (most, who) in [(span.any_day, Bits::ALL), (span.all_weeks, all)] {
                enough = enough.or(most.map_or(Bits::NONE, |most| self.within(HOURS_A_DAY, most, most).0.and(who)));
            }
            late = late.or(self.any(&[HOURS]).and(self.keep).without(enough));
        }
        late
    }

    /// Keeps what an amount serves.
    fn compare(&mut self, amount: Amount) {
        let (within, doubt) = self.within(amount.slice, amount.most, amount.doubt);
        self.keep = self.keep.and(within);
        self.doubt = self.doubt.or(doubt);
    }

    /// Who is at `most` in a slice, and who is at `least`; bit by bit, the highest first (O'Neil and Quass, Improved Query
    /// Performance with Variant Indexes, 1997).
    fn within(&mut self, of: u16, most: u8, least: u8) -> (Slots, Slots) {
        let (mut less, mut equal) = (Bits::NONE, Bits::ALL);
        let (mut more, mut as_least) = (Bits::NONE, Bits::ALL);
        for bit in (0..SLICE_BITS).rev() {
            let row = self.page.row(slice(of) + bit);
            if most >> bit & 1 == 1 {
                less = less.or(equal.without(row));
                equal = equal.and(row);
            } else {
                equal = equal.without(row);
            }
            if least >> bit & 1 == 1 {
                as_least = as_least.and(row);
            } else {
                more = more.or(as_least.and(row));
                as_least = as_least.without(row);
            }
        }
        self.cost.rows += u64::from(SLICE_BITS);
        (less.or(equal), more.or(as_least))
    }

    /// Compares what bits leave open: days and hours of who may be late, places of who may be far.
    fn slips(&mut self, plan: &Plan, late: Slots, far: Slots) {
        for slot in late.or(far).numbers() {
            let Some(slip) = self.page.slip(slot) else { continue };
            self.cost.slips += 1;
            let in_time = !late.has(slot) || plan.span.as_ref().is_none_or(|span| span.meets(slip));
            let in_reach = !far.has(slot) || plan.around.as_ref().is_none_or(|around| around.reaches(slip));
            if !(in_time && in_reach) {
                self.keep.set(slot, false);
            }
        }
    }
}

impl Around {
    fn reaches(&self, slip: &Slip) -> bool {
        self.centre.square_to(Point::from_coordinates(slip.point)) <= self.reach.unwrap_or(slip.reach)
    }
}
