//! Pages on shelves: one shelf for each class and zone, so that most are passed by whole.
use super::{
    Found, Slot,
    bits::{self, Bits},
    facets::Row,
    page::{Link, NONE, Page, SLOTS, Slip, bytes},
    plan::{CLASSES, Class, Cost, Plan},
    sieve::Sieve,
    zones::{Extent, Lies, NOWHERE, ZONES, Zones},
};
use crate::{day::Day, place::Point};
use alloc::{collections::BTreeMap, vec::Vec};

const SLOTS_U32: u32 = SLOTS as u32;

/// Where facts belong, and what of them is compared exactly; their rows stand apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet {
    pub(super) class: usize,
    /// If a limit of distance may bind.
    pub(super) place: Option<Point>,
    pub(super) slip: Slip,
}

#[derive(Clone, Debug)]
struct Shelf {
    pages: Vec<u32>,
    /// Pages that have room; one that has none any more is found out when it is asked.
    roomy: Vec<u32>,
    extent: Extent,
}

impl Shelf {
    const EMPTY: Shelf = Shelf { pages: Vec::new(), roomy: Vec::new(), extent: Extent::EMPTY };
}

/// Every page of an index.
#[derive(Clone, Debug)]
pub(super) struct Shelves {
    rows: usize,
    pages: Vec<Option<Page>>,
    /// Numbers of pages that were given back.
    vacant: Vec<u32>,
    /// By zone and class, as far as zones were given out.
    shelves: Vec<Shelf>,
    /// By class, a bit for each zone that has pages.
    filled: [Bits<{ ZONES / 64 }>; CLASSES],
    zones: Zones,
    /// The first slot of each day on which something perishes.
    days: BTreeMap<i32, u32>,
    live: usize,
    bytes: usize,
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn parts(slot: u32) -> (usize, usize) {
    let slot = index(slot);
    (slot / SLOTS, slot % SLOTS)
}

impl Shelves {
    pub(super) fn new(rows: usize) -> Shelves {
        Shelves {
            rows,
            pages: Vec::new(),
            vacant: Vec::new(),
            shelves: Vec::new(),
            filled: [Bits::NONE; CLASSES],
            zones: Zones::default(),
            days: BTreeMap::new(),
            live: 0,
            bytes: 0,
        }
    }

    pub(super) fn insert(&mut self, sheet: &Sheet, rows: &[Row], key: u32, until: Day) -> Slot {
        let zone = self.zones.enter(sheet.place);
        let at = zone * CLASSES + sheet.class;
        if self.shelves.len() <= at {
            self.shelves.resize(at + 1, Shelf::EMPTY);
        }
        let slip = Slip { key, ..sheet.slip };
        let (number, slot) = loop {
            let number = self.roomy(at);
            match self.page(number).and_then(|page| page.take(rows, slip, until.0)) {
                Some(slot) => break (number, slot),
                None => self.close(number),
            }
        };
        if let Some(shelf) = self.shelves.get_mut(at) {
            shelf.extent.grow(slip.point, slip.reach);
        }
        if let Some(filled) = self.filled.get_mut(sheet.class) {
            filled.set(zone, true);
        }
        self.live += 1;
        let slot = u32::try_from(index(number) * SLOTS + slot).unwrap_or(NONE);
        self.link(slot, until.0);
        Slot(slot)
    }

    pub(super) fn withdraw(&mut self, slot: Slot) -> bool {
        let Slot(slot) = slot;
        let (at, in_page) = parts(slot);
        let number = slot / SLOTS_U32;
        let Some(page) = self.pages.get_mut(at).and_then(Option::as_mut) else { return false };
        if !page.leave(in_page) {
            return false;
        }
        let (shelf, empty, opens) = (page.shelf, page.is_empty(), page.roomy.is_none() && page.has_room());
        self.unlink(slot);
        self.zones.leave(shelf / CLASSES);
        self.live -= 1;
        if empty {
            self.give_back(number);
        } else if opens {
            self.open(number);
        }
        true
    }

