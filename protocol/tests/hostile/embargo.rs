//! A neighbour that wants to know who made a record. `SYN-11`: at each moment, whoever made it answers like a node that
//! never did, to the byte.

use crate::specimens::records::{advert, envelope, need, offer, outcome, relay, start};
use crate::specimens::world::{World, signer};
use protocol::advert::{Advert, withdraw};
use protocol::catchup::{Claim, Rounds, Span, begin};
use protocol::check::{Checked, Kind, Record, own};
use protocol::id::{Blob, Hash, Print};
use protocol::parcel::Parcel;
use protocol::pass::Purpose;
use protocol::shelf::{Holdings, Partition, Path, Placing, Shelf};
use protocol::time::DAY_MS;

const SPY: u8 = 1;
const ACCOMPLICE: u8 = 2;

fn made(record: Record) -> Checked {
    own(record).unwrap()
}

#[derive(Default)]
struct Node {
    shelf: Shelf,
    rounds: Rounds<u8>,
}

impl Node {
    fn hears(&mut self, world: &World, checked: &Checked) -> Placing {
        let placing = self.shelf.consider(checked, world.now);
        if matches!(placing, Placing::New | Placing::Echo) {
            self.shelf.place(checked, world.now);
        }
        placing
    }

    /// All that a parcel makes this node say: to who sent it, and to others.
    fn says(&mut self, world: &World, from: u8, parcel: &Parcel) -> [Vec<Parcel>; 2] {
        let Parcel::Bodies { kind, frames } = parcel else {
            return [self.rounds.answer(&from, &self.shelf, parcel, world.now), Vec::new()];
        };
        for checked in self.rounds.judge(&self.shelf, *kind, frames, &world.context()) {
            let checked = checked.unwrap();
            let placing = self.hears(world, &checked);
            self.rounds.placed(&from, &checked, placing);
        }
        let next = self.rounds.next(&from, &self.shelf, world.now);
        [next.to_sender, next.to_others]
    }
}

/// What everybody holds, and what one node made besides.
fn records(world: &World) -> (Vec<Checked>, Vec<Checked>) {
    let shown = advert(world, offer(world));
    let taken_back = made(Record::Withdrawal(withdraw(&shown.body, &signer("pseudonym"))));
    let mut second = advert(world, need(world)).body;
    second.pass = world.pass(Purpose::Advert, "other_pseudonym");
    let second = made(Record::Advert(Advert::new(second, &signer("other_pseudonym"))));
    let everybodys = vec![made(Record::Advert(shown)), made(Record::Start(start(world)))];
    let own = [Record::Envelope(envelope(world, 480)), Record::Outcome(outcome(world)), Record::Relay(relay(world))]
        .map(made);
    (everybodys, own.into_iter().chain([second, taken_back]).collect())
}

fn author_and_stranger(world: &World) -> (Node, Node) {
    let (everybodys, own) = records(world);
    let (mut author, mut stranger) = (Node::default(), Node::default());
    for record in &everybodys {
        author.hears(world, record);
        stranger.hears(world, record);
    }
    own.iter().for_each(|record| author.shelf.embargo(record, world.now));
    (author, stranger)
}

/// Every question about these records that the protocol has.
fn questions(world: &World, records: &[Checked]) -> Vec<Parcel> {
    let mut holdings = Holdings::default();
    records.iter().for_each(|record| holdings.insert(Partition::of(record), record.id()));
    let mut all = vec![
        Parcel::Root(holdings.root(world.now)),
        Parcel::Root(Hash([0; 32])),
        Parcel::Partitions(holdings.prints(world.now)),
        Parcel::Partitions(Vec::new()),
        Parcel::Spans(begin(&holdings, &[], world.now)),
    ];
    for record in records {
        let (kind, ids) = (record.kind(), vec![record.id()]);
        let span = |claim| Span { partition: Partition::of(record), path: Path::default(), claim };
        all.push(Parcel::Spans(vec![span(Claim::Ids(Vec::new()))]));
        all.push(Parcel::Spans(vec![span(Claim::Ids(ids.clone()))]));
        all.push(Parcel::Spans(vec![span(Claim::Prints([Print([0; 16]); 16]))]));
        all.push(Parcel::Offer { kind, ids: ids.clone() });
        all.push(Parcel::Want { kind, ids });
        all.push(Parcel::Bodies { kind, frames: Vec::new() });
    }
    all
}

#[test]
fn whoever_made_a_record_answers_every_question_like_a_node_that_never_did() {
    // SYN-11
    let world = World::new();
    let (everybodys, own) = records(&world);
    let (mut author, mut stranger) = author_and_stranger(&world);
    for of in [SPY, ACCOMPLICE] {
        let [one, other] = [&mut author, &mut stranger].map(|node| node.rounds.open(&of, &node.shelf, world.now));
        assert_eq!(one, other, "the root");
    }
    let all: Vec<Checked> = everybodys.iter().chain(&own).cloned().collect();
    let ask_everything = |author: &mut Node, stranger: &mut Node, when: &str| {
        for asker in [SPY, ACCOMPLICE] {
            for question in questions(&world, &all).iter().chain(&questions(&world, &own)) {
                let says = author.says(&world, asker, question);
                assert_eq!(says, stranger.says(&world, asker, question), "{when}: {question:?}");
            }
        }
    };
    ask_everything(&mut author, &mut stranger, "before anybody told anything");
    // The spy tells one after the other, and looks, itself and through its accomplice, at what changed.
    for record in &own {
        let body = Parcel::Bodies { kind: record.kind(), frames: vec![Blob(record.frame().to_vec())] };
        let says = author.says(&world, SPY, &body);
        assert_eq!(says, stranger.says(&world, SPY, &body), "told {:?}", record.record());
        ask_everything(&mut author, &mut stranger, "after it was told");
    }
    assert_eq!(author.shelf.embargoed().count(), 0, "all that came back is shown");
    let roots = [&author, &stranger].map(|node| node.shelf.holdings().root(world.now));
    assert_eq!(roots[0], roots[1]);
}

#[test]
fn what_gossip_tells_an_author_is_passed_on_like_news() {
    // SYN-11
    let world = World::new();
    let (mut author, mut stranger) = author_and_stranger(&world);
    for record in records(&world).1 {
        assert_eq!((author.hears(&world, &record), stranger.hears(&world, &record)), (Placing::Echo, Placing::New));
        assert_eq!((author.hears(&world, &record), stranger.hears(&world, &record)), (Placing::Known, Placing::Known));
    }
}

#[test]
fn the_owner_sees_what_was_made_and_not_what_was_taken_back() {
    // SYN-11
    let world = World::new();
    let (everybodys, own) = records(&world);
    let (author, stranger) = author_and_stranger(&world);
    let taken_back = &everybodys[0];
    assert!(author.shelf.find(&taken_back.id()).is_none());
    assert!(author.shelf.shown(&taken_back.id()).is_some(), "neighbours see it until the withdrawal comes back");
    assert!(own.iter().all(|record| author.shelf.find(&record.id()).is_some()));
    assert_eq!(author.shelf.count(Kind::Adverts), 2, "the second advert and the withdrawal");
    assert_eq!(author.shelf.count(Kind::Log), 2);
    assert_ne!(author.shelf.root(Kind::Log), stranger.shelf.root(Kind::Log));
    assert_eq!(author.shelf.embargoed().count(), 5);
    let over = world.now.plus(100 * 7 * DAY_MS);
    assert_eq!(author.shelf.expired(over).len(), 5, "embargoed or not: all but the log entries");
}
