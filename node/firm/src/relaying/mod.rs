//! Carrying other firms' cells: the onion keys of this node's weeks, what it took, and what it holds.
//!
//! ```text
//!   cell ─▶ room? ─▶ opened under a live key ─▶ tag stored ─▶ receipt ─▶ held for its delay ─▶ next relay, or published
//! ```
//!
//! - `REL-2` An onion key is drawn for one week and wiped, with the tags of its cells, three hours after it.
//! - `CEL-7` A tag is in the journal before the cell is passed on, so no restart lets a copy through.
//! - `CEL-9` What is held is bounded for each neighbour and in all, and lost when the node stops: a journal of everybody's cells would
//!   grow by megabytes a day, most of it dummies, and their senders say again what was lost (decision 0017).
//!
//! An attacker floods a relay (rate and room for each neighbour), sends a copy and looks what comes out twice (tags), or seizes the
//! node and opens what was recorded (keys of weeks that are over are gone from its state; rows of the sealed journal are as
//! safe as its key).

mod command;
mod event;
mod held;
mod state;

pub use command::{Refused, open};
pub use event::Event;
pub use held::{Held, Onward};
pub use state::Relaying;
