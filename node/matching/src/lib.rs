//! What fits what.
#![no_std]
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::float_arithmetic)]

extern crate alloc;

pub mod vocabulary;

#[cfg(test)]
extern crate std;
