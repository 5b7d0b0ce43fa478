//! Two firms' nodes and a sponsor, each a process or runtime of its own: a need finds an idle machine, and people write.

use crate::keeping;
use crate::place::{PATIENCE, Place, Sponsor};
use protocol::time::UnixMs;
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
    let week = UnixMs(node::driver::Clock::system().now().wall.0).week();
    format!("{week}..{}", week.plus(4))
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
clauses = ["Parts are fetched by the buyer's carrier."]
[provisions]
operator = "offering-side"
supplies-material = "needing-side"
supplies-tooling = "offering-side"
supplies-programs = "offering-side"
quality = "drawing"
final-inspection = "needing-side"
scrap = "offering-side"
intellectual-property = "needing-side"
confidentiality = 24
liability-cap = "5000.00 CAD"
insurance = "text: Certificate 1204, to 2090-12-31"
taxes = "added"
payment-days = 30
cancel-notice = 48
governing-law = "ontario"
record-language = "english"
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
    supplier.items(&[&add("resource", "Five-axis centre, second shift")[..], &["--limit", "185.00 CAD"]].concat());
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

    // Either side may take another transport identity meanwhile.
    for firm in [&supplier, &buyer] {
        let before = firm.items(&["keys", "show"])[0]["transport"]["peer"].clone();
        let moved = &firm.items(&["keys", "rotate", "--transport"])[0]["transport"];
        assert!(moved["next"].is_null() && moved["peer"] != before, "{moved}");
    }

    let file = supplier.path("terms.toml");
    fs::write(&file, TERMS).unwrap();
    let said = supplier.run(&["--json", "deal", "propose", &deal, file.to_str().unwrap()]);
    assert_eq!((said.code, said.error().as_str()), (3, "needs-person"), "{said:?}");
    both_decide(&supplier, &buyer, &deal, |deal| deal["waiting"]["step"] == "outcome");
    let told = buyer.run(&["deal", "show", &deal, "--language", "fr"]).out;
    assert!(told.contains("Quel droit s’applique\u{a0}: Ontario") && told.contains("24 mois"), "{told}");
    for firm in [&supplier, &buyer] {
        let said = firm.run(&["--json", "deal", "outcome", &deal, "completed"]);
        assert_eq!(said.code, 3, "{said:?}");
    }
    both_decide(&supplier, &buyer, &deal, |deal| deal["state"] == "completed");
    let trust = &buyer.items(&["trust", "show"])[0];
    assert_eq!((&trust["completed"], &trust["engagements"][0]["with"]), (&1.into(), &"Supplier Machining".into()));
    keeping::what_left_is_listed_exported_and_verified(&buyer);
    keeping::the_firm_takes_everything_along(&supplier, &deal);

    assert_eq!(at_supplier.stop(), Some(0));
    assert_eq!(at_buyer.stop(), Some(0));
}
