//! Own positions as they stand.

use super::Event;
use alloc::{collections::BTreeMap, vec::Vec};
use protocol::id::{DealId, Hash, RecordId};
use protocol::key_log::Fork;
use protocol::noise::Seed;
use protocol::time::Week;
use protocol::vocabulary::OutcomeCode;

/// One own engagement.
#[derive(Clone, Debug, PartialEq)]
pub struct Engagement {
    /// Own START entry.
    pub start: RecordId,
    /// Seed of its position key, which signs the OUTCOME too.
    pub position: Seed,
    /// Opens the commitment to the receipt.
    pub receipt_salt: Hash,
    /// Opens the commitment to the next position.
    pub next_salt: Hash,
    /// Begun.
    pub week: Week,
    /// Own OUTCOME entry and what it says.
    pub outcome: Option<(RecordId, OutcomeCode)>,
}

/// The chain of own positions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trust {
    /// Seed of the position that the next START takes.
    pub next: Option<Seed>,
    /// Own engagements.
    pub engagements: BTreeMap<DealId, Engagement>,
    /// Firms of which a key said two things (`IDN-9`).
    pub forks: Vec<Fork>,
}

impl Trust {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            // The proof was judged before it became a record.
            Event::Forked { proof } => self.forks.extend(proof.verify()),
            Event::Positioned { seed } => self.next = Some(seed.clone()),
            Event::Started { deal, record, position, receipt_salt, next_salt, next, week } => {
                let engagement = Engagement {
                    start: *record,
                    position: position.clone(),
                    receipt_salt: *receipt_salt,
                    next_salt: *next_salt,
                    week: *week,
                    outcome: None,
                };
                self.engagements.insert(*deal, engagement);
                self.next = Some(next.clone());
            }
            Event::Ended { deal, record, outcome, .. } => {
                if let Some(engagement) = self.engagements.get_mut(deal) {
                    engagement.outcome = Some((*record, *outcome));
                }
            }
        }
    }
}
