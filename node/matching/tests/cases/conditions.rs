//! What a rule of a pack opens, and what it never does.

use crate::{
    packs::northern,
    promises::{case, today},
};
use matching::{
    explain::Explanation,
    pack::Pack,
    rank::{Band, Market},
    vocabulary::Vocabulary,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

static NORTHERN: LazyLock<Vocabulary> = LazyLock::new(northern);

fn fabricator() -> Value {
    json!({"id": "n", "category": "lab", "region": "SUD", "max_km": 500,
           "text": "Two tensile and four guided bend tests for a weld procedure, CSA W59 clause 5, within 14 days. \
                    ISO/IEC 17025 laboratory, liability insurance in force."})
}

fn college() -> Value {
    json!({"id": "college", "category": "lab", "region": "SUD", "capacity": {"force_kn": 300},
           "window": {"from": "2026-03-02", "to": "2026-04-15"},
           "summary": "College lab: 300 kN tensile frame, tensile and guided bend tests of weld coupons, calibration valid. \
                       Tuesday and Thursday afternoons. Not ISO/IEC 17025; our liability insurance excludes outside work."})
}

fn told(vocabulary: &Vocabulary, need: &Value, advert: &Value) -> Explanation {
    let market = Market::new(vocabulary, &[case(advert.clone())], today());
    let wanted = market.wanted(&case(need.clone()));
    match market.rank(&wanted).first() {
        Some(found) => Explanation::of_ranked(&market, &wanted, found).unwrap(),
        None => Explanation::of(&market, &wanted, 0).unwrap(),
    }
}

#[test]
fn a_lab_without_the_accreditation_is_a_conditional_match_that_names_both_conditions() {
    // LIM-8, WHY-2
    let told = told(&NORTHERN, &fabricator(), &college());
    assert_eq!(told.band, "conditional", "{told:#?}");
    let rules: Vec<&str> = told.conditions.iter().map(|condition| condition.rule.as_str()).collect();
    assert_eq!(rules.len(), 2, "{rules:?}");
    assert!(rules.contains(&"cosolvent/witnessed-weld-tests") && rules.contains(&"northern-testing/group-policy"));
    let witnessed = told.conditions.iter().find(|condition| condition.rule.starts_with("cosolvent/")).unwrap();
    assert!(witnessed.english.contains("witnesses them") && witnessed.french.contains("y assiste"));
    assert_eq!(witnessed.shown_here, ["csa w178.2"]);
    assert!(told.near_misses.is_empty() && told.limits.iter().all(|limit| limit.verdict != "gap"));
}

#[test]
fn what_no_rule_opens_stays_violated() {
    // LIM-1, LIM-8
    assert_eq!(
        told(&Vocabulary::builtin(), &fabricator(), &college()).band,
        "no",
        "the group policy is the sponsor's rule"
    );
    let mut other_work = fabricator();
    other_work["text"] = json!("Tensile tests of aerospace castings, ISO/IEC 17025 laboratory.");
    let told_other = told(&NORTHERN, &other_work, &college());
    assert_eq!((told_other.band, told_other.conditions.len()), ("no", 0), "the rule is for weld procedures");
    let mut too_weak = college();
    too_weak["capacity"] = json!({"force_kn": 50});
    let mut strong = fabricator();
    strong["capacity"] = json!({"force_kn": 200});
    assert_eq!(told(&NORTHERN, &strong, &too_weak).band, "no", "no rule makes a machine stronger");
}

#[test]
fn a_conditional_advert_stands_below_every_plain_one_and_makes_none_worse() {
    // FIT-4, LIM-8
    let mut accredited = college();
    accredited["id"] = json!("accredited");
    accredited["summary"] = json!("Accredited lab, ISO/IEC 17025, insured: tensile tests, guided bends. Mondays.");
    let other = json!({"id": "other", "category": "lab", "region": "SUD", "summary": "tensile tests"});
    let rank = |vocabulary: &Vocabulary, adverts: &[Value]| {
        let cases: Vec<_> = adverts.iter().cloned().map(case).collect();
        let market = Market::new(vocabulary, &cases, today());
        let ranked = market.rank(&market.wanted(&case(fabricator())));
        let line = |found: &matching::rank::Ranked| (market.id(found).to_owned(), found.band, found.accepted());
        ranked.iter().map(line).collect::<Vec<_>>()
    };
    let adverts = [college(), accredited, other];
    let all = rank(&NORTHERN, &adverts);
    assert_eq!(all.iter().map(|(id, ..)| id.as_str()).collect::<Vec<_>>(), ["accredited", "other", "college"]);
    assert!(all[0].2 && !all[2].2, "{all:?}");
    assert_eq!(rank(&PLAIN, &adverts), all[..2], "without the rule for insurance the college is not listed");
    assert_eq!(rank(&NORTHERN, &[college()])[0].1, Band::Conditional, "alone it is still no plain match");
}

/// A pack whose one rule is as wide as a rule may be.
fn generous() -> Vocabulary {
    let acts = "lab.mechanical.tensile machining.milling.5-axis lab.ndt.penetrant joining.weld.tig";
    let rules: String = ["iso-17025", "iso-9001", "as9100", "nadcap"]
        .iter()
        .map(|opens| format!("{opens} | {opens} | {acts} | | Do this. | Faites ceci. |\n"))
        .collect();
    let manifest =
        "format | 1\nid | generous\nversion | 1\nlanguages | en fr\nover | cosolvent 4\nconditions | rules.txt\n";
    let pack = Pack::read("generous", &[("pack.txt", manifest), ("rules.txt", &rules)]).unwrap();
    Vocabulary::with(&[pack]).unwrap()
}

static GENEROUS: LazyLock<Vocabulary> = LazyLock::new(generous);
static PLAIN: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::builtin);

