//! Run replay: feeding a machine the same inputs again and comparing everything that came out.
//!
//! A [`Trace`] hashes each turn as canonical CBOR of (time, node, input, effects), so two runs are equal exactly when their
//! [`TraceHash`]es are. A [`Recording`] keeps the inputs themselves with the entropy they used; it is therefore secret, and
//! only the simulator makes one.

use crate::{Effects, Entropy, Input, Machine, Now};
use alloc::vec::Vec;
use core::fmt;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// SHA-256 over all turns of a run.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TraceHash(pub [u8; 32]);

impl fmt::Display for TraceHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for TraceHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A running hash over turns.
#[derive(Clone, Default)]
pub struct Trace(Sha256);

impl Trace {
    /// Takes in one turn of node number `node`.
    pub fn turn<M: Machine>(&mut self, now: Now, node: u32, input: &Input<M>, effects: &Effects<M>) {
        self.absorb(&(now, node, input, effects));
    }

    /// The hash over everything taken in so far.
    pub fn hash(&self) -> TraceHash {
        TraceHash(self.0.clone().finalize().into())
    }

    fn absorb<T: Serialize>(&mut self, value: &T) {
        // Encoding into memory fails only for a type that cannot be encoded at all; a mark keeps such a trace from
        // looking like an empty one.
        let bytes = minicbor_serde::to_vec(value).unwrap_or_else(|_| b"unencodable".to_vec());
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(&bytes);
    }
}

/// One input as it was handled.
pub struct Turn<M: Machine> {
    /// Both clocks.
    pub now: Now,
    /// The fresh bytes mixed in before this input, when it opened a batch.
    pub fresh: Option<[u8; 32]>,
    /// The input.
    pub input: Input<M>,
}

/// The inputs of one machine's run, from a known start. Secret: it contains entropy.
pub struct Recording<M: Machine> {
    /// The entropy root at the start.
    pub root: [u8; 32],
    /// Every turn, in order.
    pub turns: Vec<Turn<M>>,
}

impl<M: Machine> Recording<M> {
    /// A recording that starts with this entropy root.
    pub fn new(root: [u8; 32]) -> Self {
        Recording { root, turns: Vec::new() }
    }

    /// Runs `machine`, which must be in the state in which the recording began, through every turn.
    pub fn replay(&self, mut machine: M, node: u32) -> (M, TraceHash) {
        let mut entropy = Entropy::new(self.root);
        let mut trace = Trace::default();
        for turn in &self.turns {
            if let Some(fresh) = &turn.fresh {
                entropy.mix(fresh);
            }
            let effects = machine.handle(turn.now, &mut entropy, turn.input.clone());
            trace.turn(turn.now, node, &turn.input, &effects);
        }
        (machine, trace.hash())
    }
}
