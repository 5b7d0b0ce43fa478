//! `match rank` and `match explain`: the engine of matching on files of cases, without a firm.
//!
//! What the engine decides is its own; here files are read, with an error that names file, line, field and remedy, and a run
//! is written. Nothing leaves the computer.

use crate::{
    arguments::{CaseFiles, RankFiles},
    failure::Failure,
    print::Printer,
};
use jiff::{civil::Date, tz::TimeZone};
use matching::{
    case::Case,
    day::Day,
    explain::Explanation,
    rank::{Market, Ranked},
    vocabulary::Vocabulary,
};
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
};

/// Reasons are told of so many adverts of each need.
const EXPLAINED: usize = 10;

/// Ranks every need, and writes the run.
pub(crate) fn rank(files: &RankFiles, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let (adverts, needs) = (cases(&files.files.adverts)?, cases(&files.files.needs)?);
    let vocabulary = Vocabulary::builtin();
    let market = Market::new(&vocabulary, &adverts, today(&files.files)?);
    let (mut run, mut reasons) = (String::new(), String::new());
    let (mut accepted, mut unanswered) = (0usize, 0usize);
    for need in &needs {
        let wanted = market.wanted(need);
        let ranked = market.rank(&wanted);
        for found in &ranked {
            let yes = u8::from(found.accepted());
            // INVARIANT: writing to a string cannot fail.
            let _ = writeln!(
                run,
                "{}\t{}\t{}.{:06}\t{yes}",
                need.id,
                market.id(found),
                found.score / 1_000_000,
                found.score % 1_000_000
            );
        }
        let yes = ranked.iter().filter(|found| found.accepted()).count();
        (accepted, unanswered) = (accepted + yes, unanswered + usize::from(yes == 0));
        if files.explain.is_some() {
            for found in ranked.iter().take(EXPLAINED) {
                if let Some((_, told)) = market.explain(&wanted, found.advert) {
                    let _ = writeln!(reasons, "{}", reasons_of(&need.id, market.id(found), found, &told));
                }
            }
        }
    }
    write(&files.out, &run)?;
    if let Some(explain) = &files.explain {
        write(explain, &reasons)?;
    }
    let none = match unanswered {
        0 => String::new(),
        some => format!(", nothing yet for {some}"),
    };
    printer.line(&format!(
        "{} needs, {} adverts: {accepted} accepted{none}; the list is in {}",
        needs.len(),
        adverts.len(),
        files.out.display()
    ))
}

/// Says why one advert stands where it does.
pub(crate) fn explain(files: &CaseFiles, need: &str, advert: &str, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let (adverts, needs) = (cases(&files.adverts)?, cases(&files.needs)?);
    let vocabulary = Vocabulary::builtin();
    let market = Market::new(&vocabulary, &adverts, today(files)?);
    let unknown = |what: &str, id: &str, path: &Path| {
        Failure::usage(&format!("no {what} has the id {id:?} in {}; give one of its ids", path.display()))
    };
    let asked = needs.iter().find(|case| case.id == need).ok_or_else(|| unknown("need", need, &files.needs))?;
    let at = market.find(advert).ok_or_else(|| unknown("advert", advert, &files.adverts))?;
    let wanted = market.wanted(asked);
    let place = market.rank(&wanted).iter().position(|found| found.advert == at);
    let Some((ranked, told)) = market.explain(&wanted, at) else {
        return Err(unknown("advert", advert, &files.adverts));
    };
    if printer.is_json() {
        let item = ranked.map_or(Value::Null, |found| reasons_of(need, advert, &found, &told));
        return printer.items("match-reasons", &[item]);
    }
    printer.line(&standing(place, ranked.as_ref(), &told))?;
    for (points, reason) in &told.reasons {
        printer.line(&format!("  {:>7.4}  {reason}", f64::from(*points) / 1_000_000.0))?;
    }
    for line in told.gaps.iter().map(|gap| format!("  removed: {gap}")).chain(told.near_miss.clone()) {
        printer.line(&line)?;
    }
    for question in &told.questions {
        printer.line(&format!("  {question}"))?;
    }
    Ok(())
}

