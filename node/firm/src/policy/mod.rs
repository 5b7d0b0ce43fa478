//! What is allowed at all, and on whose say.
//!
//! - `POL-1` The default is no: without a rule that allows it, nothing is even asked.
//! - `POL-2` The most specific rule wins (an item before a class before everything; a step before any step); among equally
//!   specific rules a denial wins.
//! - `POL-3` Every answer names the rule and the version that gave it, so that a page and the audit can say why.
//! - `POL-4` A person gets only what one of that person's roles may ask for, by the table in `asking`; a person whose entry is
//!   over or missing gets nothing. The operator of this computer, who holds its keys anyway, may ask for everything.

mod asking;
mod command;
mod event;
mod rule;
mod state;

pub use asking::Asking;
pub use command::govern;
pub use event::Event;
pub use rule::{Answer, Permission, Policy, Rule, Scope};
