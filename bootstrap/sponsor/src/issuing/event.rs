//! What can happen in issuing.

use super::Slot;
use alloc::vec::Vec;
use protocol::id::{HolderKey, Print};
use protocol::time::Week;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// Keys were signed for that were not before.
    Issued {
        /// To whom, for when, for what.
        slot: Slot,
        /// The keys, sorted.
        holders: Vec<HolderKey>,
    },
    /// Hidden keys were signed for that were not before.
    Signed {
        /// To whom, for when, for what.
        slot: Slot,
        /// Their prints, sorted.
        prints: Vec<Print>,
    },
    /// Weeks before this one are over: their keys are forgotten, their counts stay.
    Closed(Week),
}
