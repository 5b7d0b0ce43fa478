//! What a node holds for everybody: live adverts, envelopes, log entries, relays and the keys of sponsors, and what it shows
//! of them to neighbours.
//!
//! - `SYN-2` A key says one thing in each kind: the first object under a holder key stays, a different second one is refused
//!   (`PAS-2`); a withdrawal replaces its advert, a proof of a split its manifest; an OUTCOME stands beside its START.
//! - `SYN-3` What has expired is gone on every node by its own dates.
//! - `SYN-11` A record of this node's own making is **embargoed** until a neighbour tells it back: root, prints, lists, counts
//!   and bodies are those of a node that never made it. What comes back is then taken in, shown and passed on as any news.
//!
//! ```text
//!   own making ──▶ embargoed ──┬──▶ the owner's view: find, of, count, digest
//!                   │ told back│
//!   neighbours ─────▼──▶ shown ┴──▶ neighbours: holdings, shown (catch-up answers from here and from nowhere else)
//! ```
//!
//! Why one neighbour is enough to lift an embargo, and why more would not do: whoever hears a record from one neighbour holds it
//! from then on. A node that went on to deny it until a second one told it would be its author, and every neighbour could ask
//! by telling it. So the author does at each moment what a stranger would do.
//!
//! What an attacker would try: fill the shelf (passes bound how much a member can say, and a sponsor loses its own members' words
//! first, `SYN-16`), tell
//! different things to different nodes under one key (`SYN-2`; both copies convict it), find out who made a record by asking
//! for it, comparing without it, or telling it and watching what changes (`SYN-11`).

mod holdings;
mod ids;
mod shares;
mod shown;

pub use holdings::{Holdings, Partition};
pub use ids::{Ids, Path};

use crate::check::{Checked, Kind, Record, own};
use crate::envelope::ENVELOPE_LIFE_MS;
use crate::id::{Hash, HolderKey, RecordId};
use crate::limits::{PASS_GRACE_MS, SHELF_KEYS_MAX};
use crate::log::set_digest;
use crate::pass::{Keyring, Split};
use crate::time::UnixMs;
use alloc::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    vec::Vec,
};
use shown::Shown;

/// What became of a record that was offered to the shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placing {
    /// It is new here.
    New,
    /// This node made it, and now a neighbour told it: to be placed and passed on like [`Placing::New`], and no news to the
    /// owner (`SYN-11`).
    Echo,
    /// It was here already.
    Known,
    /// Another object under the same key is here (`SYN-2`).
    Contradicts(RecordId),
    /// Its advert was withdrawn, or its life is over.
    Gone,
    /// Its sponsor's share of that epoch, or of everything, is full of keys that come before its own (`SYN-15`, `SYN-16`).
    Outranked,
}

/// All records that this node keeps.
#[derive(Clone, Debug)]
pub struct Shelf {
    shown: Shown,
    /// Own making that nobody told back yet.
    embargoed: BTreeMap<RecordId, (Checked, UnixMs)>,
}

impl Default for Shelf {
    fn default() -> Shelf {
        Shelf::with_room(SHELF_KEYS_MAX)
    }
}

impl Shelf {
    /// An empty shelf with room for what so many keys say of each kind. Nodes agree as long as they have the same room.
    pub fn with_room(keys: usize) -> Shelf {
        Shelf { shown: Shown::with_room(keys), embargoed: BTreeMap::new() }
    }

    /// What would become of a record heard at `now`. Changes nothing.
    pub fn consider(&self, checked: &Checked, now: UnixMs) -> Placing {
        match self.shown.consider(checked, now) {
            Placing::New if self.embargoed.contains_key(&checked.id()) => Placing::Echo,
            placing => placing,
        }
    }

    /// What leaves the shelf when a record is taken in that was considered [`Placing::New`]: what it withdraws (`SYN-2`), and what the
    /// key said that goes for its key (`SYN-15`, `SYN-16`).
    pub fn dropped_by(&self, checked: &Checked) -> Vec<RecordId> {
        self.shown.dropped_by(checked)
    }

    /// Takes in a record that was heard at `heard` and considered [`Placing::New`] or [`Placing::Echo`].
    pub fn place(&mut self, checked: &Checked, heard: UnixMs) {
        self.shown.place(checked, heard);
        self.embargoed.remove(&checked.id());
    }

    /// Takes in a record of this node's own making (`SYN-11`).
    pub fn embargo(&mut self, checked: &Checked, made: UnixMs) {
        self.embargoed.insert(checked.id(), (checked.clone(), made));
    }

    /// A neighbour told an embargoed record: it is shown from now on.
    pub fn heard_from(&mut self, id: &RecordId, heard: UnixMs) {
        if let Some((checked, _)) = self.embargoed.remove(id) {
            self.shown.place(&checked, heard);
        }
    }

