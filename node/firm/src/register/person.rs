//! A person of the firm.

use super::Vouch;
use alloc::string::{String, ToString};
use core::{fmt, str::FromStr};
use protocol::firm_id::SignedPerson;
use protocol::text::Name;
use protocol::time::Day;
use protocol::vocabulary::Role;
use serde::{Deserialize, Serialize};

/// A short name for a person within the firm: 1 to 40 of `a-z`, `0-9` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonId(String);

/// Not a person id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a person's short name is 1 to 40 lower-case letters, digits or hyphens")]
pub struct BadPersonId;

impl PersonId {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PersonId {
    type Err = BadPersonId;
    fn from_str(text: &str) -> Result<Self, BadPersonId> {
        let fits = (1..=40).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if fits { Ok(PersonId(text.to_string())) } else { Err(BadPersonId) }
    }
}

impl TryFrom<String> for PersonId {
    type Error = BadPersonId;
    fn try_from(text: String) -> Result<Self, BadPersonId> {
        text.parse()
    }
}

impl From<PersonId> for String {
    fn from(id: PersonId) -> String {
        id.0
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One entry of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Short name, for logging in.
    pub id: PersonId,
    /// Name, for this firm's eyes.
    pub name: Name,
    /// Key, roles and expiry, signed by the operating key.
    pub certificate: SignedPerson,
    /// Who vouched for it; nobody for the first people of a firm.
    pub vouch: Option<Vouch>,
}

impl Person {
    /// Whether the entry counts on this day (`REG-2`).
    pub fn acts_on(&self, day: Day) -> bool {
        day <= self.certificate.body.expires
    }

    /// The roles that the firm gave.
    pub fn roles(&self) -> &[Role] {
        &self.certificate.body.roles
    }
}
