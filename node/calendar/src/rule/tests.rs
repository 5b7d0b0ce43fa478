use super::*;
use jiff::civil::date;
use std::string::{String, ToString};
use std::vec::Vec;

fn dates(rule: &str, first: Date) -> Vec<String> {
    rule.parse::<Rule>().unwrap().dates(first).map(|date| date.to_string()).collect()
}

fn why(rule: &str) -> String {
    rule.parse::<Rule>().unwrap_err().to_string()
}

#[test]
fn a_rule_reads_as_it_is_written() {
    for text in [
        "FREQ=DAILY;COUNT=10",
        "FREQ=WEEKLY;BYDAY=TU,WE,TH;UNTIL=20270411",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU;COUNT=9",
        "FREQ=MONTHLY;BYDAY=1FR,-1MO;UNTIL=20271224T000000Z",
        "FREQ=MONTHLY;BYMONTHDAY=1,-1;COUNT=10",
        "FREQ=YEARLY;BYDAY=20MO;COUNT=3",
    ] {
        assert_eq!(text.parse::<Rule>().unwrap().to_string(), text);
    }
    let relaxed = "freq=weekly;byday=tu, we;until=20270411T060000;".parse::<Rule>().unwrap();
    assert_eq!(relaxed.to_string(), "FREQ=WEEKLY;BYDAY=TU,WE;UNTIL=20270411");
}

#[test]
fn what_is_not_supported_is_named_with_what_is() {
    // CAL-3
    for (text, named) in [
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1;COUNT=3", "BYSETPOS"),
        ("FREQ=YEARLY;BYMONTH=3;COUNT=3", "BYMONTH"),
        ("FREQ=YEARLY;BYWEEKNO=20;COUNT=3", "BYWEEKNO"),
        ("FREQ=YEARLY;BYYEARDAY=1;COUNT=3", "BYYEARDAY"),
        ("FREQ=DAILY;BYHOUR=9;COUNT=3", "BYHOUR"),
        ("FREQ=HOURLY;COUNT=3", "FREQ=HOURLY"),
        ("FREQ=SECONDLY;COUNT=3", "FREQ=SECONDLY"),
        ("RSCALE=CHINESE;FREQ=YEARLY;COUNT=3", "RSCALE"),
    ] {
        let why = why(text);
        assert!(why.contains(named) && why.contains("FREQ=DAILY, WEEKLY, MONTHLY or YEARLY"), "{text}: {why}");
    }
}

#[test]
fn a_rule_that_cannot_be_is_refused_with_what_to_write() {
    for (text, remedy) in [
        ("FREQ=WEEKLY;BYDAY=TU", "COUNT (how often) or UNTIL"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20270101", "leave one out"),
        ("BYDAY=TU;COUNT=3", "FREQ is missing"),
        ("FREQ=DAILY;FREQ=DAILY;COUNT=1", "twice"),
        ("FREQ=WEEKLY;BYMONTHDAY=3;COUNT=1", "FREQ=MONTHLY"),
        ("FREQ=WEEKLY;BYDAY=1FR;COUNT=1", "1FR"),
        ("FREQ=DAILY;INTERVAL=0;COUNT=1", "INTERVAL=0"),
        ("FREQ=DAILY;COUNT=-1", "COUNT=-1"),
        ("FREQ=MONTHLY;BYMONTHDAY=32;COUNT=1", "BYMONTHDAY=32"),
        ("FREQ=MONTHLY;BYDAY=0MO;COUNT=1", "BYDAY=0MO"),
        ("FREQ=DAILY;UNTIL=tomorrow", "UNTIL=tomorrow"),
        ("every Tuesday", "every Tuesday"),
        ("", "FREQ=WEEKLY"),
    ] {
        let why = why(text);
        assert!(why.contains(remedy), "{text}: {why}");
    }
}

#[test]
fn every_second_week_depends_on_the_day_with_which_weeks_begin() {
    // The pair of examples at the end of RFC 5545 section 3.8.5.3.
    let first = date(1997, 8, 5);
    assert_eq!(
        dates("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", first),
        ["1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"]
    );
    assert_eq!(
        dates("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", first),
        ["1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"]
    );
}

#[test]
fn a_day_that_a_month_lacks_is_passed_over() {
    assert_eq!(dates("FREQ=MONTHLY;COUNT=3", date(2027, 1, 31)), ["2027-01-31", "2027-03-31", "2027-05-31"]);
    assert_eq!(
        dates("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", date(2027, 1, 31)),
        ["2027-01-31", "2027-02-28", "2027-03-31"]
    );
    assert_eq!(dates("FREQ=YEARLY;COUNT=2", date(2028, 2, 29)), ["2028-02-29", "2032-02-29"]);
}

#[test]
fn nth_days_and_every_day_stand_side_by_side() {
    assert_eq!(
        dates("FREQ=MONTHLY;BYDAY=1TU,FR;UNTIL=20270131", date(2027, 1, 1)),
        ["2027-01-01", "2027-01-05", "2027-01-08", "2027-01-15", "2027-01-22", "2027-01-29"]
    );
}

#[test]
fn no_rule_runs_on_for_ever() {
    assert!(dates("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31;COUNT=5", date(2027, 2, 1)).is_empty());
    assert_eq!(dates("FREQ=YEARLY;COUNT=100", date(2027, 12, 31)).len(), 6);
    assert_eq!(dates("FREQ=YEARLY;UNTIL=20990101", date(2027, 12, 31)).len(), 6);
}
