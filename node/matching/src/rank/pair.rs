//! One need beside one advert, for who hears adverts one by one.
//!
//! - `FIT-7` What a pair comes to depends on the pair alone: no term is rarer than another, so that nobody moves a match by
//!   flooding the market, and the same pair comes to the same on every day and every node. Who writes no text, or another one
//!   of the same work, is not punished for it: the work that both name stands for it.
use super::{
    accept::{self, Band},
    grams::{Letters, grams},
    score::{Offered, Part, is_other_work, parts},
    wanted::{Spread, Wanted},
};
use crate::{
    day::Window,
    limits::Line,
    number::Number,
    record::{Facts, Measure, Stated},
    vocabulary::{Concept, Vocabulary},
};
use alloc::vec::Vec;

/// What every term and every group of letters is taken to be worth: about what one of fifty adverts has.
const RARE: u32 = 1_400;

/// How alike the texts of two sides that name the same work are taken to be at least, in thousandths: about the middle of the
/// pairs that serve in the public cases.
const UNWRITTEN: u32 = 160;

/// One side of a pair: its facts, and the text that they were read from.
#[derive(Clone, Debug)]
pub struct Prepared {
    facts: Facts,
    letters: Letters,
}

/// A pair, with the parts that sum to its score.
#[derive(Clone, Debug)]
pub struct Paired {
    /// The sum of the points, in millionths.
    pub score: u32,
    /// How well what is said fits, in thousandths.
    pub fit: u16,
    /// What a person would do with it.
    pub band: Band,
    /// Terms of the need.
    pub terms: Vec<TermPart>,
    /// Each limit, in the order in which they were judged, and its millionths.
    pub limits: Vec<(Line, u32)>,
    /// Millionths for letters that both texts share, or for the work that stands for them.
    pub letters: u32,
}

/// A term of the need and what comes closest to it.
#[derive(Clone, Copy, Debug)]
pub struct TermPart {
    /// What is asked for.
    pub needed: Concept,
    /// What is offered that comes closest; nothing if nothing does.
    pub offered: Option<Concept>,
    /// How close, in thousandths.
    pub closeness: u16,
    /// Millionths.
    pub points: u32,
}

impl Prepared {
    /// Facts, and the text that some of them were read from; it may be empty.
    #[must_use]
    pub fn new(facts: Facts, text: &str) -> Prepared {
        let letters = Letters::new(&grams(text), |_| RARE);
        Prepared { facts, letters }
    }

    /// The same with other days.
    #[must_use]
    pub fn with_window(mut self, window: Option<Stated<Window>>) -> Prepared {
        self.facts.window = window;
        self
    }

    /// The same with a capacity, in the place of what a text said of it.
    #[must_use]
    pub fn with_capacity(mut self, measure: Measure, stated: Stated<Number>) -> Prepared {
        self.facts.capacities.retain(|(own, _)| *own != measure);
        self.facts.capacities.push((measure, stated));
        self.facts.capacities.sort_by_key(|(own, _)| *own);
        self
    }

    /// The facts.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
}

/// What a need and an advert come to, once their limits have been judged.
#[must_use]
pub fn pair(vocabulary: &Vocabulary, need: &Prepared, advert: &Prepared, lines: &[Line]) -> Paired {
    let concepts: Vec<Concept> = advert.facts.terms.iter().map(|term| term.concept).collect();
    let offered = Offered::new(&advert.facts, &concepts);
    let spread = |_: &[u16]| Spread { rarity: RARE, usual: false, everywhere: false };
    let wanted = Wanted::weighed(vocabulary, need.facts.clone(), Letters::default(), &concepts, spread);
    let parts = parts(&wanted, &offered, lines, need.letters.likeness(&advert.letters), UNWRITTEN);
    let other_work = is_other_work(&wanted, &offered, &parts);
    let judged = accept::judged(&wanted.facts, &parts, lines, other_work);
    let mut paired = Paired {
        score: parts.iter().map(Part::points).sum(),
        fit: judged.fit,
        band: judged.band,
        terms: Vec::new(),
        limits: Vec::new(),
        letters: 0,
    };
    for part in parts {
        match part {
            Part::Term { asked, offered, closeness, points } => {
                let Some(needed) = wanted.asked(asked) else { continue };
                let offered = concepts.get(offered).copied().filter(|_| closeness > 0);
                paired.terms.push(TermPart { needed, offered, closeness, points });
            }
            Part::Limit { line, points } => paired.limits.push((line, points)),
            Part::Letters { points, .. } => paired.letters = points,
        }
    }
    paired
}
