//! The same thing twice, two things under one key, things too late, and neighbours that hold different things.

use crate::specimens::records::{advert, envelope, need, offer, outcome, start};
use crate::specimens::world::{World, signer};
use protocol::advert::{Advert, BadAdvert, Withdrawal, WithdrawalBody, withdraw};
use protocol::catchup::Rounds;
use protocol::check::{Checked, Kind, Record, Unfit, check, own};
use protocol::envelope::Envelope;
use protocol::id::Hash;
use protocol::limits::{ADVERT_WEEKS_MAX, ENVELOPE_DAYS, PASS_GRACE_MS};
use protocol::log::Start;
use protocol::parcel::Parcel;
use protocol::pass::Purpose;
use protocol::shelf::{Placing, Shelf};
use protocol::time::{DAY_MS, UnixMs};

fn made(record: Record) -> Checked {
    own(record).unwrap()
}

/// Offers a record to a shelf, as a node does.
fn put(shelf: &mut Shelf, checked: &Checked, now: UnixMs) -> Placing {
    let placing = shelf.consider(checked, now);
    if placing == Placing::New {
        shelf.place(checked, now);
    }
    placing
}

#[test]
fn a_record_heard_twice_is_known_and_a_second_advert_under_its_key_contradicts_it() {
    // PAS-2, ADV-3, SYN-2
    let world = World::new();
    let mut shelf = Shelf::default();
    let first = made(Record::Advert(advert(&world, offer(&world))));
    let second = made(Record::Advert(advert(&world, need(&world))));
    assert_eq!(put(&mut shelf, &first, world.now), Placing::New);
    assert_eq!(put(&mut shelf, &first, world.now), Placing::Known);
    assert_eq!(put(&mut shelf, &second, world.now), Placing::Contradicts(first.id()));
    assert_eq!(shelf.count(Kind::Adverts), 1);
}

#[test]
fn a_withdrawn_advert_does_not_come_back() {
    // ADV-3, ADV-4, SYN-2
    let world = World::new();
    let offered = advert(&world, offer(&world));
    let last = made(Record::Withdrawal(withdraw(&offered.body, &signer("pseudonym"))));
    let offered = made(Record::Advert(offered));
    let mut heard_in_order = Shelf::default();
    put(&mut heard_in_order, &offered, world.now);
    assert_eq!(put(&mut heard_in_order, &last, world.now), Placing::New);
    assert_eq!(put(&mut heard_in_order, &offered, world.now), Placing::Gone);
    let mut heard_the_end_first = Shelf::default();
    assert_eq!(put(&mut heard_the_end_first, &last, world.now), Placing::New);
    assert_eq!(put(&mut heard_the_end_first, &offered, world.now), Placing::Gone);
    assert_eq!(heard_in_order.root(Kind::Adverts), heard_the_end_first.root(Kind::Adverts));
}

#[test]
fn an_outcome_stands_beside_its_start_and_a_second_start_is_a_fork() {
    // LOG-3, SYN-2
    let world = World::new();
    let mut shelf = Shelf::default();
    let began = start(&world);
    let mut fork = began.body.clone();
    fork.receipt = Hash([0xff; 32]);
    let fork = made(Record::Start(Start::new(fork, &signer("position"))));
    let began = made(Record::Start(began));
    assert!(check(fork.frame(), Kind::Log, &world.context()).is_ok(), "each by itself is good");
    assert_eq!(put(&mut shelf, &began, world.now), Placing::New);
    assert_eq!(put(&mut shelf, &fork, world.now), Placing::Contradicts(began.id()));
    assert_eq!(put(&mut shelf, &made(Record::Outcome(outcome(&world))), world.now), Placing::New);
    assert_eq!(shelf.count(Kind::Log), 2);
}

#[test]
fn a_withdrawal_does_not_make_room_for_a_second_envelope_under_its_key() {
    // PAS-2, SYN-2: a member holds an advert pass and a contact pass for one key.
    let world = World::new();
    let sealed = |tag| {
        let mut body = envelope(&world, 480).body;
        body.pass = world.pass(Purpose::Contact, "pseudonym");
        body.tag = tag;
        made(Record::Envelope(Envelope::new(body, &signer("pseudonym"))))
    };
    let (first, second) = (sealed([0, 1]), sealed([0, 2]));
    let last = made(Record::Withdrawal(withdraw(&advert(&world, offer(&world)).body, &signer("pseudonym"))));
    let mut shelf = Shelf::default();
    assert_eq!(put(&mut shelf, &first, world.now), Placing::New);
    assert_eq!(put(&mut shelf, &last, world.now), Placing::New);
    assert_eq!(put(&mut shelf, &second, world.now), Placing::Contradicts(first.id()));
}

