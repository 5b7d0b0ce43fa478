//! A window: from one time on the wall to another, once or again and again.
//!
//! - `CAL-4` A window keeps to the wall: a shift from 22:00 to 06:00 ends at six also in the night in which clocks change, and has
//!   seven or nine hours then. Each occurrence begins on another date. A window is whole or refused: it ends after it begins,
//!   its first day is one of its rule's days, each exception is one, and no occurrence reaches into the next.

use crate::days::Days;
use crate::limits::{LENGTH_DAYS_MAX, OCCURRENCES_MAX, RULE_YEARS_MAX, YEAR_MAX, YEAR_MIN};
use crate::rule::{End, Rule, Until};
use crate::span::{Hours, Span};
use crate::zone::{Oddity, Zone};
use alloc::vec::Vec;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

/// A window (`CAL-4`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// When it first begins, on the wall.
    pub starts: DateTime,
    /// When it first ends, on the wall.
    pub ends: DateTime,
    /// Whose wall.
    pub zone: Zone,
    /// How it comes again; `None` is once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
    /// Dates on which it does not begin although the rule says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Date>,
}

/// One time that a window comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// When it begins, on the wall.
    pub starts: DateTime,
    /// When it ends, on the wall.
    pub ends: DateTime,
    /// Its hours; `None` if the clocks jump over all of it.
    pub span: Option<Span>,
}

/// Why a window is refused, and what to write (`CAL-4`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BadWindow {
    /// Upside down.
    #[error("ends: a window must end after it begins; for a night shift write the end on the next day")]
    UpsideDown,
    /// Too long.
    #[error("ends: a window lasts at most {LENGTH_DAYS_MAX} days; split it")]
    TooLong,
    /// Out of the years of calendars.
    #[error("starts: write a year from {YEAR_MIN} to {YEAR_MAX}")]
    Year,
    /// The first day is not one of the rule's.
    #[error("starts: {starts} is not a day of the rule; begin on {}", Suggestion(*first))]
    OffRule {
        /// The day on which it is said to begin.
        starts: Date,
        /// The first day of the rule after it, if there is one.
        first: Option<Date>,
    },
    /// An exception that is no occurrence.
    #[error("except: the window does not begin on {0}; leave that day out")]
    NoOccurrence(Date),
    /// It reaches into its own next occurrence.
    #[error("ends: the window of {0} would still last when the next begins; let it end earlier, or come less often")]
    IntoNext(Date),
    /// Too often.
    #[error("rule: a window comes at most {OCCURRENCES_MAX} times; let it end earlier")]
    TooOften,
    /// Too far ahead.
    #[error("rule: a window comes again for at most {RULE_YEARS_MAX} years; end the rule by {0}")]
    TooFar(Date),
    /// Nothing is left of it.
    #[error("except: nothing is left of the window; leave out some exceptions, or take the window out")]
    Nothing,
}

struct Suggestion(Option<Date>);

impl core::fmt::Display for Suggestion {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.0 {
            Some(date) => write!(f, "{date}"),
            None => f.write_str("a day of the rule, before it ends"),
        }
    }
}

impl Window {
    /// A window of one occurrence.
    pub fn once(starts: DateTime, ends: DateTime, zone: Zone) -> Window {
        Window { starts, ends, zone, rule: None, except: Vec::new() }
    }

    /// From one time of the day to another on these days of the week, from the first of them on or after `first` up to and with
    /// `last`; an end that is not later than the beginning is on the next day. `None` if no such day lies between.
    pub fn weekly(
        (begins, ends): (Time, Time),
        days: &Days,
        (first, last): (Date, Date),
        zone: Zone,
    ) -> Option<Window> {
        let rule = Rule::weekly(days, last);
        let starts = rule.dates(first).next()?;
        let over_midnight = i64::from(ends <= begins);
        let ends = starts.checked_add(over_midnight.days()).ok()?.to_datetime(ends);
        Some(Window { rule: Some(rule), ..Window::once(starts.to_datetime(begins), ends, zone) })
    }

