//! The policy in force, ready to be asked. Every answer names its rule (`POL-3`).
//!
//! Rules are found by scope, so that a question looks at the rules of four scopes and not at all.

use super::{Bound, Detail, Period, Permission, Policy, Rule, Says, Scope, Target};
use crate::limits::REMIND_DAYS;
use crate::profile::Mode;
use alloc::{collections::BTreeMap, vec::Vec};
use core::{cmp::Reverse, fmt};
use protocol::dialogue::{Field, Step};
use protocol::id::Hash;
use protocol::money::Money;
use protocol::text::Name;
use protocol::vocabulary::{ConflictClass, Role};
use serde::{Deserialize, Serialize};

/// What gave an answer (`POL-3`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// The rule that decided; `None` is the default.
    pub rule: Option<u32>,
    /// Of which version.
    pub version: u32,
}

impl fmt::Display for Because {
    /// As the end of "… is refused".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rule {
            Some(rule) => write!(f, "because of rule {rule} of version {} of the firm's policy", self.version),
            None => write!(f, "because no rule of version {} of the firm's policy allows it", self.version),
        }
    }
}

/// Who may decide a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Roles that may decide; empty means refused.
    pub roles: Vec<Role>,
    /// How many different people must say yes: one or two.
    pub people: u8,
    /// Why.
    pub because: Because,
}

/// How a field is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Which field.
    pub field: Field,
    /// How.
    pub detail: Detail,
    /// Why.
    pub because: Because,
}

/// When people are reminded of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminders {
    /// After so many days each.
    pub days: Vec<u32>,
    /// Why.
    pub because: Because,
}

/// Who may decide besides, once a question has waited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// After how many days.
    pub days: u32,
    /// Who then may too.
    pub to: Vec<Role>,
    /// Why.
    pub because: Because,
}

/// How loud a notice may be at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loudness {
    /// At most.
    pub mode: Mode,
    /// Why.
    pub because: Because,
}

/// A bound of the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounded {
    /// Which.
    pub bound: Bound,
    /// For an hour.
    pub hourly: Money,
    /// Why.
    pub because: Because,
}

/// How a price is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// Of a hundred, for the person who is lent.
    pub expert_percent: u8,
    /// Why.
    pub because: Because,
}

impl Split {
    /// What the person gets of a price, rounded to the nearest cent, and what the firm keeps; `None` if it does not fit.
    pub fn of(&self, total: Money) -> Option<[Money; 2]> {
        let expert = total.minor.checked_mul(u64::from(self.expert_percent))?.checked_add(50)? / 100;
        let rest = total.minor.checked_sub(expert)?;
        Some([expert, rest].map(|minor| Money { minor, ..total }))
    }
}

/// A cap on hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap {
    /// Whose hours count.
    pub scope: Scope,
    /// How many hours.
    pub hours: u32,
    /// In each.
    pub per: Period,
    /// Why.
    pub because: Because,
}

/// Conflict classes that are avoided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Avoided {
    /// Which.
    pub classes: Vec<ConflictClass>,
    /// Why.
    pub because: Because,
}

/// The policy in force and all that were before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rulebook {
    policy: Policy,
    hash: Hash,
    by_scope: BTreeMap<Scope, Vec<usize>>,
    earlier: Vec<Policy>,
}

impl Default for Rulebook {
    /// No rules: nothing is allowed.
    fn default() -> Rulebook {
        Rulebook::of(Policy::default())
    }
}

impl Rulebook {
    /// A policy, as if it were in force.
    pub fn of(policy: Policy) -> Rulebook {
        let mut by_scope: BTreeMap<Scope, Vec<usize>> = BTreeMap::new();
        for (at, rule) in policy.rules.iter().enumerate() {
            by_scope.entry(rule.scope).or_default().push(at);
        }
        Rulebook { hash: policy.hash(), policy, by_scope, earlier: Vec::new() }
    }

    pub(super) fn put_into_force(&mut self, policy: Policy) {
        let before = core::mem::replace(self, Rulebook::of(policy));
        self.earlier = before.earlier;
        self.earlier.push(before.policy);
    }

