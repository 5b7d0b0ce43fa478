//! Proof that we say the same bytes as others do, and as we did before.
//!
//! `vectors/noise-nk.json` holds what other projects published for our suite, `vectors/dialogue-noise.json` what this one
//! says (both ways: made again, and read), the short constants stand in the RFCs named. When a golden test fails because the protocol changed
//! on purpose, its message is the new file.

use super::handshake::suite;
use super::resolver::{self, Resolver};
use super::{
    Answer, Channel, ContactKey, ContactSecret, Ephemeral, First, HandshakeHash, Parts, Position, Prologue, Seed,
    Sequence, TagKey, answer, blank_ephemeral, finish, first_message, first_tag, pad, read_first, unpad,
};
use crate::id::Commitment;
use crate::lock::{LockKey, Locked, lock, unlock};
use alloc::{boxed::Box, string::String, vec, vec::Vec};
use data_encoding::HEXLOWER as HEX;
use hkdf::Hkdf;
use serde_json::{Value, json};
use sha2::Sha256;

/// Two parties about to meet, always the same.
pub(crate) struct Meeting {
    pub(crate) initiator_seed: Seed,
    pub(crate) responder_seed: Seed,
    pub(crate) contact_secret: ContactSecret,
    pub(crate) brief: Vec<u8>,
    pub(crate) reply: Vec<u8>,
}

pub(crate) fn meeting() -> Meeting {
    Meeting {
        initiator_seed: Seed([0x11; 32]),
        responder_seed: Seed([0x22; 32]),
        contact_secret: ContactSecret([0x33; 32]),
        brief: b"five-axis milling, aluminium, week 14".to_vec(),
        reply: b"fit, band 2".to_vec(),
    }
}

impl Meeting {
    pub(crate) fn contact(&self) -> ContactKey {
        self.contact_secret.contact_key()
    }

    pub(crate) fn prologue(&self) -> Prologue<'static> {
        Prologue(b"network, version 1, pseudonym, holder key")
    }

    pub(crate) fn first(&self) -> First {
        first_message(&self.initiator_seed, &self.contact(), self.prologue(), &self.brief).unwrap()
    }

    pub(crate) fn answer(&self, first: &First) -> (Answer, Channel) {
        answer(&self.responder_seed, &self.contact_secret, self.prologue(), first.parts(), &self.reply).unwrap()
    }

    pub(crate) fn finish(&self, answer: &Answer) -> (Vec<u8>, Channel) {
        finish(&self.initiator_seed, &self.contact(), self.prologue(), &self.brief, answer.parts()).unwrap()
    }

    /// The initiator's channel and the responder's.
    pub(crate) fn channels(&self) -> (Channel, Channel) {
        let (answer, responder) = self.answer(&self.first());
        (self.finish(&answer).1, responder)
    }
}

pub(crate) fn bytes32(hex: &str) -> [u8; 32] {
    bytes(hex).try_into().unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    HEX.decode(hex.as_bytes()).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    HEX.encode(bytes)
}

#[test]
fn our_primitives_reproduce_the_published_noise_vectors() {
    // DLG-1
    let file: Value = serde_json::from_str(include_str!("../../vectors/noise-nk.json")).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 2);
    vectors.iter().for_each(reproduce);
}

