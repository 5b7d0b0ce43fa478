//! The two messages that begin a dialogue: `Noise_NK_25519_ChaChaPoly_SHA256` to an advert's contact key.
//!
//! Decides whether a first message was sealed for this contact key under this prologue, and whether an answer came from the
//! holder of that key. Refuses anything else, without saying why to anybody.
//!
//! ```text
//!   <- contact key (from the advert)      the prologue is hashed in on both sides, never sent
//!   -> e, es, first payload               sequence 0 of the initiator
//!   <- e, ee, answer payload              sequence 0 of the responder
//! ```
//!
//! Rules: `DLG-1` to `DLG-6`. snow's states cannot be stored, so none is: each function runs the handshake from its
//! beginning. The ephemeral is drawn from HMAC(seed, everything that goes into the message), so that the same inputs give the
//! same bytes after a restart, and a caller that by mistake offers the same seed with another payload gets another ephemeral
//! instead of a second message under one key and nonce (`DLG-5`).
//!
//! An attacker tries first messages by the thousand: each costs one X25519 for the tag, and a second pair only if two bytes
//! of tag agree. Who learns what: the responder reads the first payload and nothing about who sent it.

use super::keys::keyed;
use super::resolver::{self, Resolver};
use super::{
    Channel, ContactKey, ContactSecret, Ephemeral, PLAINTEXT_MAX, Position, Refused, SEAL_BYTES, Seed, Tag, tag,
};
use alloc::{boxed::Box, string::String, vec, vec::Vec};
use hmac::Mac;
use snow::{
    Builder, HandshakeState,
    params::{
        BaseChoice, CipherChoice, DHChoice, HandshakeChoice, HandshakeModifierList, HandshakePattern, HashChoice,
        NoiseParams,
    },
};

/// The one suite of the protocol (`DLG-1`).
const SUITE: &str = "Noise_NK_25519_ChaChaPoly_SHA256";

/// Separates the draws of a handshake from every other use of a seed.
const DRAWS_LABEL: &[u8] = b"cosolvent/dialogue/handshake-draws/1";

/// An X25519 public key, in bytes.
const KEY_BYTES: usize = 32;

/// The longest payload of the first message or the answer, in bytes: a transport plaintext less the ephemeral, 65,487.
pub const FIRST_PAYLOAD_MAX: usize = PLAINTEXT_MAX - KEY_BYTES;

/// What both sides must agree on before the first byte: network, protocol version, the advert's pseudonym key and the holder
/// key of the first envelope, in the canonical encoding of the envelope rules (`DLG-3`). Hashed in, never sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prologue<'a>(pub &'a [u8]);

/// A handshake message as an envelope carries it: the ephemeral in its own field, the rest as ciphertext.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The envelope's ephemeral field.
    pub ephemeral: &'a Ephemeral,
    /// The envelope's ciphertext field.
    pub ciphertext: &'a [u8],
}

/// The first message, ready for an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    /// Noise's own `e`.
    pub ephemeral: Ephemeral,
    /// By which the advert's owner picks this envelope out of all others (`DLG-7`).
    pub tag: Tag,
    /// The sealed payload, [`SEAL_BYTES`] longer than the payload.
    pub ciphertext: Vec<u8>,
}

/// The answer, ready for an envelope. Its tag is that of the responder's sequence 0 (`DLG-8`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Noise's own `e`.
    pub ephemeral: Ephemeral,
    /// The sealed payload, [`SEAL_BYTES`] longer than the payload.
    pub ciphertext: Vec<u8>,
}

impl First {
    /// Borrowed, as the reading functions take it.
    pub fn parts(&self) -> Parts<'_> {
        Parts { ephemeral: &self.ephemeral, ciphertext: &self.ciphertext }
    }
}

impl Answer {
    /// Borrowed, as the reading functions take it.
    pub fn parts(&self) -> Parts<'_> {
        Parts { ephemeral: &self.ephemeral, ciphertext: &self.ciphertext }
    }
}

/// Seals `payload` to an advert. The caller stores the seed, the prologue and the payload before anything is sent (`DLG-6`).
///
/// Errors: [`Refused::LowOrder`] for a contact key that fixes the secret, [`Refused::TooLong`].
pub fn first_message(
    seed: &Seed,
    contact: &ContactKey,
    prologue: Prologue<'_>,
    payload: &[u8],
) -> Result<First, Refused> {
    let draws = first_draws(seed, contact, prologue, payload);
    let mut state = initiator(&draws, contact, prologue)?;
    let (ephemeral, ciphertext) = write(&mut state, payload)?;
    let shared = resolver::shared(&resolver::ephemeral_secret(&draws), &contact.0).ok_or(Refused::LowOrder)?;
    Ok(First { ephemeral, tag: tag::of_first(&shared), ciphertext })
}

