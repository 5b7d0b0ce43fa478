//! Standing rules: what is answered without a person, under whose word, how often, until when, and what no rule of this kind can do.

use super::hours::replay;
use super::matches::{enter, need, offer};
use super::policy::{and, rule, tell};
use super::*;
use firm::approvals::{Approval, Status};
use firm::audit::Row;
use firm::limits::{STANDING_ANSWERS_MAX, STANDING_DAYS_MAX};
use firm::matching::Band;
use firm::policy::{Because, Detail, Permission, Rule, Says, Scope};
use firm::register::PersonId;
use protocol::dialogue::Field;

const OWNER: usize = 2;

fn standing(weekly: u32, days: u32) -> Says {
    Says::Standing { fit: Band::Possible, weekly, until: UnixMs(START).day().plus(days) }
}

/// The buyer's notice is out, under this policy.
fn noticed(policy: Policy, need: ItemDraft) -> Duet {
    let mut duet = Duet::new();
    duet.govern(BUYER, policy);
    enter(&mut duet, BUYER, need);
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    duet
}

/// A machine of the supplier's that fits, and first words about it.
fn write(duet: &mut Duet) {
    enter(duet, SUPPLIER, offer());
    assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
}

fn asks(duet: &Duet) -> Vec<&Approval> {
    let all = duet.sides[BUYER].firm.approvals.all();
    all.filter(|asked| asked.summary.step == Step::Answer).collect()
}

/// How many first words were answered by a rule, and how many wait for a person.
fn seen(duet: &Duet) -> (usize, usize) {
    let all = asks(duet);
    let of = |is: fn(&Status) -> bool| all.iter().filter(|asked| is(&asked.status)).count();
    (of(|status| matches!(status, Status::Ruled(_))), of(|status| *status == Status::Waiting))
}

/// What came of first words under the small shop's rules and these.
fn after(rules: &[Says]) -> (usize, usize) {
    let mut policy = Policy::small_shop();
    policy.rules.extend(rules.iter().cloned().map(rule));
    let mut duet = noticed(policy, need());
    write(&mut duet);
    seen(&duet)
}

#[test]
fn what_fits_is_answered_without_a_person_under_an_owners_word_and_goes_no_further() {
    // POL-10, APR-8, DEC-4, AUD-1
    let mut duet = noticed(and(standing(5, 30)), need());
    let notified = duet.sides[BUYER].asked.len();
    write(&mut duet);
    assert_eq!(seen(&duet), (1, 0));
    let answered = asks(&duet)[0].clone();
    let because = Because { rule: Some(5), version: 2 };
    let owner: PersonId = format!("person-{OWNER}").parse().unwrap();
    assert!(matches!(&answered.status, Status::Ruled(ruled) if ruled.because == because && ruled.by == owner));
    let firm = &duet.sides[BUYER].firm;
    let rows: Vec<_> = firm.audit.rows().iter().map(|one| &one.row).filter(|row| row.step == Step::Answer).collect();
    assert_eq!(rows.len(), answered.summary.leaves.len());
    let why = |row: &Row| {
        (row.standing, row.rule, row.policy_version, row.policy, row.by.clone())
            == (Some(5), Some(1), 2, Some(firm.policy.hash()), owner.clone())
    };
    assert!(rows.iter().all(|row| why(row)), "{rows:?}");
    let View::Deal(view) = firm.view(&[], &Query::Deal(duet.deal(BUYER)), UnixMs(duet.at)) else { panic!("a deal") };
    assert_eq!(view.ruled.map(|ruled| ruled.because), Some(because));
    let told = duet.sides[SUPPLIER].firm.deals.all().next().unwrap().theirs.brief.clone();
    assert_eq!(told, firm.deals.all().next().unwrap().ours.brief, "it reached the supplier");
    // The next step is a person's.
    let new = &duet.sides[BUYER].asked[notified..];
    let steps: Vec<Step> = new.iter().map(|id| firm.approvals.approval(id).unwrap().summary.step).collect();
    assert_eq!((steps, duet.reached(BUYER)), (vec![Step::Viable], Step::Answer), "nobody was called about the answer");
    assert_eq!(firm.question(&answered.id).map(|_| ()), None, "there is nothing left to decide");
    replay(&mut duet);
}

