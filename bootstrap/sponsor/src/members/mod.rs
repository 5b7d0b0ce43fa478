//! Who may come in, and who is in.
//!
//! Decides on requests for admission. Refuses tokens that are unknown, used or lapsed, and firms that do not sign for
//! themselves; says which.
//!
//! - `INV-1` An invitation admits one firm, once. The same peer that hands in the same request again gets the same welcome,
//!   so an answer that was lost on the way loses nothing; anybody else is told that the invitation was used.
//! - `ADM-1`, `ADM-2` The admission names the transport identity and no firm, the membership the firm and no transport
//!   identity. Both hold a year.
//! - `ADM-4` They are made anew for a member who asks in their last third, until the sponsor's people dismiss it.
//! - `ADM-5` A member that asks from its transport identity to be admitted under another one is; the one before is nobody's then,
//!   but may repeat its question, because the answer may have been lost. Few admissions of one member hold at a time, so that
//!   nobody becomes a crowd.
//! - A firm that comes back with a new invitation (another computer) keeps its number and its date of entry; the peer that it
//!   had before is a member's no longer. A peer speaks for one member, the one it was last admitted for.
//!
//! What an attacker would try: guess tokens (128 bits of chance), intercept an invitation (whoever uses it first is admitted,
//! and the firm that was meant is told *used*, which the sponsor's register explains), found firms with another's id (an id
//! is the hash of an event that its own root key signed).

mod command;
mod event;
mod state;

pub use command::{Judgement, admit, dismiss, invite, rebind, renew};
pub use event::Event;
pub use state::{Invited, Member, MemberNo, Members, Use};
