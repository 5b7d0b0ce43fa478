//! Two logs of one firm: what an owner takes back from a thief, and what nobody can take back. Every signature is made with a key
//! that the one who makes it has.

use crate::specimens::keys::{delegate, fork, longer, next, revoke_person, rotate};
use crate::specimens::world::{World, signer};
use protocol::firm_id::{Inception, SignedInception};
use protocol::id::{OperatingKey, PersonKey, RootKey};
use protocol::key_log::{BadEvent, BadFork, BadLog, Change, ForkProof, KeyLog, KeyState, Meeting, Signer};
use protocol::time::Day;

/// A log of a firm whose root key and operating key a thief has, and what the owner says next.
struct Theft {
    before: KeyLog,
    owner: KeyLog,
}

fn theft(world: &World) -> Theft {
    let (before, today) = (world.keys().0, world.today());
    let rotation = rotate("firm_next_root", "firm_third_root", "firm_second_operating", today.plus(300));
    Theft { owner: longer(before.clone(), today, rotation, "firm_next_root"), before }
}

#[test]
fn an_owner_takes_back_whatever_a_thief_of_root_and_operating_key_said() {
    // IDN-4, IDN-8
    let world = World::new();
    let Theft { before, owner } = theft(&world);
    let today = world.today();
    let mut thief = longer(before.clone(), Day(today.0 - 2), delegate("dispute", today.plus(300)), "firm_root");
    for n in 0..9 {
        assert_eq!(thief.meet(&owner), Ok(Meeting::Yields), "the owner's, after {n} more words of the thief");
        assert_eq!(owner.meet(&thief), Ok(Meeting::Stands));
        let person = Change::RevokePerson { person: PersonKey([n; 32]), from: today };
        thief = longer(thief, today, person, if n % 2 == 0 { "firm_root" } else { "dispute" });
    }
    let state = owner.verify().unwrap();
    assert_eq!(state.operating_at(today), Some(OperatingKey::of(&signer("firm_second_operating"))));
    let old = next(&owner, today, delegate("dispute", today.plus(30)), "firm_root");
    assert_eq!(state.after(&old).unwrap_err(), BadEvent::Signature, "what the thief has signs nothing any more");
}

#[test]
fn a_root_key_takes_back_what_a_thief_of_the_operating_key_said() {
    // IDN-8
    let world = World::new();
    let (before, today) = (world.keys().0, world.today());
    let thief = longer(before.clone(), today, revoke_person("person", today), "firm_operating");
    let owner = longer(before.clone(), today, delegate("firm_second_operating", today.plus(9)), "firm_root");
    assert_eq!(thief.meet(&owner), Ok(Meeting::Yields));
    assert_eq!(owner.meet(&thief), Ok(Meeting::Stands));
    assert_eq!(before.meet(&owner), Ok(Meeting::Yields), "it only goes on");
    assert_eq!(owner.meet(&before), Ok(Meeting::Stands), "an older state of the same log is no news");
    assert_eq!(owner.meet(&owner.clone()), Ok(Meeting::Stands));
}

#[test]
fn the_same_revocation_by_the_root_key_stands_over_that_by_the_operating_key_and_is_no_fork() {
    // IDN-8, IDN-9
    let world = World::new();
    let (before, today) = (world.keys().0, world.today());
    let said = |log: &KeyLog, change, key| longer(log.clone(), today, change, key);
    let leaves = || revoke_person("person", today);
    let (low, high) = (said(&before, leaves(), "firm_operating"), said(&before, leaves(), "firm_root"));
    assert_eq!((low.meet(&high), high.meet(&low)), (Ok(Meeting::Yields), Ok(Meeting::Stands)));
    assert_eq!(high.since(&low), &high.events[..], "so it is told to whoever has seen the other");
    let more = said(&low, revoke_person("other_person", today), "firm_operating");
    assert_eq!((more.meet(&high), high.meet(&more)), (Ok(Meeting::Yields), Ok(Meeting::Stands)));

    // What the operating key said twice is healed by the root key's word for either.
    let other = said(&before, revoke_person("other_person", today), "firm_operating");
    let Ok(Meeting::Forked(proof)) = low.meet(&other) else { panic!("two things") };
    let fork = proof.verify().unwrap();
    assert!(fork.condemns(&low.verify().unwrap()) && !fork.condemns(&high.verify().unwrap()));

    // The root key spoke later in the one: it said the same in both, and what follows decides.
    let renewed = said(&low, delegate("firm_second_operating", today.plus(9)), "firm_root");
    assert_eq!((renewed.meet(&high), high.meet(&renewed)), (Ok(Meeting::Stands), Ok(Meeting::Yields)));
    let weaker = said(&high, revoke_person("other_person", today), "firm_operating");
    assert_eq!((renewed.meet(&weaker), weaker.meet(&renewed)), (Ok(Meeting::Stands), Ok(Meeting::Yields)));
    let another = said(&high, delegate("firm_third_operating", today.plus(9)), "firm_root");
    let Ok(Meeting::Forked(proof)) = renewed.meet(&another) else { panic!("two things") };
    let fork = proof.verify().unwrap();
    assert_eq!((fork.number, fork.by), (2, Signer::Root(RootKey::of(&signer("firm_root")))));
}

