//! Whether the public matching cases in `tests/matching` are what their README says: known fields and places, dates in order,
//! grades about rows that exist, the promised mix of languages, unanswerable needs and traps, and no full grade on a pair that
//! breaks a limit which both sides state.
//!
//! It stands here because the cases judge matching, and because this room compiles in a fraction of what `tests` links.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::{fs, path::PathBuf};

const CATEGORIES: [&str; 10] = [
    "machine",
    "service",
    "lab",
    "person",
    "expertise",
    "training",
    "space",
    "equipment",
    "certification",
    "logistics",
];

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

/// Region codes with latitude and longitude in degrees.
const REGIONS: [(&str, f64, f64); 27] = [
    ("HAM", 43.26, -79.87),
    ("KWC", 43.45, -80.49),
    ("GUE", 43.55, -80.25),
    ("LON", 42.98, -81.25),
    ("WIN", 42.31, -83.04),
    ("PEE", 43.59, -79.65),
    ("TOR", 43.70, -79.40),
    ("YOR", 43.84, -79.50),
    ("DUR", 43.87, -78.94),
    ("OSH", 43.90, -78.86),
    ("HAL", 43.40, -79.75),
    ("BRA", 43.14, -80.26),
    ("NIA", 43.10, -79.20),
    ("OTT", 45.42, -75.70),
    ("BAR", 44.39, -79.69),
    ("PET", 44.31, -78.32),
    ("KIN", 44.23, -76.49),
    ("SUD", 46.49, -81.00),
    ("SAR", 42.97, -82.40),
    ("MTL", 45.50, -73.57),
    ("LAV", 45.61, -73.71),
    ("QUE", 46.81, -71.21),
    ("SHE", 45.40, -71.89),
    ("BEA", 46.12, -70.67),
    ("TRO", 46.35, -72.55),
    ("DRU", 45.88, -72.48),
    ("CAL", 51.05, -114.07),
];

/// A short ton-force in kilonewtons: 2,000 lbf of 4.448 N.
const KN_PER_TONF: f64 = 8.896;

struct Grade {
    need: String,
    advert: String,
    grade: u8,
    cause: String,
}

fn stored(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/matching").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("reading {}: {error}", path.display()))
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

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}