#[test]
fn without_a_rule_that_counts_a_person_is_asked() {
    // POL-2, POL-10
    assert_eq!(after(&[]), (0, 1));
    assert_eq!(after(&[standing(0, 30)]), (0, 1));
    assert_eq!(after(&[standing(5, 30), standing(0, 30)]), (0, 1), "of two alike the one that answers less");
    let denied = Says::Decide { step: Some(Step::Answer), permission: Permission::Deny };
    assert_eq!(after(&[standing(5, 30), denied]), (0, 0), "what is denied looks like nobody there");
    let two = Says::Decide { step: Some(Step::Answer), permission: Permission::Two(vec![Role::Approver, Role::Owner]) };
    assert_eq!(after(&[standing(5, 30), two]), (0, 1), "two people are two people");
    let mut policy = and(standing(5, 30));
    policy.rules.push(Rule { number: 0, scope: Scope::Class(need().class), says: standing(0, 30) });
    let mut duet = noticed(policy, need());
    write(&mut duet);
    assert_eq!(seen(&duet), (0, 1), "the more particular rule counts");
}

#[test]
fn a_rule_is_over_after_its_last_day_and_with_the_owner_who_signed_it() {
    // POL-10
    let day = 86_400_000;
    for (later, expected) in [(2, (1, 0)), (3, (0, 1))] {
        let mut duet = noticed(and(standing(5, 2)), need());
        duet.at += later * day;
        write(&mut duet);
        assert_eq!(seen(&duet), expected, "after {later} days");
    }
    let mut duet = noticed(and(standing(5, 30)), need());
    let (key, _) = &duet.sides[BUYER].people[OWNER];
    let no_owner = Entrant {
        id: format!("person-{OWNER}").parse().unwrap(),
        name: name("Person"),
        key: PersonKey::of(key),
        roles: vec![Role::Signer],
        expires: Day(21_200),
        scope: vec![],
        limit: None,
    };
    let next = SigningKey::from_bytes(&[77; 32]);
    let heir = Entrant {
        id: "heir".parse().unwrap(),
        key: PersonKey::of(&next),
        roles: vec![Role::Owner],
        ..no_owner.clone()
    };
    assert_eq!(duet.enrol(BUYER, heir, OWNER), Answer::Done);
    duet.sides[BUYER].people.push((next, vec![Role::Owner]));
    assert_eq!(duet.enrol(BUYER, no_owner, 3), Answer::Done);
    write(&mut duet);
    assert_eq!(seen(&duet), (0, 1));
}

#[test]
fn the_last_answer_of_seven_days_goes_to_one_and_the_other_waits_whatever_is_restarted_or_signed_anew() {
    // APR-8
    let mut duet = noticed(and(standing(1, 30)), need());
    for _ in 0..2 {
        enter(&mut duet, SUPPLIER, offer());
    }
    duet.held = Some(Vec::new());
    for _ in 0..2 {
        assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
    }
    let both: Vec<_> = duet.held.take().unwrap().into_iter().map(|words| (None, words)).collect();
    assert_eq!(both.len(), 2);
    duet.input(BUYER, Input::Heard(both));
    assert_eq!(seen(&duet), (1, 1), "two in one moment");
    // Another version gives no more, nor does a restart.
    duet.govern(BUYER, and(standing(1, 60)));
    replay(&mut duet);
    duet.sides[BUYER].firm = duet.sides[BUYER].fresh.clone();
    duet.input(BUYER, Input::Started);
    write(&mut duet);
    assert_eq!(seen(&duet), (1, 2));
    duet.at += 7 * 86_400_000;
    [SUPPLIER, BUYER].into_iter().for_each(|at| duet.input(at, Input::Woke));
    write(&mut duet);
    assert_eq!(seen(&duet).0, 2, "seven days later there is one more");
}

