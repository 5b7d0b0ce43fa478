//! What fits, and why: local, explainable, two-sided. The engine judges (see the room `matching`); here its reader of own items,
//! adverts and briefs, and what becomes of what it says.
//!
//! - `MAT-1` Every hard limit that both sides state is met, violated or unknown. A violated one removes the match; an unknown
//!   one costs certainty and becomes a question.
//! - `MAT-2` Each requirement has a typed verdict: match, exceeds, partial, conditional, gap or unknown. Exceeding is never punished. A band
//!   is judged at both of its ends: partial lies between.
//! - `MAT-3` Fit and certainty are two values in thousandths: fit is the engine's, certainty the share of requirements that are
//!   known, a partial one counting half. Integers only, so two nodes never disagree.
//! - `MAT-4` A match is strong, possible, to be asked about first, or conditional. Nothing yet is a normal answer.
//! - `MAT-5` The points of a report sum to its score, and each stands beside its reason.
//! - `MAT-6` What follows from items and adverts is not stored: reports are made again when somebody looks, as of that day. Only
//!   that a match was found, and that it is over, are facts.
//! - `MAT-7` First words are judged against everything private before a person hears of them. What is unfit, below the least
//!   mutual fit, or nobody's to answer, looks from outside as if nobody were there. A floor or ceiling, whether entered with the item
//!   or set by a rule of the policy, counts as a step of a quarter.
//! - `MAT-8` Where a rule of a pack in force opens another way to comply, the match is conditional: it ranks below every plain one,
//!   and says what must be done, who shows what, and which rule of which pack says so.
//!
//! ```text
//!   own item ── exact ──▶ Claims ─┐
//!   advert ──── bands ──▶ Claims ─┼─▶ Said: the engine's facts at best and at worst ─▶ judge ─▶ Report ─▶ match, or why not
//!   brief ───── exact ──▶ Claims ─┘
//! ```
//!
//! What an attacker would try: vary an advert or a brief to find our limits from our answers. No part of a report leaves; money
//! is compared in bands only; and what is answered, and how often, is decided by a person or a rule that a person signed.

mod candidates;
mod claims;
mod codes;
mod event;
mod judge;
mod own;
mod readings;
mod report;
mod said;
mod state;
#[cfg(test)]
mod tests;
mod unmet;

pub use candidates::Candidates;
pub use codes::kin;
pub(crate) use codes::work;
pub use event::Event;
pub use judge::{is_open, judge};
pub use readings::Readings;
pub use report::{Band, Condition, Likeness, Near, Proof, Report, Requirement, Shown, Verdict, Word};
pub use said::Said;
pub(crate) use said::day;
pub use state::Matches;
pub use unmet::{Blocked, Unmet};
