//! Payloads: the only plaintexts that can be sealed and sent.
//!
//! There is no constructor from bytes, and none from a [`Message`]: what discloses or binds is built from [`Released`]
//! values (`STP-2`), or by a standing rule from a [`StandingAnswer`]; what does neither has a constructor of its own that shows why it
//! needs no decision.

use super::{
    Ask, Brief, CloseReason, Consent, Interest, KeyRelease, Message, OptIn, OptInDraft, Receipt, Reply, Whereabouts,
    WitnessedReceipt,
};
use crate::decision::{Decision, Released};
use crate::docket::{Countersignature, Docket, WitnessedCountersignature, WitnessedDocket};
use crate::firm_id::SignedPerson;
use crate::id::{Blob, Hash, RecordId};
use crate::key_log::SignedKeyEvent;
use crate::limits::IDENTITY_BYTES_MAX;
use crate::lock::{LockKey, cut, lock};
use crate::noise::TagKey;
use crate::sign::Signed;
use crate::standing::StandingAnswer;
use crate::terms::{Terms, TermsAct, WitnessedAct};
use crate::wire::encode;
use alloc::vec::Vec;
use ed25519_dalek::SigningKey;

/// A plaintext that may leave.
///
/// ```compile_fail,E0308
/// // What no person released cannot be sent.
/// fn leaves(terms: &protocol::terms::Terms) -> protocol::dialogue::Payload {
///     protocol::dialogue::Payload::terms(terms)
/// }
/// ```
/// ```compile_fail,E0423
/// // Nor can bytes.
/// let forged = protocol::dialogue::Payload(vec![1, 2, 3]);
/// ```
pub struct Payload(Vec<u8>);

impl Payload {
    /// First words to an advert.
    pub fn interest(brief: &Released<Brief>, advert: RecordId, tag_key: TagKey) -> Payload {
        Payload::of(&Message::Interest(Interest { advert, tag_key, brief: brief.value().clone() }))
    }

    /// The answer to first words.
    pub fn answer(brief: &Released<Brief>) -> Payload {
        Payload::of(&Message::Answer(brief.value().clone()))
    }

    /// The same under a standing rule. There is no other payload that takes it (`DEC-4`).
    pub fn answer_under_rule(answer: &StandingAnswer) -> Payload {
        Payload::of(&Message::Answer(answer.value().clone()))
    }

    /// Questions before names.
    pub fn ask(ask: &Released<Ask>) -> Payload {
        Payload::of(&Message::Ask(ask.value().clone()))
    }

    /// What is said to them.
    pub fn reply(reply: &Released<Reply>) -> Payload {
        Payload::of(&Message::Reply(reply.value().clone()))
    }

    /// "It can be done."
    pub fn viable(consent: &Released<Consent>) -> Payload {
        Payload::of(&Message::Viable(consent.value().clone()))
    }

    /// Consent to exchange names. The identity in the draft stays.
    pub fn opt_in(draft: &Released<OptInDraft>, pseudonym: &SigningKey) -> Payload {
        Payload::of(&Message::OptIn(Signed::<OptIn>::new(draft.value().opt_in.clone(), pseudonym)))
    }

    /// The identity that a person let go by opting in, locked and in as many parts as it takes (`RVL-7`): says nothing until
    /// its key is released. `None` when the draft commits to something else, or the identity is too long.
    pub fn locked(draft: &Released<OptInDraft>, key: &LockKey) -> Option<Vec<Payload>> {
        let OptInDraft { opt_in, identity } = draft.value();
        let identity = encode(identity);
        let locked = lock(opt_in.position, key, &identity, &opt_in.handshake).ok()?;
        let part = |part: &[u8]| Payload::of(&Message::Locked(Blob(part.to_vec())));
        (identity.len() <= IDENTITY_BYTES_MAX && locked.commitment == opt_in.commitment)
            .then(|| cut(&locked.ciphertext).into_iter().map(part).collect())
    }

    /// A key: opens what a person let go by opting in; the step rules say when.
    pub fn key(release: KeyRelease) -> Payload {
        Payload::of(&Message::Key(release))
    }

    /// Proposed terms.
    pub fn terms(terms: &Released<Terms>) -> Payload {
        Payload::of(&Message::Terms(terms.value().clone()))
    }

    /// An acknowledgement or signature, with the decision itself.
    pub fn act(act: &Released<TermsAct>, decision: Decision, certificate: SignedPerson) -> Payload {
        Payload::of(&Message::Act(WitnessedAct { act: act.value().clone(), decision, certificate }))
    }

    /// Which START is ours; a person consented to the start itself.
    pub fn started(_: &Released<Consent>, start: RecordId) -> Payload {
        Payload::of(&Message::Started(start))
    }

    /// The outcome, with the decision itself.
    pub fn outcome(receipt: &Released<Receipt>, decision: Decision, certificate: SignedPerson) -> Payload {
        Payload::of(&Message::Outcome(WitnessedReceipt { receipt: receipt.value().clone(), decision, certificate }))
    }

    /// What was done, with the decision itself.
    pub fn docket(docket: &Released<Docket>, decision: Decision, certificate: SignedPerson) -> Payload {
        Payload::of(&Message::Docket(WitnessedDocket { docket: docket.value().clone(), decision, certificate }))
    }

    /// That it was so, with the decision itself.
    pub fn countersign(said: &Released<Countersignature>, decision: Decision, certificate: SignedPerson) -> Payload {
        let countersignature = said.value().clone();
        Payload::of(&Message::Countersign(WitnessedCountersignature { countersignature, decision, certificate }))
    }

    /// That a docket of the other side is not countersigned: binds to nothing and tells no reason.
    pub fn contest(docket: Hash) -> Payload {
        Payload::of(&Message::Contest(docket))
    }

    /// How this firm's key-event log goes on, for somebody who knows the firm: what a root or operating key has signed, and
    /// nothing about anybody's business.
    pub fn keys(events: &[SignedKeyEvent]) -> Payload {
        Payload::of(&Message::Keys(events.to_vec()))
    }

    /// Under which other transport identity this firm is reached, for somebody who was told one.
    pub fn whereabouts(at: Whereabouts) -> Payload {
        Payload::of(&Message::Whereabouts(at))
    }

    /// The end of a deal: gives away nothing but that.
    pub fn close(reason: CloseReason) -> Payload {
        Payload::of(&Message::Close(reason))
    }

    /// The plaintext to seal.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn of(message: &Message) -> Payload {
        Payload(encode(message))
    }
}
