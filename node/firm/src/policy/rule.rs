//! Rules, and what they are about.

use super::Word;
use crate::matching::Band;
use crate::profile::{Item, Mode};
use alloc::vec::Vec;
pub use calendar::cap::Period;
use protocol::dialogue::{Field, Step};
use protocol::facts::Side;
use protocol::id::{Hash, ItemId};
use protocol::money::Money;
use protocol::text::{Name, ShortText};
use protocol::time::Day;
use protocol::vocabulary::{ConflictClass, Process, ResourceClass, Role};
use serde::{Deserialize, Serialize};

/// To what a rule applies, the least particular first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Everything.
    Everything,
    /// One class of resources and needs.
    Class(ResourceClass),
    /// One process, service or skill.
    Work(Process),
    /// One resource or need.
    Item(ItemId),
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Which resource or need.
    pub item: ItemId,
    /// Of which class.
    pub class: ResourceClass,
    /// Of which kind of work.
    pub work: Process,
}

impl Target {
    /// An own resource or need.
    pub fn of(item: &Item) -> Target {
        Target { item: item.id, class: item.draft.class, work: item.draft.process }
    }

    /// Every scope that contains it, the most particular first.
    pub fn scopes(&self) -> [Scope; 4] {
        [Scope::Item(self.item), Scope::Work(self.work), Scope::Class(self.class), Scope::Everything]
    }
}

/// Who may decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// A person with one of these roles may decide.
    Ask(Vec<Role>),
    /// Two different people with one of these roles must both say yes.
    Two(Vec<Role>),
    /// No.
    Deny,
}

/// How much of a field may be told, the strictest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Detail {
    /// As it is.
    Exactly,
    /// As coarsely as a notice says it: bands instead of numbers, the larger area; free text has no band and is left out.
    Band,
    /// Not at all.
    Nothing,
}

/// Which side of a price is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// The least for which the firm works; of what it has.
    Floor,
    /// The most that the firm pays; of what it needs.
    Ceiling,
}

impl Bound {
    /// The one that is of a side.
    pub fn of(side: Side) -> Bound {
        match side {
            Side::Offer => Bound::Floor,
            Side::Need => Bound::Ceiling,
        }
    }
}

/// What a rule says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Says {
    /// Who decides a step.
    Decide {
        /// Which; `None` is any.
        step: Option<Step>,
        /// Who.
        permission: Permission,
    },
    /// How fields are told.
    Tell {
        /// At which step; `None` is any.
        step: Option<Step>,
        /// Which; none named is any.
        fields: Vec<Field>,
        /// How.
        detail: Detail,
    },
    /// How loud a notice may be at most.
    Publish(Mode),
    /// The least or most for an hour, on the average of all hours of a deal. Matching only; never leaves.
    Price {
        /// Which of both.
        bound: Bound,
        /// For an hour.
        hourly: Money,
    },
    /// The most hours that all deals of the scope together may hold or commit.
    Cap {
        /// How many.
        hours: u32,
        /// In each.
        per: Period,
    },
    /// How much of the price a person who is lent gets, in percent; the firm keeps the rest. Worked out here; never leaves.
    Split {
        /// Of a hundred.
        expert_percent: u8,
    },
    /// A firm to which no name of ours is told, by its legal name. Matching only; never leaves.
    Exclude(Name),
    /// Conflict classes of which nobody here is told anything (`POL-9`). Matching only; never leaves.
    Avoid(Vec<ConflictClass>),
    /// When whoever may decide a step is reminded that a question waits.
    Remind {
        /// Which step; `None` is any.
        step: Option<Step>,
        /// After so many days each; none named is never.
        days: Vec<u32>,
    },
    /// Who may decide a step besides, once a question about it has waited.
    Escalate {
        /// Which step; `None` is any.
        step: Option<Step>,
        /// After how many days.
        days: u32,
        /// Who then may too.
        to: Vec<Role>,
    },
    /// First words are answered by the node itself, without asking a person (`POL-10`).
    Standing {
        /// The least fit: strong, or possible for both.
        fit: Band,
        /// How many answers in any seven days at most; none is to ask a person again.
        weekly: u32,
        /// The last day on which it counts.
        until: Day,
    },
    /// What is offered names the person whose time it is, who consents and whom the employer releases (`LND-6`).
    Named,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "super::stored::StoredRule")]
pub struct Rule {
    /// Its number within the policy, from 1.
    pub number: u32,
    /// To what it applies.
    pub scope: Scope,
    /// What it says.
    pub says: Says,
}

impl Rule {
    /// Whether somebody with these roles may read it; auditors read the number of every rule.
    pub fn is_read_by(&self, readers: &[Role]) -> bool {
        match self.says {
            Says::Price { .. } | Says::Cap { .. } | Says::Exclude(_) | Says::Avoid(_) => {
                reads(readers, &Rule::PRIVATE_READERS)
            }
            Says::Split { .. } => reads(readers, &Rule::SPLIT_READERS),
            Says::Decide { .. }
            | Says::Tell { .. }
            | Says::Publish(_)
            | Says::Named
            | Says::Standing { .. }
            | Says::Remind { .. }
            | Says::Escalate { .. } => true,
        }
    }

    /// Roles that read private rules.
    pub const PRIVATE_READERS: [Role; 2] = [Role::Owner, Role::Approver];

    /// Roles that read how a price is split: those, and whoever is lent.
    pub const SPLIT_READERS: [Role; 3] = [Role::Owner, Role::Approver, Role::Expert];
}

fn reads(readers: &[Role], allowed: &[Role]) -> bool {
    readers.iter().any(|role| allowed.contains(role))
}

/// A version of the firm's policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Counts up from 1; 0 is the policy of a firm that has none and allows nothing.
    pub version: u32,
    /// The rules.
    pub rules: Vec<Rule>,
    /// Customers and whatever else no text may name (`LNT-1`).
    #[serde(default)]
    pub never_said: Vec<ShortText>,
    /// Whose signature put it into force; nobody's while the firm had no owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<Word>,
}

impl Policy {
    /// Names this version wherever something came of it. Local to the firm: nobody else needs to compute it.
    pub fn hash(&self) -> Hash {
        let said = (self.version, &self.rules, &self.never_said);
        Hash::of_bytes("cosolvent/policy/1", &minicbor_serde::to_vec(said).unwrap_or_default())
    }

    /// The rule with this number.
    pub fn rule(&self, number: u32) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.number == number)
    }
}

impl Detail {
    /// All of them.
    pub const ALL: [Detail; 3] = [Detail::Exactly, Detail::Band, Detail::Nothing];

    /// As pages and files know it.
    pub const fn name(self) -> &'static str {
        match self {
            Detail::Exactly => "exactly",
            Detail::Band => "band",
            Detail::Nothing => "nothing",
        }
    }
}
