use super::*;
use crate::check::{Checked, Context, Record, own};
use crate::frame::record_id;
use crate::genesis::{Founder, Genesis, NetworkKind, PassScheme};
use crate::id::{DisputeKey, Hash, HolderKey, NetworkId, Print, SponsorKey};
use crate::limits::ANSWERS_FLYING_MAX;
use crate::log::{Start, StartBody};
use crate::pass::{Keyring, Pass, Purpose};
use crate::shelf::{Holdings, Partition, Path, Placing};
use crate::text::Name;
use crate::time::{DAY_MS, UnixMs, Week};
use crate::wire::encode;
use alloc::vec::Vec;
use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use std::collections::VecDeque;

const NOW: UnixMs = UnixMs(1_795_000_000_000);

fn sponsor() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn genesis() -> Genesis {
    Genesis {
        name: Name::new("Test market").unwrap(),
        kind: NetworkKind::Simulated,
        passes: PassScheme::Plain,
        founders: [Founder { key: SponsorKey::of(&sponsor()), name: Name::new("Sponsor").unwrap() }].to_vec(),
        salt: Hash([0; 32]),
        cells: None,
    }
}

fn entry(network: NetworkId, number: u16) -> Checked {
    entry_with(network, number, Hash([1; 32]))
}

/// Entries of one number are under one key, so two with different receipts contradict each other.
fn entry_with(network: NetworkId, number: u16, receipt: Hash) -> Checked {
    let mut seed = [9; 32];
    seed[..2].copy_from_slice(&number.to_be_bytes());
    let holder = SigningKey::from_bytes(&seed);
    let pass = Pass::issue(network, Week(2_000), Purpose::Log, HolderKey::of(&holder), &sponsor());
    let body = StartBody { network, pass, receipt, next: Hash([2; 32]), dispute: DisputeKey([3; 32]) };
    own(Record::Start(Start::new(body, &holder))).unwrap()
}

fn shelf_of(numbers: impl IntoIterator<Item = u16>) -> Shelf {
    let network = genesis().id();
    let mut shelf = Shelf::default();
    for number in numbers {
        put(&mut shelf, &entry(network, number));
    }
    shelf
}

/// Offers a record to a shelf, as a node does.
fn put(shelf: &mut Shelf, record: &Checked) -> Placing {
    let placing = shelf.consider(record, NOW);
    if placing == Placing::New {
        shelf.place(record, NOW);
    }
    placing
}

/// A node of a test: what it holds, and what it remembers of its neighbours, which are numbers.
struct Node {
    shelf: Shelf,
    rounds: Rounds<usize>,
}

impl Node {
    fn holding(numbers: impl IntoIterator<Item = u16>) -> Node {
        Node { shelf: shelf_of(numbers), rounds: Rounds::default() }
    }

    fn open(&mut self, with: usize) -> Option<Parcel> {
        self.rounds.open(&with, &self.shelf, NOW)
    }

    /// What a machine does with a parcel of catch-up, in words to the sender and to all others.
    fn hears(&mut self, from: usize, parcel: &Parcel) -> (Vec<Parcel>, Vec<Parcel>) {
        let Parcel::Bodies { kind, frames } = parcel else {
            return (self.rounds.answer(&from, &self.shelf, parcel, NOW), Vec::new());
        };
        let genesis = genesis();
        let context = Context { genesis: &genesis, network: genesis.id(), keys: &Keyring::default(), now: NOW };
        for record in self.rounds.judge(&self.shelf, *kind, frames, &context) {
            let Ok(record) = record else { continue };
            let placing = put(&mut self.shelf, &record);
            self.rounds.placed(&from, &record, placing);
        }
        let next = self.rounds.next(&from, &self.shelf, NOW);
        (next.to_sender, next.to_others)
    }
}

