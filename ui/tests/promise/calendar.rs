//! The calendar page counts what is installed, offered and engaged, and asks whether it is still true.

use crate::Browser;

#[tokio::test]
async fn capacity_is_counted_three_ways_and_an_old_timetable_asks_whether_it_is_still_true() {
    let mut browser = Browser::busy("operations").await;
    let body = browser.show("/calendar").await.body;
    for says in
        ["Installed", "Offered", "Held", "Engaged", "23 Nov 2026", "Still true?", "/items/0101010101010101/still-true"]
    {
        assert!(body.contains(says), "{says}");
    }
    let looks_only = Browser::busy("audit").await.show("/calendar").await.body;
    assert!(looks_only.contains("Still true?") && !looks_only.contains("/still-true"));
}
