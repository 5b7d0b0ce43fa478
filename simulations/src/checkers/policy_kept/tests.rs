use super::*;
use crate::checkers::told;
use ed25519_dalek::SigningKey;
use firm::deputies::{self, Delegation, Span, Word};
use protocol::id::{FirmId, PersonKey};
use protocol::time::Day;

fn events(records: &mut [Record]) -> impl Iterator<Item = &mut Event> {
    records.iter_mut().filter_map(|record| match record {
        Record::Firm(firm::record::Record { event, .. }) => Some(event),
        Record::Sponsor(_) => None,
    })
}

fn found(change: impl FnMut(&mut Vec<Record>)) -> Vec<String> {
    let mut journals = told::idle_shift();
    journals.change("supplier", change);
    journals.found(PolicyKept::default())
}

fn tells(found: &[String], what: &str) {
    assert!(found.iter().any(|one| one.contains(what)), "{what} in {found:?}");
}

#[test]
fn in_an_honest_story_every_field_has_its_rules_and_its_row() {
    assert_eq!(told::idle_shift().found(PolicyKept::default()), [] as [&str; 0]);
}

#[test]
fn a_field_without_a_row_and_a_row_with_other_rules_are_caught() {
    let dropped = found(|records| {
        for event in events(records) {
            if let Event::Audit(audit::Event::Left(rows)) = event {
                rows.retain(|row| row.field != Field::LegalName);
            }
        }
    });
    tells(&dropped, "legal-name left and has no row");
    let renamed = found(|records| {
        for event in events(records) {
            if let Event::Audit(audit::Event::Left(rows)) = event {
                rows.iter_mut().for_each(|row| row.told_by = Some(1));
            }
        }
    });
    tells(&renamed, "names rules");
}

#[test]
fn what_a_policy_does_not_let_leave_is_caught() {
    let silent = found(|records| {
        for event in events(records) {
            if let Event::Policy(policy::Event::Enacted(policy)) = event {
                for rule in &mut policy.rules {
                    if let Says::Tell { detail, .. } = &mut rule.says {
                        *detail = Detail::Nothing;
                    }
                }
            }
        }
    });
    tells(&silent, "names another policy");
    let forbidden = found(|records| {
        for event in events(records) {
            if let Event::Policy(policy::Event::Enacted(policy)) = event {
                policy.rules[0].says =
                    Says::Decide { step: None, permission: Permission::Two([Role::Approver].into()) };
                policy.rules[2].says = Says::Decide { step: Some(Step::Sign), permission: Permission::Deny };
            }
        }
    });
    tells(&forbidden, "alone said yes to opt-in, for which two must");
    tells(&forbidden, "said yes to sign, which is denied");
}

#[test]
fn a_name_that_is_excluded_and_shown_is_caught() {
    let shown = found(|records| {
        for event in events(records) {
            if let Event::Policy(policy::Event::Enacted(policy)) = event {
                let name = Name::new("GRAND RIVER robotics, integration inc").unwrap();
                policy.rules.push(Rule { number: 9, scope: Scope::Everything, says: Says::Exclude(name) });
            }
        }
    });
    tells(&shown, "a name that the policy excludes was shown");
}

#[test]
fn a_conflict_class_that_is_avoided_and_reaches_a_person_is_caught() {
    let mut journals = told::played("idle-shift", |story| {
        let buyer = story.firms.iter_mut().find(|firm| firm.id == "buyer").unwrap();
        buyer.items[0].entry.conflict_classes = vec![ConflictClass::RoboticsAutomation];
    });
    assert_eq!(journals.found(PolicyKept::default()), [] as [&str; 0]);
    journals.change("supplier", |records| {
        for event in events(records) {
            if let Event::Policy(policy::Event::Enacted(policy)) = event {
                let says = Says::Avoid([ConflictClass::Energy, ConflictClass::RoboticsAutomation].into());
                policy.rules.push(Rule { number: 9, scope: Scope::Everything, says });
            }
        }
    });
    tells(&journals.found(PolicyKept::default()), "a conflict class that the policy avoids reached a person");
}

