//! So many passes a week for each member, and not one more.
//!
//! Decides on requests for passes. Refuses, by answering with fewer or none, whoever is no member of this sponsor, weeks other
//! than this and the next, and whatever exceeds the batch of the week.
//!
//! - `PAS-4` Every member gets the same fixed batch per week and purpose ([`protocol::pass::Purpose::passes_per_epoch`]). A key that was
//!   signed for is signed for again without counting, so an answer that was lost on the way loses nothing.
//!
//! What an attacker would try: hoard passes of many weeks (only two are open), ask under several peers (a peer is one
//! member's), ask with another's keys (a pass for a key that one does not hold is of no use, and counts).
//!
//! - `PAS-7` Under scheme 1 the manifests of this week and the next two are published as soon as there are keys for them, and never
//!   a second one for a week: whoever lost the keys of a published manifest does not issue until its week is over.
//! - `PAS-10` What is asked for blindly is counted by its print, as keys are under scheme 0.
//!
//! Who learns what: under scheme 0 the sponsor knows which member fetched which pass. It keeps keys beside member numbers only
//! while their week is open; how many were issued stays. Under scheme 1 it knows how many each member fetched, and has seen
//! nothing of any pass.

mod command;
mod event;
mod signer;
mod state;

pub use command::{BlindIssue, Issue, issue, issue_blindly, manifest, outdated};
pub use event::Event;
pub use signer::Signer;
pub use state::{Issued, Slot};
