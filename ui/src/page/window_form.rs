//! One window in plain fields: days of the week, times of the day, a first and a last day, days to leave out.
//!
//! What the fields say becomes a window of the calendar; what the firm finds wrong with it comes back to the field that can mend it.

use crate::form::{Fault, Faults, Form, clock};
use crate::page::parts::Fields;
use crate::voice::Voice;
use crate::words::Key;
use calendar::days::Days;
use calendar::limits::{OCCURRENCES_MAX, RULE_YEARS_MAX, WINDOWS_MAX, YEAR_MAX, YEAR_MIN};
use calendar::timetable::{BadTimetable, Kind};
use calendar::window::{BadWindow, Window};
use calendar::zone::Zone;
use fluent_bundle::FluentValue;
use jiff::civil::{Date, Time, Weekday};
use maud::{Markup, html};
use protocol::time::Day;

/// Days that a window is proposed for: six weeks.
const DAYS: u32 = 42;
/// Everything that a change is sent with.
const FIELDS: [&str; 10] = ["over", "kind", "number", "days", "starts", "ends", "first", "last", "zone", "except"];

/// A form that proposes six weeks from next Monday on.
pub(crate) fn blank(version: u32, zone: &Zone, today: Day) -> Form {
    let first = today.week().plus(1).monday();
    let (first, last) = (first.to_string(), first.plus(DAYS - 1).to_string());
    let over = version.to_string();
    Form::filled([("over", &over), ("kind", "open"), ("first", &first), ("last", &last), ("zone", zone.name())])
}

/// Whether it is a window that is offered or one that is not.
pub(crate) fn kind(form: &Form) -> Kind {
    if form.text("kind") == "shut" { Kind::Shut } else { Kind::Open }
}

/// The window, or every fault at once.
pub(crate) fn parse(voice: &Voice, form: &Form, today: Day, faults: &mut Faults) -> Option<Window> {
    let chosen: Vec<Weekday> =
        form.all("days").filter_map(|day| Weekday::from_monday_one_offset(day.parse().ok()?).ok()).collect();
    let days = faults.keep("days", Days::new(&chosen).ok_or(Key::FaultWindowDays));
    let starts = faults.keep("starts", clock(form.text("starts")).filter(|at| *at < 1_440).ok_or(Key::FaultClock));
    let ends = faults.keep("ends", clock(form.text("ends")).ok_or(Key::FaultClock));
    if starts.is_some() && starts == ends {
        faults.note("ends", Key::FaultWindowNoLength);
    }
    let first = faults.keep("first", form.text("first").parse::<Day>().map_err(|_| Key::FaultDate));
    let last = faults.keep("last", last(voice, form, first, today));
    let zone = faults.keep("zone", form.text("zone").parse::<Zone>().map_err(|_| unknown(voice, form.text("zone"))));
    let except = faults.keep("except", dates(voice, form.text("except")));
    if !faults.is_empty() {
        return None;
    }
    let hours = (time(starts?)?, time(ends?)?);
    let window = Window::weekly(hours, &days?, (first?.date()?, last?.date()?), zone?);
    let window = faults.keep("days", window.ok_or(Key::FaultWindowNoDay))?;
    Some(Window { except: except?, ..window })
}

fn last(voice: &Voice, form: &Form, first: Option<Day>, today: Day) -> Result<Day, Fault> {
    let text = form.text("last");
    if text.is_empty() {
        let until = first.unwrap_or(today).plus(DAYS - 1);
        return Err(voice.with(Key::FaultWindowEndless, &[("day", voice.day(until).into())]).into());
    }
    match text.parse::<Day>() {
        Err(_) => Err(Key::FaultDate.into()),
        Ok(last) if first.is_some_and(|first| last < first) => Err(Key::FaultLastDay.into()),
        Ok(last) if last < today => Err(voice.with(Key::FaultWindowOver, &[("day", voice.day(today).into())]).into()),
        Ok(last) => Ok(last),
    }
}

fn unknown(voice: &Voice, name: &str) -> String {
    let meant = Zone::of_town(name).map_or_else(|| "America/Toronto".to_string(), String::from);
    let name: String = name.chars().take(60).collect();
    voice.with(Key::FaultZone, &[("name", name.into()), ("meant", meant.into())])
}

