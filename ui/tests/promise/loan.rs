//! Lending a person (`LND-1`, `LND-2`, `LND-4`).

use crate::Browser;
use crate::fixture::{Fixture, PASSWORD};
use axum::http::StatusCode;
use firm::command::Command;
use firm::lending::Confirmation;
use protocol::id::Hash;
use std::sync::Arc;

const CONSENT: &str = "/approvals/09090909090909090909090909090909";
const RELEASE: &str = "/approvals/0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a";
const ITEM: &str = "/items/0505050505050505";
const CONFIRMED: [(&str, &str); 4] =
    [("confirmed", "availability"), ("confirmed", "scope"), ("confirmed", "duty"), ("confirmed", "competition")];

async fn release(browser: &mut Browser, ticked: &[(&str, &str)], verdict: &str) -> crate::Page {
    let [summary, bytes] = [Hash([10; 32]), Hash([0xba; 32])].map(|hash| hash.to_string());
    let mut fields =
        vec![("summary", summary.as_str()), ("bytes", &bytes), ("password", PASSWORD), ("verdict", verdict)];
    fields.extend_from_slice(ticked);
    browser.send(RELEASE, &fields).await
}

#[tokio::test]
async fn a_release_says_who_and_for_what_and_has_four_boxes_of_which_none_is_ticked() {
    let mut browser = Browser::busy("owner").await;
    let body = browser.show(RELEASE).await.body;
    for shown in [
        "Release Ines Farrow for “Evenings of our toolmaker”?",
        "CMM programming",
        "24 h",
        "The person can be spared for these hours",
        "within what the person may do for others",
        "no duty that the person has towards us",
        "no competition to us",
        "Release: our firm may offer Ines Farrow for this",
        "Decline: Ines Farrow is not offered",
    ] {
        assert!(body.contains(shown), "{shown}");
    }
    assert_eq!(body.matches("name=\"confirmed\"").count(), 4);
    assert!(!body.contains(" checked"), "nothing is ticked for anybody");
}

#[tokio::test]
async fn a_yes_without_one_of_the_four_decides_nothing_and_keeps_the_other_ticks() {
    // LND-2
    for missing in 0..4 {
        let desk = Arc::new(Fixture::busy());
        let mut browser = Browser::of(desk.clone(), "owner").await;
        browser.show(RELEASE).await;
        let mut ticked = CONFIRMED.to_vec();
        ticked.remove(missing);
        let page = release(&mut browser, &ticked, "approve").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains("one point is not ticked") && page.body.matches(" checked").count() == 3);
        assert!(desk.decided.lock().unwrap().is_empty());
        assert_eq!(release(&mut browser, &CONFIRMED, "approve").await.status, StatusCode::SEE_OTHER);
        assert_eq!(desk.decided.lock().unwrap()[0].2.confirmed, Confirmation::ALL);
    }
    let mut browser = Browser::busy("owner").await;
    browser.show(RELEASE).await;
    let page = release(&mut browser, &[], "decline").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "a no confirms nothing");
}

#[tokio::test]
async fn only_the_person_who_would_be_offered_is_asked_for_the_own_consent() {
    // LND-1
    for other in ["owner", "operations", "audit"] {
        let body = Browser::busy(other).await.show(CONSENT).await.body;
        assert!(body.contains("This is for somebody else to decide: Ines Farrow"), "{other}");
        assert!(!body.contains("name=\"verdict\""), "{other}");
    }
    let mut browser = Browser::busy("operator").await;
    let body = browser.show(CONSENT).await.body;
    for shown in [
        "May your firm offer your time for “Evenings of our toolmaker”?",
        "need give no reason",
        "Consent: our firm may offer my time for this",
        "Decline: your time is not offered",
        "no rule gives or replaces it",
    ] {
        assert!(body.contains(shown), "{shown}");
    }
    browser.speak("fr").await;
    let body = browser.show(CONSENT).await.body;
    assert!(body.contains("Votre entreprise peut-elle offrir votre temps") && body.contains("sans donner de raison"));
}

#[tokio::test]
async fn whoever_consented_can_take_it_back_and_is_told_what_ends_and_what_is_owed() {
    // LND-4
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "operator").await;
    let body = browser.show(ITEM).await.body;
    for shown in [
        "This is not offered: the firm has not released operator",
        "given by Ines Farrow",
        "asked; it waits for an answer",
        "The notice is withdrawn.",
        "2 deals end that bind nobody yet",
        "One deal that both sides signed is owed still",
        "Take my consent back",
    ] {
        assert!(body.contains(shown), "{shown}");
    }
    assert!(!Browser::busy("owner").await.show(ITEM).await.body.contains("Take my consent back"));
    let sent = browser.send(&format!("{ITEM}/take-back"), &[]).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/items/0505050505050505?note=taken-back"));
    assert!(matches!(desk.asked.lock().unwrap()[..], [Command::TakeBack(_)]));
}
