//! `IDX-2`, `IDX-3`: what comes and goes leaves nothing behind, and takes what it is said to take.
use crate::{
    FACETS, VOCABULARY,
    exact::{Tally, compare},
    world::{Seeded, World},
};
use matching::{
    day::Day,
    index::{Index, SLOTS, Slot},
    place::Point,
    read::Side,
    record::{Facts, Named, Origin, Stated},
    vocabulary::Kind,
};
use std::collections::BTreeMap;

#[test]
fn after_any_coming_and_going_only_what_is_there_is_found() {
    let world = World::new(&VOCABULARY);
    for side in [Side::Offer, Side::Need] {
        let mut seeded = Seeded(11);
        let mut index = Index::new(&FACETS, side);
        let mut kept: BTreeMap<u32, Facts> = BTreeMap::new();
        let mut slots: BTreeMap<u32, (Slot, Day)> = BTreeMap::new();
        let mut today = Day(20_514);
        for key in 0..6_000 {
            let facts = world.facts(&VOCABULARY, &mut seeded);
            let until = Day(today.0 + 1 + seeded.below(56) as i32);
            slots.insert(key, (index.insert(&facts, key, until), until));
            kept.insert(key, facts);
            if seeded.chance(40) {
                let gone = seeded.of(&kept.keys().copied().collect::<Vec<_>>());
                let (slot, _) = slots.remove(&gone).expect("kept");
                kept.remove(&gone);
                assert!(index.withdraw(slot));
                assert!(!index.withdraw(slot), "what is gone cannot go again");
            }
            if key % 40 == 0 {
                today = Day(today.0 + 1);
                let mut gone = Vec::new();
                index.expire(today, |key| gone.push(key));
                gone.sort_unstable();
                let due: Vec<u32> =
                    slots.iter().filter(|(_, (_, until))| *until <= today).map(|(key, _)| *key).collect();
                assert_eq!(gone, due, "on {today}");
                for key in due {
                    slots.remove(&key);
                    kept.remove(&key);
                }
            }
            assert_eq!(index.len(), kept.len());
            if key % 400 == 399 {
                compare(&index, side, &kept, &world.facts(&VOCABULARY, &mut seeded), &mut Tally::default());
            }
        }
        index.expire(Day(30_000), |_| ());
        assert_eq!((index.len(), index.bytes()), (0, 0), "an empty index takes nothing");
    }
}

#[test]
fn an_advert_takes_what_it_takes_however_much_it_claims() {
    let mut all = Facts { any_material: false, ..Facts::default() };
    let stated = |concept| Stated { value: Named::Concept(concept), origin: Origin::Given };
    for concept in VOCABULARY.concepts() {
        match VOCABULARY.kind(concept) {
            Kind::Material => all.materials.push(stated(concept)),
            Kind::Credential | Kind::Ticket => all.credentials.push(stated(concept)),
            _ => all.skills.push(stated(concept)),
        }
    }
    let mut bytes = Vec::new();
    for facts in [Facts::default(), all] {
        let mut index = Index::new(&FACETS, Side::Offer);
        for key in 0..SLOTS as u32 {
            index.insert(&facts, key, Day(30_000));
        }
        bytes.push(index.bytes());
    }
    let index = Index::new(&FACETS, Side::Offer);
    assert_eq!(bytes[0], bytes[1]);
    assert!(bytes[0] * 10 <= index.bytes_per_slot() * SLOTS * 11, "{} bytes", bytes[0]);
    assert!(index.bytes_per_slot() <= 136, "{} bytes for each slot", index.bytes_per_slot());
}

#[test]
fn adverts_from_a_thousand_places_share_their_pages() {
    let mut index = Index::new(&FACETS, Side::Offer);
    for key in 0..20_000 {
        let (latitude, longitude) = (i64::from(key % 120) * 100 - 6_000, i64::from(key / 120) * 200 - 17_000);
        let place = Some(Stated { value: Point::at(latitude, longitude), origin: Origin::Given });
        index.insert(&Facts { place, ..Facts::default() }, key, Day(30_000));
    }
    let fewest = 20_000usize.div_ceil(SLOTS) * SLOTS * index.bytes_per_slot();
    assert!(index.bytes() <= 2 * fewest, "{} bytes", index.bytes());
}

#[test]
fn pages_that_were_left_are_taken_again() {
    let mut index = Index::new(&FACETS, Side::Offer);
    let mut slots: Vec<Slot> = (0..3_000).map(|key| index.insert(&Facts::default(), key, Day(30_000))).collect();
    let bytes = index.bytes();
    let mut seeded = Seeded(3);
    for key in 0..40_000 {
        let at = seeded.below(slots.len());
        assert!(index.withdraw(slots[at]));
        slots[at] = index.insert(&Facts::default(), key, Day(30_000));
    }
    assert!(index.bytes() <= bytes * 5 / 4, "{} bytes after churn, {bytes} before", index.bytes());
}
