//! What matching promises whatever the adverts say.

use crate::limits::broken_limits;
use matching::{
    case::Case,
    day::Day,
    explain::Explanation,
    rank::{Market, Ranked},
    vocabulary::Vocabulary,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

pub(crate) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::builtin);

pub(crate) fn today() -> Day {
    Day::parse("2026-03-02").unwrap()
}

pub(crate) fn case(fields: Value) -> Case {
    serde_json::from_value(fields).unwrap()
}

pub(crate) fn market(adverts: &[Value]) -> Market<'static> {
    let cases: Vec<Case> = adverts.iter().cloned().map(case).collect();
    Market::new(&VOCABULARY, &cases, today())
}

fn ids(market: &Market<'_>, ranked: &[Ranked]) -> Vec<(String, u32, bool)> {
    ranked.iter().map(|found| (market.id(found).to_owned(), found.score, found.accepted())).collect()
}

fn shop() -> Vec<Value> {
    vec![
        json!({"id": "a-mill", "category": "machine", "region": "HAM", "materials": ["titanium"], "tolerance_mm": 0.01,
               "window": {"from": "2026-03-09", "to": "2026-05-04"}, "quantity": {"value": 280, "unit": "h"},
               "certifications": ["AS9100D"], "summary": "5-axis trunnion mill, titanium every week, second shift open"}),
        json!({"id": "b-course", "category": "training", "region": "HAM", "summary": "Five-axis programming course, evenings"}),
        json!({"id": "c-lathe", "category": "machine", "region": "KWC", "summary": "CNC lathes, bar feed to 65 mm, brass and steel"}),
        json!({"id": "d-empty", "region": "HAM", "summary": ""}),
        json!({"id": "e-all", "region": "HAM", "category": "machine", "summary": "milling turning grinding EDM laser plasma waterjet \
               stamping forging casting injection moulding welding brazing plating anodizing painting heat treating testing \
               assembly electronics titanium aluminium steel brass copper nylon, any job any time"}),
    ]
}

fn need() -> Case {
    case(json!({"id": "n", "region": "KWC", "max_km": 100, "materials": ["titanium"], "tolerance_mm": 0.025,
                "window": {"from": "2026-03-16", "to": "2026-04-27"}, "quantity": {"value": 48, "unit": "h"},
                "text": "simultaneous contouring of Ti64 mandrels, aerospace paperwork, spindle hours"}))
}

#[test]
fn reasons_sum_to_the_score_and_without_the_first_of_them_it_is_less() {
    // WHY-1, FIT-3
    let market = market(&shop());
    let wanted = market.wanted(&need());
    let best = market.rank(&wanted).remove(0);
    assert_eq!(market.id(&best), "a-mill");
    let told = Explanation::of(&market, &wanted, best.advert).unwrap();
    let terms: u32 = told.terms.iter().map(|reason| reason.points).sum();
    let limits: u32 = told.limits.iter().map(|reason| reason.points).sum();
    assert_eq!((terms + limits + told.letters, told.score), (best.score, best.score));
    assert!(told.terms.is_sorted_by(|one, next| one.points >= next.points) && told.terms[0].points > 0);
    // The advert without the words that gave most.
    let mut without = shop();
    without[0]["summary"] = json!("titanium every week, second shift open");
    let market = self::market(&without);
    let wanted = market.wanted(&need());
    let at = market.find("a-mill").unwrap();
    assert!(Explanation::of(&market, &wanted, at).unwrap().score < best.score);
}

#[test]
fn a_violated_limit_says_what_would_have_met_it_and_an_open_one_is_a_question() {
    // WHY-2, LIM-1, LIM-2
    let mut adverts = shop();
    adverts[0]["window"] = json!({"from": "2026-05-08", "to": "2026-06-30"});
    adverts[0]["tolerance_mm"] = Value::Null;
    let market = market(&adverts);
    let wanted = market.wanted(&need());
    let told = Explanation::of(&market, &wanted, market.find("a-mill").unwrap()).unwrap();
    assert_eq!((told.band, told.limits[0].verdict), ("no", "gap"));
    assert_eq!(told.near_misses, ["would match if the window moved 12 days"]);
    assert!(told.questions.iter().any(|question| question.contains("±0.025 mm")), "{:?}", told.questions);
    assert!(market.rank(&wanted).iter().all(|found| market.id(found) != "a-mill"), "it is not listed");
}

#[test]
fn emptiness_never_wins_and_naming_everything_wins_nothing() {
    // FIT-5, FIT-6
    let market = market(&shop());
    let ranked = market.rank(&market.wanted(&need()));
    let accepted: Vec<&str> = ranked.iter().filter(|found| found.accepted()).map(|found| market.id(found)).collect();
    assert_eq!(accepted, ["a-mill"]);
    let place = |id: &str| ranked.iter().position(|found| market.id(found) == id);
    assert!(place("d-empty").is_none_or(|at| at > 0));
    assert!(place("e-all").is_none_or(|at| at > 0));
}

