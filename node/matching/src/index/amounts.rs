//! Amounts as levels of a logarithmic scale, four to the octave, one slice of bits for each limit that compares them.
//!
//! What is offered serves if its level is higher than what is needed, does not if it is lower, and is judged if both are equal.
//! Who states nothing lies at zero, which nothing leaves out.
use crate::{
    limits::offered,
    number::Number,
    record::{Facts, Measure, Origin, Stated},
};

/// Bits of a level.
pub(super) const SLICE_BITS: u16 = 6;
/// The highest level.
const TOP: u8 = 62;
/// What no level reaches.
pub(super) const NEVER: u8 = TOP + 1;

/// How a limit compares amounts, and where its scale begins: the power of two, in millionths, below which all is one level.
#[derive(Clone, Copy, Debug)]
struct Scale {
    measure: Of,
    direction: Direction,
    lowest: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Of {
    Axis(usize),
    Tolerance,
    Capacity(Measure),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Direction {
    AtLeast,
    AtMost,
    /// Colder is more.
    Below,
}

const fn scale(measure: Of, direction: Direction, lowest: u32) -> Scale {
    Scale { measure, direction, lowest }
}

use Direction::{AtLeast, AtMost, Below};
use Of::{Axis, Capacity, Tolerance};

/// Every slice. Fifteen octaves from the lowest: 0.5 mm to 17 m for sizes, 0.06 µm to 2 mm for tolerances, 0.26 kN to 860 t.
const SCALES: [Scale; SCALES_LEN as usize] = [
    scale(Axis(0), AtLeast, 19),
    scale(Axis(1), AtLeast, 19),
    scale(Axis(2), AtLeast, 19),
    scale(Tolerance, AtMost, 6),
    scale(Capacity(Measure::ForceKn), AtLeast, 18),
    scale(Capacity(Measure::MassKg), AtLeast, 19),
    scale(Capacity(Measure::LengthMm), AtLeast, 20),
    scale(Capacity(Measure::DepthMm), AtLeast, 17),
    scale(Capacity(Measure::ThicknessMm), AtLeast, 17),
    scale(Capacity(Measure::TemperatureC), AtLeast, 22),
    scale(Capacity(Measure::TemperatureC), Below, 20),
    scale(Capacity(Measure::AreaSqft), AtLeast, 24),
    scale(Capacity(Measure::ClearHeightFt), AtLeast, 20),
    scale(Capacity(Measure::CraneT), AtLeast, 17),
    scale(Capacity(Measure::ShotG), AtLeast, 20),
    scale(Capacity(Measure::PalletPositions), AtLeast, 20),
    scale(Capacity(Measure::PowerHp), AtLeast, 19),
    scale(Capacity(Measure::PressurePsi), AtLeast, 20),
    scale(Capacity(Measure::CleanroomClass), AtMost, 19),
];

/// How many slices compare amounts.
const SCALES_LEN: u16 = 19;
/// The slice of the hours of a day: what an advert has over its window, what a need must find on one day to find enough.
pub(super) const HOURS_A_DAY: u16 = SCALES_LEN;
/// How many slices there are.
pub(super) const SLICES: u16 = SCALES_LEN + 1;
/// 59 seconds to 22 days, in millionths of an hour.
const HOURS_LOWEST: u32 = 14;

/// A level of a slice. Between `low` and `high` amounts are so nearly equal that they are judged; they differ for a force only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Level {
    pub(super) slice: u16,
    pub(super) low: u8,
    pub(super) high: u8,
}

impl Scale {
    /// How much an amount is worth in this direction, 1 to 62; more is never worth less.
    fn worth(&self, amount: Number) -> u8 {
        match self.direction {
            AtLeast => level(amount.0, self.lowest),
            AtMost => TOP + 1 - level(amount.0, self.lowest),
            Below => level(amount.0.saturating_neg(), self.lowest),
        }
    }
}

fn level(millionths: i64, lowest: u32) -> u8 {
    let Some(log) = millionths.checked_ilog2() else { return 1 };
    let quarters = if log >= 2 { (millionths >> (log - 2)) & 3 } else { 0 };
    let from_lowest = (i64::from(log) - i64::from(lowest)) * 4 + quarters + 2;
    u8::try_from(from_lowest.clamp(1, i64::from(TOP))).unwrap_or(1)
}

/// What an advert offers, a level for each amount that it states plainly. A force that is a tenth short may be a matter of units.
pub(super) fn offers(advert: &Facts) -> impl Iterator<Item = Level> {
    stated(move |of| match of {
        Axis(axis) => axis_of(advert, axis),
        Tolerance => advert.tolerance,
        Capacity(measure) => offered(measure, advert),
    })
    .map(|(slice, scale, amount)| {
        let high = scale.worth(amount);
        let nearly = u8::from(scale.measure == Capacity(Measure::ForceKn));
        Level { slice, low: high.saturating_sub(nearly).max(1), high }
    })
}

/// What a need asks.
pub(super) fn asks(need: &Facts) -> impl Iterator<Item = Level> {
    stated(move |of| match of {
        Axis(axis) => axis_of(need, axis),
        Tolerance => need.tolerance,
        Capacity(measure) => need.capacity(measure),
    })
    .filter(|(_, scale, amount)| match scale.measure {
        Capacity(Measure::TemperatureC) => (scale.direction == Below) == (amount.0 < 0),
        _ => true,
    })
    .map(|(slice, scale, amount)| {
        let high = scale.worth(amount);
        let nearly = scale.measure == Capacity(Measure::ForceKn);
        let low = if nearly { scale.worth(amount.times(10, 11)).min(high) } else { high };
        Level { slice, low, high }
    })
}

fn stated(amount: impl Fn(Of) -> Option<Stated<Number>>) -> impl Iterator<Item = (u16, Scale, Number)> {
    (0..).zip(SCALES).filter_map(move |(slice, scale)| {
        let plain = amount(scale.measure).filter(|stated| stated.origin > Origin::Guessed)?;
        Some((slice, scale, plain.value))
    })
}

/// One axis of an envelope, if it is said.
fn axis_of(facts: &Facts, axis: usize) -> Option<Stated<Number>> {
    let envelope = facts.envelope.filter(|_| axis < facts.axes)?;
    Some(Stated { value: *envelope.value.get(axis)?, origin: envelope.origin })
}

/// Whether a capacity is stated that no slice holds.
pub(super) fn others(facts: &Facts) -> bool {
    facts.capacities.iter().any(|(measure, _)| matches!(measure, Measure::Other(_)))
}

/// What hours of a day are worth.
pub(super) fn hours_a_day(millionths: i64) -> u8 {
    level(millionths, HOURS_LOWEST)
}

/// What to keep of a level: an advert what it lacks, so that zero lacks nothing; a need what it asks, so that zero asks nothing.
pub(super) fn lack(worth: u8) -> u8 {
    TOP + 1 - worth
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_is_never_worth_less() {
        for scale in SCALES {
            let mut last = None;
            for step in -2_000..4_000i64 {
                let amount = Number(step.signum() * step.abs().pow(4));
                let worth = scale.worth(amount);
                assert!((1..=TOP).contains(&worth), "{scale:?} {amount}");
                let grows = matches!(scale.direction, AtLeast);
                assert!(
                    last.is_none_or(|last| if grows { last <= worth } else { last >= worth }),
                    "{scale:?} {amount}"
                );
                last = Some(worth);
            }
        }
    }
}
