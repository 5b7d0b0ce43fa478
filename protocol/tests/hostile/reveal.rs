//! Keys, proofs, decisions and certificates, taken from where they belong.

use crate::specimens::belonging;
use crate::specimens::words::{
    answer, deal, identity, interest, key_release, locked, opt_in, padded, plain_terms, terms,
};
use crate::specimens::world::{World, signer};
use protocol::decision::{BadDecision, Decision, Question, Released, Verdict, bytes_hash};
use protocol::dialogue::{Message, Payload, Position, RevealProof};
use protocol::firm_id::{About, PersonCertificate, SignedPerson};
use protocol::id::{ApprovalId, HandshakeHash, Hash, HolderKey, NetworkId, OperatingKey};
use protocol::lock::{Refused, unlock};
use protocol::money::{Currency, Money};
use protocol::sign::verify;
use protocol::terms::{Act, BadTerms, Choice, Content, Free, Provision, Terms, TermsAct, Topic, WitnessedAct};
use protocol::text::TermsText;
use protocol::time::DAY_MS;
use protocol::vocabulary::{ResourceClass, Role};
use protocol::wire::encode;

fn session(world: &World) -> HandshakeHash {
    world.meet(&padded(&interest(world)), &padded(&answer())).1.handshake_hash()
}

#[test]
fn a_key_opens_the_committed_name_in_its_own_session_only() {
    // RVL-1, RVL-3, RVL-5
    let world = World::new();
    let session = session(&world);
    let (sealed, key) = (locked(&world, &session), key_release(&world, &session).key);
    assert_eq!(unlock(Position::Initiator, &key, &sealed, &session), Ok(encode(&identity(&world))));
    assert_eq!(unlock(Position::Initiator, &key, &sealed, &HandshakeHash([1; 32])), Err(Refused::DoesNotOpen));
    assert_eq!(unlock(Position::Responder, &key, &sealed, &session), Err(Refused::DoesNotOpen));
}

#[test]
fn a_relay_between_two_victims_cannot_pass_on_a_proof() {
    // RVL-6
    let world = World::new();
    let session = session(&world);
    let release = key_release(&world, &session);
    let proof = |change: fn(&mut RevealProof)| {
        let mut proof = RevealProof {
            network: world.network,
            position: Position::Initiator,
            handshake: session,
            initiator: HolderKey::of(&signer("envelope_holder")),
            responder: HolderKey::of(&signer("pseudonym")),
            initiator_opt_in: opt_in(&world, Position::Initiator, &session).body.hash(),
            responder_opt_in: opt_in(&world, Position::Responder, &session).body.hash(),
        };
        change(&mut proof);
        let operating = identity(&world).keys.verify().unwrap().operating_at(world.today()).unwrap();
        verify("cosolvent/reveal-proof/1", &proof, &operating, &release.proof).is_ok()
    };
    assert!(proof(|_| {}));
    assert!(!proof(|proof| proof.handshake = HandshakeHash([1; 32])), "the relay's other session");
    assert!(!proof(|proof| proof.position = Position::Responder), "the other side's name");
    assert!(!proof(|proof| proof.responder = HolderKey([1; 32])), "the relay's own advert");
    assert!(!proof(|proof| proof.responder_opt_in = Hash([1; 32])), "another exchange of names");
    assert!(!proof(|proof| proof.network = NetworkId([1; 32])));
}

#[test]
fn consents_are_mutual_only_when_each_gives_what_the_other_expects() {
    // STP-6
    let world = World::new();
    let session = session(&world);
    let one = opt_in(&world, Position::Initiator, &session).body;
    let other = opt_in(&world, Position::Responder, &session).body;
    assert!(one.mutual(&other) && other.mutual(&one));
    assert!(!one.mutual(&one), "one side twice");
    let mut less = other.clone();
    less.gives.pop();
    assert!(!one.mutual(&less));
    let mut elsewhere = other;
    elsewhere.handshake = HandshakeHash([1; 32]);
    assert!(!one.mutual(&elsewhere));
}

