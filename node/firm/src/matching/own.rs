//! Requirements that only firms state, beside those of the engine: an operator, where the work is done, languages, and money.
//!
//! Money has no line on any page: a floor or ceiling is private, not every role may read it, and nobody outside may find it
//! out. So it is compared in bands alone, hours too. Enough questions would still cut the bands of one against those of the other, and
//! so the rate itself counts as a step of a quarter: whoever asks for ever learns the step that it lies in, and no more.

use super::claims::{Amount, Claims};
use super::report::{Requirement, Shown, Verdict};
use alloc::vec::Vec;
use protocol::dialogue::{Field, Value};
use protocol::money::{Currency, Money};
use protocol::vocabulary::{HoursBand, Presence, ResourceClass, ValueBand};

/// One line for each of them that the needing side states.
pub(super) fn requirements(needed: &Claims, offered: &Claims) -> impl Iterator<Item = Requirement> {
    [operator(needed, offered), presence(needed, offered), languages(needed, offered)].into_iter().flatten()
}

fn line(field: Field, needed: Shown, offered: Shown, verdict: Verdict) -> Requirement {
    Requirement { field, needed, offered, verdict, points: 0, near: None }
}

fn operator(needed: &Claims, offered: &Claims) -> Option<Requirement> {
    let asked = needed.operator.filter(|asked| *asked)?;
    let verdict = match offered.operator {
        Some(true) => Verdict::Match,
        Some(false) => Verdict::Gap,
        // Who offers hours or knowledge of a person is that person.
        None if !matches!(offered.class, Some(ResourceClass::Machine) | None) => return None,
        None => Verdict::Unknown,
    };
    let shown = |said: Option<bool>| said.map_or(Shown::Nothing, |said| Shown::Exactly(Value::Flag(said)));
    Some(line(Field::Operator, shown(Some(asked)), shown(offered.operator), verdict))
}

fn presence(needed: &Claims, offered: &Claims) -> Option<Requirement> {
    let asked = needed.presence?;
    let verdict = match (asked, offered.presence) {
        (Presence::Either, _) | (_, Some(Presence::Either)) => Verdict::Match,
        (asked, Some(given)) if asked == given => Verdict::Match,
        (_, Some(_)) => Verdict::Gap,
        (_, None) => Verdict::Unknown,
    };
    let shown = |said: Option<Presence>| said.map_or(Shown::Nothing, |said| Shown::Exactly(Value::Presence(said)));
    Some(line(Field::Presence, shown(Some(asked)), shown(offered.presence), verdict))
}

/// One common language is enough.
fn languages(needed: &Claims, offered: &Claims) -> Option<Requirement> {
    if needed.languages.is_empty() {
        return None;
    }
    let verdict = if offered.languages.is_empty() {
        Verdict::Unknown
    } else if needed.languages.iter().any(|language| offered.languages.contains(language)) {
        Verdict::Match
    } else {
        Verdict::Gap
    };
    let shown = |claims: &Claims| match claims.languages.as_slice() {
        [] => Shown::Nothing,
        spoken => Shown::Exactly(Value::Languages(sorted(spoken))),
    };
    Some(line(Field::Languages, shown(needed), shown(offered), verdict))
}

pub(super) fn sorted<T: Clone + Ord>(list: &[T]) -> Vec<T> {
    let mut list = list.to_vec();
    list.sort();
    list.dedup();
    list
}

/// Whether no rate that the other side's band of worth allows meets our floor (of an offer) or ceiling (of a need).
pub(super) fn priced_out(needed: &Claims, offered: &Claims) -> bool {
    let (Some(hours), of) = (needed.hours.map(banded), |limit: Option<Money>| limit.filter(in_cad)) else {
        return false;
    };
    let too_little = of(offered.limit).zip(needed.value).is_some_and(|(floor, worth)| {
        let most = worth_cad(worth).1;
        let floor = step_below(floor.minor);
        most.is_some_and(|most| u64::from(most) * 100 < floor.saturating_mul(u64::from(hours.lower_hours())))
    });
    let too_much = of(needed.limit).zip(offered.value).is_some_and(|(ceiling, worth)| {
        let most_hours = hours.upper_hours();
        let ceiling = step_above(ceiling.minor);
        most_hours.is_some_and(|most| u64::from(worth_cad(worth).0) * 100 > ceiling.saturating_mul(u64::from(most)))
    });
    too_little || too_much
}

fn in_cad(limit: &Money) -> bool {
    limit.currency == Currency::Cad
}

/// The steps of a decade of rates: the preferred numbers R10 (ISO 3), each about a quarter above the one before.
const STEPS: [u64; 10] = [100, 125, 160, 200, 250, 315, 400, 500, 630, 800];

/// All steps, in cents: from a dollar to a hundred thousand.
fn steps() -> impl DoubleEndedIterator<Item = u64> {
    [1, 10, 100, 1_000, 10_000].into_iter().flat_map(|decade| STEPS.map(|step| step * decade))
}

/// The step at or below a rate: a floor asks for no more than it is.
fn step_below(minor: u64) -> u64 {
    steps().rev().find(|step| *step <= minor).unwrap_or(0)
}

/// The step at or above a rate: a ceiling pays no less than it is.
fn step_above(minor: u64) -> u64 {
    steps().find(|step| *step >= minor).unwrap_or(u64::MAX)
}

/// The band of hours, also where the other side told them exactly: whoever varies the hours learns a band.
fn banded(hours: Amount) -> HoursBand {
    HoursBand::of_hours(hours.low())
}

/// The ends of a band of worth, dollars.
fn worth_cad(band: ValueBand) -> (u32, Option<u32>) {
    match band {
        ValueBand::Upto2k => (0, Some(2_000)),
        ValueBand::Upto5k => (2_000, Some(5_000)),
        ValueBand::Upto10k => (5_000, Some(10_000)),
        ValueBand::Upto25k => (10_000, Some(25_000)),
        ValueBand::Upto100k => (25_000, Some(100_000)),
        ValueBand::Over100k => (100_000, None),
    }
}
