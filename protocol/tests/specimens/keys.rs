//! How a firm's keys change: each kind of event, a log of four, a fork, and every way in which a log can be bad.

use super::world::{World, signer};
use super::{Changed, Read, Specimen, hex, plain, said};
use protocol::firm_id::{Inception, SignedInception};
use protocol::id::{FirmId, Hash, OperatingKey, PersonKey, RootKey};
use protocol::key_log::{BadEvent, BadLog, Change, ForkProof, KeyEvent, KeyLog, KeyState, SignedKeyEvent};
use protocol::limits::KEY_EVENTS_OPERATING_MAX;
use protocol::time::Day;
use protocol::wire::encode;
use serde_json::{Value, json};

pub fn all(world: &World) -> Vec<Specimen> {
    let good = good(world);
    let kinds: [(&str, Read); 4] = [
        ("revoke-person", |world, bytes| event_at(world, bytes, 0)),
        ("delegate", |world, bytes| event_at(world, bytes, 1)),
        ("rotate", |world, bytes| event_at(world, bytes, 2)),
        ("revoke-operating", |world, bytes| event_at(world, bytes, 3)),
    ];
    let events = good.events.iter().zip(kinds).map(|(event, (name, read))| {
        let hash = event.body.hash().to_string();
        Specimen::new(name, "Signed<KeyEvent>", event, Changed::Refused, read).with("hash", hash)
    });
    let mut specimens: Vec<Specimen> = events.collect();
    specimens.push(Specimen::new("key-log", "KeyLog", &good, Changed::Refused, |_, bytes| {
        let log: KeyLog = plain(bytes)?;
        log.verify().map(|_| encode(&log)).map_err(said)
    }));
    specimens.push(Specimen::new("fork-proof", "ForkProof", &fork(world), Changed::Refused, |_, bytes| {
        let proof: ForkProof = plain(bytes)?;
        proof.verify().map(|_| encode(&proof)).map_err(said)
    }));
    specimens
}

/// Reads an event as the next after so many events of the good log.
fn event_at(world: &World, bytes: &[u8], before: usize) -> Result<Vec<u8>, String> {
    let event: SignedKeyEvent = plain(bytes)?;
    first(&good(world), before).verify().unwrap().after(&event).map_err(said)?;
    Ok(encode(&event))
}

/// What follows a log, said on a day and signed with a key.
pub fn next(log: &KeyLog, day: Day, change: Change, key: &str) -> SignedKeyEvent {
    let previous = log.events.last().map_or(Hash(log.inception.body.firm().0), |event| event.body.hash());
    let number = log.events.len() as u32 + 1;
    let body = KeyEvent { firm: log.inception.body.firm(), number, previous, day, change };
    SignedKeyEvent::new(body, &signer(key))
}

/// A log with one more event.
pub fn longer(mut log: KeyLog, day: Day, change: Change, key: &str) -> KeyLog {
    log.events.push(next(&log, day, change, key));
    log
}

/// The beginning of a log.
pub fn first(log: &KeyLog, events: usize) -> KeyLog {
    KeyLog { inception: log.inception.clone(), events: log.events[..events].to_vec() }
}

pub fn delegate(operating: &str, last: Day) -> Change {
    Change::Delegate { operating: OperatingKey::of(&signer(operating)), last }
}

pub fn rotate(root: &str, next: &str, operating: &str, last: Day) -> Change {
    let next_root = Inception::commit_next(&RootKey::of(&signer(next)));
    Change::Rotate {
        root: RootKey::of(&signer(root)),
        next_root,
        operating: OperatingKey::of(&signer(operating)),
        last,
    }
}

pub fn revoke_person(person: &str, from: Day) -> Change {
    Change::RevokePerson { person: PersonKey::of(&signer(person)), from }
}

pub fn revoke_operating(operating: &str, from: Day) -> Change {
    Change::RevokeOperating { operating: OperatingKey::of(&signer(operating)), from }
}

