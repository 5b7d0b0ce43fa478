//! What can happen to the policy.

use super::Policy;
use alloc::boxed::Box;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// A version came into force, from before rules said how fields are told. No longer written.
    Governed(Policy),
    /// A version came into force.
    Enacted(Box<Policy>),
}
