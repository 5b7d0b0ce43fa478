//! What a search reads, counted: so that it cannot grow unnoticed where a clock would only waver.
use crate::{FACETS, VOCABULARY, exact::public_cases, world::Seeded};
use matching::{
    day::Day,
    index::{Cost, Index},
    read::{Side, read},
    record::Facts,
};

/// Public cases over and over, moved in time and place.
fn many(name: &str, side: Side, count: usize, seeded: &mut Seeded) -> Vec<Facts> {
    let cases = public_cases(name);
    let facts: Vec<Facts> = cases.iter().map(|case| read(&VOCABULARY, case, side, Day(20_514))).collect();
    let facts_of = |seeded: &mut Seeded| &facts[seeded.below(facts.len())];
    let moved = |seeded: &mut Seeded| {
        let mut facts = facts_of(seeded).clone();
        facts.place = facts_of(seeded).place;
        if let Some(window) = &mut facts.window {
            let days = seeded.below(84) as i32;
            (window.value.from.0, window.value.to.0) = (window.value.from.0 + days, window.value.to.0 + days);
        }
        facts
    };
    (0..count).map(|_| moved(seeded)).collect()
}

fn each(index: &Index, others: &[Facts]) -> (u64, u64, u64, u64) {
    let (mut all, mut found) = (Cost::default(), 0);
    for other in others {
        let cost = index.search(&index.plan(other), |_| found += 1);
        all.pages += cost.pages;
        all.words += cost.words;
        all.slips += cost.slips;
    }
    let count = others.len() as u64;
    (all.pages / count, all.words / count, all.slips / count, found / count)
}

#[test]
fn a_search_reads_no_more_than_it_did() {
    let mut seeded = Seeded(5);
    let (adverts, needs) =
        (many("adverts.jsonl", Side::Offer, 20_000, &mut seeded), many("needs.jsonl", Side::Need, 20_000, &mut seeded));
    for (side, kept, others, words_max) in
        [(Side::Offer, &adverts, &needs[..200], 4_800), (Side::Need, &needs, &adverts[..200], 11_800)]
    {
        let mut index = Index::new(&FACETS, side);
        for (key, facts) in (0..).zip(kept) {
            index.insert(facts, key, Day(30_000));
        }
        let (pages, words, slips, found) = each(&index, others);
        assert!(words <= words_max, "{side:?}: {pages} pages, {words} words, {slips} slips for {found} found");
    }
}
