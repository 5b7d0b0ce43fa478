//! How good the lists are, against graded cases.

mod measure;

use matching::{case::Case, day::Day, rank::Market, vocabulary::Vocabulary};
use measure::{Found, Graded, HEAD, Sums, qrels};
use std::{collections::BTreeMap, fs, path::Path, path::PathBuf};

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn cases(path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{}:{}: {error}", path.display(), at + 1))
        })
        .collect()
}

/// Every slice of a folder of cases, by name; `all` has them all.
fn measured(folder: &Path) -> BTreeMap<String, Sums> {
    let vocabulary = Vocabulary::builtin();
    let today = Day::parse("2026-03-02").expect("a date");
    let adverts = cases(&folder.join("adverts.jsonl"));
    let needs = cases(&folder.join("needs.jsonl"));
    let grades = qrels(&fs::read_to_string(folder.join("qrels.tsv")).expect("qrels.tsv"));
    let market = Market::new(&vocabulary, &adverts, today);
    let mut slices: BTreeMap<String, Sums> = BTreeMap::new();
    for need in &needs {
        let none = Graded::default();
        let graded = grades.get(&need.id).unwrap_or(&none);
        let ranked = market.rank(&market.wanted(need));
        let run: Vec<Found> = ranked
            .iter()
            .map(|found| Found { advert: market.id(found).to_owned(), accepted: found.accepted() })
            .collect();
        for slice in slices_of(need) {
            slices.entry(slice).or_default().add(&run, graded);
        }
        let mut own = Sums::default();
        own.add(&run, graded);
        println!(
            "{} nDCG {:.3} {:?} {:?} {:?}",
            need.id,
            own.ndcg(),
            need.category,
            market.wanted(need).facts().category,
            need.text
        );
        for (advert, line) in wrong(&run, graded) {
            println!("{} {advert} {line} | {}", need.id, need.text);
            let told = market.find(&advert).and_then(|at| market.explain(&market.wanted(need), at));
            let told = told.map(|(_, told)| told).unwrap_or_default();
            for gap in told.gaps.iter().chain(&told.questions) {
                println!("        {gap}");
            }
            for (points, reason) in told.reasons {
                println!("      {points:>8} {reason}");
            }
        }
    }
    slices
}

/// What a person would look at: good adverts that are late or not accepted, wrong ones that are early or accepted.
fn wrong(run: &[Found], graded: &Graded) -> Vec<(String, String)> {
    let place = |advert: &str| run.iter().position(|found| found.advert == advert);
    let mut lines = Vec::new();
    for (advert, grade) in &graded.grades {
        let at = place(advert);
        let accepted = at.and_then(|at| run.get(at)).is_some_and(|found| found.accepted);
        let late = at.is_none_or(|at| at >= 10);
        if *grade >= 2 && (late || !accepted) {
            lines.push((advert.clone(), format!("MISSED, grade {grade}, at {at:?}")));
        }
        if graded.hard.contains_key(advert) && (accepted || at.is_some_and(|at| at < 5)) {
            lines.push((advert.clone(), format!("HARD {:?}, at {at:?}, accepted {accepted}", graded.hard.get(advert))));
        }
    }
    for found in run.iter().filter(|found| found.accepted && graded.grades.get(&found.advert).copied().unwrap_or(0) < 2)
    {
        lines.push((found.advert.clone(), format!("WRONG, at {:?}", place(&found.advert))));
    }
    lines
}

fn slices_of(need: &Case) -> Vec<String> {
    let mut slices = vec!["all".to_owned()];
    slices.push(format!("lang {}", need.lang.as_deref().unwrap_or("?")));
    slices.push(format!("category {}", need.category.as_deref().unwrap_or("(text)")));
    let fields = need.process.is_some()
        || need.materials.is_some()
        || need.envelope_mm.is_some()
        || need.tolerance_mm.is_some()
        || need.certifications.is_some()
        || need.skills.is_some()
        || need.capacity.is_some();
    if !fields {
        slices.push("free text only".to_owned());
    }
    let number: u32 =
        need.id.bytes().filter(u8::is_ascii_digit).fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
    slices.push(if number % 2 == 1 { "odd (tuned on)" } else { "even (looked at)" }.to_owned());
    slices
}

fn table(name: &str, slices: &BTreeMap<String, Sums>) {
    println!("{name}\n{HEAD}");
    for (slice, sums) in slices {
        println!("{}", sums.row(slice));
    }
}

#[test]
fn small_cases_are_ranked_and_accepted_as_graded() {
    let slices = measured(&folder("tests/cases"));
    table("small cases", &slices);
    let all = slices.get("all").expect("all");
    assert_eq!((all.hard_accepted, all.offered_unanswerable), (0, 0));
    assert!(all.ndcg() >= 0.95 && all.first() >= 0.99 && all.accept_recall() >= 0.9 && all.accept_precision() >= 0.9);
}

#[test]
fn public_cases_are_ranked_and_accepted_as_graded() {
    let slices = measured(&folder("../../tests/matching"));
    table("public cases", &slices);
}
