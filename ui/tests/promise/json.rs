//! The API for programs, the stream, and the server's own life.

use crate::Browser;
use crate::fixture::Fixture;
use axum::http::StatusCode;
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use ui::{DeskConfig, Secret, ServeError, serve};

#[tokio::test]
async fn every_noun_answers_in_one_shape() {
    let mut browser = Browser::busy("owner").await;
    let (deal, approval) = (format!("deals/{}", "02".repeat(16)), format!("approvals/{}", "01".repeat(16)));
    for (path, schema, least) in [
        ("status", "status/1", 1),
        ("resources", "resource/1", 3),
        ("needs", "need/1", 1),
        ("matches", "match/1", 3),
        ("approvals", "approval/1", 9),
        (approval.as_str(), "approval/1", 1),
        ("deals", "deal/1", 7),
        (deal.as_str(), "deal/1", 1),
        ("trust", "trust/1", 1),
        ("audit", "audit/1", 1),
        ("packs", "pack/1", 3),
        ("people", "person/1", 4),
    ] {
        let page = browser.show(&format!("/api/v1/{path}")).await;
        let answer: Value = serde_json::from_str(&page.body).unwrap();
        assert_eq!((page.status, answer["schema"].as_str()), (StatusCode::OK, Some(schema)), "{path}");
        assert!(answer["items"].as_array().unwrap().len() >= least, "{path}");
    }
}

#[tokio::test]
async fn moments_days_and_weeks_are_texts_that_other_programs_know() {
    let mut browser = Browser::busy("owner").await;
    let mut items = async |noun: &str| -> Value {
        serde_json::from_str::<Value>(&browser.show(&format!("/api/v1/{noun}")).await.body).unwrap()["items"].take()
    };
    assert_eq!(items("status").await[0]["now"], "2026-11-24T15:20:00Z");
    assert_eq!(items("resources").await[0]["item"]["draft"]["weeks"]["first"], "2026-W50");
    assert_eq!(items("people").await[0]["expires"], "2027-10-09");
    let deal = items(&format!("deals/{}", "03".repeat(16))).await;
    assert_eq!(deal[0]["terms"]["terms"]["first"], "2026-12-07");
    assert_eq!(deal[0]["terms"]["terms"]["total"]["minor"], 1_140_000);
}

#[tokio::test]
async fn nothing_is_read_without_a_session_and_nothing_is_decided_with_one() {
    let mut outside = Browser::outside(Arc::new(Fixture::busy()));
    let page = outside.show("/api/v1/deals").await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(page.body.contains("\"remedy\"") && !page.body.contains("Kestrel"));
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "owner").await;
    let path = format!("/api/v1/approvals/{}", "01".repeat(16));
    assert_eq!(browser.send(&path, &[("verdict", "approve")]).await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(browser.show("/api/v1/deals/ff").await.status, StatusCode::NOT_FOUND);
    assert!(desk.decided.lock().unwrap().is_empty());
}

fn config(listen: SocketAddr) -> DeskConfig {
    DeskConfig { listen, host_names: Vec::new(), secret: Secret::draw().unwrap() }
}

#[tokio::test]
async fn a_port_in_use_is_named_with_a_remedy() {
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    let first = serve(Arc::new(Fixture::busy()), config(any), std::future::pending()).await.unwrap();
    let second = serve(Arc::new(Fixture::busy()), config(first.addr), std::future::pending()).await;
    let Err(error @ ServeError::InUse(_)) = second else { panic!("two desks on one port") };
    assert!(error.to_string().contains(&first.addr.to_string()) && error.to_string().contains("choose another port"));
    first.join.abort();
}

#[tokio::test]
async fn a_stream_says_that_something_changed_and_ends_with_the_desk() {
    let desk = Arc::new(Fixture::busy());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let shutdown = async { drop(stopped.await) };
    let bound = serve(desk.clone(), config(SocketAddr::from(([127, 0, 0, 1], 0))), shutdown).await.unwrap();
    let mut stream = TcpStream::connect(bound.addr).await.unwrap();
    let path = bound.url.split_once(&bound.addr.to_string()).unwrap().1;
    let ask =
        |path: &str, cookie: &str| format!("GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\n\r\n", bound.addr);
    stream.write_all(ask(path, "").as_bytes()).await.unwrap();
    let opened = until(&mut stream, "\r\n\r\n").await;
    let cookie = opened.split("set-cookie: ").nth(1).unwrap().split(';').next().unwrap().to_string();
    stream.write_all(ask("/changes", &cookie).as_bytes()).await.unwrap();
    until(&mut stream, "text/event-stream").await;
    desk.touch();
    let told = until(&mut stream, "data: 1").await;
    assert!(!told.contains("Northgate"));
    drop(stop);
    bound.join.await.unwrap().unwrap();
}

async fn until(stream: &mut TcpStream, mark: &str) -> String {
    let mut heard = String::new();
    let mut part = [0; 1_024];
    while !heard.contains(mark) {
        let length = stream.read(&mut part).await.unwrap();
        assert!(length > 0, "the stream ended before {mark:?}: {heard}");
        heard.push_str(&String::from_utf8_lossy(&part[..length]));
    }
    heard
}
