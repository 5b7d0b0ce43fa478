//! What a firm keeps of a finished deal: the audit, and everything it would take along.

use crate::place::Place;
use protocol::{
    dialogue::{Identity, WitnessedReceipt},
    genesis::Genesis,
    key_log::KeyLog,
    terms::{Act, Terms, TermsAct, WitnessedAct},
    time::UnixMs,
    wire::decode,
};
use serde_json::Value;
use std::{fs, path::Path, process::Command};

/// Longer than any paper.
const MOST: usize = 1 << 20;

pub(crate) fn what_left_is_listed_exported_and_verified(buyer: &Place) {
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

    let verify =
        |path: &Path, noted: &str| buyer.run(&["--json", "audit", "verify", path.to_str().unwrap(), "--noted", noted]);
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

pub(crate) fn the_firm_takes_everything_along(supplier: &Place, deal: &str) {
    let folder = supplier.path("taken");
    let password = supplier.path("asha");
    let (to, password) = (folder.to_str().unwrap(), password.to_str().unwrap());
    let export = ["--json", "export", to, "--as", "asha", "--password-file", password];
    let said = supplier.run(&export);
    assert_eq!(said.code, 0, "{said:?}");
    let again = supplier.run(&export);
    assert_eq!((again.code, again.error().as_str()), (1, "file"), "nothing is written over");
    let mut sums = Command::new("sha256sum");
    assert!(sums.args(["--check", "--quiet", "SHA256SUMS"]).current_dir(&folder).status().unwrap().success());
    let read = |file: &str| fs::read(folder.join(file)).unwrap();
    let json = |file: &str| serde_json::from_slice::<Value>(&read(file)).unwrap();
    assert_eq!(json("resources.json")[0]["item"]["draft"]["limit"]["minor"], 18_500, "an owner sees the limit");

    // From here on nothing but the protocol and these files is used.
    let of = |file: &str| read(&format!("deals/{deal}/{file}"));
    let network = decode::<Genesis>(&read("identity/genesis.cbor"), MOST).unwrap().id();
    let terms = decode::<Terms>(&of("terms-1.cbor"), MOST).unwrap();
    let ours = decode::<KeyLog>(&read("identity/key-log.cbor"), MOST).unwrap().verify().unwrap();
    let theirs = decode::<Identity>(&of("their-identity.cbor"), MOST).unwrap();
    assert_eq!(theirs.membership.body.legal_name.as_str(), "Buyer Aerospace");
    let now = UnixMs(node::driver::Clock::system().now().wall.0);
    for (side, keys) in [("our", ours), ("their", theirs.keys.verify().unwrap())] {
        let signed = decode::<WitnessedAct>(&of(&format!("{side}-signature.cbor")), MOST).unwrap();
        let act = TermsAct { act: Act::Sign, deal: terms.deal, terms: terms.hash() };
        assert!(signed.verify(network, &act, terms.total, &keys, now), "{side} signature over the terms");
        let receipt = decode::<WitnessedReceipt>(&of(&format!("{side}-receipt.cbor")), MOST).unwrap();
        assert!(receipt.verify(network, terms.deal, terms.hash(), &keys, now), "{side} receipt");
    }
    let openings = json("trust-openings.json");
    assert_eq!((openings.as_array().unwrap().len(), &openings[0]["deal"]), (1, &deal.into()));
    assert!(!of("our-start.frame").is_empty() && !of("our-outcome.frame").is_empty());
}
