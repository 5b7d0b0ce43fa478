//! Caps: at most so many hours in each week or month, over everything that counts together.
//!
//! Decides how much of some hours a cap still lets have, and names the first week or month that is full and the next one that is
//! not. Weeks run from Monday to Sunday and months from their first day, on the wall of one zone, so that a week in which the
//! clocks change has an hour more or less and a cap does not.

use crate::span::{Hours, Moment, Span};
use crate::zone::Zone;
use alloc::vec::Vec;
use core::fmt;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Over which span hours are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// Monday to Sunday.
    Week,
    /// A month of the calendar.
    Month,
}

/// A cap and the hours that count under it already, those of several bookings apart: two people who work at once work twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cap {
    /// At most so many hours.
    pub hours: u32,
    /// In each.
    pub per: Period,
    /// What counts already.
    pub taken: Vec<Hours>,
}

/// A period is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("at most {hours} hours in a {per}, and the {per} of {first} is full{}", then(*next))]
pub struct Full {
    /// The cap.
    pub hours: u32,
    /// See `hours`.
    pub per: Period,
    /// First day of the first period that is full.
    pub first: Date,
    /// First day of the next period that has room for as much; within a year.
    pub next: Option<Date>,
}

fn then(date: Option<Date>) -> alloc::string::String {
    match date {
        Some(date) => alloc::format!("; the next one with room begins on {date}"),
        None => "; none within a year has room, so ask for fewer hours".into(),
    }
}

/// How many periods are looked through for room: a year of weeks.
const LOOKED_THROUGH: usize = 53;

impl Period {
    /// All of them.
    pub const ALL: [Period; 2] = [Period::Week, Period::Month];

    /// As files and pages know it.
    pub const fn name(self) -> &'static str {
        match self {
            Period::Week => "week",
            Period::Month => "month",
        }
    }

    /// The most hours that it can have.
    pub const fn hours(self) -> u32 {
        match self {
            Period::Week => 7 * 24,
            Period::Month => 31 * 24,
        }
    }

    fn first_day(self, moment: Moment, zone: &Zone) -> Date {
        let day = zone.wall(moment).date();
        match self {
            Period::Week => {
                day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(Date::MIN)
            }
            Period::Month => day.first_of_month(),
        }
    }

    fn after(self, first: Date) -> Date {
        let step = if self == Period::Week { 1.week() } else { 1.month() };
        first.checked_add(step).unwrap_or(Date::MAX)
    }

    /// Every period that holds some of these hours, with its first day.
    fn of(self, hours: &Hours, zone: &Zone) -> Vec<(Date, Span)> {
        let mut periods = Vec::new();
        let Some(extent) = hours.extent() else { return periods };
        let mut first = self.first_day(extent.from(), zone);
        while let Some(span) = Span::new(zone.begins(first), zone.begins(self.after(first)))
            && span.from() < extent.to()
        {
            periods.push((first, span));
            first = self.after(first);
        }
        periods
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// As much of these hours as all caps together let have: the earliest first, so that a month that is full leaves a week's hours to
/// the month after it.
pub fn allowed<'a>(caps: impl Iterator<Item = &'a Cap>, hours: &Hours, zone: &Zone) -> Hours {
    // Of each cap, in order: its periods that these hours touch, and what each has left.
    let mut left: Vec<Vec<(Span, i64)>> = caps
        .map(|cap| cap.per.of(hours, zone).into_iter().map(|(_, span)| (span, cap.left_s(span))).collect())
        .collect();
    let mut cuts: Vec<Moment> = left.iter().flatten().map(|(span, _)| span.from()).collect();
    cuts.sort_unstable();
    let mut kept = Vec::new();
    for span in hours.spans() {
        let within = cuts.iter().copied().filter(|cut| span.from() < *cut && *cut < span.to());
        let ends = within.chain([span.to()]);
        let mut from = span.from();
        for to in ends {
            let Some(piece) = Span::new(from, to) else { continue };
            from = to;
            let mut around: Vec<&mut i64> = left
                .iter_mut()
                .flatten()
                .filter(|(period, _)| period.overlap(piece).is_some())
                .map(|(_, seconds)| seconds)
                .collect();
            let most = around.iter().map(|seconds| **seconds).min().unwrap_or(i64::MAX).min(piece.seconds());
            around.iter_mut().for_each(|seconds| **seconds -= most);
            kept.extend(Span::new(piece.from(), piece.from().plus(most)));
        }
    }
    kept.into_iter().collect()
}

