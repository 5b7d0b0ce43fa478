//! Which relays a pseudonym's cells go through.
//!
//! ```text
//!   this node ──▶ guard ──▶ middle ──▶ exit ──▶ everybody
//!                 └ knows this node     └ knows the record
//! ```
//!
//! - `PTH-1` A candidate has one onion key of this week, was up nine times of ten when this node looked, and is not this node. A
//!   second descriptor with the same key tells of further addresses.
//! - `PTH-2` Guard, middle and exit are three; guard and exit have different sponsors where there are two, the middle a third
//!   where there are three. An owner who names guards gets one of them, or no path.
//!   A relay that another describes as its own past is none.
//! - `PTH-3` A path is pinned: one for a pseudonym, for everything that it says. It is drawn again, at most twice, when a relay
//!   is gone for a day or three cells in a row were late. Nothing is ever published directly instead.
//!
//! Neighbours of this node are no worse as exits than others: who left them out would tell every exit that the author is none
//! of its neighbours.
//!
//! What an attacker would try: be relays until one node has its guard and its exit (sponsors differ, `PTH-2`; each new path is
//! another chance, so paths are pinned and redrawn twice at most, `PTH-3`); drop cells so that the sender looks for another path
//! (the same bound); describe one relay with two keys to split its senders (`PTH-1`).

use crate::cells::{HOPS, Hop};
use crate::id::{PeerKey, SponsorKey};
use crate::limits::{PATH_REDRAWS_MAX, RELAY_UPTIME_PERMILLE_MIN};
use crate::relay::{Relay, RelayBody};
use crate::time::Week;
use alloc::{collections::BTreeMap, vec::Vec};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

/// The relays of one pseudonym, in order, and how often they were drawn again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Path {
    /// Guard, middle, exit.
    pub relays: [PeerKey; HOPS],
    /// At most twice.
    pub redrawn: u8,
}

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

/// A relay of the path has none, or more than one, onion key of this week: wait for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("finding the relays of a path: {} has no one onion key of this week; wait for it", .0.short())]
pub struct Missing(pub PeerKey);

impl Path {
    /// Its first relay.
    pub fn guard(&self) -> PeerKey {
        let [guard, ..] = self.relays;
        guard
    }

    /// Draws a path (`PTH-1`, `PTH-2`); `None` while there are not three relays for it.
    pub fn choose(search: &Search<'_>, chance: &mut impl CryptoRng) -> Option<Path> {
        let candidates = search.candidates();
        let guard = *pick(&search.named(&candidates), chance)?;
        search.behind(guard, &candidates, chance).map(|relays| Path { relays, redrawn: 0 })
    }

