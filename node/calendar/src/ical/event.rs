//! One event of a calendar file.

use super::line::{Line, unescape};
use super::{Fault, Imported, Mark};
use crate::limits::OCCURRENCES_MAX;
use crate::rule::Rule;
use crate::span::Moment;
use crate::stamp;
use crate::window::Window;
use crate::zone::Zone;
use alloc::{format, string::String, string::ToString, vec::Vec};
use jiff::civil::{Date, DateTime};
use jiff::{Span as Length, ToSpan};

/// What an event says, line by line, before it is put together.
pub(super) struct Event {
    at: usize,
    uid: Option<String>,
    starts: Option<Line>,
    ends: Option<Line>,
    lasts: Option<Line>,
    rule: Option<Line>,
    except: Vec<Line>,
    also_except: Vec<Date>,
    /// The occurrence of another event that this one replaces.
    pub(super) replaces: Option<Line>,
    summary: String,
    mark: Option<Mark>,
    cancelled: bool,
}

/// A time of a file: on whose wall, and whether it is a whole day.
struct Stamp {
    wall: DateTime,
    zone: Zone,
    whole_day: bool,
}

impl Stamp {
    /// What the wall of this one shows at another; a time that never comes stays as it was written.
    fn on_its_wall(&self, other: &Stamp) -> DateTime {
        let same_wall = other.whole_day || other.zone == self.zone;
        if same_wall { other.wall } else { self.zone.wall(other.zone.moment(other.wall)) }
    }
}

impl Event {
    pub(super) fn begins(at: usize) -> Event {
        Event {
            at,
            uid: None,
            starts: None,
            ends: None,
            lasts: None,
            rule: None,
            except: Vec::new(),
            also_except: Vec::new(),
            replaces: None,
            summary: String::new(),
            mark: None,
            cancelled: false,
        }
    }

    /// Takes in one line. Lines that say nothing about hours are passed over.
    pub(super) fn take(&mut self, line: Line) -> Result<(), Fault> {
        let place = match line.name.as_str() {
            "DTSTART" => &mut self.starts,
            "DTEND" => &mut self.ends,
            "DURATION" => &mut self.lasts,
            "RRULE" => &mut self.rule,
            "RECURRENCE-ID" if line.parameter("RANGE").is_none() => &mut self.replaces,
            "EXDATE" => {
                self.except.push(line);
                return Ok(());
            }
            "RDATE" | "EXRULE" | "RECURRENCE-ID" => {
                let why = "is not supported; write the times as events of their own, or use RRULE and EXDATE";
                return Err(Fault::at(line.at, format!("{} {why}", line.name)));
            }
            "UID" => {
                self.uid = Some(line.value);
                return Ok(());
            }
            "SUMMARY" => {
                self.summary = unescape(&line.value).chars().filter(|c| !c.is_control()).take(120).collect();
                return Ok(());
            }
            "STATUS" => {
                self.cancelled = line.value.trim().eq_ignore_ascii_case("CANCELLED");
                return Ok(());
            }
            "X-COSOLVENT-KIND" => {
                self.mark = Mark::ALL.into_iter().find(|mark| mark.text().eq_ignore_ascii_case(line.value.trim()));
                return Ok(());
            }
            _ => return Ok(()),
        };
        let (at, name) = (line.at, line.name.clone());
        match place.replace(line) {
            None => Ok(()),
            Some(_) => Err(Fault::at(at, format!("{name} is said twice; say it once"))),
        }
    }

    /// The window that it says.
    pub(super) fn window(&self, zone: &Zone) -> Result<Imported, Fault> {
        let line = self
            .starts
            .as_ref()
            .ok_or_else(|| Fault::at(self.at, "the event has no DTSTART; add one or take it out"))?;
        let starts = stamp(line, &line.value, zone)?;
        let ends = self.ends(&starts, zone)?;
        let rule = self
            .rule
            .as_ref()
            .map(|line| line.value.parse::<Rule>().map_err(|bad| Fault::at(line.at, bad.to_string())));
        let mut except = self.also_except.clone();
        for line in &self.except {
            except.extend(excepted(line, &starts, zone)?);
        }
        except.sort_unstable();
        except.dedup();
        let window = Window { starts: starts.wall, ends, zone: starts.zone, rule: rule.transpose()?, except };
        window.check().map_err(|bad| Fault::at(self.at, bad.to_string()))?;
        let (summary, mark, cancelled) = (self.summary.clone(), self.mark, self.cancelled);
        Ok(Imported { line: self.at, summary, mark, cancelled, window })
    }

    fn ends(&self, starts: &Stamp, zone: &Zone) -> Result<DateTime, Fault> {
        match (&self.ends, &self.lasts) {
            (Some(line), None) => {
                let ends = stamp(line, &line.value, zone)?;
                Ok(starts.on_its_wall(&ends))
            }
            (None, Some(line)) => {
                let wrong = || Fault::at(line.at, "DURATION is not understood; write it like PT8H or P1D");
                let (days, seconds) = duration(line.value.trim()).ok_or_else(wrong)?;
                let day = starts.wall.checked_add(days).map_err(|_| wrong())?;
                Ok(starts.zone.wall(starts.zone.moment(day).plus(seconds)))
            }
            (None, None) if starts.whole_day => {
                starts.wall.checked_add(1.day()).map_err(|_| Fault::at(self.at, "the event has no end; add DTEND"))
            }
            (None, None) => Err(Fault::at(self.at, "the event has no end; add DTEND or DURATION")),
            (Some(_), Some(line)) => Err(Fault::at(line.at, "DTEND and DURATION exclude each other; leave one out")),
        }
    }
}

