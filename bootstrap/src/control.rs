//! How the command line reaches the running sponsor: a Unix socket in the data folder, for the owner only (0600).
//!
//! One connection carries one question and one answer, each a line of JSON. Whoever may open the socket may ask; that is the
//! user who owns the data folder, who could read the sealed files and ask for the passphrase anyway. Nothing can be asked here
//! that signs in a member's name, because a sponsor holds no such key.

use crate::desk::{Desk, DeskError};
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};
use sponsor::{InvitationText, Query, View};
use std::{
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};
use thiserror::Error;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
    time::timeout,
};

/// A question, in bytes: two numbers or a word, with room.
const QUESTION_BYTES_MAX: u64 = 4_096;
/// The longest wait for a whole question, and on the other side for the answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What can be asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Question {
    /// Make invitations.
    Invite {
        /// Each lapses in so many days.
        days: u32,
        /// So many.
        count: u32,
    },
    /// End a membership.
    Dismiss {
        /// Whose.
        member: u32,
    },
    /// Look.
    See(Query),
}

/// What comes back.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Reply {
    /// Each with the moment at which it lapses.
    Invited(Vec<(InvitationText, UnixMs)>),
    /// What is seen.
    Seen(View),
    /// Not so; the sentence says why and what to do.
    Refused(String),
}

/// Why the running sponsor could not be asked.
#[derive(Debug, Error)]
pub(crate) enum ControlError {
    /// Nobody listens there: the sponsor does not run.
    #[error("no sponsor runs on this data folder; start it with `cosolvent-sponsor run`")]
    NotRunning,
    /// It listens and does not answer.
    #[error("the running sponsor did not answer ({0}); look at its log, or stop it and start it again")]
    Unanswered(String),
    /// The socket cannot be made.
    #[error("could not make the control socket {}: {source}; use a data folder with a shorter path, that is yours to write", path.display())]
    Socket {
        /// Where.
        path: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
}

/// Answers a question through the desk.
pub(crate) async fn answer(desk: &Desk, question: Question) -> Reply {
    let answered = match question {
        Question::Invite { days, count } => desk.invite(days, count).await.map(|invited| {
            Reply::Invited(invited.into_iter().map(|invited| (invited.text, invited.expires)).collect())
        }),
        Question::Dismiss { member } => match desk.dismiss(member).await {
            Ok(()) => desk.see(Query::Members).await.map(Reply::Seen).map_err(DeskError::from),
            Err(why) => Err(why),
        },
        Question::See(query) => desk.see(query).await.map(Reply::Seen).map_err(DeskError::from),
    };
    answered.unwrap_or_else(|why| Reply::Refused(why.to_string()))
}

/// Opens the socket. The caller holds the folder's lock, so a socket that is there is left over from a crash.
pub(crate) fn open(path: &Path) -> Result<UnixListener, ControlError> {
    let make = || {
        // Nobody can connect between the two steps: the name that others know appears with its permissions.
        let fresh = path.with_extension("new");
        match fs::remove_file(&fresh) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(&fresh)?;
        fs::set_permissions(&fresh, fs::Permissions::from_mode(0o600))?;
        fs::rename(&fresh, path)?;
        Ok(listener)
    };
    make().map_err(|source| ControlError::Socket { path: path.into(), source })
}

/// Answers everybody who connects, until dropped.
pub(crate) async fn serve(listener: UnixListener, desk: Desk) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(converse(stream, desk.clone()))),
            Err(error) => {
                tracing::warn!(%error, "the control socket refused a connection");
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    }
}

async fn converse(stream: UnixStream, desk: Desk) {
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    let mut reader = BufReader::new(read.take(QUESTION_BYTES_MAX));
    let heard = timeout(PATIENCE, reader.read_line(&mut line)).await;
    if !matches!(heard, Ok(Ok(bytes)) if bytes > 0) {
        return;
    }
    let reply = match serde_json::from_str(&line) {
        Ok(question) => answer(&desk, question).await,
        Err(_) => Reply::Refused("the sponsor did not understand the question; use the same version of both".into()),
    };
    if let Ok(mut text) = serde_json::to_vec(&reply) {
        text.push(b'\n');
        // Whoever asked may have left.
        let _ = write.write_all(&text).await;
    }
}

/// Asks the sponsor that runs on this folder.
pub(crate) async fn ask(path: &Path, question: &Question) -> Result<Reply, ControlError> {
    let stream = UnixStream::connect(path).await.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => ControlError::NotRunning,
        _ => ControlError::Unanswered(error.to_string()),
    })?;
    let exchange = async {
        let (read, mut write) = stream.into_split();
        let mut text = serde_json::to_vec(question)?;
        text.push(b'\n');
        write.write_all(&text).await?;
        let mut line = String::new();
        BufReader::new(read).read_line(&mut line).await?;
        Ok::<Reply, io::Error>(serde_json::from_str(&line)?)
    };
    match timeout(PATIENCE, exchange).await {
        Ok(done) => done.map_err(|error| ControlError::Unanswered(error.to_string())),
        Err(_) => Err(ControlError::Unanswered(format!("nothing for {} s", PATIENCE.as_secs()))),
    }
}
