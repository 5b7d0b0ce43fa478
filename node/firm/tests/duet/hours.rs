//! Hours of a shop's timetable, while deals about them go their way (`AVL-1` to `AVL-4`).

use super::*;
use firm::availability::{NotThere, Wanted};
use firm::command::Refusal;
use firm::view::{CalendarView, Fate, OutlookView};
use protocol::id::ItemId;

/// The supplier offers weekdays from 3 December 2026 for so many weeks, eight hours each; the terms of the duet run from 3 December
/// 2026 to 2 January 2027.
pub(super) fn open(duet: &mut Duet, days: u32) -> ItemId {
    let item = duet.sides[SUPPLIER].firm.profile.live().next().unwrap().id;
    let text = format!(
        r#"{{"open":[{{"starts":"2026-12-03T15:00:00","ends":"2026-12-03T23:00:00","zone":"America/Toronto",
        "rule":"FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT={days}"}}]}}"#
    );
    let timetable = Box::new(serde_json::from_str(&text).unwrap());
    assert_eq!(duet.ask(SUPPLIER, Command::SetTimetable { item, timetable, over: 0 }), Answer::Done);
    item
}

fn calendar(duet: &Duet, item: ItemId) -> CalendarView {
    let view = duet.sides[SUPPLIER].firm.view(&[], &Query::Calendar(item), UnixMs(duet.at));
    let View::Calendar(calendar) = view else { panic!("{view:?}") };
    *calendar
}

/// Held and engaged minutes of all weeks.
pub(super) fn booked(duet: &Duet, item: ItemId) -> (i64, i64) {
    let weeks = calendar(duet, item).weeks;
    (weeks.iter().map(|week| week.held_min).sum(), weeks.iter().map(|week| week.engaged_min).sum())
}

pub(super) fn up_to_names() -> Duet {
    let mut duet = up_to_answer();
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Viable);
    duet.approve_both(Step::OptIn);
    duet
}

pub(super) fn up_to_terms(days: u32) -> (Duet, ItemId) {
    let mut duet = up_to_names();
    let item = open(&mut duet, days);
    assert!(matches!(propose(&mut duet, BUYER), Answer::NeedsPerson(_)));
    assert_eq!(duet.decide(BUYER, Step::Terms, Verdict::Approve), Answer::Decided);
    (duet, item)
}

pub(super) fn replay(duet: &mut Duet) {
    for side in &mut duet.sides {
        side.records.iter().for_each(|record| side.fresh.apply(record));
        assert_eq!(side.fresh.digest(), side.firm.digest(), "replaying the records gives the same state");
    }
}