    pub(super) fn expire(&mut self, today: Day, mut gone: impl FnMut(u32)) {
        while let Some((day, slot)) = self.days.first_key_value().map(|(day, slot)| (*day, *slot)) {
            if day > today.0 {
                return;
            }
            let (at, in_page) = parts(slot);
            if let Some(page) = self.pages.get(at).and_then(Option::as_ref) {
                gone(page.key(in_page));
            }
            if !self.withdraw(Slot(slot)) {
                // INVARIANT: a slot in a list of days is taken; were one not, its day must not stop the others.
                self.days.remove(&day);
            }
        }
    }

    pub(super) fn search(&self, plan: &Plan, mut found: impl FnMut(Found)) -> Cost {
        let mut cost = Cost::default();
        self.sift(plan, &mut cost, |number, page, keep, doubt| {
            let first = number * SLOTS_U32;
            for slot in bits::numbers(keep) {
                let sure = doubt.get(slot / 64).is_none_or(|word| word >> (slot % 64) & 1 == 0);
                found(Found { slot: Slot(first + u32::try_from(slot).unwrap_or(0)), key: page.key(slot), sure });
            }
        });
        cost
    }

    pub(super) fn count(&self, plan: &Plan) -> (usize, usize) {
        let (mut all, mut unsure) = (0, 0);
        self.sift(plan, &mut Cost::default(), |_, _, keep, doubt| {
            all += keep.iter().map(|word| word.count_ones()).sum::<u32>();
            unsure += keep.iter().zip(doubt).map(|(keep, doubt)| (keep & doubt).count_ones()).sum::<u32>();
        });
        (index(all - unsure), index(unsure))
    }

