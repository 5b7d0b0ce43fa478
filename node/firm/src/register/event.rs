//! What can happen to the register.

use super::Person;
use protocol::id::PersonKey;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// A person was entered, or got other roles.
    Enrolled(Person),
    /// A person's key was revoked: whoever had it is not in the register any more.
    Revoked(PersonKey),
    /// The recovery key replaced all keys and no owner acts: the next entry needs nobody's word (`REG-4`).
    Reopened,
}
