//! Where the issuing keys are: not here.
//!
//! The machine decides what is signed and never holds a key of scheme 1. Whoever holds them answers the same to the same
//! question, so a machine that is run again decides the same.
//!
//! Why not an effect and an answer like everything else from outside: a signature is a function of key and message, takes a
//! millisecond, and a batch of it would otherwise be durable before it can be answered. The machine waits for it.

use alloc::vec::Vec;
use core::fmt;
use protocol::id::{BlindSignature, Blinded, Modulus};
use protocol::pass::Purpose;
use protocol::time::Week;

/// Holds a sponsor's issuing keys. In a node it is another process.
pub trait Signer: Send + Sync + fmt::Debug {
    /// The public keys of an epoch, one for each purpose, made now if there are none. `None` when it cannot be reached.
    fn keys(&self, epoch: Week) -> Option<Vec<(Purpose, Modulus)>>;

    /// Signs each of what it cannot see, in order; `None` for what is no number under the key. `None` at all when it cannot be
    /// reached or has no such key.
    fn sign(&self, epoch: Week, purpose: Purpose, blinded: &[Blinded]) -> Option<Vec<Option<BlindSignature>>>;

    /// Wipes the keys of epochs before this one.
    fn forget_before(&self, epoch: Week);
}
