//! The audit: what left this firm, to whom, on whose say and by which rule. Made to be printed.

use crate::form::{Faults, Form};
use crate::page::frame::{Place, page};
use crate::page::parts::{Fields, callsign, moment};
use crate::stop::Stop;
use crate::visit::{Names, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::RawQuery;
use axum::response::Response;
use firm::view::{AuditRowView, AuditView, PersonView, Query, Rows, View};
use maud::{Markup, html};
use protocol::time::Day;

/// So many fields stand on one page, the newest; the command line writes all of them into a file.
const SHOWN_MAX: u32 = 500;

/// `GET /audit`
pub(crate) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Stop> {
    let form = Form::from_bytes(query.unwrap_or_default().as_bytes());
    let mut faults = Faults::default();
    let asked = asked(&form, &mut faults);
    let View::Audit(audit) = visit.view(Query::Audit(asked)).await? else { return Err(visit.missing()) };
    let View::People(people) = visit.view(Query::People).await? else { return Err(visit.missing()) };
    let voice = &visit.voice;
    let names = visit.names().await?;
    let main = html! {
        h1 { (voice.text(Key::AuditTitle)) }
        p.lead { (voice.text(Key::AuditLead)) }
        section.card aria-labelledby="left" {
            h2 #left { (voice.text(Key::AuditLeft)) }
            p { (voice.with(Key::AuditCount, &[
                ("shown", voice.whole(audit.rows.len() as u64).into()),
                ("all", voice.whole(audit.length).into()),
            ])) }
            @if audit.rows.is_empty() { p.empty { (voice.text(Key::AuditEmpty)) } } @else { (table(voice, &names, &audit)) }
        }
        @if let Some(head) = audit.head {
            section.card aria-labelledby="proof" {
                h2 #proof { (voice.text(Key::AuditProof)) }
                p { (voice.text(Key::AuditProofText)) }
                p { code { (audit.length) ":" (head) } }
                p.hint { (voice.text(Key::AuditProofHow)) }
            }
        }
        (search(&Fields { voice, form: &form, faults: &faults }, &people))
    };
    Ok(page(&visit, Place::Trust, &voice.text(Key::AuditTitle), &main))
}

fn asked(form: &Form, faults: &mut Faults) -> Rows {
    let mut when = |name: &str| -> Option<Day> {
        let text = form.text(name);
        if text.is_empty() { None } else { faults.keep(name, text.parse().map_err(|_| Key::FaultDate)) }
    };
    let (from, until) = (when("from"), when("until"));
    let said = |name| Some(form.text(name)).filter(|text| !text.is_empty());
    Rows {
        by: said("by").and_then(|by| by.parse().ok()),
        deal: said("deal").and_then(|deal| deal.parse().ok()),
        to: said("to").map(String::from),
        from,
        until,
        newest: Some(SHOWN_MAX),
    }
}

fn search(fields: &Fields<'_>, people: &[PersonView]) -> Markup {
    let voice = fields.voice;
    let mut options = vec![(String::new(), voice.text(Key::AuditAnybody))];
    options.extend(people.iter().map(|person| (person.id.to_string(), person.name.to_string())));
    html! {
        form.card method="get" action="/audit" {
            h2 { (voice.text(Key::AuditSearchTitle)) }
            (fields.choice("by", Key::AuditBy, None, &options))
            (fields.line("to", Key::AuditTo, Some(Key::AuditToHint), "text", None))
            (fields.line("from", Key::AuditFrom, None, "date", None))
            (fields.line("until", Key::AuditUntil, None, "date", None))
            p.actions { button type="submit" { (voice.text(Key::AuditSearch)) } }
        }
    }
}

/// One line for each decision, newest first, with the fields that it let go.
fn table(voice: &Voice, names: &Names, audit: &AuditView) -> Markup {
    let decisions = audit.rows.chunk_by(|one, next| one.chained.row.approval == next.chained.row.approval);
    let decisions: Vec<&[AuditRowView]> = decisions.collect();
    html! {
        table.stack {
            thead { tr {
                th scope="col" { (voice.text(Key::AuditWhen)) }
                th scope="col" { (voice.text(Key::AuditTo)) }
                th scope="col" { (voice.text(Key::AuditFields)) }
                th scope="col" { (voice.text(Key::AuditBy)) }
                th scope="col" { (voice.text(Key::AuditRule)) }
            } }
            tbody { @for rows in decisions.iter().rev() { @if let [first, ..] = rows { tr {
                (decision(voice, names, first, rows))
            } } } }
        }
    }
}

fn decision(voice: &Voice, names: &Names, first: &AuditRowView, rows: &[AuditRowView]) -> Markup {
    let row = &first.chained.row;
    let fields: Vec<String> = rows.iter().map(|one| voice.field(one.chained.row.field)).collect();
    let bytes = rows.iter().map(|one| u64::from(one.chained.row.bytes)).sum();
    html! {
        th scope="row" { (moment(voice, row.at)) }
        td data-label=(voice.text(Key::AuditTo)) {
            @match (&first.legal_name, &first.callsign) {
                (Some(name), _) => { (name) }
                (None, Some(met)) => { (callsign(met)) }
                (None, None) => { (voice.text(Key::AuditEverybody)) }
            }
        }
        td data-label=(voice.text(Key::AuditFields)) {
            a href={ "/approvals/" (row.approval) } { (voice.step(row.step)) } ": " (fields.join(", ")) " "
            span.quiet { "(" (voice.bytes(bytes)) ")" }
        }
        td data-label=(voice.text(Key::AuditBy)) { (names.of(&row.by)) }
        td data-label=(voice.text(Key::AuditRule)) {
            @match row.standing.or(row.rule) {
                Some(rule) => { (voice.with(Key::ApprovalRule, &[("rule", rule.into()), ("version", row.policy_version.into())])) }
                None => { (voice.with(Key::ApprovalNoRule, &[("version", row.policy_version.into())])) }
            }
            @if row.standing.is_some() { " " span.quiet { "(" (voice.text(Key::StateRuled)) ")" } }
        }
    }
}
