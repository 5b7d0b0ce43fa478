//! Saying less: one thing at a time, and the least that helps.

use super::{Ground, PLENTY};
use alloc::string::{String, ToString};
use alloc::{collections::BTreeSet, format, vec::Vec};
use core::{fmt, str::FromStr};
use protocol::census::{FEWEST, K, Tuple};
use protocol::dialogue::Field;
use protocol::facts::{Facts, Side};
use protocol::place::Cell;
use protocol::vocabulary::{Credential, Material, ToleranceBand};
use serde::{Deserialize, Serialize};

/// One thing that can be left out or said more coarsely. Ordered by how much it costs a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Coarsening {
    /// Leave the text out.
    Text,
    /// Say the larger area.
    WiderArea,
    /// Leave the size out.
    Envelope,
    /// Say the next wider tolerance. Of an offer: a need that said a wider one would ask for something else.
    WiderTolerance,
    /// Leave the tolerance out.
    Tolerance,
    /// Leave one credential out.
    Credential(Credential),
    /// Leave one material out.
    Material(Material),
    /// Leave the area out.
    Area,
}

/// Not the text of a [`Coarsening`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "write one of text, wider-area, area, envelope, wider-tolerance, tolerance, credential:CODE, material:CODE (for example \
     material:titanium)"
)]
pub struct UnknownCoarsening;

impl Coarsening {
    /// Which field it is about.
    pub fn field(self) -> Field {
        match self {
            Coarsening::Text => Field::Experience,
            Coarsening::WiderArea | Coarsening::Area => Field::Area,
            Coarsening::Envelope => Field::Envelope,
            Coarsening::WiderTolerance | Coarsening::Tolerance => Field::Tolerance,
            Coarsening::Credential(_) => Field::Credentials,
            Coarsening::Material(_) => Field::Materials,
        }
    }

    /// The facts with this left out; `None` when there is nothing to leave out.
    pub fn of(self, facts: &Facts) -> Option<Facts> {
        let mut less = facts.clone();
        match self {
            Coarsening::Text => less.text = None,
            Coarsening::WiderArea => less.area = less.area.map(Cell::coarser),
            Coarsening::Area => less.area = None,
            Coarsening::Envelope => less.envelope = None,
            Coarsening::WiderTolerance => less.tolerance = wider(facts).or(facts.tolerance),
            Coarsening::Tolerance => less.tolerance = None,
            Coarsening::Credential(one) => less.credentials.retain(|held| *held != one),
            Coarsening::Material(one) => less.materials.retain(|held| *held != one),
        }
        (less != *facts).then_some(less)
    }

    /// What it costs a match, roughly: a firm that says less is found by more that does not fit.
    fn cost(self) -> u32 {
        match self {
            Coarsening::Text => 1,
            Coarsening::WiderArea | Coarsening::Envelope | Coarsening::WiderTolerance => 2,
            Coarsening::Tolerance => 3,
            Coarsening::Credential(_) | Coarsening::Material(_) => 4,
            Coarsening::Area => 5,
        }
    }
}

/// The next wider band that an offer may say.
fn wider(facts: &Facts) -> Option<ToleranceBand> {
    let said = facts.tolerance.filter(|_| facts.side == Side::Offer)?;
    ToleranceBand::ALL.iter().copied().find(|band| *band > said)
}

impl fmt::Display for Coarsening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Coarsening::Text => f.write_str("text"),
            Coarsening::WiderArea => f.write_str("wider-area"),
            Coarsening::Area => f.write_str("area"),
            Coarsening::Envelope => f.write_str("envelope"),
            Coarsening::WiderTolerance => f.write_str("wider-tolerance"),
            Coarsening::Tolerance => f.write_str("tolerance"),
            Coarsening::Credential(one) => write!(f, "credential:{one}"),
            Coarsening::Material(one) => write!(f, "material:{one}"),
        }
    }
}

impl FromStr for Coarsening {
    type Err = UnknownCoarsening;
    fn from_str(text: &str) -> Result<Self, UnknownCoarsening> {
        match text.split_once(':') {
            Some(("credential", one)) => one.parse().map(Coarsening::Credential).map_err(|_| UnknownCoarsening),
            Some(("material", one)) => one.parse().map(Coarsening::Material).map_err(|_| UnknownCoarsening),
            _ => SIMPLE.into_iter().find(|one| one.to_string() == text).ok_or(UnknownCoarsening),
        }
    }
}

impl TryFrom<String> for Coarsening {
    type Error = UnknownCoarsening;
    fn try_from(text: String) -> Result<Self, UnknownCoarsening> {
        text.parse()
    }
}

impl From<Coarsening> for String {
    fn from(one: Coarsening) -> String {
        format!("{one}")
    }
}

const SIMPLE: [Coarsening; 6] = [
    Coarsening::Text,
    Coarsening::WiderArea,
    Coarsening::Envelope,
    Coarsening::WiderTolerance,
    Coarsening::Tolerance,
    Coarsening::Area,
];

