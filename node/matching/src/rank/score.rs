//! The parts of a score, counted once and for both purposes: the order of the list, and the reasons for it (`FIT-3`).
use super::wanted::{FALSE_FRIEND, Wanted, is_work};
use crate::{
    limits::{Limit, Line, Verdict, carried},
    record::{Facts, Origin, Term},
    vocabulary::{Concept, Kind},
};
use alloc::vec::Vec;

/// What each sort of part can give at most, in millionths. Letters and the limits that few adverts meet by chance say as much
/// as each other; terms by weight, and once more the core term that is met best, say half of that together, and so does the
/// category; limits that most meet say a third. How these were found stands in `protocol/decisions/0018`.
const LETTERS: u32 = 300_000;
const LIMITS: u32 = 300_000;
const TERMS: u32 = 100_000;
const BEST: u32 = 50_000;
const CATEGORY: u32 = 150_000;
const SOFT: u32 = 100_000;
/// Terms that weigh less than this in all do not say what a need is about; they give their part of it only.
const UNDERSTOOD: u32 = 2_000;
/// Fewer limits than this share what limits can give as if there were so many: one limit met says little.
const LIMITS_FEW: u32 = 4;
/// Two texts about one thing are rarely more alike than this, in thousandths.
pub(super) const LIKE: u32 = 400;

/// A reason and what it gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// A term of the need, by its place, met by a concept of the market, by its place.
    Term {
        /// Which term of the need.
        asked: usize,
        /// The advert's concept that comes closest.
        offered: usize,
        /// How close, in thousandths.
        closeness: u16,
        /// Millionths.
        points: u32,
    },
    /// A limit.
    Limit {
        /// The line.
        line: Line,
        /// Millionths.
        points: u32,
    },
    /// Letters that both texts share.
    Letters {
        /// How alike, in thousandths.
        likeness: u32,
        /// Millionths.
        points: u32,
    },
}

impl Part {
    /// Millionths of the score.
    #[must_use]
    pub fn points(&self) -> u32 {
        match self {
            Part::Term { points, .. } | Part::Limit { points, .. } | Part::Letters { points, .. } => *points,
        }
    }

    /// What came of the limit that it is about.
    pub(super) fn verdict(&self) -> Option<Verdict> {
        match self {
            Part::Limit { line, .. } => Some(line.verdict),
            Part::Term { .. } | Part::Letters { .. } => None,
        }
    }
}

/// What an advert names, as places among the market's concepts.
#[derive(Clone, Debug, Default)]
pub(super) struct Offered {
    terms: Vec<(u16, u16)>,
    /// What the closeness of each is worth, in thousandths: less with many words (`FIT-5`).
    worth: u32,
    /// What a material, certificate or skill that it names is worth likewise.
    claims_worth: u32,
    /// Whether it plainly names work.
    works: bool,
    /// What everything else is worth: as it stands, but for who names so much that nothing of it can be meant.
    whole: u32,
}

/// An advert may name so many things that it does, before they begin to share what they can give.
const FOCUSED: usize = 9;
/// And so many materials, certificates and skills.
const CLAIMS: usize = 12;

impl Offered {
    pub(super) fn new(facts: &Facts, concepts: &[Concept]) -> Offered {
        let place = |term: &Term| {
            let local = concepts.binary_search(&term.concept).ok()?;
            let sure: u16 = if term.origin == Origin::Guessed { 600 } else { 1_000 };
            Some((u16::try_from(local).ok()?, sure))
        };
        let terms: Vec<(u16, u16)> = facts.terms.iter().filter_map(place).collect();
        let busy =
            facts.terms.iter().filter(|term| matches!(term.kind, Kind::Act | Kind::Machine | Kind::Role | Kind::Skill));
        let busy = busy.count().max(FOCUSED);
        let share = |few: usize, many: usize| few * 1_000 / many.max(1);
        let claims = facts.materials.len() + facts.credentials.len() + facts.skills.len();
        let [worth, claims_worth] = [share(FOCUSED, busy), share(CLAIMS, claims.max(CLAIMS))];
        let thousandths = |share: usize| u32::try_from(share).unwrap_or(1_000);
        let (worth, claims_worth) = (thousandths(worth), thousandths(claims_worth));
        let works = facts.terms.iter().any(is_work);
        Offered { terms, worth, claims_worth, works, whole: (2 * worth.min(claims_worth)).min(1_000) }
    }

    /// The closest of its concepts by a row of closeness, and its place; whether only a false friend was found.
    pub(super) fn closest(&self, row: &[u16]) -> (u16, usize, bool) {
        let mut best = (0, 0);
        let mut friend = false;
        for (local, sure) in &self.terms {
            let at = usize::from(*local);
            match row.get(at).copied().unwrap_or(0) {
                FALSE_FRIEND => friend = true,
                closeness => {
                    let closeness = u16::try_from(u32::from(closeness) * u32::from(*sure) / 1_000).unwrap_or(0);
                    if closeness > best.0 {
                        best = (closeness, at);
                    }
                }
            }
        }
        (best.0, best.1, friend && best.0 < 600)
    }
}

