//! S4, PLC specialist: a share of the price, and customers who are never served.

use crate::as_told;
use firm::approvals::Subject;
use firm::view::{Query, View};
use protocol::dialogue::CloseReason;
use protocol::money::Money;
use protocol::time::UnixMs;
use protocol::vocabulary::{ConflictClass, Role};
use serde_json::Value;

#[test]
fn a_specialist_is_lent_for_a_share_and_the_employers_customer_ends_like_any_no() {
    let (played, lines) = as_told("plc-specialist");
    let plant = played.stage.firm("plant").unwrap();
    let (served, avoided): (Vec<_>, Vec<_>) = plant.deals.all().partition(|deal| deal.closed.is_none());
    let ([served], [avoided]) = (&served[..], &avoided[..]) else { panic!("one of each") };
    // POL-8, RVL-9: people of both sides said yes, the customer sent its name first, and no name of the plant left.
    assert!(avoided.ours.opt_in.is_some() && avoided.theirs.opt_in.is_some());
    assert!(avoided.ours.key.is_none() && avoided.identity.is_none());
    let closed = avoided.closed.as_ref().unwrap();
    assert_eq!((closed.by_us, closed.reason, &closed.note), (true, CloseReason::Declined, &None));
    let customer = played.stage.firm("customer").unwrap();
    let seen = customer.deals.all().next().unwrap().closed.as_ref().unwrap();
    assert_eq!((seen.by_us, seen.reason), (false, CloseReason::Declined), "what the customer hears is any no");
    // The list itself is asked into force at the beginning; nothing that is said of the deal names anybody on it.
    let said = lines.iter().filter(|line| line["node"] == "plant" && line["event"] != "asked");
    let names = |line: &Value| line.to_string().to_lowercase().contains("prairie");
    assert!(!said.into_iter().any(names), "no line of the plant says whom it avoided");

    // POL-9: the notice of whoever makes what the customers make was read, and nobody was asked about it.
    let avoided = |classes: &[ConflictClass]| classes.contains(&ConflictClass::AutomotiveMaker);
    let mut read = plant.market.others().filter(|(_, body)| avoided(&body.facts.conflict_classes));
    let (read, None) = (read.next().unwrap().0, read.next()) else { panic!("one notice") };
    assert!(
        plant
            .approvals
            .all()
            .all(|asked| !matches!(&asked.subject, Subject::Interest { advert, .. } if *advert == read.id()))
    );

    // 520 dollars: 312 and 208, for those who may know.
    let split = |roles: &[Role]| match plant.view(roles, &Query::Deal(served.id), UnixMs(0)) {
        View::Deal(deal) => deal.split,
        _ => panic!("a deal"),
    };
    for role in [Role::Owner, Role::Approver, Role::Expert] {
        let split = split(&[role]).unwrap();
        assert_eq!((split.expert, split.firm), (Money::cad(312), Money::cad(208)));
        assert_eq!((split.split.because.rule, split.split.because.version), (Some(7), 1));
    }
    assert_eq!(split(&[Role::Planner, Role::Signer, Role::Auditor]), None);
    let builder = played.stage.firm("builder").unwrap();
    assert!(builder.deals.all().all(|deal| matches!(
        builder.view(&Role::ALL, &Query::Deal(deal.id), UnixMs(0)),
        View::Deal(deal) if deal.split.is_none()
    )));
}
