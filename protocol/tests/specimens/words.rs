//! What two parties say to each other: every message of a dialogue, in an order in which it could happen.

use super::world::{World, secret, signer};
use super::{Changed, Specimen, belonging, hex, keys, plain, records, said};
use protocol::decision::{Decision, Question, Verdict, bytes_hash};
use protocol::dialogue::{
    Ask, Brief, CloseReason, Consent, Entry, Fact, Field, Identity, Interest, KeyRelease, Message, OptIn, Position,
    Receipt, Replied, Reply, RevealProof, Step, Value, Whereabouts, WitnessedReceipt, deal_id,
};
use protocol::docket::{Countersignature, Docket, Session, WitnessedCountersignature, WitnessedDocket, Work};
use protocol::firm_id::About;
use protocol::id::{
    ApprovalId, Blob, DealId, DisputeKey, HandshakeHash, Hash, HolderKey, OperatingKey, PeerKey, QuestionCode,
};
use protocol::limits::PLAINTEXT_CLASSES_BYTES;
use protocol::lock::{LockKey, Locked, lock};
use protocol::money::Money;
use protocol::noise::{Channel, Seed, Sequence, blank_ephemeral, pad};
use protocol::sign::{Signed, sign, verify};
use protocol::terms::{Act, Choice, Content, Fulfilment, Line, Provision, Terms, TermsAct, Topic, WitnessedAct};
use protocol::text::{RuleText, ShortText, TermsText};
use protocol::vocabulary::{Instrument, Language, OutcomeCode, ResourceClass, Role};
use protocol::wire::{Encode, encode};

pub fn all(world: &World) -> Vec<Specimen> {
    let (interest, answer) = (interest(world), answer());
    let (answered, initiator, responder) = world.meet(&padded(&interest), &padded(&answer));
    let session = initiator.handshake_hash();
    let first = world.first(&padded(&interest));
    let tag = world.tag_key().tag(Position::Responder, Sequence::HANDSHAKE);
    let mut said = vec![
        said_in_handshake("interest", &interest, &first.ephemeral.0, &first.tag.0, &first.ciphertext),
        said_in_handshake("answer", &answer, &answered.ephemeral.0, &tag.0, &answered.ciphertext)
            .with("handshake_hash", session.to_string()),
    ];
    let messages = later(world, &session);
    said.extend(
        messages
            .into_iter()
            .zip(1..)
            .map(|((name, message), n)| said_later(world, name, &message, &initiator, Sequence(n))),
    );
    said.push(said_later(world, "close", &Message::Close(CloseReason::Lapsed), &responder, Sequence(1)));
    said.extend(standing(world, &session));
    said
}

/// What the initiator says after the answer, in sequence.
fn later(world: &World, session: &HandshakeHash) -> Vec<(&'static str, Message)> {
    let deal = deal(world);
    let act = |act| {
        let act = TermsAct { act, deal, terms: terms(world).hash() };
        Message::Act(WitnessedAct { decision: decide(world, &act), act, certificate: belonging::certificate(world) })
    };
    vec![
        ("viable", Message::Viable(Consent { deal, step: Step::Viable })),
        ("opt-in", Message::OptIn(opt_in(world, Position::Initiator, session))),
        ("locked", Message::Locked(Blob(locked(world, session).ciphertext))),
        ("key", Message::Key(key_release(world, session))),
        ("terms", Message::Terms(terms(world))),
        ("acknowledge", act(Act::Acknowledge)),
        ("sign", act(Act::Sign)),
        ("started", Message::Started(records::start_id(world))),
        ("docket", Message::Docket(docket(world))),
        ("countersign", Message::Countersign(countersignature(world))),
        ("contest", Message::Contest(docket(world).docket.hash())),
        ("outcome-said", Message::Outcome(receipt(world))),
        ("keys", Message::Keys(keys::good(world).events)),
        ("whereabouts", Message::Whereabouts(whereabouts())),
        ("ask", Message::Ask(ask())),
        ("reply", Message::Reply(reply())),
    ]
}

/// Five questions, one of each shape.
pub fn ask() -> Ask {
    Ask((1..=5).map(|n| QuestionCode([n; 8])).collect())
}

