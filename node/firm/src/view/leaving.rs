//! How own records leave, as far as the node can tell: on their way, told back, waiting for relays.

use crate::Firm;
use protocol::cells::HOPS;
use protocol::check::{Kind, Record};
use protocol::id::{PeerKey, RecordId};
use protocol::limits::{LATE_CELLS_MAX, PATH_REDRAWS_MAX, RELAY_UPTIME_PERMILLE_MIN};
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
    /// Over relays.
    Relays,
    /// Over relays; three paths of one pseudonym carried nothing so far.
    RelaysInVain,
}

/// How far an own record has come over relays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// Fewer than three relays are known.
    Waits,
    /// On its way; nobody told it back.
    Leaving,
    /// One neighbour told it back.
    ToldBack,
    /// Two neighbours hold it.
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
        let relays = self.relays_for(now);
        let outgoing = || self.leaving.outgoing.values();
        let in_vain = self
            .leaving
            .paths
            .values()
            .any(|pinned| pinned.late >= LATE_CELLS_MAX && pinned.path.redrawn >= PATH_REDRAWS_MAX);
        let way = match genesis.cells {
            None => Way::FoundedDirect,
            Some(_) if self.leaving.choice.direct => Way::OwnerDirect,
            Some(_) if relays < HOPS => Way::WaitsForRelays,
            Some(_) if in_vain => Way::RelaysInVain,
            Some(_) => Way::Relays,
        };
        let every = genesis.cells.filter(|_| !self.leaving.choice.direct).map(|pace| u64::from(pace.cell_ms));
        Some(LeavingView {
            way,
            relays: count(relays),
            on_the_way: count(outgoing().filter(|one| !one.told).count()),
            told_back: count(outgoing().filter(|one| one.told).count()),
            serves: genesis.cells.is_some() && !self.relaying.declined,
            bytes_a_day: every.and_then(|every| DAY_MS.checked_div(every)).unwrap_or(0)
                * protocol::limits::CELL_BYTES as u64,
        })
    }

    /// How far an own record has come; `None` where records are published directly.
    pub(crate) fn progress_of(&self, record: &RecordId, now: UnixMs) -> Option<Progress> {
        let (genesis, _) = self.network()?;
        genesis.cells.filter(|_| !self.leaving.choice.direct)?;
        Some(match self.leaving.outgoing.get(record) {
            None => Progress::Out,
            Some(outgoing) if outgoing.told => Progress::ToldBack,
            Some(_) if self.relays_for(now) < HOPS => Progress::Waits,
            Some(_) => Progress::Leaving,
        })
    }

    /// How many relays may be on a path of this node (`PTH-1`).
    fn relays_for(&self, now: UnixMs) -> usize {
        let (week, own) = (now.week(), PeerKey::of(self.transport()));
        let described = self.market.shelf.of(Kind::Relays).filter_map(|checked| match checked.record() {
            Record::Relay(relay) if relay.body.week == week && relay.body.peer != own => Some(relay.body.peer),
            _ => None,
        });
        let known: alloc::collections::BTreeSet<PeerKey> = described.collect();
        known.iter().filter(|relay| self.uptime(relay) >= RELAY_UPTIME_PERMILLE_MIN).count()
    }
}
