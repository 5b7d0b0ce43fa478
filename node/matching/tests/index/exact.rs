//! `IDX-1`: the index beside a loop that judges every pair.
use crate::{
    FACETS, VOCABULARY,
    world::{Seeded, World},
};
use matching::{
    case::Case,
    day::Day,
    index::Index,
    limits::judge,
    read::{Side, read},
    record::Facts,
};
use std::{collections::BTreeMap, fs, path::Path};

fn fits(need: &Facts, advert: &Facts) -> bool {
    judge(&VOCABULARY, need, advert, false, &mut Vec::new())
}

/// What comes of comparisons: how many fit, how many were found to be judged, how many of these did not fit.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pairs: usize,
    fit: usize,
    judged: usize,
    vain: usize,
}

/// Asks an index that keeps one side for what fits the other, and compares with what is kept.
pub(crate) fn compare(index: &Index, side: Side, kept: &BTreeMap<u32, Facts>, other: &Facts, tally: &mut Tally) {
    let fits = |facts: &Facts| match side {
        Side::Offer => fits(other, facts),
        Side::Need => fits(facts, other),
    };
    let mut found = BTreeMap::new();
    index.search(&index.plan(other), |hit| {
        assert!(found.insert(hit.key, hit.sure).is_none(), "{} was found twice", hit.key);
        assert!(kept.contains_key(&hit.key), "{side:?} {} was found after it had gone", hit.key);
    });
    for (key, facts) in kept {
        let (fits, sure) = (fits(facts), found.get(key));
        assert!(!fits || sure.is_some(), "{side:?} {key} was lost\n{facts:?}\nfor\n{other:?}");
        assert!(fits || sure != Some(&true), "{side:?} {key} is not sure\n{facts:?}\nfor\n{other:?}");
        tally.pairs += 1;
        tally.fit += usize::from(fits);
        tally.judged += usize::from(sure == Some(&false));
        tally.vain += usize::from(sure == Some(&false) && !fits);
    }
}

#[test]
fn what_the_index_finds_is_what_judging_everything_finds() {
    let world = World::new(&VOCABULARY);
    for side in [Side::Offer, Side::Need] {
        let mut tally = Tally::default();
        for seed in 0..4 {
            let mut seeded = Seeded(seed);
            let mut index = Index::new(&FACETS, side);
            let mut kept = BTreeMap::new();
            for key in 0..600 {
                let facts = world.facts(&VOCABULARY, &mut seeded);
                index.insert(&facts, key, Day(30_000));
                kept.insert(key, facts);
            }
            for _ in 0..300 {
                let other = world.facts(&VOCABULARY, &mut seeded);
                compare(&index, side, &kept, &other, &mut tally);
            }
        }
        let Tally { pairs, fit, judged, vain } = tally;
        assert!(fit * 2 > pairs, "limits alone and together: {tally:?}");
        assert!((judged - vain) * 2 > judged && judged * 10 < pairs, "most of what is found is sure: {tally:?}");
    }
}

/// The cases of the public set.
pub(crate) fn public_cases(name: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/matching").join(name);
    let lines = fs::read_to_string(path).expect("the public cases are part of the house");
    lines.lines().map(|line| serde_json::from_str(line).expect("a case in its format")).collect()
}

/// The public cases, whose facts come from fields and from texts in two languages.
#[test]
fn what_texts_say_is_found_like_what_fields_say() {
    let facts = |name: &str, side| -> BTreeMap<u32, Facts> {
        (0..).zip(public_cases(name).iter().map(|case| read(&VOCABULARY, case, side, Day(20_514)))).collect()
    };
    let (adverts, needs) = (facts("adverts.jsonl", Side::Offer), facts("needs.jsonl", Side::Need));
    for (side, kept, others) in [(Side::Offer, &adverts, &needs), (Side::Need, &needs, &adverts)] {
        let mut index = Index::new(&FACETS, side);
        for (key, facts) in kept {
            index.insert(facts, *key, Day(30_000));
        }
        let mut tally = Tally::default();
        for other in others.values() {
            compare(&index, side, kept, other, &mut tally);
        }
        assert!(tally.fit > 0 && tally.vain * 4 < tally.pairs - tally.fit, "little is judged in vain: {tally:?}");
    }
}
