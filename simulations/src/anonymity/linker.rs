//! Whom spies suspect, from what they saw and from nothing else.
//!
//! Every way that cells take is a guess: the records of this pseudonym went along it. It weighs as much as the records' moments are
//! likelier if that is true than if they have nothing to do with it: a cell that a relay keeps for an exponential time comes out as
//! this one did, and how many would by chance. What all records of a pseudonym say is multiplied, because its path is pinned.

use super::journey::Said;
use super::market::Market;
use super::sight::{Came, Entry, Line, Sight, Way};
use super::{Firm, Ms, WEEK};
use std::collections::BTreeMap;

/// How often a record does not show what the true way would: somebody else told it first, or its cell came late.
const ASTRAY: f64 = 0.01;

/// The logarithm of the weight of what spies opened themselves.
const CERTAIN: f64 = 50.0;

/// The logarithms of weights of entries; what was not seen weighs 0.
pub(super) struct Suspicion(BTreeMap<Entry, f64>);

impl Suspicion {
    /// What the records of one pseudonym say together.
    pub(super) fn of<'a>(series: impl Iterator<Item = &'a Sight>, market: &Market) -> Suspicion {
        let mut ways: BTreeMap<Way, f64> = BTreeMap::new();
        let mut entries: BTreeMap<Entry, f64> = BTreeMap::new();
        for sight in series {
            for (way, line) in &sight.lines {
                *ways.entry(*way).or_default() += (likelihood(sight, way, line, market) + ASTRAY).ln();
            }
            if let Came::Opened { entry, .. } = sight.came {
                *entries.entry(entry).or_default() += CERTAIN;
            }
        }
        for (way, weight) in ways {
            let heaviest = entries.entry(way.entry).or_insert(f64::MIN);
            *heaviest = heaviest.max(weight);
        }
        Suspicion(entries)
    }

    /// Who of these firms it was most likely; nobody when firms of which nothing was seen are likelier.
    pub(super) fn names(&self, crowd: &[Firm]) -> Option<Firm> {
        let authors = self.0.iter().filter(|(entry, _)| entry.place == 0 && crowd.contains(&entry.from));
        let heaviest = authors.max_by(|(_, a), (_, b)| a.total_cmp(b));
        heaviest.filter(|(_, weight)| **weight > 0.0).map(|(entry, _)| entry.from)
    }

    /// Those of these firms that were not seen to send anything that spies could follow.
    pub(super) fn unseen(&self, crowd: &[Firm]) -> Vec<Firm> {
        crowd.iter().filter(|firm| !self.0.contains_key(&Entry { place: 0, from: **firm })).copied().collect()
    }

    /// How likely it is that two pseudonyms use one entry, in no unit: more is likelier.
    pub(super) fn likeness(&self, other: &Suspicion, firms: usize) -> f64 {
        let (own, others) = (self.shares(firms), other.shares(firms));
        own.iter().map(|(entry, share)| share * others.get(entry).copied().unwrap_or(0.0)).sum()
    }

    /// The share of each entry among those of its place; all that were not seen weigh as much as there are firms.
    fn shares(&self, firms: usize) -> BTreeMap<Entry, f64> {
        let total = |place| -> f64 {
            let of_place = self.0.iter().filter(|(entry, _)| entry.place == place);
            firms as f64 + of_place.map(|(_, weight)| weight.exp()).sum::<f64>()
        };
        let totals = [0, 1, 2].map(total);
        self.0.iter().map(|(entry, weight)| (*entry, weight.exp() / totals[entry.place])).collect()
    }
}

/// How many times likelier it is that a record came when and where it did if it went along a way than if it did not.
fn likelihood(sight: &Sight, way: &Way, line: &Line, market: &Market) -> f64 {
    let firms = market.spies.len() as f64;
    let (at, delays_left, place) = match sight.came {
        // Behind the way is the exit, and it told; or an exit of which spies know nothing.
        Came::Told(told) if way.hop == 2 => (told.at, 1, if told.by == way.to { firms } else { 0.0 }),
        Came::Told(told) => (told.at, 2, if told.by == way.to { 0.0 } else { 1.0 }),
        // The cell came to the exit from the relay to which this way leads.
        Came::Opened { entry, at } if way.hop == 1 && entry.place == 2 => {
            (at, 1, if entry.from == way.to { firms } else { 0.0 })
        }
        Came::Opened { .. } => (0, 1, 0.0),
    };
    let mean_ms = f64::from(market.pace.delay_ms);
    let time = |handed: &Ms| density(at, *handed, delays_left, mean_ms);
    // A path is drawn for a pseudonym's first record. A way whose first cell came just now had it in that cell.
    let is_young = line.since + market.look_back_ms() >= at;
    place
        * match (sight.said, line.handed.first()) {
            (Said::Advert, Some(first)) if is_young => time(first) * WEEK as f64,
            _ => line.handed.iter().map(time).sum::<f64>() / line.rate,
        }
}

/// The density of the sum of one or two exponential delays, in 1/ms.
fn density(at: Ms, handed: Ms, delays: u32, mean_ms: f64) -> f64 {
    let Some(lag) = at.checked_sub(handed).map(|lag| lag as f64 / mean_ms) else { return 0.0 };
    lag.powi(delays as i32 - 1) * (-lag).exp() / mean_ms
}
