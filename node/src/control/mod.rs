//! The control socket: how the command line reaches a running firm.
//!
//! Decides nothing; it carries what the desk carries, over a Unix socket in the data folder that only the folder's owner can
//! open. Refuses lines longer than any command of ours, and more callers than a shop has hands.
//!
//! ```text
//!   cosolvent ── {"do":"view","query":"deals"}⏎ ──▶ <data>/control.sock (0600) ──▶ Office
//!             ◀── {"items":[…]}⏎ ─────────────────
//! ```
//!
//! One JSON object per line each way, in turn, until either side closes. Socket and caller know nothing of what is said: a sponsor's
//! node uses them for its own questions. The same [`respond`] answers without a socket when no node runs and the command line has
//! opened the folder itself.
//!
//! What an attacker with another account on this computer would try: connect (the socket and the moment of its making are
//! closed to others), read a password on its way (it is in nobody's log and is wiped on both sides). An attacker with this
//! account or root needs no socket; people's passwords still stand between it and a decision.

mod answer;
mod belonging;
mod call;
mod keys;
mod serve;

pub use answer::{Site, respond, serve};
pub use belonging::warnings;
pub use call::{CallError, Caller};
pub use keys::unheard;
pub use serve::{Control, ControlError};

use crate::{keystore::Password, office::Newcomer};
use core::fmt;
use firm::{
    approvals::Seen,
    command::{Answer, Command},
    deputies::Handover,
    policy::Policy,
    register::PersonId,
    view::Query,
};
use protocol::{
    decision::Verdict,
    id::{ApprovalId, Hash},
    vocabulary::ResourceClass,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zeroize::Zeroizing;

/// The longest question, in bytes: far more than any form holds.
pub const QUESTION_BYTES_MAX: usize = 8 * 1024 * 1024;
/// The longest answer, in bytes: an audit of 400,000 rows at 600 bytes each.
pub const ANSWER_BYTES_MAX: usize = 256 * 1024 * 1024;
/// Callers at a time.
pub const CALLERS_MAX: usize = 16;

/// What is asked over the socket.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Request {
    /// The node at a glance, with where it listens.
    Status,
    /// A view, as every role may see it.
    View {
        /// Of what.
        query: Query,
    },
    /// A view, as this person may see it.
    ViewAs {
        /// Who looks.
        person: PersonId,
        /// The person's own password.
        password: Typed,
        /// Of what.
        query: Query,
    },
    /// A command to the firm.
    Ask {
        /// Which.
        command: Box<Command>,
    },
    /// A command of a person, whose password opens the person's key.
    AskAs {
        /// Who asks.
        person: PersonId,
        /// The person's own password.
        password: Typed,
        /// Which.
        command: Box<Command>,
    },
    /// A person's decision; the person's key opens for this one signature.
    Decide {
        /// Who decides.
        person: PersonId,
        /// On which question.
        approval: ApprovalId,
        /// What was shown to the person.
        seen: Seen,
        /// Yes or no.
        verdict: Verdict,
        /// The person's own password.
        password: Typed,
    },
    /// A policy, under the signature of an owner; the owner's key opens for this one signature.
    Govern {
        /// Which owner.
        person: PersonId,
        /// The rules.
        policy: Box<Policy>,
        /// The hash of the version that the owner saw and replaces.
        over: Hash,
        /// The owner's own password.
        password: Typed,
    },
    /// A deputy, under the signature of whoever is away.
    Deputise {
        /// Who is away.
        person: PersonId,
        /// The person's own password.
        password: Typed,
        /// What is handed over, to whom and how long.
        handover: Handover,
    },
    /// A further sponsor of the same network, by its invitation.
    Join {
        /// The whole text.
        invitation: String,
        /// What the firm does in coarse categories, for the sponsor.
        classes: Vec<ResourceClass>,
    },
    /// A person for the register, with a new key under the person's own password.
    Enrol {
        /// Who, and as what.
        newcomer: Newcomer,
        /// The person's own password.
        password: Typed,
        /// Who vouches, with that person's own password; needed once the firm has an owner.
        voucher: Option<(PersonId, Typed)>,
    },
}

/// What comes back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// What a view shows, one object per thing; nothing when there is no such thing.
    Items(Vec<Value>),
    /// What came of a command or decision.
    Answer(Answer),
    /// It was not done, and why.
    Fault(Fault),
}

impl From<Fault> for Reply {
    fn from(fault: Fault) -> Self {
        Reply::Fault(fault)
    }
}

/// Why something was not done, for people and for programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}{}{remedy}", if remedy.is_empty() { "" } else { "; " })]
pub struct Fault {
    /// A short name that does not change.
    pub code: String,
    /// What was attempted and what is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

impl Fault {
    /// From one sentence "what is wrong; what to do".
    pub fn of(code: &str, sentence: &dyn fmt::Display) -> Fault {
        let sentence = sentence.to_string();
        let (message, remedy) = sentence.split_once("; ").unwrap_or((&sentence, ""));
        Fault { code: code.into(), message: message.into(), remedy: remedy.into() }
    }
}

/// A password on its way over the socket: wiped when dropped, hidden in `Debug`.
#[derive(Clone)]
pub struct Typed(Zeroizing<String>);

impl Typed {
    /// What was typed.
    pub fn new(typed: String) -> Self {
        Typed(Zeroizing::new(typed))
    }

    /// What was read from a file.
    pub fn from_password(password: &Password) -> Self {
        Typed::new(password.text().into())
    }

    /// As the keystore takes it.
    pub fn password(&self) -> Password {
        Password::new(self.0.to_string())
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed(hidden)")
    }
}

impl Serialize for Typed {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Typed {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d).map(Typed::new)
    }
}

#[cfg(test)]
mod tests;
