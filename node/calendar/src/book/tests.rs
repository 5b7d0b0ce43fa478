use super::*;
use crate::window::Window;
use crate::zone::Zone;
use jiff::civil::datetime;
use proptest::prelude::*;
use std::string::ToString;
use std::vec::Vec;

const HOUR: i64 = 3_600;

fn hours(from: i64, to: i64) -> Hours {
    Span::new(Moment(from * HOUR), Moment(to * HOUR)).unwrap().into()
}

fn always() -> Span {
    Span::new(Moment(0), Moment(1_000 * HOUR)).unwrap()
}

fn timetable() -> Timetable {
    Timetable { notice_hours: 2, least_hours: Some(2), most_hours: Some(20), ..Timetable::default() }
}

fn held(hours: Hours, lapses: i64) -> Booking {
    Booking { hours, state: State::Held { lapses: Moment(lapses * HOUR) } }
}

#[test]
fn each_reason_against_a_booking_says_what_would_do() {
    let (offered, timetable) = (hours(10, 100), timetable());
    let offer = Offer { offered: &offered, timetable: &timetable };
    let mut book: Book<u8> = Book::default();
    book.enter(1, held(hours(20, 30), 500));
    let why = |hours: Hours| book.judge(&2, &hours, offer, Moment(15 * HOUR)).unwrap_err().to_string();
    for (wrong, said) in [
        (Hours::default(), "at least one span"),
        (hours(16, 19), "notice"),
        (hours(98, 104), "not offered"),
        (hours(28, 33), "held or committed"),
        (hours(40, 41), "2 to 20 hours"),
        (hours(40, 61), "2 to 20 hours"),
    ] {
        let why = why(wrong);
        assert!(why.contains(said), "{why}");
    }
    assert_eq!(book.judge(&2, &hours(30, 40), offer, Moment(15 * HOUR)), Ok(()));
    let too_few = book.earliest(&2, 90 * HOUR, always(), offer, Moment(0)).unwrap_err();
    assert!(too_few.to_string().contains("only 80:00 h of 90:00 h"), "{too_few}");
}

#[test]
fn a_hold_lapses_by_itself_and_comes_back_only_if_its_hours_are_still_free() {
    // CAL-7
    let (offered, timetable) = (hours(10, 100), timetable());
    let offer = Offer { offered: &offered, timetable: &timetable };
    let mut book: Book<u8> = Book::default();
    book.enter(1, held(hours(20, 30), 12));
    let before = book.judge(&2, &hours(25, 35), offer, Moment(11 * HOUR));
    assert!(matches!(before, Err(Unbookable::Taken { span }) if span == hours(25, 30).spans()[0]));
    assert!(book.can_commit(&1, Moment(12 * HOUR)), "lapsed, but nobody took them");
    assert_eq!(book.judge(&2, &hours(25, 35), offer, Moment(12 * HOUR)), Ok(()));
    book.enter(2, held(hours(25, 35), 500));
    assert!(!book.can_commit(&1, Moment(12 * HOUR)));
    assert_eq!(book.lapsed(Moment(12 * HOUR)).collect::<Vec<_>>(), [&1]);
}

#[test]
fn a_booking_moves_without_asking_again_for_what_it_has() {
    let (offered, timetable) = (hours(10, 100), timetable());
    let nothing = Hours::default();
    let mut book: Book<u8> = Book::default();
    book.enter(1, Booking { hours: hours(20, 30), state: State::Committed });
    let late = Moment(19 * HOUR);
    let shut = Offer { offered: &nothing, timetable: &timetable };
    assert_eq!(book.judge(&1, &hours(22, 30), shut, late), Ok(()), "less of the same, though no longer offered");
    let open = Offer { offered: &offered, timetable: &timetable };
    assert_eq!(book.judge(&1, &hours(24, 34), open, late), Ok(()));
}

