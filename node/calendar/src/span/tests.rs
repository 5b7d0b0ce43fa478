use super::*;
use proptest::prelude::*;
use std::string::ToString;
use std::vec::Vec;

const END: i64 = 96;

fn hours() -> impl Strategy<Value = Hours> {
    let span = (0..END, 1..12i64).prop_map(|(from, long)| Span::new(Moment(from), Moment((from + long).min(END))));
    proptest::collection::vec(span, 0..10).prop_map(|spans| spans.into_iter().flatten().collect())
}

/// The same set, second by second.
fn seconds(hours: &Hours) -> Vec<bool> {
    (0..END).map(|at| hours.spans().iter().any(|span| span.from().0 <= at && at < span.to().0)).collect()
}

fn sound(hours: &Hours) -> bool {
    hours.spans().windows(2).all(|pair| pair[0].to() < pair[1].from())
}

proptest! {
    #[test]
    fn sets_of_hours_are_what_they_are_second_by_second(a in hours(), b in hours(), from in 0..END, long in 1..END) {
        // CAL-1
        let (left, right) = (seconds(&a), seconds(&b));
        let each = |of: fn(bool, bool) -> bool| -> Vec<bool> { left.iter().zip(&right).map(|(a, b)| of(*a, *b)).collect() };
        for (made, expected) in [
            (a.or(&b), each(|a, b| a || b)),
            (a.and(&b), each(|a, b| a && b)),
            (a.without(&b), each(|a, b| a && !b)),
        ] {
            prop_assert!(sound(&made), "{made:?}");
            prop_assert_eq!(seconds(&made), expected);
        }
        let span = Span::new(Moment(from), Moment(from + long)).unwrap();
        prop_assert_eq!(a.within(span), a.and(&span.into()));
        prop_assert_eq!(a.covers(&b), left.iter().zip(&right).all(|(a, b)| *a || !b));
        prop_assert_eq!(a.seconds(), left.iter().filter(|on| **on).count() as i64);
    }

    #[test]
    fn the_earliest_hours_are_the_first_that_suffice(a in hours(), wanted in 1..END) {
        match a.earliest(wanted) {
            Some(taken) => {
                prop_assert_eq!(taken.seconds(), wanted);
                prop_assert!(a.covers(&taken));
                let last = taken.extent().unwrap().to();
                let before = Span::new(Moment(0), last).unwrap();
                prop_assert_eq!(a.within(before), taken);
            }
            None => prop_assert!(a.seconds() < wanted),
        }
    }
}

#[test]
fn a_stored_span_that_ends_before_it_begins_is_not_read() {
    let read: Result<Hours, _> = serde_json::from_str("[[5,3]]");
    assert!(read.unwrap_err().to_string().contains("later than the beginning"));
    let read: Hours = serde_json::from_str("[[5,9],[1,5]]").unwrap();
    assert_eq!(read, Hours::from(Span::new(Moment(1), Moment(9)).unwrap()));
}
