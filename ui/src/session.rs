//! Sessions: who sits at which browser.
//!
//! - `DSK-4` Nothing but the way in is shown to a browser that has not opened the address with the secret that the program
//!   printed at its start.
//! - `DSK-5` A session lives in memory for twelve hours at most and gets a new id when a person signs in, so that an id
//!   planted before is worth nothing after.
//! - `DSK-6` Every form carries a token of its session.
//!
//! An attacker on the same computer without the secret sees one page that explains how to come in.

use axum::http::{HeaderMap, header};
use data_encoding::HEXLOWER;
use firm::register::PersonId;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use subtle::ConstantTimeEq;
use tokio::time::Instant;
use zeroize::Zeroizing;

/// One working day with overtime.
const LIFE: Duration = Duration::from_secs(12 * 3_600);

/// Browsers that may be open at once: every person of a large shop with four each. Beyond it the oldest is closed.
const SESSIONS_MAX: usize = 1_024;

/// What opens the desk to a browser: 32 random bytes, drawn at each start and printed once.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// A fresh one, from the operating system.
    pub fn draw() -> Result<Secret, NoEntropy> {
        Ok(Secret(Zeroizing::new(random()?)))
    }

    /// As it stands in the address.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether `shown` is this secret, in constant time for equal lengths.
    pub(crate) fn is(&self, shown: &str) -> bool {
        self.0.as_bytes().ct_eq(shown.as_bytes()).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(secret)")
    }
}

/// The operating system gave no random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no random bytes; the desk cannot be opened safely, restart the computer")]
pub struct NoEntropy;

/// 32 bytes in 64 hexadecimal digits.
fn random() -> Result<String, NoEntropy> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| NoEntropy)?;
    Ok(HEXLOWER.encode(&bytes))
}

/// One browser.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Its id, as in the cookie.
    pub(crate) id: String,
    /// Who signed in, if somebody did.
    pub(crate) person: Option<PersonId>,
    /// What its forms carry (`DSK-6`).
    pub(crate) token: String,
    born: Instant,
}

impl Session {
    /// Whether a form carries this session's token.
    pub(crate) fn owns(&self, token: &str) -> bool {
        self.token.as_bytes().ct_eq(token.as_bytes()).into()
    }
}

/// All browsers.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<BTreeMap<String, Session>>);

impl Sessions {
    /// A new session, for somebody or for nobody yet; the one it replaces ends.
    pub(crate) fn begin(&self, person: Option<PersonId>, instead_of: Option<&str>) -> Result<Session, NoEntropy> {
        let session = Session { id: random()?, person, token: random()?, born: Instant::now() };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|id, session| session.born.elapsed() < LIFE && Some(id.as_str()) != instead_of);
        if all.len() >= SESSIONS_MAX {
            let oldest = all.values().min_by_key(|session| session.born).map(|session| session.id.clone());
            oldest.and_then(|id| all.remove(&id));
        }
        all.insert(session.id.clone(), session.clone());
        Ok(session)
    }

    /// The session of a request, if it is known and not over.
    pub(crate) fn of(&self, cookie: &str, headers: &HeaderMap) -> Option<Session> {
        let id = cookie_of(headers, cookie)?;
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&id).filter(|session| session.born.elapsed() < LIFE).cloned()
    }
}

/// A cookie of a request.
pub(crate) fn cookie_of(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then(|| value.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_session_ends_after_twelve_hours() {
        let sessions = Sessions::default();
        let session = sessions.begin(None, None).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, format!("other=1; desk={}", session.id).parse().unwrap());
        assert!(sessions.of("desk", &headers).is_some());
        tokio::time::advance(LIFE).await;
        assert!(sessions.of("desk", &headers).is_none());
    }

    #[test]
    fn a_secret_is_told_only_where_it_is_exposed() {
        let secret = Secret::draw().unwrap();
        assert!(secret.is(secret.expose()) && !secret.is("") && !secret.is(&"0".repeat(64)));
        assert!(!format!("{secret:?}").contains(secret.expose()));
    }
}
