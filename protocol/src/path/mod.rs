//! Which relays a pseudonym's cells go through.
//!
//! ```text
//!   this node ──▶ guard ──▶ middle ──▶ exit ──▶ everybody
//!                 └ knows this node     └ knows the record
//!                 └─ one pair ─┘        └ one for each pseudonym
//! ```
//!
//! - `PTH-1` A candidate has one onion key of this week, was up nine times of ten when this node looked, and is not this node. A
//!   second descriptor with the same key tells of further addresses.
//! - `PTH-2` Guard and middle are the same for everything that a node sends; each pseudonym has an exit of its own. Guard and exit have
//!   different sponsors where there are two, the middle a third where there are three. An owner who names guards gets one of them,
//!   or no path. A relay that another describes as its own past is none.
//! - `PTH-3` Both are pinned. An exit is drawn again at most twice, a pair at most twice in nine weeks, when a relay is gone for a day
//!   or too many cells in a row were late. Nothing is ever published directly instead.
//!
//! Neighbours of this node are no worse as exits than others: who left them out would tell every exit that the author is none
//! of its neighbours.
//!
//! What an attacker would try: be relays until one node has its guard and an exit (sponsors differ, `PTH-2`; each draw is
//! another chance, so a node draws one pair for all its pseudonyms, `PTH-3`); drop cells so that the sender looks for other relays
//! (it does so twice at most, and for other exits first); describe one relay with two keys to split its senders (`PTH-1`).

mod search;

pub use search::{Search, Seen, heir};

use crate::cells::{HOPS, Hop};
use crate::id::PeerKey;
use crate::limits::{PAIR_COUNT_WEEKS, REDRAWS_MAX};
use crate::relay::Relay;
use crate::time::Week;
use alloc::vec::Vec;
use rand_core::CryptoRng;
use search::{one_each, pick};
use serde::{Deserialize, Serialize};

/// The first two relays of everything that a node sends, and how often they were drawn again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// Guard, middle.
    pub relays: [PeerKey; 2],
    /// At most twice in nine weeks.
    pub redrawn: u8,
    /// The week from which on that is counted.
    pub since: Week,
}

/// The relays of one pseudonym, in order, and how often its exit was drawn again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Path {
    /// Guard, middle, exit.
    pub relays: [PeerKey; HOPS],
    /// At most twice.
    pub redrawn: u8,
}

/// A relay of the path has none, or more than one, onion key of this week: wait for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("finding the relays of a path: {} has no one onion key of this week; wait for it", .0.short())]
pub struct Missing(pub PeerKey);

impl Pair {
    /// Its first relay.
    pub fn guard(&self) -> PeerKey {
        let [guard, _] = self.relays;
        guard
    }

    /// Draws a pair (`PTH-1`, `PTH-2`); `None` while there are not three relays, so that an exit remains.
    pub fn choose(search: &Search<'_>, chance: &mut impl CryptoRng) -> Option<Pair> {
        let candidates = search.candidates();
        let guard = *pick(&search.named(&candidates), chance)?;
        search.behind(guard, &candidates, chance).map(|relays| Pair { relays, redrawn: 0, since: search.week })
    }

    /// Draws another pair when this one does not carry (`PTH-3`). The middle is another one. The guard stays the first time, so that no
    /// drop of a cell brings a node to a new guard; the second time it may be the guard that drops, so it is another one too, if the
    /// owner allows another. `None` when it was drawn again too often in nine weeks, or while there are not enough relays.
    pub fn choose_again(&self, search: &Search<'_>, chance: &mut impl CryptoRng) -> Option<Pair> {
        let is_counted = search.week < self.since.plus(PAIR_COUNT_WEEKS);
        let (before, since) = if is_counted { (self.redrawn, self.since) } else { (0, search.week) };
        let redrawn = before.checked_add(1).filter(|times| *times <= REDRAWS_MAX)?;
        let [guard, failed] = self.relays.map(|relay| search.today(relay));
        let mut candidates = search.candidates();
        candidates.remove(&failed);
        let (same, others): (Vec<_>, Vec<_>) = search.named(&candidates).into_iter().partition(|named| *named == guard);
        let stays = !same.is_empty() && (redrawn < REDRAWS_MAX || others.is_empty());
        let guard = if stays { guard } else { *pick(&others, chance)? };
        search.behind(guard, &candidates, chance).map(|relays| Pair { relays, redrawn, since })
    }

