//! The timetable of one item: its windows, what they offer in six weeks, and a change to it, which is looked at before it is saved.
//!
//! ```text
//!   fields ──▶ six weeks with what would come and go ──▶ saved over the version that was seen
//!     ▲  faults, each beside its field   │ change something
//!     └──────────────────────────────────┘
//! ```

use crate::form::{Faults, Form};
use crate::page::calendar::odd;
use crate::page::frame::{page, token};
use crate::page::items::place;
use crate::page::parts::{Fields, badge, not_yours};
use crate::page::window_form::{self, bad};
use crate::stop::Stop;
use crate::visit::{Posted, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use calendar::rule::Frequency;
use calendar::timetable::{Kind, Timetable};
use calendar::window::Window;
use calendar::zone::Zone;
use firm::availability::{NotThere, moment};
use firm::command::{Answer, Command, Refusal};
use firm::policy::Asking;
use firm::view::{CalendarView, DayView, Fate, OutlookView, Query, SpanView, View};
use jiff::civil::{Date, DateTime, Time};
use maud::{Markup, html};
use protocol::id::ItemId;
use protocol::time::Day;

/// `GET /items/{id}/calendar`
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Stop> {
    let calendar = find(&visit, &id).await?;
    let form = window_form::blank(calendar.version, &zone(&visit, &calendar), today(&visit, &calendar));
    shown(&visit, &calendar, &form, &Faults::default(), None).await
}

/// `POST /items/{id}/calendar`: one window more, which is shown before it is saved.
pub(crate) async fn add(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    let Posted { visit, form } = sent;
    visit.only(Asking::Enter)?;
    let calendar = find(&visit, &id).await?;
    let mut faults = Faults::default();
    if form.text("act") == "change" {
        return shown(&visit, &calendar, &form, &faults, None).await;
    }
    let window = window_form::parse(&visit.voice, &form, today(&visit, &calendar), &mut faults);
    let Some(window) = window else { return again(&visit, &calendar, (&form, &faults), None).await };
    let from = Day::of(window.starts.date()).unwrap_or_default();
    let mut timetable = calendar.timetable.clone();
    windows(&mut timetable, window_form::kind(&form)).push(window);
    let change = Change { timetable, from, form: &form, path: "", note: "window-added", save: Key::WindowSave };
    settle(&visit, &calendar, change).await
}

/// `POST /items/{id}/calendar/remove`: one window less, which is shown before it is saved.
pub(crate) async fn remove(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    let Posted { visit, form } = sent;
    visit.only(Asking::Enter)?;
    let calendar = find(&visit, &id).await?;
    let mut timetable = calendar.timetable.clone();
    let windows = windows(&mut timetable, window_form::kind(&form));
    let number = form.text("number").parse::<usize>().ok().filter(|number| (1..=windows.len()).contains(number));
    let window = windows.remove(number.ok_or_else(|| visit.missing())? - 1);
    let from = Day::of(window.starts.date()).unwrap_or_default();
    let change =
        Change { timetable, from, form: &form, path: "/remove", note: "window-removed", save: Key::WindowTakeOut };
    settle(&visit, &calendar, change).await
}

/// What somebody wants of a timetable.
struct Change<'a> {
    timetable: Timetable,
    /// The day on which it begins to matter.
    from: Day,
    form: &'a Form,
    path: &'a str,
    note: &'a str,
    save: Key,
}

/// Saves a change that was looked at, shows it to be looked at, or says why it cannot be.
async fn settle(visit: &Visit, calendar: &CalendarView, change: Change<'_>) -> Result<Response, Stop> {
    let (voice, form) = (&visit.voice, change.form);
    let over = form.text("over").parse::<u32>().ok().filter(|over| *over == calendar.version);
    let Some(over) = over else {
        let sentence = voice.text(Key::RefusalTimetableChanged);
        let form = form.with("over", &calendar.version.to_string());
        return again(visit, calendar, (&form, &Faults::default()), Some(sentence)).await;
    };
    let mut faults = Faults::default();
    if form.text("act") != "save" {
        let outlook = outlook(visit, calendar.item, Some(change.timetable.clone()), change.from).await?;
        if let Some(why) = &outlook.refused {
            let (field, sentence) = bad(voice, why);
            faults.note(field, sentence);
            return again(visit, calendar, (form, &faults), None).await;
        }
        return Ok(looked_at(visit, calendar, &change, &outlook));
    }
    let command = Command::SetTimetable { item: calendar.item, timetable: Box::new(change.timetable), over };
    match visit.ask(command).await? {
        Answer::Refused(Refusal::Calendar(NotThere::Timetable(why))) => {
            let (field, sentence) = bad(voice, &why);
            faults.note(field, sentence);
            again(visit, calendar, (form, &faults), None).await
        }
        Answer::Refused(refusal) => again(visit, calendar, (form, &faults), Some(voice.refusal(&refusal))).await,
        _ => Ok(Redirect::to(&format!("/items/{}/calendar?note={}", calendar.item, change.note)).into_response()),
    }
}

