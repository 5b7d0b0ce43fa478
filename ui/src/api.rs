//! The same views as JSON, for programs that read: `{"schema":"deal/1","items":[…]}`.
//!
//! Read only, within a session. Nothing here approves, reveals or signs: that takes a person's password at the page or at
//! the command line.
//!
//! While the firm cannot do business, every answer also carries `"hindrance":{code, message, remedy}`, in the shape of an error.
//!
//! Ids are text, moments RFC 3339 in UTC, days ISO 8601, weeks ISO 8601 (`2026-W48`), money `{minor, currency}`.

use crate::desk::DeskError;
use crate::server::App;
use crate::visit::Opened;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use firm::command::Refusal;
use firm::register::PersonId;
use firm::view::{Query, Rows, Standing, View};
use protocol::facts::Side;
use serde_json::{Value, json};
use std::sync::Arc;

/// Everything under `/api/v1`.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/status", get(|app, opened| list(app, opened, "status/1", Query::Status)))
        .route("/resources", get(|app, opened| list(app, opened, "resource/1", Query::Items(Side::Offer))))
        .route("/needs", get(|app, opened| list(app, opened, "need/1", Query::Items(Side::Need))))
        .route("/matches", get(|app, opened| list(app, opened, "match/1", Query::Matches(None))))
        .route("/unmet", get(|app, opened| list(app, opened, "unmet/1", Query::Unmet(None))))
        .route("/approvals", get(|app, opened| list(app, opened, "approval/1", Query::Approvals)))
        .route("/approvals/{id}", get(approval))
        .route("/deals", get(|app, opened| list(app, opened, "deal/1", Query::Deals)))
        .route("/deals/{id}", get(deal))
        .route("/calendars", get(|app, opened| list(app, opened, "calendar/1", Query::Calendars)))
        .route("/trust", get(|app, opened| list(app, opened, "trust/1", Query::Trust)))
        .route("/audit", get(|app, opened| list(app, opened, "audit/1", Query::Audit(Rows::default()))))
        .route("/packs", get(|app, opened| list(app, opened, "pack/1", Query::Packs)))
        .route("/people", get(|app, opened| list(app, opened, "person/1", Query::People)))
        .fallback(|| async {
            refusal(StatusCode::NOT_FOUND, "not-found", "there is no such noun", "see /api/v1/status")
        })
}

async fn approval(app: State<Arc<App>>, opened: Result<Opened, crate::stop::Stop>, Path(id): Path<String>) -> Response {
    match id.parse() {
        Ok(id) => list(app, opened, "approval/1", Query::Approval(id)).await,
        Err(error) => missing(&error.to_string()),
    }
}

async fn deal(app: State<Arc<App>>, opened: Result<Opened, crate::stop::Stop>, Path(id): Path<String>) -> Response {
    match id.parse() {
        Ok(id) => list(app, opened, "deal/1", Query::Deal(id)).await,
        Err(error) => missing(&error.to_string()),
    }
}

async fn list(
    State(app): State<Arc<App>>,
    opened: Result<Opened, crate::stop::Stop>,
    schema: &'static str,
    query: Query,
) -> Response {
    let Some(who) = opened.ok().and_then(|opened| opened.session.person) else {
        return refusal(StatusCode::UNAUTHORIZED, "no-session", "nobody is signed in", "sign in at /sign-in first");
    };
    match read(&app, &who, query).await {
        Ok((_, View::Nothing)) => missing("there is no such thing, or not for this reader"),
        Ok((standing, view)) => answer(schema, standing, &view),
        Err(error) => failed(&error),
    }
}

/// A view for somebody who is still enrolled, and how the firm stands.
async fn read(app: &App, who: &PersonId, query: Query) -> Result<(Standing, View), DeskError> {
    if !app.desk.people().await?.iter().any(|person| person.id == *who) {
        return Err(DeskError::NotEnrolled);
    }
    let View::Status(status) = app.desk.view(who, Query::Status).await? else { return Err(DeskError::NotRunning) };
    Ok((status.standing, app.desk.view(who, query).await?))
}

fn answer(schema: &str, standing: Standing, view: &View) -> Response {
    match serde_json::to_value(view) {
        Ok(value) => {
            let items = match value {
                Value::Array(items) => items,
                one => vec![one],
            };
            let mut body = json!({ "schema": schema, "items": items });
            if let (Some(hindrance), Some(body)) = (hindrance(standing), body.as_object_mut()) {
                body.insert("hindrance".into(), hindrance);
            }
            Json(body).into_response()
        }
        Err(error) => {
            tracing::error!(%error, schema, "a view has no JSON form");
            refusal(
                StatusCode::INTERNAL_SERVER_ERROR,
                "no-json",
                "this view has no JSON form",
                "report this with its address",
            )
        }
    }
}

fn hindrance(standing: Standing) -> Option<Value> {
    let (code, refusal) = match standing {
        Standing::Member => return None,
        Standing::NotFounded => ("not-founded", Refusal::NotFounded.to_string()),
        Standing::NotJoined => ("not-joined", Refusal::NotJoined.to_string()),
        Standing::Lapsed => ("lapsed", LAPSED.to_string()),
    };
    let (message, remedy) = apart(&refusal);
    Some(json!({ "code": code, "message": message, "remedy": remedy }))
}

/// What a lapsed membership means to a program.
const LAPSED: &str = "the membership is over, so nothing new can be published or sent; ask the sponsor to renew it";

/// Our sentences say what is the matter, then what to do.
fn apart(sentence: &str) -> (&str, &str) {
    sentence.split_once("; ").unwrap_or((sentence, ""))
}

fn missing(message: &str) -> Response {
    refusal(StatusCode::NOT_FOUND, "not-found", message, "list them first and copy an id whole")
}

fn failed(error: &DeskError) -> Response {
    let (status, code) = match error {
        DeskError::NotEnrolled => (StatusCode::FORBIDDEN, "not-enrolled"),
        DeskError::NotRunning => (StatusCode::SERVICE_UNAVAILABLE, "not-running"),
        DeskError::TooSlow => (StatusCode::SERVICE_UNAVAILABLE, "too-slow"),
        DeskError::WrongPassword | DeskError::KeyUnreadable => (StatusCode::SERVICE_UNAVAILABLE, "keys"),
    };
    let text = error.to_string();
    let (message, remedy) = apart(&text);
    refusal(status, code, message, remedy)
}

fn refusal(status: StatusCode, code: &str, message: &str, remedy: &str) -> Response {
    let body = json!({ "error": { "code": code, "message": message, "remedy": remedy } });
    (status, Json(body)).into_response()
}