#[test]
fn a_course_about_a_machine_is_no_time_on_it() {
    // FIT-2
    let market = market(&shop());
    let course = market.find("b-course").unwrap();
    let machine = case(json!({"id": "n", "category": "machine", "text": "five-axis time for titanium brackets"}));
    let told = Explanation::of(&market, &market.wanted(&machine), course).unwrap();
    assert!(told.limits.iter().any(|limit| limit.limit == "category" && limit.verdict == "gap"));
    let training =
        case(json!({"id": "n", "category": "training", "text": "five-axis programming for two apprentices"}));
    assert_eq!(market.id(&market.rank(&market.wanted(&training))[0]), "b-course");
}

/// The verdict on one limit of a pair.
fn verdict(need: Value, advert: Value, limit: &str) -> Option<&'static str> {
    let market = market(&[advert]);
    let told = Explanation::of(&market, &market.wanted(&case(need)), 0).unwrap();
    told.limits.iter().find(|line| line.limit == limit).map(|line| line.verdict)
}

#[test]
fn a_course_or_a_sale_is_offered_to_nobody_who_did_not_speak_of_one() {
    // FIT-2
    let course = || json!({"id": "a", "category": "training", "text": "mill-turn programming, five Tuesdays"});
    assert_eq!(
        verdict(json!({"id": "n", "text": "mill-turn time for titanium pins"}), course(), "category"),
        Some("gap")
    );
    let asked = json!({"id": "n", "text": "mill-turn course for two apprentices"});
    assert_ne!(verdict(asked, course(), "category"), Some("gap"));
}

#[test]
fn who_works_from_afar_only_does_not_serve_who_insists_on_presence() {
    // LIM-6
    let person = |text: &str| json!({"id": "a", "category": "person", "region": "LAV", "lang": "fr", "text": text});
    let need = |text: &str| json!({"id": "n", "category": "person", "region": "LAV", "text": text});
    let far = || person("Programmeur Mastercam, télétravail seulement");
    assert_eq!(verdict(need("Mastercam programmer on site"), far(), "presence"), Some("gap"));
    assert_eq!(verdict(need("Mastercam programmer, remote is fine"), far(), "presence"), Some("match"));
    let both = person("Programmeur Mastercam, à distance ou sur place");
    assert_eq!(verdict(need("Mastercam programmer on site"), both, "presence"), Some("match"));
}

#[test]
fn stainless_steel_is_another_material_than_steel_and_a_grade_is_of_its_family() {
    // LIM-1
    let material = |wanted: &str, offered: &str| {
        let need = json!({"id": "n", "category": "machine", "materials": [wanted], "text": "milling"});
        let advert = json!({"id": "a", "category": "machine", "materials": [offered], "text": "milling"});
        let market = market(&[advert]);
        market.rank(&market.wanted(&case(need))).len()
    };
    assert_eq!((material("steel", "stainless"), material("stainless", "steel")), (0, 0));
    assert_eq!((material("4140", "steel"), material("titanium", "Ti-6Al-4V"), material("brass", "any")), (1, 1, 1));
}

#[test]
fn the_stricter_certificate_holds_the_looser_one_and_never_the_other_way_round() {
    // LIM-4
    let verdict = |needed: &str, held: &str, text: &str| {
        let advert = json!({"id": "a", "category": "machine", "certifications": [held], "text": text});
        let need = json!({"id": "n", "category": "machine", "certifications": [needed], "text": "milling"});
        let market = market(&[advert]);
        let told = Explanation::of(&market, &market.wanted(&case(need)), 0).unwrap();
        let line = told.limits.iter().find(|limit| limit.limit.starts_with("certificate")).map(|limit| limit.verdict);
        line.unwrap_or("none")
    };
    assert_eq!(verdict("ISO9001", "AS9100D", "milling"), "match");
    assert_eq!(verdict("ISO9001", "IATF16949", "milling"), "match");
    for (needed, held) in [("AS9100D", "ISO9001"), ("IATF16949", "ISO9001"), ("AS9100D", "IATF16949")] {
        assert_eq!(verdict(needed, held, "milling"), "gap", "{held} is no {needed}");
    }
    assert_eq!(
        verdict("AS9100D", "ISO9001", "milling, AS9100 audit next fall"),
        "gap",
        "a word beside the field is no certificate"
    );
    assert_eq!(verdict("NADCAP-HT", "NADCAP-NDT", "milling"), "gap", "each commodity by itself");
}

#[test]
fn a_name_that_the_vocabulary_does_not_know_is_compared_with_itself_and_told_as_it_was_written() {
    // WHY-2
    let advert = |held: &str| json!({"id": held, "certifications": [held], "text": "milling"});
    let market = market(&[advert("ZQX-77"), advert("ZQX-78")]);
    let wanted = market.wanted(&case(json!({"id": "n", "certifications": ["ZQX-77"], "text": "milling"})));
    let line = |advert| {
        let limits = Explanation::of(&market, &wanted, advert).unwrap().limits;
        limits.into_iter().find(|limit| limit.limit == "certificate ZQX-77").unwrap()
    };
    let (same, other) = (line(0), line(1));
    assert_eq!(same.verdict, "match");
    assert_eq!((other.verdict, other.offered.as_deref()), ("gap", Some("ZQX-78")));
}

