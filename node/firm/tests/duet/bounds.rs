//! What the policy bounds, at the moment at which a deal would break it: hours, price, and to whom a name is told.

use super::hours::{booked, open, replay, up_to_names, up_to_terms};
use super::policy::{and, rule};
use super::*;
use firm::availability::{NotThere, Wanted};
use firm::command::Refusal;
use firm::policy::{Bound, Period, Says};
use protocol::dialogue::Field;

fn capped(hours: u32, per: Period) -> Policy {
    and(Says::Cap { hours, per })
}

#[test]
fn hours_are_held_and_committed_within_every_cap_and_a_refusal_names_the_next_week_with_room() {
    // AVL-6
    let mut duet = up_to_names();
    let item = open(&mut duet, 40);
    let mut policy = capped(16, Period::Week);
    policy.rules.push(rule(Says::Cap { hours: 50, per: Period::Month }));
    duet.govern(SUPPLIER, policy);
    assert!(matches!(propose(&mut duet, BUYER), Answer::NeedsPerson(_)));
    assert_eq!(duet.decide(BUYER, Step::Terms, Verdict::Approve), Answer::Decided);
    assert_eq!(booked(&duet, item), (57 * 60, 0), "the week of the third has 16, and so have the next ones");
    duet.approve_both(Step::Acknowledge);
    // The owner thinks again before anybody has signed.
    duet.govern(SUPPLIER, capped(10, Period::Week));
    let before = duet.sides[SUPPLIER].firm.digest();
    let refused = duet.decide(SUPPLIER, Step::Sign, Verdict::Approve);
    let Answer::Refused(Refusal::Calendar(NotThere::Capped { because, full })) = &refused else {
        panic!("{refused:?}")
    };
    assert_eq!((because.rule, because.version), (Some(5), 3));
    assert!(full.to_string().contains("at most 10 hours in a week, and the week of 2026-11-30 is full"), "{full}");
    assert_eq!(duet.sides[SUPPLIER].firm.digest(), before, "nothing happened, and the question stays open");
    let deal = duet.deal(SUPPLIER);
    let wanted = Wanted::Earliest { minutes: 40 * 60, weekly: None, first: Day(20_790), last: Day(20_820) };
    assert_eq!(duet.ask(SUPPLIER, Command::Hold { deal, wanted }), Answer::Done, "ten in each of four weeks");
    assert_eq!(duet.decide(SUPPLIER, Step::Sign, Verdict::Approve), Answer::Decided);
    assert_eq!(booked(&duet, item), (0, 40 * 60));
    replay(&mut duet);
}

#[test]
fn hours_that_nobody_counts_are_not_committed_under_a_cap() {
    // AVL-6
    let mut duet = up_to_names();
    duet.govern(SUPPLIER, capped(16, Period::Week));
    propose(&mut duet, BUYER);
    duet.decide(BUYER, Step::Terms, Verdict::Approve);
    duet.approve_both(Step::Acknowledge);
    let refused = duet.decide(SUPPLIER, Step::Sign, Verdict::Approve);
    assert!(matches!(refused, Answer::Refused(Refusal::Calendar(NotThere::Uncounted { .. }))), "{refused:?}");
    assert_eq!(duet.decide(BUYER, Step::Sign, Verdict::Approve), Answer::Decided, "a cap is for what a firm has");
}

#[test]
fn terms_outside_a_price_bound_are_neither_proposed_nor_signed_and_the_other_side_hears_nothing() {
    // POL-7: 45 hours at 220 and 12 at 125 are 200 an hour.
    let mut duet = up_to_names();
    let floor = |dollars| and(Says::Price { bound: Bound::Floor, hourly: Money::cad(dollars) });
    duet.govern(SUPPLIER, floor(201));
    let refused = propose(&mut duet, SUPPLIER);
    let Answer::Refused(refusal @ Refusal::Price { because }) = &refused else { panic!("{refused:?}") };
    assert_eq!(because.rule, Some(5));
    assert!(!refusal.to_string().contains("201"), "not every role may read the bound");
    propose(&mut duet, BUYER);
    duet.decide(BUYER, Step::Terms, Verdict::Approve);
    duet.approve_both(Step::Acknowledge);
    let heard = duet.heard.len();
    let refused = duet.decide(SUPPLIER, Step::Sign, Verdict::Approve);
    assert!(matches!(refused, Answer::Refused(Refusal::Price { .. })), "{refused:?}");
    assert_eq!(duet.heard.len(), heard, "a bound answers nobody");
    duet.govern(SUPPLIER, floor(200));
    assert_eq!(duet.decide(SUPPLIER, Step::Sign, Verdict::Approve), Answer::Decided);
    // A ceiling bounds what the firm needs.
    duet.govern(BUYER, and(Says::Price { bound: Bound::Ceiling, hourly: Money::cad(199) }));
    assert!(matches!(duet.decide(BUYER, Step::Sign, Verdict::Approve), Answer::Refused(Refusal::Price { .. })));
    let dollars = Money { currency: protocol::money::Currency::Usd, ..Money::cad(500) };
    duet.govern(BUYER, and(Says::Price { bound: Bound::Ceiling, hourly: dollars }));
    assert!(matches!(duet.decide(BUYER, Step::Sign, Verdict::Approve), Answer::Refused(Refusal::Price { .. })));
}

