//! The page of what left.

use crate::Browser;

#[tokio::test]
async fn each_decision_is_one_line_with_the_facts_it_let_go_and_the_newest_number_stands_to_be_noted() {
    let mut browser = Browser::busy("audit").await;
    let body = browser.show("/audit").await.body;
    for shown in [
        "Process or skill, Area",
        "everybody, in a notice",
        "&lt;script&gt;",
        "Théo Lavigne",
        "Rule 1 of your policy, version 3",
        "3 of 3 facts",
        "<code>3:",
    ] {
        assert!(body.contains(shown), "{shown}");
    }
    let (first, last) = (body.find("&lt;script&gt;").unwrap(), body.find("everybody, in a notice").unwrap());
    assert!(first < last, "the newest decision stands first");
}

#[tokio::test]
async fn what_was_searched_for_stays_in_the_form_and_a_day_that_is_none_says_so() {
    let mut browser = Browser::busy("audit").await;
    let body = browser.show("/audit?by=operations&to=amber-otter-12&from=soon").await.body;
    assert!(body.contains("value=\"amber-otter-12\"") && body.contains("1 of 3 facts"), "{body}");
    assert!(body.contains("Enter a date, year-month-day."), "{body}");
}
