//! Fit and certainty as two values, the band they make, and what is accepted (`FIT-6`).
//!
//! Fit adds up what speaks for an advert, each in thousandths by a weight: its score, how close its best core term comes, how
//! alike the texts are, how its category serves, and how many limits it plainly meets. The weights are a logistic regression
//! over one half of the public cases, rounded; they are data of the engine, not of a market. What stands beside the best counts
//! as well, for an advert that is far behind another is no answer beside it.
use super::{
    Ranked,
    score::{Part, is_hard},
    wanted::Wanted,
};
use crate::limits::{Limit, Line, Verdict};

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
/// The least sum, in thousandths of the regression's own measure, where 0 is as likely as not. Asking once too often costs a
/// minute; not asking costs a week.
const ENOUGH: i64 = -900;
/// From here on one would not hesitate.
const STRONG: i64 = 1_000;
/// What nothing at all comes to.
const BEGIN: i64 = -5_990;
/// The weights: of the whole score, the best core term, the likeness of texts (at 400 of 1000), the category, limits met (at
/// four), a limit that is open, and the lead before the next or the distance behind the best (of the whole score).
const SCORE: i64 = 3_170;
const TERM: i64 = 1_180;
const LIKE: i64 = 7_380;
const SERVES: i64 = 2_020;
const MET: i64 = 1_170;
const OPEN: i64 = 990;
const LEAD: i64 = 6_010;

pub(super) fn judged(wanted: &Wanted, parts: &[Part], lines: &[Line]) -> Judged {
    let mut best = 0;
    let mut likeness = 0;
    let mut score = 0;
    for part in parts {
        score += i64::from(part.points());
        match part {
            Part::Term { asked, closeness, .. } if wanted.asked.get(*asked).is_some_and(|asked| asked.core) => {
                best = best.max(i64::from(*closeness));
            }
            Part::Letters { likeness: alike, .. } => likeness = i64::from((*alike).min(400)),
            _ => {}
        }
    }
    let (mut known, mut all, mut open, mut met) = (0u16, 0u16, 0u16, 0i64);
    for line in lines.iter().filter(|line| line.limit != Limit::Category && line.limit != Limit::Quantity) {
        let unknown = line.verdict == Verdict::Unknown;
        (all, known) = (all + 1, known + u16::from(!unknown));
        open += u16::from(unknown);
        // Once the condition is kept, the limit is met; the band says that it is not yet.
        let is_met = line.verdict >= Verdict::Match || line.verdict == Verdict::Conditional;
        met += i64::from(is_hard(line.limit) == Some(true) && is_met);
    }
    let serves = lines.iter().find(|line| line.limit == Limit::Category).map_or(0, |line| i64::from(line.share));
    let sum = BEGIN
        + score * SCORE / 1_000_000
        + best * TERM / 1_000
        + likeness * LIKE / 400
        + serves * SERVES / 1_000
        + met.min(4) * MET / 4;
    // From what nothing comes to, to as much beyond the middle.
    let fit = u16::try_from(((sum - BEGIN) * 1_000 / (-2 * BEGIN)).clamp(0, 1_000)).unwrap_or(0);
    let certainty = (known * 1_000).checked_div(all).unwrap_or(500);
    // Beside an equal; a list says how far the others are.
    let band = band(parts, fit, open, 0);
    Judged { fit, certainty, open, band }
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
        found.band = band(&found.parts, found.fit, found.open, i64::from(found.score) - beside);
    }
}

fn band(parts: &[Part], fit: u16, open: u16, lead: i64) -> Band {
    let sort = parts.iter().find_map(|part| match part {
        Part::Limit { line, .. } if line.limit == Limit::Category => Some(line),
        _ => None,
    });
    let other = sort.is_some_and(|line| line.verdict != Verdict::Unknown && line.share < SERVES_MIN);
    let believed = BEGIN - i64::from(fit) * 2 * BEGIN / 1_000 + lead * LEAD / 1_000_000;
    let sum = believed - i64::from(open) * OPEN;
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
