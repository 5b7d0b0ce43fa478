//! The policy as its owner reads it, tries it out, changes it by a file, and what refuses a mistake.

use crate::place::{Place, Sponsor};
use protocol::time::UnixMs;
use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

/// A rule of every kind, with a last day that is still to come.
fn every_kind() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    let until = UnixMs(now.try_into().unwrap()).day().plus(30);
    include_str!("../policies/every-kind.toml").replace("2027-01-31", &until.to_string())
}

const RESOURCE: &str = r#"
title = "Five-axis centre, second shift"
class = "machine-with-operator"
process = "machining.milling.five-axis"
materials = ["titanium"]
tolerance_um = 10
site = "43.4516, -80.4925"
weeks = "2090-W10..2090-W12"
hours = 60
mode = "silent"
"#;

#[test]
fn an_owner_changes_the_policy_by_a_file_and_it_explains_itself() {
    let (sponsor, place) = (Sponsor::start(), Place::new());
    assert_eq!(place.init(&sponsor.invitation()).code, 0);
    let file = |name: &str, text: &str| {
        let path = place.path(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_string()
    };
    let shown = place.run(&["policy", "show"]);
    assert!(shown.out.starts_with("# Version 1") && shown.out.contains("when the firm had no owner"), "{shown:?}");
    let kept = file("kept.toml", &shown.out);
    let every_kind = every_kind();
    let (rules, asha) = (file("rules.toml", &every_kind), place.path("asha"));
    let asha = asha.to_str().unwrap();
    let set = |file: &str, more: &[&str]| {
        place.run(&[&["policy", "set", file, "--as", "asha", "--password-file", asha], more].concat())
    };

    let faulty = file("faulty.toml", &every_kind.replace("\"signer\"", "\"singer\""));
    let said = set(&faulty, &["--yes"]);
    assert!(
        said.code == 2 && said.err.contains("rule 2: who: \"singer\" is not known; did you mean signer?"),
        "{said:?}"
    );
    let said = set(&file("capless.toml", &every_kind.replace("= 6", "= 0")), &["--yes"]);
    assert!(said.code == 1 && said.err.contains("rule 5: cap_hours"), "{said:?}");
    let endless = every_kind.replace("until = \"20", "until = \"21");
    let said = set(&file("endless.toml", &endless), &["--yes"]);
    assert!(said.code == 1 && said.err.contains("rule 16: until: write a day from"), "{said:?}");
    let said = set(&rules, &[]);
    assert!(said.code == 3 && said.out.contains("+ cap_hours = 6, per = \"week\""), "shown first: {said:?}");
    let said = set(&rules, &["--yes"]);
    assert!(
        said.code == 0 && said.out.contains("Version 2 would keep 2 rules") && said.out.contains("- decide = \"sign\""),
        "{said:?}"
    );

    let everybody = place.run(&["policy", "show"]).out;
    assert!(everybody.contains("signed by asha") && everybody.contains("rules 5, 6, 9, 10, 15"), "{everybody}");
    assert!(!everybody.contains("Prairie"));
    let owner = place.run(&["policy", "show", "--as", "asha", "--password-file", asha]).out;
    assert!(owner.contains("exclude = \"Prairie Stamping Ltd.\""), "{owner}");
    assert!(place.run(&["policy", "show", "--number", "1"]).out.starts_with("# Version 1"));

    let resource = file("resource.toml", RESOURCE);
    let item = place.items(&["resource", "add", &resource])[0]["confided"].as_str().unwrap().to_string();
    let said = place.run(&["policy", "explain", &item]).out;
    for line in [
        "sign: two different people, each signer (rule 2 of version 2)",
        "hours at interest: band (rule 4 of version 2)",
        "hours at answer: exactly (rule 3 of version 2)",
        "cap on hours: set",
        "avoided conflict classes: set",
        "answers without asking: strong and possible fits, at most 3 in any seven days, until 20",
        "; 0 given (rule 16 of version 2)",
    ] {
        assert!(said.contains(line), "{line} is missing: {said}");
    }
    let tried = place.run(&["policy", "dry-run", &resource, "--hours", "20", "--mode", "open"]).out;
    assert!(tried.contains("Five-axis centre, second shift: fits"), "{tried}");
    assert!(tried.contains("first words that fit so: answered without asking (rule 16 of version 2)"), "{tried}");
    assert!(
        tried.contains("interest: approver or owner (rule 1 of version 2)") && tried.contains("hours in bands"),
        "{tried}"
    );
    let of_a_maker =
        ["policy", "dry-run", &resource, "--mode", "open", "--conflict-classes", "mining,automotive-maker"];
    let tried = place.run(&of_a_maker).out;
    assert!(tried.contains("does not fit, nobody is asked"), "why not is not for everybody: {tried}");
    let tried = place.run(&[&of_a_maker[..], &["--as", "asha", "--password-file", asha]].concat()).out;
    assert!(tried.contains("refused because of rule 15 of version 2"), "{tried}");
    let silent =
        file("silent.toml", &format!("{every_kind}[[rule]]\nfor = \"{item}\"\ndecide = \"interest\"\nwho = []\n"));
    let tried = place.run(&["policy", "dry-run", &resource, "--mode", "open", "--under", &silent]).out;
    assert!(tried.contains("interest: nobody (rule 17 of version 3)"), "{tried}");

    let need = place.items(&["need", "add", &resource])[0]["confided"].as_str().unwrap().to_string();
    let ceiling =
        file("ceiling.toml", &format!("{every_kind}[[rule]]\nfor = \"{need}\"\nprice_at_most = \"90.00 CAD\"\n"));
    assert_eq!(set(&ceiling, &["--yes"]).code, 0);
    assert_eq!(place.run(&["need", "withdraw", &need]).code, 0);
    let said = set(&ceiling, &["--yes"]);
    assert!(said.code == 0, "a rule may outlive its need: {said:?}");

    let back = set(&kept, &["--yes"]);
    assert!(back.code == 0 && back.out.contains("version 5 is in force"), "{back:?}");
}