/// What leaving one thing out comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gain {
    /// What.
    pub step: Coarsening,
    /// How many firms it could then be.
    pub k: K,
}

/// What to leave out at least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// In this order.
    pub steps: Vec<Coarsening>,
    /// How many firms it could then be.
    pub k: K,
}

/// What could be done about a small crowd (`CMP-5`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// Each thing that could be left out by itself.
    pub gains: Vec<Gain>,
    /// The least that reaches 5; `None` when it is reached already, or cannot be.
    pub to_5: Option<Proposal>,
    /// The least that reaches 10.
    pub to_10: Option<Proposal>,
}

/// What could be left out, and what that comes to.
pub fn advise(ground: &Ground<'_>, facts: &Facts) -> Advice {
    let k = ground.k(facts);
    let reach = |firms| if k.reaches(firms) { None } else { least(ground, facts, firms) };
    Advice { gains: gains(ground, facts), to_5: reach(FEWEST), to_10: reach(PLENTY) }
}

fn gains(ground: &Ground<'_>, facts: &Facts) -> Vec<Gain> {
    let credentials = facts.credentials.iter().copied().map(Coarsening::Credential);
    let materials = facts.materials.iter().copied().map(Coarsening::Material);
    let mut steps: Vec<Coarsening> = SIMPLE.into_iter().chain(credentials).chain(materials).collect();
    steps.sort();
    steps.into_iter().filter_map(|step| Some(Gain { step, k: ground.k(&step.of(facts)?) })).collect()
}

/// The field whose leaving out gains most; where none alone gains anything, the first of the least that helps; where nothing
/// helps, the process itself.
pub(super) fn singles_out(ground: &Ground<'_>, facts: &Facts, k: K) -> Field {
    let better = gains(ground, facts).into_iter().filter(|gain| gain.k > k);
    let most = better.reduce(|most, next| if next.k > most.k { next } else { most });
    let together = || {
        let proposal = least(ground, facts, PLENTY).or_else(|| least(ground, facts, FEWEST))?;
        proposal.steps.first().copied()
    };
    most.map(|gain| gain.step).or_else(together).map_or(Field::Process, Coarsening::field)
}

/// The cheapest way to leave things out so that k reaches `firms`. Each row of the census says what would have to go for it
/// to count, and at how large an area, so nothing else needs to be tried.
fn least(ground: &Ground<'_>, facts: &Facts, firms: u32) -> Option<Proposal> {
    let rows = ground.census?.rows.iter();
    let mut tried: BTreeSet<Vec<Coarsening>> = BTreeSet::new();
    let mut best: Option<(u32, Proposal)> = None;
    for ways in rows.map(|row| ways_to(&row.tuple, facts)) {
        for steps in ways {
            let cost = steps.iter().map(|step| step.cost()).sum();
            let dearer = best.as_ref().is_some_and(|(least, _)| cost >= *least);
            if dearer || !tried.insert(steps.clone()) {
                continue;
            }
            let Some(less) = steps.iter().try_fold(facts.clone(), |facts, step| step.of(&facts)) else { continue };
            let k = ground.k(&less);
            if k.reaches(firms) {
                best = Some((cost, Proposal { steps, k }));
            }
        }
    }
    best.map(|(_, proposal)| proposal)
}

/// What must be left out for a row to count, for each area that could be said.
fn ways_to(row: &Tuple, facts: &Facts) -> Vec<Vec<Coarsening>> {
    let mut steps: Vec<Coarsening> = Vec::new();
    if facts.envelope.is_some_and(|said| row.envelope.is_none_or(|own| own < said)) {
        steps.push(Coarsening::Envelope);
    }
    if let Some(said) = facts.tolerance {
        match row.tolerance {
            Some(own) if own <= said => {}
            Some(own) if facts.side == Side::Offer => {
                let between = ToleranceBand::ALL.iter().filter(|band| **band > said && **band <= own);
                steps.extend(between.map(|_| Coarsening::WiderTolerance));
            }
            _ => steps.push(Coarsening::Tolerance),
        }
    }
    let credentials = facts.credentials.iter().filter(|one| !row.credentials.contains(one));
    steps.extend(credentials.copied().map(Coarsening::Credential));
    let materials = facts.materials.iter().filter(|one| !row.materials.contains(one));
    steps.extend(materials.copied().map(Coarsening::Material));
    let areas: [&[Coarsening]; 3] = [&[], &[Coarsening::WiderArea], &[Coarsening::Area]];
    let ways = areas.into_iter().map(|area| area.iter().chain(&steps).copied().collect::<Vec<_>>());
    ways.filter(|way| {
        let less = way.iter().try_fold(facts.clone(), |facts, step| step.of(&facts));
        less.is_some_and(|less| row.covers(&Tuple::of(&less)))
    })
    .collect()
}
