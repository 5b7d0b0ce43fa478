//! What this firm billed for work under signed terms.
//!
//! ```text
//!   signed terms ──▶ sessions that were countersigned ─┐
//!                └─▶ units that were agreed            ─┴─▶ invoice ──▶ page, UBL 2.1
//!                                                             └─ cancelled ─▶ both can be billed again
//! ```
//!
//! - `INV-1` The side that offers bills, once the work has begun. An invoice is the firm's own paper: nothing of it leaves through the
//!   network, and no counterpart learns that there is one. Money moves outside.
//! - `INV-2` Time is billed by the session, as it was countersigned; units of something else as far as they were agreed. Nothing is billed
//!   twice.
//! - `INV-3` An invoice has the number that the firm's books give it, which none of its invoices ever had. It never changes. One that is
//!   wrong is cancelled: it keeps its number, and what it billed can be billed again.
//! - `INV-4` Each line is rounded to the nearest cent, and so is each tax on the sum of all lines.

mod command;
mod event;
mod figures;
mod left;
mod state;

pub use command::{BadInvoice, cancel, issue};
pub use event::Event;
pub use figures::{BilledLine, Figures, Quantity, figures};
pub use left::Billable;
pub use state::{Cancelled, Draft, Invoice, Invoices, Tax, Units};
