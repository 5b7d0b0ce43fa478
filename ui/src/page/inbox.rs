//! The inbox: what waits for this person first, then what waits for others, then what was decided.

use crate::page::frame::{Place, page};
use crate::page::parts::{moment, not_yours, ruled, state, who_acts};
use crate::stop::Stop;
use crate::visit::{Names, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::response::Response;
use firm::policy::Asking;
use firm::view::{ApprovalState, ApprovalView, DealState, DealView, Query, View, WhoActs};
use maud::{Markup, html};
use protocol::dialogue::Step;
use protocol::text::Name;

/// Decided questions that are shown; the rest stands with their deals.
const DECIDED_MAX: usize = 20;

/// `GET /`
pub(crate) async fn show(visit: Visit) -> Result<Response, Stop> {
    let View::Approvals(all) = visit.view(Query::Approvals).await? else { return Err(visit.missing()) };
    let View::Deals(deals) = visit.view(Query::Deals).await? else { return Err(visit.missing()) };
    let (waiting, decided): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|approval| approval.state == ApprovalState::Waiting);
    let (mine, others): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|approval| visit.decides(approval));
    let drafts: Vec<DealView> = deals.into_iter().filter(|deal| to_draft(&visit, deal)).collect();
    let names = visit.names().await?;
    let voice = &visit.voice;
    let idle = mine.is_empty() && drafts.is_empty();
    let main = html! {
        h1 { (voice.text(Key::InboxTitle)) }
        section aria-labelledby="mine" {
            h2 #mine { (voice.text(Key::InboxMine)) }
            @if idle && others.is_empty() && decided.is_empty() { (first_steps(&visit)) }
            @else if idle { p.empty { (voice.text(Key::InboxNothingMine)) } }
            @for approval in &mine { (card(voice, &names, approval, true)) }
            @for deal in &drafts { (draft(voice, deal)) }
        }
        @if !others.is_empty() {
            section aria-labelledby="others" {
                h2 #others { (voice.text(Key::InboxOthers)) }
                @for approval in &others { (card(voice, &names, approval, false)) }
            }
        }
        @if !decided.is_empty() {
            section aria-labelledby="decided" {
                h2 #decided { (voice.text(Key::InboxDecided)) }
                ul.lines { @for approval in decided.iter().take(DECIDED_MAX) { (line(voice, &names, approval)) } }
            }
        }
    };
    Ok(page(&visit, Place::Inbox, &voice.text(Key::InboxTitle), &main))
}

/// Something must be written here before anybody can decide.
fn to_draft(visit: &Visit, deal: &DealView) -> bool {
    match &deal.waiting.who {
        WhoActs::Us { roles, approval: None } => deal.state == DealState::Open && visit.holds(roles),
        // Either side may say first how the work ended; until one does, nobody is asked and nothing would move.
        WhoActs::Both { approval: None } => {
            deal.waiting.step == Step::Outcome && deal.outcomes == [None, None] && visit.may(Asking::Report)
        }
        _ => false,
    }
}

/// What a question is about, as keys name it: its step, in the talk whether it asks or answers, and of work
/// whether it is the other side that wrote it down.
pub(crate) fn matter(approval: &ApprovalView) -> &'static str {
    match approval.step {
        Step::Talk if approval.replies.is_empty() => "ask",
        Step::Talk => "reply",
        Step::Work if approval.countersigns => "countersign",
        step => step.name(),
    }
}

/// What a question asks, in one sentence.
pub(crate) fn question(voice: &Voice, approval: &ApprovalView) -> String {
    let key = Key::of_code("asks", matter(approval)).unwrap_or(Key::AsksOther);
    let title =
        approval.title.as_ref().map_or_else(|| voice.text(Key::ItemUntitled), |title| title.as_str().to_string());
    let person = approval.lends.as_ref().map_or("", Name::as_str);
    let to = voice.recipient(&approval.to);
    voice.with(key, &[("title", title.into()), ("to", to.into()), ("person", person.into())])
}