async fn again(
    visit: &Visit,
    calendar: &CalendarView,
    (form, faults): (&Form, &Faults),
    also: Option<String>,
) -> Result<Response, Stop> {
    let mut response = shown(visit, calendar, form, faults, also.as_deref()).await?;
    *response.status_mut() = if also.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(response)
}

async fn find(visit: &Visit, id: &str) -> Result<CalendarView, Stop> {
    let id: ItemId = id.parse().map_err(|_| visit.missing())?;
    match visit.view(Query::Calendar(id)).await? {
        View::Calendar(calendar) => Ok(*calendar),
        _ => Err(visit.missing()),
    }
}

async fn outlook(visit: &Visit, item: ItemId, under: Option<Timetable>, from: Day) -> Result<OutlookView, Stop> {
    match visit.view(Query::Outlook { item, under: under.map(Box::new), from }).await? {
        View::Outlook(outlook) => Ok(*outlook),
        _ => Err(visit.missing()),
    }
}

fn today(visit: &Visit, calendar: &CalendarView) -> Day {
    Day(calendar.zone.day(moment(visit.voice.now)))
}

/// On whose wall a first window is proposed: where nobody has said it yet, on that of the shop's computer.
fn zone(visit: &Visit, calendar: &CalendarView) -> Zone {
    let own = visit.voice.zone.iana_name().filter(|_| calendar.zone == Zone::utc());
    own.and_then(|name| Zone::named(name).ok()).unwrap_or_else(|| calendar.zone.clone())
}

fn windows(timetable: &mut Timetable, kind: Kind) -> &mut Vec<Window> {
    match kind {
        Kind::Open => &mut timetable.open,
        Kind::Shut => &mut timetable.shut,
    }
}

async fn shown(
    visit: &Visit,
    calendar: &CalendarView,
    form: &Form,
    faults: &Faults,
    also: Option<&str>,
) -> Result<Response, Stop> {
    let voice = &visit.voice;
    let outlook = outlook(visit, calendar.item, None, Day(0)).await?;
    let (place, href, section) = place(calendar.side);
    let title = voice.with(Key::TimetableTitle, &[("title", calendar.title.as_str().into())]);
    let may = visit.may(Asking::Enter);
    let main = html! {
        p.crumb { a href=(href) { (voice.text(section)) } " › " a href={ "/items/" (calendar.item) } { (calendar.title) } }
        h1 { (title) }
        p.lead { (voice.text(Key::TimetableLead)) " " a href="/calendar" { (voice.text(Key::CalendarLink)) } }
        @if may { (Fields { voice, form, faults }.summary(also)) }
        section.card aria-labelledby="windows" {
            h2 #windows { (voice.text(Key::TimetableWindows)) }
            (listed(visit, calendar, may))
        }
        @if !calendar.timetable.open.is_empty() { section.card aria-labelledby="outlook" {
            h2 #outlook { (voice.text(Key::TimetableOutlook)) }
            @for oddity in &outlook.oddities { p.hint { (odd(voice, oddity)) } }
            (six_weeks(voice, &outlook))
        } }
        @if may { (adding(visit, calendar, &Fields { voice, form, faults })) } @else { (not_yours(voice, Asking::Enter)) }
    };
    Ok(page(visit, place, &title, &main))
}

fn adding(visit: &Visit, calendar: &CalendarView, fields: &Fields<'_>) -> Markup {
    let voice = fields.voice;
    html! {
        form.entry method="post" action={ "/items/" (calendar.item) "/calendar" } {
            (token(&visit.token))
            section.card { h2 { (voice.text(Key::WindowAdd)) }
                (window_form::fields(fields))
                p.actions { button.primary type="submit" name="act" value="look" { (voice.text(Key::WindowLook)) } }
                p.hint { (voice.text(Key::WindowLookHint)) }
            }
        }
    }
}

