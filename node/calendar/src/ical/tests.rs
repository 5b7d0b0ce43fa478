use super::*;
use crate::rule::Rule;
use crate::span::{Hours, Moment};
use crate::window::Window;
use crate::zone::Zone;
use jiff::civil::{DateTime, date, datetime};
use proptest::prelude::*;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

const NOW: Moment = Moment(1_803_297_600);

fn toronto() -> Zone {
    Zone::named("America/Toronto").unwrap()
}

fn window(starts: DateTime, ends: DateTime, rule: &str) -> Window {
    Window { rule: Some(rule.parse::<Rule>().unwrap()), ..Window::once(starts, ends, toronto()) }
}

fn calendar(event: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n{event}END:VEVENT\r\nEND:VCALENDAR\r\n")
}

fn one(event: &str) -> Imported {
    let read = read(calendar(event).as_bytes(), &toronto()).unwrap();
    assert_eq!(read.len(), 1);
    read[0].clone()
}

fn why(text: &str) -> String {
    read(text.as_bytes(), &toronto()).unwrap_err()[0].to_string()
}

fn hours(windows: &[Imported]) -> Hours {
    windows.iter().fold(Hours::default(), |all, one| all.or(&one.window.hours()))
}

#[test]
fn what_is_written_is_read_back_as_the_same_hours() {
    // CAL-9: second shift and a night shift through November, with an exception, an accent and a long name.
    let second = window(
        datetime(2027, 2, 23, 15, 0, 0, 0),
        datetime(2027, 2, 23, 23, 0, 0, 0),
        "FREQ=WEEKLY;BYDAY=TU,WE,TH;UNTIL=20270404",
    );
    let mut night = window(datetime(2027, 11, 5, 22, 0, 0, 0), datetime(2027, 11, 6, 6, 0, 0, 0), "FREQ=DAILY;COUNT=5");
    night.except.push(date(2027, 11, 8));
    let entry = |window: &Window, id: &str| {
        Entry {
        mark: Mark::Open,
        id: id.into(),
        summary: "Équipe de soir; centre d'usinage à cinq axes, broche longue, avec un nom qui ne tient pas sur une seule ligne".into(),
        window: window.clone(),
    }
    };
    let file = write(&[entry(&second, "a"), entry(&night, "b")], NOW);
    assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
    assert!(file.contains("BEGIN:VTIMEZONE\r\nTZID:America/Toronto\r\n") && file.contains("TZOFFSETTO:-0400"));
    let back = read(file.as_bytes(), &Zone::utc()).unwrap();
    assert_eq!(back.len(), 3, "the nine-hour night stands by itself");
    assert_eq!(hours(&back), second.hours().or(&night.hours()));
    assert_eq!((back[0].mark, back[0].summary.as_str()), (Some(Mark::Open), entry(&second, "a").summary.as_str()));
}

#[test]
fn times_are_read_in_their_zone_in_utc_on_the_firms_wall_or_as_whole_days() {
    let eight = |text: &str| one(text).window.hours().extent().unwrap();
    let toronto =
        eight("DTSTART;TZID=America/Toronto:20270223T150000\r\nDTEND;TZID=America/Toronto:20270223T230000\r\n");
    assert_eq!(eight("DTSTART:20270223T200000Z\r\nDTEND:20270224T040000Z\r\n"), toronto);
    assert_eq!(eight("DTSTART:20270223T150000\r\nDURATION:PT8H\r\n"), toronto);
    assert_eq!(
        eight("DTSTART;TZID=\"America/Vancouver\":20270223T120000\r\nDTEND;TZID=America/Toronto:20270223T230000\r\n")
            .to(),
        toronto.to()
    );
    let days = one("DTSTART;VALUE=DATE:20270415\r\nDTEND;VALUE=DATE:20270506\r\n").window;
    assert_eq!((days.starts, days.ends), (datetime(2027, 4, 15, 0, 0, 0, 0), datetime(2027, 5, 6, 0, 0, 0, 0)));
    assert_eq!(one("DTSTART;VALUE=DATE:20270701\r\n").window.hours().seconds(), 24 * 3_600);
}

#[test]
fn a_text_survives_whatever_is_in_it() {
    for text in ["a, b; c\\d", "back\\n", "two\nlines", "\\\\", "\u{e9}\u{1f529}"] {
        assert_eq!(line::unescape(&line::escape(text)), text);
    }
}

#[test]
fn an_occurrence_that_was_moved_by_itself_is_moved() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nDTSTART:20270223T150000\nDTEND:20270223T230000\nRRULE:FREQ=DAILY;COUNT=3\n\
        EXDATE:20270225T150000\nEND:VEVENT\nBEGIN:VEVENT\nUID:x\nRECURRENCE-ID:20270224T150000\nDTSTART:20270226T070000\n\
        DTEND:20270226T150000\nSTATUS:CONFIRMED\nBEGIN:VALARM\nTRIGGER:-PT15M\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n";
    let back = read(text.as_bytes(), &toronto()).unwrap();
    let days: Vec<i8> =
        back.iter().flat_map(|one| one.window.occurrences().map(|one| one.starts.day()).collect::<Vec<_>>()).collect();
    assert_eq!(days, [23, 26]);
}

