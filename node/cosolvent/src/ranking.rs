//! `match rank` and `match explain`: the node's own matching over files of adverts and needs, without a node.

use crate::{arguments::Cases, failure::Failure, packs, print::Printer};
use matching::{
    case::Case,
    day::Day,
    explain::Explanation,
    rank::{Market, Wanted},
};
use serde_json::json;
use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs::{self, File},
    io::{self, BufWriter, Write as _},
    path::Path,
};

/// So many adverts of each need are explained in a file.
const EXPLAINED: usize = 10;

/// Ranks every advert for every need.
pub(crate) fn rank(
    cases: &Cases,
    out: &Path,
    explain: Option<&Path>,
    printer: &mut Printer<'_>,
) -> Result<(), Failure> {
    let (adverts, needs) = (read(&cases.adverts)?, read(&cases.needs)?);
    let vocabulary = packs::load(&cases.packs)?;
    let market = Market::new(&vocabulary, &adverts, today(cases));
    let mut run = String::new();
    let mut reasons = String::new();
    let (mut listed, mut accepted) = (0, 0);
    for need in &needs {
        let wanted = market.wanted(need);
        let ranked = market.rank(&wanted);
        for found in &ranked {
            let (id, taken) = (market.id(found), found.accepted());
            listed += 1;
            accepted += usize::from(taken);
            let _ = writeln!(run, "{}\t{id}\t{}\t{}", need.id, found.score, u8::from(taken));
        }
        if explain.is_some() {
            for found in ranked.iter().take(EXPLAINED) {
                let told = Explanation::of_ranked(&market, &wanted, found);
                let line =
                    json!({"need": need.id, "advert": market.id(found), "accepted": found.accepted(), "why": told});
                let _ = writeln!(reasons, "{line}");
            }
        }
    }
    write(out, &run)?;
    if let Some(path) = explain {
        write(path, &reasons)?;
    }
    let told = json!({
        "adverts": adverts.len(), "needs": needs.len(), "listed": listed, "accepted": accepted,
        "packs_sha256": vocabulary.digest().to_string(),
    });
    if printer.is_json() {
        return printer.items("match-run", &[told]);
    }
    printer.line(&format!(
        "{} needs against {} adverts: {listed} fit some of what is asked, {accepted} are worth a question; written to {}",
        needs.len(),
        adverts.len(),
        out.display()
    ))
}

/// Says why one advert fits one need, or why not.
pub(crate) fn explain(cases: &Cases, need: &str, advert: &str, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let (adverts, needs) = (read(&cases.adverts)?, read(&cases.needs)?);
    let missing = |what: &str, id: &str, path: &Path| {
        let sentence = format!("there is no {what} {id:?} in {}; take an id from its lines", path.display());
        Failure::of("not-found", &sentence)
    };
    let found = needs.iter().find(|case| case.id == need).ok_or_else(|| missing("need", need, &cases.needs))?;
    let vocabulary = packs::load(&cases.packs)?;
    let market = Market::new(&vocabulary, &adverts, today(cases));
    let wanted: Wanted = market.wanted(found);
    let ranked = market.rank(&wanted);
    let listed = ranked.iter().find(|found| market.id(found) == advert);
    let told = match listed {
        Some(found) => Explanation::of_ranked(&market, &wanted, found),
        None => market.find(advert).and_then(|at| Explanation::of(&market, &wanted, at)),
    };
    let told = told.ok_or_else(|| missing("advert", advert, &cases.adverts))?;
    if printer.is_json() {
        let item = serde_json::to_value(&told).map_err(|error| Failure::of("output", &error))?;
        return printer.items("match-explanation", &[item]);
    }
    printer.line(&outline(&told))
}

fn outline(told: &Explanation) -> String {
    let mut out = String::new();
    let thousandths = |points: u32| format!("{:3}.{:01}", points / 10_000, points / 1_000 % 10);
    let _ = writeln!(
        out,
        "{}: score {} %, fit {} ‰, certainty {} ‰",
        told.band,
        thousandths(told.score).trim(),
        told.fit,
        told.certainty
    );
    for reason in &told.terms {
        let offered = reason.offered.as_deref().unwrap_or("nothing like it");
        let _ = writeln!(out, "{}  {} ← {offered} ({} ‰)", thousandths(reason.points), reason.needed, reason.closeness);
    }
    for limit in &told.limits {
        let said = |value: &Option<String>| value.clone().unwrap_or_else(|| "not said".into());
        let _ = writeln!(
            out,
            "{}  {}: {}; needed {}, offered {}",
            thousandths(limit.points),
            limit.limit,
            limit.verdict,
            said(&limit.needed),
            said(&limit.offered)
        );
    }
    let _ = writeln!(out, "{}  letters that both texts share", thousandths(told.letters));
    for condition in &told.conditions {
        let _ = writeln!(out, "if     {} ({}): {}", condition.limit, condition.rule, condition.english);
        let _ = writeln!(out, "si     {}", condition.french);
        for (who, shown) in [("this side", &condition.shown_here), ("the other side", &condition.shown_there)] {
            shown.iter().for_each(|proof| {
                let _ = writeln!(out, "show   {who}: {proof}");
            });
        }
    }
    told.questions.iter().for_each(|question| {
        let _ = writeln!(out, "ask    {question}");
    });
    told.near_misses.iter().for_each(|miss| {
        let _ = writeln!(out, "close  {miss}");
    });
    out.trim_end().to_owned()
}

fn today(cases: &Cases) -> Day {
    Day(i32::try_from(cases.as_of.0).unwrap_or(i32::MAX / 2))
}

/// The cases of a file, one on each line.
fn read(path: &Path) -> Result<Vec<Case>, Failure> {
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::of("file", &format!("cannot read {} ({error}); check the path", path.display())))?;
    let mut ids = BTreeSet::new();
    let lines = text.trim_start_matches('\u{feff}').lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let cases = lines.map(|(line, number)| {
        let wrong = |why: &str| {
            let place = format!("{} line {number}", path.display());
            Failure::of("case", &format!("{place}: {why}; correct that line (nothing was written)"))
        };
        let case: Case = serde_json::from_str(line).map_err(|error| wrong(&error.to_string()))?;
        if case.id.is_empty() || case.id.contains(['\t', '\n']) {
            return Err(wrong("each case needs an `id` without tabs"));
        }
        if !ids.insert(case.id.clone()) {
            return Err(wrong(&format!("the id {:?} was used before", case.id)));
        }
        Ok(case)
    });
    cases.collect()
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let written = || -> io::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        file.write_all(text.as_bytes())?;
        file.flush()
    };
    written().map_err(|error| {
        Failure::of("file", &format!("cannot write {} ({error}); choose another place", path.display()))
    })
}
