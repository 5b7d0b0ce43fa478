//! What can happen to invoices.

use super::Invoice;
use crate::register::PersonId;
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// One was issued.
    Issued(Invoice),
    /// One was cancelled.
    Cancelled {
        /// Which.
        serial: u32,
        /// By whom; nobody where the operator of the computer asked.
        by: Option<PersonId>,
        /// When.
        at: UnixMs,
    },
}
