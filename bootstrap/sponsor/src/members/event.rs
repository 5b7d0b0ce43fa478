//! What can happen to the register.

use super::{Member, MemberNo, Use};
use alloc::boxed::Box;
use protocol::id::InvitationToken;
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// An invitation was made.
    Invited {
        /// Works once.
        token: InvitationToken,
        /// When it was made.
        issued: UnixMs,
        /// When it lapses.
        expires: UnixMs,
    },
    /// An invitation was used.
    Admitted {
        /// Which.
        token: InvitationToken,
        /// By whom.
        used: Use,
        /// The member as it now stands, new or known before.
        member: Box<Member>,
    },
    /// A member's certificates were made anew.
    Renewed(Box<Member>),
    /// A member goes on under another transport identity.
    Rebound(Box<Member>),
    /// A membership was ended.
    Dismissed(MemberNo),
}