/// Lets nodes talk, all of them neighbours of each other, until nobody has anything to say; every parcel crosses as bytes.
/// Says how many crossed.
fn talk(nodes: &mut [Node], opening: Vec<(usize, usize, Parcel)>) -> usize {
    let mut crossed = 0;
    let mut under_way = VecDeque::from(opening);
    while let Some((from, to, parcel)) = under_way.pop_front() {
        crossed += 1;
        let parcel = Parcel::from_bytes(&parcel.to_bytes()).unwrap();
        let (back, onward) = nodes[to].hears(from, &parcel);
        under_way.extend(back.into_iter().map(|said| (to, from, said)));
        for other in (0..nodes.len()).filter(|other| *other != from && *other != to) {
            under_way.extend(onward.iter().map(|said| (to, other, said.clone())));
        }
    }
    crossed
}

fn meet(nodes: &mut [Node], one: usize, other: usize) -> usize {
    let (there, back) = (nodes[one].open(other), nodes[other].open(one));
    let opening = [(one, other, there), (other, one, back)];
    talk(nodes, opening.into_iter().filter_map(|(from, to, said)| Some((from, to, said?))).collect())
}

#[test]
fn a_shelf_that_slept_is_filled_from_one_neighbour_and_gives_what_that_one_missed() {
    // SYN-1
    let mut nodes = [Node::holding(0..3), Node::holding(2..300)];
    meet(&mut nodes, 0, 1);
    assert_eq!(nodes.each_ref().map(|node| node.shelf.count(Kind::Log)), [300, 300]);
    assert_eq!(nodes[1].rounds.agreement().alike, 1, "the root after the news was the same");
}

#[test]
fn shelves_that_agree_say_one_root_each_of_at_most_a_hundred_bytes_and_that_it_is_the_same() {
    // SYN-1
    let mut nodes = [Node::holding(0..50), Node::holding(0..50)];
    assert_eq!(meet(&mut nodes, 0, 1), 4);
    assert!(nodes[0].open(1).unwrap().to_bytes().len() <= 100);
}

#[test]
fn news_travel_on_to_who_was_not_asked() {
    // SYN-6
    let mut nodes = [Node::holding(0..1), Node::holding(0..2), Node::holding(0..1), Node::holding(0..200)];
    for node in 0..3 {
        nodes[2].open(node);
        nodes[node].open(2);
    }
    meet(&mut nodes[..3], 0, 1);
    assert_eq!(nodes[2].shelf.count(Kind::Log), 2, "a few are offered");
    nodes.swap(2, 3);
    meet(&mut nodes[..3], 1, 2);
    assert_eq!(nodes[0].shelf.count(Kind::Log), 200, "many are compared");
}

#[test]
fn what_was_changed_on_the_way_is_refused_and_what_is_known_is_not_even_judged() {
    let (mut node, genesis) = (Node::holding(0..1), genesis());
    let context = Context { genesis: &genesis, network: genesis.id(), keys: &Keyring::default(), now: NOW };
    let known = entry(genesis.id(), 0).frame().to_vec();
    let mut changed = entry(genesis.id(), 1).frame().to_vec();
    changed[200] ^= 1;
    let judged = node.rounds.judge(&node.shelf, Kind::Log, &[Blob(known), Blob(changed)], &context);
    assert_eq!(judged.len(), 1);
    assert!(judged[0].as_ref().unwrap_err().is_senders_fault());
}

