//! From a case as written to facts: fields first, then what the text adds.
//!
//! - `TXT-2` A field outranks the text, except the process code: where the text names work of another trade, the text decides.
//! - `TXT-4` Lists, terms and names have an end: 64 entries of a field, 96 terms, 80 letters of a name that is shown; what is not
//!   seen or turns the direction of writing is never shown.
//! - `TXT-3` What is denied ("not 17025", "sans opérateur", "no titanium") is never counted as said; it is kept as denied.
//!
//! ```text
//!   fields ──▶ given values ─────────────────────┐
//!   text ──▶ scan ──▶ sizes, amounts, days, places ├──▶ Facts
//!        └─▶ vocabulary ──▶ terms, frames, denials ┘      └──▶ category, if no field gives it
//! ```
//!
//! What an attacker would try: a text that is long, or that names every trade (see [`crate::rank`]), or letters that look
//! like others; the first is cut, the second wins nothing, the third are words that nobody asks for.
mod intent;
mod measures;
mod names;
mod places;
pub(crate) mod scan;
mod times;
mod units;

use crate::{
    case::Case,
    day::{Day, Window},
    number::Number,
    place::region_by_code,
    record::{Facts, Measure, Origin, Quantity, Stated, Unit, code},
    vocabulary::{Language, Vocabulary, unaccented},
};
use alloc::vec::Vec;
use units::Around;

/// Which side a case is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// An advert of something that is free.
    Offer,
    /// A need.
    Need,
}

/// The facts of a case.
#[must_use]
pub fn read(vocabulary: &Vocabulary, case: &Case, side: Side, today: Day) -> Facts {
    let mut facts = given(case);
    let text = scan::readable(&case.text);
    let tokens = scan::scan(text);
    let around = Around(&tokens);
    let need = side == Side::Need;
    let language = match case.lang.as_deref() {
        Some("en") => Some(Language::English),
        Some("fr") => Some(Language::French),
        _ => None,
    };
    let mentions = vocabulary.mentions(text, language);
    if facts.category.is_none() {
        intent::read(vocabulary, &mentions, around, &mut facts);
    }
    measures::read(around, &mut facts, need);
    times::read(around, &mut facts, today);
    places::read(around, &unaccented(text), &mut facts, need);
    match language {
        Some(Language::French) if !need => facts.languages[0] = true,
        Some(Language::English) if !need => facts.languages[1] = true,
        _ => {}
    }
    names::read(vocabulary, case, &mentions, around, &mut facts, side);
    facts
}

/// The most entries of a list in a field that are read; people write fewer.
pub(crate) const LIST_MAX: usize = 64;

/// What fields of their own say. What cannot be meant (a size that is not above nothing, a window that ends before it begins) is
/// not said.
fn given(case: &Case) -> Facts {
    let positive = |number: &Number| number.0 > 0;
    let mut facts = Facts {
        category: case
            .category
            .as_deref()
            .and_then(|text| text.parse().ok())
            .map(|value| Stated::new(value, Origin::Given)),
        place: case.region.as_deref().and_then(region_by_code).map(|region| Stated::new(region.point(), Origin::Given)),
        max_km: case.max_km.map(|km| Stated::new(u32::try_from(km.floor()).unwrap_or(0), Origin::Given)),
        tolerance: case.tolerance_mm.filter(positive).map(|mm| Stated::new(mm, Origin::Given)),
        ..Facts::default()
    };
    let sides = case.envelope_mm.iter().flatten().take(LIST_MAX).copied();
    let mut sides: Vec<Number> = sides.filter(positive).collect();
    if !sides.is_empty() {
        sides.sort_unstable_by(|one, other| other.cmp(one));
        facts.envelope = Some(Stated::new(measures::three(&sides), Origin::Given));
        facts.axes = sides.len().min(3);
    }
    for (name, value) in case.capacity.iter().flatten().take(LIST_MAX) {
        let (measure, value) = measure(name, *value);
        measures::keep_capacity(&mut facts, measure, value, Origin::Given);
    }
    if let Some(window) = &case.window
        && (window.from.is_some() || window.to.is_some())
    {
        let window =
            Window { from: window.from.unwrap_or(Day(i32::MIN / 2)), to: window.to.unwrap_or(Day(i32::MAX / 2)) };
        facts.window = (window.from < window.to).then_some(Stated::new(window, Origin::Given));
    }
    facts.quantity = case.quantity.as_ref().filter(|quantity| positive(&quantity.value)).map(|quantity| {
        let unit = unit(&quantity.unit);
        Stated::new(Quantity { value: quantity.value, unit }, Origin::Given)
    });
    facts
}

fn unit(text: &str) -> Unit {
    match text {
        "h" | "hr" | "hrs" | "hours" => Unit::Hours,
        "h/wk" | "h/week" | "hours/week" | "h/sem" => Unit::HoursPerWeek,
        "pcs" | "pc" | "pieces" => Unit::Pieces,
        "sqft" | "ft2" => Unit::SquareFeet,
        "seats" | "seat" => Unit::Seats,
        other => Unit::Other(code(other)),
    }
}

fn measure(name: &str, value: Number) -> (Measure, Number) {
    match name {
        // Forces of presses are given in short tons or in kilonewtons; both are compared in the latter.
        "force_tonf" => (Measure::ForceKn, value.times(889_644, 100_000)),
        "force_kn" => (Measure::ForceKn, value),
        "mass_kg" => (Measure::MassKg, value),
        "length_mm" => (Measure::LengthMm, value),
        "depth_mm" => (Measure::DepthMm, value),
        "thickness_mm" => (Measure::ThicknessMm, value),
        "temperature_c" => (Measure::TemperatureC, value),
        "area_sqft" => (Measure::AreaSqft, value),
        "clear_height_ft" => (Measure::ClearHeightFt, value),
        "crane_t" => (Measure::CraneT, value),
        "shot_g" => (Measure::ShotG, value),
        "pallet_positions" => (Measure::PalletPositions, value),
        "power_hp" => (Measure::PowerHp, value),
        "pressure_psi" => (Measure::PressurePsi, value),
        "iso14644_class_max" => (Measure::CleanroomClass, value),
        other => (Measure::Other(code(other)), value),
    }
}
