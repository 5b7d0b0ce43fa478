//! Windows against an independent implementation: `vectors/windows.json` was made by `vectors/make.py` with python-dateutil.

use calendar::span::{Hours, Moment, Span};
use calendar::window::Window;
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    #[serde(flatten)]
    window: Window,
    spans: Vec<i64>,
}

impl Vector {
    fn expected(&self) -> Vec<Span> {
        let mut before = 0;
        let pairs = self.spans.chunks(2).map(|pair| {
            before += pair[0];
            Span::new(Moment(before), Moment(before + pair[1])).expect("a vector's span has a length")
        });
        pairs.collect()
    }
}

fn vectors() -> Vec<Vector> {
    let read: Vectors = serde_json::from_str(include_str!("vectors/windows.json")).expect("vectors are whole");
    read.vectors
}

#[test]
fn dateutil_and_we_agree_on_every_hour_of_every_window() {
    // CAL-2, CAL-3 and CAL-4, in 16 zones, through nights in which clocks change and turns of years.
    for (at, vector) in vectors().iter().enumerate() {
        let window = &vector.window;
        assert_eq!(window.check(), Ok(()), "vector {at}: {window:?}");
        let spans: Vec<Span> = window.occurrences().filter_map(|one| one.span).collect();
        assert_eq!(spans, vector.expected(), "vector {at}: {window:?}");
    }
}

#[test]
fn the_vectors_reach_what_they_are_for() {
    let vectors = vectors();
    let of =
        |word: &str| vectors.iter().filter(|one| one.window.rule.as_ref().unwrap().to_string().contains(word)).count();
    for (word, least) in
        [("DAILY", 60), ("WEEKLY", 60), ("MONTHLY", 60), ("YEARLY", 20), ("WKST", 40), ("UNTIL", 60), ("-1", 20)]
    {
        assert!(of(word) >= least, "{word}: {}", of(word));
    }
    let lengths = |one: &&Vector| one.spans.chunks(2).any(|pair| pair[1] != one.spans[1]);
    let odd = vectors.iter().filter(|one| !one.window.oddities().is_empty()).count();
    let changing = vectors.iter().filter(lengths).count();
    let excepted = vectors.iter().filter(|one| !one.window.except.is_empty()).count();
    assert!(changing >= 20 && odd >= 10 && excepted >= 50, "{changing} {odd} {excepted}");
}

#[test]
fn in_exact_lengths_every_window_has_the_same_hours() {
    // What other calendars make of an exported rule: each occurrence as long as the first.
    for vector in vectors() {
        let parts = vector.window.in_exact_lengths();
        let lengths =
            |part: &Window| part.occurrences().filter_map(|one| one.span).map(Span::seconds).collect::<Vec<_>>();
        assert!(parts.iter().all(|part| lengths(part).windows(2).all(|pair| pair[0] == pair[1])), "{parts:?}");
        let together = parts.iter().fold(Hours::default(), |all, part| all.or(&part.hours()));
        assert_eq!(together, vector.window.hours());
    }
}