#[test]
fn one_batch_is_asked_for_at_a_time_no_record_of_two_neighbours_and_none_that_was_refused() {
    // SYN-9
    let mut node = Node::holding([]);
    node.open(1);
    node.open(2);
    let mut ids: Vec<RecordId> =
        (0..300_u16).map(|n| RecordId([&n.to_be_bytes()[..], &[0; 30]].concat().try_into().unwrap())).collect();
    let malformed = Blob([7; 99].to_vec());
    ids[5] = record_id(&malformed.0);
    node.hears(1, &Parcel::Bodies { kind: Kind::Log, frames: [malformed].to_vec() });
    let offer = Parcel::Offer { kind: Kind::Log, ids: ids.clone() };
    let asked = |said: Vec<Parcel>| match said.as_slice() {
        [Parcel::Want { ids, .. }] => ids.clone(),
        _ => Vec::new(),
    };
    let first = asked(node.hears(1, &offer).0);
    assert_eq!(first.len(), BODIES_PER_PARCEL_MAX);
    assert!(!first.contains(&ids[5]));
    assert!(asked(node.hears(1, &offer).0).is_empty(), "a batch is open");
    let second = asked(node.hears(2, &offer).0);
    assert!(!second.is_empty() && second.iter().all(|id| !first.contains(id)));
    let nothing = Parcel::Bodies { kind: Kind::Log, frames: Vec::new() };
    assert!(!asked(node.hears(1, &nothing).0).is_empty(), "the next batch follows");
    assert_eq!(node.open(1), None, "what the open batch brings opens the next round");
    node.rounds.look();
    node.rounds.look();
    assert!(node.open(1).is_some() && node.open(2).is_some());
    assert_eq!(asked(node.hears(2, &offer).0), first, "who never answered is not waited for in the next round");
}

#[test]
fn a_batch_that_nobody_brings_is_asked_of_another() {
    // SYN-9
    let mut node = Node::holding([]);
    node.open(1);
    node.open(2);
    let offer = Parcel::Offer { kind: Kind::Log, ids: [RecordId([1; 32])].to_vec() };
    assert_eq!(node.hears(1, &offer).0.len(), 1);
    node.rounds.look();
    assert!(node.hears(2, &offer).0.is_empty(), "the first may still bring it");
    node.rounds.look();
    assert_eq!(node.hears(2, &offer).0.len(), 1);
}

#[test]
fn who_once_did_not_bring_what_was_asked_keeps_nobody_else_from_being_asked() {
    // SYN-9: else it could say again and again that it has a record, and be waited for again and again.
    let offer = Parcel::Offer { kind: Kind::Log, ids: [RecordId([1; 32])].to_vec() };
    let nothing = Parcel::Bodies { kind: Kind::Log, frames: Vec::new() };
    let ways: [&dyn Fn(&mut Node); 2] =
        [&|node| drop(node.hears(1, &nothing)), &|node| (0..2).for_each(|_| node.rounds.look())];
    for lets_down in ways {
        let mut node = Node::holding([]);
        node.open(1);
        node.open(2);
        assert_eq!(node.hears(1, &offer).0.len(), 1);
        assert!(node.hears(2, &offer).0.is_empty());
        lets_down(&mut node);
        assert_eq!(node.hears(1, &offer).0.len(), 1, "it may have it now");
        assert_eq!(node.hears(2, &offer).0.len(), 1, "and may not");
    }
}

#[test]
fn a_good_record_that_was_sent_as_if_it_were_bad_is_asked_for_again() {
    // SYN-9
    let mut node = Node::holding([]);
    node.open(1);
    node.open(2);
    let record = entry(genesis().id(), 1);
    let as_advert = Parcel::Bodies { kind: Kind::Adverts, frames: [Blob(record.frame().to_vec())].to_vec() };
    node.hears(1, &as_advert);
    let offer = Parcel::Offer { kind: Kind::Log, ids: [record.id()].to_vec() };
    assert_eq!(node.hears(2, &offer).0.len(), 1);
}

#[test]
fn what_contradicts_a_held_record_is_not_asked_for_again() {
    // SYN-2, SYN-9
    let mut node = Node::holding(0..1);
    node.open(1);
    node.open(2);
    let other = entry_with(genesis().id(), 0, Hash([2; 32]));
    let offer = Parcel::Offer { kind: Kind::Log, ids: [other.id()].to_vec() };
    assert_eq!(node.hears(1, &offer).0.len(), 1);
    let said = node.hears(1, &Parcel::Bodies { kind: Kind::Log, frames: [Blob(other.frame().to_vec())].to_vec() });
    assert_eq!(said, (Vec::new(), Vec::new()), "it is no news");
    assert!(node.hears(2, &offer).0.is_empty());
}

