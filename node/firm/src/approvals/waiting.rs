//! What becomes of a question while nobody decides it: reminders, and others who may decide besides (`APR-6`).

use super::{Approval, Event, Subject};
use crate::policy::{Because, Escalation, Rulebook, Target};
use alloc::vec::Vec;
use protocol::dialogue::Step;
use protocol::time::{DAY_MS, UnixMs};
use protocol::vocabulary::Role;
use serde::{Deserialize, Serialize};

/// A reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminded {
    /// When.
    pub at: UnixMs,
    /// After how many days of waiting, by the policy.
    pub days: u32,
}

/// Others may decide besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalated {
    /// Since when.
    pub at: UnixMs,
    /// Everybody who may now, by role.
    pub roles: Vec<Role>,
    /// By which rule.
    pub because: Because,
}

/// What comes next for a question that waits, if nobody decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// The next reminder, if there is one before the lapse.
    pub reminds: Option<(UnixMs, u32)>,
    /// Who may decide besides, and from when, if that is before the lapse.
    pub escalates: Option<(UnixMs, Escalation)>,
}

impl Approval {
    /// What the policy of this moment says comes next.
    pub fn waits(&self, policy: &Rulebook, target: &Target) -> Wait {
        let step = self.summary.step;
        let after = |days: u32| self.summary.asked.plus(u64::from(days).saturating_mul(DAY_MS));
        let in_time = |at: &UnixMs| *at < self.summary.lapses;
        let last = self.reminded.map_or(0, |reminded| reminded.days);
        let days = policy.reminders(target, step).days.into_iter();
        let reminds = days.filter(|days| *days > last).map(|days| (after(days), days)).find(|(at, _)| in_time(at));
        // Nobody consents for somebody else, however long it waits; and who stands out is let out by an owner alone.
        let alone = step == Step::OwnConsent || self.needs_owner();
        let escalation = policy.escalation(target, step).filter(|_| self.escalated.is_none() && !alone);
        let escalates = escalation.map(|to| (after(to.days), to)).filter(|(at, _)| in_time(at));
        Wait { reminds, escalates }
    }

    fn needs_owner(&self) -> bool {
        matches!(self.subject, Subject::Advertise(_))
            && self.summary.exposure.is_some_and(crate::composer::Exposure::needs_owner)
    }

    /// What is due now. Whoever was away is reminded once, not once for each day missed.
    pub fn due(&self, policy: &Rulebook, target: &Target, now: UnixMs) -> Vec<Event> {
        let mut due = Vec::new();
        let mut waiting = self.clone();
        while let Some((_, days)) = waiting.waits(policy, target).reminds.filter(|(at, _)| *at <= now) {
            waiting.reminded = Some(Reminded { at: now, days });
        }
        if let Some(reminded) = waiting.reminded.filter(|_| waiting.reminded != self.reminded) {
            due.push(Event::Reminded { approval: self.id, reminded });
        }
        if let Some((_, escalation)) = self.waits(policy, target).escalates.filter(|(at, _)| *at <= now) {
            let mut roles = self.summary.roles.clone();
            roles.extend(escalation.to);
            roles.sort();
            roles.dedup();
            let escalated = Escalated { at: now, roles, because: escalation.because };
            due.push(Event::Escalated { approval: self.id, escalated });
        }
        due
    }
}
