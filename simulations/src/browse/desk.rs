//! A simulated firm's desk: the pages of `ui` over a letter box.
//!
//! It holds no rule of its own. A person's key is opened by a password that the guide prints, since nobody behind it exists;
//! what is signed is what was seen, as at a real desk.

use super::clockwork::{Clockwork, Letter};
use firm::approvals::Seen;
use firm::command::{Answer, Command};
use firm::deputies::Handover;
use firm::register::PersonId;
use firm::view::{PersonView, Query, View};
use futures::future::BoxFuture;
use protocol::decision::Verdict;
use protocol::id::ApprovalId;
use std::sync::mpsc::Sender;
use tokio::sync::{oneshot, watch};
use ui::{Desk, DeskError, Password};

/// The password of everybody with this short name.
pub(super) fn password_of(person: &PersonId) -> String {
    format!("sim-{person}")
}

/// The desk of the firm at one place of the story.
pub(super) struct SimulatedDesk {
    firm: usize,
    letters: Sender<Letter>,
    changes: watch::Receiver<u64>,
}

impl SimulatedDesk {
    pub(super) fn new(firm: usize, letters: Sender<Letter>) -> Self {
        let (count, changes) = watch::channel(0);
        let ring = Box::new(move || count.send_modify(|count| *count += 1));
        // Without a world there is nobody to ring, and every page says so.
        let _ = letters.send(Box::new(move |works| works.hang_bell(firm, ring)));
        SimulatedDesk { firm, letters, changes }
    }

    /// Has something done with the world, and gives what came of it.
    async fn done<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Clockwork, usize) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, DeskError> {
        let (reply, answer) = oneshot::channel();
        let firm = self.firm;
        // A page that is no longer waited for needs no answer.
        let letter = move |works: &mut Clockwork| drop(reply.send(work(works, firm)));
        self.letters.send(Box::new(letter)).map_err(|_| DeskError::NotRunning)?;
        answer.await.unwrap_or(Err(DeskError::NotRunning))
    }
}

fn opened(who: &PersonId, password: &Password) -> Result<(), DeskError> {
    if password.expose() == password_of(who) { Ok(()) } else { Err(DeskError::WrongPassword) }
}

impl Desk for SimulatedDesk {
    fn people(&self) -> BoxFuture<'_, Result<Vec<PersonView>, DeskError>> {
        Box::pin(self.done(|works, firm| {
            let View::Status(status) = works.view(firm, None, &Query::Status)? else { return Ok(Vec::new()) };
            let View::People(people) = works.view(firm, None, &Query::People)? else { return Ok(Vec::new()) };
            Ok(people.into_iter().filter(|person| status.now.day() <= person.expires).collect())
        }))
    }

    fn sign_in<'a>(&'a self, who: &'a PersonId, password: Password) -> BoxFuture<'a, Result<(), DeskError>> {
        Box::pin(async move {
            opened(who, &password)?;
            let known = self.people().await?.iter().any(|person| person.id == *who);
            if !known {
                return Err(DeskError::WrongPassword);
            }
            self.done(|works, firm| {
                works.attend(firm);
                Ok(())
            })
            .await
        })
    }

    fn ask<'a>(&'a self, who: &'a PersonId, command: Command) -> BoxFuture<'a, Result<Answer, DeskError>> {
        let who = who.clone();
        Box::pin(self.done(move |works, firm| works.ask(firm, who, command)))
    }

    fn decide<'a>(
        &'a self,
        who: &'a PersonId,
        approval: ApprovalId,
        seen: Seen,
        verdict: Verdict,
        password: Password,
    ) -> BoxFuture<'a, Result<Answer, DeskError>> {
        Box::pin(async move {
            opened(who, &password)?;
            let who = who.clone();
            self.done(move |works, firm| works.decide(firm, &who, approval, seen, verdict)).await
        })
    }

    fn deputise<'a>(
        &'a self,
        who: &'a PersonId,
        handover: Handover,
        password: Password,
    ) -> BoxFuture<'a, Result<Answer, DeskError>> {
        Box::pin(async move {
            opened(who, &password)?;
            let who = who.clone();
            self.done(move |works, firm| works.deputise(firm, who, handover)).await
        })
    }

    fn view<'a>(&'a self, who: &'a PersonId, query: Query) -> BoxFuture<'a, Result<View, DeskError>> {
        let who = who.clone();
        Box::pin(self.done(move |works, firm| works.view(firm, Some(&who), &query)))
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }
}