/// Ephemerals of published vectors are given, ours are drawn: this is the one place that sets them by hand.
#[expect(clippy::disallowed_methods)]
fn reproduce(vector: &Value) {
    let field = |name: &str| bytes(vector[name].as_str().unwrap_or_else(|| panic!("{name} is missing")));
    assert_eq!(vector["protocol_name"], suite().name.as_str());
    let (prologue, same) = (field("init_prologue"), field("resp_prologue"));
    let (e, s, re, rs) =
        (field("init_ephemeral"), field("resp_static"), field("resp_ephemeral"), field("init_remote_static"));
    let builder = || snow::Builder::with_resolver(suite(), Box::new(Resolver { draws: None }));
    let initiator = builder().prologue(&prologue).unwrap().remote_public_key(&rs).unwrap();
    let responder = builder().prologue(&same).unwrap().local_private_key(&s).unwrap();
    let mut initiator = initiator.fixed_ephemeral_key_for_testing_only(&e).build_initiator().unwrap();
    let mut responder = responder.fixed_ephemeral_key_for_testing_only(&re).build_responder().unwrap();
    let messages: Vec<_> = vector["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| (bytes(message["payload"].as_str().unwrap()), bytes(message["ciphertext"].as_str().unwrap())))
        .collect();
    let (mut sealed, mut opened) = (vec![0; 1_000], vec![0; 1_000]);
    for (at, (payload, ciphertext)) in messages.iter().take(2).enumerate() {
        let (from, to) = if at == 0 { (&mut initiator, &mut responder) } else { (&mut responder, &mut initiator) };
        let length = from.write_message(payload, &mut sealed).unwrap();
        assert_eq!(hex(&sealed[..length]), hex(ciphertext), "handshake message {at}");
        let length = to.read_message(ciphertext, &mut opened).unwrap();
        assert_eq!(&opened[..length], payload);
    }
    assert_eq!(initiator.get_handshake_hash(), responder.get_handshake_hash());
    if let Some(hash) = vector["handshake_hash"].as_str() {
        assert_eq!(hex(initiator.get_handshake_hash()), hash);
    }
    let initiator = initiator.into_stateless_transport_mode().unwrap();
    let responder = responder.into_stateless_transport_mode().unwrap();
    for (at, (payload, ciphertext)) in messages.iter().skip(2).enumerate() {
        let (from, to) = if at % 2 == 0 { (&initiator, &responder) } else { (&responder, &initiator) };
        let length = from.write_message(at as u64 / 2, payload, &mut sealed).unwrap();
        assert_eq!(hex(&sealed[..length]), hex(ciphertext), "transport message {at}");
        let length = to.read_message(at as u64 / 2, ciphertext, &mut opened).unwrap();
        assert_eq!(&opened[..length], payload);
    }
}

#[test]
fn x25519_agrees_with_rfc_7748() {
    // Section 5.2, both inputs; section 6.1.
    let cases = [
        (
            "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
            "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
            "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        ),
        (
            "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
            "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
            "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
        ),
        (
            "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
            "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
            "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
        ),
    ];
    for (secret, public, expected) in cases {
        assert_eq!(hex(resolver::shared(&bytes32(secret), &bytes32(public)).unwrap().as_ref()), expected);
    }
}

#[test]
fn a_channel_cipher_agrees_with_rfc_8439() {
    // Section 2.8.2. snow's nonces begin with 32 zero bits, so the vector runs on the cipher below the resolver.
    use chacha20poly1305::{
        ChaCha20Poly1305, KeyInit,
        aead::{Aead, Payload},
    };
    let key: [u8; 32] = core::array::from_fn(|at| 0x80 + at as u8);
    let nonce: [u8; 12] = bytes("070000004041424344454647").try_into().unwrap();
    let text = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
    let payload = Payload { msg: text, aad: &bytes("50515253c0c1c2c3c4c5c6c7") };
    let sealed = ChaCha20Poly1305::new(&key.into()).encrypt(&nonce.into(), payload).unwrap();
    assert_eq!(
        hex(&sealed),
        "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b29\
         05d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b\
         61161ae10b594f09e26a7e902ecbd0600691"
    );
}

#[test]
fn hkdf_agrees_with_rfc_5869() {
    // Appendix A.1 and A.3.
    let mut okm = [0; 42];
    let salt = bytes("000102030405060708090a0b0c");
    Hkdf::<Sha256>::new(Some(&salt), &[0x0b; 22]).expand(&bytes("f0f1f2f3f4f5f6f7f8f9"), &mut okm).unwrap();
    assert_eq!(hex(&okm), "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    Hkdf::<Sha256>::new(None, &[0x0b; 22]).expand(&[], &mut okm).unwrap();
    assert_eq!(hex(&okm), "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

const GOLDEN: &str = include_str!("../../vectors/dialogue-noise.json");
const SIZES: [usize; 2] = [64, 128];

#[test]
fn a_whole_dialogue_is_said_as_the_golden_file_has_it() {
    // DLG-1 to DLG-15, RVL-1, RVL-2
    let made = serde_json::to_string_pretty(&json!({ "dialogue": dialogue(), "lock": locks() })).unwrap();
    assert!(made.trim() == GOLDEN.trim(), "vectors/dialogue-noise.json would now be:\n{made}");
}

fn dialogue() -> Value {
    let m = meeting();
    let tag_key = TagKey([0x44; 32]);
    let first = m.first();
    let (answer, responder) = m.answer(&first);
    let (_, initiator) = m.finish(&answer);
    let transport: Vec<_> = [
        (&initiator, &m.initiator_seed, 1, &b"what tolerance?"[..]),
        (&responder, &m.responder_seed, 1, b"0.01 mm"),
        (&initiator, &m.initiator_seed, 2, &[0x5a; 70]),
        (&initiator, &m.initiator_seed, (1 << 53) - 1, b""),
    ]
    .into_iter()
    .map(|(channel, seed, number, payload)| {
        let sequence = Sequence(number);
        let padded = pad(payload, &SIZES).unwrap();
        json!({
            "sender": channel.role(),
            "sequence": number,
            "payload": hex(payload),
            "padded": hex(&padded),
            "ephemeral": hex(&blank_ephemeral(seed, sequence).0),
            "tag": hex(&tag_key.tag(channel.role(), sequence).0),
            "ciphertext": hex(&channel.seal(sequence, &padded).unwrap()),
        })
    })
    .collect();
    json!({
        "initiator_seed": hex(&m.initiator_seed.0),
        "responder_seed": hex(&m.responder_seed.0),
        "contact_secret": hex(&m.contact_secret.0),
        "contact_key": hex(&m.contact().0),
        "prologue": hex(m.prologue().0),
        "tag_key": hex(&tag_key.0),
        "sizes": SIZES,
        "first": {
            "payload": hex(&m.brief),
            "ephemeral": hex(&first.ephemeral.0),
            "tag": hex(&first.tag.0),
            "ciphertext": hex(&first.ciphertext),
        },
        "answer": {
            "payload": hex(&m.reply),
            "ephemeral": hex(&answer.ephemeral.0),
            "tag": hex(&tag_key.tag(Position::Responder, Sequence::HANDSHAKE).0),
            "ciphertext": hex(&answer.ciphertext),
        },
        "handshake_hash": hex(&initiator.handshake_hash().0),
        "transport": transport,
    })
}

fn locks() -> Value {
    let session = meeting().channels().0.handshake_hash();
    let one = |role: Position, seed: Seed, payload: &[u8]| {
        let key = LockKey::draw(&seed);
        let locked = lock(role, &key, payload, &session).unwrap();
        json!({
            "role": role,
            "seed": hex(&seed.0),
            "key": hex(&key.key),
            "nonce": hex(&key.nonce),
            "handshake_hash": hex(&session.0),
            "payload": hex(payload),
            "commitment": hex(&locked.commitment.0),
            "ciphertext": hex(&locked.ciphertext),
        })
    };
    json!([
        one(Position::Initiator, Seed([0x55; 32]), b"firm one, its membership"),
        one(Position::Responder, Seed([0x66; 32]), b""),
    ])
}

#[test]
fn a_whole_dialogue_is_read_from_the_golden_file() {
    // DLG-1 to DLG-15
    let file: Value = serde_json::from_str(GOLDEN).unwrap();
    let d = &file["dialogue"];
    let field = |of: &Value, name: &str| bytes(of[name].as_str().unwrap());
    let key = |of: &Value, name: &str| bytes32(of[name].as_str().unwrap());
    let (secret, prologue) = (ContactSecret(key(d, "contact_secret")), field(d, "prologue"));
    let (tag_key, prologue) = (TagKey(key(d, "tag_key")), Prologue(&prologue));
    assert_eq!(secret.contact_key().0, key(d, "contact_key"));
    let message = |of: &Value| (Ephemeral(key(of, "ephemeral")), field(of, "ciphertext"));

    let (ephemeral, ciphertext) = message(&d["first"]);
    let first = Parts { ephemeral: &ephemeral, ciphertext: &ciphertext };
    assert_eq!(first_tag(&secret, &ephemeral).unwrap().0[..], field(&d["first"], "tag"));
    let brief = read_first(&secret, prologue, first).unwrap();
    assert_eq!(brief, field(&d["first"], "payload"));
    let reply = field(&d["answer"], "payload");
    let (_, responder) = answer(&Seed(key(d, "responder_seed")), &secret, prologue, first, &reply).unwrap();

    let (ephemeral, ciphertext) = message(&d["answer"]);
    let answered = Parts { ephemeral: &ephemeral, ciphertext: &ciphertext };
    assert_eq!(tag_key.tag(Position::Responder, Sequence::HANDSHAKE).0[..], field(&d["answer"], "tag"));
    let (seed, contact) = (Seed(key(d, "initiator_seed")), secret.contact_key());
    let (payload, initiator) = finish(&seed, &contact, prologue, &brief, answered).unwrap();
    assert_eq!(payload, reply);
    assert_eq!(initiator.handshake_hash(), HandshakeHash(key(d, "handshake_hash")));

    for later in d["transport"].as_array().unwrap() {
        let sender: Position = serde_json::from_value(later["sender"].clone()).unwrap();
        let sequence = Sequence(later["sequence"].as_u64().unwrap());
        assert_eq!(tag_key.tag(sender, sequence).0[..], field(later, "tag"));
        let reader = if sender == Position::Initiator { &responder } else { &initiator };
        let padded = reader.open(sequence, &field(later, "ciphertext")).unwrap();
        assert_eq!(padded, field(later, "padded"));
        assert_eq!(unpad(&padded, &SIZES).unwrap(), field(later, "payload"));
    }
}

#[test]
fn locked_reveals_are_opened_from_the_golden_file() {
    // RVL-1, RVL-2
    let file: Value = serde_json::from_str(GOLDEN).unwrap();
    for stored in file["lock"].as_array().unwrap() {
        let field = |name: &str| stored[name].as_str().unwrap();
        let role: Position = serde_json::from_value(stored["role"].clone()).unwrap();
        let key = LockKey { key: bytes32(field("key")), nonce: bytes32(field("nonce")) };
        let locked =
            Locked { commitment: Commitment(bytes32(field("commitment"))), ciphertext: bytes(field("ciphertext")) };
        let session = HandshakeHash(bytes32(field("handshake_hash")));
        assert_eq!(unlock(role, &key, &locked, &session), Ok(bytes(field("payload"))));
    }
}
