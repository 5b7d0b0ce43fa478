//! Calendar files in and out.

use crate::{failure::Failure, print::Printer};
use ::calendar::ical::{Entry, Imported, Mark, read, write};
use ::calendar::shift::SiteHours;
use ::calendar::span::Moment;
use ::calendar::timetable::{Kind, Timetable};
use ::calendar::window::Window;
use ::calendar::zone::Zone;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::{fs, path::Path};

/// On whose wall times without a zone are read: the firm's, or that of the windows that are there already.
pub(super) fn zone(site: Option<&SiteHours>, timetable: &Timetable) -> Zone {
    let window = timetable.open.first().map(|window| window.zone.clone());
    site.map(|site| site.zone.clone()).or(window).unwrap_or_else(Zone::utc)
}

/// Writes what a view shows.
pub(super) fn export(shown: &Value, out: &Path, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let (timetable, _) = super::timetable(shown)?;
    let text = |name: &str| shown[name].as_str().unwrap_or_default().to_string();
    let entry = |mark: Mark, kind: &str, at: usize, window: &Window| Entry {
        mark,
        id: format!("{}-{kind}-{}", text("item"), at + 1),
        summary: format!("{} ({kind})", text("title")),
        window: window.clone(),
    };
    let open = timetable.open.iter().enumerate().map(|(at, window)| entry(Mark::Open, "open", at, window));
    let shut = timetable.shut.iter().enumerate().map(|(at, window)| entry(Mark::Shut, "shut", at, window));
    let booked = booked(shown).into_iter().enumerate();
    let booked = booked
        .map(|(at, (mark, window))| entry(mark, if mark == Mark::Held { "held" } else { "committed" }, at, &window));
    let entries: Vec<Entry> = open.chain(shut).chain(booked).collect();
    let now = Moment(Timestamp::now().as_second());
    fs::write(out, write(&entries, now)).map_err(|error| {
        Failure::of("output", &format!("cannot write {}: {error}; choose another path with --out", out.display()))
    })?;
    printer.line(&format!("{} events written to {}", entries.len(), out.display()))
}

/// Booked hours as windows in UTC.
fn booked(shown: &Value) -> Vec<(Mark, Window)> {
    let wall = |value: &Value| {
        let moment: Timestamp = value.as_str()?.parse().ok()?;
        Some(Zone::utc().wall(Moment(moment.as_second())))
    };
    let bookings = shown["bookings"].as_array().into_iter().flatten();
    let spans = bookings.flat_map(|booking| {
        let mark = if booking["lapses"].is_null() { Mark::Committed } else { Mark::Held };
        booking["spans"].as_array().into_iter().flatten().map(move |span| (mark, span))
    });
    let windows = spans.filter_map(|(mark, span)| {
        Some((mark, Window::once(wall(&span["begins"])?, wall(&span["ends"])?, Zone::utc())))
    });
    windows.collect()
}

/// Adds the windows of a file to a timetable, and shows line by line what comes of it. Windows that are there already stay.
pub(super) fn import(
    timetable: &mut Timetable,
    file: &Path,
    (kind, zone): (Kind, &Zone),
    printer: &mut Printer<'_>,
) -> Result<(), Failure> {
    let bytes = fs::read(file);
    let bytes =
        bytes.map_err(|error| Failure::usage(&format!("cannot read {}: {error}; check the path", file.display())))?;
    let events = read(&bytes, zone).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Failure::usage(&format!("{} is not taken in, nothing was changed: {}", file.display(), faults.join("; ")))
    })?;
    let rows: Vec<Value> = events.into_iter().map(|event| row(timetable, event, kind)).collect();
    timetable.check().map_err(|bad| {
        Failure::usage(&format!("{} does not go with the timetable, nothing was changed: {bad}", file.display()))
    })?;
    printer.table(
        "calendar-import",
        &rows,
        &[("LINE", "line"), ("EVENT", "event"), ("BEGINS", "begins"), ("RESULT", "result")],
    )
}

/// Takes one event in, and says what became of it.
fn row(timetable: &mut Timetable, event: Imported, kind: Kind) -> Value {
    let windows = match event.mark {
        Some(Mark::Open) => Some(&mut timetable.open),
        Some(Mark::Shut) => Some(&mut timetable.shut),
        Some(Mark::Held | Mark::Committed) => None,
        None if kind == Kind::Open => Some(&mut timetable.open),
        None => Some(&mut timetable.shut),
    };
    let begins = event.window.starts.to_string();
    let result = match windows {
        None => "skipped: hours come to deals by their terms, not by files",
        Some(_) if event.cancelled => "skipped: it was called off",
        // A rule may end otherwise in writing; what counts are the hours.
        Some(windows) if windows.iter().any(|window| window.hours() == event.window.hours()) => "unchanged",
        Some(windows) => {
            windows.push(event.window);
            "new"
        }
    };
    json!({"line": event.line, "event": event.summary, "begins": begins, "result": result})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown() -> Value {
        json!({
            "item": "0101", "title": "Machine 3", "version": 1,
            "timetable": {"open": [{
                "starts": "2027-02-23T15:00:00", "ends": "2027-02-23T23:00:00", "zone": "America/Toronto",
                "rule": "FREQ=WEEKLY;BYDAY=TU,WE,TH;UNTIL=20270404",
            }]},
            "bookings": [{"lapses": null, "spans": [{"begins": "2027-02-23T20:00:00Z", "ends": "2027-02-24T00:00:00Z"}]}],
        })
    }

    fn imported(timetable: &mut Timetable, file: &Path) -> Result<Value, Failure> {
        let mut out = Vec::new();
        import(timetable, file, (Kind::Open, &Zone::utc()), &mut Printer::new(true, &mut out))?;
        Ok(serde_json::from_slice(&out).unwrap())
    }

    #[test]
    fn what_is_exported_comes_back_as_the_same_windows_and_twice_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("machine.ics");
        export(&shown(), &file, &mut Printer::new(true, &mut Vec::new())).unwrap();
        let mut timetable = Timetable::default();
        for (first, second) in [("new", "skipped"), ("unchanged", "skipped")] {
            let rows = imported(&mut timetable, &file).unwrap();
            assert_eq!(rows["items"][0]["result"], first);
            assert!(rows["items"][1]["result"].as_str().unwrap().starts_with(second), "{rows}");
        }
        assert_eq!(timetable.open.len(), 1);
        assert_eq!(timetable.open[0].hours().seconds(), 18 * 8 * 3_600);
    }

    #[test]
    fn a_faulty_file_changes_nothing_and_every_fault_has_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("faulty.ics");
        let event = "BEGIN:VEVENT\nDTSTART:20270223T150000\nDTEND:20270223T230000\nRRULE:FREQ=WEEKLY\nEND:VEVENT\n";
        fs::write(&file, format!("BEGIN:VCALENDAR\n{event}{event}END:VCALENDAR\n")).unwrap();
        let mut timetable = Timetable::default();
        let failure = imported(&mut timetable, &file).unwrap_err();
        let said = failure.fault.to_string();
        assert!(said.contains("line 5: rule: it never ends") && said.contains("line 10"), "{said}");
        assert_eq!((timetable, failure.exit), (Timetable::default(), 2));
    }
}