/// One fact of each kind but the choice, of which nothing is said.
pub fn reply() -> Reply {
    let facts = [
        Some(Fact::Flag(true)),
        Some(Fact::Number(12_000)),
        None,
        Some(Fact::Entry(Entry { field: Field::Tolerance, value: Value::Number(10) })),
        Some(Fact::Text(ShortText::new("Round bar, sawn to length.").unwrap())),
    ];
    Reply(ask().0.into_iter().zip(facts).map(|(question, fact)| Replied { question, fact }).collect())
}

fn whereabouts() -> Whereabouts {
    let peer = PeerKey::of(&signer("relay_peer"));
    Whereabouts { peer, addresses: vec!["/ip4/192.0.2.7/tcp/4001".to_owned()] }
}

/// What stands inside messages or beside them, each judged as its receiver judges it.
fn standing(world: &World, session: &HandshakeHash) -> Vec<Specimen> {
    let act = TermsAct { act: Act::Sign, deal: deal(world), terms: terms(world).hash() };
    let witnessed =
        WitnessedAct { decision: decide(world, &act), act: act.clone(), certificate: belonging::certificate(world) };
    vec![
        Specimen::new("identity", "Identity", &identity(world), Changed::Differs, |_, bytes| {
            plain::<Identity>(bytes).map(|identity| encode(&identity))
        }),
        Specimen::new(
            "opt-in-signed",
            "Signed<OptIn>",
            &opt_in(world, Position::Initiator, session),
            Changed::Refused,
            |_, bytes| {
                let opt_in: Signed<OptIn> = plain(bytes)?;
                opt_in.verify(&HolderKey::of(&signer("envelope_holder"))).map_err(said)?;
                Ok(encode(&opt_in))
            },
        )
        .with("hash", opt_in(world, Position::Initiator, session).body.hash().to_string()),
        Specimen::new("reveal-proof", "RevealProof", &proof(world, session), Changed::Refused, |world, bytes| {
            let proof: RevealProof = plain(bytes)?;
            let session = proof.handshake;
            let operating = world.keys().1.operating_at(world.today()).ok_or("no operating key")?;
            let signature = key_release(world, &session).proof;
            // The signature that travels is over the proof of the real session.
            let real = world.meet(&padded(&interest(world)), &padded(&answer())).1.handshake_hash();
            if session != real {
                return Err("another session".to_owned());
            }
            verify("cosolvent/reveal-proof/1", &proof, &operating, &signature).map_err(said)?;
            Ok(encode(&proof))
        }),
        Specimen::new("decision", "Decision", &decide(world, &act), Changed::Refused, |world, bytes| {
            let decision: Decision = plain(bytes)?;
            let act = TermsAct { act: Act::Sign, deal: deal(world), terms: terms(world).hash() };
            let question = question(world, &act);
            decision.judge(&question, &belonging::certificate(world), world.now).map_err(said)?;
            Ok(encode(&decision))
        }),
        Specimen::new("witnessed-act", "WitnessedAct", &witnessed, Changed::Refused, |world, bytes| {
            let witnessed: WitnessedAct = plain(bytes)?;
            let expected = TermsAct { act: Act::Sign, deal: deal(world), terms: terms(world).hash() };
            let total = terms(world).total;
            if !witnessed.verify(world.network, &expected, total, &world.keys().1, world.now) {
                return Err("does not bind".to_owned());
            }
            Ok(encode(&witnessed))
        }),
        Specimen::new("witnessed-receipt", "WitnessedReceipt", &receipt(world), Changed::Refused, |world, bytes| {
            let receipt: WitnessedReceipt = plain(bytes)?;
            if !receipt.verify(world.network, deal(world), terms(world).hash(), &world.keys().1, world.now) {
                return Err("nobody says it".to_owned());
            }
            Ok(encode(&receipt))
        }),
        Specimen::new("witnessed-docket", "WitnessedDocket", &docket(world), Changed::Refused, |world, bytes| {
            let said: WitnessedDocket = plain(bytes)?;
            if !said.verify(world.network, &world.keys().1, world.now) {
                return Err("nobody says it".to_owned());
            }
            Ok(encode(&said))
        })
        .with("hash", hex(&docket(world).docket.hash().0)),
        Specimen::new(
            "witnessed-countersignature",
            "WitnessedCountersignature",
            &countersignature(world),
            Changed::Refused,
            |world, bytes| {
                let said: WitnessedCountersignature = plain(bytes)?;
                if !said.verify(world.network, &world.keys().1, world.now) {
                    return Err("nobody says it".to_owned());
                }
                Ok(encode(&said))
            },
        ),
    ]
}

