//! Where the regions lie and how far apart: great circles in whole numbers.
//!
//! A point is a unit vector in 2^-30; the chord of two gives the angle. The error stays below 0.2 % or one kilometre, which
//! a limit that is written in tens of kilometres does not feel; who is told a distance is told it in whole kilometres.

/// A point on the globe as a unit vector in 2^-30.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Point([i64; 3]);

const UNIT: i64 = 1 << 30;
/// Half a turn in 2^-30 radians.
const HALF_TURN: i64 = 3_373_259_426;
/// The Earth's mean radius (IUGG), kilometres.
const RADIUS_KM: i64 = 6_371;

impl Point {
    /// From hundredths of degrees, north and east positive.
    #[must_use]
    pub fn at(latitude: i64, longitude: i64) -> Point {
        let angle = |hundredths: i64| hundredths.clamp(-18_000, 18_000) * HALF_TURN / 18_000;
        let (up, along) = sine_cosine(angle(latitude));
        let (east, north) = sine_cosine(angle(longitude));
        Point([along * north / UNIT, along * east / UNIT, up])
    }

    /// Kilometres along the great circle.
    #[must_use]
    pub fn km_to(self, other: Point) -> u32 {
        km(self.square_to(other))
    }

    /// The square of the chord, in 2^-30: it grows and falls with the distance, and needs no root.
    pub(crate) fn square_to(self, other: Point) -> i64 {
        self.0.iter().zip(other.0).map(|(one, two)| (one - two) * (one - two) / UNIT).sum()
    }

    /// The greatest square of a chord that is no further than so many kilometres.
    pub(crate) fn reach(km_max: u32) -> i64 {
        // No chord is longer than the diameter, whose square is four; some more for rounding.
        let (mut within, mut beyond) = (0, 4 * UNIT + 1_024);
        while beyond - within > 1 {
            let middle = within + (beyond - within) / 2;
            if km(middle) <= km_max { within = middle } else { beyond = middle }
        }
        within
    }

    /// Its three coordinates, each within 2^30.
    pub(crate) fn coordinates(self) -> [i32; 3] {
        self.0.map(|along| i32::try_from(along).unwrap_or(0))
    }

    pub(crate) fn from_coordinates(coordinates: [i32; 3]) -> Point {
        Point(coordinates.map(i64::from))
    }
}

/// Kilometres along the great circle over a chord, by its square in 2^-30.
fn km(square: i64) -> u32 {
    // Half the chord is the sine of half the angle: x + x³/6 + 3x⁵/40 + 15x⁷/336, good to 0.2 % up to a third of a turn.
    let half = i64::try_from((square.max(0).unsigned_abs() << 30).isqrt()).unwrap_or(0) / 2;
    let squared = half * half / UNIT;
    let third = half * squared / UNIT;
    let fifth = third * squared / UNIT;
    let seventh = fifth * squared / UNIT;
    let angle = half + third / 6 + fifth * 3 / 40 + seventh * 15 / 336;
    u32::try_from((angle * 2 * RADIUS_KM + UNIT / 2) / UNIT).unwrap_or(0)
}

/// Sine and cosine of an angle in 2^-30 radians between minus and plus half a turn.
fn sine_cosine(angle: i64) -> (i64, i64) {
    // The series is used within a quarter turn only.
    let (angle, sign) = match angle {
        a if a > HALF_TURN / 2 => (HALF_TURN - a, -1),
        a if a < -HALF_TURN / 2 => (-HALF_TURN - a, -1),
        a => (a, 1),
    };
    let square = angle * angle / UNIT;
    let (mut sine, mut cosine) = (angle, UNIT);
    let (mut odd, mut even) = (angle, UNIT);
    for step in 1..=7 {
        even = -even * square / UNIT / ((2 * step - 1) * (2 * step));
        odd = -odd * square / UNIT / ((2 * step) * (2 * step + 1));
        cosine += even;
        sine += odd;
    }
    (sine, sign * cosine)
}

/// A region by its code.
pub(crate) struct Region {
    pub(crate) code: &'static str,
    /// Hundredths of degrees.
    at: (i64, i64),
    /// Folded names of its places, as texts write them.
    pub(crate) names: &'static [&'static str],
}

impl Region {
    pub(crate) fn point(&self) -> Point {
        Point::at(self.at.0, self.at.1)
    }
}

const fn region(code: &'static str, latitude: i64, longitude: i64, names: &'static [&'static str]) -> Region {
    Region { code, at: (latitude, longitude), names }
}

/// Every region.
pub(crate) const REGIONS: [Region; 27] = [
    region("HAM", 4326, -7987, &["hamilton", "stoney creek", "ancaster"]),
    region("KWC", 4345, -8049, &["kitchener", "waterloo", "cambridge", "kw"]),
    region("GUE", 4355, -8025, &["guelph"]),
    region("LON", 4298, -8125, &["london"]),
    region("WIN", 4231, -8304, &["windsor"]),
    region("PEE", 4359, -7965, &["peel", "mississauga", "brampton"]),
    region("TOR", 4370, -7940, &["toronto", "scarborough", "etobicoke", "gta"]),
    region("YOR", 4384, -7950, &["york region", "markham", "vaughan", "concord", "newmarket"]),
    region("DUR", 4387, -7894, &["durham", "whitby", "ajax", "pickering"]),
    region("OSH", 4390, -7886, &["oshawa"]),
    region("HAL", 4340, -7975, &["halton", "oakville", "burlington", "milton"]),
    region("BRA", 4314, -8026, &["brantford", "brant"]),
    region("NIA", 4310, -7920, &["niagara", "st catharines", "welland"]),
    region("OTT", 4542, -7570, &["ottawa", "kanata", "gatineau"]),
    region("BAR", 4439, -7969, &["barrie"]),
    region("PET", 4431, -7832, &["peterborough"]),
    region("KIN", 4423, -7649, &["kingston"]),
    region("SUD", 4649, -8100, &["sudbury"]),
    region("SAR", 4297, -8240, &["sarnia"]),
    region("MTL", 4550, -7357, &["montreal", "longueuil", "boucherville"]),
    region("LAV", 4561, -7371, &["laval"]),
    region("QUE", 4681, -7121, &["quebec city", "ville de quebec", "levis"]),
    region("SHE", 4540, -7189, &["sherbrooke"]),
    region("BEA", 4612, -7067, &["beauce", "saint georges", "st georges"]),
    region("TRO", 4635, -7255, &["trois rivieres"]),
    region("DRU", 4588, -7248, &["drummondville"]),
    region("CAL", 5105, -11407, &["calgary"]),
];

/// The region with this code.
pub(crate) fn region_by_code(code: &str) -> Option<&'static Region> {
    REGIONS.iter().find(|region| region.code.eq_ignore_ascii_case(code.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn km(one: &str, other: &str) -> u32 {
        let point = |code| region_by_code(code).map_or(Point::at(0, 0), Region::point);
        point(one).km_to(point(other))
    }

    #[test]
    fn distances_are_those_of_the_great_circle() {
        // Reference values by the haversine formula in double precision.
        for (one, other, expected) in
            [("HAM", "HAM", 0), ("HAM", "KWC", 54), ("TOR", "MTL", 503), ("WIN", "SUD", 492), ("CAL", "QUE", 3_121)]
        {
            let found = km(one, other);
            let allowed = (expected / 400).max(1);
            assert!(found.abs_diff(expected) <= allowed, "{one} to {other}: {found} km, expected {expected}");
            assert_eq!(found, km(other, one));
        }
    }
}
