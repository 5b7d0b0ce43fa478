//! What can happen to own records on their way out.

use super::{Choice, Whose};
use protocol::id::{HolderKey, RecordId};
use protocol::path::{Pair, Path};
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The owner chose how records leave.
    Chosen(Choice),
    /// A record is to leave in cells.
    Queued {
        /// Which.
        record: RecordId,
        /// Over whose path.
        pseudonym: HolderKey,
        /// When, or from when on (`PAS-11`).
        at: UnixMs,
    },
    /// A guard and a middle were drawn, for everything that leaves from now on (`PTH-3`).
    Paired(Pair),
    /// A path behind them was drawn.
    Pinned {
        /// Whose it is.
        whose: Whose,
        /// The relays.
        path: Path,
    },
    /// A record leaves in a cell.
    Left {
        /// Which.
        record: RecordId,
        /// When it is late.
        late: UnixMs,
    },
    /// It was not told back in time.
    Late(RecordId),
    /// A neighbour told a record back.
    ToldBack {
        /// Which.
        record: RecordId,
        /// When.
        at: UnixMs,
    },
    /// Nothing more is done for a record: it is out, or its life is over.
    Out(RecordId),
    /// Pseudonyms that say nothing more: their paths are gone.
    Parted(alloc::vec::Vec<HolderKey>),
}
