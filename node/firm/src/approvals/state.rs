//! The questions as they stand.

use super::{Escalated, Event, Reminded, Ruled, Subject, Why};
use crate::composer::Exposure;
use crate::linter::Finding;
use crate::policy::Told;
use crate::register::PersonId;
use alloc::{boxed::Box, collections::BTreeMap, string::String, vec::Vec};
use core::mem::discriminant;
use protocol::decision::Decision;
use protocol::dialogue::{Field, Step};
use protocol::id::{ApprovalId, DealId, Hash, ItemId};
use protocol::money::Money;
use protocol::text::Name;
use protocol::time::UnixMs;
use protocol::vocabulary::{ResourceClass, Role};
use serde::{Deserialize, Serialize};

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

    /// Questions that wait in a deal.
    pub fn of_deal(&self, deal: DealId) -> impl Iterator<Item = &Approval> {
        self.waiting().filter(move |asked| asked.summary.deal == Some(deal))
    }

    /// Questions that wait in a deal for a step.
    pub fn about(&self, deal: DealId, step: Step) -> impl Iterator<Item = &Approval> {
        self.of_deal(deal).filter(move |asked| asked.summary.step == step)
    }

    /// The question of this kind that waits in a deal for a step.
    pub fn like(&self, deal: DealId, step: Step, subject: &Subject) -> Option<&Approval> {
        let kind = discriminant(subject);
        self.about(deal, step).find(|asked| discriminant(&asked.subject) == kind)
    }

    /// The question that waits in a deal for a step.
    pub fn in_deal(&self, deal: DealId, step: Step) -> Option<&Approval> {
        self.about(deal, step).next()
    }
}
