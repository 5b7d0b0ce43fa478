//! What a person decided, and the only maker of [`Released`].
//!
//! - `DEC-1` A decision is a person's signature over (network, approval id, summary hash, bytes hash, lapse, verdict). What
//!   the person saw is the summary; what leaves is the bytes; both are under the signature.
//! - `DEC-2` A value is released only by a decision that approves exactly its bytes, under a certificate of the firm that
//!   gives the person one of the roles asked for, within its scope and limit, before both lapse.
//! - `DEC-3` Anything that is not such a decision (silence, a timeout, a crash, a decline) releases nothing. What rules that a person
//!   signed may answer is no release and has a type of its own ([`crate::standing`]).
//!
//! What an attacker inside the firm's computer would try: reuse a decision for other bytes, for another approval, in another
//! network, after it lapsed, or by a person without the role. Each is a named refusal here.

use crate::firm_id::{About, PersonCertificate, SignedPerson};
use crate::id::{ApprovalId, Hash, NetworkId, OperatingKey, PersonKey};
use crate::sign::{Signed, Statement};
use crate::time::{Day, UnixMs};
use crate::vocabulary::Role;
use crate::wire::{Encode as Wire, encode, wire_types};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(index_only)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Let it happen.
    #[n(0)]
    Approve,
    /// Do not.
    #[n(1)]
    Decline,
}

/// What a person signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct DecisionBody {
    /// In which network.
    #[n(0)]
    pub network: NetworkId,
    /// On which question.
    #[n(1)]
    pub approval: ApprovalId,
    /// Hash of everything that the page showed.
    #[n(2)]
    pub summary: Hash,
    /// Hash of the bytes that leave.
    #[n(3)]
    pub bytes: Hash,
    /// When the question lapses.
    #[n(4)]
    pub lapses: UnixMs,
    /// Yes or no.
    #[n(5)]
    pub verdict: Verdict,
}
wire_types!(DecisionBody);
impl Statement for DecisionBody {
    const LABEL: &'static str = "cosolvent/decision/1";
}

/// A decision with its signature and the key that made it; not judged yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Encode, Decode)]
#[cbor(map)]
pub struct Decision {
    /// Who claims to have decided.
    #[n(0)]
    pub person: PersonKey,
    /// What was decided.
    #[n(1)]
    pub signed: Signed<DecisionBody>,
}
wire_types!(Decision);

/// Why a decision counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDecision {
    /// It answers another question, or the same question with other bytes or another summary.
    #[error("the decision is about something else than what is asked; open the page again and decide on what it shows")]
    OtherQuestion,
    /// Too late.
    #[error("the question has lapsed; nothing was sent, ask again if it still matters")]
    Lapsed,
    /// The person's certificate does not hold (any more), or not for this role, kind of resource or amount.
    #[error("this person may not decide this; ask somebody with the role that the page names")]
    NotEntitled,
    /// Not signed by this person.
    #[error("the decision is not signed by this person's key")]
    Signature,
    /// It says no.
    #[error("the decision is a no")]
    Declined,
}

/// What a decision is judged against.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// In which network.
    pub network: NetworkId,
    /// Which approval.
    pub approval: ApprovalId,
    /// Hash of the summary that the page shows.
    pub summary: Hash,
    /// Hash of the bytes that would leave.
    pub bytes: Hash,
    /// When it lapses.
    pub lapses: UnixMs,
    /// Roles that may decide.
    pub roles: &'a [Role],
    /// Whose certificates count.
    pub firm: OperatingKey,
    /// What the scope and the limit of a certificate must cover.
    pub about: About,
}

impl Decision {
    /// Signs a decision on a question.
    pub fn sign(question: &Question<'_>, verdict: Verdict, person: &ed25519_dalek::SigningKey) -> Decision {
        let body = DecisionBody {
            network: question.network,
            approval: question.approval,
            summary: question.summary,
            bytes: question.bytes,
            lapses: question.lapses,
            verdict,
        };
        Decision { person: PersonKey::of(person), signed: Signed::new(body, person) }
    }

    /// The verdict, if this decision counts for this question now (`DEC-1`, `DEC-2`).
    pub fn judge(
        &self,
        question: &Question<'_>,
        certificate: &SignedPerson,
        now: UnixMs,
    ) -> Result<Verdict, BadDecision> {
        let body = &self.signed.body;
        let same = body.network == question.network
            && body.approval == question.approval
            && body.summary == question.summary
            && body.bytes == question.bytes
            && body.lapses == question.lapses;
        if !same {
            return Err(BadDecision::OtherQuestion);
        }
        if now >= body.lapses {
            return Err(BadDecision::Lapsed);
        }
        let certified = entitled(certificate, &question.firm, (question.roles, &question.about), now.day())?;
        if certified.person != self.person {
            return Err(BadDecision::NotEntitled);
        }
        self.signed.verify(&self.person).map_err(|_| BadDecision::Signature)?;
        Ok(body.verdict)
    }
}

/// Whoever a certificate of the firm entitles today, in one of these roles, to decide about this.
pub(crate) fn entitled<'a>(
    certificate: &'a SignedPerson,
    firm: &OperatingKey,
    (roles, about): (&[Role], &About),
    today: Day,
) -> Result<&'a PersonCertificate, BadDecision> {
    let certified = certificate.verify(firm).map_err(|_| BadDecision::NotEntitled)?;
    let holds = today <= certified.expires
        && certified.well_formed()
        && certified.covers(about)
        && certified.roles.iter().any(|role| roles.contains(role));
    if holds { Ok(certified) } else { Err(BadDecision::NotEntitled) }
}

/// The hash of bytes that a decision covers.
pub fn bytes_hash<T: Wire>(value: &T) -> Hash {
    Hash::of_bytes("cosolvent/released-bytes/1", &encode(value))
}

/// A value that a person let go. It cannot be made but by a decision that covers its very bytes (`DEC-3`).
///
/// ```compile_fail,E0423
/// let forged = protocol::decision::Released(7);
/// ```
#[derive(Clone, Debug)]
pub struct Released<T>(T);

impl<T: Wire> Released<T> {
    /// Lets `value` go, if `decision` approves exactly it (`DEC-2`).
    pub fn by(
        value: T,
        decision: &Decision,
        question: &Question<'_>,
        certificate: &SignedPerson,
        now: UnixMs,
    ) -> Result<Released<T>, BadDecision> {
        if bytes_hash(&value) != question.bytes {
            return Err(BadDecision::OtherQuestion);
        }
        match decision.judge(question, certificate, now)? {
            Verdict::Approve => Ok(Released(value)),
            Verdict::Decline => Err(BadDecision::Declined),
        }
    }

    /// What was let go.
    pub fn value(&self) -> &T {
        &self.0
    }
}
