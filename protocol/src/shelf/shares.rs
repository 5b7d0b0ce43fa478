//! How much of what one sponsor vouches for is kept.
//!
//! - `SYN-15` Of each kind, the records under a sponsor's passes of one epoch are kept for at most so many keys as its manifest allows
//!   members, times the batch of one member. Of more keys those stay whose rank is lowest: H(label, epoch ‖ holder key).
//! - `SYN-16` Of each kind there is room for so many keys. Once it is full, a further key takes the place of the one with the highest
//!   rank of the sponsor that holds the most; so what holds less than its equal share loses nothing to others.
//!
//! Nobody can tell a member's pass from one that a sponsor made for nobody. What bounds such a flood is what the sponsor said ahead,
//! to everybody, and that it has one share among others, however many weeks it prints passes for. Which keys stay depends on the keys
//! alone, so nodes that heard the same keep the same, in whatever order it came; a sponsor can crowd out its own members, and nobody
//! else's. Under scheme 0 there is no manifest, and no bound for one epoch.

use crate::check::{Checked, Kind};
use crate::id::{Hash, HolderKey, SponsorKey};
use crate::pass::Purpose;
use crate::time::Week;
use alloc::collections::{BTreeMap, BTreeSet};

/// A key by its rank.
type Ranked = (Hash, HolderKey);

/// Where a record's key counts.
#[derive(Clone, Copy)]
struct Place {
    kind: Kind,
    sponsor: SponsorKey,
    epoch: Week,
    key: Ranked,
}

/// What bounds a record's key: how many of its sponsor's epoch are kept, if that is known, and how many of its kind in all.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub(super) epoch: Option<usize>,
    pub(super) room: usize,
}

/// The keys of each share, by rank.
#[derive(Clone, Debug, Default)]
pub(super) struct Shares {
    epochs: BTreeMap<(Kind, SponsorKey, Week), BTreeSet<Ranked>>,
    /// The same keys, of all epochs together.
    sponsors: BTreeMap<(Kind, SponsorKey), BTreeSet<Ranked>>,
}

impl Shares {
    /// Whether a record's key has a place.
    pub(super) fn have_room(&self, checked: &Checked, bounds: Bounds) -> bool {
        let Some(place) = place_of(checked) else { return true };
        self.holds(&place) || self.gives_way(&place, bounds).is_none_or(|(_, key)| key != place.key)
    }

    /// Which key has to go when a record's is counted, whose key has a place.
    pub(super) fn outranked_by(&self, checked: &Checked, bounds: Bounds) -> Option<HolderKey> {
        let place = place_of(checked).filter(|place| !self.holds(place))?;
        let (_, gone) = self.gives_way(&place, bounds).filter(|(_, key)| *key != place.key)?;
        Some(gone.1)
    }

    /// Counts a record's key, and says which one has to go for it, if there are too many.
    pub(super) fn add(&mut self, checked: &Checked, bounds: Bounds) -> Option<HolderKey> {
        let place = place_of(checked)?;
        if self.holds(&place) {
            return None;
        }
        let gone = self.gives_way(&place, bounds);
        self.epochs.entry((place.kind, place.sponsor, place.epoch)).or_default().insert(place.key);
        self.sponsors.entry((place.kind, place.sponsor)).or_default().insert(place.key);
        gone.map(|(_, (_, holder))| holder)
    }

    /// A record's key says nothing any more.
    pub(super) fn remove(&mut self, checked: &Checked) {
        let Some(Place { kind, sponsor, epoch, key }) = place_of(checked) else { return };
        take(&mut self.epochs, (kind, sponsor, epoch), &key);
        take(&mut self.sponsors, (kind, sponsor), &key);
    }

    fn holds(&self, place: &Place) -> bool {
        self.sponsors.get(&(place.kind, place.sponsor)).is_some_and(|keys| keys.contains(&place.key))
    }

    /// The key that has to go if one more is counted, which may be that one.
    fn gives_way(&self, place: &Place, bounds: Bounds) -> Option<(SponsorKey, Ranked)> {
        let of_epoch = self.epochs.get(&(place.kind, place.sponsor, place.epoch));
        if bounds.epoch.is_some_and(|most| of_epoch.map_or(0, BTreeSet::len) >= most) {
            return Some((place.sponsor, highest(of_epoch, place.key)));
        }
        let first = (place.kind, SponsorKey([0; 32]));
        let of_kind = self.sponsors.range(first..).take_while(|((kind, _), _)| *kind == place.kind);
        let held = of_kind.map(|((_, sponsor), keys)| (*sponsor, keys.len()));
        if held.clone().map(|(_, count)| count).sum::<usize>() < bounds.room {
            return None;
        }
        let mut counts: BTreeMap<SponsorKey, usize> = held.collect();
        *counts.entry(place.sponsor).or_default() += 1;
        // Of sponsors that hold as many, the last in order, so that every node lets the same go.
        let (most, _) = counts.into_iter().max_by_key(|(sponsor, count)| (*count, *sponsor))?;
        let keys = self.sponsors.get(&(place.kind, most));
        let last = keys.and_then(BTreeSet::last).copied();
        Some((most, if most == place.sponsor { highest(keys, place.key) } else { last? }))
    }
}

/// The key with the highest rank among some and one more.
fn highest(keys: Option<&BTreeSet<Ranked>>, one: Ranked) -> Ranked {
    keys.and_then(BTreeSet::last).copied().map_or(one, |last| last.max(one))
}

fn take<K: Ord>(shares: &mut BTreeMap<K, BTreeSet<Ranked>>, share: K, key: &Ranked) {
    if let Some(keys) = shares.get_mut(&share) {
        keys.remove(key);
        if keys.is_empty() {
            shares.remove(&share);
        }
    }
}

/// Which passes a kind is said under; keys are said under none.
pub(super) fn purpose(kind: Kind) -> Option<Purpose> {
    match kind {
        Kind::Adverts => Some(Purpose::Advert),
        Kind::Envelopes => Some(Purpose::Contact),
        Kind::Log => Some(Purpose::Log),
        Kind::Relays => Some(Purpose::Peer),
        Kind::Keys => None,
    }
}

/// Where a record's key counts; keys of sponsors count nowhere.
fn place_of(checked: &Checked) -> Option<Place> {
    let pass = checked.pass()?;
    let name = [pass.epoch.0.to_be_bytes().as_slice(), &pass.holder.0].concat();
    let rank = Hash::of_bytes("cosolvent/share-rank/1", &name);
    Some(Place { kind: checked.kind(), sponsor: pass.sponsor, epoch: pass.epoch, key: (rank, pass.holder) })
}