fn message(name: &'static str, message: &Message) -> Specimen {
    Specimen::new(name, "Message", message, Changed::Differs, |_, bytes| {
        Message::from_bytes(bytes).map(|message| encode(&message)).map_err(said)
    })
}

fn said_in_handshake(name: &'static str, said: &Message, ephemeral: &[u8], tag: &[u8], ciphertext: &[u8]) -> Specimen {
    message(name, said).with("ephemeral", hex(ephemeral)).with("tag", hex(tag)).with("ciphertext", hex(ciphertext))
}

fn said_later(world: &World, name: &'static str, said: &Message, from: &Channel, n: Sequence) -> Specimen {
    let seed = match from.role() {
        Position::Initiator => "initiator_handshake",
        Position::Responder => "responder_handshake",
    };
    let blank = blank_ephemeral(&Seed(secret(seed)), n);
    message(name, said)
        .with("sender", from.role().byte())
        .with("sequence", n.0)
        .with("ephemeral", hex(&blank.0))
        .with("tag", hex(&world.tag_key().tag(from.role(), n).0))
        .with("ciphertext", hex(&from.seal(n, &padded(said)).unwrap()))
}

/// A message as it is before sealing.
pub fn padded(message: &Message) -> Vec<u8> {
    pad(&encode(message), &PLAINTEXT_CLASSES_BYTES).unwrap()
}

pub fn deal(_: &World) -> DealId {
    deal_id(&HolderKey::of(&signer("envelope_holder")))
}

pub fn interest(world: &World) -> Message {
    let advert = protocol::check::own(protocol::check::Record::Advert(records::advert(world, records::offer(world))));
    let brief = Brief::new(vec![
        Entry { field: Field::Hours, value: Value::Number(24) },
        Entry { field: Field::Tolerance, value: Value::Number(20) },
        Entry { field: Field::Languages, value: Value::Languages(vec![Language::French]) },
    ]);
    Message::Interest(Interest { advert: advert.unwrap().id(), tag_key: world.tag_key(), brief })
}

pub fn answer() -> Message {
    Message::Answer(Brief::new(vec![
        Entry { field: Field::Hours, value: Value::Number(32) },
        Entry { field: Field::Operator, value: Value::Flag(true) },
        Entry { field: Field::Experience, value: Value::Text(ShortText::new("Brackets, ten years.").unwrap()) },
    ]))
}

pub fn identity(world: &World) -> Identity {
    let text = |text| Value::Text(ShortText::new(text).unwrap());
    Identity {
        keys: world.keys().0,
        membership: belonging::signed_membership(world),
        contact: Brief::new(vec![
            Entry { field: Field::Street, value: text("1 Example Street") },
            Entry { field: Field::Mail, value: text("office@machining.example") },
            Entry { field: Field::Phone, value: text("+1 555 0100") },
            Entry { field: Field::Contact, value: text("A. Example") },
        ]),
        peer: Blob(belonging::peer()),
        addresses: vec!["/ip4/192.0.2.9/tcp/4001".to_owned()],
    }
}

fn lock_key() -> LockKey {
    LockKey::draw(&Seed(secret("lock")))
}

pub fn locked(world: &World, session: &HandshakeHash) -> Locked {
    lock(Position::Initiator, &lock_key(), &encode(&identity(world)), session).unwrap()
}

pub fn opt_in(world: &World, position: Position, session: &HandshakeHash) -> Signed<OptIn> {
    let fields = vec![Field::FirmId, Field::LegalName, Field::Membership, Field::Street, Field::Carrier];
    let commitment = match position {
        Position::Initiator => locked(world, session).commitment,
        Position::Responder => protocol::id::Commitment([0xcc; 32]),
    };
    let body = OptIn { handshake: *session, position, gives: fields.clone(), expects: fields, commitment, turn: None };
    let pseudonym = if position == Position::Initiator { "envelope_holder" } else { "pseudonym" };
    Signed::new(body, &signer(pseudonym))
}