#[test]
fn terms_hold_hours_a_signature_commits_them_and_the_outcome_frees_what_is_left() {
    // AVL-2, AVL-3
    let (mut duet, item) = up_to_terms(20);
    assert_eq!(booked(&duet, item), (57 * 60, 0), "also the other side's terms hold hours");
    duet.approve_both(Step::Acknowledge);
    duet.approve_both(Step::Sign);
    assert_eq!(booked(&duet, item), (0, 57 * 60));
    let deal = duet.deal(SUPPLIER);
    let refused = duet.ask(SUPPLIER, Command::Release(deal));
    assert_eq!(refused, Answer::Refused(Refusal::Calendar(NotThere::Committed)));
    duet.approve_both(Step::Start);
    // One slot moves to the days before Christmas, and stays committed.
    let moved = Wanted::Earliest { minutes: 57 * 60, weekly: None, first: Day(20_800), last: Day(20_820) };
    assert_eq!(duet.ask(SUPPLIER, Command::Hold { deal, wanted: moved }), Answer::Done);
    assert_eq!(booked(&duet, item), (0, 57 * 60));
    let report = Command::ReportOutcome { deal, outcome: OutcomeCode::Completed };
    assert!(matches!(duet.ask(BUYER, report), Answer::NeedsPerson(_)));
    assert_eq!(duet.decide(BUYER, Step::Outcome, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.decide(SUPPLIER, Step::Outcome, Verdict::Approve), Answer::Decided);
    assert_eq!(booked(&duet, item), (0, 0), "it ended before the work began");
    replay(&mut duet);
}

#[test]
fn nobody_signs_for_hours_that_are_not_there() {
    // AVL-3
    let (mut duet, item) = up_to_terms(5);
    assert_eq!(booked(&duet, item), (0, 0), "40 hours are no 57");
    duet.approve_both(Step::Acknowledge);
    let before = duet.sides[SUPPLIER].firm.digest();
    let refused = duet.decide(SUPPLIER, Step::Sign, Verdict::Approve);
    let Answer::Refused(Refusal::Calendar(NotThere::Hours(why))) = &refused else { panic!("{refused:?}") };
    assert!(why.to_string().contains("40:00 h of 57:00 h"), "{why}");
    assert_eq!(duet.sides[SUPPLIER].firm.digest(), before, "nothing happened, and the question stays open");
    // The planner knows that programming needs no machine, and chooses.
    let deal = duet.deal(SUPPLIER);
    let some = Wanted::Earliest { minutes: 40 * 60, weekly: None, first: Day(20_790), last: Day(20_820) };
    assert_eq!(duet.ask(SUPPLIER, Command::Hold { deal, wanted: some }), Answer::Done);
    assert_eq!(duet.decide(SUPPLIER, Step::Sign, Verdict::Approve), Answer::Decided);
    assert_eq!(booked(&duet, item), (0, 40 * 60));
    replay(&mut duet);
}

#[test]
fn a_deal_that_ends_and_an_item_that_is_withdrawn_free_their_hours() {
    let (mut duet, item) = up_to_terms(20);
    let deal = duet.deal(SUPPLIER);
    duet.approve_both(Step::Acknowledge);
    assert_eq!(duet.decide(SUPPLIER, Step::Sign, Verdict::Approve), Answer::Decided);
    assert_eq!(booked(&duet, item), (0, 57 * 60), "from the first signature on they are owed");
    assert_eq!(duet.ask(BUYER, Command::Close { deal, reason: None }), Answer::Done);
    assert_eq!(booked(&duet, item), (0, 0), "the other side will not sign any more");
    let (mut duet, item) = up_to_terms(20);
    assert_eq!(duet.ask(SUPPLIER, Command::Withdraw(item)), Answer::Done);
    assert_eq!(booked(&duet, item), (0, 0));
    replay(&mut duet);
}

#[test]
fn a_hold_that_nobody_follows_up_lapses_after_a_week() {
    let (mut duet, item) = up_to_terms(20);
    duet.at += 7 * DAY_MS;
    duet.input(SUPPLIER, Input::Woke);
    assert_eq!(booked(&duet, item), (0, 0));
    assert_eq!(duet.sides[SUPPLIER].firm.availability.next_lapse(), None);
    replay(&mut duet);
}

#[test]
fn two_deals_about_one_machine_never_get_the_same_hour() {
    // AVL-1: the second need of the buyer is a second deal about the same resource.
    let mut duet = up_to_answer();
    let need = item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000);
    let need = ItemDraft { title: name("another need"), ..need };
    assert!(matches!(duet.ask(BUYER, Command::Confide(Box::new(need))), Answer::Confided(_)));
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
    for step in [Step::Answer, Step::Answer] {
        assert_eq!(duet.decide(BUYER, step, Verdict::Approve), Answer::Decided);
    }
    for step in [Step::Viable, Step::Viable, Step::OptIn, Step::OptIn] {
        duet.approve_both(step);
    }
    let item = open(&mut duet, 12);
    let deals: Vec<DealId> = duet.sides[SUPPLIER].firm.deals.all().map(|deal| deal.id).collect();
    assert_eq!(deals.len(), 2);
    for deal in &deals {
        assert!(matches!(propose_in(&mut duet, BUYER, *deal), Answer::NeedsPerson(_)));
        assert_eq!(duet.decide(BUYER, Step::Terms, Verdict::Approve), Answer::Decided);
    }
    assert_eq!(booked(&duet, item), (57 * 60, 0), "96 hours are offered, and only one deal has its 57");
    for step in [Step::Acknowledge, Step::Acknowledge] {
        duet.approve_both(step);
    }
    let answers = [0, 1].map(|_| duet.decide(SUPPLIER, Step::Sign, Verdict::Approve));
    let signed = answers.iter().filter(|answer| **answer == Answer::Decided).count();
    let refused = answers.iter().filter(|answer| matches!(answer, Answer::Refused(Refusal::Calendar(_)))).count();
    assert!(signed <= 1 && signed + refused == 2, "{answers:?}");
    replay(&mut duet);
}

