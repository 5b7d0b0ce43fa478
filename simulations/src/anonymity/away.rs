//! When relays are away.
//!
//! A relay is away 2.4 hours at a time as a mean, a computer that is off for part of a day, and so often that it is there for its
//! share of all time. Both spans are exponential.

use super::{HOUR, Ms};
use machine::Chance;
use rand_core::Rng;

/// The mean span for which a relay is away.
const AWAY_MS: f64 = 2.4 * HOUR as f64;

/// The spans in which one relay is away, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Away(Vec<[Ms; 2]>);

impl Away {
    /// Draws the spans up to a moment, of a relay that is there so many hours of 100.
    pub(super) fn draw(uptime_percent: u32, until: Ms, chance: &mut Chance) -> Away {
        let there_ms = AWAY_MS * f64::from(uptime_percent) / f64::from(100_u32.saturating_sub(uptime_percent));
        let (mut spans, mut at) = (Vec::new(), 0);
        while at < until {
            let from = at.saturating_add(exponential(there_ms, chance));
            at = from.saturating_add(exponential(AWAY_MS, chance));
            spans.push([from, at]);
        }
        Away(spans)
    }

    /// When it is there, from a moment on.
    pub(super) fn there_from(&self, at: Ms) -> Ms {
        self.span_at(at).map_or(at, |[_, to]| to)
    }

    /// Whether it is there from one moment to another.
    pub(super) fn is_there(&self, from: Ms, to: Ms) -> bool {
        let next = self.0.partition_point(|[_, end]| *end <= from);
        self.0.get(next).is_none_or(|[begin, _]| *begin > to)
    }

    fn span_at(&self, at: Ms) -> Option<[Ms; 2]> {
        let next = self.0.partition_point(|[_, end]| *end <= at);
        self.0.get(next).copied().filter(|[begin, _]| *begin <= at)
    }
}

fn exponential(mean_ms: f64, chance: &mut Chance) -> Ms {
    let even = (chance.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
    (-(1.0 - even).ln() * mean_ms) as Ms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RunSeed;

    #[test]
    fn a_relay_is_there_nine_times_of_ten_that_one_looks() {
        let away = Away::draw(90, 4_000 * HOUR, &mut RunSeed(1).chance("away", &[]));
        let looks = (0..40_000).filter(|look| away.is_there(look * HOUR / 10, look * HOUR / 10)).count();
        assert!((34_800..37_200).contains(&looks), "{looks}");
        let always = Away::draw(100, 4_000 * HOUR, &mut RunSeed(1).chance("away", &[]));
        assert!(always.is_there(0, 4_000 * HOUR));
        let gone = away.0[3];
        assert!(!away.is_there(gone[0] - 1, gone[0]) && away.is_there(gone[1], gone[1]));
        assert_eq!((away.there_from(gone[0]), away.there_from(gone[1])), (gone[1], gone[1]));
    }
}
