//! The loop that runs a machine: the only place where decisions meet clock, chance and disk.
//!
//! Decides when a batch of inputs is committed and when words leave. Refuses to let anything leave that is not durable: if a
//! commit fails, the node stops with a reason instead of going on with a memory that the disk does not share.
//!
//! ```text
//!   Handle: ask · decide · input · view          ┌───────────── one thread, no runtime ──────────────┐
//!        └──── bounded queue ───────────────────▶│ handle ─▶ at once ──────────────▶ carrier, notes  │
//!   listen: carrier ─▶ check on workers ─────────▶│   └─▶ records ─▶ journal.append ─▶ after commit  │──▶ carrier, askers
//!                                                └───────────────────────────────────────────────────┘
//! ```
//!
//! Rules kept here: `MCH-2` (after-commit effects in input order, after one transaction per batch), `MCH-4` (one alarm, on
//! the monotonic clock), `MCH-5` (32 fresh bytes for every batch), and the clocks: both are read at least every 30 s, and a
//! jump of one against the other is told to the machine before anything else.
//!
//! Why a thread and not a task: a flush blocks for milliseconds, and a machine deciding something long must not keep the
//! network's heartbeats waiting. Everything the thread gives out goes into queues without a bound, so no slow page or dead
//! neighbour can hold up a decision; everything it takes in comes through bounded queues, so a flood waits outside.
//!
//! What an attacker would try: flood (bounded queue, checks happen before it), send bytes that make a check panic (caught,
//! ignored, logged), or set the clock of the computer (a jump is an input; deadlines are the machine's business).
//!
//! Who learns what: views see committed state only, so a page can never show what a crash would take back.

mod clock;
mod handle;
mod listen;
mod turn;

pub use clock::Clock;
pub use handle::Handle;
pub use listen::{Check, GOSSIP_PER_CHECK_MAX, listen};

use crate::{
    carrier::Outbox,
    journal::{Journal, JournalError},
};
use machine::{Entropy, Input, Machine};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc},
    thread,
};
use thiserror::Error;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot, watch};
use turn::Driver;

/// Messages that may wait for the machine before senders wait too: four full batches.
pub const INBOX_MAX: usize = 4 * machine::INPUTS_PER_BATCH_MAX;

/// Why a machine no longer runs.
#[derive(Clone, Debug, Error)]
pub enum Stopped {
    /// Somebody asked for it.
    #[error("the node was stopped")]
    AsAsked,
    /// A batch could not be made durable. Nothing that rests on it left the node.
    #[error("the node stopped because it could not remember what it decided: {0}")]
    Commit(Arc<JournalError>),
    /// There were no fresh random bytes.
    #[error("the node stopped because the operating system gave no random bytes ({0})")]
    NoRandomness(getrandom::Error),
    /// A fault in the program.
    #[error("the node stopped because of a fault in the program ({0}); nothing undurable left it: please report this")]
    Panicked(String),
    /// The operating system gave no thread.
    #[error("the node could not start a thread ({0})")]
    NoThread(Arc<std::io::Error>),
}

/// What a run did so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Inputs handled.
    pub inputs: u64,
    /// Batches closed.
    pub batches: u64,
    /// Transactions, each with a flush.
    pub commits: u64,
    /// Records written.
    pub rows: u64,
}

/// Hears of things on the machine's thread.
pub type Listener<T> = Box<dyn Fn(&T) + Send>;

/// Everything around a machine.
pub struct World<M: Machine> {
    /// Both clocks.
    pub clock: Clock,
    /// The root of chance.
    pub entropy: Entropy,
    /// To the carrier.
    pub carrier: Outbox,
    /// Takes log lines and counters, on the machine's thread: be quick.
    pub on_note: Listener<M::Note>,
    /// Hears that a person must decide, once that is durable, on the machine's thread: be quick.
    pub on_ask_human: Listener<M::Approval>,
}

/// Starts a thread that replays `records` into `machine`, tells it `Started`, and then runs it until it is stopped.
///
/// # Errors
/// [`Stopped::NoThread`]; whatever goes wrong later comes out of the handle.
pub fn spawn<M>(machine: M, records: Vec<M::Record>, journal: Journal, world: World<M>) -> Result<Handle<M>, Stopped>
where
    M: Machine + Send + 'static,
{
    let (queue, inbox) = mpsc::channel();
    let room = Arc::new(Semaphore::new(INBOX_MAX));
    let (committed, seen_committed) = watch::channel(0);
    let (tally, seen_tally) = watch::channel(Tally::default());
    let (ground, seen_ground) = watch::channel(M::Ground::default());
    let (end, seen_end) = watch::channel(None);
    let handle = Handle {
        queue,
        room: room.clone(),
        committed: seen_committed,
        tally: seen_tally,
        ground: seen_ground,
        end: seen_end,
    };
    // Made here, so that a clock that jumps while the journal is replayed is noticed too.
    let driver = Driver::new(machine, journal, world, inbox, Signs { committed, tally, ground });
    let run = move || {
        // The driver is gone, and with it the journal's file lock, before anybody hears of the end.
        let why = match catch_unwind(AssertUnwindSafe(|| driver.run(records))) {
            Ok(Ok(())) => Stopped::AsAsked,
            Ok(Err(why)) => why,
            Err(panic) => Stopped::Panicked(said(&*panic)),
        };
        room.close();
        end.send_replace(Some(why));
    };
    thread::Builder::new().name("machine".into()).spawn(run).map_err(|error| Stopped::NoThread(Arc::new(error)))?;
    Ok(handle)
}

/// What the driver shows of its run to whoever holds a handle.
struct Signs<M: Machine> {
    committed: watch::Sender<u64>,
    tally: watch::Sender<Tally>,
    ground: watch::Sender<M::Ground>,
}

type View<M> = Box<dyn FnOnce(&M) + Send>;

enum Message<M: Machine> {
    Input(Input<M>),
    Ask(M::Command, oneshot::Sender<M::Answer>),
    Decide(M::Decision, oneshot::Sender<M::Answer>),
    View(View<M>),
    Stop,
}

struct Queued<M: Machine> {
    message: Message<M>,
    _room: OwnedSemaphorePermit,
}

fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it did not say which".into())
}

#[cfg(test)]
mod tests;
