//! What is remembered: own positions in the shared log, and whom not to believe.
//!
//! - `LOG-1` Each START stands under the position key to which the one before it committed; the key after it follows from it and the master, and is
//!   committed to before the START leaves. The inception committed to the first (`IDN-12`).
//! - `IDN-9` A proof that a firm's key said two things is kept for good.

mod command;
mod event;
mod state;

pub use command::{Draw, end, position_after, start};
pub use event::Event;
pub use state::{Engagement, Trust};
