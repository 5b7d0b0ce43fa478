//! Thieves of a firm's keys. Every signature is made with a key that the one who makes it has.

use crate::specimens::belonging;
use crate::specimens::keys::{bad, delegate, first, good, longer, revoke_person};
use crate::specimens::words::identity;
use crate::specimens::world::{World, signer};
use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use protocol::dialogue::{Brief, Entry, Field, Identity, Message, Value};
use protocol::firm_id::{FirstPosition, Inception, SignedInception, SignedPerson};
use protocol::id::{Blob, Hash, OperatingKey, PersonKey, RootKey};
use protocol::key_log::{BadEvent, BadLog, Change, ForkProof, KeyEvent, KeyLog, SignedKeyEvent, Signer};
use protocol::limits::{
    ADDRESS_BYTES_MAX, ADDRESSES_MAX, FORK_PROOF_BYTES_MAX, IDENTITY_BYTES_MAX, KEY_EVENT_BYTES_MAX, KEY_EVENTS_MAX,
    KEY_EVENTS_OPERATING_MAX, KEY_EVENTS_PER_MESSAGE_MAX, KEY_LOG_BYTES_MAX, LOCKED_PARTS_MAX, NAME_BYTES_MAX,
    OPERATING_KEY_DAYS_MAX, SHORT_TEXT_BYTES_MAX,
};
use protocol::lock::cut;
use protocol::noise::Seed;
use protocol::text::{Name, ShortText};
use protocol::time::{DAY_MS, Day, UnixMs};
use protocol::wire::encode;
use std::collections::BTreeMap;

#[test]
fn a_bad_log_is_refused_at_its_first_bad_event_and_told_why() {
    // IDN-1, IDN-3, IDN-4, IDN-5, IDN-6, IDN-7
    let world = World::new();
    for (name, log, why) in bad(&world) {
        assert_eq!(log.verify().unwrap_err(), why, "{name}");
    }
    let mut full = world.keys().0;
    while full.events.len() < KEY_EVENTS_MAX {
        let number = full.events.len() as u8;
        let change = Change::RevokePerson { person: PersonKey([number; 32]), from: world.today() };
        full = longer(full, world.today(), change, "firm_root");
    }
    assert_eq!(full.verify().unwrap().left(), 0);
    let more = longer(full, world.today(), revoke_person("person", world.today()), "firm_root");
    assert_eq!(more.verify().unwrap_err(), BadLog { number: 65, why: BadEvent::TooMany });
}

#[test]
fn a_thief_of_the_operating_key_cannot_fill_the_log_and_leaves_the_root_keys_half_of_it() {
    // IDN-6, IDN-3
    let world = World::new();
    let (mut log, today) = (world.keys().0, world.today());
    let revoked = |n: usize| Change::RevokePerson { person: PersonKey([n as u8; 32]), from: today };
    for n in 0..KEY_EVENTS_OPERATING_MAX {
        log = longer(log, today, revoked(n), "firm_operating");
    }
    assert_eq!(log.verify().unwrap().left(), 32);
    let more = longer(log.clone(), today, revoked(99), "firm_operating");
    assert_eq!(more.verify().unwrap_err(), BadLog { number: 33, why: BadEvent::Signature });
    let renewed = longer(log.clone(), today, delegate("firm_second_operating", today.plus(9)), "firm_root");
    assert!(
        !renewed.verify().unwrap().person_ok(&belonging::certificate(&world), today),
        "whom it did not certify is out"
    );
    for n in KEY_EVENTS_OPERATING_MAX..KEY_EVENTS_MAX {
        log = longer(log, today, revoked(n), "firm_root");
    }
    assert_eq!(log.verify().unwrap().left(), 0);
}

