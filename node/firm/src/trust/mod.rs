//! What is remembered: own positions in the shared log.
//!
//! - `LOG-1` Each START stands under the position key to which the one before it committed; the key after it is drawn and
//!   committed to before the START leaves.

mod command;
mod event;
mod state;

pub use command::{Draw, end, start};
pub use event::Event;
pub use state::{Engagement, Trust};