/// A person leaves, a new operating key, a new root key, and the end of a lost operating key.
pub fn good(world: &World) -> KeyLog {
    let day = |ago: u32| Day(world.today().0 - ago);
    let log = world.keys().0;
    let log = longer(log, day(60), revoke_person("other_person", day(61)), "firm_operating");
    let log = longer(log, day(50), delegate("firm_second_operating", day(50).plus(365)), "firm_root");
    let rotation = rotate("firm_next_root", "firm_third_root", "firm_third_operating", day(10).plus(300));
    let log = longer(log, day(10), rotation, "firm_next_root");
    longer(log, day(5), revoke_operating("firm_second_operating", day(12)), "firm_next_root")
}

/// The root key names two operating keys in one place.
pub fn fork(world: &World) -> ForkProof {
    let common = first(&good(world), 1);
    let (day, last) = (world.today(), world.today().plus(30));
    let one = vec![next(&common, day, delegate("firm_second_operating", last), "firm_root")];
    let other = vec![next(&common, day, delegate("firm_third_operating", last), "firm_root")];
    ForkProof { common, one, other }
}

/// Every log of the golden file with what it says, or why it does not hold.
pub fn judged(world: &World) -> Value {
    let good = good(world);
    let state = good.verify().unwrap();
    let mut logs = vec![json!({ "name": "good", "bytes": hex(&encode(&good)), "state": told(&state) })];
    logs.extend(bad(world).into_iter().map(|(name, log, _)| {
        let bad = log.verify().unwrap_err();
        let refused = json!({ "number": bad.number, "why": bad.why.to_string() });
        json!({ "name": name, "bytes": hex(&encode(&log)), "refused": refused })
    }));
    Value::Array(logs)
}

fn told(state: &KeyState) -> Value {
    let operating = state.operating.iter().map(
        |named| json!({ "key": named.key.to_string(), "first_day": named.first.0, "ends_before_day": named.ends.0 }),
    );
    let revoked = state.revoked.iter().map(|(key, from)| json!({ "person": key.to_string(), "from_day": from.0 }));
    json!({
        "firm": state.firm.to_string(), "root": state.root.to_string(), "next_root": state.next_root.to_string(),
        "position": state.position.to_string(), "operating": operating.collect::<Vec<_>>(),
        "revoked": revoked.collect::<Vec<_>>(), "number": state.number, "head": state.head.to_string(),
        "day": state.day.0, "newest_rotation": state.rotated, "newest_by_a_root_key": state.by_root,
    })
}

