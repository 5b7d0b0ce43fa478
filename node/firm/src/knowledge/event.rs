//! What can happen to what the firm knows.

use alloc::{string::String, vec::Vec};
use protocol::id::Hash;
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// A file of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackFile {
    /// Its name within the folder, such as `pack.txt`.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// A pack came into force: over all others, or in the place of its earlier version.
    Added {
        /// Its id.
        id: String,
        /// Its version.
        version: u32,
        /// Its hash (`PCK-1`).
        sha256: Hash,
        /// Its files.
        files: Vec<PackFile>,
        /// When.
        at: UnixMs,
    },
    /// A pack is not in force any more.
    Removed {
        /// Its id.
        id: String,
    },
}
