//! Conflict classes: what says one that is avoided reaches no person here, and nothing of that is seen outside.

use super::bounds::ended;
use super::hours::replay;
use super::matches::{enter, need, offer};
use super::policy::{and, rule, tell};
use super::*;
use firm::command::Refusal;
use firm::policy::{Detail, Says};
use firm::profile::BadItem;
use firm::view::Rows;
use protocol::dialogue::Field;
use protocol::vocabulary::ConflictClass;

const CLASS: ConflictClass = ConflictClass::AutomotiveMaker;

pub(super) fn avoiding() -> Policy {
    and(Says::Avoid(vec![ConflictClass::Mining, CLASS]))
}

pub(super) fn of_class(draft: ItemDraft) -> ItemDraft {
    ItemDraft { conflict_classes: vec![CLASS, ConflictClass::Food], ..draft }
}

/// How many matches and waiting questions a side has, and how many adverts it compared in vain.
fn seen(duet: &Duet, at: usize) -> (usize, usize, u32) {
    let firm = &duet.sides[at].firm;
    let View::Unmet(unmet) = firm.view(Role::ALL, &Query::Unmet(None), UnixMs(duet.at)) else { panic!("a view") };
    let compared = unmet.iter().map(|view| view.unmet.compared).sum();
    (firm.matches.all().count(), firm.approvals.waiting().count(), compared)
}

fn advertise(duet: &mut Duet, draft: ItemDraft) {
    enter(duet, BUYER, draft);
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
}

#[test]
fn an_advert_of_an_avoided_class_is_neither_matched_nor_counted_and_is_found_when_the_rule_goes() {
    // POL-9, whichever comes first: the advert or the item that it would fit.
    for advert_first in [true, false] {
        let mut duet = Duet::new();
        duet.govern(SUPPLIER, avoiding());
        if advert_first {
            advertise(&mut duet, of_class(need()));
            enter(&mut duet, SUPPLIER, offer());
        } else {
            enter(&mut duet, SUPPLIER, offer());
            advertise(&mut duet, of_class(need()));
        }
        assert_eq!(seen(&duet, SUPPLIER), (0, 0, 0));
        let firm = &duet.sides[SUPPLIER].firm;
        let advert = firm.market.others().next().unwrap().0.id();
        let contact = Command::Contact { item: firm.profile.live().next().unwrap().id, advert };
        assert_eq!(duet.ask(SUPPLIER, contact), Answer::Refused(Refusal::NoSuchMatch), "nobody can ask for it either");
        duet.govern(SUPPLIER, Policy::small_shop());
        assert_eq!(seen(&duet, SUPPLIER), (1, 1, 0));
        let heard = duet.heard.len();
        duet.govern(SUPPLIER, avoiding());
        assert_eq!(seen(&duet, SUPPLIER), (0, 0, 0), "a match and its question end when a rule avoids them");
        assert_eq!(duet.heard.len(), heard);
        replay(&mut duet);
    }
}

#[test]
fn who_says_no_class_or_another_one_is_not_avoided() {
    for classes in [vec![], vec![ConflictClass::AutomotiveSupplier]] {
        let mut duet = Duet::new();
        duet.govern(SUPPLIER, avoiding());
        enter(&mut duet, SUPPLIER, offer());
        advertise(&mut duet, ItemDraft { conflict_classes: classes, ..need() });
        assert_eq!(seen(&duet, SUPPLIER), (1, 1, 0));
    }
}

#[test]
fn a_class_that_only_the_answer_says_ends_the_deal_before_anybody_reads_it() {
    // POL-9: the buyer tells its class to matched parties and not to everybody.
    let mut duet = Duet::new();
    duet.govern(SUPPLIER, avoiding());
    duet.govern(BUYER, and(tell(Some(Step::Advertise), &[Field::ConflictClasses], Detail::Nothing)));
    enter(&mut duet, SUPPLIER, offer());
    advertise(&mut duet, of_class(need()));
    let (_, body) = duet.sides[SUPPLIER].firm.market.others().next().expect("an advert");
    assert_eq!(body.facts.conflict_classes, []);
    assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
    let heard = duet.heard.len();
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    assert_eq!(
        duet.sides[BUYER].firm.deals.all().next().unwrap().ours.brief.as_ref().unwrap().conflict_classes().len(),
        2
    );
    assert_eq!(duet.heard.len(), heard + 1, "the answer, and nothing back");
    assert_eq!(ended(&duet, SUPPLIER), (true, CloseReason::Declined));
    assert_eq!(duet.sides[SUPPLIER].firm.approvals.waiting().count(), 0);
    replay(&mut duet);
}

