//! The desk's way to a running node: every page of `ui` over one [`Office`].
//!
//! It holds no rule of its own. What a page asks goes to the firm; a person's password goes to the keystore for one call and is
//! dropped there.

use firm::{
    approvals::Seen,
    command::{Answer, Asker, Command},
    deputies::Handover,
    register::PersonId,
    view::{PersonView, Query, View},
};
use futures::future::BoxFuture;
use node::{
    driver::Stopped,
    keystore,
    office::{Office, PersonError},
};
use protocol::{decision::Verdict, id::ApprovalId};
use std::{future::Future, time::Duration};
use tokio::{sync::watch, time::timeout};
use ui::{Desk, DeskError, Password};

/// How long a page waits for the node: a batch takes milliseconds, so this is a node in trouble.
const PATIENCE: Duration = Duration::from_secs(20);

/// A node's desk.
#[derive(Clone, Debug)]
pub struct NodeDesk {
    office: Office,
}

impl NodeDesk {
    /// Over this office.
    pub fn new(office: Office) -> Self {
        NodeDesk { office }
    }
}

impl Desk for NodeDesk {
    fn people(&self) -> BoxFuture<'_, Result<Vec<PersonView>, DeskError>> {
        Box::pin(async {
            let today = self.office.now().day();
            match in_time(self.office.view(None, Query::People)).await? {
                View::People(people) => Ok(people.into_iter().filter(|person| today <= person.expires).collect()),
                _ => Ok(Vec::new()),
            }
        })
    }

    fn sign_in<'a>(&'a self, who: &'a PersonId, password: Password) -> BoxFuture<'a, Result<(), DeskError>> {
        Box::pin(in_time(self.office.sign_in(who, typed(&password))))
    }

    fn ask<'a>(&'a self, who: &'a PersonId, command: Command) -> BoxFuture<'a, Result<Answer, DeskError>> {
        Box::pin(in_time(self.office.ask(Asker::Person(who.clone()), command)))
    }

    fn decide<'a>(
        &'a self,
        who: &'a PersonId,
        approval: ApprovalId,
        seen: Seen,
        verdict: Verdict,
        password: Password,
    ) -> BoxFuture<'a, Result<Answer, DeskError>> {
        Box::pin(in_time(self.office.decide(who, approval, seen, verdict, typed(&password))))
    }

    fn deputise<'a>(
        &'a self,
        who: &'a PersonId,
        handover: Handover,
        password: Password,
    ) -> BoxFuture<'a, Result<Answer, DeskError>> {
        Box::pin(in_time(self.office.deputise(who, handover, typed(&password))))
    }

    fn view<'a>(&'a self, who: &'a PersonId, query: Query) -> BoxFuture<'a, Result<View, DeskError>> {
        Box::pin(in_time(self.office.view(Some(who.clone()), query)))
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.office.changes()
    }
}

fn typed(password: &Password) -> keystore::Password {
    keystore::Password::new(password.expose().into())
}

async fn in_time<T, E: Into<Trouble>>(work: impl Future<Output = Result<T, E>>) -> Result<T, DeskError> {
    match timeout(PATIENCE, work).await {
        Ok(done) => done.map_err(|error| error.into().0),
        Err(_) => Err(DeskError::TooSlow),
    }
}

/// What a page says about it; the log has the rest.
struct Trouble(DeskError);

impl From<Stopped> for Trouble {
    fn from(_: Stopped) -> Self {
        Trouble(DeskError::NotRunning)
    }
}

impl From<PersonError> for Trouble {
    fn from(error: PersonError) -> Self {
        Trouble(match error {
            PersonError::WrongPassword | PersonError::VouchersPassword(_) => DeskError::WrongPassword,
            PersonError::NotEnrolled => DeskError::NotEnrolled,
            PersonError::Stopped(_) => DeskError::NotRunning,
            PersonError::Keys(error) => {
                tracing::error!(%error, "a person's key could not be opened");
                DeskError::KeyUnreadable
            }
            PersonError::BrokenOff(_) => DeskError::TooSlow,
        })
    }
}
