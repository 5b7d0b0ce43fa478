//! A page: some hundred slots, a row of bits for each thing that a limit can compare, and beside them what is compared exactly.
//!
//! A slot that is left stays dirty until a part of the page is; then one pass over the rows cleans it, so that leaving costs a
//! bit and taking a slot costs only the bits that are set.
use super::facets::{LIVE, Row};
use crate::day::{Day, Window};
use alloc::{boxed::Box, vec};

/// Words of a row.
const WORDS: usize = 8;
/// Slots of a page.
pub const SLOTS: usize = WORDS * 64;
/// So many left slots are worth a pass over the page.
const DIRTY_MAX: u32 = 64;
/// No slot, in a list of slots.
pub(super) const NONE: u32 = u32::MAX;

/// One bit for each slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Bits([u64; WORDS]);

impl Bits {
    pub(super) const NONE: Bits = Bits([0; WORDS]);
    pub(super) const ALL: Bits = Bits([u64::MAX; WORDS]);

    pub(super) fn and(self, other: Bits) -> Bits {
        self.zip(other, |one, two| one & two)
    }

    pub(super) fn or(self, other: Bits) -> Bits {
        self.zip(other, |one, two| one | two)
    }

    pub(super) fn without(self, other: Bits) -> Bits {
        self.zip(other, |one, two| one & !two)
    }

    fn zip(self, other: Bits, join: impl Fn(u64, u64) -> u64) -> Bits {
        let mut joined = self;
        for (one, two) in joined.0.iter_mut().zip(other.0) {
            *one = join(*one, two);
        }
        joined
    }

    pub(super) fn any(self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) != 0
    }

    pub(super) fn has(self, slot: usize) -> bool {
        self.0.get(slot / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }

    pub(super) fn set(&mut self, slot: usize, on: bool) {
        if let Some(word) = self.0.get_mut(slot / 64) {
            let bit = 1 << (slot % 64);
            *word = if on { *word | bit } else { *word & !bit };
        }
    }

    fn count(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    fn first(self) -> Option<usize> {
        self.slots().next()
    }

    /// The slots whose bit is set, in order.
    pub(super) fn slots(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(at, word)| {
            let mut rest = word;
            core::iter::from_fn(move || {
                let bit = usize::try_from(rest.trailing_zeros()).unwrap_or(64);
                (rest != 0).then(|| {
                    rest &= rest - 1;
                    at * 64 + bit
                })
            })
        })
    }
}

/// What is compared exactly. Hours are positive, hours in each week negative, in millionths; zero if neither is said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slip {
    pub(super) hours: i64,
    pub(super) reach: i64,
    pub(super) window: Window,
    pub(super) point: [i32; 3],
    pub(super) key: u32,
}

const NO_SLIP: Slip = Slip { hours: 0, reach: 0, window: Window { from: Day(0), to: Day(0) }, point: [0; 3], key: 0 };

/// A slot's place among those that perish on one day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) day: i32,
    pub(super) before: u32,
    pub(super) after: u32,
}

/// Some hundred slots of one shelf.
#[derive(Debug)]
pub(super) struct Page {
    /// The shelf that it stands on, and where on it.
    pub(super) shelf: usize,
    pub(super) place: usize,
    /// Where among those of the shelf that have room, if it has.
    pub(super) roomy: Option<usize>,
    rows: Box<[Bits]>,
    slips: Box<[Slip]>,
    links: Box<[Link]>,
    clean: Bits,
    dirty: Bits,
}

/// What a page of so many rows takes, bytes.
pub(super) fn bytes(rows: usize) -> usize {
    let slot = size_of::<Slip>() + size_of::<Link>();
    size_of::<Page>() + rows * size_of::<Bits>() + SLOTS * slot
}

impl Page {
    pub(super) fn new(rows: usize, shelf: usize, place: usize) -> Page {
        let link = Link { day: 0, before: NONE, after: NONE };
        Page {
            shelf,
            place,
            roomy: None,
            rows: vec![Bits::NONE; rows].into_boxed_slice(),
            slips: vec![NO_SLIP; SLOTS].into_boxed_slice(),
            links: vec![link; SLOTS].into_boxed_slice(),
            clean: Bits::ALL,
            dirty: Bits::NONE,
        }
    }

    pub(super) fn row(&self, row: Row) -> Bits {
        self.rows.get(usize::from(row)).copied().unwrap_or(Bits::NONE)
    }

    /// Takes a slot, if there is room.
    pub(super) fn take(&mut self, rows: &[Row], slip: Slip, day: i32) -> Option<usize> {
        if !self.clean.any() {
            self.sweep();
        }
        let slot = self.clean.first()?;
        self.clean.set(slot, false);
        for row in rows.iter().chain([&LIVE]) {
            if let Some(bits) = self.rows.get_mut(usize::from(*row)) {
                bits.set(slot, true);
            }
        }
        *self.slips.get_mut(slot)? = slip;
        *self.links.get_mut(slot)? = Link { day, before: NONE, after: NONE };
        Some(slot)
    }

    /// Leaves a slot; whether anything lay there.
    pub(super) fn leave(&mut self, slot: usize) -> bool {
        let Some(live) = self.rows.get_mut(usize::from(LIVE)).filter(|live| live.has(slot)) else { return false };
        live.set(slot, false);
        self.dirty.set(slot, true);
        true
    }

    fn sweep(&mut self) {
        for row in &mut self.rows {
            *row = row.without(self.dirty);
        }
        self.clean = self.clean.or(self.dirty);
        self.dirty = Bits::NONE;
    }

    pub(super) fn has_room(&self) -> bool {
        self.clean.any() || self.dirty.count() >= DIRTY_MAX
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.row(LIVE).any()
    }

    /// What lies in a slot; of one that was left, what lay there.
    pub(super) fn slip(&self, slot: usize) -> Option<&Slip> {
        self.slips.get(slot)
    }

    pub(super) fn link(&mut self, slot: usize) -> Option<&mut Link> {
        self.links.get_mut(slot)
    }
}
