use super::*;
use crate::matching::Band;
use crate::profile::Mode;
use alloc::boxed::Box;
use protocol::dialogue::{Field, Step};
use protocol::facts::Side;
use protocol::id::ItemId;
use protocol::money::{Currency, Money};
use protocol::text::Name;
use protocol::time::Day;
use protocol::vocabulary::{ConflictClass, Process, ResourceClass, Role};
use std::string::ToString;
use std::vec::Vec;

fn target(item: u8) -> Target {
    Target { item: ItemId([item; 8]), class: ResourceClass::Machine, work: Process::FiveAxisMilling }
}

fn rule(scope: Scope, says: Says) -> Rule {
    Rule { number: 0, scope, says }
}

fn decide(step: Option<Step>, permission: Permission) -> Says {
    Says::Decide { step, permission }
}

fn ask(role: Role) -> Permission {
    Permission::Ask([role].into())
}

fn tell(step: Option<Step>, fields: &[Field], detail: Detail) -> Says {
    Says::Tell { step, fields: fields.to_vec(), detail }
}

fn book(rules: Vec<Rule>) -> Rulebook {
    Rulebook::of(Policy::default().followed_by(Policy { rules, ..Policy::default() }))
}

#[test]
fn a_firm_without_rules_allows_nothing() {
    // POL-1
    let book = Rulebook::default();
    for step in Step::ALL {
        let answer = book.who(&target(1), step);
        assert!(answer.roles.is_empty() && answer.because.rule.is_none());
        assert_eq!(book.told(&target(1), step, Field::Hours).detail, Detail::Nothing);
    }
}

#[test]
fn the_most_particular_rule_wins_and_the_stricter_of_two_alike() {
    // POL-2, POL-3
    let class = Scope::Class(ResourceClass::Machine);
    let mut rules = [
        rule(Scope::Everything, decide(Some(Step::Interest), ask(Role::Signer))),
        rule(class, decide(None, ask(Role::Owner))),
        rule(class, decide(None, Permission::Two([Role::Owner].into()))),
        rule(class, decide(None, Permission::Deny)),
    ]
    .to_vec();
    let decided = |rules: &Vec<Rule>| book(rules.clone()).who(&target(1), Step::Interest).because.rule;
    assert_eq!(decided(&rules), Some(4), "a class goes before everything, and a denial wins ties");
    rules.pop();
    assert_eq!(decided(&rules), Some(3), "two people are stricter than one");
    rules.push(rule(Scope::Work(Process::FiveAxisMilling), decide(None, ask(Role::Approver))));
    assert_eq!(decided(&rules), Some(4), "a kind of work goes before a class");
    rules.push(rule(Scope::Item(ItemId([1; 8])), decide(None, ask(Role::Planner))));
    assert_eq!(decided(&rules), Some(5), "an item goes before all");
    rules.push(rule(Scope::Item(ItemId([1; 8])), decide(Some(Step::Interest), ask(Role::Owner))));
    assert_eq!(decided(&rules), Some(6), "a named step goes before any");
    assert_eq!(book(rules).who(&target(2), Step::Interest).because.rule, Some(4), "of another item none of it is said");
}

#[test]
fn a_field_is_told_as_the_most_particular_rule_says() {
    let book = book(
        [
            rule(Scope::Everything, tell(None, &[], Detail::Exactly)),
            rule(Scope::Everything, tell(Some(Step::Answer), &[], Detail::Band)),
            rule(Scope::Everything, tell(None, &[Field::Tolerance], Detail::Nothing)),
        ]
        .to_vec(),
    );
    let told = |step, field| book.told(&target(1), step, field).detail;
    assert_eq!(told(Step::Interest, Field::Hours), Detail::Exactly);
    assert_eq!(told(Step::Answer, Field::Hours), Detail::Band);
    assert_eq!(told(Step::Answer, Field::Tolerance), Detail::Nothing, "a named field goes before a named step");
}

