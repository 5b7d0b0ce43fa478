//! What can happen to a relay.

use protocol::cells::{OnionSecret, ReplayTag};
use protocol::time::Week;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The owner chose whether this node carries others' cells.
    Chosen {
        /// Whether it does.
        serve: bool,
    },
    /// An onion key was drawn.
    KeyDrawn {
        /// For which week.
        week: Week,
        /// Its secret half.
        secret: OnionSecret,
    },
    /// A cell was opened (`CEL-7`).
    Taken {
        /// Under the key of which week.
        week: Week,
        /// Its tag.
        tag: ReplayTag,
    },
    /// Keys and tags of the weeks before this one are gone (`REL-2`).
    Wiped(Week),
}
