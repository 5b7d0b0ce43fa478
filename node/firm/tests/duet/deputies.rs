//! Deputies, and everything that can change between showing and deciding (`DEP-1` to `DEP-4`, `APR-2`, `APR-5`).

use super::policy::and;
use super::*;
use firm::command::{BadDecisionRefusal, Refusal};
use firm::deputies::{Handover, Span};
use firm::policy::{Permission, Says};
use firm::view::DeputyState;

const DAY: u64 = 86_400_000;
const PLANNER: usize = 0;
const APPROVER: usize = 1;
const OWNER: usize = 2;

fn id(person: usize) -> firm::register::PersonId {
    format!("person-{person}").parse().unwrap()
}

fn span(duet: &Duet, days: u64) -> Span {
    Span { from: UnixMs(duet.at), until: UnixMs(duet.at + days * DAY) }
}

/// Has somebody of the buyer name somebody else a deputy.
fn name(duet: &mut Duet, by: usize, to: usize, roles: &[Role], span: Span) -> Answer {
    let side = &duet.sides[BUYER];
    let handover = Handover { to: id(to), roles: roles.to_vec(), scope: vec![], limit: None, span };
    let command = side.firm.hand_over(&id(by), handover, &side.people[by].0).unwrap();
    duet.ask(BUYER, command)
}

fn waiting(duet: &Duet, step: Step) -> ApprovalId {
    duet.sides[BUYER].firm.approvals.waiting().find(|asked| asked.summary.step == step).expect("asked").id
}

fn signed(duet: &Duet, person: usize, approval: ApprovalId) -> Decision {
    let side = &duet.sides[BUYER];
    Decision::sign(&side.firm.question(&approval).unwrap(), Verdict::Approve, &side.people[person].0)
}

fn decided(duet: &mut Duet, decision: Decision) -> Answer {
    duet.input(BUYER, Input::Decided { ask: machine::Ask(0), decision });
    duet.sides[BUYER].answers.pop().expect("an answer")
}

fn says(duet: &mut Duet, person: usize, approval: ApprovalId) -> Answer {
    let decision = signed(duet, person, approval);
    decided(duet, decision)
}

const NOT_ENTITLED: Answer = Answer::Refused(Refusal::Decision(BadDecisionRefusal::NotEntitled));

#[test]
fn a_deputy_decides_in_the_span_with_what_was_handed_over_and_the_audit_says_for_whom() {
    // DEP-1, DEP-2
    let mut duet = up_to_answer();
    let answer = waiting(&duet, Step::Answer);
    assert_eq!(says(&mut duet, PLANNER, answer), NOT_ENTITLED, "in her own right she may not");
    let soon = Span { from: UnixMs(duet.at + DAY), until: UnixMs(duet.at + 3 * DAY) };
    assert_eq!(name(&mut duet, APPROVER, PLANNER, &[], soon), Answer::Done);
    assert_eq!(says(&mut duet, PLANNER, answer), NOT_ENTITLED, "it has not begun");
    duet.at += DAY;
    let View::Approval(view) = duet.sides[BUYER].firm.view(&[], &Query::Approval(answer), UnixMs(duet.at)) else {
        panic!()
    };
    assert_eq!(view.decider(&id(PLANNER)).unwrap().for_whom, Some(id(APPROVER)));
    assert_eq!(view.decider(&id(OWNER)).unwrap().for_whom, None);
    assert_eq!(says(&mut duet, PLANNER, answer), Answer::Decided);
    let rows = duet.sides[BUYER].firm.audit.rows();
    let row = &rows.last().unwrap().row;
    assert_eq!((&row.by, &row.for_whom), (&id(PLANNER), &Some(id(APPROVER))));
    assert!(rows.iter().all(Chained::is_sound));
    for side in &mut duet.sides {
        side.records.iter().for_each(|record| side.fresh.apply(record));
        assert_eq!(side.fresh.digest(), side.firm.digest());
    }
}

