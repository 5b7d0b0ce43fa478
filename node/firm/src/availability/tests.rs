use super::*;
use crate::policy::Because;
use calendar::book::Booking;
use calendar::cap::{Cap, Period};
use calendar::span::Span;
use calendar::timetable::Timetable;
use calendar::zone::Zone;
use proptest::prelude::*;
use protocol::id::{DealId, ItemId};
use protocol::time::DAY_MS;
use std::string::ToString;
use std::vec::Vec;

const ITEM: ItemId = ItemId([1; 8]);
/// Monday 2027-02-22, seven in the morning in Toronto.
const NOW: UnixMs = UnixMs(1_803_297_600_000);

fn deal(n: u8) -> DealId {
    DealId([n; 16])
}

/// Second shift, Tuesday to Thursday, six weeks: 144 hours.
fn timetable() -> Timetable {
    let text = r#"{"open":[{"starts":"2027-02-23T15:00:00","ends":"2027-02-23T23:00:00","zone":"America/Toronto",
        "rule":"FREQ=WEEKLY;BYDAY=TU,WE,TH;UNTIL=20270404"}]}"#;
    serde_json::from_str(text).unwrap()
}

fn shop() -> Availability {
    let mut shop = Availability::default();
    let event = schedule(&shop, ITEM, (timetable(), 0), NOW).unwrap();
    shop.apply(&event);
    shop
}

fn wanted(hours: u32) -> Wanted {
    let first = NOW.day();
    Wanted::Earliest { minutes: hours * 60, weekly: None, first, last: first.plus(41) }
}

fn booked(shop: &Availability, n: u8) -> Option<&Booking> {
    shop.schedule(&ITEM).unwrap().book.booking(&deal(n))
}

fn sign(shop: &mut Availability, n: u8, hours: u32, now: UnixMs) -> Result<(), NotThere> {
    let events = to_commit(shop, (ITEM, deal(n)), (&wanted(hours), &Limits::default()), now)?;
    events.iter().for_each(|event| shop.apply(event));
    Ok(())
}

fn propose(shop: &mut Availability, n: u8, hours: u32, now: UnixMs) {
    if let Some(event) = for_terms(shop, (ITEM, deal(n)), (&wanted(hours), &Limits::default()), now) {
        shop.apply(&event);
    }
}

#[test]
fn a_rhythm_takes_the_same_hours_of_every_week() {
    let shop = shop();
    let rhythm = |hours: u32, weekly: u32| {
        let Wanted::Earliest { minutes, first, last, .. } = wanted(hours) else { unreachable!() };
        let wanted = Wanted::Earliest { minutes, weekly: Some(weekly * 60), first, last };
        hold(&shop, (ITEM, deal(1)), (&wanted, &Limits::default()), NOW)
    };
    let Ok(Event::Booked { hours, .. }) = rhythm(18, 3) else { panic!() };
    let (zone, monday) = (Zone::named("America/Toronto").unwrap(), NOW.day().week().monday().0);
    let week = |n: u32| Span::new(zone.begins_on(monday + 7 * n), zone.begins_on(monday + 7 * n + 7)).unwrap();
    assert_eq!([0, 1, 2, 3, 4, 5].map(|n| hours.within(week(n)).seconds() / 3_600), [3; 6]);
    assert!(rhythm(19, 3).is_err(), "six weeks have no nineteenth hour");
}

#[test]
fn the_later_of_two_deals_is_told_what_is_missing() {
    // AVL-1, AVL-2, AVL-3
    let mut shop = shop();
    propose(&mut shop, 1, 100, NOW);
    propose(&mut shop, 2, 100, NOW);
    assert_eq!(booked(&shop, 1).unwrap().hours.seconds(), 100 * 3_600);
    assert_eq!(booked(&shop, 2), None, "44 are left");
    let refused = sign(&mut shop, 2, 100, NOW).unwrap_err();
    assert!(refused.to_string().contains("only 44:00 h of 100:00 h"), "{refused}");
    sign(&mut shop, 1, 100, NOW).unwrap();
    sign(&mut shop, 2, 44, NOW).unwrap();
    assert!(sign(&mut shop, 3, 1, NOW).is_err());
}

#[test]
fn a_hold_lapses_and_its_deal_may_come_back_if_nobody_was_quicker() {
    let mut shop = shop();
    propose(&mut shop, 1, 40, NOW);
    let week = NOW.plus(HOLD_MS);
    assert_eq!(shop.next_lapse(), Some(week));
    assert_eq!(shop.lapsed(week).collect::<Vec<_>>(), [(ITEM, deal(1))]);
    // Nobody has noted the lapse yet, and another deal takes the hours.
    let these = Wanted::These(
        booked(&shop, 1).unwrap().hours.within(Span::new(moment(week), moment(week.plus(9 * DAY_MS))).unwrap()),
    );
    let taken = hold(&shop, (ITEM, deal(2)), (&these, &Limits::default()), week).unwrap();
    shop.apply(&taken);
    let events = to_commit(&shop, (ITEM, deal(1)), (&wanted(40), &Limits::default()), week).unwrap();
    assert_eq!(events.len(), 2, "other hours are found");
}