#[test]
fn faults_are_named_by_line_with_what_to_do() {
    // CAL-9
    let head = "DTSTART:20270223T150000\r\nDTEND:20270223T230000\r\n";
    for (event, said) in [
        ("SUMMARY:x\r\n", "line 3: the event has no DTSTART"),
        ("DTSTART:20270223T150000\r\n", "add DTEND or DURATION"),
        ("DTSTART:tomorrow\r\nDTEND:20270223T230000\r\n", "line 4: DTSTART is not understood"),
        ("DTSTART;TZID=Eastern Standard Time:20270223T150000\r\nDURATION:PT8H\r\n", "America/Toronto"),
        ("DTSTART:20270223T150000\r\nDURATION:8 hours\r\n", "PT8H"),
        (&format!("{head}RRULE:FREQ=WEEKLY\r\n"), "line 6: rule: it never ends"),
        (&format!("{head}RRULE:FREQ=MONTHLY;BYSETPOS=1;BYDAY=TU;COUNT=2\r\n"), "BYSETPOS"),
        (&format!("{head}RDATE:20270301T150000\r\n"), "line 6: RDATE is not supported"),
        (&format!("{head}EXDATE:20270223T160000\r\n"), "no occurrence begins at 2027-02-23T16:00:00"),
        (&format!("{head}EXDATE:20270226T150000\r\n"), "does not begin on 2027-02-26"),
        (&format!("{head}DTSTART:20270223T150000\r\n"), "line 6: DTSTART is said twice"),
        (&format!("{head}DURATION:PT1H\r\n"), "leave one out"),
        (&format!("{head}RECURRENCE-ID:20270223T150000\r\n"), "export the whole series"),
        ("DTSTART:20270223T150000\r\nDTEND:20270223T130000\r\n", "line 3: ends"),
    ] {
        let why = why(&calendar(event));
        assert!(why.contains(said), "{event}: {why}");
    }
    for (text, said) in [
        ("", "cut off"),
        ("hello", "NAME:VALUE"),
        ("BEGIN:VCARD\nEND:VCARD\n", "iCalendar"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", "damaged"),
        ("BEGIN:VCALENDAR\n", "cut off"),
    ] {
        assert!(why(text).contains(said), "{text}: {}", why(text));
    }
    let latin = read(b"BEGIN:VCALENDAR\nSUMMARY:\xe9\nEND:VCALENDAR\n", &toronto()).unwrap_err();
    assert!(latin[0].to_string().contains("UTF-8"));
}

#[test]
fn a_hostile_file_is_refused_for_its_size_before_its_meaning() {
    let events = "BEGIN:VEVENT\nDTSTART:20270223T150000\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYMONTHDAY=31;BYDAY=MO;UNTIL=20991231\nEND:VEVENT\n";
    let many = format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", events.repeat(5_000));
    assert!(why(&many).contains("more than 200 events"));
    assert!(why(&"x".repeat(2_000_000)).contains("1 MiB"));
    let long = format!("BEGIN:VCALENDAR\nX:{}\nEND:VCALENDAR\n", "y\n ".repeat(70_000));
    assert!(why(&long).contains("64 KiB"));
    let deep = "BEGIN:VCALENDAR\n".repeat(50);
    assert!(why(&deep).contains("too deeply"));
    let all_faulty = format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", events.repeat(200));
    assert_eq!(read(all_faulty.as_bytes(), &toronto()).unwrap_err().len(), 20);
}

fn some_file() -> impl Strategy<Value = Vec<u8>> {
    let sound = calendar(
        "UID:x\r\nDTSTART;TZID=America/Toronto:20270223T150000\r\nDTEND;TZID=America/Toronto:20270223T230000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU,WE;COUNT=6\r\nEXDATE;TZID=America/Toronto:20270224T150000\r\nSUMMARY:a\\, b\r\n",
    );
    let change = (
        any::<prop::sample::Index>(),
        prop_oneof![any::<u8>(), Just(b'\n'), Just(b':'), Just(b'9'), Just(b'"'), Just(b';')],
        any::<bool>(),
    );
    proptest::collection::vec(change, 0..12).prop_map(move |changes| {
        let mut bytes = sound.clone().into_bytes();
        for (at, byte, insert) in changes {
            let at = at.index(bytes.len());
            if insert { bytes.insert(at, byte) } else { bytes[at] = byte }
        }
        bytes
    })
}

proptest! {
    #[test]
    fn a_damaged_file_is_refused_or_read_and_never_stops_us(bytes in some_file()) {
        if let Ok(read) = read(&bytes, &toronto()) {
            for one in read {
                prop_assert_eq!(one.window.check(), Ok(()));
                let entry = Entry { mark: Mark::Open, id: "x".into(), summary: one.summary.clone(), window: one.window.clone() };
                let written = write(&[entry], NOW);
                let back = super::read(written.as_bytes(), &Zone::utc());
                prop_assert!(back.is_ok(), "{:?} {}", back, written);
                prop_assert_eq!(hours(&back.unwrap()), one.window.hours());
            }
        }
    }
}