/// The parts of one advert's score. `unwritten` is how alike, in thousandths, two texts are taken to be at least whose core term
/// is met in full, because nobody has to write one.
pub(super) fn parts(wanted: &Wanted, offered: &Offered, lines: &[Line], likeness: u32, unwritten: u32) -> Vec<Part> {
    let mut parts = Vec::with_capacity(wanted.asked.len() + lines.len() + 1);
    let weights: u32 = wanted.asked.iter().map(|asked| asked.weight).sum::<u32>().max(UNDERSTOOD);
    let part = |most: u32, of: u32, all: u32| {
        u32::try_from(u64::from(most) * u64::from(of) / u64::from(all.max(1))).unwrap_or(0)
    };
    let mut best: Option<(u16, usize)> = None;
    for (asked, term) in wanted.asked.iter().enumerate() {
        let (closeness, offered_at, friend) = offered.closest(&term.closeness);
        let closeness = if friend { 0 } else { closeness };
        if term.core && best.is_none_or(|(most, _)| closeness > most) {
            best = Some((closeness, asked));
        }
        let whole = part(TERMS, term.weight, weights);
        let points = part(part(whole, u32::from(closeness), 1_000), offered.worth, 1_000);
        parts.push(Part::Term { asked, offered: offered_at, closeness, points });
    }
    if let Some((closeness, at)) = best
        && let Some(Part::Term { points, .. }) = parts.get_mut(at)
    {
        *points += part(part(BEST, u32::from(closeness), 1_000), offered.worth, 1_000);
    }
    let count = |hard: bool| lines.iter().filter(|line| is_hard(line.limit) == Some(hard)).count();
    let few = |count: usize| u32::try_from(count).unwrap_or(u32::MAX).max(LIMITS_FEW);
    let (hard, soft) = (few(count(true)), few(count(false)));
    for line in lines {
        let most = match is_hard(line.limit) {
            None => CATEGORY,
            Some(true) => LIMITS / hard,
            Some(false) => SOFT / soft,
        };
        let worth = if is_claim(line.limit) { offered.claims_worth.min(offered.whole) } else { offered.whole };
        let points = part(part(most, u32::from(line.share), 1_000), worth, 1_000);
        parts.push(Part::Limit { line: *line, points });
    }
    let likeness = likeness.max(unwritten * best.map_or(0, |(closeness, _)| u32::from(closeness)) / 1_000);
    // Who names everything has every letter too.
    let likeness = likeness * offered.worth / 1_000;
    parts.push(Part::Letters { likeness, points: part(LETTERS, likeness.min(LIKE), LIKE) });
    parts
}

/// Below this, in thousandths, one work does not do another.
const DOES_MIN: u16 = 500;

/// Whether an advert plainly names work, and nothing that it names does any work that the need plainly names (`FIT-8`).
pub(super) fn is_other_work(wanted: &Wanted, offered: &Offered, parts: &[Part]) -> bool {
    let closeness = |part: &Part| match part {
        Part::Term { asked, closeness, .. } => wanted.asked.get(*asked).filter(|term| term.work).map(|_| *closeness),
        Part::Limit { .. } | Part::Letters { .. } => None,
    };
    offered.works && parts.iter().filter_map(closeness).max().is_some_and(|closest| closest < DOES_MIN)
}

/// The most, in millionths, that an advert can earn against a need: all of it, but for knowledge, which has no size, no capacity and no
/// grade. What limits give that such a need does not state, nobody fails to earn.
pub(super) fn reach(need: &Facts, lines: &[Line]) -> u32 {
    if !carried(need) {
        return LETTERS + LIMITS + TERMS + BEST + CATEGORY + SOFT;
    }
    let count = |hard: bool| lines.iter().filter(|line| is_hard(line.limit) == Some(hard)).count();
    let stated =
        |most: u32, hard: bool| most / LIMITS_FEW * u32::try_from(count(hard)).unwrap_or(LIMITS_FEW).min(LIMITS_FEW);
    LETTERS + TERMS + BEST + CATEGORY + stated(LIMITS, true) + stated(SOFT, false)
}

/// Whether a limit is met by naming something.
fn is_claim(limit: Limit) -> bool {
    matches!(limit, Limit::Material(_) | Limit::Skill(_) | Limit::Credential(_))
}

/// Whether a limit tells adverts apart, or is met by most; of the category neither.
fn is_hard(limit: Limit) -> Option<bool> {
    match limit {
        Limit::Category => None,
        Limit::Window | Limit::Distance | Limit::Quantity | Limit::Language | Limit::Denied | Limit::Presence => {
            Some(false)
        }
        Limit::Material(_) | Limit::Skill(_) | Limit::Credential(_) => Some(true),
        Limit::Envelope | Limit::Tolerance | Limit::Capacity(_) => Some(true),
    }
}
