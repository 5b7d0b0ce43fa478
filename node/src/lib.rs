//! How a Cosolvent node runs.

pub mod carrier;