fn side() -> impl Strategy<Value = Value> {
    let certificates =
        prop::collection::vec(prop::sample::select(vec!["ISO17025", "ISO9001", "AS9100D", "ISO13485"]), 0..3);
    let text = prop::sample::select(vec![
        "five-axis milling of brackets",
        "essais de traction sur éprouvettes",
        "tensile tests of weld coupons",
        "TIG welding, dye penetrant",
        "not 17025; tensile tests",
        "turning",
    ]);
    let tolerance = prop::option::of(1..40_u32);
    (certificates, text, tolerance).prop_map(|(certificates, text, tolerance)| {
        let tolerance = tolerance.map(|um| f64::from(um) / 1_000.0);
        json!({"id": "x", "certifications": certificates, "text": text, "tolerance_mm": tolerance})
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn a_rule_turns_no_violated_limit_into_an_accepted_match(need in side(), advert in side()) {
        // LIM-1, LIM-8
        let list = |vocabulary: &'static Vocabulary| {
            let market = Market::new(vocabulary, &[case(advert.clone())], today());
            let wanted = market.wanted(&case(need.clone()));
            (market.rank(&wanted), Explanation::of(&market, &wanted, 0).unwrap())
        };
        let ((plain, plain_told), (opened, told)) = (list(&PLAIN), list(&GENEROUS));
        let count = |told: &Explanation, verdict| told.limits.iter().filter(|limit| limit.verdict == verdict).count();
        let conditional = count(&told, "conditional");
        // Every violated limit stays one or becomes a named condition; nothing else changes.
        let violated = |told: &Explanation| count(told, "gap") + count(told, "conditional");
        prop_assert_eq!(violated(&plain_told), violated(&told));
        prop_assert_eq!(conditional, told.conditions.len());
        prop_assert!(told.conditions.iter().all(|condition| !condition.english.is_empty() && !condition.french.is_empty()));
        let accepted = |list: &[matching::rank::Ranked]| list.iter().any(matching::rank::Ranked::accepted);
        prop_assert_eq!(accepted(&plain), accepted(&opened));
        for found in &opened {
            prop_assert_eq!(found.is_conditional(), conditional > 0);
            prop_assert!(!found.is_conditional() || !found.accepted());
        }
    }
}

#[test]
fn an_equivalence_counts_and_is_told_with_its_reason() {
    // PCK-4
    let need = json!({"id": "n", "category": "machine", "certifications": ["ISO9001"], "text": "milling"});
    let advert = json!({"id": "a", "category": "machine", "certifications": ["ISO13485"], "text": "milling"});
    let line = |vocabulary: &Vocabulary| {
        let limits = told(vocabulary, &need, &advert).limits;
        limits.into_iter().find(|limit| limit.limit.starts_with("certificate")).unwrap()
    };
    assert_eq!(line(&PLAIN).verdict, "gap");
    let counted = line(&NORTHERN);
    assert_eq!(counted.verdict, "match");
    assert!(counted.because.unwrap().contains("northern-testing"), "the pack that says so is named");
}
