//! `STO-1`: what a store gives back is what was read, or the text is read again.
use crate::{
    VOCABULARY,
    exact::public_cases,
    world::{Seeded, World},
};
use matching::{
    day::Day,
    read::{Side, read},
    stored::{Outdated, from_bytes, to_bytes},
};

#[test]
fn facts_come_back_as_they_were() {
    let (world, mut seeded, stamp) = (World::new(&VOCABULARY), Seeded(13), VOCABULARY.stamp());
    let odd = (0..500).map(|_| world.facts(&VOCABULARY, &mut seeded)).collect::<Vec<_>>();
    let cases = [("adverts.jsonl", Side::Offer), ("needs.jsonl", Side::Need)];
    let read = cases.into_iter().flat_map(|(name, side)| {
        public_cases(name).into_iter().map(move |case| read(&VOCABULARY, &case, side, Day(20_514)))
    });
    for facts in odd.into_iter().chain(read) {
        let back = from_bytes(&to_bytes(&facts, stamp), &VOCABULARY, stamp).expect("whole");
        assert_eq!(format!("{back:?}"), format!("{facts:?}"));
    }
}

#[test]
fn whatever_else_is_refused_with_its_reason() {
    let (world, mut seeded, stamp) = (World::new(&VOCABULARY), Seeded(17), VOCABULARY.stamp());
    let facts = world.facts(&VOCABULARY, &mut seeded);
    let bytes = to_bytes(&facts, stamp);
    let outdated = |bytes: &[u8], stamp| from_bytes(bytes, &VOCABULARY, stamp).map(|_| ()).unwrap_err();
    assert_eq!(outdated(&bytes, stamp ^ 1), Outdated::Vocabulary);
    for at in 0..bytes.len() {
        assert_eq!(outdated(&bytes[..at], stamp), Outdated::Damaged);
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << seeded.below(8);
        assert_eq!(outdated(&damaged, stamp), Outdated::Damaged, "byte {at}");
    }
}
