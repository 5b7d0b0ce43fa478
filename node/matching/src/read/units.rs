//! Units behind a number, and the words around it that tell what it measures.
use super::scan::Token;
use crate::number::Number;

/// Tokens with what stands around each.
#[derive(Clone, Copy)]
pub(super) struct Around<'a>(pub(super) &'a [Token]);

/// What a unit word says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum UnitWord {
    /// A length; millimetres are the number times the first by the second.
    Length(i64, i64),
    /// Kilonewtons likewise.
    Force(i64, i64),
    /// Kilograms likewise.
    Mass(i64, i64),
    /// A ton of some sort, which may be a force or a mass: kilograms likewise.
    Ton(i64, i64),
    Celsius,
    Fahrenheit,
    /// Square feet likewise.
    Area(i64, i64),
    /// Grams likewise.
    Shot(i64, i64),
    /// Horsepower likewise.
    Power(i64, i64),
    /// Pounds per square inch likewise.
    Pressure(i64, i64),
    Hours,
    Days,
    Weeks,
    Months,
    Pieces,
    Seats,
    Pallets,
    Kilometres(i64, i64),
}

impl<'a> Around<'a> {
    pub(super) fn word(self, at: usize) -> &'a str {
        self.0.get(at).map_or("", Token::word)
    }

    pub(super) fn sign(self, at: usize) -> Option<char> {
        self.0.get(at).and_then(Token::sign)
    }

    pub(super) fn number(self, at: usize) -> Option<Number> {
        self.0.get(at).and_then(Token::number)
    }

    /// Whether one of the words stands within so many tokens before or after.
    pub(super) fn near(self, at: usize, reach: usize, words: &[&str]) -> bool {
        let from = at.saturating_sub(reach);
        (from..=at.saturating_add(reach)).any(|index| words.contains(&self.word(index)))
    }

    /// Whether one of the words stands within so many tokens before.
    pub(super) fn before(self, at: usize, reach: usize, words: &[&str]) -> bool {
        (at.saturating_sub(reach)..at).any(|index| words.contains(&self.word(index)))
    }

    /// Whether one of the words stands within so many tokens after.
    pub(super) fn after(self, at: usize, reach: usize, words: &[&str]) -> bool {
        (at..at.saturating_add(reach)).any(|index| words.contains(&self.word(index)))
    }

    fn touches(self, at: usize) -> bool {
        let pair = at.checked_sub(1).and_then(|before| Some((self.0.get(before)?, self.0.get(at)?)));
        pair.is_some_and(|(before, own)| before.to == own.from)
    }

    /// The unit at this place and the tokens that it takes; a hyphen may stand before it.
    pub(super) fn unit(self, at: usize) -> Option<(UnitWord, usize)> {
        if self.sign(at) == Some('-') {
            return self.unit_here(at + 1).map(|(unit, taken)| (unit, taken + 1));
        }
        self.unit_here(at)
    }

    fn unit_here(self, at: usize) -> Option<(UnitWord, usize)> {
        use UnitWord::{
            Area, Celsius, Days, Fahrenheit, Force, Hours, Kilometres, Length, Mass, Months, Pallets, Pieces, Power,
            Pressure, Seats, Shot, Ton, Weeks,
        };
        match self.sign(at) {
            Some('"') => return Some((Length(254, 10), 1)),
            Some('\'') if self.sign(at + 1) == Some('\'') => return Some((Length(254, 10), 2)),
            Some('\'') if self.touches(at) => return Some((Length(3_048, 10), 1)),
            Some('°') => {
                let fahrenheit = self.word(at + 1) == "f";
                let taken = if fahrenheit || self.word(at + 1) == "c" { 2 } else { 1 };
                return Some((if fahrenheit { Fahrenheit } else { Celsius }, taken));
            }
            Some('µ') if self.word(at + 1) == "m" => return Some((Length(1, 1_000), 2)),
            _ => {}
        }
        let squared =
            self.sign(at + 1) == Some('²') || (self.number(at + 1) == Some(Number::whole(2)) && self.touches(at + 1));
        let one = |unit| Some((unit, 1));
        match self.word(at) {
            "m" | "metre" | "metres" if squared => Some((Area(10_764, 1_000), 2)),
            "pi" | "ft" | "pieds" if squared => Some((Area(1, 1), 2)),
            "sq" | "square" if ["m", "metre", "metres", "meters"].contains(&self.word(at + 1)) => {
                Some((Area(10_764, 1_000), 2))
            }
            "sq" | "square" if matches!(self.word(at + 1), "ft" | "feet" | "foot") => Some((Area(1, 1), 2)),
            "pieds" if matches!(self.word(at + 1), "carres" | "carre") => Some((Area(1, 1), 2)),
            "pi" if self.word(at + 1) == "ca" => Some((Area(1, 1), 2)),
            "metres" if self.word(at + 1) == "carres" => Some((Area(10_764, 1_000), 2)),
            "sqft" | "sf" => one(Area(1, 1)),
            "mm" | "millimetre" | "millimetres" => one(Length(1, 1)),
            "cm" => one(Length(10, 1)),
            "m" | "metre" | "metres" | "meter" | "meters" => one(Length(1_000, 1)),
            "in" if self.is_inch(at) => one(Length(254, 10)),
            "inch" | "inches" | "po" | "pouce" | "pouces" => one(Length(254, 10)),
            "ft" | "foot" | "feet" | "pi" | "pied" | "pieds" => one(Length(3_048, 10)),
            "thou" | "mil" | "mils" | "thousandths" => one(Length(254, 10_000)),
            "tenth" | "tenths" => one(Length(254, 100_000)),
            "micron" | "microns" | "um" | "micrometre" | "micrometres" | "micrometers" => one(Length(1, 1_000)),
            "centieme" | "centiemes" => one(Length(1, 100)),
            "kn" => one(Force(1, 1)),
            "mn" => one(Force(1_000, 1)),
            "lbf" => one(Force(444_822, 100_000_000)),
            "tonf" => one(Force(889_644, 100_000)),
            "kg" | "kilo" | "kilos" => one(Mass(1, 1)),
            "lb" | "lbs" | "pound" | "pounds" | "livre" | "livres" => one(Mass(453_592, 1_000_000)),
            "tonne" | "tonnes" | "t" | "mt" => one(Ton(1_000, 1)),
            "ton" | "tons" => one(Ton(907_185, 1_000)),
            "c" | "celsius" if self.touches(at) || !self.near(at, 3, &["class", "classe"]) => one(Celsius),
            "f" | "fahrenheit" => one(Fahrenheit),
            "g" | "gram" | "grams" | "grammes" => one(Shot(1, 1)),
            "oz" | "ounce" | "ounces" | "once" | "onces" => one(Shot(28_350, 1_000)),
            "hp" | "cv" => one(Power(1, 1)),
            "kw" => one(Power(1_341, 1_000)),
            "psi" => one(Pressure(1, 1)),
            "bar" | "bars"
                if self.near(at, 4, &["pressure", "pression", "hydraulic", "hydraulique", "test", "essai"]) =>
            {
                one(Pressure(145, 10))
            }
            "mpa" => one(Pressure(145, 1)),
            "h" | "hr" | "hrs" | "hour" | "hours" | "heure" | "heures" => one(Hours),
            "machine" | "spindle" | "broche" if matches!(self.word(at + 1), "hours" | "hrs" | "h" | "hour") => {
                Some((Hours, 2))
            }
            "day" | "days" | "jour" | "jours" => one(Days),
            "week" | "weeks" | "wk" | "wks" | "semaine" | "semaines" | "sem" => one(Weeks),
            "month" | "months" | "mois" => one(Months),
            "pcs" | "pc" | "pieces" | "piece" | "parts" | "pces" | "ea" | "off" | "samples" | "echantillons"
            | "specimens" | "coupons" | "eprouvettes" => one(Pieces),
            "seats" | "seat" | "places" | "people" | "participants" | "personnes" => one(Seats),
            "pallet" | "pallets" | "palette" | "palettes" | "skids" => one(Pallets),
            "km" | "kms" | "kilometres" | "kilometers" => one(Kilometres(1, 1)),
            "miles" | "mile" | "mi" | "milles" => one(Kilometres(1_609, 1_000)),
            _ => None,
        }
    }

    /// "10 in" measures, "10 in stock" and "in March" do not.
    fn is_inch(self, at: usize) -> bool {
        const MEASURED: [&str; 18] = [
            "x", "by", "dia", "diameter", "thick", "wide", "long", "swing", "od", "id", "deep", "square", "round",
            "max", "bar", "table", "chuck", "plate",
        ];
        let next = self.word(at + 1);
        self.touches(at) || self.sign(at.wrapping_sub(1)) == Some('-') || next.is_empty() || MEASURED.contains(&next)
    }
}
