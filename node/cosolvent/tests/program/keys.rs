//! Keys of the firm itself: shown, renewed, replaced, revoked, and recovered from the sheet; what a thief or an old copy can do.

use crate::place::{Place, Sponsor};
use serde_json::Value;
use std::{fs, path::Path, process::Stdio, time::Duration};

fn keys(place: &Place) -> Value {
    place.items(&["keys", "show"])[0].clone()
}

fn did(keys: &Value) -> Vec<&str> {
    keys["events"].as_array().unwrap().iter().map(|event| event["did"].as_str().unwrap()).collect()
}

fn holds(place: &Place, sheet: &str) -> bool {
    place.run(&["--json", "keys", "sheet", sheet, "--check"]).code == 0
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() { copy(&from, &to) } else { drop(fs::copy(from, to)) }
    }
}

fn founded(sponsor: &Sponsor) -> (Place, String) {
    let place = Place::new();
    assert_eq!(place.init(&sponsor.invitation()).code, 0);
    let sheet = place.take_sheet_away();
    (place, sheet)
}

#[test]
fn keys_are_renewed_and_rotated_while_the_node_runs_and_while_it_does_not() {
    let sponsor = Sponsor::start();
    for runs in [true, false] {
        let (place, old) = founded(&sponsor);
        let node = runs.then(|| place.start());
        let begun = keys(&place);
        assert_eq!(
            (did(&begun), &begun["speaks"], &begun["validity"]),
            (vec!["founded"], &true.into(), &"holds".into())
        );
        let new = place.path("new");
        let new = new.to_str().unwrap();
        let told = place.items(&["keys", "rotate", "--sheet", &old, "--out", new]);
        assert_eq!(told[0]["sheet"], new);
        let rotated = keys(&place);
        assert_eq!((did(&rotated), &rotated["speaks"]), (vec!["founded", "rotated"], &true.into()));
        assert_ne!(rotated["operating"], begun["operating"]);
        assert!(rotated["sheet"].is_null(), "nobody has shown to hold the new sheet yet");
        let warning = place.items(&["status"])[0]["warnings"][0].as_str().unwrap().to_string();
        assert!(warning.contains("keys sheet"), "{warning}");
        let said = place.run(&["--json", "keys", "sheet", &old, "--check"]);
        assert_eq!((said.code, said.error().as_str()), (1, "sheet"));
        assert!(said.err.contains("after event 1") && said.err.contains("destroy this one"), "{said:?}");
        assert!(holds(&place, new));
        assert!(!keys(&place)["sheet"]["day"].as_str().unwrap().is_empty());

        let again =
            place.run(&["--json", "keys", "rotate", "--sheet", &old, "--out", place.path("x").to_str().unwrap()]);
        assert_eq!((again.code, again.error().as_str()), (1, "sheet"), "the old sheet is worthless: {again:?}");
        assert!(!place.path("x").exists(), "no sheet is left that never counted");
        let until = place.items(&["keys", "renew", "--sheet", new])[0]["operating_until"].clone();
        let renewed = keys(&place);
        assert_eq!(did(&renewed), ["founded", "rotated", "renewed"]);
        assert_eq!((&renewed["operating_until"], &renewed["speaks"]), (&until, &true.into()));
        assert!(holds(&place, new), "a renewal needs no new sheet");
        assert_eq!(place.items(&["person", "list"])[0]["id"], "asha", "people are certified anew");
        let node = node.unwrap_or_else(|| place.start());
        assert_eq!(node.told["warnings"], serde_json::json!([]));
        assert_eq!(node.stop(), Some(0));
        assert_eq!(keys(&place), renewed, "and all of it is there after a restart");
    }
}

