//! Fit and certainty as two values, the band they make, and what is accepted (`FIT-6`).
use super::{Ranked, score::Part, wanted::Wanted};
use crate::limits::{Limit, Line, Verdict};

/// What a person would do with an advert.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Band {
    /// Nothing.
    No,
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
    pub(super) band: Band,
}

/// The least that the work of a need must be met, in thousandths.
const CORE_MIN: u32 = 500;
/// The least that category must serve.
const SERVES_MIN: u16 = 700;
/// The least certainty, for requirements that are hard to see otherwise.
const CERTAIN_MIN: u32 = 400;
/// An advert far behind the best is no answer beside it: the least share of the best's score, in thousandths.
const BESIDE_BEST_MIN: u64 = 920;

pub(super) fn judged(wanted: &Wanted, parts: &[Part], lines: &[Line]) -> Judged {
    let (mut core, mut core_all, mut terms, mut terms_all) = (0u32, 0u32, 0u32, 0u32);
    for part in parts {
        if let Part::Term { asked, closeness, .. } = part
            && let Some(term) = wanted.asked.get(*asked)
        {
            let met = term.weight * u32::from(*closeness) / 1_000;
            (terms, terms_all) = (terms + met, terms_all + term.weight);
            if term.core {
                (core, core_all) = (core + met, core_all + term.weight);
            }
        }
    }
    let share = |part: u32, of: u32| (part * 1_000).checked_div(of).unwrap_or(0);
    let work = if core_all == 0 { share(terms, terms_all) } else { share(core, core_all) };
    let required = lines.iter().filter(|line| line.limit != Limit::Category && line.limit != Limit::Quantity);
    let (known, all) =
        required.fold((0, 0), |(known, all), line| (known + u32::from(line.verdict != Verdict::Unknown), all + 1));
    let certainty = if all == 0 { 500 } else { share(known, all) };
    let shares: u32 = lines.iter().map(|line| u32::from(line.share)).sum();
    let limits = shares.checked_div(u32::try_from(lines.len()).unwrap_or(1)).unwrap_or(0);
    let fit = (work * 2 + share(terms, terms_all) + limits) / 4;
    let serves = lines.iter().find(|line| line.limit == Limit::Category).map_or(0, |line| line.share);
    let violated = lines.iter().any(|line| line.verdict == Verdict::Gap);
    let open = all - known;
    let band = if violated || work < CORE_MIN || serves < SERVES_MIN || certainty < CERTAIN_MIN || open > 2 {
        Band::No
    } else if open > 0 {
        Band::Ask
    } else if fit >= 850 {
        Band::Strong
    } else {
        Band::Possible
    };
    let small = |value: u32| u16::try_from(value).unwrap_or(1_000);
    Judged { fit: small(fit), certainty: small(certainty), band }
}

/// Leaves accepted only what stands beside the best.
pub(super) fn among(ranked: &mut [Ranked]) {
    let best =
        ranked.iter().filter(|found| found.band != Band::No).map(|found| u64::from(found.score)).max().unwrap_or(0);
    for found in ranked {
        if u64::from(found.score) * 1_000 < best * BESIDE_BEST_MIN {
            found.band = Band::No;
        }
    }
}