#[test]
fn bounds_replace_each_other_and_caps_exclusions_and_avoided_classes_add_up() {
    // POL-2, POL-9
    let price = |bound, dollars| Says::Price { bound, hourly: Money::cad(dollars) };
    let name = |text: &str| Name::new(text).unwrap();
    let item = Scope::Item(ItemId([1; 8]));
    let book = book(
        [
            rule(Scope::Everything, price(Bound::Floor, 150)),
            rule(Scope::Everything, price(Bound::Ceiling, 120)),
            rule(item, price(Bound::Floor, 90)),
            rule(Scope::Everything, Says::Cap { hours: 40, per: Period::Month }),
            rule(item, Says::Cap { hours: 6, per: Period::Week }),
            rule(Scope::Everything, Says::Exclude(name("Prairie Stamping Ltd."))),
            rule(item, Says::Publish(Mode::Coarse)),
            rule(Scope::Everything, Says::Avoid([ConflictClass::Food, ConflictClass::Energy].into())),
            rule(item, Says::Avoid([ConflictClass::Mining].into())),
        ]
        .to_vec(),
    );
    let floor = |item| book.bound(&target(item), Bound::Floor).unwrap().hourly;
    assert_eq!((floor(1), floor(2)), (Money::cad(90), Money::cad(150)));
    assert_eq!(book.bound(&target(1), Bound::Ceiling).unwrap().hourly, Money::cad(120));
    assert_eq!((book.caps(&target(1)).len(), book.caps(&target(2)).len()), (2, 1));
    assert!(book.excludes(&target(1), &name("PRAIRIE  STAMPING, Ltd")), "whatever its case");
    assert!(!book.excludes(&target(1), &name("Prairie Stampings Ltd.")));
    let avoids = |item, class| book.avoids(&target(item), &[ConflictClass::Tooling, class]).and_then(|why| why.rule);
    assert_eq!([1, 2].map(|item| avoids(item, ConflictClass::Energy)), [Some(8); 2]);
    assert_eq!([1, 2].map(|item| avoids(item, ConflictClass::Mining)), [Some(9), None]);
    assert_eq!(book.avoids(&target(1), &[]), None, "who says nothing is not avoided by class");
    assert!(book.policy().rules[7..].iter().all(|rule| !rule.is_read_by(&[Role::Planner, Role::Expert])));
    assert_eq!((book.loudness(&target(1)).mode, book.loudness(&target(2)).mode), (Mode::Coarse, Mode::Open));
}

#[test]
fn a_price_is_split_to_the_cent_and_the_smaller_share_of_two_alike_holds() {
    let split = |expert_percent| Says::Split { expert_percent };
    let class = Scope::Class(ResourceClass::Machine);
    let book = book([rule(Scope::Everything, split(90)), rule(class, split(60)), rule(class, split(70))].to_vec());
    let split = book.split(&target(1)).unwrap();
    assert_eq!((split.expert_percent, split.because.rule), (60, Some(2)));
    assert_eq!(split.of(Money::cad(520)), Some([Money::cad(312), Money::cad(208)]));
    let odd = Money { minor: 101, currency: Currency::Cad };
    assert_eq!(split.of(odd).map(|shares| shares.map(|share| share.minor)), Some([61, 40]));
    let reads = |role| book.policy().rules[0].is_read_by(&[role]);
    assert!(reads(Role::Expert) && reads(Role::Owner) && !reads(Role::Planner));
}

#[test]
fn the_most_particular_rule_says_when_people_are_reminded_and_to_whom_it_escalates() {
    // POL-2, APR-6
    let remind = |step, days: &[u32]| Says::Remind { step, days: days.to_vec() };
    let escalate = |step, days, role: Role| Says::Escalate { step, days, to: [role].into() };
    let item = Scope::Item(ItemId([1; 8]));
    let book = book(
        [
            rule(Scope::Everything, decide(None, ask(Role::Approver))),
            rule(Scope::Everything, remind(Some(Step::Sign), &[1])),
            rule(Scope::Everything, escalate(None, 3, Role::Owner)),
            rule(Scope::Everything, escalate(Some(Step::Sign), 1, Role::Signer)),
            rule(item, remind(None, &[])),
            rule(item, decide(Some(Step::Terms), Permission::Deny)),
        ]
        .to_vec(),
    );
    let days = |item, step| book.reminders(&target(item), step).days;
    assert_eq!((days(2, Step::Answer), days(2, Step::Sign)), ([3, 7].to_vec(), [1].to_vec()));
    assert_eq!(days(1, Step::Sign), [] as [u32; 0], "of this one nobody is reminded");
    let to = |item, step| book.escalation(&target(item), step).map(|to| (to.days, to.to, to.because.rule));
    assert_eq!(to(2, Step::Answer), Some((3, [Role::Owner].to_vec(), Some(3))));
    assert_eq!(to(2, Step::Sign), Some((1, [Role::Signer].to_vec(), Some(4))));
    assert_eq!(to(1, Step::Terms), None, "what is denied stays denied");
}

