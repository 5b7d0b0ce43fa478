//! What can be asked of issuing.

use super::{Event, Issued, Signer, Slot};
use crate::limits::passes_per_epoch;
use crate::office::Office;
use alloc::{collections::BTreeSet, vec::Vec};
use protocol::id::{BlindSignature, Blinded, HolderKey, Modulus, Print};
use protocol::pass::{Manifest, Pass, Purpose, SignedManifest};
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

/// Signatures to hand over, and what became true by them, if anything.
#[derive(Clone, Debug, Default)]
pub struct BlindIssue {
    /// Each beside the print of what it answers.
    pub answers: Vec<(Print, BlindSignature)>,
    /// Whether something was left out because the batch is used up.
    pub used_up: bool,
    /// For the journal, before the signatures leave.
    pub event: Option<Event>,
}

/// Signs what it cannot see, as far as the batch of the week goes (`PAS-4`, `PAS-10`). `None` when the key is not at hand.
pub fn issue_blindly(
    issued: &Issued,
    signer: &dyn Signer,
    slot: Slot,
    asked: &[Blinded],
    now: UnixMs,
) -> Option<BlindIssue> {
    let this = now.week();
    if slot.epoch != this && slot.epoch != this.plus(1) {
        return Some(BlindIssue::default());
    }
    let mut batch = issued.hidden(&slot).cloned().unwrap_or_default();
    let room = usize::try_from(passes_per_epoch(slot.purpose)).unwrap_or(usize::MAX);
    let (mut new, mut answered) = (BTreeSet::new(), BTreeSet::new());
    let (mut due, mut used_up) = (Vec::new(), false);
    for blinded in asked {
        let print = blinded.print();
        let known = batch.contains(&print);
        if !answered.insert(print) {
            continue;
        }
        if !known && batch.len() >= room {
            used_up = true;
            continue;
        }
        if batch.insert(print) {
            new.insert(print);
        }
        due.push(*blinded);
    }
    let signed = signer.sign(slot.epoch, slot.purpose, &due)?;
    let answers = due.iter().zip(signed).filter_map(|(blinded, signed)| Some((blinded.print(), signed?))).collect();
    let event = (!new.is_empty()).then(|| Event::Signed { slot, prints: new.into_iter().collect() });
    Some(BlindIssue { answers, used_up, event })
}

/// The manifest of an epoch, to be published.
pub fn manifest(office: &Office, epoch: Week, members: usize, keys: Vec<(Purpose, Modulus)>) -> SignedManifest {
    let members = u32::try_from(members).unwrap_or(u32::MAX);
    let body = Manifest { network: office.network, sponsor: office.key(), epoch, members, keys };
    SignedManifest::new(body, &office.keys.operating)
}

/// Forgets the keys of weeks that are over.
pub fn outdated(issued: &Issued, now: UnixMs) -> Option<Event> {
    let this: Week = now.week();
    issued.oldest().filter(|oldest| *oldest < this).map(|_| Event::Closed(this))
}
