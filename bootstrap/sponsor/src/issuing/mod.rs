//! So many passes a week for each member, and not one more.
//!
//! Decides on requests for passes. Refuses, by answering with fewer or none, whoever is no member of this sponsor, weeks other
//! than this and the next, and whatever exceeds the batch of the week.
//!
//! - `PAS-4` Every member gets the same fixed batch per week and purpose ([`crate::limits::passes_per_epoch`]). A key that was
//!   signed for is signed for again without counting, so an answer that was lost on the way loses nothing.
//!
//! What an attacker would try: hoard passes of many weeks (only two are open), ask under several peers (a peer is one
//! member's), ask with another's keys (a pass for a key that one does not hold is of no use, and counts).
//!
//! Who learns what: the sponsor knows which member fetched which pass (scheme 0). It keeps keys beside member numbers only
//! while their week is open; how many were issued stays.

mod command;
mod event;
mod state;

pub use command::{Issue, issue, outdated};
pub use event::Event;
pub use state::{Issued, Slot};