    /// Whether it is whole (`CAL-4`). Says nothing of zones: what is whole today is so under every later zone database.
    pub fn check(&self) -> Result<(), BadWindow> {
        if self.ends <= self.starts {
            return Err(BadWindow::UpsideDown);
        }
        if !(YEAR_MIN..=YEAR_MAX).contains(&self.starts.year()) {
            return Err(BadWindow::Year);
        }
        if self.days() > LENGTH_DAYS_MAX {
            return Err(BadWindow::TooLong);
        }
        let all: Vec<Date> = self.unexcepted().take(OCCURRENCES_MAX + 1).collect();
        match all.first() {
            Some(first) if *first == self.starts.date() => {}
            first => return Err(BadWindow::OffRule { starts: self.starts.date(), first: first.copied() }),
        }
        if all.len() > OCCURRENCES_MAX {
            return Err(BadWindow::TooOften);
        }
        if self.is_cut_off(all.len()) {
            return Err(BadWindow::TooFar(Rule::last(self.starts.date())));
        }
        let next =
            |pair: &&[Date]| matches!(pair, [one, next] if self.end_of(*one) > next.to_datetime(self.starts.time()));
        if let Some([one, _]) = all.windows(2).find(next) {
            return Err(BadWindow::IntoNext(*one));
        }
        if let Some(lost) = self.except.iter().find(|date| !all.contains(date)) {
            return Err(BadWindow::NoOccurrence(*lost));
        }
        if all.iter().all(|date| self.except.contains(date)) { Err(BadWindow::Nothing) } else { Ok(()) }
    }

    /// Every time that it comes, in order; at most the limit, also of a window that was never checked.
    pub fn occurrences(&self) -> impl Iterator<Item = Occurrence> {
        let kept = self.unexcepted().filter(|date| !self.except.contains(date)).take(OCCURRENCES_MAX);
        kept.map(|date| self.occurrence(date))
    }

    /// Its hours.
    pub fn hours(&self) -> Hours {
        self.occurrences().filter_map(|occurrence| occurrence.span).collect()
    }

    /// Times on its walls that come twice or never (`CAL-2`), for the person who enters it.
    pub fn oddities(&self) -> Vec<(DateTime, Oddity)> {
        let walls = self.occurrences().flat_map(|occurrence| [occurrence.starts, occurrence.ends]);
        walls.filter_map(|wall| self.zone.oddity(wall).map(|oddity| (wall, oddity))).collect()
    }

    /// The window as one that lasts equally long each time, which is how other calendars read a rule (RFC 5545, 3.8.5.3), and
    /// the occurrences that clocks make longer or shorter, each by itself. Together they have the same hours.
    pub fn in_exact_lengths(&self) -> Vec<Window> {
        if self.rule.is_none() {
            return [self.clone()].into();
        }
        let seconds = |occurrence: &Occurrence| occurrence.span.map(Span::seconds);
        let usual = seconds(&self.occurrence(self.starts.date()));
        let (same, other): (Vec<_>, Vec<_>) = self.occurrences().partition(|one| seconds(one) == usual);
        let mut repeated = self.clone();
        repeated.except.extend(other.iter().map(|one| one.starts.date()));
        let repeated = (usual.is_some() && !same.is_empty()).then_some(repeated);
        let single = other.iter().filter(|one| one.span.is_some());
        let single = single.map(|one| Window::once(one.starts, one.ends, self.zone.clone()));
        repeated.into_iter().chain(single).collect()
    }

    /// Whether the limit in years ends its rule, and not the rule itself.
    fn is_cut_off(&self, came: usize) -> bool {
        let last = Rule::last(self.starts.date());
        match self.rule.as_ref().map(|rule| rule.end) {
            None => false,
            Some(End::Count(count)) => usize::try_from(count).is_ok_and(|count| came < count),
            Some(End::Until(Until::Day(day))) => day > last,
            Some(End::Until(Until::Moment(moment))) => moment >= self.zone.ends(last),
        }
    }

    /// Dates on which it begins, exceptions included.
    fn unexcepted(&self) -> impl Iterator<Item = Date> {
        let once = self.rule.is_none().then(|| self.starts.date());
        let again = self.rule.as_ref().map(|rule| rule.dates(self.starts.date())).into_iter().flatten();
        let until = match self.rule.as_ref().map(|rule| rule.end) {
            Some(End::Until(Until::Moment(moment))) => Some(moment),
            _ => None,
        };
        let begins = |date: Date| self.zone.moment(date.to_datetime(self.starts.time()));
        once.into_iter().chain(again).take_while(move |date| until.is_none_or(|until| begins(*date) <= until))
    }

    fn occurrence(&self, date: Date) -> Occurrence {
        let (starts, ends) = (date.to_datetime(self.starts.time()), self.end_of(date));
        Occurrence { starts, ends, span: Span::new(self.zone.moment(starts), self.zone.moment(ends)) }
    }

    fn end_of(&self, date: Date) -> DateTime {
        let day = date.checked_add(self.days().days()).unwrap_or(Date::MAX);
        day.to_datetime(self.ends.time())
    }

    /// Midnights between its beginning and its end.
    fn days(&self) -> i32 {
        self.ends.date().since(self.starts.date()).map_or(i32::MAX, |span| span.get_days())
    }
}

#[cfg(test)]
mod tests;
