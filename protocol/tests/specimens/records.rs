//! What is gossiped: adverts, withdrawals, envelopes, entries of the log, relays.

use super::world::{World, secret, signer};
use super::{Changed, Specimen, hex, said, words};
use protocol::advert::{Advert, AdvertBody, withdraw};
use protocol::cells::OnionSecret;
use protocol::check::{Kind, Record, Unfit, check, own};
use protocol::envelope::{Envelope, EnvelopeBody};
use protocol::facts::{Facts, Side, Weeks};
use protocol::frame::frame;
use protocol::id::{Blob, DisputeKey, Ephemeral, Hash, HolderKey, PeerKey, RecordId};
use protocol::log::{Outcome, OutcomeBody, Start, StartBody, commit, commit_next};
use protocol::noise::{Seed, Sequence, blank_ephemeral};
use protocol::pass::Purpose;
use protocol::place::{Cell, Point};
use protocol::relay::{Predecessor, Relay, RelayBody};
use protocol::text::ShortText;
use protocol::vocabulary::{
    ConflictClass, Credential, EnvelopeBand, HoursBand, Language, Material, OutcomeCode, Presence, Process,
    ResourceClass, ToleranceBand, TravelBand, ValueBand,
};
use protocol::wire::encode;

const HAMILTON: Point = Point { lat_udeg: 43_260_000, lon_udeg: -79_870_000 };

pub fn all(world: &World) -> Vec<Specimen> {
    vec![
        specimen("advert-offer", Record::Advert(advert(world, offer(world)))),
        specimen("advert-need", Record::Advert(advert(world, need(world)))),
        specimen("advert-conflict-classes", Record::Advert(advert(world, in_the_interest_of(world)))),
        specimen("withdrawal", Record::Withdrawal(withdraw(&advert(world, offer(world)).body, &signer("pseudonym")))),
        specimen("envelope-small", Record::Envelope(envelope(world, 480))),
        specimen("envelope-middle", Record::Envelope(envelope(world, 1_480))),
        specimen("envelope-large", Record::Envelope(envelope(world, 2_880))),
        specimen("envelope-first", Record::Envelope(first(world))),
        specimen("start", Record::Start(start(world))),
        specimen("outcome", Record::Outcome(outcome(world))),
        specimen("relay", Record::Relay(relay(world))),
        specimen("relay-successor", Record::Relay(successor(world))),
    ]
}

/// What a node does with a record: frame and all.
pub fn judge(world: &World, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let framed = frame(bytes).ok_or("fits no size class")?;
    let verdicts = Kind::ALL.map(|kind| check(&framed, kind, &world.context()));
    let verdict = verdicts.into_iter().find(|verdict| !matches!(verdict, Err(Unfit::WrongTopic)));
    let checked = verdict.ok_or("belongs to no topic")?.map_err(said)?;
    Ok(encode(checked.record()))
}

pub fn specimen(name: &'static str, record: Record) -> Specimen {
    let checked = own(record.clone()).unwrap();
    Specimen::new(name, "Record", &record, Changed::Refused, judge)
        .with("frame_bytes", checked.frame().len())
        .with("record_id", checked.id().to_string())
}

pub fn offer(world: &World) -> Facts {
    Facts {
        side: Side::Offer,
        class: ResourceClass::MachineWithOperator,
        process: Process::FiveAxisMilling,
        materials: vec![Material::Titanium, Material::Aluminium],
        envelope: Some(EnvelopeBand::Mm500),
        tolerance: Some(ToleranceBand::Um10),
        credentials: vec![Credential::As9100],
        area: Some(Cell::containing(HAMILTON).unwrap()),
        weeks: Weeks { first: world.epoch().plus(1), last: world.epoch().plus(3) },
        hours: HoursBand::Upto40,
        presence: Some(Presence::OnSite),
        travel: None,
        languages: vec![Language::English, Language::French],
        value: None,
        text: Some(ShortText::new("Second shift, probe on the machine.").unwrap()),
        conflict_classes: Vec::new(),
    }
}

