//! A sponsor that prints passes for nobody, in one week or in many.

use crate::specimens::issuing::{grant, issuing_secret, manifest_of, signed_by};
use crate::specimens::records::{advert, offer, outcome, start};
use crate::specimens::world::{World, signer};
use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use protocol::advert::{Advert, withdraw};
use protocol::catchup::Rounds;
use protocol::check::{Checked, Kind, Record, own};
use protocol::id::{Hash, HolderKey, RecordId, SponsorKey};
use protocol::pass::{Pass, Purpose, SignedManifest};
use protocol::shelf::{Placing, Shelf};
use protocol::time::Week;
use std::collections::{BTreeMap, BTreeSet};

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

/// An advert under a pass of scheme 0, of a sponsor and so many weeks before this one.
fn vouched(world: &World, (sponsor, weeks, n): Key) -> Checked {
    let key = SigningKey::from_bytes(&[n; 32]);
    let epoch = Week(world.epoch().0 - u32::from(weeks));
    let mut body = advert(world, offer(world)).body;
    body.pass = Pass::issue(
        world.network,
        epoch,
        Purpose::Advert,
        HolderKey::of(&key),
        &signer(SPONSORS[usize::from(sponsor)]),
    );
    own(Record::Advert(Advert::new(body, &key))).unwrap()
}

/// Which sponsor, how many weeks ago, which holder key.
type Key = (u8, u8, u8);

const SPONSORS: [&str; 3] = ["sponsor", "other_sponsor", "firm_root"];

/// `SYN-16`, by its words: shares as equal as what each says allows, what is left over to the first in order, and in each share
/// the lowest ranks.
fn by_definition(records: &[Checked], room: usize) -> BTreeSet<RecordId> {
    let mut said: BTreeMap<SponsorKey, Vec<(Hash, RecordId)>> = Default::default();
    for record in records {
        let pass = record.pass().unwrap();
        let rank =
            Hash::of_bytes("cosolvent/share-rank/1", &[&pass.epoch.0.to_be_bytes()[..], &pass.holder.0].concat());
        said.entry(pass.sponsor).or_default().push((rank, record.id()));
    }
    said.values_mut().for_each(|ranked| ranked.sort());
    let at = |level: usize| said.values().map(|ranked| ranked.len().min(level)).sum::<usize>();
    let level = (0..=room).rev().find(|level| at(*level) <= room).unwrap();
    let mut left = room - at(level);
    let mut kept = BTreeSet::new();
    for ranked in said.values() {
        let more = usize::from(left > 0 && ranked.len() > level);
        left -= more;
        kept.extend(ranked.iter().take(level + more).map(|(_, id)| *id));
    }
    kept
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn a_full_shelf_keeps_the_same_whatever_came_first_and_no_sponsor_loses_its_share_to_another(
        (keys, room) in (prop::collection::btree_set((0..3_u8, 0..3_u8, 1..250_u8), 1..40), 1..12_usize),
        seed in any::<u64>(),
    ) {
        // SYN-16
        let world = World::new();
        // One holder key says one thing in a kind (SYN-2).
        let mut once = BTreeSet::new();
        let keys: Vec<Key> = keys.into_iter().filter(|(.., n)| once.insert(*n)).collect();
        let records: Vec<Checked> = keys.iter().map(|key| vouched(&world, *key)).collect();
        let expected = by_definition(&records, room);
        for turn in 0..4_u64 {
            let mut order: Vec<&Checked> = records.iter().collect();
            order.sort_by_key(|record| Hash::of_bytes("order", &[&(seed ^ turn).to_be_bytes()[..], &record.id().0].concat()));
            let mut shelf = Shelf::with_room(room);
            let order: Vec<Checked> = order.into_iter().cloned().collect();
            hear(&mut shelf, &world, &order);
            // What was turned away or dropped comes again, as catch-up brings it.
            hear(&mut shelf, &world, &order);
            let kept: BTreeSet<RecordId> = shelf.of(Kind::Adverts).map(Checked::id).collect();
            prop_assert_eq!(&kept, &expected);
        }
        for sponsor in 0..3 {
            let of: Vec<&Checked> = keys.iter().zip(&records).filter(|((one, ..), _)| *one == sponsor).map(|(_, record)| record).collect();
            if of.len() <= room / SPONSORS.len() {
                prop_assert!(of.iter().all(|record| expected.contains(&record.id())), "within its share nothing is lost");
            }
        }
    }
}

#[test]
fn an_outcome_and_a_withdrawal_find_room_on_a_full_shelf_beside_what_they_end() {
    // SYN-16, SYN-2
    let world = World::new();
    let mut shelf = Shelf::with_room(1);
    let record = |record| own(record).unwrap();
    let (start, outcome) = (record(Record::Start(start(&world))), record(Record::Outcome(outcome(&world))));
    assert_eq!(hear(&mut shelf, &world, &[start, outcome]), [Placing::New; 2]);
    assert_eq!(shelf.count(Kind::Log), 2);
    let (said, taken_back) = (
        record(Record::Advert(advert(&world, offer(&world)))),
        record(Record::Withdrawal(withdraw(&advert(&world, offer(&world)).body, &signer("pseudonym")))),
    );
    assert_eq!(hear(&mut shelf, &world, &[said, taken_back]), [Placing::New; 2]);
    assert_eq!(shelf.count(Kind::Adverts), 1);
}
