//! The page on which somebody decides (`DSK-8`).

use crate::Browser;
use crate::fixture::{ASKING, Fixture, PASSWORD};
use axum::http::StatusCode;
use firm::approvals::Seen;
use firm::command::{Answer, BadDecisionRefusal, Refusal};
use firm::deals::Lack;
use protocol::decision::Verdict;
use protocol::dialogue::Step;
use protocol::id::{ApprovalId, Hash};
use protocol::terms::Topic;
use std::sync::Arc;

fn path(step: Step) -> (u8, String) {
    let at = ASKING.iter().position(|asking| *asking == step).unwrap();
    (at as u8, format!("/approvals/{}", format!("{at:02x}").repeat(16)))
}

fn fields(at: u8) -> [(&'static str, String); 3] {
    let seen = [Hash([at; 32]), Hash([0xb0 + at; 32])].map(|hash| hash.to_string());
    let [summary, bytes] = seen;
    [("summary", summary), ("bytes", bytes), ("password", PASSWORD.into())]
}

async fn decide(browser: &mut Browser, step: Step, changes: &[(&'static str, &str)]) -> crate::Page {
    let (at, path) = path(step);
    let kept = fields(at);
    let mut sent: Vec<(&str, &str)> = kept
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name))
        .collect();
    sent.extend_from_slice(changes);
    browser.send(&path, &sent).await
}

#[tokio::test]
async fn the_page_shows_every_field_that_leaves_with_its_bytes_and_when_it_lapses() {
    let mut browser = Browser::busy("operations").await;
    let body = browser.show(&path(Step::Interest).1).await.body;
    for shown in [
        "Process or skill",
        "Five-axis milling",
        "Area",
        "around 43",
        "Weeks",
        "480 h",
        "±0.01 mm",
        "AS9100D",
        "Operator",
        "callsign amber-otter-12",
        "in 2 days",
        "Rule 1 of your policy, version 3",
        "approver or owner",
        "Approve: send these 8 facts to callsign amber-otter-12",
        "Decline: nothing leaves",
        "Your price limit",
        "Why it matched",
    ] {
        assert!(body.contains(shown), "{shown}");
    }
}

#[tokio::test]
async fn the_exchange_of_names_is_called_so_with_what_is_given_and_got() {
    let mut browser = Browser::busy("operations").await;
    let body = browser.show(&path(Step::OptIn).1).await.body;
    for shown in [
        "This exchanges names",
        "Northgate Precision Works Ltd.",
        "You give",
        "You get",
        "cannot be taken back",
        "sends its name first",
    ] {
        assert!(body.contains(shown), "{shown}");
    }
}

#[tokio::test]
async fn terms_show_their_lines_total_and_clauses_before_anybody_signs() {
    let mut browser = Browser::busy("owner").await;
    let body = browser.show(&path(Step::Sign).1).await.body;
    for shown in [
        "$220.00 CAD",
        "$9,900.00 CAD",
        "$11,400.00 CAD",
        "final inspection",
        "Sign: these terms bind us to Kestrel Robotics Inc.",
    ] {
        assert!(body.contains(shown), "{shown}");
    }
}

#[tokio::test]
async fn the_no_button_says_what_becomes_of_the_deal() {
    let mut browser = Browser::busy("owner").await;
    for (step, says) in [
        (Step::Interest, "Decline: nothing leaves<"),
        (Step::Answer, "Decline: nothing leaves; to them it looks like silence"),
        (Step::OptIn, "Decline: none of this leaves, and the deal ends"),
        (Step::Sign, "the other side is told only “no, thank you”"),
        (Step::Outcome, "Decline: nothing leaves; the deal stays where it is"),
    ] {
        assert!(browser.show(&path(step).1).await.body.contains(says), "{step}");
    }
}

#[tokio::test]
async fn enter_in_the_password_field_decides_nothing() {
    let mut browser = Browser::busy("operations").await;
    for step in [Step::Interest, Step::OptIn] {
        let body = browser.show(&path(step).1).await.body;
        let form = body.split("<form").find(|form| form.contains("name=\"verdict\"")).unwrap();
        let first = form.split("<button").nth(1).unwrap();
        assert!(first.starts_with(" type=\"submit\" hidden disabled"), "{first}");
    }
}

#[tokio::test]
async fn a_yes_and_a_no_reach_the_desk_over_exactly_what_was_shown() {
    for (word, verdict) in [("approve", Verdict::Approve), ("decline", Verdict::Decline)] {
        let desk = Arc::new(Fixture::busy());
        let mut browser = Browser::of(desk.clone(), "operations").await;
        let page = decide(&mut browser, Step::Interest, &[("verdict", word)]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        let seen = Seen { summary: Hash([1; 32]), bytes: Hash([0xb1; 32]), confirmed: Vec::new() };
        let decided = desk.decided.lock().unwrap();
        assert_eq!(*decided, [("operations".parse().unwrap(), ApprovalId([1; 16]), seen, verdict)]);
    }
}

#[tokio::test]
async fn nothing_is_decided_without_a_button_a_password_or_on_another_page_than_shown() {
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "operations").await;
    let other = Hash([7; 32]).to_string();
    for (changes, status, says) in [
        (vec![], StatusCode::UNPROCESSABLE_ENTITY, "Choose one of the two buttons"),
        (vec![("verdict", "yes")], StatusCode::UNPROCESSABLE_ENTITY, "Choose one of the two buttons"),
        (vec![("verdict", "approve"), ("password", "")], StatusCode::UNPROCESSABLE_ENTITY, "Type your password"),
        (vec![("verdict", "approve"), ("password", "guess")], StatusCode::UNAUTHORIZED, "not right"),
        (vec![("verdict", "approve"), ("summary", other.as_str())], StatusCode::CONFLICT, "question changed"),
        (vec![("verdict", "approve"), ("bytes", other.as_str())], StatusCode::CONFLICT, "question changed"),
    ] {
        let page = decide(&mut browser, Step::Interest, &changes).await;
        assert_eq!(page.status, status, "{changes:?}");
        assert!(page.body.contains(says), "{changes:?}");
        assert!(!page.body.contains(PASSWORD));
    }
    assert!(desk.decided.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_refusal_of_the_firm_stands_on_the_page_in_the_reader_s_language() {
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "operations").await;
    browser.speak("fr").await;
    desk.answers.lock().unwrap().push(Answer::Refused(Refusal::Decision(BadDecisionRefusal::Lapsed)));
    let page = decide(&mut browser, Step::Interest, &[("verdict", "approve")]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.body.contains("La question est échue et rien n’a été envoyé"));
}

#[tokio::test]
async fn who_reads_or_signs_terms_sees_what_they_lack_and_a_refused_signature_names_it_with_the_way_on() {
    // TRM-4
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "owner").await;
    let next = format!("/deals/{}/terms", "01".repeat(16));
    for step in [Step::Acknowledge, Step::Sign] {
        let body = browser.show(&path(step).1).await.body;
        assert!(body.contains("Not ready to sign") && body.contains("missing: Which law governs"), "{step}");
        assert!(body.contains(&next), "{step}: who may propose goes on from here");
    }
    let lacks = vec![Lack::Missing(Topic::GoverningLaw), Lack::Withheld(Topic::Scrap)];
    for (language, told) in [
        ("en", "missing: Which law governs, kept open: Who bears the cost of scrap. Propose the next version with it"),
        ("fr", "il manque : Quel droit s’applique, laissé ouvert : Qui supporte le coût des rebuts. Proposez"),
    ] {
        browser.speak(language).await;
        desk.answers.lock().unwrap().push(Answer::Refused(Refusal::Incomplete { lacks: lacks.clone() }));
        let page = decide(&mut browser, Step::Sign, &[("verdict", "approve")]).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.body.contains(told), "{}", page.body);
    }
}

