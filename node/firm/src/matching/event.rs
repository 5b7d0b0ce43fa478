//! What can happen in matching.

use super::Report;
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
        /// Why.
        report: Report,
        /// When.
        at: UnixMs,
    },
}
