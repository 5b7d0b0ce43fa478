//! Loans as they stand.

use super::Event;
use crate::register::PersonId;
use alloc::collections::BTreeMap;
use protocol::dialogue::Step;
use protocol::id::{ApprovalId, ItemId, PersonKey};
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// Whose say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Say {
    /// The person's own.
    Own,
    /// The employer's.
    Employer,
}

impl Say {
    /// Both, in the order in which they are asked.
    pub const ALL: [Say; 2] = [Say::Own, Say::Employer];

    /// The step that asks for it.
    pub const fn step(self) -> Step {
        match self {
            Say::Own => Step::OwnConsent,
            Say::Employer => Step::Release,
        }
    }
}

/// A say that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// By whom.
    pub by: PersonId,
    /// The key of the person who is lent, at that moment.
    pub lent: PersonKey,
    /// When.
    pub at: UnixMs,
    /// On which question; it holds the signed decision.
    pub approval: ApprovalId,
}

/// How one loan stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    given: BTreeMap<Say, Given>,
    taken_back: BTreeMap<Say, (Option<PersonId>, UnixMs)>,
}

impl Standing {
    /// The say, if it was given and not taken back.
    pub fn given(&self, say: Say) -> Option<&Given> {
        self.given.get(&say)
    }

    /// By whom and when it was taken back last, if it was not given again.
    pub fn taken_back(&self, say: Say) -> Option<&(Option<PersonId>, UnixMs)> {
        self.taken_back.get(&say)
    }
}

/// All loans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lending {
    loans: BTreeMap<ItemId, Standing>,
}

impl Lending {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Given { item, say, given } => {
                let loan = self.loans.entry(*item).or_default();
                loan.given.insert(*say, given.clone());
                loan.taken_back.remove(say);
            }
            Event::TakenBack { item, say, by, at } => {
                let loan = self.loans.entry(*item).or_default();
                loan.given.remove(say);
                loan.taken_back.insert(*say, (by.clone(), *at));
            }
        }
    }

    /// How the loan of a resource stands; nothing before anybody said anything.
    pub fn of(&self, item: &ItemId) -> Option<&Standing> {
        self.loans.get(item)
    }
}
