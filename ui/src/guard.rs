//! The door: what a request must show before any page looks at it.
//!
//! - `DSK-1` The `Host` must be one that this desk was told to answer to. A page elsewhere that points its own name at this
//!   computer (DNS rebinding) is refused before it can read anything.
//! - `DSK-2` A request that changes something comes from our own page: its `Origin` is this host, or the browser itself says
//!   `Sec-Fetch-Site: same-origin`. One that says neither is refused.
//! - `DSK-3` Every answer forbids inline script and style, framing, sniffing and storing.
//!
//! The referrer policy is `same-origin` and not `no-referrer`: under the latter browsers send `Origin: null` with our own
//! forms, which is what a hostile page would send as well. Nothing is told to other hosts under either.

use crate::server::App;
use crate::stop::Stop;
use crate::visit::language_of;
use crate::words::Key;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::sync::Arc;

const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
];

/// Names under which the desk may be asked for.
#[derive(Clone, Debug)]
pub(crate) struct Hosts(Vec<String>);

impl Hosts {
    /// The configured names, each with the bound port and, where a proxy in front has its own, without; or those of
    /// loopback when none is configured.
    pub(crate) fn new(names: &[String], bound: SocketAddr) -> Hosts {
        let port = bound.port();
        let loopback = ["localhost", "127.0.0.1", "[::1]"].map(String::from);
        if names.is_empty() {
            return Hosts(loopback.iter().map(|name| format!("{name}:{port}")).collect());
        }
        let both =
            names.iter().flat_map(|name| [name.to_ascii_lowercase(), format!("{}:{port}", name.to_ascii_lowercase())]);
        Hosts(both.collect())
    }

    fn allow(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.0.contains(&host)
    }
}

/// Lets a request in, or says why not (`DSK-1`, `DSK-2`), and dresses the answer (`DSK-3`).
pub(crate) async fn door(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let language = language_of(request.headers());
    let mut response = match judge(&app.hosts, &request) {
        Ok(()) => next.run(request).await,
        Err(key) => Stop::new(StatusCode::FORBIDDEN, key, language).into_response(),
    };
    let cacheable = response.headers().contains_key(header::CACHE_CONTROL);
    for (name, value) in HEADERS {
        if !(cacheable && name == header::CACHE_CONTROL) {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

fn judge(hosts: &Hosts, request: &Request) -> Result<(), Key> {
    let headers = request.headers();
    let host = text(headers, &header::HOST).ok_or(Key::StopHost)?;
    let named = request.uri().authority().is_none_or(|authority| authority.as_str() == host);
    if !named || headers.get_all(header::HOST).iter().count() != 1 || !hosts.allow(host) {
        return Err(Key::StopHost);
    }
    if matches!(*request.method(), Method::GET | Method::HEAD) || ours(headers, host) {
        Ok(())
    } else {
        Err(Key::StopOrigin)
    }
}

fn ours(headers: &HeaderMap, host: &str) -> bool {
    let site = text(headers, &HeaderName::from_static("sec-fetch-site"));
    if site.is_some_and(|site| site != "same-origin") {
        return false;
    }
    match text(headers, &header::ORIGIN) {
        Some(origin) if origin != "null" => {
            let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host))
        }
        _ => site == Some("same-origin"),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_names_count_only_with_the_bound_port() {
        let hosts = Hosts::new(&[], SocketAddr::from(([127, 0, 0, 1], 7000)));
        assert!(hosts.allow("localhost:7000") && hosts.allow("[::1]:7000"));
        assert!(!hosts.allow("localhost") && !hosts.allow("localhost:7001") && !hosts.allow("evil.example:7000"));
    }

    #[test]
    fn a_configured_name_replaces_loopback_and_may_stand_behind_a_proxy() {
        let hosts = Hosts::new(&["Desk.shop.example".into()], SocketAddr::from(([0, 0, 0, 0], 7000)));
        assert!(hosts.allow("desk.shop.example") && hosts.allow("DESK.shop.example:7000"));
        assert!(!hosts.allow("localhost:7000"));
    }
}
