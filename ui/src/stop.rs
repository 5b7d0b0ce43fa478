//! A request that ends before its page: what happened and what to do, in the reader's language.

use crate::desk::DeskError;
use crate::page::frame;
use crate::words::{Key, Language};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::html;

/// Why a page is not shown.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Nobody signed in at this browser.
    SignIn,
    /// Something that the reader can act on.
    Said(StatusCode, String, Language),
}

impl Stop {
    /// Ends with this status and sentence.
    pub(crate) fn new(status: StatusCode, key: Key, language: Language) -> Stop {
        Stop::Said(status, language.text(key), language)
    }

    /// What the desk could not do.
    pub(crate) fn desk(error: &DeskError, language: Language) -> Stop {
        tracing::warn!(%error, "a page could not be shown");
        Stop::new(StatusCode::SERVICE_UNAVAILABLE, desk_key(error), language)
    }
}

/// The sentence for a desk's error.
pub(crate) fn desk_key(error: &DeskError) -> Key {
    match error {
        DeskError::WrongPassword => Key::ErrorPassword,
        DeskError::NotEnrolled => Key::ErrorNotEnrolled,
        DeskError::KeyUnreadable => Key::ErrorKeyUnreadable,
        DeskError::NotRunning => Key::ErrorNotRunning,
        DeskError::TooSlow => Key::ErrorTooSlow,
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        match self {
            Stop::SignIn => Redirect::to("/sign-in").into_response(),
            Stop::Said(status, sentence, language) => {
                let title = language.text(Key::StopTitle);
                let page = frame::bare(
                    language,
                    &title,
                    None,
                    &html! {
                        h1 { (title) }
                        p.lead { (sentence) }
                        p { a.button href="/" { (language.text(Key::StopBack)) } }
                    },
                );
                (status, Html(page.into_string())).into_response()
            }
        }
    }
}
