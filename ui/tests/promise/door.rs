//! Who gets in at all (`DSK-1` to `DSK-4`, `DSK-6`).

use crate::Browser;
use crate::fixture::Fixture;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use std::sync::Arc;

fn get(host: &str) -> Request<Body> {
    Request::get("/sign-in").header(header::HOST, host).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn a_name_that_the_desk_does_not_answer_to_is_refused_even_with_a_session() {
    let mut browser = Browser::busy("owner").await;
    for host in ["evil.example", "evil.example:7000", "localhost", "localhost:7001", "127.0.0.1.evil.example:7000"] {
        let mut request = get(host);
        let cookies: Vec<String> = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        let page = browser.go(request).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{host}");
        assert!(page.body.contains("does not answer to that name"));
    }
}

#[tokio::test]
async fn without_the_secret_a_browser_sees_only_how_to_come_in() {
    let mut browser = Browser::outside(Arc::new(Fixture::busy()));
    for path in ["/", "/sign-in", "/deals", "/resources", "/changes", "/status"] {
        let page = browser.show(path).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        assert!(page.body.contains("Open the address that the program printed"), "{path}");
        assert!(!page.body.contains("Northgate") && !page.body.contains("Maren"), "{path}");
    }
    for wrong in ["/open", "/open?secret=", "/open?secret=0000"] {
        assert_eq!(browser.show(wrong).await.status, StatusCode::FORBIDDEN, "{wrong}");
        assert!(browser.cookies.is_empty());
    }
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_names_the_port() {
    let mut browser = Browser::outside(Arc::new(Fixture::busy()));
    let address = format!("/open?secret={}", browser.secret.expose());
    let page = browser.show(&address).await;
    let cookie = page.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("cosolvent-desk-7000="), "{cookie}");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
}

#[tokio::test]
async fn a_form_from_elsewhere_changes_nothing() {
    let mut browser = Browser::busy("owner").await;
    let id = "/items/0101010101010101/withdraw";
    for (origin, site) in [
        (Some("http://evil.example"), None),
        (Some("http://localhost:7001"), None),
        (Some("null"), None),
        (None, None),
        (None, Some("cross-site")),
        (Some("http://localhost:7000"), Some("same-site")),
    ] {
        let mut request = browser.request("POST", id);
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        if let Some(site) = site {
            request = request.header("sec-fetch-site", site);
        }
        let body = format!("token={}", browser.token);
        let page = browser.go(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{origin:?} {site:?}");
    }
    assert_eq!(browser.send(id, &[]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_without_the_token_of_the_session_changes_nothing() {
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "owner").await;
    for token in ["", "0000"] {
        browser.token = token.into();
        let page = browser.send("/items/0101010101010101/withdraw", &[]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
    }
    assert!(desk.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused_before_it_is_read() {
    let mut browser = Browser::busy("owner").await;
    let long = "x".repeat(70_000);
    let page = browser.send("/needs/new", &[("title", &long)]).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn every_answer_forbids_inline_code_framing_and_storing() {
    let mut browser = Browser::busy("owner").await;
    for path in ["/", "/nowhere", "/api/v1/status", "/open"] {
        let page = browser.show(path).await;
        let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'self'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(page.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(page.headers[header::REFERRER_POLICY], "same-origin");
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(page.headers[header::X_FRAME_OPTIONS], "DENY");
    }
}

#[tokio::test]
async fn the_language_switch_leads_only_back_into_this_desk() {
    let mut browser = Browser::outside(Arc::new(Fixture::busy()));
    for (back, to) in [
        ("/deals", "/deals"),
        ("//evil.example", "/"),
        ("/%5Cevil.example", "/"),
        ("http://evil.example", "/"),
        ("/a%0d%0aX:y", "/"),
    ] {
        let page = browser.show(&format!("/language/fr?back={back}")).await;
        assert_eq!(page.location(), to);
    }
    assert!(browser.show("/").await.body.contains("lang=\"fr\""));
}