#[test]
fn what_a_person_would_not_be_asked_about_or_should_read_first_is_not_answered() {
    // MAT-7, LNT-2, POL-7, POL-9
    let text = |text: &str| ItemDraft { experience: ShortText::new(text).ok(), ..need() };
    let mut duet = noticed(and(standing(5, 30)), text("Mandrels for Canary Works, in small numbers."));
    write(&mut duet);
    assert_eq!(seen(&duet), (0, 1), "a person reads a text that may give the firm away");
    let mut policy = conflicts::avoiding();
    policy.rules.push(rule(standing(5, 30)));
    let mut duet = noticed(policy, need());
    enter(&mut duet, SUPPLIER, conflicts::of_class(offer()));
    assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
    assert_eq!(seen(&duet), (0, 0), "an avoided class hears nothing");
}

#[test]
fn an_answer_of_a_rule_tells_what_the_policy_lets_be_told_and_the_next_version_ends_it() {
    let mut policy = and(standing(5, 30));
    policy.rules.push(rule(tell(Some(Step::Answer), &[Field::Hours, Field::Value], Detail::Nothing)));
    let mut duet = noticed(policy, need());
    write(&mut duet);
    let told = duet.sides[SUPPLIER].firm.deals.all().next().unwrap().theirs.brief.clone().unwrap();
    assert_eq!((told.value(Field::Hours), told.value(Field::Value)), (None, None));
    duet.govern(BUYER, Policy::small_shop());
    write(&mut duet);
    assert_eq!(seen(&duet), (1, 1));
}

#[test]
fn a_rule_without_an_end_in_sight_or_beyond_what_a_person_reads_in_passing_is_refused() {
    // POL-6
    let mut duet = Duet::new();
    let refused = |duet: &mut Duet, says: Says| {
        let policy = duet.worded(BUYER, and(says), OWNER);
        match duet.ask(BUYER, Command::Govern(Box::new(policy))) {
            Answer::Refused(refusal) => refusal.to_string(),
            other => panic!("{other:?}"),
        }
    };
    let today = UnixMs(START).day();
    let until = refused(&mut duet, standing(5, STANDING_DAYS_MAX + 1));
    assert!(until.contains(&format!("rule 5: until: write a day from {today} to {}", today.plus(365))), "{until}");
    let over = Says::Standing { fit: Band::Strong, weekly: 1, until: Day(today.0 - 1) };
    assert!(refused(&mut duet, over).contains("until: write a day from"));
    assert!(refused(&mut duet, standing(STANDING_ANSWERS_MAX + 1, 1)).contains("answers_a_week: write how many"));
    let ask = Says::Standing { fit: Band::Ask, weekly: 1, until: today };
    assert!(refused(&mut duet, ask).contains("standing: write strong, or possible"));
}

#[test]
fn what_waits_is_not_answered_by_a_later_rule_unless_the_new_version_has_it_asked_anew() {
    // APR-4, APR-8
    let mut duet = noticed(Policy::small_shop(), need());
    write(&mut duet);
    duet.govern(BUYER, and(standing(5, 30)));
    assert_eq!(seen(&duet), (0, 1), "somebody may be reading it");
    let mut policy = and(standing(5, 30));
    policy.rules.push(rule(tell(Some(Step::Answer), &[Field::Hours], Detail::Nothing)));
    duet.govern(BUYER, policy);
    assert_eq!(seen(&duet), (1, 0), "the question that said too much is over");
    let told = duet.sides[SUPPLIER].firm.deals.all().next().unwrap().theirs.brief.clone().unwrap();
    assert_eq!(told.value(Field::Hours), None);
}
