//! Whether the public matching cases in `tests/matching` are what their README says: known fields and places, dates in order,
//! grades about rows that exist, the promised mix of languages, unanswerable needs and traps, and no full grade on a pair that
//! breaks a limit which both sides state.

use crate::limits::{REGIONS, broken_limits};
use crate::{stored, text};
use matching::{category::Category, day::Day};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const SHARED_FIELDS: [&str; 12] = [
    "id",
    "category",
    "region",
    "lang",
    "process",
    "materials",
    "envelope_mm",
    "tolerance_mm",
    "certifications",
    "skills",
    "capacity",
    "window",
];

const CAPACITIES: [&str; 15] = [
    "force_tonf",
    "force_kn",
    "mass_kg",
    "length_mm",
    "depth_mm",
    "thickness_mm",
    "temperature_c",
    "area_sqft",
    "clear_height_ft",
    "crane_t",
    "shot_g",
    "pallet_positions",
    "power_hp",
    "pressure_psi",
    "iso14644_class_max",
];

const CAUSES: [&str; 9] =
    ["material", "region", "envelope", "cert", "capacity", "skill", "tolerance", "window", "meaning"];

struct Grade {
    need: String,
    advert: String,
    grade: u8,
    cause: String,
}

/// Rows by id, in a file of one JSON object a line.
fn rows(name: &str) -> BTreeMap<String, Value> {
    let mut rows = BTreeMap::new();
    for line in stored(name).lines() {
        let row: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{name}: {error}: {line}"));
        let id = text(&row, "id").to_owned();
        assert!(rows.insert(id.clone(), row).is_none(), "{name}: {id} stands twice");
    }
    rows
}

fn grades() -> Vec<Grade> {
    let table = stored("qrels.tsv");
    let mut lines = table.lines();
    assert_eq!(lines.next(), Some("need\tadvert\tgrade\thard_negative"));
    let grade = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [need, advert, grade, cause] = cells[..] else { panic!("qrels.tsv: four cells, not: {line}") };
        let [need, advert, cause] = [need, advert, cause].map(str::to_owned);
        Grade { need, advert, grade: grade.parse().unwrap_or(u8::MAX), cause }
    };
    lines.map(grade).collect()
}

fn fails(findings: &[String]) {
    assert!(findings.is_empty(), "{} to put right:\n  {}", findings.len(), findings.join("\n  "));
}

#[test]
fn every_row_speaks_only_in_known_fields_places_and_ordered_dates() {
    let mut findings = Vec::new();
    for (name, own) in
        [("adverts.jsonl", &["quantity", "summary"][..]), ("needs.jsonl", &["quantity", "text", "max_km"])]
    {
        for (id, row) in rows(name) {
            let fields = row.as_object().expect("a row is an object");
            let unknown =
                fields.keys().filter(|key| !SHARED_FIELDS.contains(&key.as_str()) && !own.contains(&key.as_str()));
            findings.extend(unknown.map(|key| format!("{id} has an unknown field {key}")));
            let capacities = row["capacity"].as_object().into_iter().flatten();
            let unknown = capacities.filter(|(key, value)| !CAPACITIES.contains(&key.as_str()) || !value.is_number());
            findings.extend(unknown.map(|(key, _)| format!("{id} has an unknown capacity {key}")));
            let mut check = |holds: bool, said: &str| {
                if !holds {
                    findings.push(format!("{id}: {said}"));
                }
            };
            let spoken = if name == "needs.jsonl" { "text" } else { "summary" };
            check(!text(&row, spoken).trim().is_empty(), "says nothing");
            check(REGIONS.iter().any(|(code, ..)| *code == text(&row, "region")), "stands in no known region");
            check(["en", "fr"].contains(&text(&row, "lang")), "is neither English nor French");
            let category = row
                .get("category")
                .map_or(name == "needs.jsonl", |_| text(&row, "category").parse::<Category>().is_ok());
            check(category, "has no known category");
            let ordered = row.get("window").is_none_or(|window| {
                let [from, to] = ["from", "to"].map(|edge| Day::parse(text(window, edge)));
                from.is_some() && from < to && !text(window, "tz").is_empty()
            });
            check(ordered, "has a window that does not begin before it ends");
            let quantity = row.get("quantity").is_none_or(|quantity| {
                quantity["value"].as_f64().is_some_and(|value| value > 0.0) && !text(quantity, "unit").is_empty()
            });
            check(quantity, "has a quantity without a positive value or a unit");
        }
    }
    fails(&findings);
}

#[test]
fn every_grade_is_about_rows_that_exist_and_only_a_zero_has_a_cause() {
    let (adverts, needs) = (rows("adverts.jsonl"), rows("needs.jsonl"));
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for Grade { need, advert, grade, cause } in grades() {
        let known = needs.contains_key(&need) && adverts.contains_key(&advert);
        let caused = cause.is_empty() || (grade == 0 && CAUSES.contains(&cause.as_str()));
        if !known || grade > 3 || !caused {
            findings.push(format!("{need} {advert} {grade} {cause}: no such row, grade or cause"));
        }
        if !seen.insert((need.clone(), advert.clone())) {
            findings.push(format!("{need} {advert} is graded twice"));
        }
    }
    let graded: BTreeSet<&String> = seen.iter().map(|(need, _)| need).collect();
    findings.extend(needs.keys().filter(|need| !graded.contains(need)).map(|need| format!("{need} has no grades")));
    fails(&findings);
}

#[test]
fn the_set_is_as_large_and_as_mixed_as_its_readme_promises() {
    let (adverts, needs, grades) = (rows("adverts.jsonl"), rows("needs.jsonl"), grades());
    assert!(adverts.len() >= 250, "{} adverts", adverts.len());
    assert!(needs.len() >= 120, "{} needs", needs.len());
    let mut acceptable: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for grade in grades.iter().filter(|grade| grade.grade >= 2) {
        acceptable.entry(&grade.need).or_default().push(&grade.advert);
    }
    let other_language = |id: &str, need: &Value| {
        acceptable.get(id).into_iter().flatten().any(|advert| adverts[*advert]["lang"] != need["lang"])
    };
    let crosses = |(id, need): &(&String, &Value)| text(need, "lang") == "fr" || other_language(id, need);
    let french = needs.iter().filter(crosses).count();
    assert!(french * 4 >= needs.len(), "{french} of {} needs are French or cross the languages", needs.len());
    let unanswerable = needs.keys().filter(|id| !acceptable.contains_key(id.as_str())).count();
    assert!(unanswerable * 5 >= needs.len(), "{unanswerable} of {} needs have no acceptable advert", needs.len());
    for cause in CAUSES {
        let traps = grades.iter().filter(|grade| grade.cause == cause).count();
        assert!(traps >= 8, "{traps} traps by {cause}");
    }
    for category in Category::ALL {
        assert!(
            adverts.values().any(|advert| text(advert, "category") == category.text()),
            "no advert of a {category}"
        );
    }
}

#[test]
fn no_pair_of_full_grade_breaks_a_limit_that_both_sides_state() {
    let (adverts, needs) = (rows("adverts.jsonl"), rows("needs.jsonl"));
    let full = grades().into_iter().filter(|grade| grade.grade == 3);
    let findings = full.flat_map(|Grade { need, advert, .. }| {
        broken_limits(&needs[&need], &adverts[&advert])
            .into_iter()
            .map(move |limit| format!("{need} {advert}: {limit}"))
    });
    fails(&findings.collect::<Vec<_>>());
}
