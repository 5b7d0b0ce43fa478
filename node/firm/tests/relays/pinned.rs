//! Over which relays a firm's records leave, how long it keeps to them, and what makes it take others.

use super::{AUTHOR, everybody_shows, market, path_of};
use crate::world::{PACE, World};
use firm::command::{Answer, Command, Refusal};
use firm::leaving::Choice;
use protocol::id::{PeerKey, RecordId};
use protocol::path::Pair;
use std::collections::BTreeSet;

fn pair_of(world: &World) -> Pair {
    world.nodes[AUTHOR].firm.leaving.pair.clone().expect("it has drawn one").pair
}

/// A market, an advert whose first cell is on its way, and its path.
fn on_its_way(count: usize) -> (World, RecordId, Vec<usize>) {
    let mut world = market(count);
    let advert = world.advertise(AUTHOR);
    world.until("it left", |world| world.nodes[AUTHOR].firm.leaving.outgoing[&advert].cells > 0);
    let path = path_of(&world, advert);
    assert!(world.publishers(advert).is_empty(), "this story needs a seed whose first cell is still on its way");
    (world, advert, path)
}

#[test]
fn everything_that_a_firm_says_has_one_guard_and_one_middle_and_each_pseudonym_an_exit() {
    // PTH-2, PTH-4
    let mut world = market(8);
    world.ask(AUTHOR, Command::Relay { serve: false });
    let mut paths = BTreeSet::new();
    for _ in 0..5 {
        let advert = world.advertise(AUTHOR);
        world.until("it left", |world| world.nodes[AUTHOR].firm.leaving.outgoing[&advert].cells > 0);
        let path = path_of(&world, advert);
        world.until("everybody shows it", |world| everybody_shows(world, advert));
        assert_eq!(world.publishers(advert), [path[2]]);
        paths.insert(path);
    }
    let begins: BTreeSet<&[usize]> = paths.iter().map(|path| &path[..2]).collect();
    assert_eq!(begins.len(), 1, "{paths:?}");
    assert!(paths.len() > 1, "exits are drawn one by one: {paths:?}");
    let guard = world.number(pair_of(&world).guard());
    assert!(world.cells_of(AUTHOR).iter().all(|(_, to)| *to == guard), "dummies take the same guard");
}

#[test]
fn everything_that_a_pseudonym_says_takes_the_same_path() {
    // PTH-3
    let mut world = market(7);
    let advert = world.advertise(AUTHOR);
    world.until("it left", |world| world.nodes[AUTHOR].firm.leaving.outgoing[&advert].cells > 0);
    let path = path_of(&world, advert);
    world.until("everybody shows it", |world| everybody_shows(world, advert));
    let withdrawal = world.withdraw(AUTHOR, advert);
    world.until("everybody shows its end", |world| everybody_shows(world, withdrawal));
    assert_eq!(world.publishers(withdrawal), [path[2]]);
}

#[test]
fn an_exit_that_stops_costs_twelve_late_cells_and_then_another_is_drawn_behind_the_same_pair() {
    // PTH-3, CEL-9
    let (mut world, advert, path) = on_its_way(8);
    world.stop(path[2]);
    world.until("twelve cells were late", |world| world.nodes[AUTHOR].firm.leaving.outgoing[&advert].cells > 12);
    let other = path_of(&world, advert);
    assert!(other[..2] == path[..2] && other[2] != path[2], "{path:?}, {other:?}");
    world.until("everybody who runs shows it", |world| everybody_shows(world, advert));
    assert_eq!(world.publishers(advert), [other[2]]);
    assert_eq!(pair_of(&world).redrawn, 0, "an exit costs no pair");
}

#[test]
fn a_middle_that_stops_costs_as_many_late_cells_as_two_exits_and_every_pseudonym_takes_the_next_one() {
    // PTH-3
    let (mut world, advert, path) = on_its_way(9);
    world.stop(path[1]);
    world.until("24 cells were late", |world| world.nodes[AUTHOR].firm.leaving.outgoing[&advert].cells > 24);
    let other = path_of(&world, advert);
    world.until("everybody who runs shows it", |world| everybody_shows(world, advert));
    assert!(other[0] == path[0] && other[1] != path[1], "the guard stays: {path:?}, {other:?}");
    assert_eq!((world.publishers(advert), pair_of(&world).redrawn), (vec![other[2]], 1));
    let second = world.advertise(AUTHOR);
    world.until("it left", |world| world.nodes[AUTHOR].firm.leaving.outgoing[&second].cells > 0);
    assert_eq!(path_of(&world, second)[..2], other[..2]);
}

#[test]
fn a_guard_that_is_gone_is_waited_for_as_long_as_720_cells_take_and_then_replaced() {
    // PTH-3
    let mut world = market(7);
    for other in 1..7 {
        world.ask(other, Command::Leave(Choice { direct: true, guards: Vec::new() }));
    }
    let first = world.advertise(AUTHOR);
    world.until("it is told back", |world| world.nodes[AUTHOR].firm.leaving.outgoing[&first].told);
    let guard = pair_of(&world).guard();
    world.stop(world.number(guard));
    let withdrawal = world.withdraw(AUTHOR, first);
    let waits = |world: &World| world.nodes[AUTHOR].firm.leaving.outgoing[&withdrawal].cells == 0;
    world.pass(700 * u64::from(PACE.cell_ms));
    assert!(waits(&world), "a guard may be off for the night");
    world.until("another guard takes it", |world| everybody_shows(world, withdrawal));
    assert!(!world.publishers(withdrawal).contains(&AUTHOR));
    let pair = pair_of(&world);
    assert!(pair.guard() != guard && pair.redrawn == 1);
}

#[test]
fn an_author_that_restarts_forgets_neither_what_is_on_its_way_nor_its_paths() {
    // PTH-3
    let mut world = market(6);
    let advert = world.advertise(AUTHOR);
    world.stop(AUTHOR);
    world.start(AUTHOR);
    world.until("it left", |world| world.nodes[AUTHOR].firm.leaving.outgoing[&advert].cells > 0);
    let path = path_of(&world, advert);
    world.stop(AUTHOR);
    world.pass(60_000);
    world.start(AUTHOR);
    world.until("everybody shows it", |world| everybody_shows(world, advert));
    assert_eq!(world.publishers(advert), [path[2]]);
    let second = world.advertise(AUTHOR);
    world.until("it left", |world| world.nodes[AUTHOR].firm.leaving.outgoing[&second].cells > 0);
    assert_eq!(path_of(&world, second)[..2], path[..2], "nor its guard and its middle");
}

#[test]
fn the_first_relay_is_one_that_the_owner_named() {
    // PTH-2
    let mut world = market(7);
    world.until("it has a guard", |world| world.nodes[AUTHOR].firm.leaving.pair.is_some());
    let other = (1..7).find(|at| *at != world.number(pair_of(&world).guard())).unwrap();
    let named = PeerKey::of_peer_id(&world.nodes[other].peer.0).unwrap();
    let choice = Choice { direct: false, guards: vec![named] };
    assert_eq!(world.ask(AUTHOR, Command::Leave(choice)), Answer::Done);
    for _ in 0..3 {
        let advert = world.advertise(AUTHOR);
        world.until("it left", |world| world.nodes[AUTHOR].firm.leaving.outgoing[&advert].cells > 0);
        assert_eq!(path_of(&world, advert)[0], other);
    }
    let many = Choice { direct: false, guards: vec![named; 9] };
    assert_eq!(world.ask(AUTHOR, Command::Leave(many)), Answer::Refused(Refusal::TooManyGuards));
}
