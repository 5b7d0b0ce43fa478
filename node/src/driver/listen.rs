//! From what the carrier hears to what the machine is told.
//!
//! Records are checked before they reach the machine's thread: the check is pure, slow (signatures) and fed by strangers, so
//! it runs on a worker, and what fails costs the machine nothing. Order is kept: a parcel that arrived after a record is told
//! after it. `MCH-3`: each ticket gets exactly one verdict, here when the check fails, by the machine otherwise.

use super::{Clock, Handle, Stopped};
use crate::carrier::{FromCarrier, Outbox, ToCarrier};
use machine::{Input, Machine, Ticket, Topic, Verdict, WallMs};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};
use tokio::{sync::mpsc::Receiver, task::spawn_blocking};

/// Records that are checked together at most: about 64 × 35 µs = 2 ms of signatures, a tenth of what a batch may wait.
pub const GOSSIP_PER_CHECK_MAX: usize = 64;

/// Turns the bytes of a record into something checked, or says what becomes of it.
pub type Check<M> =
    Arc<dyn Fn(Topic, &[u8], WallMs, &<M as Machine>::Ground) -> Result<<M as Machine>::Heard, Verdict> + Send + Sync>;

/// One gossiped record that waits for its check.
struct Gossip {
    topic: Topic,
    ticket: Ticket,
    bytes: Vec<u8>,
}

type Checked<M> = (Ticket, Result<<M as Machine>::Heard, Verdict>);

/// Tells the machine what the carrier reports, until the carrier is gone.
///
/// # Errors
/// The machine has stopped.
pub async fn listen<M: Machine + Send + 'static>(
    mut carrier: Receiver<FromCarrier>,
    handle: Handle<M>,
    outbox: Outbox,
    clock: Clock,
    check: Check<M>,
) -> Result<(), Stopped> {
    let mut events = Vec::new();
    while carrier.recv_many(&mut events, GOSSIP_PER_CHECK_MAX).await > 0 {
        let mut gossip = Vec::new();
        for event in events.drain(..) {
            match sort(event) {
                Ok(record) => gossip.push(record),
                Err(input) => {
                    hear(std::mem::take(&mut gossip), &handle, &outbox, &clock, &check).await?;
                    handle.input(input).await?;
                }
            }
        }
        hear(gossip, &handle, &outbox, &clock, &check).await?;
    }
    Ok(())
}

fn sort<M: Machine>(event: FromCarrier) -> Result<Gossip, Input<M>> {
    Err(match event {
        FromCarrier::Gossip { topic, ticket, from: _, bytes } => return Ok(Gossip { topic, ticket, bytes }),
        FromCarrier::Connected(peer) => Input::PeerConnected(peer),
        FromCarrier::Gone(peer) => Input::PeerGone(peer),
        FromCarrier::Restarted => Input::NetworkRestarted,
        FromCarrier::Received { from, delivery, bytes } => Input::Received { from, delivery, bytes },
        FromCarrier::Delivered(parcel) => Input::Delivered(parcel),
        FromCarrier::Undelivered(parcel) => Input::Undelivered(parcel),
    })
}

async fn hear<M: Machine + Send + 'static>(
    gossip: Vec<Gossip>,
    handle: &Handle<M>,
    outbox: &Outbox,
    clock: &Clock,
    check: &Check<M>,
) -> Result<(), Stopped> {
    if gossip.is_empty() {
        return Ok(());
    }
    let (check, wall, ground) = (check.clone(), clock.now().wall, handle.ground());
    let checked = spawn_blocking(move || check_all::<M>(&check, wall, &ground, gossip)).await;
    let checked = checked.map_err(|error| Stopped::Panicked(error.to_string()))?;
    let mut heard = Vec::with_capacity(checked.len());
    for (ticket, outcome) in checked {
        match outcome {
            Ok(record) => heard.push((Some(ticket), record)),
            Err(verdict) => drop(outbox.send(ToCarrier::Verdict(ticket, verdict))),
        }
    }
    if heard.is_empty() { Ok(()) } else { handle.input(Input::Heard(heard)).await }
}

/// A check that panics has a fault, and its record is nobody's fault: it is ignored, and the log says so.
fn check_all<M: Machine>(check: &Check<M>, wall: WallMs, ground: &M::Ground, gossip: Vec<Gossip>) -> Vec<Checked<M>> {
    let one = |Gossip { topic, ticket, bytes }: Gossip| {
        let outcome = catch_unwind(AssertUnwindSafe(|| check(topic, &bytes, wall, ground)));
        let outcome = outcome.unwrap_or_else(|_| {
            tracing::error!(
                ?topic,
                bytes = bytes.len(),
                "a record made its check panic and was ignored: please report this"
            );
            Err(Verdict::Ignore)
        });
        (ticket, outcome)
    };
    gossip.into_iter().map(one).collect()
}