#[test]
fn nobody_signs_on_a_timetable_that_nobody_has_confirmed_for_six_weeks() {
    let shop = shop();
    let late = NOW.plus(42 * DAY_MS);
    assert_eq!(for_terms(&shop, (ITEM, deal(1)), (&wanted(8), &Limits::default()), late), None);
    assert_eq!(to_commit(&shop, (ITEM, deal(1)), (&wanted(8), &Limits::default()), late), Err(NotThere::Stale));
    let mut shop = shop;
    shop.apply(&confirm(&shop.clone(), ITEM, late).unwrap());
    assert!(
        matches!(to_commit(&shop, (ITEM, deal(1)), (&wanted(8), &Limits::default()), late), Err(NotThere::Hours(_))),
        "the season is over"
    );
}

#[test]
fn chosen_hours_stay_and_found_hours_follow_the_terms() {
    // AVL-2
    let mut shop = shop();
    propose(&mut shop, 1, 40, NOW);
    propose(&mut shop, 1, 60, NOW);
    assert_eq!(booked(&shop, 1).unwrap().hours.seconds(), 60 * 3_600);
    let some = booked(&shop, 1).unwrap().hours.earliest(45 * 3_600).unwrap();
    let chosen = hold(&shop, (ITEM, deal(1)), (&Wanted::These(some.clone()), &Limits::default()), NOW).unwrap();
    shop.apply(&chosen);
    propose(&mut shop, 1, 57, NOW);
    assert_eq!(booked(&shop, 1).unwrap().hours, some, "machining takes 45 of the 57 hours");
}

#[test]
fn a_timetable_goes_over_the_one_that_its_author_saw() {
    // AVL-4
    let mut shop = shop();
    assert_eq!(schedule(&shop, ITEM, (timetable(), 0), NOW), Err(NotThere::Changed));
    let next = schedule(&shop, ITEM, (Timetable::default(), 1), NOW).unwrap();
    propose(&mut shop, 1, 8, NOW);
    sign(&mut shop, 1, 8, NOW).unwrap();
    shop.apply(&next);
    assert!(booked(&shop, 1).is_some(), "what is committed stays owed");
    assert_eq!(
        to_commit(&shop, (ITEM, deal(2)), (&wanted(500), &Limits::default()), NOW),
        Ok(Vec::new()),
        "no windows: as without a timetable"
    );
}

#[test]
fn committed_hours_are_let_go_by_nobody_but_the_end_of_the_deal() {
    let mut shop = shop();
    sign(&mut shop, 1, 8, NOW).unwrap();
    for why in [Why::LetGo, Why::Withdrawn, Why::Lapsed] {
        assert_eq!(release(&shop, (ITEM, deal(1)), why), Err(NotThere::Committed));
    }
    assert!(release(&shop, (ITEM, deal(1)), Why::DealEnded).is_ok());
    assert_eq!(release(&shop, (ITEM, deal(9)), Why::LetGo), Err(NotThere::NoHold));
}

#[derive(Clone, Debug)]
enum Step {
    Propose(u8, u32),
    Choose(u8, usize, i64),
    Sign(u8, u32),
    LetGo(u8),
    Ends(u8),
    Settles(u8),
    Days(u64),
    NoteLapses,
    Reschedule(bool),
    Crash,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..5u8, 1..80u32).prop_map(|(deal, hours)| Step::Propose(deal, hours)),
        2 => (0..5u8, 0..18usize, 1..9i64).prop_map(|(deal, span, hours)| Step::Choose(deal, span, hours)),
        4 => (0..5u8, 1..80u32).prop_map(|(deal, hours)| Step::Sign(deal, hours)),
        1 => (0..5u8).prop_map(Step::LetGo),
        1 => (0..5u8).prop_map(Step::Ends),
        1 => (0..5u8).prop_map(Step::Settles),
        2 => (1..9u64).prop_map(Step::Days),
        1 => Just(Step::NoteLapses),
        1 => any::<bool>().prop_map(Step::Reschedule),
        2 => Just(Step::Crash),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec(step(), 0..50)
}

