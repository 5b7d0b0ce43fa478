//! What this firm knows of its trades beyond what every node knows: the knowledge packs that it goes by.
//!
//! What a pack is, and which are refused, is the room `matching`. Here is which of them are in force, in which order, and that a
//! restart, an audit and another node can tell. Nothing of it leaves; what follows from it is what fits, and what a rule of a pack
//! asks to be done before something fits, and what terms must say before they are signed.
//!
//! ```text
//!   folder ─ read by the program ─▶ files ─▶ add: judged over those in force ─▶ Added ─▶ vocabulary ─▶ matching
//!                                                                          └─▶ journal: the texts themselves, and their hash
//! ```
//!
//! - `KNW-1` The texts of a pack are kept with its hash (`PCK-1`), so that what fits follows from the journal alone, and the one hash
//!   of all packs in force stands with everything that leaves ([`crate::audit::Row`]).
//! - `KNW-2` A pack comes into force whole or not at all; who asked gets file, line, fault and remedy. A newer version takes the
//!   place of the one that it follows. What another pack stands on is not removed.
//! - `KNW-3` A pack that a later program does not read any more stays, out of force, and says why; the others hold without it.
//!
//! An attacker hands a planner a pack whose rules open much: only an owner adds one, each rule names narrow work, what it opens is
//! never a plain match, and the page names pack and rule beside everything that must be done.

mod catalogue;
mod command;
mod event;
mod questions;
mod state;

pub use catalogue::{Catalogue, Requirements, Track, Wanted};
pub use command::{ADDED, BadPack, add, remove};
pub use event::{Event, PackFile};
pub use questions::{Learned, asked_field, built_in};
pub use state::{Knowledge, Known};

#[cfg(test)]
pub(crate) mod tests;
