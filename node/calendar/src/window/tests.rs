use super::*;
use jiff::civil::{date, datetime};
use std::string::ToString;
use std::vec::Vec;

fn toronto() -> Zone {
    Zone::named("America/Toronto").unwrap()
}

fn window(starts: DateTime, ends: DateTime, rule: &str) -> Window {
    Window { rule: Some(rule.parse().unwrap()), ..Window::once(starts, ends, toronto()) }
}

/// Machine 3, second shift, Tuesday to Thursday, six weeks.
fn machine_3() -> Window {
    let (starts, ends) = (datetime(2027, 2, 23, 15, 0, 0, 0), datetime(2027, 2, 23, 23, 0, 0, 0));
    window(starts, ends, "FREQ=WEEKLY;BYDAY=TU,WE,TH;UNTIL=20270404")
}

#[test]
fn days_times_and_a_first_and_last_day_are_the_same_window() {
    let at = |hour| jiff::civil::time(hour, 0, 0, 0);
    let days = "tue-thu".parse().unwrap();
    let weekly = |hours, first, last| Window::weekly(hours, &days, (first, last), toronto());
    let window = weekly((at(15), at(23)), date(2027, 2, 21), date(2027, 4, 4)).unwrap();
    assert_eq!(window, machine_3(), "it begins on the first of the days");
    let night = weekly((at(22), at(6)), date(2027, 2, 23), date(2027, 2, 23)).unwrap();
    assert_eq!((night.check(), night.hours().seconds()), (Ok(()), 8 * 3_600), "and ends on the next day");
    assert_eq!(weekly((at(0), at(0)), date(2027, 2, 23), date(2027, 2, 23)).unwrap().hours().seconds(), 86_400);
    assert_eq!(
        weekly((at(15), at(23)), date(2027, 2, 26), date(2027, 3, 1)),
        None,
        "Friday to Monday has none of them"
    );
    assert_eq!(weekly((at(15), at(23)), date(2027, 3, 4), date(2027, 2, 26)), None);
}

#[test]
fn second_shift_tuesday_to_thursday_for_six_weeks_is_eighteen_shifts() {
    let window = machine_3();
    window.check().unwrap();
    let all: Vec<Occurrence> = window.occurrences().collect();
    assert_eq!((all.len(), window.hours().seconds()), (18, 18 * 8 * 3_600));
    let utc = |occurrence: &Occurrence| occurrence.span.unwrap().from().0 % 86_400 / 3_600;
    assert_eq!((utc(&all[0]), utc(&all[17])), (20, 19), "three in the afternoon before and after 14 March");
}

#[test]
fn a_night_shift_ends_at_six_also_when_the_clocks_change() {
    // CAL-4: the clocks of Toronto go forward on 14 March 2027 and back on 7 November.
    let hours = |first: Date| {
        let starts = first.to_datetime(jiff::civil::time(22, 0, 0, 0));
        let ends = first.tomorrow().unwrap().to_datetime(jiff::civil::time(6, 0, 0, 0));
        let window = window(starts, ends, "FREQ=DAILY;COUNT=3");
        window.check().unwrap();
        window.occurrences().map(|one| one.span.unwrap().seconds() / 3_600).collect::<Vec<_>>()
    };
    assert_eq!(hours(date(2027, 3, 12)), [8, 7, 8]);
    assert_eq!(hours(date(2027, 11, 5)), [8, 9, 8]);
}

#[test]
fn a_window_over_the_turn_of_the_year_goes_on() {
    let window = window(datetime(2027, 12, 30, 22, 0, 0, 0), datetime(2027, 12, 31, 6, 0, 0, 0), "FREQ=DAILY;COUNT=4");
    let begins: Vec<_> = window.occurrences().map(|one| one.starts.date().to_string()).collect();
    assert_eq!(begins, ["2027-12-30", "2027-12-31", "2028-01-01", "2028-01-02"]);
    assert_eq!(window.hours().seconds(), 4 * 8 * 3_600);
}

