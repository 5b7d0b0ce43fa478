//! What waits for a person, and what people decided.
//!
//! - `APR-1` One approval is one question about exact bytes. Its summary holds everything that the page shows; both are under
//!   the signature of who decides (`DEC-1`).
//! - `APR-2` It is decided once, by a person whom the policy of that moment still allows; the first valid decision counts.
//! - `APR-3` It lapses after a week, or becomes moot when its matter ends. Neither lets anything leave (`DEC-3`).
//!
//! An impatient planner cannot decide (no role); two approvers racing get one decision and one clear refusal; a policy that
//! changed in between is the one that counts.

mod command;
mod event;
mod state;

pub use command::{Judged, LAPSE_MS, Matter, ask, judge, refusal, still_allowed};
pub use event::Event;
pub use state::{Approval, Approvals, Status, Subject, Summary};
