//! Two firms' nodes and a sponsor, each a process or runtime of its own: a need finds an idle machine, and people write.

use crate::place::{PATIENCE, Place, Sponsor};
use serde_json::Value;
use std::{
    fs,
    time::{Duration, Instant},
};

const ITEM: [&str; 14] = [
    "--class",
    "machine-with-operator",
    "--process",
    "machining.milling.five-axis",
    "--materials",
    "titanium",
    "--tolerance-um",
    "10",
    "--site",
    "43.4516, -80.4925",
    "--hours",
    "40",
    "--presence",
    "on-site",
];

/// Weeks that begin with this one, by the computer's clock.
fn weeks() -> String {
    let today = jiff::Timestamp::from_millisecond(i64::try_from(node::driver::Clock::system().now().wall.0).unwrap());
    let today = jiff::tz::Offset::UTC.to_datetime(today.unwrap()).date();
    let written = |date: jiff::civil::Date| {
        let week = date.iso_week_date();
        format!("{}-W{:02}", week.year(), week.week())
    };
    let later = jiff::civil::Date::new(today.year(), today.month(), today.day()).unwrap();
    let later = later.checked_add(jiff::Span::new().days(28)).unwrap();
    format!("{}..{}", written(today), written(later))
}

fn waiting(step: &'static str) -> impl Fn(&[Value]) -> Option<String> {
    move |items| {
        let asked = items.iter().find(|item| item["step"] == step && item["state"] == "waiting")?;
        asked["id"].as_str().map(str::to_string)
    }
}

fn is_stocked(items: &[Value]) -> Option<()> {
    let passes = items[0]["passes"].as_array()?;
    passes.iter().all(|count| count.as_u64().is_some_and(|count| count > 0)).then_some(())
}

const TERMS: &str = r#"
instrument = "capacity-rental"
first = "2090-03-06"
last = "2090-03-24"
clauses = ["The buyer supplies material."]
[[lines]]
what = "Five-axis centre with operator"
hours = 40
hourly = "185.00 CAD"
"#;

