//! What one side wrote down about the work, and what the other said to it.

use crate::register::PersonId;
use alloc::vec::Vec;
use protocol::docket::{WitnessedCountersignature, WitnessedDocket};
use protocol::id::Hash;
use protocol::time::UnixMs;

/// What the reader of a docket said to it (`DKT-2`).
#[derive(Clone, Debug, PartialEq)]
pub enum Word {
    /// Nothing yet.
    Open,
    /// "So it was."
    Countersigned(WitnessedCountersignature),
    /// "It was not so."
    Contested,
}

/// One docket as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// What was said.
    pub said: WitnessedDocket,
    /// Who let it leave, if it is ours.
    pub by: Option<PersonId>,
    /// When it was said or heard.
    pub at: UnixMs,
    /// What the other side said to it.
    pub word: Word,
}

/// The dockets of one side, in the order in which they were said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dockets(Vec<Written>);

impl Dockets {
    /// All of them.
    pub fn all(&self) -> &[Written] {
        &self.0
    }

    /// Those to which the other side has said nothing.
    pub fn open(&self) -> impl Iterator<Item = &Written> {
        self.0.iter().filter(|written| written.word == Word::Open)
    }

    /// Whether a number is used (`DKT-1`).
    pub fn has(&self, number: u32) -> bool {
        self.0.iter().any(|written| written.said.docket.number == number)
    }

    /// Minutes that stand on a line, contested ones apart (`DKT-3`).
    pub fn minutes(&self, line: u8) -> u32 {
        let on_line = self.0.iter().filter(|written| written.word != Word::Contested);
        on_line.map(|written| written.said.docket.work.minutes_on(line)).fold(0, u32::saturating_add)
    }

    /// Whether this docket is here and waits for a word.
    pub fn waits(&self, docket: &Hash) -> bool {
        self.open().any(|written| written.said.docket.hash() == *docket)
    }

    pub(super) fn push(&mut self, said: WitnessedDocket, by: Option<PersonId>, at: UnixMs) {
        self.0.push(Written { said, by, at, word: Word::Open });
    }

    pub(super) fn answer(&mut self, docket: &Hash, word: Word) {
        if let Some(written) = self.0.iter_mut().find(|written| written.said.docket.hash() == *docket) {
            written.word = word;
        }
    }
}
