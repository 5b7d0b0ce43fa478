//! How the program says that something did not work: one sentence, what to do, and an exit code.

use node::control::CallError;
use std::error::Error;

/// A failure with its exit code.
#[derive(Debug)]
pub(super) struct Failure {
    exit: u8,
    code: &'static str,
    text: String,
}

impl Failure {
    /// What was typed cannot be meant.
    pub(super) fn usage(text: impl Into<String>) -> Failure {
        Failure { exit: 2, code: "usage", text: text.into() }
    }

    /// Only a person can go on from here.
    pub(super) fn needs_person(text: impl Into<String>) -> Failure {
        Failure { exit: 3, code: "needs-person", text: text.into() }
    }

    /// It is there and does not answer.
    pub(super) fn unreachable(text: impl Into<String>) -> Failure {
        Failure { exit: 4, code: "unreachable", text: text.into() }
    }

    /// It was tried and did not work.
    pub(super) fn failed(text: impl Into<String>) -> Failure {
        Failure { exit: 1, code: "failed", text: text.into() }
    }

    pub(super) fn exit_code(&self) -> u8 {
        self.exit
    }

    /// Tells it on standard error. What stands behind the first semicolon is what to do.
    pub(super) fn tell(&self, json: bool) {
        if json {
            let (message, remedy) = self.text.split_once("; ").unwrap_or((&self.text, ""));
            let error = serde_json::json!({ "code": self.code, "message": message, "remedy": remedy });
            eprintln!("{}", serde_json::json!({ "error": error }));
        } else {
            eprintln!("cosolvent-sponsor: {}", self.text);
        }
    }
}

impl<E: Error + 'static> From<E> for Failure {
    fn from(error: E) -> Failure {
        let text = with_causes(&error);
        if (&error as &dyn Error).is::<CallError>() { Failure::unreachable(text) } else { Failure::failed(text) }
    }
}

/// The sentence of an error, and the causes that it does not already name.
fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let said = error.to_string();
        if !text.contains(&said) {
            text = format!("{text} ({said})");
        }
        cause = error.source();
    }
    text
}
