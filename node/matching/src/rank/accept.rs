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
const DOES_MIN: u32 = 600;
/// The least that a category must serve, where both are plain.
const SERVES_MIN: u16 = 700;
/// How many limits may be open or met in part.
const OPEN_MAX: u32 = 1;
/// An advert far behind the best is no answer beside it: the least share of the best's score, in thousandths.
const BESIDE_BEST_MIN: u64 = 780;

pub(super) fn judged(wanted: &Wanted, parts: &[Part], lines: &[Line]) -> Judged {
    let (mut work, mut core, mut terms) = (Share::default(), Share::default(), Share::default());
    for part in parts {
        if let Part::Term { asked, closeness, .. } = part
            && let Some(term) = wanted.asked.get(*asked)
        {
            terms.add(term.weight, *closeness);
            if term.core {
                core.add(term.weight, *closeness);
            }
            if term.work {
                work.add(term.weight, *closeness);
            }
        }
    }
    // The work itself if the need names it, else whatever it is about; of things alone a little more than half is believed.
    let does = match (work.of(), core.of()) {
        (Some(work), Some(core)) => work.max(core),
        (None, Some(core)) => core,
        _ => terms.of().unwrap_or(0) * 600 / 1_000,
    };
    let mut open = 0;
    let (mut known, mut all, mut shares) = (0, 0, 0);
    for line in lines {
        shares += u32::from(line.share);
        if matches!(line.limit, Limit::Category | Limit::Quantity) {
            open += u32::from(line.limit == Limit::Quantity && line.verdict == Verdict::Partial);
            continue;
        }
        let unknown = u32::from(line.verdict == Verdict::Unknown);
        (known, all, open) = (known + 1 - unknown, all + 1, open + unknown);
    }
    let certainty = (known * 1_000).checked_div(all).unwrap_or(500);
    let limits = shares.checked_div(u32::try_from(lines.len()).unwrap_or(1)).unwrap_or(0);
    let fit = (does * 2 + terms.of().unwrap_or(0) + limits) / 4;
    let serves = lines.iter().find(|line| line.limit == Limit::Category).map_or(0, |line| line.share);
    let sure = lines.iter().all(|line| line.limit != Limit::Category || line.verdict != Verdict::Unknown);
    let violated = lines.iter().any(|line| line.verdict == Verdict::Gap);
    let band = if violated || does < DOES_MIN || (sure && serves < SERVES_MIN) || open > OPEN_MAX {
        Band::No
    } else if open > 0 || !sure {
        Band::Ask
    } else if fit >= 850 {
        Band::Strong
    } else {
        Band::Possible
    };
    let small = |value: u32| u16::try_from(value).unwrap_or(1_000);
    Judged { fit: small(fit), certainty: small(certainty), band }
}

/// A weighed mean.
#[derive(Default)]
struct Share {
    met: u32,
    all: u32,
}

impl Share {
    fn add(&mut self, weight: u32, closeness: u16) {
        self.met += weight * u32::from(closeness) / 1_000;
        self.all += weight;
    }

    fn of(&self) -> Option<u32> {
        (self.met * 1_000).checked_div(self.all)
    }
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
