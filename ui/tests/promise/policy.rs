//! The policy reads as sentences, every answer names its rule, and what a reader may not know is only said to be set.

use crate::Browser;

#[tokio::test]
async fn rules_are_sentences_and_a_hidden_one_is_only_said_to_be_set() {
    let mut browser = Browser::busy("operations").await;
    let body = browser.show("/policy").await.body;
    for says in [
        "two different people must say yes",
        "only in bands",
        "Not below $150.00 CAD for an hour",
        "At most 6 h in a week",
        "Owners and approvers can read it",
        "Aéro Boréale",
        "answered without asking anybody, at most 3 in any seven days",
        "/policy/0101010101010101",
    ] {
        assert!(body.contains(says), "{says} is missing: {body}");
    }
    assert!(!body.contains("Prairie Stamping"), "whom the firm avoids is not for every reader");
    browser.speak("fr").await;
    let body = browser.show("/policy").await.body;
    assert!(body.contains("deux personnes différentes") && body.contains("par semaine, tous dossiers confondus"));
    assert!(body.contains("sans consulter personne, au plus 3 fois en sept jours"), "{body}");
}

#[tokio::test]
async fn every_answer_names_its_rule_and_version() {
    let mut browser = Browser::busy("operations").await;
    let body = browser.show("/policy/0101010101010101").await.body;
    let unasked = "Answered so in the last seven days: 1.";
    let avoided = "firms that say they stand for: carmaker";
    for says in ["rule 8 of version 1", "nobody", "two of signer", "in bands", "not told", avoided, unasked] {
        assert!(body.contains(says), "{says} is missing: {body}");
    }
}
