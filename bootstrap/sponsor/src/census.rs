//! The census that a sponsor publishes: what its staff counted, and how many members fetched passes.
//!
//! Decides nothing about anybody: the rows are the staff's, the number of members is counted from what was issued. Refuses rows
//! that say one thing twice.
//!
//! - `KAN-2` A number below 5 is dropped when it is read, so it is never held, let alone said.
//! - `KAN-5` The number of members is said in steps (5, 10, 20, 40 and so on, rounded down), so that nobody sees in it that one
//!   more firm has just come to the market.
//!
//! A member gets the census after passes for adverts and when it connects; all connected members get it when a step was
//! reached. Who learns what: members learn rows and the step; a row says nothing of who is in it.

use crate::issuing::Issued;
use crate::office::Office;
use alloc::vec::Vec;
use protocol::census::{Census, FEWEST, Row, SignedCensus, Tuple};
use protocol::facts::Side;
use protocol::limits::{CENSUS_ROWS_MAX, LIST_MAX};
use protocol::place::{BadPlace, Cell, Point};
use protocol::time::Week;
use protocol::vocabulary::{Credential, EnvelopeBand, Material, Process, ResourceClass, ToleranceBand};
use protocol::wire::encode;
use serde::Deserialize;

/// A row as staff write it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// How many firms.
    pub firms: u32,
    /// That could offer, or could need.
    pub side: Side,
    /// What kind of thing.
    pub class: ResourceClass,
    /// Which process, service or skill.
    pub process: Process,
    /// All of them together.
    #[serde(default)]
    pub materials: Vec<Material>,
    /// All of them together.
    #[serde(default)]
    pub credentials: Vec<Credential>,
    /// This band or a finer one.
    pub tolerance: Option<ToleranceBand>,
    /// This band or a larger one.
    pub envelope: Option<EnvelopeBand>,
    /// A point of the area; absent is the whole market.
    pub around: Option<Point>,
    /// How large the area is: about a county (absent, H3 resolution 3), or its seventh part (`small = true`, resolution 4).
    #[serde(default)]
    pub small: bool,
}

/// Why rows are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRows {
    /// Too many.
    #[error("the census has more than {CENSUS_ROWS_MAX} rows; keep those that members need most")]
    TooMany,
    /// A list too long.
    #[error("a row of the census lists more than {LIST_MAX} materials or credentials")]
    TooLong,
    /// Not a place.
    #[error("a row of the census: {0}")]
    Place(#[from] BadPlace),
    /// One thing twice.
    #[error("two rows of the census say the same thing; a firm would be counted twice")]
    Twice,
}

/// The rows as they are published (`KAN-2`, `KAN-3`).
pub fn rows(counted: &[Counted]) -> Result<Vec<Row>, BadRows> {
    if counted.len() > CENSUS_ROWS_MAX {
        return Err(BadRows::TooMany);
    }
    let mut rows = counted.iter().map(row).collect::<Result<Vec<Row>, BadRows>>()?;
    rows.sort_by_cached_key(|row| encode(&row.tuple));
    let twice = rows.windows(2).any(|pair| matches!(pair, [one, next] if one.tuple == next.tuple));
    if twice { Err(BadRows::Twice) } else { Ok(rows) }
}

fn row(counted: &Counted) -> Result<Row, BadRows> {
    let cell = counted.around.map(Cell::containing).transpose()?;
    let tuple = Tuple {
        side: counted.side,
        class: counted.class,
        process: counted.process,
        materials: ascending(&counted.materials)?,
        credentials: ascending(&counted.credentials)?,
        tolerance: counted.tolerance,
        envelope: counted.envelope,
        area: if counted.small { cell } else { cell.map(Cell::coarser) },
    };
    Ok(Row { tuple, firms: Some(counted.firms).filter(|firms| *firms >= FEWEST) })
}

fn ascending<T: Ord + Clone>(list: &[T]) -> Result<Vec<T>, BadRows> {
    let mut list = list.to_vec();
    list.sort();
    list.dedup();
    if list.len() <= LIST_MAX { Ok(list) } else { Err(BadRows::TooLong) }
}

/// The census of an epoch; `None` when the staff counted nothing, because then it would say nothing.
pub(crate) fn publish(office: &Office, issued: &Issued, epoch: Week) -> Option<SignedCensus> {
    let rows = office.rows.clone();
    let fetched = step(issued.advertisers(epoch));
    let body = Census { network: office.network, sponsor: office.key(), epoch, fetched, rows };
    (!body.rows.is_empty()).then(|| SignedCensus::new(body, &office.keys.operating))
}

/// The largest step that is not more than so many members (`KAN-5`).
pub(crate) fn step(members: usize) -> Option<u32> {
    let members = u32::try_from(members).unwrap_or(u32::MAX);
    core::iter::successors(Some(FEWEST), |step| step.checked_mul(2)).take_while(|step| *step <= members).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(firms: u32) -> Counted {
        Counted {
            firms,
            side: Side::Offer,
            class: ResourceClass::Machine,
            process: Process::Turning,
            materials: [Material::Titanium, Material::Aluminium].to_vec(),
            credentials: Vec::new(),
            tolerance: None,
            envelope: None,
            around: Some(Point { lat_udeg: 43_260_000, lon_udeg: -79_870_000 }),
            small: false,
        }
    }

    #[test]
    fn a_number_below_five_is_dropped_and_a_row_stands_once() {
        // KAN-2, KAN-3
        let read = rows(&[counted(4)]).unwrap();
        assert_eq!(read.first().map(|row| row.firms), Some(None));
        let small = Counted { small: true, ..counted(9) };
        assert_eq!(rows(&[counted(4), small.clone()]).map(|rows| rows.len()), Ok(2));
        assert_eq!(rows(&[small.clone(), counted(7), small]), Err(BadRows::Twice));
        let far = Counted { around: Some(Point { lat_udeg: 91_000_000, lon_udeg: 0 }), ..counted(9) };
        assert!(matches!(rows(&[far]), Err(BadRows::Place(_))));
    }

    #[test]
    fn members_are_counted_in_steps() {
        // KAN-5
        assert_eq!([0, 4, 5, 9, 10, 39, 41].map(step), [None, None, Some(5), Some(5), Some(10), Some(20), Some(40)]);
    }
}
