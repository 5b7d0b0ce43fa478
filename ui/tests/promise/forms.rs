//! Entering things.

use crate::Browser;
use crate::fixture::Fixture;
use axum::http::StatusCode;
use firm::command::{Answer, Command, Refusal};
use firm::profile::{BadItem, Mode};
use protocol::id::{ApprovalId, ItemId};
use protocol::money::{Currency, Money};
use protocol::place::Point;
use protocol::terms::{Choice, Content, Topic};
use protocol::time::Day;
use protocol::vocabulary::{ConflictClass, Material, OutcomeCode};
use std::sync::Arc;

const RESOURCE: [(&str, &str); 18] = [
    ("title", "Second shift & more"),
    ("class", "machine-with-operator"),
    ("process", "machining.milling.five-axis"),
    ("materials", "titanium"),
    ("materials", "aluminium"),
    ("tolerance", "0,025"),
    ("envelope", "630"),
    ("operator", "yes"),
    ("from", "2026-12-02"),
    ("to", "2027-01-10"),
    ("hours", "480"),
    ("lat", "43.26"),
    ("lon", "-79,87"),
    ("mode", "silent"),
    ("conflict-classes", "automotive-supplier"),
    ("conflict-classes", "tooling"),
    ("limit", "185.50"),
    ("currency", "CAD"),
];

fn with(field: &str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    RESOURCE.iter().map(|(name, kept)| (*name, if *name == field { value } else { *kept })).collect()
}

#[tokio::test]
async fn what_is_typed_in_shop_units_arrives_exactly() {
    let desk = Arc::new(Fixture::busy());
    desk.answers.lock().unwrap().push(Answer::Confided(ItemId([1; 8])));
    let mut browser = Browser::of(desk.clone(), "operations").await;
    let page = browser.send("/resources/new", &RESOURCE).await;
    assert_eq!(page.location(), "/items/0101010101010101?note=confided");
    let asked = desk.asked.lock().unwrap();
    let [Command::Confide(draft)] = asked.as_slice() else { panic!("{asked:?}") };
    assert_eq!(draft.title.as_str(), "Second shift & more");
    assert_eq!(draft.materials, [Material::Titanium, Material::Aluminium]);
    assert_eq!(draft.conflict_classes, [ConflictClass::AutomotiveSupplier, ConflictClass::Tooling]);
    assert_eq!((draft.tolerance_um, draft.envelope_mm, draft.hours), (Some(25), Some(630), 480));
    assert_eq!(draft.site, Point { lat_udeg: 43_260_000, lon_udeg: -79_870_000 });
    assert_eq!(draft.weeks.first.monday(), Day(20_787));
    assert_eq!(draft.limit, Some(Money { minor: 18_550, ..Money::cad(0) }));
    assert_eq!((draft.mode, draft.operator), (Mode::Silent, true));
}

