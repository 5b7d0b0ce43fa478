//! Questions and answers before names.

use crate::Browser;
use crate::fixture::{Fixture, talk};
use axum::http::StatusCode;
use firm::command::{Answer, Command, Refusal};
use firm::deals::BadTalk;
use protocol::dialogue::{Entry, Fact, Field, Replied, Value};
use protocol::facts::Weeks;
use protocol::id::{ApprovalId, DealId, QuestionCode};
use protocol::text::ShortText;
use protocol::time::Day;
use protocol::vocabulary::{Material, Presence};
use std::sync::Arc;

const DEAL: &str = "/deals/01010101010101010101010101010101";

fn name(n: u8) -> String {
    format!("answer-{}", QuestionCode([n; 8]))
}

#[tokio::test]
async fn a_deals_page_shows_both_transcripts_and_who_must_act() {
    let mut browser = Browser::busy("operations").await;
    let body = browser.show(DEAL).await.body;
    for shown in [
        "You asked",
        "They asked",
        "How fast does the spindle turn at most?",
        "14,000\u{a0}rpm",
        "±0.01 mm",
        "Grade 5, annealed",
        "They do not say.",
        "They have not answered yet.",
        "You have not answered yet.",
        "A question that no knowledge pack of this node has (eeeeeeeeeeeeeeee)",
        "Your questions wait for a decision.",
        "Ask them",
        "Write the answer",
    ] {
        assert!(body.contains(shown), "{shown}");
    }
    let late = browser.show("/deals/02020202020202020202020202020202/ask").await.body;
    assert!(late.contains("Questions are for the time between"), "why nothing can be asked: {late}");
    // What they were told stands with what they know.
    let known = browser.show("/deals/02020202020202020202020202020202").await.body;
    let (_, known) = known.split_once("id=\"they-know\"").unwrap();
    assert!(known.contains("Grade 5, annealed"), "an answer that left");
    browser.speak("fr").await;
    let body = browser.show(DEAL).await.body;
    for shown in ["Vous avez demandé", "On vous a demandé", "14\u{a0}000\u{a0}tr/min", "Leur demander"] {
        assert!(body.contains(shown), "{shown}");
    }
}

#[tokio::test]
async fn the_steps_of_a_deal_say_that_it_talked_only_if_it_did() {
    let mut browser = Browser::busy("operations").await;
    let mut steps = async |deal: &str| -> String {
        let body = browser.show(&format!("/deals/{}", deal.repeat(16))).await.body;
        body.split_once("id=\"steps\"").unwrap().1.split_once("</ol>").unwrap().0.to_string()
    };
    let talked = steps("08").await;
    let row = talked.split("<li").find(|row| row.contains(">Questions<")).expect("a row of the talk");
    assert!(row.contains("class=\"done\""), "what was said is not ahead: {row}");
    assert!(!steps("06").await.contains(">Questions<"), "a deal may go on without");
}

#[tokio::test]
async fn the_decision_shows_each_question_with_its_answer_and_what_is_not_said() {
    let mut browser = Browser::busy("operations").await;
    let asks = browser.show(&format!("/approvals/{}", ApprovalId([26; 16]))).await.body;
    for shown in
        ["Approve: ask callsign amber-otter-12", "these 3 questions", "Who brings the stock?", "A question tells"]
    {
        assert!(asks.contains(shown), "{shown}");
    }
    let reply = browser.show(&format!("/approvals/{}", ApprovalId([27; 16]))).await.body;
    for shown in ["these 4 answers", "We do not say.", "Write the answer", "their questions stay open"] {
        assert!(reply.contains(shown), "{shown}");
    }
}

