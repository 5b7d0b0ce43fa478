//! What can happen on the shelf.

use alloc::vec::Vec;
use protocol::check::Kept;
use protocol::id::RecordId;
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// A record was placed.
    Placed {
        /// The record.
        record: Kept,
        /// When it was heard.
        at: UnixMs,
    },
    /// Records reached the end of their life.
    Expired(Vec<RecordId>),
}
