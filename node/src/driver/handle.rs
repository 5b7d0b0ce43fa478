//! How the rest of the node reaches the machine: by asking its thread.

use super::{Message, Queued, Stopped, Tally};
use machine::{Input, Machine};
use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{Arc, mpsc::Sender},
};
use tokio::sync::{Semaphore, oneshot, watch};

/// A way to a running machine. Cheap to copy; the machine stops in order when the last copy is dropped.
///
/// Every method waits while [`super::INBOX_MAX`] messages are queued, and fails with the reason once the machine has stopped.
pub struct Handle<M: Machine> {
    pub(super) queue: Sender<Queued<M>>,
    pub(super) room: Arc<Semaphore>,
    pub(super) committed: watch::Receiver<u64>,
    pub(super) tally: watch::Receiver<Tally>,
    pub(super) ground: watch::Receiver<M::Ground>,
    pub(super) end: watch::Receiver<Option<Stopped>>,
}

impl<M: Machine + Send + 'static> Handle<M> {
    /// Asks for something, and waits for the answer, which comes after what it rests on is durable.
    ///
    /// # Errors
    /// The machine stopped before it answered; whether the command took effect shows after a restart.
    pub async fn ask(&self, command: M::Command) -> Result<M::Answer, Stopped> {
        let (reply, answer) = oneshot::channel();
        self.send(Message::Ask(command, reply)).await?;
        self.wait(answer).await
    }

    /// Hands in a person's signed decision, and waits for the answer as in [`Handle::ask`].
    ///
    /// # Errors
    /// As [`Handle::ask`].
    pub async fn decide(&self, decision: M::Decision) -> Result<M::Answer, Stopped> {
        let (reply, answer) = oneshot::channel();
        self.send(Message::Decide(decision, reply)).await?;
        self.wait(answer).await
    }

    /// Looks at the machine between two batches, so at durable state only, on the machine's own thread: be quick.
    ///
    /// # Errors
    /// The machine has stopped.
    ///
    /// # Panics
    /// When `look` does, here and not in the machine.
    pub async fn view<T: Send + 'static>(&self, look: impl FnOnce(&M) -> T + Send + 'static) -> Result<T, Stopped> {
        let (reply, seen) = oneshot::channel();
        let look = move |machine: &M| drop(reply.send(catch_unwind(AssertUnwindSafe(|| look(machine)))));
        self.send(Message::View(Box::new(look))).await?;
        self.wait(seen).await.map(|seen| seen.unwrap_or_else(|panic| resume_unwind(panic)))
    }

    /// Tells the machine what happened outside. A command or decision put in this way gets a number of its own, and its
    /// answer goes nowhere; use [`Handle::ask`] and [`Handle::decide`].
    ///
    /// # Errors
    /// The machine has stopped.
    pub async fn input(&self, input: Input<M>) -> Result<(), Stopped> {
        self.send(Message::Input(input)).await
    }

    /// Counts the commits that changed something. What a page shows may be out of date when this has moved.
    pub fn committed(&self) -> watch::Receiver<u64> {
        self.committed.clone()
    }

    /// What was done so far, as of the last batch.
    pub fn tally(&self) -> Tally {
        *self.tally.borrow()
    }

    /// What checks of heard records stand on, as of the last batch.
    pub fn ground(&self) -> M::Ground {
        self.ground.borrow().clone()
    }

    /// Handles what is queued already, commits it, and stops. Afterwards the journal is closed.
    ///
    /// # Errors
    /// The machine had stopped for another reason.
    pub async fn stop(&self) -> Result<(), Stopped> {
        match self.send(Message::Stop).await {
            Ok(()) => match self.stopped().await {
                Stopped::AsAsked => Ok(()),
                why => Err(why),
            },
            Err(Stopped::AsAsked) => Ok(()),
            Err(why) => Err(why),
        }
    }

    /// Waits until the machine has stopped, and says why. By then the journal is closed.
    pub async fn stopped(&self) -> Stopped {
        let mut end = self.end.clone();
        let why = end.wait_for(Option::is_some).await.ok().and_then(|why| why.clone());
        why.unwrap_or_else(|| Stopped::Panicked("its thread is gone".into()))
    }

    async fn send(&self, message: Message<M>) -> Result<(), Stopped> {
        let Ok(room) = self.room.clone().acquire_owned().await else {
            return Err(self.stopped().await);
        };
        match self.queue.send(Queued { message, _room: room }) {
            Ok(()) => Ok(()),
            Err(_) => Err(self.stopped().await),
        }
    }

    async fn wait<T>(&self, answer: oneshot::Receiver<T>) -> Result<T, Stopped> {
        match answer.await {
            Ok(answer) => Ok(answer),
            Err(_) => Err(self.stopped().await),
        }
    }
}

impl<M: Machine> Clone for Handle<M> {
    fn clone(&self) -> Self {
        Handle {
            queue: self.queue.clone(),
            room: self.room.clone(),
            committed: self.committed.clone(),
            tally: self.tally.clone(),
            ground: self.ground.clone(),
            end: self.end.clone(),
        }
    }
}

impl<M: Machine> core::fmt::Debug for Handle<M> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Handle").field("tally", &*self.tally.borrow()).finish_non_exhaustive()
    }
}
