//! A Nostr relay from its socket to its disk, and its store alone.

use anyhow::{Result, anyhow, ensure};
use futures::{SinkExt, StreamExt, future::join_all};
use nostr::{Event, EventBuilder, JsonUtil, Keys, Kind};
use nostr_lmdb::NostrLmdb;
use nostr_relay_builder::builder::RateLimit;
use nostr_relay_builder::prelude::NostrDatabase;
use nostr_relay_builder::{LocalRelay, RelayBuilder};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio_tungstenite::{connect_async, tungstenite::Message};

/// A relay answers one connection's events one after the other, each when it is on the disk; more connections fill its batches.
const CONNECTIONS: usize = 64;

/// Events of as many authors, each of so many bytes as JSON.
pub fn events(count: usize, bytes: usize) -> Result<Vec<Event>> {
    let signed = |content: String| -> Result<Event> {
        Ok(EventBuilder::new(Kind::TextNote, content).sign_with_keys(&Keys::generate())?)
    };
    let bare = signed(String::new())?.as_json().len();
    (0..count).map(|number| signed(format!("{number:0>width$}", width = bytes.saturating_sub(bare)))).collect()
}

/// Sends a new relay every event and waits until it said OK to all of them.
pub async fn publish(events: &[Event], folder: &Path) -> Result<Duration> {
    let path = folder.join("relay");
    let database = NostrLmdb::open(&path).await?;
    let limit = RateLimit { max_reqs: usize::MAX, notes_per_minute: u32::MAX };
    let relay = LocalRelay::new(RelayBuilder::default().database(database).rate_limit(limit));
    relay.run().await?;
    let url = relay.url().await.to_string();
    let mut sockets = Vec::new();
    for _ in 0..CONNECTIONS {
        sockets.push(connect_async(&url).await?.0);
    }
    let parts = events.chunks(events.len().div_ceil(CONNECTIONS));
    let texts: Vec<Vec<String>> =
        parts.map(|part| part.iter().map(|event| format!("[\"EVENT\",{}]", event.as_json())).collect()).collect();
    let begin = Instant::now();
    let told = sockets.into_iter().zip(texts).map(|(socket, texts)| async move {
        let (mut out, mut back) = socket.split();
        let count = texts.len();
        let telling = async move {
            for text in texts {
                out.send(Message::text(text)).await?;
            }
            Ok::<_, anyhow::Error>(out)
        };
        let hearing = async move {
            let mut accepted = 0;
            while accepted < count {
                let said = back.next().await.ok_or_else(|| anyhow!("the relay hung up"))??;
                if let Message::Text(said) = said {
                    ensure!(said.starts_with("[\"OK\"") && said.contains(",true,"), "the relay refused: {said}");
                    accepted += 1;
                }
            }
            Ok(())
        };
        let (out, heard) = tokio::join!(telling, hearing);
        out.map(drop).and(heard)
    });
    join_all(told).await.into_iter().collect::<Result<Vec<()>>>()?;
    let took = begin.elapsed();
    relay.shutdown();
    std::fs::remove_dir_all(&path)?;
    Ok(took)
}

/// Checks every event and puts all of them into a new store at once, without a relay or a socket.
pub async fn store(events: &[Event], folder: &Path) -> Result<Duration> {
    let path = folder.join("store");
    let database = NostrLmdb::open(&path).await?;
    let begin = Instant::now();
    for event in events {
        event.verify()?;
    }
    let saved = join_all(events.iter().map(|event| database.save_event(event))).await;
    ensure!(saved.into_iter().all(|saved| saved.is_ok_and(|status| status.is_success())), "the store refused");
    let took = begin.elapsed();
    std::fs::remove_dir_all(&path)?;
    Ok(took)
}
