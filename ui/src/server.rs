//! The server: one router over one [`Desk`], bound to one address, ended from outside.
//!
//! ```text
//!   browser ─▶ callers (few, and none silent) ─▶ door (Host, Origin, headers) ─▶ session ─▶ page ─▶ Desk ─▶ the firm
//!   shutdown ─▶ streams end ─▶ open requests finish (5 s at most) ─▶ the port is free
//! ```

use crate::callers::Callers;
use crate::desk::Desk;
use crate::guard::{self, Hosts};
use crate::page;
use crate::session::{Secret, Sessions};
use crate::throttle::Throttle;
use crate::{api, asset, changes};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use jiff::tz::TimeZone;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The largest form, in bytes: terms of 12 lines and 12 clauses of 400 bytes each, percent-encoded threefold, are 29 kB.
const FORM_BYTES_MAX: usize = 64 * 1_024;

/// How long open requests may take to finish after shutdown began.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where and under which names a desk answers.
#[derive(Clone, Debug)]
pub struct DeskConfig {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Names that requests may ask for, as in a browser's address bar. Empty: the names of loopback.
    pub host_names: Vec<String>,
    /// What opens the desk to a browser.
    pub secret: Secret,
}

/// A desk that listens.
pub struct Bound {
    /// Where.
    pub addr: SocketAddr,
    /// The address to print for a person, with the secret in it.
    pub url: String,
    /// Ends when the desk has ended.
    pub join: JoinHandle<io::Result<()>>,
}

/// Why a desk cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Somebody else has the port.
    #[error(
        "the desk cannot listen on {0}: the port is in use; stop the other program or choose another port for the desk"
    )]
    InUse(SocketAddr),
    /// The system says no.
    #[error("the desk cannot listen on {addr}; choose an address of this computer and a port above 1023")]
    Refused {
        /// Where.
        addr: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
}

/// Everything that a page needs.
pub(crate) struct App {
    pub(crate) desk: Arc<dyn Desk>,
    pub(crate) secret: Secret,
    pub(crate) hosts: Hosts,
    pub(crate) sessions: Sessions,
    pub(crate) throttle: Throttle,
    pub(crate) zone: TimeZone,
    /// Name of the session cookie. Browsers share cookies between ports, so the port is part of it: several desks of one
    /// computer do not sign each other out.
    pub(crate) cookie: String,
    /// Turns true when the desk ends.
    pub(crate) closing: watch::Receiver<bool>,
}

/// Listens, and serves until `shutdown` completes.
pub async fn serve(
    desk: Arc<dyn Desk>,
    config: DeskConfig,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<Bound, ServeError> {
    let listener = TcpListener::bind(config.listen).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => ServeError::InUse(config.listen),
        _ => ServeError::Refused { addr: config.listen, source },
    })?;
    let addr = listener.local_addr().map_err(|source| ServeError::Refused { addr: config.listen, source })?;
    let url = format!("http://{}/open?secret={}", shown_host(addr, &config.host_names), config.secret.expose());
    let (close, closing) = watch::channel(false);
    let router = router(desk, &config, addr, closing.clone());
    let join = tokio::spawn(async move {
        let ending = async move {
            shutdown.await;
            close.send_replace(true);
        };
        let served = axum::serve(Callers::at(listener), router).with_graceful_shutdown(ending);
        let mut closing = closing;
        let late = async move {
            // An error means that the sender is gone with the server, which ended by itself.
            let _ = closing.wait_for(|closing| *closing).await;
            tokio::time::sleep(PATIENCE).await;
        };
        tokio::select! {
            ended = served.into_future() => ended,
            () = late => Ok(()),
        }
    });
    Ok(Bound { addr, url, join })
}

/// The pages and the API without a socket, as tests drive them. `closing` ends the streams when it turns true.
pub fn router(desk: Arc<dyn Desk>, config: &DeskConfig, addr: SocketAddr, closing: watch::Receiver<bool>) -> Router {
    let app = Arc::new(App {
        desk,
        secret: config.secret.clone(),
        hosts: Hosts::new(&config.host_names, addr),
        sessions: Sessions::default(),
        throttle: Throttle::default(),
        zone: TimeZone::system(),
        cookie: format!("cosolvent-desk-{}", addr.port()),
        closing,
    });
    Router::new()
        .merge(pages())
        .nest("/api/v1", api::routes())
        .route("/changes", get(changes::stream))
        .route("/static/desk.css", get(asset::style))
        .route("/static/desk.js", get(asset::script))
        .route("/static/mark.svg", get(asset::mark))
        .fallback(page::entry::lost)
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(axum::middleware::from_fn_with_state(app.clone(), guard::door))
        .with_state(app)
}