#[test]
fn a_log_says_whose_key_speaks_on_which_day() {
    // IDN-5, IDN-6
    let world = World::new();
    let state = good(&world).verify().unwrap();
    let at = |ago: u32| state.operating_at(Day(world.today().0 - ago));
    let key = |name| Some(OperatingKey::of(&signer(name)));
    assert_eq!(at(101), None, "before it was founded");
    assert_eq!((at(100), at(51)), (key("firm_operating"), key("firm_operating")));
    assert_eq!((at(50), at(13)), (key("firm_second_operating"), key("firm_second_operating")));
    assert_eq!((at(12), at(11)), (None, None), "revoked, and nobody in its place; the older key does not come back");
    assert_eq!((at(10), at(0)), (key("firm_third_operating"), key("firm_third_operating")));
    assert_eq!(state.operating_at(world.today().plus(290)), key("firm_third_operating"), "its last day");
    assert_eq!(state.operating_at(world.today().plus(291)), None, "a key that nobody renewed speaks no more");
    assert_eq!(state.root, RootKey::of(&signer("firm_next_root")));
    assert_eq!((state.number, state.rotated, state.by_root), (4, 3, 4));
}

#[test]
fn a_firm_stands_by_a_certificate_until_it_says_otherwise() {
    // IDN-2, IDN-6, IDN-10
    let world = World::new();
    let certificate = belonging::certificate(&world);
    let (log, state) = world.keys();
    let today = world.today();
    assert!(state.person_ok(&certificate, today));
    assert!(state.person_ok(&certificate, certificate.body.expires));
    assert!(!state.person_ok(&certificate, certificate.body.expires.plus(1)), "it ran out");
    let with = |change: fn(&mut protocol::firm_id::PersonCertificate), key| {
        let mut body = certificate.body.clone();
        change(&mut body);
        state.person_ok(&SignedPerson::new(body, &signer(key)), today)
    };
    assert!(with(|_| {}, "firm_operating"));
    assert!(!with(|_| {}, "firm_root"), "the root key certifies nobody");
    assert!(!with(|body| body.firm = protocol::id::FirmId([9; 32]), "firm_operating"), "another firm's");
    assert!(!with(|body| body.roles.reverse(), "firm_operating"), "a second form");
    for key in ["firm_root", "firm_operating"] {
        let gone = longer(log.clone(), today, revoke_person("person", Day(today.0 - 3)), key).verify().unwrap();
        assert!(!gone.person_ok(&certificate, today), "{key}");
        assert!(gone.person_ok(&certificate, Day(today.0 - 4)), "what was decided before stands");
    }
    let renewed = longer(log, today, delegate("firm_second_operating", today.plus(9)), "firm_root").verify().unwrap();
    assert!(!renewed.person_ok(&certificate, today), "a certificate by yesterday's key");
}

#[test]
fn a_log_from_the_future_is_not_believed_yet() {
    // IDN-10
    let world = World::new();
    let (log, _) = world.keys();
    let tomorrow = world.today().plus(1);
    let state = longer(log, tomorrow, revoke_person("person", tomorrow), "firm_root").verify().unwrap();
    let midnight = tomorrow.start();
    assert_eq!(state.today(world.now), None);
    assert_eq!(state.today(midnight.minus(10 * 60_000 + 1)), None);
    assert_eq!(state.today(midnight.minus(10 * 60_000)), Some(tomorrow), "clocks differ a little around midnight");
    assert_eq!(state.today(midnight.plus(2 * DAY_MS)), Some(tomorrow.plus(2)));
    assert!(state.today(UnixMs(u64::MAX)).is_some());
}

#[test]
fn further_events_continue_a_log_or_replace_its_end_and_leave_no_gap() {
    // IDN-8, RVL-8
    let world = World::new();
    let good = good(&world);
    assert_eq!(first(&good, 2).with(&good.events[2..]), Some(good.clone()));
    assert_eq!(good.with(&good.events[1..]), Some(good.clone()));
    assert_eq!(first(&good, 1).with(&good.events[2..]), None, "a gap");
    assert_eq!(good.with(&[]), None);
    assert_eq!((good.since(&first(&good, 1)), first(&good, 1).since(&good)), (&good.events[1..], &[][..]));
    let mut nought = good.events[0].clone();
    nought.body.number = 0;
    assert_eq!(good.with(&[nought]), None, "nobody replaces the inception");
}

