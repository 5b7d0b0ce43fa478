//! A stream that says only that something changed, never what: the page then asks again, as its reader.

use crate::server::App;
use crate::visit::Opened;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::Stream;
use futures::stream::unfold;
use std::convert::Infallible;
use std::sync::Arc;

/// Counts up with every change; ends when the desk ends.
pub(crate) async fn stream(
    State(app): State<Arc<App>>,
    _opened: Opened,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let state = (app.desk.changes(), app.closing.clone());
    let events = unfold(state, |(mut changes, mut closing)| async move {
        let alive = tokio::select! {
            _ = closing.wait_for(|closing| *closing) => false,
            changed = changes.changed() => changed.is_ok(),
        };
        let count = *changes.borrow_and_update();
        alive.then(|| (Ok(Event::default().data(count.to_string())), (changes, closing)))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}
