//! Whose time is offered, and whether that person and the employer let it be.
//!
//! ```text
//!   a resource names a person ─┬─▶ own consent   that person, by their own key        ─┐
//!                              └─▶ release       the employer, four confirmations     ─┴─▶ both stand: it may be offered
//!   either is taken back ─▶ the notice is withdrawn, open questions and deals end, what both sides signed stays owed
//! ```
//!
//! - `LND-1` What names a person is neither published nor matched, and nothing is written about it, before that person consented and
//!   the employer released them. Whoever holds other roles cannot consent for somebody else.
//! - `LND-2` A release states four confirmations, each ticked by itself: the hours are there, the work is within the scope, no duty
//!   towards the employer is touched, the work is no competition. They stand in the bytes that are signed.
//! - `LND-3` Nobody releases themselves but an owner, who is the employer.
//! - `LND-4` The person takes the consent back at any time and gives no reason; the employer takes the release back in the same way.
//!   To the other side that looks like any no; before the first answer, like silence. What both sides signed is not undone.
//! - `LND-5` Both stand as long as the person is in the register under the same key as an expert, and the policy lets anybody release.
//! - `LND-6` Where a rule wants a person to be named, an offer that names nobody is not offered.
//!
//! A manager who wants to offer somebody behind their back finds no command that consents for them; whoever changes the program could
//! enter another key for the person, which the people page shows.

mod command;
mod event;
mod state;

pub(crate) use command::expert;
pub use command::{Confirmation, Loan, NotLent, Unconfirmed, UnknownConfirmation, may_release, stands};
pub use event::Event;
pub use state::{Given, Lending, Say, Standing};