/// Reads the payload of a first message without answering it, so that policy or a person may decide first.
///
/// Errors: [`Refused::DoesNotOpen`], [`Refused::LowOrder`].
pub fn read_first(secret: &ContactSecret, prologue: Prologue<'_>, first: Parts<'_>) -> Result<Vec<u8>, Refused> {
    read(&mut responder(None, secret, prologue)?, first)
}

/// Answers a first message. The caller remembers the first ephemeral until the contact secret is wiped, and answers it once,
/// with the same bytes however often it is heard (`DLG-4`). The same inputs give the same channel after a restart (`DLG-6`).
///
/// Errors: as [`read_first`], and [`Refused::TooLong`].
pub fn answer(
    seed: &Seed,
    secret: &ContactSecret,
    prologue: Prologue<'_>,
    first: Parts<'_>,
    payload: &[u8],
) -> Result<(Answer, Channel), Refused> {
    let draws = answer_draws(seed, secret, prologue, first, payload);
    let mut state = responder(Some(draws), secret, prologue)?;
    read(&mut state, first)?;
    let (ephemeral, ciphertext) = write(&mut state, payload)?;
    Ok((Answer { ephemeral, ciphertext }, Channel::new(state, Position::Responder)?))
}

/// Opens the answer, by running the first message again from what was stored. Gives the answer's payload and the channel;
/// the same inputs give the same channel after a restart (`DLG-6`).
///
/// Errors: [`Refused::DoesNotOpen`], [`Refused::LowOrder`].
pub fn finish(
    seed: &Seed,
    contact: &ContactKey,
    prologue: Prologue<'_>,
    first_payload: &[u8],
    answer: Parts<'_>,
) -> Result<(Vec<u8>, Channel), Refused> {
    let draws = first_draws(seed, contact, prologue, first_payload);
    let mut state = initiator(&draws, contact, prologue)?;
    write(&mut state, first_payload)?;
    let payload = read(&mut state, answer)?;
    Ok((payload, Channel::new(state, Position::Initiator)?))
}

pub(super) fn suite() -> NoiseParams {
    NoiseParams::new(
        String::from(SUITE),
        BaseChoice::Noise,
        HandshakeChoice { pattern: HandshakePattern::NK, modifiers: HandshakeModifierList { list: Vec::new() } },
        DHChoice::Curve25519,
        CipherChoice::ChaChaPoly,
        HashChoice::SHA256,
    )
}

fn initiator(draws: &Seed, contact: &ContactKey, prologue: Prologue<'_>) -> Result<HandshakeState, Refused> {
    let resolver = Resolver { draws: Some(draws.clone()) };
    let builder = Builder::with_resolver(suite(), Box::new(resolver));
    Ok(builder.prologue(prologue.0)?.remote_public_key(&contact.0)?.build_initiator()?)
}

fn responder(draws: Option<Seed>, secret: &ContactSecret, prologue: Prologue<'_>) -> Result<HandshakeState, Refused> {
    let builder = Builder::with_resolver(suite(), Box::new(Resolver { draws }));
    Ok(builder.prologue(prologue.0)?.local_private_key(&secret.0)?.build_responder()?)
}

fn write(state: &mut HandshakeState, payload: &[u8]) -> Result<(Ephemeral, Vec<u8>), Refused> {
    if payload.len() > FIRST_PAYLOAD_MAX {
        return Err(Refused::TooLong { found: payload.len(), limit: FIRST_PAYLOAD_MAX });
    }
    let mut message = vec![0; KEY_BYTES + payload.len() + SEAL_BYTES];
    let written = state.write_message(payload, &mut message)?;
    match message.split_first_chunk::<KEY_BYTES>() {
        Some((ephemeral, ciphertext)) if written == message.len() => Ok((Ephemeral(*ephemeral), ciphertext.to_vec())),
        _ => Err(Refused::Engine),
    }
}

fn read(state: &mut HandshakeState, parts: Parts<'_>) -> Result<Vec<u8>, Refused> {
    let message = [&parts.ephemeral.0[..], parts.ciphertext].concat();
    let mut payload = vec![0; parts.ciphertext.len()];
    let length = state.read_message(&message, &mut payload)?;
    payload.truncate(length);
    Ok(payload)
}

