//! The deal brief tells whoever advises a firm what was agreed, and nothing that is only this firm's.

use crate::Browser;
use axum::http::StatusCode;

async fn brief(browser: &mut Browser, deal: &str) -> String {
    let page = browser.show(&format!("/deals/{}/brief", deal.repeat(16))).await;
    assert_eq!(page.status, StatusCode::OK);
    page.body
}

#[tokio::test]
async fn a_brief_names_both_firms_the_terms_their_hash_and_who_signed() {
    let mut browser = Browser::busy("owner").await;
    let signed = brief(&mut browser, "04").await;
    for says in [
        "Golden Shoe Machining Ltd.",
        "14 Foundry Lane",
        "The sponsor of the network is not a party",
        "This page is not legal advice",
        "$11,400.00 CAD",
        &"09".repeat(32),
        "Golden Shoe Machining Ltd.: signed by Maren Holt (signer)",
        "Kestrel Robotics Inc.: signed by a person whom it certified (signer)",
    ] {
        assert!(signed.contains(says), "{says} in {signed}");
    }
    assert!(!signed.contains("A draft"), "both signed");
    for private in ["gets 60", "Price limit", "$312.00"] {
        assert!(!signed.contains(private), "{private} is this firm's own");
    }
    let draft = brief(&mut browser, "03").await;
    assert!(draft.contains("A draft: Kestrel Robotics Inc. has not signed these terms."));
    assert!(brief(&mut browser, "02").await.contains("no terms are on the table"));
}
