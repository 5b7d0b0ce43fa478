//! One invoice, made to be printed, and as a document for other programs.

use crate::page::deals::other;
use crate::page::frame::{Place, page, token};
use crate::page::invoices::{self, refused, standing};
use crate::stop::Stop;
use crate::ubl;
use crate::visit::{Posted, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use firm::command::{Answer, Command, Refusal};
use firm::invoices::{BilledLine, Quantity};
use firm::policy::Asking;
use firm::view::{DealView, InvoiceView, LetterheadView};
use maud::{Markup, html};

/// `GET /deals/{id}/invoices/{serial}`
pub(crate) async fn show(visit: Visit, Path((id, serial)): Path<(String, u32)>) -> Result<Response, Stop> {
    let (deal, view) = find(&visit, &id, serial).await?;
    Ok(shown(&visit, &deal, &view, None))
}

/// `GET /deals/{id}/invoices/{serial}/ubl.xml`
pub(crate) async fn document(visit: Visit, Path((id, serial)): Path<(String, u32)>) -> Result<Response, Stop> {
    let (_, view) = find(&visit, &id, serial).await?;
    let name = format!("attachment; filename=\"invoice-{serial}.xml\"");
    let headers = [(header::CONTENT_TYPE, "application/xml".to_string()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, ubl::invoice(&view)).into_response())
}

/// `POST /deals/{id}/invoices/{serial}/cancel`
pub(crate) async fn cancel(Path((id, serial)): Path<(String, u32)>, sent: Posted) -> Result<Response, Stop> {
    let visit = sent.visit;
    let (deal, view) = find(&visit, &id, serial).await?;
    let fault = match visit.ask(Command::CancelInvoice(serial)).await? {
        Answer::Refused(Refusal::Invoice(bad)) => refused(&visit.voice, &bad),
        Answer::Refused(refusal) => visit.voice.refusal(&refusal),
        _ => return Ok(Redirect::to(&format!("/deals/{}/invoices/{serial}", deal.id)).into_response()),
    };
    let mut response = shown(&visit, &deal, &view, Some(&fault));
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}

async fn find(visit: &Visit, id: &str, serial: u32) -> Result<(DealView, InvoiceView), Stop> {
    let deal = crate::page::deal::find(visit, id).await?;
    let invoices = invoices::of(visit, deal.id).await?.ok_or_else(|| visit.missing())?;
    let view = invoices.invoices.into_iter().find(|view| view.invoice.serial == serial);
    Ok((deal, view.ok_or_else(|| visit.missing())?))
}

fn shown(visit: &Visit, deal: &DealView, view: &InvoiceView, fault: Option<&str>) -> Response {
    let (voice, draft) = (&visit.voice, &view.invoice.draft);
    let title = voice.with(Key::InvoiceHeading, &[("number", draft.number.as_str().into())]);
    let main = html! {
        p.crumb { a href={ "/deals/" (deal.id) "/invoices" } { (voice.text(Key::InvoicesTitle)) " · " (deal.title) " ↔ " (other(deal)) } }
        h1 { (title) }
        @if let Some(fault) = fault { p.fault role="alert" { (fault) } }
        p.badges { (standing(voice, view)) }
        section.card {
            div.parties {
                (letterhead(voice, Key::InvoiceFrom, &view.from))
                (letterhead(voice, Key::InvoiceTo, &view.to))
            }
            dl.facts {
                div { dt { (voice.text(Key::InvoiceIssued)) } dd { (voice.day(draft.issued)) } }
                @if let Some(due) = draft.due { div { dt { (voice.text(Key::InvoiceDue)) } dd { (voice.day(due)) } } }
                @if let Some(order) = &draft.order { div { dt { (voice.text(Key::InvoiceYourOrder)) } dd { (order) } } }
                @for tax in &draft.taxes { @if let Some(registration) = &tax.registration {
                    @let of = [("name", tax.name.as_str().into())];
                    div { dt { (voice.with(Key::InvoiceRegistration, &of)) } dd { (registration) } }
                } }
            }
            (sums(voice, view))
            @let (number, hash) = view.terms;
            p.hint { (voice.with(Key::InvoiceTerms, &[("number", number.into()), ("hash", hash.to_string().into())])) }
        }
        p.actions {
            a.button href={ "/deals/" (deal.id) "/invoices/" (view.invoice.serial) "/ubl.xml" } download { (voice.text(Key::InvoiceDownload)) }
        }
        @if view.cancelled.is_none() && visit.may(Asking::Bill) {
            form.card method="post" action={ "/deals/" (deal.id) "/invoices/" (view.invoice.serial) "/cancel" } {
                (token(&visit.token))
                p.hint { (voice.text(Key::InvoiceCancelHint)) }
                p.actions { button type="submit" { (voice.text(Key::InvoiceCancel)) } }
            }
        }
    };
    page(visit, Place::Deals, &title, &main)
}

/// Name and address of a firm.
pub(crate) fn letterhead(voice: &Voice, label: Key, party: &LetterheadView) -> Markup {
    html! {
        div {
            h2 { (voice.text(label)) }
            p {
                strong { (party.legal_name) }
                @for line in [&party.street, &party.contact, &party.mail, &party.phone].into_iter().flatten() { br; (line) }
            }
        }
    }
}

fn sums(voice: &Voice, view: &InvoiceView) -> Markup {
    let heads = [Key::InvoiceQuantity, Key::InvoicePrice, Key::TermsAmount].map(|key| voice.text(key));
    let figures = &view.figures;
    let sum = |label: &str, amount: &str| {
        html! { tr { th scope="row" colspan="3" { (label) } td.number data-label=(label) { (amount) } } }
    };
    html! {
        table.stack.sums {
            thead { tr {
                th scope="col" { (voice.text(Key::TermsWhat)) }
                @for head in &heads { th scope="col" .number { (head) } }
            } }
            tbody { @for line in &figures.lines { tr {
                th scope="row" { (line.what) (sessions(voice, line)) }
                @let values = [quantity(voice, line), voice.money(line.price), voice.money(line.amount)];
                @for (head, value) in heads.iter().zip(values) { td.number data-label=(head) { (value) } }
            } } }
            tfoot {
                @if !figures.taxes.is_empty() {
                    (sum(&voice.text(Key::InvoiceNet), &voice.money(figures.net)))
                    @for (tax, amount) in &figures.taxes {
                        @let rate = voice.decimal(u64::from(tax.rate), 3, 0);
                        @let said = voice.with(Key::InvoiceTax, &[("name", tax.name.as_str().into()), ("rate", rate.into())]);
                        (sum(&said, &voice.money(*amount)))
                    }
                }
                @let pay = voice.text(Key::InvoicePay);
                tr { th scope="row" colspan="3" { (pay) } td.number data-label=(pay) { strong { (voice.money(figures.total)) } } }
            }
        }
    }
}

fn quantity(voice: &Voice, line: &BilledLine) -> String {
    match &line.quantity {
        Quantity::Time { minutes, .. } => voice.hours(*minutes),
        Quantity::Units { count, unit } => voice.units(*count, *unit),
    }
}

/// The sessions of which the time is the sum.
fn sessions(voice: &Voice, line: &BilledLine) -> Markup {
    let Quantity::Time { sessions, .. } = &line.quantity else { return Markup::default() };
    html! {
        ul.sessions { @for session in sessions { li {
            (voice.day(session.day)) " · " (voice.hours(session.minutes))
            @if let Some(note) = &session.note { " · " (note) }
        } } }
    }
}