#[tokio::test]
async fn a_field_at_fault_says_so_beside_itself_and_everything_typed_is_kept() {
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "operations").await;
    for (field, value, says) in [
        ("title", "", "Write at least one character"),
        ("tolerance", "fine", "Tolerance: enter"),
        ("hours", "many", "Hours: enter a whole number"),
        ("lat", "91", "Latitude: enter degrees"),
        ("from", "soon", "Enter a date"),
        ("limit", "1.234", "Amount: enter for example"),
    ] {
        let page = browser.send("/resources/new", &with(field, value)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(page.body.contains(&format!("id=\"{field}-fault\"")), "{field}");
        assert!(page.body.contains(says), "{field}");
        assert!(page.body.contains(&format!("href=\"#{field}\"")), "{field} is reachable from the summary");
        if field != "title" {
            assert!(page.body.contains("value=\"Second shift &amp; more\""), "{field}");
            assert!(page.body.contains(&format!("value=\"{value}\"")), "{field} keeps what was typed");
        }
        assert!(page.body.contains("value=\"titanium\" checked"), "{field}");
        assert!(page.body.contains("value=\"machining.milling.five-axis\" selected"), "{field}");
    }
    assert!(desk.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_the_firm_finds_at_fault_stands_beside_its_field_too() {
    let desk = Arc::new(Fixture::busy());
    desk.answers.lock().unwrap().push(Answer::Refused(Refusal::Item(BadItem::Weeks)));
    let mut browser = Browser::of(desk, "operations").await;
    let page = browser.send("/needs/new", &RESOURCE).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("id=\"from-fault\"") && page.body.contains("value=\"480\""));
}

#[tokio::test]
async fn terms_grow_by_a_line_without_script_and_reach_the_firm_in_minutes_and_cents() {
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "owner").await;
    let path = format!("/deals/{}/terms", "02".repeat(16));
    let base = [
        ("lines", "3"),
        ("clauses", "1"),
        ("currency", "CAD"),
        ("instrument", "capacity-rental"),
        ("first", "2026-12-07"),
        ("last", "2027-01-15"),
        ("what-0", "Machining"),
        ("hours-0", "45"),
        ("hourly-0", "220"),
        ("what-1", "Programming"),
        ("hours-1", "0,5"),
        ("hourly-1", "125,50"),
        ("clause-0", "The buyer supplies bar stock."),
    ];
    let more: Vec<_> = base.iter().copied().chain([("act", "more-lines")]).collect();
    let page = browser.send(&path, &more).await;
    assert!(page.body.contains("id=\"what-3\"") && page.body.contains("value=\"Machining\""));
    assert!(desk.asked.lock().unwrap().is_empty());

    desk.answers.lock().unwrap().push(Answer::NeedsPerson(ApprovalId([5; 16])));
    let propose: Vec<_> = base.iter().copied().chain([("act", "propose")]).collect();
    assert_eq!(browser.send(&path, &propose).await.location(), format!("/approvals/{}", "05".repeat(16)));
    let asked = desk.asked.lock().unwrap();
    let [Command::ProposeTerms { lines, clauses, .. }] = asked.as_slice() else { panic!("{asked:?}") };
    assert_eq!((lines[0].minutes, lines[0].hourly), (2_700, Money::cad(220)));
    assert_eq!((lines[1].minutes, lines[1].hourly.minor, clauses.len()), (30, 12_550, 1));
}

#[tokio::test]
async fn the_form_of_terms_asks_what_the_instrument_requires_and_shows_another_without_script() {
    // TRM-4
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "owner").await;
    let path = format!("/deals/{}/terms", "02".repeat(16));
    let page = browser.show(&path).await.body;
    let required = page.split("id=\"optional\"").next().unwrap();
    assert!(required.contains("id=\"topic-operator\"") && !required.contains("id=\"topic-access\""));
    assert!(required.contains("value=\"needing-side\" selected"), "what the pack proposes is chosen");
    let ask = [("act", "instrument"), ("instrument", "space-licence"), ("shown", "capacity-rental")];
    let kept = [("topic-scrap", "both-sides"), ("topic-final-inspection", "needing-side"), ("what-0", "Floor")];
    let page = browser.send(&path, &[ask, kept].concat()).await.body;
    let (required, rest) = page.split_once("id=\"optional\"").unwrap();
    assert!(required.contains("id=\"topic-access\"") && required.contains("value=\"working-hours\" selected"));
    assert!(page.contains("value=\"Floor\"") && rest.contains("value=\"both-sides\" selected"), "what was typed stays");
    let inspection = rest.split("id=\"topic-final-inspection\"").nth(1).unwrap().split("</select>").next().unwrap();
    assert!(!inspection.contains("selected"), "what was only proposed for the other form goes");
    assert!(desk.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn answers_reach_the_firm_as_they_are_typed_and_what_cannot_be_meant_comes_back() {
    // TRM-5
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "owner").await;
    let path = format!("/deals/{}/terms", "02".repeat(16));
    let base = [
        ("act", "propose"),
        ("currency", "CAD"),
        ("instrument", "space-licence"),
        ("first", "2026-12-07"),
        ("last", "2027-01-15"),
        ("what-0", "Floor"),
        ("hours-0", "2"),
        ("unit-0", "month"),
        ("hourly-0", "2400"),
        ("topic-governing-law", "ontario"),
        ("topic-deposit", "own"),
        ("topic-deposit-own", "1200.50"),
        ("topic-insurance", "withheld"),
    ];
    let days = |days: &'static str| [base.as_slice(), &[("topic-payment-days-own", days)]].concat();
    let page = browser.send(&path, &days("4000")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("from 0 to 1827") && page.body.contains("value=\"4000\""));
    let both = [days("30").as_slice(), &[("topic-payment-days", "in-advance")]].concat();
    assert!(browser.send(&path, &both).await.body.contains("not both"));
    assert!(desk.asked.lock().unwrap().is_empty());
    desk.answers.lock().unwrap().push(Answer::NeedsPerson(ApprovalId([5; 16])));
    browser.send(&path, &days("30")).await;
    let asked = desk.asked.lock().unwrap();
    let [Command::ProposeTerms { provisions, .. }] = asked.as_slice() else { panic!("{asked:?}") };
    let said: Vec<(Topic, Content)> = provisions.iter().map(|one| (one.topic, one.content.clone())).collect();
    let deposit = Money { minor: 120_050, currency: Currency::Cad };
    assert_eq!(
        said,
        [
            (Topic::Insurance, Content::Withheld),
            (Topic::GoverningLaw, Content::Choice(Choice::Ontario)),
            (Topic::PaymentDays, Content::Number(30)),
            (Topic::Deposit, Content::Money(deposit)),
        ]
    );
}

