//! Stretches of time on the one clock that never jumps.
//!
//! - `CAL-1` Whatever is compared, added up or booked is a set of half-open intervals of UTC seconds: sorted, disjoint, not
//!   touching. The end of one hour is the beginning of the next and belongs to that.

use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// Later by `seconds`, or earlier if that is negative.
    pub fn plus(self, seconds: i64) -> Moment {
        Moment(self.0.saturating_add(seconds))
    }
}

/// From a moment, included, to a later one, excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(Moment, Moment)", into = "(Moment, Moment)")]
pub struct Span {
    from: Moment,
    to: Moment,
}

/// A span that ends before it begins, or at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the end must be later than the beginning")]
pub struct BadSpan;

impl TryFrom<(Moment, Moment)> for Span {
    type Error = BadSpan;
    fn try_from((from, to): (Moment, Moment)) -> Result<Span, BadSpan> {
        Span::new(from, to).ok_or(BadSpan)
    }
}

impl From<Span> for (Moment, Moment) {
    fn from(span: Span) -> Self {
        (span.from, span.to)
    }
}

impl Span {
    /// `None` unless it ends after it begins.
    pub fn new(from: Moment, to: Moment) -> Option<Span> {
        (from < to).then_some(Span { from, to })
    }

    /// The first moment.
    pub fn from(self) -> Moment {
        self.from
    }

    /// The first moment after it.
    pub fn to(self) -> Moment {
        self.to
    }

    /// How long, in seconds; at least 1.
    pub fn seconds(self) -> i64 {
        self.to.0.saturating_sub(self.from.0)
    }

    /// What both have in common.
    pub fn overlap(self, other: Span) -> Option<Span> {
        Span::new(self.from.max(other.from), self.to.min(other.to))
    }
}

/// A set of spans (`CAL-1`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Span>", into = "Vec<Span>")]
pub struct Hours(Vec<Span>);

impl From<Vec<Span>> for Hours {
    fn from(mut spans: Vec<Span>) -> Hours {
        spans.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
                _ => merged.push(span),
            }
        }
        Hours(merged)
    }
}

impl From<Span> for Hours {
    fn from(span: Span) -> Hours {
        Hours([span].into())
    }
}

impl From<Hours> for Vec<Span> {
    fn from(hours: Hours) -> Vec<Span> {
        hours.0
    }
}

impl FromIterator<Span> for Hours {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Hours {
        Hours::from(spans.into_iter().collect::<Vec<Span>>())
    }
}

impl Hours {
    /// Its spans, earliest first.
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How long all together, in seconds.
    pub fn seconds(&self) -> i64 {
        self.0.iter().fold(0, |sum, span| sum.saturating_add(span.seconds()))
    }

    /// From the first moment to the last; `None` of nothing.
    pub fn extent(&self) -> Option<Span> {
        Span::new(self.0.first()?.from, self.0.last()?.to)
    }

    /// What lies within a span. Looks only at what meets it.
    pub fn within(&self, span: Span) -> Hours {
        let begins = self.0.partition_point(|one| one.to <= span.from);
        let met = self.0.iter().skip(begins).take_while(|one| one.from < span.to);
        Hours(met.filter_map(|one| one.overlap(span)).collect())
    }

    /// What lies in either.
    pub fn or(&self, other: &Hours) -> Hours {
        self.0.iter().chain(&other.0).copied().collect()
    }

    /// What lies in both.
    pub fn and(&self, other: &Hours) -> Hours {
        let (mut ours, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut both = Vec::new();
        while let (Some(one), Some(two)) = (ours.peek(), theirs.peek()) {
            both.extend(one.overlap(**two));
            if one.to < two.to {
                ours.next()
            } else {
                theirs.next()
            };
        }
        Hours(both)
    }

    /// What lies here and not there.
    pub fn without(&self, other: &Hours) -> Hours {
        let mut left = Vec::new();
        let mut cuts = other.0.iter().peekable();
        for span in &self.0 {
            let mut from = span.from;
            while let Some(cut) = cuts.peek().filter(|cut| cut.from < span.to) {
                left.extend(Span::new(from, cut.from.min(span.to)));
                from = from.max(cut.to);
                if cut.to > span.to {
                    break;
                }
                cuts.next();
            }
            left.extend(Span::new(from, span.to));
        }
        Hours(left)
    }

    /// Whether all of `other` lies in here.
    pub fn covers(&self, other: &Hours) -> bool {
        other.without(self).is_empty()
    }

    /// The earliest of it that comes to `seconds`; `None` if it is less than that.
    pub fn earliest(&self, seconds: i64) -> Option<Hours> {
        let mut missing = seconds;
        let mut taken = Vec::new();
        for span in &self.0 {
            if missing <= 0 {
                break;
            }
            let to = span.to.min(span.from.plus(missing));
            taken.extend(Span::new(span.from, to));
            missing = missing.saturating_sub(span.seconds());
        }
        (missing <= 0).then_some(Hours(taken))
    }
}

#[cfg(test)]
mod tests;
