//! Calendar files (RFC 5545), in and out.
//!
//! - `CAL-9` What is read is bounded and understood whole, or refused with the line of each fault; nothing is guessed and nothing is half
//!   taken in. What is written is read back as the same hours.
//!
//! ```text
//!   file ─▶ lines (unfolded) ─▶ events (lines between BEGIN and END) ─▶ windows
//!   windows ─▶ in exact lengths ─▶ events ─▶ lines (folded) ─▶ file, with the zones that it names
//! ```
//!
//! Zones are known by their IANA names; a `VTIMEZONE` of a file is not believed, since it could say anything. The exporter writes
//! them for programs that want them.

mod event;
mod line;
mod read;
mod write;

pub use read::{Fault, Imported, read};
pub use write::{Entry, write};

use crate::timetable::Kind;
use serde::{Deserialize, Serialize};

/// What an event of a calendar file is. Written as `X-COSOLVENT-KIND`, so that a file that comes back is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// An open window.
    Open,
    /// A shut window.
    Shut,
    /// Hours that are held for a deal; not read back.
    Held,
    /// Hours that are committed to a deal; not read back.
    Committed,
}

impl Mark {
    const ALL: [Mark; 4] = [Mark::Open, Mark::Shut, Mark::Held, Mark::Committed];

    fn text(self) -> &'static str {
        match self {
            Mark::Open => "OPEN",
            Mark::Shut => "SHUT",
            Mark::Held => "HELD",
            Mark::Committed => "COMMITTED",
        }
    }
}

impl From<Kind> for Mark {
    fn from(kind: Kind) -> Mark {
        match kind {
            Kind::Open => Mark::Open,
            Kind::Shut => Mark::Shut,
        }
    }
}

#[cfg(test)]
mod tests;
