//! The command line on a folder whose node does not run.

use crate::place::{Place, Sponsor};
use std::fs;

fn founded() -> (Sponsor, Place) {
    let (sponsor, place) = (Sponsor::start(), Place::new());
    let said = place.init(&sponsor.invitation());
    assert_eq!(said.code, 0, "{said:?}");
    (sponsor, place)
}

#[test]
fn a_journal_whose_keys_are_missing_is_never_set_up_over() {
    let (sponsor, place) = founded();
    let journal = place.data().join("journal.redb");
    let before = fs::read(&journal).unwrap();
    let (keys, aside) = (place.data().join("keys"), place.path("aside"));
    fs::rename(&keys, &aside).unwrap();
    let said = place.init(&sponsor.invitation());
    assert!(said.code == 1 && said.err.contains("bring keys/ back"), "{said:?}");
    assert_eq!(fs::read(&journal).unwrap(), before);
    fs::rename(&aside, &keys).unwrap();
    assert_eq!(place.run(&["status"]).code, 0, "nothing was lost");
}

const RESOURCE: &str = r#"
title = "Five-axis centre, second shift"
class = "machine-with-operator"
process = "machining.milling.five-axis"
materials = ["titanium", "aluminium"]
tolerance_um = 10
site = "43.4516, -80.4925"
weeks = "2090-W10..2090-W12"
hours = 60
limit = "185.00 CAD"
"#;

#[test]
fn a_resource_is_entered_from_a_file_and_waits_for_a_person() {
    let (_sponsor, place) = founded();
    let file = place.path("resource.toml");
    fs::write(&file, RESOURCE).unwrap();
    let file = file.to_str().unwrap();
    let entered = place.items(&["resource", "add", file, "--hours", "40"]);
    let id = entered[0]["confided"].as_str().unwrap();
    let listed = place.items(&["resource", "list"]);
    let draft = &listed[0]["item"]["draft"];
    assert_eq!((&listed[0]["item"]["id"], &draft["hours"]), (&id.into(), &40.into()));
    assert_eq!((&draft["weeks"]["first"], &draft["limit"]), (&"2090-W10".into(), &serde_json::Value::Null));
    assert_eq!((&listed[0]["limit_set"], &listed[0]["mode"]), (&true.into(), &"coarse".into()));

    let asked = place.items(&["approval", "list"]);
    assert_eq!((&asked[0]["step"], &asked[0]["state"]), (&"advertise".into(), &"waiting".into()));
    assert!(asked[0]["lapses"].as_str().unwrap().ends_with('Z'));
    let approval = asked[0]["id"].as_str().unwrap();
    let shown = place.run(&["approval", "show", approval]);
    assert!(shown.out.starts_with("title: Five-axis centre") && shown.out.contains("stays: name"), "{shown:?}");

    let wrong = place.secret("guess", "a guess");
    let arguments = ["--json", "approval", "decline", approval, "--as", "asha", "--password-file"];
    let said = place.run(&[&arguments[..], &[wrong.to_str().unwrap()]].concat());
    assert_eq!((said.code, said.error().as_str()), (1, "wrong-password"));
    let said = place.run(&arguments[..arguments.len() - 1]);
    assert_eq!((said.code, said.error().as_str()), (3, "needs-person"), "nobody is there to type a password");
    let right = place.path("asha");
    let said = place.run(&[&arguments[..], &[right.to_str().unwrap()]].concat());
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(place.items(&["approval", "list"])[0]["state"]["declined"]["by"], "asha");

    assert_eq!(place.run(&["resource", "withdraw", id]).code, 0);
    assert_eq!(place.items(&["resource", "list"]), [serde_json::Value::Null; 0]);
    let gone = place.run(&["--json", "resource", "withdraw", id]);
    assert_eq!((gone.code, gone.error().as_str()), (1, "no-such-item"));
}

