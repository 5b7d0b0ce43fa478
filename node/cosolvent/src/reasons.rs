//! A match in sentences: what is needed, what is offered, how it fares, what to ask, what stands in the way.

use firm::matching::Word;
use protocol::vocabulary::Language;
use serde_json::Value;
use std::fmt::Write as _;

/// One match, from the band down to where the score comes from.
pub(crate) fn found(found: &Value) -> String {
    let mut out = format!("{} with {}: ", text(&found["title"]), text(&found["callsign"]));
    report(&mut out, &found["report"]);
    out
}

/// Why nothing fits an item yet.
pub(crate) fn unmet(item: &Value) -> String {
    let (title, counts) = (text(&item["title"]), &item["unmet"]);
    let all = &counts["compared"];
    let mut out = format!("{title} ({}): {all} notices of its kind were compared\n", text(&item["item"]));
    for blocked in list(&counts["blocked"]) {
        let field = text(&blocked["field"]);
        let _ = writeln!(out, "  {} of {all} fail on {field}, {} on it alone", blocked["adverts"], blocked["alone"]);
    }
    if counts["other_work"].as_u64() > Some(0) {
        let _ = writeln!(out, "  {} of {all} are other work, or leave too much open", counts["other_work"]);
    }
    for miss in list(&item["near"]) {
        let near = list(&miss["report"]["requirements"]).iter().find_map(near);
        let _ = writeln!(out, "  {}: {}", text(&miss["callsign"]), near.unwrap_or_default());
    }
    out.trim_end().into()
}

/// A knowledge pack and what its rules ask.
pub(crate) fn pack(pack: &Value) -> String {
    let added = pack["added"].as_str().map_or("built in".into(), |at| format!("added {at}"));
    let mut out = format!("{} version {}, {added}\n", text(&pack["id"]), pack["version"]);
    let _ = writeln!(out, "sha256  {}", text(&pack["sha256"]));
    if let Some(fault) = pack["fault"].as_str() {
        let _ = writeln!(out, "out of force: {fault}");
    }
    for rule in list(&pack["rules"]) {
        let _ = writeln!(
            out,
            "rule    {}: where {} is missing, for {}",
            text(&rule["rule"]),
            label(&rule["missing"]),
            labels(&rule["work"])
        );
        if !list(&rule["beside"]).is_empty() {
            let _ = writeln!(out, "        if the need also names {}", labels(&rule["beside"]));
        }
        condition(&mut out, rule);
    }
    out.trim_end().into()
}

/// What must be done, in both languages, and who shows what.
fn condition(out: &mut String, condition: &Value) {
    let _ = writeln!(out, "  do    {}", text(&condition["english"]));
    let _ = writeln!(out, "  faire {}", text(&condition["french"]));
    for proof in list(&condition["shows"]) {
        let by = if proof["by"] == "need" { "the side that needs the work" } else { "the side that offers it" };
        let _ = writeln!(out, "  show  {by}: {}", label(&proof["what"]));
    }
}

fn report(out: &mut String, report: &Value) {
    let per_mille = |points: &Value| points.as_u64().unwrap_or(0) / 1_000;
    let _ = writeln!(out, "{}; fit {} ‰, certainty {} ‰", text(&report["band"]), report["fit"], report["certainty"]);
    let lines = list(&report["requirements"]);
    for line in lines {
        let field = text(&line["field"]);
        let (needed, offered) = (shown(field, &line["needed"]), shown(field, &line["offered"]));
        let (verdict, points) = (text(&line["verdict"]), per_mille(&line["points"]));
        let _ = writeln!(out, "{points:4} ‰  {field}: {verdict}; needed {needed}, offered {offered}");
    }
    for word in list(&report["words"]) {
        let offered = if word["offered"].is_null() { "nothing like it".into() } else { label(&word["offered"]) };
        let (needed, points) = (label(&word["needed"]), per_mille(&word["points"]));
        let _ = writeln!(out, "{points:4} ‰  {needed} ← {offered}");
    }
    let letters = per_mille(&report["letters"]);
    let _ = writeln!(out, "{letters:4} ‰  texts that are alike, or the work that stands for them");
    for rule in list(&report["conditions"]) {
        let (pack, id) = (text(&rule["pack"]), text(&rule["rule"]));
        let _ = writeln!(out, "if      {} is missing (rule {id} of {pack}):", label(&rule["missing"]));
        condition(out, rule);
    }
    lines.iter().filter_map(question).for_each(|question| {
        let _ = writeln!(out, "ask     {question}");
    });
    lines.iter().filter_map(near).for_each(|near| {
        let _ = writeln!(out, "close   {near}");
    });
    out.truncate(out.trim_end().len());
}

