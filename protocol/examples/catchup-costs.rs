//! What it costs two neighbours to compare shelves of 100,000 records: bytes and parcels without bodies, and time of one core
//! for both sides together. `cargo run --release -p protocol --example catchup-costs`

#![allow(
    clippy::disallowed_methods,
    reason = "measuring time is what it is for; nothing of the protocol follows from it"
)]

#[path = "../tests/catchup/cost.rs"]
mod cost;

use cost::{reconcile, synthetic, synthetic_holdings};
use protocol::shelf::Holdings;
use std::time::Instant;

const HELD: u32 = 100_000;
const RUNS: usize = 9;

fn main() {
    println!("missing of {HELD} | bytes | parcels | comparisons | microseconds (median of {RUNS})");
    let whole = synthetic_holdings(0..HELD);
    whole.root(cost::NOW);
    for missing in [0, 1, 10, 100, 1_000, 10_000, HELD] {
        let sleeper = if missing == HELD { Holdings::default() } else { synthetic_holdings(missing..HELD) };
        sleeper.root(cost::NOW);
        let mut times = Vec::new();
        let mut counted = None;
        for _ in 0..RUNS {
            let (mut left, mut right) = (sleeper.clone(), whole.clone());
            let begun = Instant::now();
            let cost = reconcile(&mut left, &mut right);
            times.push(begun.elapsed().as_micros());
            counted = Some(cost);
        }
        times.sort_unstable();
        if let (Some(cost), Some(median)) = (counted, times.get(RUNS / 2)) {
            println!("{missing} | {} | {} | {} | {median}", cost.bytes, cost.parcels, cost.comparisons);
        }
    }
    let mut holdings = synthetic_holdings(0..HELD);
    holdings.root(cost::NOW);
    let begun = Instant::now();
    for number in HELD..HELD + 1_000 {
        let id = synthetic(number);
        holdings.insert(cost::synthetic_partition(&id), id);
        holdings.root(cost::NOW);
    }
    println!("one more record and its root: {} microseconds", begun.elapsed().as_micros() / 1_000);
}