#[test]
fn a_standing_rule_counts_where_one_person_may_decide_and_of_two_alike_the_one_that_answers_less() {
    // POL-2, POL-10
    let standing = |fit, weekly, until| Says::Standing { fit, weekly, until: Day(until) };
    let book = book(
        [
            rule(Scope::Everything, decide(None, ask(Role::Approver))),
            rule(Scope::Everything, standing(Band::Possible, 3, 100)),
            rule(Scope::Item(ItemId([1; 8])), standing(Band::Possible, 3, 100)),
            rule(Scope::Item(ItemId([1; 8])), standing(Band::Strong, 3, 200)),
            rule(Scope::Item(ItemId([2; 8])), decide(Some(Step::Answer), Permission::Two([Role::Owner].into()))),
            rule(Scope::Item(ItemId([3; 8])), decide(None, Permission::Deny)),
        ]
        .to_vec(),
    );
    let number = |item| book.standing(&target(item)).and_then(|rule| rule.because.rule);
    assert_eq!([1, 2, 3, 4].map(number), [Some(4), None, None, Some(2)]);
    let rule = book.standing(&target(1)).unwrap();
    let answers = |fit, given, day| rule.answers(fit, given, Day(day));
    assert!(answers(Band::Strong, 2, 200));
    assert!(!answers(Band::Possible, 2, 200) && !answers(Band::Strong, 3, 200) && !answers(Band::Strong, 2, 201));
}

#[test]
fn what_does_not_hold_together_is_refused_with_the_rule_and_the_field() {
    // POL-6
    let price = |bound, minor, currency| Says::Price { bound, hourly: Money { minor, currency } };
    let item = Scope::Item(ItemId([1; 8]));
    let remind = |days: &[u32]| Says::Remind { step: None, days: days.to_vec() };
    let escalate = |step| Says::Escalate { step: Some(step), days: 2, to: [Role::Owner].into() };
    let standing = |fit, weekly, until| rule(Scope::Everything, Says::Standing { fit, weekly, until: Day(until) });
    let cases: [(Rule, &str); 22] = [
        (standing(Band::Ask, 1, 20_000), "standing: write strong, or possible"),
        (standing(Band::Strong, 6, 20_000), "answers_a_week: write how many answers in any seven days, at most 5"),
        (standing(Band::Strong, 1, 19_999), "until: write a day from 2024-10-04 to 2025-10-04"),
        (standing(Band::Strong, 1, 20_366), "until: write a day from 2024-10-04 to 2025-10-04"),
        (rule(Scope::Everything, remind(&[3, 3])), "days: write days from 1 to 14, ascending"),
        (rule(Scope::Everything, remind(&[16])), "days: write days from 1 to 14"),
        (rule(Scope::Everything, escalate(Step::Sign)), "only from signer, so owner would decide in vain"),
        (rule(Scope::Everything, escalate(Step::OwnConsent)), "nobody is asked at the step own-consent"),
        (
            rule(Scope::Everything, decide(Some(Step::Reveal), ask(Role::Owner))),
            "decide: nobody is asked at the step reveal",
        ),
        (rule(Scope::Everything, decide(None, Permission::Two(Vec::new()))), "who: name at least one role"),
        (
            rule(Scope::Everything, decide(Some(Step::Sign), ask(Role::Owner))),
            "the other side takes what is said at sign only from signer, so owner would decide in vain",
        ),
        (rule(Scope::Everything, decide(Some(Step::Outcome), ask(Role::Expert))), "only from approver, owner, signer"),
        (
            rule(item, decide(None, ask(Role::Owner))),
            "decides sign as well, which the other side takes only from signer, so owner would decide in vain",
        ),
        (rule(Scope::Everything, tell(Some(Step::Match), &[], Detail::Band)), "at: no field leaves at the step match"),
        (
            rule(Scope::Everything, Says::Cap { hours: 0, per: Period::Week }),
            "cap_hours: a week has from 1 to 168 hours",
        ),
        (rule(Scope::Everything, Says::Cap { hours: 745, per: Period::Month }), "cap_hours: a month has from 1 to 744"),
        (rule(Scope::Everything, Says::Split { expert_percent: 101 }), "expert_percent: write how many of a hundred"),
        (rule(Scope::Everything, Says::Avoid(Vec::new())), "avoid: name at least one conflict class"),
        (rule(Scope::Everything, price(Bound::Floor, 0, Currency::Cad)), "price: write an amount for one hour"),
        (
            rule(Scope::Everything, price(Bound::Floor, 1, Currency::Usd)),
            "price: this rule is in Usd and an earlier one in Cad",
        ),
        (rule(item, price(Bound::Ceiling, 1, Currency::Cad)), "write price_at_least"),
        (rule(Scope::Item(ItemId([9; 8])), Says::Publish(Mode::Open)), "for: there is no resource or need 0909"),
    ];
    let side_of = |item: ItemId| (item == ItemId([1; 8])).then_some(Side::Offer);
    for (wrong, told) in cases {
        let rules = [rule(Scope::Everything, price(Bound::Floor, 100, Currency::Cad)), wrong].to_vec();
        let refused = Policy { rules, ..Policy::default() }.check(Day(20_000), side_of).unwrap_err();
        assert_eq!(refused.rule, 2);
        assert!(refused.to_string().contains(told), "{refused}");
    }
    for preset in Preset::ALL {
        assert_eq!((preset.policy().check(Day(20_000), side_of), preset.name().parse()), (Ok(()), Ok(preset)));
    }
}