#[test]
fn the_first_position_is_committed_to_under_a_salt_and_comes_back_from_a_backup() {
    // IDN-12
    let drawn = FirstPosition::draw(&Seed([7; 32]));
    assert_eq!(drawn.commitment(), FirstPosition::draw(&Seed([7; 32])).commitment(), "a backup restores it");
    assert_ne!(drawn.commitment(), FirstPosition::draw(&Seed([8; 32])).commitment());
    assert_ne!(drawn.seed.0, drawn.salt.0);
}

#[test]
fn the_longest_log_and_identity_are_within_their_limits() {
    // IDN-3, RVL-7, RVL-8
    let world = World::new();
    let key =
        |n: usize, what: u8| SigningKey::from_bytes(&[&[what, n as u8][..], &[7; 30]].concat().try_into().unwrap());
    let late = Day(u32::MAX - 400);
    let root = key(0, 0);
    let commit = |n| Inception::commit_next(&RootKey::of(&key(n, 0)));
    let body = Inception {
        root: RootKey::of(&root),
        next_root: commit(1),
        day: late,
        operating_last: late.plus(365),
        ..world.inception().body
    };
    let mut log = KeyLog::new(SignedInception::new(body, &root));
    while log.events.len() < KEY_EVENTS_MAX {
        let n = log.events.len() + 1;
        let operating = OperatingKey::of(&key(n, 1));
        let root = RootKey::of(&key(n, 0));
        let change = Change::Rotate { root, next_root: commit(n + 1), operating, last: late.plus(365) };
        let previous = log.verify().unwrap().head;
        let body = KeyEvent { firm: log.inception.body.firm(), number: n as u32, previous, day: late, change };
        log.events.push(SignedKeyEvent::new(body, &key(n, 0)));
        assert!(encode(log.events.last().unwrap()).len() <= KEY_EVENT_BYTES_MAX);
    }
    assert!(log.verify().is_ok());
    assert_eq!(encode(log.events.last().unwrap()).len(), KEY_EVENT_BYTES_MAX, "the arithmetic is exact");
    let bytes = encode(&log).len();
    assert!(bytes <= KEY_LOG_BYTES_MAX && bytes + KEY_EVENTS_MAX > KEY_LOG_BYTES_MAX, "{bytes}");
    let proof = ForkProof { common: log.clone(), one: log.events.clone(), other: log.events.clone() };
    assert!(encode(&proof).len() > FORK_PROOF_BYTES_MAX, "no fork is that long: common and either are one log");
    let proof = ForkProof { common: first(&log, 0), one: log.events.clone(), other: log.events.clone() };
    assert!(encode(&proof).len() <= FORK_PROOF_BYTES_MAX);
    let most = Message::Keys(log.events[..KEY_EVENTS_PER_MESSAGE_MAX].to_vec());
    assert!(Message::from_bytes(&encode(&most)).is_ok());
    assert!(encode(&most).len() <= 2_878);
    let whole = widest(&world, log);
    assert!(encode(&whole).len() <= IDENTITY_BYTES_MAX, "{}", encode(&whole).len());
    assert!(cut(&vec![0; IDENTITY_BYTES_MAX + 16]).len() <= LOCKED_PARTS_MAX);
}

/// An identity of which everything is as long as it may be.
fn widest(world: &World, keys: KeyLog) -> Identity {
    let text = Value::Text(ShortText::new(&"x".repeat(SHORT_TEXT_BYTES_MAX)).unwrap());
    let fields = [Field::Street, Field::Mail, Field::Phone, Field::Contact];
    let mut membership = belonging::signed_membership(world);
    membership.body.legal_name = Name::new(&"x".repeat(NAME_BYTES_MAX)).unwrap();
    (membership.body.since, membership.body.expires) = (Day(u32::MAX), Day(u32::MAX));
    Identity {
        keys,
        membership,
        contact: Brief::new(fields.map(|field| Entry { field, value: text.clone() }).to_vec()),
        peer: Blob(vec![7; 50]),
        addresses: vec!["x".repeat(ADDRESS_BYTES_MAX); ADDRESSES_MAX],
    }
}

