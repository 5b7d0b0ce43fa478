//! What the stories of skilled people, machines and space want of a policy can be said in a file, and says it.

use super::file::parse;
use firm::policy::{Bound, Detail, Policy, Rulebook, Target};
use firm::profile::Mode;
use protocol::{
    dialogue::{Field, Step},
    id::ItemId,
    money::Money,
    text::Name,
    vocabulary::{Process, ResourceClass, Role},
};

fn book(text: &str) -> Rulebook {
    let policy = Policy::default().followed_by(parse(text).unwrap());
    policy.check(|_| None).unwrap();
    Rulebook::of(policy)
}

fn about(class: ResourceClass, work: Process) -> Target {
    Target { item: ItemId([1; 8]), class, work }
}

#[test]
fn a_quality_manager_is_lent_for_six_hours_a_week() {
    let book = book(include_str!("../../tests/policies/quality-manager.toml"));
    let manager = about(ResourceClass::Expertise, Process::QualitySystems);
    assert_eq!(book.caps(&manager).iter().map(|cap| cap.hours).collect::<Vec<_>>(), [6]);
    assert_eq!(book.who(&manager, Step::Viable).roles, [Role::Expert], "she says herself what can be done");
    assert_eq!(book.loudness(&manager).mode, Mode::Coarse);
    let other = about(ResourceClass::Expertise, Process::Turning);
    assert!(book.caps(&other).is_empty());
}

#[test]
fn a_specialist_for_controls_never_works_for_the_employers_own_customers() {
    let book = book(include_str!("../../tests/policies/plc-specialist.toml"));
    let specialist = about(ResourceClass::Expertise, Process::QualitySystems);
    let name = |text: &str| Name::new(text).unwrap();
    assert!(book.excludes(&specialist, &name("prairie stamping ltd")));
    assert!(!book.excludes(&specialist, &name("Speed River Machine Builders Inc.")));
    assert!(!book.avoids_anybody(&about(ResourceClass::Machine, Process::Turning)), "the list is for this work");
    assert_eq!(book.bound(&specialist, Bound::Floor).unwrap().hourly, Money::cad(110));
}

#[test]
fn one_person_decides_about_the_offering_of_a_press_line_and_another_about_the_engagement() {
    let book = book(include_str!("../../tests/policies/press-line.toml"));
    let line = about(ResourceClass::MachineWithOperator, Process::Turning);
    assert_eq!(book.who(&line, Step::Advertise).roles, [Role::Approver]);
    assert_eq!(book.who(&line, Step::Start).roles, [Role::Signer]);
    assert_eq!(book.told(&line, Step::Interest, Field::Hours).detail, Detail::Band);
    assert_eq!(book.told(&line, Step::Answer, Field::Hours).detail, Detail::Exactly);
}

#[test]
fn two_people_let_the_name_of_an_employer_be_told_and_what_is_paid_stays_inside() {
    let book = book(include_str!("../../tests/policies/ot-security.toml"));
    let supervisor = about(ResourceClass::PersonHours, Process::QualitySystems);
    assert_eq!(book.who(&supervisor, Step::OptIn).people, 2);
    assert_eq!(book.told(&supervisor, Step::Interest, Field::Value).detail, Detail::Nothing);
    assert_eq!(book.caps(&supervisor)[0].hours, 12);
}

#[test]
fn an_owner_decides_alone_about_half_an_annex_and_says_only_the_larger_area() {
    let book = book(include_str!("../../tests/policies/annex.toml"));
    let annex = about(ResourceClass::Space, Process::Turning);
    assert_eq!(book.who(&annex, Step::Interest).roles, [Role::Owner]);
    for step in [Step::Interest, Step::Answer] {
        assert_eq!(book.told(&annex, step, Field::Area).detail, Detail::Band);
    }
    assert_eq!(book.told(&annex, Step::OptIn, Field::Street).detail, Detail::Exactly);
}
