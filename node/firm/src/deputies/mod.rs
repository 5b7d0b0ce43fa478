//! Who decides for whom while somebody is away.
//!
//! - `DEP-1` Whoever decides questions names a deputy by their own signature, for a span of days, with some or all of their own roles,
//!   kinds of resource and limit of money; never with more. Each naming has a number of its own and counts once.
//! - `DEP-2` It counts as long as both are in the register, whoever named still has what was handed over, the span has begun and is not
//!   over, and neither of both, nor an owner, has ended it. A question that was shown before and decided after is judged by then.
//! - `DEP-3` A deputy decides questions and nothing else: who governs, enrols people, or asks for things does so in their own right, and
//!   nobody consents for somebody else to being offered. A deputy names no deputy.
//! - `DEP-4` Where two people must say yes, a deputy and whoever named the deputy are one.
//!
//! Counterparts see a certificate of the deputy's key with the roles handed over, no broader and no longer than the span's last day.

mod command;
mod event;
mod state;

pub use command::{Acting, Word, acting, name};
pub use event::Event;
pub use state::{Delegation, Deputies, Ended, Handover, Span};
