//! Which row of a page says what: everything that a limit can compare, in an order that follows from the vocabulary alone.
//!
//! What follows from a concept is worked out once: which needed materials it covers, which certificates and skills it is or
//! implies. An advert sets the rows of all of them, so that a need reads one.
use super::amounts::{SLICE_BITS, SLICES};
use crate::{
    day::Window,
    limits::{Cover, covers},
    record::Named,
    vocabulary::{Concept, Kind, Vocabulary},
};
use alloc::{boxed::Box, collections::BTreeMap, sync::Arc, vec::Vec};
use once_cell::race::OnceBox;

/// A row of a page.
pub(super) type Row = u16;

/// Whether a slot is taken.
pub(super) const LIVE: Row = 0;
/// The window is not said, or only guessed.
pub(super) const NO_WINDOW: Row = 1;
/// Hours are said plainly, in a window that is.
pub(super) const HOURS: Row = 2;
/// The first of the rows whose meaning each side gives itself.
pub(super) const FLAGS: Row = 3;
pub(super) const FLAG_ROWS: Row = 30;
/// A window sets one bit for each week it touches; after so many weeks they come round.
const WEEKS: Row = 64;
/// Windows less than so many days apart do not come round to each other.
pub(super) const DAYS_APART: i32 = 63 * 7;
const FIRST_WEEK: Row = FLAGS + FLAG_ROWS;
/// Names that the vocabulary does not know share so many rows by their hash.
const CODES: Row = 32;
const FIRST_CODE: Row = FIRST_WEEK + WEEKS;
const FIRST_SLICE: Row = FIRST_CODE + CODES;
const FIRST_CONCEPT: Row = FIRST_SLICE + SLICES * SLICE_BITS;

/// What follows from naming a concept.
#[derive(Debug, Default)]
pub(super) struct Facet {
    /// Its own row as a material, certificate or skill that is needed.
    pub(super) material: Option<Row>,
    pub(super) credential: Option<Row>,
    pub(super) skill: Option<Row>,
    /// Materials that it covers at least in doubt, certificates and skills that it is or implies.
    pub(super) covers: Vec<Row>,
    pub(super) holds: Vec<Row>,
    pub(super) does: Vec<Row>,
    /// Its own row as a family that may hold the certificate that is asked for, and those of the families above it.
    pub(super) family: Option<Row>,
    pub(super) families: Vec<Row>,
    /// Rows that it shares with certificates, or programs, of one family and kind: who has one of them has not another.
    pub(super) kin: Vec<Row>,
    pub(super) rivals: Vec<Row>,
}

/// A concept of another vocabulary names nothing here.
static NOTHING: Facet = Facet {
    material: None,
    credential: None,
    skill: None,
    covers: Vec::new(),
    holds: Vec::new(),
    does: Vec::new(),
    family: None,
    families: Vec::new(),
    kin: Vec::new(),
    rivals: Vec::new(),
};

/// The rows of every page, and what each concept of a vocabulary sets and asks.
#[derive(Debug)]
pub struct Facets {
    vocabulary: Arc<Vocabulary>,
    rows: Row,
    facets: Vec<Facet>,
    /// Certificates by the row of a family above them and of their kin, programs by that of their rivals.
    below: BTreeMap<Row, Vec<Row>>,
    /// Certificates whose absence some rule makes good (`LIM-8`): whoever lacks one is judged, never left out.
    openable: Vec<Row>,
}

/// Gives out rows one after the other.
struct Rows(Row);

impl Rows {
    fn next(&mut self) -> Row {
        let row = self.0;
        self.0 = self.0.saturating_add(1);
        row
    }
}

impl Facets {
    /// Of a vocabulary: tens of milliseconds of work, done once for the built-in one, which everybody of the process shares.
    #[must_use]
    pub fn of(vocabulary: &Arc<Vocabulary>) -> Arc<Facets> {
        static SHARED: OnceBox<Arc<Facets>> = OnceBox::new();
        if Arc::ptr_eq(vocabulary, Vocabulary::shared()) {
            return SHARED.get_or_init(|| Box::new(Arc::new(Facets::new(vocabulary)))).clone();
        }
        Arc::new(Facets::new(vocabulary))
    }

    fn new(vocabulary: &Arc<Vocabulary>) -> Facets {
        let mut rows = Rows(FIRST_CONCEPT);
        let own_rows = |concept: Concept| {
            let kind = vocabulary.kind(concept);
            Facet {
                material: (kind == Kind::Material).then(|| rows.next()),
                credential: certifies(kind).then(|| rows.next()),
                skill: matches!(kind, Kind::Program | Kind::Skill | Kind::Ticket).then(|| rows.next()),
                ..Facet::default()
            }
        };
        let facets: Vec<Facet> = vocabulary.concepts().map(own_rows).collect();
        let mut families: BTreeMap<Concept, Row> = BTreeMap::new();
        let mut kin: BTreeMap<(Concept, Kind), Row> = BTreeMap::new();
        for concept in vocabulary.concepts() {
            let kind = vocabulary.kind(concept);
            if certifies(kind) {
                let wide = above(vocabulary, concept);
                for family in wide.into_iter().filter(|family| vocabulary.parents(*family).next().is_some()) {
                    families.entry(family).or_insert_with(|| rows.next());
                }
            }
            if certifies(kind) || kind == Kind::Program {
                for parent in vocabulary.parents(concept) {
                    kin.entry((parent, kind)).or_insert_with(|| rows.next());
                }
            }
        }
        let mut all = Facets {
            vocabulary: vocabulary.clone(),
            rows: rows.0,
            facets,
            below: BTreeMap::new(),
            openable: Vec::new(),
        };
        for concept in vocabulary.concepts() {
            all.follow(concept, &families, &kin);
        }
        let opened = vocabulary.conditions().iter().map(|rule| rule.opens);
        all.openable = opened.filter_map(|concept| all.facet(concept).credential).collect();
        all
    }

