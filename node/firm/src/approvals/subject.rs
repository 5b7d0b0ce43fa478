//! What a question is about: the exact thing that would leave or be bound.

use crate::lending::{Confirmation, Loan, Say};
use alloc::{boxed::Box, vec::Vec};
use protocol::decision::bytes_hash;
use protocol::dialogue::{Brief, Consent, Entry, Field, OptInDraft, Receipt, Value};
use protocol::facts::Facts;
use protocol::id::{Hash, RecordId};
use protocol::lock::LockKey;
use protocol::terms::{Terms, TermsAct};
use protocol::text::ShortText;
use protocol::wire::encode;
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
            Subject::Consent(consent) => bytes_hash(consent),
            Subject::OptIn { draft, .. } => bytes_hash(&**draft),
            Subject::Terms(terms) => bytes_hash(terms),
            Subject::Act(act) => bytes_hash(act),
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

    /// The text in it that a person wrote.
    pub fn text(&self) -> Option<&ShortText> {
        match self {
            Subject::Advertise(facts) => facts.text.as_ref(),
            Subject::Interest { brief, .. } | Subject::Answer(brief) => match brief.value(Field::Experience) {
                Some(Value::Text(text)) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    /// What leaves, field by field, with the bytes of each.
    pub fn leaves(&self) -> Vec<(Field, Option<Entry>, u32)> {
        let size = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let brief = |brief: &Brief| -> Vec<_> {
            brief.0.iter().map(|entry| (entry.field, Some(entry.clone()), size(entry.bytes()))).collect()
        };
        match self {
            Subject::Lend { .. } => Vec::new(),
            Subject::Advertise(facts) => fields_of(facts),
            Subject::Interest { brief: told, .. } | Subject::Answer(told) => brief(told),
            Subject::Consent(consent) => [(Field::Consent, None, size(encode(consent).len()))].into(),
            Subject::OptIn { draft, .. } => {
                let identity = &draft.identity;
                let mut fields: Vec<_> = [
                    (Field::FirmId, None, size(encode(&identity.keys).len())),
                    (Field::LegalName, None, size(identity.membership.body.legal_name.as_str().len())),
                    (Field::Membership, None, size(encode(&identity.membership).len())),
                    (Field::Carrier, None, size(identity.peer.0.len())),
                ]
                .into();
                fields.extend(brief(&identity.contact));
                fields.sort_by_key(|(field, _, _)| *field);
                fields
            }
            Subject::Terms(terms) => [(Field::Terms, None, size(encode(terms).len()))].into(),
            Subject::Act(act) => [(Field::Consent, None, size(encode(act).len()))].into(),
            Subject::Outcome(receipt) => [(Field::Outcome, None, size(encode(receipt).len()))].into(),
        }
    }
}

/// Which fields an advert tells everybody, each with the bytes of its value and one for its key.
fn fields_of(facts: &Facts) -> Vec<(Field, Option<Entry>, u32)> {
    fn size<T: protocol::wire::Encode>(value: &T) -> u32 {
        u32::try_from(encode(value).len()).unwrap_or(u32::MAX).saturating_add(1)
    }
    fn list<T: protocol::wire::Encode>(values: &[T]) -> Option<u32> {
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
    said.into_iter().filter_map(|(field, bytes)| Some((field, None, bytes?))).collect()
}
