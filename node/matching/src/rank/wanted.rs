//! What a need asks for, weighed: its terms, and how close every concept of the market comes to each.
use super::{
    grams::{Letters, rarity},
    score::Offered,
};
use crate::{
    category::Category,
    record::{Facts, Origin, Term},
    vocabulary::{Concept, Kind, Relation, Vocabulary},
};
use alloc::vec::Vec;

/// A need, prepared for one market.
#[derive(Debug)]
pub struct Wanted {
    pub(crate) facts: Facts,
    pub(super) letters: Letters,
    pub(crate) asked: Vec<Asked>,
}

/// A term of a need.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) concept: Concept,
    /// Whether the need is about it, not only around it.
    pub(crate) core: bool,
    /// Whether it is work that the need plainly names.
    pub(super) work: bool,
    /// What it counts, relative to the others.
    pub(crate) weight: u32,
    /// For each concept of the market, how close it comes in thousandths, and whether it is a false friend.
    pub(super) closeness: Vec<u16>,
}

/// How a term is spread among the adverts of a market.
pub(super) struct Spread {
    /// How rare it is, in thousandths.
    pub(super) rarity: u32,
    /// Whether most adverts name it.
    pub(super) usual: bool,
    /// Whether nearly every advert names it.
    pub(super) everywhere: bool,
}

/// How strong a step from a machine or a trouble to its work is at best.
const LEADS_BEST: u16 = 800;

/// In a row of closeness: said not to be the same.
pub(super) const FALSE_FRIEND: u16 = u16::MAX;

impl Wanted {
    pub(super) fn new<'a>(
        vocabulary: &Vocabulary,
        facts: Facts,
        letters: Letters,
        concepts: &[Concept],
        adverts: impl Iterator<Item = &'a Offered> + Clone,
    ) -> Wanted {
        let all = adverts.clone().count();
        let spread = |closeness: &[u16]| {
            let have = adverts.clone().filter(|offered| offered.closest(closeness).0 >= 900).count();
            Spread { rarity: rarity(have, all), usual: have * 2 > all, everywhere: is_everywhere(have, all) }
        };
        Wanted::weighed(vocabulary, facts, letters, concepts, spread)
    }

    /// `spread` says how a term is spread among adverts, from how close each concept comes to it.
    pub(super) fn weighed(
        vocabulary: &Vocabulary,
        facts: Facts,
        letters: Letters,
        concepts: &[Concept],
        spread: impl Fn(&[u16]) -> Spread,
    ) -> Wanted {
        let said = |term: &&Term| !implied(vocabulary, term, &facts.terms) && !only_sort(vocabulary, term.concept);
        let terms = facts.terms.iter().filter(said);
        let asked = terms.map(|term| {
            let row = |offered: &Concept| match vocabulary.relation(term.concept, *offered) {
                Relation::Not => FALSE_FRIEND,
                // What is made says little of how: a shaft is turned, ground, hardened and plated.
                Relation::Leads(strength) if !made(vocabulary, term.concept) && made(vocabulary, *offered) => {
                    strength.0 / 2
                }
                // A furnace leads to heat treating, but not every furnace to every treatment: each step costs twice.
                Relation::Leads(strength) => strength.0.saturating_sub(2 * LEADS_BEST.saturating_sub(strength.0)),
                relation => relation.closeness().0,
            };
            let closeness: Vec<u16> = concepts.iter().map(row).collect();
            let Spread { rarity, usual, everywhere } = spread(&closeness);
            let weight = rarity * kind_weight(term.kind, &facts) / 1_000 * origin_weight(term.origin) / 1_000;
            let core = core(term.kind, &facts) && !everywhere;
            // What most adverts name is no work that tells one from another.
            let work = is_work(term) && !usual;
            Asked { concept: term.concept, core, work, weight: weight.max(1), closeness }
        });
        let asked = asked.collect();
        Wanted { facts, letters, asked }
    }

    /// A term of the need by its place.
    pub(crate) fn asked(&self, at: usize) -> Option<Concept> {
        self.asked.get(at).map(|asked| asked.concept)
    }

    /// What was read from the need.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
}

/// Whether nearly every advert of a market names it: then it tells none from another, whatever a pack calls it.
fn is_everywhere(have: usize, all: usize) -> bool {
    all >= 20 && have * 10 > all * 9
}

fn made(vocabulary: &Vocabulary, concept: Concept) -> bool {
    vocabulary.kind(concept) == Kind::Part
}

/// Whether a concept only says what sort of thing is wanted, which the category says.
fn only_sort(vocabulary: &Vocabulary, concept: Concept) -> bool {
    const SORTS: [&str; 11] = [
        "machine",
        "service",
        "lab",
        "person",
        "expertise",
        "training",
        "space",
        "equipment",
        "certification",
        "material",
        "metal",
    ];
    SORTS.contains(&vocabulary.id(concept))
}

/// Whether another term of the need says more precisely what this one says.
fn implied(vocabulary: &Vocabulary, term: &Term, terms: &[Term]) -> bool {
    terms.iter().any(|other| {
        other.concept != term.concept
            && other.origin >= Origin::Read
            && vocabulary.is(other.concept, term.concept)
            && other.kind == term.kind
    })
}

fn origin_weight(origin: Origin) -> u32 {
    match origin {
        Origin::Given | Origin::Read => 1_000,
        Origin::Guessed => 400,
    }
}

/// What a kind of word says of a need: its work first, then who and where, then what it is made of and for whom.
fn kind_weight(kind: Kind, facts: &Facts) -> u32 {
    let about = facts.category.map(|stated| stated.value);
    match kind {
        Kind::Act | Kind::Machine | Kind::Role | Kind::Program => 1_000,
        Kind::Skill | Kind::Symptom | Kind::Place => 900,
        Kind::Credential | Kind::Ticket if about == Some(Category::Certification) => 1_000,
        Kind::Ticket => 800,
        Kind::Credential => 600,
        // A weldment to be painted is no call for a welder.
        Kind::Part if names_work(facts) => 200,
        Kind::Part => 500,
        Kind::Material => 450,
        Kind::Document => 400,
        Kind::Sector => 350,
        Kind::Property => 350,
        Kind::Frame => 250,
    }
}

/// Whether a term is work that is plainly named.
pub(super) fn is_work(term: &Term) -> bool {
    term.kind == Kind::Act && term.origin >= Origin::Read
}

fn names_work(facts: &Facts) -> bool {
    let work = |term: &Term| matches!(term.kind, Kind::Act | Kind::Machine) && term.origin >= Origin::Read;
    facts.terms.iter().any(work)
}

fn core(kind: Kind, facts: &Facts) -> bool {
    let about = facts.category.map(|stated| stated.value);
    match kind {
        Kind::Act
        | Kind::Machine
        | Kind::Role
        | Kind::Program
        | Kind::Skill
        | Kind::Symptom
        | Kind::Place
        | Kind::Ticket => true,
        Kind::Credential => matches!(about, Some(Category::Certification | Category::Expertise | Category::Training)),
        _ => false,
    }
}
