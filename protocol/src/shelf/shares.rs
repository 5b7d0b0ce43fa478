//! How much of what one sponsor vouches for is kept.
//!
//! - `SYN-15` Of each kind, the records under a sponsor's passes of one epoch are kept for at most so many keys as its manifest allows
//!   members, times the batch of one member. Of more keys those stay whose rank is lowest: H(label, epoch ‖ holder key).
//!
//! Nobody can tell a member's pass from one that a sponsor made for nobody. What bounds such a flood is what the sponsor said ahead,
//! to everybody. Which keys stay depends on the keys alone, so nodes that heard the same keep the same, in whatever order it
//! came; a sponsor can crowd out its own members, and nobody else's. Under scheme 0 there is no manifest, and no bound.

use crate::check::{Checked, Kind};
use crate::id::{Hash, HolderKey, SponsorKey};
use crate::pass::Purpose;
use crate::time::Week;
use alloc::collections::{BTreeMap, BTreeSet};

/// Kind, sponsor and epoch.
type Share = (Kind, SponsorKey, Week);
/// A key by its rank.
type Ranked = (Hash, HolderKey);

/// The keys of each share, by rank.
#[derive(Clone, Debug, Default)]
pub(super) struct Shares {
    keys: BTreeMap<Share, BTreeSet<Ranked>>,
}

impl Shares {
    /// Whether a record's key has a place among at most so many.
    pub(super) fn have_room(&self, checked: &Checked, most: usize) -> bool {
        let Some((share, key)) = place_of(checked) else { return true };
        let Some(keys) = self.keys.get(&share) else { return most > 0 };
        keys.contains(&key) || keys.len() < most || keys.last().is_some_and(|last| key < *last)
    }

    /// Which key has to go when a record's is counted, whose key has a place.
    pub(super) fn outranked_by(&self, checked: &Checked, most: usize) -> Option<HolderKey> {
        let (share, key) = place_of(checked)?;
        let keys = self.keys.get(&share)?;
        let last = keys.last().filter(|_| keys.len() >= most && !keys.contains(&key));
        last.map(|(_, holder)| *holder)
    }

    /// Counts a record's key, and says which one has to go for it, if there are more than so many.
    pub(super) fn add(&mut self, checked: &Checked, most: usize) -> Option<HolderKey> {
        let (share, key) = place_of(checked)?;
        let keys = self.keys.entry(share).or_default();
        keys.insert(key);
        if keys.len() <= most { None } else { keys.pop_last().map(|(_, holder)| holder) }
    }

    /// A record's key says nothing any more.
    pub(super) fn remove(&mut self, checked: &Checked) {
        let Some((share, key)) = place_of(checked) else { return };
        if let Some(keys) = self.keys.get_mut(&share) {
            keys.remove(&key);
            if keys.is_empty() {
                self.keys.remove(&share);
            }
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

/// To which share a record counts, and its key there by rank.
fn place_of(checked: &Checked) -> Option<(Share, Ranked)> {
    let pass = checked.pass()?;
    let name = [pass.epoch.0.to_be_bytes().as_slice(), &pass.holder.0].concat();
    let rank = Hash::of_bytes("cosolvent/share-rank/1", &name);
    Some(((checked.kind(), pass.sponsor, pass.epoch), (rank, pass.holder)))
}
