//! Asking and judging.

use super::{Approval, Event, Status, Subject, Summary};
use crate::command::{BadDecisionRefusal, Refusal};
use crate::composer::Exposure;
use crate::deputies::Acting;
use crate::lending::{Say, may_release};
use crate::linter::Finding;
use crate::policy::{Answer, Because, Detail, Rulebook, Target};
use crate::register::Person;
use alloc::{boxed::Box, string::String, vec::Vec};
use protocol::decision::{BadDecision, Decision, Question, Verdict};
use protocol::dialogue::Step;
use protocol::firm_id::About;
use protocol::id::{ApprovalId, DealId, NetworkId, OperatingKey};
use protocol::money::Money;
use protocol::text::Name;
use protocol::time::{DAY_MS, Day, UnixMs};
use protocol::vocabulary::Role;

/// How long a question waits that ends with no deal, in milliseconds: a week, so that an approver on holiday returns to most of them, and
/// no longer than an envelope lives.
pub const LAPSE_MS: u64 = 7 * DAY_MS;

/// How long a question about lending somebody waits, in milliseconds: two weeks, because nothing outside waits for it.
pub(super) const LOAN_LAPSE_MS: u64 = 14 * DAY_MS;

/// What a question is about.
pub struct Matter {
    /// Which item.
    pub target: Target,
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
    /// When the deal lapses without which it has no matter.
    pub deal_lapses: Option<UnixMs>,
}

/// Asks a question, if the policy lets anybody answer it and lets every field leave that would (`POL-1`).
pub fn ask(policy: &Rulebook, id: ApprovalId, matter: Matter, subject: Subject, now: UnixMs) -> Result<Event, Refusal> {
    let Matter { target, title, deal, to, step, amount, exposure, findings, deal_lapses } = matter;
    let answer = who(policy, &target, step);
    if answer.roles.is_empty() {
        return Err(Refusal::NotAllowed { step, because: answer.because });
    }
    let leaves: Vec<_> = subject.leaves().into_iter().map(|leaf| (leaf.field, leaf.bytes)).collect();
    let told: Vec<_> = leaves.iter().map(|(field, _)| policy.told(&target, step, *field)).collect();
    if let Some(told) = told.iter().find(|told| told.detail == Detail::Nothing) {
        return Err(Refusal::NotTold { step, field: told.field, because: told.because });
    }
    let Because { rule, version: policy_version } = answer.because;
    let summary = Summary {
        step,
        item: target.item,
        title,
        deal,
        to,
        class: target.class,
        amount,
        leaves,
        told,
        exposure,
        findings,
        roles: entitled(answer.roles, exposure),
        people: answer.people,
        rule,
        policy_version,
        policy: Some(policy.hash()),
        asked: now,
        lapses: deal_lapses.unwrap_or(now.plus(if step.lends() { LOAN_LAPSE_MS } else { LAPSE_MS })),
    };
    Ok(Event::Asked(Box::new(Approval::asked(id, summary, subject))))
}

/// Who may decide a step by the policy of this moment. A person's own consent is nobody else's to give, so no rule is asked
/// (`LND-1`).
fn who(policy: &Rulebook, target: &Target, step: Step) -> Answer {
    if step == Step::OwnConsent {
        let because = Because { rule: None, version: policy.policy().version };
        return Answer { roles: [Role::Expert].into(), people: 1, because };
    }
    policy.who(target, step)
}

/// Who may decide: an owner alone where the firm would stand out, if anybody may at all (`CMP-2`).
fn entitled(roles: Vec<Role>, exposure: Option<Exposure>) -> Vec<Role> {
    let stands_out = exposure.is_some_and(Exposure::needs_owner) && !roles.is_empty();
    if stands_out { [Role::Owner].into() } else { roles }
}

/// A decision that holds, with everything that judged it.
pub struct Judged<'a> {
    /// The question.
    pub approval: &'a Approval,
    /// What it was judged against.
    pub question: Question<'a>,
    /// Yes or no.
    pub verdict: Verdict,
}

