//! A set of record ids that knows a print of each of its spans.
//!
//! A **span** is all ids that begin with the same digits of four bits (a [`Path`]); ids are hashes, so spans of one length
//! are about equally full. The set is a tree over these digits: a span of at most [`SPAN_IDS_MAX`] ids is a list, a fuller one
//! has sixteen spans below. Its shape and hashes follow from the ids alone, in whatever order they came and went.
//!
//! - `SYN-8` The hash of a span: nothing is 32 zeros; at most eight ids are hashed as a list; more, as the hashes of the
//!   sixteen spans below. A **print** is the first half of it.
//!
//! Two sets with one hash are a collision of SHA-256; with one print, a collision of its first 128 bits (about 2^64 records
//! made and signed). Sums of ids would be shorter to explain and are not used: who may add a few dozen records of its own
//! finds equal sums of 256 bits in well under 2^64 steps.
//!
//! What an attacker would try: make ids that share many digits, to deepen the tree (64 digits are the end, and each digit more
//! makes the search sixteen times as long); make us hash again and again (a hash is kept until something below it changes).

use crate::id::{Blob, Hash, Print, RecordId};
use crate::limits::SPAN_IDS_MAX;
use crate::wire::wire_types;
use alloc::{boxed::Box, vec, vec::Vec};
use core::cell::Cell;
use minicbor::{Decode, Encode};

/// The digits in an id.
const DIGITS: usize = 64;

/// The first digits of the ids in a span: one byte of 0 to 15 for each digit.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Path(#[n(0)] Blob);
wire_types!(Path);

impl Path {
    /// Whether this can be the beginning of ids that differ.
    pub fn is_fit(&self) -> bool {
        self.0.0.len() < DIGITS && self.0.0.iter().all(|digit| *digit < 16)
    }

    /// The sixteen spans below.
    pub fn below(&self) -> impl Iterator<Item = Path> {
        (0..16_u8).map(|digit| {
            let mut digits = self.0.0.clone();
            digits.push(digit);
            Path(Blob(digits))
        })
    }

    /// Whether an id lies in the span.
    pub fn holds(&self, id: &RecordId) -> bool {
        self.0.0.iter().enumerate().all(|(at, digit)| digit_of(id, at) == usize::from(*digit))
    }
}

/// A set of ids.
#[derive(Clone, Debug, Default)]
pub struct Ids(Node);

impl Ids {
    /// Takes an id in; says whether it was new.
    pub fn insert(&mut self, id: RecordId) -> bool {
        self.0.insert(id, 0)
    }

    /// Lets an id go; says whether it was there.
    pub fn remove(&mut self, id: &RecordId) -> bool {
        self.0.remove(id, 0)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.count() == 0
    }

    /// Whether an id is among them.
    pub fn holds(&self, id: &RecordId) -> bool {
        let (mut node, mut depth) = (&self.0, 0);
        loop {
            match &node.inside {
                Inside::Few(ids) => return ids.binary_search(id).is_ok(),
                Inside::Many(_, below) => match below.get(digit_of(id, depth)) {
                    Some(next) => (node, depth) = (next, depth + 1),
                    None => return false,
                },
            }
        }
    }

    /// How many ids lie in a span.
    pub fn count(&self, path: &Path) -> usize {
        match self.find(path) {
            (node, true) => node.count(),
            (node, false) => node.all().filter(|id| path.holds(id)).count(),
        }
    }

