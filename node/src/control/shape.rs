//! Views as JSON for programs: times in RFC 3339 (UTC), days and ISO weeks as calendars write them, ids as text, money as
//! `{minor, currency}`.
//!
//! Views hold times as numbers of milliseconds, days or weeks. Which number is which follows from the name of its field, and
//! the names are listed here; a test walks every view and finds a number that was forgotten.

use firm::view::View;
use jiff::{Timestamp, civil};
use protocol::time::{Day, Week};
use serde_json::Value;

/// Fields that hold a moment.
const MOMENTS: [&str; 12] = [
    "now",
    "confided",
    "found",
    "asked",
    "lapses",
    "since",
    "at",
    "admitted_until",
    "begins",
    "ends",
    "confirmed",
    "due",
];
/// Fields that hold a day.
const DAYS: [&str; 4] = ["expires", "member_until", "operating_until", "day"];
/// Fields that hold a week.
const WEEKS: [&str; 1] = ["week"];
/// Fields that hold a day, except within `weeks`, where they hold a week.
const ENDS: [&str; 2] = ["first", "last"];

/// A view as JSON for programs.
pub fn shaped(view: &View) -> Value {
    // Plain data of ours with text keys always has a JSON form.
    let mut value = serde_json::to_value(view).unwrap_or(Value::Null);
    shape(&mut value, "", "");
    value
}

fn shape(value: &mut Value, name: &str, within: &str) {
    match value {
        Value::Object(fields) => fields.iter_mut().for_each(|(field, value)| shape(value, field, name)),
        Value::Array(items) => items.iter_mut().for_each(|item| shape(item, name, within)),
        Value::Number(number) => {
            if let Some(text) = number.as_u64().and_then(|number| calendar(number, name, within)) {
                *value = Value::String(text);
            }
        }
        _ => {}
    }
}

fn calendar(number: u64, name: &str, within: &str) -> Option<String> {
    let small = || u32::try_from(number).ok();
    if MOMENTS.contains(&name) {
        moment(number)
    } else if WEEKS.contains(&name) || (ENDS.contains(&name) && within == "weeks") {
        iso_week(Week(small()?))
    } else if DAYS.contains(&name) || ENDS.contains(&name) {
        date(Day(small()?)).map(|date| date.to_string())
    } else {
        None
    }
}

fn moment(ms: u64) -> Option<String> {
    Timestamp::from_millisecond(i64::try_from(ms).ok()?).ok().map(|moment| moment.to_string())
}

/// A day as calendars write it; `None` beyond what they hold.
pub fn date(day: Day) -> Option<civil::Date> {
    let seconds = i64::from(day.0).checked_mul(86_400)?;
    let moment = Timestamp::from_second(seconds).ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(moment).date())
}

fn iso_week(week: Week) -> Option<String> {
    let monday = date(week.monday())?.iso_week_date();
    // The first week's Monday lies before 1970, and counts from its Thursday here.
    Some(format!("{}-W{:02}", monday.year(), monday.week()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_become_what_a_calendar_says() {
        let mut value = json!({
            "now": 1_795_219_200_000_u64,
            "member_until": 20_773,
            "item": {"weeks": {"first": 2_968, "last": 2_969}, "hours": 60},
            "terms": {"first": 20_773, "last": 20_774, "total": {"minor": 250, "currency": "CAD"}},
            "milestones": [{"at": 0}],
            "lapses": null,
        });
        shape(&mut value, "", "");
        assert_eq!(value["now"], "2026-11-21T00:00:00Z");
        assert_eq!(value["member_until"], "2026-11-16");
        assert_eq!(value["item"], json!({"weeks": {"first": "2026-W47", "last": "2026-W48"}, "hours": 60}));
        assert_eq!(value["terms"]["first"], "2026-11-16");
        assert_eq!(value["terms"]["total"], json!({"minor": 250, "currency": "CAD"}));
        assert_eq!(value["milestones"][0]["at"], "1970-01-01T00:00:00Z");
        assert!(value["lapses"].is_null());
    }
}
