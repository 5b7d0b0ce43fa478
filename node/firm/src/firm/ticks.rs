//! What time brings: expiry, lapses, retries, catch-up. No timeout here sends anything but a close (`STP-4`).

use super::Turn;
use crate::approvals::{self, Status};
use crate::market;
use crate::record::Event;
use machine::{MonoMs, Peer};
use protocol::dialogue::CloseReason;

/// How often a node looks at its shelf, wallet and neighbours, in milliseconds: ten minutes, so that a record lost by gossip is
/// repaired within the hour at one small parcel per tick.
pub(super) const TICK_MS: u64 = 600_000;

impl Turn<'_> {
    pub(super) fn started(&mut self) {
        self.firm.run = super::Run::default();
        self.position_ready();
        self.tick();
        self.look_for_counterparts();
    }

    pub(super) fn connected(&mut self, peer: Peer) {
        self.firm.run.neighbours.insert(peer.clone());
        if self.firm.identity.network.is_none() {
            return;
        }
        self.compare_shelves(&peer);
        self.refill();
        self.carry();
    }

    pub(super) fn gone(&mut self, peer: &Peer) {
        self.firm.run.neighbours.remove(peer);
    }

    pub(super) fn restarted(&mut self) {
        self.firm.run.neighbours.clear();
        self.firm.run.errands.clear();
        self.look_for_counterparts();
    }

    pub(super) fn tick(&mut self) {
        if self.now.mono >= self.firm.run.next_tick {
            self.firm.run.next_tick = self.now.mono + TICK_MS;
            self.expire();
            self.refill();
            self.compare_with_next_neighbour();
        }
        self.lapse();
        self.carry();
    }

    /// The earliest moment at which something is to be done.
    pub(super) fn next_alarm(&self) -> MonoMs {
        let lapse = self.firm.approvals.waiting().map(|approval| approval.summary.lapses).min();
        let lapse = lapse.map(|at| self.now.alarm_for(machine::WallMs(at.0)));
        [Some(self.firm.run.next_tick), lapse, self.next_carriage()]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(self.firm.run.next_tick)
    }

    fn expire(&mut self) {
        let expired = self.firm.market.shelf.expired(self.at());
        if !expired.is_empty() {
            self.record(Event::Market(market::Event::Expired(expired)));
        }
        self.drop_moot_questions();
    }

    /// Questions whose time is over: nothing leaves but, in a deal, the word that it is over.
    fn lapse(&mut self) {
        let now = self.at();
        let over = self.firm.approvals.waiting().filter(|approval| approval.summary.lapses <= now);
        let over: alloc::vec::Vec<_> = over.map(|approval| (approval.id, approval.summary.deal)).collect();
        for (approval, deal) in over {
            self.record(Event::Approvals(approvals::Event::Ended { approval, status: Status::Lapsed }));
            if let Some(deal) = deal {
                self.close(deal, CloseReason::Lapsed, None);
            }
        }
    }

    fn compare_with_next_neighbour(&mut self) {
        let count = self.firm.run.neighbours.len();
        if count == 0 || self.firm.identity.network.is_none() {
            return;
        }
        self.firm.run.turn_of = (self.firm.run.turn_of + 1) % count;
        let next = self.firm.run.neighbours.iter().nth(self.firm.run.turn_of).cloned();
        if let Some(peer) = next {
            self.compare_shelves(&peer);
        }
    }
}