fn excluding(of: usize) -> Policy {
    and(Says::Exclude(name(&format!("CANARY works {} inc", of + 1))))
}

/// A deal up to both consents, under these policies.
fn up_to_keys(policies: [Option<Policy>; 2]) -> Duet {
    let mut duet = up_to_answer();
    for (at, policy) in policies.into_iter().enumerate() {
        if let Some(policy) = policy {
            duet.govern(at, policy);
        }
    }
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Viable);
    duet.approve_both(Step::OptIn);
    duet
}

pub(super) fn ended(duet: &Duet, at: usize) -> (bool, CloseReason) {
    let closed = duet.sides[at].firm.deals.all().next().unwrap().closed.clone().expect("it ended");
    assert_eq!(closed.note, None, "not even a note says why");
    (closed.by_us, closed.reason)
}

#[test]
fn whoever_keeps_a_list_goes_second_and_a_hit_ends_the_deal_with_nobody_seeing_the_name() {
    // POL-8, RVL-9: the supplier wrote first, and would tell its name first if it kept no list.
    for (keeps, avoided) in [(SUPPLIER, BUYER), (BUYER, SUPPLIER)] {
        let policies = [SUPPLIER, BUYER].map(|at| (at == keeps).then(|| excluding(avoided)));
        let mut duet = up_to_keys(policies);
        assert_eq!(ended(&duet, keeps), (true, CloseReason::Declined));
        assert_eq!(ended(&duet, avoided), (false, CloseReason::Declined), "as if a person had said no");
        for at in [SUPPLIER, BUYER] {
            let other = format!("Canary Works {} Inc.", 2 - at);
            assert!(!duet.knows(at, &other), "side {at} of a deal that {keeps} ended keeps the name of the other");
            let views = [Query::Deals, Query::Approvals, Query::Audit(firm::view::Rows::default())];
            let shown =
                views.map(|query| format!("{:?}", duet.sides[at].firm.view(Role::ALL, &query, UnixMs(duet.at))));
            assert!(!shown.concat().contains(&other));
        }
        replay(&mut duet);
    }
}

#[test]
fn a_list_that_does_not_name_the_other_side_only_changes_who_goes_first() {
    // RVL-9
    for policies in [[Some(excluding(5)), None], [None, Some(excluding(5))], [Some(excluding(5)), Some(excluding(5))]] {
        let mut duet = up_to_keys(policies);
        assert_eq!((duet.reached(SUPPLIER), duet.reached(BUYER)), (Step::Reveal, Step::Reveal));
        for at in [SUPPLIER, BUYER] {
            assert!(duet.knows(at, &format!("Canary Works {} Inc.", 2 - at)));
        }
        replay(&mut duet);
    }
}

#[test]
fn nobody_can_be_led_to_tell_a_name_out_of_turn() {
    // RVL-9: the other side's key counts only when it is its turn.
    let duet = up_to_keys([Some(excluding(5)), None]);
    let deal = duet.sides[SUPPLIER].firm.deals.all().next().unwrap();
    let (ours, theirs) = (deal.ours.opt_in.as_ref().unwrap(), deal.theirs.opt_in.as_ref().unwrap());
    assert!(ours.body.turn.is_some() && theirs.body.turn.is_none());
    assert_eq!(firm::deals::goes_first(deal), Some(protocol::dialogue::Position::Responder));
    let mut early = deal.clone();
    (early.ours.key, early.theirs.key) = (None, None);
    let key = Message::Key(deal.ours.key.clone().unwrap());
    let judged = |deal, ours| admissible(deal, &key, ours, (duet.genesis.id(), Catalogue::shared()), UnixMs(duet.at));
    assert_eq!(judged(&early, true), Err(Unfit::OutOfStep), "the initiator asked to be second");
    assert_eq!(judged(&early, false), Ok(()), "so the responder is first");
}

#[test]
fn no_row_of_the_audit_lacks_the_rule_that_let_its_field_be_told() {
    // AUD-1
    let (duet, _) = up_to_terms(20);
    for side in &duet.sides {
        let rows = side.firm.audit.rows();
        assert!(rows.iter().any(|chained| chained.row.field == Field::LegalName));
        for Chained { row, .. } in rows {
            let version = side.firm.policy.version(row.policy_version).unwrap();
            assert_eq!(row.policy, Some(version.hash()));
            for rule in [row.rule, row.told_by] {
                assert!(version.rule(rule.expect("a rule")).is_some(), "{row:?}");
            }
        }
    }
}
