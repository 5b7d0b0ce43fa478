//! Rules, and the one function that reads them.

use alloc::vec::Vec;
use protocol::dialogue::Step;
use protocol::id::ItemId;
use protocol::text::ShortText;
use protocol::vocabulary::{ResourceClass, Role};
use serde::{Deserialize, Serialize};

/// To what a rule applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Everything.
    Everything,
    /// One class of resources and needs.
    Class(ResourceClass),
    /// One resource or need.
    Item(ItemId),
}

/// What a rule says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// A person with one of these roles may decide.
    Ask(Vec<Role>),
    /// No.
    Deny,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its number within the policy, from 1.
    pub number: u32,
    /// To what it applies.
    pub scope: Scope,
    /// To which step; `None` is any.
    pub step: Option<Step>,
    /// What it says.
    pub permission: Permission,
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
}

/// What the policy says to one question (`POL-3`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Roles that may decide; empty means refused.
    pub roles: Vec<Role>,
    /// The rule that decided; `None` is the default no.
    pub rule: Option<u32>,
    /// Of which version.
    pub version: u32,
}

impl Policy {
    /// Who may decide on `step` for an item (`POL-1`, `POL-2`).
    pub fn ask(&self, item: ItemId, class: ResourceClass, step: Step) -> Answer {
        let applies = |rule: &&Rule| {
            let in_scope = match rule.scope {
                Scope::Everything => true,
                Scope::Class(of) => of == class,
                Scope::Item(of) => of == item,
            };
            in_scope && rule.step.is_none_or(|of| of == step)
        };
        let weight = |rule: &&Rule| {
            let scope = match rule.scope {
                Scope::Everything => 0,
                Scope::Class(_) => 1,
                Scope::Item(_) => 2,
            };
            (scope, rule.step.is_some(), rule.permission == Permission::Deny)
        };
        match self.rules.iter().filter(applies).max_by_key(weight) {
            None => Answer { roles: Vec::new(), rule: None, version: self.version },
            Some(rule) => {
                let roles = match &rule.permission {
                    Permission::Ask(roles) => roles.clone(),
                    Permission::Deny => Vec::new(),
                };
                Answer { roles, rule: Some(rule.number), version: self.version }
            }
        }
    }

    /// The preset of a small shop: people decide every step; approvers most, experts on viability, signers on what binds.
    pub fn small_shop() -> Policy {
        let ask = |number, step, roles: &[Role]| Rule {
            number,
            scope: Scope::Everything,
            step,
            permission: Permission::Ask(roles.to_vec()),
        };
        Policy {
            version: 1,
            rules: [
                ask(1, None, &[Role::Approver, Role::Owner]),
                ask(2, Some(Step::Viable), &[Role::Expert]),
                ask(3, Some(Step::Sign), &[Role::Signer]),
            ]
            .to_vec(),
            never_said: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEM: ItemId = ItemId([1; 8]);

    #[test]
    fn a_firm_without_rules_allows_nothing() {
        for step in Step::ALL {
            let answer = Policy::default().ask(ITEM, ResourceClass::Machine, step);
            assert!(answer.roles.is_empty() && answer.rule.is_none());
        }
    }

    #[test]
    fn the_most_specific_rule_wins_and_a_denial_wins_ties() {
        let mut policy = Policy::small_shop();
        let rule = |number, scope, permission| Rule { number, scope, step: None, permission };
        policy.rules.push(rule(4, Scope::Class(ResourceClass::Machine), Permission::Deny));
        policy.rules.push(rule(5, Scope::Class(ResourceClass::Machine), Permission::Ask([Role::Owner].to_vec())));
        assert_eq!(policy.ask(ITEM, ResourceClass::Machine, Step::Interest).rule, Some(4));
        policy.rules.push(rule(6, Scope::Item(ITEM), Permission::Ask([Role::Owner].to_vec())));
        assert_eq!(policy.ask(ITEM, ResourceClass::Machine, Step::Interest).rule, Some(6));
        assert_eq!(policy.ask(ItemId([2; 8]), ResourceClass::Laboratory, Step::Sign).roles, [Role::Signer]);
    }
}
