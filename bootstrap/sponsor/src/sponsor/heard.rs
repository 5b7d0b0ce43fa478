//! What everybody says, and what this node says to everybody.

use super::{Note, Turn};
use crate::market;
use crate::record::Event;
use machine::{AfterCommit, AtOnce, Peer, Ticket, Topic, Verdict};
use protocol::check::Checked;
use protocol::shelf::Placing;

impl Turn<'_> {
    pub(super) fn connected(&mut self, peer: Peer) {
        if self.sponsor.run.faults.is_out(&peer) {
            self.effects.at_once.push(AtOnce::HangUp(peer));
            return;
        }
        self.compare_shelves(&peer);
        self.tell_census(&peer);
        self.sponsor.run.neighbours.insert(peer);
    }

    pub(super) fn heard(&mut self, records: &[(Option<Ticket>, Checked)]) {
        for (ticket, checked) in records {
            let is_new = self.take_in(checked) == Placing::New;
            let verdict = if is_new { Verdict::Accept } else { Verdict::Ignore };
            if let Some(ticket) = ticket {
                self.effects.at_once.push(AtOnce::Verdict(*ticket, verdict));
            }
        }
    }

    /// Takes in what a neighbour told, in whatever way, if there is a place for it.
    pub(super) fn take_in(&mut self, checked: &Checked) -> Placing {
        let (placing, placed) = market::place(&self.sponsor.market, checked, self.at());
        if let Some(event) = placed {
            self.record(Event::Market(event));
        }
        // Two manifests of one sponsor for one week: the proof takes their place, and everybody is told (`PAS-8`).
        if let (Placing::Contradicts(_), Some(proof)) = (placing, self.sponsor.market.shelf.split_by(checked)) {
            self.effects.at_once.push(AtOnce::Note(Note::Split));
            self.say(&proof);
        }
        placing
    }

    /// Places a record of this node's making, which names its maker, and tells everybody.
    pub(super) fn say(&mut self, checked: &Checked) {
        if let (_, Some(event)) = market::place(&self.sponsor.market, checked, self.at()) {
            self.record(Event::Market(event));
            self.effects.after_commit.push(AfterCommit::Publish(Topic::Keys, checked.frame().to_vec()));
        }
    }
}
