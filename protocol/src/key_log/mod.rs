//! The key-event log: which keys speak for a firm, told by the firm itself and proved by nobody else.
//!
//! Decides which root and operating key are a firm's on a day, whose keys are revoked, and which of two logs of one firm
//! stands. Refuses a log at its first event that breaks a rule, and names it.
//!
//! ```text
//!   inception ◀─hash── event 1 ◀─hash── event 2 ◀─ … at most 64
//!   root₀ signs        delegate, revoke: the root key of the day signs (a person's revocation: the operating key, too)
//!   H(root₁) ────────▶ rotation: root₁ signs, and commits to root₂
//! ```
//!
//! - `IDN-3` An event names its firm, its number, the hash of the event before it and its day. Numbers have no gaps, days do
//!   not go back, and a log has at most 64 events after its inception.
//! - `IDN-4` A rotation is signed by the root key to which the last inception or rotation committed, commits to the one after
//!   it and names a new operating key.
//! - `IDN-5` A delegation, signed by the root key, names a new operating key and its last day. An operating key is named once,
//!   holds for at most 366 days, and no longer than until the day on which the next one is named.
//! - `IDN-6` A revocation ends an operating key or a person's key as of a day that is not after its own. The root key signs;
//!   for a person the operating key may as well, so that it takes effect at once while the root key is in its safe; but only in
//!   the first half of a log.
//! - `IDN-7` A reader verifies every event of a log from the inception on. There is no shorter form.
//! - `IDN-8` Which of two logs stands: see [`KeyLog::meet`].
//! - `IDN-9` Two things said by one key are a fork and prove themselves: see [`ForkProof`].
//!
//! What an attacker would try. A thief of the operating key signs for the firm until the root key names another, and cannot fill the
//! log before that, because half of it is the root keys'. A thief of the
//! root key too can name keys of its own, but cannot rotate: the next root key never was where it could be stolen, and the
//! owner's rotation stands over whatever the thief said since (`IDN-8`). A firm that shows different logs to different
//! readers is found out by any two that compare (`IDN-9`).
//!
//! Who learns what: counterparts read the log at the reveal, nobody earlier. It names keys and days, never a person.

mod fork;
mod state;

pub use fork::{BadFork, Fork, ForkProof, Meeting};
pub use state::{BadEvent, BadLog, KeyState, Operating, Signer};

use crate::firm_id::SignedInception;
use crate::id::{FirmId, Hash, OperatingKey, PersonKey, RootKey};
use crate::sign::{Signed, Statement};
use crate::time::Day;
use crate::wire::wire_types;
use alloc::vec::Vec;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// One event after the inception.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct KeyEvent {
    /// Of which firm.
    #[n(0)]
    pub firm: FirmId,
    /// Counts up from 1; the inception is 0.
    #[n(1)]
    pub number: u32,
    /// Hash of the event before it; of the inception that is the firm's id.
    #[n(2)]
    pub previous: Hash,
    /// When it is said.
    #[n(3)]
    pub day: Day,
    /// What changes.
    #[n(4)]
    pub change: Change,
}

/// What an event changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// The next root key takes over (`IDN-4`).
    #[n(0)]
    Rotate {
        /// The root key from now on: the one that was committed to.
        #[n(0)]
        root: RootKey,
        /// Commitment to the one after it.
        #[n(1)]
        next_root: Hash,
        /// A new operating key.
        #[n(2)]
        operating: OperatingKey,
        /// Its last day.
        #[n(3)]
        last: Day,
    },
    /// A new operating key takes over (`IDN-5`).
    #[n(1)]
    Delegate {
        /// The key.
        #[n(0)]
        operating: OperatingKey,
        /// Its last day.
        #[n(1)]
        last: Day,
    },
    /// An operating key does not hold any more (`IDN-6`).
    #[n(2)]
    RevokeOperating {
        /// The key.
        #[n(0)]
        operating: OperatingKey,
        /// The first day on which it does not hold.
        #[n(1)]
        from: Day,
    },
    /// A person's key does not hold any more, whatever certificate it has (`IDN-6`).
    #[n(3)]
    RevokePerson {
        /// The key.
        #[n(0)]
        person: PersonKey,
        /// The first day on which it does not hold.
        #[n(1)]
        from: Day,
    },
}

/// An event as it was signed.
pub type SignedKeyEvent = Signed<KeyEvent>;

/// A whole log: the inception and everything after it, unjudged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct KeyLog {
    /// Names the firm.
    #[n(0)]
    pub inception: SignedInception,
    /// What followed, in order.
    #[n(1)]
    pub events: Vec<SignedKeyEvent>,
}

wire_types!(KeyEvent, Change, KeyLog);
impl Statement for KeyEvent {
    const LABEL: &'static str = "cosolvent/key-event/1";
}

impl KeyEvent {
    /// What the next event calls this one.
    pub fn hash(&self) -> Hash {
        Hash::of(Self::LABEL, self)
    }
}

impl KeyLog {
    /// A log that has only begun.
    pub fn new(inception: SignedInception) -> KeyLog {
        KeyLog { inception, events: Vec::new() }
    }

    /// What the log says, if every event of it holds; otherwise the first that does not, and why (`IDN-1`, `IDN-7`).
    pub fn verify(&self) -> Result<KeyState, BadLog> {
        let inception = KeyState::founded(&self.inception).map_err(|why| BadLog { number: 0, why })?;
        self.events.iter().zip(1..).try_fold(inception, |state, (event, number)| {
            state.after(event).map(|(state, _)| state).map_err(|why| BadLog { number, why })
        })
    }

    /// What somebody who has seen another log of this firm has not seen of this one: everything from the first event that is
    /// another, or that is signed otherwise, perhaps by a higher key.
    pub fn since(&self, seen: &KeyLog) -> &[SignedKeyEvent] {
        let same = self.events.iter().zip(&seen.events).take_while(|(one, two)| one == two).count();
        self.events.get(same..).unwrap_or_default()
    }

    /// This log with further events, of which the first may come before its end: what follows the common part is replaced.
    /// Nothing is judged here. `None` when they do not continue it: they begin later than after its last event.
    pub fn with(&self, further: &[SignedKeyEvent]) -> Option<KeyLog> {
        let first = further.first()?.body.number;
        let kept = usize::try_from(first).ok()?.checked_sub(1)?;
        let mut events = self.events.get(..kept)?.to_vec();
        events.extend_from_slice(further);
        Some(KeyLog { inception: self.inception.clone(), events })
    }
}