#[test]
fn an_envelope_heard_again_and_again_ends_with_its_pass() {
    // ENV-2, SYN-3
    let world = World::new();
    let sealed = made(Record::Envelope(envelope(&world, 480)));
    let end = world.epoch().end().plus(PASS_GRACE_MS + u64::from(ENVELOPE_DAYS) * DAY_MS);
    let mut shelf = Shelf::default();
    assert_eq!(put(&mut shelf, &sealed, world.now), Placing::New);
    assert_eq!(shelf.expired(world.now.plus(7 * DAY_MS)), [sealed.id()]);
    shelf.forget(&sealed.id());
    let late = end.minus(1);
    assert_eq!(put(&mut shelf, &sealed, late), Placing::New);
    assert_eq!(shelf.next_expiry(), Some(end));
    shelf.forget(&sealed.id());
    assert_eq!(put(&mut shelf, &sealed, end), Placing::Gone);
}

#[test]
fn a_withdrawal_of_what_cannot_exist_yet_is_refused() {
    // ADV-4: else a founder could make partitions without end.
    let world = World::new();
    let mut body = withdraw(&advert(&world, offer(&world)).body, &signer("pseudonym")).body;
    body.expires = world.now.week().plus(ADVERT_WEEKS_MAX);
    let fit = |body: &WithdrawalBody| {
        let record = made(Record::Withdrawal(Withdrawal::new(body.clone(), &signer("pseudonym"))));
        check(record.frame(), Kind::Adverts, &world.context()).map(drop)
    };
    assert_eq!(fit(&body), Ok(()));
    body.expires = body.expires.plus(1);
    assert_eq!(fit(&body), Err(Unfit::Advert(BadAdvert::FromTheFuture)));
}

#[test]
fn two_shelves_that_compare_roots_end_alike() {
    // SYN-1, SYN-4, LOG-4
    let world = World::new();
    let mut shelves = [Shelf::default(), Shelf::default()];
    let other = {
        let mut body = advert(&world, need(&world)).body;
        body.pass = world.pass(Purpose::Advert, "other_pseudonym");
        made(Record::Advert(Advert::new(body, &signer("other_pseudonym"))))
    };
    put(&mut shelves[0], &made(Record::Advert(advert(&world, offer(&world)))), world.now);
    put(&mut shelves[0], &made(Record::Start(start(&world))), world.now);
    put(&mut shelves[1], &other, world.now);
    put(&mut shelves[1], &made(Record::Envelope(envelope(&world, 1_480))), world.now);
    let mut rounds = catch_up(&world, &mut shelves);
    for kind in Kind::ALL {
        assert_eq!(shelves[0].root(kind), shelves[1].root(kind), "{kind:?}");
    }
    assert_eq!(shelves[0].count(Kind::Adverts), 2);
    let root = rounds[1].open(&0, &shelves[1], world.now).unwrap();
    assert_eq!(rounds[0].answer(&1, &shelves[0], &root, world.now), [Parcel::Same]);
}

/// Each asks once; what the one learned first, the other may hear from it.
pub(crate) fn catch_up(world: &World, shelves: &mut [Shelf; 2]) -> [Rounds<usize>; 2] {
    let mut rounds = [Rounds::default(), Rounds::default()];
    let mut travelling: Vec<(usize, Parcel)> =
        (0..2).map(|from| (1 - from, rounds[from].open(&(1 - from), &shelves[from], world.now).unwrap())).collect();
    while let Some((to, parcel)) = travelling.pop() {
        let parcel = Parcel::from_bytes(&parcel.to_bytes()).unwrap();
        let (shelf, rounds, from) = (&mut shelves[to], &mut rounds[to], 1 - to);
        let said = if let Parcel::Bodies { kind, frames } = &parcel {
            for checked in rounds.judge(shelf, *kind, frames, &world.context()) {
                let checked = checked.unwrap();
                let placing = put(shelf, &checked, world.now);
                rounds.placed(&from, &checked, placing);
            }
            rounds.next(&from, shelf, world.now).to_sender
        } else {
            rounds.answer(&from, shelf, &parcel, world.now)
        };
        travelling.extend(said.into_iter().map(|parcel| (from, parcel)));
    }
    rounds
}
