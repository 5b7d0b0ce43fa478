//! What becomes of a question while nobody decides it, and why somebody said no (`APR-6`, `APR-7`).

use super::policy::{and, rule};
use super::*;
use firm::approvals::{Ground, Status, Why};
use firm::command::{BadDecisionRefusal, Refusal};
use firm::policy::{Permission, Says};
use firm::view::ApprovalView;

const DAY: u64 = 86_400_000;
const PLANNER: usize = 0;
const APPROVER: usize = 1;
const OWNER: usize = 2;

fn escalate(to: &[Role], days: u32) -> Says {
    Says::Escalate { step: Some(Step::Answer), days, to: to.to_vec() }
}

/// First words wait for the buyer's answer.
fn asked() -> (Duet, ApprovalId) {
    let duet = up_to_answer();
    let asked = duet.sides[BUYER].firm.approvals.waiting().find(|asked| asked.summary.step == Step::Answer);
    let id = asked.unwrap().id;
    (duet, id)
}

fn sleep(duet: &mut Duet, days: u64) {
    duet.at += days * DAY;
    duet.input(BUYER, Input::Woke);
}

fn times_asked(duet: &Duet, id: ApprovalId) -> usize {
    duet.sides[BUYER].asked.iter().filter(|asked| **asked == id).count()
}

fn shown(duet: &Duet, readers: &[Role], id: ApprovalId) -> ApprovalView {
    let View::Approval(view) = duet.sides[BUYER].firm.view(readers, &Query::Approval(id), UnixMs(duet.at)) else {
        panic!("a question")
    };
    *view
}

fn says(duet: &mut Duet, person: usize, id: ApprovalId, verdict: Verdict) -> Answer {
    let side = &duet.sides[BUYER];
    let Some(question) = side.firm.question(&id) else { return Answer::Refused(Refusal::NoSuchApproval) };
    let decision = Decision::sign(&question, verdict, &side.people[person].0);
    duet.input(BUYER, Input::Decided { ask: machine::Ask(0), decision });
    duet.sides[BUYER].answers.pop().expect("an answer")
}

#[test]
fn people_are_reminded_when_the_policy_says_and_once_however_long_they_were_away() {
    // APR-6
    let (mut duet, id) = asked();
    let when = |duet: &Duet| shown(duet, &[], id).waits.reminds.map(|at| (at.0 - START) / DAY);
    assert_eq!((times_asked(&duet, id), when(&duet)), (1, Some(3)), "without a rule after three days");
    sleep(&mut duet, 2);
    assert_eq!(times_asked(&duet, id), 1);
    sleep(&mut duet, 1);
    assert_eq!(times_asked(&duet, id), 2);
    sleep(&mut duet, 1);
    assert_eq!((times_asked(&duet, id), when(&duet)), (2, Some(7)));
    sleep(&mut duet, 3);
    assert_eq!((times_asked(&duet, id), when(&duet)), (3, None));
    let (mut duet, id) = asked();
    let mut policy = Policy::small_shop();
    policy.rules.push(rule(Says::Remind { step: None, days: vec![1, 2, 4, 6] }));
    duet.govern(BUYER, policy);
    sleep(&mut duet, 5);
    assert_eq!(times_asked(&duet, id), 2, "one reminder for three days missed");
    let waits = shown(&duet, &[], id).waits;
    assert!(waits.reminded.is_some() && waits.reminds.is_some_and(|at| at.0 >= START + 6 * DAY));
    duet.govern(BUYER, and(Says::Remind { step: Some(Step::Answer), days: vec![] }));
    assert_eq!(shown(&duet, &[], id).waits.reminds, None, "a policy that changed in between counts");
}

#[test]
fn nothing_approves_by_silence_reminder_or_escalation() {
    // APR-6, DEC-3
    let (mut duet, id) = asked();
    duet.govern(BUYER, and(escalate(&[Role::Planner], 2)));
    let said = |duet: &Duet| duet.sides[BUYER].firm.deals.all().map(|deal| deal.outbox.len()).sum::<usize>();
    (0..6).for_each(|_| sleep(&mut duet, 1));
    assert_eq!(said(&duet), 0);
    assert!(duet.sides[BUYER].firm.question(&id).is_some(), "it waits still");
    duet.at = shown(&duet, &[], id).lapses.0;
    duet.input(BUYER, Input::Woke);
    let asked = duet.sides[BUYER].firm.approvals.approval(&id).unwrap();
    assert_eq!((&asked.status, said(&duet)), (&Status::Lapsed, 0));
}

