//! Days in a text: dates, months, "within 14 days", "for eight weeks".
use super::units::{Around, UnitWord};
use crate::{
    day::{Day, Window},
    record::{Facts, Origin, Quantity, Stated, Unit},
};

const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "janvier"],
    &["february", "feb", "fevrier", "fev"],
    &["march", "mar", "mars"],
    &["april", "apr", "avril", "avr"],
    &["may", "mai"],
    &["june", "jun", "juin"],
    &["july", "jul", "juillet"],
    &["august", "aug", "aout"],
    &["september", "sept", "sep", "septembre"],
    &["october", "oct", "octobre"],
    &["november", "nov", "novembre"],
    &["december", "dec", "decembre"],
];
const SMALL: [&[&str]; 12] = [
    &["one", "un", "une"],
    &["two", "deux"],
    &["three", "trois"],
    &["four", "quatre"],
    &["five", "cinq"],
    &["six"],
    &["seven", "sept"],
    &["eight", "huit"],
    &["nine", "neuf"],
    &["ten", "dix"],
    &["eleven", "onze"],
    &["twelve", "douze"],
];
const UNTIL: &[&str] = &["before", "by", "until", "till", "avant", "jusqu", "ici", "to", "au", "through", "end", "fin"];
const SINCE: &[&str] = &["from", "after", "starting", "since", "des", "apres", "partir", "compter", "start"];

/// Reads the window, if no field gives it, and weekly hours for so many weeks.
pub(super) fn read(text: Around<'_>, facts: &mut Facts, today: Day) {
    let mut first: Option<Day> = None;
    let mut last: Option<Day> = None;
    let mut named = 0;
    for at in 0..text.0.len() {
        if let Some((from, to)) = date(text, at, today) {
            named += 1;
            let until = text.before(at, 3, UNTIL) && !text.before(at, 3, SINCE);
            if !until && first.is_none_or(|own| from < own) {
                first = Some(from);
            }
            if !text.before(at, 2, SINCE) && last.is_none_or(|own| to > own) {
                last = Some(to);
            }
        }
        if let Some(days) = span(text, at) {
            weekly(text, at, days, facts);
            let within = text.before(
                at,
                3,
                &[
                    "within",
                    "in",
                    "dans",
                    "next",
                    "under",
                    "inside",
                    "ici",
                    "prochains",
                    "prochaines",
                    "turnaround",
                    "d",
                ],
            );
            if within && last.is_none() {
                last = Some(Day(today.0 + days));
            }
        }
    }
    let origin = if named >= 2 { Origin::Read } else { Origin::Guessed };
    if facts.window.is_none() && (first.is_some() || last.is_some()) {
        let from = first.unwrap_or(today);
        let to = last.unwrap_or(Day(from.0 + 365));
        if to > from {
            facts.window = Some(Stated::new(Window { from, to }, origin));
        }
    }
}

/// A date or a month: its first day and the day after its last.
fn date(text: Around<'_>, at: usize, today: Day) -> Option<(Day, Day)> {
    let word = text.word(at);
    let month = MONTHS.iter().position(|names| names.contains(&word))?;
    let of_month = |at: usize| text.number(at).map(|number| number.floor()).filter(|day| (1..=31).contains(day));
    let beside = at.checked_sub(1).and_then(of_month).or_else(|| of_month(at + 1));
    // "may", "mar", "sept" (seven) and "dec" are other words too, unless a day or a preposition of time stands beside them.
    let doubtful = matches!(word, "may" | "mar" | "sept" | "sep" | "dec" | "mai" | "jan" | "march");
    if doubtful
        && beside.is_none()
        && !text.before(
            at,
            2,
            &[
                "in", "en", "until", "mid", "early", "late", "from", "by", "before", "through", "to", "end", "fin",
                "debut",
            ],
        )
    {
        return None;
    }
    let month = i32::try_from(month).ok()? + 1;
    let (year, ..) = today.date();
    let soon = |year: i32, day: i32| Day::civil(year, month, day);
    let year = if soon(year, 28)?.0 + 31 < today.0 { year + 1 } else { year };
    let after_month = if month == 12 { Day::civil(year + 1, 1, 1)? } else { Day::civil(year, month + 1, 1)? };
    match beside {
        Some(day) => {
            let day = soon(year, i32::try_from(day).ok()?)?;
            Some((day, Day(day.0 + 1)))
        }
        None => Some((soon(year, 1)?, after_month)),
    }
}

/// "14 days", "eight weeks": in days.
fn span(text: Around<'_>, at: usize) -> Option<i32> {
    let word = text.word(at);
    let spelt = SMALL.iter().position(|names| names.contains(&word)).and_then(|index| i32::try_from(index + 1).ok());
    let number = match text.number(at) {
        Some(number) => i32::try_from(number.floor()).ok().filter(|number| (1..=400).contains(number))?,
        None => spelt?,
    };
    match text.unit(at + 1)?.0 {
        UnitWord::Days => Some(number),
        UnitWord::Weeks => Some(number.saturating_mul(7)),
        UnitWord::Months => Some(number.saturating_mul(30)),
        _ => None,
    }
}

/// "6 h a week for eight weeks" is 48 hours.
fn weekly(text: Around<'_>, at: usize, days: i32, facts: &mut Facts) {
    let for_so_long = text.before(at, 2, &["for", "x", "pendant", "over", "sur", "durant", "times"]);
    let Some(stated) = facts.quantity.as_mut().filter(|stated| stated.origin != Origin::Given) else { return };
    if for_so_long && days >= 7 && stated.value.unit == Unit::HoursPerWeek {
        let value = stated.value.value.times(i64::from(days / 7), 1);
        *stated = Stated::new(Quantity { value, unit: Unit::Hours }, Origin::Read);
    }
}
