//! People: who may act for the firm, in which roles, until when.

use crate::page::frame::{Place, page};
use crate::stop::Stop;
use crate::visit::Visit;
use crate::words::Key;
use axum::response::Response;
use firm::view::{Query, View};
use maud::html;

/// `GET /people`
pub(crate) async fn show(visit: Visit) -> Result<Response, Stop> {
    let View::People(people) = visit.view(Query::People).await? else { return Err(visit.missing()) };
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
                } }
                tbody { @for person in &people { tr {
                    th scope="row" {
                        (person.name) " " span.quiet { "(" (person.id) ")" }
                        @if person.id == visit.person.id { " " span.badge.good { (voice.text(Key::PeopleYou)) } }
                    }
                    td data-label=(voice.text(Key::PeopleRoles)) { (voice.codes("role", &person.roles)) }
                    td data-label=(voice.text(Key::PeopleUntil)) { (voice.day(person.expires)) }
                } } }
            }
            p.hint { (voice.text(Key::PeopleAdd)) }
        }
    };
    Ok(page(&visit, Place::People, &voice.text(Key::NavPeople), &main))
}