#[test]
fn two_things_said_by_one_key_are_a_fork_until_a_higher_key_has_spoken() {
    // IDN-9
    let world = World::new();
    let (before, today) = (world.keys().0, world.today());
    let said = |log: &KeyLog, change, key| longer(log.clone(), today, change, key);
    let forked = |one: &KeyLog, other: &KeyLog| match (one.meet(other), other.meet(one)) {
        (Ok(Meeting::Forked(proof)), Ok(Meeting::Forked(mirrored))) => {
            assert_eq!((&proof.one, &proof.other), (&mirrored.other, &mirrored.one));
            assert_eq!(proof.verify(), mirrored.verify());
            proof.verify().unwrap()
        }
        other => panic!("{other:?}"),
    };
    // The operating key.
    let one = said(&before, revoke_person("person", today), "firm_operating");
    let other = said(&before, revoke_person("other_person", today), "firm_operating");
    let by_operating = forked(&one, &other);
    assert!(matches!(by_operating.by, Signer::Operating(_)));
    assert!(by_operating.condemns(&one.verify().unwrap()) && by_operating.condemns(&other.verify().unwrap()));
    let healed = said(&one, delegate("firm_second_operating", today.plus(9)), "firm_root");
    assert!(!by_operating.condemns(&healed.verify().unwrap()), "the root key has spoken");
    // The root key.
    let one = said(&before, delegate("firm_second_operating", today.plus(9)), "firm_root");
    let other = said(&before, delegate("firm_third_operating", today.plus(9)), "firm_root");
    let by_root = forked(&one, &other);
    assert_eq!((by_root.by, by_root.number), (Signer::Root(RootKey::of(&signer("firm_root"))), 1));
    let more = said(&one, revoke_person("person", today), "firm_root");
    assert!(by_root.condemns(&more.verify().unwrap()), "the same key again heals nothing");
    let rotation = || rotate("firm_next_root", "firm_third_root", "dispute", today.plus(30));
    let healed = said(&one, rotation(), "firm_next_root");
    assert!(!by_root.condemns(&healed.verify().unwrap()), "the committed root key has spoken");
    // The committed root key, at once or later in one of the two.
    let early = said(&before, rotation(), "firm_next_root");
    let by_next = forked(&early, &healed);
    assert_eq!(by_next.by, Signer::NextRoot(RootKey::of(&signer("firm_next_root"))));
    let later = said(&early, delegate("position", today.plus(9)), "firm_next_root");
    assert!(by_next.condemns(&later.verify().unwrap()), "nothing heals that");
    let (stranger, _) = other_firm(&world);
    assert!(!by_next.condemns(&stranger.verify().unwrap()));
    assert_eq!(early.meet(&stranger), Ok(Meeting::Stranger));
}

fn other_firm(world: &World) -> (KeyLog, KeyState) {
    let root = signer("other_firm_root");
    let body = Inception { root: RootKey::of(&root), ..world.inception().body };
    let log = KeyLog::new(SignedInception::new(body, &root));
    let state = log.verify().unwrap();
    (log, state)
}

#[test]
fn what_does_not_prove_a_fork_is_refused() {
    // IDN-9
    let world = World::new();
    let proof = fork(&world);
    assert!(proof.verify().is_ok());
    let with = |change: &dyn Fn(&mut ForkProof)| {
        let mut proof = proof.clone();
        change(&mut proof);
        proof.verify()
    };
    assert_eq!(with(&|proof| proof.other.clone_from(&proof.one)), Err(BadFork::NoParting), "one thing twice");
    assert_eq!(with(&|proof| proof.other.clear()), Err(BadFork::NoParting));
    let owner = |proof: &mut ForkProof| {
        let rotation = rotate("firm_next_root", "firm_third_root", "dispute", world.today());
        proof.other = vec![next(&proof.common, world.today(), rotation, "firm_next_root")];
    };
    assert_eq!(with(&owner), Err(BadFork::DifferentKeys), "a theft taken back is no fork");
    let forged = |proof: &mut ForkProof| {
        proof.other = vec![next(&proof.common, world.today(), delegate("dispute", world.today()), "dispute")];
    };
    assert_eq!(with(&forged), Err(BadFork::Log(BadLog { number: 2, why: BadEvent::Signature })));
    assert!(with(&|proof| proof.common.events.clear()).is_err(), "it parts elsewhere");
    // The same words signed again, with another signature, are the same words.
    let mut again = proof.one[0].clone();
    again.signature.0[0] ^= 1;
    assert!(with(&|proof| proof.other = vec![again.clone()]).is_err());
}
