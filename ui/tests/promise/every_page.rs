//! What holds on every page, in both languages.

use crate::Browser;
use crate::fixture::{ASKING, Fixture, HOSTILE};
use axum::http::StatusCode;
use std::sync::Arc;

fn paths() -> Vec<String> {
    let fixed = [
        "/",
        "/resources",
        "/resources/new",
        "/needs",
        "/needs/new",
        "/matches",
        "/matches?item=0101010101010101",
        "/deals",
        "/trust",
        "/audit",
        "/audit?to=nobody&from=soon",
        "/calendar",
        "/items/0101010101010101/calendar",
        "/items/0202020202020202/calendar",
        "/people",
        "/people/operations/leave",
        "/policy",
        "/deputies",
        "/policy/0101010101010101",
        "/status",
        "/sign-in",
    ];
    let mut paths: Vec<String> = fixed.map(String::from).to_vec();
    let repeated = |at: usize, bytes: usize| format!("{at:02x}").repeat(bytes);
    paths.extend((0..ASKING.len()).chain(20..24).map(|at| format!("/approvals/{}", repeated(at, 16))));
    paths.extend((1..=5).map(|at| format!("/items/{}", repeated(at, 8))));
    paths.extend((1..=7).map(|at| format!("/deals/{}", repeated(at, 16))));
    paths.extend([26, 27].map(|at| format!("/approvals/{}", repeated(at, 16))));
    paths.extend(["ask", "reply"].map(|form| format!("/deals/{}/{form}", repeated(1, 16))));
    paths.extend([2, 3].map(|at| format!("/deals/{}/terms", repeated(at, 16))));
    paths.extend([2, 4, 5].map(|at| format!("/deals/{}/work", repeated(at, 16))));
    paths.extend([2, 3, 4].map(|at| format!("/deals/{}/brief", repeated(at, 16))));
    paths.extend(["", "/1", "/2"].map(|one| format!("/deals/{}/invoices{one}", repeated(4, 16))));
    paths
}

#[tokio::test]
async fn every_page_reads_whole_in_both_languages() {
    let mut browser = Browser::busy("operations").await;
    for tag in ["en", "fr"] {
        browser.speak(tag).await;
        for path in paths() {
            let page = browser.show(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.body.contains(&format!("<html lang=\"{tag}\">")), "{path}");
            assert!(!page.body.contains("{$") && !page.body.contains("{ $"), "{path} in {tag} shows a variable");
            for prefix in ["asks-", "next-", "approve-", "field-", "step-", "process-", "material-", "leaf-", "stays-"]
            {
                assert!(!page.body.contains(&format!(">{prefix}")), "{path} in {tag} shows a key {prefix}");
            }
        }
    }
}

#[tokio::test]
async fn a_french_page_holds_no_english_sentence() {
    let mut browser = Browser::busy("operations").await;
    browser.speak("fr").await;
    for path in paths() {
        let page = browser.show(&path).await;
        for english in ["Waiting", "Nothing", "Approve", "Decline", "not said", "Your ", "Lapses", "Since"] {
            assert!(!page.body.contains(english), "{path} says {english:?}");
        }
    }
}

#[tokio::test]
async fn no_page_carries_inline_script_or_style() {
    let mut browser = Browser::busy("owner").await;
    for path in paths() {
        let body = browser.show(&path).await.body;
        assert!(!body.contains(" style=") && !body.contains("<style") && !body.contains("javascript:"), "{path}");
        assert_eq!(
            body.matches("<script").count(),
            body.matches("<script src=\"/static/desk.js\" defer></script>").count()
        );
        for handler in [" onclick", " onload", " onsubmit", " onerror="] {
            let outside_text = body.replace("onerror=alert(2)&gt;", "");
            assert!(!outside_text.contains(handler), "{path} has {handler}");
        }
    }
}

#[tokio::test]
async fn hostile_words_of_others_stay_words() {
    let mut browser = Browser::busy("owner").await;
    let mut shown = 0;
    for path in paths() {
        let body = browser.show(&path).await.body;
        assert!(!body.contains("<script>alert") && !body.contains("<img src=x"), "{path}");
        shown += body.matches("&lt;script&gt;alert(1)").count();
    }
    assert!(shown >= 3, "{HOSTILE} stands on the lists, its own page and an approval");
}

#[tokio::test]
async fn every_page_can_be_used_by_keyboard_and_screen_reader() {
    let mut browser = Browser::busy("owner").await;
    for path in paths() {
        let body = browser.show(&path).await.body;
        assert!(body.contains("href=\"#main\"") && body.contains("id=\"main\""), "{path} has a skip link");
        assert_eq!(body.matches("<h1").count(), 1, "{path} has one heading");
        let mut ids: Vec<&str> = body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{path} uses an id twice");
        for label in body.split("<label for=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.contains(&label), "{path} labels {label}, which is not there");
        }
        for target in body.split("aria-labelledby=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.contains(&target), "{path} is labelled by {target}, which is not there");
        }
    }
}

#[tokio::test]
async fn an_empty_desk_says_what_will_appear_and_what_to_do_first() {
    let mut browser = Browser::of(Arc::new(Fixture::fresh()), "owner").await;
    let inbox = browser.show("/").await.body;
    assert!(inbox.contains("Decisions will appear here") && inbox.contains("href=\"/resources/new\""));
    for (path, says) in [
        ("/resources", "Nothing entered yet"),
        ("/needs", "Nothing entered yet"),
        ("/matches", "Nothing fits yet"),
        ("/deals", "No deals yet"),
        ("/trust", "None yet"),
        ("/calendar", "No resource has a timetable yet"),
    ] {
        assert!(browser.show(path).await.body.contains(says), "{path}");
    }
}

#[tokio::test]
async fn a_network_that_is_not_real_says_so_and_so_does_a_sponsor_that_could_link() {
    let mut browser = Browser::busy("owner").await;
    for path in paths().iter().filter(|path| *path != "/sign-in") {
        let body = browser.show(path).await.body;
        assert!(body.contains("Demonstration: the firms are fictional"), "{path}");
        assert!(body.contains("could tell which of them are yours"), "{path}");
    }
}

#[tokio::test]
async fn what_is_not_there_says_so() {
    let mut browser = Browser::busy("owner").await;
    for path in
        ["/nowhere", "/deals/ff", "/deals/ffffffffffffffffffffffffffffffff", "/approvals/x", "/items/ffffffffffffffff"]
    {
        let page = browser.show(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.body.contains("There is nothing at this address"), "{path}");
    }
}
