//! What can happen to an identity.

use crate::command::ContactCard;
use alloc::{boxed::Box, string::String, vec::Vec};
use protocol::admission::{Admission, NotAdmitted, Welcome};
use protocol::firm_id::SignedInception;
use protocol::id::{Blob, SponsorKey};
use protocol::key_log::{KeyLog, SignedKeyEvent};
use protocol::noise::Seed;
use protocol::relay::Predecessor;
use protocol::sign::Signed;
use protocol::text::Name;
use protocol::time::{Day, UnixMs};
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The firm was founded.
    Founded {
        /// The signed first event.
        inception: SignedInception,
        /// Legal name.
        legal_name: Name,
        /// How to reach it after a reveal.
        contact: ContactCard,
    },
    /// A firm that was founded elsewhere goes on here.
    Recovered {
        /// Its whole log.
        log: Box<KeyLog>,
        /// Legal name.
        legal_name: Name,
        /// How to reach it after a reveal.
        contact: ContactCard,
    },
    /// A new operating key was drawn, which nothing names yet.
    Prepared {
        /// Its seed.
        seed: Seed,
    },
    /// Somebody showed to hold the recovery sheet with the log's present root keys.
    SheetKept {
        /// Number of the newest rotation then.
        rotated: u32,
        /// When.
        day: Day,
    },
    /// The firm's key-event log went on, or its end was taken back: these events stand from the number of the first on.
    KeysChanged {
        /// Signed by the root key; the revocation of a person also by the operating key.
        events: Vec<SignedKeyEvent>,
    },
    /// A sponsor admitted the firm, or renewed its certificates.
    Joined {
        /// What the sponsor answered.
        welcome: Box<Welcome>,
        /// Its transport identity.
        sponsor_peer: Blob,
        /// When that was taken in. Records of the first programs do not say.
        #[serde(default)]
        at: UnixMs,
    },
    /// A sponsor does not renew what it signed.
    NotRenewed {
        /// Which sponsor.
        sponsor: SponsorKey,
        /// Why.
        why: NotAdmitted,
    },
    /// Another transport identity was drawn, which nobody knows yet.
    TransportDrawn {
        /// Its seed.
        seed: Seed,
        /// When.
        at: UnixMs,
    },
    /// A sponsor admits this node under the transport identity that was drawn (`ADM-5`).
    Rebound {
        /// The admission, signed by that sponsor.
        admission: Box<Signed<Admission>>,
    },
    /// A sponsor does not.
    NotRebound {
        /// Which sponsor.
        sponsor: SponsorKey,
        /// Why.
        why: NotAdmitted,
    },
    /// No sponsor admits the one that was drawn: it is gone, and the present one stays.
    TransportKept,
    /// This node goes on under the transport identity that was drawn; the one before is gone.
    TransportMoved {
        /// The one before, in its own last words (`REL-5`).
        predecessor: Predecessor,
        /// When.
        at: UnixMs,
    },
    /// Where this node can be reached.
    Listening {
        /// Own transport identity.
        peer: Blob,
        /// Multiaddr texts.
        addresses: Vec<String>,
    },
}
