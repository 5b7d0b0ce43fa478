//! The one trait behind every page: what a desk can ask of a firm, whoever runs the firm.
//!
//! Implemented by a running node and by a simulated one. The pages know nothing else, so they can hold no rule of their own:
//! they show views, carry commands, and hand a person's password to whoever can open that person's key.
//!
//! - A [`Desk::decide`] says not only what was decided but what was *seen*: the hashes that the page showed. An implementor
//!   signs over these and nothing newer, so a question that changed behind the page is refused, never approved unread.
//! - A password lives for one call; the implementor opens the person's key with it, uses it, and drops both.

use firm::approvals::Seen;
use firm::command::{Answer, Command};
use firm::deputies::Handover;
use firm::register::PersonId;
use firm::view::{PersonView, Query, View};
use futures::future::BoxFuture;
use protocol::decision::Verdict;
use protocol::id::ApprovalId;
use std::fmt;
use tokio::sync::watch;
use zeroize::Zeroizing;

/// A firm, as its people reach it. Object safe: the pages hold an `Arc<dyn Desk>`.
pub trait Desk: Send + Sync + 'static {
    /// People who may sign in, for the sign-in page.
    fn people(&self) -> BoxFuture<'_, Result<Vec<PersonView>, DeskError>>;

    /// Whether `password` opens this person's key. The key is dropped at once.
    fn sign_in<'a>(&'a self, who: &'a PersonId, password: Password) -> BoxFuture<'a, Result<(), DeskError>>;

    /// Carries a command to the firm and waits until its answer is durable.
    fn ask<'a>(&'a self, who: &'a PersonId, command: Command) -> BoxFuture<'a, Result<Answer, DeskError>>;

    /// Opens the person's key with `password`, signs `verdict` over exactly what was `seen`, drops the key, and carries the
    /// decision to the firm. A yes without one of its confirmations is refused before the key is used (`LND-2`).
    fn decide<'a>(
        &'a self,
        who: &'a PersonId,
        approval: ApprovalId,
        seen: Seen,
        verdict: Verdict,
        password: Password,
    ) -> BoxFuture<'a, Result<Answer, DeskError>>;

    /// Opens the person's key with `password`, names a deputy under its signature, and drops the key (`DEP-1`).
    fn deputise<'a>(
        &'a self,
        who: &'a PersonId,
        handover: Handover,
        password: Password,
    ) -> BoxFuture<'a, Result<Answer, DeskError>>;

    /// A view for this reader, from committed state.
    fn view<'a>(&'a self, who: &'a PersonId, query: Query) -> BoxFuture<'a, Result<View, DeskError>>;

    /// Counts up whenever a view may have changed. Says nothing else.
    fn changes(&self) -> watch::Receiver<u64>;
}

/// A person's password. Redacted in `Debug`, wiped when dropped.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// A password as typed.
    pub fn new(typed: String) -> Password {
        Password(Zeroizing::new(typed))
    }

    /// The characters, for the key derivation and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(secret)")
    }
}

/// Why the desk could not do what a page asked of it. A refusal by the firm is not among these: it is an [`Answer`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// The password does not open this person's key, or nobody has that short name; which of the two is not said.
    #[error("the password does not open this person's key; type it again, or ask the owner to enrol you anew")]
    WrongPassword,
    /// The person was in the register and is not any more, or the certificate is over.
    #[error("this person may no longer act for the firm; ask the owner to enrol the person again")]
    NotEnrolled,
    /// The sealed key file cannot be read.
    #[error("the sealed key of this person cannot be read; restore the key folder from a backup")]
    KeyUnreadable,
    /// The machine stopped, for example because a commit failed.
    #[error("the node has stopped; look at its log for the reason, then start it again")]
    NotRunning,
    /// The machine did not answer in time. Nothing is known about the outcome.
    #[error("the node did not answer in time; open the page again to see whether it was done")]
    TooSlow,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_shows_in_a_log() {
        assert_eq!(format!("{:?}", Password::new("torch-and-anvil".into())), "Password(secret)");
    }
}
