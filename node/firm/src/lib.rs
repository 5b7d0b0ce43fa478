//! What one firm decides.
//!
//! [`Firm`] is a machine (see `machine`): everything that one firm knows, wants, allows and has said, in one value that
//! never touches the world. Each concern is a folder with the same four files: `mod` (what, why, rules, attacker), `state`,
//! `command`, `event`. Concerns do not know each other; only [`Firm`] turns the event of one into the command of another.
//!
//! ```text
//!   register   who may act here          profile    what the firm has and needs      policy     what is allowed at all
//!   approvals  what waits for a person   matching   what fits, and why               market     what is said and heard openly
//!   composer   what an item would say, and how many firms could have said it     linter   what in a text names its firm
//!   deals      two parties, step by step trust      what is remembered               audit      what left, and by which rule
//!   availability  when resources are free, and for which deal their hours are held
//!   invoices   what was billed for work under signed terms
//!   deputies   who decides for whom while somebody is away
//!   lending    whose time is offered, and whether that person and the employer let it be
//!   knowledge  which knowledge packs the firm goes by
//!   leaving    own records on their way out      relaying   others' cells
//!   view       what a desk may show
//! ```
//!
//! The promises kept here: no person's decision is implied (`approvals`, `policy`), nobody learns who this firm is before
//! both sides opted in (`deals`, through `protocol::decision::Released`), what is audible is durable (records before words).
#![no_std]
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::float_arithmetic)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic))]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod approvals;
pub mod audit;
pub mod availability;
pub mod command;
pub mod composer;
pub mod deals;
mod delay;
pub mod deputies;
mod firm;
pub mod identity;
pub mod invoices;
pub mod knowledge;
pub mod leaving;
pub mod lending;
pub mod limits;
pub mod linter;
pub mod market;
pub mod matching;
pub mod policy;
pub mod profile;
pub mod record;
pub mod register;
pub mod relaying;
pub mod trust;
pub mod view;

pub use firm::{Firm, FirmKeys, Note};
