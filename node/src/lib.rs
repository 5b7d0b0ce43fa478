//! How a Cosolvent node runs.
