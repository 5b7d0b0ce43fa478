//! What a node holds for everybody: live adverts, envelopes and log entries, and how neighbours fill each other's gaps.
//!
//! - `SYN-1` Neighbours compare one root per kind ([`crate::log::set_digest`]); only where roots differ do they exchange
//!   id lists, and only what is missing travels as bodies, each checked exactly as if it had been gossiped.
//! - `SYN-2` A key says one thing in each kind: the first object under a holder key stays, a different second one is refused
//!   (`PAS-2`); a withdrawal replaces its advert; an OUTCOME stands beside its START.
//! - `SYN-3` What has expired is gone on every node by its own dates.
//!
//! What an attacker would try: fill the shelf (passes bound how much a member can say; a full shelf refuses the new), tell
//! different things to different nodes under one key (`SYN-2`; both copies convict it).

use crate::check::{Checked, Kind, Record};
use crate::envelope::ENVELOPE_LIFE_MS;
use crate::id::{Hash, HolderKey, RecordId};
use crate::limits::{PASS_GRACE_MS, SHELF_RECORDS_MAX};
use crate::log::set_digest;
use crate::time::UnixMs;
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use core::cell::Cell;

/// What became of a record that was offered to the shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placing {
    /// It is new here.
    New,
    /// It was here already.
    Known,
    /// Another object under the same key is here (`SYN-2`).
    Contradicts(RecordId),
    /// Its advert was withdrawn, or its life is over.
    Gone,
    /// There is no room.
    Full,
}

/// One kind's records.
#[derive(Clone, Debug, Default)]
struct Set {
    records: BTreeMap<RecordId, (Checked, UnixMs)>,
    /// The same records by the end of their life.
    ends: BTreeSet<(UnixMs, RecordId)>,
    root: Cell<Option<Hash>>,
}

impl Set {
    fn remove(&mut self, id: &RecordId) -> Option<Checked> {
        let (checked, until) = self.records.remove(id)?;
        self.ends.remove(&(until, *id));
        self.root.set(None);
        Some(checked)
    }
}

/// All records that this node keeps.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    adverts: Set,
    envelopes: Set,
    log: Set,
    /// What each key said in each kind: its object, and its last word (withdrawal or OUTCOME). By kind, because a pass is for
    /// one purpose: a key that holds two passes must not make one purpose forget what was said under the other.
    holders: BTreeMap<(Kind, HolderKey), (Option<RecordId>, Option<RecordId>)>,
}

impl Shelf {
    /// What would become of a record heard at `now`. Changes nothing.
    pub fn consider(&self, checked: &Checked, now: UnixMs) -> Placing {
        let set = self.set(checked.kind());
        if set.records.contains_key(&checked.id()) {
            return Placing::Known;
        }
        if expiry(checked, now) <= now {
            return Placing::Gone;
        }
        let (object, last) = self.holders.get(&said_by(checked)).copied().unwrap_or_default();
        let is_last = matches!(checked.record(), Record::Withdrawal(_) | Record::Outcome(_));
        match (is_last, object, last) {
            (true, _, Some(other)) | (false, Some(other), _) => Placing::Contradicts(other),
            (false, None, Some(_)) if checked.kind() == Kind::Adverts => Placing::Gone,
            _ if set.records.len() >= SHELF_RECORDS_MAX => Placing::Full,
            _ => Placing::New,
        }
    }

    /// Takes in a record that was heard at `heard` and considered [`Placing::New`].
    pub fn place(&mut self, checked: &Checked, heard: UnixMs) {
        let said = self.holders.entry(said_by(checked)).or_default();
        let mut replaced = None;
        match checked.record() {
            Record::Withdrawal(_) => {
                said.1 = Some(checked.id());
                replaced = said.0.take();
            }
            Record::Outcome(_) => said.1 = Some(checked.id()),
            _ => said.0 = Some(checked.id()),
        }
        let until = expiry(checked, heard);
        let set = self.set_mut(checked.kind());
        if let Some(advert) = replaced {
            set.remove(&advert);
        }
        set.ends.insert((until, checked.id()));
        set.records.insert(checked.id(), (checked.clone(), until));
        set.root.set(None);
    }

    /// The records whose life is over at `now`.
    pub fn expired(&self, now: UnixMs) -> Vec<RecordId> {
        let over = [&self.adverts, &self.envelopes]
            .into_iter()
            .flat_map(|set| set.ends.iter().map_while(move |(until, id)| (*until <= now).then_some(*id)));
        over.collect()
    }

    /// Forgets a record and what its key said.
    pub fn forget(&mut self, id: &RecordId) {
        for kind in Kind::ALL {
            let set = self.set_mut(kind);
            if let Some(checked) = set.remove(id) {
                self.holders.remove(&said_by(&checked));
            }
        }
    }

    /// One record.
    pub fn find(&self, id: &RecordId) -> Option<&Checked> {
        Kind::ALL.into_iter().find_map(|kind| self.set(kind).records.get(id)).map(|(checked, _)| checked)
    }

    /// All records of a kind, by id.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Checked> {
        self.set(kind).records.values().map(|(checked, _)| checked)
    }

    /// The ids of a kind, sorted.
    pub fn ids(&self, kind: Kind) -> Vec<RecordId> {
        self.set(kind).records.keys().copied().collect()
    }

    /// How many records of a kind are here.
    pub fn count(&self, kind: Kind) -> usize {
        self.set(kind).records.len()
    }

    /// The root of a kind (`SYN-1`).
    pub fn root(&self, kind: Kind) -> Hash {
        let set = self.set(kind);
        let root = set.root.get().unwrap_or_else(|| set_digest(set.records.keys()));
        set.root.set(Some(root));
        root
    }

    /// The earliest moment at which something expires.
    pub fn next_expiry(&self) -> Option<UnixMs> {
        [&self.adverts, &self.envelopes].into_iter().filter_map(|set| set.ends.first()).map(|(until, _)| *until).min()
    }

    fn set(&self, kind: Kind) -> &Set {
        match kind {
            Kind::Adverts => &self.adverts,
            Kind::Envelopes => &self.envelopes,
            Kind::Log => &self.log,
        }
    }

    fn set_mut(&mut self, kind: Kind) -> &mut Set {
        match kind {
            Kind::Adverts => &mut self.adverts,
            Kind::Envelopes => &mut self.envelopes,
            Kind::Log => &mut self.log,
        }
    }
}

fn said_by(checked: &Checked) -> (Kind, HolderKey) {
    (checked.kind(), checked.holder())
}

/// When a record heard at `heard` leaves the shelf (`SYN-3`); log entries stay.
fn expiry(checked: &Checked, heard: UnixMs) -> UnixMs {
    match checked.record() {
        Record::Advert(advert) => advert.body.expires.end(),
        Record::Withdrawal(withdrawal) => withdrawal.body.expires.end(),
        // A node that forgot an envelope may hear it again from a slower neighbour; the pass ends that (`ENV-2`).
        Record::Envelope(envelope) => {
            heard.plus(ENVELOPE_LIFE_MS).min(envelope.body.pass.epoch.end().plus(PASS_GRACE_MS + ENVELOPE_LIFE_MS))
        }
        Record::Start(_) | Record::Outcome(_) => UnixMs(u64::MAX),
    }
}
