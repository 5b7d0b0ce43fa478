//! Chance, drawn from one root that is split into labelled children.
//!
//! The root is 32 bytes. Mixing hashes fresh bytes into it; a child is a ChaCha20 generator seeded with
//! SHA-256(label of this file ‖ root ‖ counter ‖ child label). The counter makes every child new, the label keeps two uses
//! of the same moment apart, the mixing makes two copies of a machine diverge at their next batch (`MCH-5`).

use chacha20::ChaCha20Rng;
use core::fmt;
use rand_core::SeedableRng;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A child generator: cryptographically secure, deterministic given its seed.
pub type Chance = ChaCha20Rng;

/// 32 secret bytes from which everything drawn for one purpose can be made again. May be stored in a sealed record.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop, serde::Serialize, serde::Deserialize)]
pub struct Seed(pub [u8; 32]);

impl Seed {
    /// The generator that this seed always gives.
    pub fn chance(&self) -> Chance {
        ChaCha20Rng::from_seed(self.0)
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(secret)")
    }
}

/// The root of all chance in one machine.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Entropy {
    root: [u8; 32],
    drawn: u64,
}

impl Entropy {
    /// A root from 32 bytes: the operating system's in a node, the run seed's in the simulator.
    pub fn new(root: [u8; 32]) -> Self {
        Entropy { root, drawn: 0 }
    }

    /// Mixes 32 fresh bytes into the root. The driver does this once for every batch.
    pub fn mix(&mut self, fresh: &[u8; 32]) {
        let mut hash = Sha256::new();
        hash.update(b"cosolvent/entropy/mix/1");
        hash.update(self.root);
        hash.update(fresh);
        self.root = hash.finalize().into();
    }

    /// A new seed for one purpose. Two calls never give the same.
    pub fn seed(&mut self, label: &'static str) -> Seed {
        let mut hash = Sha256::new();
        hash.update(b"cosolvent/entropy/child/1");
        hash.update(self.root);
        hash.update(self.drawn.to_be_bytes());
        hash.update(label.as_bytes());
        self.drawn = self.drawn.wrapping_add(1);
        Seed(hash.finalize().into())
    }

    /// A new generator for one purpose, when what it draws need not be made again.
    pub fn chance(&mut self, label: &'static str) -> Chance {
        self.seed(label).chance()
    }
}

impl fmt::Debug for Entropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entropy(secret)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_copies_of_a_machine_diverge_at_their_next_batch() {
        let mut first = Entropy::new([7; 32]);
        let mut copy = first.clone();
        assert_eq!(first.seed("ephemeral"), copy.seed("ephemeral"));
        first.mix(&[1; 32]);
        copy.mix(&[2; 32]);
        assert_ne!(first.seed("ephemeral"), copy.seed("ephemeral"));
    }

    #[test]
    fn no_seed_is_drawn_twice_and_labels_differ() {
        let mut entropy = Entropy::new([7; 32]);
        let mut other = entropy.clone();
        let first = entropy.seed("a");
        assert_ne!(first, entropy.seed("a"));
        assert_ne!(first, other.seed("b"));
    }
}
