//! Bad input: what stuffed, empty, contradicting, giant and disguised adverts come to, and what they cost.

use crate::{
    benchmark::Ground,
    packs::speaking,
    promises::{VOCABULARY, case, market, today},
};
use matching::{
    case::Case,
    explain::Explanation,
    rank::{Band, Market, Ranked},
};
use proptest::prelude::*;
use serde_json::{Value, json};

const MATERIALS: [&str; 12] = [
    "titanium",
    "steel",
    "stainless",
    "aluminium",
    "brass",
    "copper",
    "nickel-alloy",
    "plastic",
    "nylon",
    "tool-steel",
    "cast-iron",
    "any",
];
const CERTIFICATES: [&str; 18] = [
    "AS9100D",
    "IATF16949",
    "ISO9001",
    "ISO13485",
    "ISO17025",
    "ISO14001",
    "CSA-W47.1",
    "CSA-W178.2",
    "CSA-B51",
    "CGSB-48.9712",
    "CQI-9",
    "CGP",
    "NADCAP-HT",
    "NADCAP-NDT",
    "NADCAP-CP",
    "NADCAP-WLD",
    "433A",
    "429A",
];

/// An advert of a category that claims everything, in fields and in words.
fn stuffed(category: &str, words: &str) -> Value {
    json!({"id": format!("stuffed-{category}"), "category": category, "region": "HAM", "materials": MATERIALS,
           "certifications": CERTIFICATES, "envelope_mm": [9000, 9000, 9000], "tolerance_mm": 0.0001,
           "window": {"from": "2026-01-01", "to": "2028-01-01"}, "quantity": {"value": 100_000, "unit": "h"}, "summary": words})
}

/// Every label of the vocabulary, as much as a text holds.
fn dictionary() -> String {
    let labels =
        VOCABULARY.concepts().map(|concept| VOCABULARY.label(concept, matching::vocabulary::Language::English));
    labels.collect::<Vec<_>>().join(", ")
}

#[test]
fn a_stuffed_advert_never_stands_above_an_honest_one_that_answers() {
    // FIT-5
    let ground = Ground::read();
    let words = dictionary();
    let popular = "milling turning grinding EDM laser plasma waterjet stamping forging casting moulding welding brazing plating \
                   anodizing painting heat treating testing assembly programming training, any job any time, second shift";
    for text in [words.as_str(), popular] {
        let mut adverts: Vec<Case> = ground.adverts.clone();
        for category in ["machine", "service", "lab", "person", "expertise", "training", "space", "equipment"] {
            adverts.push(case(stuffed(category, text)));
        }
        let market = Market::new(&VOCABULARY, &adverts, today());
        let (mut won, mut accepted) = (Vec::new(), Vec::new());
        for need in &ground.needs {
            let ranked = market.rank(&market.wanted(need));
            let stuffed = |found: &&Ranked| market.id(found).starts_with("stuffed");
            let honest = |found: &&Ranked| ground.judgements.grade(&need.id, market.id(found)) == 3;
            let place = |of: &dyn Fn(&&Ranked) -> bool| ranked.iter().position(|found| of(&found));
            if let (Some(stuffed), Some(honest)) = (place(&stuffed), place(&honest))
                && stuffed < honest
            {
                won.push(need.id.clone());
            }
            accepted.extend(ranked.iter().filter(|found| stuffed(found) && found.accepted()).map(|_| need.id.clone()));
        }
        assert!(won.is_empty() && accepted.is_empty(), "above an answer for {won:?}, accepted for {accepted:?}");
    }
}

#[test]
fn a_pack_that_names_what_everybody_says_moves_nothing() {
    // PCK-3
    let ground = Ground::read();
    let common = "all-work | act | machining | and, the shop, we, with, for, to, in, on, at, or | et, nous, avec, sur, en, ou |\n";
    let hostile = speaking(common).unwrap();
    let accepted = |vocabulary| {
        let market = Market::new(vocabulary, &ground.adverts, today());
        let ranked = ground.needs.iter().map(|need| {
            let ranked = market.rank(&market.wanted(need));
            ranked.iter().filter(|found| found.accepted()).map(|found| market.id(found).to_owned()).collect::<Vec<_>>()
        });
        ranked.collect::<Vec<_>>()
    };
    let (plain, moved) = (accepted(&VOCABULARY), accepted(&hostile));
    let total: usize = plain.iter().map(Vec::len).sum();
    let apart: usize =
        plain.iter().zip(&moved).map(|(plain, moved)| moved.iter().filter(|id| !plain.contains(id)).count()).sum();
    assert!(apart * 10 <= total, "{apart} new ones where {total} were accepted");
}

#[test]
fn an_empty_advert_is_never_accepted_nor_first_beside_one_that_names_the_work() {
    // FIT-5, FIT-6
    let ground = Ground::read();
    let mut adverts = ground.adverts.clone();
    let categories = ["machine", "service", "lab", "person", "expertise", "training", "space", "equipment"];
    for (at, category) in categories.into_iter().enumerate() {
        adverts.push(case(json!({"id": format!("empty-{at}"), "category": category, "region": "HAM", "summary": ""})));
        adverts.push(case(
            json!({"id": format!("empty-dots-{at}"), "category": category, "summary": "... --- !!! call us"}),
        ));
    }
    let market = Market::new(&VOCABULARY, &adverts, today());
    for need in &ground.needs {
        let ranked = market.rank(&market.wanted(need));
        let empty = |found: &&Ranked| market.id(found).starts_with("empty");
        assert!(!ranked.iter().any(|found| empty(&found) && found.accepted()), "{}", need.id);
        let answer = ranked.iter().position(|found| ground.judgements.grade(&need.id, market.id(found)) == 3);
        let first = ranked.iter().position(|found| empty(&found));
        assert!(answer.zip(first).is_none_or(|(answer, empty)| answer < empty), "{}", need.id);
    }
}