/// Who may decide a question: people by name, deputies with whom they stand for, or the roles that nobody has who acts.
pub(crate) fn who(voice: &Voice, names: &Names, approval: &ApprovalView) -> String {
    let named = approval.deciders.iter().map(|decider| match &decider.for_whom {
        None => names.of(&decider.person).to_string(),
        Some(away) => {
            let variables = [("name", names.of(&decider.person).into()), ("away", names.of(away).into())];
            voice.with(Key::DeputyFor, &variables)
        }
    });
    let named: Vec<String> = named.collect();
    match named.split_last() {
        None => voice.roles(&approval.roles),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => {
            voice.with(Key::ListOr, &[("first", rest.join(", ").into()), ("last", last.as_str().into())])
        }
    }
}

fn card(voice: &Voice, names: &Names, approval: &ApprovalView, mine: bool) -> Markup {
    let bytes: u64 = approval.leaves.iter().map(|leaf| u64::from(leaf.bytes)).sum();
    html! {
        article.card.ask {
            h3 { a href={ "/approvals/" (approval.id) } { (question(voice, approval)) } }
            p { @if approval.step.lends() { (voice.text(Key::InboxNothingTold)) }
            @else if approval.leaves.is_empty() {
                (voice.text(if approval.step == Step::Talk { Key::TalkSaysNothing } else { Key::InboxNothingLeaves }))
            } @else {
                (voice.with(Key::InboxLeaves, &[
                    ("count", approval.leaves.len().into()),
                    ("bytes", voice.bytes(bytes).into()),
                    ("to", voice.recipient(&approval.to).into()),
                ]))
            } }
            p.meta {
                (voice.text(Key::InboxLapses)) " " (moment(voice, approval.lapses))
                @if let Some(at) = approval.waits.reminded { " · " (voice.text(Key::WaitReminded)) " " (moment(voice, at)) }
                @if !mine { " · " (voice.with(Key::InboxDecides, &[("roles", who(voice, names, approval).into())])) }
            }
            @if mine { p { a.button.primary href={ "/approvals/" (approval.id) } aria-label=(question(voice, approval)) {
                (voice.text(Key::InboxOpen)) } } }
        }
    }
}

fn draft(voice: &Voice, deal: &DealView) -> Markup {
    html! {
        article.card.ask {
            h3 { a href={ "/deals/" (deal.id) } {
                (voice.with(Key::InboxDraft, &[
                    ("step", voice.step(deal.waiting.step).into()), ("title", deal.title.as_str().into())]))
            } }
            p { (who_acts(voice, &deal.waiting.who)) }
            @if deal.waiting.step == Step::Outcome { p { (voice.text(Key::InboxOutcome)) } }
            p.meta {
                (voice.text(Key::DealSince)) " " (moment(voice, deal.waiting.since))
                @if let Some(at) = deal.waiting.reminded { " · " (voice.text(Key::WaitReminded)) " " (moment(voice, at)) }
            }
        }
    }
}

fn line(voice: &Voice, names: &Names, approval: &ApprovalView) -> Markup {
    html! {
        li {
            a href={ "/approvals/" (approval.id) } { (question(voice, approval)) }
            " " (state(voice, approval))
            @match &approval.state {
                ApprovalState::Approved { by, at } | ApprovalState::Declined { by, at } => {
                    span.meta { " " (names.of(by)) " · " (moment(voice, *at)) }
                }
                ApprovalState::Ruled(by) => { span.meta { " " (moment(voice, by.at)) " · " (ruled(voice, names, by)) } }
                _ => {}
            }
        }
    }
}

/// An inbox in which nothing ever was says what will come, and what to do first.
fn first_steps(visit: &Visit) -> Markup {
    let voice = &visit.voice;
    html! {
        div.card.empty {
            p { (voice.text(Key::InboxEmpty)) }
            @if visit.may(Asking::Enter) {
                p.actions {
                    a.button.primary href="/resources/new" { (voice.text(Key::ItemAddResource)) }
                    a.button href="/needs/new" { (voice.text(Key::ItemAddNeed)) }
                }
            } @else { (not_yours(voice, Asking::Enter)) }
        }
    }
}
