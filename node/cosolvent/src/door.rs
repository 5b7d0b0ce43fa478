//! The way in: the running node's control socket, or the folder itself when no node runs.
//!
//! Whoever holds the folder's lock is the firm. So the socket is tried first; then the folder is opened, under the same lock
//! that a node takes; and when somebody else got there in between, the socket again, for as long as a node may take to start.

use crate::{arguments::Place, failure::Failure, secrets};
use firm::{
    command::{Answer, Command},
    view::Query,
};
use node::{
    config::Config,
    control::{CallError, Caller, Reply, Request, Site, respond},
    lock::LockError,
    office::{FirmNode, OpenError, Premises},
};
use serde_json::Value;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How long somebody else may hold the folder without answering: a node that starts reads its journal in that time.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open way to the firm.
pub(crate) enum Door {
    /// Through a running node.
    Running(Caller),
    /// The folder is ours.
    Here(Box<FirmNode>),
}

impl Door {
    /// Opens it.
    pub(crate) async fn open(place: &Place) -> Result<Door, Failure> {
        let premises = place.premises();
        let mut passphrase = None;
        let until = Instant::now() + PATIENCE;
        loop {
            match Caller::connect(&premises.socket()).await {
                Ok(caller) => return Ok(Door::Running(caller)),
                Err(CallError::Nobody { .. }) => {}
                Err(other) => return Err(other.into()),
            }
            if !premises.is_founded() {
                return Err(OpenError::NotFounded { folder: premises.data().into() }.into());
            }
            if passphrase.is_none() {
                passphrase = Some(secrets::passphrase(place, &Config::read(&premises.config())?)?);
            }
            let Some(passphrase) = passphrase.clone() else { continue };
            match open(premises.clone(), passphrase).await {
                Err(OpenError::Lock(LockError::Taken { .. })) if Instant::now() < until => {
                    sleep(Duration::from_millis(100)).await;
                }
                Err(OpenError::Lock(taken @ LockError::Taken { .. })) => {
                    return Err(Failure::of("not-running", &taken));
                }
                opened => return Ok(Door::Here(Box::new(opened?))),
            }
        }
    }

    /// Asks, and takes a fault for a failure.
    pub(crate) async fn call(&mut self, request: Request) -> Result<Reply, Failure> {
        let reply = match self {
            Door::Running(caller) => caller.call(&request).await?,
            Door::Here(node) => respond(node.office(), &Site::default(), request).await,
        };
        match reply {
            Reply::Fault(fault) => Err(fault.into()),
            reply => Ok(reply),
        }
    }

    /// What a request shows.
    pub(crate) async fn items(&mut self, request: Request) -> Result<Vec<Value>, Failure> {
        match self.call(request).await? {
            Reply::Items(items) => Ok(items),
            other => Err(unexpected(&other)),
        }
    }

    /// What a request comes to.
    pub(crate) async fn answer(&mut self, request: Request) -> Result<Answer, Failure> {
        match self.call(request).await? {
            Reply::Answer(answer) => Ok(answer),
            other => Err(unexpected(&other)),
        }
    }

    /// Closes it; what was done without a running node is durable then.
    pub(crate) async fn close(self) -> Result<(), Failure> {
        match self {
            Door::Running(_) => Ok(()),
            Door::Here(node) => Ok(node.stop().await?),
        }
    }
}

/// A view, through a door of its own.
pub(crate) async fn view(place: &Place, query: Query) -> Result<Vec<Value>, Failure> {
    items(place, Request::View { query }).await
}

/// What a request shows, through a door of its own.
pub(crate) async fn items(place: &Place, request: Request) -> Result<Vec<Value>, Failure> {
    let mut door = Door::open(place).await?;
    let items = door.items(request).await;
    door.close().await?;
    items
}

/// A command, through a door of its own.
pub(crate) async fn ask(place: &Place, command: Command) -> Result<Answer, Failure> {
    let mut door = Door::open(place).await?;
    let answer = door.answer(Request::Ask { command: Box::new(command) }).await;
    door.close().await?;
    answer
}

/// Opens the folder on a thread that may wait for the disk.
pub(crate) async fn open(premises: Premises, passphrase: node::keystore::Password) -> Result<FirmNode, OpenError> {
    match tokio::task::spawn_blocking(move || premises.open(&passphrase)).await {
        Ok(opened) => opened,
        Err(error) => Err(OpenError::Stopped(node::driver::Stopped::Panicked(error.to_string()))),
    }
}

fn unexpected(reply: &Reply) -> Failure {
    tracing::debug!(?reply, "unexpected");
    Failure::of("malformed", &"the node answered something else; use the command line of the same version as the node")
}