fn words(row: &Value, field: &str) -> BTreeSet<String> {
    row[field].as_array().into_iter().flatten().filter_map(|word| word.as_str().map(str::to_owned)).collect()
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
            let category =
                row.get("category").map_or(name == "needs.jsonl", |_| CATEGORIES.contains(&text(&row, "category")));
            check(category, "has no known category");
            let ordered = row.get("window").is_none_or(|window| {
                let [from, to] = ["from", "to"].map(|edge| day(text(window, edge)));
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
    for category in CATEGORIES {
        assert!(adverts.values().any(|advert| text(advert, "category") == category), "no advert of a {category}");
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

fn broken_limits(need: &Value, advert: &Value) -> Vec<&'static str> {
    let mut broken = Vec::new();
    let mut limit = |name, met: Option<bool>| {
        if met == Some(false) {
            broken.push(name);
        }
    };
    let both = |field: &str| need.get(field).is_some() && advert.get(field).is_some();
    let holds = |field: &str, met: &dyn Fn() -> bool| both(field).then(met);
    let far =
        need["max_km"].as_f64().is_some_and(|most| km_between(text(need, "region"), text(advert, "region")) > most);
    limit("distance", Some(!far || works_from_afar(advert)));
    let materials = words(advert, "materials");
    let worked = || materials.contains("any") || words(need, "materials").is_subset(&materials);
    limit("material", holds("materials", &worked));
    limit("envelope", holds("envelope_mm", &|| fits_in(&need["envelope_mm"], &advert["envelope_mm"])));
    limit("tolerance", holds("tolerance_mm", &|| advert["tolerance_mm"].as_f64() <= need["tolerance_mm"].as_f64()));
    limit("skill", holds("skills", &|| words(need, "skills").is_subset(&words(advert, "skills"))));
    limit("certificate", holds("certifications", &|| words(need, "certifications").is_subset(&implied(advert))));
    limit("capacity", holds("capacity", &|| carries(&need["capacity"], &advert["capacity"])));
    limit("window", holds("window", &|| overlap_days(&need["window"], &advert["window"]) > 0));
    limit("quantity", holds("quantity", &|| suffices(need, advert)));
    broken
}

/// Whether the role can be filled from afar and the advert says so.
fn works_from_afar(advert: &Value) -> bool {
    let said = text(advert, "summary").to_lowercase();
    let afar = [
        "remote",
        "distance",
        "online",
        "on-line",
        "en ligne",
        "video",
        "vidéo",
        "visio",
        "virtual",
        "zoom",
        "teams",
        "mail",
        "home",
        "phone",
        "télétravail",
    ];
    ["person", "expertise", "training", "certification"].contains(&text(advert, "category"))
        && afar.iter().any(|word| said.contains(word))
}

fn fits_in(part: &Value, room: &Value) -> bool {
    let sorted = |axes: &Value| {
        let mut axes: Vec<f64> = axes.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
        axes.sort_by(|a, b| b.total_cmp(a));
        axes
    };
    sorted(part).iter().zip(sorted(room)).all(|(part, room)| *part <= room)
}

fn implied(advert: &Value) -> BTreeSet<String> {
    let mut held = words(advert, "certifications");
    if ["AS9100D", "IATF16949"].iter().any(|scheme| held.contains(*scheme)) {
        held.insert("ISO9001".to_owned());
    }
    held
}

/// Whether every capacity that both state is enough; forces compare across their two units.
fn carries(needed: &Value, offered: &Value) -> bool {
    let offered_of = |name: &str| {
        let tonf = || offered["force_tonf"].as_f64().map(|tonf| tonf * KN_PER_TONF);
        let kn = || offered["force_kn"].as_f64().map(|kn| kn / KN_PER_TONF);
        offered[name].as_f64().or_else(|| match name {
            "force_kn" => tonf(),
            "force_tonf" => kn(),
            _ => None,
        })
    };
    let enough = |(name, needed): (&String, &Value)| match (needed.as_f64(), offered_of(name)) {
        (Some(needed), Some(offered)) if name == "iso14644_class_max" => offered <= needed,
        (Some(needed), Some(offered)) => offered >= needed,
        _ => true,
    };
    needed.as_object().into_iter().flatten().all(enough)
}

/// Whether the advert's quantity, over the days that both have, covers the need's. Units that do not convert are left to the text.
fn suffices(need: &Value, advert: &Value) -> bool {
    let of =
        |row: &Value| (row["quantity"]["value"].as_f64().unwrap_or(0.0), text(&row["quantity"], "unit").to_owned());
    let ((needed, needed_unit), (offered, offered_unit)) = (of(need), of(advert));
    let days = |row: &Value| (row.get("window").is_some()).then(|| overlap_days(&row["window"], &row["window"]) as f64);
    let shared = (need.get("window").is_some() && advert.get("window").is_some())
        .then(|| overlap_days(&need["window"], &advert["window"]) as f64);
    match (needed_unit.as_str(), offered_unit.as_str()) {
        ("h", "h") => {
            let share = shared.zip(days(advert)).map_or(1.0, |(shared, all)| shared / all);
            offered * share >= needed
        }
        ("h", "h/wk") => shared.is_none_or(|days| offered * days / 7.0 >= needed),
        ("h/wk", "h") => days(need).is_none_or(|days| offered >= needed * days / 7.0),
        (needed_unit, offered_unit) => needed_unit != offered_unit || offered >= needed,
    }
}

fn overlap_days(one: &Value, other: &Value) -> i64 {
    let edge = |window: &Value, edge: &str| day(text(window, edge)).expect("windows were read before");
    edge(one, "to").min(edge(other, "to")) - edge(one, "from").max(edge(other, "from"))
}

/// Days of a civil date since 0000-03-01 (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn day(date: &str) -> Option<i64> {
    let parts: Vec<i64> = date.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
    let [year, month, day] = parts[..] else { return None };
    let real = (1..=12).contains(&month) && (1..=31).contains(&day) && date.len() == 10;
    let year = year - i64::from(month <= 2);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    real.then_some(365 * year + year / 4 - year / 100 + year / 400 + of_year)
}

/// Great-circle distance (haversine, mean radius 6,371 km).
fn km_between(one: &str, other: &str) -> f64 {
    let place = |code: &str| {
        let (_, latitude, longitude) = REGIONS.iter().find(|(name, ..)| *name == code).expect("a known region");
        (latitude.to_radians(), longitude.to_radians())
    };
    let ((lat, lon), (to_lat, to_lon)) = (place(one), place(other));
    let half = |angle: f64| (angle / 2.0).sin().powi(2);
    2.0 * 6371.0 * (half(to_lat - lat) + lat.cos() * to_lat.cos() * half(to_lon - lon)).sqrt().asin()
}
