//! Which adverts serve a need, best first, and which of them are worth a question to a person.
//!
//! - `FIT-3` The score of an advert is the sum of its parts, each with its reason: the terms of the need, the limits it states,
//!   the letters both texts share. Nothing else moves an advert in the list.
//! - `FIT-4` Order is total: plain adverts before conditional ones (`LIM-8`), then by score, then by the advert's id; the same
//!   adverts in another order give the same list.
//! - `FIT-5` Naming everything wins nothing: an advert's words share what they can give, and so do its claims; who names
//!   far too much is believed in nothing. Saying nothing never wins.
//! - `FIT-6` Accepted is only what violates no limit, does the work that the need is about, and leaves few questions open.
//!   Nothing is a normal answer.
//! - `FIT-8` Who plainly names work, and none that does any work which the need plainly names, offers other work. It costs as much as
//!   two open questions: a shop that says "milling" may turn as well, but somebody has to ask.
//!
//! ```text
//!   adverts ─▶ Market: facts, terms, letters, how rare each is       (once)
//!   need ────▶ Wanted: terms by weight, closeness to every concept    (once for each need)
//!   each advert: limits ─▶ removed, or parts ─▶ score, fit, certainty ─▶ band
//! ```
//!
//! Whole numbers throughout, so two nodes agree. What an attacker would try: an advert that lists the whole dictionary
//! (`FIT-5`), that copies needs it has seen (letters alone are three tenths of the score, and without work or limits too little
//! to be accepted), or that leaves out whatever could be
//! judged (`FIT-6`).
mod accept;
mod grams;
mod pair;
mod score;
mod wanted;

use crate::{
    case::Case,
    day::Day,
    index::{Facets, Index},
    limits::{Line, Verdict, judge},
    read::{Side, read},
    record::Facts,
    vocabulary::{Concept, Vocabulary},
};
pub use accept::Band;
use alloc::{collections::BTreeMap, string::String, sync::Arc, vec::Vec};
use core::cmp::Reverse;
use grams::{Letters, grams, rarity};
pub use pair::{Paired, Prepared, TermPart, pair};
pub use score::Part;
use score::{Offered, is_other_work, parts};
pub use wanted::Wanted;

/// The adverts that are compared, prepared.
#[derive(Debug)]
pub struct Market<'v> {
    vocabulary: &'v Vocabulary,
    today: Day,
    adverts: Vec<Advert>,
    /// Every concept that an advert names, sorted.
    concepts: Vec<Concept>,
    /// How many adverts have a group of letters.
    grams: BTreeMap<u32, u32>,
}

/// An advert, prepared.
#[derive(Debug)]
struct Advert {
    id: String,
    facts: Facts,
    offered: Offered,
    letters: Letters,
}

/// An advert as it serves a need.
#[derive(Clone, Debug)]
pub struct Ranked {
    /// Its place among the adverts of the market.
    pub advert: usize,
    /// The sum of its parts, in millionths.
    pub score: u32,
    /// How many limits are open: questions to the other side.
    pub open: u16,
    /// Whether it names other work than the need (`FIT-8`).
    pub other_work: bool,
    /// How well what is said fits, in thousandths.
    pub fit: u16,
    /// How much of what is required is known, in thousandths.
    pub certainty: u16,
    /// What a person would do with it.
    pub band: Band,
    /// Why: the parts of the score, as they were counted.
    pub parts: Vec<Part>,
}

impl Ranked {
    /// Whether it is worth a question to the other side as it stands. What needs a condition is not; its band says so.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.band > Band::Conditional
    }

    /// Whether a limit is met only by a condition, whatever else fits (`LIM-8`).
    #[must_use]
    pub fn is_conditional(&self) -> bool {
        self.parts.iter().any(|part| part.verdict() == Some(Verdict::Conditional))
    }
}