#[test]
fn a_timetable_that_nobody_confirmed_for_two_weeks_is_asked_about() {
    let (mut duet, item) = up_to_terms(20);
    assert!(!calendar(&duet, item).still_true);
    duet.at += 14 * DAY_MS;
    let due = calendar(&duet, item);
    assert!(due.still_true && due.certainty_permille == Some(1_000));
    duet.at += 14 * DAY_MS;
    assert_eq!(calendar(&duet, item).certainty_permille, Some(500), "it fades");
    assert_eq!(duet.ask(SUPPLIER, Command::ConfirmTimetable(item)), Answer::Done);
    assert!(!calendar(&duet, item).still_true);
}

#[test]
fn nothing_of_a_timetable_leaves() {
    let (mut duet, _) = up_to_terms(20);
    duet.approve_both(Step::Acknowledge);
    duet.approve_both(Step::Sign);
    let told = format!("{:?}", duet.sides[BUYER].firm.deals);
    assert!(!told.contains("America/Toronto") && !told.contains("FREQ="));
    assert!(duet.sides[BUYER].firm.availability.all().next().is_none());
}

fn outlook(duet: &Duet, item: ItemId, under: Option<&str>) -> OutlookView {
    let under = under.map(|text| Box::new(serde_json::from_str(text).unwrap()));
    let query = Query::Outlook { item, under, from: Day(20_790) };
    let View::Outlook(outlook) = duet.sides[SUPPLIER].firm.view(&[], &query, UnixMs(duet.at)) else { panic!("none") };
    *outlook
}

#[test]
fn a_change_of_the_timetable_is_seen_day_by_day_before_it_is_made() {
    let (mut duet, item) = up_to_terms(20);
    let digest = duet.sides[SUPPLIER].firm.digest();
    let hours = |outlook: &OutlookView, fate: Fate| {
        let spans = outlook.days.iter().flat_map(|day| &day.hours).filter(|(_, of)| *of == fate);
        spans.map(|(span, _)| (span.ends.0 - span.begins.0) / 3_600_000).sum::<u64>()
    };
    let now = outlook(&duet, item, None);
    assert_eq!((now.days.len(), hours(&now, Fate::Stays)), (42, 20 * 8));
    // From five to eleven instead, and only for ten days: eight hours of each become six, of which four are new.
    let under = r#"{"open":[{"starts":"2026-12-03T17:00:00","ends":"2026-12-04T01:00:00","zone":"America/Toronto",
        "rule":"FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=10"}]}"#;
    let then = outlook(&duet, item, Some(under));
    assert_eq!([Fate::Stays, Fate::Comes, Fate::Goes].map(|fate| hours(&then, fate)), [60, 20, 20 + 80]);
    assert!(then.days.iter().all(|day| day.hours.iter().all(|(span, _)| span.ends.0 - span.begins.0 <= 86_400_000)));
    assert!(then.not_offered_min > 0 && then.refused.is_none(), "the deal's hours of the afternoon");
    // A timetable that cannot be is told why, and the days stay those in force.
    let endless = outlook(&duet, item, Some(&under.replace("COUNT=10", "COUNT=5000")));
    assert!(endless.refused.is_some() && hours(&endless, Fate::Stays) == 20 * 8);
    assert_eq!(duet.sides[SUPPLIER].firm.digest(), digest, "asking changes nothing");
    replay(&mut duet);
}