#[test]
fn a_name_is_revealed_with_its_whole_log() {
    // IDN-7
    let world = World::new();
    let shown = Identity { keys: good(&world), ..identity(&world) };
    let read: Identity = protocol::wire::decode(&encode(&shown), IDENTITY_BYTES_MAX).unwrap();
    assert_eq!(read.keys.verify().unwrap(), good(&world).verify().unwrap());
}

/// Something that the holder of a firm's keys does next.
#[derive(Clone, Copy, Debug)]
enum Move {
    Rotate,
    Delegate,
    RevokeOperating { nth: usize, back: u32 },
    RevokePerson { person: u8, back: u32, by_root: bool },
}

fn a_move() -> impl Strategy<Value = (u32, u32, Move)> {
    let moves = prop_oneof![
        Just(Move::Rotate),
        Just(Move::Delegate),
        (0..6_usize, 0..40_u32).prop_map(|(nth, back)| Move::RevokeOperating { nth, back }),
        (0..9_u8, 0..40_u32, any::<bool>()).prop_map(|(person, back, by_root)| Move::RevokePerson {
            person,
            back,
            by_root
        }),
    ];
    (0..200_u32, 0..OPERATING_KEY_DAYS_MAX, moves)
}

/// A firm with all its keys, and what they mean by a reckoning of its own.
#[derive(Clone)]
struct Owner {
    log: KeyLog,
    root: usize,
    day: Day,
    /// Number of the operating key, first day, first day on which it does not hold.
    operating: Vec<(usize, Day, Day)>,
    revoked: BTreeMap<PersonKey, Day>,
}

fn root_key(n: usize) -> SigningKey {
    SigningKey::from_bytes(&[&[1, n as u8][..], &[7; 30]].concat().try_into().unwrap())
}

fn operating_key(n: usize) -> SigningKey {
    SigningKey::from_bytes(&[&[2, n as u8][..], &[7; 30]].concat().try_into().unwrap())
}

impl Owner {
    fn new() -> Owner {
        let day = Day(20_000);
        let body = Inception {
            root: RootKey::of(&root_key(0)),
            operating: OperatingKey::of(&operating_key(0)),
            next_root: Inception::commit_next(&RootKey::of(&root_key(1))),
            position: Hash([5; 32]),
            day,
            operating_last: day.plus(100),
        };
        let log = KeyLog::new(SignedInception::new(body, &root_key(0)));
        Owner { log, root: 0, day, operating: vec![(0, day, day.plus(101))], revoked: BTreeMap::new() }
    }

    fn speaking(&self, day: Day) -> Option<usize> {
        let newest = self.operating.iter().rfind(|(_, first, _)| *first <= day)?;
        (day < newest.2).then_some(newest.0)
    }

    /// Signs what follows.
    fn say(&mut self, day: Day, change: Change, key: &SigningKey) {
        let previous = self.log.events.last().map_or(Hash(self.log.inception.body.firm().0), |event| event.body.hash());
        let number = self.log.events.len() as u32 + 1;
        let body = KeyEvent { firm: self.log.inception.body.firm(), number, previous, day, change };
        self.log.events.push(SignedKeyEvent::new(body, key));
        self.day = day;
    }

    /// Makes a move, if the rules allow it.
    fn make(&mut self, (later, days, made): (u32, u32, Move)) {
        let day = self.day.plus(later);
        let fresh = self.operating.len();
        let (operating, last) = (OperatingKey::of(&operating_key(fresh)), day.plus(days));
        match made {
            Move::Rotate => {
                self.root += 1;
                let root = RootKey::of(&root_key(self.root));
                let next_root = Inception::commit_next(&RootKey::of(&root_key(self.root + 1)));
                self.operating.push((fresh, day, last.plus(1)));
                self.say(day, Change::Rotate { root, next_root, operating, last }, &root_key(self.root));
            }
            Move::Delegate => {
                self.operating.push((fresh, day, last.plus(1)));
                self.say(day, Change::Delegate { operating, last }, &root_key(self.root));
            }
            Move::RevokeOperating { nth, back } => {
                let from = Day(day.0 - back);
                let Some(named) = self.operating.get_mut(nth).filter(|named| from < named.2) else { return };
                named.2 = from;
                let operating = OperatingKey::of(&operating_key(nth));
                self.say(day, Change::RevokeOperating { operating, from }, &root_key(self.root));
            }
            Move::RevokePerson { person, back, by_root } => {
                let (person, from) = (PersonKey([person; 32]), Day(day.0 - back));
                let speaking = self.speaking(day);
                if self.revoked.get(&person).is_some_and(|known| *known <= from) || (!by_root && speaking.is_none()) {
                    return;
                }
                self.revoked.insert(person, from);
                let key = if by_root { root_key(self.root) } else { operating_key(speaking.unwrap()) };
                self.say(day, Change::RevokePerson { person, from }, &key);
            }
        }
    }

