//! What a question is about: the exact thing that would leave or be bound.

use crate::lending::{Confirmation, Loan, Say};
use alloc::{boxed::Box, vec::Vec};
use protocol::decision::bytes_hash;
use protocol::dialogue::{Ask, Brief, Consent, Entry, Fact, Field, OptInDraft, Receipt, Reply, Value};
use protocol::docket::{Countersignature, Docket};
use protocol::facts::Facts;
use protocol::id::{Hash, QuestionCode, RecordId};
use protocol::lock::LockKey;
use protocol::terms::{Terms, TermsAct};
use protocol::text::ShortText;
use protocol::wire::{Encode as Wire, encode};
use serde::{Deserialize, Serialize};

/// The exact thing that would leave or be bound.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A person's time and skill. Nothing leaves by it.
    Lend {
        /// Whose say it is.
        say: Say,
        /// What is lent.
        loan: Loan,
    },
    /// An advert.
    Advertise(Facts),
    /// First words to an advert.
    Interest {
        /// Which.
        advert: RecordId,
        /// What is told.
        brief: Brief,
    },
    /// The answer to first words.
    Answer(Brief),
    /// Questions before names.
    Ask(Ask),
    /// What is said to those of the other side.
    Reply(Reply),
    /// "It can be done", "begin".
    Consent(Consent),
    /// Exchange of names.
    OptIn {
        /// What is consented to, and the identity that follows.
        draft: Box<OptInDraft>,
        /// Opens the lock.
        key: LockKey,
    },
    /// Proposed terms.
    Terms(Terms),
    /// Acknowledgement or signature.
    Act(TermsAct),
    /// What was done.
    Docket(Docket),
    /// That what the other side wrote down was so.
    Countersign(Countersignature),
    /// The outcome.
    Outcome(Receipt),
}

impl Subject {
    /// The hash of the bytes that a decision covers.
    pub fn bytes_hash(&self) -> Hash {
        match self {
            Subject::Lend { say, loan } => loan.bytes_hash(*say),
            Subject::Advertise(facts) => bytes_hash(facts),
            Subject::Interest { brief, .. } | Subject::Answer(brief) => bytes_hash(brief),
            Subject::Ask(ask) => bytes_hash(ask),
            Subject::Reply(reply) => bytes_hash(reply),
            Subject::Consent(consent) => bytes_hash(consent),
            Subject::OptIn { draft, .. } => bytes_hash(&**draft),
            Subject::Terms(terms) => bytes_hash(terms),
            Subject::Act(act) => bytes_hash(act),
            Subject::Docket(docket) => bytes_hash(docket),
            Subject::Countersign(said) => bytes_hash(said),
            Subject::Outcome(receipt) => bytes_hash(receipt),
        }
    }

    /// What a yes confirms, each by itself (`LND-2`).
    pub fn confirms(&self) -> &'static [Confirmation] {
        match self {
            Subject::Lend { say: Say::Employer, .. } => &Confirmation::ALL,
            _ => &[],
        }
    }

    /// The texts in it that a person wrote.
    pub fn texts(&self) -> impl Iterator<Item = &ShortText> {
        let (facts, brief, reply) = match self {
            Subject::Advertise(facts) => (facts.text.as_ref(), None, None),
            Subject::Interest { brief, .. } | Subject::Answer(brief) => (None, Some(brief), None),
            Subject::Reply(reply) => (None, None, Some(reply)),
            _ => (None, None, None),
        };
        let of_brief = brief.and_then(|brief| match brief.value(Field::Experience) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        });
        let of_reply = reply.into_iter().flat_map(|reply| &reply.0).filter_map(|one| match &one.fact {
            Some(Fact::Text(text)) => Some(text),
            _ => None,
        });
        facts.into_iter().chain(of_brief).chain(of_reply)
    }

    /// What leaves, field by field, with the bytes of each. A question to which nothing is said tells nothing, and is none of it.
    pub fn leaves(&self) -> Vec<Leaf> {
        match self {
            Subject::Lend { .. } => Vec::new(),
            Subject::Advertise(facts) => fields_of(facts),
            Subject::Interest { brief, .. } | Subject::Answer(brief) => entries_of(brief),
            Subject::Ask(ask) => ask.0.iter().map(|code| Leaf::asked(*code, Field::Questions, code)).collect(),
            Subject::Reply(reply) => {
                let told = reply.0.iter().filter_map(|one| Some((one.question, one.fact.as_ref()?)));
                told.map(|(code, fact)| Leaf::answered(code, fact)).collect()
            }
            Subject::Consent(consent) => [Leaf::whole(Field::Consent, consent)].into(),
            Subject::OptIn { draft, .. } => {
                let identity = &draft.identity;
                let mut fields: Vec<_> = [
                    Leaf::whole(Field::FirmId, &identity.keys),
                    Leaf::sized(Field::LegalName, identity.membership.body.legal_name.as_str().len()),
                    Leaf::whole(Field::Membership, &identity.membership),
                    Leaf::sized(Field::Carrier, identity.peer.0.len()),
                ]
                .into();
                fields.extend(entries_of(&identity.contact));
                fields.sort_by_key(|leaf| leaf.field);
                fields
            }
            Subject::Terms(terms) => [Leaf::whole(Field::Terms, terms)].into(),
            Subject::Act(act) => [Leaf::whole(Field::Consent, act)].into(),
            Subject::Docket(docket) => [Leaf::whole(Field::Docket, docket)].into(),
            Subject::Countersign(said) => [Leaf::whole(Field::Consent, said)].into(),
            Subject::Outcome(receipt) => [Leaf::whole(Field::Outcome, receipt)].into(),
        }
    }
}

