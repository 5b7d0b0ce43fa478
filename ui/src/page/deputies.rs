//! Deputies: who decides for whom while somebody is away, naming one with the own password, and ending it (`DEP-1` to `DEP-4`).

use crate::desk::{DeskError, Password};
use crate::form::{Faults, Form};
use crate::page::frame::{Place, page, token};
use crate::page::parts::{Fields, badge};
use crate::stop::{Stop, desk_key};
use crate::visit::{Names, Posted, Visit};
use crate::voice::Voice;
use crate::words::Key;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use firm::command::{Answer, Command};
use firm::deputies::{Handover, Span};
use firm::view::{DeputyState, DeputyView, PersonView, Query, View};
use jiff::civil::DateTime;
use maud::{Markup, html};
use protocol::time::{Day, UnixMs};
use protocol::vocabulary::Role;

/// `GET /deputies`
pub(crate) async fn show(visit: Visit) -> Result<Response, Stop> {
    let today = visit.voice.today().to_string();
    let mut pairs = vec![("from".to_string(), today)];
    pairs.extend(visit.person.roles.iter().map(|role| ("roles".to_string(), role.to_string())));
    shown(&visit, &Form::of(pairs), &Faults::default(), None).await
}

/// `POST /deputies`
pub(crate) async fn name(sent: Posted) -> Result<Response, Stop> {
    let Posted { visit, mut form } = sent;
    let password = Password::new(form.take("password"));
    let mut faults = Faults::default();
    let again = async |status: StatusCode, faults: &Faults, also: Option<String>| {
        let mut response = shown(&visit, &form, faults, also.as_deref()).await?;
        *response.status_mut() = status;
        Ok(response)
    };
    let Some(handover) = parse(&visit, &form, &mut faults) else {
        return again(StatusCode::UNPROCESSABLE_ENTITY, &faults, None).await;
    };
    let who = &visit.person.id;
    if let Some(sentence) = visit.hurried() {
        return again(StatusCode::TOO_MANY_REQUESTS, &faults, Some(sentence)).await;
    }
    let named = visit.app.desk.deputise(who, handover, password).await;
    if named != Err(DeskError::WrongPassword) {
        visit.app.throttle.clear(who);
    }
    match named {
        Ok(Answer::Refused(refusal)) => again(StatusCode::CONFLICT, &faults, Some(visit.voice.refusal(&refusal))).await,
        Ok(_) => Ok(Redirect::to("/deputies?note=deputy-named").into_response()),
        Err(DeskError::WrongPassword) => {
            let sentence = visit.voice.text(desk_key(&DeskError::WrongPassword));
            again(StatusCode::UNAUTHORIZED, &faults, Some(sentence)).await
        }
        Err(error) => Err(visit.failed(&error)),
    }
}

/// `POST /deputies/{number}/end`
pub(crate) async fn end(Path(number): Path<u32>, sent: Posted) -> Result<Response, Stop> {
    let visit = sent.visit;
    match visit.ask(Command::EndDeputy(number)).await? {
        Answer::Refused(refusal) => Err(visit.refused(&refusal)),
        _ => Ok(Redirect::to("/deputies?note=deputy-ended").into_response()),
    }
}

/// What is handed over; days are whole ones in the desk's own zone.
fn parse(visit: &Visit, form: &Form, faults: &mut Faults) -> Option<Handover> {
    let to = faults.keep("to", form.text("to").parse().map_err(|_| Key::FaultChoose));
    let roles: Vec<Role> = form.all("roles").filter_map(|role| role.parse().ok()).collect();
    if roles.is_empty() {
        faults.note("roles", Key::FaultDeputyRoles);
    }
    let first = faults.keep("from", form.text("from").parse::<Day>().map_err(|_| Key::FaultDate));
    let last = faults.keep("until", form.text("until").parse::<Day>().map_err(|_| Key::FaultDate));
    let span = Span { from: begins(&visit.voice, first?)?, until: begins(&visit.voice, last?.plus(1))? };
    if span.until <= span.from {
        faults.note("until", Key::FaultLastDay);
    }
    faults.is_empty().then_some(Handover { to: to?, roles, scope: Vec::new(), limit: None, span })
}

/// When a day begins where the desk stands.
fn begins(voice: &Voice, day: Day) -> Option<UnixMs> {
    let midnight: DateTime = day.date()?.into();
    let begins = midnight.to_zoned(voice.zone.clone()).ok()?.timestamp().as_millisecond();
    u64::try_from(begins).ok().map(UnixMs)
}

