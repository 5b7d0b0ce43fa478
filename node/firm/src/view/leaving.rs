//! How own records leave, as far as the node can tell: on their way, told back, waiting for relays.

use crate::Firm;
use protocol::cells::HOPS;
use protocol::id::RecordId;
use protocol::limits::{CELL_BYTES, EXIT_LATE_CELLS_MAX, PAIR_LATE_CELLS_MAX, REDRAWS_MAX};
use protocol::time::{DAY_MS, UnixMs};
use serde::Serialize;

/// Which way records take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Directly: the network was founded so. Neighbours see where a record came from first.
    FoundedDirect,
    /// Directly, by the owner's word.
    OwnerDirect,
    /// Fewer than three relays are known: nothing leaves until then.
    WaitsForRelays,
    /// None of the first relays that the owner named may be on a path now: no new path is drawn until one may.
    WaitsForGuard,
    /// Over relays.
    Relays,
    /// Over relays; three exits of one pseudonym, or three pairs of first relays, carried nothing so far.
    RelaysInVain,
}

/// How far an own record has come over relays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// It waits for a moment that was drawn, so that nobody can tell from the hour that this firm is new, or is back (`PAS-11`).
    Held,
    /// There is no path for it yet.
    Waits,
    /// On its way; nobody told it back.
    Leaving,
    /// One neighbour told it back.
    ToldBack,
    /// Two neighbours hold it, or it has left once more since one told it back (`PTH-5`).
    Out,
}

/// How own records leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeavingView {
    /// Which way.
    pub way: Way,
    /// Other firms' nodes that may be on a path now.
    pub relays: u32,
    /// Own records that leave and that nobody told back yet.
    pub on_the_way: u32,
    /// Until when the last of those that wait for a drawn moment does (`PAS-11`).
    pub held_until: Option<UnixMs>,
    /// Own records that one neighbour told back, and that two are not known to hold yet.
    pub told_back: u32,
    /// Whether this node carries others' records.
    pub serves: bool,
    /// What one's own cells cost, in bytes a day; as much is carried for others on three relays. 0 when published directly.
    pub bytes_a_day: u64,
}

impl Firm {
    /// How own records leave; `None` before the firm has joined.
    pub(crate) fn leaving_view(&self, now: UnixMs) -> Option<LeavingView> {
        let (genesis, _) = self.network()?;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let week = now.week();
        let seen = self.seen_relays(week);
        let search = self.search(&seen, week);
        let relays = search.count();
        let outgoing = || self.leaving.outgoing.values();
        let exits = self.leaving.paths.values().map(|one| (one.late >= EXIT_LATE_CELLS_MAX, one.path.redrawn));
        let pairs = self.leaving.pair.iter().map(|one| (one.late >= PAIR_LATE_CELLS_MAX, one.pair.redrawn));
        let in_vain = exits.chain(pairs).any(|(is_late, redrawn)| is_late && redrawn >= REDRAWS_MAX);
        let way = match genesis.cells {
            None => Way::FoundedDirect,
            Some(_) if self.leaving.choice.direct => Way::OwnerDirect,
            Some(_) if relays < HOPS => Way::WaitsForRelays,
            Some(_) if !search.has_path() => Way::WaitsForGuard,
            Some(_) if in_vain => Way::RelaysInVain,
            Some(_) => Way::Relays,
        };
        let every = genesis.cells.filter(|_| !self.leaving.choice.direct).map(|pace| u64::from(pace.cell_ms));
        Some(LeavingView {
            way,
            relays: count(relays),
            on_the_way: count(outgoing().filter(|one| !one.told).count()),
            held_until: outgoing().map(|one| one.since).filter(|since| *since > now).max(),
            told_back: count(outgoing().filter(|one| one.told).count()),
            serves: genesis.cells.is_some() && !self.relaying.declined,
            bytes_a_day: every.and_then(|every| DAY_MS.checked_div(every)).unwrap_or(0) * CELL_BYTES as u64,
        })
    }

    /// How far an own record has come; `None` where records are published directly.
    pub(crate) fn progress_of(&self, record: &RecordId, now: UnixMs) -> Option<Progress> {
        let (genesis, _) = self.network()?;
        genesis.cells.filter(|_| !self.leaving.choice.direct)?;
        let Some(outgoing) = self.leaving.outgoing.get(record) else { return Some(Progress::Out) };
        let week = now.week();
        let has_path = || {
            let pinned = self.leaving.paths.contains_key(&Some(outgoing.pseudonym));
            pinned || self.search(&self.seen_relays(week), week).has_path()
        };
        Some(match outgoing.told {
            true => Progress::ToldBack,
            false if outgoing.since > now => Progress::Held,
            false if has_path() => Progress::Leaving,
            false => Progress::Waits,
        })
    }
}
