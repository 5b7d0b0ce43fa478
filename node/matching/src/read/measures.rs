//! Sizes, tolerances, capacities and quantities in a text.
//!
//! A number means what its unit and the words around it say: tons beside a press are force, beside a crane a lift, else a
//! weight. What has two readings is guessed, and a guess violates nothing (`FIT-1`).
use super::units::{Around, UnitWord};
use crate::{
    category::Category,
    number::Number,
    record::{Facts, Measure, Origin, Quantity, Stated, Unit},
};
use alloc::vec::Vec;

const THICK: &[&str] =
    &["thick", "thickness", "epais", "epaisseur", "gauge", "ga", "calibre", "wall", "sheet", "plate", "tole", "plaque"];
const DEEP: &[&str] = &["deep", "depth", "profond", "profondeur", "prof"];
const LONG: &[&str] =
    &["long", "length", "longueur", "longs", "longues", "longue", "bed", "brake", "plieuse", "centres", "centers"];
const HIGH: &[&str] = &["clear", "ceiling", "height", "libre", "hauteur", "plafond", "degagement", "high", "eave"];
const ROUND: &[&str] = &["dia", "diameter", "diametre", "diam", "swing", "od", "chuck", "mandrin", "ronds"];
const PRESS: &[&str] = &[
    "press",
    "presse",
    "presses",
    "stamping",
    "estampage",
    "clamp",
    "fermeture",
    "injection",
    "forge",
    "forging",
    "frame",
    "brake",
    "plieuse",
    "tonnage",
    "pressing",
    "tryout",
    "die",
    "hydraulic",
    "hydraulique",
    "mechanical",
    "molding",
    "moulding",
    "moulage",
    "imm",
    "tensile",
    "traction",
    "broche",
];
const CRANE: &[&str] =
    &["crane", "cranes", "hoist", "bridge", "roulant", "palan", "grue", "overhead", "pont", "lift", "lifting"];
const SHOT: &[&str] = &["shot", "injecte", "injection", "dose", "barrel", "coup"];
const ROOM: &[&str] = &["room", "salle", "cleanroom", "blanche", "iso", "propre", "clean"];
/// What has microns without being a tolerance.
const FILM: &[&str] = &[
    "coating",
    "thick",
    "ra",
    "rz",
    "finish",
    "plating",
    "revetement",
    "layer",
    "filter",
    "epaisseur",
    "rugosite",
    "filtre",
    "build",
    "film",
    "spot",
];

/// Reads everything that is measured into what a field of its own does not say already.
pub(super) fn read(text: Around<'_>, facts: &mut Facts, need: bool) {
    let mut at = 0;
    while at < text.0.len() {
        at = step(text, at, facts, need).max(at + 1);
    }
}

/// Reads what begins at a token, and gives the place after it.
fn step(text: Around<'_>, at: usize, facts: &mut Facts, need: bool) -> usize {
    if let Some(after) = cleanroom(text, at, facts) {
        return after;
    }
    let Some(number) = text.number(at) else { return at + 1 };
    if let Some((sides, after)) = sides(text, at) {
        keep_sides(facts, &sides);
        return after;
    }
    let (number, next) = with_fraction(text, number, at + 1);
    let plus_minus = plus_minus(text, at);
    if let Some((unit, taken)) = text.unit(next) {
        measured(text, Found { at, after: next + taken, number, unit, plus_minus }, facts, need);
        return next + taken;
    }
    if plus_minus && number.0 > 0 {
        // Without a unit, four decimals or none before the point are inches, as shops write them.
        let inches = number.0 % 10_000 != 0 || (number.0 <= 5_000 && text.near(at, 12, &["inch", "inches", "in"]));
        let value = if inches { number.times(254, 10) } else { number };
        keep(&mut facts.tolerance, value, Origin::Read);
    }
    next
}

struct Found {
    at: usize,
    after: usize,
    number: Number,
    unit: UnitWord,
    plus_minus: bool,
}

