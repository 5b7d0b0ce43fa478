//! What is allowed at all, and on whose say.
//!
//! A policy is a list of rules with a number each. A version of it is put into force by an owner's signature over the version that
//! it replaces, and its hash stands in every question, decision and row of the audit that came of it.
//!
//! ```text
//!                          everything   a class   a kind of work   one resource or need
//!   who decides a step        └──────── the most particular wins ────────┘   no rule: nobody
//!   when people are reminded  └──────── the most particular wins ────────┘   no rule: after 3 and after 7 days
//!   to whom it escalates      └──────── the most particular wins ────────┘   no rule: to nobody
//!   how a field is told       └──────── the most particular wins ────────┘   no rule: not at all
//!   how loud a notice is      └──────── the most particular wins ────────┘   no rule: as its owner entered it
//!   price for an hour         └──────── the most particular wins ────────┘   no rule: whatever people agree
//!   the share of who is lent  └──────── the most particular wins ────────┘   no rule: nothing is worked out
//!   which answers need nobody └──────── the most particular wins ────────┘   no rule: a person is asked about each
//!   hours of a week, a month  └─────────────── all of them hold ─────────┘   no rule: as many as the calendar has
//!   firms that are excluded   └─────────────── all of them hold ─────────┘   no rule: none
//!   conflict classes avoided  └─────────────── all of them hold ─────────┘   no rule: none
//!   offers that name people   └─────────────── all of them hold ─────────┘   no rule: whoever enters one says
//! ```
//!
//! - `POL-1` The default is no: without a rule that allows it, nothing is even asked, and no field leaves.
//! - `POL-2` The most particular rule wins (an item before a kind of work before a class before everything; a named step or field
//!   before any); among equally particular rules the stricter one wins. Caps, exclusions and avoided conflict classes do not replace
//!   each other: all hold.
//! - `POL-3` Every answer names the rule and the version that gave it, so that a page and the audit can say why.
//! - `POL-4` A person gets only what one of that person's roles may ask for, by the table in `asking`; a person whose entry is
//!   over or missing gets nothing. The operator of this computer, who holds its keys anyway, may ask for everything; what comes into
//!   force by a signature alone (`REG-4`, `POL-5`) stays so.
//! - `POL-5` Once the firm has an owner, a version comes into force only under the signature of one, over firm, number, the version
//!   that it replaces and every rule. Two owners who change one version get one new version and one clear refusal.
//! - `POL-6` A policy is whole or it is refused, with the rule and the field at fault and what to write instead.
//! - `POL-7` Terms outside a price bound are neither proposed nor signed here. The other side is not answered by the node: it would
//!   learn the bound by asking often enough. A person reads the terms and declines, or proposes others.
//! - `POL-8` A firm whose name is excluded gets no name of ours, and nobody here is shown its name: the deal ends like any other.
//! - `POL-9` What says a conflict class that is avoided reaches no person: an advert is neither matched nor counted, and first words
//!   leave what they leave where nobody is. When a new version avoids what people were shown already, the match and its question
//!   end, and so does a deal in which no name was told yet, by the ordinary close or by silence before the first answer.
//! - `POL-10` A *standing rule* lets the node answer first words by itself (`APR-8`): what fits at least so well, at most so often in
//!   any seven days about all that it is about, until a day at most a year after the version came into force. It is the owner's word
//!   over that version that decides (`DEC-4`), so it counts only in a version that somebody signed who still is an owner. It never goes
//!   beyond the answer, and decides nothing that nobody or two people must decide. One that is over is no reason to look for another:
//!   a person is asked.
//!
//! An attacker with the node's account finds no command that puts a policy into force without an owner's password. One who reads
//! pages as a planner sees that bounds, caps, exclusions and avoided classes are set, not which.

mod asking;
mod check;
mod command;
mod event;
mod preset;
mod rule;
mod rulebook;
mod standing;
mod state;
mod stored;
mod word;

pub use asking::Asking;
pub use check::{BadPolicy, Fault};
pub use command::enact;
pub use event::Event;
pub use preset::{Preset, UnknownPreset};
pub use rule::{Bound, Detail, Period, Permission, Policy, Rule, Says, Scope, Target};
pub use rulebook::{Answer, Avoided, Because, Bounded, Cap, Escalation, Loudness, Reminders, Rulebook, Split, Told};
pub use standing::{STANDING_MS, StandingRule};
pub use word::Word;

#[cfg(test)]
mod tests;