    fn after(moves: Vec<(u32, u32, Move)>) -> Owner {
        let mut owner = Owner::new();
        moves.into_iter().for_each(|made| owner.make(made));
        owner
    }
}

fn moves(most: usize) -> impl Strategy<Value = Vec<(u32, u32, Move)>> {
    proptest::collection::vec(a_move(), 0..=most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_an_owner_may_do_is_accepted_and_means_what_it_meant(moves in moves(20)) {
        // IDN-3, IDN-4, IDN-5, IDN-6
        let owner = Owner::after(moves);
        let state = owner.log.verify().unwrap();
        prop_assert_eq!(state.root, RootKey::of(&root_key(owner.root)));
        prop_assert_eq!(state.next_root, Inception::commit_next(&RootKey::of(&root_key(owner.root + 1))));
        prop_assert_eq!(&state.revoked, &owner.revoked);
        prop_assert_eq!((state.number as usize, state.day), (owner.log.events.len(), owner.day));
        for day in 19_990..owner.day.0 + 500 {
            let speaking = owner.speaking(Day(day)).map(|n| OperatingKey::of(&operating_key(n)));
            prop_assert_eq!(state.operating_at(Day(day)), speaking, "day {}", day);
        }
    }

    #[test]
    fn a_log_that_was_tampered_with_is_refused(moves in moves(8), at in any::<prop::sample::Index>(), by in any::<u8>()) {
        // IDN-3, IDN-7
        let log = Owner::after(moves).log;
        prop_assume!(!log.events.is_empty());
        let at = at.index(log.events.len());
        let with = |change: &dyn Fn(&mut Vec<SignedKeyEvent>)| {
            let mut changed = log.clone();
            change(&mut changed.events);
            changed.verify().map_err(|bad| bad.number)
        };
        let number = at as u32 + 1;
        // A changed word under the old signature.
        prop_assert_eq!(with(&|events| events[at].body.day.0 += 1 + u32::from(by)).unwrap_err(), number);
        prop_assert_eq!(with(&|events| events[at].body.firm.0[3] ^= 1 | by).unwrap_err(), number);
        prop_assert_eq!(with(&|events| events[at].body.number ^= 1 | u32::from(by)).unwrap_err(), number);
        prop_assert_eq!(with(&|events| events[at].signature.0[usize::from(by % 64)] ^= 1 | by).unwrap_err(), number);
        // An event that is missing, repeated, or in another's place.
        if at + 1 < log.events.len() {
            prop_assert_eq!(with(&|events| events.retain(|event| event.body.number != number)).unwrap_err(), number);
            prop_assert_eq!(with(&|events| events.swap(at, at + 1)).unwrap_err(), number);
        }
        prop_assert_eq!(with(&|events| events.insert(at, events[at].clone())).unwrap_err(), number + 1);
        // A changed word under a signature of somebody without the firm's keys.
        let stranger = SigningKey::from_bytes(&[by; 32]);
        let resigned = with(&|events| events[at] = SignedKeyEvent::new(events[at].body.clone(), &stranger));
        prop_assert_eq!(resigned.unwrap_err(), number);
        // A changed word, rightly signed again: what followed it does not follow it any more.
        let mut body = log.events[at].body.clone();
        body.day = body.day.plus(1);
        let rotated = log.events[..at].iter().filter(|event| matches!(event.body.change, Change::Rotate { .. })).count();
        let signs = rotated + usize::from(matches!(body.change, Change::Rotate { .. }));
        let again = SignedKeyEvent::new(body, &root_key(signs));
        let resaid = with(&|events| events[at] = again.clone());
        prop_assert!(resaid.is_err() || at + 1 == log.events.len());
    }

    #[test]
    fn a_thief_of_todays_root_and_operating_keys_never_rotates(moves in moves(8), later in 0..400_u32, days in 0..366_u32) {
        // IDN-4
        let owner = Owner::after(moves);
        for step in 0..=owner.log.events.len() {
            let log = first(&owner.log, step);
            let state = log.verify().unwrap();
            let root = log.events.iter().filter(|event| matches!(event.body.change, Change::Rotate { .. })).count();
            let stolen: Vec<SigningKey> =
                (0..=root).map(root_key).chain((0..state.operating.len()).map(operating_key)).collect();
            let own = SigningKey::from_bytes(&[0x66; 32]);
            // The thief may know which key comes next, from a log seen later, and still cannot sign with it.
            let known = RootKey::of(&root_key(root + 1));
            let day = state.day.plus(later);
            for root in stolen.iter().chain([&own]).map(RootKey::of).chain([known]) {
                let next_root = Inception::commit_next(&RootKey::of(&own));
                let (operating, last) = (OperatingKey::of(&own), day.plus(days));
                let change = Change::Rotate { root, next_root, operating, last };
                let body = KeyEvent { firm: state.firm, number: state.number + 1, previous: state.head, day, change };
                for signs in stolen.iter().chain([&own]) {
                    let refused = state.after(&SignedKeyEvent::new(body.clone(), signs)).unwrap_err();
                    prop_assert!(matches!(refused, BadEvent::NotCommitted | BadEvent::Signature), "{:?}", refused);
                }
            }
        }
    }

    #[test]
    fn a_rightly_signed_event_with_any_numbers_is_refused_or_keeps_the_rules(
        moves in moves(5),
        (number, day, last, from) in (number(), number(), number(), number()),
        (kind, nth, signs) in (0..4_u8, 0..8_usize, 0..4_usize),
    ) {
        // IDN-3, IDN-5, IDN-6
        let owner = Owner::after(moves);
        let state = owner.log.verify().unwrap();
        let near = |offset: u32| Day(state.day.0.wrapping_add(offset));
        let operating = OperatingKey::of(&operating_key(nth));
        let change = match kind {
            0 => {
                let next_root = Inception::commit_next(&RootKey::of(&root_key(owner.root + 2)));
                Change::Rotate { root: RootKey::of(&root_key(owner.root + 1)), next_root, operating, last: near(last) }
            }
            1 => Change::Delegate { operating, last: near(last) },
            2 => Change::RevokeOperating { operating, from: near(from) },
            _ => Change::RevokePerson { person: PersonKey([nth as u8; 32]), from: near(from) },
        };
        let number = state.number.wrapping_add(1).wrapping_add(number);
        let body = KeyEvent { firm: state.firm, number, previous: state.head, day: near(day), change };
        let speaking = owner.speaking(body.day).map_or_else(|| root_key(99), operating_key);
        let key = [root_key(owner.root), root_key(owner.root + 1), speaking, root_key(98)][signs].clone();
        if let Ok((after, signer)) = state.after(&SignedKeyEvent::new(body.clone(), &key)) {
            prop_assert_eq!(after.number, state.number + 1);
            prop_assert!(after.day >= state.day);
            let newest = after.operating.last().unwrap();
            prop_assert!(newest.ends.0.saturating_sub(newest.first.0) <= OPERATING_KEY_DAYS_MAX);
            match signer {
                Signer::NextRoot(_) => prop_assert!(kind == 0 && signs == 1),
                Signer::Root(_) => prop_assert!(kind != 0 && signs == 0),
                Signer::Operating(_) => prop_assert!(kind == 3 && signs == 2),
            }
        }
    }
}

/// Offsets that are right, nearly right, at the ends, and anywhere.
fn number() -> impl Strategy<Value = u32> {
    prop_oneof![6 => Just(0), 2 => 0..400_u32, 1 => (0..400_u32).prop_map(|n| n.wrapping_neg()), 1 => any::<u32>()]
}