fn standing(place: Option<usize>, ranked: Option<&Ranked>, told: &Explanation) -> String {
    match (place, ranked) {
        (Some(place), Some(found)) => {
            let accepted = if found.accepted() { "accepted" } else { "not accepted" };
            format!(
                "place {}, score {}.{:06}, fit {} and certainty {} of 1000, {accepted}",
                place + 1,
                found.score / 1_000_000,
                found.score % 1_000_000,
                found.fit,
                found.certainty
            )
        }
        _ if told.gaps.is_empty() => "not in the list: nothing in common".into(),
        _ => "not in the list: it violates a limit".into(),
    }
}

fn reasons_of(need: &str, advert: &str, found: &Ranked, told: &Explanation) -> Value {
    let reasons: Vec<Value> =
        told.reasons.iter().map(|(points, reason)| json!({"points": points, "reason": reason})).collect();
    json!({
        "need": need,
        "advert": advert,
        "score": found.score,
        "fit": found.fit,
        "certainty": found.certainty,
        "band": format!("{:?}", found.band).to_lowercase(),
        "accepted": found.accepted(),
        "reasons": reasons,
        "questions": told.questions,
        "gaps": told.gaps,
        "near_miss": told.near_miss,
    })
}

fn today(files: &CaseFiles) -> Result<Day, Failure> {
    let days = match files.as_of {
        Some(day) => i32::try_from(day.0.0).ok(),
        None => {
            let since =
                jiff::Timestamp::now().to_zoned(TimeZone::UTC).date().duration_since(Date::constant(1970, 1, 1));
            i32::try_from(since.as_hours() / 24).ok()
        }
    };
    days.map(Day).ok_or_else(|| Failure::usage("the day lies too far away; write --as-of like 2026-11-30"))
}

/// Cases of a file; an error names the line, and the field if one alone is wrong.
fn cases(path: &Path) -> Result<Vec<Case>, Failure> {
    let file = fs::File::open(path)
        .map_err(|error| Failure::usage(&format!("cannot read {} ({error}); give a file of cases", path.display())))?;
    let mut cases = Vec::new();
    let mut ids = BTreeSet::new();
    for (number, line) in (1..).zip(BufReader::new(file).lines()) {
        let wrong = |what: String| Failure::usage(&format!("{}, line {number}: {what}", path.display()));
        let line = line.map_err(|error| wrong(format!("not text in UTF-8 ({error}); write the file anew")))?;
        if line.trim().is_empty() {
            continue;
        }
        let object: Map<String, Value> = serde_json::from_str(&line)
            .map_err(|error| wrong(format!("no JSON object ({error}); write one object a line")))?;
        let case: Case =
            serde_json::from_value(Value::Object(object.clone())).map_err(|error| wrong(field(&object, &error)))?;
        if case.id.is_empty() {
            return Err(wrong("field \"id\" is missing; give every case an id of its own".into()));
        }
        if !ids.insert(case.id.clone()) {
            return Err(wrong(format!("the id {:?} is taken by an earlier line; give every case its own", case.id)));
        }
        cases.push(case);
    }
    Ok(cases)
}

/// Which field is wrong: the one that is refused when it stands alone.
fn field(object: &Map<String, Value>, whole: &serde_json::Error) -> String {
    let alone = |(name, value): (&String, &Value)| {
        let one = Map::from_iter([(name.clone(), value.clone())]);
        let error = serde_json::from_value::<Case>(Value::Object(one)).err()?;
        Some(format!("field {name:?}: {error}; correct it or leave it out"))
    };
    object.iter().find_map(alone).unwrap_or_else(|| format!("{whole}; correct it"))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let written = fs::File::create(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| {
        Failure::of("file", &format!("cannot write {} ({error}); choose another place", path.display()))
    })
}