    /// The same pair under the identities with which its relays go on, once they describe themselves no more (`REL-5`); `None` if nothing
    /// has changed. An heir says who it was for nine weeks, and a pair may last longer.
    pub fn moved(&self, search: &Search<'_>) -> Option<Pair> {
        let described = one_each(search.seen.iter().map(|seen| seen.relay), search.week);
        let relays = self.relays.map(|relay| if described.contains_key(&relay) { relay } else { search.today(relay) });
        (relays != self.relays).then_some(Pair { relays, ..*self })
    }

    /// Whether the owner has named guards and its guard is none of them (`PTH-2`).
    pub fn is_overruled(&self, search: &Search<'_>) -> bool {
        let guard = search.today(self.guard());
        !search.guards.is_empty() && !search.guards.iter().any(|named| search.today(*named) == guard)
    }
}

impl Path {
    /// A pseudonym's path behind its node's pair; `None` while there is no relay for its exit.
    pub fn behind(pair: &Pair, search: &Search<'_>, chance: &mut impl CryptoRng) -> Option<Path> {
        Some(Path::with(pair, search.exit(pair, &search.candidates(), chance)?, 0))
    }

    /// With another exit than before (`PTH-3`). `None` when it was drawn again too often, or while there is no other.
    pub fn choose_again(&self, pair: &Pair, search: &Search<'_>, chance: &mut impl CryptoRng) -> Option<Path> {
        let redrawn = self.redrawn.checked_add(1).filter(|times| *times <= REDRAWS_MAX)?;
        let [.., exit] = self.relays;
        let mut candidates = search.candidates();
        candidates.remove(&search.today(exit));
        Some(Path::with(pair, search.exit(pair, &candidates, chance)?, redrawn))
    }

    /// Behind another pair than before. The exit stays if the guard did and it is not of the pair now: it was drawn for that guard.
    /// Otherwise another is drawn, which is not counted, because pairs are.
    pub fn follow(&self, pair: &Pair, search: &Search<'_>, chance: &mut impl CryptoRng) -> Option<Path> {
        let [before, _, exit] = self.relays.map(|relay| search.today(relay));
        let [guard, middle] = pair.relays.map(|relay| search.today(relay));
        let stays = guard == before && ![guard, middle].contains(&exit);
        let exit = if stays { exit } else { search.exit(pair, &search.candidates(), chance)? };
        Some(Path::with(pair, exit, self.redrawn))
    }

    /// Whether it begins with this pair.
    pub fn is_behind(&self, pair: &Pair) -> bool {
        self.relays.starts_with(&pair.relays)
    }

    fn with(pair: &Pair, exit: PeerKey, redrawn: u8) -> Path {
        let [guard, middle] = pair.relays;
        Path { relays: [guard, middle, exit], redrawn }
    }

    /// The path with the onion keys of a week.
    ///
    /// Errors: [`Missing`], with the first relay that has no one onion key of that week.
    pub fn hops<'a>(&self, relays: impl Iterator<Item = &'a Relay>, week: Week) -> Result<[Hop; HOPS], Missing> {
        let described = one_each(relays, week);
        let hop = |peer: PeerKey| {
            let body = described.get(&peer).copied().or_else(|| heir(described.values().copied(), peer));
            body.map(|body| Hop { peer: body.peer, onion: body.onion }).ok_or(Missing(peer))
        };
        let [guard, middle, exit] = self.relays;
        Ok([hop(guard)?, hop(middle)?, hop(exit)?])
    }
}

#[cfg(test)]
mod tests;
