//! Fit and certainty as two values, the band they make, and what is accepted (`FIT-6`).
//!
//! Fit is the mean of two things: the score, as far as the need lets an advert earn it, and how alike the texts are, for two people who mean one thing write alike. What
//! stands beside the best counts as well: an advert that is far behind another is no answer beside it. Each limit that is open
//! costs, and so does other work than is asked for. Four round numbers decide; how they were found stands in `protocol/decisions/0018`.
use super::{
    Ranked,
    score::{LIKE, Part, reach},
};
use crate::{
    limits::{Limit, Line, Verdict},
    record::Facts,
};

/// What a person would do with an advert.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Band {
    /// Nothing.
    No,
    /// Only if something is done that a rule asks for; never counted as accepted (`LIM-8`).
    Conditional,
    /// Ask first: a requirement is open.
    Ask,
    /// Talk to them.
    Possible,
    /// Talk to them today.
    Strong,
}

pub(super) struct Judged {
    pub(super) fit: u16,
    pub(super) certainty: u16,
    pub(super) open: u16,
    pub(super) band: Band,
}

/// How many limits may be open: with more, nobody knows what is offered.
const OPEN_MAX: u16 = 2;
/// The least category that serves, where both are plain.
const SERVES_MIN: u16 = 500;
/// The least of score, likeness and lead together, each in thousandths, that is worth a question. Asking once too often costs a
/// minute; not asking costs a week.
const ENOUGH: i64 = 600;
/// From here on one would not hesitate.
const STRONG: i64 = 1_000;
/// What an open limit costs of it.
const OPEN: i64 = 150;
/// What it costs to name other work than is asked for: two questions, whether this work is done as well, and why nobody says so.
const OTHER_WORK: i64 = 2 * OPEN;

pub(super) fn judged(need: &Facts, parts: &[Part], lines: &[Line], other_work: bool) -> Judged {
    let score: u64 = parts.iter().map(|part| u64::from(part.points())).sum();
    let score = u32::try_from(score * 1_000 / u64::from(reach(need, lines))).unwrap_or(1_000);
    let alike = parts.iter().find_map(|part| match part {
        Part::Letters { likeness, .. } => Some((*likeness).min(LIKE) * 1_000 / LIKE),
        _ => None,
    });
    let (mut known, mut all, mut open) = (0u16, 0u16, 0u16);
    for line in lines.iter().filter(|line| line.limit != Limit::Category && line.limit != Limit::Quantity) {
        let unknown = line.verdict == Verdict::Unknown;
        (all, known, open) = (all + 1, known + u16::from(!unknown), open + u16::from(unknown));
    }
    let fit = u16::try_from((score + alike.unwrap_or(0)) / 2).unwrap_or(1_000);
    let certainty = (known * 1_000).checked_div(all).unwrap_or(500);
    // Beside an equal; a list says how far the others are.
    Judged { fit, certainty, open, band: band(parts, (fit, open, other_work), 0) }
}

/// Bands of a whole list, plain ones first and each sort best first: each beside the best, and the best beside the next. A
/// conditional one makes no plain one worse.
pub(super) fn among(ranked: &mut [Ranked]) {
    let plain = ranked.partition_point(|found| !found.is_conditional());
    let score = |at: usize| ranked.get(at).map_or(0, |found| i64::from(found.score));
    let best = score(0);
    let next = if plain == 1 { 0 } else { score(1) };
    for (at, found) in ranked.iter_mut().enumerate() {
        let beside = if at == 0 { next } else { best };
        let judged = (found.fit, found.open, found.other_work);
        found.band = band(&found.parts, judged, i64::from(found.score) - beside);
    }
}

fn band(parts: &[Part], (fit, open, other_work): (u16, u16, bool), lead: i64) -> Band {
    let sort = parts.iter().find_map(|part| match part {
        Part::Limit { line, .. } if line.limit == Limit::Category => Some(line),
        _ => None,
    });
    let other = sort.is_some_and(|line| line.verdict != Verdict::Unknown && line.share < SERVES_MIN);
    let costs = i64::from(open) * OPEN + i64::from(other_work) * OTHER_WORK;
    let sum = 2 * i64::from(fit) + lead / 1_000 - costs;
    let has = |verdict| parts.iter().any(|part| part.verdict() == Some(verdict));
    if other || has(Verdict::Gap) || open > OPEN_MAX || sum < ENOUGH {
        Band::No
    } else if has(Verdict::Conditional) {
        Band::Conditional
    } else if open > 0 || sort.is_none_or(|line| line.verdict == Verdict::Unknown) {
        Band::Ask
    } else if sum >= STRONG {
        Band::Strong
    } else {
        Band::Possible
    }
}