/// What the firm would record at a step of one item, under what its caps leave it.
fn recorded(shop: &Availability, (item, limits): (ItemId, &Limits), step: &Step, now: UnixMs) -> Vec<Event> {
    let one = |event: Result<Event, NotThere>| event.into_iter().collect::<Vec<_>>();
    match step {
        Step::Propose(n, hours) => {
            for_terms(shop, (item, deal(*n)), (&wanted(*hours), limits), now).into_iter().collect()
        }
        Step::Choose(n, span, hours) => {
            let offered = timetable().offered(&Hours::default());
            let span = offered.spans()[*span];
            let these = Span::new(span.from(), span.from().plus(hours * 3_600)).unwrap();
            one(hold(shop, (item, deal(*n)), (&Wanted::These(these.into()), limits), now))
        }
        Step::Sign(n, hours) => to_commit(shop, (item, deal(*n)), (&wanted(*hours), limits), now).unwrap_or_default(),
        Step::LetGo(n) => one(release(shop, (item, deal(*n)), Why::LetGo)),
        Step::Ends(n) => one(release(shop, (item, deal(*n)), Why::DealEnded)),
        Step::Settles(n) => [Event::Settled { item, deal: deal(*n), at: now }].into(),
        Step::NoteLapses => {
            let lapsed = shop.lapsed(now);
            lapsed.map(|(item, deal)| Event::Released { item, deal, why: Why::Lapsed }).collect()
        }
        Step::Reschedule(open) => {
            let timetable = if *open { timetable() } else { Timetable::default() };
            one(schedule(shop, item, (timetable, shop.schedule(&item).unwrap().version), now))
        }
        Step::Days(_) | Step::Crash => Vec::new(),
    }
}

const CAP_HOURS: u32 = 20;

/// Every booking that stands, but that of one deal about one item.
fn standing(shop: &Availability, but: (ItemId, DealId), now: UnixMs) -> Vec<Hours> {
    let all = shop.all().flat_map(|(item, schedule)| schedule.book.all().map(move |(deal, one)| ((*item, *deal), one)));
    all.filter(|(of, one)| *of != but && one.stands(moment(now))).map(|(_, one)| one.hours.clone()).collect()
}

/// Twenty hours a week for both items together.
fn capped(shop: &Availability, item: ItemId, step: &Step, now: UnixMs) -> Limits {
    let (Step::Propose(n, _) | Step::Choose(n, ..) | Step::Sign(n, _)) = step else { return Limits::default() };
    let cap = Cap { hours: CAP_HOURS, per: Period::Week, taken: standing(shop, (item, deal(*n)), now) };
    Limits { caps: [(Because { rule: Some(1), version: 1 }, cap)].into() }
}

proptest! {
    #[test]
    fn no_interleaving_of_deals_and_no_crash_books_an_hour_twice(steps in steps()) {
        // AVL-1: the firm decides one input after the other; a crash keeps the records that were written and nothing else.
        let (mut shop, mut now) = (shop(), NOW);
        let mut journal: Vec<std::string::String> =
            [serde_json::to_string(&Event::Scheduled { item: ITEM, timetable: timetable(), at: NOW }).unwrap()].into();
        for step in &steps {
            for event in recorded(&shop, (ITEM, &Limits::default()), step, now) {
                journal.push(serde_json::to_string(&event).unwrap());
                shop.apply(&event);
            }
            match step {
                Step::Days(days) => now = now.plus(days * DAY_MS),
                Step::Crash => {
                    let mut again = Availability::default();
                    journal.iter().for_each(|event| again.apply(&serde_json::from_str(event).unwrap()));
                    prop_assert_eq!(&again, &shop);
                    shop = again;
                }
                _ => {}
            }
            let standing = shop.schedule(&ITEM).unwrap().book.all().filter(|(_, one)| one.stands(moment(now)));
            let standing: Vec<&Booking> = standing.map(|(_, booking)| booking).collect();
            for (at, one) in standing.iter().enumerate() {
                prop_assert!(standing[at + 1..].iter().all(|other| one.hours.and(&other.hours).is_empty()), "{standing:?}");
            }
        }
    }

    #[test]
    fn no_interleaving_of_deals_about_two_items_breaks_a_cap(
        steps in proptest::collection::vec((any::<bool>(), step()), 0..60),
    ) {
        // AVL-6: held and committed hours of both together, in every week that they touch.
        let (mut shop, mut now) = (shop(), NOW);
        let other = ItemId([2; 8]);
        shop.apply(&Event::Scheduled { item: other, timetable: timetable(), at: NOW });
        for (first, step) in &steps {
            let item = if *first { ITEM } else { other };
            let limits = capped(&shop, item, step, now);
            for event in recorded(&shop, (item, &limits), step, now) {
                shop.apply(&event);
            }
            if let Step::Days(days) = step {
                now = now.plus(days * DAY_MS);
            }
            let taken = standing(&shop, (item, DealId([99; 16])), now);
            let (zone, monday) = (Zone::named("America/Toronto").unwrap(), NOW.day().0);
            for week in 0..8 {
                let [from, to] = [week, week + 1].map(|week| zone.begins_on(monday + 7 * week));
                let week = Span::new(from, to).unwrap();
                let hours: i64 = taken.iter().map(|hours| hours.within(week).seconds()).sum();
                prop_assert!(hours <= i64::from(CAP_HOURS) * 3_600, "{hours} s in {week:?}");
            }
        }
    }
}
