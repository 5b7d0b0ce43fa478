//! What fits, and why: local, explainable, two-sided.
//!
//! - `MAT-1` Every hard limit that both sides state is met, violated or unknown. A violated one removes the match; an unknown
//!   one costs certainty and becomes a question.
//! - `MAT-2` Each requirement has a typed verdict: match, exceeds, partial, gap or unknown. Exceeding is never punished.
//! - `MAT-3` Fit and certainty are two values in thousandths; fit is the mean of the requirements' shares, certainty the share
//!   of requirements that are known, a partial one counting half. Integers only, so two nodes never disagree.
//!
//! Nothing here reads private prices or exclusions into what the other side sees: a violated private limit and an empty
//! market look the same from outside.

mod claims;
mod compare;
mod event;
mod report;
mod state;
#[cfg(test)]
mod tests;

pub use compare::{against_brief, against_facts};
pub use event::Event;
pub use report::{Report, Requirement, Shown, Verdict};
pub use state::{Match, Matches};
