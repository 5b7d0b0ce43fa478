//! What can happen to the register.

use super::Person;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// A person was entered, or got other roles.
    Enrolled(Person),
}
