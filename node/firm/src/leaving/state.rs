//! Own records on their way out, and the paths that they take.

use super::Event;
use crate::limits::OUT_MS_MAX;
use alloc::{collections::BTreeMap, vec::Vec};
use protocol::id::{HolderKey, PeerKey, RecordId};
use protocol::path::{Pair, Path};
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};

/// Whose path: a pseudonym's, or the node's own, which carries dummies only.
pub type Whose = Option<HolderKey>;

/// What an owner chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Choice {
    /// Publish directly: neighbours see which node said something first.
    pub direct: bool,
    /// Relays that may be the first of a path, by transport identity; any, if none is named (`PTH-2`).
    pub guards: Vec<PeerKey>,
}

/// The guard and the middle of everything that this node says, and how they carry.
#[derive(Clone, Debug, PartialEq)]
pub struct Paired {
    /// The relays.
    pub pair: Pair,
    /// How many cells in a row were late, of whatever pseudonym.
    pub late: u8,
}

/// A path, and how it carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Pinned {
    /// Its relays.
    pub path: Path,
    /// How many cells of its pseudonym in a row were late.
    pub late: u8,
}

/// A record on its way out.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    /// Whose path it takes.
    pub pseudonym: HolderKey,
    /// Since when it should leave, or from when on it may.
    pub since: UnixMs,
    /// When it is to leave again; `None` when that is now.
    pub late: Option<UnixMs>,
    /// How many cells have carried it.
    pub cells: u32,
    /// Whether a neighbour told it back.
    pub told: bool,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaving {
    /// What the owner chose.
    pub choice: Choice,
    /// How every path begins, once that was drawn.
    pub pair: Option<Paired>,
    /// Drawn paths.
    pub paths: BTreeMap<Whose, Pinned>,
    /// Records that are not out.
    pub outgoing: BTreeMap<RecordId, Outgoing>,
}

impl Leaving {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Chosen(choice) => self.choice = choice.clone(),
            Event::Queued { record, pseudonym, at } => {
                let outgoing = Outgoing { pseudonym: *pseudonym, since: *at, late: None, cells: 0, told: false };
                self.outgoing.entry(*record).or_insert(outgoing);
            }
            Event::Paired(pair) => self.pair = Some(Paired { pair: pair.clone(), late: 0 }),
            Event::Pinned { whose, path } => {
                self.paths.insert(*whose, Pinned { path: path.clone(), late: 0 });
            }
            Event::Left { record, late } => {
                let Some(outgoing) = self.outgoing.get_mut(record) else { return };
                (outgoing.late, outgoing.cells) = (Some(*late), outgoing.cells.saturating_add(1));
            }
            Event::Late(record) => {
                let Some(outgoing) = self.outgoing.get_mut(record) else { return };
                outgoing.late = None;
                let pseudonym = outgoing.pseudonym;
                self.count_late(pseudonym, |late| late.saturating_add(1));
            }
            Event::ToldBack { record, at } => {
                let Some(outgoing) = self.outgoing.get_mut(record) else { return };
                (outgoing.told, outgoing.late) = (true, Some(at.plus(OUT_MS_MAX)));
                let pseudonym = outgoing.pseudonym;
                self.count_late(pseudonym, |_| 0);
            }
            Event::Out(record) => {
                self.outgoing.remove(record);
            }
            Event::Parted(pseudonyms) => {
                pseudonyms.iter().for_each(|pseudonym| {
                    self.paths.remove(&Some(*pseudonym));
                });
            }
        }
    }

    /// Counts a cell of a pseudonym as late or not, for its exit and for what is before that.
    fn count_late(&mut self, pseudonym: HolderKey, count: impl Fn(u8) -> u8) {
        let of_exit = self.paths.get_mut(&Some(pseudonym)).map(|pinned| &mut pinned.late);
        let of_pair = self.pair.as_mut().map(|paired| &mut paired.late);
        of_exit.into_iter().chain(of_pair).for_each(|late| *late = count(*late));
    }

    /// Records that are due now, the oldest first; `failed` never reached their guard.
    pub fn due(&self, now: UnixMs, failed: impl Fn(&RecordId) -> bool) -> Vec<RecordId> {
        let due = self.outgoing.iter().filter(|(_, out)| out.since <= now);
        let due = due.filter(|(id, out)| out.late.is_none_or(|late| late <= now) || failed(id));
        let mut due: Vec<_> = due.map(|(id, out)| (out.since, *id)).collect();
        due.sort();
        due.into_iter().map(|(_, id)| id).collect()
    }

    /// Pseudonyms that have a path.
    pub fn pseudonyms(&self) -> impl Iterator<Item = HolderKey> {
        self.paths.keys().copied().flatten()
    }
}
