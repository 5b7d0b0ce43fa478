//! Firms that carry each other's records: who says what first, at which rate, and what a lost relay costs.

mod moving;
mod pinned;
mod world;

use firm::command::Command;
use firm::leaving::Choice;
use firm::profile::{ItemDraft, Mode};
use firm::view::{LeavingView, Progress, Query, View, Way};
use machine::{Delivery, Input};
use protocol::cells::{Cell, Delays, Hop, Load};
use protocol::check::{Kind, Record, own};
use protocol::dialogue::Step;
use protocol::facts::Side;
use protocol::id::{PeerKey, RecordId, Signature};
use protocol::parcel::Parcel;
use protocol::time::UnixMs;
use std::collections::BTreeSet;
use world::{PACE, Said, World, need};

const AUTHOR: usize = 0;

/// A market whose firms know each other as relays.
fn market(count: usize) -> World {
    let mut world = World::of(count);
    world.until("everybody knows every relay", |world| {
        world.nodes.iter().all(|node| node.firm.market.shelf.count(Kind::Relays) == count)
    });
    world
}

fn path_of(world: &World, record: RecordId) -> Vec<usize> {
    let leaving = &world.nodes[AUTHOR].firm.leaving;
    let pseudonym = leaving.outgoing[&record].pseudonym;
    leaving.paths[&Some(pseudonym)].path.relays.map(|relay| world.number(relay)).to_vec()
}

fn everybody_shows(world: &World, record: RecordId) -> bool {
    (0..world.nodes.len()).filter(|at| world.nodes[*at].up).all(|at| world.shows(at, record))
}

#[test]
fn a_record_leaves_over_three_relays_and_its_author_says_nothing_of_it_before_it_comes_back() {
    // PTH-2, PTH-3, SYN-11
    let mut world = market(5);
    for _ in 0..5 {
        let advert = world.advertise(AUTHOR);
        assert!(!world.shows(AUTHOR, advert) && world.publishers(advert).is_empty());
        world.until("it has a path", |world| world.nodes[AUTHOR].firm.leaving.outgoing[&advert].cells > 0);
        let path = path_of(&world, advert);
        assert_eq!(path.iter().collect::<BTreeSet<_>>().len(), 3);
        assert!(!path.contains(&AUTHOR));
        world.until("everybody shows it", |world| everybody_shows(world, advert));
        assert_eq!(world.publishers(advert), [path[2]], "the exit, once, and nobody else");
    }
}

#[test]
fn a_node_sends_as_many_cells_when_it_says_something_as_when_it_does_not() {
    // PTH-4
    let mut world = World::of(6);
    // It carries none for others, so all its cells are its own.
    world.ask(AUTHOR, Command::Relay { serve: false });
    world.pass(20_000);
    let beats = |world: &World, from: u64, to: u64| {
        world.cells_of(AUTHOR).iter().filter(|(at, _)| (from..to).contains(at)).count()
    };
    let (quiet, talk) = (world.at, world.at + 30_000);
    world.pass(30_000);
    (0..4).for_each(|_| {
        world.advertise(AUTHOR);
    });
    world.pass(30_000);
    assert!(world.nodes[AUTHOR].firm.leaving.outgoing.values().all(|outgoing| outgoing.cells > 0));
    assert_eq!(beats(&world, quiet, talk), 30);
    assert_eq!(beats(&world, talk, talk + 30_000), 30);
}

#[test]
fn with_fewer_than_three_relays_a_record_waits_and_is_never_said_directly() {
    // PTH-1, PTH-3
    let mut world = market(3);
    let advert = world.advertise(AUTHOR);
    world.pass(1_800_000);
    assert!(world.publishers(advert).is_empty() && world.cells_of(AUTHOR).is_empty());
    assert_eq!(world.nodes[AUTHOR].firm.leaving.outgoing[&advert].cells, 0);
    assert!((1..3).all(|at| !world.shows(at, advert)));
    let leaving = leaving(&world);
    assert_eq!((leaving.way, leaving.relays, leaving.on_the_way), (Way::WaitsForRelays, 2, 1), "and the page says so");
}

fn leaving(world: &World) -> LeavingView {
    match world.nodes[AUTHOR].firm.view(&[], &Query::Status, UnixMs(world.at)) {
        View::Status(status) => status.leaving.expect("it has joined"),
        other => panic!("{other:?}"),
    }
}

