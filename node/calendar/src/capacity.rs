//! Capacity counted three ways, week by week: what is installed, what is offered, what is engaged.

use crate::book::{Book, State};
use crate::shift::SiteHours;
use crate::span::{Hours, Moment, Span};
use alloc::vec::Vec;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

/// One week of one resource, Monday to Sunday on the firm's wall. All in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// In which it could run: the firm's shifts, and whatever else is offered.
    pub installed_min: i64,
    /// In which it is offered.
    pub offered_min: i64,
    /// Of these or beyond, held: tentative.
    pub held_min: i64,
    /// Of these or beyond, committed.
    pub engaged_min: i64,
}

/// So many weeks from the one that holds `day`.
pub fn weeks<K: Ord>(
    site: &SiteHours,
    offered: &Hours,
    book: &Book<K>,
    day: Date,
    count: usize,
    now: Moment,
) -> Vec<Week> {
    let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day);
    let mondays = monday.series(1.week()).take(count);
    mondays.filter_map(|monday| week(site, offered, book, monday, now)).collect()
}

fn week<K: Ord>(site: &SiteHours, offered: &Hours, book: &Book<K>, monday: Date, now: Moment) -> Option<Week> {
    let next = monday.checked_add(1.week()).ok()?;
    let span = Span::new(site.zone.begins(monday), site.zone.begins(next))?;
    let offered = offered.within(span);
    let booked = |firm: bool| -> i64 {
        let which = book.all().map(|(_, booking)| booking).filter(|booking| booking.stands(now));
        let which = which.filter(|booking| (booking.state == State::Committed) == firm);
        which.map(|booking| booking.hours.within(span).seconds() / 60).sum()
    };
    Some(Week {
        monday,
        installed_min: site.installed(span).or(&offered).seconds() / 60,
        offered_min: offered.seconds() / 60,
        held_min: booked(false),
        engaged_min: booked(true),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Booking;
    use crate::shift::Shift;
    use crate::timetable::Timetable;
    use crate::zone::Zone;
    use jiff::civil::{date, time};

    #[test]
    fn a_week_is_counted_three_ways() {
        let zone = Zone::named("America/Toronto").unwrap();
        let shift = |name: &str, from, to| Shift {
            name: name.parse().unwrap(),
            starts: time(from, 0, 0, 0),
            ends: time(to, 0, 0, 0),
            days: "mon-fri".parse().unwrap(),
        };
        let shifts = [shift("first", 7, 15), shift("second", 15, 23)];
        let site = SiteHours { zone: zone.clone(), shifts: shifts.into(), holidays: Vec::new() };
        let second =
            site.shift("second").unwrap().window(zone, Some(&"tue-thu".parse().unwrap()), date(2027, 2, 22), 2);
        let timetable = Timetable { open: second.into_iter().collect(), ..Timetable::default() };
        let offered = timetable.offered(&site.closed());
        let now = site.zone.begins(date(2027, 2, 20));
        let mut book: Book<u8> = Book::default();
        let hours = |seconds| offered.earliest(seconds).unwrap();
        book.enter(1, Booking { hours: hours(8 * 3_600), state: State::Committed });
        let rest = offered.without(&hours(8 * 3_600)).earliest(4 * 3_600).unwrap();
        book.enter(2, Booking { hours: rest, state: State::Held { lapses: now.plus(1) } });
        let weeks = weeks(&site, &offered, &book, date(2027, 2, 24), 3, now);
        let minutes: Vec<_> =
            weeks.iter().map(|week| [week.installed_min, week.offered_min, week.held_min, week.engaged_min]).collect();
        assert_eq!(minutes, [[4_800, 1_440, 240, 480], [4_800, 1_440, 0, 0], [4_800, 0, 0, 0]]);
    }
}