#[tokio::test]
async fn a_deal_says_what_keeps_its_terms_from_being_signed() {
    // TRM-4
    let page = Browser::busy("owner").await.show(&format!("/deals/{}", "03".repeat(16))).await.body;
    assert!(page.contains("Not ready to sign") && page.contains("missing: Which law governs"));
    assert!(page.contains("not said yet, kept open") && page.contains("24 months"));
}

#[tokio::test]
async fn terms_without_a_price_line_are_sent_back_with_what_was_typed() {
    let mut browser = Browser::busy("owner").await;
    let path = format!("/deals/{}/terms", "02".repeat(16));
    let page = browser.send(&path, &[("act", "propose"), ("lines", "2"), ("clause-0", "Keep me")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("at least one price line") && page.body.contains("Keep me"));
}

#[tokio::test]
async fn the_other_acts_of_a_deal_reach_the_firm() {
    let desk = Arc::new(Fixture::busy());
    let mut browser = Browser::of(desk.clone(), "owner").await;
    let deal = |at: &str, act: &str| format!("/deals/{}/{act}", at.repeat(16));
    browser.send(&deal("04", "outcome"), &[("outcome", "completed-late")]).await;
    browser.send(&deal("01", "close"), &[("reason", "Too far")]).await;
    browser.send("/items/0101010101010101/withdraw", &[]).await;
    let advert = "03".repeat(32);
    browser.send("/matches/contact", &[("item", "0101010101010101"), ("advert", &advert)]).await;
    let unsaid = "/items/0303030303030303";
    assert!(browser.show(unsaid).await.body.contains("Ask whether to publish this"));
    assert!(
        !browser.show("/items/0202020202020202").await.body.contains("Ask whether to publish this"),
        "it is published"
    );
    browser.send(&format!("{unsaid}/advert"), &[]).await;
    let waits = browser.show("/items/0606060606060606").await.body;
    assert!(waits.contains("waits for a decision") && !waits.contains("Ask whether to publish this"));
    desk.answers.lock().unwrap().push(Answer::Refused(Refusal::Silent));
    let refused = browser.send(&format!("{unsaid}/advert"), &[]).await;
    assert!(refused.status == StatusCode::CONFLICT && refused.body.contains("role=\"alert\""), "{}", refused.body);
    let asked = desk.asked.lock().unwrap();
    assert!(matches!(asked[0], Command::ReportOutcome { outcome: OutcomeCode::CompletedLate, .. }));
    assert!(matches!(&asked[1], Command::Close { reason: Some(reason), .. } if reason.as_str() == "Too far"));
    assert!(matches!(asked[2], Command::Withdraw(ItemId([1, ..]))));
    assert!(matches!(asked[3], Command::Contact { item: ItemId([1, ..]), .. }));
    assert!(matches!(&asked[4], Command::Advertise { item: ItemId([3, ..]), leave_out } if leave_out.is_empty()));
}

#[tokio::test]
async fn a_form_begins_with_what_is_known_and_leaves_prices_to_a_person() {
    let filled = |body: &str, name: &str| -> String {
        let field = body.split(&format!("name=\"{name}\"")).nth(1).and_then(|rest| rest.split('>').next());
        field.and_then(|field| field.split("value=\"").nth(1)?.split('"').next()).unwrap_or_default().to_string()
    };
    let mut browser = Browser::busy("operations").await;
    let need = browser.show("/needs/new").await.body;
    assert_eq!(
        (filled(&need, "lat"), filled(&need, "lon")),
        ("43.26".into(), "-79.87".into()),
        "where the last one stands"
    );
    let terms = browser.show(&format!("/deals/{}/terms", "02".repeat(16))).await.body;
    assert_eq!(filled(&terms, "hours-0"), "48", "the hours that they need");
    assert_eq!(filled(&terms, "hourly-0"), "", "no price by itself");
}
