//! Dates and times as RFC 5545 writes them: `20270411` and `20270411T060000`.

use alloc::string::{String, ToString};
use jiff::civil::{Date, DateTime, Time};

/// A date of exactly eight digits.
pub(crate) fn date(text: &str) -> Option<Date> {
    let all = (text.len() == 8).then(|| digits(text)).flatten()?;
    let part = |by: u32, of: u32| i8::try_from(all / by % of).ok();
    Date::new(i16::try_from(all / 10_000).ok()?, part(100, 100)?, part(1, 100)?).ok()
}

/// A date, `T` and six digits.
pub(crate) fn date_time(text: &str) -> Option<DateTime> {
    let (day, clock) = text.split_once(['T', 't'])?;
    let all = (clock.len() == 6).then(|| digits(clock)).flatten()?;
    let part = |by: u32| i8::try_from(all / by % 100).ok();
    Some(date(day)?.to_datetime(Time::new(part(10_000)?, part(100)?, part(1)?, 0).ok()?))
}

/// A date as text.
pub(crate) fn of_date(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

/// A date and time as text.
pub(crate) fn of_date_time(wall: DateTime) -> String {
    wall.strftime("%Y%m%dT%H%M%S").to_string()
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_dates_and_times_are_read() {
        assert_eq!(of_date(date("20270411").unwrap()), "20270411");
        assert_eq!(of_date_time(date_time("20270411T235959").unwrap()), "20270411T235959");
        for wrong in ["2027411", "20270431", "20271301", "+2027041", "20270411T", ""] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
        for wrong in ["20270411", "20270411T24000", "20270411T240000", "20270411T235960", "20270411 235959"] {
            assert_eq!(date_time(wrong), None, "{wrong}");
        }
    }
}
