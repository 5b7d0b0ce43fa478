//! What fits what: adverts and needs read into facts, hard limits, a list in order, and the reasons for it.
//!
//! Decides which adverts could serve a need and says why, from what both sides say and nothing else. Refuses to guess: what
//! nobody said is unknown and becomes a question. It is shared by the firm, the command line and the benchmark, so that what
//! is measured is what runs; it knows no wire, no journal, no clock (`today` is an argument) and no floating point.
//!
//! ```text
//!   case (fields, text) ─▶ read ─▶ record ─┐
//!   vocabulary (EN/FR) ───────┘            ├─▶ limits ─▶ rank ─▶ explain
//!   case (fields, text) ─▶ read ─▶ record ─┘  removes    orders   says why
//! ```
//!
//! Rules: `TXT` for reading ([`read`]), `FIT` for facts, categories and ranking ([`record`], [`category`], [`rank`]), `LIM` for
//! limits ([`limits`]), `IDX` for finding among many ([`index`]), `STO` for facts that are kept ([`stored`]), `WHY` for reasons
//! ([`explain`]).
#![no_std]
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::float_arithmetic)]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod case;
pub mod category;
pub mod day;
pub mod explain;
pub mod index;
pub mod limits;
pub mod number;
pub mod pack;
pub mod place;
pub mod rank;
pub mod read;
pub mod record;
pub mod stored;
pub mod vocabulary;
