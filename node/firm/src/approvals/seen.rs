//! What a person saw and ticked before the person's key is used.

use super::Status;
use crate::Firm;
use crate::command::{BadDecisionRefusal, Refusal};
use crate::lending::{Confirmation, Unconfirmed};
use alloc::vec::Vec;
use protocol::decision::{Question, Verdict};
use protocol::id::{ApprovalId, Hash};
use serde::{Deserialize, Serialize};

/// A question as it was shown, and what was ticked on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Hash of everything shown: [`crate::view::ApprovalView::summary_hash`].
    pub summary: Hash,
    /// Hash of the bytes that would leave: [`crate::view::ApprovalView::bytes_hash`].
    pub bytes: Hash,
    /// Which of [`crate::view::ApprovalView::confirms`] were ticked, each by itself (`LND-2`).
    #[serde(default)]
    pub confirmed: Vec<Confirmation>,
}

impl Firm {
    /// What a person signs to decide on a question; `None` when it is not open.
    pub fn question(&self, approval: &ApprovalId) -> Option<Question<'_>> {
        let (_, network) = self.network()?;
        let approval = self.approvals.approval(approval)?;
        (approval.status == Status::Waiting).then(|| approval.question(network, self.operating()))
    }

    /// What a person signs who saw a question: if it is open, still what was shown, and each confirmation of a yes was ticked.
    pub fn to_sign(&self, approval: &ApprovalId, seen: &Seen, verdict: Verdict) -> Result<Question<'_>, Refusal> {
        let question = self.question(approval).ok_or(Refusal::NoSuchApproval)?;
        if (seen.summary, seen.bytes) != (question.summary, question.bytes) {
            return Err(Refusal::Decision(BadDecisionRefusal::OtherQuestion));
        }
        let confirms = self.approvals.approval(approval).map_or(&[][..], |approval| approval.subject.confirms());
        if verdict == Verdict::Approve {
            Unconfirmed::among(confirms, &seen.confirmed)?;
        }
        Ok(question)
    }
}