    /// The ids in a span, ascending.
    pub fn list<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = RecordId> + 'a {
        let (node, _) = self.find(path);
        node.all().filter(|id| path.holds(id))
    }

    /// The hash of the whole set (`SYN-8`).
    pub fn hash(&self) -> Hash {
        self.0.hash()
    }

    /// The prints of the sixteen spans below a path.
    pub fn prints(&self, path: &Path) -> [Print; 16] {
        match self.find(path) {
            (Node { inside: Inside::Many(_, below), .. }, true) => below.each_ref().map(|node| node.hash().print()),
            (node, _) => {
                // A list of few: what is below is cut out of it.
                let mut below: [Vec<RecordId>; 16] = Default::default();
                for id in node.all().filter(|id| path.holds(id)) {
                    if let Some(list) = below.get_mut(digit_of(&id, path.0.0.len())) {
                        list.push(id);
                    }
                }
                below.map(|list| hash_of_list(&list).print())
            }
        }
    }

    /// The deepest node on a path, and whether it stands for the whole path.
    fn find(&self, path: &Path) -> (&Node, bool) {
        let mut node = &self.0;
        for digit in &path.0.0 {
            match &node.inside {
                Inside::Many(_, below) => match below.get(usize::from(*digit)) {
                    Some(next) => node = next,
                    None => return (node, false),
                },
                Inside::Few(_) => return (node, false),
            }
        }
        (node, true)
    }
}

#[derive(Clone, Debug)]
enum Inside {
    Few(Vec<RecordId>),
    Many(usize, Box<[Node; 16]>),
}

#[derive(Clone, Debug)]
struct Node {
    inside: Inside,
    hash: Cell<Option<Hash>>,
}

impl Default for Node {
    fn default() -> Node {
        Node { inside: Inside::Few(Vec::new()), hash: Cell::new(None) }
    }
}

impl Node {
    fn count(&self) -> usize {
        match &self.inside {
            Inside::Few(ids) => ids.len(),
            Inside::Many(count, _) => *count,
        }
    }

    fn hash(&self) -> Hash {
        let hash = self.hash.get().unwrap_or_else(|| match &self.inside {
            Inside::Few(ids) => hash_of_list(ids),
            Inside::Many(_, below) => {
                Hash::of_bytes("cosolvent/span/1", &below.each_ref().map(|node| node.hash().0).concat())
            }
        });
        self.hash.set(Some(hash));
        hash
    }

    fn insert(&mut self, id: RecordId, depth: usize) -> bool {
        let is_new = match &mut self.inside {
            Inside::Few(ids) => match ids.binary_search(&id) {
                Ok(_) => false,
                Err(at) => {
                    ids.insert(at, id);
                    true
                }
            },
            Inside::Many(count, below) => {
                let is_new = below.get_mut(digit_of(&id, depth)).is_some_and(|node| node.insert(id, depth + 1));
                *count += usize::from(is_new);
                is_new
            }
        };
        if is_new {
            self.hash.set(None);
            self.part(depth);
        }
        is_new
    }

    fn remove(&mut self, id: &RecordId, depth: usize) -> bool {
        let was_there = match &mut self.inside {
            Inside::Few(ids) => ids.binary_search(id).map(|at| ids.remove(at)).is_ok(),
            Inside::Many(count, below) => {
                let was_there = below.get_mut(digit_of(id, depth)).is_some_and(|node| node.remove(id, depth + 1));
                *count -= usize::from(was_there);
                was_there
            }
        };
        if was_there {
            self.hash.set(None);
            if matches!(&self.inside, Inside::Many(count, _) if *count <= SPAN_IDS_MAX) {
                self.inside = Inside::Few(self.all().collect());
            }
        }
        was_there
    }

    /// A list that grew too long becomes sixteen.
    fn part(&mut self, depth: usize) {
        let Inside::Few(ids) = &self.inside else { return };
        if ids.len() <= SPAN_IDS_MAX {
            return;
        }
        let mut below: Box<[Node; 16]> = Box::default();
        for id in ids {
            if let Some(node) = below.get_mut(digit_of(id, depth)) {
                node.insert(*id, depth + 1);
            }
        }
        self.inside = Inside::Many(ids.len(), below);
    }