#[test]
fn hours_that_clocks_jump_over_are_none_and_are_told() {
    let window = window(datetime(2027, 3, 13, 2, 0, 0, 0), datetime(2027, 3, 13, 2, 45, 0, 0), "FREQ=DAILY;COUNT=3");
    window.check().unwrap();
    let lengths: Vec<_> = window.occurrences().map(|one| one.span.map(Span::seconds)).collect();
    assert_eq!(lengths, [Some(2_700), Some(2_700), Some(2_700)], "02:00 to 02:45 becomes 03:00 to 03:45");
    assert_eq!(window.oddities().len(), 2);
    let over = Window::once(datetime(2027, 3, 14, 2, 30, 0, 0), datetime(2027, 3, 14, 3, 10, 0, 0), toronto());
    assert_eq!(over.hours(), Hours::default(), "03:30 to 03:10 is nothing");
    assert_eq!(over.oddities(), [(over.starts, Oddity::Never)]);
    let twice = Window::once(datetime(2027, 11, 7, 1, 30, 0, 0), datetime(2027, 11, 7, 4, 0, 0, 0), toronto());
    assert_eq!(twice.oddities(), [(twice.starts, Oddity::Twice)]);
    assert_eq!(twice.hours().seconds(), 3_600 * 7 / 2, "from the first half past one");
}

#[test]
fn impossible_windows_are_refused_with_the_field_and_a_suggestion() {
    // CAL-4
    let (starts, ends) = (datetime(2027, 2, 23, 15, 0, 0, 0), datetime(2027, 2, 23, 23, 0, 0, 0));
    let why = |window: Window| window.check().unwrap_err().to_string();
    for (wrong, said) in [
        (Window::once(ends, starts, toronto()), "night shift"),
        (Window::once(starts, starts, toronto()), "end after it begins"),
        (Window::once(starts, datetime(2029, 1, 1, 0, 0, 0, 0), toronto()), "at most 366 days"),
        (Window::once(datetime(1999, 2, 1, 0, 0, 0, 0), datetime(1999, 2, 2, 0, 0, 0, 0), toronto()), "2000"),
        (window(starts, ends, "FREQ=WEEKLY;BYDAY=WE;COUNT=3"), "begin on 2027-02-24"),
        (window(starts, ends, "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270223"), "before it ends"),
        (window(starts, datetime(2027, 2, 24, 16, 0, 0, 0), "FREQ=DAILY;COUNT=2"), "window of 2027-02-23"),
        (window(starts, ends, "FREQ=DAILY;COUNT=5000"), "at most 800 times"),
        (window(starts, ends, "FREQ=YEARLY;COUNT=9"), "at most 5 years; end the rule by 2032-02-23"),
        (window(starts, ends, "FREQ=WEEKLY;UNTIL=20990101"), "end the rule by 2032-02-23"),
        (Window { except: [date(2027, 2, 26)].into(), ..machine_3() }, "2027-02-26"),
        (
            Window { except: [date(2027, 2, 23)].into(), ..window(starts, ends, "FREQ=DAILY;COUNT=1") },
            "nothing is left",
        ),
    ] {
        let why = why(wrong);
        assert!(why.contains(said), "{why}");
    }
}

#[test]
fn exceptions_do_not_lengthen_a_counted_rule() {
    let mut window =
        window(datetime(2027, 2, 23, 15, 0, 0, 0), datetime(2027, 2, 23, 23, 0, 0, 0), "FREQ=DAILY;COUNT=3");
    window.except.push(date(2027, 2, 24));
    window.check().unwrap();
    let begins: Vec<_> = window.occurrences().map(|one| one.starts.day()).collect();
    assert_eq!(begins, [23, 25]);
}

#[test]
fn in_exact_lengths_the_hours_are_the_same() {
    let night = window(datetime(2027, 11, 5, 22, 0, 0, 0), datetime(2027, 11, 6, 6, 0, 0, 0), "FREQ=DAILY;COUNT=5");
    let parts = night.in_exact_lengths();
    assert_eq!(parts.len(), 2, "the nine-hour night stands by itself");
    let together = parts.iter().fold(Hours::default(), |all, part| all.or(&part.hours()));
    assert_eq!(together, night.hours());
    assert!(parts.iter().all(|part| part.check().is_ok()));
}

#[test]
fn a_window_is_stored_as_plain_text() {
    let text = serde_json::to_string(&machine_3()).unwrap();
    assert_eq!(
        text,
        r#"{"starts":"2027-02-23T15:00:00","ends":"2027-02-23T23:00:00","zone":"America/Toronto","rule":"FREQ=WEEKLY;BYDAY=TU,WE,TH;UNTIL=20270404"}"#
    );
    assert_eq!(serde_json::from_str::<Window>(&text).unwrap(), machine_3());
}
