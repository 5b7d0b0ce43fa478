//! Who may be on a path, how it is drawn, and when it is drawn again.

use super::*;
use crate::id::{HolderKey, NetworkId, OnionKey, SponsorKey};
use crate::pass::{Pass, Purpose};
use crate::relay::{Predecessor, RelayBody};
use chacha20::ChaCha20Rng;
use ed25519_dalek::SigningKey;
use rand_core::SeedableRng;
use std::{
    collections::{BTreeMap, BTreeSet},
    string::ToString,
    vec,
};

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
    let body =
        RelayBody { network, peer: peer(n), onion: OnionKey([n; 32]), week: WEEK, addresses, pass, predecessor: None };
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

/// The path of a node's first pseudonym.
fn drawn(search: &Search<'_>, chance: &mut ChaCha20Rng) -> Option<Path> {
    Path::behind(&Pair::choose(search, chance)?, search, chance)
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
        let path = drawn(&search(&seen, &[]), &mut chance).unwrap();
        let different: BTreeSet<PeerKey> = path.relays.into_iter().collect();
        assert_eq!(different, [peer(1), peer(2), peer(3)].into());
    }
    seen.remove(0);
    assert_eq!(drawn(&search(&seen, &[]), &mut chance), None, "two are no path");
    assert_eq!(drawn(&search(&[], &[]), &mut chance), None);
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
    let path = drawn(&search(&seen(&relays), &[]), &mut chance()).unwrap();
    assert!(!path.relays.contains(&peer(1)) && path.relays.contains(&peer(2)), "one key at two addresses is one relay");
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
        let path = drawn(&search(&seen(&two), &[]), &mut chance).unwrap();
        let [guard, _, exit] = path.relays;
        assert!(guard == peer(8) || exit == peer(8));
        let path = drawn(&search(&seen(&three), &[]), &mut chance).unwrap();
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
        let path = drawn(&search(&seen, &[]), &mut chance).unwrap();
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
        (0..50).map(|_| drawn(&search(&seen, &named), &mut chance).unwrap().relays[0]).collect();
    assert_eq!(guards, [peer(2), peer(4)].into());
    assert_eq!(drawn(&search(&seen, &[peer(50)]), &mut chance), None);
}

#[test]
fn everything_that_a_node_says_has_one_guard_and_one_middle_and_each_pseudonym_an_exit() {
    // PTH-2
    let relays: Vec<Relay> = (1..=9).map(|n| relay(n, 100 + n % 3)).collect();
    let (mut seen, mut chance) = (seen(&relays), chance());
    let pair = Pair::choose(&search(&seen, &[]), &mut chance).unwrap();
    // That the guard is away just now does not hide who vouches for it.
    let guard = seen.iter_mut().find(|seen| seen.relay.body.peer == pair.guard()).unwrap();
    guard.up_permille = 0;
    let paths: Vec<Path> = (0..50).map(|_| Path::behind(&pair, &search(&seen, &[]), &mut chance).unwrap()).collect();
    assert!(paths.iter().all(|path| path.is_behind(&pair) && sponsors(path, &relays).len() == 3));
    assert_eq!(paths.iter().map(|path| path.relays[2]).collect::<BTreeSet<_>>().len(), 3, "all of that sponsor");
}

