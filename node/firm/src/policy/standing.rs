//! Which first words the node answers by itself (`POL-10`).

use super::{Because, Rulebook, Says, Scope, Target};
use crate::matching::Band;
use core::cmp::Reverse;
use protocol::dialogue::Step;
use protocol::time::{DAY_MS, Day};
use serde::{Deserialize, Serialize};

/// Over how long answers are counted, in milliseconds: any seven days, so that no turn of a week doubles what can be asked.
pub const STANDING_MS: u64 = 7 * DAY_MS;

/// A standing rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingRule {
    /// What it is about: all answers about that count together.
    pub scope: Scope,
    /// The least fit.
    pub fit: Band,
    /// The most answers in any seven days.
    pub weekly: u32,
    /// The last day on which it counts.
    pub until: Day,
    /// Why.
    pub because: Because,
}

impl StandingRule {
    /// Whether it answers what fits so well today, after so many answers in the last seven days.
    pub fn answers(&self, fit: Band, given: usize, today: Day) -> bool {
        let is_left = usize::try_from(self.weekly).is_ok_and(|most| given < most);
        fit >= self.fit && is_left && today <= self.until
    }
}

impl Rulebook {
    /// The standing rule about an item, where one person may decide an answer. Of two rules alike the one counts that answers less.
    pub fn standing(&self, target: &Target) -> Option<StandingRule> {
        let decides = self.who(target, Step::Answer);
        let found = self.deciding(target, |says| match says {
            Says::Standing { fit, weekly, until } => Some((Reverse(*weekly), *fit, Reverse(*until))),
            _ => None,
        })?;
        let Says::Standing { fit, weekly, until } = found.says else { return None };
        let rule = StandingRule { scope: found.scope, fit, weekly, until, because: self.because(Some(found)) };
        (!decides.roles.is_empty() && decides.people == 1).then_some(rule)
    }
}