#[test]
fn work_that_somebody_else_does_is_not_asked_for() {
    // TXT-3
    let shops = [
        json!({"id": "grinder", "category": "machine", "text": "cylindrical grinding to 3 m"}),
        json!({"id": "lathe", "category": "machine", "text": "turning to 3 m"}),
    ];
    let market = market(&shops);
    let ranked = market.rank(&market.wanted(&case(json!({"id": "n", "text": "shafts turned, we grind it ourselves"}))));
    assert_eq!(market.id(&ranked[0]), "lathe");
}

#[test]
fn hostile_texts_cost_little_and_win_nothing() {
    let long = "titanium ".repeat(200_000);
    let token = "x".repeat(1_000_000);
    let hostile = [
        long.as_str(),
        token.as_str(),
        "\u{202e}gnillim sixa-5\u{202c}",
        "５-ａｘｉｓ ｍｉｌｌｉｎｇ",
        "铣削 五轴 تفريز",
        "99999999999999999999 x 99999999999999999999 mm ± 0.0000000000000001",
        "\0\u{1}\u{7f}\u{feff}\u{200b}",
        "1/0 1/0\" -0 0x0x0 mm",
    ];
    let mut adverts = shop();
    for (at, text) in hostile.iter().enumerate() {
        adverts.push(json!({"id": format!("h{at}"), "summary": text}));
    }
    let market = market(&adverts);
    for text in hostile.iter().copied().chain([""]) {
        let _ = market.rank(&market.wanted(&case(json!({"id": "n", "text": text}))));
    }
    let ranked = market.rank(&market.wanted(&need()));
    assert_eq!(market.id(&ranked[0]), "a-mill");
    assert!(ranked.iter().filter(|found| found.accepted()).all(|found| !market.id(found).starts_with('h')));
}

/// A side of a pair, with fields drawn so that they often just meet or just fail.
fn side(id: &'static str) -> impl Strategy<Value = Value> {
    let region = prop::sample::select(vec!["HAM", "KWC", "SUD", "MTL", "CAL"]);
    let category = prop::sample::select(vec![Value::Null, json!("machine"), json!("service"), json!("training")]);
    let tolerance = prop::option::of(1..40_u32);
    let envelope = prop::option::of(prop::collection::vec(100..900_u32, 1..4));
    let from = prop::option::of(2..60_i32);
    let material = prop::option::of(prop::sample::select(vec!["titanium", "steel", "aluminium", "brass"]));
    let certificate = prop::option::of(prop::sample::select(vec!["AS9100D", "ISO9001", "ISO13485"]));
    let text = prop::sample::select(vec![
        "five-axis milling of brackets",
        "usinage cinq axes de supports",
        "milling, second shift",
        "five-axis course",
        "turning and milling",
    ]);
    (region, category, tolerance, envelope, from, material, certificate, text, 20..400_u32).prop_map(
        move |(region, category, tolerance, envelope, from, material, certificate, text, km)| {
            let day = |days: i32| Day(today().0 + days).to_string();
            let mut fields = json!({"id": id, "region": region, "category": category, "text": text, "max_km": km});
            fields["tolerance_mm"] = json!(tolerance.map(|um| f64::from(um) / 1_000.0));
            fields["envelope_mm"] = json!(envelope);
            fields["window"] = json!(from.map(|from| json!({"from": day(from), "to": day(from + 21)})));
            fields["materials"] = json!(material.map(|one| vec![one]));
            fields["certifications"] = json!(certificate.map(|one| vec![one]));
            fields
        },
    )
}

/// A course is not work.
fn other_thing(need: &Value, advert: &Value) -> bool {
    let lesson = |value: &Value| value["category"].as_str().map(|category| category == "training");
    lesson(need).zip(lesson(advert)).is_some_and(|(needed, offered)| needed != offered)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn no_accepted_advert_violates_a_limit_that_both_sides_state(need in side("n"), advert in side("a")) {
        // LIM-1
        let market = market(std::slice::from_ref(&advert));
        let found = market.rank(&market.wanted(&case(need.clone())));
        let accepted = found.iter().any(Ranked::accepted);
        let broken = broken_limits(&need, &advert);
        prop_assert!(!accepted || (broken.is_empty() && !other_thing(&need, &advert)), "{broken:?} {need} {advert}");
    }

    #[test]
    fn the_list_is_the_same_in_whatever_order_adverts_came(order in Just((0..5).collect::<Vec<usize>>()).prop_shuffle()) {
        // FIT-4
        let (first, shuffled) = (market(&shop()), market(&order.iter().map(|at| shop()[*at].clone()).collect::<Vec<_>>()));
        let lists = [&first, &shuffled].map(|market| ids(market, &market.rank(&market.wanted(&need()))));
        prop_assert_eq!(&lists[0], &lists[1]);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,300}", number in any::<i32>()) {
        let market = market(&[json!({"id": "a", "summary": format!("{text} {number} mm {text}")})]);
        let _ = market.rank(&market.wanted(&case(json!({"id": "n", "text": text}))));
    }
}
