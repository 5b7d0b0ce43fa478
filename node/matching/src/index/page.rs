//! A page: some hundred slots, a row of bits for each thing that a limit can compare, and beside them what is compared exactly.
//!
//! A slot that is left stays dirty until a part of the page is; then one pass over the rows cleans it, so that leaving costs a
//! bit and taking a slot costs only the bits that are set.
use super::{
    bits::Bits,
    facets::{LIVE, Row},
};
use crate::day::{Day, Window};
use alloc::{boxed::Box, vec};

/// Words of a row of a full page.
pub(super) const WORDS: usize = 8;
/// Slots of a full page; the first pages of a shelf have 64, 128 and 256.
pub const SLOTS: usize = WORDS * 64;
/// No slot, in a list of slots.
pub(super) const NONE: u32 = u32::MAX;

/// One bit for each slot of a page.
pub(super) type Slots = Bits<WORDS>;

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
    /// The earliest and the last day of windows that have lain here.
    days: (i32, i32),
    words: usize,
    rows: Box<[u64]>,
    slips: Box<[Slip]>,
    links: Box<[Link]>,
    clean: Slots,
    dirty: Slots,
}

/// What a page takes, bytes.
pub(super) fn bytes(rows: usize, words: usize) -> usize {
    let slot = size_of::<Slip>() + size_of::<Link>();
    size_of::<Page>() + words * (rows * size_of::<u64>() + 64 * slot)
}

impl Page {
    pub(super) fn new(rows: usize, words: usize, shelf: usize, place: usize) -> Page {
        let link = Link { day: 0, before: NONE, after: NONE };
        Page {
            shelf,
            place,
            roomy: None,
            days: (i32::MAX, i32::MIN),
            words,
            rows: vec![0; rows * words].into_boxed_slice(),
            slips: vec![NO_SLIP; words * 64].into_boxed_slice(),
            links: vec![link; words * 64].into_boxed_slice(),
            clean: Bits::first_words(words),
            dirty: Bits::NONE,
        }
    }

    pub(super) fn row(&self, row: Row) -> Slots {
        let from = usize::from(row) * self.words;
        let words = self.rows.get(from..from + self.words).unwrap_or_default();
        if let Some(words) = words.first_chunk() {
            return Bits::from_words(*words);
        }
        let mut all = [0; WORDS];
        all.iter_mut().zip(words).for_each(|(all, word)| *all = *word);
        Bits::from_words(all)
    }

    fn set(&mut self, row: Row, slot: usize, on: bool) {
        if let Some(word) = self.rows.get_mut(usize::from(row) * self.words + slot / 64) {
            let bit = 1 << (slot % 64);
            *word = if on { *word | bit } else { *word & !bit };
        }
    }

    /// Takes a slot, if there is room.
    pub(super) fn take(&mut self, rows: &[Row], slip: Slip, day: i32) -> Option<usize> {
        if !self.clean.any() {
            self.sweep();
        }
        let slot = self.clean.first()?;
        self.clean.set(slot, false);
        for row in rows.iter().chain([&LIVE]) {
            self.set(*row, slot, true);
        }
        if slip.window.days() > 0 {
            self.days = (self.days.0.min(slip.window.from.0), self.days.1.max(slip.window.to.0));
        }
        *self.slips.get_mut(slot)? = slip;
        *self.links.get_mut(slot)? = Link { day, before: NONE, after: NONE };
        Some(slot)
    }

    /// Leaves a slot; whether anything lay there.
    pub(super) fn leave(&mut self, slot: usize) -> bool {
        if !self.row(LIVE).has(slot) {
            return false;
        }
        self.set(LIVE, slot, false);
        self.dirty.set(slot, true);
        true
    }

    fn sweep(&mut self) {
        for row in self.rows.chunks_exact_mut(self.words) {
            row.iter_mut().zip(self.dirty.words()).for_each(|(word, dirty)| *word &= !dirty);
        }
        self.clean = self.clean.or(self.dirty);
        self.dirty = Bits::NONE;
    }

    /// An eighth of a page that was left is worth a pass over it.
    pub(super) fn has_room(&self) -> bool {
        self.clean.any() || usize::try_from(self.dirty.count()).is_ok_and(|dirty| dirty >= self.words * 8)
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.row(LIVE).any()
    }

    pub(super) fn words(&self) -> usize {
        self.words
    }

    /// Whether every window that has lain here is less than so many days away from this one.
    pub(super) fn is_near(&self, window: Window, days: i32) -> bool {
        self.days.1.saturating_sub(window.from.0) < days && window.to.0.saturating_sub(self.days.0) < days
    }

    /// What lies in a slot; of one that was left, what lay there.
    pub(super) fn slip(&self, slot: usize) -> Option<&Slip> {
        self.slips.get(slot)
    }

    pub(super) fn link(&mut self, slot: usize) -> Option<&mut Link> {
        self.links.get_mut(slot)
    }
}
