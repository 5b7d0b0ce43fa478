//! Where on the globe a shelf stands, coarsely: so that a need with a limit of distance passes most shelves by.
use crate::place::Point;
use alloc::vec::Vec;

/// Zones: one for what is said nowhere, one shared by whatever comes when all others are taken.
pub(super) const ZONES: usize = 256;
/// The zone of those that state no place.
pub(super) const NOWHERE: usize = 0;
const SHARED: usize = ZONES - 1;
/// A zone is a cube of 2^23 of 2^30, some 50 km: as wide as the area that an advert names.
const CUBE_BITS: u32 = 23;

/// Which cubes have a zone of their own, and how many lie in each zone.
#[derive(Clone, Debug, Default)]
pub(super) struct Zones {
    cubes: Vec<([i32; 3], usize)>,
}

impl Zones {
    /// The zone of a place for one more that lies there.
    pub(super) fn enter(&mut self, place: Option<Point>) -> usize {
        let Some(place) = place else { return NOWHERE };
        let cube = place.coordinates().map(|along| along >> CUBE_BITS);
        if let Some(at) = self.cubes.iter().position(|(own, count)| *own == cube && *count > 0) {
            return self.count(at);
        }
        if let Some(at) = self.cubes.iter().position(|(_, count)| *count == 0) {
            if let Some((own, _)) = self.cubes.get_mut(at) {
                *own = cube;
            }
            return self.count(at);
        }
        if self.cubes.len() < SHARED - 1 {
            self.cubes.push((cube, 0));
            return self.count(self.cubes.len() - 1);
        }
        SHARED
    }

    fn count(&mut self, at: usize) -> usize {
        if let Some((_, count)) = self.cubes.get_mut(at) {
            *count += 1;
        }
        at + 1
    }

    /// One fewer lies in a zone.
    pub(super) fn leave(&mut self, zone: usize) {
        if let Some((_, count)) = zone.checked_sub(1).and_then(|at| self.cubes.get_mut(at)) {
            *count = count.saturating_sub(1);
        }
    }
}

/// The smallest box around the places of a shelf, and the least and greatest reach of those that have one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    low: [i32; 3],
    high: [i32; 3],
    reach: (i64, i64),
}

/// How the places of a shelf lie to a reach.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Lies {
    Within,
    Across,
    Beyond,
}

impl Extent {
    pub(super) const EMPTY: Extent = Extent { low: [i32::MAX; 3], high: [i32::MIN; 3], reach: (i64::MAX, i64::MIN) };

    pub(super) fn grow(&mut self, point: [i32; 3], reach: i64) {
        for ((low, high), along) in self.low.iter_mut().zip(&mut self.high).zip(point) {
            (*low, *high) = ((*low).min(along), (*high).max(along));
        }
        self.reach = (self.reach.0.min(reach), self.reach.1.max(reach));
    }

    /// Whether all places lie within the reach of a point, or none; without a reach of its own each place has one.
    pub(super) fn lies(&self, centre: Point, reach: Option<i64>) -> Lies {
        let centre = centre.coordinates();
        let spans = || self.low.iter().zip(&self.high).zip(centre);
        let near = spans().map(|((low, high), along)| along.clamp(*low, (*high).max(*low)));
        let far =
            spans().map(|((low, high), along)| if along.abs_diff(*low) > along.abs_diff(*high) { *low } else { *high });
        let point = |along: &mut dyn Iterator<Item = i32>| core::array::from_fn(|_| along.next().unwrap_or(0));
        let distance = |other: [i32; 3]| Point::from_coordinates(centre).square_to(Point::from_coordinates(other));
        let (least, most) = (reach.unwrap_or(self.reach.0), reach.unwrap_or(self.reach.1));
        if distance(point(&mut { near })) > most {
            Lies::Beyond
        } else if distance(point(&mut { far })) <= least {
            Lies::Within
        } else {
            Lies::Across
        }
    }
}
