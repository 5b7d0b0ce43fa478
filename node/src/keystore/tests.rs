use super::*;
use std::os::unix::fs::PermissionsExt;

const CHEAP: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };

fn password(text: &str) -> Password {
    Password::new(text.into())
}

fn keystore() -> (tempfile::TempDir, Keystore) {
    let data = tempfile::tempdir().unwrap();
    let keystore = Keystore::at(data.path()).with_cost(CHEAP);
    (data, keystore)
}

#[test]
fn node_keys_come_back_with_the_passphrase_and_are_made_once() {
    let (data, keystore) = keystore();
    let made = keystore.create_node(&password("boot")).unwrap();
    let opened = keystore.open_node(&password("boot")).unwrap();
    assert!(made.operating == opened.operating && made.journal == opened.journal);
    assert!(made.operating != made.transport, "the keys are independent");
    assert!(matches!(keystore.create_node(&password("again")), Err(SealError::Exists { .. })));
    let folder = fs::metadata(data.path().join("keys")).unwrap();
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
    keystore.change_node_passphrase(&password("boot"), &password("other")).unwrap();
    assert!(keystore.open_node(&password("boot")).is_err());
    assert!(keystore.open_node(&password("other")).unwrap().journal == made.journal);
}

#[test]
fn a_person_key_opens_with_that_persons_password_only() {
    let (_data, keystore) = keystore();
    let (asha, bo): (PersonId, PersonId) = ("asha".parse().unwrap(), "bo-2".parse().unwrap());
    let public = keystore.create_person(&asha, &password("her own")).unwrap();
    keystore.create_person(&bo, &password("his own")).unwrap();
    assert_eq!(keystore.open_person(&asha, &password("her own")).unwrap().verifying_key(), public);
    let refused = keystore.open_person(&asha, &password("his own")).unwrap_err();
    assert!(refused.to_string().contains("wrong; type it again"), "{refused}");
    assert_eq!(keystore.people().unwrap(), [asha, bo]);
}

#[test]
fn one_persons_file_cannot_pass_for_anothers() {
    let (data, keystore) = keystore();
    let (asha, bo): (PersonId, PersonId) = ("asha".parse().unwrap(), "bo".parse().unwrap());
    keystore.create_person(&asha, &password("same")).unwrap();
    keystore.create_person(&bo, &password("same")).unwrap();
    let people = data.path().join("keys/people");
    fs::copy(people.join("bo.seal"), people.join("asha.seal")).unwrap();
    assert!(matches!(keystore.open_person(&asha, &password("same")), Err(SealError::WrongPassword { .. })));
}

#[test]
fn a_changed_password_keeps_the_key() {
    let (_data, keystore) = keystore();
    let asha: PersonId = "asha".parse().unwrap();
    let public = keystore.create_person(&asha, &password("old")).unwrap();
    keystore.change_password(&asha, &password("old"), &password("new")).unwrap();
    assert!(keystore.open_person(&asha, &password("old")).is_err());
    assert_eq!(keystore.open_person(&asha, &password("new")).unwrap().verifying_key(), public);
}

#[test]
fn a_person_id_is_a_harmless_file_name() {
    for bad in ["", "../node", "Asha", "a b", "a/b", "é", &"a".repeat(41)] {
        assert!(bad.parse::<PersonId>().is_err(), "{bad}");
    }
    assert!("a-1".parse::<PersonId>().is_ok());
}