/// Days with commas or spaces between.
fn dates(voice: &Voice, text: &str) -> Result<Vec<Date>, Fault> {
    let mut all: Vec<Date> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|word| !word.is_empty()) {
        let said = || {
            let word: String = word.chars().take(30).collect();
            Fault::from(voice.with(Key::FaultWindowDates, &[("word", word.into())]))
        };
        let date = word.parse::<Day>().ok().and_then(Day::date).ok_or_else(said)?;
        if !all.contains(&date) {
            all.push(date);
        }
    }
    all.sort_unstable();
    Ok(all)
}

/// A time of the day; the last midnight of a day is the first of the next.
fn time(minutes: u16) -> Option<Time> {
    let minutes = minutes % 1_440;
    Time::new(i8::try_from(minutes / 60).ok()?, i8::try_from(minutes % 60).ok()?, 0, 0).ok()
}

/// What the firm finds wrong with a timetable: the field that can mend it, and what to do.
pub(crate) fn bad(voice: &Voice, bad: &BadTimetable) -> (&'static str, String) {
    let with = |key: Key, variables: &[(&str, FluentValue<'_>)]| voice.with(key, variables);
    match bad {
        BadTimetable::Window { why, .. } => in_window(voice, why),
        BadTimetable::Overlap { first, on, .. } => {
            ("starts", with(Key::FaultWindowOverlap, &[("number", (*first).into()), ("on", voice.date(*on).into())]))
        }
        BadTimetable::NoHours { .. } => ("starts", voice.text(Key::FaultWindowJumped)),
        BadTimetable::TooMany => ("days", with(Key::FaultWindowsTooMany, &[("most", WINDOWS_MAX.into())])),
        BadTimetable::Notice | BadTimetable::Batch => ("starts", voice.text(Key::FaultNoticeOrBatch)),
    }
}

fn in_window(voice: &Voice, why: &BadWindow) -> (&'static str, String) {
    let on = |key: Key, date: &Date| voice.with(key, &[("day", voice.date(*date).into())]);
    match why {
        BadWindow::UpsideDown | BadWindow::TooLong | BadWindow::IntoNext(_) => {
            ("ends", voice.text(Key::FaultWindowLength))
        }
        BadWindow::Year => {
            let years = [("first", YEAR_MIN.to_string().into()), ("last", YEAR_MAX.to_string().into())];
            ("first", voice.with(Key::FaultWindowYear, &years))
        }
        BadWindow::OffRule { .. } => ("first", voice.text(Key::FaultWindowNoDay)),
        BadWindow::NoOccurrence(date) => ("except", on(Key::FaultWindowNotOneOf, date)),
        BadWindow::TooOften => ("last", voice.with(Key::FaultWindowTooOften, &[("most", OCCURRENCES_MAX.into())])),
        BadWindow::TooFar(date) => {
            let variables = [("years", RULE_YEARS_MAX.into()), ("day", voice.date(*date).into())];
            ("last", voice.with(Key::FaultWindowTooFar, &variables))
        }
        BadWindow::Nothing => ("except", voice.text(Key::FaultWindowNothing)),
    }
}

/// The fields, to fill in.
pub(crate) fn fields(fields: &Fields<'_>) -> Markup {
    let voice = fields.voice;
    let kinds = [("open", Key::WindowOpen), ("shut", Key::WindowShutWhy)]
        .map(|(code, key)| (code.to_string(), voice.text(key)));
    let days: Vec<(String, String)> = (1..=7).map(|day| (day.to_string(), voice.code("weekday", day))).collect();
    html! {
        input type="hidden" name="over" value=(fields.form.text("over"));
        (fields.radios("kind", Key::WindowKind, None, &kinds))
        (fields.several("days", Key::WindowDays, None, &days))
        div.pair {
            (fields.line("starts", Key::WindowStarts, Some(Key::WindowStartsHint), "text", None))
            (fields.line("ends", Key::WindowEnds, Some(Key::WindowEndsHint), "text", None))
        }
        div.pair {
            (fields.line("first", Key::WindowFirst, None, "date", None))
            (fields.line("last", Key::WindowLast, None, "date", None))
        }
        (fields.line("except", Key::WindowExcept, Some(Key::WindowExceptHint), "text", None))
        (fields.line("zone", Key::WindowZone, Some(Key::WindowZoneHint), "text", None))
    }
}

/// The fields as they were filled in, to be sent once more.
pub(crate) fn kept(form: &Form) -> Markup {
    html! { @for name in FIELDS { @for value in form.all(name) { input type="hidden" name=(name) value=(value); } } }
}
