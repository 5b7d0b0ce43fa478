//! What everybody carries, and this node with them: the shelf makes a sponsor's node a meeting point.
//!
//! - `SYN-1` to `SYN-4`: the shelf and its catch-up are the same pure code on every node. A sponsor reads nothing in it that
//!   any other node could not read, and decides nothing by it.

mod command;
mod event;
mod state;

pub use command::{expire, place};
pub use event::Event;
pub use state::Market;