#[test]
fn a_question_that_waited_may_be_decided_by_the_next_role_if_the_rule_still_says_so() {
    // APR-6
    let (mut duet, id) = asked();
    duet.govern(BUYER, and(escalate(&[Role::Planner], 2)));
    let refused = Answer::Refused(Refusal::Decision(BadDecisionRefusal::NotEntitled));
    assert_eq!(says(&mut duet, PLANNER, id, Verdict::Approve), refused, "not yet");
    let waits = shown(&duet, &[], id).waits;
    let (_, to, because) = waits.escalates.unwrap();
    assert_eq!((to, because.rule, waits.escalated), (vec![Role::Planner], Some(5), false));
    sleep(&mut duet, 2);
    let view = shown(&duet, &[], id);
    assert!(view.waits.escalated && view.roles.contains(&Role::Planner) && view.roles.contains(&Role::Owner));
    assert!(view.decider(&"person-0".parse().unwrap()).is_some());
    // The owner changed the policy in between: whom it escalated to may not any more.
    duet.govern(BUYER, Policy::small_shop());
    assert_eq!(says(&mut duet, PLANNER, id, Verdict::Approve), refused);
    duet.govern(BUYER, and(escalate(&[Role::Planner], 2)));
    assert_eq!(says(&mut duet, PLANNER, id, Verdict::Approve), Answer::Decided);
}

#[test]
fn what_was_shown_before_an_escalation_can_still_be_decided_after_it() {
    let (mut duet, id) = asked();
    duet.govern(BUYER, and(escalate(&[Role::Planner], 2)));
    let side = &duet.sides[BUYER];
    let decision = Decision::sign(&side.firm.question(&id).unwrap(), Verdict::Approve, &side.people[APPROVER].0);
    sleep(&mut duet, 2);
    duet.input(BUYER, Input::Decided { ask: machine::Ask(0), decision });
    assert_eq!(duet.sides[BUYER].answers.pop(), Some(Answer::Decided));
}

#[test]
fn an_escalation_does_not_lift_a_denial() {
    let (mut duet, id) = asked();
    let mut policy = and(escalate(&[Role::Planner], 1));
    policy.rules.push(rule(Says::Decide { step: Some(Step::Answer), permission: Permission::Deny }));
    duet.govern(BUYER, policy);
    sleep(&mut duet, 2);
    assert!(!shown(&duet, &[], id).waits.escalated);
    for person in [PLANNER, APPROVER, OWNER] {
        assert!(matches!(says(&mut duet, person, id, Verdict::Approve), Answer::Refused(_)));
    }
}

#[test]
fn why_somebody_said_no_is_read_here_as_far_as_roles_go_and_never_leaves() {
    // APR-7: a no with a reason and a no without one look alike from outside.
    let talked = || {
        let (mut duet, id) = asked();
        assert_eq!(says(&mut duet, APPROVER, id, Verdict::Approve), Answer::Decided);
        let waiting = duet.sides[BUYER].firm.approvals.waiting();
        let viable = waiting.filter(|asked| asked.summary.step == Step::Viable).map(|asked| asked.id).next().unwrap();
        assert_eq!(says(&mut duet, PLANNER, viable, Verdict::Decline), Answer::Decided);
        (duet, viable)
    };
    let (silent, _) = talked();
    let (mut duet, id) = talked();
    let note = ShortText::new("The landing-gear audit is that week").ok();
    let why = Why { ground: Ground::Timing, note: note.clone() };
    let explain = |why: &Why| Command::Explain { approval: id, why: why.clone() };
    let by = |person: &str| Asker::Person(person.parse().unwrap());
    let others = duet.ask_by(BUYER, by("person-1"), explain(&why));
    assert_eq!(others, Answer::Refused(Refusal::NotDeclined), "only whoever declined says why");
    assert_eq!(duet.ask_by(BUYER, by("person-0"), explain(&why)), Answer::Done);
    assert_eq!(duet.ask_by(BUYER, by("person-0"), explain(&why)), Answer::Refused(Refusal::AsItIs));
    assert_eq!(duet.heard, silent.heard, "byte for byte what a no without a reason says");
    for (readers, reads) in [(Role::Owner, true), (Role::Approver, true), (Role::Auditor, true), (Role::Planner, false)]
    {
        let seen = shown(&duet, &[readers], id).declined.unwrap();
        assert_eq!((seen.ground, seen.note.is_some()), (Ground::Timing, reads), "{readers}");
    }
    assert!(!duet.knows(SUPPLIER, "landing-gear"));
}