fn proof(world: &World, session: &HandshakeHash) -> RevealProof {
    RevealProof {
        network: world.network,
        position: Position::Initiator,
        handshake: *session,
        initiator: HolderKey::of(&signer("envelope_holder")),
        responder: HolderKey::of(&signer("pseudonym")),
        initiator_opt_in: opt_in(world, Position::Initiator, session).body.hash(),
        responder_opt_in: opt_in(world, Position::Responder, session).body.hash(),
    }
}

pub fn key_release(world: &World, session: &HandshakeHash) -> KeyRelease {
    KeyRelease {
        key: lock_key(),
        proof: sign("cosolvent/reveal-proof/1", &proof(world, session), &signer("firm_operating")),
        dispute: DisputeKey::of(&signer("dispute")),
    }
}

pub fn terms(world: &World) -> Terms {
    let hourly = Money::cad(185);
    let lines = vec![Line::hourly(TermsText::new("Five-axis milling with operator").unwrap(), 1_450, hourly)];
    Terms {
        deal: deal(world),
        number: 1,
        instrument: Instrument::CapacityRental,
        total: protocol::terms::sum(&lines).unwrap(),
        lines,
        first: world.today().plus(5),
        last: world.today().plus(12),
        clauses: vec![TermsText::new("Material and tools are the renting side's.").unwrap()],
        provisions: provisions(),
        fulfilments: vec![Fulfilment {
            pack: RuleText::new("northern-testing").unwrap(),
            rule: RuleText::new("group-policy").unwrap(),
            by: TermsText::new("The sponsor's group policy covers the work.").unwrap(),
            evidence: TermsText::new("Certificate 1204, to 2027-06-30, kept by the renting side").unwrap(),
        }],
    }
}

/// Terms that say nothing of topics and conditions. The golden START commits to these: the cells that carry it were made by a second
/// implementation, from its bytes.
pub fn plain_terms(world: &World) -> Terms {
    Terms { provisions: vec![], fulfilments: vec![], ..terms(world) }
}

/// An answer of every kind.
fn provisions() -> Vec<Provision> {
    let answers = [
        (Topic::Confidentiality, Content::Number(24)),
        (Topic::LiabilityCap, Content::Money(Money::cad(5_000))),
        (Topic::Scrap, Content::Withheld),
        (Topic::GoverningLaw, Content::Choice(Choice::Ontario)),
        (Topic::Mediator, Content::Text(TermsText::new("Somebody whom both sides know").unwrap())),
        (Topic::DeliveryDay, Content::Day(protocol::time::Day(20_790))),
    ];
    answers.map(|(topic, content)| Provision { topic, content }).to_vec()
}

fn question<T: Encode>(world: &World, released: &T) -> Question<'static> {
    Question {
        network: world.network,
        approval: ApprovalId([0x61; 16]),
        summary: Hash([0x62; 32]),
        bytes: bytes_hash(released),
        lapses: world.now.plus(48 * 3_600_000),
        roles: &[Role::Signer],
        firm: OperatingKey::of(&signer("firm_operating")),
        about: About { class: Some(ResourceClass::Machine), amount: Some(terms(world).total) },
    }
}

fn decide<T: Encode>(world: &World, released: &T) -> Decision {
    Decision::sign(&question(world, released), Verdict::Approve, &signer("person"))
}

fn docket(world: &World) -> WitnessedDocket {
    let note = TermsText::new("Roughing of the first two mandrels").ok();
    let work = Work::Session(Session { line: 0, day: world.now.day(), minutes: 450, note });
    let docket = Docket { deal: deal(world), terms: terms(world).hash(), number: 1, work };
    WitnessedDocket { decision: decide(world, &docket), docket, certificate: belonging::certificate(world) }
}

fn countersignature(world: &World) -> WitnessedCountersignature {
    let countersignature = Countersignature { deal: deal(world), docket: docket(world).docket.hash() };
    let decision = decide(world, &countersignature);
    WitnessedCountersignature { decision, countersignature, certificate: belonging::certificate(world) }
}

fn receipt(world: &World) -> WitnessedReceipt {
    let receipt = Receipt { deal: deal(world), terms: terms(world).hash(), outcome: OutcomeCode::Completed };
    WitnessedReceipt { decision: decide(world, &receipt), receipt, certificate: belonging::certificate(world) }
}
