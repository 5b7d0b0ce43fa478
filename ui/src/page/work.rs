//! What was done under signed terms: hours per line, dockets of both sides, and forms for the next one.
//!
//! Writing one puts it to a decision; it leaves only by that. What the other side wrote down is a question in the inbox.

use crate::form::{Faults, Form, minutes};
use crate::page::deal::find;
use crate::page::deals::other;
use crate::page::frame::{Place, page, token};
use crate::page::item_form::text_fault;
use crate::page::parts::{Fields, badge, moment, not_yours};
use crate::page::timesheet;
use crate::stop::Stop;
use crate::visit::{Names, Posted, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use firm::command::{Answer, Command, Refusal};
use firm::policy::Asking;
use firm::view::{DealState, DealView, DocketState, DocketView, WorkView};
use maud::{Markup, html};
use protocol::docket::{BadWork, Evidence, Handover, Session, Work};
use protocol::facts::Side;
use protocol::id::Hash;
use protocol::terms::Terms;
use protocol::text::TermsText;
use protocol::time::Day;

/// `GET /deals/{id}/work`
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Stop> {
    let deal = find(&visit, &id).await?;
    let today = visit.voice.today().to_string();
    let days = [("day", today.as_str()), ("handover-day", &today), ("document-day", &today), ("from", "us")];
    shown(&visit, &deal, &Form::filled(days), &Faults::default(), None).await
}

/// `POST /deals/{id}/work`
pub(crate) async fn write(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    let Posted { visit, form } = sent;
    let deal = find(&visit, &id).await?;
    let mut faults = Faults::default();
    let mut also = None;
    if let Some(work) = parse(&form, &mut faults) {
        match visit.ask(Command::WriteDocket { deal: deal.id, work }).await? {
            Answer::Refused(Refusal::Work(bad)) => match at_fault(&form, bad) {
                Some(field) => faults.note(field, refused(&visit.voice, bad)),
                None => also = Some(refused(&visit.voice, bad)),
            },
            Answer::Refused(refusal) => also = Some(visit.voice.refusal(&refusal)),
            Answer::NeedsPerson(approval) => return Ok(Redirect::to(&format!("/approvals/{approval}")).into_response()),
            _ => return Ok(Redirect::to(&format!("/deals/{}/work", deal.id)).into_response()),
        }
    }
    let mut response = shown(&visit, &deal, &form, &faults, also.as_deref()).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// `GET /deals/{id}/work.csv`
pub(crate) async fn table(visit: Visit, Path(id): Path<String>) -> Result<Response, Stop> {
    let deal = find(&visit, &id).await?;
    let work = deal.work.as_ref().ok_or_else(|| visit.missing())?;
    let name = format!("attachment; filename=\"dockets-{}.csv\"", deal.id);
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_string()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, timesheet::table(work)).into_response())
}

/// How far the work is, for the page of its deal.
pub(crate) fn section(voice: &Voice, deal: &DealView) -> Markup {
    let Some(work) = &deal.work else { return Markup::default() };
    html! {
        section.card aria-labelledby="work" {
            h2 #work { (voice.text(Key::WorkTitle)) }
            (lines(voice, work))
            @let open = work.dockets.iter().filter(|docket| docket.state == DocketState::Open).count();
            @if open > 0 { p.hint { (voice.with(Key::WorkUnsettled, &[("count", open.into())])) } }
            p.actions {
                a.button href={ "/deals/" (deal.id) "/work" } { (voice.text(Key::WorkOpen)) }
                @if deal.side == Side::Offer { a.button href={ "/deals/" (deal.id) "/invoices" } { (voice.text(Key::InvoicesTitle)) } }
            }
        }
    }
}

/// Why work cannot be written down.
pub(crate) fn refused(voice: &Voice, bad: BadWork) -> String {
    let key = match bad {
        BadWork::Line => Key::WorkBadLine,
        BadWork::Minutes => Key::WorkBadMinutes,
        BadWork::Beyond { left } => return voice.with(Key::WorkBadBeyond, &[("left", voice.hours(left).into())]),
        BadWork::Count => Key::WorkBadCount,
        BadWork::Day => Key::WorkBadDay,
        BadWork::OtherSide => Key::WorkBadSide,
        BadWork::TooMany => Key::WorkBadMany,
    };
    voice.text(key)
}

