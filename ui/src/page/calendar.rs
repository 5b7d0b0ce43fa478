//! The calendar: capacity counted three ways, who has hours, and what should be confirmed again.

use crate::page::frame::{Place, page, token};
use crate::page::parts::not_yours;
use crate::page::window_form::bad;
use crate::stop::Stop;
use crate::visit::{Posted, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use calendar::book::Unbookable;
use calendar::cap::{Full, Period};
use firm::availability::NotThere;
use firm::command::{Answer, Command};
use firm::policy::{Asking, Because};
use firm::view::{BookingView, CalendarView, OddityView, Query, View};
use maud::{Markup, html};
use protocol::facts::Side;
use protocol::id::ItemId;
use protocol::time::Day;

/// `GET /calendar`
pub(crate) async fn show(visit: Visit) -> Result<Response, Stop> {
    shown(&visit, None).await
}

/// `POST /items/{id}/still-true`
pub(crate) async fn confirm(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    let visit = sent.visit;
    let id: ItemId = id.parse().map_err(|_| visit.missing())?;
    match visit.ask(Command::ConfirmTimetable(id)).await? {
        Answer::Refused(refusal) => shown(&visit, Some(&visit.voice.refusal(&refusal))).await,
        _ => Ok(Redirect::to("/calendar").into_response()),
    }
}

/// `POST /items/{id}/by-calendar`: asks whether to publish what is free.
pub(crate) async fn advertise(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    let visit = sent.visit;
    let id: ItemId = id.parse().map_err(|_| visit.missing())?;
    match visit.ask(Command::AdvertiseByCalendar(id)).await? {
        Answer::NeedsPerson(approval) => Ok(Redirect::to(&format!("/approvals/{approval}")).into_response()),
        Answer::Refused(refusal) => shown(&visit, Some(&visit.voice.refusal(&refusal))).await,
        _ => Ok(Redirect::to("/calendar").into_response()),
    }
}

/// Why the calendar does not have it, and what to do.
pub(crate) fn refused(voice: &Voice, why: &NotThere) -> String {
    let key = match why {
        NotThere::NoTimetable => Key::RefusalNoTimetable,
        NotThere::Changed => Key::RefusalTimetableChanged,
        NotThere::Stale => Key::RefusalTimetableStale,
        NotThere::NothingFree => Key::RefusalNothingFree,
        NotThere::NoHold => Key::RefusalNoHold,
        NotThere::Committed => Key::RefusalHoursCommitted,
        NotThere::Uncounted { because } => {
            return voice.because((Key::RefusalHoursUncounted, Key::RefusalHoursUncountedDefault), because, &[]);
        }
        NotThere::Capped { because, full } => return capped(voice, because, full),
        NotThere::Site(_) => Key::RefusalSite,
        NotThere::Timetable(why) => return bad(voice, why).1,
        NotThere::Hours(Unbookable::Taken { .. }) => Key::RefusalHoursTaken,
        NotThere::Hours(Unbookable::NotOffered { .. }) => Key::RefusalHoursNotOffered,
        NotThere::Hours(Unbookable::Notice { .. }) => Key::RefusalHoursNotice,
        NotThere::Hours(Unbookable::Count) => Key::RefusalHoursCount,
        NotThere::Hours(Unbookable::Batch { .. }) => Key::RefusalHoursBatch,
        NotThere::Hours(Unbookable::TooFew { free_s, wanted_s }) => {
            let hours = |seconds: &i64| hours(voice, seconds / 60).into();
            return voice.with(Key::RefusalHoursTooFew, &[("free", hours(free_s)), ("wanted", hours(wanted_s))]);
        }
    };
    voice.text(key)
}

/// Which week or month is full, which is not, and by which rule.
fn capped(voice: &Voice, because: &Because, full: &Full) -> String {
    let key = match (full.per, full.next) {
        (Period::Week, Some(_)) => Key::RefusalCapWeek,
        (Period::Week, None) => Key::RefusalCapWeekNever,
        (Period::Month, Some(_)) => Key::RefusalCapMonth,
        (Period::Month, None) => Key::RefusalCapMonthNever,
    };
    let day = |date| Day::of(date).map(|day| voice.day(day)).unwrap_or_default();
    let variables = [
        ("hours", hours(voice, i64::from(full.hours) * 60).into()),
        ("first", day(full.first).into()),
        ("next", full.next.map(day).unwrap_or_default().into()),
        ("rule", because.rule.unwrap_or_default().into()),
        ("version", because.version.into()),
    ];
    voice.with(key, &variables)
}

async fn shown(visit: &Visit, fault: Option<&str>) -> Result<Response, Stop> {
    let View::Calendars(calendars) = visit.view(Query::Calendars).await? else { return Err(visit.missing()) };
    let voice = &visit.voice;
    let main = html! {
        h1 { (voice.text(Key::CalendarTitle)) }
        p.lead { (voice.text(Key::CalendarLead)) }
        @if let Some(fault) = fault { p.fault role="alert" { (fault) } }
        @if calendars.is_empty() { p.card.empty { (voice.text(Key::CalendarEmpty)) } }
        @for calendar in &calendars { (card(visit, calendar)) }
    };
    Ok(page(visit, Place::Resources, &voice.text(Key::CalendarTitle), &main))
}

fn card(visit: &Visit, calendar: &CalendarView) -> Markup {
    let voice = &visit.voice;
    let heading = format!("calendar-{}", calendar.item);
    html! {
        section.card aria-labelledby=(heading) {
            h2 id=(heading) { a href={ "/items/" (calendar.item) "/calendar" } { (calendar.title) } }
            (freshness(visit, calendar))
            @for oddity in &calendar.oddities { p.hint { (odd(voice, oddity)) } }
            (weeks(voice, calendar))
            @if calendar.side == Side::Offer && calendar.free_min > 0 && visit.may(Asking::Enter) {
                form method="post" action={ "/items/" (calendar.item) "/by-calendar" } {
                    (token(&visit.token))
                    p.hint { (voice.text(Key::CalendarAdvertiseHint)) }
                    button type="submit" { (voice.text(Key::CalendarAdvertise)) }
                }
            }
            @if !calendar.bookings.is_empty() {
                h3 { (voice.text(Key::CalendarBookings)) }
                ul { @for booking in &calendar.bookings { (booked(voice, booking)) } }
            }
        }
    }
}

fn freshness(visit: &Visit, calendar: &CalendarView) -> Markup {
    let voice = &visit.voice;
    let when = calendar.confirmed.map(|at| voice.moment(at)).unwrap_or_default();
    let share = voice.share(calendar.certainty_permille.unwrap_or_default());
    html! {
        @if calendar.still_true {
            p.fault { (voice.with(Key::CalendarStillTrue, &[("when", when.into()), ("share", share.into())])) }
            @if visit.may(Asking::Enter) {
                form method="post" action={ "/items/" (calendar.item) "/still-true" } {
                    (token(&visit.token))
                    button.primary type="submit" { (voice.text(Key::CalendarConfirm)) }
                }
            } @else { (not_yours(voice, Asking::Enter)) }
        } @else { p.hint { (voice.with(Key::CalendarConfirmed, &[("when", when.into())])) } }
    }
}

fn weeks(voice: &Voice, calendar: &CalendarView) -> Markup {
    let columns = [Key::CalendarInstalled, Key::CalendarOffered, Key::CalendarHeld, Key::CalendarEngaged];
    html! {
        table.stack {
            caption { (voice.with(Key::CalendarWeeks, &[("title", calendar.title.as_str().into())])) }
            thead { tr {
                th scope="col" { (voice.text(Key::CalendarWeek)) }
                @for column in columns { th scope="col" { (voice.text(column)) } }
            } }
            tbody { @for week in &calendar.weeks { tr {
                th scope="row" { (Day::of(week.monday).map(|day| voice.day(day)).unwrap_or_default()) }
                @for (column, minutes) in
                    columns.into_iter().zip([week.installed_min, week.offered_min, week.held_min, week.engaged_min])
                {
                    td data-label=(voice.text(column)) { (hours(voice, minutes)) }
                }
            } } }
        }
    }
}

fn booked(voice: &Voice, booking: &BookingView) -> Markup {
    html! {
        li {
            a href={ "/deals/" (booking.deal) } {
                (booking.with.clone().unwrap_or_else(|| voice.text(Key::DecideDeal)))
            }
            ": " (hours(voice, booking.minutes)) ", "
            @match booking.lapses {
                Some(at) => { (voice.with(Key::CalendarUntil, &[("when", voice.moment(at).into())])) }
                None => { (voice.text(Key::CalendarCommitted)) }
            }
            @if booking.not_offered_min > 0 {
                "; " (voice.with(Key::CalendarNotOffered, &[("hours", hours(voice, booking.not_offered_min).into())]))
            }
        }
    }
}

/// What is odd about a time, and which counts.
pub(crate) fn odd(voice: &Voice, oddity: &OddityView) -> String {
    let key = if oddity.never { Key::CalendarOddityNever } else { Key::CalendarOddityTwice };
    voice.with(key, &[("day", voice.date(oddity.wall.date()).into()), ("time", voice.time(oddity.wall.time()).into())])
}

fn hours(voice: &Voice, minutes: i64) -> String {
    voice.hours(u32::try_from(minutes).unwrap_or_default())
}