/// Logs that do not hold, each rightly signed but for what its name says, with the reason.
pub fn bad(world: &World) -> Vec<(&'static str, KeyLog, BadLog)> {
    let good = good(world);
    let today = world.today();
    let after = |kept: usize, change: Change, key: &str| longer(first(&good, kept), today, change, key);
    let changed = |at: usize, key: &str, change: fn(&mut KeyEvent)| {
        let mut log = good.clone();
        change(&mut log.events[at].body);
        log.events[at] = SignedKeyEvent::new(log.events[at].body.clone(), &signer(key));
        log
    };
    let incepted = |key: &str, change: fn(&mut Inception)| {
        let mut body = good.inception.body.clone();
        change(&mut body);
        KeyLog::new(SignedInception::new(body, &signer(key)))
    };
    let soon = today.plus(30);
    let rotation = || rotate("firm_next_root", "firm_third_root", "firm_third_operating", soon);
    let mut swapped = good.clone();
    swapped.events.swap(1, 2);
    let mut gap = good.clone();
    gap.events.remove(1);
    let mut twice = good.clone();
    twice.events.insert(1, good.events[0].clone());
    let theirs = (1..=KEY_EVENTS_OPERATING_MAX + 1).fold(first(&good, 0), |log, n| {
        let person = Change::RevokePerson { person: PersonKey([n as u8; 32]), from: good.inception.body.day };
        longer(log, good.inception.body.day, person, "firm_operating")
    });
    let why = |number, why| BadLog { number, why };
    vec![
        ("inception-by-another-root", incepted("firm_next_root", |_| {}), why(0, BadEvent::Signature)),
        (
            "inception-with-a-key-of-367-days",
            incepted("firm_root", |body| body.operating_last = body.day.plus(366)),
            why(0, BadEvent::Days),
        ),
        (
            "inception-with-a-key-that-is-over",
            incepted("firm_root", |body| body.operating_last = Day(body.day.0 - 1)),
            why(0, BadEvent::Days),
        ),
        (
            "another-firm",
            changed(0, "firm_operating", |event| event.firm = FirmId([9; 32])),
            why(1, BadEvent::OtherFirm),
        ),
        ("a-gap", gap, why(2, BadEvent::Number)),
        ("an-event-twice", twice, why(2, BadEvent::Number)),
        ("two-events-exchanged", swapped, why(2, BadEvent::Number)),
        (
            "another-previous",
            changed(1, "firm_root", |event| event.previous = Hash([9; 32])),
            why(2, BadEvent::Previous),
        ),
        (
            "a-changed-event-and-what-followed-it",
            changed(0, "firm_operating", |event| event.day = Day(event.day.0 + 1)),
            why(2, BadEvent::Previous),
        ),
        ("back-in-time", changed(1, "firm_root", |event| event.day = Day(event.day.0 - 11)), why(2, BadEvent::Earlier)),
        (
            "a-root-that-nobody-committed-to",
            after(2, rotate("firm_third_root", "firm_next_root", "dispute", soon), "firm_third_root"),
            why(3, BadEvent::NotCommitted),
        ),
        (
            "a-root-that-stays",
            after(2, rotate("firm_root", "firm_third_root", "dispute", soon), "firm_root"),
            why(3, BadEvent::NotCommitted),
        ),
        ("a-rotation-by-the-old-root", after(2, rotation(), "firm_root"), why(3, BadEvent::Signature)),
        ("a-rotation-by-the-operating-key", after(2, rotation(), "firm_second_operating"), why(3, BadEvent::Signature)),
        (
            "a-delegation-by-the-operating-key",
            after(1, delegate("firm_second_operating", soon), "firm_operating"),
            why(2, BadEvent::Signature),
        ),
        ("a-delegation-by-the-old-root", after(4, delegate("dispute", soon), "firm_root"), why(5, BadEvent::Signature)),
        (
            "an-operating-key-again",
            after(4, delegate("firm_operating", soon), "firm_next_root"),
            why(5, BadEvent::KeyAgain),
        ),
        (
            "a-rotation-that-keeps-the-operating-key",
            after(2, rotate("firm_next_root", "firm_third_root", "firm_second_operating", soon), "firm_next_root"),
            why(3, BadEvent::KeyAgain),
        ),
        ("a-key-of-367-days", after(1, delegate("dispute", today.plus(366)), "firm_root"), why(2, BadEvent::Days)),
        ("a-key-of-no-day", after(1, delegate("dispute", Day(today.0 - 1)), "firm_root"), why(2, BadEvent::Days)),
        (
            "an-operating-key-revoked-by-itself",
            after(1, revoke_operating("firm_operating", today), "firm_operating"),
            why(2, BadEvent::Signature),
        ),
        (
            "a-person-revoked-by-an-operating-key-of-before",
            after(2, revoke_person("person", today), "firm_operating"),
            why(3, BadEvent::Signature),
        ),
        ("a-person-revoked-by-the-operating-key-in-the-root-keys-half", theirs, why(33, BadEvent::Signature)),
        (
            "a-revocation-ahead",
            after(1, revoke_person("person", today.plus(1)), "firm_root"),
            why(2, BadEvent::RevokesLater),
        ),
        (
            "a-key-that-nobody-named-revoked",
            after(1, revoke_operating("dispute", today), "firm_root"),
            why(2, BadEvent::NothingToRevoke),
        ),
        (
            "a-person-revoked-again",
            after(4, revoke_person("other_person", today), "firm_next_root"),
            why(5, BadEvent::NothingToRevoke),
        ),
    ]
}
