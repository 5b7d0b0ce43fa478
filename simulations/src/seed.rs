//! Where every chance of a run comes from: one number.
//!
//! Each use has its own label and numbers, so that adding a draw in one place does not shift the draws of another: a link
//! loses the same copies whether or not a person took a second longer to decide.

use machine::{Chance, Seed};
use rand_core::Rng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// The number that decides a whole run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunSeed(pub u64);

impl fmt::Display for RunSeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl RunSeed {
    /// 32 bytes for one use, named by a label and up to any number of numbers. Equal names give equal bytes.
    pub fn bytes(self, label: &str, numbers: &[u64]) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"cosolvent/simulation/seed/1");
        hash.update(self.0.to_be_bytes());
        hash.update((label.len() as u64).to_be_bytes());
        hash.update(label.as_bytes());
        for number in numbers {
            hash.update(number.to_be_bytes());
        }
        hash.finalize().into()
    }

    /// A generator for one use.
    pub fn chance(self, label: &str, numbers: &[u64]) -> Chance {
        Seed(self.bytes(label, numbers)).chance()
    }
}

/// Draws evenly from `low..=high`. The bias of the remainder, below 2^-40 for ranges under 16 million, decides nothing here.
pub fn draw(chance: &mut Chance, low: u64, high: u64) -> u64 {
    let span = high.saturating_sub(low).saturating_add(1);
    low.saturating_add(chance.next_u64() % span.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_are_apart_and_equal_uses_are_equal() {
        let seed = RunSeed(7);
        assert_eq!(seed.bytes("disk", &[1, 2]), seed.bytes("disk", &[1, 2]));
        assert_ne!(seed.bytes("disk", &[1, 2]), seed.bytes("disk", &[2, 1]));
        assert_ne!(seed.bytes("disk", &[1]), seed.bytes("link", &[1]));
        assert_ne!(seed.bytes("disk", &[1]), RunSeed(8).bytes("disk", &[1]));
    }

    #[test]
    fn a_draw_stays_in_its_range() {
        let mut chance = RunSeed(1).chance("test", &[]);
        assert!((0..1_000).all(|_| (3..=5).contains(&draw(&mut chance, 3, 5))));
        assert_eq!(draw(&mut chance, 9, 9), 9);
    }
}