/// A change before it is saved.
fn looked_at(visit: &Visit, calendar: &CalendarView, change: &Change<'_>, outlook: &OutlookView) -> Response {
    let voice = &visit.voice;
    let (place, href, section) = place(calendar.side);
    let action = format!("/items/{}/calendar", calendar.item);
    let title = voice.with(Key::TimetableTitle, &[("title", calendar.title.as_str().into())]);
    let new = outlook.oddities.iter().filter(|oddity| !calendar.oddities.contains(oddity));
    let lost = u32::try_from(outlook.not_offered_min).unwrap_or_default();
    let main = html! {
        p.crumb { a href=(href) { (voice.text(section)) } " › " a href=(action) { (title) } }
        h1 { (voice.text(Key::TimetableBefore)) }
        p.lead { (voice.text(Key::TimetableBeforeLead)) }
        section.card aria-labelledby="outlook" {
            h2 #outlook { (voice.text(Key::TimetableOutlook)) }
            @for oddity in new { p.fault { (odd(voice, oddity)) " " (voice.text(Key::WindowOddityHint)) } }
            @if lost > 0 { p.fault { (voice.with(Key::TimetableLost, &[("hours", voice.hours(lost).into())])) } }
            (six_weeks(voice, outlook))
            form.entry method="post" action={ (action) (change.path) } {
                (token(&visit.token))
                (window_form::kept(change.form))
                p.actions {
                    button.primary type="submit" name="act" value="save" { (voice.text(change.save)) }
                    @if change.path.is_empty() {
                        button type="submit" name="act" value="change" { (voice.text(Key::WindowChange)) }
                    }
                    a.button href=(action) { (voice.text(Key::FormCancel)) }
                }
            }
        }
    };
    page(visit, place, &title, &main)
}

/// The windows, numbered as the command line numbers them.
fn listed(visit: &Visit, calendar: &CalendarView, may: bool) -> Markup {
    let voice = &visit.voice;
    let of = |kind, windows: &[Window]| -> Vec<(Kind, usize, Window)> {
        windows.iter().enumerate().map(|(at, window)| (kind, at + 1, window.clone())).collect()
    };
    let timetable = &calendar.timetable;
    let all = [of(Kind::Open, &timetable.open), of(Kind::Shut, &timetable.shut)].concat();
    let columns = [Key::WindowKind, Key::WindowDays, Key::WindowTimes, Key::WindowSpan, Key::WindowExcept];
    html! {
        @if all.is_empty() { p.empty { (voice.text(Key::TimetableNone)) } }
        @else {
            table.stack {
                thead { tr {
                    th scope="col" { (voice.text(Key::WindowNumber)) }
                    @for column in columns { th scope="col" { (voice.text(column)) } }
                    @if may { th scope="col" {} }
                } }
                tbody { @for (kind, number, window) in &all { tr {
                    th scope="row" { (voice.with(Key::WindowNumbered, &[("number", (*number).into())])) }
                    td data-label=(voice.text(Key::WindowKind)) { (kind_badge(voice, *kind)) }
                    td data-label=(voice.text(Key::WindowDays)) { (days(voice, window)) }
                    td data-label=(voice.text(Key::WindowTimes)) { (times(voice, window)) }
                    td data-label=(voice.text(Key::WindowSpan)) { (span(voice, window)) }
                    td data-label=(voice.text(Key::WindowExcept)) { (excepted(voice, window)) }
                    @if may { td { (removing(visit, calendar, (*kind, *number))) } }
                } } }
            }
        }
    }
}

fn removing(visit: &Visit, calendar: &CalendarView, (kind, number): (Kind, usize)) -> Markup {
    html! {
        form method="post" action={ "/items/" (calendar.item) "/calendar/remove" } {
            (token(&visit.token))
            input type="hidden" name="over" value=(calendar.version);
            input type="hidden" name="kind" value=(kind);
            input type="hidden" name="number" value=(number);
            button.decline type="submit" name="act" value="look" { (visit.voice.text(Key::WindowRemove)) }
        }
    }
}

