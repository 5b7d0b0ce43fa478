//! What neighbours told this node, and what it therefore shows them.

use super::holdings::{Holdings, Partition};
use super::shares::{Bounds, Shares, purpose};
use super::{Placing, expiry};
use crate::check::{Checked, Kind, Record};
use crate::id::{Hash, HolderKey, RecordId};
use crate::log::set_digest;
use crate::pass::{Keyring, Manifest};
use crate::time::UnixMs;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::Cell;

/// One kind's records.
#[derive(Clone, Debug, Default)]
struct Set {
    records: BTreeMap<RecordId, (Checked, UnixMs)>,
    /// The same records by the end of their life.
    ends: BTreeSet<(UnixMs, RecordId)>,
    root: Cell<Option<Hash>>,
}

impl Set {
    fn take(&mut self, id: &RecordId) -> Option<Checked> {
        let (checked, until) = self.records.remove(id)?;
        self.ends.remove(&(until, *id));
        self.root.set(None);
        Some(checked)
    }
}

/// Records as they stand after what neighbours told, and nothing else (`SYN-11`).
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// For how many keys of a kind there is room (`SYN-16`).
    room: usize,
    adverts: Set,
    envelopes: Set,
    log: Set,
    relays: Set,
    keys: Set,
    keyring: Arc<Keyring>,
    shares: Shares,
    holdings: Holdings,
    /// What each key said in each kind: its object, and its last word (withdrawal or OUTCOME). By kind, because a pass is for
    /// one purpose: a key that holds two passes must not make one purpose forget what was said under the other.
    holders: BTreeMap<(Kind, HolderKey), (Option<RecordId>, Option<RecordId>)>,
}

impl Shown {
    /// Nothing yet, and room for so many keys of each kind.
    pub(super) fn with_room(room: usize) -> Shown {
        Shown {
            room,
            adverts: Set::default(),
            envelopes: Set::default(),
            log: Set::default(),
            relays: Set::default(),
            keys: Set::default(),
            keyring: Arc::default(),
            shares: Shares::default(),
            holdings: Holdings::default(),
            holders: BTreeMap::new(),
        }
    }

    /// What would become of a record heard at `now`. Changes nothing.
    pub(super) fn consider(&self, checked: &Checked, now: UnixMs) -> Placing {
        let set = self.set(checked.kind());
        if set.records.contains_key(&checked.id()) {
            return Placing::Known;
        }
        if expiry(checked, now) <= now {
            return Placing::Gone;
        }
        let (object, last) = self.holders.get(&said_by(checked)).copied().unwrap_or_default();
        let is_last = matches!(checked.record(), Record::Withdrawal(_) | Record::Outcome(_) | Record::Split(_));
        match (is_last, object, last) {
            (true, _, Some(other)) | (false, Some(other), _) => Placing::Contradicts(other),
            (false, None, Some(_)) if matches!(checked.kind(), Kind::Adverts | Kind::Keys) => Placing::Gone,
            _ if !self.shares.have_room(checked, self.bounds(checked)) => Placing::Outranked,
            _ => Placing::New,
        }
    }

    /// Takes in a record that was heard at `heard` and considered [`Placing::New`].
    pub(super) fn place(&mut self, checked: &Checked, heard: UnixMs) {
        let said = self.holders.entry(said_by(checked)).or_default();
        let mut replaced = None;
        match checked.record() {
            // A proof takes the place of the manifest that it contradicts, so that nodes which heard different ones agree.
            Record::Withdrawal(_) | Record::Split(_) => {
                said.1 = Some(checked.id());
                replaced = said.0.take();
            }
            Record::Outcome(_) => said.1 = Some(checked.id()),
            _ => said.0 = Some(checked.id()),
        }
        let until = expiry(checked, heard);
        if let Some(replaced) = replaced {
            self.take(&replaced, checked.kind());
        }
        match checked.record() {
            Record::Manifest(manifest) => Arc::make_mut(&mut self.keyring).learn(&manifest.body),
            Record::Split(split) => Arc::make_mut(&mut self.keyring).distrust(split),
            _ => {}
        }
        self.holdings.insert(Partition::of(checked), checked.id());
        let set = self.set_mut(checked.kind());
        set.ends.insert((until, checked.id()));
        set.records.insert(checked.id(), (checked.clone(), until));
        set.root.set(None);
        if let Some(outranked) = self.shares.add(checked, self.bounds(checked)) {
            self.drop_said((checked.kind(), outranked));
        }
    }

