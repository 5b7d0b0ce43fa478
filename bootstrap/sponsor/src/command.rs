//! What can be asked of a sponsor, and what comes back.

use crate::limits::INVITATION_DAYS_MAX;
use crate::members::MemberNo;
use alloc::{string::String, vec::Vec};
use core::fmt;
use protocol::id::Blob;
use protocol::limits::{ADDRESS_BYTES_MAX, ADDRESSES_MAX};
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// What the sponsor's people or its node ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// Make an invitation for one firm.
    Invite {
        /// When it lapses.
        expires: UnixMs,
    },
    /// Judge a request for admission that a peer handed in at the carrier's desk.
    Admit {
        /// The peer, as proved by the transport.
        peer: Blob,
        /// Bytes of an [`protocol::admission::AdmissionRequest`]. Hostile until decoded.
        request: Blob,
    },
    /// End a membership: no more passes and no renewal. What was signed holds until its end.
    Dismiss {
        /// Whose.
        member: MemberNo,
    },
    /// Put these addresses into invitations from now on: where this node really listens.
    Listen {
        /// Multiaddr texts.
        addresses: Vec<String>,
    },
}

/// The text of an invitation. Whoever reads it can use it, so it is not shown in logs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InvitationText(pub String);

impl fmt::Debug for InvitationText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationText(secret)")
    }
}

/// What comes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Give this to one firm.
    Invited(InvitationText),
    /// Bytes of an [`protocol::admission::AdmissionAnswer`], for the peer that asked.
    Admission(Blob),
    /// It is so.
    Done,
    /// It is not so, and why.
    Refused(Refusal),
}

/// Why a sponsor's own command is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// In the past, or too far ahead.
    #[error("an invitation must lapse in the future, at most {INVITATION_DAYS_MAX} days from now")]
    Expiry,
    /// Too many or too long.
    #[error("at most {ADDRESSES_MAX} addresses of at most {ADDRESS_BYTES_MAX} bytes each")]
    Addresses,
    /// No such number, or dismissed before.
    #[error("no member has this number, or it was dismissed already")]
    NoSuchMember,
}