#[test]
fn a_pack_is_added_listed_taken_along_and_removed_and_a_wrong_one_says_where() {
    // KNW-2
    let (_sponsor, place) = founded();
    let folder = format!("{}/../../tests/packs/northern-testing", env!("CARGO_MANIFEST_DIR"));
    assert_eq!(place.run(&["pack", "add", &folder]).code, 0);
    let checked = place.items(&["pack", "check", &folder]);
    let listed = place.items(&["pack", "list"]);
    assert_eq!(
        (listed.len(), &listed[0]["id"], &listed[0]["added"]),
        (2, &"cosolvent".into(), &serde_json::Value::Null)
    );
    assert_eq!((&listed[1]["sha256"], &listed[1]["id"]), (&checked[0]["sha256"], &"northern-testing".into()));
    assert!(listed[1]["added"].as_str().unwrap().ends_with('Z'));
    let shown = place.run(&["pack", "show", "northern-testing"]);
    for says in [
        "group-policy: where liability insurance is missing",
        "do    The sponsor's group policy",
        "faire La police collective",
        "show  the side that offers it",
    ] {
        assert!(shown.out.contains(says), "{says} in {shown:?}");
    }

    let taken = place.path("taken");
    assert_eq!(place.run(&["export", taken.to_str().unwrap()]).code, 0);
    let (kept, own) = (taken.join("packs/northern-testing"), std::path::Path::new(&folder));
    for file in ["pack.txt", "conditions.txt"] {
        assert_eq!(fs::read(kept.join(file)).unwrap(), fs::read(own.join(file)).unwrap());
    }
    let wrong = kept.join("vocabulary.txt");
    fs::write(&wrong, "# words\nrock-bolt | no-such-kind | | rock bolt | boulon |\n").unwrap();
    fs::write(
        kept.join("pack.txt"),
        fs::read_to_string(own.join("pack.txt")).unwrap().replace("version | 1", "version | 2"),
    )
    .unwrap();
    let said = place.run(&["pack", "add", kept.to_str().unwrap()]);
    assert!(said.code == 1 && said.err.contains(&format!("{}:2: ", wrong.display())), "{said:?}");

    assert_eq!(place.run(&["pack", "remove", "northern-testing"]).code, 0);
    assert_eq!(place.items(&["pack", "list"]).len(), 1);
    let gone = place.run(&["--json", "pack", "remove", "northern-testing"]);
    assert_eq!((gone.code, gone.error().as_str()), (1, "pack"));
}

#[test]
fn every_read_has_a_schema_and_prints_for_people_too() {
    let (_sponsor, place) = founded();
    for (noun, arguments) in [
        ("status", &["status"][..]),
        ("person", &["person", "list"]),
        ("resource", &["resource", "list"]),
        ("need", &["need", "list"]),
        ("match", &["match", "list"]),
        ("approval", &["approval", "list"]),
        ("deal", &["deal", "list"]),
        ("trust", &["trust", "show"]),
        ("audit", &["audit", "list"]),
    ] {
        let said = place.run(&[&["--json"], arguments].concat());
        assert_eq!((said.code, &said.json()["schema"]), (0, &format!("{noun}/1").into()), "{said:?}");
        let said = place.run(arguments);
        assert!(said.code == 0 && !said.out.is_empty() && said.err.is_empty(), "{said:?}");
    }
}

#[test]
fn whoever_cannot_open_the_folder_is_told_why_in_one_sentence() {
    let (_sponsor, place) = founded();
    place.secret("passphrase", "wrong");
    let said = place.run(&["--json", "status"]);
    assert_eq!((said.code, said.error().as_str()), (1, "wrong-passphrase"));
    place.secret("passphrase", "correct horse");
    assert_eq!(place.run(&["status"]).code, 0);

    let config = fs::read_to_string(place.data().join("cosolvent.toml")).unwrap();
    place.configure(&format!("kidn = \"real\"\n{config}"));
    let said = place.run(&["--json", "status"]);
    assert_eq!((said.code, said.error().as_str()), (1, "configuration"));
    assert!(said.err.contains("line 1") && said.err.contains("`kidn`"), "{said:?}");
    place.configure(&config);
}

#[test]
fn a_damaged_journal_is_one_sentence_wherever_it_is_damaged() {
    let (_sponsor, place) = founded();
    let journal = place.data().join("journal.redb");
    let whole = fs::read(&journal).unwrap();
    let mut refused = 0;
    for at in (0..whole.len()).step_by(whole.len() / 40) {
        let mut damaged = whole.clone();
        damaged[at..].fill(0xa5);
        fs::write(&journal, &damaged).unwrap();
        let said = place.run(&["status"]);
        assert!(said.code == 0 || (said.code == 1 && said.err.lines().count() == 1), "byte {at}: {said:?}");
        refused += usize::from(said.code == 1);
        assert!(said.code == 0 || said.err.contains("restore it from your backup"), "byte {at}: {said:?}");
        assert!(said.code == 0 || fs::read(&journal).unwrap() == damaged, "byte {at}: it was left as it is");
    }
    assert!(refused > 0);
    fs::write(&journal, whole).unwrap();
    assert_eq!(place.run(&["status"]).code, 0);
}

#[test]
fn wrong_usage_and_an_empty_folder_have_exit_codes_of_their_own() {
    let place = Place::new();
    let said = place.run(&["--json", "status"]);
    assert_eq!((said.code, said.error().as_str()), (1, "not-set-up"));
    let said = place.run(&["--json", "run"]);
    assert_eq!((said.code, said.error().as_str()), (1, "not-set-up"));
    for wrong in [&["--json", "frobnicate"][..], &["--json", "deal", "show", "xyz"], &["--json", "resource", "add"]] {
        let said = place.run(wrong);
        assert_eq!((said.code, said.error().as_str()), (2, "usage"), "{said:?}");
    }
    let help = place.run(&["--help"]);
    assert!(help.code == 0 && help.out.contains("resource") && help.err.is_empty(), "{help:?}");
}