fn kind_badge(voice: &Voice, kind: Kind) -> Markup {
    match kind {
        Kind::Open => badge("good", &voice.text(Key::WindowOpen)),
        Kind::Shut => badge("mute", &voice.text(Key::WindowShut)),
    }
}

/// On which days of the week, or how often where days do not say it.
fn days(voice: &Voice, window: &Window) -> String {
    let name = |day: jiff::civil::Weekday| voice.code("weekday", day.to_monday_one_offset());
    match &window.rule {
        None => name(window.starts.weekday()),
        Some(rule) if rule.frequency == Frequency::Weekly && rule.interval == 1 && rule.by_day.is_empty() => {
            name(window.starts.weekday())
        }
        Some(rule) if rule.frequency == Frequency::Weekly && rule.interval == 1 => {
            rule.by_day.iter().map(|by| name(by.day)).collect::<Vec<_>>().join(", ")
        }
        Some(_) => voice.with(Key::WindowTimesOver, &[("count", window.occurrences().count().into())]),
    }
}

fn times(voice: &Voice, window: &Window) -> String {
    let (from, to) = (voice.time(window.starts.time()), voice.time(window.ends.time()));
    let key = match window.ends.date().since(window.starts.date()).map_or(0, |span| span.get_days()) {
        0 => Key::WindowHours,
        1 if window.ends.time() == Time::midnight() => {
            return voice
                .with(Key::WindowHours, &[("from", from.into()), ("to", voice.text(Key::ClockMidnight).into())]);
        }
        1 => Key::WindowOvernight,
        days => return voice.with(Key::WindowLong, &[("from", from.into()), ("to", to.into()), ("days", days.into())]),
    };
    voice.with(key, &[("from", from.into()), ("to", to.into())])
}

fn span(voice: &Voice, window: &Window) -> String {
    let days: Vec<Date> = window.occurrences().map(|one| one.starts.date()).collect();
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => {
            voice.with(Key::WindowFromTo, &[("from", voice.date(*first).into()), ("to", voice.date(*last).into())])
        }
        (Some(only), _) => voice.date(*only),
        _ => String::new(),
    }
}

fn excepted(voice: &Voice, window: &Window) -> String {
    window.except.iter().map(|date| voice.date(*date)).collect::<Vec<_>>().join(", ")
}

/// One row a week, one cell a day.
fn six_weeks(voice: &Voice, outlook: &OutlookView) -> Markup {
    let weekday = |at: usize| voice.code("weekday", at + 1);
    html! {
        table.stack.outlook {
            caption { (voice.with(Key::OutlookZone, &[("zone", outlook.zone.name().into())])) }
            thead { tr {
                th scope="col" { (voice.text(Key::CalendarWeek)) }
                @for at in 0..7 { th scope="col" { (weekday(at)) } }
            } }
            tbody { @for week in outlook.days.chunks(7) { tr {
                th scope="row" { (week.first().map(|first| voice.day(first.day)).unwrap_or_default()) }
                @for (at, day) in week.iter().enumerate() {
                    td data-label=(weekday(at)) { (hours_of(voice, &outlook.zone, day)) }
                }
            } } }
        }
    }
}

fn hours_of(voice: &Voice, zone: &Zone, day: &DayView) -> Markup {
    html! {
        @if day.hours.is_empty() { span.quiet { "–" } }
        @for (span, fate) in &day.hours {
            span.hours {
                @match fate {
                    Fate::Stays => { (on_the_wall(voice, zone, span)) }
                    Fate::Comes => { strong { (on_the_wall(voice, zone, span)) } " " (badge("good", &voice.text(Key::OutlookComes))) }
                    Fate::Goes => { s { (on_the_wall(voice, zone, span)) } " " (badge("bad", &voice.text(Key::OutlookGoes))) }
                }
            }
        }
    }
}

fn on_the_wall(voice: &Voice, zone: &Zone, span: &SpanView) -> String {
    let wall = |at| -> DateTime { zone.wall(moment(at)) };
    let (begins, ends) = (wall(span.begins), wall(span.ends));
    let to = if ends.date() == begins.date() { voice.time(ends.time()) } else { voice.text(Key::ClockMidnight) };
    voice.with(Key::WindowHours, &[("from", voice.time(begins.time()).into()), ("to", to.into())])
}
