//! How well spies among the members name who made a record, and tell which adverts have one maker.
//!
//! ```text
//!   author ──▶ guard ──▶ middle ──▶ exit ──▶ gossip ──▶ everybody
//!                 │ from, to, when              │ who told it first, when
//!                 └─────────────▶ spies ◀───────┘
//!                                   └─▶ the likeliest author of everything that one pseudonym says
//! ```
//!
//! Spies are members like others: they relay, they break no rule, everybody is their neighbour, and they put together what they see.
//!
//! Real here: links and their delays (those of [`crate::world`]), the choice of paths and of other paths (`PTH-1` to `PTH-3`), the
//! delays of cells (`CEL-8`), the pace of real networks. Modelled, because weeks of 500 nodes are too much for whole machines: a firm
//! is its beats (`PTH-4`), a relay takes time and is sometimes away, and a record needs no pass. A firm has two adverts,
//! begun at any moment of one week; it misses no beat, though as a relay it is away at times. All cells but the author's are dummies.
//! Adverts say nothing that tells firms apart but whose pass they carry, so spies look among that sponsor's members.
//!
//! A firm's other pseudonym and its dummies take over the pair of the one that is looked at, and never draw one themselves.
//!
//! What spies are given and would have to find out: which place on its path a relay has, and how many paths a firm uses.

mod away;
mod gossip;
mod journey;
mod linker;
mod market;
mod measure;
mod sight;
pub(crate) mod table;

pub use measure::{Figures, Question, Share, measure};

/// A firm, by its number.
type Firm = usize;

/// A moment, in milliseconds since the market began.
type Ms = u64;

const HOUR: Ms = 3_600_000;
const DAY: Ms = 24 * HOUR;
const WEEK: Ms = 7 * DAY;
