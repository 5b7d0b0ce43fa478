//! Signing in and out (`DSK-5`, `DSK-7`).

use crate::Browser;
use crate::fixture::{Fixture, PASSWORD};
use axum::http::StatusCode;
use std::sync::Arc;

#[tokio::test]
async fn a_wrong_password_says_what_to_do_and_signs_nobody_in() {
    let mut browser = Browser::let_in(Arc::new(Fixture::busy())).await;
    browser.show("/sign-in").await;
    for person in ["owner", "nobody", "Not A Name"] {
        let page = browser.send("/sign-in", &[("person", person), ("password", "guess")]).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
        assert!(page.body.contains("The password is not right"));
        assert!(!page.body.contains("guess"));
    }
    assert_eq!(browser.show("/").await.location(), "/sign-in");
}

#[tokio::test(start_paused = true)]
async fn hurried_guesses_wait_even_when_the_last_one_is_right() {
    let mut browser = Browser::let_in(Arc::new(Fixture::busy())).await;
    browser.show("/sign-in").await;
    for _ in 0..6 {
        browser.send("/sign-in", &[("person", "owner"), ("password", "guess")]).await;
    }
    let right = [("person", "owner"), ("password", PASSWORD)];
    let page = browser.send("/sign-in", &right).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.body.contains("Wait"));
    tokio::time::advance(std::time::Duration::from_secs(3)).await;
    assert_eq!(browser.send("/sign-in", &right).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn signing_in_changes_the_session_so_that_a_planted_one_is_worth_nothing() {
    let mut browser = Browser::let_in(Arc::new(Fixture::busy())).await;
    let planted = browser.cookies.clone();
    browser.show("/sign-in").await;
    browser.send("/sign-in", &[("person", "owner"), ("password", PASSWORD)]).await;
    assert_ne!(browser.cookies, planted);
    browser.cookies = planted;
    assert_eq!(browser.show("/").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn signing_out_ends_the_session_of_that_person() {
    let mut browser = Browser::busy("owner").await;
    let before = browser.cookies.clone();
    assert_eq!(browser.send("/sign-out", &[]).await.location(), "/sign-in");
    browser.cookies = before;
    assert_eq!(browser.show("/").await.status, StatusCode::FORBIDDEN);
}
