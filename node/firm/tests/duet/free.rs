//! Matching goes by what the supplier's calendar still has (`AVL-5`).

use super::*;
use firm::availability::NotThere;
use firm::command::Refusal;
use firm::matching::{Band, Shown, Verdict as Fares};
use firm::view::MatchView;
use protocol::dialogue::{Field, Value};
use protocol::id::ItemId;
use protocol::vocabulary::HoursBand;

/// The supplier offers so many weekdays from 3 December 2026, eight hours each.
fn open(duet: &mut Duet, item: ItemId, days: u32, over: u32, shut: &str) {
    let text = format!(
        r#"{{"open":[{{"starts":"2026-12-03T15:00:00","ends":"2026-12-03T23:00:00","zone":"America/Toronto",
        "rule":"FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT={days}"}}],"shut":[{shut}]}}"#
    );
    let timetable = Box::new(serde_json::from_str(&text).unwrap());
    assert_eq!(duet.ask(SUPPLIER, Command::SetTimetable { item, timetable, over }), Answer::Done);
}

/// An offer of 200 hours that nobody is told of, and a need of 50 in a notice.
fn matched() -> (Duet, ItemId) {
    let mut duet = Duet::new();
    let offer = item(Side::Offer, Mode::Silent, 43_260_000, -79_870_000);
    let Answer::Confided(own) = duet.ask(SUPPLIER, Command::Confide(Box::new(offer))) else { panic!("not entered") };
    let need = item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000);
    duet.ask(BUYER, Command::Confide(Box::new(need)));
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    (duet, own)
}

fn found(duet: &Duet, days_later: u64) -> Vec<MatchView> {
    let at = UnixMs(duet.at + days_later * DAY_MS);
    let View::Matches(found) = duet.sides[SUPPLIER].firm.view(&[], &Query::Matches(None), at) else { panic!() };
    found
}

fn line(found: &MatchView, field: Field) -> (Fares, Shown) {
    let line = found.report.requirements.iter().find(|line| line.field == field).unwrap();
    (line.verdict, line.offered.clone())
}

fn hours(number: u32) -> Shown {
    Shown::Exactly(Value::Number(number))
}

fn asked(duet: &Duet) -> usize {
    duet.sides[SUPPLIER].firm.approvals.waiting().count()
}

#[test]
fn what_is_free_counts_and_not_what_was_entered() {
    // AVL-5
    let (mut duet, item) = matched();
    assert_eq!(line(&found(&duet, 0)[0], Field::Hours), (Fares::Exceeds, hours(200)));
    assert_eq!((found(&duet, 0)[0].free, asked(&duet)), (None, 1));
    open(&mut duet, item, 10, 0, "");
    let now = &found(&duet, 0)[0];
    assert_eq!(line(now, Field::Hours), (Fares::Exceeds, hours(80)), "80 hours are free, enough for 41 to 80");
    assert_eq!(now.free.map(|free| (free.free_min, free.still_true)), Some((80 * 60, false)));
    let shut = r#"{"starts":"2026-12-05T00:00:00","ends":"2027-01-20T00:00:00","zone":"America/Toronto"}"#;
    open(&mut duet, item, 10, 1, shut);
    assert_eq!(line(&found(&duet, 0)[0], Field::Hours), (Fares::Partial, hours(16)), "two days are left");
    let shut = r#"{"starts":"2026-12-03T00:00:00","ends":"2027-01-20T00:00:00","zone":"America/Toronto"}"#;
    open(&mut duet, item, 10, 2, shut);
    assert_eq!((found(&duet, 0).len(), asked(&duet)), (0, 0), "nothing is free, so nothing is asked");
    open(&mut duet, item, 10, 3, "");
    assert_eq!((found(&duet, 0).len(), asked(&duet)), (1, 1), "free again");
}

#[test]
fn hours_that_another_deal_holds_are_not_offered_twice() {
    // AVL-5, and the match's own deal misses nothing.
    let (mut duet, item) = matched();
    open(&mut duet, item, 10, 0, "");
    assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Viable);
    duet.approve_both(Step::OptIn);
    assert!(matches!(propose(&mut duet, BUYER), Answer::NeedsPerson(_)));
    assert_eq!(duet.decide(BUYER, Step::Terms, Verdict::Approve), Answer::Decided);
    let own = &found(&duet, 0)[0];
    assert_eq!((own.deal.is_some(), own.free.unwrap().free_min), (true, 80 * 60), "its own 57 hours are there for it");
    // The same need again, from somebody else's point of view: 23 hours are left.
    let need = super::item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000);
    duet.ask(BUYER, Command::Confide(Box::new(need)));
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    let matches = found(&duet, 0);
    let other = matches.iter().find(|found| found.deal.is_none()).unwrap();
    assert_eq!(line(other, Field::Hours), (Fares::Partial, hours(23)));
}

#[test]
fn a_timetable_that_nobody_confirms_makes_less_certain_and_in_the_end_a_question() {
    // AVL-5, CAL-8
    let (mut duet, item) = matched();
    open(&mut duet, item, 40, 0, "");
    let on_day = |day| found(&duet, day).remove(0);
    assert!(on_day(20).free.unwrap().still_true && !on_day(13).free.unwrap().still_true);
    assert!(on_day(13).report.certainty > on_day(20).report.certainty);
    assert_eq!(line(&on_day(20), Field::Weeks).0, Fares::Exceeds);
    let stale = on_day(43);
    assert_eq!((line(&stale, Field::Weeks).0, line(&stale, Field::Hours).0), (Fares::Unknown, Fares::Unknown));
    assert_eq!(stale.report.band, Band::Ask);
}

#[test]
fn a_notice_by_the_calendar_says_weeks_and_a_band_and_nothing_finer() {
    // AVL-5
    let mut said = Vec::new();
    for shut in ["", r#"{"starts":"2026-12-07T00:00:00","ends":"2026-12-08T00:00:00","zone":"America/Toronto"}"#] {
        let mut duet = Duet::new();
        let offer = item(Side::Offer, Mode::Coarse, 43_260_000, -79_870_000);
        let Answer::Confided(own) = duet.ask(SUPPLIER, Command::Confide(Box::new(offer))) else {
            panic!("not entered")
        };
        let ask = Command::AdvertiseByCalendar(own);
        let without = duet.ask(SUPPLIER, ask.clone());
        assert_eq!(without, Answer::Refused(Refusal::Calendar(NotThere::NoTimetable)));
        open(&mut duet, own, 9, 0, shut);
        assert!(matches!(duet.ask(SUPPLIER, ask.clone()), Answer::NeedsPerson(_)));
        assert_eq!(duet.decide(SUPPLIER, Step::Advertise, Verdict::Approve), Answer::Decided);
        let facts = duet.sides[BUYER].firm.market.others().next().unwrap().1.facts.clone();
        // Thursday 3 to Tuesday 15 December: 72 hours, or 64 without that Monday.
        let weeks = Weeks { first: Day(20_790).week(), last: Day(20_802).week() };
        assert_eq!((facts.weeks, facts.hours), (weeks, HoursBand::of_hours(72)));
        said.push(facts);
    }
    assert_eq!(said[0], said[1], "one closed Monday changes no word");
}
