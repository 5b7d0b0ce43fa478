//! The questions as they stand.

use super::{Escalated, Event, Reminded, Ruled, Why};
use crate::composer::Exposure;
use crate::lending::{Confirmation, Loan, Say};
use crate::linter::Finding;
use crate::policy::Told;
use crate::register::PersonId;
use alloc::{boxed::Box, collections::BTreeMap, string::String, vec::Vec};
use protocol::decision::{Decision, bytes_hash};
use protocol::dialogue::{Brief, Consent, Entry, Field, OptInDraft, Receipt, Step, Value};
use protocol::facts::Facts;
use protocol::id::{ApprovalId, DealId, Hash, ItemId, RecordId};
use protocol::lock::LockKey;
use protocol::money::Money;
use protocol::terms::{Terms, TermsAct};
use protocol::text::{Name, ShortText};
use protocol::time::UnixMs;
use protocol::vocabulary::{ResourceClass, Role};
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

/// Everything that the page shows, in a fixed form: what a person signs over besides the bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Which step it lets happen.
    pub step: Step,
    /// About which item.
    pub item: ItemId,
    /// The item's private title.
    pub title: Name,
    /// In which deal.
    pub deal: Option<DealId>,
    /// To whom: a callsign, a legal name, or nothing for everybody.
    pub to: Option<String>,
    /// The item's class, which a decider's scope must cover.
    pub class: ResourceClass,
    /// To how much money the decision binds the firm, which a decider's limit must cover.
    pub amount: Option<Money>,
    /// What leaves.
    pub leaves: Vec<(Field, u32)>,
    /// How the policy lets each of these fields be told, and by which rule; nothing in questions from before it said so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Told>,
    /// How many firms could have said it; of an advert (`CMP-2`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exposure: Option<Exposure>,
    /// What in a text that leaves may give the firm away (`LNT-2`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// Roles that may decide.
    pub roles: Vec<Role>,
    /// How many different people must say yes (`APR-5`).
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub people: u8,
    /// The rule that asks.
    pub rule: Option<u32>,
    /// Of which version.
    pub policy_version: u32,
    /// The hash of that version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Hash>,
    /// When it was asked.
    pub asked: UnixMs,
    /// When it lapses.
    pub lapses: UnixMs,
}

fn one() -> u8 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_one(people: &u8) -> bool {
    *people == 1
}

impl Summary {
    /// The hash that a decision covers. Local to the firm: nobody else needs to compute it.
    pub fn hash(&self) -> Hash {
        Hash::of_bytes("cosolvent/summary/1", &minicbor_serde::to_vec(self).unwrap_or_default())
    }
}

/// How an approval stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Somebody must decide.
    Waiting,
    /// Somebody said yes.
    Approved(PersonId, UnixMs),
    /// Somebody said no.
    Declined(PersonId, UnixMs),
    /// A standing rule answered, and nobody was asked (`APR-8`).
    Ruled(Ruled),
    /// Nobody decided in time.
    Lapsed,
    /// The matter ended before.
    Moot,
}

/// The yes of the first of two people (`APR-5`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreed {
    /// Who.
    pub by: PersonId,
    /// For whom, if not in their own right (`DEP-4`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_whom: Option<PersonId>,
    /// When.
    pub at: UnixMs,
    /// With what.
    pub decision: Decision,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Approval {
    /// Its id.
    pub id: ApprovalId,
    /// What the page shows.
    pub summary: Summary,
    /// What would leave.
    pub subject: Subject,
    /// How it stands.
    pub status: Status,
    /// The first yes, where two people must say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Box<Agreed>>,
    /// The last reminder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminded: Option<Reminded>,
    /// Who may decide besides, since it has waited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalated: Option<Escalated>,
    /// Why it was declined, if whoever did so said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}

impl Approval {
    /// A question that was just asked.
    pub(super) fn asked(id: ApprovalId, summary: Summary, subject: Subject) -> Approval {
        let status = Status::Waiting;
        Approval { id, summary, subject, status, agreed: None, reminded: None, escalated: None, why: None }
    }

    /// Roles that may decide: those of the summary, and since it has waited others besides.
    pub fn roles(&self) -> &[Role] {
        self.escalated.as_ref().map_or(&self.summary.roles, |escalated| &escalated.roles)
    }
}

/// All questions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Approvals {
    approvals: BTreeMap<ApprovalId, Approval>,
}

impl Approvals {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Asked(approval) => {
                self.approvals.insert(approval.id, (**approval).clone());
            }
            Event::Agreed { approval, agreed } => {
                if let Some(approval) = self.approvals.get_mut(approval) {
                    approval.agreed = Some(agreed.clone());
                }
            }
            Event::Ruled { approval, ruled } => {
                if let Some(approval) = self.approvals.get_mut(approval) {
                    approval.status = Status::Ruled(ruled.clone());
                }
            }
            Event::Reminded { approval, reminded } => {
                if let Some(approval) = self.approvals.get_mut(approval) {
                    approval.reminded = Some(*reminded);
                }
            }
            Event::Escalated { approval, escalated } => {
                if let Some(approval) = self.approvals.get_mut(approval) {
                    approval.escalated = Some(escalated.clone());
                }
            }
            Event::Explained { approval, why } => {
                if let Some(approval) = self.approvals.get_mut(approval) {
                    approval.why = Some(why.clone());
                }
            }
            Event::Decided { approval, status, .. } | Event::Ended { approval, status } => {
                if let Some(approval) = self.approvals.get_mut(approval) {
                    approval.status = status.clone();
                }
            }
        }
    }

    /// One question.
    pub fn approval(&self, id: &ApprovalId) -> Option<&Approval> {
        self.approvals.get(id)
    }

    /// All questions.
    pub fn all(&self) -> impl Iterator<Item = &Approval> {
        self.approvals.values()
    }

    /// Questions that wait.
    pub fn waiting(&self) -> impl Iterator<Item = &Approval> {
        self.approvals.values().filter(|approval| approval.status == Status::Waiting)
    }

    /// Questions that wait for a decision whether to publish an item: one, or none.
    pub fn about_advert_of(&self, item: ItemId) -> impl Iterator<Item = &Approval> {
        let about =
            move |asked: &&Approval| asked.summary.item == item && matches!(asked.subject, Subject::Advertise(_));
        self.waiting().filter(about)
    }

    /// Questions that standing rules answered.
    pub fn ruled(&self) -> impl Iterator<Item = (&Approval, &Ruled)> {
        self.approvals.values().filter_map(|approval| match &approval.status {
            Status::Ruled(ruled) => Some((approval, ruled)),
            _ => None,
        })
    }

    /// The question that waits in a deal for a step.
    pub fn in_deal(&self, deal: DealId, step: Step) -> Option<&Approval> {
        self.waiting().find(|approval| approval.summary.deal == Some(deal) && approval.summary.step == step)
    }
}
