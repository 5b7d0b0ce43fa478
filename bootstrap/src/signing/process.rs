//! The signer as a process: how the node keeps one, and what that one does.

use super::{
    Safe,
    words::{Answer, Question, hear, say},
};
use node::keystore::Secret;
use protocol::{
    id::{BlindSignature, Blinded, Modulus},
    pass::Purpose,
    time::Week,
};
use sponsor::issuing::Signer;
use std::{
    fmt,
    io::{self, BufReader, Read, Write},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Mutex, MutexGuard, PoisonError, mpsc},
    thread,
    time::Duration,
};

/// How long an answer may take before the signer counts as stuck: making the four keys of a week takes a second or two, a parcel of
/// signatures a tenth.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often a question is asked, each time of a fresh process.
const TRIES_MAX: usize = 3;

/// Issuing keys in a process of their own.
pub struct SigningProcess {
    program: PathBuf,
    folder: PathBuf,
    key: Secret,
    running: Mutex<Option<Running>>,
}

/// A signer that runs. It is ended when this is dropped.
struct Running {
    child: Child,
    to: ChildStdin,
    from: mpsc::Receiver<Answer>,
}

impl fmt::Debug for SigningProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningProcess({})", self.folder.display())
    }
}

impl SigningProcess {
    /// A signer that `program signer` is, over the safe in `folder`, which `key` opens. It starts with the first question.
    pub fn new(program: &Path, folder: &Path, key: Secret) -> SigningProcess {
        SigningProcess { program: program.to_owned(), folder: folder.to_owned(), key, running: Mutex::default() }
    }

    /// The process that runs now, by its number.
    pub fn process_id(&self) -> Option<u32> {
        self.lock().as_ref().map(|running| running.child.id())
    }

    fn lock(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks, and asks a fresh process again when this one dies over it: the same question has the same answer.
    fn ask(&self, question: &Question) -> Option<Answer> {
        let mut running = self.lock();
        for _ in 0..TRIES_MAX {
            let asked = match running.take() {
                Some(one) => Ok(one),
                None => self.start(),
            };
            match asked.and_then(|mut one| one.ask(question).map(|answer| (one, answer))) {
                Ok((one, answer)) => {
                    *running = Some(one);
                    return Some(answer);
                }
                Err(why) => tracing::warn!(%why, "the signer did not answer; another one is started"),
            }
        }
        tracing::error!(program = %self.program.display(), "no signer answers; see the warnings before this");
        None
    }

    fn start(&self) -> io::Result<Running> {
        let mut command = Command::new(&self.program);
        // A group of its own: Ctrl-C at the node's terminal is for the node, which then lets go of the pipe.
        command.arg("signer").stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
        let mut child = command.spawn()?;
        let (Some(to), Some(out)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("a process without pipes"));
        };
        let (answers, from) = mpsc::channel();
        thread::spawn(move || {
            let mut out = BufReader::new(out);
            // Ends with the process, or when nobody listens any more; whoever waits for an answer notices.
            while let Ok(Some(answer)) = hear(&mut out) {
                if answers.send(answer).is_err() {
                    return;
                }
            }
        });
        let mut running = Running { child, to, from };
        running.ask(&Question::Open { folder: self.folder.clone(), key: self.key.clone() })?;
        Ok(running)
    }
}

impl Running {
    fn ask(&mut self, question: &Question) -> io::Result<Answer> {
        say(&mut self.to, question)?;
        self.from.recv_timeout(PATIENCE).map_err(io::Error::other)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Signer for SigningProcess {
    fn keys(&self, epoch: Week) -> Option<Vec<(Purpose, Modulus)>> {
        match self.ask(&Question::Keys(epoch))? {
            Answer::Keys(keys) => keys,
            _ => None,
        }
    }

    fn sign(&self, epoch: Week, purpose: Purpose, blinded: &[Blinded]) -> Option<Vec<Option<BlindSignature>>> {
        match self.ask(&Question::Sign(epoch, purpose, blinded.to_vec()))? {
            Answer::Signed(signed) => signed,
            _ => None,
        }
    }

    fn forget_before(&self, epoch: Week) {
        self.ask(&Question::ForgetBefore(epoch));
    }
}

/// What the process does: answers one question after another until nobody is there to ask.
///
/// # Errors
/// When the node says something that is no question, or cannot be answered any more.
pub fn serve(mut from: impl Read, mut to: impl Write) -> io::Result<()> {
    let mut safe: Option<Safe> = None;
    while let Some(question) = hear(&mut from)? {
        let answer = match (question, &safe) {
            (Question::Open { folder, key }, _) => {
                safe = Some(Safe::at(&folder, key));
                Answer::Done
            }
            (_, None) => return Err(io::Error::other("a question before the safe was named")),
            (Question::Keys(epoch), Some(safe)) => Answer::Keys(safe.keys(epoch)),
            (Question::Sign(epoch, purpose, blinded), Some(safe)) => {
                Answer::Signed(safe.sign(epoch, purpose, &blinded))
            }
            (Question::ForgetBefore(epoch), Some(safe)) => {
                safe.forget_before(epoch);
                Answer::Done
            }
        };
        say(&mut to, &answer)?;
    }
    Ok(())
}
