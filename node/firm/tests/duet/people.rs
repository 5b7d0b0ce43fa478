//! Who enters whom.

use super::*;
use firm::command::Refusal;
use protocol::id::OperatingKey;
use protocol::key_log::{Change, KeyEvent, SignedKeyEvent};

fn signing(n: u8) -> SigningKey {
    SigningKey::from_bytes(&[n; 32])
}

fn entrant(id: &str, key: u8, roles: &[Role]) -> Entrant {
    Entrant {
        id: id.parse().unwrap(),
        name: name("Somebody"),
        key: PersonKey::of(&signing(key)),
        roles: roles.to_vec(),
        expires: Day(21_200),
        scope: vec![],
        limit: None,
    }
}

fn alone(entrant: Entrant) -> Command {
    Command::Enrol { entrant, vouch: None }
}

const PLANNER: usize = 0;
const OWNER: usize = 2;

#[test]
fn a_firm_with_an_owner_enters_nobody_without_an_owners_word_for_this_very_entry() {
    // REG-4
    let mut duet = Duet::new();
    let before = duet.sides[BUYER].firm.digest();
    for roles in [&[Role::Owner][..], &[Role::Planner]] {
        let refused = duet.ask(BUYER, alone(entrant("new", 70, roles)));
        assert!(matches!(refused, Answer::Refused(Refusal::NeedsVouch { .. })), "{refused:?}");
    }
    let refused = duet.enrol(BUYER, entrant("new", 70, &[Role::Approver]), PLANNER);
    assert!(matches!(refused, Answer::Refused(Refusal::NeedsVouch { .. })), "{refused:?}");
    let side = &duet.sides[BUYER];
    let firm = side.firm.identity.founding.as_ref().unwrap().firm;
    let planner = entrant("new", 70, &[Role::Planner]);
    let word = Vouch::sign(&side.firm.register, firm, &planner, &side.people[OWNER].0);
    let others = [
        entrant("new", 70, &[Role::Owner]),
        entrant("new", 71, &[Role::Planner]),
        entrant("person-2", 70, &[Role::Planner]),
    ];
    for other in others {
        let used = Command::Enrol { entrant: other.clone(), vouch: Some(word.clone()) };
        assert_eq!(duet.ask(BUYER, used), Answer::Refused(Refusal::OtherVouch), "{other:?}");
    }
    assert_eq!(duet.sides[BUYER].firm.digest(), before, "nothing happened so far");
    let entered = Command::Enrol { entrant: planner, vouch: Some(word) };
    assert_eq!(duet.ask(BUYER, entered.clone()), Answer::Done);
    assert_eq!(duet.enrol(BUYER, entrant("new", 70, &[Role::Auditor]), OWNER), Answer::Done, "roles change");
    assert_eq!(duet.ask(BUYER, entered), Answer::Refused(Refusal::OtherVouch), "a word counts once");
}

#[test]
fn only_the_recovery_key_opens_the_register_of_a_firm_whose_owners_are_gone() {
    // REG-4
    let mut duet = Duet::new();
    let rotate = |duet: &mut Duet, key: u8, next: u8| {
        let keys = duet.sides[BUYER].firm.identity.founding.as_ref().unwrap().log.verify().unwrap();
        let day = UnixMs(duet.at).day();
        assert_eq!(duet.ask(BUYER, Command::PrepareKey), Answer::Done);
        let View::Keys(shown) = duet.sides[BUYER].firm.view(&[], &Query::Keys, UnixMs(duet.at)) else { panic!() };
        let operating: OperatingKey = shown.prepared.unwrap();
        let (root, next_root) = (RootKey::of(&signing(key)), Inception::commit_next(&RootKey::of(&signing(next))));
        let change = Change::Rotate { root, next_root, operating, last: day.plus(300) };
        let body = KeyEvent { firm: keys.firm, number: keys.number + 1, previous: keys.head, day, change };
        let event = SignedKeyEvent::new(body, &signing(key));
        assert_eq!(duet.ask(BUYER, Command::ChangeKeys(vec![event])), Answer::Done);
    };
    let new = || alone(entrant("new", 70, &[Role::Owner]));
    let is_refused = |answer: &Answer| matches!(answer, Answer::Refused(Refusal::NeedsVouch { .. }));
    rotate(&mut duet, BUYER as u8 + 31, BUYER as u8 + 41);
    assert!(is_refused(&duet.ask(BUYER, new())), "there is an owner who can vouch");
    assert_eq!(duet.revoke(BUYER, OWNER), Answer::Done);
    assert!(is_refused(&duet.ask(BUYER, new())), "whoever can revoke an owner must not become one by it");
    rotate(&mut duet, BUYER as u8 + 41, BUYER as u8 + 51);
    assert_eq!(duet.ask(BUYER, new()), Answer::Done);
    assert!(is_refused(&duet.ask(BUYER, alone(entrant("another", 71, &[Role::Owner])))));
}
