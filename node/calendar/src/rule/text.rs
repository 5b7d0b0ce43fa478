//! Rules as text, in and out.

use super::{BadRule, ByDay, End, Frequency, Rule, Until};
use crate::days::{code, of_code};
use crate::limits::INTERVAL_MAX;
use crate::span::Moment;
use crate::stamp;
use alloc::{format, string::String, string::ToString, vec::Vec};
use core::{fmt, str::FromStr};
use jiff::civil::{DateTime, Weekday};
use jiff::tz::TimeZone;

/// What a text says, before it is put together.
#[derive(Default)]
struct Parts {
    frequency: Option<Frequency>,
    interval: Option<u32>,
    by_day: Option<Vec<ByDay>>,
    by_month_day: Option<Vec<i8>>,
    week_start: Option<Weekday>,
    count: Option<u32>,
    until: Option<Until>,
}

impl FromStr for Rule {
    type Err = BadRule;
    fn from_str(text: &str) -> Result<Rule, BadRule> {
        let mut parts = Parts::default();
        for part in text.trim().trim_end_matches(';').split(';') {
            let malformed = || BadRule::Malformed(short(part));
            let (name, value) = part.split_once('=').ok_or_else(malformed)?;
            match name.trim().to_ascii_uppercase().as_str() {
                "FREQ" => once("FREQ", &mut parts.frequency, frequency(value)?)?,
                "INTERVAL" => once("INTERVAL", &mut parts.interval, counted(value, 1, INTERVAL_MAX, part)?)?,
                "BYDAY" => once("BYDAY", &mut parts.by_day, list(value, part, by_day)?)?,
                "BYMONTHDAY" => once("BYMONTHDAY", &mut parts.by_month_day, list(value, part, month_day)?)?,
                "WKST" => once("WKST", &mut parts.week_start, of_code(value.trim()).ok_or_else(malformed)?)?,
                "COUNT" => once("COUNT", &mut parts.count, counted(value, 1, 100_000, part)?)?,
                "UNTIL" => once("UNTIL", &mut parts.until, until(value.trim()).ok_or_else(malformed)?)?,
                other => return Err(BadRule::Unsupported(short(other))),
            }
        }
        parts.whole()
    }
}

impl Parts {
    fn whole(self) -> Result<Rule, BadRule> {
        let frequency = self.frequency.ok_or(BadRule::NoFrequency)?;
        let end = match (self.count, self.until) {
            (Some(count), None) => End::Count(count),
            (None, Some(until)) => End::Until(until),
            (None, None) => return Err(BadRule::NoEnd),
            (Some(_), Some(_)) => return Err(BadRule::TwoEnds),
        };
        let by_month_day = self.by_month_day.unwrap_or_default();
        if frequency == Frequency::Weekly && !by_month_day.is_empty() {
            return Err(BadRule::MonthDayInWeek);
        }
        let by_day = self.by_day.unwrap_or_default();
        let counts = matches!(frequency, Frequency::Monthly | Frequency::Yearly);
        if let Some(nth) = by_day.iter().find(|by| by.nth.is_some() && !counts) {
            return Err(BadRule::NthInWeek(nth.to_string()));
        }
        let (interval, week_start) = (self.interval.unwrap_or(1), self.week_start.unwrap_or(Weekday::Monday));
        Ok(Rule { frequency, interval, by_day, by_month_day, week_start, end })
    }
}

fn once<T>(name: &'static str, place: &mut Option<T>, value: T) -> Result<(), BadRule> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(BadRule::Twice(name)),
    }
}

fn frequency(value: &str) -> Result<Frequency, BadRule> {
    match value.trim().to_ascii_uppercase().as_str() {
        "DAILY" => Ok(Frequency::Daily),
        "WEEKLY" => Ok(Frequency::Weekly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "YEARLY" => Ok(Frequency::Yearly),
        other => Err(BadRule::Unsupported(format!("FREQ={}", short(other)))),
    }
}

fn counted(value: &str, least: u32, most: u32, part: &str) -> Result<u32, BadRule> {
    let number = value.trim().parse().ok().filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| BadRule::Malformed(short(part)))
}

/// A list with commas, of at most 31 entries (the days of a month), none twice.
fn list<T: PartialEq>(value: &str, part: &str, one: fn(&str) -> Option<T>) -> Result<Vec<T>, BadRule> {
    let malformed = || BadRule::Malformed(short(part));
    let mut all = Vec::new();
    for text in value.split(',') {
        let entry = one(text.trim()).ok_or_else(malformed)?;
        if all.len() >= 31 {
            return Err(malformed());
        }
        if !all.contains(&entry) {
            all.push(entry);
        }
    }
    Ok(all)
}

fn by_day(text: &str) -> Option<ByDay> {
    let (number, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let day = of_code(day)?;
    if number.is_empty() {
        return Some(ByDay { nth: None, day });
    }
    let nth: i8 = number.trim_start_matches('+').parse().ok()?;
    (nth != 0 && (-53..=53).contains(&nth)).then_some(ByDay { nth: Some(nth), day })
}

fn month_day(text: &str) -> Option<i8> {
    text.trim_start_matches('+').parse().ok().filter(|day| *day != 0 && (-31..=31).contains(day))
}

/// `20270411`, `20270411T235959Z`; or without the `Z`, which some programs write, for the day of it.
fn until(text: &str) -> Option<Until> {
    match text.strip_suffix(['Z', 'z']) {
        Some(moment) => {
            let utc = TimeZone::UTC.to_timestamp(stamp::date_time(moment)?).ok()?;
            Some(Until::Moment(Moment(utc.as_second())))
        }
        None => stamp::date(text).or_else(|| stamp::date_time(text).map(DateTime::date)).map(Until::Day),
    }
}

/// Enough of a text to find it by.
fn short(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(60).collect()
}

impl fmt::Display for ByDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.nth {
            Some(nth) => write!(f, "{nth}{}", code(self.day)),
            None => f.write_str(code(self.day)),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frequency = match self.frequency {
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        };
        write!(f, "FREQ={frequency}")?;
        if self.interval != 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        commas(f, ";BYDAY=", &self.by_day)?;
        commas(f, ";BYMONTHDAY=", &self.by_month_day)?;
        if self.week_start != Weekday::Monday {
            write!(f, ";WKST={}", code(self.week_start))?;
        }
        match self.end {
            End::Count(count) => write!(f, ";COUNT={count}"),
            End::Until(Until::Day(day)) => write!(f, ";UNTIL={}", stamp::of_date(day)),
            End::Until(Until::Moment(moment)) => {
                let moment = jiff::Timestamp::from_second(moment.0).unwrap_or(jiff::Timestamp::MAX);
                write!(f, ";UNTIL={}", moment.strftime("%Y%m%dT%H%M%SZ"))
            }
        }
    }
}

fn commas<T: fmt::Display>(f: &mut fmt::Formatter<'_>, name: &str, all: &[T]) -> fmt::Result {
    for (at, one) in all.iter().enumerate() {
        write!(f, "{}{one}", if at == 0 { name } else { "," })?;
    }
    Ok(())
}

impl TryFrom<String> for Rule {
    type Error = BadRule;
    fn try_from(text: String) -> Result<Rule, BadRule> {
        text.parse()
    }
}

impl From<Rule> for String {
    fn from(rule: Rule) -> String {
        rule.to_string()
    }
}
