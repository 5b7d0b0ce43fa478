//! What a sponsor decides.
//!
//! A sponsor convenes a market: it invites firms, vouches for them once, and gives each member the same small number of
//! passes a week. [`Sponsor`] is a machine (see `machine`) that never touches the world. Each concern is a folder with the
//! same four files: `mod` (what, why, rules, attacker), `state`, `command`, `event`; only [`Sponsor`] connects them.
//!
//! ```text
//!   members    invitations, who is a member, certificates      issuing    passes, so many a week for each member
//!   market     the shelf that every node holds, so that this node is a meeting point and nothing more
//!   census     how many firms of the region could have said a thing, for members to count their crowd
//!   office     what this sponsor is: its key, network, charter, where to find it
//!   view       what a sponsor's desk may show
//! ```
//!
//! Who learns what: a sponsor learns the legal identity and the transport identity of a member together, and that passes
//! were fetched. With passes of scheme 0 it could also tell which member fetched which pass; it keeps the keys only while
//! their week lasts, and the pages say so. With passes of scheme 1 it signs what it cannot see. It never learns who owns a need,
//! who talks to whom, or what was agreed. Legal names and firm ids stand in the member register and nowhere else in the state; the
//! other concerns know member numbers.
//!
//! Nothing here is needed for business that runs already: a sponsor that vanishes is missed only by those who want to join,
//! and by those whose passes run out while no other sponsor vouches for them.
#![no_std]
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::float_arithmetic)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic))]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod census;
pub mod command;
pub mod issuing;
pub mod limits;
pub mod market;
pub mod members;
pub mod office;
pub mod record;
mod sponsor;
#[cfg(test)]
mod tests;
pub mod view;

pub use command::{Answer, Command, InvitationText, Refusal};
pub use office::{Misfounded, SponsorKeys};
pub use record::Record;
pub use sponsor::{NoDecision, Note, Sponsor};
pub use view::{Query, View};
