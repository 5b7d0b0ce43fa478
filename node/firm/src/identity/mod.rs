//! Who this firm is, and where it belongs.
//!
//! - `IDN-1` (SPEC) names the firm; the operating key and the first position at hand must be those that the inception names.
//! - The firm's own key-event log grows by events that the root key signed elsewhere (it is never here), and by revocations
//!   of people, which the operating key signs at once (`IDN-6`). Whatever the operating key would say is refused while the
//!   log does not name it for today.
//! - A new operating key is drawn here and is a record before anybody names it. The event that names it is a record too, so no
//!   crash parts the two: before it the old key speaks, after it the new one, and a key that was drawn in vain is never named.
//! - A welcome is taken in only if its genesis is the invitation's network, its charter, admission and membership are signed
//!   by one founder, and the membership names this firm. Several sponsors of one network stand beside each other; any one of
//!   them may vanish.
//! - `ADM-3` What a sponsor signed is renewed in good time, at a moment that follows from a secret of this firm, so that no restart
//!   puts it off and nobody else knows it. Of several memberships the one that lasts longest is shown.
//!
//! - `ADM-5` Another transport identity is drawn here and is a record before anybody is told. Sponsors admit it, counterparts and
//!   whoever sends cells are told of it, and only then a record says that the node speaks under it; the one before is gone with
//!   the same record. So at every moment one of them is in force, and everybody who must know it does.
//!
//! Private: the contact card and the legal name stay here until a reveal.

mod command;
mod event;
mod state;
mod transport;

pub use command::{GoneOn, found, go_on, join, keep_sheet, rebind, recover, renew, revoke};
pub use event::Event;
pub use state::{Founding, Identity, Joined, LAPSES_SOON_DAYS, OPERATING_ENDS_SOON_DAYS, SheetKept, Validity};
pub use transport::{Next, Transport};