    /// Works out what follows from a concept.
    fn follow(&mut self, concept: Concept, families: &BTreeMap<Concept, Row>, kin: &BTreeMap<(Concept, Kind), Row>) {
        let vocabulary = &self.vocabulary.clone();
        let kind = vocabulary.kind(concept);
        let covered =
            |wanted: Concept| covers(vocabulary, Named::Concept(wanted), Named::Concept(concept)) > Cover::None;
        let material = |wanted: Concept| self.facet(wanted).material.filter(|_| covered(wanted));
        let covers = vocabulary.concepts().filter_map(material).collect();
        let mut ups = vocabulary.implied(concept);
        ups.push(concept);
        let holds = ups.iter().filter_map(|up| self.facet(*up).credential).collect();
        let does = ups.iter().filter_map(|up| self.facet(*up).skill).collect();
        let above = above(vocabulary, concept);
        let families_above: Vec<Row> = above.iter().filter_map(|family| families.get(family).copied()).collect();
        let shared: Vec<Row> =
            vocabulary.parents(concept).filter_map(|parent| kin.get(&(parent, kind)).copied()).collect();
        let (kin, rivals) = if kind == Kind::Program { (Vec::new(), shared) } else { (shared, Vec::new()) };
        let own = self.facet(concept);
        let (credential, skill) = (own.credential, own.skill);
        for (row, above) in [(credential, &families_above), (credential, &kin), (skill, &rivals)] {
            for above in above {
                self.below.entry(*above).or_default().extend(row);
            }
        }
        if let Some(facet) = self.facets.get_mut(concept.place()) {
            let family = families.get(&concept).copied();
            let own = core::mem::take(facet);
            *facet = Facet { covers, holds, does, family, families: families_above, kin, rivals, ..own };
        }
    }

    /// What follows from a concept.
    pub(super) fn facet(&self, concept: Concept) -> &Facet {
        self.facets.get(concept.place()).unwrap_or(&NOTHING)
    }

    /// The certificates, or programs, that share a row of families, kin or rivals.
    pub(super) fn below(&self, above: Row) -> &[Row] {
        self.below.get(&above).map_or(&[], Vec::as_slice)
    }

    /// The certificates that some rule opens.
    pub(super) fn openable(&self) -> &[Row] {
        &self.openable
    }

    /// How many rows a page has.
    pub(super) fn rows(&self) -> usize {
        usize::from(self.rows)
    }

    pub(super) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }
}

fn certifies(kind: Kind) -> bool {
    matches!(kind, Kind::Credential | Kind::Ticket)
}

/// The families that a concept is a sort of, without what it implies.
fn above(vocabulary: &Vocabulary, concept: Concept) -> Vec<Concept> {
    let mut above: Vec<Concept> = vocabulary.parents(concept).collect();
    let mut at = 0;
    while let Some(family) = above.get(at).copied() {
        at += 1;
        let more: Vec<Concept> = vocabulary.parents(family).filter(|parent| !above.contains(parent)).collect();
        above.extend(more);
    }
    above
}

/// The row of a name that the vocabulary does not know; others may share it.
pub(super) fn code(hash: u32) -> Row {
    FIRST_CODE + Row::try_from(hash % u32::from(CODES)).unwrap_or(0)
}

/// The rows of the weeks that a window touches; a long one touches all.
pub(super) fn weeks(window: Window) -> impl Iterator<Item = Row> {
    let week = |day: i32| day.div_euclid(7);
    let last = week(window.to.0.saturating_sub(1));
    week_rows(week(window.from.0), if window.days() == 0 { i32::MIN } else { last })
}

/// The rows of the weeks that lie whole in a window.
pub(super) fn whole_weeks(window: Window) -> impl Iterator<Item = Row> {
    let first = window.from.0.saturating_add(6).div_euclid(7);
    week_rows(first, window.to.0.div_euclid(7).saturating_sub(1))
}

fn week_rows(first: i32, last: i32) -> impl Iterator<Item = Row> {
    let count = last.saturating_sub(first).saturating_add(1).clamp(0, i32::from(WEEKS));
    let row = move |at: i32| Row::try_from(first.wrapping_add(at).rem_euclid(i32::from(WEEKS))).unwrap_or(0);
    (0..count).map(move |at| FIRST_WEEK + row(at))
}

/// The rows that a level sets in a slice.
pub(super) fn bits(of: u16, level: u8) -> impl Iterator<Item = Row> {
    (0..SLICE_BITS).filter(move |bit| level >> bit & 1 == 1).map(move |bit| slice(of) + bit)
}

/// The first row of a slice.
pub(super) fn slice(slice: u16) -> Row {
    FIRST_SLICE + slice * SLICE_BITS
}