#[tokio::test]
async fn questions_are_drafted_from_what_the_match_leaves_open_first() {
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "operations").await;
    let body = browser.show(&format!("{DEAL}/ask")).await.body;
    let at = |text: &str| body.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(at("What the match leaves open") < at("Which tolerance") && at("Which tolerance") < at("Other questions"));
    assert!(!body.contains("textarea"), "nobody asks in words of their own");
    let [first, second] = [5, 1].map(|n| QuestionCode([n; 8]));
    let codes = [first, second].map(|code| code.to_string());
    let ticked = codes.each_ref().map(|code| ("question", code.as_str()));
    assert_eq!(browser.send(&format!("{DEAL}/ask"), &ticked).await.status, StatusCode::SEE_OTHER);
    let asked = desk.asked.lock().unwrap().pop().unwrap();
    assert_eq!(asked, Command::Ask { deal: DealId([1; 16]), questions: vec![first, second] });
}

#[tokio::test]
async fn what_the_firm_refuses_to_ask_stands_on_the_form_with_what_to_do() {
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "operations").await;
    browser.show(&format!("{DEAL}/ask")).await;
    desk.answers.lock().unwrap().push(Answer::Refused(Refusal::Talk(BadTalk::Count)));
    let again = browser.send(&format!("{DEAL}/ask"), &[]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("Ask from 1 to 5 different questions at once."));
}

#[tokio::test]
async fn an_answer_is_typed_as_its_question_wants_it_and_what_is_empty_is_not_said() {
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "operations").await;
    let form = browser.show(&format!("{DEAL}/reply")).await.body;
    assert!(form.contains("we do not say") && form.contains("You can only answer that you do not say."));
    let names: Vec<String> = (0..=13).map(name).collect();
    let days = ["from", "to"].map(|part| format!("{}-{part}", names[13]));
    let typed = [
        (names[1].as_str(), "no"),
        (&names[2], "14 000"),
        (&names[3], "1"),
        (&names[4], "Grade 5"),
        (&names[5], "0.025"),
        (&names[8], "aluminium"),
        (&names[8], "titanium"),
        (&names[11], "remote"),
        (&days[0], "2026-11-30"),
        (&days[1], "2026-12-11"),
    ];
    assert_eq!(browser.send(&format!("{DEAL}/reply"), &typed).await.status, StatusCode::SEE_OTHER);
    let Some(Command::Reply { deal, replied }) = desk.asked.lock().unwrap().pop() else { panic!("a reply") };
    assert_eq!((deal, replied.len()), (DealId([1; 16]), talk::questions().len()), "every question of theirs");
    let said: Vec<Replied> = replied.into_iter().filter(|one| one.fact.is_some()).collect();
    let entry = |field, value| Fact::Entry(Entry { field, value });
    let week = Day(20_787).week();
    let facts = [
        (1, Fact::Flag(false)),
        (2, Fact::Number(14_000)),
        (3, Fact::Choice(1)),
        (4, Fact::Text(ShortText::new("Grade 5").unwrap())),
        (5, entry(Field::Tolerance, Value::Number(25))),
        (8, entry(Field::Materials, Value::Materials(vec![Material::Titanium, Material::Aluminium]))),
        (11, entry(Field::Presence, Value::Presence(Presence::Remote))),
        (13, entry(Field::Weeks, Value::Weeks(Weeks { first: week, last: week.plus(1) }))),
    ];
    let expected = facts.map(|(n, fact)| Replied { question: QuestionCode([n; 8]), fact: Some(fact) });
    assert_eq!(said, expected);
}

#[tokio::test]
async fn an_answer_of_another_kind_keeps_what_was_typed_and_says_what_is_wanted() {
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "operations").await;
    browser.show(&format!("{DEAL}/reply")).await;
    let asked = desk.asked.lock().unwrap().len();
    let again = browser.send(&format!("{DEAL}/reply"), &[(&name(2), "fast"), (&name(4), "Grade 5")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("A whole number.") && again.body.contains("value=\"fast\""));
    assert!(again.body.contains("Grade 5"));
    assert_eq!(desk.asked.lock().unwrap().len(), asked, "nothing was drafted");
}

#[tokio::test]
async fn who_may_not_draft_is_told_who_may() {
    let mut browser = Browser::busy("audit").await;
    let body = browser.show(DEAL).await.body;
    assert!(!body.contains("Ask them") && body.contains("draft questions and answers"));
    assert_eq!(browser.show(&format!("{DEAL}/ask")).await.status, StatusCode::FORBIDDEN);
}
