//! What waits for a person, and what people decided.
//!
//! - `APR-1` One approval is one question about exact bytes. Its summary holds everything that the page shows; both are under
//!   the signature of who decides (`DEC-1`).
//! - `APR-2` It is decided once, by a person whom the policy of that moment still allows; the first valid decision counts.
//! - `APR-3` It lapses after a week, or becomes moot when its matter ends. Neither lets anything leave (`DEC-3`). A question without whose
//!   answer a deal does not go on waits as long as the deal does (`STP-8`); once the deal binds, it is asked anew each week.
//! - `APR-4` A policy that lets a field leave less exactly than the question would, or not at all, ends the question; what may
//!   still be asked is asked anew.
//! - `APR-5` Where two people must say yes, the first yes is kept and lets nothing leave. The second lets it leave if it is somebody
//!   else's and the first still counts: the same question, a person who is still in the register, whom the policy of that moment
//!   still allows. A first yes that counts no more is replaced by the next one. A no of anybody ends the question.
//!
//! - `APR-6` A question that waits reminds whoever may decide, after the days that the policy says; one that waited longer may be
//!   decided by others besides, if a rule says so and still does. Neither decides anything: what nobody decides lapses.
//! - `APR-7` Whoever says no may say why: as coarsely as a list has it, for everybody in the firm, and in words for owners, approvers
//!   and auditors. Neither leaves: to the other side one no looks like another.
//! - `APR-8` A standing rule (`POL-10`) answers first words in the moment in which a person would be asked, if they fit now as well as it
//!   wants, all that a person's yes would need holds, one person would be enough, and no text that would leave may give the firm away.
//!   What it does not answer waits for a person; that question no rule answers later, but one asked anew in its place (`APR-4`) may be. The question is kept with rule, version
//!   and whose word it was, and so is every row of the audit. Answers are counted from what is kept: a restart changes nothing.
//!
//! An impatient planner cannot decide (no role); two approvers racing get one decision and one clear refusal; a policy that
//! changed in between is the one that counts.

mod command;
mod event;
mod ruled;
mod seen;
mod state;
mod subject;
mod waiting;
mod why;

pub use command::{Judged, LAPSE_MS, Matter, ask, is_last, judge, refusal, still_allowed, still_told};
pub use event::Event;
pub use ruled::Ruled;
pub use seen::Seen;
pub use state::{Agreed, Approval, Approvals, Status, Summary};
pub use subject::{Leaf, Subject};
pub use waiting::{Escalated, Reminded, Wait};
pub use why::{Ground, Why, explain};
