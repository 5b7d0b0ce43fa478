//! What two Cosolvent nodes must agree on.
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod lock;
pub mod noise;
