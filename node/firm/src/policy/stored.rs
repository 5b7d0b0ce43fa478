//! Rules as journals hold them: those of today, and those from before a rule could say more than who decides.

use super::{Permission, Policy, Rule, Says, Scope};
use protocol::dialogue::Step;
use serde::Deserialize;

/// A rule of either kind.
#[derive(Deserialize)]
pub(super) struct StoredRule {
    number: u32,
    scope: Scope,
    says: Option<Says>,
    step: Option<Step>,
    permission: Option<Permission>,
}

impl From<StoredRule> for Rule {
    fn from(stored: StoredRule) -> Rule {
        let StoredRule { number, scope, says, step, permission } = stored;
        let decide = || Says::Decide { step, permission: permission.unwrap_or(Permission::Deny) };
        Rule { number, scope, says: says.unwrap_or_else(decide) }
    }
}

impl Policy {
    /// A policy in whose time every field was told exactly to whom a person let it go, with that written out as its last rule.
    pub(super) fn written_out(&self) -> Policy {
        let tells = self.rules.iter().any(|rule| matches!(rule.says, Says::Tell { .. }));
        let mut policy = self.clone();
        if !tells && !policy.rules.is_empty() {
            let last = policy.rules.iter().map(|rule| rule.number).max().unwrap_or_default();
            policy.rules.push(Rule { number: last.saturating_add(1), ..Rule::tells_everything() });
        }
        policy
    }
}
