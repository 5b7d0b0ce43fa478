//! What the command line asks the running sponsor over the control socket of its data folder, and what comes back.
//!
//! Whoever may open the socket may ask; that is the user who owns the data folder, who could read the sealed files and ask for the
//! passphrase anyway. Nothing can be asked here that signs in a member's name, because a sponsor holds no such key.

use crate::desk::{Desk, DeskError};
use node::control::Fault;
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};
use sponsor::{InvitationText, Query, View};

/// What can be asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Question {
    /// Make invitations.
    Invite {
        /// Each lapses in so many days.
        days: u32,
        /// So many.
        count: u32,
    },
    /// End a membership.
    Dismiss {
        /// Whose.
        member: u32,
    },
    /// Look.
    See(Query),
}

/// What comes back.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Reply {
    /// Each with the moment at which it lapses.
    Invited(Vec<(InvitationText, UnixMs)>),
    /// What is seen.
    Seen(View),
    /// Not so; the sentence says why and what to do.
    Refused(String),
}

impl From<Fault> for Reply {
    fn from(fault: Fault) -> Reply {
        Reply::Refused(fault.to_string())
    }
}

/// Answers a question through the desk.
pub(crate) async fn answer(desk: Desk, question: Question) -> Reply {
    let answered = match question {
        Question::Invite { days, count } => desk.invite(days, count).await.map(|invited| {
            Reply::Invited(invited.into_iter().map(|invited| (invited.text, invited.expires)).collect())
        }),
        Question::Dismiss { member } => match desk.dismiss(member).await {
            Ok(()) => desk.see(Query::Members).await.map(Reply::Seen).map_err(DeskError::from),
            Err(why) => Err(why),
        },
        Question::See(query) => desk.see(query).await.map(Reply::Seen).map_err(DeskError::from),
    };
    answered.unwrap_or_else(|why| Reply::Refused(why.to_string()))
}
