//! A calendar file to windows.

use super::event::Event;
use super::line::{Line, unfold};
use super::{Mark, event};
use crate::limits::{FILE_BYTES_MAX, WINDOWS_MAX};
use crate::window::Window;
use crate::zone::Zone;
use alloc::{format, string::String, vec::Vec};
use serde::Serialize;

/// Faults that are told at once.
const FAULTS_MAX: usize = 20;
/// Components within components: a calendar, an event, its alarm, and one more.
const DEPTH_MAX: usize = 4;

/// A fault of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct Fault {
    /// In which line, from 1.
    pub line: usize,
    /// What is wrong, and what to do.
    pub why: String,
}

impl Fault {
    pub(super) fn at(line: usize, why: impl Into<String>) -> Fault {
        Fault { line, why: why.into() }
    }
}

/// One event of a file, as a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// In which line it begins.
    pub line: usize,
    /// What it calls itself.
    pub summary: String,
    /// What it says to be; nothing in files of other programs.
    pub mark: Option<Mark>,
    /// Whether it was called off; its hours then mean nothing.
    pub cancelled: bool,
    /// Its window.
    pub window: Window,
}

/// Reads a calendar file whole, or says what is wrong with it (`CAL-9`). Times without a zone are read on the wall of `zone`.
pub fn read(bytes: &[u8], zone: &Zone) -> Result<Vec<Imported>, Vec<Fault>> {
    let one = |line, why: &str| [Fault::at(line, why)].into();
    if bytes.len() > FILE_BYTES_MAX {
        return Err(one(1, "the file has more than 1 MiB; export fewer events"));
    }
    let text = core::str::from_utf8(bytes);
    let text = text.map_err(|_| one(1, "the file is not UTF-8; save it as UTF-8"))?;
    let lines = unfold(text.trim_start_matches('\u{feff}'));
    let lines = lines.map_err(|at| one(at, "the line is longer than 64 KiB; take the event out"))?;
    let mut faults = Vec::new();
    let mut events = events(&lines, &mut faults);
    if events.len() > WINDOWS_MAX {
        return Err(one(
            1,
            &format!("the file has more than {WINDOWS_MAX} events; export fewer, or only the coming months"),
        ));
    }
    let overrides = events.extract_if(.., |event| event.replaces.is_some()).collect::<Vec<Event>>();
    for one in &overrides {
        event::take_out(&mut events, one, zone, &mut faults);
    }
    let mut windows = Vec::new();
    for one in events.iter().chain(&overrides) {
        match one.window(zone) {
            Ok(window) => windows.push(window),
            Err(fault) => faults.push(fault),
        }
    }
    faults.truncate(FAULTS_MAX);
    if faults.is_empty() { Ok(windows) } else { Err(faults) }
}

/// The events of a calendar. Other components are passed over.
fn events(lines: &[(usize, String)], faults: &mut Vec<Fault>) -> Vec<Event> {
    let mut open: Vec<String> = Vec::new();
    let mut events: Vec<Event> = Vec::new();
    for (at, text) in lines {
        let Some(line) = Line::parse(*at, text) else {
            faults.push(Fault::at(*at, "this is no line of a calendar; a line is NAME:VALUE"));
            return events;
        };
        let component = line.value.trim().to_ascii_uppercase();
        match (line.name.as_str(), open.as_slice()) {
            ("BEGIN", []) if component != "VCALENDAR" => {
                faults.push(Fault::at(*at, "a calendar begins with BEGIN:VCALENDAR; export it as iCalendar (.ics)"));
                return events;
            }
            ("BEGIN", within) => {
                if within.len() >= DEPTH_MAX {
                    faults.push(Fault::at(*at, "components are nested too deeply"));
                    return events;
                }
                if within.len() == 1 && component == "VEVENT" {
                    events.push(Event::begins(*at));
                }
                open.push(component);
            }
            ("END", _) => {
                let begun = open.pop();
                if begun.as_ref() != Some(&component) {
                    faults.push(Fault::at(*at, "this END belongs to no BEGIN; the file is damaged, export it again"));
                    return events;
                }
            }
            (_, []) => {
                faults.push(Fault::at(*at, "a calendar begins with BEGIN:VCALENDAR; export it as iCalendar (.ics)"));
                return events;
            }
            (_, [_, within]) if within == "VEVENT" => {
                if let Some(event) = events.last_mut()
                    && let Err(fault) = event.take(line)
                {
                    faults.push(fault);
                }
            }
            _ => {}
        }
    }
    if !open.is_empty() || lines.is_empty() {
        let end = lines.last().map_or(1, |(at, _)| *at);
        faults
            .push(Fault::at(end, "the calendar does not end with END:VCALENDAR; the file is cut off, export it again"));
    }
    events
}
