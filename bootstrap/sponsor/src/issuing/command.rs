//! What can be asked of issuing.

use super::{Event, Issued, Signer, Slot};
use crate::limits::members_ahead;
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
    let due = due(issued.batch(&slot), slot, holders, |holder| *holder, now);
    let sign =
        |holder: &HolderKey| Pass::issue(office.network, slot.epoch, slot.purpose, *holder, &office.keys.operating);
    let passes = due.asked.iter().map(sign).collect();
    Issue { passes, event: due.new.map(|holders| Event::Issued { slot, holders }) }
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
    let due = due(issued.hidden(&slot), slot, asked, Blinded::print, now);
    let signed = if due.asked.is_empty() { Vec::new() } else { signer.sign(slot.epoch, slot.purpose, &due.asked)? };
    let answers = due.asked.iter().zip(signed).filter_map(|(blinded, signed)| Some((blinded.print(), signed?)));
    let event = due.new.map(|prints| Event::Signed { slot, prints });
    Some(BlindIssue { answers: answers.collect(), used_up: due.used_up, event })
}

/// The manifest of an epoch, to be published, by a sponsor that has so many members now.
pub fn manifest(office: &Office, epoch: Week, members: usize, keys: Vec<(Purpose, Modulus)>) -> SignedManifest {
    let members = members_ahead(u32::try_from(members).unwrap_or(u32::MAX));
    let body = Manifest { network: office.network, sponsor: office.key(), epoch, members, keys };
    SignedManifest::new(body, &office.keys.operating)
}

/// Forgets the keys of weeks that are over.
pub fn outdated(issued: &Issued, now: UnixMs) -> Option<Event> {
    let this: Week = now.week();
    issued.oldest().filter(|oldest| *oldest < this).map(|_| Event::Closed(this))
}

/// What of a request is within the batch.
struct Due<T, K> {
    /// To be signed, in the order in which it was asked for.
    asked: Vec<T>,
    /// What of that counts from now on, sorted; absent when nothing does.
    new: Option<Vec<K>>,
    /// Whether something was left out because the batch is used up.
    used_up: bool,
}

/// Counts a request against the batch of its slot (`PAS-4`): what is known is answered again, what is new as long as there is room,
/// each once; nothing of a week that is not open.
fn due<T: Copy, K: Copy + Ord>(
    batch: Option<&BTreeSet<K>>,
    slot: Slot,
    asked: &[T],
    name: impl Fn(&T) -> K,
    now: UnixMs,
) -> Due<T, K> {
    let this = now.week();
    let is_open = slot.epoch == this || slot.epoch == this.plus(1);
    let room = usize::try_from(slot.purpose.passes_per_epoch()).unwrap_or(usize::MAX);
    let known = |name: &K| batch.is_some_and(|batch| batch.contains(name));
    let held = batch.map_or(0, BTreeSet::len);
    let (mut seen, mut new) = (BTreeSet::new(), BTreeSet::new());
    let mut due = Due { asked: Vec::new(), new: None, used_up: false };
    for one in asked.iter().filter(|_| is_open) {
        let name = name(one);
        if !seen.insert(name) {
            continue;
        }
        if !known(&name) {
            if held.saturating_add(new.len()) >= room {
                due.used_up = true;
                continue;
            }
            new.insert(name);
        }
        due.asked.push(*one);
    }
    due.new = (!new.is_empty()).then(|| new.into_iter().collect());
    due
}
