//! How a Cosolvent node runs.

pub mod carrier;
pub mod swarm;