#[test]
fn of_fields_that_contradict_the_text_the_field_counts_and_what_cannot_be_meant_is_a_question() {
    // TXT-2, LIM-2
    let need = || {
        json!({"id": "n", "category": "machine", "tolerance_mm": 0.01, "envelope_mm": [300, 300, 300],
                         "window": {"from": "2026-03-09", "to": "2026-04-09"}, "quantity": {"value": 40, "unit": "h"},
                         "text": "five-axis milling"})
    };
    let verdict = |advert: Value, limit: &str| {
        let market = market(&[advert]);
        let told = Explanation::of(&market, &market.wanted(&case(need())), 0).unwrap();
        told.limits.iter().find(|line| line.limit == limit).map(|line| line.verdict)
    };
    let said = |fields: Value| {
        let mut advert =
            json!({"id": "a", "category": "machine", "summary": "five-axis milling to ±0.005 mm, 500 x 500 x 500 mm"});
        fields.as_object().unwrap().iter().for_each(|(name, value)| advert[name] = value.clone());
        advert
    };
    assert_eq!(verdict(said(json!({"tolerance_mm": 0.5})), "tolerance"), Some("gap"), "the field counts");
    assert_eq!(verdict(said(json!({"envelope_mm": [100, 100, 100]})), "size"), Some("gap"));
    for window in [json!({"from": "2026-05-01", "to": "2026-03-01"}), json!({"from": "2026-03-10", "to": "2026-03-10"})]
    {
        assert_eq!(verdict(said(json!({"window": window})), "window"), Some("unknown"));
    }
    assert_eq!(verdict(said(json!({"quantity": {"value": -40, "unit": "h"}})), "quantity"), Some("unknown"));
    assert_eq!(verdict(said(json!({"tolerance_mm": -0.5, "summary": "milling"})), "tolerance"), Some("unknown"));
    assert_eq!(verdict(said(json!({"envelope_mm": [0, -5], "summary": "milling"})), "size"), Some("unknown"));
}

#[test]
fn disguised_words_name_nothing_and_are_never_shown_as_they_came() {
    // TXT-1, TXT-4
    let named = |text: &str| VOCABULARY.mentions(text, None).len();
    assert!(named("five-axis milling") > 0);
    for disguised in ["mіllіng", "ｍｉｌｌｉｎｇ", "фрезерование", "铣削", "\u{202e}gnillim"] {
        assert_eq!(named(disguised), 0, "{disguised:?}");
    }
    let trick = "\u{202e}ZQX\u{1b}[31m-77\u{200b}\u{e0041}";
    let advert = json!({"id": "a", "certifications": [trick, "y".repeat(10_000)], "summary": "milling"});
    let market = market(&[advert]);
    let wanted = market.wanted(&case(json!({"id": "n", "certifications": [trick], "text": "milling"})));
    let told = serde_json::to_string(&Explanation::of(&market, &wanted, 0).unwrap()).unwrap();
    assert!(told.contains("ZQX[31m-77") && told.len() < 4_000, "{told}");
    assert!(!told.chars().any(|letter| letter.is_control() || ('\u{200b}'..='\u{206f}').contains(&letter)), "{told}");
}

#[test]
fn what_a_case_costs_is_bounded_whatever_it_holds() {
    // TXT-1, TXT-4: counted in what is allocated, not in time.
    let cost = |advert: Value| {
        let advert = case(advert);
        let read = || drop(Market::new(&VOCABULARY, std::slice::from_ref(&advert), today()));
        allocation_counter::measure(read).count_total
    };
    let honest = cost(json!({"id": "a", "summary": "five-axis milling of titanium, ±0.01 mm; ".repeat(100)}));
    let dictionary = dictionary();
    let names: Vec<String> = (0..100_000).map(|at| format!("ZQX-{at}")).collect();
    for hostile in [
        json!({"id": "a", "summary": "titanium ".repeat(400_000)}),
        json!({"id": "a", "summary": "x".repeat(4_000_000)}),
        json!({"id": "a", "summary": "cwb nickel ".repeat(100_000)}),
        json!({"id": "a", "summary": dictionary.repeat(10)}),
        json!({"id": "a", "summary": "1 ".repeat(1_000_000)}),
        json!({"id": "a", "summary": ",.;:|".repeat(500_000)}),
        json!({"id": "a", "materials": names, "certifications": names, "skills": names}),
        json!({"id": "a", "envelope_mm": vec![1; 100_000]}),
    ] {
        let told = hostile.to_string();
        let cost = cost(hostile);
        assert!(cost <= honest * 8, "{cost} against {honest}: {}", told.chars().take(60).collect::<String>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn whatever_is_written_an_advert_without_words_or_facts_is_not_accepted(text in "[a-zé ]{0,80}") {
        // FIT-6
        let market = market(&[json!({"id": "a", "summary": ""}), json!({"id": "b", "summary": "turning"})]);
        let ranked = market.rank(&market.wanted(&case(json!({"id": "n", "text": text}))));
        prop_assert!(ranked.iter().all(|found| market.id(found) != "a" || found.band <= Band::Conditional));
    }
}