impl<'v> Market<'v> {
    /// Reads and prepares adverts. `today` dates what texts say of days.
    #[must_use]
    pub fn new(vocabulary: &'v Vocabulary, cases: &[Case], today: Day) -> Market<'v> {
        let mut adverts: Vec<(Advert, Vec<u32>)> = Vec::with_capacity(cases.len());
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        let mut concepts: Vec<Concept> = Vec::new();
        for case in cases {
            let facts = read(vocabulary, case, Side::Offer, today);
            concepts.extend(facts.terms.iter().map(|term| term.concept));
            let grams = grams(&case.text);
            for gram in &grams {
                *counts.entry(*gram).or_default() += 1;
            }
            let advert =
                Advert { id: case.id.clone(), facts, offered: Offered::default(), letters: Letters::default() };
            adverts.push((advert, grams));
        }
        concepts.sort_unstable();
        concepts.dedup();
        let mut market = Market { vocabulary, today, adverts: Vec::new(), concepts, grams: counts };
        market.adverts = adverts
            .into_iter()
            .map(|(mut advert, grams)| {
                advert.offered = Offered::new(&advert.facts, &market.concepts);
                advert.letters = market.letters(&grams, cases.len());
                advert
            })
            .collect();
        market
    }

    fn letters(&self, grams: &[u32], all: usize) -> Letters {
        Letters::new(grams, |gram| {
            let count = self.grams.get(&gram).copied().unwrap_or(0);
            rarity(usize::try_from(count).unwrap_or(usize::MAX), all)
        })
    }

    /// A need, prepared for this market.
    #[must_use]
    pub fn wanted(&self, need: &Case) -> Wanted {
        let facts = read(self.vocabulary, need, Side::Need, self.today);
        let letters = self.letters(&grams(&need.text), self.adverts.len());
        Wanted::new(self.vocabulary, facts, letters, &self.concepts, self.adverts.iter().map(|advert| &advert.offered))
    }

    /// The adverts that violate no limit and have something in common with the need, best first (`FIT-4`).
    #[must_use]
    pub fn rank(&self, wanted: &Wanted) -> Vec<Ranked> {
        self.list(wanted, 0..self.adverts.len())
    }

    /// The same list, where only what an index of this market finds is looked at ([`Market::index`]).
    #[must_use]
    pub fn rank_found(&self, wanted: &Wanted, index: &Index) -> Vec<Ranked> {
        let mut found = Vec::new();
        index.search(&index.plan(&wanted.facts), |hit| found.extend(usize::try_from(hit.key)));
        self.list(wanted, found.into_iter())
    }

    /// An index of the adverts by their places; none perishes.
    #[must_use]
    pub fn index(&self, facets: &Arc<Facets>) -> Index {
        let mut index = Index::new(facets, Side::Offer);
        for (key, advert) in (0..).zip(&self.adverts) {
            index.insert(&advert.facts, key, Day(i32::MAX));
        }
        index
    }

    fn list(&self, wanted: &Wanted, places: impl Iterator<Item = usize>) -> Vec<Ranked> {
        let mut lines = Vec::new();
        let mut ranked = Vec::new();
        for at in places {
            let Some(advert) = self.adverts.get(at) else { continue };
            if judge(self.vocabulary, &wanted.facts, &advert.facts, false, &mut lines)
                && let Some(found) = self.ranked(wanted, at, advert, &lines)
            {
                ranked.push(found);
            }
        }
        ranked.sort_by_cached_key(|found| (found.is_conditional(), Reverse(found.score), self.id(found)));
        accept::among(&mut ranked);
        ranked
    }

    /// One advert against a need, with every limit judged: the parts of its score and its lines. `None` if there is no such
    /// advert.
    #[must_use]
    pub fn compare(&self, wanted: &Wanted, advert: usize) -> Option<(Option<Ranked>, Vec<Line>)> {
        let found = self.adverts.get(advert)?;
        let mut lines = Vec::new();
        judge(self.vocabulary, &wanted.facts, &found.facts, true, &mut lines);
        Some((self.ranked(wanted, advert, found, &lines), lines))
    }

    fn ranked(&self, wanted: &Wanted, at: usize, advert: &Advert, lines: &[Line]) -> Option<Ranked> {
        let parts = parts(wanted, &advert.offered, lines, wanted.letters.likeness(&advert.letters), 0);
        let score: u32 = parts.iter().map(Part::points).sum();
        let other_work = is_other_work(wanted, &advert.offered, &parts);
        let judged = accept::judged(&wanted.facts, &parts, lines, other_work);
        (score > 0).then_some(Ranked {
            advert: at,
            score,
            open: judged.open,
            other_work,
            fit: judged.fit,
            certainty: judged.certainty,
            band: judged.band,
            parts,
        })
    }

    /// The id of a ranked advert.
    #[must_use]
    pub fn id(&self, ranked: &Ranked) -> &str {
        self.adverts.get(ranked.advert).map_or("", |advert| advert.id.as_str())
    }

    /// The place of an advert by its id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<usize> {
        self.adverts.iter().position(|advert| advert.id == id)
    }

    /// The facts of an advert.
    #[must_use]
    pub fn facts(&self, advert: usize) -> Option<&Facts> {
        self.adverts.get(advert).map(|advert| &advert.facts)
    }

    pub(crate) fn concept(&self, local: usize) -> Option<Concept> {
        self.concepts.get(local).copied()
    }

    pub(crate) fn vocabulary(&self) -> &'v Vocabulary {
        self.vocabulary
    }

    /// How many adverts it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.adverts.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.adverts.is_empty()
    }
}
