//! What can happen in matching.

use protocol::id::{ItemId, RecordId};
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// An own item fits an advert.
    Found {
        /// Own item.
        item: ItemId,
        /// The advert.
        advert: RecordId,
        /// When.
        at: UnixMs,
    },
    /// It does not any more: one of them is gone, or too little of the time is left.
    Over {
        /// Own item.
        item: ItemId,
        /// The advert.
        advert: RecordId,
        /// When.
        at: UnixMs,
    },
}
