//! What was done is written down in plain fields, and what the other side wrote down is a question.

use crate::Browser;
use crate::fixture::{Fixture, WORK};
use axum::http::StatusCode;
use firm::command::{Answer, Command, Refusal};
use protocol::docket::{BadWork, Work};
use protocol::id::ApprovalId;
use protocol::time::Day;
use std::sync::Arc;

fn path() -> String {
    format!("/deals/{}/work", "04".repeat(16))
}

async fn at_work() -> (Arc<Fixture>, Browser) {
    let desk = Arc::new(Fixture::busy());
    let browser = Browser::of(desk.clone(), "operations").await;
    (desk, browser)
}

const HOURS: [(&str, &str); 5] =
    [("kind", "session"), ("line", "0"), ("day", "2026-11-17"), ("hours", "7,5"), ("note", "Second side")];

/// What the desk was asked to write down.
fn written(desk: &Fixture) -> Vec<Work> {
    let asked = desk.asked.lock().unwrap();
    let works = asked.iter().map(|command| match command {
        Command::WriteDocket { work, .. } => work.clone(),
        other => panic!("{other:?}"),
    });
    works.collect()
}

#[tokio::test]
async fn the_page_says_of_every_entry_whose_it_is_and_whether_it_counts() {
    let (_, mut browser) = at_work().await;
    let body = browser.show(&path()).await.body;
    for says in [
        "Received: 4 × Ti-6Al-4V blanks, sawn",
        "8 h on “Five-axis machining with operator” · Second side of the mandrels",
        "yes, countersigned",
        "no, contested",
        "not yet: the other side has said nothing",
        "not yet: nobody here may countersign",
        "$1,760.00 CAD",
    ] {
        assert!(body.contains(says), "{says}");
    }
    let question = format!("href=\"/approvals/{}\">Was it so?", "0c".repeat(16));
    assert!(body.contains(&question), "what they wrote down is decided where everything is decided");
    let deal = browser.show(&format!("/deals/{}", "04".repeat(16))).await.body;
    assert!(
        deal.contains(&path()) && deal.contains("3 entries are not countersigned"),
        "its deal says so and leads to it"
    );
    let before = browser.show(&format!("/deals/{}/work", "02".repeat(16))).await;
    assert!(before.status == StatusCode::OK && before.body.contains("The work has not begun"));
}

#[tokio::test]
async fn hours_things_and_documents_become_drafts_that_somebody_decides_on() {
    let (desk, mut browser) = at_work().await;
    let approval = ApprovalId([4; 16]);
    let hash = "AB".repeat(32);
    let thing =
        [("kind", "handover"), ("what", "Samples"), ("count", "6"), ("handover-day", "2026-11-17"), ("from", "them")];
    let document = [("kind", "document"), ("document", "Report"), ("sha256", &*hash), ("document-day", "2026-11-17")];
    for form in [&HOURS[..], &thing, &document] {
        desk.answers.lock().unwrap().push(Answer::NeedsPerson(approval));
        let sent = browser.send(&path(), form).await;
        assert_eq!(sent.location(), format!("/approvals/{approval}"), "{}", sent.body);
    }
    let works = written(&desk);
    assert!(
        matches!(&works[0], Work::Session(session) if session.minutes == 450 && session.day == "2026-11-17".parse::<Day>().unwrap())
    );
    assert!(matches!(&works[1], Work::Handover(handover) if handover.count == 6 && !handover.given));
    assert!(matches!(&works[2], Work::Evidence(evidence) if evidence.sha256.to_string() == "ab".repeat(32)));
}

#[tokio::test]
async fn what_cannot_be_so_comes_back_with_the_fault_beside_the_field_and_loses_nothing() {
    let (desk, mut browser) = at_work().await;
    for (field, wrong, says) in
        [("hours", "much", "Time: enter for example 4 or 0.5."), ("day", "yesterday", "Enter a date")]
    {
        let form: Vec<(&str, &str)> =
            HOURS.iter().map(|(name, value)| (*name, if *name == field { wrong } else { *value })).collect();
        let page = browser.send(&path(), &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains(says) && page.body.contains(&format!("id=\"{field}-fault\"")), "{field}");
        assert!(page.body.contains("value=\"Second side\""), "what was typed stays");
    }
    assert!(written(&desk).is_empty());
    desk.answers.lock().unwrap().push(Answer::Refused(Refusal::Work(BadWork::Beyond { left: 90 })));
    let page = browser.send(&path(), &HOURS).await;
    assert!(page.body.contains("Only 1.5 h are left") && page.body.contains("id=\"hours-fault\""), "{}", page.body);
}

#[tokio::test]
async fn the_question_shows_what_was_written_down_and_says_what_a_no_means() {
    let (_, mut browser) = at_work().await;
    let [ours, theirs] = WORK.map(|at| format!("/approvals/{}", format!("{at:02x}").repeat(16)));
    let own = browser.show(&ours).await.body;
    assert!(own.contains("7.5 h on “Five-axis machining with operator”") && own.contains("What you write down"));
    assert!(own.contains("nothing is written down"), "a no to a draft tells nobody");
    let question = browser.show(&theirs).await.body;
    assert!(question.contains("Was it so, as Kestrel Robotics Inc. wrote it down"), "{question}");
    assert!(question.contains("Contest: tell Kestrel Robotics Inc. that it was not so"));
}

#[tokio::test]
async fn the_table_is_a_file_for_spreadsheets() {
    let (_, mut browser) = at_work().await;
    let page = browser.show(&format!("{}.csv", path())).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.starts_with("docket,written_by,day,kind,line,minutes"), "{}", page.body);
    assert_eq!(page.body.lines().count(), 7);
    assert_eq!(browser.show(&format!("/deals/{}/work.csv", "02".repeat(16))).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_may_not_write_down_sees_who_may() {
    let mut browser = Browser::busy("audit").await;
    let body = browser.show(&path()).await.body;
    assert!(!body.contains("name=\"kind\"") && body.contains("executor"), "{body}");
}