async fn shown(visit: &Visit, form: &Form, faults: &Faults, also: Option<&str>) -> Result<Response, Stop> {
    let View::Deputies(all) = visit.view(Query::Deputies).await? else { return Err(visit.missing()) };
    let View::People(people) = visit.view(Query::People).await? else { return Err(visit.missing()) };
    let names = visit.names().await?;
    let voice = &visit.voice;
    let main = html! {
        p.crumb { a href="/people" { (voice.text(Key::NavPeople)) } }
        h1 { (voice.text(Key::DeputiesTitle)) }
        p.lead { (voice.text(Key::DeputiesLead)) }
        (list(visit, &names, &all))
        (naming(visit, &people, &Fields { voice, form, faults }, also))
    };
    Ok(page(visit, Place::People, &voice.text(Key::DeputiesTitle), &main))
}

fn list(visit: &Visit, names: &Names, all: &[DeputyView]) -> Markup {
    let voice = &visit.voice;
    let may_end = |deputy: &DeputyView| {
        let me = &visit.person.id;
        let going = matches!(deputy.state, DeputyState::Coming | DeputyState::InForce | DeputyState::Idle);
        going && (deputy.by == *me || deputy.to == *me || visit.holds(&[Role::Owner]))
    };
    html! {
        section.card aria-labelledby="deputies" {
            h2 #deputies { (voice.text(Key::DeputiesNamed)) }
            @if all.is_empty() { p.empty { (voice.text(Key::DeputiesNone)) } }
            @else {
                table.stack {
                    thead { tr {
                        @for column in [Key::DeputyWho, Key::DeputyRoles, Key::DeputySpan, Key::DeputyStanding] {
                            th scope="col" { (voice.text(column)) }
                        }
                        th scope="col" {}
                    } }
                    tbody { @for deputy in all { tr {
                        th scope="row" { (voice.with(Key::DeputyFor, &[
                            ("name", names.of(&deputy.to).into()), ("away", names.of(&deputy.by).into())])) }
                        td data-label=(voice.text(Key::DeputyRoles)) { (voice.codes("role", &deputy.roles)) }
                        td data-label=(voice.text(Key::DeputySpan)) { (voice.moment(deputy.from)) " – " (voice.moment(deputy.until)) }
                        td data-label=(voice.text(Key::DeputyStanding)) { (state(voice, deputy.state)) }
                        td { @if may_end(deputy) {
                            form method="post" action={ "/deputies/" (deputy.number) "/end" } {
                                (token(&visit.token))
                                button.decline type="submit" { (voice.text(Key::DeputyEnd)) }
                            }
                        } }
                    } } }
                }
            }
        }
    }
}

fn state(voice: &Voice, state: DeputyState) -> Markup {
    let (class, key) = match state {
        DeputyState::Coming => ("mute", Key::DeputyComing),
        DeputyState::InForce => ("good", Key::DeputyInForce),
        DeputyState::Idle => ("warn", Key::DeputyIdle),
        DeputyState::Over => ("mute", Key::DeputyOver),
        DeputyState::Ended => ("mute", Key::DeputyEnded),
    };
    badge(class, &voice.text(key))
}

fn naming(visit: &Visit, people: &[PersonView], fields: &Fields<'_>, also: Option<&str>) -> Markup {
    let voice = &visit.voice;
    let others = people.iter().filter(|person| person.id != visit.person.id);
    let others: Vec<(String, String)> = others.map(|person| (person.id.to_string(), person.name.to_string())).collect();
    let roles: Vec<(String, String)> =
        visit.person.roles.iter().map(|role| (role.to_string(), voice.code("role", role))).collect();
    html! {
        form.entry method="post" action="/deputies" {
            button type="submit" hidden disabled {}
            (token(&visit.token))
            (fields.summary(also))
            section.card { h2 { (voice.text(Key::DeputyName)) }
                p.hint { (voice.text(Key::DeputyMeans)) }
                (fields.choice("to", Key::DeputyTo, None, &others))
                (fields.several("roles", Key::DeputyRoles, Some(Key::DeputyRolesHint), &roles))
                div.pair {
                    (fields.line("from", Key::DeputyFrom, None, "date", None))
                    (fields.line("until", Key::DeputyUntil, Some(Key::DeputyUntilHint), "date", None))
                }
                div.field {
                    label for="password" { (voice.with(Key::DecidePassword, &[("name", visit.person.name.as_str().into())])) }
                    input #password type="password" name="password" autocomplete="current-password" required;
                }
                p.actions { button.primary type="submit" { (voice.text(Key::DeputySave)) } }
            }
        }
    }
}