#[test]
fn a_neighbour_that_takes_no_answers_gets_no_more() {
    // SYN-9
    let mut node = Node::holding(0..9);
    node.open(1);
    let question = Parcel::Root(Hash([1; 32]));
    for name in 0..ANSWERS_FLYING_MAX as u64 {
        let said = node.hears(1, &question).0;
        assert_eq!(said.len(), 1);
        node.rounds.sent(&1, name);
    }
    assert!(node.hears(1, &question).0.is_empty());
    assert_eq!(node.hears(2, &question).0.len(), 1, "another is answered");
    node.rounds.landed(0);
    assert_eq!(node.hears(1, &question).0.len(), 1);
}

#[test]
fn a_node_is_complete_when_two_neighbours_agree_and_one_that_withholds_is_shown() {
    // SYN-10
    let mut nodes = [Node::holding(0..9), Node::holding(0..9), Node::holding(0..8), Node::holding(0..9)];
    meet(&mut nodes, 0, 1);
    assert!(!nodes[0].rounds.agreement().is_complete(), "one may withhold");
    // The third neither gives nor takes what it lacks.
    let prints = Parcel::Partitions(nodes[2].shelf.holdings().prints(NOW));
    nodes[0].open(2);
    nodes[0].hears(2, &prints);
    meet(&mut nodes, 0, 3);
    let agreement = nodes[0].rounds.agreement();
    assert!(agreement.is_complete());
    assert_eq!((agreement.alike, agreement.apart), (2, 1));
    nodes[0].rounds.forget(&2);
    assert_eq!(nodes[0].rounds.agreement().apart, 0);
}

#[test]
fn only_who_says_that_it_holds_the_same_agrees() {
    // SYN-10, SYN-14: silence may as well be a neighbour that is busy, or one that leaves every question unanswered.
    let mut node = Node::holding(0..9);
    node.open(1);
    node.rounds.sent(&1, 7);
    node.rounds.landed(7);
    assert_eq!(node.rounds.agreement().alike, 0);
    node.hears(1, &Parcel::Same);
    assert_eq!(node.rounds.agreement().alike, 1);
    node.hears(2, &Parcel::Same);
    assert_eq!(node.rounds.agreement().alike, 1, "this one was not asked");
}

