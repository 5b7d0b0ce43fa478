//! Own records on their way out: over which relays, in which cell, and whether they came back.
//!
//! ```text
//!   decided ─▶ queued, embargoed ─▶ in a cell ─▶ told back by a neighbour ─▶ two neighbours hold it: out
//!                  ▲                   │ late: another cell
//!                  └───────────────────┘ twelve late in a row, or the exit gone: another exit, twice at most
//!                                           24 of all records, or a relay gone: another guard or middle
//! ```
//!
//! - `PTH-1`, `PTH-2` Who may be on a path, and how it is drawn, is the protocol's; how often a relay was up is counted here.
//! - `PTH-3` Guard and middle are pinned for the node, an exit for each pseudonym, in the journal and before the first cell leaves over
//!   them. What was sent when, and is late when, is there too, so a restart sends nothing a second time too early, and forgets nothing.
//! - `PTH-4` One cell in the time of one cell, a dummy if there is nothing to say.
//! - `PTH-5` Told back, and out.
//!
//! Nothing is ever published directly because no relay carries it. Only an owner's word makes a node publish directly, and pages
//! say so as long as it holds.
//!
//! An attacker drops cells so that a sender tries other relays until it finds the attacker's (they are redrawn twice at most), or
//! watches whether a node sends more when its people decide (it does not). Who learns what: the guard that this node sends
//! cells, like every node; the exit a record before others.

mod command;
mod event;
mod state;
mod uptime;

pub use command::{Step, next_pair, next_path};
pub use event::Event;
pub use state::{Choice, Leaving, Outgoing, Paired, Pinned, Whose};
pub use uptime::Uptime;