    fn all(&self) -> impl Iterator<Item = RecordId> + '_ {
        let mut open = vec![self];
        let mut few: &[RecordId] = &[];
        core::iter::from_fn(move || {
            loop {
                if let Some((first, rest)) = few.split_first() {
                    few = rest;
                    return Some(*first);
                }
                match &open.pop()?.inside {
                    Inside::Few(ids) => few = ids,
                    Inside::Many(_, below) => open.extend(below.iter().rev()),
                }
            }
        })
    }
}

fn hash_of_list(ids: &[RecordId]) -> Hash {
    if ids.is_empty() {
        return Hash([0; 32]);
    }
    let bytes: Vec<u8> = ids.iter().flat_map(|id| id.0).collect();
    Hash::of_bytes("cosolvent/span-list/1", &bytes)
}

fn digit_of(id: &RecordId, at: usize) -> usize {
    let byte = id.0.get(at / 2).copied().unwrap_or(0);
    usize::from(if at.is_multiple_of(2) { byte >> 4 } else { byte & 15 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Ids that crowd together, so that spans part and join.
    fn crowded() -> impl Strategy<Value = RecordId> {
        (0..6_u8, 0..4_u8, any::<u8>()).prop_map(|(first, second, last)| {
            let mut id = [0; 32];
            (id[0], id[1], id[31]) = (first, second, last);
            RecordId(id)
        })
    }

    fn path(digits: &[u8]) -> Path {
        Path(Blob(digits.to_vec()))
    }

    /// `SYN-8`, by its words.
    fn by_definition(ids: &[RecordId], depth: usize) -> Hash {
        match ids.len() {
            0 => Hash([0; 32]),
            1..=8 => Hash::of_bytes("cosolvent/span-list/1", &ids.iter().flat_map(|id| id.0).collect::<Vec<_>>()),
            _ => {
                let below = (0..16).map(|digit| {
                    let of: Vec<_> = ids.iter().filter(|id| digit_of(id, depth) == digit).copied().collect();
                    by_definition(&of, depth + 1).0
                });
                Hash::of_bytes("cosolvent/span/1", &below.collect::<Vec<_>>().concat())
            }
        }
    }

    proptest! {
        #[test]
        fn the_hash_follows_from_the_ids_alone_however_they_came_and_went(
            said in prop::collection::vec((any::<bool>(), crowded()), 0..200),
        ) {
            // SYN-8
            let (mut ids, mut plain) = (Ids::default(), BTreeSet::new());
            for (comes, id) in said {
                let (did, should) = if comes { (ids.insert(id), plain.insert(id)) } else { (ids.remove(&id), plain.remove(&id)) };
                prop_assert_eq!(did, should);
                let list: Vec<RecordId> = plain.iter().copied().collect();
                prop_assert_eq!(ids.hash(), by_definition(&list, 0));
            }
            for at in [path(&[]), path(&[0]), path(&[0, 3]), path(&[0, 3, 0, 1]), path(&[9; 63])] {
                let inside: Vec<RecordId> = plain.iter().filter(|id| at.holds(id)).copied().collect();
                prop_assert_eq!(ids.count(&at), inside.len());
                prop_assert_eq!(ids.list(&at).collect::<Vec<_>>(), inside);
                for (below, print) in at.below().zip(ids.prints(&at)) {
                    let inside: Vec<RecordId> = plain.iter().filter(|id| below.holds(id)).copied().collect();
                    prop_assert_eq!(print, by_definition(&inside, below.0.0.len()).print());
                }
            }
        }
    }

    #[test]
    fn ids_that_share_every_digit_but_the_last_are_kept_apart() {
        let mut ids = Ids::default();
        for last in 0..16 {
            let mut id = [7; 32];
            id[31] = last;
            assert!(ids.insert(RecordId(id)));
        }
        assert_eq!(ids.count(&path(&[0, 7])), 16);
        assert!(path(&[0, 7]).is_fit() && !path(&[16]).is_fit() && !path(&[0; 64]).is_fit());
    }
}