fn progress(world: &World) -> Option<Progress> {
    match world.nodes[AUTHOR].firm.view(&[], &Query::Items(Side::Need), UnixMs(world.at)) {
        View::Items(items) => items[0].progress,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_page_says_of_a_notice_how_far_it_has_come_and_of_the_node_which_way_words_take() {
    // PTH-5
    let mut world = market(5);
    for other in 1..5 {
        world.ask(other, Command::Leave(Choice { direct: true, guards: Vec::new() }));
    }
    let advert = world.advertise(AUTHOR);
    assert_eq!(progress(&world), Some(Progress::Leaving));
    assert_eq!((leaving(&world).way, leaving(&world).relays, leaving(&world).on_the_way), (Way::Relays, 4, 1));
    assert_eq!(leaving(&world).bytes_a_day, 86_400 * 4_096);
    world.until("it is told back", |world| world.nodes[AUTHOR].firm.leaving.outgoing[&advert].told);
    assert_eq!((progress(&world), leaving(&world).told_back), (Some(Progress::ToldBack), 1));
    world.pass(3_000_000);
    assert_eq!((progress(&world), leaving(&world).told_back), (Some(Progress::Out), 0));
    world.ask(AUTHOR, Command::Leave(Choice { direct: true, guards: Vec::new() }));
    assert_eq!((progress(&world), leaving(&world).way), (None, Way::OwnerDirect));
}

#[test]
fn a_first_relay_that_nobody_knows_is_waited_for_and_the_page_says_so() {
    // PTH-2, PTH-3
    let mut world = market(5);
    world.ask(AUTHOR, Command::Leave(Choice { direct: false, guards: vec![PeerKey([9; 32])] }));
    let advert = world.advertise(AUTHOR);
    world.pass(60_000);
    assert!(world.publishers(advert).is_empty());
    assert_eq!((leaving(&world).way, progress(&world)), (Way::WaitsForGuard, Some(Progress::Waits)));
    world.ask(AUTHOR, Command::Leave(Choice::default()));
    world.until("everybody shows it", |world| everybody_shows(world, advert));
}

#[test]
fn what_was_told_back_is_out_when_two_neighbours_hold_it() {
    // PTH-5
    let mut world = market(5);
    // Only the author's cells matter here.
    for other in 1..5 {
        world.ask(other, Command::Leave(Choice { direct: true, guards: Vec::new() }));
    }
    let advert = world.advertise(AUTHOR);
    let outgoing = |world: &World| world.nodes[AUTHOR].firm.leaving.outgoing.get(&advert).cloned();
    world.until("it is told back", |world| outgoing(world).is_some_and(|outgoing| outgoing.told));
    let cells = outgoing(&world).map(|outgoing| outgoing.cells);
    // Two neighbours, one at each look.
    world.pass(3_000_000);
    assert_eq!((cells, outgoing(&world)), (Some(1), None));
    assert_eq!(world.publishers(advert).len(), 1);
}

/// A cell that somebody else made for one relay and two more, with no delays.
fn cell_for(world: &World, relays: [usize; 3], load: Load<'_>, seed: u8) -> Cell {
    let week = UnixMs(world.at).week();
    let hop = |at: usize| Hop {
        peer: PeerKey::of_peer_id(&world.nodes[at].peer.0).unwrap(),
        onion: world.nodes[at].firm.relaying.onion_key(week).unwrap(),
    };
    let mut chance = machine::Seed([seed; 32]).chance();
    Cell::wrap(&world.genesis.id(), &relays.map(hop), &Delays([0; 3]), load, &mut chance).unwrap()
}

fn hand_over(world: &mut World, from: usize, to: usize, cell: &Cell) -> usize {
    let (from, bytes) = (world.nodes[from].peer.clone(), Parcel::Cell(cell.clone()).to_bytes());
    world.input(to, Input::Received { from, delivery: Delivery(0), bytes })
}

fn cells_between(world: &World, from: usize, to: usize) -> usize {
    world.cells_of(from).iter().filter(|(_, at)| *at == to).count()
}

#[test]
fn a_copy_of_a_cell_goes_no_further_even_after_a_restart() {
    // CEL-7
    let mut world = market(4);
    world.ask(1, Command::Leave(Choice { direct: true, guards: Vec::new() }));
    let cell = cell_for(&world, [1, 2, 3], Load::Dummy, 1);
    world.pass(1_000);
    let before = cells_between(&world, 1, 2);
    assert_eq!(hand_over(&mut world, AUTHOR, 1, &cell), 1, "a receipt");
    world.pass(20);
    let after = cells_between(&world, 1, 2);
    assert!(after > before);
    assert_eq!(hand_over(&mut world, AUTHOR, 1, &cell), 1, "the receipt may have been lost");
    world.stop(1);
    world.start(1);
    assert_eq!(hand_over(&mut world, 3, 1, &cell), 1);
    let tags = world.nodes[1].records.iter().filter(|record| format!("{record:?}").contains("Taken"));
    assert!(tags.count() > 0);
    let opened = firm::relaying::open(&world.nodes[1].firm.relaying, &world.genesis.id(), &cell);
    assert_eq!(opened, Err(firm::relaying::Refused::Again));
}

#[test]
fn a_neighbour_that_floods_a_relay_gets_no_receipts_beyond_its_share() {
    // CEL-9
    let mut world = market(4);
    let flood = |world: &mut World, from: u8| -> usize {
        let cells: Vec<Cell> = (0..100).map(|n| cell_for(world, [1, 2, 3], Load::Dummy, from + n)).collect();
        cells.iter().map(|cell| hand_over(world, AUTHOR, 1, cell)).sum()
    };
    assert!((50..=64).contains(&flood(&mut world, 0)));
    assert_eq!(flood(&mut world, 101), 0);
    world.pass(u64::from(PACE.cell_ms) + 3_000);
    assert!(flood(&mut world, 101) > 0, "a moment later it has its share again");
}

#[test]
fn an_exit_says_again_neither_what_it_knows_nor_what_is_unsound() {
    // CEL-6, CHK-1
    let mut world = market(5);
    world.ask(AUTHOR, Command::Leave(Choice { direct: true, guards: Vec::new() }));
    let advert = world.advertise(AUTHOR);
    world.pass(1_000);
    let known = world.nodes[1].firm.market.shelf.find(&advert).unwrap().clone();
    let Record::Advert(mut unsigned) = known.record().clone() else { panic!("an advert") };
    unsigned.signature = Signature([0; 64]);
    let unsound = own(Record::Advert(unsigned)).unwrap();
    for (n, record) in [known, unsound].iter().enumerate() {
        let cell = cell_for(&world, [1, 2, 3], Load::Record(record), n as u8);
        assert_eq!(hand_over(&mut world, AUTHOR, 1, &cell), 1);
        world.pass(1_000);
        assert!(!world.publishers(record.id()).contains(&3));
    }
}

#[test]
fn onion_keys_and_tags_are_wiped_three_hours_after_their_week_and_the_next_ones_are_there_before() {
    // REL-2
    let mut world = market(4);
    let week = UnixMs(world.at).week();
    let ends = week.end().0;
    world.at = ends - 60_000;
    world.pass(50_000);
    let keys = |world: &World, week| world.nodes[1].firm.relaying.onion_key(week);
    assert!(keys(&world, week).is_some() && keys(&world, week.plus(1)).is_some(), "told in good time");
    assert_ne!(keys(&world, week), keys(&world, week.plus(1)));
    world.at = ends + 3 * 3_600_000;
    world.pass(700_000);
    assert_eq!(keys(&world, week), None);
    assert!(keys(&world, week.plus(1)).is_some());
    let advert = world.advertise(AUTHOR);
    world.until("a record leaves with the new week's keys", |world| everybody_shows(world, advert));
}

#[test]
fn an_owner_who_chose_to_publish_directly_does_and_what_waits_leaves_in_cells_when_the_choice_is_taken_back() {
    // PTH-3
    let mut world = market(5);
    world.ask(AUTHOR, Command::Leave(Choice { direct: true, guards: Vec::new() }));
    let advert = world.advertise(AUTHOR);
    assert_eq!(world.publishers(advert), [AUTHOR]);
    world.ask(AUTHOR, Command::Leave(Choice::default()));
    let hidden = world.advertise(AUTHOR);
    world.until("everybody shows it", |world| everybody_shows(world, hidden));
    assert!(!world.publishers(hidden).contains(&AUTHOR));
}

#[test]
fn an_envelope_that_waited_when_the_choice_was_taken_back_leaves_over_the_path_of_its_deal() {
    // PTH-3
    let mut world = market(5);
    let offer = ItemDraft { side: Side::Offer, mode: Mode::Silent, hours: 200, tolerance_um: Some(10), ..need() };
    world.ask(1, Command::Confide(Box::new(offer)));
    let advert = world.advertise(AUTHOR);
    world.until("the other firm is asked", |world| world.nodes[1].firm.approvals.waiting().next().is_some());
    world.approve(1, Step::Interest);
    world.until("the author is asked", |world| world.nodes[AUTHOR].firm.approvals.waiting().next().is_some());
    world.ask(AUTHOR, Command::Leave(Choice { direct: true, guards: Vec::new() }));
    world.approve(AUTHOR, Step::Answer);
    world.ask(AUTHOR, Command::Leave(Choice::default()));
    let pseudonym = world.nodes[AUTHOR].firm.market.advert(&advert).unwrap().pseudonym();
    let outgoing = world.nodes[AUTHOR].firm.leaving.outgoing.iter().filter(|(record, _)| **record != advert);
    assert_eq!(outgoing.map(|(_, one)| one.pseudonym).collect::<Vec<_>>(), [pseudonym]);
}

#[test]
fn a_firm_that_declines_to_relay_is_not_described_and_takes_no_cells() {
    // REL-4
    let mut world = World::of(5);
    world.ask(1, Command::Relay { serve: false });
    world.pass(10_000);
    let cell = cell_for(&world, [2, 3, 4], Load::Dummy, 1);
    assert_eq!(hand_over(&mut world, AUTHOR, 1, &cell), 0);
    let said = world.said.iter().filter(|(_, said)| matches!(said, Said::Published { by: 1, kind: Kind::Relays, .. }));
    assert_eq!(said.count(), 0);
}
