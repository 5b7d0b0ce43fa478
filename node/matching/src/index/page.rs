//! A page: up to some thousand slots, a row of bits for each thing that a limit can compare, and beside them in columns what is
//! compared exactly.
//!
//! A slot that is left stays dirty until an eighth of the page is; then one pass over the rows cleans it, so that leaving costs a
//! bit and taking a slot costs only the bits that are set.
use super::{
    bits,
    facets::{LIVE, Row},
};
use crate::day::{Day, Window};
use alloc::{boxed::Box, vec};

/// Words of a row of the largest page.
pub(super) const WORDS: usize = 64;
/// Slots of the largest page; the first pages of a shelf have 64, 64, 128, 256, and so on.
pub const SLOTS: usize = WORDS * 64;
/// No slot, in a list of slots.
pub(super) const NONE: u32 = u32::MAX;

/// What is compared exactly. Hours are positive, hours in each week negative, in millionths; zero if neither is said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slip {
    pub(super) window: Window,
    pub(super) hours: i64,
    pub(super) point: [i32; 3],
    pub(super) reach: i64,
    pub(super) key: u32,
}

/// A slot's place among those that perish on one day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) day: i32,
    pub(super) before: u32,
    pub(super) after: u32,
}

const NO_LINK: Link = Link { day: 0, before: NONE, after: NONE };
const NO_WINDOW: Window = Window { from: Day(0), to: Day(0) };

/// Some slots of one shelf.
#[derive(Clone, Debug)]
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
    windows: Box<[Window]>,
    hours: Box<[i64]>,
    points: Box<[[i32; 3]]>,
    reaches: Box<[i64]>,
    keys: Box<[u32]>,
    links: Box<[Link]>,
    /// Slots that may be taken at once, and those that were left.
    clean: Box<[u64]>,
    dirty: Box<[u64]>,
}

/// What a page takes, bytes.
pub(super) fn bytes(rows: usize, words: usize) -> usize {
    let slip = size_of::<Window>() + 2 * size_of::<i64>() + size_of::<[i32; 3]>() + size_of::<u32>();
    size_of::<Page>() + words * ((rows + 2) * size_of::<u64>() + 64 * (slip + size_of::<Link>()))
}

fn column<T: Clone>(words: usize, value: T) -> Box<[T]> {
    vec![value; words * 64].into_boxed_slice()
}

impl Page {
    pub(super) fn new(rows: usize, words: usize, shelf: usize, place: usize) -> Page {
        let filled = |count: usize, word: u64| -> Box<[u64]> { vec![word; count].into_boxed_slice() };
        Page {
            shelf,
            place,
            roomy: None,
            days: (i32::MAX, i32::MIN),
            words,
            rows: filled(rows * words, 0),
            windows: column(words, NO_WINDOW),
            hours: column(words, 0),
            points: column(words, [0; 3]),
            reaches: column(words, 0),
            keys: column(words, 0),
            links: column(words, NO_LINK),
            clean: filled(words, u64::MAX),
            dirty: filled(words, 0),
        }
    }

    /// A row of a page of so many words.
    pub(super) fn row<const WORDS: usize>(&self, row: Row) -> &[u64; WORDS] {
        let from = usize::from(row) * WORDS;
        self.rows.get(from..).and_then(<[u64]>::first_chunk).unwrap_or(const { &[0; WORDS] })
    }

    fn words_of(&mut self, row: Row) -> &mut [u64] {
        let from = usize::from(row) * self.words;
        self.rows.get_mut(from..from + self.words).unwrap_or_default()
    }

    /// Takes a slot, if there is room.
    pub(super) fn take(&mut self, rows: &[Row], slip: Slip, day: i32) -> Option<usize> {
        if self.clean.iter().all(|word| *word == 0) {
            self.sweep();
        }
        let slot = bits::numbers(&self.clean).next()?;
        bits::set(&mut self.clean, slot, false);
        for row in rows.iter().chain([&LIVE]) {
            bits::set(self.words_of(*row), slot, true);
        }
        if slip.window.days() > 0 {
            self.days = (self.days.0.min(slip.window.from.0), self.days.1.max(slip.window.to.0));
        }
        *self.windows.get_mut(slot)? = slip.window;
        *self.hours.get_mut(slot)? = slip.hours;
        *self.points.get_mut(slot)? = slip.point;
        *self.reaches.get_mut(slot)? = slip.reach;
        *self.keys.get_mut(slot)? = slip.key;
        *self.links.get_mut(slot)? = Link { day, ..NO_LINK };
        Some(slot)
    }

    /// Leaves a slot; whether anything lay there.
    pub(super) fn leave(&mut self, slot: usize) -> bool {
        let live = self.words_of(LIVE);
        let was = live.get(slot / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1);
        bits::set(live, slot, false);
        bits::set(&mut self.dirty, slot, was);
        was
    }

    fn sweep(&mut self) {
        for row in self.rows.chunks_exact_mut(self.words) {
            row.iter_mut().zip(&self.dirty).for_each(|(word, dirty)| *word &= !dirty);
        }
        for (clean, dirty) in self.clean.iter_mut().zip(&mut self.dirty) {
            (*clean, *dirty) = (*clean | *dirty, 0);
        }
    }

    /// An eighth of a page that was left is worth a pass over it.
    pub(super) fn has_room(&self) -> bool {
        let dirty: u32 = self.dirty.iter().map(|word| word.count_ones()).sum();
        self.clean.iter().any(|word| *word != 0) || usize::try_from(dirty).is_ok_and(|dirty| dirty >= self.words * 8)
    }

    pub(super) fn is_empty(&mut self) -> bool {
        self.words_of(LIVE).iter().all(|word| *word == 0)
    }

    pub(super) fn words(&self) -> usize {
        self.words
    }

    /// Whether every window that has lain here is less than so many days away from this one.
    pub(super) fn is_near(&self, window: Window, days: i32) -> bool {
        self.days.1.saturating_sub(window.from.0) < days && window.to.0.saturating_sub(self.days.0) < days
    }

    pub(super) fn key(&self, slot: usize) -> u32 {
        self.keys.get(slot).copied().unwrap_or(0)
    }

    pub(super) fn window_and_hours(&self, slot: usize) -> (Window, i64) {
        let window = self.windows.get(slot).copied().unwrap_or(NO_WINDOW);
        (window, self.hours.get(slot).copied().unwrap_or(0))
    }

    pub(super) fn point_and_reach(&self, slot: usize) -> ([i32; 3], i64) {
        let point = self.points.get(slot).copied().unwrap_or_default();
        (point, self.reaches.get(slot).copied().unwrap_or(0))
    }

    pub(super) fn link(&mut self, slot: usize) -> Option<&mut Link> {
        self.links.get_mut(slot)
    }
}
