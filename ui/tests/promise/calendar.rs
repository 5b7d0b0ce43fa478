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
    assert!(body.contains("/items/0101010101010101/by-calendar") && body.contains("the timetable itself never leaves"));
    let matches = browser.show("/matches").await.body;
    assert!(matches.contains("34 h free in the weeks") && matches.contains("Is your timetable still true?"));
    let looks_only = Browser::busy("audit").await.show("/calendar").await.body;
    assert!(looks_only.contains("Still true?") && !looks_only.contains("/still-true"));
}