    /// The version in force.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The hash of the version in force.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// A version that is or was in force.
    pub fn version(&self, version: u32) -> Option<&Policy> {
        self.earlier.iter().chain([&self.policy]).find(|policy| policy.version == version)
    }

    /// Who may decide `step` for an item (`POL-1`, `POL-2`).
    pub fn who(&self, target: &Target, step: Step) -> Answer {
        let strictness = |permission: &Permission| match permission {
            Permission::Ask(_) => 0u8,
            Permission::Two(_) => 1,
            Permission::Deny => 2,
        };
        let decides = |says: &Says| match says {
            Says::Decide { step: of, permission } if of.is_none_or(|of| of == step) => {
                Some((of.is_some(), strictness(permission)))
            }
            _ => None,
        };
        let found = self.deciding(target, decides);
        let (roles, people) = match found.map(|rule| &rule.says) {
            Some(Says::Decide { permission: Permission::Ask(roles), .. }) => (roles.clone(), 1),
            Some(Says::Decide { permission: Permission::Two(roles), .. }) => (roles.clone(), 2),
            _ => (Vec::new(), 1),
        };
        Answer { roles, people, because: self.because(found) }
    }

    /// When whoever may decide a step is reminded. Of two rules alike the one with more reminders counts.
    pub fn reminders(&self, target: &Target, step: Step) -> Reminders {
        let found = self.deciding(target, |says| match says {
            Says::Remind { step: of, days } if of.is_none_or(|of| of == step) => Some((of.is_some(), days.len())),
            _ => None,
        });
        let days = match found.map(|rule| &rule.says) {
            Some(Says::Remind { days, .. }) => days.clone(),
            _ => REMIND_DAYS.to_vec(),
        };
        Reminders { days, because: self.because(found) }
    }

    /// Who may decide a step besides once a question about it has waited; nobody without a rule, and where nobody may decide at all.
    /// Of two rules alike the later one counts.
    pub fn escalation(&self, target: &Target, step: Step) -> Option<Escalation> {
        let found = self.deciding(target, |says| match says {
            Says::Escalate { step: of, days, .. } if of.is_none_or(|of| of == step) => Some((of.is_some(), *days)),
            _ => None,
        })?;
        let Says::Escalate { days, to, .. } = &found.says else { return None };
        let decided = !self.who(target, step).roles.is_empty();
        decided.then(|| Escalation { days: *days, to: to.clone(), because: self.because(Some(found)) })
    }

    /// How a field may be told at a step (`POL-1`, `POL-2`).
    pub fn told(&self, target: &Target, step: Step, field: Field) -> Told {
        let tells = |says: &Says| match says {
            Says::Tell { step: of, fields, detail }
                if of.is_none_or(|of| of == step) && (fields.is_empty() || fields.contains(&field)) =>
            {
                Some((!fields.is_empty(), of.is_some(), *detail))
            }
            _ => None,
        };
        let found = self.deciding(target, tells);
        let detail = match found.map(|rule| &rule.says) {
            // No notice says what is asked or answered in the talk, so there is no band of it.
            Some(Says::Tell { detail: Detail::Band, .. }) if matches!(field, Field::Questions | Field::Answers) => {
                Detail::Nothing
            }
            Some(Says::Tell { detail, .. }) => *detail,
            _ => Detail::Nothing,
        };
        Told { field, detail, because: self.because(found) }
    }

    /// How loud a notice about an item may be at most.
    pub fn loudness(&self, target: &Target) -> Loudness {
        let publishes = |says: &Says| match says {
            Says::Publish(mode) => Some(*mode),
            _ => None,
        };
        let found = self.deciding(target, publishes);
        let mode = match found.map(|rule| &rule.says) {
            Some(Says::Publish(mode)) => *mode,
            _ => Mode::Open,
        };
        Loudness { mode, because: self.because(found) }
    }

    /// The least or most for an hour, if a rule says one.
    pub fn bound(&self, target: &Target, wanted: Bound) -> Option<Bounded> {
        let bounds = |says: &Says| match says {
            // The stricter of two: the higher floor, the lower ceiling.
            Says::Price { bound: Bound::Floor, hourly } if wanted == Bound::Floor => Some(u128::from(hourly.minor)),
            Says::Price { bound: Bound::Ceiling, hourly } if wanted == Bound::Ceiling => {
                Some(u128::MAX - u128::from(hourly.minor))
            }
            _ => None,
        };
        let found = self.deciding(target, bounds);
        match found.map(|rule| &rule.says) {
            Some(Says::Price { bound, hourly }) => {
                Some(Bounded { bound: *bound, hourly: *hourly, because: self.because(found) })
            }
            _ => None,
        }
    }

