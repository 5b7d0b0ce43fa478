//! Days of the week as people write them: `TU,WE,TH` or `tue-thu`.

use alloc::{format, string::String, vec::Vec};
use core::{fmt, str::FromStr};
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

/// Days of the week, Monday first, none twice, at least one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Days(Vec<Weekday>);

/// Not days of the week.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "days: {0:?} is not a day of the week; write them like tue-thu or mon,wed,fri (MO TU WE TH FR SA SU do as well)"
)]
pub struct BadDays(pub String);

/// The days of a week that begins on Monday.
const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// Two letters, as in RFC 5545.
pub(crate) fn code(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

/// The day of two letters.
pub(crate) fn of_code(text: &str) -> Option<Weekday> {
    WEEK.into_iter().find(|day| code(*day).eq_ignore_ascii_case(text))
}

impl Days {
    /// These days; `None` if there are none.
    pub fn new(days: &[Weekday]) -> Option<Days> {
        let all: Vec<Weekday> = WEEK.into_iter().filter(|day| days.contains(day)).collect();
        (!all.is_empty()).then_some(Days(all))
    }

    /// Monday to Friday.
    pub fn working() -> Days {
        Days(WEEK.into_iter().take(5).collect())
    }

    /// Monday first.
    pub fn all(&self) -> &[Weekday] {
        &self.0
    }

    /// Whether a day is among them.
    pub fn has(&self, day: Weekday) -> bool {
        self.0.contains(&day)
    }
}

impl FromStr for Days {
    type Err = BadDays;
    fn from_str(text: &str) -> Result<Days, BadDays> {
        let wrong = || BadDays(text.chars().take(60).collect());
        let mut days = Vec::new();
        for part in text.split(',') {
            match part.split_once('-') {
                None => days.push(named(part).ok_or_else(wrong)?),
                Some((first, last)) => {
                    let (first, last) = (named(first).ok_or_else(wrong)?, named(last).ok_or_else(wrong)?);
                    let from = first.to_monday_zero_offset();
                    let count = last.since(first);
                    let run = WEEK.iter().cycle().skip(usize::try_from(from).unwrap_or_default());
                    days.extend(run.take(usize::try_from(count).unwrap_or_default() + 1).copied());
                }
            }
        }
        Days::new(&days).ok_or_else(wrong)
    }
}

/// A day by the first two or three letters of its English name, or by the whole of it.
fn named(text: &str) -> Option<Weekday> {
    let text = text.trim().to_ascii_lowercase();
    let whole = |day: &Weekday| format!("{day:?}").to_ascii_lowercase();
    WEEK.into_iter().find(|day| whole(day) == text || (matches!(text.len(), 2 | 3) && whole(day).starts_with(&text)))
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, day) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            write!(f, "{comma}{}", code(*day))?;
        }
        Ok(())
    }
}

impl TryFrom<String> for Days {
    type Error = BadDays;
    fn try_from(text: String) -> Result<Days, BadDays> {
        text.parse()
    }
}

impl From<Days> for String {
    fn from(days: Days) -> String {
        format!("{days}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, expected) in [
            ("tue-thu", "TU,WE,TH"),
            ("TU,WE,TH", "TU,WE,TH"),
            ("friday, Monday", "MO,FR"),
            ("sat-mon", "MO,SA,SU"),
            ("mo-fr", "MO,TU,WE,TH,FR"),
            ("wed", "WE"),
        ] {
            assert_eq!(text.parse::<Days>().unwrap().to_string(), expected, "{text}");
        }
        for wrong in ["", "t", "tuesd", "mon-", "mardi", "1"] {
            assert!(wrong.parse::<Days>().unwrap_err().to_string().contains("tue-thu"), "{wrong}");
        }
    }
}