#[test]
fn a_node_goes_on_under_another_transport_identity_and_its_key_file_forgets_the_one_before() {
    // ADM-5
    let sponsor = Sponsor::start();
    let (place, _) = founded(&sponsor);
    let sealed = || fs::read(place.data().join("keys/node.seal")).unwrap();
    let met = |items: &[Value]| (items[0]["neighbours"] == 1).then(|| items[0]["peer"].clone());
    let node = place.start();
    let (first, begun) = (place.until(&["status"], met), keys(&place));
    let told = place.items(&["keys", "rotate", "--transport"])[0]["transport"].clone();
    assert!(told["next"].is_null() && told["peer"] != begun["transport"]["peer"], "{told}");
    let second = place.until(&["status"], |items| met(items).filter(|peer| *peer != first));
    assert_eq!(did(&keys(&place)), ["founded"], "the firm's own keys are the same");
    let file = sealed();
    assert_eq!(node.stop(), Some(0));

    let said = place.items(&["keys", "rotate", "--transport"])[0]["transport"].clone();
    assert!(said["next"]["unasked"] == 1 && said["peer"] == told["peer"], "nobody can be asked: {said}");
    assert_ne!(sealed(), file, "it was sealed anew when the folder was opened");
    let node = place.start();
    let third = place.until(&["status"], |items| met(items).filter(|peer| *peer != second));
    assert_eq!(node.stop(), Some(0));
    let node = place.start();
    assert_eq!(place.until(&["status"], met), third, "and stays so");
    assert_eq!(node.stop(), Some(0));
}

#[test]
fn a_person_and_the_operating_key_are_revoked_at_once_and_the_node_says_what_to_do() {
    let sponsor = Sponsor::start();
    let (place, sheet) = founded(&sponsor);
    place.secret("bo", "bo's own");
    let file = place.path("bo");
    let alone = ["person", "add", "bo", "--name", "Bo", "--role", "expert", "--password-file", file.to_str().unwrap()];
    let refused = place.run(&[&["--json"], &alone[..]].concat());
    assert_eq!((refused.code, refused.error().as_str()), (1, "needs-vouch"), "an owner has to agree");
    let owners = place.path("asha");
    let vouched = ["--vouched-by", "asha", "--voucher-password-file", owners.to_str().unwrap()];
    let add = [&alone[..], &vouched].concat();
    assert_eq!(place.run(&add).code, 0);
    let revoked = &place.items(&["keys", "revoke", "--person", "bo"])[0];
    assert_eq!((&revoked["untold"], &revoked["warnings"]), (&0.into(), &serde_json::json!([])), "there is no deal");
    assert_eq!(place.items(&["person", "list"]).len(), 1);
    assert_eq!(did(&keys(&place)), ["founded", "revoked-person"]);
    assert_eq!(place.run(&["keys", "revoke"]).code, 2, "of whom?");
    place.items(&["keys", "revoke", "--operating", "--sheet", &sheet]);
    let revoked = keys(&place);
    assert_eq!(
        (did(&revoked)[2], &revoked["speaks"], &revoked["validity"]),
        ("revoked-operating", &false.into(), &"lapsed".into())
    );
    let warning = place.items(&["status"])[0]["warnings"][0].as_str().unwrap().to_string();
    assert!(warning.contains("does not hold") && warning.contains("keys renew"), "{warning}");
    let refused = place.run(&[&["--json"], &add[..]].concat());
    assert_eq!(refused.error(), "operating-key-over");
    place.items(&["keys", "renew", "--sheet", &sheet]);
    assert_eq!(keys(&place)["speaks"], true);
}

#[test]
fn a_firm_goes_on_from_its_sheet_on_a_new_computer_and_a_thief_with_old_folder_and_old_sheet_is_seen() {
    let sponsor = Sponsor::start();
    let (lost, sheet) = founded(&sponsor);
    let firm = lost.items(&["status"])[0]["firm_id"].clone();
    let place = Place::new();
    let said = place.recover(&sheet, &sponsor.invitation());
    assert_eq!(said.code, 0, "{said:?}");
    let new = place.take_sheet_away();
    let recovered = keys(&place);
    assert_eq!(
        (&recovered["firm"], did(&recovered)),
        (&firm, vec!["founded", "rotated"]),
        "one firm, and new keys at once"
    );
    let node = place.start();
    let status = place.until(&["status"], |items| (items[0]["neighbours"] == 1).then(|| items[0].clone()));
    assert_eq!((&status["firm_id"], &status["warnings"]), (&firm, &serde_json::json!([])));

    // The thief has the laptop with its passphrase, and a copy of the sheet that is void now.
    let stolen = lost.path("stolen");
    let stolen = stolen.to_str().unwrap();
    lost.items(&["keys", "rotate", "--sheet", &sheet, "--out", stolen]);
    let said = place.run(&["--json", "keys", "rotate", "--sheet", stolen, "--out", place.path("x").to_str().unwrap()]);
    assert_eq!((said.code, said.error().as_str()), (1, "own-keys-forked"), "{said:?}");
    let forked = keys(&place);
    assert_eq!((&forked["events"], &forked["operating"]), (&recovered["events"], &recovered["operating"]), "refused");
    assert_eq!((&forked["forks"][0]["firm"], &forked["forks"][0]["by"]), (&firm, &"next-root".into()), "and shown");
    assert!(forked["warnings"][0].as_str().unwrap().contains("used for two different changes"), "{forked}");
    assert!(holds(&place, &new));
    assert_eq!(node.stop(), Some(0));
}

