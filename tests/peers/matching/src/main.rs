//! The index of matching beside its peers: one run, equal answers. See `node/matching/MEASURED.md` for what it printed.
//!
//! `cargo run --release --manifest-path tests/peers/matching/Cargo.toml -- 10000 100000 1000000`
mod ours;
mod peers;
mod world;

use matching::{index::Facets, vocabulary::Vocabulary};
use peers::{Peer, Roaring, Sqlite, Tantivy};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use world::{Row, Said, Seeded, World};

/// How many needs are asked, and how often each: the median of its runs counts.
const ASKED: usize = 400;
const RUNS: usize = 5;
const LONG: Duration = Duration::from_millis(20);

fn main() {
    let counts: Vec<usize> =
        std::env::args().skip(1).map(|count| count.parse().expect("a number of adverts")).collect();
    let vocabulary = Vocabulary::shared();
    let facets = Facets::of(vocabulary);
    let world = World::new(vocabulary);
    ours::starting(&world, &facets, 100_000);
    ours::ranking(&world, &facets, 10_000);
    for count in counts {
        needs(&world, &facets, count, Said::Everything);
        needs(&world, &facets, count, Said::AsWritten);
        ours::standing(&world, &facets, count);
        ours::coming_and_going(&world, &facets, count);
    }
}

/// Needs with their facets against adverts, everybody in turn.
fn needs(world: &World<'_>, facets: &Arc<Facets>, count: usize, said: Said) {
    let mut seeded = Seeded(1);
    let (facts, rows): (Vec<_>, Vec<Row>) = (0..count).map(|_| world.advert(said, &mut seeded)).unzip();
    let asked: Vec<_> = (0..ASKED).map(|_| world.need(said, &mut seeded)).collect();
    let ours = ours::Ours::new(facets, world.vocabulary, &facts);
    let peers: Vec<Box<dyn Peer>> = vec![
        Box::new(Roaring::new(&rows, world.regions(), world.names())),
        Box::new(Sqlite::new(&rows)),
        Box::new(Tantivy::new(&rows)),
    ];
    let mut times = vec![Vec::new(); peers.len() + 1];
    let (mut counts, mut plans) = (Vec::new(), Vec::new());
    let mut hits = Vec::new();
    for (need, ask) in &asked {
        let (own, mut expected) = median(|| ours.answer(need));
        times[0].push(own);
        counts.push(median(|| ours.count(need)).0);
        plans.push(median(|| ours.plan(need)).0);
        expected.sort_unstable();
        hits.push(expected.len());
        for (peer, times) in peers.iter().zip(&mut times[1..]) {
            let (time, mut found) = median(|| peer.answer(ask, &rows));
            found.sort_unstable();
            if found != expected {
                let lost =
                    expected.iter().find(|at| !found.contains(at)).or(found.iter().find(|at| !expected.contains(at)));
                let at = *lost.expect("differs") as usize;
                println!("{need:?}\n{:?}\n{ask:?}\n{:?}", facts[at], rows[at]);
            }
            assert!(found == expected, "{} differs at {count}: {} for {}", peer.name(), found.len(), expected.len());
            times.push(time);
        }
    }
    if count <= 10_000 {
        ours.check_by_judging_everything(asked.iter().map(|(need, _)| need));
    }
    hits.sort_unstable();
    println!(
        "\n{count} adverts, {ASKED} needs, said {said:?}, hits p50 {} p99 {}",
        hits[ASKED / 2],
        hits[ASKED * 99 / 100]
    );
    let names = ["index"].into_iter().chain(peers.iter().map(|peer| peer.name()));
    let bytes = [Some(ours.bytes())].into_iter().chain(peers.iter().map(|peer| peer.bytes()));
    for ((name, times), bytes) in names.zip(&mut times).zip(bytes) {
        let per_advert = bytes.map_or("?".to_owned(), |bytes| (bytes / count).to_string());
        println!("  {name:8} {} {per_advert:>6} B/advert", quantiles(times));
    }
    println!("  counted  {}", quantiles(&mut counts));
    println!("  planned  {}", quantiles(&mut plans));
    ours.print_cost(asked.iter().map(|(need, _)| need));
}

/// The median time of some runs, and what the last gave. What takes long is run fewer times.
fn median<T>(mut run: impl FnMut() -> T) -> (Duration, T) {
    let mut times = Vec::with_capacity(RUNS);
    loop {
        let begin = Instant::now();
        let answer = std::hint::black_box(run());
        times.push(begin.elapsed());
        if times.len() == RUNS || times.iter().sum::<Duration>() > LONG {
            times.sort_unstable();
            return (times[times.len() / 2], answer);
        }
    }
}

/// The median, the 99th of a hundred, and the mean.
fn quantiles(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)].as_nanos() as f64 / 1_000.0;
    let mean = times.iter().sum::<Duration>().as_nanos() as f64 / 1_000.0 / times.len() as f64;
    format!("p50 {:>10.2} µs  p99 {:>10.2} µs  mean {mean:>10.2} µs", at(50), at(99))
}
