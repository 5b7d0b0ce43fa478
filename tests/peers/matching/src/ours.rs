//! The index as the node uses it: what is sure counts, what is not is judged.
use crate::{
    quantiles,
    world::{Said, Seeded, TODAY, World},
};
use matching::{
    day::Day,
    index::{Cost, Facets, Index, Plan, Slot},
    limits::judge,
    rank::Market,
    read::{Side, read},
    record::Facts,
    stored::{from_bytes, to_bytes},
    vocabulary::Vocabulary,
};
use std::{sync::Arc, time::Instant};

pub struct Ours<'f> {
    vocabulary: &'f Vocabulary,
    index: Index,
    adverts: &'f [Facts],
}

impl<'f> Ours<'f> {
    pub fn new(facets: &Arc<Facets>, vocabulary: &'f Vocabulary, adverts: &'f [Facts]) -> Ours<'f> {
        let mut index = Index::new(facets, Side::Offer);
        for (key, facts) in (0..).zip(adverts) {
            index.insert(facts, key, Day(30_000));
        }
        Ours { vocabulary, index, adverts }
    }

    pub fn answer(&self, need: &Facts) -> Vec<u32> {
        let (mut fits, mut lines) = (Vec::new(), Vec::new());
        self.index.search(&self.index.plan(need), |found| {
            let judged =
                |lines: &mut Vec<_>| judge(self.vocabulary, need, &self.adverts[found.key as usize], false, lines);
            if found.sure || judged(&mut lines) {
                fits.push(found.key);
            }
        });
        fits
    }

    /// How many there are, without naming them; what must be judged counts apart.
    pub fn count(&self, need: &Facts) -> (usize, usize) {
        self.index.count(&self.index.plan(need))
    }

    pub fn plan(&self, need: &Facts) -> Plan {
        self.index.plan(need)
    }

    pub fn bytes(&self) -> usize {
        self.index.bytes()
    }

    /// Every pair, by the limits alone.
    pub fn check_by_judging_everything<'a>(&self, needs: impl Iterator<Item = &'a Facts>) {
        let mut lines = Vec::new();
        for need in needs {
            let mut found = self.answer(need);
            found.sort_unstable();
            let fits = |at: &u32| judge(self.vocabulary, need, &self.adverts[*at as usize], false, &mut lines);
            let expected: Vec<u32> = (0..self.adverts.len() as u32).filter(fits).collect();
            assert!(found == expected, "{} for {}", found.len(), expected.len());
        }
    }

    pub fn print_cost<'a>(&self, needs: impl Iterator<Item = &'a Facts>) {
        let (mut all, mut count, mut found, mut unsure) = (Cost::default(), 0, 0, 0);
        for need in needs {
            let cost = self.index.search(&self.index.plan(need), |hit| {
                found += 1;
                unsure += u64::from(!hit.sure);
            });
            all.pages += cost.pages;
            all.words += cost.words;
            all.slips += cost.slips;
            count += 1;
        }
        let Cost { pages, words, slips } = all;
        println!(
            "  each need reads {} pages, {} words, {} slips; finds {}, of which {} are judged",
            pages / count,
            words / count,
            slips / count,
            found / count,
            unsure / count
        );
    }
}

/// New adverts against standing needs.
pub fn standing(world: &World<'_>, facets: &Arc<Facets>, count: usize) {
    let mut seeded = Seeded(2);
    let needs: Vec<Facts> = (0..count).map(|_| world.need(Said::AsWritten, &mut seeded).0).collect();
    let adverts: Vec<Facts> = (0..400).map(|_| world.advert(Said::AsWritten, &mut seeded).0).collect();
    let mut index = Index::new(facets, Side::Need);
    for (key, facts) in (0..).zip(&needs) {
        index.insert(facts, key, Day(30_000));
    }
    let mut lines = Vec::new();
    let (mut times, mut over, mut hits) = (Vec::new(), 0, Vec::new());
    for advert in &adverts {
        let (time, found) = crate::median(|| {
            let mut fits = Vec::new();
            index.search(&index.plan(advert), |found| {
                if found.sure || judge(world.vocabulary, &needs[found.key as usize], advert, false, &mut lines) {
                    fits.push(found.key);
                }
            });
            fits
        });
        times.push(time);
        hits.push(found.len());
        over += u64::from(time.as_nanos() as f64 / 1_000.0 > 10.0 + 0.2 * found.len() as f64);
    }
    hits.sort_unstable();
    let bytes = index.bytes() / count;
    println!("{count} standing needs, hits p50 {} p99 {}", hits[200], hits[396]);
    println!("  index    {} {bytes:>6} B/need; over 10 µs + 0.2 µs a hit: {over} of 400", quantiles(&mut times));
}