#[tokio::test]
async fn who_may_not_decide_sees_who_may_and_no_button() {
    let mut browser = Browser::busy("audit").await;
    let body = browser.show(&path(Step::Sign).1).await.body;
    assert!(body.contains("for somebody else to decide: Maren Oakes"));
    assert!(!body.contains("name=\"verdict\""));
}

#[tokio::test(start_paused = true)]
async fn guessing_a_password_at_the_approval_waits_like_at_the_door() {
    let mut browser = Browser::busy("operations").await;
    for _ in 0..6 {
        decide(&mut browser, Step::Interest, &[("verdict", "approve"), ("password", "guess")]).await;
    }
    let page = decide(&mut browser, Step::Interest, &[("verdict", "approve")]).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn questions_for_this_person_come_first() {
    let mut browser = Browser::busy("operator").await;
    let body = browser.show("/").await.body;
    let (mine, others) = body.split_once("Waiting for somebody else here").unwrap();
    assert!(mine.contains("be done with callsign amber-otter-12?"));
    assert!(!mine.contains("Exchange names with") && others.contains("Exchange names with"));
}

#[tokio::test]
async fn the_page_says_how_many_firms_it_could_be_and_what_leaving_out_would_gain() {
    // CMP-3, CMP-5, LNT-2
    let mut browser = Browser::busy("operations").await;
    let (_, path) = path(Step::Advertise);
    let body = browser.show(&path).await.body;
    for shown in [
        "This could be any of 7 firms",
        "What singles you out most: Credentials",
        "any of 9 firms",
        "Then it could be any of 12 firms",
        "value=\"wider-area credential:ISO-13485\"",
        "Ask again with less",
        "Guelph",
        "a place",
    ] {
        assert!(body.contains(shown), "{shown}");
    }
}

#[tokio::test]
async fn what_a_standing_rule_answered_says_by_which_rule_whose_word_it_is_and_how_to_stop_it() {
    // APR-8: on the question, in the inbox and with the deal.
    let mut browser = Browser::busy("operations").await;
    let question = format!("/approvals/{}", "18".repeat(16));
    for (language, rule, stop) in [
        ("en", "Answered under rule 14 of version 3 of your policy, signed by", "To stop such answers, an owner"),
        (
            "fr",
            "Répondu selon la règle 14 de la version 3 de votre politique, signée par",
            "Pour que cessent ces réponses",
        ),
    ] {
        browser.speak(language).await;
        for page in [&question, "/", &format!("/deals/{}", "06".repeat(16))] {
            let body = browser.show(page).await.body;
            for says in [rule, stop, "href=\"/policy#rule-14\""] {
                assert!(body.contains(says), "{page} does not say {says}: {body}");
            }
        }
    }
}
