//! What can happen to a loan.

use super::{Given, Say};
use crate::register::PersonId;
use protocol::id::ItemId;
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The person consented, or the employer released.
    Given {
        /// Which resource.
        item: ItemId,
        /// Which of both.
        say: Say,
        /// By whom, when, on which question.
        given: Given,
    },
    /// It was taken back.
    TakenBack {
        /// Which resource.
        item: ItemId,
        /// Which of both.
        say: Say,
        /// By whom; nobody where the operator of the computer asked.
        by: Option<PersonId>,
        /// When.
        at: UnixMs,
    },
}
