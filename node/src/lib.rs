//! How a Cosolvent node runs.

pub mod carrier;
pub mod journal;
pub mod keystore;
pub mod lock;
