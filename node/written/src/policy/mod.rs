//! A policy as text: read from a file that people write, and written as such a file.

mod read;
mod write;

pub use read::{RulesText, read};
pub use write::{line, write};
