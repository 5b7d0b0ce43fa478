//! Asking and judging.

use super::{Approval, Approvals, Event, Status, Subject, Summary};
use crate::command::{BadDecisionRefusal, Refusal};
use crate::composer::Exposure;
use crate::linter::Finding;
use crate::policy::Policy;
use crate::register::{Person, Register};
use alloc::{boxed::Box, string::String, vec::Vec};
use protocol::decision::{BadDecision, Decision, Question, Verdict};
use protocol::dialogue::Step;
use protocol::firm_id::About;
use protocol::id::{ApprovalId, DealId, ItemId, NetworkId, OperatingKey};
use protocol::money::Money;
use protocol::text::Name;
use protocol::time::UnixMs;
use protocol::vocabulary::{ResourceClass, Role};

/// How long a question waits, in milliseconds: a week, so that an approver on holiday returns to most of them, and no longer
/// than an envelope lives.
pub const LAPSE_MS: u64 = 7 * 86_400_000;

/// What a question is about.
pub struct Matter {
    /// Which item.
    pub item: ItemId,
    /// Of which class.
    pub class: ResourceClass,
    /// Its private title.
    pub title: Name,
    /// In which deal.
    pub deal: Option<DealId>,
    /// To whom; nothing for everybody.
    pub to: Option<String>,
    /// Which step it lets happen.
    pub step: Step,
    /// To how much money it binds the firm.
    pub amount: Option<Money>,
    /// How many firms could have said it; of an advert.
    pub exposure: Option<Exposure>,
    /// What in a text that leaves may give the firm away.
    pub findings: Vec<Finding>,
}

/// Asks a question, if the policy lets anybody answer it (`POL-1`).
pub fn ask(policy: &Policy, id: ApprovalId, matter: Matter, subject: Subject, now: UnixMs) -> Result<Event, Refusal> {
    let Matter { item, class, title, deal, to, step, amount, exposure, findings } = matter;
    let answer = policy.ask(item, class, step);
    if answer.roles.is_empty() {
        return Err(Refusal::NotAllowed { step, rule: answer.rule, version: answer.version });
    }
    let summary = Summary {
        step,
        item,
        title,
        deal,
        to,
        class,
        amount,
        leaves: subject.leaves().into_iter().map(|(field, _, bytes)| (field, bytes)).collect(),
        exposure,
        findings,
        roles: entitled(answer.roles, exposure),
        rule: answer.rule,
        policy_version: answer.version,
        asked: now,
        lapses: now.plus(LAPSE_MS),
    };
    Ok(Event::Asked(Box::new(Approval { id, summary, subject, status: Status::Waiting })))
}

/// Who may decide: an owner alone where the firm would stand out, if anybody may at all (`CMP-2`).
fn entitled(roles: Vec<Role>, exposure: Option<Exposure>) -> Vec<Role> {
    let stands_out = exposure.is_some_and(Exposure::needs_owner) && !roles.is_empty();
    if stands_out { [Role::Owner].into() } else { roles }
}

/// A decision that counts, with everything that judged it.
pub struct Judged<'a> {
    /// The question.
    pub approval: &'a Approval,
    /// Who decided.
    pub person: &'a Person,
    /// What it was judged against.
    pub question: Question<'a>,
    /// Yes or no.
    pub verdict: Verdict,
}

/// Judges a decision (`APR-2`): the question is open, the policy of this moment still lets one of the person's roles decide,
/// and signature, summary, bytes and lapse all hold.
pub fn judge<'a>(
    approvals: &'a Approvals,
    register: &'a Register,
    (network, firm): (NetworkId, OperatingKey),
    decision: &Decision,
    now: UnixMs,
) -> Result<Judged<'a>, Refusal> {
    let id = decision.signed.body.approval;
    let approval = approvals.approval(&id).ok_or(Refusal::NoSuchApproval)?;
    if approval.status != Status::Waiting {
        return Err(Refusal::NoSuchApproval);
    }
    let person = register.by_key(decision.person).ok_or(Refusal::NoSuchPerson)?;
    let question = approval.question(network, firm);
    let verdict = decision.judge(&question, &person.certificate, now).map_err(refusal)?;
    Ok(Judged { approval, person, question, verdict })
}

impl Approval {
    /// What a decision on this approval is judged against.
    pub fn question(&self, network: NetworkId, firm: OperatingKey) -> Question<'_> {
        Question {
            network,
            approval: self.id,
            summary: self.summary.hash(),
            bytes: self.subject.bytes_hash(),
            lapses: self.summary.lapses,
            roles: &self.summary.roles,
            firm,
            about: About { class: Some(self.summary.class), amount: self.summary.amount },
        }
    }
}

/// Whether the policy of this moment still asks what it asked then (`APR-2`).
pub fn still_allowed(
    policy: &Policy,
    approval: &Approval,
    person: &Person,
    class: ResourceClass,
) -> Result<(), Refusal> {
    let step = approval.summary.step;
    let answer = policy.ask(approval.summary.item, class, step);
    let roles = entitled(answer.roles.clone(), approval.summary.exposure);
    if person.roles().iter().any(|role| roles.contains(role)) {
        Ok(())
    } else if answer.roles.is_empty() {
        Err(Refusal::NotAllowed { step, rule: answer.rule, version: answer.version })
    } else {
        Err(refusal(BadDecision::NotEntitled))
    }
}

/// A bad decision as a refusal.
pub fn refusal(bad: BadDecision) -> Refusal {
    Refusal::Decision(match bad {
        BadDecision::OtherQuestion => BadDecisionRefusal::OtherQuestion,
        BadDecision::Lapsed => BadDecisionRefusal::Lapsed,
        BadDecision::NotEntitled => BadDecisionRefusal::NotEntitled,
        BadDecision::Signature | BadDecision::Declined => BadDecisionRefusal::Signature,
    })
}
