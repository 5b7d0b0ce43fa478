//! Trust: own engagements with their outcomes, and the log that all nodes hold alike.

use crate::page::frame::{Place, page};
use crate::page::parts::{badge, rows};
use crate::stop::Stop;
use crate::visit::Visit;
use crate::words::Key;
use axum::response::Response;
use firm::view::{Query, View};
use maud::html;

/// `GET /trust`
pub(crate) async fn show(visit: Visit) -> Result<Response, Stop> {
    let View::Trust(trust) = visit.view(Query::Trust).await? else { return Err(visit.missing()) };
    let voice = &visit.voice;
    let counts = [("completed", trust.completed.into()), ("firms", trust.firms.into()), ("open", trust.open.into())];
    let main = html! {
        h1 { (voice.text(Key::NavTrust)) }
        p.lead { (voice.text(Key::TrustLead)) }
        p.card.standing { (voice.with(Key::TrustStanding, &counts)) }
        section.card aria-labelledby="engagements" {
            h2 #engagements { (voice.text(Key::TrustEngagements)) }
            @if trust.engagements.is_empty() { p.empty { (voice.text(Key::TrustEmpty)) } } @else {
                table.stack {
                    thead { tr {
                        th scope="col" { (voice.text(Key::TrustWith)) }
                        th scope="col" { (voice.text(Key::TrustWeek)) }
                        th scope="col" { (voice.text(Key::TrustOutcome)) }
                        th scope="col" { (voice.text(Key::TrustDeal)) }
                    } }
                    tbody { @for engagement in &trust.engagements { tr {
                        th scope="row" {
                            @match &engagement.with { Some(name) => { (name) } None => { (voice.text(Key::TrustUnnamed)) } }
                        }
                        td data-label=(voice.text(Key::TrustWeek)) { (voice.week(engagement.week)) }
                        td data-label=(voice.text(Key::TrustOutcome)) {
                            @match engagement.outcome {
                                Some(outcome) => { (badge("good", &voice.code("outcome", outcome))) }
                                None => { (badge("warn", &voice.text(Key::DealOpen))) }
                            }
                        }
                        td data-label=(voice.text(Key::TrustDeal)) {
                            a href={ "/deals/" (engagement.deal) } { (voice.text(Key::DecideDeal)) }
                        }
                    } } }
                }
            }
        }
        p { a href="/audit" { (voice.text(Key::AuditLink)) } }
        section.card aria-labelledby="log" {
            h2 #log { (voice.text(Key::TrustLog)) }
            p { (voice.text(Key::TrustLogText)) }
            (rows(&[
                (voice.text(Key::TrustEntries), voice.whole(u64::from(trust.entries))),
                (voice.text(Key::TrustDigest), trust.digest.to_string()),
            ]))
        }
    };
    Ok(page(&visit, Place::Trust, &voice.text(Key::NavTrust), &main))
}