pub fn need(world: &World) -> Facts {
    Facts {
        side: Side::Need,
        envelope: None,
        tolerance: Some(ToleranceBand::Um25),
        credentials: Vec::new(),
        area: None,
        presence: None,
        travel: Some(TravelBand::Km100),
        value: Some(ValueBand::Upto5k),
        text: None,
        ..offer(world)
    }
}

/// The need of one who says in whose interest it is asked.
fn in_the_interest_of(world: &World) -> Facts {
    let conflict_classes = vec![ConflictClass::AutomotiveSupplier, ConflictClass::ContractManufacturing];
    Facts { conflict_classes, ..need(world) }
}

pub fn advert(world: &World, facts: Facts) -> Advert {
    let body = AdvertBody {
        network: world.network,
        contact: world.contact(),
        published: world.today(),
        expires: world.epoch().plus(4),
        facts,
        pass: world.pass(Purpose::Advert, "pseudonym"),
    };
    Advert::new(body, &signer("pseudonym"))
}

/// An envelope with a ciphertext of this many bytes before sealing. Nobody can open it.
pub fn envelope(world: &World, plaintext_bytes: usize) -> Envelope {
    let ciphertext = Blob(vec![0xc0; plaintext_bytes + protocol::noise::SEAL_BYTES]);
    let ephemeral = blank_ephemeral(&Seed(secret("initiator_handshake")), Sequence(1));
    sealed(world, ephemeral, [0x12, 0x34], ciphertext)
}

/// The envelope that carries the interest of the dialogue.
fn first(world: &World) -> Envelope {
    let first = world.first(&words::padded(&words::interest(world)));
    sealed(world, first.ephemeral, first.tag.0, Blob(first.ciphertext))
}

fn sealed(world: &World, ephemeral: Ephemeral, tag: [u8; 2], ciphertext: Blob) -> Envelope {
    let pass = world.pass(Purpose::Contact, "envelope_holder");
    let body = EnvelopeBody { network: world.network, pass, ephemeral, tag, ciphertext };
    Envelope::new(body, &signer("envelope_holder"))
}

pub fn start(world: &World) -> Start {
    let body = StartBody {
        network: world.network,
        pass: world.pass(Purpose::Log, "position"),
        receipt: commit(&Hash([0x51; 32]), &words::plain_terms(world).hash()),
        next: commit_next(&Hash([0x52; 32]), &HolderKey::of(&signer("next_position"))),
        dispute: DisputeKey::of(&signer("dispute")),
    };
    Start::new(body, &signer("position"))
}

pub fn start_id(world: &World) -> RecordId {
    own(Record::Start(start(world))).unwrap().id()
}

pub fn outcome(world: &World) -> Outcome {
    let receipts = Hash::of_bytes("cosolvent/receipts/1", hex(b"both receipts").as_bytes());
    let body = OutcomeBody {
        network: world.network,
        pass: world.pass(Purpose::Log, "position"),
        start: start_id(world),
        outcome: OutcomeCode::Completed,
        receipt: commit(&Hash([0x51; 32]), &receipts),
    };
    Outcome::new(body, &signer("position"))
}

pub fn relay_body(world: &World) -> RelayBody {
    RelayBody {
        network: world.network,
        peer: PeerKey::of(&signer("relay_peer")),
        onion: OnionSecret(secret("onion")).onion_key(),
        week: world.epoch(),
        addresses: vec!["/ip4/192.0.2.7/tcp/4001".to_owned(), "/ip4/192.0.2.7/udp/4001/quic-v1".to_owned()],
        pass: world.pass(Purpose::Peer, "relay_holder"),
        predecessor: None,
    }
}

/// The same node, which says under which transport identity it was known before.
pub fn successor(world: &World) -> Relay {
    let predecessor = Predecessor::new(world.network, &signer("past_relay_peer"), PeerKey::of(&signer("relay_peer")));
    let body = RelayBody { predecessor: Some(predecessor), ..relay_body(world) };
    Relay::new(body, &signer("relay_holder"), &signer("relay_peer"))
}

pub fn relay(world: &World) -> Relay {
    Relay::new(relay_body(world), &signer("relay_holder"), &signer("relay_peer"))
}
