//! What an advert or a need comes to: facts that can be compared, each with where it was read.
//!
//! - `FIT-1` A value is *given* (a field of its own), *read* (the text says it plainly) or *guessed* (the text may be read so).
//!   Only given and read values can violate a limit; a guessed one that would is unknown, and a question.
use crate::{
    category::Category,
    day::Window,
    number::Number,
    place::Point,
    vocabulary::{Concept, Kind},
};
use alloc::{string::String, vec::Vec};

/// Where a value was read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Origin {
    /// The text may be read so.
    Guessed,
    /// The text says it plainly.
    Read,
    /// A field of its own says it.
    Given,
}

/// A value and its origin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stated<T> {
    /// What is said.
    pub value: T,
    /// Where.
    pub origin: Origin,
}

/// What a capacity measures, in the unit of its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Measure {
    /// Press, clamp or test force, kilonewtons.
    ForceKn,
    /// Weight of a part, or lifted, kilograms.
    MassKg,
    /// Length of a part, bed or bar, millimetres.
    LengthMm,
    /// Depth of a cut, hole or draw, millimetres.
    DepthMm,
    /// Thickness of sheet or plate, millimetres.
    ThicknessMm,
    /// Temperature, degrees Celsius; below freezing less is more.
    TemperatureC,
    /// Floor, square feet.
    AreaSqft,
    /// Clear height, feet.
    ClearHeightFt,
    /// Crane, tonnes.
    CraneT,
    /// Shot of an injection machine, grams.
    ShotG,
    /// Places for pallets.
    PalletPositions,
    /// Power, horsepower.
    PowerHp,
    /// Pressure, pounds per square inch.
    PressurePsi,
    /// Cleanroom class of ISO 14644; less is better.
    CleanroomClass,
    /// Any other code, by a hash of it.
    Other(u32),
}

impl Measure {
    /// All that have a name. Kept facts name a measure by its place here, so a new one stands last ([`crate::stored`]).
    pub const NAMED: [Measure; 14] = [
        Measure::ForceKn,
        Measure::MassKg,
        Measure::LengthMm,
        Measure::DepthMm,
        Measure::ThicknessMm,
        Measure::TemperatureC,
        Measure::AreaSqft,
        Measure::ClearHeightFt,
        Measure::CraneT,
        Measure::ShotG,
        Measure::PalletPositions,
        Measure::PowerHp,
        Measure::PressurePsi,
        Measure::CleanroomClass,
    ];

    /// Its code, in the unit of its name.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Measure::ForceKn => "force-kn",
            Measure::MassKg => "mass-kg",
            Measure::LengthMm => "length-mm",
            Measure::DepthMm => "depth-mm",
            Measure::ThicknessMm => "thickness-mm",
            Measure::TemperatureC => "temperature-c",
            Measure::AreaSqft => "area-sqft",
            Measure::ClearHeightFt => "clear-height-ft",
            Measure::CraneT => "crane-t",
            Measure::ShotG => "shot-g",
            Measure::PalletPositions => "pallet-positions",
            Measure::PowerHp => "power-hp",
            Measure::PressurePsi => "pressure-psi",
            Measure::CleanroomClass => "cleanroom-class",
            Measure::Other(_) => "other",
        }
    }

    /// The sign of its unit, in English and in French; nothing of a class.
    pub(crate) const fn symbols(self) -> [&'static str; 2] {
        match self {
            Measure::ForceKn => ["kN", "kN"],
            Measure::MassKg => ["kg", "kg"],
            Measure::LengthMm | Measure::DepthMm | Measure::ThicknessMm => ["mm", "mm"],
            Measure::TemperatureC => ["°C", "°C"],
            Measure::AreaSqft => ["sq ft", "pi²"],
            Measure::ClearHeightFt => ["ft", "pi"],
            Measure::CraneT => ["t", "t"],
            Measure::ShotG => ["g", "g"],
            Measure::PalletPositions => ["pallets", "palettes"],
            Measure::PowerHp => ["hp", "hp"],
            Measure::PressurePsi => ["psi", "psi"],
            Measure::CleanroomClass | Measure::Other(_) => ["", ""],
        }
    }
}

/// What a quantity counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Hours over the whole window.
    Hours,
    /// Hours in each week.
    HoursPerWeek,
    /// Pieces, samples.
    Pieces,
    /// Square feet.
    SquareFeet,
    /// Seats of a course.
    Seats,
    /// Anything else, by a hash of its name.
    Other(u32),
}

/// How much.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quantity {
    /// How many.
    pub value: Number,
    /// Of what.
    pub unit: Unit,
}

/// A certificate, material or skill: a concept if the vocabulary knows it, else its own folded letters as a hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Named {
    /// Known to the vocabulary.
    Concept(Concept),
    /// Comparable with itself only.
    Code(u32),
}

/// A concept that the text or a field names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Term {
    /// What is named.
    pub concept: Concept,
    /// Its kind.
    pub kind: Kind,
    /// Where.
    pub origin: Origin,
}

/// Whether work can be done from afar.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Presence {
    /// Said to be possible, or asked for, from afar.
    pub remote: bool,
    /// Said to be, or asked for, at the place.
    pub on_site: bool,
    /// Said to be so and not otherwise.
    pub only: bool,
}

/// Everything that is known of one case. Empty lists and `None` mean that it does not say.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// What sort of thing.
    pub category: Option<Stated<Category>>,
    /// Categories that a need without one could not mean: nothing in it speaks of a course, a sale, or room.
    pub unasked: Vec<Category>,
    /// The region's point.
    pub place: Option<Stated<Point>>,
    /// Kilometres that the needing side goes.
    pub max_km: Option<Stated<u32>>,
    /// From afar or at the place.
    pub presence: Presence,
    /// When.
    pub window: Option<Stated<Window>>,
    /// How much.
    pub quantity: Option<Stated<Quantity>>,
    /// Millimetres, largest first; at most three.
    pub envelope: Option<Stated<[Number; 3]>>,
    /// How many axes of the envelope are said.
    pub axes: usize,
    /// ± millimetres.
    pub tolerance: Option<Stated<Number>>,
    /// By measure, sorted, one each.
    pub capacities: Vec<(Measure, Stated<Number>)>,
    /// Material families and grades; with `any_material` all.
    pub materials: Vec<Stated<Named>>,
    /// Every material will do.
    pub any_material: bool,
    /// Certificates of a firm, tickets of a person.
    pub credentials: Vec<Stated<Named>>,
    /// Controllers, CAM systems, standards.
    pub skills: Vec<Stated<Named>>,
    /// What the text and fields name, in order of the concepts, one each.
    pub terms: Vec<Term>,
    /// What is said not to be offered, or not to be wanted.
    pub denied: Vec<Concept>,
    /// Names in fields that the vocabulary does not know, as they were written; for reasons.
    pub spelt: Vec<(Named, String)>,
    /// Speaks or wants French, or English.
    pub languages: [bool; 2],
}

impl<T> Stated<T> {
    pub(crate) fn new(value: T, origin: Origin) -> Stated<T> {
        Stated { value, origin }
    }
}

impl Facts {
    /// A capacity by its measure.
    #[must_use]
    pub fn capacity(&self, measure: Measure) -> Option<Stated<Number>> {
        self.capacities.iter().find(|(own, _)| *own == measure).map(|(_, stated)| *stated)
    }
}

/// A short name for letters that nothing else knows (FNV-1a, 32 bits, over letters and digits in lower case).
pub(crate) fn code(text: &str) -> u32 {
    let letters = text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    letters.take(64).fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
