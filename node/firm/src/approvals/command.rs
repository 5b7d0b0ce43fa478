//! Asking and judging.

use super::{Approval, Approvals, Event, Status, Subject, Summary};
use crate::command::{BadDecisionRefusal, Refusal};
use crate::composer::Exposure;
use crate::lending::{Say, may_release};
use crate::linter::Finding;
use crate::policy::{Answer, Because, Detail, Rulebook, Target};
use crate::register::{Person, Register};
use alloc::{boxed::Box, string::String, vec::Vec};
use protocol::decision::{BadDecision, Decision, Question, Verdict};
use protocol::dialogue::Step;
use protocol::firm_id::About;
use protocol::id::{ApprovalId, DealId, NetworkId, OperatingKey};
use protocol::money::Money;
use protocol::text::Name;
use protocol::time::{DAY_MS, Day, UnixMs};
use protocol::vocabulary::Role;

/// How long a question waits, in milliseconds: a week, so that an approver on holiday returns to most of them, and no longer
/// than an envelope lives.
pub const LAPSE_MS: u64 = 7 * DAY_MS;

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
}

/// Asks a question, if the policy lets anybody answer it and lets every field leave that would (`POL-1`).
pub fn ask(policy: &Rulebook, id: ApprovalId, matter: Matter, subject: Subject, now: UnixMs) -> Result<Event, Refusal> {
    let Matter { target, title, deal, to, step, amount, exposure, findings } = matter;
    let answer = who(policy, &target, step);
    if answer.roles.is_empty() {
        return Err(Refusal::NotAllowed { step, because: answer.because });
    }
    let leaves: Vec<_> = subject.leaves().into_iter().map(|(field, _, bytes)| (field, bytes)).collect();
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
        lapses: now.plus(LAPSE_MS),
    };
    Ok(Event::Asked(Box::new(Approval { id, summary, subject, status: Status::Waiting, agreed: None })))
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
    /// Everybody who may say yes now, by the policy and the register of this moment; whether another yes is there already does not
    /// matter.
    pub fn deciders<'a>(
        &'a self,
        (policy, register): (&'a Rulebook, &'a Register),
        target: &'a Target,
        today: Day,
    ) -> impl Iterator<Item = &'a Person> {
        let about = self.about();
        let certified = move |person: &&Person| {
            let certificate = &person.certificate.body;
            person.acts_on(today)
                && certificate.covers(&about)
                && person.roles().iter().any(|role| self.summary.roles.contains(role))
        };
        let people = register.people().filter(certified);
        people.filter(move |person| still_allowed(policy, self, person, target).is_ok())
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
            roles: &self.summary.roles,
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
    let roles = entitled(answer.roles.clone(), approval.summary.exposure);
    if person.roles().iter().any(|role| roles.contains(role)) {
        Ok(())
    } else if answer.roles.is_empty() {
        Err(Refusal::NotAllowed { step, because: answer.because })
    } else {
        Err(refusal(BadDecision::NotEntitled))
    }
}

/// Whether this yes is the last that is needed (`APR-5`). One yes is enough unless the question or the policy of this moment wants
/// two; the first of two counts as long as whoever gave it may still decide.
pub fn is_last(
    (policy, register): (&Rulebook, &Register),
    (approval, question): (&Approval, &Question<'_>),
    (person, target): (&Person, &Target),
    now: UnixMs,
) -> Result<bool, Refusal> {
    let people = who(policy, target, approval.summary.step).people.max(approval.summary.people);
    let Some(first) = approval.agreed.as_ref().filter(|_| people > 1) else { return Ok(people == 1) };
    let by = register.by_key(first.decision.person);
    let counts = by.is_some_and(|by| {
        first.decision.judge(question, &by.certificate, now) == Ok(Verdict::Approve)
            && still_allowed(policy, approval, by, target).is_ok()
    });
    match counts {
        true if first.by == person.id => Err(Refusal::OnePerson),
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