fn first_draws(seed: &Seed, contact: &ContactKey, prologue: Prologue<'_>, payload: &[u8]) -> Seed {
    draws(seed, Position::Initiator, &[&contact.0, prologue.0, payload])
}

fn answer_draws(seed: &Seed, secret: &ContactSecret, prologue: Prologue<'_>, first: Parts<'_>, payload: &[u8]) -> Seed {
    draws(
        seed,
        Position::Responder,
        &[&secret.contact_key().0, prologue.0, &first.ephemeral.0, first.ciphertext, payload],
    )
}

/// The seed of everything drawn for one message: HMAC-SHA256(seed, label ‖ role ‖ each input with its length) (`DLG-5`).
fn draws(seed: &Seed, role: Position, inputs: &[&[u8]]) -> Seed {
    let mut mac = keyed(&seed.0);
    mac.update(DRAWS_LABEL);
    mac.update(&[role.byte()]);
    for input in inputs {
        mac.update(&(input.len() as u64).to_be_bytes());
        mac.update(input);
    }
    Seed(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::{first_tag, vectors::meeting};
    use proptest::prelude::*;

    #[test]
    fn both_sides_agree_on_the_session_and_read_each_other() {
        // DLG-1
        let m = meeting();
        let first = m.first();
        assert_eq!(first_tag(&m.contact_secret, &first.ephemeral), Ok(first.tag), "DLG-7");
        assert_eq!(read_first(&m.contact_secret, m.prologue(), first.parts()), Ok(m.brief.clone()));
        let (answer, responder) = m.answer(&first);
        let (payload, initiator) = m.finish(&answer);
        assert_eq!(payload, m.reply);
        assert_eq!(initiator.handshake_hash(), responder.handshake_hash());
        assert_eq!((initiator.role(), responder.role()), (Position::Initiator, Position::Responder));
        assert_eq!(first.ciphertext.len(), m.brief.len() + SEAL_BYTES);
        assert_eq!(answer.ciphertext.len(), m.reply.len() + SEAL_BYTES);
    }

    #[test]
    fn a_restarted_node_says_the_same_bytes_and_holds_the_same_channel() {
        // DLG-4, DLG-6
        let m = meeting();
        let first = m.first();
        assert_eq!(first, m.first());
        let ((answer, before), (again, after)) = (m.answer(&first), m.answer(&first));
        assert_eq!(answer, again);
        let ((_, mine), (_, rebuilt)) = (m.finish(&answer), m.finish(&answer));
        for (one, two) in [(before, after), (mine, rebuilt)] {
            assert_eq!(one.handshake_hash(), two.handshake_hash());
            let at = crate::noise::Sequence(7);
            assert_eq!(one.seal(at, b"the same").unwrap(), two.seal(at, b"the same").unwrap());
        }
    }

    #[test]
    fn one_seed_never_seals_two_payloads_under_one_ephemeral() {
        // DLG-5
        let m = meeting();
        let first = m.first();
        let other = first_message(&m.initiator_seed, &m.contact(), m.prologue(), b"another brief").unwrap();
        assert_ne!(first.ephemeral, other.ephemeral);
        let answered = |payload: &[u8]| {
            answer(&m.responder_seed, &m.contact_secret, m.prologue(), first.parts(), payload).unwrap().0.ephemeral
        };
        assert_ne!(answered(b"yes"), answered(b"no"));
    }

    #[test]
    fn a_message_wrapped_again_under_another_prologue_does_not_open() {
        // DLG-3
        let m = meeting();
        let first = m.first();
        let thief = Prologue(b"the same network, another envelope holder key");
        assert_eq!(read_first(&m.contact_secret, thief, first.parts()), Err(Refused::DoesNotOpen));
        let (answer, _) = m.answer(&first);
        let finished = finish(&m.initiator_seed, &m.contact(), thief, &m.brief, answer.parts());
        assert_eq!(finished.map(|_| ()), Err(Refused::DoesNotOpen));
    }

    #[test]
    fn another_contact_key_reads_nothing_and_answers_nothing() {
        let m = meeting();
        let first = m.first();
        let stranger = ContactSecret([0x77; 32]);
        assert_eq!(read_first(&stranger, m.prologue(), first.parts()), Err(Refused::DoesNotOpen));
        assert!(answer(&m.responder_seed, &stranger, m.prologue(), first.parts(), b"me").is_err());
    }

    #[test]
    fn an_answer_to_another_first_message_is_refused() {
        let m = meeting();
        let other = first_message(&Seed([5; 32]), &m.contact(), m.prologue(), &m.brief).unwrap();
        let (answer, _) = m.answer(&other);
        let finished = finish(&m.initiator_seed, &m.contact(), m.prologue(), &m.brief, answer.parts());
        assert_eq!(finished.map(|_| ()), Err(Refused::DoesNotOpen));
    }

    #[test]
    fn low_order_keys_are_refused_on_both_sides() {
        // DLG-2
        let m = meeting();
        let low = [0; 32];
        let sent = first_message(&m.initiator_seed, &ContactKey(low), m.prologue(), &m.brief);
        assert_eq!(sent, Err(Refused::LowOrder));
        let first = Parts { ephemeral: &Ephemeral(low), ciphertext: &[0; 64] };
        assert_eq!(read_first(&m.contact_secret, m.prologue(), first), Err(Refused::LowOrder));
        let answer = Parts { ephemeral: &Ephemeral(low), ciphertext: &[0; 64] };
        let finished = finish(&m.initiator_seed, &m.contact(), m.prologue(), &m.brief, answer);
        assert_eq!(finished.map(|_| ()), Err(Refused::LowOrder));
    }

    #[test]
    fn the_longest_payload_fits_and_one_byte_more_is_refused() {
        let m = meeting();
        let longest = vec![1; FIRST_PAYLOAD_MAX];
        let first = first_message(&m.initiator_seed, &m.contact(), m.prologue(), &longest).unwrap();
        assert_eq!(read_first(&m.contact_secret, m.prologue(), first.parts()), Ok(longest));
        let longer = vec![1; FIRST_PAYLOAD_MAX + 1];
        let refused = Err(Refused::TooLong { found: FIRST_PAYLOAD_MAX + 1, limit: FIRST_PAYLOAD_MAX });
        assert_eq!(first_message(&m.initiator_seed, &m.contact(), m.prologue(), &longer), refused);
        let endless = Parts { ephemeral: &first.ephemeral, ciphertext: &vec![0; 70_000] };
        assert_eq!(read_first(&m.contact_secret, m.prologue(), endless), Err(Refused::DoesNotOpen));
    }

    #[test]
    fn any_flipped_bit_of_either_message_is_refused() {
        let m = meeting();
        let first = m.first();
        let (answer, _) = m.answer(&first);
        for bit in 0..(32 + first.ciphertext.len()) * 8 {
            let (ephemeral, ciphertext) = flipped(first.parts(), bit);
            let parts = Parts { ephemeral: &ephemeral, ciphertext: &ciphertext };
            assert!(read_first(&m.contact_secret, m.prologue(), parts).is_err(), "first message, bit {bit}");
        }
        for bit in 0..(32 + answer.ciphertext.len()) * 8 {
            let (ephemeral, ciphertext) = flipped(answer.parts(), bit);
            let parts = Parts { ephemeral: &ephemeral, ciphertext: &ciphertext };
            let finished = finish(&m.initiator_seed, &m.contact(), m.prologue(), &m.brief, parts);
            assert!(finished.is_err(), "answer, bit {bit}");
        }
    }

    fn flipped(parts: Parts<'_>, bit: usize) -> (Ephemeral, Vec<u8>) {
        let mut message = [&parts.ephemeral.0[..], parts.ciphertext].concat();
        message[bit / 8] ^= 1 << (bit % 8);
        (Ephemeral(message[..32].try_into().unwrap()), message[32..].to_vec())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn hostile_bytes_are_refused_and_never_panic(
            ephemeral in any::<[u8; 32]>(),
            ciphertext in proptest::collection::vec(any::<u8>(), 0..300),
            prologue in proptest::collection::vec(any::<u8>(), 0..200),
        ) {
            let m = meeting();
            let ephemeral = Ephemeral(ephemeral);
            let parts = Parts { ephemeral: &ephemeral, ciphertext: &ciphertext };
            prop_assert!(read_first(&m.contact_secret, Prologue(&prologue), parts).is_err());
            let answered = answer(&m.responder_seed, &m.contact_secret, Prologue(&prologue), parts, b"reply");
            prop_assert!(answered.is_err());
            let finished = finish(&m.initiator_seed, &m.contact(), Prologue(&prologue), &m.brief, parts);
            prop_assert!(finished.is_err());
        }
    }
}