impl Cap {
    /// Whether these hours can be had beside what counts already.
    pub fn judge(&self, hours: &Hours, zone: &Zone) -> Result<(), Full> {
        let broken = self.per.of(hours, zone).into_iter().find_map(|(first, span)| {
            let wanted = hours.within(span).seconds();
            (wanted > self.left_s(span)).then_some((first, wanted))
        });
        broken.map_or(Ok(()), |(first, wanted)| Err(self.full(first, wanted, zone)))
    }

    /// What is said when of `free` hours the cap leaves fewer than the wanted ones: the first period in which it does, and the
    /// next in which there is room for as many as a period may have.
    pub fn full_in(&self, free: &Hours, wanted_s: i64, zone: &Zone) -> Option<Full> {
        let tight = |(_, span): &(Date, Span)| free.within(*span).seconds() > self.left_s(*span);
        let (first, _) = self.per.of(free, zone).into_iter().find(tight)?;
        Some(self.full(first, wanted_s, zone))
    }

    fn full(&self, first: Date, wanted_s: i64, zone: &Zone) -> Full {
        let wanted = wanted_s.min(i64::from(self.hours) * 3_600);
        let later = core::iter::successors(Some(self.per.after(first)), |day| Some(self.per.after(*day)));
        let next = later.take(LOOKED_THROUGH).find(|day| {
            let span = Span::new(zone.begins(*day), zone.begins(self.per.after(*day)));
            span.is_some_and(|span| self.left_s(span) >= wanted)
        });
        Full { hours: self.hours, per: self.per, first, next }
    }

