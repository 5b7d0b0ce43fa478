//! Among which relays a path is looked for, and how one is drawn (`PTH-1`, `PTH-2`).

use super::Pair;
use crate::cells::HOPS;
use crate::id::{PeerKey, SponsorKey};
use crate::limits::RELAY_UPTIME_PERMILLE_MIN;
use crate::relay::{Relay, RelayBody};
use crate::time::Week;
use alloc::{collections::BTreeMap, vec::Vec};
use rand_core::CryptoRng;

/// What this node knows of one relay.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// What it says of itself, checked.
    pub relay: &'a Relay,
    /// How often it could be reached when this node looked, in thousandths.
    pub up_permille: u16,
}

/// Where and when a path is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// Every relay that this node knows of.
    pub seen: &'a [Seen<'a>],
    /// This week.
    pub week: Week,
    /// This node.
    pub own: PeerKey,
    /// Guards that the owner named; empty if any will do.
    pub guards: &'a [PeerKey],
}

/// Candidates and who vouches for them.
pub(super) type Candidates = BTreeMap<PeerKey, SponsorKey>;

impl Search<'_> {
    /// How many relays may be on a path (`PTH-1`).
    pub fn count(&self) -> usize {
        self.candidates().len()
    }

    /// Whether a path can be drawn among them (`PTH-2`).
    pub fn has_path(&self) -> bool {
        let candidates = self.candidates();
        candidates.len() >= HOPS && !self.named(&candidates).is_empty()
    }

    /// `PTH-1`.
    pub(super) fn candidates(&self) -> Candidates {
        let mut candidates: Candidates = one_each(self.seen.iter().map(|seen| seen.relay), self.week)
            .into_iter()
            .map(|(peer, body)| (peer, body.pass.sponsor))
            .collect();
        for seen in self.seen.iter().filter(|seen| seen.up_permille < RELAY_UPTIME_PERMILLE_MIN) {
            candidates.remove(&seen.relay.body.peer);
        }
        let described = self.seen.iter().map(|seen| &seen.relay.body).filter(|body| body.week == self.week);
        for past in described.filter_map(|body| body.predecessor) {
            candidates.remove(&past.peer);
        }
        candidates.remove(&self.own);
        candidates
    }

    /// Candidates for the guard.
    pub(super) fn named(&self, candidates: &Candidates) -> Vec<PeerKey> {
        let named: Vec<PeerKey> = self.guards.iter().map(|guard| self.today(*guard)).collect();
        candidates.keys().filter(|peer| named.is_empty() || named.contains(peer)).copied().collect()
    }

    /// The identity under which a relay goes on (`REL-5`).
    pub(super) fn today(&self, relay: PeerKey) -> PeerKey {
        let bodies = self.seen.iter().map(|seen| &seen.relay.body).filter(|body| body.week == self.week);
        heir(bodies, relay).map_or(relay, |body| body.peer)
    }

    /// A pair with this guard (`PTH-2`). An exit is drawn before the middle and let go, so that one of another sponsor than the guard's
    /// remains.
    pub(super) fn behind(
        &self,
        guard: PeerKey,
        candidates: &Candidates,
        chance: &mut impl CryptoRng,
    ) -> Option<[PeerKey; 2]> {
        let exit = self.unlike(&[guard], candidates, chance)?;
        let middle = self.unlike(&[guard, exit], candidates, chance)?;
        Some([guard, middle])
    }

    /// An exit behind a pair (`PTH-2`).
    pub(super) fn exit(&self, pair: &Pair, candidates: &Candidates, chance: &mut impl CryptoRng) -> Option<PeerKey> {
        self.unlike(&pair.relays.map(|relay| self.today(relay)), candidates, chance)
    }

    /// Draws a candidate that is none of `taken`: of a sponsor that vouches for none of them where there is one, otherwise of one that
    /// does not vouch for the first of them. Those may have been away too often to be candidates themselves.
    fn unlike(&self, taken: &[PeerKey], candidates: &Candidates, chance: &mut impl CryptoRng) -> Option<PeerKey> {
        let described = one_each(self.seen.iter().map(|seen| seen.relay), self.week);
        let sponsors: Vec<SponsorKey> =
            taken.iter().filter_map(|peer| described.get(peer)).map(|body| body.pass.sponsor).collect();
        let first_alike = |own| sponsors.iter().position(|sponsor| *sponsor == own).unwrap_or(sponsors.len());
        let free = candidates.iter().filter(|(peer, _)| !taken.contains(peer));
        let free: Vec<(usize, PeerKey)> = free.map(|(peer, sponsor)| (first_alike(*sponsor), *peer)).collect();
        let most = free.iter().map(|(unlike, _)| *unlike).max()?;
        let best: Vec<PeerKey> = free.into_iter().filter(|(unlike, _)| *unlike == most).map(|(_, peer)| peer).collect();
        pick(&best, chance).copied()
    }
}

/// The descriptors of a week, of relays that have one onion key. Who shows two is nobody's relay; further addresses are no harm,
/// because a cell is sealed to the key wherever it goes.
pub(super) fn one_each<'a>(relays: impl Iterator<Item = &'a Relay>, week: Week) -> BTreeMap<PeerKey, &'a RelayBody> {
    let mut described: BTreeMap<PeerKey, Option<&RelayBody>> = BTreeMap::new();
    for body in relays.map(|relay| &relay.body).filter(|body| body.week == week) {
        let known = described.entry(body.peer).or_insert(Some(body));
        if known.is_none_or(|known| known.onion != body.onion) {
            *known = None;
        }
    }
    described.into_iter().filter_map(|(peer, body)| body.map(|body| (peer, body))).collect()
}

/// The one relay that says it was `peer` before (`PTH-3`); of several none is believed.
pub fn heir<'a>(described: impl Iterator<Item = &'a RelayBody>, peer: PeerKey) -> Option<&'a RelayBody> {
    let mut heirs = described.filter(|body| body.predecessor.is_some_and(|before| before.peer == peer));
    let first = heirs.next()?;
    heirs.all(|other| other.peer == first.peer).then_some(first)
}

/// One of them, each as likely as the other.
pub(super) fn pick<'a, T>(of: &'a [T], chance: &mut impl CryptoRng) -> Option<&'a T> {
    let count = u64::try_from(of.len()).ok().filter(|count| *count > 0)?;
    // The numbers from here on would prefer the first ones.
    let end = u64::MAX - u64::MAX % count;
    let drawn = core::iter::repeat_with(|| chance.next_u64()).find(|drawn| *drawn < end)?;
    of.get(usize::try_from(drawn % count).ok()?)
}
