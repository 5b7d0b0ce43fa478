//! What was not done, why, and which exit code says so.

use firm::command::Refusal;
use node::{
    config::{ConfigError, PassphraseError},
    control::{CallError, ControlError, Fault},
    driver::Stopped,
    journal::JournalError,
    keystore::SealError,
    lock::LockError,
    office::{JoinError, OpenError, PersonError, StartError},
    root::BadSheet,
    swarm::SwarmError,
};
use protocol::invitation::BadInvitation;
use serde_json::json;
use std::{
    fmt::Display,
    io::{self, Write},
};

const NOT_DONE: u8 = 1;
const WRONG_USAGE: u8 = 2;
const NEEDS_PERSON: u8 = 3;
const UNREACHABLE: u8 = 4;

/// Something was not done.
#[derive(Debug)]
pub(crate) struct Failure {
    /// For people and programs.
    pub(crate) fault: Fault,
    /// For shells.
    pub(crate) exit: u8,
}

impl Failure {
    /// From one sentence "what is wrong; what to do".
    pub(crate) fn of(code: &str, sentence: &dyn Display) -> Failure {
        Failure::from(Fault::of(code, sentence))
    }

    /// What was typed or written into a file cannot be used.
    pub(crate) fn usage(sentence: &str) -> Failure {
        Failure { exit: WRONG_USAGE, ..Failure::of("usage", &sentence) }
    }

    /// What was typed does not parse.
    pub(crate) fn usage_by(error: &clap::Error) -> Failure {
        let text = error.to_string();
        let message = text.trim().strip_prefix("error: ").unwrap_or(text.trim()).to_string();
        let fault = Fault { code: "usage".into(), message, remedy: String::new() };
        Failure { fault, exit: WRONG_USAGE }
    }

    /// Prints it: a sentence for people, an object for programs.
    pub(crate) fn print(&self, json: bool, err: &mut dyn Write) -> io::Result<()> {
        let Fault { code, message, remedy } = &self.fault;
        if json {
            writeln!(err, "{}", json!({"error": {"code": code, "message": message, "remedy": remedy}}))
        } else {
            writeln!(err, "cosolvent: {}", self.fault)
        }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        let exit = match fault.code.as_str() {
            "needs-person" => NEEDS_PERSON,
            "unreachable" | "not-running" => UNREACHABLE,
            _ => NOT_DONE,
        };
        Failure { fault, exit }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Fault::from(refusal).into()
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::NotFounded { .. } => Failure::of("not-set-up", &error),
            OpenError::AlreadyFounded { .. } => Failure::of("already-set-up", &error),
            OpenError::Lock(error) => error.into(),
            OpenError::Keys(error) => error.into(),
            OpenError::Journal(error) => error.into(),
            OpenError::Stopped(error) => error.into(),
            OpenError::Sheet(error) => error.into(),
            OpenError::Refused(refusal) => refusal.into(),
        }
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        match error {
            StartError::NotJoined => Failure::of("not-joined", &error),
            StartError::WrongKind { .. } => Failure::of("wrong-kind", &error),
            StartError::AlreadyStarted => Failure::of("already-started", &error),
            StartError::Swarm(error) => error.into(),
            StartError::Stopped(error) => error.into(),
            StartError::Refused(refusal) => refusal.into(),
        }
    }
}

impl From<JoinError> for Failure {
    fn from(error: JoinError) -> Self {
        match error {
            JoinError::Swarm(error) => error.into(),
            JoinError::Stopped(error) => error.into(),
            other => Fault::from(other).into(),
        }
    }
}

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        Failure::of(journal_code(&error), &error)
    }
}

fn journal_code(error: &JournalError) -> &'static str {
    match error {
        JournalError::DamagedRecord { .. } | JournalError::MissingRecord { .. } | JournalError::DamagedFile { .. } => {
            "damaged-journal"
        }
        JournalError::DiskFull { .. } => "disk-full",
        _ => "journal",
    }
}

impl From<Stopped> for Failure {
    fn from(stopped: Stopped) -> Self {
        let code = match &stopped {
            Stopped::Commit(error) => journal_code(error),
            _ => "stopped",
        };
        Failure::of(code, &stopped)
    }
}

impl From<SealError> for Failure {
    fn from(error: SealError) -> Self {
        let code = if matches!(error, SealError::WrongPassword { .. }) { "wrong-passphrase" } else { "keys" };
        Failure::of(code, &error)
    }
}

impl From<BadSheet> for Failure {
    fn from(error: BadSheet) -> Self {
        Failure::of("sheet", &error)
    }
}

impl From<SwarmError> for Failure {
    fn from(error: SwarmError) -> Self {
        let code = if matches!(error, SwarmError::PortInUse { .. }) { "port-in-use" } else { "network" };
        Failure::of(code, &error)
    }
}

impl From<LockError> for Failure {
    fn from(error: LockError) -> Self {
        Failure::of("locked", &error)
    }
}

impl From<BadInvitation> for Failure {
    fn from(error: BadInvitation) -> Self {
        Failure::of("invitation", &error)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Failure::of("configuration", &error)
    }
}

impl From<PassphraseError> for Failure {
    fn from(error: PassphraseError) -> Self {
        Failure::of("passphrase", &error)
    }
}

impl From<ControlError> for Failure {
    fn from(error: ControlError) -> Self {
        Failure::of("control-socket", &error)
    }
}

impl From<ui::ServeError> for Failure {
    fn from(error: ui::ServeError) -> Self {
        let code = if matches!(error, ui::ServeError::InUse(_)) { "port-in-use" } else { "desk" };
        Failure::of(code, &error)
    }
}

impl From<ui::NoEntropy> for Failure {
    fn from(error: ui::NoEntropy) -> Self {
        Failure::of("system", &error)
    }
}

impl From<CallError> for Failure {
    fn from(error: CallError) -> Self {
        Failure::of("unreachable", &error)
    }
}

impl From<PersonError> for Failure {
    fn from(error: PersonError) -> Self {
        Fault::from(error).into()
    }
}
