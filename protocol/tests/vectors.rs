//! Proof that we say the same bytes as before, read them back, and notice every changed byte.
//!
//! When what this code says differs from a file in `vectors/`, the test fails and leaves what it says among its build products,
//! by a path that it names. If the protocol changed on purpose, that is the new file: every changed line is something that
//! older nodes no longer understand. If it did not, the code is wrong, not the file. (`noise-nk.json` and
//! `dialogue-noise.json` have their tests beside the code they prove.)

#[allow(dead_code, unreachable_pub, reason = "shared by two test binaries, neither of which uses all of it")]
mod specimens;

use protocol::key_log::KeyLog;
use protocol::limits::KEY_LOG_BYTES_MAX;
use protocol::noise::{Sequence, unpad};
use protocol::wire::decode;
use serde_json::Value;
use specimens::world::World;
use specimens::{Changed, Specimen};
use std::{fs, path::PathBuf};

fn vectors() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

fn stored(name: &str) -> Value {
    let text = fs::read_to_string(vectors().join(name)).unwrap_or_else(|error| panic!("reading {name}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name} is not JSON: {error}"))
}

fn bytes_of(stored: &Value) -> Vec<u8> {
    match (stored["text"].as_str(), stored["bytes"].as_str()) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (None, Some(hex)) => data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap(),
        (None, None) => panic!("a vector has text or bytes"),
    }
}

#[test]
fn what_we_say_is_what_the_golden_files_hold() {
    // ENC-1, ENC-4, NET-1, IDN-1, LOG-4, FRM-1, STP-5, PLC-2
    for (name, expected) in specimens::files() {
        let found = fs::read_to_string(vectors().join(name)).unwrap_or_default();
        if found != expected {
            let differs = found.lines().zip(expected.lines()).position(|(found, expected)| found != expected);
            let line = differs.map_or("its end".to_owned(), |line| format!("line {}", line + 1));
            let said = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
            fs::write(&said, expected).unwrap();
            panic!("{name} differs from what this code says, from {line} on; what it says is in {}", said.display());
        }
    }
}

#[test]
fn every_golden_record_is_read_and_said_again_byte_for_byte() {
    // ENC-2, SIG-1, INV-1, ADM-1, PAS-1, ADV-2, ENV-1, LOG-1, DEC-1, TRM-2
    let [plain, blind] = specimens::worlds();
    let of_plain = ["belonging.json", "keys.json", "records.json", "dialogue.json", "parcels.json"];
    for ((world, specimens), files) in [(plain, &of_plain[..]), (blind, &["blind.json"][..])] {
        let mut read = 0;
        for file in files {
            for stored in stored(file).as_array().unwrap() {
                let name = stored["name"].as_str().unwrap();
                let specimen = specimens.iter().find(|specimen| specimen.name == name).unwrap();
                let bytes = bytes_of(stored);
                assert_eq!((specimen.read)(&world, &bytes), Ok(bytes), "{file}: {name}");
                read += 1;
            }
        }
        assert_eq!(read, specimens.len(), "a vector for every specimen");
    }
}

#[test]
fn every_golden_key_log_is_judged_as_the_file_says() {
    // IDN-3, IDN-7
    let mut refused = 0;
    for stored in stored("key-logs.json").as_array().unwrap() {
        let log: KeyLog = decode(&bytes_of(stored), KEY_LOG_BYTES_MAX).unwrap();
        match log.verify() {
            Ok(state) => {
                assert_eq!(stored["state"]["firm"], state.firm.to_string(), "{}", stored["name"]);
                assert_eq!(stored["state"]["head"], state.head.to_string(), "{}", stored["name"]);
            }
            Err(bad) => {
                assert_eq!(stored["refused"]["number"], bad.number, "{}", stored["name"]);
                assert_eq!(stored["refused"]["why"], bad.why.to_string(), "{}", stored["name"]);
                refused += 1;
            }
        }
    }
    assert!(refused > 15, "{refused} logs are refused");
}

#[test]
fn a_changed_byte_is_never_read_as_what_was_said() {
    // ENC-2, SIG-1
    for (world, specimens) in specimens::worlds() {
        for specimen in specimens {
            for at in 0..specimen.bytes.len() {
                for change in [0x01, 0x80] {
                    let mut changed = specimen.bytes.clone();
                    changed[at] ^= change;
                    judge_changed(&world, &specimen, &changed, at);
                }
            }
        }
    }
}