#[test]
fn settling_keeps_what_is_past_and_frees_the_rest() {
    let mut book: Book<u8> = Book::default();
    book.enter(1, Booking { hours: hours(20, 30), state: State::Committed });
    book.settle(&1, Moment(24 * HOUR));
    assert_eq!(book.booking(&1).unwrap().hours, hours(20, 24));
}

#[derive(Clone, Debug)]
enum Wish {
    Hold { key: u8, from: i64, long: i64, lapse: i64 },
    Earliest { key: u8, long: i64 },
    Commit(u8),
    Release(u8),
    Settle(u8),
    Pass(i64),
}

fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    let wish = prop_oneof![
        4 => (0..6u8, 0..110i64, 1..24i64, 1..40i64).prop_map(|(key, from, long, lapse)| Wish::Hold { key, from, long, lapse }),
        2 => (0..6u8, 1..24i64).prop_map(|(key, long)| Wish::Earliest { key, long }),
        3 => (0..6u8).prop_map(Wish::Commit),
        1 => (0..6u8).prop_map(Wish::Release),
        1 => (0..6u8).prop_map(Wish::Settle),
        2 => (0..12i64).prop_map(Wish::Pass),
    ];
    proptest::collection::vec(wish, 0..60)
}

proptest! {
    #[test]
    fn no_hour_is_ever_booked_twice_whatever_the_order(wishes in wishes()) {
        // CAL-6
        let (offered, timetable) = (hours(10, 120), timetable());
        let offer = Offer { offered: &offered, timetable: &timetable };
        let mut book: Book<u8> = Book::default();
        let mut now = Moment(0);
        for wish in wishes {
            match wish {
                Wish::Hold { key, from, long, lapse } => {
                    let hours = hours(from, from + long);
                    if book.judge(&key, &hours, offer, now).is_ok() {
                        book.enter(key, Booking { hours, state: State::Held { lapses: now.plus(lapse * HOUR) } });
                    }
                }
                Wish::Earliest { key, long } => {
                    if let Ok(hours) = book.earliest(&key, long * HOUR, always(), offer, now) {
                        prop_assert_eq!(hours.seconds(), long * HOUR);
                        book.enter(key, Booking { hours, state: State::Held { lapses: now.plus(HOUR) } });
                    }
                }
                Wish::Commit(key) => if book.can_commit(&key, now) { book.commit(&key) },
                Wish::Release(key) => book.release(&key),
                Wish::Settle(key) => book.settle(&key, now),
                Wish::Pass(hours) => now = now.plus(hours * HOUR),
            }
            let standing: Vec<_> = book.all().filter(|(_, booking)| booking.stands(now)).collect();
            for (at, (_, one)) in standing.iter().enumerate() {
                prop_assert!(offered.covers(&one.hours));
                for (_, other) in &standing[at + 1..] {
                    prop_assert!(one.hours.and(&other.hours).is_empty(), "{:?} and {:?}", one, other);
                }
            }
            let booked: i64 = standing.iter().map(|(_, booking)| booking.hours.seconds()).sum();
            let free = book.free(offer, always(), Moment(-100 * HOUR), None).seconds();
            prop_assert!(booked + free <= offered.seconds());
        }
    }
}

#[test]
fn a_window_of_wall_time_is_booked_in_utc() {
    let zone = Zone::named("America/Toronto").unwrap();
    let night = Window::once(datetime(2027, 11, 6, 22, 0, 0, 0), datetime(2027, 11, 7, 6, 0, 0, 0), zone);
    let timetable = Timetable { open: [night].into(), ..Timetable::default() };
    let offered = timetable.offered(&Hours::default());
    let offer = Offer { offered: &offered, timetable: &timetable };
    let all = offered.extent().unwrap();
    let book: Book<u8> = Book::default();
    assert_eq!(book.earliest(&1, 9 * HOUR, all, offer, Moment(0)).unwrap(), offered, "nine hours in that night");
}
