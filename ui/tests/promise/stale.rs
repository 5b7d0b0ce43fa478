//! A deal in which nothing is said does not die silently: the page says so, what revives it, what becomes of it, and how to leave.

use crate::Browser;

async fn deal(browser: &mut Browser, at: &str) -> String {
    browser.show(&format!("/deals/{}", at.repeat(16))).await.body
}

#[tokio::test]
async fn a_stale_deal_says_what_revives_it_when_it_lapses_and_how_to_leave() {
    let mut browser = Browser::busy("owner").await;
    let waits_for_them = deal(&mut browser, "03").await;
    for said in
        ["stale", "neither side has said anything", "as soon as a word", "it lapses on", "href=\"#end\"", "id=\"end\""]
    {
        assert!(waits_for_them.contains(said), "{said}");
    }
    let binds = deal(&mut browser, "04").await;
    assert!(binds.contains("It binds both sides, so it does not lapse") && !binds.contains("href=\"#end\""));
    let open = deal(&mut browser, "01").await;
    assert!(!open.contains("neither side has said anything"));
    let list = browser.show("/deals").await.body;
    assert_eq!(list.matches(">stale<").count(), 3);
}

#[tokio::test]
async fn the_inbox_says_that_whoever_must_act_was_reminded() {
    let mut browser = Browser::busy("owner").await;
    let inbox = browser.show("/").await.body;
    let about = inbox.split(&format!("/deals/{}", "02".repeat(16))).nth(1).unwrap();
    assert!(about.split("</article>").next().unwrap().contains("Reminded"));
}
