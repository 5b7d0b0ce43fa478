//! Resources and needs: the list, and one of them as it was entered beside what others can read of it.

use crate::page::frame::{Place, page, token};
use crate::page::loan;
use crate::page::parts::{badge, callsign, facts, not_yours, rows, side};
use crate::stop::Stop;
use crate::visit::{Posted, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use firm::command::{Answer, Command};
use firm::composer::Coarsening;
use firm::policy::Asking;
use firm::profile::{ItemDraft, Mode};
use firm::view::{ItemView, Progress, Query, View};
use maud::{Markup, html};
use protocol::dialogue::Field;
use protocol::facts::Side;
use protocol::id::ItemId;

/// `GET /resources`
pub(crate) async fn resources(visit: Visit) -> Result<Response, Stop> {
    list(visit, Side::Offer).await
}

/// `GET /needs`
pub(crate) async fn needs(visit: Visit) -> Result<Response, Stop> {
    list(visit, Side::Need).await
}

/// `GET /items/{id}`
pub(crate) async fn one(visit: Visit, Path(id): Path<String>) -> Result<Response, Stop> {
    let item = find(&visit, &id).await?;
    shown(&visit, &item, None).await
}

/// `POST /items/{id}/withdraw`
pub(crate) async fn withdraw(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    ask(&sent.visit, &id, Command::Withdraw, "?note=withdrawn").await
}

/// `POST /items/{id}/advert`: asks whether to publish it, or asks anew with less.
pub(crate) async fn advertise(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    let Posted { visit, form } = sent;
    let without = form.text("without").split(' ').filter(|text| !text.is_empty());
    let leave_out: Vec<Coarsening> = without.map(str::parse).collect::<Result<_, _>>().map_err(|_| visit.missing())?;
    ask(&visit, &id, |item| Command::Advertise { item, leave_out }, "").await
}

/// Asks for something about an item, and tells on its page why not.
async fn ask(visit: &Visit, id: &str, command: impl FnOnce(ItemId) -> Command, done: &str) -> Result<Response, Stop> {
    let item = find(visit, id).await?;
    match visit.ask(command(item.item.id)).await? {
        Answer::Refused(refusal) => {
            let mut response = shown(visit, &item, Some(&visit.voice.refusal(&refusal))).await?;
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
        Answer::NeedsPerson(approval) => Ok(Redirect::to(&format!("/approvals/{approval}")).into_response()),
        _ => Ok(Redirect::to(&format!("/items/{}{done}", item.item.id)).into_response()),
    }
}

async fn find(visit: &Visit, id: &str) -> Result<ItemView, Stop> {
    let id: ItemId = id.parse().map_err(|_| visit.missing())?;
    match visit.view(Query::Item(id)).await? {
        View::Item(item) => Ok(*item),
        _ => Err(visit.missing()),
    }
}

/// Where a side's list stands in the navigation.
pub(crate) fn place(side: Side) -> (Place, &'static str, Key) {
    match side {
        Side::Offer => (Place::Resources, "/resources", Key::NavResources),
        Side::Need => (Place::Needs, "/needs", Key::NavNeeds),
    }
}

async fn list(visit: Visit, side: Side) -> Result<Response, Stop> {
    let View::Items(items) = visit.view(Query::Items(side)).await? else { return Err(visit.missing()) };
    let voice = &visit.voice;
    let (place, _, title) = place(side);
    let (add, href, lead, empty) = match side {
        Side::Offer => (Key::ItemAddResource, "/resources/new", Key::ResourcesLead, Key::ResourcesEmpty),
        Side::Need => (Key::ItemAddNeed, "/needs/new", Key::NeedsLead, Key::NeedsEmpty),
    };
    let main = html! {
        div.title-row {
            h1 { (voice.text(title)) }
            @if visit.may(Asking::Enter) { a.button.primary href=(href) { (voice.text(add)) } }
        }
        p.lead { (voice.text(lead)) " " a href="/calendar" { (voice.text(Key::CalendarLink)) } }
        @if !visit.may(Asking::Enter) { (not_yours(voice, Asking::Enter)) }
        @if items.is_empty() { p.card.empty { (voice.text(empty)) } }
        div.grid { @for item in &items { (card(voice, item)) } }
    };
    Ok(page(&visit, place, &voice.text(title), &main))
}

fn card(voice: &Voice, item: &ItemView) -> Markup {
    let draft = &item.item.draft;
    html! {
        article.card {
            h2 { a href={ "/items/" (item.item.id) } { (draft.title) } }
            p.badges { (loudness(voice, item)) }
            (rows(&[
                (voice.field(Field::Process), voice.code("process", draft.process)),
                (voice.field(Field::Weeks), voice.weeks(draft.weeks)),
                (voice.field(Field::Hours), voice.hours(draft.hours.saturating_mul(60))),
            ]))
            p.meta { a href={ "/matches?item=" (item.item.id) } {
                (voice.with(Key::ItemMatches, &[("count", item.matches.into())])) } }
        }
    }
}

fn loudness(voice: &Voice, item: &ItemView) -> Markup {
    let mode = match item.mode {
        Mode::Open => Key::ModeOpen,
        Mode::Coarse => Key::ModeCoarse,
        Mode::Silent => Key::ModeSilent,
    };
    html! {
        @if item.item.withdrawn { (badge("mute", &voice.text(Key::ItemWithdrawn))) }
        @else {
            (badge("mute", &voice.text(mode))) " "
            @if let Some(progress) = item.progress { (on_its_way(voice, progress)) }
            @else if item.advert.is_some() { (badge("good", &voice.text(Key::ItemPublished))) }
            @else if item.mode != Mode::Silent { (badge("warn", &voice.text(Key::ItemUnpublished))) }
        }
    }
}

/// How far a notice has come that leaves over relays.
fn on_its_way(voice: &Voice, progress: Progress) -> Markup {
    match progress {
        Progress::Held => badge("warn", &voice.text(Key::ItemHeld)),
        Progress::Waits => badge("warn", &voice.text(Key::ItemWaits)),
        Progress::Leaving => badge("warn", &voice.text(Key::ItemLeaving)),
        Progress::ToldBack => badge("good", &voice.text(Key::ItemToldBack)),
        Progress::Out => badge("good", &voice.text(Key::ItemPublished)),
    }
}

async fn shown(visit: &Visit, item: &ItemView, fault: Option<&str>) -> Result<Response, Stop> {
    let names = visit.names().await?;
    let voice = &visit.voice;
    let draft = &item.item.draft;
    let (place, href, section) = place(draft.side);
    let main = html! {
        p.crumb { a href=(href) { (voice.text(section)) } " › " (voice.code("process", draft.process)) }
        h1 { (draft.title) }
        p.badges { (side(voice, draft.side)) " " (loudness(voice, item)) }
        @if let Some(fault) = fault { p.fault role="alert" { (fault) } }
        div.columns {
            section.card.wide aria-labelledby="private" {
                h2 #private { (voice.text(Key::ItemPrivate)) }
                p.hint { (voice.text(Key::ItemPrivateHint)) }
                (rows(&exact(voice, item)))
            }
            div.narrow-column {
                (loan::standing(visit, &names, item))
                section.card aria-labelledby="public" {
                    h2 #public { (voice.text(Key::ItemPublic)) }
                    (public(voice, item))
                    (publishing(visit, item))
                    p { a href={ "/matches?item=" (item.item.id) } {
                        (voice.with(Key::ItemMatches, &[("count", item.matches.into())])) } }
                    p { a href={ "/items/" (item.item.id) "/calendar" } { (voice.text(Key::TimetableLink)) } }
                }
                @if !item.item.withdrawn && !visit.may(Asking::Withdraw) { (not_yours(voice, Asking::Withdraw)) }
                @else if !item.item.withdrawn {
                    form.card method="post" action={ "/items/" (item.item.id) "/withdraw" } {
                        (token(&visit.token))
                        p.hint { (voice.text(Key::ItemWithdrawHint)) }
                        button.decline type="submit" { (voice.text(Key::ItemWithdraw)) }
                    }
                }
            }
        }
    };
    Ok(page(visit, place, draft.title.as_str(), &main))
}

/// What others can read, or why they cannot.
fn public(voice: &Voice, item: &ItemView) -> Markup {
    html! {
        @if let Some(name) = &item.callsign {
            p { (voice.text(Key::ItemCallsign)) " " (callsign(name)) }
        }
        @match (&item.public_facts, item.mode) {
            (Some(public), _) => {
                @if item.mute && !item.item.withdrawn { p { (voice.with(Key::ItemMute, &[("count", item.audible_others.into())])) } }
                p.hint { (voice.text(if item.advert.is_some() { Key::ItemPublicLive } else { Key::ItemPublicProposed })) }
                (rows(&facts(voice, public)))
            }
            (None, _) => {
                p { (voice.with(Key::ItemSilent, &[("count", item.audible_others.into())])) }
            }
        }
    }
}

/// The question whether to publish it: where it waits, or that it can be asked.
fn publishing(visit: &Visit, item: &ItemView) -> Markup {
    let voice = &visit.voice;
    let unsaid = item.advert.is_none() && item.mode != Mode::Silent && !item.item.withdrawn && item.not_lent.is_none();
    html! {
        @if let Some(asked) = item.asked {
            p { a href={ "/approvals/" (asked) } { (voice.text(Key::ItemAsked)) } }
        } @else if unsaid && visit.may(Asking::Enter) {
            form method="post" action={ "/items/" (item.item.id) "/advert" } {
                (token(&visit.token))
                p.hint { (voice.text(Key::ItemAskHint)) }
                button type="submit" { (voice.text(Key::ItemAsk)) }
            }
        }
    }
}

fn exact(voice: &Voice, item: &ItemView) -> Vec<(String, String)> {
    let draft: &ItemDraft = &item.item.draft;
    let mut rows = vec![
        (voice.field(Field::Class), voice.code("class", draft.class)),
        (voice.field(Field::Process), voice.code("process", draft.process)),
    ];
    let mut add = |label: String, value: Option<String>| {
        rows.extend(value.filter(|value| !value.is_empty()).map(|value| (label, value)));
    };
    let whole = |number: u32| voice.whole(u64::from(number));
    add(voice.field(Field::Materials), Some(voice.codes("material", &draft.materials)));
    add(voice.field(Field::Tolerance), draft.tolerance_um.map(|um| voice.tolerance(um)));
    add(
        voice.field(Field::Envelope),
        draft.envelope_mm.map(|mm| voice.with(Key::ValueEnvelope, &[("mm", whole(mm).into())])),
    );
    add(voice.field(Field::Credentials), Some(voice.codes("credential", &draft.credentials)));
    add(voice.text(Key::FormSite), Some(voice.place(draft.site)));
    add(voice.field(Field::Weeks), Some(voice.weeks(draft.weeks)));
    add(voice.field(Field::Hours), Some(voice.hours(draft.hours.saturating_mul(60))));
    add(voice.field(Field::Presence), draft.presence.map(|presence| voice.code("presence", presence)));
    add(voice.text(Key::FieldTravel), draft.travel_km.map(|km| voice.with(Key::ValueKm, &[("km", whole(km).into())])));
    add(voice.field(Field::Languages), Some(voice.codes("language", &draft.languages)));
    add(voice.field(Field::ConflictClasses), Some(voice.codes("conflict-class", &draft.conflict_classes)));
    add(
        voice.field(Field::Operator),
        (draft.side == Side::Offer).then(|| voice.text(if draft.operator { Key::Yes } else { Key::No })),
    );
    add(voice.field(Field::Value), draft.value.map(|band| voice.code("value", band)));
    add(voice.field(Field::Experience), draft.experience.as_ref().map(|text| text.as_str().to_string()));
    let limit = draft.limit.map(|limit| voice.with(Key::ValueHourly, &[("amount", voice.money(limit).into())]));
    add(voice.text(Key::FormLimit), limit.or_else(|| item.limit_set.then(|| voice.text(Key::ItemLimitSet))));
    let note = draft.note.as_ref().map(|note| note.as_str().to_string());
    add(voice.text(Key::FormNote), note.or_else(|| item.note_set.then(|| voice.text(Key::ItemNoteSet))));
    add(voice.text(Key::ItemConfided), Some(voice.moment(item.item.confided)));
    rows
}
