//! The way in: the address with the secret, then a person's password.

use crate::desk::{DeskError, Password};
use crate::page::frame::{bare, token};
use crate::server::App;
use crate::session::Session;
use crate::stop::{Stop, desk_key};
use crate::visit::{LANGUAGE_COOKIE, Opened, OpenedForm, Posted, language_of};
use crate::voice::Voice;
use crate::words::{Key, Language};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use firm::register::PersonId;
use firm::view::PersonView;
use maud::{Markup, html};
use protocol::time::UnixMs;
use std::collections::BTreeMap;
use std::sync::Arc;

/// `GET /open?secret=…`: lets a browser in, once it shows the secret of this start (`DSK-4`).
pub(crate) async fn open(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, Stop> {
    let language = language_of(&headers);
    if !query.get("secret").is_some_and(|secret| app.secret.is(secret)) {
        return Err(Stop::new(StatusCode::FORBIDDEN, Key::StopSecret, language));
    }
    if app.sessions.of(&app.cookie, &headers).is_some_and(|session| session.person.is_some()) {
        return Ok(Redirect::to("/").into_response());
    }
    let session = begin(&app, None, None, language)?;
    Ok((cookie(&app, &session), Redirect::to("/sign-in")).into_response())
}

/// `GET /sign-in`
pub(crate) async fn ask(State(app): State<Arc<App>>, opened: Opened) -> Result<Response, Stop> {
    form(&app, &opened, StatusCode::OK, "", None).await
}

/// `POST /sign-in`
pub(crate) async fn sign_in(State(app): State<Arc<App>>, sent: OpenedForm) -> Result<Response, Stop> {
    let OpenedForm { opened, form: mut sent } = sent;
    let typed = sent.text("person").to_string();
    let password = Password::new(sent.take("password"));
    let language = opened.language;
    let wrong = |key| Some(language.text(key));
    let Ok(who) = typed.parse::<PersonId>() else {
        return form(&app, &opened, StatusCode::UNAUTHORIZED, &typed, wrong(Key::ErrorPassword)).await;
    };
    if let Err(wait) = app.throttle.begin(&who) {
        let sentence = language.with(Key::ErrorThrottled, &[("seconds", (wait.as_secs() + 1).into())]);
        return form(&app, &opened, StatusCode::TOO_MANY_REQUESTS, &typed, Some(sentence)).await;
    }
    match app.desk.sign_in(&who, password).await {
        Ok(()) => {
            app.throttle.clear(&who);
            let session = begin(&app, Some(who), Some(&opened.session.id), language)?;
            Ok((cookie(&app, &session), Redirect::to("/")).into_response())
        }
        Err(error @ (DeskError::WrongPassword | DeskError::NotEnrolled)) => {
            form(&app, &opened, StatusCode::UNAUTHORIZED, &typed, wrong(desk_key(&error))).await
        }
        Err(error) => Err(Stop::desk(&error, language)),
    }
}

/// `POST /sign-out`: the browser stays let in, nobody is signed in.
pub(crate) async fn sign_out(State(app): State<Arc<App>>, headers: HeaderMap, sent: Posted) -> Result<Response, Stop> {
    let old = app.sessions.of(&app.cookie, &headers);
    let session = begin(&app, None, old.as_ref().map(|old| old.id.as_str()), sent.visit.voice.language)?;
    Ok((cookie(&app, &session), Redirect::to("/sign-in")).into_response())
}

/// `GET /language/{tag}?back=…`: changes how pages read, and nothing else.
pub(crate) async fn language(Path(tag): Path<String>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let back = query.get("back").map(String::as_str).filter(|back| local(back)).unwrap_or("/");
    let language = Language::from_tag(&tag).unwrap_or_default().tag();
    let cookie = format!("{LANGUAGE_COOKIE}={language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
    ([(header::SET_COOKIE, cookie)], Redirect::to(back)).into_response()
}

/// Any other address.
pub(crate) async fn lost(headers: HeaderMap) -> Stop {
    Stop::new(StatusCode::NOT_FOUND, Key::StopMissing, language_of(&headers))
}

/// A path of this desk: no other host, nothing that a header or a browser would read otherwise.
fn local(path: &str) -> bool {
    let mut bytes = path.bytes();
    bytes.next() == Some(b'/')
        && !matches!(bytes.next(), Some(b'/' | b'\\'))
        && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_?=&.".contains(&byte))
}

fn begin(app: &App, who: Option<PersonId>, instead: Option<&str>, language: Language) -> Result<Session, Stop> {
    app.sessions.begin(who, instead).map_err(|error| {
        tracing::error!(%error, "no session could begin");
        Stop::new(StatusCode::INTERNAL_SERVER_ERROR, Key::StopEntropy, language)
    })
}

fn cookie(app: &App, session: &Session) -> [(header::HeaderName, String); 1] {
    [(header::SET_COOKIE, format!("{}={}; Path=/; HttpOnly; SameSite=Strict", app.cookie, session.id))]
}

async fn form(
    app: &App,
    opened: &Opened,
    status: StatusCode,
    typed: &str,
    fault: Option<String>,
) -> Result<Response, Stop> {
    let people = app.desk.people().await.map_err(|error| Stop::desk(&error, opened.language))?;
    let voice = Voice { language: opened.language, zone: app.zone.clone(), now: UnixMs(0) };
    let main = sign_in_form(&voice, &opened.session.token, &people, typed, fault.as_deref());
    let page = bare(opened.language, &voice.text(Key::SignInTitle), Some("/sign-in"), &main);
    Ok((status, Html(page.into_string())).into_response())
}

fn sign_in_form(voice: &Voice, session: &str, people: &[PersonView], typed: &str, fault: Option<&str>) -> Markup {
    html! {
        h1 { (voice.text(Key::SignInTitle)) }
        p.lead { (voice.text(Key::SignInLead)) }
        @if people.is_empty() {
            p.empty { (voice.text(Key::SignInNobody)) }
        } @else {
            form.card method="post" action="/sign-in" {
                (token(session))
                @if let Some(fault) = fault { p.fault #password-fault role="alert" { (fault) } }
                div.field {
                    label for="person" { (voice.text(Key::SignInPerson)) }
                    select #person name="person" autocomplete="username" {
                        @for person in people {
                            option value=(person.id) selected[person.id.as_str() == typed] {
                                (person.name) " · " (voice.codes("role", &person.roles))
                            }
                        }
                    }
                }
                div.field {
                    label for="password" { (voice.text(Key::SignInPassword)) }
                    input #password type="password" name="password" autocomplete="current-password" required
                        aria-describedby=[fault.map(|_| "password-fault")];
                }
                button.primary type="submit" { (voice.text(Key::SignInButton)) }
            }
        }
    }
}