fn measured(text: Around<'_>, found: Found, facts: &mut Facts, need: bool) {
    let Found { at, after, number, unit, plus_minus } = found;
    let mut capacity = |measure, value: Number, origin| keep_capacity(facts, measure, value, origin);
    let near = |reach, words| text.near(at, reach, words) || text.after(after, 3, words);
    match unit {
        UnitWord::Length(by, per) => length(text, &found, number.times(by, per), facts, need),
        UnitWord::Force(by, per) => capacity(Measure::ForceKn, number.times(by, per), Origin::Read),
        UnitWord::Mass(by, per) => {
            let value = number.times(by, per);
            if near(3, &["frame", "tensile", "traction", "force", "load", "charge"]) {
                capacity(Measure::ForceKn, value.times(980_665, 100_000_000), Origin::Guessed);
            } else if near(4, CRANE) {
                capacity(Measure::CraneT, value.times(1, 1_000), Origin::Guessed);
            } else {
                capacity(Measure::MassKg, value, Origin::Guessed);
            }
        }
        UnitWord::Ton(by, per) => {
            let kilograms = number.times(by, per);
            if near(3, CRANE) && !near(1, PRESS) {
                capacity(Measure::CraneT, kilograms.times(1, 1_000), Origin::Read);
            } else if near(4, PRESS) {
                // A press is rated in short tons of force unless it says tonnes.
                capacity(Measure::ForceKn, kilograms.times(980_665, 100_000_000), Origin::Read);
            } else {
                capacity(Measure::MassKg, kilograms, Origin::Guessed);
            }
        }
        UnitWord::Celsius
            if number.0 >= 40_000_000 || text.sign(at.wrapping_sub(1)) == Some('-') || text.near(after, 2, &["c"]) =>
        {
            // "2-8 °C" is a range.
            let range = at >= 2 && text.number(at - 2).is_some();
            let below = text.sign(at.wrapping_sub(1)) == Some('-') && !range;
            let value = if below { number.times(-1, 1) } else { number };
            if !plus_minus {
                capacity(Measure::TemperatureC, value, Origin::Read);
            }
        }
        UnitWord::Fahrenheit => {
            let value = Number(number.0 - Number::whole(32).0).times(5, 9);
            capacity(Measure::TemperatureC, value, Origin::Read);
        }
        UnitWord::Area(by, per) => {
            let value = number.times(by, per);
            capacity(Measure::AreaSqft, value, Origin::Read);
            keep(&mut facts.quantity, Quantity { value, unit: Unit::SquareFeet }, Origin::Guessed);
        }
        UnitWord::Shot(by, per) if near(4, SHOT) => capacity(Measure::ShotG, number.times(by, per), Origin::Read),
        UnitWord::Power(by, per) => capacity(Measure::PowerHp, number.times(by, per), Origin::Guessed),
        UnitWord::Pressure(by, per) => capacity(Measure::PressurePsi, number.times(by, per), Origin::Guessed),
        UnitWord::Pallets => capacity(Measure::PalletPositions, number, Origin::Read),
        UnitWord::Hours => hours(text, after, number, facts),
        UnitWord::Pieces => keep(&mut facts.quantity, Quantity { value: number, unit: Unit::Pieces }, Origin::Read),
        UnitWord::Seats => keep(&mut facts.quantity, Quantity { value: number, unit: Unit::Seats }, Origin::Guessed),
        UnitWord::Kilometres(by, per) if need => {
            let km = u32::try_from(number.times(by, per).floor()).unwrap_or(u32::MAX);
            keep(&mut facts.max_km, km, Origin::Read);
        }
        _ => {}
    }
}