#[test]
fn the_specification_lists_every_code() {
    // PLC-1, ADV-1, ENC-3
    use protocol::vocabulary as v;
    let spec = fs::read_to_string(vectors().with_file_name("SPEC.md")).unwrap();
    let lists = |name: &str, codes: &mut dyn Iterator<Item = (u16, &'static str)>| {
        let codes: Vec<String> = codes.map(|(code, text)| format!("{code} {text}")).collect();
        let row = format!("| {name} | {} |", codes.join(", "));
        assert!(spec.contains(&row), "SPEC.md, section 6, does not have this row:\n{row}");
    };
    macro_rules! listed {
        ($($name:literal $type:ident),+) => {
            $(lists($name, &mut v::$type::ALL.iter().map(|code| (code.code(), code.text())));)+
        };
    }
    listed!(
        "resource-class" ResourceClass, "process" Process, "material" Material, "credential" Credential,
        "language" Language, "presence" Presence, "tolerance-band" ToleranceBand, "envelope-band" EnvelopeBand,
        "hours-band" HoursBand, "travel-band" TravelBand, "value-band" ValueBand, "role" Role,
        "instrument" Instrument, "outcome-code" OutcomeCode
    );
    use protocol::terms::{Choice, Topic};
    lists("topic", &mut Topic::ALL.iter().map(|topic| (topic.code(), topic.text())));
    lists("choice", &mut Choice::ALL.iter().map(|choice| (choice.code(), choice.text())));
}

fn judge_changed(world: &World, specimen: &Specimen, changed: &[u8], at: usize) {
    match ((specimen.read)(world, changed), specimen.changed) {
        (Err(_), _) => {}
        (Ok(read), Changed::Differs) => {
            assert_eq!(read, changed, "{}: byte {at} is read as something else", specimen.name)
        }
        (Ok(_), Changed::Refused) => panic!("{}: a change of byte {at} goes unnoticed", specimen.name),
    }
}

#[test]
fn sealed_words_are_opened_from_the_golden_file_and_refused_when_a_byte_changed() {
    // DLG-11, DLG-12, DLG-15
    let world = World::new();
    let file = stored("dialogue.json");
    let field =
        |stored: &Value, name: &str| data_encoding::HEXLOWER.decode(stored[name].as_str().unwrap().as_bytes()).unwrap();
    let classes = protocol::limits::PLAINTEXT_CLASSES_BYTES;
    let padded = |name: &str| {
        let stored = file.as_array().unwrap().iter().find(|stored| stored["name"] == name).unwrap();
        protocol::noise::pad(&bytes_of(stored), &classes).unwrap()
    };
    let (_, initiator, responder) = world.meet(&padded("interest"), &padded("answer"));
    let mut opened = 0;
    for stored in file.as_array().unwrap().iter().filter(|stored| stored["sequence"].is_u64()) {
        let sequence = Sequence(stored["sequence"].as_u64().unwrap());
        let reader = if stored["sender"] == 0 { &responder } else { &initiator };
        let ciphertext = field(stored, "ciphertext");
        let plaintext = reader.open(sequence, &ciphertext).unwrap();
        assert_eq!(unpad(&plaintext, &classes).unwrap(), bytes_of(stored), "{}", stored["name"]);
        for at in (0..ciphertext.len()).step_by(7) {
            let mut changed = ciphertext.clone();
            changed[at] ^= 1;
            assert!(reader.open(sequence, &changed).is_err(), "{}: byte {at}", stored["name"]);
        }
        opened += 1;
    }
    assert_eq!(opened, 17, "sixteen messages of the initiator and a close");
}

#[test]
fn the_published_blind_signature_is_answered_and_opened_as_published() {
    // PAS-5; RFC 9474, appendix A.3. Its key has 4,096 bits, which no key of ours has, so the library is asked directly.
    use blind_rsa_signatures as rsabssa;
    use rsa::{BoxedUint, RsaPrivateKey, RsaPublicKey};
    let file = stored("rfc9474.json");
    let field = |name: &str| data_encoding::HEXLOWER.decode(file[name].as_str().unwrap().as_bytes()).unwrap();
    let number = |name: &str| BoxedUint::from_be_slice_vartime(&field(name));
    let primes = vec![number("p"), number("q")];
    let secret = RsaPrivateKey::from_components(number("n"), number("e"), number("d"), primes).unwrap();
    let public = RsaPublicKey::from(&secret);
    let secret: rsabssa::SecretKeySha384PSSDeterministic = rsabssa::SecretKey::new(secret);
    let public: rsabssa::PublicKeySha384PSSDeterministic = rsabssa::PublicKey::new(public);
    let answer = secret.blind_sign_with_rng(&mut specimens::issuing::chance(), field("blinded_msg")).unwrap();
    assert_eq!(answer.0, field("blind_sig"));
    let asked = rsabssa::BlindingResult {
        blind_message: rsabssa::BlindMessage(field("blinded_msg")),
        secret: rsabssa::Secret(field("inv")),
        msg_randomizer: None,
    };
    let opened = public.finalize(&answer, &asked, field("msg")).unwrap();
    assert_eq!(opened.0, field("sig"));
    let mut changed = opened.clone();
    changed.0[100] ^= 1;
    assert!(public.verify(&changed, None, field("msg")).is_err());
}
