//! Hard limits: what a need states against what an advert states, one verdict for each.
//!
//! - `LIM-1` A limit is violated only if both sides state it plainly and no reading of what they say meets it. A violated
//!   limit removes the advert, whatever its words.
//! - `LIM-2` Who says nothing is not punished for it: unknown costs certainty and becomes a question.
//! - `LIM-3` More than was asked never counts against an advert.
//! - `LIM-4` Directions: room, capacity and quantity at least, tolerance and cleanroom class at most, sizes on sorted axes;
//!   certificates one way (who has the stricter has the looser), a firm's certificate is not a person's ticket.
//! - `LIM-5` A window serves by the usable hours that both sides share, not by its days.
//! - `LIM-6` Distance does not bind work that both sides can do from afar.
//! - `LIM-7` Units that do not convert are not compared.
//! - `LIM-8` Where a certificate is missing, a rule of a [pack](crate::pack) may open another compliant path. The limit is then
//!   conditional: neither met nor violated, and the advert is never accepted without the condition being named.
//!
//! ```text
//!   need's facts ─┐
//!                 ├─▶ judge ─▶ a line for each limit that the need states ─▶ violated, or the lines
//!   advert's facts┘
//! ```
//!
//! What an attacker would try: to say nothing and so violate nothing. Silence is unknown, and unknown is never accepted in
//! number (see [`crate::rank`]).
mod amounts;
mod conditions;
mod names;
mod whereabouts;

use crate::{
    record::{Facts, Measure, Named, Origin, Quantity, Stated},
    vocabulary::Vocabulary,
};
use alloc::vec::Vec;
// What the index must know of an advert to leave out only what these limits would remove.
pub(crate) use amounts::offered;
pub(crate) use conditions::asked;
pub use conditions::opening;
pub(crate) use names::{Cover, beside_field, covers, listed, more_precise, works_on_parts};
pub(crate) use whereabouts::{carried, carries, starved};

/// What a line is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Limit {
    /// The category.
    Category,
    /// Kilometres.
    Distance,
    /// Days.
    Window,
    /// How much.
    Quantity,
    /// Size.
    Envelope,
    /// Accuracy.
    Tolerance,
    /// A capacity.
    Capacity(Measure),
    /// A material.
    Material(Named),
    /// A certificate or ticket.
    Credential(Named),
    /// A skill.
    Skill(Named),
    /// The work itself, where the advert denies it or the need refuses it.
    Denied,
    /// French, or English.
    Language,
    /// At the place, or from afar.
    Presence,
}

/// What came of a requirement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    /// Violated.
    Gap,
    /// Not said, or doubtful.
    Unknown,
    /// Not met, but a rule says what must be done instead.
    Conditional,
    /// Met in part.
    Partial,
    /// Met.
    Match,
    /// More than was asked.
    Exceeds,
}

/// A limit and its verdict.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// What was compared.
    pub limit: Limit,
    /// What came of it.
    pub verdict: Verdict,
    /// How far it is met, in thousandths.
    pub share: u16,
}

impl Line {
    pub(crate) fn new(limit: Limit, verdict: Verdict) -> Line {
        let share = match verdict {
            Verdict::Gap => 0,
            Verdict::Unknown => UNKNOWN,
            Verdict::Conditional | Verdict::Partial => 500,
            Verdict::Match | Verdict::Exceeds => 1_000,
        };
        Line { limit, verdict, share }
    }
}

/// What an unknown is worth: less than a part, for it may yet be nothing.
const UNKNOWN: u16 = 100;

/// Judges some limits, a line for each.
type Step = fn(&Vocabulary, &Facts, &Facts, &mut Vec<Line>);

/// Judges every limit that the need states. Stops at the first that is violated if `all` is not asked for. Whether none is.
pub fn judge(vocabulary: &Vocabulary, need: &Facts, advert: &Facts, all: bool, lines: &mut Vec<Line>) -> bool {
    lines.clear();
    let steps: [Step; 8] = [
        whereabouts::category,
        whereabouts::distance,
        whereabouts::window,
        amounts::sizes,
        amounts::capacities,
        names::materials,
        names::credentials,
        names::skills,
    ];
    let mut from = 0;
    let mut met = true;
    for step in steps {
        step(vocabulary, need, advert, lines);
        met &= lines.get(from..).unwrap_or_default().iter().all(|line| line.verdict != Verdict::Gap);
        if !met && !all {
            return false;
        }
        from = lines.len();
    }
    names::denied(vocabulary, need, advert, lines);
    whereabouts::language(need, advert, lines);
    whereabouts::presence(need, advert, lines);
    met && lines.get(from..).unwrap_or_default().iter().all(|line| line.verdict != Verdict::Gap)
}

/// A gap between plain values; a question where one of them is guessed (`FIT-1`).
fn gap(need: Origin, advert: Origin) -> Verdict {
    if need.min(advert) == Origin::Guessed { Verdict::Unknown } else { Verdict::Gap }
}

/// A quantity of the other side in this one's unit, where they convert.
fn same_unit(one: Stated<Quantity>, other: Stated<Quantity>) -> bool {
    one.value.unit == other.value.unit
}
