//! Policies to begin with, written out as rules like any other.

use super::{Detail, Permission, Policy, Rule, Says, Scope};
use alloc::vec::Vec;
use protocol::dialogue::Step;
use protocol::vocabulary::Role;

impl Policy {
    /// The preset of a small shop: people decide every step; approvers most, experts on viability, signers on what binds. What they
    /// let go is told as it is.
    pub fn small_shop() -> Policy {
        Policy::deciding(&[
            (None, Permission::Ask([Role::Approver, Role::Owner].into())),
            (Some(Step::Viable), Permission::Ask([Role::Expert].into())),
            (Some(Step::Sign), Permission::Ask([Role::Signer].into())),
        ])
    }

    /// The preset of a plant: as in a small shop, and two people sign.
    pub fn plant() -> Policy {
        Policy::deciding(&[
            (None, Permission::Ask([Role::Approver].into())),
            (Some(Step::Advertise), Permission::Ask([Role::Approver, Role::Owner].into())),
            (Some(Step::Viable), Permission::Ask([Role::Expert].into())),
            (Some(Step::Sign), Permission::Two([Role::Owner, Role::Signer].into())),
        ])
    }

    /// People decide by these rules for everything, and what they let go is told as it is.
    pub fn deciding(who: &[(Option<Step>, Permission)]) -> Policy {
        let decide = |(step, permission): &(Option<Step>, Permission)| Rule {
            number: 0,
            scope: Scope::Everything,
            says: Says::Decide { step: *step, permission: permission.clone() },
        };
        let mut rules: Vec<Rule> = who.iter().map(decide).collect();
        rules.push(Rule::tells_everything());
        Policy::default().followed_by(Policy { rules, ..Policy::default() })
    }
}

impl Rule {
    /// What a person lets go is told as it is. Without a number yet.
    pub fn tells_everything() -> Rule {
        Rule {
            number: 0,
            scope: Scope::Everything,
            says: Says::Tell { step: None, fields: Vec::new(), detail: Detail::Exactly },
        }
    }
}
