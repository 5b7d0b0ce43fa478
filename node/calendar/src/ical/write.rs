//! Windows to a calendar file.

use super::Mark;
use super::event::utc;
use super::line::{escape, put};
use crate::rule::{End, Rule, Until};
use crate::span::{Hours, Moment};
use crate::stamp::of_date_time;
use crate::window::Window;
use crate::zone::{Change, Zone};
use alloc::{format, string::String, vec::Vec};
use jiff::civil::DateTime;

/// One thing to write.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is.
    pub mark: Mark,
    /// Names it within the file; letters, digits, hyphens.
    pub id: String,
    /// What it is called.
    pub summary: String,
    /// When.
    pub window: Window,
}

/// A calendar file of these entries (`CAL-9`). A rule's nights that clocks make longer or shorter are events of their own.
pub fn write(entries: &[Entry], now: Moment) -> String {
    let mut out = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cosolvent//Calendar//EN", "CALSCALE:GREGORIAN"] {
        put(&mut out, line);
    }
    for zone in zones(entries) {
        put_zone(&mut out, zone, entries);
    }
    for entry in entries {
        for (at, part) in entry.window.in_exact_lengths().iter().enumerate() {
            put_event(&mut out, entry, at, part, now);
        }
    }
    put(&mut out, "END:VCALENDAR");
    out
}

fn put_event(out: &mut String, entry: &Entry, part: usize, window: &Window, now: Moment) {
    let time = |name: &str, wall: DateTime| stamped(name, &window.zone, &[wall]);
    let mut line = |text: &str| put(out, text);
    line("BEGIN:VEVENT");
    line(&format!("UID:{}-{part}@cosolvent", escape(&entry.id)));
    line(&format!("DTSTAMP:{}", utc(now)));
    line(&format!("SUMMARY:{}", escape(&entry.summary)));
    line(&format!("X-COSOLVENT-KIND:{}", entry.mark.text()));
    line(&time("DTSTART", window.starts));
    line(&time("DTEND", window.ends));
    if let Some(rule) = &window.rule {
        line(&format!("RRULE:{}", in_utc(rule, window)));
    }
    if !window.except.is_empty() {
        let walls: Vec<DateTime> = window.except.iter().map(|date| date.to_datetime(window.starts.time())).collect();
        line(&stamped("EXDATE", &window.zone, &walls));
    }
    line(if entry.mark == Mark::Open { "TRANSP:TRANSPARENT" } else { "TRANSP:OPAQUE" });
    line("END:VEVENT");
}

/// `UNTIL` in UTC, as RFC 5545 section 3.3.10 wants it beside a `DTSTART` with a zone.
fn in_utc(rule: &Rule, window: &Window) -> Rule {
    match rule.end {
        End::Until(Until::Day(day)) => {
            let last = window.zone.ends(day).plus(-1);
            Rule { end: End::Until(Until::Moment(last)), ..rule.clone() }
        }
        _ => rule.clone(),
    }
}

fn stamped(name: &str, zone: &Zone, walls: &[DateTime]) -> String {
    let is_utc = *zone == Zone::utc();
    let z = if is_utc { "Z" } else { "" };
    let texts: Vec<String> = walls.iter().map(|wall| format!("{}{z}", of_date_time(*wall))).collect();
    let texts = texts.join(",");
    if is_utc { format!("{name}:{texts}") } else { format!("{name};TZID={zone}:{texts}") }
}

/// The zones of all entries but UTC, each once.
fn zones(entries: &[Entry]) -> Vec<&Zone> {
    let mut zones: Vec<&Zone> = Vec::new();
    for zone in entries.iter().map(|entry| &entry.window.zone) {
        if *zone != Zone::utc() && !zones.contains(&zone) {
            zones.push(zone);
        }
    }
    zones
}

/// What a zone's clocks do while the entries last, for programs that do not know it by name (RFC 5545 section 3.6.5).
fn put_zone(out: &mut String, zone: &Zone, entries: &[Entry]) {
    let hours: Hours = entries.iter().filter_map(|entry| entry.window.hours().extent()).collect();
    let Some(all) = hours.extent() else { return };
    put(out, "BEGIN:VTIMEZONE");
    put(out, &format!("TZID:{zone}"));
    for Change { before_s, after_s, summer, wall, name } in zone.changes(all) {
        let component = if summer { "DAYLIGHT" } else { "STANDARD" };
        put(out, &format!("BEGIN:{component}"));
        put(out, &format!("DTSTART:{}", of_date_time(wall)));
        put(out, &format!("TZOFFSETFROM:{}", offset(before_s)));
        put(out, &format!("TZOFFSETTO:{}", offset(after_s)));
        put(out, &format!("TZNAME:{}", escape(&name)));
        put(out, &format!("END:{component}"));
    }
    put(out, "END:VTIMEZONE");
}

fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.unsigned_abs();
    format!("{sign}{:02}{:02}", seconds / 3_600, seconds % 3_600 / 60)
}
