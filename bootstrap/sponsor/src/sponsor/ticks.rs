//! What time brings: records and weeks that are over, manifests that are due, and one neighbour to compare with.

use super::Turn;
use crate::issuing;
use crate::limits::TICK_MS;
use crate::market;
use crate::record::Event;

impl Turn<'_> {
    pub(super) fn tick(&mut self) {
        if self.now.mono < self.sponsor.run.next_tick {
            return;
        }
        self.sponsor.run.next_tick = self.now.mono + TICK_MS;
        if let Some(event) = market::expire(&self.sponsor.market, self.at()) {
            self.record(Event::Market(event));
        }
        if let Some(event) = issuing::outdated(&self.sponsor.issued, self.at()) {
            self.record(Event::Issuing(event));
        }
        self.publish_manifests();
        let run = &mut self.sponsor.run;
        run.rounds.look();
        run.faults.fade();
        run.turn_of = run.turn_of.wrapping_add(1).checked_rem(run.neighbours.len()).unwrap_or(0);
        if let Some(peer) = run.neighbours.iter().nth(run.turn_of).cloned() {
            self.compare_shelves(&peer);
        }
    }
}