    /// Own records that nobody told back, and that the owner did not take back: to be said again.
    pub fn embargoed(&self) -> impl Iterator<Item = &Checked> {
        let withdrawn = self.withdrawn();
        let own = self.embargoed.values().map(|(checked, _)| checked);
        own.filter(move |checked| !is_one_of(checked, &withdrawn))
    }

    /// The records whose life is over at `now`.
    pub fn expired(&self, now: UnixMs) -> Vec<RecordId> {
        let ends = self.shown.ends();
        let shown = ends.flat_map(|ends| ends.iter().map_while(move |(until, id)| (*until <= now).then_some(*id)));
        let own = self.embargoed.iter().filter(|(_, (checked, made))| expiry(checked, *made) <= now);
        shown.chain(own.map(|(id, _)| *id)).collect()
    }

    /// Forgets a record and what its key said.
    pub fn forget(&mut self, id: &RecordId) {
        self.shown.forget(id);
        self.embargoed.remove(id);
    }

    /// One record.
    pub fn find(&self, id: &RecordId) -> Option<&Checked> {
        let own = self.embargoed.get(id).map(|(checked, _)| checked);
        let found = own.or_else(|| self.shown.find(id))?;
        let is_gone = matches!(found.record(), Record::Advert(_)) && self.withdrawn().contains(&found.holder());
        (!is_gone).then_some(found)
    }

    /// One record, if neighbours may see it (`SYN-11`).
    pub fn shown(&self, id: &RecordId) -> Option<&Checked> {
        self.shown.find(id)
    }

    /// What neighbours may know of this shelf (`SYN-11`).
    pub fn holdings(&self) -> &Holdings {
        self.shown.holdings()
    }

    /// The issuing keys that follow from the manifests and proofs that are here.
    pub fn keyring(&self) -> &Arc<Keyring> {
        self.shown.keyring()
    }

    /// The manifest or proof of a split that is here for a sponsor's epoch.
    pub fn in_slot(&self, slot: &HolderKey) -> Option<&Checked> {
        self.shown.said_under(Kind::Keys, slot)
    }

    /// The proof that a manifest makes together with another one that is here (`PAS-8`), if it contradicts that.
    pub fn split_by(&self, checked: &Checked) -> Option<Checked> {
        let Record::Manifest(new) = checked.record() else { return None };
        match self.in_slot(&checked.holder())?.record() {
            Record::Manifest(held) => own(Record::Split(Split::of(held, new)?)),
            _ => None,
        }
    }

    /// All records of a kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Checked> {
        let withdrawn = self.withdrawn();
        let own = self.embargoed.values().map(|(checked, _)| checked).filter(move |own| own.kind() == kind);
        self.shown.of(kind).chain(own).filter(move |checked| !is_one_of(checked, &withdrawn))
    }

    /// How many records of a kind are here.
    pub fn count(&self, kind: Kind) -> usize {
        if self.embargoed.is_empty() { self.shown.count(kind) } else { self.of(kind).count() }
    }

    /// The digest of all records of a kind that are here (`LOG-4`).
    pub fn root(&self, kind: Kind) -> Hash {
        if self.embargoed.is_empty() {
            return self.shown.digest(kind);
        }
        let ids: BTreeSet<RecordId> = self.of(kind).map(Checked::id).collect();
        set_digest(&ids)
    }

    /// The earliest moment at which something expires.
    pub fn next_expiry(&self) -> Option<UnixMs> {
        let shown = self.shown.ends().filter_map(|ends| ends.first()).map(|(until, _)| *until);
        let own = self.embargoed.values().map(|(checked, made)| expiry(checked, *made));
        shown.chain(own).min()
    }

    /// Keys whose advert this node took back while the withdrawal is embargoed: neighbours still see the advert.
    fn withdrawn(&self) -> BTreeSet<HolderKey> {
        let own = self.embargoed.values().map(|(checked, _)| checked);
        own.filter(|checked| matches!(checked.record(), Record::Withdrawal(_))).map(Checked::holder).collect()
    }
}

/// Whether a record is the advert of one of these keys.
fn is_one_of(checked: &Checked, withdrawn: &BTreeSet<HolderKey>) -> bool {
    matches!(checked.record(), Record::Advert(_)) && withdrawn.contains(&checked.holder())
}

/// When a record heard at `heard` leaves the shelf (`SYN-3`); log entries and keys stay.
fn expiry(checked: &Checked, heard: UnixMs) -> UnixMs {
    match checked.record() {
        Record::Advert(advert) => advert.body.expires.end(),
        Record::Withdrawal(withdrawal) => withdrawal.body.expires.end(),
        // A node that forgot an envelope may hear it again from a slower neighbour; the pass ends that (`ENV-2`).
        Record::Envelope(envelope) => {
            heard.plus(ENVELOPE_LIFE_MS).min(envelope.body.pass.epoch.end().plus(PASS_GRACE_MS + ENVELOPE_LIFE_MS))
        }
        Record::Start(_) | Record::Outcome(_) | Record::Manifest(_) | Record::Split(_) => UnixMs(u64::MAX),
        Record::Relay(relay) => relay.body.end(),
    }
}
