//! A node that has stopped, a firm in no network, a membership that is over: each page and answer says so, and what to do.

use crate::fixture::Fixture;
use crate::{Browser, Page};
use axum::http::StatusCode;
use firm::identity::Validity;
use firm::view::Standing;
use serde_json::Value;
use std::sync::Arc;
use ui::DeskError;

const PAGES: [&str; 7] = ["/", "/resources", "/needs/new", "/matches", "/deals", "/trust", "/status"];
const NOUNS: [&str; 4] = ["status", "resources", "deals", "people"];

fn json(page: &Page) -> Value {
    serde_json::from_str(&page.body).unwrap()
}

#[tokio::test]
async fn a_firm_that_cannot_do_business_reads_why_and_what_to_do_on_every_page() {
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "operations").await;
    for (standing, english, french, code) in [
        (
            Standing::NotFounded,
            "Run “cosolvent init” first",
            "Lancez d’abord «\u{a0}cosolvent init\u{a0}»",
            "not-founded",
        ),
        (Standing::NotJoined, "with a sponsor’s invitation", "avec l’invitation d’un parrain", "not-joined"),
        (
            Standing::Lapsed,
            "Ask your sponsor to renew it: Harbour Manufacturing Association, Escarpment College",
            "Demandez à votre parrain de la renouveler",
            "lapsed",
        ),
    ] {
        *desk.standing.lock().unwrap() = standing;
        for (tag, says) in [("en", english), ("fr", french)] {
            browser.speak(tag).await;
            for path in PAGES {
                let page = browser.show(path).await;
                assert_eq!(page.status, StatusCode::OK, "{path}");
                assert_eq!(page.body.matches(says).count(), 1, "{path} in {tag} says once: {says}");
            }
        }
        for noun in NOUNS {
            let page = browser.show(&format!("/api/v1/{noun}")).await;
            let hindrance = &json(&page)["hindrance"];
            assert_eq!((page.status, hindrance["code"].as_str()), (StatusCode::OK, Some(code)), "{noun}");
            assert!(
                !hindrance["message"].as_str().unwrap().is_empty() && !hindrance["remedy"].as_str().unwrap().is_empty()
            );
        }
    }
    *desk.standing.lock().unwrap() = Standing::Member;
    assert!(json(&browser.show("/api/v1/status").await).get("hindrance").is_none(), "a member is not hindered");
}

#[tokio::test]
async fn a_firm_whose_operating_key_ends_reads_until_when_and_what_to_do_on_every_page() {
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "operations").await;
    for (validity, english, french) in [
        (Validity::LapsesSoon, "This node may sign for your firm until", "Ce nœud peut signer pour votre entreprise"),
        (Validity::Lapsed, "This node may no longer sign", "Ce nœud ne peut plus signer"),
    ] {
        *desk.operating.lock().unwrap() = validity;
        for (tag, says) in [("en", english), ("fr", french)] {
            browser.speak(tag).await;
            for path in PAGES {
                let page = browser.show(path).await;
                assert_eq!(page.body.matches(says).count(), 1, "{path} in {tag} says once: {says}");
                assert_eq!(page.body.matches("cosolvent keys renew").count(), 1, "{path} in {tag} says what to do");
            }
        }
    }
    *desk.operating.lock().unwrap() = Validity::Holds;
    browser.speak("en").await;
    assert!(!browser.show("/status").await.body.contains("cosolvent keys renew"), "in good time is not always");
}

#[tokio::test]
async fn a_node_that_has_stopped_says_so_once_and_how_to_go_on() {
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "owner").await;
    *desk.trouble.lock().unwrap() = Some(DeskError::NotRunning);
    for path in PAGES.into_iter().chain(["/sign-in"]) {
        let page = browser.show(path).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert!(
            page.body.contains("The node has stopped. Look at its log for the reason, then start it again."),
            "{path}"
        );
    }
    for noun in NOUNS {
        let page = browser.show(&format!("/api/v1/{noun}")).await;
        let error = &json(&page)["error"];
        assert_eq!(
            (page.status, error["code"].as_str()),
            (StatusCode::SERVICE_UNAVAILABLE, Some("not-running")),
            "{noun}"
        );
        assert!(error["remedy"].as_str().unwrap().contains("start it again"));
    }
}

#[tokio::test]
async fn somebody_who_left_reads_nothing_through_a_session_that_is_still_open() {
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "operator").await;
    assert_eq!(browser.show("/api/v1/deals").await.status, StatusCode::OK);
    *desk.left.lock().unwrap() = Some("operator".parse().unwrap());
    let page = browser.show("/api/v1/deals").await;
    assert_eq!((page.status, json(&page)["error"]["code"].as_str()), (StatusCode::FORBIDDEN, Some("not-enrolled")));
    assert!(!page.body.contains("Kestrel"));
    assert_eq!(browser.show("/deals").await.location(), "/sign-in");
}
