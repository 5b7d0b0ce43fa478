//! How a Cosolvent node runs.

pub mod carrier;
pub mod keystore;
pub mod lock;
