//! What can be asked of issuing.

use super::{Event, Issued, Slot};
use crate::limits::passes_per_epoch;
use crate::office::Office;
use alloc::{collections::BTreeSet, vec::Vec};
use protocol::id::HolderKey;
use protocol::pass::Pass;
use protocol::time::{UnixMs, Week};

/// Passes to hand over, and what became true by it, if anything.
#[derive(Clone, Debug)]
pub struct Issue {
    /// In the order of the keys; fewer when the batch is used up.
    pub passes: Vec<Pass>,
    /// For the journal, before the passes leave.
    pub event: Option<Event>,
}

/// Signs for keys, as far as the batch of the week goes (`PAS-4`).
pub fn issue(issued: &Issued, office: &Office, slot: Slot, holders: &[HolderKey], now: UnixMs) -> Issue {
    let this = now.week();
    if slot.epoch != this && slot.epoch != this.plus(1) {
        return Issue { passes: Vec::new(), event: None };
    }
    let mut batch = issued.batch(&slot).cloned().unwrap_or_default();
    let mut answered = BTreeSet::new();
    let mut new = BTreeSet::new();
    let mut passes = Vec::new();
    let room = usize::try_from(passes_per_epoch(slot.purpose)).unwrap_or(usize::MAX);
    for holder in holders {
        let known = batch.contains(holder);
        if !answered.insert(*holder) || (!known && batch.len() >= room) {
            continue;
        }
        if !known {
            batch.insert(*holder);
            new.insert(*holder);
        }
        passes.push(Pass::issue(office.network, slot.epoch, slot.purpose, *holder, &office.keys.operating));
    }
    let event = (!new.is_empty()).then(|| Event::Issued { slot, holders: new.into_iter().collect() });
    Issue { passes, event }
}

/// Forgets the keys of weeks that are over.
pub fn outdated(issued: &Issued, now: UnixMs) -> Option<Event> {
    let this: Week = now.week();
    issued.oldest().filter(|oldest| *oldest < this).map(|_| Event::Closed(this))
}