#[test]
fn a_rule_that_comes_later_ends_first_words_in_silence_and_a_deal_like_any_other_no() {
    // POL-9
    for answered in [false, true] {
        let mut duet = Duet::new();
        enter(&mut duet, SUPPLIER, of_class(offer()));
        advertise(&mut duet, need());
        assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
        if answered {
            assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
            duet.approve_both(Step::Viable);
        }
        let heard = duet.heard.len();
        duet.govern(BUYER, avoiding());
        assert_eq!(duet.sides[BUYER].firm.approvals.waiting().count(), 0);
        assert_eq!(ended(&duet, BUYER), (true, CloseReason::Declined));
        if answered {
            assert_eq!(ended(&duet, SUPPLIER), (false, CloseReason::Declined), "as if a person had said no");
        } else {
            assert_eq!(duet.heard.len(), heard);
        }
        replay(&mut duet);
    }
    // Once names are known, people decide.
    let mut duet = hours::up_to_names();
    duet.govern(BUYER, avoiding());
    assert!(duet.sides[BUYER].firm.deals.all().all(|deal| deal.is_open()));
}

#[test]
fn a_class_leaves_as_any_field_does_or_not_at_all() {
    // POL-1, AUD-1
    let mut duet = Duet::new();
    advertise(&mut duet, of_class(need()));
    let (_, body) = duet.sides[SUPPLIER].firm.market.others().next().expect("an advert");
    assert_eq!(body.facts.conflict_classes, [CLASS, ConflictClass::Food]);
    let View::Audit(audit) = duet.sides[BUYER].firm.view(Role::ALL, &Query::Audit(Rows::default()), UnixMs(duet.at))
    else {
        panic!("an audit")
    };
    assert!(format!("{audit:?}").contains("ConflictClasses"), "{audit:?}");

    let mut duet = Duet::new();
    for at in [SUPPLIER, BUYER] {
        duet.govern(at, and(tell(None, &[Field::ConflictClasses], Detail::Nothing)));
    }
    enter(&mut duet, SUPPLIER, of_class(offer()));
    advertise(&mut duet, of_class(need()));
    assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
    let (_, body) = duet.sides[SUPPLIER].firm.market.others().next().expect("an advert");
    assert_eq!(body.facts.conflict_classes, []);
    let told = duet.sides[BUYER].firm.deals.all().next().unwrap().theirs.brief.clone().unwrap();
    assert_eq!(told.conflict_classes(), []);

    let many = ItemDraft { conflict_classes: ConflictClass::ALL[..5].to_vec(), ..offer() };
    let refused = duet.ask(SUPPLIER, Command::Confide(Box::new(many)));
    assert_eq!(refused, Answer::Refused(Refusal::Item(BadItem::ConflictClasses)));
}

#[test]
fn trying_a_need_out_names_the_rule_that_avoids_it_to_those_who_may_read_it() {
    // POL-3, POL-9
    let mut duet = Duet::new();
    let mut policy = avoiding();
    policy.rules.push(rule(Says::Avoid(vec![ConflictClass::Energy])));
    duet.govern(SUPPLIER, policy);
    enter(&mut duet, SUPPLIER, offer());
    let query = Query::DryRun { theirs: Box::new(of_class(need())), policy: None };
    for (readers, named) in [(&[Role::Owner][..], Some((Some(5), 2))), (&[Role::Planner][..], None)] {
        let View::DryRun(tried) = duet.sides[SUPPLIER].firm.view(readers, &query, UnixMs(duet.at)) else { panic!() };
        let [tried] = tried.as_slice() else { panic!("one resource") };
        assert!(!tried.is_match);
        assert_eq!(tried.avoided.map(|because| (because.rule, because.version)), named);
        let rules: Vec<Option<u32>> = tried.explanation.avoided.iter().map(|one| one.because.rule).collect();
        assert_eq!(rules, if named.is_some() { vec![Some(5), Some(6)] } else { vec![] });
        assert!(tried.explanation.avoided_set);
    }
}