    /// What placing a record would drop.
    pub(super) fn dropped_by(&self, checked: &Checked) -> Vec<RecordId> {
        let said = |said_by| self.holders.get(&said_by).copied().unwrap_or_default();
        let replaces = matches!(checked.record(), Record::Withdrawal(_) | Record::Split(_));
        let replaced = if replaces { said(said_by(checked)).0 } else { None };
        let outranked = self.shares.outranked_by(checked, self.bounds(checked));
        let (object, last) = outranked.map(|key| said((checked.kind(), key))).unwrap_or_default();
        [replaced, object, last].into_iter().flatten().collect()
    }

    fn bounds(&self, checked: &Checked) -> Bounds {
        Bounds { epoch: self.of_epoch(checked), room: self.room }
    }

    /// How many keys of a record's kind, sponsor and epoch are kept (`SYN-15`); all, where no manifest says how many members
    /// there are.
    fn of_epoch(&self, checked: &Checked) -> Option<usize> {
        let (pass, purpose) = (checked.pass()?, purpose(checked.kind())?);
        let members = match self.said_under(Kind::Keys, &Manifest::slot_of(&pass.sponsor, pass.epoch))?.record() {
            Record::Manifest(manifest) => manifest.body.members,
            Record::Split(split) => split.one.body.members.max(split.other.body.members),
            _ => return None,
        };
        usize::try_from(u64::from(members).saturating_mul(purpose.passes_per_epoch().into())).ok()
    }

    /// Drops everything that a key said in a kind.
    fn drop_said(&mut self, said_by: (Kind, HolderKey)) {
        let (object, last) = self.holders.remove(&said_by).unwrap_or_default();
        for id in [object, last].into_iter().flatten() {
            if let Some(checked) = self.take(&id, said_by.0) {
                self.shares.remove(&checked);
            }
        }
    }

    /// The issuing keys in what is held.
    pub(super) fn keyring(&self) -> &Arc<Keyring> {
        &self.keyring
    }

    /// By the end of their life; log entries and keys have none.
    pub(super) fn ends(&self) -> impl Iterator<Item = &BTreeSet<(UnixMs, RecordId)>> {
        [&self.adverts.ends, &self.envelopes.ends, &self.relays.ends].into_iter()
    }

    /// Forgets a record and what its key said.
    pub(super) fn forget(&mut self, id: &RecordId) {
        for kind in Kind::ALL {
            if let Some(checked) = self.take(id, kind) {
                self.holders.remove(&said_by(&checked));
                self.shares.remove(&checked);
            }
        }
    }

    pub(super) fn find(&self, id: &RecordId) -> Option<&Checked> {
        Kind::ALL.into_iter().find_map(|kind| self.set(kind).records.get(id)).map(|(checked, _)| checked)
    }

    /// What a key said: its last word, or its object.
    pub(super) fn said_under(&self, kind: Kind, holder: &HolderKey) -> Option<&Checked> {
        let (object, last) = self.holders.get(&(kind, *holder))?;
        self.find(last.as_ref().or(object.as_ref())?)
    }

    pub(super) fn of(&self, kind: Kind) -> impl Iterator<Item = &Checked> {
        self.set(kind).records.values().map(|(checked, _)| checked)
    }

    pub(super) fn count(&self, kind: Kind) -> usize {
        self.set(kind).records.len()
    }

    /// The digest of a kind (`LOG-4`).
    pub(super) fn digest(&self, kind: Kind) -> Hash {
        let set = self.set(kind);
        let root = set.root.get().unwrap_or_else(|| set_digest(set.records.keys()));
        set.root.set(Some(root));
        root
    }

    pub(super) fn holdings(&self) -> &Holdings {
        &self.holdings
    }

    fn take(&mut self, id: &RecordId, kind: Kind) -> Option<Checked> {
        let checked = self.set_mut(kind).take(id)?;
        self.holdings.remove(Partition::of(&checked), id);
        Some(checked)
    }

    fn set(&self, kind: Kind) -> &Set {
        match kind {
            Kind::Adverts => &self.adverts,
            Kind::Envelopes => &self.envelopes,
            Kind::Log => &self.log,
            Kind::Relays => &self.relays,
            Kind::Keys => &self.keys,
        }
    }

    fn set_mut(&mut self, kind: Kind) -> &mut Set {
        match kind {
            Kind::Adverts => &mut self.adverts,
            Kind::Envelopes => &mut self.envelopes,
            Kind::Log => &mut self.log,
            Kind::Relays => &mut self.relays,
            Kind::Keys => &mut self.keys,
        }
    }
}

fn said_by(checked: &Checked) -> (Kind, HolderKey) {
    (checked.kind(), checked.holder())
}