/// Judges a decision under one certificate of whoever made it (`APR-2`): the question is open, and signature, summary, bytes, lapse,
/// roles, scope and limit all hold.
pub fn judge<'a>(
    approval: &'a Approval,
    (network, firm): (NetworkId, OperatingKey),
    decision: &Decision,
    person: &Person,
    now: UnixMs,
) -> Result<Judged<'a>, Refusal> {
    if approval.status != Status::Waiting {
        return Err(Refusal::NoSuchApproval);
    }
    let question = approval.question(network, firm);
    let verdict = decision.judge(&question, &person.certificate, now).map_err(refusal)?;
    Ok(Judged { approval, question, verdict })
}

impl Approval {
    /// Whether somebody may decide now under this certificate, by the policy of this moment; whether another yes is there already does
    /// not matter.
    pub fn may_be_decided(&self, policy: &Rulebook, target: &Target, person: &Person, today: Day) -> bool {
        person.acts_on(today)
            && person.certificate.body.covers(&self.about())
            && person.roles().iter().any(|role| self.roles().contains(role))
            && still_allowed(policy, self, person, target).is_ok()
    }

    /// What scope and limit of a certificate must cover.
    fn about(&self) -> About {
        About { class: Some(self.summary.class), amount: self.summary.amount }
    }

    /// What a decision on this approval is judged against.
    pub fn question(&self, network: NetworkId, firm: OperatingKey) -> Question<'_> {
        Question {
            network,
            approval: self.id,
            summary: self.summary.hash(),
            bytes: self.subject.bytes_hash(),
            lapses: self.summary.lapses,
            roles: self.roles(),
            firm,
            about: self.about(),
        }
    }
}

/// Whether the policy of this moment still lets this person decide (`APR-2`).
pub fn still_allowed(policy: &Rulebook, approval: &Approval, person: &Person, target: &Target) -> Result<(), Refusal> {
    let step = approval.summary.step;
    match &approval.subject {
        Subject::Lend { say: Say::Own, loan } if loan.key != person.certificate.body.person => {
            return Err(Refusal::OwnConsent(loan.person.clone()));
        }
        Subject::Lend { say: Say::Employer, loan } if !may_release(loan, person) => return Err(Refusal::OwnRelease),
        _ => {}
    }
    let answer = who(policy, target, step);
    let besides = approval.escalated.as_ref().and_then(|_| policy.escalation(target, step));
    let named = answer.roles.iter().copied().chain(besides.into_iter().flat_map(|more| more.to));
    let roles = entitled(named.collect(), approval.summary.exposure);
    if person.roles().iter().any(|role| roles.contains(role)) {
        Ok(())
    } else if answer.roles.is_empty() {
        Err(Refusal::NotAllowed { step, because: answer.because })
    } else {
        Err(refusal(BadDecision::NotEntitled))
    }
}

/// Whether this yes is the last that is needed (`APR-5`). One yes is enough unless the question or the policy of this moment wants
/// two; the first of two counts as long as whoever gave it may still decide, and if it came from another hand (`DEP-4`).
pub fn is_last(
    policy: &Rulebook,
    judged: &Judged<'_>,
    (acting, target): (&Acting, &Target),
    first: Option<&Acting>,
    now: UnixMs,
) -> Result<bool, Refusal> {
    let Judged { approval, question, .. } = judged;
    let people = who(policy, target, approval.summary.step).people.max(approval.summary.people);
    let Some(agreed) = approval.agreed.as_ref().filter(|_| people > 1) else { return Ok(people == 1) };
    let counts = first.is_some_and(|first| {
        agreed.decision.judge(question, &first.person.certificate, now) == Ok(Verdict::Approve)
            && still_allowed(policy, approval, &first.person, target).is_ok()
    });
    match counts {
        true if acting.is_one_with(&agreed.by, agreed.for_whom.as_ref()) => Err(Refusal::OnePerson),
        counts => Ok(counts),
    }
}

/// Whether the policy of this moment still lets every field leave as it would (`APR-4`): none has become stricter since the
/// question was asked.
pub fn still_told(policy: &Rulebook, approval: &Approval, target: &Target) -> Result<(), Refusal> {
    let (step, summary) = (approval.summary.step, &approval.summary);
    for (field, _) in &summary.leaves {
        let then = summary.told.iter().find(|told| told.field == *field).map_or(Detail::Exactly, |told| told.detail);
        let now = policy.told(target, step, *field);
        if now.detail > then {
            return Err(Refusal::NotTold { step, field: *field, because: now.because });
        }
    }
    Ok(())
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
