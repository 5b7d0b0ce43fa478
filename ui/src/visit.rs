//! A visit: one request by a person who signed in, with what every page shows around its matter.

use crate::desk::DeskError;
use crate::form::Form;
use crate::server::App;
use crate::session::{Session, cookie_of};
use crate::stop::Stop;
use crate::voice::Voice;
use crate::words::{Key, Language};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use firm::command::{Answer, Command, Refusal};
use firm::policy::Asking;
use firm::register::PersonId;
use firm::view::{ApprovalView, PersonView, Query, StatusView, View};
use protocol::text::Name;
use protocol::vocabulary::Role;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The cookie of the language; it says nothing else and is shared by all desks of a browser.
pub(crate) const LANGUAGE_COOKIE: &str = "cosolvent-language";

/// The language of a request: as chosen, else as the browser asks, else English.
pub(crate) fn language_of(headers: &HeaderMap) -> Language {
    let chosen = cookie_of(headers, LANGUAGE_COOKIE).and_then(|tag| Language::from_tag(&tag));
    let asked = || headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok().and_then(Language::accepted);
    chosen.or_else(asked).unwrap_or_default()
}

/// A browser that opened the address with the secret; somebody may have signed in.
pub(crate) struct Opened {
    pub(crate) session: Session,
    pub(crate) language: Language,
}

impl FromRequestParts<Arc<App>> for Opened {
    type Rejection = Stop;
    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Stop> {
        let language = language_of(&parts.headers);
        let session = app.sessions.of(&app.cookie, &parts.headers);
        let session = session.ok_or(Stop::new(StatusCode::FORBIDDEN, Key::StopClosed, language))?;
        Ok(Opened { session, language })
    }
}

/// A request by somebody who signed in.
pub(crate) struct Visit {
    pub(crate) app: Arc<App>,
    pub(crate) person: PersonView,
    pub(crate) status: StatusView,
    pub(crate) voice: Voice,
    pub(crate) token: String,
    /// Path and query, for the way back from the language switch.
    pub(crate) here: String,
    /// What was done just before, from a closed list.
    pub(crate) note: Option<Key>,
}

impl FromRequestParts<Arc<App>> for Visit {
    type Rejection = Stop;
    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Stop> {
        let Opened { session, language } = Opened::from_request_parts(parts, app).await?;
        let who = session.person.ok_or(Stop::SignIn)?;
        let stop = |error: DeskError| Stop::desk(&error, language);
        let people = app.desk.people().await.map_err(stop)?;
        let person = people.into_iter().find(|person| person.id == who).ok_or(Stop::SignIn)?;
        let View::Status(status) = app.desk.view(&who, Query::Status).await.map_err(stop)? else {
            return Err(Stop::desk(&DeskError::NotRunning, language));
        };
        let voice = Voice { language, zone: app.zone.clone(), now: status.now };
        let query = parts.uri.query().unwrap_or_default();
        let note = query.split('&').find_map(|pair| pair.strip_prefix("note="));
        Ok(Visit {
            app: app.clone(),
            person,
            status,
            voice,
            token: session.token,
            here: parts.uri.path().to_string(),
            note: note.and_then(|note| Key::of_code("note", note)),
        })
    }
}

impl Visit {
    /// A view for this reader.
    pub(crate) async fn view(&self, query: Query) -> Result<View, Stop> {
        self.app.desk.view(&self.person.id, query).await.map_err(|error| self.failed(&error))
    }

    /// Names of the people of the firm, those who left included.
    pub(crate) async fn names(&self) -> Result<Names, Stop> {
        match self.view(Query::People).await? {
            View::People(people) => Ok(Names(people.into_iter().map(|person| (person.id, person.name)).collect())),
            _ => Ok(Names::default()),
        }
    }

    /// Carries a command.
    pub(crate) async fn ask(&self, command: Command) -> Result<Answer, Stop> {
        self.app.desk.ask(&self.person.id, command).await.map_err(|error| self.failed(&error))
    }

    /// What the desk could not do.
    pub(crate) fn failed(&self, error: &DeskError) -> Stop {
        Stop::desk(error, self.voice.language)
    }