/// What a docket says, in a sentence.
pub(crate) fn said(voice: &Voice, terms: Option<&Terms>, ours: bool, work: &Work) -> String {
    match work {
        Work::Session(session) => {
            let line = terms.and_then(|terms| terms.lines.get(usize::from(session.line)));
            let what = line.map_or_else(
                || voice.with(Key::TermsLine, &[("number", (u32::from(session.line) + 1).into())]),
                |line| line.what.to_string(),
            );
            let hours = voice.hours(session.minutes);
            let head = voice.with(Key::WorkSession, &[("hours", hours.into()), ("what", what.into())]);
            session.note.as_ref().map_or(head.clone(), |note| format!("{head} · {note}"))
        }
        Work::Handover(handover) => {
            let key = if handover.given == ours { Key::WorkHandedOver } else { Key::WorkReceived };
            voice.with(key, &[("count", handover.count.into()), ("what", handover.what.as_str().into())])
        }
        Work::Evidence(evidence) => {
            let hash = evidence.sha256.to_string();
            voice.with(Key::WorkDocument, &[("what", evidence.what.as_str().into()), ("hash", hash.into())])
        }
    }
}

fn parse(form: &Form, faults: &mut Faults) -> Option<Work> {
    let text = |faults: &mut Faults, name: &str| faults.keep(name, TermsText::new(form.text(name)).map_err(text_fault));
    let day =
        |faults: &mut Faults, name: &str| faults.keep(name, form.text(name).parse::<Day>().map_err(|_| Key::FaultDate));
    match form.text("kind") {
        "session" => {
            let line = faults.keep("line", form.text("line").parse::<u8>().map_err(|_| Key::FaultChoose));
            let worked = faults.keep("hours", minutes(form.text("hours")).ok_or(Key::WorkFaultHours));
            let day = day(faults, "day");
            let note = if form.text("note").is_empty() { None } else { Some(text(faults, "note")?) };
            Some(Work::Session(Session { line: line?, day: day?, minutes: worked?, note }))
        }
        "handover" => {
            let what = text(faults, "what");
            let count = form.text("count").parse::<u32>().ok().filter(|count| *count > 0);
            let count = faults.keep("count", count.ok_or(Key::WorkBadCount));
            let day = day(faults, "handover-day");
            Some(Work::Handover(Handover { what: what?, count: count?, day: day?, given: form.text("from") != "them" }))
        }
        "document" => {
            let what = text(faults, "document");
            let sha256 = form.text("sha256").to_ascii_lowercase();
            let sha256 = faults.keep("sha256", sha256.parse::<Hash>().map_err(|_| Key::WorkFaultHash));
            let day = day(faults, "document-day");
            Some(Work::Evidence(Evidence { what: what?, sha256: sha256?, day: day? }))
        }
        _ => {
            faults.note("line", Key::FaultChoose);
            None
        }
    }
}

/// The field that can mend what the firm finds wrong.
fn at_fault(form: &Form, bad: BadWork) -> Option<&'static str> {
    Some(match bad {
        BadWork::Line => "line",
        BadWork::Minutes | BadWork::Beyond { .. } => "hours",
        BadWork::Count => "count",
        BadWork::Day => match form.text("kind") {
            "handover" => "handover-day",
            "document" => "document-day",
            _ => "day",
        },
        BadWork::OtherSide | BadWork::TooMany => return None,
    })
}

async fn shown(
    visit: &Visit,
    deal: &DealView,
    form: &Form,
    faults: &Faults,
    also: Option<&str>,
) -> Result<Response, Stop> {
    let names = visit.names().await?;
    let voice = &visit.voice;
    let title = voice.text(Key::WorkTitle);
    let fields = Fields { voice, form, faults };
    let main = html! {
        p.crumb { a href={ "/deals/" (deal.id) } { (deal.title) " ↔ " (other(deal)) } }
        h1 { (title) }
        @match &deal.work {
            None => { p.lead { (voice.text(Key::WorkNotYet)) } }
            Some(work) => {
                p.lead { (voice.text(Key::WorkLead)) }
                (fields.summary(also))
                (lines(voice, work))
                (dockets(voice, &names, deal, work))
                @if deal.state == DealState::Open && deal.outcomes[0].is_none() {
                    @if visit.may(Asking::WriteDown) { (forms(visit, deal, work, &fields)) }
                    @else { (not_yours(voice, Asking::WriteDown)) }
                }
            }
        }
    };
    Ok(page(visit, Place::Deals, &title, &main))
}

/// Agreed, written and countersigned hours of each line.
fn lines(voice: &Voice, work: &WorkView) -> Markup {
    let heads =
        [Key::WorkAgreed, Key::WorkWritten, Key::WorkCountersigned, Key::TermsAmount].map(|key| voice.text(key));
    html! { @if !work.lines.is_empty() {
        table.stack.sums {
            thead { tr {
                th scope="col" { (voice.text(Key::TermsWhat)) }
                @for head in &heads { th scope="col" .number { (head) } }
            } }
            tbody { @for (_, line) in &work.lines { tr {
                th scope="row" { (line.what) }
                @let times = [line.agreed, line.written, line.countersigned].map(|minutes| voice.hours(minutes));
                @for (head, value) in heads.iter().zip(times.into_iter().chain([voice.money(line.amount)])) {
                    td.number data-label=(head) { (value) }
                }
            } } }
        }
    } }
}