#[test]
fn nobody_hands_over_more_than_they_have_nor_without_their_own_signature() {
    // DEP-1, DEP-3
    let mut duet = Duet::new();
    let days = span(&duet, 5);
    let refused = name(&mut duet, APPROVER, PLANNER, &[Role::Approver, Role::Signer], days);
    assert!(matches!(refused, Answer::Refused(Refusal::DeputyReach { .. })), "{refused:?}");
    assert_eq!(name(&mut duet, APPROVER, APPROVER, &[], days), Answer::Refused(Refusal::OwnDeputy));
    let long = span(&duet, 93);
    assert_eq!(name(&mut duet, APPROVER, PLANNER, &[], long), Answer::Refused(Refusal::DeputySpan));
    let over = Span { from: UnixMs(duet.at - 2 * DAY), until: UnixMs(duet.at - DAY) };
    assert_eq!(name(&mut duet, APPROVER, PLANNER, &[], over), Answer::Refused(Refusal::DeputySpan));
    // Signed by somebody else, or used twice.
    let side = &duet.sides[BUYER];
    let handover = Handover { to: id(PLANNER), roles: vec![Role::Owner], scope: vec![], limit: None, span: days };
    let forged = side.firm.hand_over(&id(OWNER), handover.clone(), &side.people[APPROVER].0).unwrap();
    let once = side.firm.hand_over(&id(OWNER), handover, &side.people[OWNER].0).unwrap();
    assert_eq!(duet.ask(BUYER, forged), Answer::Refused(Refusal::OtherDeputy));
    assert_eq!(duet.ask(BUYER, once.clone()), Answer::Done);
    assert_eq!(duet.ask(BUYER, once), Answer::Refused(Refusal::OtherDeputy));
    // A deputy names no deputy: what was handed over is not the deputy's own to hand over.
    let refused = name(&mut duet, PLANNER, APPROVER, &[Role::Owner], days);
    assert!(matches!(refused, Answer::Refused(Refusal::DeputyReach { .. })), "{refused:?}");
    // And decides questions only: an owner's deputy neither governs nor enrols.
    let refused = duet.ask_by(BUYER, Asker::Person(id(PLANNER)), Command::Relay { serve: false });
    assert!(matches!(refused, Answer::Refused(Refusal::NotYours { .. })), "{refused:?}");
}

#[test]
fn two_people_are_not_somebody_and_their_own_deputy() {
    // DEP-4
    let asked = || {
        let two = Permission::Two(vec![Role::Owner, Role::Approver]);
        let mut duet = up_to_answer();
        duet.govern(BUYER, and(Says::Decide { step: Some(Step::Answer), permission: two }));
        let days = span(&duet, 5);
        assert_eq!(name(&mut duet, APPROVER, PLANNER, &[], days), Answer::Done);
        let question = waiting(&duet, Step::Answer);
        (duet, question, days)
    };
    // The principal first, then the deputy for the same principal.
    let (mut duet, question, _) = asked();
    assert_eq!(says(&mut duet, APPROVER, question), Answer::NeedsPerson(question));
    assert_eq!(says(&mut duet, PLANNER, question), Answer::Refused(Refusal::OnePerson));
    assert_eq!(says(&mut duet, OWNER, question), Answer::Decided);
    // The deputy first, then the principal.
    let (mut duet, question, _) = asked();
    assert_eq!(says(&mut duet, PLANNER, question), Answer::NeedsPerson(question));
    assert_eq!(says(&mut duet, APPROVER, question), Answer::Refused(Refusal::OnePerson));
    // A deputy of both counts once still.
    let (mut duet, question, days) = asked();
    assert_eq!(name(&mut duet, OWNER, PLANNER, &[Role::Owner], days), Answer::Done);
    assert_eq!(says(&mut duet, PLANNER, question), Answer::NeedsPerson(question));
    assert_eq!(says(&mut duet, PLANNER, question), Answer::Refused(Refusal::OnePerson));
    assert_eq!(says(&mut duet, OWNER, question), Answer::Decided, "the first yes was the approver's");
}

#[test]
fn a_first_yes_of_a_deputy_counts_no_more_once_the_span_is_over() {
    // DEP-2, APR-5
    let two = Permission::Two(vec![Role::Owner, Role::Approver]);
    let mut duet = up_to_answer();
    duet.govern(BUYER, and(Says::Decide { step: Some(Step::Answer), permission: two }));
    let answer = waiting(&duet, Step::Answer);
    let days = span(&duet, 1);
    assert_eq!(name(&mut duet, APPROVER, PLANNER, &[], days), Answer::Done);
    assert_eq!(says(&mut duet, PLANNER, answer), Answer::NeedsPerson(answer));
    duet.at += 2 * DAY;
    assert_eq!(says(&mut duet, OWNER, answer), Answer::NeedsPerson(answer), "the owner's is the first now");
    assert_eq!(says(&mut duet, APPROVER, answer), Answer::Decided);
}