fn length(text: Around<'_>, found: &Found, mm: Number, facts: &mut Facts, need: bool) {
    let (at, after) = (found.at, found.after);
    let after_words = |words| text.after(after, 2, words);
    let beside = |words| after_words(words) || text.before(at, 2, words);
    let small = matches!(found.unit, UnitWord::Length(by, per) if per >= 1_000 && by < 1_000);
    let named = text.before(
        at,
        3,
        &["tolerance", "tolerances", "tol", "within", "hold", "holds", "holding", "tient", "accuracy", "precision"],
    );
    if found.plus_minus || (small && !beside(FILM)) || (named && mm.0 <= 1_000_000) {
        let origin = if found.plus_minus || small { Origin::Read } else { Origin::Guessed };
        keep(&mut facts.tolerance, mm, origin);
    } else if small {
        // A layer, a roughness: no size of a part.
    } else if after_words(HIGH) || text.before(at, 3, HIGH) {
        keep_capacity(facts, Measure::ClearHeightFt, mm.times(10, 3_048), Origin::Read);
    } else if after_words(DEEP) || text.before(at, 2, DEEP) {
        keep_capacity(facts, Measure::DepthMm, mm, Origin::Read);
    } else if after_words(LONG) || text.before(at, 2, LONG) {
        keep_capacity(facts, Measure::LengthMm, mm, Origin::Read);
    } else if beside(THICK) && mm.0 <= Number::whole(400).0 {
        keep_capacity(facts, Measure::ThicknessMm, mm, Origin::Read);
    } else if beside(ROUND) || text.sign(at.wrapping_sub(1)) == Some('ø') {
        let origin = if need { Origin::Read } else { Origin::Guessed };
        keep_sides(facts, &Sides { mm: [mm].into(), origin });
    }
}

/// Hours, perhaps for each week, perhaps for so many weeks.
fn hours(text: Around<'_>, after: usize, number: Number, facts: &mut Facts) {
    const EACH: &[&str] = &["week", "wk", "semaine", "sem", "weekly", "hebdo", "hebdomadaire", "hebdomadaires"];
    // "11k hrs" on a machine for sale are its age.
    if number.0 >= Number::whole(5_000).0
        || text.after(after, 2, &["old", "on", "notice", "drive", "away", "turnaround", "de"])
            && text.after(after, 3, &["route", "clock", "drive", "away", "notice"])
    {
        return;
    }
    let weekly = text.after(after, 3, EACH) && !text.after(after, 2, &["over", "sur", "within", "in"]);
    let unit = if weekly { Unit::HoursPerWeek } else { Unit::Hours };
    keep(&mut facts.quantity, Quantity { value: number, unit }, Origin::Read);
}

/// Sizes that stand together.
struct Sides {
    mm: Vec<Number>,
    origin: Origin,
}

/// `700 x 700 x 600 mm`, `24" by 12"`, `4x8`.
fn sides(text: Around<'_>, at: usize) -> Option<(Sides, usize)> {
    let mut found: Vec<(Number, Option<(i64, i64)>)> = Vec::new();
    let mut next = at;
    while let Some(number) = text.number(next).filter(|_| found.len() < 3) {
        let (number, after) = with_fraction(text, number, next + 1);
        let unit = text.unit(after).and_then(|(unit, taken)| match unit {
            UnitWord::Length(by, per) => Some(((by, per), taken)),
            _ => None,
        });
        found.push((number, unit.map(|(unit, _)| unit)));
        next = after + unit.map_or(0, |(_, taken)| taken);
        let times = matches!(text.word(next), "x" | "by" | "par") || matches!(text.sign(next), Some('×' | '*'));
        if !times || text.number(next + 1).is_none() {
            break;
        }
        next += 1;
    }
    let unit = found.iter().rev().find_map(|(_, unit)| *unit);
    // "3 x 6 h" are times, not sides.
    if found.len() < 2 || (unit.is_none() && text.unit(next).is_some()) {
        return None;
    }
    let (unit, origin) = match unit {
        Some(unit) => (unit, Origin::Read),
        None => bare(&found.iter().map(|(number, _)| *number).collect::<Vec<_>>())?,
    };
    let mm = found.iter().map(|(_, own)| own.unwrap_or(unit)).zip(&found);
    let mm = mm.map(|((by, per), (number, _))| number.times(by, per)).collect();
    Some((Sides { mm, origin }, next))
}

/// Sides without a unit: small pairs are sheets in feet, large ones millimetres; what lies between is nothing.
fn bare(numbers: &[Number]) -> Option<((i64, i64), Origin)> {
    let largest = numbers.iter().max()?.floor();
    let smallest = numbers.iter().min()?.floor();
    match (numbers.len(), smallest, largest) {
        (2, 3..=10, 8..=40) => Some(((3_048, 10), Origin::Guessed)),
        (_, 50.., 100..) => Some(((1, 1), Origin::Guessed)),
        (3, 4.., ..=80) => Some(((254, 10), Origin::Guessed)),
        _ => None,
    }
}

