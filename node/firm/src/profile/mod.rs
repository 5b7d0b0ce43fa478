//! What the firm has and needs, for its own eyes.
//!
//! A resource and a need are alike in shape: an [`Item`]. Nothing of it has a wire form; what leaves is made elsewhere, field
//! by field, and only through a person's decision.
//!
//! - `PRF-1` An item is whole or it is refused: the field at fault is named with what to do, nothing is half saved.

mod command;
mod event;
mod item;
mod state;

pub use command::{confide, withdraw};
pub use event::Event;
pub use item::{BadItem, Item, ItemDraft, Mode};
pub use state::Profile;
