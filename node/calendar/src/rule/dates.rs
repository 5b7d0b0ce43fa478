//! The dates of a rule.

use super::{ByDay, End, Frequency, Rule, Until};
use crate::limits::RULE_YEARS_MAX;
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// Days in a row, last included.
#[derive(Clone, Copy)]
struct Run {
    first: Date,
    last: Date,
}

impl Rule {
    /// The dates on which a window that first begins on `first` comes again, in order. Ends by `COUNT`, by the day of `UNTIL` or
    /// at the limit in years; a moment of `UNTIL` is for the window to judge, which knows the hour.
    pub fn dates(&self, first: Date) -> impl Iterator<Item = Date> {
        let last = Rule::last(first);
        let end = match self.end {
            End::Until(Until::Day(day)) => day.min(last),
            _ => last,
        };
        let most = match self.end {
            End::Count(count) => usize::try_from(count).unwrap_or(usize::MAX),
            End::Until(_) => usize::MAX,
        };
        let periods = (0..).map_while(move |step| self.period(first, step)).take_while(move |run| run.first <= end);
        let dates = periods.flat_map(move |run| run.days().filter(move |date| self.falls_on(*date, first)));
        dates.skip_while(move |date| *date < first).take_while(move |date| *date <= end).take(most)
    }

    /// The last date that any rule reaches from a first one.
    pub fn last(first: Date) -> Date {
        first.checked_add(RULE_YEARS_MAX.years()).unwrap_or(Date::MAX)
    }

    /// The `step`th period from the one that holds `first`; `None` beyond the last year.
    fn period(&self, first: Date, step: i64) -> Option<Run> {
        let step = step.checked_mul(i64::from(self.interval.max(1)))?;
        let later = |date: Date, span: Span| date.checked_add(span).ok();
        Some(match self.frequency {
            Frequency::Daily => {
                let day = later(first, Span::new().try_days(step).ok()?)?;
                Run { first: day, last: day }
            }
            Frequency::Weekly => {
                let begin = first.checked_sub(i64::from(first.weekday().since(self.week_start)).days()).ok()?;
                let begin = later(begin, Span::new().try_weeks(step).ok()?)?;
                Run { first: begin, last: later(begin, 6.days())? }
            }
            Frequency::Monthly => {
                let month = later(first.first_of_month(), Span::new().try_months(step).ok()?)?;
                Run { first: month, last: month.last_of_month() }
            }
            Frequency::Yearly => {
                let year = later(first.first_of_year(), Span::new().try_years(step).ok()?)?;
                Run { first: year, last: year.last_of_year() }
            }
        })
    }

    /// Whether the rule falls on a date of one of its periods.
    fn falls_on(&self, date: Date, first: Date) -> bool {
        let from_end = date.day() - date.days_in_month() - 1;
        let month_day = |day: &i8| *day == date.day() || *day == from_end;
        if self.by_day.is_empty() && self.by_month_day.is_empty() {
            return match self.frequency {
                Frequency::Daily => true,
                Frequency::Weekly => date.weekday() == first.weekday(),
                Frequency::Monthly => date.day() == first.day(),
                Frequency::Yearly => date.day() == first.day() && date.month() == first.month(),
            };
        }
        (self.by_month_day.is_empty() || self.by_month_day.iter().any(month_day))
            && (self.by_day.is_empty() || self.by_day.iter().any(|by| self.is_day(by, date)))
    }

    fn is_day(&self, by: &ByDay, date: Date) -> bool {
        let (place, days) = match self.frequency {
            Frequency::Yearly => (date.day_of_year(), date.days_in_year()),
            _ => (i16::from(date.day()), i16::from(date.days_in_month())),
        };
        let nth = |nth: i8| match nth {
            1.. => (place - 1) / 7 + 1 == i16::from(nth),
            _ => (days - place) / 7 + 1 == -i16::from(nth),
        };
        by.day == date.weekday() && by.nth.is_none_or(nth)
    }
}

impl Run {
    fn days(self) -> impl Iterator<Item = Date> {
        self.first.series(1.day()).take_while(move |date| *date <= self.last)
    }
}
