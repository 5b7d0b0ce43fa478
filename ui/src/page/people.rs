//! People: who may act for the firm, in which roles, until when; and letting somebody go.

use crate::page::frame::{Place, page, token};
use crate::page::parts::not_yours;
use crate::stop::Stop;
use crate::visit::{Posted, Visit};
use crate::words::Key;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use firm::command::{Answer, Command};
use firm::policy::Asking;
use firm::view::{PersonView, Query, View};
use maud::html;
use protocol::vocabulary::Role;

/// `GET /people`
pub(crate) async fn show(visit: Visit) -> Result<Response, Stop> {
    let people = all(&visit).await?;
    let voice = &visit.voice;
    let main = html! {
        h1 { (voice.text(Key::NavPeople)) }
        p.lead { (voice.text(Key::PeopleLead)) }
        section.card {
            table.stack {
                thead { tr {
                    th scope="col" { (voice.text(Key::PeopleName)) }
                    th scope="col" { (voice.text(Key::PeopleRoles)) }
                    th scope="col" { (voice.text(Key::PeopleUntil)) }
                    @if visit.may(Asking::Enrol) { th scope="col" {} }
                } }
                tbody { @for person in &people { tr {
                    th scope="row" {
                        (person.name) " " span.quiet { "(" (person.id) ")" }
                        @if person.id == visit.person.id { " " span.badge.good { (voice.text(Key::PeopleYou)) } }
                    }
                    td data-label=(voice.text(Key::PeopleRoles)) { (voice.codes("role", &person.roles)) }
                    td data-label=(voice.text(Key::PeopleUntil)) { (voice.day(person.expires)) }
                    @if visit.may(Asking::Enrol) { td {
                        @if visit.may(asking(person)) {
                            a href={ "/people/" (person.id) "/leave" }
                                aria-label=(voice.with(Key::LeaveTitle, &[("name", person.name.as_str().into())])) {
                                (voice.text(Key::PeopleLeave))
                            }
                        }
                    } }
                } } }
            }
            p.hint { (voice.text(Key::PeopleAdd)) }
            p { a href="/policy" { (voice.text(Key::PolicyTitle)) } }
            p { a href="/deputies" { (voice.text(Key::DeputiesTitle)) } }
        }
    };
    Ok(page(&visit, Place::People, &voice.text(Key::NavPeople), &main))
}

/// `GET /people/{id}/leave`: what it means, before anything is done.
pub(crate) async fn ask(visit: Visit, Path(id): Path<String>) -> Result<Response, Stop> {
    let person = find(&visit, &id).await?;
    leaving(&visit, &person, None).await
}

/// `POST /people/{id}/leave`
pub(crate) async fn leave(Path(id): Path<String>, sent: Posted) -> Result<Response, Stop> {
    let visit = sent.visit;
    let person = find(&visit, &id).await?;
    match visit.ask(Command::RevokePerson(person.id.clone())).await? {
        Answer::Refused(refusal) => {
            let mut response = leaving(&visit, &person, Some(&visit.voice.refusal(&refusal))).await?;
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
        _ => Ok(Redirect::to("/people?note=left").into_response()),
    }
}

async fn all(visit: &Visit) -> Result<Vec<PersonView>, Stop> {
    match visit.view(Query::People).await? {
        View::People(people) => Ok(people),
        _ => Err(visit.missing()),
    }
}

async fn find(visit: &Visit, id: &str) -> Result<PersonView, Stop> {
    all(visit).await?.into_iter().find(|person| person.id.as_str() == id).ok_or_else(|| visit.missing())
}

fn is_owner(person: &PersonView) -> bool {
    person.roles.contains(&Role::Owner)
}

fn asking(person: &PersonView) -> Asking {
    if is_owner(person) { Asking::EnrolOwner } else { Asking::Enrol }
}

async fn leaving(visit: &Visit, person: &PersonView, fault: Option<&str>) -> Result<Response, Stop> {
    let today = visit.voice.now.day();
    let acts = |other: &PersonView| is_owner(other) && today <= other.expires && other.id != person.id;
    let last_owner = is_owner(person) && !all(visit).await?.iter().any(acts);
    let voice = &visit.voice;
    let title = voice.with(Key::LeaveTitle, &[("name", person.name.as_str().into())]);
    let main = html! {
        p.crumb { a href="/people" { (voice.text(Key::NavPeople)) } }
        h1 { (title) }
        @if let Some(fault) = fault { p.fault role="alert" { (fault) } }
        section.card {
            p { (voice.text(Key::LeaveMeaning)) }
            p { (voice.text(Key::LeaveForGood)) }
            @if last_owner { p.fault { (voice.text(Key::LeaveLastOwner)) } }
            @if visit.may(asking(person)) {
                form method="post" action={ "/people/" (person.id) "/leave" } {
                    (token(&visit.token))
                    button.decline type="submit" { (title) }
                    " " a href="/people" { (voice.text(Key::LeaveNot)) }
                }
            } @else { (not_yours(voice, asking(person))) }
        }
    };
    Ok(page(visit, Place::People, &title, &main))
}
