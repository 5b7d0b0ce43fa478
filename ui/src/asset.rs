//! The three files of ours that pages refer to. Nothing comes from elsewhere.

use axum::http::header;
use axum::response::{IntoResponse, Response};

fn file(kind: &'static str, body: &'static str) -> Response {
    // Asked again on each visit: a new version of the program must never meet an old style.
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], body).into_response()
}

/// The design system.
pub(crate) async fn style() -> Response {
    file("text/css; charset=utf-8", include_str!("../assets/desk.css"))
}

/// Live updates; every page works without it.
pub(crate) async fn script() -> Response {
    file("text/javascript; charset=utf-8", include_str!("../assets/desk.js"))
}

/// The mark: two shapes that share a middle.
pub(crate) async fn mark() -> Response {
    file("image/svg+xml", include_str!("../assets/mark.svg"))
}
