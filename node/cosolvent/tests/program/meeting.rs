//! Two firms' nodes and a sponsor, each a process or runtime of its own: a need finds an idle machine, and people write.

use crate::place::{Place, Sponsor};
use serde_json::Value;

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

#[test]
fn a_silent_need_finds_an_idle_machine_and_a_person_decides_each_word() {
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

    let answer = supplier.until(&["approval", "list"], waiting("answer"));
    assert_eq!(supplier.approve(&answer).code, 0);
    let deal = buyer.until(&["deal", "list"], |items| {
        let deal = items.first()?;
        ["answer", "viable"].contains(&deal["reached"].as_str()?).then(|| deal.clone())
    });
    assert_eq!(deal["counterpart"], Value::Null, "nobody has a name yet");
    let shown = supplier.items(&["deal", "list"]);
    assert_eq!(shown[0]["id"], deal["id"]);
    assert!(!shown[0].to_string().contains("Buyer Aerospace"));

    assert_eq!(at_supplier.stop(), Some(0));
    assert_eq!(at_buyer.stop(), Some(0));
}