fn question(world: &World) -> Question<'static> {
    Question {
        network: world.network,
        approval: ApprovalId([1; 16]),
        summary: Hash([2; 32]),
        bytes: bytes_hash(&terms(world)),
        lapses: world.now.plus(1_000),
        roles: &[Role::Signer],
        firm: OperatingKey::of(&signer("firm_operating")),
        about: About { class: Some(ResourceClass::Machine), amount: Some(terms(world).total) },
    }
}

#[test]
fn a_decision_counts_for_the_question_it_answers_and_no_other() {
    // DEC-1, DEC-2
    let world = World::new();
    let asked = question(&world);
    let decision = Decision::sign(&asked, Verdict::Approve, &signer("person"));
    let certificate = belonging::certificate(&world);
    let judged = |asked: &Question<'_>, now| decision.judge(asked, &certificate, now);
    assert_eq!(judged(&asked, world.now), Ok(Verdict::Approve));
    let others = [
        Question { network: NetworkId([9; 32]), ..asked },
        Question { approval: ApprovalId([9; 16]), ..asked },
        Question { summary: Hash([9; 32]), ..asked },
        Question { bytes: Hash([9; 32]), ..asked },
        Question { lapses: world.now.plus(2_000), ..asked },
    ];
    for other in others {
        assert_eq!(judged(&other, world.now), Err(BadDecision::OtherQuestion));
    }
    assert_eq!(judged(&asked, asked.lapses), Err(BadDecision::Lapsed));
    let not_a_signer = Question { roles: &[Role::Auditor], ..asked };
    assert_eq!(judged(&not_a_signer, world.now), Err(BadDecision::NotEntitled));
    let about = |class, minor| About { class: Some(class), amount: Some(Money { minor, currency: Currency::Cad }) };
    let machine = ResourceClass::Machine;
    assert!(judged(&Question { about: about(machine, 500_000), ..asked }, world.now).is_ok(), "up to the limit");
    assert!(judged(&Question { about: About::default(), ..asked }, world.now).is_ok(), "about no money and no machine");
    let dollars = About { amount: Some(Money { minor: 1, currency: Currency::Usd }), ..About::default() };
    for beyond in [about(machine, 500_001), about(ResourceClass::Laboratory, 1), dollars] {
        let asked = Question { about: beyond, ..asked };
        assert_eq!(judged(&asked, world.now), Err(BadDecision::NotEntitled), "{beyond:?}");
    }
    let another_firm = Question { firm: OperatingKey::of(&signer("other_firm_root")), ..asked };
    assert_eq!(judged(&another_firm, world.now), Err(BadDecision::NotEntitled));
}

#[test]
fn a_certificate_names_key_role_and_expiry_and_never_a_person() {
    // IDN-2, DEC-2
    let world = World::new();
    let asked = question(&world);
    let decision = Decision::sign(&asked, Verdict::Approve, &signer("person"));
    let with = |change: fn(&mut PersonCertificate), key| {
        let mut body = belonging::certificate(&world).body;
        change(&mut body);
        decision.judge(&asked, &SignedPerson::new(body, &signer(key)), world.now)
    };
    assert_eq!(with(|_| {}, "firm_operating"), Ok(Verdict::Approve));
    assert_eq!(with(|_| {}, "other_firm_root"), Err(BadDecision::NotEntitled), "another firm's word");
    assert_eq!(with(|body| body.roles = vec![Role::Planner], "firm_operating"), Err(BadDecision::NotEntitled));
    assert_eq!(with(|body| body.expires = protocol::time::Day(0), "firm_operating"), Err(BadDecision::NotEntitled));
    assert_eq!(with(|body| body.roles.reverse(), "firm_operating"), Err(BadDecision::NotEntitled), "out of order");
    assert_eq!(with(|body| body.scope.reverse(), "firm_operating"), Err(BadDecision::NotEntitled), "out of order");
    assert_eq!(with(|body| body.scope.clear(), "firm_operating"), Ok(Verdict::Approve), "no scope is every scope");
    assert_eq!(with(|body| body.limit = None, "firm_operating"), Ok(Verdict::Approve), "no limit is no limit");
    let impostor = Decision { person: decision.person, ..Decision::sign(&asked, Verdict::Approve, &signer("dispute")) };
    assert_eq!(impostor.judge(&asked, &belonging::certificate(&world), world.now), Err(BadDecision::Signature));
}

