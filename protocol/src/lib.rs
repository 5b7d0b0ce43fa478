//! What two nodes must agree on.
//!
//! Everything that crosses from one party to another is defined here and nowhere else: the encoding, the keys, who may say
//! something (passes), what is said openly and without a name (adverts), what is said to one unnamed party (envelopes and
//! the dialogue in them), how names are exchanged (the reveal), what binds (terms) and what is remembered (the log). The
//! crate is pure: no clock, no file, no socket, no chance of its own. `protocol/SPEC.md` states its rules by number; code
//! that keeps a rule names it.
//!
//! ```text
//!   wire, limits, id, time, sign        the ground: canonical bytes, sizes, names, one verdict rule for signatures
//!   genesis, charter, invitation,       who belongs: networks, sponsors, members
//!   admission, pass
//!   firm_id, key_log                    who a firm is, and which keys speak for it on which day
//!   facts, advert, envelope, log        what everybody carries, behind `check`
//!   census                              how many firms could have said a thing, as a sponsor counts them
//!   noise, dialogue, lock, terms,       what two parties say to each other
//!   docket
//!   relay, path, cells                  how a record leaves without saying from where
//!   decision, standing                  what a person signed, and the only makers of `Released` and `StandingAnswer`
//!   shelf, parcel, catchup              what a node holds for others, and how neighbours fill each other's gaps
//! ```
//!
//! The wall that matters most is [`wire::Encode`]: a sealed trait. A type of another crate cannot become bytes that leave.
#![no_std]
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::float_arithmetic)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic))]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod admission;
pub mod advert;
pub mod callsign;
pub mod catchup;
pub mod cells;
pub mod census;
pub mod charter;
pub mod check;
pub mod decision;
pub mod dialogue;
pub mod docket;
pub mod envelope;
pub mod facts;
pub mod firm_id;
pub mod frame;
pub mod genesis;
pub mod id;
pub mod invitation;
pub mod key_log;
pub mod limits;
pub mod lock;
pub mod log;
pub mod money;
pub mod noise;
pub mod parcel;
pub mod pass;
pub mod path;
pub mod place;
pub mod relay;
pub mod shelf;
pub mod sign;
pub mod standing;
pub mod terms;
pub mod text;
pub mod time;
pub mod vocabulary;
pub mod wire;
