//! The hard limits written down once more, in floating point and over fields alone: what the set is checked against, and what
//! nothing that the engine accepts may break. A whole kilometre is left for rounding.

use crate::text;
use matching::day::Day;
use serde_json::Value;
use std::collections::BTreeSet;

/// Region codes with latitude and longitude in degrees.
pub(crate) const REGIONS: [(&str, f64, f64); 27] = [
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

fn words(row: &Value, field: &str) -> BTreeSet<String> {
    row[field].as_array().into_iter().flatten().filter_map(|word| word.as_str().map(str::to_owned)).collect()
}

/// Limits that both sides state in fields and the advert does not meet.
pub(crate) fn broken_limits(need: &Value, advert: &Value) -> Vec<&'static str> {
    let mut broken = Vec::new();
    let mut limit = |name, met: Option<bool>| {
        if met == Some(false) {
            broken.push(name);
        }
    };
    let both = |field: &str| !need[field].is_null() && !advert[field].is_null();
    let holds = |field: &str, met: &dyn Fn() -> bool| both(field).then(met);
    let far = need["max_km"]
        .as_f64()
        .is_some_and(|most| km_between(text(need, "region"), text(advert, "region")) > most + 1.0);
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
    let days =
        |row: &Value| (!row["window"].is_null()).then(|| f64::from(overlap_days(&row["window"], &row["window"])));
    let shared = (!need["window"].is_null() && !advert["window"].is_null())
        .then(|| f64::from(overlap_days(&need["window"], &advert["window"])));
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

fn overlap_days(one: &Value, other: &Value) -> i32 {
    let edge = |window: &Value, edge: &str| Day::parse(text(window, edge)).expect("windows were read before").0;
    edge(one, "to").min(edge(other, "to")) - edge(one, "from").max(edge(other, "from"))
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
