//! A page offers what this reader may ask for, and names who may where it does not.

use crate::Browser;
use crate::fixture::Fixture;
use axum::http::StatusCode;
use firm::command::{Answer, Command, Refusal};
use firm::policy::Asking;
use std::sync::Arc;

fn deal(at: u8) -> String {
    format!("/deals/{}", format!("{at:02x}").repeat(16))
}

const ITEM: &str = "/items/0101010101010101";

#[tokio::test]
async fn somebody_who_only_looks_is_offered_no_button_and_told_who_may() {
    let mut browser = Browser::busy("audit").await;
    let ask = "ask your owner, planner or approver";
    for (path, says) in [
        ("/resources".to_string(), format!("To enter resources and needs, {ask}")),
        ("/needs".into(), format!("To enter resources and needs, {ask}")),
        (ITEM.into(), format!("To withdraw this, {ask}")),
        ("/matches".into(), format!("To ask whether to write to them, {ask}")),
        (deal(4), "To report how it ended, ask your owner, planner, approver or executor".into()),
    ] {
        let body = browser.show(&path).await.body;
        assert!(body.contains(&says), "{path} does not say {says:?}");
    }
    for path in ["/".to_string(), "/resources".into(), "/needs".into(), ITEM.into(), "/matches".into()]
        .into_iter()
        .chain((1..=7).map(deal))
    {
        let body = browser.show(&path).await.body;
        assert_eq!(body.matches("method=\"post\"").count(), 1, "{path}: signing out is all that an auditor can do");
        for way in ["/resources/new", "/needs/new", "/terms\""] {
            assert!(!body.contains(way), "{path} offers {way}");
        }
    }
}

#[tokio::test]
async fn who_may_ask_is_offered_every_button() {
    let mut browser = Browser::busy("operations").await;
    for (path, offers) in [
        ("/resources".to_string(), "/resources/new".to_string()),
        ("/needs".into(), "/needs/new".into()),
        (ITEM.into(), format!("{ITEM}/withdraw")),
        ("/matches".into(), "/matches/contact".into()),
        (deal(2), format!("{}/terms", deal(2))),
        (deal(4), format!("{}/outcome", deal(4))),
        (deal(1), format!("{}/close", deal(1))),
    ] {
        assert!(browser.show(&path).await.body.contains(&offers), "{path} offers {offers}");
    }
}

#[tokio::test]
async fn a_form_that_is_not_this_reader_s_says_who_may_fill_it_in() {
    let mut browser = Browser::busy("audit").await;
    for path in ["/resources/new".to_string(), "/needs/new".into(), format!("{}/terms", deal(2))] {
        let page = browser.show(&path).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        assert!(page.body.contains("Your roles do not let you") && page.body.contains("owner, planner or approver"));
        browser.speak("fr").await;
        let page = browser.show(&path).await;
        assert!(page.body.contains("Vos rôles ne permettent pas ceci") && page.body.contains("propriétaire"));
        browser.speak("en").await;
    }
}

#[tokio::test]
async fn a_refusal_of_the_firm_is_shown_with_who_may() {
    let desk = Arc::new(Fixture::busy());
    let roles = Asking::Withdraw.roles().to_vec();
    desk.answers.lock().unwrap().push(Answer::Refused(Refusal::NotYours { asking: Asking::Withdraw, roles }));
    let mut browser = Browser::of(desk, "operations").await;
    let page = browser.send(&format!("{ITEM}/withdraw"), &[]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.body.contains("Your roles do not let you withdraw this, so nothing was done."));
}

#[tokio::test]
async fn only_who_may_let_somebody_go_is_shown_how_and_told_what_it_means_first() {
    let path = "/people/operations/leave";
    let mut browser = Browser::busy("audit").await;
    assert!(!browser.show("/people").await.body.contains("/leave"));
    let page = browser.show(path).await.body;
    assert!(page.contains("ask your owner or security") && !page.contains(&format!("action=\"{path}\"")));
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "owner").await;
    assert!(browser.show("/people").await.body.contains(path));
    let page = browser.show(path).await.body;
    assert!(page.contains("It cannot be taken back") && !page.contains("your only owner"));
    assert!(browser.show("/people/owner/leave").await.body.contains("This is your only owner"));
    assert!(desk.asked.lock().unwrap().is_empty(), "looking changes nothing");
    let sent = browser.send(path, &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(matches!(&desk.asked.lock().unwrap()[..], [Command::RevokePerson(id)] if id.as_str() == "operations"));
    assert_eq!(browser.show("/people/nobody/leave").await.status, StatusCode::NOT_FOUND);
}
