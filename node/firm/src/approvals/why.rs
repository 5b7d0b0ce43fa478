//! Why somebody said no (`APR-7`).

use super::{Approvals, Event, Status};
use crate::command::Refusal;
use crate::register::PersonId;
use core::{fmt, str::FromStr};
use protocol::id::ApprovalId;
use protocol::text::ShortText;
use protocol::vocabulary::Role;
use serde::{Deserialize, Serialize};

/// A coarse reason, for everybody in the firm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// No hours, no people, no machine for it.
    Capacity,
    /// Not in these weeks.
    Timing,
    /// What it would bring or cost.
    Price,
    /// Not the work that the firm does for others, or wants done.
    Scope,
    /// Too much would be told, or too much could go wrong.
    Risk,
    /// Something else.
    Other,
}

/// Not the name of a coarse reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write one of capacity, timing, price, scope, risk, other")]
pub struct UnknownGround;

impl Ground {
    /// All of them.
    pub const ALL: [Ground; 6] =
        [Ground::Capacity, Ground::Timing, Ground::Price, Ground::Scope, Ground::Risk, Ground::Other];

    /// As pages and the command line know it.
    pub const fn name(self) -> &'static str {
        match self {
            Ground::Capacity => "capacity",
            Ground::Timing => "timing",
            Ground::Price => "price",
            Ground::Scope => "scope",
            Ground::Risk => "risk",
            Ground::Other => "other",
        }
    }
}

impl fmt::Display for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Ground {
    type Err = UnknownGround;
    fn from_str(text: &str) -> Result<Self, UnknownGround> {
        Ground::ALL.into_iter().find(|ground| ground.name() == text).ok_or(UnknownGround)
    }
}

/// Why somebody said no. It never leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// Coarsely, for everybody in the firm.
    pub ground: Ground,
    /// In words, for those of [`Why::READERS`].
    pub note: Option<ShortText>,
}

impl Why {
    /// Roles that read the words.
    pub const READERS: [Role; 3] = [Role::Owner, Role::Approver, Role::Auditor];

    /// As a reader with these roles may see it.
    #[must_use]
    pub fn seen_by(&self, readers: &[Role]) -> Why {
        let reads = readers.iter().any(|role| Why::READERS.contains(role));
        Why { ground: self.ground, note: self.note.clone().filter(|_| reads) }
    }
}

/// Says why a question was declined: whoever declined it, and once.
pub fn explain(approvals: &Approvals, id: ApprovalId, why: Why, by: Option<&PersonId>) -> Result<Event, Refusal> {
    let approval = approvals.approval(&id).ok_or(Refusal::NoSuchApproval)?;
    match (&approval.status, by) {
        (Status::Declined(declined, _), Some(by)) if declined == by && approval.why.is_none() => {
            Ok(Event::Explained { approval: id, why })
        }
        (Status::Declined(..), _) if approval.why.is_some() => Err(Refusal::AsItIs),
        _ => Err(Refusal::NotDeclined),
    }
}