#[test]
fn an_answer_without_asking_is_caught_without_its_rule_past_the_limit_past_the_day_and_without_a_row() {
    let found = |change: &dyn Fn(&mut Event)| {
        let mut journals = told::with_a_standing_rule(told::STANDING);
        journals.change("buyer", |records| events(records).for_each(change));
        journals.found(PolicyKept::default())
    };
    let under = |change: &dyn Fn(&mut Vec<Rule>)| {
        found(&|event| {
            if let Event::Policy(policy::Event::Enacted(policy)) = event {
                change(&mut policy.rules);
            }
        })
    };
    assert_eq!(found(&|_| {}), [] as [&str; 0]);
    tells(&under(&|rules| drop(rules.pop())), "without a standing rule");
    let standing = |weekly, until| Says::Standing { fit: Band::Possible, weekly, until };
    let rewritten = |says: Says| under(&|rules| rules.last_mut().unwrap().says = says.clone());
    let day = told::STORY_DAY;
    let before = Day(day.0 - 1);
    assert!(!rewritten(standing(1, day)).iter().any(|one| one.contains("answered")), "its last day counts");
    tells(&rewritten(standing(1, before)), "answered without asking after 20");
    tells(&rewritten(standing(0, day)), "answered without asking, after 0 in seven days");
    let two = Permission::Two([Role::Approver].into());
    let two = Says::Decide { step: Some(Step::Answer), permission: two };
    tells(&under(&|rules| rules[0].says = two.clone()), "what is denied or needs two");
    let poor = found(&|event| {
        if let Event::Deals(deals::Event::Opened { report, .. }) = event {
            report.band = Band::Ask;
        }
    });
    tells(&poor, "fits less than the rule wants");
    let unnamed = found(&|event| {
        if let Event::Audit(audit::Event::Left(rows)) = event {
            rows.iter_mut().for_each(|row| row.standing = None);
        }
    });
    tells(&unnamed, "names standing rule None");
    let mut twice = told::with_a_standing_rule(told::STANDING);
    twice.change("buyer", |records| {
        let again = records.iter().position(told::is_ruled);
        again.into_iter().for_each(|at| records.insert(at, records[at].clone()));
    });
    tells(&twice.found(PolicyKept::default()), "answered without asking, after 1 in seven days");
}

#[test]
fn a_deputy_counts_while_named_and_no_longer() {
    let with = |until: Option<u64>| {
        found(|records| {
            let mut entered = false;
            for event in events(records) {
                let Event::Register(register::Event::Enrolled(person)) = event else { continue };
                let roles = &mut person.certificate.body.roles;
                match person.id.as_str() {
                    "operations" => *roles = vec![Role::Planner],
                    "owner" => roles.push(Role::Approver),
                    _ => {}
                }
                entered = true;
            }
            let (Some(until), true) = (until.map(UnixMs), entered) else { return };
            let key = SigningKey::from_bytes(&[1; 32]);
            let delegation = Delegation {
                number: 1,
                by: "owner".parse().unwrap(),
                key: PersonKey::of(&key),
                to: "operations".parse().unwrap(),
                roles: vec![Role::Approver],
                scope: Vec::new(),
                limit: None,
                span: Span { from: UnixMs(0), until },
            };
            let word = Word::sign(FirmId([0; 32]), &delegation, &key);
            let named = Event::Deputies(deputies::Event::Named { delegation, word });
            let mut also = records[0].clone();
            *events(core::slice::from_mut(&mut also)).next().unwrap() = named;
            records.push(also);
        })
    };
    const OTHERS: &str = "operations said yes to opt-in, for which the policy names others";
    tells(&with(None), OTHERS);
    assert_eq!(with(Some(u64::MAX)), [] as [&str; 0]);
    tells(&with(Some(1)), OTHERS);
}