#[test]
fn rules_of_an_older_journal_still_decide_and_tell_what_they_did() {
    let text = r#"{"governed":{"version":1,"rules":[
        {"number":1,"scope":"everything","step":null,"permission":{"ask":["approver","owner"]}},
        {"number":2,"scope":{"class":"machine"},"step":"sign","permission":"deny"}]}}"#;
    let event: Event = serde_json::from_str(text).unwrap();
    let mut book = Rulebook::default();
    book.apply(&event);
    assert_eq!(book.who(&target(1), Step::Interest).roles, [Role::Approver, Role::Owner]);
    assert_eq!(book.who(&target(1), Step::Sign).because, Because { rule: Some(2), version: 1 });
    let told = book.told(&target(1), Step::Answer, Field::Hours);
    assert_eq!((told.detail, told.because.rule), (Detail::Exactly, Some(3)), "written out as a rule of its own");
    let again = Event::Enacted(Box::new(book.policy().clone()));
    let bytes = minicbor_serde::to_vec(&again).unwrap();
    assert_eq!(minicbor_serde::from_slice::<Event>(&bytes).unwrap(), again);
}

#[test]
fn a_question_of_a_large_firm_looks_at_few_rules() {
    // 200 resources with eight rules each beside 60 for classes and everything.
    let mut rules = Policy::small_shop().rules;
    for n in 0..14 {
        rules.push(rule(
            Scope::Class(ResourceClass::ALL[n % 11]),
            decide(Some(Policy::STEPS[n % 10]), ask(Role::Owner)),
        ));
        rules
            .push(rule(Scope::Work(Process::FiveAxisMilling), tell(Some(Step::Answer), &[Field::Hours], Detail::Band)));
        rules.push(rule(Scope::Everything, Says::Exclude(Name::new(&std::format!("Firm number {n}")).unwrap())));
        rules.push(rule(Scope::Everything, tell(None, &[Field::Value], Detail::Band)));
    }
    for n in 0..200u8 {
        for at in 0..8 {
            let step = Some(Policy::STEPS[at]);
            rules.push(rule(Scope::Item(ItemId([n; 8])), decide(step, Permission::Two([Role::Signer].into()))));
        }
    }
    let book = book(rules);
    assert!(book.policy().rules.len() > 1_600);
    let looked_at = book.about(&target(7)).count();
    assert!(looked_at <= 64, "{looked_at} rules looked at");
}