/// Takes the occurrence that an event replaces out of the event that it belongs to.
pub(super) fn take_out(events: &mut [Event], by: &Event, zone: &Zone, faults: &mut Vec<Fault>) {
    let Some(line) = &by.replaces else { return };
    let whole = events.iter_mut().find(|event| event.uid.is_some() && event.uid == by.uid);
    let Some(whole) = whole else {
        return faults
            .push(Fault::at(line.at, "RECURRENCE-ID belongs to no event of this file; export the whole series"));
    };
    let starts = whole.starts.as_ref().map(|line| stamp(line, &line.value, zone));
    let Some(Ok(starts)) = starts else { return };
    match excepted(line, &starts, zone) {
        Ok(dates) => whole.also_except.extend(dates),
        Err(fault) => faults.push(fault),
    }
}

/// Dates of `EXDATE` or `RECURRENCE-ID`, on the wall of the event. Each must name an occurrence by its time as well.
fn excepted(line: &Line, starts: &Stamp, zone: &Zone) -> Result<Vec<Date>, Fault> {
    let mut dates = Vec::new();
    for text in line.value.split(',') {
        if dates.len() >= OCCURRENCES_MAX {
            return Err(Fault::at(line.at, "there are too many exceptions; end the rule earlier"));
        }
        let one = stamp(line, text, zone)?;
        let wall = starts.on_its_wall(&one);
        if !one.whole_day && wall.time() != starts.wall.time() {
            return Err(Fault::at(
                line.at,
                format!("no occurrence begins at {wall}; except the time at which it begins"),
            ));
        }
        dates.push(wall.date());
    }
    Ok(dates)
}

/// A time of a file: `20270223T150000` with `TZID` or on the wall of `zone`, with `Z` in UTC, or a whole day.
fn stamp(line: &Line, text: &str, zone: &Zone) -> Result<Stamp, Fault> {
    let text = text.trim();
    let wrong = || Fault::at(line.at, format!("{} is not understood; write it like 20270223T150000", line.name));
    if let Some(date) = stamp::date(text) {
        return Ok(Stamp {
            wall: date.to_datetime(jiff::civil::Time::midnight()),
            zone: zone.clone(),
            whole_day: true,
        });
    }
    if let Some(utc) = text.strip_suffix(['Z', 'z']) {
        return Ok(Stamp { wall: stamp::date_time(utc).ok_or_else(wrong)?, zone: Zone::utc(), whole_day: false });
    }
    let named = line.parameter("TZID").map(|name| Zone::named(name.trim_start_matches('/')));
    let zone = named.unwrap_or_else(|| Ok(zone.clone())).map_err(|bad| Fault::at(line.at, bad.to_string()))?;
    Ok(Stamp { wall: stamp::date_time(text).ok_or_else(wrong)?, zone, whole_day: false })
}

/// Days by the wall and seconds by the clock of `P1W`, `P1DT2H`, `PT8H30M`.
fn duration(text: &str) -> Option<(Length, i64)> {
    let text = text.strip_prefix('+').unwrap_or(text).strip_prefix('P')?;
    let (days, clock) = text.split_once('T').unwrap_or((text, ""));
    let (mut weeks_and_days, mut seconds) = (0i64, 0i64);
    for (number, unit) in quantities(days)? {
        weeks_and_days += number
            * match unit {
                'W' => 7,
                'D' => 1,
                _ => return None,
            };
    }
    for (number, unit) in quantities(clock)? {
        seconds += number
            * match unit {
                'H' => 3_600,
                'M' => 60,
                'S' => 1,
                _ => return None,
            };
    }
    (!text.is_empty()).then(|| Some((Length::new().try_days(weeks_and_days).ok()?, seconds))).flatten()
}

/// `1D2H` as numbers of at most six digits with their units; at most four of them.
fn quantities(text: &str) -> Option<Vec<(i64, char)>> {
    let mut all = Vec::new();
    for part in text.split_inclusive(|c: char| c.is_ascii_alphabetic()) {
        let unit = part.chars().last().filter(char::is_ascii_alphabetic)?;
        let number = part.strip_suffix(unit).filter(|digits| (1..=6).contains(&digits.len()))?;
        let digits = number.bytes().all(|byte| byte.is_ascii_digit());
        all.push((digits.then(|| number.parse().ok()).flatten()?, unit));
    }
    (all.len() <= 4).then_some(all)
}

/// The moment of `DTSTAMP`.
pub(super) fn utc(moment: Moment) -> String {
    format!("{}Z", stamp::of_date_time(Zone::utc().wall(moment)))
}
