//! Whom people named as their deputies, read from a journal (`DEP-1`, `DEP-2`).

use firm::deputies::{Delegation, Event};
use protocol::time::UnixMs;
use std::collections::BTreeMap;

/// Those that were named and not ended.
#[derive(Default)]
pub(super) struct Named(BTreeMap<u32, Delegation>);

impl Named {
    pub(super) fn follow(&mut self, event: &Event) {
        match event {
            Event::Named { delegation, .. } => drop(self.0.insert(delegation.number, delegation.clone())),
            Event::Ended { number, .. } => drop(self.0.remove(number)),
        }
    }

    /// What was handed to somebody and counts at a moment.
    pub(super) fn to(&self, person: &str, at: UnixMs) -> impl Iterator<Item = &Delegation> {
        self.0.values().filter(move |one| one.to.as_str() == person && one.span.contains(at))
    }
}
