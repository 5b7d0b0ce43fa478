//! A sponsor that prints passes for nobody.

use crate::specimens::issuing::{grant, issuing_secret, manifest_of, signed_by};
use crate::specimens::records::{advert, offer};
use crate::specimens::world::{World, signer};
use ed25519_dalek::SigningKey;
use protocol::advert::Advert;
use protocol::catchup::Rounds;
use protocol::check::{Checked, Kind, Record, own};
use protocol::id::HolderKey;
use protocol::pass::{Purpose, SignedManifest};
use protocol::shelf::{Placing, Shelf};

const BATCH: usize = Purpose::Advert.passes_per_epoch() as usize;

/// A shelf that holds the manifest of a sponsor with so many members.
fn shelf(world: &World, members: u32) -> Shelf {
    let mut body = manifest_of(world, "sponsor", world.epoch()).body;
    body.members = members;
    let mut shelf = Shelf::default();
    shelf.place(&own(Record::Manifest(SignedManifest::new(body, &signer("sponsor")))).unwrap(), world.now);
    shelf
}

/// One advert under each of so many passes, all good.
fn flood(world: &World, count: usize) -> Vec<Checked> {
    let template = advert(world, offer(world)).body;
    let one = |n: usize| {
        let key = SigningKey::from_bytes(&[u8::try_from(n).unwrap(); 32]);
        let grant = grant(world, "sponsor", world.epoch(), Purpose::Advert, HolderKey::of(&key));
        let pass = signed_by(issuing_secret("sponsor", Purpose::Advert), &grant);
        let mut body = template.clone();
        body.pass = pass;
        own(Record::Advert(Advert::new(body, &key))).unwrap()
    };
    (0..count).map(one).collect()
}

fn hear(shelf: &mut Shelf, world: &World, records: &[Checked]) -> Vec<Placing> {
    let hear = |record: &Checked| {
        let placing = shelf.consider(record, world.now);
        if placing == Placing::New {
            shelf.place(record, world.now);
        }
        placing
    };
    records.iter().map(hear).collect()
}

#[test]
fn of_a_flood_as_much_stays_as_members_could_say_and_the_same_everywhere() {
    // SYN-15
    let world = World::blind();
    let mut flood = flood(&world, 2 * BATCH + 20);
    let (mut one, mut other) = (shelf(&world, 2), shelf(&world, 2));
    let placed = hear(&mut one, &world, &flood);
    assert!(placed[..2 * BATCH].iter().all(|placing| *placing == Placing::New), "members say what they like");
    flood.reverse();
    hear(&mut other, &world, &flood);
    assert_eq!(one.count(Kind::Adverts), 2 * BATCH);
    assert_eq!(one.holdings().root(world.now), other.holdings().root(world.now), "in whatever order it came");
    let outside: Vec<_> = flood.iter().filter(|record| one.shown(&record.id()).is_none()).cloned().collect();
    assert_eq!(outside.len(), 20);
    assert!(
        hear(&mut one, &world, &outside).iter().all(|placing| *placing == Placing::Outranked),
        "it does not come back"
    );
    // Whoever was dropped leaves nothing behind that could count against another.
    assert!(flood.iter().all(|record| one.consider(record, world.now) != Placing::New));
}

#[test]
fn what_is_outranked_is_not_asked_for_again() {
    // SYN-9, SYN-15
    let world = World::blind();
    let flood = flood(&world, BATCH + 1);
    let mut full = shelf(&world, 1);
    hear(&mut full, &world, &flood);
    let outside = flood.iter().find(|record| full.shown(&record.id()).is_none()).unwrap();
    let mut rounds = Rounds::<u8>::default();
    rounds.open(&1, &full, world.now);
    rounds.placed(&1, outside, Placing::Outranked);
    let offer = protocol::parcel::Parcel::Offer { kind: Kind::Adverts, ids: vec![outside.id()] };
    assert_eq!(rounds.answer(&1, &full, &offer, world.now), []);
}

#[test]
fn a_record_that_ends_makes_room_for_another() {
    // SYN-15
    let world = World::blind();
    let flood = flood(&world, BATCH + 1);
    let mut full = shelf(&world, 1);
    hear(&mut full, &world, &flood);
    let (inside, outside): (Vec<_>, Vec<_>) = flood.iter().partition(|record| full.shown(&record.id()).is_some());
    full.forget(&inside[0].id());
    assert_eq!(full.consider(outside[0], world.now), Placing::New);
}
