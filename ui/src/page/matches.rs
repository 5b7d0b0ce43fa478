//! Matches: what fits, with a reason for each requirement. Nobody browses; a node shows what fits its own items.

use crate::page::frame::{Place, page, token};
use crate::page::parts::{badge, callsign, facts, moment, near, not_yours, report, rows, side};
use crate::stop::Stop;
use crate::visit::{Posted, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Query as Asked;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use firm::command::{Answer, Command};
use firm::limits::NOTICES_PER_DAY_MAX;
use firm::policy::Asking;
use firm::view::{FreeView, MatchView, Query, UnmetView, View};
use maud::{Markup, html};
use protocol::dialogue::Field;
use protocol::id::ItemId;
use std::collections::BTreeMap;

/// `GET /matches?item=…`
pub(crate) async fn show(visit: Visit, Asked(asked): Asked<BTreeMap<String, String>>) -> Result<Response, Stop> {
    let item = asked.get("item").and_then(|item| item.parse::<ItemId>().ok());
    shown(&visit, item, None).await
}

/// `POST /matches/contact`: asks the right person whether to write.
pub(crate) async fn contact(sent: Posted) -> Result<Response, Stop> {
    let Posted { visit, form } = sent;
    let (Ok(item), Ok(advert)) = (form.text("item").parse(), form.text("advert").parse()) else {
        return Err(visit.missing());
    };
    match visit.ask(Command::Contact { item, advert }).await? {
        Answer::NeedsPerson(approval) => Ok(Redirect::to(&format!("/approvals/{approval}")).into_response()),
        Answer::Refused(refusal) => {
            let mut response = shown(&visit, Some(item), Some(&visit.voice.refusal(&refusal))).await?;
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
        _ => Ok(Redirect::to("/matches").into_response()),
    }
}

async fn shown(visit: &Visit, item: Option<ItemId>, fault: Option<&str>) -> Result<Response, Stop> {
    let View::Matches(matches) = visit.view(Query::Matches(item)).await? else { return Err(visit.missing()) };
    let View::Unmet(unmet) = visit.view(Query::Unmet(item)).await? else { return Err(visit.missing()) };
    let voice = &visit.voice;
    let main = html! {
        h1 { (voice.text(Key::NavMatches)) }
        p.lead { (voice.text(Key::MatchesLead)) }
        @if let Some(fault) = fault { p.fault role="alert" { (fault) } }
        @if item.is_some() { p { a href="/matches" { (voice.text(Key::MatchesAll)) } } }
        @if matches.is_empty() { p.card.empty { (voice.text(Key::MatchesEmpty)) } }
        @if let Some(digest) = digest(voice, &matches) { p.card { (digest) } }
        @for found in &matches { (card(visit, found)) }
        @for item in &unmet { (nothing_yet(voice, item)) }
    };
    Ok(page(visit, Place::Matches, &voice.text(Key::NavMatches), &main))
}

/// How many matches nobody has been asked about.
fn digest(voice: &Voice, matches: &[MatchView]) -> Option<String> {
    let unasked = matches.iter().filter(|found| found.approval.is_none() && found.deal.is_none()).count();
    let variables = [("count", unasked.into()), ("most", NOTICES_PER_DAY_MAX.into())];
    (unasked > 0).then(|| voice.with(Key::MatchDigest, &variables))
}

/// What stood in the way of an item without a match.
fn nothing_yet(voice: &Voice, item: &UnmetView) -> Markup {
    let all = item.unmet.compared;
    let counted = |what: String, count: u32, alone: u32| {
        [("what", what.into()), ("count", count.into()), ("all", all.into()), ("alone", alone.into())]
    };
    html! {
        article.card {
            h2 { a href={ "/items/" (item.item) } { (item.title) } ": " (voice.text(Key::UnmetTitle)) }
            @if all == 0 { p { (voice.text(Key::UnmetNone)) } } @else {
                p { (voice.with(Key::UnmetCompared, &[("count", all.into())])) }
                ul {
                    @for blocked in &item.unmet.blocked {
                        @let key = if blocked.field == Field::Value { Key::UnmetValue } else { Key::UnmetBlocked };
                        @let counted = counted(voice.requirement(blocked.field), blocked.adverts, blocked.alone);
                        li { (voice.with(key, &counted[usize::from(key == Key::UnmetValue)..])) }
                    }
                    @if item.unmet.other_work > 0 {
                        li { (voice.with(Key::UnmetOther, &[("count", item.unmet.other_work.into()), ("all", all.into())])) }
                    }
                }
            }
            @for miss in &item.near {
                details {
                    summary { (callsign(&miss.callsign)) ": "
                        @for line in &miss.report.requirements { @if let Some(near) = near(voice, line) { (near) } } }
                    (report(voice, &miss.report))
                }
            }
        }
    }
}

/// What the own calendar has for it, and whether that is still true.
fn by_calendar(voice: &Voice, free: &FreeView) -> Markup {
    let hours = ("hours", voice.hours(free.free_min).into());
    html! {
        p.hint { (voice.with(Key::MatchFree, &[hours])) }
        @if free.still_true {
            p.fault { a href="/calendar" {
                (voice.with(Key::MatchStillTrue, &[("share", voice.share(free.certainty_permille).into())]))
            } }
        }
    }
}

fn card(visit: &Visit, found: &MatchView) -> Markup {
    let voice = &visit.voice;
    html! {
        article.card {
            h2 { a href={ "/items/" (found.item) } { (found.title) } " ↔ " (callsign(&found.callsign)) }
            p.badges { (side(voice, found.side)) " " (badge("mute", &voice.code("process", found.facts.process))) }
            (report(voice, &found.report))
            @if let Some(free) = &found.free { (by_calendar(voice, free)) }
            details { summary { (voice.text(Key::MatchTheySay)) } (rows(&facts(voice, &found.facts))) }
            p.meta { (voice.text(Key::MatchFound)) " " (moment(voice, found.found)) }
            p.actions {
                @if let Some(deal) = found.deal {
                    a.button href={ "/deals/" (deal) } { (voice.text(Key::DecideDeal)) }
                } @else if let Some(approval) = found.approval {
                    a.button.primary href={ "/approvals/" (approval) } { (voice.text(Key::MatchQuestion)) }
                }
            }
            @let unasked = found.deal.is_none() && found.approval.is_none();
            @if unasked && !visit.may(Asking::Contact) { (not_yours(voice, Asking::Contact)) }
            @else if unasked {
                form method="post" action="/matches/contact" {
                    (token(&visit.token))
                    input type="hidden" name="item" value=(found.item);
                    input type="hidden" name="advert" value=(found.advert);
                    p.hint { (voice.text(Key::MatchContactHint)) }
                    button type="submit" { (voice.text(Key::MatchContact)) }
                }
            }
        }
    }
}
