//! Setting up: either a whole firm or nothing.

use crate::place::{Place, Sponsor};
use std::{fs, os::unix::fs::PermissionsExt};

/// Only what was there before: the configuration, and the lock's empty file.
fn holds_nothing_of_a_firm(place: &Place) -> bool {
    let names = fs::read_dir(place.data()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.into_iter().all(|name| ["cosolvent.toml", "lock"].contains(&name.as_str()))
}

#[test]
fn an_invitation_makes_a_firm_once_and_says_where_its_recovery_sheet_is() {
    let (sponsor, place) = (Sponsor::start(), Place::new());
    let said = place.init(&sponsor.invitation());
    assert_eq!(said.code, 0, "{said:?}");
    let sheet = place.data().join("recovery-sheet.txt");
    assert_eq!(said.json()["items"][0]["sheet"], sheet.to_str().unwrap());
    let text = fs::read_to_string(&sheet).unwrap();
    assert!(text.contains("HOW TO KEEP IT") && text.contains("[recovery key]"), "{text}");
    assert_eq!(fs::metadata(&sheet).unwrap().permissions().mode() & 0o777, 0o600);

    let status = &place.items(&["status"])[0];
    assert_eq!(status["firm"], "Mill Lane Machining");
    assert_eq!((&status["sponsors"][0], &status["kind"]), (&"Valley Association".into(), &"demonstration".into()));
    assert_eq!(status["running"], false);
    let people = place.items(&["person", "list"]);
    assert_eq!(people[0]["id"], "asha");
    assert_eq!(people[0]["expires"].as_str().unwrap().len(), "2027-11-30".len());

    let again = place.init(&sponsor.invitation());
    assert_eq!((again.code, again.error().as_str()), (1, "already-set-up"));
}

#[test]
fn an_invitation_that_does_not_work_says_which_fault_it_has_and_leaves_nothing_half_made() {
    let (mut sponsor, place) = (Sponsor::start(), Place::new());
    let used = sponsor.invitation();
    assert_eq!(Place::new().init(&used).code, 0);

    let said = place.init(&used);
    assert_eq!((said.code, said.error().as_str()), (1, "not-admitted"));
    assert!(said.err.contains("already used"), "{said:?}");
    assert!(holds_nothing_of_a_firm(&place));

    for wrong in ["hello".to_string(), format!("{}a", sponsor.invitation()), used[..used.len() - 1].to_string()] {
        let said = place.init(&wrong);
        assert_eq!((said.code, said.error().as_str()), (1, "invitation"), "{said:?}");
    }
    assert!(holds_nothing_of_a_firm(&place));

    let good = sponsor.invitation();
    let for_later = sponsor.invitation();
    assert_eq!(place.init(&good).code, 0, "the same folder takes a good one");

    sponsor.leave();
    let alone = Place::new();
    let said = alone.init(&for_later);
    assert_eq!((said.code, said.error().as_str()), (4, "unreachable"), "{said:?}");
    assert!(holds_nothing_of_a_firm(&alone));
}

#[test]
fn a_node_for_real_business_does_not_join_a_demonstration() {
    let (sponsor, place) = (Sponsor::start(), Place::new());
    let passphrase = place.path("passphrase");
    place.configure(&format!("[passphrase]\nfrom = \"file\"\npath = {passphrase:?}\n"));
    let said = place.init(&sponsor.invitation());
    assert_eq!((said.code, said.error().as_str()), (1, "wrong-kind"), "{said:?}");
    assert!(holds_nothing_of_a_firm(&place));
}

#[test]
fn a_set_up_that_was_broken_off_goes_on_with_the_same_keys_and_invitation() {
    let (sponsor, place) = (Sponsor::start(), Place::new());
    let invitation = sponsor.invitation();
    assert_eq!(place.init(&invitation).code, 0);
    let firm = place.items(&["status"])[0]["firm_id"].clone();
    let (data, staging) = (place.data(), place.data().join("init"));
    let move_back = |names: &[&str]| {
        fs::create_dir(&staging).unwrap();
        names.iter().for_each(|name| fs::rename(data.join(name), staging.join(name)).unwrap());
    };

    // After the sponsor's answer, before anything was moved into place.
    move_back(&["keys", "journal.redb", "recovery-sheet.txt"]);
    place.secret("passphrase", "another");
    let said = place.init(&invitation);
    assert_eq!((said.code, said.error().as_str()), (1, "wrong-passphrase"), "{said:?}");
    place.secret("passphrase", "correct horse");
    let said = place.init(&invitation);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(place.items(&["status"])[0]["firm_id"], firm);

    // Before the very last move.
    move_back(&["keys"]);
    assert_eq!(place.run(&["status"]).code, 1, "a folder without keys is no firm");
    let said = place.init(&invitation);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(place.items(&["status"])[0]["firm_id"], firm);
    assert!(data.join("recovery-sheet.txt").exists() && !staging.exists());
}
