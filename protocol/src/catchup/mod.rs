//! How neighbours fill each other's gaps: pure questions and answers over a [`Shelf`].
//!
//! Decides what to say to a neighbour's [`Parcel`] of catch-up, and which of the frames in it are news. Refuses to trust any
//! of it: ids are only asked for, frames are checked exactly as if they had been gossiped.
//!
//! ```text
//!   A                          B        Both end with what both held.
//!   Root ────────────────────▶          37 bytes; equal: Same, and nothing more is said
//!        ◀──────────── Partitions       one print for each
//!   Spans ───────────────────▶          only of partitions that differ, the nearest first
//!        ◀──────────────── Spans        one digit deeper, and so on
//!   Offer ───────────────────▶          once a span is a list: what the other lacks
//!   Want ────────────────────▶          and what this one lacks, a batch at a time
//!        ◀─────────────── Bodies
//! ```
//!
//! - `SYN-4` No answer remembers the one before: each follows from the question and the shelf alone. So a lost parcel, a
//!   restart or an answer to no question costs a repetition at most, and one node can have any number of neighbours. What the
//!   asking side remembers is in [`Rounds`], for the sake of economy only.
//!
//! Why not a crate: `negentropy` adds ids up to compare them, which a member could forge, walks the whole set for each question
//! even when nothing changed, and speaks bytes of its own that no rule of `ENC` reaches. The tree of [`crate::shelf::Ids`] knows
//! its hashes already.
//!
//! What an attacker would try: send ids that nobody has (each costs its sender as much as the question for it costs us),
//! ask for everything again and again (only an admitted neighbour is answered, the carrier makes it wait, and no answer is
//! longer than a parcel), ask for what this node made and nobody told it (`SYN-11`: as if it did not exist), send bodies
//! that were not asked for (they are judged like gossip, and a known one is recognised by its hash before any signature).

mod compare;
mod faults;
mod rounds;

pub use compare::{Claim, Findings, Span, begin, go_on};
pub use faults::Faults;
pub use rounds::{Agreement, Next, Rounds};

use crate::check::Kind;
use crate::id::{Blob, RecordId};
use crate::limits::BODIES_PER_PARCEL_MAX;
use crate::parcel::Parcel;
use crate::shelf::Shelf;

/// What neighbours may have of what one of them asked for, even if that is nothing.
fn bodies(shelf: &Shelf, kind: Kind, ids: &[RecordId]) -> Parcel {
    let shown = ids.iter().take(BODIES_PER_PARCEL_MAX).filter_map(|id| shelf.shown(id));
    let frames = shown.filter(|checked| checked.kind() == kind).map(|checked| Blob(checked.frame().to_vec()));
    Parcel::Bodies { kind, frames: frames.collect() }
}

#[cfg(test)]
mod tests;