fn keep_sides(facts: &mut Facts, sides: &Sides) {
    let room = facts.category.is_some_and(|stated| stated.value == Category::Space);
    if let (true, [wide, long, ..]) = (room, sides.mm.as_slice()) {
        let area = wide.times(10_764, 1_000_000).times(long.floor(), 1_000);
        keep_capacity(facts, Measure::AreaSqft, area, Origin::Guessed);
        return;
    }
    if facts.envelope.is_some_and(|own| own.origin >= sides.origin) {
        return;
    }
    let mut mm = sides.mm.clone();
    mm.sort_unstable_by(|one, other| other.cmp(one));
    (facts.envelope, facts.axes) = (Some(Stated::new(three(&mm), sides.origin)), mm.len().min(3));
}

/// The first three of sorted sides; what is missing is nothing.
pub(super) fn three(sides: &[Number]) -> [Number; 3] {
    let side = |at: usize| sides.get(at).copied().unwrap_or_default();
    [side(0), side(1), side(2)]
}

/// A number and a fraction behind it: `1-1/2`, `3/8`, `3½`.
fn with_fraction(text: Around<'_>, number: Number, at: usize) -> (Number, usize) {
    let fraction = |from: usize| {
        let over = text.number(from)?;
        let under = (text.sign(from + 1) == Some('/')).then(|| text.number(from + 2)).flatten()?;
        let [over, under] = [over.floor(), under.floor()];
        ([2, 4, 8, 16, 32, 64].contains(&under) && over < under).then(|| Number::whole(1).times(over, under))
    };
    if let Some(part) = at.checked_sub(1).and_then(fraction) {
        return (part, at + 2);
    }
    let sign = match text.sign(at) {
        Some('½') => Some(500_000),
        Some('¼') => Some(250_000),
        Some('¾') => Some(750_000),
        _ => None,
    };
    if let Some(part) = sign {
        return (Number(number.0 + part), at + 1);
    }
    let from = at + usize::from(text.sign(at) == Some('-'));
    match fraction(from) {
        Some(part) => (Number(number.0 + part.0), from + 3),
        None => (number, at),
    }
}

fn plus_minus(text: Around<'_>, at: usize) -> bool {
    let sign = |back: usize| at.checked_sub(back).and_then(|before| text.sign(before));
    sign(1) == Some('±')
        || (matches!(sign(1), Some('-')) && matches!(sign(2), Some('/')) && sign(3) == Some('+'))
        || (at > 1 && text.word(at - 2) == "plus" && matches!(text.word(at - 1), "minus" | "ou"))
        || (text.before(at, 1, &["moins"]) && text.before(at, 3, &["plus"]))
}

/// `ISO 7`, `class 10,000`, `classe 8`.
fn cleanroom(text: Around<'_>, at: usize, facts: &mut Facts) -> Option<usize> {
    if !matches!(text.word(at), "iso" | "class" | "classe") {
        return None;
    }
    let next = at + 1 + usize::from(matches!(text.word(at + 1), "class" | "classe"));
    let number = text.number(next)?.floor();
    let class = match number {
        1..=9 if text.near(at, 5, ROOM) => number,
        100 => 5,
        1_000 => 6,
        10_000 => 7,
        100_000 => 8,
        _ => return None,
    };
    let class = Number::whole(i32::try_from(class).ok()?);
    keep_capacity(facts, Measure::CleanroomClass, class, Origin::Read);
    Some(next + 1)
}

fn keep<T>(place: &mut Option<Stated<T>>, value: T, origin: Origin) {
    if place.as_ref().is_none_or(|own| own.origin < origin) {
        *place = Some(Stated::new(value, origin));
    }
}

/// One value for each measure: a field's before a text's, the plainer before the doubtful, the first of two.
pub(super) fn keep_capacity(facts: &mut Facts, measure: Measure, value: Number, origin: Origin) {
    match facts.capacities.binary_search_by_key(&measure, |(own, _)| *own) {
        Ok(at) => {
            if let Some((_, own)) = facts.capacities.get_mut(at).filter(|(_, own)| own.origin < origin) {
                *own = Stated::new(value, origin);
            }
        }
        Err(at) => facts.capacities.insert(at, (measure, Stated::new(value, origin))),
    }
}
