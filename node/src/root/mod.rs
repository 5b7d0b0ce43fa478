//! The root keys: what only the owner of the recovery sheet can say about a firm.
//!
//! Decides which event a sheet's keys may sign for a log, and from which log they go on. Refuses a sheet that is not the
//! present one, and to sign for a log that contradicts the sheet's.
//!
//! ```text
//!   recovery sheet ─ renewal key  ─▶ the next operating key, or the end of one          (IDN-5, IDN-6)
//!                  └ recovery key ─▶ everything new, and another sheet takes its place  (IDN-4)
//! ```
//!
//! The keys are on paper or on a medium in a safe. They come here for one signature, in the process of the command line, and
//! are never in a journal, a log, a seal or a request to a running node.
//!
//! What an attacker would try. A thief of the computer has no root key, so the owner's rotation ends whatever the thief says.
//! A program that listens while the renewal key is typed can name operating keys until the recovery key overrules it, which was
//! not typed then. Whoever has the recovery key can take the firm: that is what the safe is for.

mod groups;
mod sheet;

pub use groups::{GROUPS, group, is_group, read as read_key};
pub use sheet::{BadSheet, Part, Sheet, renews, rotates};

use crate::keystore::{SealError, Secret};
use ed25519_dalek::SigningKey;
use protocol::{
    firm_id::{FirstPosition, Inception, SignedInception},
    id::{OperatingKey, RootKey},
    key_log::{Change, KeyEvent, KeyState, SignedKeyEvent},
    limits::OPERATING_KEY_DAYS_MAX,
    time::Day,
};

/// The firm's root key and the next one. They sign changes of the firm's identity and nothing else, and stay offline.
#[derive(Clone, Debug)]
pub struct RootKeys {
    /// Ed25519 seed of the root key: the sheet's renewal key.
    pub root: Secret,
    /// Ed25519 seed of the root key that comes after it: the sheet's recovery key.
    pub next: Secret,
}

impl RootKeys {
    /// Two new keys.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`].
    pub fn generate() -> Result<Self, SealError> {
        Ok(RootKeys { root: Secret::random()?, next: Secret::random()? })
    }

    /// Those that take over by a rotation: the next key becomes the root key, and another one is drawn.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`].
    pub fn succeed(next: Secret) -> Result<Self, SealError> {
        Ok(RootKeys { root: next, next: Secret::random()? })
    }

    /// The first event of a firm with this operating key, which holds for a year from today, and this first position.
    pub fn incept(&self, operating: OperatingKey, position: &FirstPosition, today: Day) -> SignedInception {
        let inception = Inception {
            root: public(&self.root),
            operating,
            next_root: Inception::commit_next(&public(&self.next)),
            position: position.commitment(),
            day: today,
            operating_last: last(today),
        };
        SignedInception::new(inception, &signing(&self.root))
    }

    /// The rotation by which these keys take over after `keys`.
    pub fn rotate(&self, keys: &KeyState, operating: OperatingKey, today: Day) -> SignedKeyEvent {
        let (root, next_root) = (public(&self.root), Inception::commit_next(&public(&self.next)));
        say(keys, Change::Rotate { root, next_root, operating, last: last(today) }, &self.root, today)
    }
}

/// The event by which the root key names another operating key, for a year from today.
pub fn renew(root: &Secret, keys: &KeyState, operating: OperatingKey, today: Day) -> SignedKeyEvent {
    say(keys, Change::Delegate { operating, last: last(today) }, root, today)
}

/// The event by which the root key ends an operating key today.
pub fn revoke(root: &Secret, keys: &KeyState, operating: OperatingKey, today: Day) -> SignedKeyEvent {
    say(keys, Change::RevokeOperating { operating, from: today }, root, today)
}

/// The last day of an operating key that is named today.
fn last(today: Day) -> Day {
    today.plus(OPERATING_KEY_DAYS_MAX - 1)
}

fn say(keys: &KeyState, change: Change, by: &Secret, day: Day) -> SignedKeyEvent {
    let body = KeyEvent { firm: keys.firm, number: keys.number.saturating_add(1), previous: keys.head, day, change };
    SignedKeyEvent::new(body, &signing(by))
}

fn signing(secret: &Secret) -> SigningKey {
    SigningKey::from_bytes(secret.expose())
}

fn public(secret: &Secret) -> RootKey {
    RootKey::of(&signing(secret))
}