#[test]
fn a_newcomer_asks_for_the_nearest_first() {
    let partition = |kind, period| Partition { kind, period };
    let live = NOW.week().0;
    let mut holdings = Holdings::default();
    let near_to_far = [
        partition(Kind::Adverts, live + 7),
        partition(Kind::Adverts, live + 1),
        partition(Kind::Envelopes, live),
        partition(Kind::Envelopes, live - 1),
        partition(Kind::Log, live / 13),
        partition(Kind::Log, 3),
    ];
    for (n, at) in near_to_far.iter().enumerate() {
        holdings.insert(*at, RecordId([n as u8; 32]));
    }
    holdings.insert(partition(Kind::Adverts, live - 1), RecordId([9; 32]));
    let told = begin(&Holdings::default(), &holdings.prints(NOW), NOW);
    assert_eq!(told.iter().map(|span| span.partition).collect::<Vec<_>>(), near_to_far);
    let found = go_on(&holdings, &told, NOW);
    assert_eq!(found.surplus.into_values().flatten().map(|id| id.0[0]).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
}

#[test]
fn every_round_begins_with_another_partition() {
    // SYN-4, SYN-9: else differences that stay would hide for ever what stands behind them.
    let mut node = Node::holding([]);
    let at = |period| Partition { kind: Kind::Adverts, period };
    let weeks = [3_003, 3_002, 3_001];
    let told = Parcel::Partitions(weeks.map(|week| (at(week), Print([1; 16]))).to_vec());
    let first = |node: &mut Node| match node.hears(1, &told).0.as_slice() {
        [Parcel::Spans(spans)] => (spans.len(), spans[0].partition.period),
        said => panic!("{said:?}"),
    };
    for week in weeks.into_iter().chain(weeks) {
        node.open(1);
        assert_eq!(first(&mut node), (3, week));
    }
}

#[test]
fn what_is_over_by_the_own_clock_does_not_count_on_either_side() {
    // SYN-7
    let over = Partition { kind: Kind::Adverts, period: NOW.week().0 - 1 };
    let (mut keeps, forgot) = (Holdings::default(), Holdings::default());
    keeps.insert(over, RecordId([1; 32]));
    assert_eq!(keeps.root(NOW), forgot.root(NOW));
    let behind = UnixMs(NOW.0 - 7 * DAY_MS);
    assert_ne!(keeps.root(behind), forgot.root(behind));
    assert!(begin(&forgot, &keeps.prints(behind), NOW).is_empty(), "a neighbour whose clock is behind");
}

#[test]
fn no_span_is_named_by_all_digits_of_an_id() {
    // SYN-8
    let path: Path = crate::wire::decode(&encode(&Blob([0; 63].to_vec())), 100).unwrap();
    let claim = Claim::Prints([Print([1; 16]); 16]);
    let asked = Span { partition: Partition { kind: Kind::Log, period: 1 }, path, claim };
    assert_eq!(go_on(&Holdings::default(), &[asked], NOW), Findings::default());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn two_shelves_agree_after_they_met(a in prop::collection::btree_set(0..60_u16, 0..40),
                                        b in prop::collection::btree_set(0..60_u16, 0..40)) {
        // SYN-1, SYN-4
        let mut nodes = [Node::holding(a), Node::holding(b)];
        let crossed = meet(&mut nodes, 0, 1);
        prop_assert!(crossed < 40, "{} parcels", crossed);
        prop_assert_eq!(nodes[0].shelf.holdings().root(NOW), nodes[1].shelf.holdings().root(NOW));
        prop_assert_eq!(nodes[0].shelf.root(Kind::Log), nodes[1].shelf.root(Kind::Log));
    }

    #[test]
    fn no_parcel_of_a_neighbour_makes_an_answer_that_is_no_parcel(
        bytes in prop::collection::vec(any::<u8>(), 0..200), ids in prop::collection::vec(any::<[u8; 32]>(), 0..300),
        digits in prop::collection::vec(0..16_u8, 0..64), period in any::<u32>(), print in any::<[u8; 16]>(),
    ) {
        let mut node = Node::holding(0..30);
        let mut ids: Vec<RecordId> = ids.into_iter().map(RecordId).collect();
        ids.extend(node.shelf.of(Kind::Log).map(Checked::id));
        ids.sort();
        ids.dedup();
        let path: Path = crate::wire::decode(&encode(&Blob(digits)), 100).unwrap();
        let spans = Kind::ALL.into_iter().flat_map(|kind| {
            let partitions = [period, 2_000 / 13].map(|period| Partition { kind, period });
            let claims = [Claim::Prints([Print(print); 16]), Claim::Ids(ids.clone())];
            partitions.into_iter().flat_map(move |at| claims.clone().map(|claim| (at, claim))).collect::<Vec<_>>()
        });
        let spans = spans.map(|(partition, claim)| Span { partition, path: path.clone(), claim }).collect();
        let hostile = [
            Parcel::Offer { kind: Kind::Adverts, ids: ids.clone() },
            Parcel::Want { kind: Kind::Log, ids },
            Parcel::Partitions([(Partition { kind: Kind::Log, period }, Print(print))].to_vec()),
            Parcel::Spans(spans),
        ];
        node.open(1);
        for parcel in Parcel::from_bytes(&bytes).into_iter().chain(hostile) {
            for said in node.hears(1, &parcel).0 {
                prop_assert_eq!(Parcel::from_bytes(&said.to_bytes()), Ok(said));
            }
        }
    }
}