fn dockets(voice: &Voice, names: &Names, deal: &DealView, work: &WorkView) -> Markup {
    let heads = [Key::WorkDay, Key::WorkWhat, Key::WorkWho, Key::WorkState].map(|key| voice.text(key));
    html! {
        h2 { (voice.text(Key::WorkDockets)) }
        @if work.dockets.is_empty() { p.empty { (voice.text(Key::WorkNoDockets)) } } @else {
            table.stack {
                thead { tr { @for head in &heads { th scope="col" { (head) } } } }
                tbody { @for docket in &work.dockets { tr {
                    @let [day, what, who, state] = &heads;
                    th scope="row" data-label=(day) { (voice.day(docket.work.day())) }
                    td data-label=(what) { (said(voice, deal.terms.as_ref().map(|view| &view.terms), docket.ours, &docket.work)) }
                    td data-label=(who) { (writer(voice, names, deal, docket)) }
                    td data-label=(state) { (standing(voice, docket)) }
                } } }
            }
            p { a href={ "/deals/" (deal.id) "/work.csv" } download { (voice.text(Key::WorkTable)) } }
        }
    }
}

fn writer(voice: &Voice, names: &Names, deal: &DealView, docket: &DocketView) -> Markup {
    html! { span {
        @if docket.ours { (voice.text(Key::StepOurs)) } @else { (other(deal)) }
        @if let Some(by) = &docket.by { " (" (names.of(by)) ")" }
        " · " (moment(voice, docket.at))
    } }
}

fn standing(voice: &Voice, docket: &DocketView) -> Markup {
    html! { @match (docket.state, docket.approval) {
        (DocketState::Countersigned, _) => { (badge("good", &voice.text(Key::WorkIsCountersigned))) }
        (DocketState::Contested, _) => { (badge("bad", &voice.text(Key::WorkIsContested))) }
        (DocketState::Open, Some(approval)) => { a href={ "/approvals/" (approval) } { (voice.text(Key::WorkToCountersign)) } }
        (DocketState::Open, None) => { (badge("mute", &voice.text(if docket.ours { Key::WorkWaitsThem } else { Key::WorkWaitsUs }))) }
    } }
}

fn forms(visit: &Visit, deal: &DealView, work: &WorkView, fields: &Fields<'_>) -> Markup {
    let voice = &visit.voice;
    let of_hours: Vec<(String, String)> =
        work.lines.iter().map(|(at, line)| (at.to_string(), line.what.to_string())).collect();
    let from = [("us".to_string(), voice.text(Key::WorkFromUs)), ("them".to_string(), voice.text(Key::WorkFromThem))];
    let form = |kind: &str, title: Key, inner: &Markup| {
        html! {
            form.card.entry method="post" action={ "/deals/" (deal.id) "/work" } {
                (token(&visit.token))
                input type="hidden" name="kind" value=(kind);
                h2 { (voice.text(title)) }
                (inner)
                button type="submit" { (voice.text(Key::WorkSubmit)) }
            }
        }
    };
    let hours = html! {
        (fields.choice("line", Key::TermsWhat, None, &of_hours))
        div.pair {
            (fields.line("day", Key::WorkDay, None, "date", None))
            (fields.line("hours", Key::WorkHours, None, "decimal", Some(Key::UnitHours)))
        }
        (fields.line("note", Key::WorkNote, None, "text", None))
    };
    let thing = html! {
        (fields.line("what", Key::WorkThing, Some(Key::WorkThingHint), "text", None))
        div.pair {
            (fields.line("count", Key::WorkCount, None, "numeric", None))
            (fields.line("handover-day", Key::WorkDay, None, "date", None))
        }
        (fields.radios("from", Key::WorkFrom, None, &from))
    };
    let document = html! {
        (fields.line("document", Key::WorkWhat, Some(Key::WorkDocumentHint), "text", None))
        (fields.line("sha256", Key::WorkHash, Some(Key::WorkHashHint), "text", None))
        (fields.line("document-day", Key::WorkDay, None, "date", None))
    };
    html! {
        @if deal.side == Side::Offer && !of_hours.is_empty() { (form("session", Key::WorkWriteHours, &hours)) }
        (form("handover", Key::WorkWriteThing, &thing))
        (form("document", Key::WorkWriteDocument, &document))
    }
}