/// One field that leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// Which.
    pub field: Field,
    /// Its value, where it is one of a brief.
    pub entry: Option<Entry>,
    /// Which question of the talk it is, or answers.
    pub question: Option<QuestionCode>,
    /// Its bytes.
    pub bytes: u32,
}

impl Leaf {
    fn sized(field: Field, bytes: usize) -> Leaf {
        Leaf { field, entry: None, question: None, bytes: u32::try_from(bytes).unwrap_or(u32::MAX) }
    }

    fn whole<T: Wire>(field: Field, value: &T) -> Leaf {
        Leaf::sized(field, encode(value).len())
    }

    fn of_entry(entry: &Entry) -> Leaf {
        Leaf { entry: Some(entry.clone()), ..Leaf::sized(entry.field, entry.bytes()) }
    }

    fn asked<T: Wire>(question: QuestionCode, field: Field, value: &T) -> Leaf {
        Leaf { question: Some(question), ..Leaf::whole(field, value) }
    }

    fn answered(question: QuestionCode, fact: &Fact) -> Leaf {
        match fact {
            Fact::Entry(entry) => Leaf { question: Some(question), ..Leaf::of_entry(entry) },
            fact => Leaf::asked(question, Field::Answers, fact),
        }
    }
}

fn entries_of(brief: &Brief) -> Vec<Leaf> {
    brief.0.iter().map(Leaf::of_entry).collect()
}

/// Which fields an advert tells everybody, each with the bytes of its value and one for its key.
fn fields_of(facts: &Facts) -> Vec<Leaf> {
    fn size<T: Wire>(value: &T) -> usize {
        encode(value).len().saturating_add(1)
    }
    fn list<T: Wire>(values: &[T]) -> Option<usize> {
        (!values.is_empty()).then(|| values.iter().map(size).sum())
    }
    let said = [
        (Field::Class, Some(size(&facts.class))),
        (Field::Process, Some(size(&facts.process))),
        (Field::Area, facts.area.as_ref().map(size)),
        (Field::Weeks, Some(size(&facts.weeks))),
        (Field::Hours, Some(size(&facts.hours))),
        (Field::Materials, list(&facts.materials)),
        (Field::Tolerance, facts.tolerance.as_ref().map(size)),
        (Field::Envelope, facts.envelope.as_ref().map(size)),
        (Field::Credentials, list(&facts.credentials)),
        (Field::Presence, facts.presence.as_ref().map(size)),
        (Field::Travel, facts.travel.as_ref().map(size)),
        (Field::Languages, list(&facts.languages)),
        (Field::ConflictClasses, list(&facts.conflict_classes)),
        (Field::Value, facts.value.as_ref().map(size)),
        (Field::Experience, facts.text.as_ref().map(size)),
    ];
    said.into_iter().filter_map(|(field, bytes)| Some(Leaf::sized(field, bytes?))).collect()
}
