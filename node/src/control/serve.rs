//! Listening on the control socket.
//!
//! The socket is made in a folder of its own that only the owner can enter, closed to others, and only then moved to its
//! place, so that there is no moment in which somebody else could connect. Moving it there also replaces what an earlier run
//! left behind; the data folder's lock is what keeps two nodes apart.

use super::{CALLERS_MAX, Fault, QUESTION_BYTES_MAX};
use crate::keystore::make_folder;
use serde::{Serialize, de::DeserializeOwned};
use std::{
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use thiserror::Error;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
    sync::Semaphore,
    task::JoinHandle,
    time::timeout,
};
use zeroize::Zeroize;

/// Why the control socket could not be opened.
#[derive(Debug, Error)]
pub enum ControlError {
    /// A socket's path has room for 107 bytes.
    #[error("the control socket {} has too long a path for this system; use a data folder with a shorter path", path.display())]
    PathTooLong {
        /// The socket.
        path: PathBuf,
    },
    /// The system refused.
    #[error("cannot open the control socket {}: {source}; check that the data folder is yours to write", path.display())]
    Io {
        /// The socket.
        path: PathBuf,
        /// Its reason.
        source: io::Error,
    },
}

/// The longest silence of a caller: a person types a password in that time, and callers that were forgotten lock nobody out.
const SILENCE_MAX: Duration = Duration::from_secs(600);
/// The longest path of a socket (`sun_path` of unix(7), less its final zero), in bytes.
const PATH_BYTES_MAX: usize = 107;

/// A socket that is being served. Dropping it closes the socket.
#[derive(Debug)]
pub struct Control {
    path: PathBuf,
    task: JoinHandle<()>,
}

impl Control {
    /// Serves at `path` what `answer` makes of each question. Needs a tokio runtime.
    ///
    /// # Errors
    /// [`ControlError`].
    pub fn serve<Q, R, F>(path: &Path, answer: impl Fn(Q) -> F + Send + Sync + 'static) -> Result<Control, ControlError>
    where
        Q: DeserializeOwned + Send + 'static,
        R: Serialize + From<Fault> + Send + 'static,
        F: Future<Output = R> + Send + 'static,
    {
        let listener = bind(path)?;
        let task = tokio::spawn(accept(listener, Arc::new(answer)));
        Ok(Control { path: path.into(), task })
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        self.task.abort();
        // A socket that nobody serves is in nobody's way: the next start replaces it.
        let _ = fs::remove_file(&self.path);
    }
}

fn bind(path: &Path) -> Result<UnixListener, ControlError> {
    let failed = |source| ControlError::Io { path: path.into(), source };
    let mut folder = path.as_os_str().to_owned();
    folder.push(".d");
    let folder = PathBuf::from(folder);
    let fresh = folder.join("s");
    if fresh.as_os_str().len() > PATH_BYTES_MAX {
        return Err(ControlError::PathTooLong { path: path.into() });
    }
    make_folder(&folder).map_err(failed)?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).map_err(failed)?;
    match fs::remove_file(&fresh) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    let listener = UnixListener::bind(&fresh).map_err(failed)?;
    fs::set_permissions(&fresh, fs::Permissions::from_mode(0o600)).map_err(failed)?;
    fs::rename(&fresh, path).map_err(failed)?;
    fs::remove_dir(&folder).map_err(failed)?;
    Ok(listener)
}

async fn accept<Q, R, F>(listener: UnixListener, answer: Arc<impl Fn(Q) -> F + Send + Sync + 'static>)
where
    Q: DeserializeOwned + Send + 'static,
    R: Serialize + From<Fault> + Send + 'static,
    F: Future<Output = R> + Send + 'static,
{
    let room = Arc::new(Semaphore::new(CALLERS_MAX));
    loop {
        let Ok(place) = room.clone().acquire_owned().await else { return };
        match listener.accept().await {
            Ok((caller, _)) => {
                let answer = answer.clone();
                tokio::spawn(async move {
                    if let Err(error) = attend(caller, &*answer).await {
                        tracing::debug!(%error, "a caller of the control socket left");
                    }
                    drop(place);
                });
            }
            Err(error) => {
                // Out of file descriptors, for example; they come back.
                tracing::warn!(%error, "the control socket could not take a caller");
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    }
}

async fn attend<Q, R, F>(caller: UnixStream, answer: &(impl Fn(Q) -> F + Sync)) -> io::Result<()>
where
    Q: DeserializeOwned,
    R: Serialize + From<Fault>,
    F: Future<Output = R>,
{
    let (read, mut write) = caller.into_split();
    let mut read = BufReader::new(read);
    loop {
        let mut line = Vec::new();
        let most = QUESTION_BYTES_MAX as u64 + 1;
        if timeout(SILENCE_MAX, (&mut read).take(most).read_until(b'\n', &mut line)).await?? == 0 {
            return Ok(());
        }
        let too_long = line.len() > QUESTION_BYTES_MAX;
        let question = serde_json::from_slice::<Q>(&line);
        line.zeroize();
        let reply = match question {
            _ if too_long => Fault::of("too-long", &"the request is too long; shorten it").into(),
            Ok(question) => answer(question).await,
            Err(error) => R::from(Fault {
                code: "malformed".into(),
                message: format!("the request is not one that this node knows ({error})"),
                remedy: "use the command line of the same version as the node".into(),
            }),
        };
        let mut bytes = serde_json::to_vec(&reply).map_err(io::Error::other)?;
        bytes.push(b'\n');
        write.write_all(&bytes).await?;
        if too_long {
            return Ok(());
        }
    }
}
