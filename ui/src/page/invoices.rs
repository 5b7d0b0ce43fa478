//! What was billed in a deal, what can still be, and the form for the next invoice.

use crate::form::{Fault, Faults, Form, decimal};
use crate::page::deal::find;
use crate::page::deals::other;
use crate::page::frame::{Place, page, token};
use crate::page::item_form::text_fault;
use crate::page::parts::{Fields, badge, not_yours};
use crate::stop::Stop;
use crate::visit::{Posted, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use firm::command::{Answer, Command, Refusal};
use firm::invoices::{BadInvoice, Draft, Tax, Units};
use firm::limits::INVOICE_TAXES_MAX;
use firm::policy::Asking;
use firm::view::{DealView, InvoiceView, InvoicesView, Query, UnbilledView, View};
use maud::{Markup, html};
use protocol::id::{DealId, Hash};
use protocol::terms::{Content, Topic};
use protocol::text::Name;
use protocol::time::Day;

/// Days in which an invoice is to be paid, as a form begins, where the terms do not say it.
const NET_DAYS: u32 = 30;

/// `GET /deals/{id}/invoices`
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Stop> {
    let deal = find(&visit, &id).await?;
    let invoices = of(&visit, deal.id).await?;
    let form = invoices.as_ref().map_or_else(Form::default, |invoices| first(&visit.voice, &deal, invoices));
    Ok(shown(&visit, &deal, (invoices.as_ref(), &form), (&Faults::default(), None)))
}

/// `POST /deals/{id}/invoices`
pub(crate) async fn issue(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    let Posted { visit, form } = sent;
    let deal = find(&visit, &id).await?;
    let invoices = of(&visit, deal.id).await?;
    let mut faults = Faults::default();
    let mut also = None;
    if let Some(draft) = invoices.as_ref().and_then(|invoices| parse(deal.id, invoices, &form, &mut faults)) {
        match visit.ask(Command::Bill(Box::new(draft))).await? {
            Answer::Refused(Refusal::Invoice(bad)) => match at_fault(&bad) {
                Some(field) => faults.note(&field, refused(&visit.voice, &bad)),
                None => also = Some(refused(&visit.voice, &bad)),
            },
            Answer::Refused(refusal) => also = Some(visit.voice.refusal(&refusal)),
            _ => return Ok(Redirect::to(&format!("/deals/{}/invoices", deal.id)).into_response()),
        }
    }
    let mut response = shown(&visit, &deal, (invoices.as_ref(), &form), (&faults, also.as_deref()));
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// Invoices of a deal; nothing before the work has begun, and where this firm pays.
pub(crate) async fn of(visit: &Visit, deal: DealId) -> Result<Option<InvoicesView>, Stop> {
    Ok(match visit.view(Query::Invoices(deal)).await? {
        View::Invoices(invoices) => Some(*invoices),
        _ => None,
    })
}

/// Why an invoice is not issued or cancelled.
pub(crate) fn refused(voice: &Voice, bad: &BadInvoice) -> String {
    let key = match bad {
        BadInvoice::NotBegun | BadInvoice::OtherSide => Key::InvoicesNotHere,
        BadInvoice::Nothing => Key::InvoiceBadNothing,
        BadInvoice::Number(number) => {
            return voice.with(Key::InvoiceBadNumber, &[("number", number.as_str().into())]);
        }
        BadInvoice::Session => Key::InvoiceBadSession,
        BadInvoice::Units { left, .. } => return voice.with(Key::InvoiceBadUnits, &[("left", (*left).into())]),
        BadInvoice::Days => Key::InvoiceBadDays,
        BadInvoice::Taxes => Key::InvoiceBadTaxes,
        BadInvoice::Sum => Key::RefusalTermsSum,
        BadInvoice::NoSuch => Key::InvoiceBadNoSuch,
    };
    voice.text(key)
}

/// A form on which everything that is left is billed, due as the terms say, with the taxes of the newest invoice.
fn first(voice: &Voice, deal: &DealView, invoices: &InvoicesView) -> Form {
    let today = voice.today();
    let due = today.plus(net_days(deal));
    let mut pairs = vec![("issued".to_string(), today.to_string()), ("due".into(), due.to_string())];
    for line in &invoices.unbilled {
        pairs.extend(line.sessions.iter().map(|(docket, _)| ("session".to_string(), docket.to_string())));
        pairs.extend(line.lot.map(|lot| (units_of(line.line), lot.count.to_string())));
    }
    for (at, tax) in invoices.taxes.iter().enumerate() {
        pairs.push((format!("tax-{at}"), tax.name.to_string()));
        pairs.push((format!("rate-{at}"), voice.decimal(u64::from(tax.rate), 3, 0)));
        pairs.extend(tax.registration.as_ref().map(|told| (format!("registration-{at}"), told.to_string())));
    }
    Form::of(pairs)
}

/// In how many days the signed terms want to be paid.
fn net_days(deal: &DealView) -> u32 {
    let answers = deal.terms.iter().flat_map(|view| &view.terms.provisions);
    let answer = answers.filter(|one| one.topic == Topic::PaymentDays).map(|one| &one.content).next();
    match answer {
        Some(Content::Number(days)) => *days,
        Some(Content::Choice(_)) => 0,
        _ => NET_DAYS,
    }
}

fn parse(deal: DealId, invoices: &InvoicesView, form: &Form, faults: &mut Faults) -> Option<Draft> {
    let some = |text: &str| if text.is_empty() { None } else { Some(Name::new(text)) };
    let number = faults.keep("number", Name::new(form.text("number")).map_err(text_fault));
    let issued = faults.keep("issued", form.text("issued").parse::<Day>().map_err(|_| Key::FaultDate));
    let due = match form.text("due") {
        "" => None,
        due => faults.keep("due", due.parse::<Day>().map_err(|_| Key::FaultDate)),
    };
    let order = some(form.text("order")).and_then(|order| faults.keep("order", order.map_err(text_fault)));
    let mut units = Vec::new();
    for line in invoices.unbilled.iter().filter(|line| line.lot.is_some()) {
        let name = units_of(line.line);
        let count = match form.text(&name) {
            "" => Some(0),
            count => faults.keep(&name, count.parse::<u32>().map_err(|_| Key::InvoiceFaultUnits)),
        };
        units.extend(count.filter(|count| *count > 0).map(|count| Units { line: line.line, count }));
    }
    let mut taxes = Vec::new();
    for at in 0..INVOICE_TAXES_MAX {
        let [name, rate, registration] = ["tax", "rate", "registration"].map(|part| format!("{part}-{at}"));
        if [&name, &rate, &registration].iter().all(|part| form.text(part).is_empty()) {
            continue;
        }
        let called = faults.keep(&name, Name::new(form.text(&name)).map_err(text_fault));
        // No rate has thousands, so a comma is always that of the decimals: 9,975 in Québec.
        let percent = decimal(&form.text(&rate).replace(',', "."), 3).and_then(|rate| u32::try_from(rate).ok());
        let percent = faults.keep(&rate, percent.ok_or(Key::InvoiceFaultRate));
        let told = some(form.text(&registration));
        let told = told.and_then(|told| faults.keep(&registration, told.map_err(text_fault)));
        taxes.extend(called.zip(percent).map(|(name, rate)| Tax { name, rate, registration: told }));
    }
    let sessions = form.all("session").filter_map(|docket| docket.parse::<Hash>().ok()).collect();
    let draft = Draft { deal, number: number?, issued: issued?, due, order, sessions, units, taxes };
    faults.is_empty().then_some(draft)
}

/// The field that can mend what the firm finds wrong.
fn at_fault(bad: &BadInvoice) -> Option<String> {
    Some(match bad {
        BadInvoice::Number(_) => "number".into(),
        BadInvoice::Session => "session".into(),
        BadInvoice::Units { line, .. } => units_of(*line),
        BadInvoice::Days => "due".into(),
        BadInvoice::Taxes => "tax-0".into(),
        BadInvoice::NotBegun | BadInvoice::OtherSide | BadInvoice::Nothing | BadInvoice::Sum | BadInvoice::NoSuch => {
            return None;
        }
    })
}

fn units_of(line: u8) -> String {
    format!("units-{line}")
}

fn shown(
    visit: &Visit,
    deal: &DealView,
    (invoices, form): (Option<&InvoicesView>, &Form),
    (faults, also): (&Faults, Option<&str>),
) -> Response {
    let voice = &visit.voice;
    let title = voice.text(Key::InvoicesTitle);
    let fields = Fields { voice, form, faults };
    let main = html! {
        p.crumb { a href={ "/deals/" (deal.id) } { (deal.title) " ↔ " (other(deal)) } }
        h1 { (title) }
        @match invoices {
            None => { p.lead { (voice.text(Key::InvoicesNotHere)) } }
            Some(invoices) => {
                p.lead { (voice.text(Key::InvoicesLead)) }
                (fields.summary(also))
                (table(voice, deal, &invoices.invoices))
                @if invoices.unbilled.is_empty() { p.empty { (voice.text(Key::InvoicesNothingLeft)) } }
                @else if visit.may(Asking::Bill) { (entry(visit, deal, invoices, &fields)) }
                @else { (not_yours(voice, Asking::Bill)) }
            }
        }
    };
    page(visit, Place::Deals, &title, &main)
}

fn table(voice: &Voice, deal: &DealView, invoices: &[InvoiceView]) -> Markup {
    let heads = [Key::InvoiceNumber, Key::InvoiceIssued, Key::InvoiceDue, Key::InvoicePay, Key::InvoiceState];
    let heads = heads.map(|key| voice.text(key));
    html! {
        @if invoices.is_empty() { p.empty { (voice.text(Key::InvoicesNone)) } } @else {
            table.stack {
                thead { tr { @for head in &heads { th scope="col" { (head) } } } }
                tbody { @for view in invoices { tr {
                    @let [number, issued, due, pay, state] = &heads;
                    @let draft = &view.invoice.draft;
                    th scope="row" data-label=(number) {
                        a href={ "/deals/" (deal.id) "/invoices/" (view.invoice.serial) } { (draft.number) }
                    }
                    td data-label=(issued) { (voice.day(draft.issued)) }
                    td data-label=(due) { @if let Some(due) = draft.due { (voice.day(due)) } }
                    td data-label=(pay) { (voice.money(view.figures.total)) }
                    td data-label=(state) { (standing(voice, view)) }
                } } }
            }
        }
    }
}

/// Whether it counts.
pub(crate) fn standing(voice: &Voice, view: &InvoiceView) -> Markup {
    let (class, key) = match view.cancelled {
        None => ("good", Key::InvoiceIsIssued),
        Some(_) => ("bad", Key::InvoiceIsCancelled),
    };
    badge(class, &voice.text(key))
}

fn entry(visit: &Visit, deal: &DealView, invoices: &InvoicesView, fields: &Fields<'_>) -> Markup {
    let voice = &visit.voice;
    let sessions = invoices.unbilled.iter().flat_map(|line| line.sessions.iter().map(move |one| (line, one)));
    let sessions = sessions.map(|(line, (docket, session))| {
        let time = [("hours", voice.hours(session.minutes).into()), ("what", line.what.as_str().into())];
        let note = session.note.as_ref().map_or_else(String::new, |note| format!(" · {note}"));
        let said = format!("{} · {}{note}", voice.day(session.day), voice.with(Key::WorkSession, &time));
        (docket.to_string(), said)
    });
    let sessions: Vec<(String, String)> = sessions.collect();
    html! {
        form.card.entry method="post" action={ "/deals/" (deal.id) "/invoices" } {
            (token(&visit.token))
            h2 { (voice.text(Key::InvoiceNew)) }
            div.pair {
                (fields.line("number", Key::InvoiceNumber, Some(Key::InvoiceNumberHint), "text", None))
                (fields.line("order", Key::InvoiceOrder, Some(Key::InvoiceOrderHint), "text", None))
            }
            div.pair {
                (fields.line("issued", Key::InvoiceIssued, None, "date", None))
                (fields.line("due", Key::InvoiceDue, None, "date", None))
            }
            @if !sessions.is_empty() { (fields.several("session", Key::InvoiceSessions, None, &sessions)) }
            @for line in &invoices.unbilled { (units(fields, line)) }
            h3 { (voice.text(Key::InvoiceTaxes)) }
            p.hint { (voice.text(Key::InvoiceTaxesHint)) }
            @for at in 0..INVOICE_TAXES_MAX { div.pair {
                (fields.line(&format!("tax-{at}"), Key::InvoiceTaxName, None, "text", None))
                (fields.line(&format!("rate-{at}"), Key::InvoiceTaxRate, None, "decimal", Some(Key::UnitPercent)))
                (fields.line(&format!("registration-{at}"), Key::InvoiceTaxRegistration, None, "text", None))
            } }
            p.actions { button.primary type="submit" { (voice.text(Key::InvoiceSubmit)) } }
        }
    }
}

fn units(fields: &Fields<'_>, line: &UnbilledView) -> Markup {
    let (voice, name) = (fields.voice, units_of(line.line));
    let Some(lot) = line.lot else { return Markup::default() };
    let fault = fields.faults.of(&name).map(|fault: &Fault| (format!("{name}-fault"), fault.said(voice)));
    let left = [
        ("what", line.what.as_str().into()),
        ("left", voice.units(lot.count, lot.unit).into()),
        ("price", voice.money(lot.each).into()),
    ];
    html! {
        div.field {
            label for=(name) { (voice.with(Key::InvoiceLot, &left)) }
            @if let Some((id, said)) = &fault { p.fault id=(id) { (said) } }
            input id=(name) name=(name) type="text" inputmode="numeric" value=(fields.form.text(&name)) autocomplete="off"
                aria-invalid=[fault.as_ref().map(|_| "true")] aria-describedby=[fault.as_ref().map(|(id, _)| id)];
        }
    }
}