#[test]
fn whatever_ends_between_showing_and_deciding_ends_the_right_to_decide() {
    // DEP-2: the span, an early end by either, the principal's role, the principal's entry.
    let shown = |days: u64| {
        let mut duet = up_to_answer();
        let answer = waiting(&duet, Step::Answer);
        let days = span(&duet, days);
        assert_eq!(name(&mut duet, APPROVER, PLANNER, &[], days), Answer::Done);
        let decision = signed(&duet, PLANNER, answer);
        (duet, decision)
    };
    let (mut duet, decision) = shown(1);
    duet.at += DAY + 1;
    assert_eq!(decided(&mut duet, decision), Answer::Refused(Refusal::DeputyOver));
    for by in [APPROVER, PLANNER, OWNER] {
        let (mut duet, decision) = shown(5);
        assert_eq!(duet.ask_by(BUYER, Asker::Person(id(by)), Command::EndDeputy(1)), Answer::Done);
        assert_eq!(decided(&mut duet, decision), Answer::Refused(Refusal::DeputyOver));
        let again = duet.ask_by(BUYER, Asker::Person(id(by)), Command::EndDeputy(1));
        assert_eq!(again, Answer::Refused(Refusal::AsItIs));
    }
    let (mut duet, decision) = shown(5);
    duet.revoke(BUYER, APPROVER);
    assert_eq!(decided(&mut duet, decision), NOT_ENTITLED, "who left has nobody deciding for them");
    let View::Deputies(deputies) = duet.sides[BUYER].firm.view(&[], &Query::Deputies, UnixMs(duet.at)) else {
        panic!()
    };
    assert_eq!(deputies[0].state, DeputyState::Idle);
    let (mut duet, decision) = shown(5);
    duet.revoke(BUYER, PLANNER);
    assert_eq!(decided(&mut duet, decision), Answer::Refused(Refusal::NoSuchPerson));
    let (mut duet, decision) = shown(5);
    duet.govern(BUYER, and(Says::Decide { step: Some(Step::Answer), permission: Permission::Ask(vec![Role::Owner]) }));
    assert_eq!(decided(&mut duet, decision), NOT_ENTITLED, "the policy of this moment counts");
    assert_eq!(
        duet.ask_by(BUYER, Asker::Person(id(APPROVER)), Command::EndDeputy(7)),
        Answer::Refused(Refusal::NoSuchDeputy)
    );
}

#[test]
fn of_two_approvers_at_once_one_decides_and_the_other_is_told() {
    // APR-2
    let mut duet = up_to_answer();
    let answer = waiting(&duet, Step::Answer);
    let both = [signed(&duet, APPROVER, answer), signed(&duet, OWNER, answer)];
    let heard = duet.heard.len();
    let [first, second] = both.map(|decision| decided(&mut duet, decision));
    assert_eq!((first, second), (Answer::Decided, Answer::Refused(Refusal::NoSuchApproval)));
    assert_eq!(duet.heard.len(), heard + 1, "it left once");
}

#[test]
fn a_deputy_signs_with_a_role_that_the_other_side_takes() {
    // DEP-1, TRM-2: the certificate that travels says signer, for this deputy's key.
    let mut duet = up_to_answer();
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Viable);
    duet.approve_both(Step::OptIn);
    assert!(matches!(propose(&mut duet, SUPPLIER), Answer::NeedsPerson(_)));
    assert_eq!(duet.decide(SUPPLIER, Step::Terms, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Acknowledge);
    let days = span(&duet, 5);
    assert_eq!(name(&mut duet, OWNER, APPROVER, &[Role::Signer], days), Answer::Done);
    let sign = waiting(&duet, Step::Sign);
    assert_eq!(says(&mut duet, APPROVER, sign), Answer::Decided);
    assert_eq!(duet.decide(SUPPLIER, Step::Sign, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.reached(SUPPLIER), Step::Sign, "the supplier took the deputy's signature");
}
