//! Sizes, tolerances and capacities.
use super::{Limit, Line, Verdict, gap};
use crate::{
    number::Number,
    record::{Facts, Measure, Origin, Stated},
    vocabulary::Vocabulary,
};
use alloc::vec::Vec;

/// What is offered against what is needed, where more is better.
fn at_least(need: Stated<Number>, advert: Stated<Number>) -> Verdict {
    match advert.value.cmp(&need.value) {
        core::cmp::Ordering::Greater => Verdict::Exceeds,
        core::cmp::Ordering::Equal => Verdict::Match,
        core::cmp::Ordering::Less => gap(need.origin, advert.origin),
    }
}

fn at_most(need: Stated<Number>, advert: Stated<Number>) -> Verdict {
    match advert.value.cmp(&need.value) {
        core::cmp::Ordering::Less => Verdict::Exceeds,
        core::cmp::Ordering::Equal => Verdict::Match,
        core::cmp::Ordering::Greater => gap(need.origin, advert.origin),
    }
}

/// Envelope and tolerance (`LIM-4`).
pub(super) fn sizes(_: &Vocabulary, need: &Facts, advert: &Facts, lines: &mut Vec<Line>) {
    if let Some(wanted) = need.envelope {
        let verdict = match advert.envelope {
            Some(offered) => envelope(need, wanted, advert, offered),
            None => Verdict::Unknown,
        };
        lines.push(Line::new(Limit::Envelope, verdict));
    }
    if let Some(wanted) = need.tolerance {
        let verdict = advert.tolerance.map_or(Verdict::Unknown, |offered| at_most(wanted, offered));
        lines.push(Line::new(Limit::Tolerance, verdict));
    }
}

/// Sorted axes against sorted axes, as many as both sides say; the largest first.
fn envelope(need: &Facts, wanted: Stated<[Number; 3]>, advert: &Facts, offered: Stated<[Number; 3]>) -> Verdict {
    let axes = need.axes.min(advert.axes);
    let pairs = || wanted.value.iter().zip(&offered.value).take(axes);
    if pairs().any(|(wanted, offered)| wanted > offered) {
        return gap(wanted.origin, offered.origin);
    }
    if pairs().all(|(wanted, offered)| wanted == offered) { Verdict::Match } else { Verdict::Exceeds }
}

/// One line for each capacity that the need states.
pub(super) fn capacities(_: &Vocabulary, need: &Facts, advert: &Facts, lines: &mut Vec<Line>) {
    for (measure, wanted) in &need.capacities {
        let verdict = match offered(*measure, advert) {
            Some(offered) => capacity(*measure, *wanted, offered),
            None => Verdict::Unknown,
        };
        // What was guessed from a text and found nothing to compare with is no requirement.
        if wanted.origin > Origin::Guessed || verdict > Verdict::Unknown {
            lines.push(Line::new(Limit::Capacity(*measure), verdict));
        }
    }
}

/// The advert's own value, or one that measures the same.
pub(crate) fn offered(measure: Measure, advert: &Facts) -> Option<Stated<Number>> {
    let own = advert.capacity(measure);
    own.or_else(|| match measure {
        Measure::MassKg => {
            let crane = advert.capacity(Measure::CraneT)?;
            Some(Stated::new(crane.value.times(1_000, 1), crane.origin))
        }
        Measure::CraneT => {
            let mass = advert.capacity(Measure::MassKg)?;
            Some(Stated::new(mass.value.times(1, 1_000), mass.origin.min(Origin::Guessed)))
        }
        Measure::LengthMm => {
            let envelope = advert.envelope?;
            let [longest, ..] = envelope.value;
            Some(Stated::new(longest, envelope.origin))
        }
        Measure::AreaSqft => match advert.quantity {
            Some(stated) if stated.value.unit == crate::record::Unit::SquareFeet => {
                Some(Stated::new(stated.value.value, stated.origin))
            }
            _ => None,
        },
        _ => None,
    })
}

fn capacity(measure: Measure, wanted: Stated<Number>, offered: Stated<Number>) -> Verdict {
    match measure {
        Measure::CleanroomClass => at_most(wanted, offered),
        Measure::TemperatureC if wanted.value.0 < 0 => at_most(wanted, offered),
        // Short tons, tonnes and kilonewtons are mixed up in speech; a tenth apart is a question.
        Measure::ForceKn => match at_least(wanted, offered) {
            Verdict::Gap
                if offered.value.times(11, 10) >= wanted.value && wanted.origin.min(offered.origin) < Origin::Given =>
            {
                Verdict::Unknown
            }
            // The rounding of a conversion is no shortfall.
            Verdict::Gap if offered.value.times(1_005, 1_000) >= wanted.value => Verdict::Match,
            verdict => verdict,
        },
        _ => at_least(wanted, offered),
    }
}