#[test]
fn nothing_but_an_approval_of_its_very_bytes_lets_a_value_go() {
    // DEC-2, DEC-3, STP-2
    let world = World::new();
    let asked = question(&world);
    let certificate = belonging::certificate(&world);
    let approve = Decision::sign(&asked, Verdict::Approve, &signer("person"));
    let decline = Decision::sign(&asked, Verdict::Decline, &signer("person"));
    let released = Released::by(terms(&world), &approve, &asked, &certificate, world.now).unwrap();
    let payload = Payload::terms(&released);
    assert_eq!(Message::from_bytes(payload.bytes()), Ok(Message::Terms(terms(&world))));
    let refused = |value: Terms, decision| Released::by(value, decision, &asked, &certificate, world.now).unwrap_err();
    assert_eq!(refused(terms(&world), &decline), BadDecision::Declined);
    let dearer = Terms { number: 2, ..terms(&world) };
    assert_eq!(refused(dearer, &approve), BadDecision::OtherQuestion);
    assert!(Released::by(terms(&world), &approve, &asked, &certificate, asked.lapses).is_err(), "too late");
}

#[test]
fn terms_that_do_not_add_up_are_refused_whole() {
    // TRM-1, TRM-3
    let world = World::new();
    let good = terms(&world);
    let with = |change: fn(&mut Terms)| {
        let mut terms = terms(&world);
        change(&mut terms);
        (terms.check(), Message::from_bytes(&encode(&Message::Terms(terms))).is_ok())
    };
    assert_eq!(with(|_| {}), (Ok(()), true));
    assert_eq!(with(|terms| terms.total.minor += 1), (Err(BadTerms::Sum), false));
    assert_eq!(with(|terms| terms.total.currency = Currency::Usd), (Err(BadTerms::Sum), false));
    assert_eq!(with(|terms| terms.lines.clear()), (Err(BadTerms::Count), false));
    assert_eq!(with(|terms| terms.last = protocol::time::Day(0)), (Err(BadTerms::Days), false));
    let endless = |terms: &mut Terms| terms.lines[0].hourly = Money { minor: u64::MAX, currency: Currency::Cad };
    assert_eq!(with(endless), (Err(BadTerms::Sum), false));
    let wordy = |terms: &mut Terms| terms.clauses = vec![TermsText::new("x").unwrap(); 13];
    assert_eq!(with(wordy), (Err(BadTerms::Count), false));
    let eager = |terms: &mut Terms| terms.fulfilments = vec![terms.fulfilments[0].clone(); 9];
    assert_eq!(with(eager), (Err(BadTerms::Count), false));
    let mut next = good.clone();
    next.number = 2;
    assert_ne!(good.hash(), next.hash());
}

#[test]
fn a_topic_is_answered_once_and_as_it_can_be() {
    // TRM-5
    let world = World::new();
    let with = |topic: Topic, content: Content| {
        let terms = Terms { provisions: vec![Provision { topic, content }], ..terms(&world) };
        (terms.check().is_ok(), Message::from_bytes(&encode(&Message::Terms(terms))).is_ok())
    };
    let text = || Content::Text(TermsText::new("as agreed").unwrap());
    for topic in Topic::ALL {
        let shape = topic.shape();
        for choice in Choice::ALL {
            let fits = shape.choices.contains(choice);
            assert_eq!(with(*topic, Content::Choice(*choice)), (fits, fits), "{topic} {choice}");
        }
        for (content, free) in [
            (Content::Money(Money::cad(1)), shape.free == Some(Free::Money)),
            (Content::Day(protocol::time::Day(20_800)), shape.free == Some(Free::Day)),
            (text(), shape.free == Some(Free::Text)),
            (Content::Number(1), matches!(shape.free, Some(Free::Number(_)))),
            (Content::Number(u32::MAX), false),
            (Content::Withheld, true),
        ] {
            assert_eq!(with(*topic, content.clone()), (free, free), "{topic} {content:?}");
        }
        assert!(!shape.choices.is_empty() || shape.free.is_some(), "{topic} can be answered");
    }
    let scrap = |choice| Provision { topic: Topic::Scrap, content: Content::Choice(choice) };
    let taxes = Provision { topic: Topic::Taxes, content: Content::Choice(Choice::Added) };
    for provisions in [vec![scrap(Choice::None), scrap(Choice::BothSides)], vec![taxes, scrap(Choice::None)]] {
        let terms = Terms { provisions, ..terms(&world) };
        assert_eq!(terms.check(), Err(BadTerms::Provision), "twice, or out of order");
        assert!(Message::from_bytes(&encode(&Message::Terms(terms))).is_err());
    }
}

