//! What a relay must not forget.

use super::Event;
use alloc::collections::{BTreeMap, BTreeSet};
use protocol::cells::{OnionSecret, ReplayTag};
use protocol::id::OnionKey;
use protocol::limits::ONION_GRACE_MS;
use protocol::time::{UnixMs, Week};

/// Keys and tags of the weeks that are not over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relaying {
    /// Whether the owner chose not to carry others' cells.
    pub declined: bool,
    pub(super) weeks: BTreeMap<Week, OfWeek>,
}

/// One week's key, and the tags of what was opened with it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OfWeek {
    pub(super) secret: OnionSecret,
    pub(super) tags: BTreeSet<ReplayTag>,
}

impl Relaying {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Chosen { serve } => self.declined = !serve,
            Event::KeyDrawn { week, secret } => {
                self.weeks.insert(*week, OfWeek { secret: secret.clone(), tags: BTreeSet::new() });
            }
            Event::Taken { week, tag } => {
                if let Some(of_week) = self.weeks.get_mut(week) {
                    of_week.tags.insert(*tag);
                }
            }
            Event::Wiped(before) => self.weeks.retain(|week, _| week >= before),
        }
    }

    /// The public half of a week's key, if one was drawn.
    pub fn onion_key(&self, week: Week) -> Option<OnionKey> {
        self.weeks.get(&week).map(|of_week| of_week.secret.onion_key())
    }

    /// The first week whose cells could still arrive, if there are keys of earlier ones (`REL-2`).
    pub fn outdated(&self, now: UnixMs) -> Option<Week> {
        let first = now.minus(ONION_GRACE_MS).week();
        (*self.weeks.keys().next()? < first).then_some(first)
    }
}
