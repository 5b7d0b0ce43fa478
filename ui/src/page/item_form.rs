//! Entering a resource or a need: exact values, in the shop's units, each field with its own fault.

use crate::form::{Faults, Form, decimal, money};
use crate::page::frame::{page, token};
use crate::page::items::place;
use crate::page::parts::Fields;
use crate::stop::Stop;
use crate::visit::{Posted, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use firm::command::{Answer, Command, Refusal};
use firm::policy::Asking;
use firm::profile::{BadItem, Item, ItemDraft, Mode};
use firm::view::{Query, View};
use maud::{Markup, html};
use protocol::facts::{Side, Weeks};
use protocol::place::Point;
use protocol::text::{BadText, Name, ShortText};
use protocol::time::Day;
use protocol::vocabulary::{
    ConflictClass, Credential, Language, Material, Presence, Process, ResourceClass, Role, ValueBand,
};
use std::fmt::Display;
use std::str::FromStr;

/// `GET /resources/new`
pub(crate) async fn new_resource(visit: Visit) -> Result<Response, Stop> {
    blank(&visit, Side::Offer).await
}

/// `GET /needs/new`
pub(crate) async fn new_need(visit: Visit) -> Result<Response, Stop> {
    blank(&visit, Side::Need).await
}

/// `POST /resources/new`
pub(crate) async fn add_resource(sent: Posted) -> Result<Response, Stop> {
    add(sent, Side::Offer).await
}

/// `POST /needs/new`
pub(crate) async fn add_need(sent: Posted) -> Result<Response, Stop> {
    add(sent, Side::Need).await
}

/// The form's field that the firm found at fault, and what to do about it.
pub(crate) fn field_of(bad: BadItem) -> (&'static str, Key) {
    match bad {
        BadItem::Hours => ("hours", Key::FaultHours),
        BadItem::Weeks => ("from", Key::FaultWeeks),
        BadItem::Tolerance => ("tolerance", Key::FaultTolerance),
        BadItem::Envelope => ("envelope", Key::FaultEnvelope),
        BadItem::Site => ("lat", Key::FaultLat),
        BadItem::TooMany => ("materials", Key::FaultTooMany),
        BadItem::ConflictClasses => ("conflict-classes", Key::FaultConflictClasses),
        BadItem::Person => ("person", Key::FaultPerson),
    }
}

async fn blank(visit: &Visit, side: Side) -> Result<Response, Stop> {
    visit.only(Asking::Enter)?;
    let (lat, lon) =
        last_site(visit).await?.map(|site| (typed(site.lat_udeg), typed(site.lon_udeg))).unwrap_or_default();
    let first = visit.status.now.day().week().plus(1).monday();
    let (from, to) = (first.to_string(), first.plus(27).to_string());
    let mode = if side == Side::Offer { "coarse" } else { "silent" };
    let tag = visit.voice.language.tag();
    let form = Form::filled([
        ("from", from.as_str()),
        ("to", to.as_str()),
        ("mode", mode),
        ("languages", tag),
        ("currency", "CAD"),
        ("lat", lat.as_str()),
        ("lon", lon.as_str()),
        ("class", if side == Side::Offer { "machine-with-operator" } else { "machine" }),
    ]);
    shown(visit, side, &form, &Faults::default(), None).await
}

/// Where the newest of the firm's things stands; most firms have one place, and nobody knows its degrees by heart.
async fn last_site(visit: &Visit) -> Result<Option<Point>, Stop> {
    let mut newest = None;
    for side in [Side::Offer, Side::Need] {
        let View::Items(items) = visit.view(Query::Items(side)).await? else { continue };
        newest =
            newest.into_iter().chain(items.into_iter().map(|view| view.item)).max_by_key(|item: &Item| item.confided);
    }
    Ok(newest.map(|item| item.draft.site))
}

/// Degrees as a field takes them.
fn typed(udeg: i32) -> String {
    let sign = if udeg < 0 { "-" } else { "" };
    let (whole, fraction) = (udeg.unsigned_abs() / 1_000_000, format!("{:06}", udeg.unsigned_abs() % 1_000_000));
    format!("{sign}{whole}.{fraction}").trim_end_matches('0').trim_end_matches('.').to_string()
}

async fn add(sent: Posted, side: Side) -> Result<Response, Stop> {
    let Posted { visit, form } = sent;
    let mut faults = Faults::default();
    let again = async |faults: &Faults, also: Option<&str>| {
        let mut response = shown(&visit, side, &form, faults, also).await?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(response)
    };
    let Some(draft) = parse(&form, side, &mut faults) else {
        return again(&faults, None).await;
    };
    match visit.ask(Command::Confide(Box::new(draft))).await? {
        Answer::Refused(Refusal::Item(bad)) => {
            let (field, key) = field_of(bad);
            faults.note(field, key);
            again(&faults, None).await
        }
        Answer::Refused(refusal) => again(&faults, Some(&visit.voice.refusal(&refusal))).await,
        Answer::Confided(item) => Ok(Redirect::to(&format!("/items/{item}?note=confided")).into_response()),
        Answer::NeedsPerson(approval) => {
            Ok(Redirect::to(&format!("/approvals/{approval}?note=confided")).into_response())
        }
        Answer::Done | Answer::Decided => Ok(Redirect::to(place(side).1).into_response()),
    }
}

/// The draft, or every fault at once.
fn parse(form: &Form, side: Side, faults: &mut Faults) -> Option<ItemDraft> {
    let title = faults.keep("title", Name::new(form.text("title")).map_err(text_fault));
    let class = faults.keep("class", form.text("class").parse().map_err(|_| Key::FaultChoose));
    let process = faults.keep("process", form.text("process").parse().map_err(|_| Key::FaultChoose));
    let tolerance_um = optional(form, faults, "tolerance", Key::FaultTolerance, |text| whole(text, 3));
    let envelope_mm = optional(form, faults, "envelope", Key::FaultEnvelope, |text| whole(text, 0));
    let travel_km = optional(form, faults, "travel", Key::FaultTravel, |text| whole(text, 0));
    let hours = faults.keep("hours", whole(form.text("hours"), 0).ok_or(Key::FaultHours));
    let lat = faults.keep("lat", degrees(form.text("lat"), 90).ok_or(Key::FaultLat));
    let lon = faults.keep("lon", degrees(form.text("lon"), 180).ok_or(Key::FaultLon));
    let first = faults.keep("from", form.text("from").parse::<Day>().map_err(|_| Key::FaultDate));
    let last = faults.keep("to", form.text("to").parse::<Day>().map_err(|_| Key::FaultDate));
    let limit = optional(form, faults, "limit", Key::FaultMoney, |text| money(text, form.text("currency")));
    let experience = words(form, faults, "experience");
    let note = words(form, faults, "note");
    let mode = faults.keep("mode", mode(form.text("mode")).ok_or(Key::FaultChoose));
    if !faults.is_empty() {
        return None;
    }
    Some(ItemDraft {
        side,
        title: title?,
        class: class?,
        process: process?,
        materials: codes(form, "materials"),
        tolerance_um,
        envelope_mm,
        credentials: codes(form, "credentials"),
        site: Point { lat_udeg: lat?, lon_udeg: lon? },
        weeks: Weeks { first: first?.week(), last: last?.week() },
        hours: hours?,
        presence: form.text("presence").parse().ok(),
        travel_km,
        languages: codes(form, "languages"),
        conflict_classes: codes(form, "conflict-classes"),
        operator: form.has("operator", "yes"),
        person: form.text("person").parse().ok(),
        value: form.text("value").parse().ok(),
        experience,
        mode: mode?,
        limit,
        note,
    })
}

fn mode(text: &str) -> Option<Mode> {
    match text {
        "open" => Some(Mode::Open),
        "coarse" => Some(Mode::Coarse),
        "silent" => Some(Mode::Silent),
        _ => None,
    }
}

fn whole(text: &str, digits: u32) -> Option<u32> {
    u32::try_from(decimal(text, digits)?).ok()
}

fn degrees(text: &str, max: i32) -> Option<i32> {
    let udeg = i32::try_from(decimal(text.trim_end_matches('°'), 6)?).ok()?;
    (udeg.abs() <= max * 1_000_000).then_some(udeg)
}

fn optional<T>(
    form: &Form,
    faults: &mut Faults,
    field: &str,
    fault: Key,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let text = form.text(field);
    if text.is_empty() { None } else { faults.keep(field, read(text).ok_or(fault)) }
}

fn words(form: &Form, faults: &mut Faults, field: &str) -> Option<ShortText> {
    let text = form.text(field);
    if text.is_empty() { None } else { faults.keep(field, ShortText::new(text).map_err(text_fault)) }
}

fn codes<T: FromStr>(form: &Form, field: &str) -> Vec<T> {
    form.all(field).filter_map(|code| code.parse().ok()).collect()
}

/// What is wrong with a text.
pub(crate) fn text_fault(bad: BadText) -> Key {
    match bad {
        BadText::Empty => Key::FaultEmpty,
        BadText::TooLong(_) => Key::FaultTooLong,
        BadText::Invisible => Key::FaultInvisible,
    }
}

/// Codes of a vocabulary with their labels, for a choice.
pub(crate) fn options<T: Display>(voice: &Voice, vocabulary: &str, all: &[T]) -> Vec<(String, String)> {
    all.iter().map(|code| (code.to_string(), voice.code(vocabulary, code))).collect()
}

fn open_choice<T: Display>(voice: &Voice, vocabulary: &str, all: &[T]) -> Vec<(String, String)> {
    let nothing = (String::new(), voice.text(Key::NotSaid));
    std::iter::once(nothing).chain(options(voice, vocabulary, all)).collect()
}

/// Nobody, and whoever can be asked to be lent.
async fn experts(visit: &Visit) -> Result<Vec<(String, String)>, Stop> {
    let View::People(people) = visit.view(Query::People).await? else { return Ok(Vec::new()) };
    let experts = people.into_iter().filter(|person| person.roles.contains(&Role::Expert));
    let named = experts.map(|person| (person.id.to_string(), person.name.to_string()));
    Ok(std::iter::once((String::new(), visit.voice.text(Key::FormNobody))).chain(named).collect())
}

async fn shown(visit: &Visit, side: Side, form: &Form, faults: &Faults, also: Option<&str>) -> Result<Response, Stop> {
    let (voice, experts) = (&visit.voice, experts(visit).await?);
    let (place, href, section) = place(side);
    let (title, action, save) = match side {
        Side::Offer => (Key::ItemAddResource, "/resources/new", Key::FormSaveResource),
        Side::Need => (Key::ItemAddNeed, "/needs/new", Key::FormSaveNeed),
    };
    let fields = Fields { voice, form, faults };
    let main = html! {
        p.crumb { a href=(href) { (voice.text(section)) } }
        h1 { (voice.text(title)) }
        p.lead { (voice.text(Key::FormLead)) }
        form.entry method="post" action=(action) {
            (token(&visit.token))
            (fields.summary(also))
            (what(&fields, side))
            (exactly(&fields, side, &experts))
            (when_and_where(&fields, side))
            (telling(&fields, side))
            p.actions {
                button.primary type="submit" { (voice.text(save)) }
                a.button href=(href) { (voice.text(Key::FormCancel)) }
            }
        }
    };
    Ok(page(visit, place, &voice.text(title), &main))
}

fn what(fields: &Fields<'_>, side: Side) -> Markup {
    let voice = fields.voice;
    html! {
        section.card { h2 { (voice.text(Key::FormWhat)) }
            (fields.line("title", Key::FormTitle, Some(Key::FormTitleHint), "text", None))
            div.pair {
                (fields.choice("class", Key::FieldClass, None, &options(voice, "class", ResourceClass::ALL)))
                (fields.choice("process", Key::FieldProcess, None, &options(voice, "process", Process::ALL)))
            }
            (fields.several("materials", Key::FieldMaterials,
                Some(if side == Side::Offer { Key::FormMaterialsOffer } else { Key::FormMaterialsNeed }),
                &options(voice, "material", Material::ALL)))
            (fields.several("credentials", Key::FieldCredentials,
                Some(if side == Side::Offer { Key::FormCredentialsOffer } else { Key::FormCredentialsNeed }),
                &options(voice, "credential", Credential::ALL)))
        }
    }
}

fn exactly(fields: &Fields<'_>, side: Side, experts: &[(String, String)]) -> Markup {
    let voice = fields.voice;
    html! {
        section.card { h2 { (voice.text(Key::FormExactly)) }
            p.hint { (voice.text(Key::FormExactlyHint)) }
            div.pair {
                (fields.line("tolerance", Key::FormTolerance, Some(Key::FormToleranceHint), "decimal", Some(Key::UnitMm)))
                (fields.line("envelope", Key::FieldEnvelope, Some(Key::FormEnvelopeHint), "numeric", Some(Key::UnitMm)))
            }
            @if side == Side::Offer {
                (fields.several("operator", Key::FieldOperator, None, &[("yes".into(), voice.text(Key::FormOperator))]))
                (fields.choice("person", Key::LoanWho, Some(Key::FormPersonHint), experts))
            }
        }
    }
}

fn when_and_where(fields: &Fields<'_>, side: Side) -> Markup {
    let voice = fields.voice;
    html! {
        section.card { h2 { (voice.text(Key::FormWhenWhere)) }
            div.pair {
                (fields.line("from", Key::FormFrom, Some(Key::FormWeeksHint), "date", None))
                (fields.line("to", Key::FormTo, Some(Key::FormWeeksHint), "date", None))
            }
            (fields.line("hours", if side == Side::Offer { Key::FormHoursOffer } else { Key::FormHoursNeed }, None,
                "numeric", Some(Key::UnitHours)))
            div.pair {
                (fields.line("lat", Key::FormLat, Some(Key::FormLatHint), "text", Some(Key::UnitDegrees)))
                (fields.line("lon", Key::FormLon, Some(Key::FormLonHint), "text", Some(Key::UnitDegrees)))
            }
            p.hint { (voice.text(Key::FormSiteHint)) }
            div.pair {
                (fields.choice("presence", Key::FieldPresence, None, &open_choice(voice, "presence", Presence::ALL)))
                @if side == Side::Need {
                    (fields.line("travel", Key::FieldTravel, None, "numeric", Some(Key::UnitKm)))
                }
            }
            (fields.several("languages", Key::FieldLanguages, None, &options(voice, "language", Language::ALL)))
        }
    }
}

fn telling(fields: &Fields<'_>, side: Side) -> Markup {
    let voice = fields.voice;
    let modes = [("coarse", Key::FormModeCoarse), ("open", Key::FormModeOpen), ("silent", Key::FormModeSilent)]
        .map(|(code, key)| (code.to_string(), voice.text(key)));
    let limit = if side == Side::Offer { Key::FormLimitOffer } else { Key::FormLimitNeed };
    html! {
        section.card { h2 { (voice.text(Key::FormTelling)) }
            (fields.radios("mode", Key::FormMode, Some(Key::FormModeHint), &modes))
            @if side == Side::Need {
                (fields.choice("value", Key::FieldValue, Some(Key::FormValueHint), &open_choice(voice, "value", ValueBand::ALL)))
            }
            (fields.area("experience", Key::FieldExperience, Some(Key::FormExperienceHint)))
            (fields.several("conflict-classes", Key::FieldConflictClasses, Some(Key::FormConflictClassesHint),
                &options(voice, "conflict-class", ConflictClass::ALL)))
        }
        section.card.private { h2 { (voice.text(Key::FormPrivate)) }
            div.pair {
                (fields.line("limit", limit, Some(Key::FormLimitHint), "decimal", None))
                (fields.choice("currency", Key::FormCurrency, None,
                    &[("CAD".into(), voice.text(Key::CurrencyCad)), ("USD".into(), voice.text(Key::CurrencyUsd))]))
            }
            (fields.area("note", Key::FormNote, Some(Key::FormNoteHint)))
        }
    }
}
