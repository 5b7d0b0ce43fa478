//! What can happen to deputies.

use super::{Delegation, Word};
use crate::register::PersonId;
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// Somebody named a deputy. The signature is kept as evidence.
    Named {
        /// Who for whom, for what and how long.
        delegation: Delegation,
        /// The signature of whoever named.
        word: Word,
    },
    /// It ended before its time.
    Ended {
        /// Which.
        number: u32,
        /// Who ended it; nobody where the operator of the computer asked.
        by: Option<PersonId>,
        /// When.
        at: UnixMs,
    },
}
