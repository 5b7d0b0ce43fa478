//! The office: one firm's machine at its place of work, with its keys, its memory, its neighbours and its people.
//!
//! Decides in which order things open, what a node shows to neighbours, which records are a sender's fault, and whose key
//! signs a decision. Refuses a second mind on one data folder, a network of a kind that the node was not started for, and
//! to keep a person's key for longer than one signature.
//!
//! ```text
//!   Premises (a data folder) ── found ──▶ FirmNode ── Office::join(invitation) ──▶ member ── start(config) ──▶ among neighbours
//!                            ── open  ──▶   │
//!                                           └── Office: ask · view · decide · enrol · sign_in · join   (as many copies as needed)
//! ```
//!
//! Rules kept here: `NET-2` (kinds), `ADM-1` (a neighbour without a live admission may only ask for one), `CHK-2` (a record is
//! rejected only if every node would), `DEC-1` (what is signed is what was seen).
//!
//! What an attacker would try: to have a decision signed by whoever holds the node (the key opens with the person's own
//! password only), to change a question behind the page that shows it (the hashes seen are compared before the key is used),
//! to lure a real node into a demonstration (the kind is compared before anything is kept).
//!
//! Who learns what: a sponsor learns legal name and transport identity at the admission; neighbours learn the transport
//! identity and that a founder admitted it; the machine and this folder hold everything else.

mod founding;
mod joining;
mod people;
mod premises;
mod quiet;
mod running;

pub use founding::Founding;
pub use joining::JoinError;
pub use people::{Newcomer, Office, PersonError};
pub use premises::{OpenError, Premises};
pub use running::{FirmNode, StartError};

#[cfg(test)]
mod tests;