    /// The firm refused something that has no form of its own to say it in.
    pub(crate) fn refused(&self, refusal: &Refusal) -> Stop {
        Stop::Said(StatusCode::CONFLICT, self.voice.refusal(refusal), self.voice.language)
    }

    /// What somebody reads who typed too many wrong passwords; nothing for everybody else.
    pub(crate) fn hurried(&self) -> Option<String> {
        let wait = self.app.throttle.begin(&self.person.id).err()?;
        Some(self.voice.with(Key::ErrorThrottled, &[("seconds", (wait.as_secs() + 1).into())]))
    }

    /// There is no such thing, or not for this reader.
    pub(crate) fn missing(&self) -> Stop {
        Stop::new(StatusCode::NOT_FOUND, Key::StopMissing, self.voice.language)
    }

    /// Whether this person may ask for something. What a page offers follows from it; the firm decides again (`POL-4`).
    pub(crate) fn may(&self, asking: Asking) -> bool {
        self.holds(asking.roles())
    }

    /// Goes on only if this person may ask for something, and says otherwise who may.
    pub(crate) fn only(&self, asking: Asking) -> Result<(), Stop> {
        if self.may(asking) {
            return Ok(());
        }
        let sentence = self.voice.refusal(&Refusal::NotYours { asking, roles: asking.roles().to_vec() });
        Err(Stop::Said(StatusCode::FORBIDDEN, sentence, self.voice.language))
    }

    /// Whether this person may decide a question now.
    pub(crate) fn decides(&self, approval: &ApprovalView) -> bool {
        approval.decider(&self.person.id).is_some()
    }

    /// Whether this person holds one of these roles.
    pub(crate) fn holds(&self, roles: &[Role]) -> bool {
        self.person.roles.iter().any(|role| roles.contains(role))
    }
}

/// Who is meant by a short name.
#[derive(Default)]
pub(crate) struct Names(BTreeMap<PersonId, Name>);

impl Names {
    /// The person's name; the short name of somebody who is not in the register.
    pub(crate) fn of<'a>(&'a self, id: &'a PersonId) -> &'a str {
        self.0.get(id).map_or(id.as_str(), Name::as_str)
    }
}

/// A form that somebody sent who signed in, with the token of the session (`DSK-6`).
pub(crate) struct Posted {
    pub(crate) visit: Visit,
    pub(crate) form: Form,
}

impl FromRequest<Arc<App>> for Posted {
    type Rejection = Stop;
    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Stop> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await?;
        let form = form_of(Request::from_parts(parts, body), visit.voice.language).await?;
        if !token_fits(&visit.token, &form) {
            return Err(Stop::new(StatusCode::FORBIDDEN, Key::StopToken, visit.voice.language));
        }
        Ok(Posted { visit, form })
    }
}

/// A form of a browser where nobody has signed in yet.
pub(crate) struct OpenedForm {
    pub(crate) opened: Opened,
    pub(crate) form: Form,
}

impl FromRequest<Arc<App>> for OpenedForm {
    type Rejection = Stop;
    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Stop> {
        let (mut parts, body) = request.into_parts();
        let opened = Opened::from_request_parts(&mut parts, app).await?;
        let form = form_of(Request::from_parts(parts, body), opened.language).await?;
        if !opened.session.owns(form.text("token")) {
            return Err(Stop::new(StatusCode::FORBIDDEN, Key::StopToken, opened.language));
        }
        Ok(OpenedForm { opened, form })
    }
}

fn token_fits(token: &str, form: &Form) -> bool {
    subtle::ConstantTimeEq::ct_eq(token.as_bytes(), form.text("token").as_bytes()).into()
}

async fn form_of(request: Request, language: Language) -> Result<Form, Stop> {
    let too_large = |_| Stop::new(StatusCode::PAYLOAD_TOO_LARGE, Key::StopTooLarge, language);
    let bytes = Bytes::from_request(request, &()).await.map_err(too_large)?;
    Ok(Form::from_bytes(&bytes))
}