#[test]
fn a_pair_is_drawn_again_twice_in_nine_weeks_and_keeps_its_guard_the_first_time() {
    // PTH-3
    let relays: Vec<Relay> = (1..=9).map(|n| relay(n, 100)).collect();
    let (all, mut chance) = (seen(&relays), chance());
    let first = Pair::choose(&search(&all, &[]), &mut chance).unwrap();
    let second = first.choose_again(&search(&all, &[]), &mut chance).unwrap();
    assert_eq!((second.guard(), second.redrawn), (first.guard(), 1));
    assert!(!first.relays.contains(&second.relays[1]), "what failed is not asked again");
    let gone: Vec<Seen<'_>> = all.iter().filter(|seen| seen.relay.body.peer != first.guard()).copied().collect();
    assert!(first.choose_again(&search(&gone, &[]), &mut chance).unwrap().guard() != first.guard());
    let third = second.choose_again(&search(&all, &[]), &mut chance).unwrap();
    assert!(third.relays.iter().all(|relay| !second.relays.contains(relay)), "it may be the guard that drops");
    assert_eq!(third.choose_again(&search(&all, &[]), &mut chance), None, "then the node waits");
    let owners = second.choose_again(&search(&all, &[first.guard()]), &mut chance).unwrap();
    assert_eq!(owners.guard(), first.guard(), "an owner who names one guard keeps it");
    let later: Vec<Relay> = relays.iter().cloned().map(|relay| in_week(relay, WEEK.plus(9))).collect();
    let later = seen(&later);
    let again = third.choose_again(&Search { week: WEEK.plus(9), ..search(&later, &[]) }, &mut chance).unwrap();
    assert_eq!((again.guard(), again.redrawn, again.since), (third.guard(), 1, WEEK.plus(9)));
}

fn in_week(mut relay: Relay, week: Week) -> Relay {
    relay.body.week = week;
    relay
}

#[test]
fn an_exit_is_drawn_again_twice_at_most_and_stays_while_the_guard_does() {
    // PTH-3
    let relays: Vec<Relay> = (1..=9).map(|n| relay(n, 100)).collect();
    let (all, mut chance) = (seen(&relays), chance());
    let search = search(&all, &[]);
    let pair = Pair { relays: [peer(1), peer(2)], redrawn: 0, since: WEEK };
    let first = Path::behind(&pair, &search, &mut chance).unwrap();
    let second = first.choose_again(&pair, &search, &mut chance).unwrap();
    assert!(second.is_behind(&pair) && second.relays[2] != first.relays[2] && second.redrawn == 1);
    let third = second.choose_again(&pair, &search, &mut chance).unwrap();
    assert_eq!(third.choose_again(&pair, &search, &mut chance), None, "then the pseudonym waits");
    let [.., exit] = third.relays;
    let free = (3..).map(peer).find(|peer| *peer != exit).unwrap();
    let other_middle = Pair { relays: [peer(1), free], ..pair };
    let followed = third.follow(&other_middle, &search, &mut chance).unwrap();
    assert_eq!((followed.relays, followed.redrawn), ([peer(1), free, exit], 2));
    let taken = Pair { relays: [peer(1), exit], ..other_middle };
    assert!(third.follow(&taken, &search, &mut chance).unwrap().relays[2] != exit, "three relays, always");
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
    let (all, pair) = (seen(&relays), Pair { relays: [peer(3), peer(1)], redrawn: 0, since: WEEK });
    let again = pair.choose_again(&search(&all, &[]), &mut chance()).unwrap();
    assert_eq!(again.guard(), peer(9), "no new node learns who sends");
    let moved = Pair { relays: [peer(9), peer(1)], ..pair.clone() };
    assert_eq!(pair.moved(&search(&all, &[])), Some(moved.clone()), "a pair outlasts what an heir says");
    assert_eq!(moved.moved(&search(&all, &[])), None);
    assert!(!pair.is_overruled(&search(&all, &[peer(9)])) && pair.is_overruled(&search(&all, &[peer(1)])));
    let followed = path.follow(&moved, &search(&all, &[]), &mut chance()).unwrap();
    assert_eq!(followed.relays, [peer(9), peer(1), peer(2)]);
    let named = drawn(&search(&seen(&relays), &[peer(3)]), &mut chance()).unwrap();
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
        let path = drawn(&search(&seen(&relays), &[]), &mut chance).unwrap();
        assert!(!path.relays.contains(&peer(1)), "its past is no relay beside it");
    }
    let all = seen(&relays);
    let own = Search { own: peer(9), ..search(&all, &[]) };
    assert_eq!(drawn(&own, &mut chance), None, "this node is none, under either identity");
}