    /// Draws another path when this one does not carry (`PTH-3`). The guard stays while it is a candidate, so that no drop of a
    /// cell brings a node to a new guard; middle and exit are new ones. `None` when it was drawn again too often, or while
    /// there are not enough relays: then the pseudonym waits.
    pub fn choose_again(&self, search: &Search<'_>, chance: &mut impl CryptoRng) -> Option<Path> {
        let redrawn = self.redrawn.checked_add(1).filter(|times| *times <= PATH_REDRAWS_MAX)?;
        let [guard, failed @ ..] = self.relays.map(|relay| search.today(relay));
        let mut candidates = search.candidates();
        candidates.retain(|peer, _| !failed.contains(peer));
        let named = search.named(&candidates);
        let guard = if named.contains(&guard) { guard } else { *pick(&named, chance)? };
        search.behind(guard, &candidates, chance).map(|relays| Path { relays, redrawn })
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

/// Candidates and who vouches for them.
type Candidates = BTreeMap<PeerKey, SponsorKey>;

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
    fn candidates(&self) -> Candidates {
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
    fn named(&self, candidates: &Candidates) -> Vec<PeerKey> {
        let named: Vec<PeerKey> = self.guards.iter().map(|guard| self.today(*guard)).collect();
        candidates.keys().filter(|peer| named.is_empty() || named.contains(peer)).copied().collect()
    }

    /// The identity under which a relay goes on (`REL-5`).
    fn today(&self, relay: PeerKey) -> PeerKey {
        let bodies = self.seen.iter().map(|seen| &seen.relay.body).filter(|body| body.week == self.week);
        heir(bodies, relay).map_or(relay, |body| body.peer)
    }

    /// A whole path behind a guard (`PTH-2`). The exit is drawn before the middle, because it is the one that must not be the
    /// guard's friend.
    fn behind(&self, guard: PeerKey, candidates: &Candidates, chance: &mut impl CryptoRng) -> Option<[PeerKey; HOPS]> {
        let exit = draw_unlike(candidates, &[guard], chance)?;
        let middle = draw_unlike(candidates, &[guard, exit], chance)?;
        Some([guard, middle, exit])
    }
}

/// Draws a candidate that is none of `taken`, of a sponsor that vouches for none of them where there is one.
fn draw_unlike(candidates: &Candidates, taken: &[PeerKey], chance: &mut impl CryptoRng) -> Option<PeerKey> {
    let sponsors: Vec<&SponsorKey> = taken.iter().filter_map(|peer| candidates.get(peer)).collect();
    let free = candidates.iter().filter(|(peer, _)| !taken.contains(peer));
    let (alike, unlike): (Vec<_>, Vec<_>) = free.partition(|(_, sponsor)| sponsors.contains(sponsor));
    pick(if unlike.is_empty() { &alike } else { &unlike }, chance).map(|(peer, _)| **peer)
}

/// The descriptors of a week, of relays that have one onion key. Who shows two is nobody's relay; further addresses are no harm,
/// because a cell is sealed to the key wherever it goes.
fn one_each<'a>(relays: impl Iterator<Item = &'a Relay>, week: Week) -> BTreeMap<PeerKey, &'a RelayBody> {
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
fn pick<'a, T>(of: &'a [T], chance: &mut impl CryptoRng) -> Option<&'a T> {
    let count = u64::try_from(of.len()).ok().filter(|count| *count > 0)?;
    // The numbers from here on would prefer the first ones.
    let end = u64::MAX - u64::MAX % count;
    let drawn = core::iter::repeat_with(|| chance.next_u64()).find(|drawn| *drawn < end)?;
    of.get(usize::try_from(drawn % count).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{HolderKey, NetworkId, OnionKey};
    use crate::pass::{Pass, Purpose};
    use crate::relay::Predecessor;
    use chacha20::ChaCha20Rng;
    use ed25519_dalek::SigningKey;
    use rand_core::SeedableRng;
    use std::{collections::BTreeSet, string::ToString, vec};

    const WEEK: Week = Week(2_968);
    const OWN: PeerKey = PeerKey([0xff; 32]);

    fn peer(n: u8) -> PeerKey {
        PeerKey([n; 32])
    }

    /// A relay that this sponsor vouches for. Path choice sees what was checked before; signatures are not its business.
    fn relay(n: u8, sponsor: u8) -> Relay {
        let (holder, sponsor) = (SigningKey::from_bytes(&[n; 32]), SigningKey::from_bytes(&[sponsor; 32]));
        let network = NetworkId([0; 32]);
        let pass = Pass::issue(network, WEEK, Purpose::Peer, HolderKey::of(&holder), &sponsor);
        let addresses = vec!["/ip4/192.0.2.1/tcp/4001".to_string()];
        let body = RelayBody {
            network,
            peer: peer(n),
            onion: OnionKey([n; 32]),
            week: WEEK,
            addresses,
            pass,
            predecessor: None,
        };
        Relay::new(body, &holder, &holder)
    }

    fn seen(relays: &[Relay]) -> Vec<Seen<'_>> {
        relays.iter().map(|relay| Seen { relay, up_permille: 950 }).collect()
    }

    fn search<'a>(seen: &'a [Seen<'a>], guards: &'a [PeerKey]) -> Search<'a> {
        Search { seen, week: WEEK, own: OWN, guards }
    }

    fn chance() -> ChaCha20Rng {
        ChaCha20Rng::from_seed([3; 32])
    }

    fn sponsors(path: &Path, relays: &[Relay]) -> BTreeSet<SponsorKey> {
        let of = |peer: &PeerKey| relays.iter().find(|relay| relay.body.peer == *peer).unwrap().body.pass.sponsor;
        path.relays.iter().map(of).collect()
    }

    #[test]
    fn a_path_is_three_relays_that_are_up_this_week_and_none_of_them_this_node() {
        // PTH-1
        let mut relays: Vec<Relay> = (1..=6).map(|n| relay(n, 100)).collect();
        relays[3].body.week = WEEK.plus(1);
        relays[4].body.peer = OWN;
        let mut seen = seen(&relays);
        seen[5].up_permille = 899;
        let mut chance = chance();
        for _ in 0..50 {
            let path = Path::choose(&search(&seen, &[]), &mut chance).unwrap();
            let different: BTreeSet<PeerKey> = path.relays.into_iter().collect();
            assert_eq!(different, [peer(1), peer(2), peer(3)].into());
        }
        seen.remove(0);
        assert_eq!(Path::choose(&search(&seen, &[]), &mut chance), None, "two are no path");
        assert_eq!(Path::choose(&search(&[], &[]), &mut chance), None);
    }

    #[test]
    fn a_relay_that_shows_two_onion_keys_is_on_no_path_and_one_with_two_addresses_is() {
        // PTH-1
        let mut relays: Vec<Relay> = (1..=4).map(|n| relay(n, 100)).collect();
        let mut other = relays[0].clone();
        other.body.onion = OnionKey([0x99; 32]);
        relays.push(other);
        let mut moved = relays[1].clone();
        moved.body.addresses = vec!["/ip4/192.0.2.2/tcp/4001".to_string()];
        relays.push(moved);
        let path = Path::choose(&search(&seen(&relays), &[]), &mut chance()).unwrap();
        assert!(
            !path.relays.contains(&peer(1)) && path.relays.contains(&peer(2)),
            "one key at two addresses is one relay"
        );
        let through = Path { relays: [peer(1), peer(2), peer(3)], redrawn: 0 };
        assert_eq!(through.hops(relays.iter(), WEEK), Err(Missing(peer(1))));
    }

    #[test]
    fn guard_and_exit_have_different_sponsors_where_there_are_two_and_all_three_where_there_are_three() {
        // PTH-2
        let two: Vec<Relay> = (1..=8).map(|n| relay(n, if n < 8 { 100 } else { 101 })).collect();
        let three: Vec<Relay> = (1..=9).map(|n| relay(n, 100 + n % 3)).collect();
        let mut chance = chance();
        for _ in 0..100 {
            let path = Path::choose(&search(&seen(&two), &[]), &mut chance).unwrap();
            let [guard, _, exit] = path.relays;
            assert!(guard == peer(8) || exit == peer(8));
            let path = Path::choose(&search(&seen(&three), &[]), &mut chance).unwrap();
            assert_eq!(sponsors(&path, &three).len(), 3);
        }
    }

    #[test]
    fn every_relay_is_as_likely_as_the_others_at_every_place() {
        // PTH-2
        let relays: Vec<Relay> = (1..=5).map(|n| relay(n, 100)).collect();
        let (seen, mut chance) = (seen(&relays), chance());
        let mut counts: BTreeMap<(usize, PeerKey), u32> = BTreeMap::new();
        for _ in 0..5_000 {
            let path = Path::choose(&search(&seen, &[]), &mut chance).unwrap();
            path.relays.into_iter().enumerate().for_each(|place| *counts.entry(place).or_default() += 1);
        }
        assert_eq!(counts.len(), 15);
        assert!(counts.values().all(|count| (850..1_150).contains(count)), "{counts:?}");
    }

    #[test]
    fn an_owner_who_names_guards_gets_one_of_them_or_no_path() {
        // PTH-2
        let relays: Vec<Relay> = (1..=5).map(|n| relay(n, 100)).collect();
        let (seen, mut chance) = (seen(&relays), chance());
        let named = [peer(2), peer(4), peer(50)];
        let guards: BTreeSet<PeerKey> =
            (0..50).map(|_| Path::choose(&search(&seen, &named), &mut chance).unwrap().relays[0]).collect();
        assert_eq!(guards, [peer(2), peer(4)].into());
        assert_eq!(Path::choose(&search(&seen, &[peer(50)]), &mut chance), None);
    }

    #[test]
    fn a_path_is_drawn_again_twice_at_most_and_keeps_its_guard() {
        // PTH-3
        let relays: Vec<Relay> = (1..=9).map(|n| relay(n, 100)).collect();
        let (all, mut chance) = (seen(&relays), chance());
        let first = Path::choose(&search(&all, &[]), &mut chance).unwrap();
        let second = first.choose_again(&search(&all, &[]), &mut chance).unwrap();
        assert_eq!((second.relays[0], second.redrawn), (first.relays[0], 1));
        assert!(second.relays[1..].iter().all(|peer| !first.relays.contains(peer)), "what failed is not asked again");
        let gone: Vec<Seen<'_>> = all.iter().filter(|seen| seen.relay.body.peer != first.relays[0]).copied().collect();
        let third = second.choose_again(&search(&gone, &[]), &mut chance).unwrap();
        assert!(third.relays[0] != first.relays[0], "a guard that is gone is replaced");
        assert_eq!(third.choose_again(&search(&all, &[]), &mut chance), None, "then the pseudonym waits");
    }

    #[test]
    fn a_pinned_path_waits_for_the_relay_that_has_no_key_this_week() {
        // PTH-3
        let relays: Vec<Relay> = (1..=3).map(|n| relay(n, 100)).collect();
        let path = Path { relays: [peer(3), peer(1), peer(2)], redrawn: 0 };
        let hops = path.hops(relays.iter(), WEEK).unwrap();
        assert_eq!(hops.map(|hop| hop.onion), [3, 1, 2].map(|n| OnionKey([n; 32])));
        assert_eq!(path.hops(relays[..2].iter(), WEEK), Err(Missing(peer(3))));
        assert_eq!(path.hops(relays.iter(), WEEK.plus(1)), Err(Missing(peer(3))));
    }

    /// The relay `n`, which was `before` until now.
    fn heir_of(n: u8, before: u8, onion: u8) -> Relay {
        let mut relay = relay(n, 100);
        relay.body.onion = OnionKey([onion; 32]);
        let key = SigningKey::from_bytes(&[before; 32]);
        relay.body.predecessor =
            Some(Predecessor { peer: peer(before), ..Predecessor::new(NetworkId([0; 32]), &key, peer(n)) });
        relay
    }

    #[test]
    fn a_path_goes_on_through_a_relay_that_took_another_identity_and_keeps_its_guard() {
        // REL-5, PTH-3
        let mut relays: Vec<Relay> = (1..=6).map(|n| relay(n, 100)).collect();
        let path = Path { relays: [peer(3), peer(1), peer(2)], redrawn: 0 };
        relays.push(heir_of(9, 3, 3));
        let hops = |relays: &[Relay]| path.hops(relays.iter(), WEEK).map(|hops| hops.map(|hop| hop.peer));
        assert_eq!(hops(&relays), Ok([peer(3), peer(1), peer(2)]), "it still describes itself");
        relays.remove(2);
        assert_eq!(hops(&relays), Ok([peer(9), peer(1), peer(2)]), "and then its heir does");
        let again = path.choose_again(&search(&seen(&relays), &[]), &mut chance()).unwrap();
        assert_eq!(again.relays[0], peer(9), "no new node learns who sends");
        let named = Path::choose(&search(&seen(&relays), &[peer(3)]), &mut chance()).unwrap();
        assert_eq!(named.relays[0], peer(9), "whom an owner named is named still");
        relays.push(heir_of(10, 3, 10));
        assert_eq!(hops(&relays), Err(Missing(peer(3))), "of two heirs none is believed");
    }

    #[test]
    fn one_node_under_two_identities_is_one_candidate_and_never_this_node() {
        // PTH-1, REL-5
        let mut relays: Vec<Relay> = (1..=3).map(|n| relay(n, 100)).collect();
        relays.push(heir_of(9, 1, 1));
        let mut chance = chance();
        for _ in 0..50 {
            let path = Path::choose(&search(&seen(&relays), &[]), &mut chance).unwrap();
            assert!(!path.relays.contains(&peer(1)), "its past is no relay beside it");
        }
        let all = seen(&relays);
        let own = Search { own: peer(9), ..search(&all, &[]) };
        assert_eq!(Path::choose(&own, &mut chance), None, "this node is none, under either identity");
    }
}
