//! Calling a running node.

use super::ANSWER_BYTES_MAX;
use serde::{Serialize, de::DeserializeOwned};
use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};
use thiserror::Error;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::UnixStream,
    time::timeout,
};
use zeroize::Zeroizing;

/// The longest wait for an answer: a sponsor may be asked in it ([`crate::swarm::limits::ADMISSION_WAIT`], and dialled before).
const PATIENCE: Duration = Duration::from_secs(120);

/// Why a running node could not be asked.
#[derive(Debug, Error)]
pub enum CallError {
    /// Nobody serves the socket.
    #[error("no node answers at {}; start one with `cosolvent run`", path.display())]
    Nobody {
        /// The socket.
        path: PathBuf,
    },
    /// It is not this account's node.
    #[error("the node at {} belongs to another account; run this command as the account that runs the node", path.display())]
    NotYours {
        /// The socket.
        path: PathBuf,
    },
    /// The node went away in between.
    #[error("the node at {} did not answer ({why}); look at its log and ask again", path.display())]
    BrokenOff {
        /// The socket.
        path: PathBuf,
        /// What happened.
        why: String,
    },
}

/// A connection to a running node.
#[derive(Debug)]
pub struct Caller {
    path: PathBuf,
    stream: BufReader<UnixStream>,
}

impl Caller {
    /// Connects.
    ///
    /// # Errors
    /// [`CallError::Nobody`] when no node runs there; [`CallError::NotYours`].
    pub async fn connect(path: &Path) -> Result<Caller, CallError> {
        match UnixStream::connect(path).await {
            Ok(stream) => Ok(Caller { path: path.into(), stream: BufReader::new(stream) }),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                Err(CallError::NotYours { path: path.into() })
            }
            Err(_) => Err(CallError::Nobody { path: path.into() }),
        }
    }

    /// Asks and waits for the reply.
    ///
    /// # Errors
    /// [`CallError::BrokenOff`]; whether it was done shows when the node runs again.
    pub async fn call<R: DeserializeOwned>(&mut self, question: &impl Serialize) -> Result<R, CallError> {
        let broken = |why: String| CallError::BrokenOff { path: self.path.clone(), why };
        let mut bytes = Zeroizing::new(serde_json::to_vec(question).map_err(|error| broken(error.to_string()))?);
        bytes.push(b'\n');
        self.stream.get_mut().write_all(&bytes).await.map_err(|error| broken(error.to_string()))?;
        let mut line = Vec::new();
        let most = ANSWER_BYTES_MAX as u64 + 1;
        let read = timeout(PATIENCE, (&mut self.stream).take(most).read_until(b'\n', &mut line)).await;
        match read.unwrap_or_else(|late| Err(late.into())) {
            Ok(0) => Err(broken("it closed the connection".into())),
            Ok(_) => serde_json::from_slice(&line).map_err(|error| broken(error.to_string())),
            Err(error) => Err(broken(error.to_string())),
        }
    }
}
