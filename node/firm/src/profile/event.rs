//! What can happen to the profile.

use super::Item;
use protocol::id::ItemId;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// An item was entered.
    Confided(Item),
    /// An item was taken back.
    Withdrawn(ItemId),
}
