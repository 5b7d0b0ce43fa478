//! Steps to which two different people must say yes (`APR-5`).

use super::hours::replay;
use super::policy::and;
use super::*;
use firm::command::{BadDecisionRefusal, Refusal};
use firm::policy::{Permission, Says};

const APPROVER: usize = 1;
const OWNER: usize = 2;

/// The supplier, whose first words need two yeses, before anybody has said one.
fn asked() -> (Duet, ApprovalId) {
    let mut duet = Duet::new();
    let two = Permission::Two(vec![Role::Approver, Role::Owner]);
    duet.govern(SUPPLIER, and(Says::Decide { step: Some(Step::Interest), permission: two }));
    let offer = item(Side::Offer, Mode::Silent, 43_260_000, -79_870_000);
    let need = item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000);
    duet.ask(SUPPLIER, Command::Confide(Box::new(offer)));
    duet.ask(BUYER, Command::Confide(Box::new(need)));
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    let asked = duet.sides[SUPPLIER].firm.approvals.waiting().next().expect("asked").id;
    (duet, asked)
}

fn says(duet: &mut Duet, person: usize, approval: ApprovalId, verdict: Verdict) -> Answer {
    let side = &duet.sides[SUPPLIER];
    let Some(question) = side.firm.question(&approval) else { return Answer::Refused(Refusal::NoSuchApproval) };
    let decision = Decision::sign(&question, verdict, &side.people[person].0);
    duet.input(SUPPLIER, Input::Decided { ask: machine::Ask(0), decision });
    duet.sides[SUPPLIER].answers.pop().expect("an answer")
}

fn wrote(duet: &Duet) -> bool {
    duet.sides[BUYER].firm.deals.all().next().is_some()
}

#[test]
fn the_first_yes_lets_nothing_leave_and_the_second_of_another_person_does() {
    let (mut duet, asked) = asked();
    let heard = duet.heard.len();
    assert_eq!(says(&mut duet, APPROVER, asked, Verdict::Approve), Answer::NeedsPerson(asked));
    assert_eq!((wrote(&duet), duet.heard.len()), (false, heard));
    let again = says(&mut duet, APPROVER, asked, Verdict::Approve);
    assert_eq!(again, Answer::Refused(Refusal::OnePerson), "once more by the same person is no second yes");
    assert_eq!(says(&mut duet, OWNER, asked, Verdict::Approve), Answer::Decided);
    assert!(wrote(&duet));
    let late = says(&mut duet, APPROVER, asked, Verdict::Approve);
    assert_eq!(late, Answer::Refused(Refusal::NoSuchApproval));
    replay(&mut duet);
}

#[test]
fn a_no_of_either_ends_the_question() {
    let (mut duet, asked) = asked();
    says(&mut duet, APPROVER, asked, Verdict::Approve);
    assert_eq!(says(&mut duet, OWNER, asked, Verdict::Decline), Answer::Decided);
    assert_eq!(says(&mut duet, OWNER, asked, Verdict::Approve), Answer::Refused(Refusal::NoSuchApproval));
    assert!(!wrote(&duet));
}

#[test]
fn the_yes_of_somebody_who_left_counts_no_more() {
    let (mut duet, asked) = asked();
    says(&mut duet, APPROVER, asked, Verdict::Approve);
    duet.ask(SUPPLIER, Command::RevokePerson("person-1".parse().unwrap()));
    assert_eq!(
        says(&mut duet, OWNER, asked, Verdict::Approve),
        Answer::NeedsPerson(asked),
        "the owner's is the first now"
    );
    assert!(!wrote(&duet));
    let left = says(&mut duet, APPROVER, asked, Verdict::Approve);
    assert_eq!(left, Answer::Refused(Refusal::NoSuchPerson));
}

#[test]
fn the_policy_of_the_second_yes_decides_who_counts_and_how_many() {
    let (mut duet, asked) = asked();
    says(&mut duet, APPROVER, asked, Verdict::Approve);
    // Approvers may no longer: the first yes is worth nothing, and the owner's begins anew.
    let owners = Permission::Two(vec![Role::Owner, Role::Planner]);
    duet.govern(SUPPLIER, and(Says::Decide { step: Some(Step::Interest), permission: owners }));
    let refused = says(&mut duet, APPROVER, asked, Verdict::Approve);
    assert_eq!(refused, Answer::Refused(Refusal::Decision(BadDecisionRefusal::NotEntitled)));
    assert_eq!(says(&mut duet, OWNER, asked, Verdict::Approve), Answer::NeedsPerson(asked));
    // One person is enough by now, and two were asked for: two it stays.
    duet.govern(SUPPLIER, Policy::small_shop());
    assert_eq!(says(&mut duet, OWNER, asked, Verdict::Approve), Answer::Refused(Refusal::OnePerson));
    assert_eq!(says(&mut duet, APPROVER, asked, Verdict::Approve), Answer::Decided);
    assert!(wrote(&duet));
}

#[test]
fn a_question_for_one_needs_two_once_the_policy_says_so() {
    let (mut duet, _) = asked();
    duet.govern(SUPPLIER, Policy::small_shop());
    let need = item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000);
    duet.ask(SUPPLIER, Command::Confide(Box::new(need)));
    let waiting = duet.sides[SUPPLIER].firm.approvals.waiting();
    let advert = waiting.filter(|asked| asked.summary.step == Step::Advertise).map(|asked| asked.id).next().unwrap();
    let two = Permission::Two(vec![Role::Owner, Role::Approver]);
    duet.govern(SUPPLIER, and(Says::Decide { step: None, permission: two }));
    assert_eq!(says(&mut duet, OWNER, advert, Verdict::Approve), Answer::NeedsPerson(advert));
}