    /// Applies a plan to every page of the shelves that may serve: what it keeps, and what of it must be judged.
    fn sift(&self, plan: &Plan, cost: &mut Cost, mut kept: impl FnMut(u32, &Page, &[u64], &[u64])) {
        for (class, wanted) in plan.classes.iter().enumerate().filter(|(_, wanted)| **wanted != Class::Closed) {
            for zone in self.filled.get(class).into_iter().flat_map(Bits::numbers) {
                let Some(shelf) = self.shelves.get(zone * CLASSES + class) else { continue };
                let lies = plan.lies(Some(&shelf.extent).filter(|_| zone != NOWHERE));
                if lies == Lies::Beyond && !plan.goes_beyond(class) {
                    continue;
                }
                for number in &shelf.pages {
                    let Some(page) = self.pages.get(index(*number)).and_then(Option::as_ref) else { continue };
                    let kept = |keep: &[u64], doubt: &[u64]| kept(*number, page, keep, doubt);
                    sieve(plan, page, *wanted, lies, cost, kept);
                }
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.live
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    fn page(&mut self, number: u32) -> Option<&mut Page> {
        self.pages.get_mut(index(number))?.as_mut()
    }

    /// A page of a shelf that should have room; a new one if none has.
    fn roomy(&mut self, at: usize) -> u32 {
        if let Some(number) = self.shelves.get(at).and_then(|shelf| shelf.roomy.last()) {
            return *number;
        }
        let pages = self.shelves.get(at).map_or(&[][..], |shelf| &shelf.pages);
        // As much again as the shelf has, so that no shelf is mostly air.
        let words = match pages.len() {
            0 | 1 => 1,
            pages => 1 << (pages - 1).min(6),
        };
        let page = Some(Page::new(self.rows, words, at, pages.len()));
        self.bytes += bytes(self.rows, words);
        let number = match self.vacant.pop() {
            Some(number) => number,
            None => {
                self.pages.push(None);
                u32::try_from(self.pages.len() - 1).unwrap_or(NONE)
            }
        };
        if let Some(space) = self.pages.get_mut(index(number)) {
            *space = page;
        }
        if let Some(shelf) = self.shelves.get_mut(at) {
            shelf.pages.push(number);
        }
        self.open(number);
        number
    }

    /// Lets a shelf count on a page for room.
    fn open(&mut self, number: u32) {
        let Some(page) = self.pages.get_mut(index(number)).and_then(Option::as_mut) else { return };
        if let Some(shelf) = self.shelves.get_mut(page.shelf) {
            page.roomy = Some(shelf.roomy.len());
            shelf.roomy.push(number);
        }
    }

    /// No longer lets a shelf count on a page for room.
    fn close(&mut self, number: u32) {
        let Some((shelf, place)) = self.page(number).and_then(|page| Some((page.shelf, page.roomy.take()?))) else {
            return;
        };
        let moved = self.shelves.get_mut(shelf).and_then(|shelf| {
            shelf.roomy.swap_remove(place);
            shelf.roomy.get(place).copied()
        });
        if let Some(page) = moved.and_then(|moved| self.page(moved)) {
            page.roomy = Some(place);
        }
    }

    /// Gives an empty page back.
    fn give_back(&mut self, number: u32) {
        self.close(number);
        let Some(page) = self.pages.get_mut(index(number)).and_then(Option::take) else { return };
        self.vacant.push(number);
        self.bytes -= bytes(self.rows, page.words());
        let (zone, class) = (page.shelf / CLASSES, page.shelf % CLASSES);
        let Some(shelf) = self.shelves.get_mut(page.shelf) else { return };
        shelf.pages.swap_remove(page.place);
        let moved = shelf.pages.get(page.place).copied();
        if shelf.pages.is_empty() {
            shelf.extent = Extent::EMPTY;
            if let Some(filled) = self.filled.get_mut(class) {
                filled.set(zone, false);
            }
        }
        if let Some(moved) = moved.and_then(|moved| self.page(moved)) {
            moved.place = page.place;
        }
    }

    fn link(&mut self, slot: u32, day: i32) {
        let after = self.days.insert(day, slot);
        if let Some(link) = self.link_of(slot) {
            *link = Link { day, before: NONE, after: after.unwrap_or(NONE) };
        }
        if let Some(link) = after.and_then(|after| self.link_of(after)) {
            link.before = slot;
        }
    }

    fn unlink(&mut self, slot: u32) {
        let Some(Link { day, before, after }) = self.link_of(slot).map(|link| *link) else { return };
        if let Some(link) = self.link_of(after) {
            link.before = before;
        }
        match self.link_of(before) {
            Some(link) => link.after = after,
            None if after == NONE => {
                self.days.remove(&day);
            }
            None => {
                self.days.insert(day, after);
            }
        }
    }

    fn link_of(&mut self, slot: u32) -> Option<&mut Link> {
        let (page, slot) = parts(slot);
        self.pages.get_mut(page)?.as_mut()?.link(slot)
    }
}

/// Applies a plan to a page, whatever its size.
fn sieve(plan: &Plan, page: &Page, class: Class, lies: Lies, cost: &mut Cost, kept: impl FnMut(&[u64], &[u64])) {
    fn sized<const WORDS: usize>(
        (plan, page, class, lies): (&Plan, &Page, Class, Lies),
        cost: &mut Cost,
        mut kept: impl FnMut(&[u64], &[u64]),
    ) {
        let sieve = Sieve::<WORDS>::new(plan, page, class, lies, cost);
        if sieve.keep.any() {
            kept(&sieve.keep.0, &sieve.doubt.0);
        }
    }
    let asked = (plan, page, class, lies);
    match page.words() {
        1 => sized::<1>(asked, cost, kept),
        2 => sized::<2>(asked, cost, kept),
        4 => sized::<4>(asked, cost, kept),
        8 => sized::<8>(asked, cost, kept),
        16 => sized::<16>(asked, cost, kept),
        32 => sized::<32>(asked, cost, kept),
        _ => sized::<64>(asked, cost, kept),
    }
}
