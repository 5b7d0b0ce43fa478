//! What every page promises, whoever runs the firm behind it.

mod fixture;
mod promise {
    mod approval;
    mod audit;
    mod brief;
    mod calendar;
    mod contrast;
    mod door;
    mod entry;
    mod every_page;
    mod forms;
    mod invoices;
    mod json;
    mod loan;
    mod packs;
    mod policy;
    mod roles;
    mod stale;
    mod talk;
    mod timetable;
    mod trouble;
    mod work;
}

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use fixture::{Fixture, PASSWORD};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::watch;
use tower::ServiceExt;
use ui::{Desk, DeskConfig, Secret, router};

const HOST: &str = "localhost:7000";

/// A browser: its cookies and the token of the last form it was shown.
struct Browser {
    router: Router,
    secret: Secret,
    cookies: Vec<(String, String)>,
    token: String,
    _open: watch::Sender<bool>,
}

/// An answer.
struct Page {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Page {
    fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default()
    }
}

impl Browser {
    /// A browser that has seen nothing yet.
    fn outside(desk: Arc<dyn Desk>) -> Browser {
        let listen = SocketAddr::from(([127, 0, 0, 1], 7000));
        let config = DeskConfig { listen, host_names: Vec::new(), secret: Secret::draw().unwrap() };
        let (open, closing) = watch::channel(false);
        let router = router(desk, &config, listen, closing);
        Browser { router, secret: config.secret, cookies: Vec::new(), token: String::new(), _open: open }
    }

    /// A browser that opened the printed address.
    async fn let_in(desk: Arc<dyn Desk>) -> Browser {
        let mut browser = Browser::outside(desk);
        let address = format!("/open?secret={}", browser.secret.expose());
        assert_eq!(browser.show(&address).await.location(), "/sign-in");
        browser
    }

    /// A browser at which somebody signed in.
    async fn of(desk: Arc<dyn Desk>, person: &str) -> Browser {
        let mut browser = Browser::let_in(desk).await;
        browser.show("/sign-in").await;
        let page = browser.send("/sign-in", &[("person", person), ("password", PASSWORD)]).await;
        assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, "/"));
        browser.show("/").await;
        browser
    }

    async fn busy(person: &str) -> Browser {
        Browser::of(Arc::new(Fixture::busy()), person).await
    }

    async fn speak(&mut self, tag: &str) {
        self.show(&format!("/language/{tag}")).await;
    }

    async fn show(&mut self, path: &str) -> Page {
        self.go(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form of our own page, with its token.
    async fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.token.clone();
        let fields = fields.iter().copied().chain([("token", token.as_str())]);
        let body = fields.map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&");
        let request = self.request("POST", path).header(header::ORIGIN, format!("http://{HOST}"));
        self.go(request.body(Body::from(body)).unwrap()).await
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::COOKIE, cookies.join("; "))
    }

    async fn go(&mut self, request: Request<Body>) -> Page {
        let response = self.router.clone().oneshot(request).await.unwrap();
        for set in response.headers().get_all(header::SET_COOKIE) {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_string(), value.to_string()));
        }
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 4_000_000).await.unwrap();
        let body = String::from_utf8(bytes.to_vec()).unwrap();
        if let Some((_, after)) = body.split_once("name=\"token\" value=\"") {
            self.token = after.split('"').next().unwrap().to_string();
        }
        Page { status, headers, body }
    }
}

fn encoded(value: &str) -> String {
    value
        .bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
