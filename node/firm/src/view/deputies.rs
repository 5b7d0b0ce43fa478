//! Views of deputies: who decides for whom, what and when.

use crate::Firm;
use crate::deputies::{Delegation, Ended};
use crate::register::PersonId;
use alloc::vec::Vec;
use protocol::money::Money;
use protocol::time::UnixMs;
use protocol::vocabulary::{ResourceClass, Role};
use serde::{Deserialize, Serialize};

/// How a deputy stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeputyState {
    /// The span has not begun.
    Coming,
    /// The deputy decides.
    InForce,
    /// The span has begun, and whoever named has no longer what was handed over, or either of both is not in the register (`DEP-2`).
    Idle,
    /// The span is over.
    Over,
    /// It was ended before its time.
    Ended,
}

/// One deputy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeputyView {
    /// Its number.
    pub number: u32,
    /// Who is away.
    pub by: PersonId,
    /// Who decides meanwhile.
    pub to: PersonId,
    /// With which roles.
    pub roles: Vec<Role>,
    /// For which kinds of resource; none named means all that `by` decides on.
    pub scope: Vec<ResourceClass>,
    /// To how much money at most, if less than `by` may.
    pub limit: Option<Money>,
    /// From when.
    pub from: UnixMs,
    /// Until when.
    pub until: UnixMs,
    /// How it stands.
    pub state: DeputyState,
    /// Who ended it before its time, if somebody of the register did.
    pub ended_by: Option<PersonId>,
}

impl Firm {
    /// All deputies, the newest first.
    pub(super) fn deputy_views(&self, now: UnixMs) -> Vec<DeputyView> {
        let mut all: Vec<DeputyView> =
            self.deputies.all().map(|(delegation, ended)| self.deputy_view(delegation, ended, now)).collect();
        all.reverse();
        all
    }

    fn deputy_view(&self, delegation: &Delegation, ended: Option<&Ended>, now: UnixMs) -> DeputyView {
        let span = delegation.span;
        let decides = || {
            let deputy = self.register.person(&delegation.to);
            let rights = deputy.map(|deputy| self.acting(deputy.certificate.body.person, now)).unwrap_or_default();
            rights.iter().any(|right| right.for_whom.as_ref() == Some(&delegation.by))
        };
        let state = match ended {
            Some(_) => DeputyState::Ended,
            None if span.until <= now => DeputyState::Over,
            None if now < span.from => DeputyState::Coming,
            None if decides() => DeputyState::InForce,
            None => DeputyState::Idle,
        };
        DeputyView {
            number: delegation.number,
            by: delegation.by.clone(),
            to: delegation.to.clone(),
            roles: delegation.roles.clone(),
            scope: delegation.scope.clone(),
            limit: delegation.limit,
            from: span.from,
            until: span.until,
            state,
            ended_by: ended.and_then(|ended| ended.by.clone()),
        }
    }
}
