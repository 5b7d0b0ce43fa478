//! S3, Quality manager: six hours a week, whoever wants them.

use crate::{as_told, committed, refusals, weekly};
use firm::availability::NotThere;
use firm::command::Refusal;
use protocol::dialogue::{CloseReason, Step};
use protocol::vocabulary::OutcomeCode;

#[test]
fn a_quality_manager_serves_one_client_and_a_rule_refuses_the_hours_that_a_second_one_wants() {
    let (played, lines) = as_told("quality-manager");
    let employer = played.stage.firm("employer").unwrap();
    let (served, refused): (Vec<_>, Vec<_>) = employer.deals.all().partition(|deal| deal.closed.is_none());
    let ([served], [refused]) = (&served[..], &refused[..]) else { panic!("one of each") };
    let outcomes = [&served.ours, &served.theirs].map(|side| side.outcome.as_ref().unwrap().receipt.outcome);
    assert_eq!(outcomes, [OutcomeCode::Completed; 2]);
    // Before she has said that it can be done, and before any name.
    assert_eq!(refused.reached(), Step::Answer);
    let closed = refused.closed.as_ref().unwrap();
    assert_eq!(
        (closed.by_us, closed.reason),
        (true, CloseReason::Declined),
        "the other side hears a no like any other"
    );
    let why = refusals(&lines, "employer");
    let [why @ Refusal::Calendar(NotThere::Capped { .. })] = &why[..] else { panic!("{why:?}") };
    let why = why.to_string();
    assert!(why.contains("at most 6 hours in a week") && why.contains("the next one with room begins on"), "{why}");
    assert!(why.contains("rule 6 of version 1"), "{why}");
    // AVL-5: three hours in each of eight weeks.
    assert_eq!(weekly(&committed(&played, "employer")), [3; 8]);
}