fn pages() -> Router<Arc<App>> {
    Router::new()
        .route("/open", get(page::entry::open))
        .route("/sign-in", get(page::entry::ask).post(page::entry::sign_in))
        .route("/sign-out", post(page::entry::sign_out))
        .route("/language/{tag}", get(page::entry::language))
        .route("/", get(page::inbox::show))
        .route("/approvals/{id}", get(page::approval::show).post(page::approval::decide))
        .route("/approvals/{id}/why", post(page::no::explain))
        .route("/resources", get(page::items::resources))
        .route("/resources/new", get(page::item_form::new_resource).post(page::item_form::add_resource))
        .route("/needs", get(page::items::needs))
        .route("/needs/new", get(page::item_form::new_need).post(page::item_form::add_need))
        .route("/items/{id}", get(page::items::one))
        .route("/items/{id}/advert", post(page::items::advertise))
        .route("/items/{id}/withdraw", post(page::items::withdraw))
        .route("/items/{id}/lend", post(page::loan::lend))
        .route("/items/{id}/take-back", post(page::loan::take_back))
        .route("/items/{id}/recall", post(page::loan::recall))
        .route("/matches", get(page::matches::show))
        .route("/matches/contact", post(page::matches::contact))
        .route("/deals", get(page::deals::show))
        .route("/deals/{id}", get(page::deal::show))
        .route("/deals/{id}/terms", get(page::terms_form::show).post(page::terms_form::propose))
        .route("/deals/{id}/ask", get(page::talk_form::show_ask).post(page::talk_form::ask))
        .route("/deals/{id}/reply", get(page::talk_form::show_reply).post(page::talk_form::reply))
        .route("/deals/{id}/work", get(page::work::show).post(page::work::write))
        .route("/deals/{id}/work.csv", get(page::work::table))
        .route("/deals/{id}/brief", get(page::brief::show))
        .route("/deals/{id}/invoices", get(page::invoices::show).post(page::invoices::issue))
        .route("/deals/{id}/invoices/{serial}", get(page::invoice::show))
        .route("/deals/{id}/invoices/{serial}/ubl.xml", get(page::invoice::document))
        .route("/deals/{id}/invoices/{serial}/cancel", post(page::invoice::cancel))
        .route("/deals/{id}/outcome", post(page::deal::outcome))
        .route("/deals/{id}/close", post(page::deal::close))
        .route("/calendar", get(page::calendar::show))
        .route("/items/{id}/calendar", get(page::timetable::show).post(page::timetable::add))
        .route("/items/{id}/calendar/remove", get(page::timetable::show).post(page::timetable::remove))
        .route("/items/{id}/still-true", post(page::calendar::confirm))
        .route("/items/{id}/by-calendar", post(page::calendar::advertise))
        .route("/trust", get(page::trust::show))
        .route("/audit", get(page::audit::show))
        .route("/policy", get(page::policy::show))
        .route("/policy/{item}", get(page::policy::explain))
        .route("/people", get(page::people::show))
        .route("/people/{id}/leave", get(page::people::ask).post(page::people::leave))
        .route("/deputies", get(page::deputies::show).post(page::deputies::name))
        .route("/deputies/{number}/end", post(page::deputies::end))
        .route("/status", get(page::status::show))
}

/// What to write into the address bar: the first configured name, else the address, else loopback for "any address".
fn shown_host(addr: SocketAddr, names: &[String]) -> String {
    match names.first() {
        Some(name) if name.contains(':') && !name.ends_with(']') => name.clone(),
        Some(name) => format!("{name}:{}", addr.port()),
        None if addr.ip().is_unspecified() => format!("localhost:{}", addr.port()),
        None => addr.to_string(),
    }
}
