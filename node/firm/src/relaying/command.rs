//! What a relay makes of a cell.

use super::{Event, Onward, Relaying};
use crate::limits::REPLAY_TAGS_MAX;
use protocol::cells::{BadCell, Cell, Opened};
use protocol::id::NetworkId;

/// Why a cell goes no further. Whoever sent it is told nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The cell.
    #[error(transparent)]
    Bad(#[from] BadCell),
    /// Opened before: a copy.
    #[error("the cell was opened before; it is dropped")]
    Again,
    /// As many cells of one week as this node remembers.
    #[error("this node has opened as many cells this week as it can remember; it takes no more until the week is over")]
    TooMany,
}

/// Opens a cell under the key of a week that is not over (`CEL-3`, `CEL-7`). What comes of it may be done once the event is durable
/// and the delay, in milliseconds, is over.
///
/// # Errors
/// [`Refused`].
pub fn open(relaying: &Relaying, network: &NetworkId, cell: &Cell) -> Result<(Event, u32, Onward), Refused> {
    let opened =
        relaying.weeks.iter().rev().map(|(week, of_week)| (week, of_week, cell.open(network, &of_week.secret)));
    // Under another week's key the seal differs; any other fault is the cell's own.
    let mut opened = opened.skip_while(|(.., opened)| matches!(opened, Err(BadCell::Seal)));
    let Some((week, of_week, opened)) = opened.next() else { return Err(BadCell::Seal.into()) };
    let (tag, delay_ms, onward) = match opened? {
        Opened::Forward { next, delay_ms, cell, tag } => (tag, delay_ms, Onward::To(next, cell)),
        Opened::Exit { exit, delay_ms, tag } => (tag, delay_ms, Onward::Out(exit)),
    };
    if of_week.tags.contains(&tag) {
        return Err(Refused::Again);
    }
    if of_week.tags.len() >= REPLAY_TAGS_MAX {
        return Err(Refused::TooMany);
    }
    Ok((Event::Taken { week: *week, tag }, delay_ms, onward))
}