    /// How the price for an item is split, if a rule says so: the smaller share of two that are equally particular.
    pub fn split(&self, target: &Target) -> Option<Split> {
        let splits = |says: &Says| match says {
            Says::Split { expert_percent } => Some(Reverse(*expert_percent)),
            _ => None,
        };
        let found = self.deciding(target, splits);
        match found.map(|rule| &rule.says) {
            Some(Says::Split { expert_percent }) => {
                Some(Split { expert_percent: *expert_percent, because: self.because(found) })
            }
            _ => None,
        }
    }

    /// Every cap under which the hours of an item count.
    pub fn caps(&self, target: &Target) -> Vec<Cap> {
        let caps = self.about(target).filter_map(|rule| match rule.says {
            Says::Cap { hours, per } => Some(Cap { scope: rule.scope, hours, per, because: self.because(Some(rule)) }),
            _ => None,
        });
        caps.collect()
    }

    /// Every rule that avoids conflict classes about an item.
    pub fn avoided(&self, target: &Target) -> Vec<Avoided> {
        let avoided = self.about(target).filter_map(|rule| match &rule.says {
            Says::Avoid(classes) => Some(Avoided { classes: classes.clone(), because: self.because(Some(rule)) }),
            _ => None,
        });
        avoided.collect()
    }

    /// Why somebody who says these conflict classes is avoided about an item.
    pub fn avoids(&self, target: &Target, said: &[ConflictClass]) -> Option<Because> {
        let names = |rule: &&Rule| matches!(&rule.says, Says::Avoid(classes) if classes.iter().any(|class| said.contains(class)));
        self.about(target).find(names).map(|rule| self.because(Some(rule)))
    }

    /// Whether the firm with this legal name is excluded about an item. By which rule is nobody's to know.
    pub fn excludes(&self, target: &Target, legal_name: &Name) -> bool {
        let wanted = crate::linter::folded(legal_name.as_str());
        self.about(target).any(|rule| match &rule.says {
            Says::Exclude(name) => crate::linter::folded(name.as_str()) == wanted,
            _ => false,
        })
    }

    /// Why an offer has to name the person whose time it is, if a rule wants that.
    pub fn must_name(&self, target: &Target) -> Option<Because> {
        self.about(target).find(|rule| matches!(rule.says, Says::Named)).map(|rule| self.because(Some(rule)))
    }

    /// Whether any firm is excluded about an item.
    pub fn excludes_anybody(&self, target: &Target) -> bool {
        self.about(target).any(|rule| matches!(rule.says, Says::Exclude(_)))
    }

    /// The rules whose scope contains an item, those of the most particular scope first.
    pub(super) fn about(&self, target: &Target) -> impl Iterator<Item = &Rule> {
        let scopes = target.scopes().into_iter();
        let places = scopes.filter_map(|scope| self.by_scope.get(&scope)).flatten();
        places.filter_map(|at| self.policy.rules.get(*at))
    }

    /// The rule that wins among those to which `weight` gives one: the most particular scope, then the greatest weight, then the
    /// lowest number.
    pub(super) fn deciding<W: Ord>(&self, target: &Target, weight: impl Fn(&Says) -> Option<W>) -> Option<&Rule> {
        target.scopes().into_iter().find_map(|scope| {
            let places = self.by_scope.get(&scope).into_iter().flatten();
            let rules = places.filter_map(|at| self.policy.rules.get(*at));
            let weighed = rules.filter_map(|rule| Some(((weight(&rule.says)?, Reverse(rule.number)), rule)));
            weighed.max_by(|(one, _), (other, _)| one.cmp(other)).map(|(_, rule)| rule)
        })
    }

    pub(super) fn because(&self, rule: Option<&Rule>) -> Because {
        Because { rule: rule.map(|rule| rule.number), version: self.policy.version }
    }
}
