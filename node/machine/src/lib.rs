//! How a machine speaks.
//!
//! A *machine* is one party's whole decision making, written so that it cannot touch the world: [`Machine::handle`] takes
//! exactly one [`Input`] and answers with [`Effects`]; it never blocks, never reads a clock, a file, a socket or a random
//! source. What it needs of time comes as [`Now`], of chance as [`Entropy`]. The same machine therefore runs under the real
//! driver (`node`) and under the simulator (`simulations`), and a run can be replayed to the byte.
//!
//! ```text
//!            input, now, entropy
//!   world ─────────────────────────▶ handle ──▶ at once:      Verdict · Dial · HangUp · WakeAt · Note
//!                                       │
//!                                       └─────▶ records ──▶ commit ──▶ after commit: Send · Publish · Reply · AskHuman
//! ```
//!
//! Rules kept here, for every machine:
//! - `MCH-1` State changes only by [`Machine::apply`] of a record; `handle` applies the records that it returns. Replaying
//!   the journal therefore gives the same state, and draws no entropy.
//! - `MCH-2` Words leave only after commit: every effect that another party or a person can notice is [`AfterCommit`], and
//!   is released in input order once every record of that input and of all earlier ones is durable.
//! - `MCH-3` Each gossiped record carries a [`Ticket`] and gets exactly one [`Verdict`].
//! - `MCH-4` Deadlines that must survive a restart are wall-clock records; [`AtOnce::WakeAt`] is only an alarm.
//! - `MCH-5` Every batch of inputs mixes 32 fresh bytes into the entropy root, so that a cloned or resumed machine never
//!   repeats what it drew before.
#![no_std]
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::float_arithmetic)]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod batch;
mod clock;
mod contract;
mod entropy;
mod record;
mod replay;

pub use batch::{Batch, INPUT_WAIT_MS_MAX, INPUTS_PER_BATCH_MAX};
pub use clock::{MonoMs, Now, WallMs};
pub use contract::{AfterCommit, Ask, AtOnce, Delivery, Effects, Input, Machine, Parcel, Peer, Ticket, Topic, Verdict};
pub use entropy::{Chance, Entropy, Seed};
pub use record::{Durable, Record};
pub use replay::{Recording, Trace, TraceHash, Turn};
