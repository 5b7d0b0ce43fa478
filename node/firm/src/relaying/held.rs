//! Cells that wait for their delay, or for the next relay. In memory, and bounded (`CEL-9`).

use alloc::{collections::BTreeMap, vec::Vec};
use machine::{MonoMs, Peer};
use protocol::cells::{Cell, Exit};
use protocol::id::PeerKey;
use protocol::limits::{CELLS_HELD_MAX, CELLS_OF_NEIGHBOUR_MAX};

/// What is to be done with a cell after its delay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Onward {
    /// Send this to that relay.
    To(PeerKey, Cell),
    /// Here its way ends.
    Out(Exit),
}

#[derive(Clone, Debug)]
struct Waiting {
    from: Peer,
    onward: Onward,
    /// When its delay is over.
    ripe: MonoMs,
    /// When it is tried next.
    due: MonoMs,
    /// When it is given up.
    until: MonoMs,
    /// On its way to the next relay, without a receipt yet.
    flying: bool,
}

/// Everything that a relay holds.
#[derive(Clone, Debug, Default)]
pub struct Held {
    waiting: BTreeMap<u64, Waiting>,
    named: u64,
    /// How many came from each neighbour since when.
    taken: BTreeMap<Peer, (MonoMs, usize)>,
}

impl Held {
    /// Whether there is room for a cell of a neighbour now; counts it. A window is as long as a node takes from cell to cell.
    pub fn admits(&mut self, from: &Peer, now: MonoMs, window_ms: u64) -> bool {
        self.taken.retain(|_, (since, _)| *since + window_ms > now);
        let (_, count) = self.taken.entry(from.clone()).or_insert((now, 0));
        let of_neighbour = self.waiting.values().filter(|waiting| waiting.from == *from).count();
        let admits = *count < CELLS_OF_NEIGHBOUR_MAX
            && of_neighbour < CELLS_OF_NEIGHBOUR_MAX
            && self.waiting.len() < CELLS_HELD_MAX;
        *count += usize::from(admits);
        admits
    }

    /// Holds a cell until `ripe`, and no longer than `until`.
    pub fn hold(&mut self, from: Peer, onward: Onward, ripe: MonoMs, until: MonoMs) {
        self.named += 1;
        self.waiting.insert(self.named, Waiting { from, onward, ripe, due: ripe, until, flying: false });
    }

    /// What is due, by name.
    pub fn due(&self, now: MonoMs) -> Vec<(u64, Onward)> {
        let due = self.waiting.iter().filter(|(_, waiting)| !waiting.flying && waiting.due <= now);
        due.map(|(name, waiting)| (*name, waiting.onward.clone())).collect()
    }

    /// When something is due next.
    pub fn next_due(&self) -> Option<MonoMs> {
        self.waiting.values().filter(|waiting| !waiting.flying).map(|waiting| waiting.due).min()
    }

    /// It flies.
    pub fn fly(&mut self, name: u64) {
        if let Some(waiting) = self.waiting.get_mut(&name) {
            waiting.flying = true;
        }
    }

    /// It did not get through and is tried again at a moment; or its time is over, and it is lost. Says whether it is.
    pub fn try_again(&mut self, name: u64, at: MonoMs) -> bool {
        let Some(waiting) = self.waiting.get_mut(&name) else { return false };
        (waiting.flying, waiting.due) = (false, at);
        let lost = waiting.until <= at;
        if lost {
            self.done(name);
        }
        lost
    }

    /// It is with the next relay, or published, or dropped.
    pub fn done(&mut self, name: u64) {
        self.waiting.remove(&name);
    }

    /// A relay is there now: what waited for it is due.
    pub fn reached(&mut self, next: &PeerKey, now: MonoMs) {
        for waiting in self.waiting.values_mut() {
            if matches!(&waiting.onward, Onward::To(to, _) if to == next) {
                waiting.due = waiting.due.min(waiting.ripe.max(now));
            }
        }
    }
}
