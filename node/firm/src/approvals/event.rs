//! What can happen to a question.

use super::{Agreed, Approval, Escalated, Reminded, Ruled, Status, Why};
use alloc::boxed::Box;
use protocol::decision::Decision;
use protocol::id::ApprovalId;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// A question was asked.
    Asked(Box<Approval>),
    /// The first of two people said yes. The signed decision is kept as evidence; it lets nothing leave.
    Agreed {
        /// To which question.
        approval: ApprovalId,
        /// Who, when and with what.
        agreed: Box<Agreed>,
    },
    /// A person decided. The signed decision is kept as evidence.
    Decided {
        /// Which question.
        approval: ApprovalId,
        /// Approved or declined.
        status: Status,
        /// The decision.
        decision: Decision,
    },
    /// A standing rule answered it, in the moment in which it was asked (`APR-8`).
    Ruled {
        /// Which question.
        approval: ApprovalId,
        /// By which rule, and whose.
        ruled: Ruled,
    },
    /// Whoever may decide was reminded.
    Reminded {
        /// Of which question.
        approval: ApprovalId,
        /// When, and after how long.
        reminded: Reminded,
    },
    /// Others may decide besides.
    Escalated {
        /// Which question.
        approval: ApprovalId,
        /// Who, and by which rule.
        escalated: Escalated,
    },
    /// Whoever said no said why.
    Explained {
        /// To which question.
        approval: ApprovalId,
        /// Why.
        why: Why,
    },
    /// It lapsed or became moot.
    Ended {
        /// Which question.
        approval: ApprovalId,
        /// Lapsed or moot.
        status: Status,
    },
}