/// Approves whatever waits on either side until both show the deal as wanted.
fn both_decide(supplier: &Place, buyer: &Place, deal: &str, wanted: impl Fn(&Value) -> bool) {
    let start = Instant::now();
    loop {
        let shown = [supplier, buyer].map(|firm| firm.items(&["deal", "show", deal])[0].clone());
        if shown.iter().all(&wanted) {
            return;
        }
        for firm in [supplier, buyer] {
            let asked = firm.items(&["approval", "list"]);
            for question in asked.iter().filter(|asked| asked["state"] == "waiting") {
                // A question may become moot while it is being decided.
                let said = firm.approve(question["id"].as_str().unwrap());
                assert!([0, 1].contains(&said.code), "{said:?}");
            }
        }
        assert!(start.elapsed() < PATIENCE, "still {shown:#?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_silent_need_finds_an_idle_machine_and_two_people_carry_it_to_an_outcome() {
    let sponsor = Sponsor::start();
    let (supplier, buyer) = (Place::new(), Place::new());
    assert_eq!(supplier.init_as("Supplier Machining", &sponsor.invitation()).code, 0);
    assert_eq!(buyer.init_as("Buyer Aerospace", &sponsor.invitation()).code, 0);
    let (at_supplier, at_buyer) = (supplier.start(), buyer.start());
    let weeks = weeks();
    let add = |noun, title| [&[noun, "add", "--title", title, "--weeks", &weeks][..], &ITEM].concat();

    supplier.until(&["status"], is_stocked);
    supplier.items(&add("resource", "Five-axis centre, second shift"));
    let notice = supplier.until(&["approval", "list"], waiting("advertise"));
    assert_eq!(supplier.approve(&notice).code, 0);

    buyer.until(&["status"], is_stocked);
    buyer.items(&add("need", "Brackets for a new programme"));
    let found = buyer.until(&["match", "list"], |items| items.first().cloned());
    assert_eq!(found["title"], "Brackets for a new programme");
    assert_eq!(buyer.items(&["status"])[0]["adverts"], 1, "the need itself stays silent");
    let interest = buyer.until(&["approval", "list"], waiting("interest"));
    assert_eq!(buyer.approve(&interest).code, 0);

    let deal = buyer.until(&["deal", "list"], |items| items.first()?["id"].as_str().map(str::to_string));
    supplier.until(&["deal", "list"], |items| items.iter().any(|known| known["id"] == deal.as_str()).then_some(()));
    both_decide(&supplier, &buyer, &deal, |deal| deal["waiting"]["step"] == "opt-in");
    assert_eq!(supplier.items(&["deal", "show", &deal])[0]["counterpart"], Value::Null, "nobody has a name yet");
    both_decide(&supplier, &buyer, &deal, |deal| deal["waiting"]["step"] == "terms");
    let seen = &supplier.items(&["deal", "show", &deal])[0];
    assert_eq!(seen["counterpart"]["legal_name"], "Buyer Aerospace");
    assert_eq!(seen["counterpart"]["vouched_by"], "Valley Association");

    let file = supplier.path("terms.toml");
    fs::write(&file, TERMS).unwrap();
    let said = supplier.run(&["--json", "deal", "propose", &deal, file.to_str().unwrap()]);
    assert_eq!((said.code, said.error().as_str()), (3, "needs-person"), "{said:?}");
    both_decide(&supplier, &buyer, &deal, |deal| deal["waiting"]["step"] == "outcome");
    for firm in [&supplier, &buyer] {
        let said = firm.run(&["--json", "deal", "outcome", &deal, "completed"]);
        assert_eq!(said.code, 3, "{said:?}");
    }
    both_decide(&supplier, &buyer, &deal, |deal| deal["state"] == "completed");
    let trust = &buyer.items(&["trust", "show"])[0];
    assert_eq!((&trust["completed"], &trust["engagements"][0]["with"]), (&1.into(), &"Supplier Machining".into()));
    what_left_is_listed_exported_and_verified(&buyer);

    assert_eq!(at_supplier.stop(), Some(0));
    assert_eq!(at_buyer.stop(), Some(0));
}

fn what_left_is_listed_exported_and_verified(buyer: &Place) {
    let all = buyer.items(&["audit", "list"]);
    assert!(all.iter().zip(1_u64..).all(|(row, number)| row["number"] == number && row["by"] == "asha"), "{all:#?}");
    let names = |rows: &[Value]| rows.iter().filter(|row| row["field"] == "legal-name").count();
    assert_eq!(names(&all), 1, "the name left once");
    let named = buyer.items(&["audit", "list", "--to", "supplier machining"]);
    assert_eq!(named, all, "a silent need told nobody else anything");
    assert_eq!(buyer.items(&["audit", "list", "--by", "bert"]), [Value::Null; 0]);
    assert_eq!(buyer.items(&["audit", "list", "--until", "2020-01-01"]), [Value::Null; 0]);

    let (file, table) = (buyer.path("audit.jsonl"), buyer.path("audit.csv"));
    for path in [&file, &table] {
        assert_eq!(buyer.run(&["audit", "export", path.to_str().unwrap()]).code, 0);
    }
    let again = buyer.run(&["--json", "audit", "export", file.to_str().unwrap()]);
    assert_eq!((again.code, again.error().as_str()), (1, "file"), "nothing is written over");
    assert_eq!(fs::read_to_string(table).unwrap().lines().count(), all.len() + 1);

    let verify = |path: &std::path::Path, noted: &str| {
        buyer.run(&["--json", "audit", "verify", path.to_str().unwrap(), "--noted", noted])
    };
    let noted = |row: &Value| format!("{}:{}", row["number"], row["hash"].as_str().unwrap());
    let (middle, last) = (noted(&all[all.len() / 2]), noted(&all[all.len() - 1]));
    let said = verify(&file, &middle);
    assert_eq!((said.code, &said.json()["items"][0]["last"]), (0, &last.into()), "{said:?}");
    let other = format!("1:{}", all[1]["hash"].as_str().unwrap());
    assert_eq!(verify(&file, &other).error(), "audit-broken", "not what was noted");
    let text = fs::read_to_string(&file).unwrap();
    for (what, changed) in [
        ("changed", text.replacen("\"by\":\"asha\"", "\"by\":\"bert\"", 1)),
        ("moved", text.lines().rev().map(|line| format!("{line}\n")).collect()),
    ] {
        fs::write(&file, changed).unwrap();
        assert_eq!(verify(&file, &middle).error(), "audit-broken", "{what}");
    }
    let part: String = text.lines().step_by(2).map(|line| format!("{line}\n")).collect();
    fs::write(&file, part).unwrap();
    let said = verify(&file, &noted(&all[0]));
    assert_eq!((said.code, &said.json()["items"][0]["whole"]), (0, &false.into()), "{said:?}");
}