/// Insert, withdraw and expire in an index that holds so many.
pub fn coming_and_going(world: &World<'_>, facets: &Arc<Facets>, count: usize) {
    let mut seeded = Seeded(3);
    let adverts: Vec<Facts> = (0..20_000).map(|_| world.advert(Said::AsWritten, &mut seeded).0).collect();
    let mut index = Index::new(facets, Side::Offer);
    let mut slots: Vec<Slot> = Vec::with_capacity(count);
    for key in 0..count {
        let until = Day(TODAY.0 + 100 + seeded.below(56) as i32);
        slots.push(index.insert(&adverts[key % adverts.len()], key as u32, until));
    }
    let (mut inserts, mut withdrawals) = (Vec::new(), Vec::new());
    for facts in &adverts {
        let at = seeded.below(slots.len());
        let begin = Instant::now();
        index.withdraw(slots[at]);
        withdrawals.push(begin.elapsed());
        let begin = Instant::now();
        slots[at] = index.insert(facts, at as u32, Day(TODAY.0 + 120));
        inserts.push(begin.elapsed());
    }
    println!("  insert   {}", quantiles(&mut inserts));
    println!("  withdraw {}", quantiles(&mut withdrawals));
    let (mut gone, mut days) = (0u32, Vec::new());
    let begin = Instant::now();
    for day in 0..160 {
        let begin = Instant::now();
        index.expire(Day(TODAY.0 + day), |_| gone += 1);
        days.push(begin.elapsed());
    }
    let each = begin.elapsed().as_nanos() as f64 / 1_000.0 / f64::from(gone);
    println!("  expire   {each:.2} µs each; a day on which nothing perishes {:?}", days[1]);
}

/// Reading texts again and building the index again, beside each other: what a restart costs.
pub fn starting(world: &World<'_>, facets: &Arc<Facets>, count: usize) {
    let mut seeded = Seeded(4);
    let cases: Vec<_> = (0..count).map(|id| world.written(Side::Offer, id, &mut seeded)).collect();
    let begin = Instant::now();
    let facts: Vec<Facts> = cases.iter().map(|case| read(world.vocabulary, case, Side::Offer, TODAY)).collect();
    let reading = begin.elapsed();
    let begin = Instant::now();
    let mut index = Index::new(facets, Side::Offer);
    for (key, facts) in (0..).zip(&facts) {
        index.insert(facts, key, Day(30_000));
    }
    let building = begin.elapsed();
    let stamp = world.vocabulary.stamp();
    let stored: Vec<Vec<u8>> = facts.iter().map(|facts| to_bytes(facts, stamp)).collect();
    let begin = Instant::now();
    let back: Vec<Facts> =
        stored.iter().map(|bytes| from_bytes(bytes, world.vocabulary, stamp).expect("whole")).collect();
    let taking = begin.elapsed();
    assert_eq!(back.len(), facts.len());
    let bytes = stored.iter().map(Vec::len).sum::<usize>() / count;
    println!("  {count} adverts are read from text in {reading:?}, from stored facts of {bytes} bytes in {taking:?}");
    println!("  and indexed in {building:?}");
}

/// A list with reasons, with and without the index.
pub fn ranking(world: &World<'_>, facets: &Arc<Facets>, count: usize) {
    let mut seeded = Seeded(5);
    let cases: Vec<_> = (0..count).map(|id| world.written(Side::Offer, id, &mut seeded)).collect();
    let market = Market::new(world.vocabulary, &cases, TODAY);
    let index = market.index(facets);
    let (mut prepared, mut all, mut found, mut lists) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for id in 0..100 {
        let need = world.written(Side::Need, id, &mut seeded);
        let begin = Instant::now();
        let wanted = market.wanted(&need);
        prepared.push(begin.elapsed());
        let (time, list) = crate::median(|| market.rank(&wanted));
        all.push(time);
        let (time, same) = crate::median(|| market.rank_found(&wanted, &index));
        found.push(time);
        assert_eq!(list.len(), same.len());
        lists.push(list.len());
    }
    lists.sort_unstable();
    println!("  ranking {count} adverts with text, {} in the list at p50", lists[50]);
    println!("    need prepared {}", quantiles(&mut prepared));
    println!("    rank, all     {}", quantiles(&mut all));
    println!("    rank, index   {}", quantiles(&mut found));
}