#[test]
fn terms_from_before_provisions_are_read_and_have_their_hash() {
    // TRM-1, ENC-2
    let world = World::new();
    let plain = plain_terms(&world);
    let bytes = encode(&plain);
    assert_eq!(bytes[0], 0xa8, "a map of eight fields, as it was");
    let message = encode(&Message::Terms(plain.clone()));
    assert_eq!(Message::from_bytes(&message), Ok(Message::Terms(plain.clone())));
    let kept: Terms = serde_json::from_str(&serde_json::to_string(&plain).unwrap()).unwrap();
    assert_eq!((kept.hash(), kept.provisions.len()), (plain.hash(), 0));
    let told = serde_json::to_value(&plain).unwrap();
    assert!(told.get("provisions").is_none() && told.get("fulfilments").is_none());
}

#[test]
fn to_acknowledge_is_not_to_sign() {
    // TRM-2
    let world = World::new();
    let act = |act| TermsAct { act, deal: deal(&world), terms: terms(&world).hash() };
    let (total, (_, keys)) = (terms(&world).total, world.keys());
    let witness = |said: TermsAct, roles: Vec<Role>| {
        let asked = Question { bytes: bytes_hash(&said), ..question(&world) };
        let body = PersonCertificate { roles, ..belonging::certificate(&world).body };
        WitnessedAct {
            decision: Decision::sign(&asked, Verdict::Approve, &signer("person")),
            certificate: SignedPerson::new(body, &signer("firm_operating")),
            act: said,
        }
    };
    let read = witness(act(Act::Acknowledge), vec![Role::Approver]);
    assert!(read.verify(world.network, &act(Act::Acknowledge), total, &keys, world.now));
    assert!(!read.verify(world.network, &act(Act::Sign), total, &keys, world.now), "reading does not bind");
    let by_an_approver = witness(act(Act::Sign), vec![Role::Approver]);
    assert!(
        !by_an_approver.verify(world.network, &act(Act::Sign), total, &keys, world.now),
        "an approver does not sign"
    );
    let signed = witness(act(Act::Sign), vec![Role::Signer]);
    assert!(signed.verify(world.network, &act(Act::Sign), total, &keys, world.now));
    let late = signed.certificate.body.expires.plus(1).start();
    assert!(
        !signed.verify(world.network, &act(Act::Sign), total, &keys, late),
        "a key that was let go dates its decision back"
    );
    assert!(
        signed.verify(world.network, &act(Act::Sign), total, &keys, world.now.plus(30 * DAY_MS)),
        "a lapse long ago"
    );
    let dearer = Money { minor: 500_001, ..total };
    assert!(!signed.verify(world.network, &act(Act::Sign), dearer, &keys, world.now), "beyond the signer's limit");
    assert!(read.verify(world.network, &act(Act::Acknowledge), dearer, &keys, world.now), "reading costs nothing");
    let other = TermsAct { terms: Hash([9; 32]), ..act(Act::Sign) };
    assert!(!signed.verify(world.network, &other, total, &keys, world.now), "another version");
}

#[test]
fn an_inception_founds_one_firm_and_commits_to_its_next_root() {
    // IDN-1
    let world = World::new();
    let inception = world.inception();
    let firm = inception.founds().unwrap();
    let mut rotated = inception.clone();
    rotated.body.next_root = Hash([9; 32]);
    assert!(rotated.founds().is_err(), "a thief of the operating key cannot change what comes next");
    let thief = protocol::firm_id::SignedInception::new(rotated.body, &signer("firm_operating"));
    assert!(thief.founds().is_err());
    assert_eq!(inception.body.firm(), firm);
}