    /// What the cap leaves of a period, in seconds; nothing less than nothing.
    fn left_s(&self, span: Span) -> i64 {
        let taken = self.taken.iter().fold(0i64, |sum, hours| sum.saturating_add(hours.within(span).seconds()));
        (i64::from(self.hours) * 3_600).saturating_sub(taken).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use std::string::ToString;

    fn toronto() -> Zone {
        Zone::named("America/Toronto").unwrap()
    }

    /// Hours `from` to `to` of a day.
    fn on(day: Date, from: i64, to: i64) -> Hours {
        let midnight = toronto().begins(day);
        Span::new(midnight.plus(from * 3_600), midnight.plus(to * 3_600)).unwrap().into()
    }

    fn cap(hours: u32, per: Period, taken: &[Hours]) -> Cap {
        Cap { hours, per, taken: taken.to_vec() }
    }

    #[test]
    fn a_full_week_is_refused_and_the_next_one_with_room_is_named() {
        let monday = date(2026, 11, 30);
        let busy = [on(monday, 9, 13), on(date(2026, 12, 8), 9, 15)];
        let six = cap(6, Period::Week, &busy);
        assert_eq!(six.judge(&on(date(2026, 12, 3), 9, 11), &toronto()), Ok(()), "four and two are six");
        let full = six.judge(&on(date(2026, 12, 3), 9, 12), &toronto()).unwrap_err();
        assert_eq!((full.first, full.next), (monday, Some(date(2026, 12, 14))), "the week after is full too");
        let said = full.to_string();
        assert!(said.contains("at most 6 hours in a week") && said.contains("begins on 2026-12-14"), "{said}");
    }

    #[test]
    fn two_people_who_work_at_once_work_twice() {
        let day = date(2026, 11, 30);
        let both = cap(8, Period::Month, &[on(day, 9, 13), on(day, 9, 13)]);
        assert!(both.judge(&on(day, 14, 15), &toronto()).is_err());
        assert_eq!(both.judge(&on(date(2026, 12, 1), 14, 15), &toronto()), Ok(()), "December is another month");
    }

    #[test]
    fn a_week_in_which_the_clocks_change_has_the_same_cap() {
        // Sunday 2026-11-01 has 25 hours in Toronto; a night shift runs from Sunday into Monday.
        let night = on(date(2026, 11, 1), 23, 29);
        let two = cap(2, Period::Week, &[]);
        let had = allowed([&two].into_iter(), &night, &toronto());
        assert_eq!(had.seconds(), 4 * 3_600, "two hours of the old week and two of the new");
        assert_eq!(two.judge(&had, &toronto()), Ok(()));
    }

    #[test]
    fn a_full_month_leaves_the_hours_of_a_week_to_the_next_month() {
        // The week of 28 December: eight hours on each of its days.
        let days = (28..=31).map(|day| date(2026, 12, day)).chain([date(2027, 1, 1)]);
        let hours: Hours = days.flat_map(|day| on(day, 9, 17).spans().to_vec()).collect();
        let caps = [cap(16, Period::Week, &[]), cap(40, Period::Month, &[on(date(2026, 12, 1), 0, 36)])];
        let had = allowed(caps.iter(), &hours, &toronto());
        assert_eq!(had.seconds(), 12 * 3_600, "four hours in December, and eight on the first of January");
    }

    #[test]
    fn nothing_within_a_year_is_said_so() {
        let every: Vec<Hours> =
            (0..60).map(|week| on(date(2026, 11, 30).checked_add((week * 7).days()).unwrap(), 9, 15)).collect();
        let full = cap(6, Period::Week, &every).judge(&on(date(2026, 12, 1), 9, 10), &toronto()).unwrap_err();
        assert!(full.next.is_none() && full.to_string().contains("ask for fewer hours"));
    }

    fn some_hours() -> impl Strategy<Value = Hours> {
        let spans = proptest::collection::vec((0..1_500i64, 1..30i64), 0..20);
        spans.prop_map(|spans| {
            let begin = toronto().begins(date(2027, 2, 20));
            let span =
                |(from, long): (i64, i64)| Span::new(begin.plus(from * 3_600), begin.plus((from + long) * 3_600));
            spans.into_iter().filter_map(span).collect()
        })
    }

    proptest! {
        #[test]
        fn what_is_allowed_keeps_every_cap_and_gives_all_that_one_cap_leaves(
            hours in some_hours(), taken in proptest::collection::vec(some_hours(), 0..3),
            (week, month) in (1..60u32, 1..200u32),
        ) {
            let zone = toronto();
            let [week, month] = [(week, Period::Week), (month, Period::Month)].map(|(hours, per)| cap(hours, per, &taken));
            let by_week = allowed([&week].into_iter(), &hours, &zone);
            let both = allowed([&week, &month].into_iter(), &hours, &zone);
            prop_assert!(hours.covers(&both));
            prop_assert_eq!(week.judge(&both, &zone), Ok(()));
            prop_assert_eq!(month.judge(&both, &zone), Ok(()));
            // Nothing more could be had: whatever is left over would break one of both.
            for span in hours.without(&both).spans() {
                let more = both.or(&Span::new(span.from(), span.from().plus(1)).unwrap().into());
                prop_assert!(week.judge(&more, &zone).is_err() || month.judge(&more, &zone).is_err());
            }
            for (_, span) in Period::Week.of(&hours, &zone) {
                let all = hours.within(span).seconds();
                prop_assert_eq!(by_week.within(span).seconds(), all.min(week.left_s(span)));
            }
        }
    }
}
