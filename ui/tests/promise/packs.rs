//! What a rule of a knowledge pack asks stands where people decide, in their language, with who shows what and whose rule it is.

use crate::Browser;

#[tokio::test]
async fn a_conditional_match_says_what_must_be_done_on_its_page_and_in_the_question() {
    let mut browser = Browser::busy("operations").await;
    for (tag, done, shown, whose) in [
        (
            "en",
            "The group policy covers it.",
            "The side that offers it shows",
            "Rule group-policy of the knowledge pack northern",
        ),
        (
            "fr",
            "La police collective le couvre.",
            "La partie qui l’offre présente",
            "Règle group-policy du recueil de connaissances northern",
        ),
    ] {
        browser.speak(tag).await;
        let question = format!("/approvals/{}", "01".repeat(16));
        for path in ["/matches", question.as_str()] {
            let body = browser.show(path).await.body;
            for says in [done, shown, whose] {
                assert!(body.contains(says), "{path} in {tag}: {says}");
            }
        }
    }
}

#[tokio::test]
async fn the_page_of_the_node_says_what_it_knows_and_what_is_out_of_force() {
    let body = Browser::busy("audit").await.show("/status").await.body;
    for says in ["northern, version 3", "a7a7a7a7", "built in", "Out of force:", "The group policy covers it."] {
        assert!(body.contains(says), "{says}");
    }
}
