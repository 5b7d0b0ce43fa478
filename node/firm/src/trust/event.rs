//! What can happen to own positions.

use alloc::boxed::Box;
use protocol::id::{DealId, Hash, RecordId};
use protocol::key_log::ForkProof;
use protocol::noise::Seed;
use protocol::time::{UnixMs, Week};
use protocol::vocabulary::OutcomeCode;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// A firm's key said two things.
    Forked {
        /// Proves it.
        proof: Box<ForkProof>,
    },
    /// The next position's key was drawn.
    Positioned {
        /// Its seed.
        seed: Seed,
    },
    /// A START was posted.
    Started {
        /// For which deal.
        deal: DealId,
        /// The entry.
        record: RecordId,
        /// Seed of the position under which it stands.
        position: Seed,
        /// Opens the entry's commitment to the receipt.
        receipt_salt: Hash,
        /// Opens the entry's commitment to the next position.
        next_salt: Hash,
        /// Seed of the next position.
        next: Seed,
        /// In which week.
        week: Week,
    },
    /// An OUTCOME was posted.
    Ended {
        /// For which deal.
        deal: DealId,
        /// The entry.
        record: RecordId,
        /// How it ended.
        outcome: OutcomeCode,
        /// When.
        at: UnixMs,
    },
}
