//! Where: H3 cells, coarse enough to hold many firms, and whole-kilometre distances between them.
//!
//! - `PLC-1` An advert names a cell of resolution 4 (about 1,770 km²), 3 (about 12,400 km²), or no cell at all.
//! - `PLC-2` Distance between two cells is the straight line between their centres in whole kilometres, by integer
//!   arithmetic on microdegrees, so that every node computes the same. It is uncertain by both cells' radii.

use crate::wire::wire_types;
use h3o::{CellIndex, LatLng, Resolution};
use serde::{Deserialize, Serialize};

/// A cell of resolution 3 or 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell(CellIndex);

/// Not a place that may be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPlace {
    /// Latitude or longitude out of range.
    #[error("latitude must lie within -90 and 90 and longitude within -180 and 180 degrees")]
    OutOfRange,
    /// Not an H3 cell of resolution 3 or 4.
    #[error("an area is an H3 cell of resolution 3 or 4")]
    NotACell,
}

/// A point in microdegrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Point {
    /// North positive, within ±90,000,000.
    pub lat_udeg: i32,
    /// East positive, within ±180,000,000.
    pub lon_udeg: i32,
}

impl Cell {
    /// The cell of resolution 4 that contains a point. The only place where degrees become a cell.
    #[allow(clippy::float_arithmetic, reason = "entry only: the cell, not the float, is what anyone computes with")]
    pub fn containing(point: Point) -> Result<Cell, BadPlace> {
        if point.lat_udeg.unsigned_abs() > 90_000_000 || point.lon_udeg.unsigned_abs() > 180_000_000 {
            return Err(BadPlace::OutOfRange);
        }
        let (lat, lon) = (f64::from(point.lat_udeg) / 1e6, f64::from(point.lon_udeg) / 1e6);
        let place = LatLng::new(lat, lon).map_err(|_| BadPlace::OutOfRange)?;
        Ok(Cell(place.to_cell(Resolution::Four)))
    }

    /// The same area at resolution 3: about seven times as large.
    pub fn coarser(self) -> Cell {
        Cell(self.0.parent(Resolution::Three).unwrap_or(self.0))
    }

    /// The cell with this H3 index (`PLC-1`).
    pub fn from_index(index: u64) -> Result<Cell, BadPlace> {
        let cell = CellIndex::try_from(index).map_err(|_| BadPlace::NotACell)?;
        match cell.resolution() {
            Resolution::Three | Resolution::Four => Ok(Cell(cell)),
            _ => Err(BadPlace::NotACell),
        }
    }

    /// The H3 index.
    pub fn index(self) -> u64 {
        self.0.into()
    }

    /// The centre, rounded to a thousandth of a degree so that the last bits of a float never decide anything.
    #[allow(clippy::float_arithmetic, reason = "rounded to 0.001° before anyone computes with it")]
    pub fn centre(self) -> Point {
        let centre = LatLng::from(self.0);
        let rounded =
            |degrees: f64| -> i32 { (degrees * 1_000.0 + if degrees < 0.0 { -0.5 } else { 0.5 }) as i32 * 1_000 };
        Point { lat_udeg: rounded(centre.lat()), lon_udeg: rounded(centre.lng()) }
    }

    /// The most that [`Cell::radius_km`] is of any cell, in kilometres.
    pub const RADIUS_KM_MAX: u32 = 79;

    /// How far a point of the cell lies from its centre at most, in kilometres (circumradius of the largest cells).
    pub fn radius_km(self) -> u32 {
        if self.0.resolution() == Resolution::Four { 30 } else { Cell::RADIUS_KM_MAX }
    }
}

impl Point {
    /// Straight-line kilometres to another point (`PLC-2`): equirectangular, right to 1 % within 1,000 km in latitudes
    /// below 70°.
    pub fn distance_km(self, other: Point) -> u32 {
        // One degree of latitude is 111,195 m on a sphere of 6,371 km.
        let metres = |udeg: i64| udeg * 111_195 / 1_000_000;
        let north = metres(i64::from(self.lat_udeg) - i64::from(other.lat_udeg));
        let mut east_udeg = (i64::from(self.lon_udeg) - i64::from(other.lon_udeg)).abs();
        if east_udeg > 180_000_000 {
            east_udeg = 360_000_000 - east_udeg;
        }
        let middle_udeg = (i64::from(self.lat_udeg) + i64::from(other.lat_udeg)) / 2;
        let east = metres(east_udeg) * cos_millionths(middle_udeg.unsigned_abs()) / 1_000_000;
        let square = north * north + east * east;
        u32::try_from(square.unsigned_abs().isqrt().saturating_add(500) / 1_000).unwrap_or(u32::MAX)
    }
}

/// Cosine of an angle in microdegrees (0 to 90,000,000), in millionths, by Taylor's series in integers: error below 30.
fn cos_millionths(udeg: u64) -> i64 {
    // x in millionths of a radian: π/180 = 0.017453292520.
    let x = i128::from(udeg.min(90_000_000)) * 17_453_292_520 / 1_000_000_000_000;
    let one: i128 = 1_000_000;
    let x2 = x * x / one;
    let (mut term, mut sum) = (one, one);
    for n in [2, 12, 30, 56, 90, 132] {
        term = -term * x2 / one / n;
        sum += term;
    }
    i64::try_from(sum.max(0)).unwrap_or(0)
}

impl<C> minicbor::Encode<C> for Cell {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u64(self.index())?.ok()
    }
}
impl<'b, C> minicbor::Decode<'b, C> for Cell {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Cell::from_index(d.u64()?).map_err(|_| minicbor::decode::Error::message("not an area"))
    }
}
impl Serialize for Cell {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&self.0)
    }
}
impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = alloc::string::String::deserialize(d)?;
        let cell: CellIndex = text.parse().map_err(|_| serde::de::Error::custom(BadPlace::NotACell))?;
        Cell::from_index(cell.into()).map_err(serde::de::Error::custom)
    }
}
wire_types!(Cell);

#[cfg(test)]
mod tests {
    use super::*;

    const HAMILTON: Point = Point { lat_udeg: 43_260_000, lon_udeg: -79_870_000 };
    const KITCHENER: Point = Point { lat_udeg: 43_450_000, lon_udeg: -80_490_000 };
    const MONTREAL: Point = Point { lat_udeg: 45_500_000, lon_udeg: -73_570_000 };

    #[test]
    fn distances_agree_with_the_great_circle() {
        // PLC-2
        assert_eq!(HAMILTON.distance_km(KITCHENER), 54);
        let far = HAMILTON.distance_km(MONTREAL);
        assert!((555..=566).contains(&far), "{far}");
        assert_eq!(HAMILTON.distance_km(HAMILTON), 0);
    }

    #[test]
    fn an_area_hides_the_address() {
        // PLC-1
        let cell = Cell::containing(HAMILTON).unwrap();
        assert!(cell.centre().distance_km(HAMILTON) <= cell.radius_km());
        assert!(cell.coarser().centre().distance_km(HAMILTON) <= cell.coarser().radius_km());
        assert_eq!(Cell::from_index(cell.index()), Ok(cell));
        assert_eq!(Cell::from_index(7), Err(BadPlace::NotACell));
    }
}