#[test]
fn an_old_backup_is_told_from_the_present_and_rotated_away_with_the_newest_sheet_only() {
    let sponsor = Sponsor::start();
    let (place, first) = founded(&sponsor);
    copy(&place.data(), &place.path("backup"));
    let new = place.path("second");
    let new = new.to_str().unwrap();
    place.items(&["keys", "rotate", "--sheet", &first, "--out", new]);
    fs::remove_dir_all(place.data()).unwrap();
    copy(&place.path("backup"), &place.data());
    let said = place.run(&["--json", "keys", "sheet", new, "--check"]);
    assert_eq!((said.code, said.error().as_str()), (1, "older-folder"));
    assert!(said.err.contains("keys rotate"), "{said:?}");
    let third = place.path("third");
    let third = third.to_str().unwrap();
    place.items(&["keys", "rotate", "--sheet", new, "--out", third]);
    let keys = keys(&place);
    assert_eq!((did(&keys), &keys["speaks"]), (vec!["founded", "rotated", "rotated"], &true.into()));
    assert!(holds(&place, third) && !holds(&place, new) && !holds(&place, &first));
}

#[test]
fn a_sheet_is_taken_in_by_a_person_or_from_another_medium_and_a_bad_one_says_where_it_is_bad() {
    let (sponsor, place) = (Sponsor::start(), Place::new());
    assert_eq!(place.init(&sponsor.invitation()).code, 0);
    let inside = place.data().join("recovery-sheet.txt");
    let said = place.run(&["--json", "keys", "sheet"]);
    assert_eq!((said.code, said.error().as_str()), (3, "needs-person"), "{said:?}");
    let said = place.run(&["--json", "keys", "sheet", inside.to_str().unwrap(), "--check"]);
    assert!(said.err.contains("another medium"), "{said:?}");
    let text = fs::read_to_string(&inside).unwrap();
    let at = text.find("[recovery key]").unwrap() + "[recovery key]  SECRET\n   1  ".len();
    let slip = format!("{}{}{}", &text[..at], if text[at..].starts_with('7') { "8" } else { "7" }, &text[at + 1..]);
    let copy = place.secret("copy", &slip);
    let said = place.run(&["--json", "keys", "sheet", copy.to_str().unwrap(), "--check"]);
    assert!(said.err.contains("group 1 of the recovery key"), "{said:?}");
    assert!(keys(&place)["sheet"].is_null() && inside.exists());
    let said = place.run(&["--json", "keys", "rotate"]);
    assert_eq!(
        (said.code, said.error().as_str()),
        (1, "already-set-up"),
        "the sheet there is never overwritten: {said:?}"
    );
    let (other, _) = founded(&sponsor);
    let said = other.run(&["--json", "keys", "sheet", "--check", inside.to_str().unwrap()]);
    assert!(said.err.contains("another firm"), "{said:?}");
}

#[test]
fn whenever_the_node_is_killed_during_a_rotation_exactly_one_of_both_sheets_holds() {
    let sponsor = Sponsor::start();
    let (place, mut present) = founded(&sponsor);
    for (number, delay_ms) in [0, 40, 80, 120, 200].into_iter().enumerate() {
        let node = place.start();
        let new = place.path(&format!("new-{number}"));
        let new = new.to_str().unwrap().to_string();
        let arguments = ["--json", "keys", "rotate", "--sheet", &present, "--out", &new];
        let quiet = place.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        std::thread::sleep(Duration::from_millis(delay_ms));
        drop(node);
        let done = quiet.unwrap().wait().unwrap().success();
        let written = Path::new(&new).exists();
        let (old_holds, new_holds) = (holds(&place, &present), written && holds(&place, &new));
        assert!(old_holds != new_holds, "after {delay_ms} ms: old {old_holds}, new {new_holds}");
        assert!(new_holds || !done, "what was said to be done is done");
        assert_eq!(keys(&place)["speaks"], true);
        if new_holds {
            present = new;
        }
    }
}
