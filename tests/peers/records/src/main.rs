//! A node that hears adverts beside a Nostr relay that is sent events of the same size: checked, known again, indexed and on the same
//! disk. See SPEC's appendix for what it printed.
//!
//! `cargo run --release --manifest-path tests/peers/records/Cargo.toml -- 20000 3`: how many records, how many rounds.
mod adverts;
#[path = "../../../../protocol/tests/catchup/cost.rs"]
mod cost;
mod ours;
mod relay;

use adverts::Sponsor;
use anyhow::Result;
use nostr::JsonUtil;
use protocol::check::{Context, Kind, check};
use protocol::pass::Keyring;
use protocol::time::UnixMs;
use std::io::Write;
use std::time::{Duration, Instant};

#[tokio::main]
async fn main() -> Result<()> {
    let mut numbers = std::env::args().skip(1).map(|number| number.parse().expect("a number"));
    let (count, rounds): (usize, usize) = (numbers.next().unwrap_or(20_000), numbers.next().unwrap_or(3));
    // 2027-03-01T08:00:00Z
    let sponsor = Sponsor::new(UnixMs(1_803_888_000_000));
    let adverts = sponsor.adverts(count);
    let record_bytes = protocol::wire::encode(adverts[0].record()).len();
    let events = relay::events(count, record_bytes)?;
    let folder = tempfile::tempdir_in(".")?;
    println!("{count} records of {record_bytes} bytes (framed: {}), {rounds} rounds", adverts[0].frame().len());
    println!("events of {} bytes; {} processors", events[0].as_json().len(), std::thread::available_parallelism()?);
    let (mut heard, mut twice, mut published, mut stored) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut checked, mut verified, mut flushed) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let kept = ours::hear(&sponsor, &adverts, 1, folder.path()).await?;
        println!(
            "  node: {} commits, {} rows, {} journal bytes a record",
            kept.commits,
            kept.rows,
            kept.journal_bytes / count as u64
        );
        heard.push(kept.took);
        twice.push(ours::hear(&sponsor, &adverts, 2, folder.path()).await?.took);
        published.push(relay::publish(&events, folder.path()).await?);
        stored.push(relay::store(&events, folder.path()).await?);
        checked.push(checks(&sponsor, &adverts)?);
        let begin = Instant::now();
        events.iter().try_for_each(|event| event.verify())?;
        verified.push(begin.elapsed());
        flushed.push(flushes(folder.path(), count.div_ceil(256))?);
    }
    let ours = told("node, carrier's door to disk", count, &mut heard);
    told("the same, each advert told twice", count, &mut twice);
    let theirs = told("relay, 64 sockets to disk", count, &mut published);
    let store = told("relay's store and its signatures", count, &mut stored);
    let limit = told("our checks alone, one thread", count, &mut checked);
    told("their checks alone, one thread", count, &mut verified);
    told("a flush for each 256 records", count, &mut flushed);
    catchup();
    println!("node / relay {:.2}, node / store {:.2}, node / checks {:.2}", ours / theirs, ours / store, ours / limit);
    Ok(())
}

/// What two nodes compute to find what one of them lacks among 100,000 records, both together.
fn catchup() {
    let whole = cost::synthetic_holdings(0..100_000);
    for missing in [0, 10, 1_000] {
        let mut times: Vec<Duration> = Vec::new();
        for _ in 0..5 {
            let (mut sleeper, mut other) = (cost::synthetic_holdings(missing..100_000), whole.clone());
            (sleeper.root(cost::NOW), other.root(cost::NOW));
            let begin = Instant::now();
            let cost = cost::reconcile(&mut sleeper, &mut other);
            times.push(begin.elapsed());
            assert!(cost.comparisons <= 2);
        }
        times.sort_unstable();
        println!("catch-up of {missing} among 100,000: {:.2} ms", times[2].as_secs_f64() * 1_000.0);
    }
}

/// The median of the rounds as records a second.
fn told(what: &str, count: usize, times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    let rate = count as f64 / times[times.len() / 2].as_secs_f64();
    println!("{what:34} {rate:>9.0} records/s");
    rate
}

/// What signatures alone allow on one thread.
fn checks(sponsor: &Sponsor, adverts: &[protocol::check::Checked]) -> Result<Duration> {
    let mut keys = Keyring::default();
    if let protocol::check::Record::Manifest(manifest) = sponsor.manifest(u32::MAX).record() {
        keys.learn(&manifest.body);
    }
    let context = Context { genesis: &sponsor.genesis, network: sponsor.genesis.id(), keys: &keys, now: sponsor.now };
    let begin = Instant::now();
    for advert in adverts {
        check(advert.frame(), Kind::Adverts, &context)?;
    }
    Ok(begin.elapsed())
}

/// What the disk alone allows: 256 kB and a flush, so often.
fn flushes(folder: &std::path::Path, times: usize) -> Result<Duration> {
    let mut file = std::fs::File::create(folder.join("flushed"))?;
    let begin = Instant::now();
    for _ in 0..times {
        file.write_all(&[0; 256 * 1_024])?;
        file.sync_data()?;
    }
    Ok(begin.elapsed())
}
