//! What time brings: expiry, retries, catch-up; what people let lie is in `silence`.

use super::Turn;
use crate::market;
use crate::record::Event;
use alloc::{collections::BTreeMap, vec::Vec};
use machine::{MonoMs, Peer};
use protocol::catchup::Rounds;
use protocol::check::Checked;
use protocol::id::{PeerKey, RecordId};

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
        if self.firm.run.faults.is_out(&peer) {
            return self.hang_up(peer);
        }
        self.firm.run.neighbours.insert(peer.clone());
        if self.firm.identity.network.is_none() {
            return;
        }
        let unheard = self.firm.market.shelf.embargoed().filter(|record| self.is_said_openly(record));
        let unheard: Vec<Checked> = unheard.cloned().collect();
        unheard.iter().for_each(|record| self.publish(record));
        self.firm.run.batches_asked.clear();
        self.compare_shelves(&peer);
        self.look_at_keys_soon();
        self.renew();
        self.rebind();
        self.refill();
        self.carry();
        self.reached(&peer);
    }

    pub(super) fn gone(&mut self, peer: &Peer) {
        self.firm.run.neighbours.remove(peer);
        self.firm.run.early.remove(peer);
        self.firm.run.rounds.forget(peer);
        self.firm.run.renewal_asked.remove(peer);
        if let Some(relay) = PeerKey::of_peer_id(&peer.0) {
            self.firm.run.relays_used.remove(&relay);
        }
        self.firm.run.rebind_asked.remove(peer);
    }

    pub(super) fn restarted(&mut self) {
        self.firm.run.neighbours.clear();
        self.firm.run.renewal_asked.clear();
        self.firm.run.rebind_asked.clear();
        self.firm.run.errands.clear();
        self.firm.run.early.clear();
        self.firm.run.rounds = Rounds::default();
        self.look_for_counterparts();
    }

    pub(super) fn tick(&mut self) {
        if self.now.mono >= self.firm.run.next_tick {
            self.firm.run.next_tick = self.now.mono + TICK_MS;
            self.expire();
            self.judge_again();
            self.renew();
            self.rebind();
            self.move_on();
            self.turn_to_another_sponsor();
            self.refill();
            self.say_again();
            self.wipe_onion_keys();
            self.look_after_outgoing();
            self.let_idle_relays_go();
            self.firm.run.rounds.look();
            self.firm.run.faults.fade();
            self.compare_with_next_neighbour();
            self.remind_of_deals();
        }
        self.look_at_keys();
        self.lapse();
        self.remind();
        self.carry();
        self.pass_on();
        self.beat();
    }

    /// The earliest moment at which something is to be done.
    pub(super) fn next_alarm(&mut self) -> MonoMs {
        let lapse = self.firm.approvals.waiting().map(|approval| approval.summary.lapses).min();
        let lapse = lapse.map(|at| self.now.alarm_for(machine::WallMs(at.0)));
        let reminder = self.next_reminder().map(|at| self.now.alarm_for(machine::WallMs(at.0)));
        let hold = self.firm.availability.next_lapse().map(|at| self.now.alarm_for(machine::WallMs(at.0)));
        let carriage = self.next_carriage();
        let cells = [self.next_beat(), self.firm.run.held.next_due()].into_iter().flatten().min();
        [Some(self.firm.run.next_tick), lapse, reminder, hold, carriage, cells, self.firm.run.keys_look]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(self.firm.run.next_tick)
    }

    fn expire(&mut self) {
        let expired = self.firm.market.shelf.expired(self.at());
        if !expired.is_empty() {
            self.record(Event::Market(market::Event::Expired(expired.clone())));
            self.end_gone();
            self.say_lapsed_again(&expired);
        }
        if let Some(first) = self.firm.market.wallet.outdated(self.at()) {
            self.record(Event::Market(market::Event::Outdated(first)));
        }
        self.end_what_is_not_lent();
    }

    /// Says again what a whole interval did not bring back, in the way in which it was said first (`SYN-12`). The carrier drops
    /// what the network heard lately.
    fn say_again(&mut self) {
        let unheard: BTreeMap<RecordId, Checked> =
            self.firm.market.shelf.embargoed().map(|record| (record.id(), record.clone())).collect();
        let before = core::mem::replace(&mut self.firm.run.unheard, unheard.keys().copied().collect());
        let due = unheard.iter().filter(|(id, record)| before.contains(*id) && self.is_said_openly(record));
        let due: Vec<Checked> = due.map(|(_, record)| record.clone()).collect();
        due.iter().for_each(|record| self.publish(record));
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