fn question(line: &Value) -> Option<String> {
    let field = text(&line["field"]);
    let needed = shown(field, &line["needed"]);
    match text(&line["verdict"]) {
        "unknown" => Some(format!("{field}: nobody has said whether {needed} is met")),
        "partial" => Some(format!("{field}: {needed} is met in part, or perhaps; ask exactly")),
        _ => None,
    }
}

fn near(line: &Value) -> Option<String> {
    let (field, near) = (text(&line["field"]), &line["near"]);
    if near == "offered" {
        return Some(format!("{field}: would match if {} were enough", shown(field, &line["offered"])));
    }
    let days = near["days"].as_u64().map(|days| format!("would match if the window moved {days} days"));
    days.or_else(|| Some(format!("would match if {} km more were near enough", near["kilometres"].as_u64()?)))
}

/// A value in the unit of its field.
fn shown(field: &str, value: &Value) -> String {
    let Some((kind, value)) = value.as_object().and_then(|value| value.iter().next()) else { return "not said".into() };
    match kind.as_str() {
        "distance" => format!("{} km, give or take {} km", value["km"], value["give_or_take_km"]),
        "words" => labels(value),
        "measured" => format!("{} {}", text(&value["measure"]), text(&value["number"])),
        "exactly" => value
            .as_object()
            .and_then(|value| value.values().next())
            .map_or(String::new(), |value| exactly(field, value)),
        _ => text(value).into(),
    }
}

fn exactly(field: &str, value: &Value) -> String {
    match value {
        Value::Number(number) => match field {
            "tolerance" => format!("±{} mm", number.as_f64().unwrap_or(0.0) / 1_000.0),
            "envelope" => format!("{number} mm"),
            "hours" => format!("{number} h"),
            _ => format!("{number} km"),
        },
        Value::Bool(true) => "yes".into(),
        Value::Bool(false) => "no".into(),
        Value::Array(codes) => codes.iter().map(text).collect::<Vec<_>>().join(", "),
        Value::Object(weeks) => format!("{} to {}", text(&weeks["first"]), text(&weeks["last"])),
        other => text(other).into(),
    }
}

fn label(word: &Value) -> String {
    let word: Option<Word> = serde_json::from_value(word.clone()).ok();
    word.map_or_else(String::new, |word| word.label(Language::English).into())
}

fn labels(words: &Value) -> String {
    list(words).iter().map(label).collect::<Vec<_>>().join(", ")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("-")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_match_is_told_requirement_by_requirement_with_questions_and_what_barely_fails() {
        let line = |field: &str, verdict: &str, needed: Value, offered: Value, near: Value| json!({"field": field, "verdict": verdict, "needed": needed, "offered": offered, "points": 60_000, "near": near});
        let told = found(&json!({"title": "Mandrels", "callsign": "amber-otter-12", "report": {
            "band": "ask", "fit": 866, "certainty": 900, "letters": 104_000,
            "requirements": [
                line("tolerance", "gap", json!({"exactly": {"number": 5}}), json!({"exactly": {"number": 10}}), json!("offered")),
                line("area", "partial", json!({"band": "100km"}),
                    json!({"distance": {"km": 47, "give_or_take_km": 60}}), Value::Null),
                line("credentials", "unknown", json!({"exactly": {"credentials": ["AS9100D"]}}), json!("nothing"), Value::Null),
                line("weeks", "gap", json!({"exactly": {"weeks": {"first": "2026-W47", "last": "2026-W49"}}}),
                    json!("nothing"), json!({"days": 12})),
            ],
            "words": [{"needed": "ti64", "offered": "titanium", "closeness": 700, "points": 20_000}],
        }}));
        for sentence in [
            "Mandrels with amber-otter-12: ask; fit 866 ‰, certainty 900 ‰",
            "60 ‰  tolerance: gap; needed ±0.005 mm, offered ±0.01 mm",
            "needed 100km, offered 47 km, give or take 60 km",
            "ask     credentials: nobody has said whether AS9100D is met",
            "close   tolerance: would match if ±0.01 mm were enough",
            "close   would match if the window moved 12 days",
            "20 ‰  ti-6al-4v ← titanium",
        ] {
            assert!(told.contains(sentence), "{sentence} in\n{told}");
        }
    }

    #[test]
    fn a_need_without_a_match_says_which_limit_blocks_how_many() {
        let told = unmet(&json!({"title": "Mandrels", "item": "0a", "near": [], "unmet":
            {"compared": 11, "other_work": 2, "blocked": [{"field": "tolerance", "adverts": 8, "alone": 5}]}}));
        assert!(told.contains("8 of 11 fail on tolerance, 5 on it alone"), "{told}");
    }
}
