//! All deals: where each stands and who must act.

use crate::page::frame::{Place, page};
use crate::page::parts::{badge, callsign, moment, side, who_acts};
use crate::stop::Stop;
use crate::visit::Visit;
use crate::voice::Voice;
use crate::words::Key;
use axum::response::Response;
use firm::view::{DealState, DealView, Query, View};
use maud::{Markup, html};

/// `GET /deals`
pub(crate) async fn show(visit: Visit) -> Result<Response, Stop> {
    let View::Deals(deals) = visit.view(Query::Deals).await? else { return Err(visit.missing()) };
    let voice = &visit.voice;
    let main = html! {
        h1 { (voice.text(Key::NavDeals)) }
        p.lead { (voice.text(Key::DealsLead)) }
        @if deals.is_empty() { p.card.empty { (voice.text(Key::DealsEmpty)) } }
        @for deal in &deals { (card(voice, deal)) }
    };
    Ok(page(&visit, Place::Deals, &voice.text(Key::NavDeals), &main))
}

/// Who the other side is, as far as known.
pub(crate) fn other(deal: &DealView) -> Markup {
    html! {
        @match &deal.counterpart {
            Some(known) => { (known.legal_name) }
            None => { (callsign(&deal.callsign)) }
        }
    }
}

/// How a deal stands, as a badge.
pub(crate) fn standing(voice: &Voice, deal: &DealView) -> Markup {
    match &deal.state {
        DealState::Open if deal.waiting.stale.is_some() => badge("mute", &voice.text(Key::DealStale)),
        DealState::Open => badge("warn", &voice.text(Key::DealOpen)),
        DealState::Completed => badge("good", &voice.text(Key::DealCompleted)),
        DealState::Closed { .. } => badge("mute", &voice.text(Key::DealClosed)),
    }
}

fn card(voice: &Voice, deal: &DealView) -> Markup {
    html! {
        article.card {
            h2 { a href={ "/deals/" (deal.id) } { (deal.title) } " ↔ " (other(deal)) }
            p.badges { (side(voice, deal.side)) " " (standing(voice, deal)) }
            @if deal.state == DealState::Open {
                p { strong { (voice.step(deal.waiting.step)) } " · " (who_acts(voice, &deal.waiting.who)) }
                p.meta {
                    (voice.text(Key::DealSince)) " " (moment(voice, deal.waiting.since))
                    @if let Some(lapses) = deal.waiting.lapses {
                        " · " (voice.text(Key::InboxLapses)) " " (moment(voice, lapses))
                    }
                }
            }
        }
    }
}
