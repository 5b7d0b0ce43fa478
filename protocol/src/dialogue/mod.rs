//! What two parties say to each other, from first interest to co-signed outcome.
//!
//! The *initiator* wrote the first envelope to an advert's contact key; the *responder* owns the advert. Which of them
//! offers and which needs is independent of that.
//!
//! ```text
//!   initiator                                     responder
//!   interest  ── brief ─────────────────────────▶            (Noise NK, first message)
//!             ◀───────────────────────── brief ──  answer    (Noise NK, second message)
//!   talk      ◀── ask ▶ ◀ reply ──────────────▶  talk      (`TLK-*`: as either side likes, or not at all)
//!   viable    ◀────────────────────────────────▶  viable
//!   opt-in    ── fields, commitment, signature ▶◀  opt-in    (both before anything is locked)
//!   reveal    ── locked ▶  ◀ locked ── key ▶  ◀ key          (`RVL-*`: each key only after the step before)
//!   terms     ◀──────────────── versions ──────▶  terms
//!   acknowledge, sign, start, outcome: both
//! ```
//!
//! - `STP-1` Steps happen in this order; a message out of its step is refused and changes nothing.
//! - `STP-2` Every message but a key release, a receipt of start and a close discloses something or binds somebody, and can
//!   only be built from what a person [`crate::decision::Released`].
//! - `STP-3` A close may come at any step before both signed, gives no reason beyond a coarse code, and leaves nothing behind
//!   that the other side could use.
//! - `STP-4` No timeout says anything but a close.
//! - `STP-5` A deal is named by its first envelope's holder key, so both sides compute one id and a repeated first message
//!   opens no second deal.
//! - `STP-6` Two opt-ins are mutual: one session, opposite sides, and each gives exactly what the other expects.

mod brief;
mod message;
mod naming;
mod payload;
mod step;
mod talk;

pub use brief::{Brief, Entry, Field, Value};
pub use message::{
    CloseReason, Consent, Identity, Interest, KeyRelease, Message, OptIn, OptInDraft, Receipt, RevealProof, Turn,
    Whereabouts, WitnessedReceipt,
};
pub use naming::{deal_id, prologue};
pub use payload::Payload;
pub use step::{Position, Step};
pub use talk::{Ask, Fact, Replied, Reply};
