//! An invoice is issued from what was countersigned, printed, taken along and cancelled, and its form loses nothing.

use crate::Browser;
use crate::fixture::Fixture;
use axum::http::StatusCode;
use firm::command::{Answer, Command, Refusal};
use firm::invoices::{BadInvoice, Draft, Units};
use protocol::id::Hash;
use protocol::text::Name;
use protocol::time::Day;
use std::sync::Arc;

fn path() -> String {
    format!("/deals/{}/invoices", "04".repeat(16))
}

async fn at_the_desk() -> (Arc<Fixture>, Browser) {
    let desk = Arc::new(Fixture::busy());
    let browser = Browser::of(desk.clone(), "operations").await;
    (desk, browser)
}

fn filled() -> Vec<(&'static str, String)> {
    vec![
        ("number", "2026-19".into()),
        ("issued", "2026-11-17".into()),
        ("due", "".into()),
        ("session", "51".repeat(32)),
        ("session", "52".repeat(32)),
        ("units-2", "1".into()),
        ("tax-0", "TPS".into()),
        ("rate-0", "5".into()),
        ("tax-1", "TVQ".into()),
        ("rate-1", "9,975".into()),
    ]
}

async fn send(browser: &mut Browser, form: &[(&str, String)]) -> crate::Page {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.send(&path(), &form).await
}

fn billed(desk: &Fixture) -> Vec<Draft> {
    let asked = desk.asked.lock().unwrap();
    let drafts = asked.iter().map(|command| match command {
        Command::Bill(draft) => (**draft).clone(),
        other => panic!("{other:?}"),
    });
    drafts.collect()
}

#[tokio::test]
async fn the_form_begins_with_everything_that_is_left_and_the_taxes_of_the_last_one() {
    let (_, mut browser) = at_the_desk().await;
    let body = browser.show(&path()).await.body;
    for says in [
        "2026-18",
        "cancelled: nothing is owed under it",
        "8 h on “Five-axis machining with operator” · Second side &lt;of&gt; the mandrels",
        "“Half of the annex”: how many to bill (3 months left, each at $900.00 CAD)",
        "value=\"9.975\"",
        "value=\"123456789 RT0001\"",
    ] {
        assert!(body.contains(says), "{says} in {body}");
    }
    assert_eq!(body.matches("name=\"session\"").count(), body.matches("checked").count(), "all of it is chosen");
    let date = |name: &str| -> Day {
        let (_, field) = body.split_once(&format!("name=\"{name}\"")).unwrap();
        field.split('"').find_map(|value| value.parse().ok()).unwrap()
    };
    assert_eq!(date("due"), date("issued").plus(45), "as the terms say");
    let deal = browser.show(&format!("/deals/{}", "04".repeat(16))).await.body;
    assert!(deal.contains(&path()), "its deal leads to it");
    let none = browser.show(&format!("/deals/{}/invoices", "02".repeat(16))).await;
    assert!(none.status == StatusCode::OK && none.body.contains("There is nothing to bill here"));
}

#[tokio::test]
async fn what_is_filled_in_is_what_is_billed() {
    let (desk, mut browser) = at_the_desk().await;
    desk.answers.lock().unwrap().push(Answer::Done);
    let sent = send(&mut browser, &filled()).await;
    assert_eq!(sent.location(), path(), "{}", sent.body);
    let draft = billed(&desk).remove(0);
    assert_eq!(draft.sessions, [Hash([0x51; 32]), Hash([0x52; 32])]);
    assert_eq!(draft.units, [Units { line: 2, count: 1 }]);
    let rates: Vec<u32> = draft.taxes.iter().map(|tax| tax.rate).collect();
    assert_eq!((rates, draft.due), (vec![5_000, 9_975], None));
}

#[tokio::test]
async fn what_cannot_be_billed_comes_back_with_the_fault_beside_the_field_and_loses_nothing() {
    let (desk, mut browser) = at_the_desk().await;
    for (field, wrong) in [("issued", "today"), ("units-2", "half"), ("rate-1", "much"), ("number", "")] {
        let form: Vec<(&str, String)> = filled()
            .into_iter()
            .map(|(name, value)| (name, if name == field { wrong.into() } else { value }))
            .collect();
        let page = send(&mut browser, &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains(&format!("id=\"{field}-fault\"")), "{field}: {}", page.body);
        assert!(page.body.contains("value=\"TVQ\""), "what was typed stays");
    }
    assert!(billed(&desk).is_empty());
    for (why, field, says) in [
        (BadInvoice::Number(Name::new("2026-19").unwrap()), "number", "The number 2026-19 was on an invoice before"),
        (BadInvoice::Session, "session", "One of these sessions cannot be billed"),
        (BadInvoice::Units { line: 2, left: 0 }, "units-2", "Only 0 of this can still be billed"),
    ] {
        desk.answers.lock().unwrap().push(Answer::Refused(Refusal::Invoice(why)));
        let page = send(&mut browser, &filled()).await;
        assert!(page.body.contains(says) && page.body.contains(&format!("id=\"{field}-fault\"")), "{}", page.body);
    }
}

#[tokio::test]
async fn one_invoice_is_a_page_to_print_and_a_document_for_other_programs() {
    let (desk, mut browser) = at_the_desk().await;
    let one = format!("{}/2", path());
    let body = browser.show(&one).await.body;
    for says in
        ["Golden Shoe Machining Ltd.", "14 Foundry Lane", "1 h 40 min", "QST, 9.975%", "$2,491.13 CAD", "PO 7 &amp; 8"]
    {
        assert!(body.contains(says), "{says} in {body}");
    }
    let document = browser.show(&format!("{one}/ubl.xml")).await;
    assert_eq!(document.status, StatusCode::OK);
    for says in ["<cbc:ID>2026-18</cbc:ID>", "<cbc:PayableAmount currencyID=\"CAD\">2491.13</cbc:PayableAmount>"] {
        assert!(document.body.contains(says), "{says} in {}", document.body);
    }
    // The order of the schema, in which a strict reader wants the parts of the whole.
    let parts = [
        "DueDate",
        "OrderReference",
        "ContractDocument",
        "SupplierParty",
        "CustomerParty",
        "TaxTotal",
        "MonetaryTotal",
        "InvoiceLine",
    ];
    assert!(parts.iter().map(|part| document.body.find(part).unwrap()).is_sorted(), "{}", document.body);
    desk.answers.lock().unwrap().push(Answer::Done);
    assert_eq!(browser.send(&format!("{one}/cancel"), &[]).await.location(), one);
    assert!(matches!(desk.asked.lock().unwrap()[..], [Command::CancelInvoice(2)]));
    let cancelled = browser.show(&format!("{}/1", path())).await.body;
    assert!(!cancelled.contains("/1/cancel"), "it is cancelled once");
    assert_eq!(browser.show(&format!("{}/3", path())).await.status, StatusCode::NOT_FOUND);
}
