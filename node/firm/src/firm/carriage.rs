//! Getting sealed words across: in an envelope while the parties are unnamed, in a parcel once they know each other, and in an
//! envelope again when the direct way fails for a while.

use super::{Errand, Turn};
use crate::deals::{self, Outgoing, Way};
use crate::record::Event;
use alloc::vec::Vec;
use machine::{MonoMs, Peer};
use protocol::check::{Checked, Kept, Record, own};
use protocol::envelope::{Envelope, EnvelopeBody};
use protocol::id::DealId;
use protocol::parcel::Parcel;
use protocol::pass::Purpose;

/// How long the direct way is tried before an envelope is used, in milliseconds: two minutes, about what a restart takes.
const DIRECT_MS: u64 = 120_000;

/// How often a counterpart is dialled, and how often words that could not leave are tried again, in milliseconds.
const RETRY_MS: u64 = 30_000;

impl Turn<'_> {
    /// Moves everything that is due.
    pub(super) fn carry(&mut self) {
        let due: Vec<(DealId, Outgoing)> = self
            .firm
            .deals
            .all()
            .flat_map(|deal| deal.outbox.iter().map(|out| (deal.id, out)))
            .filter(|(_, out)| out.way == Way::Due)
            .map(|(deal, out)| (deal, out.clone()))
            .collect();
        for (deal, out) in due {
            match self.counterpart(deal) {
                Some((peer, addresses)) if out.named => self.carry_directly(deal, &out, peer, addresses),
                _ => self.carry_in_envelope(deal, &out),
            }
        }
    }

    /// When something that is due should be tried again. Stays what it is until then, however much happens meanwhile, so that a
    /// busy node does not put it off for ever.
    pub(super) fn next_carriage(&mut self) -> Option<MonoMs> {
        let due = self.firm.deals.all().any(|deal| deal.outbox.iter().any(|out| out.way == Way::Due));
        let planned = self.firm.run.retry.filter(|at| *at > self.now.mono);
        self.firm.run.retry = due.then(|| planned.unwrap_or(self.now.mono + RETRY_MS));
        self.firm.run.retry
    }

    /// Whoever was away dials the identified counterparts of open deals: they may have words for it, and cannot know that it is
    /// back, nor reach it behind a firewall or at a new port.
    pub(super) fn look_for_counterparts(&mut self) {
        let open: Vec<DealId> = self.firm.deals.all().filter(|deal| deal.is_open()).map(|deal| deal.id).collect();
        for deal in open {
            if let Some((peer, addresses)) = self.counterpart(deal) {
                self.dial_again(peer, addresses);
            }
        }
    }

    fn dial_again(&mut self, peer: Peer, addresses: Vec<alloc::string::String>) {
        if self.firm.run.dialled.get(&peer).is_none_or(|at| *at + RETRY_MS <= self.now.mono) {
            self.firm.run.dialled.insert(peer.clone(), self.now.mono);
            self.dial(peer, addresses);
        }
    }

    fn carry_directly(&mut self, deal: DealId, out: &Outgoing, peer: Peer, addresses: Vec<alloc::string::String>) {
        let sequence = out.sealed.sequence;
        // One at a time: parcels may overtake each other, and words out of their turn get no receipt.
        let in_flight = |errand: &Errand| matches!(errand, Errand::Session { deal: of, .. } if *of == deal);
        if self.firm.run.errands.values().any(in_flight) {
            return;
        }
        if self.at() >= out.since.plus(DIRECT_MS) {
            self.carry_in_envelope(deal, out);
        } else if self.firm.run.neighbours.contains(&peer) {
            let parcel = Parcel::Session { tag: out.sealed.tag.0, ciphertext: out.sealed.ciphertext.clone() };
            self.send(&peer, &parcel, Some(Errand::Session { deal, sequence }));
        } else {
            self.dial_again(peer, addresses);
        }
    }

    /// Puts words into an envelope, if a pass is at hand; otherwise they wait for one.
    fn carry_in_envelope(&mut self, deal: DealId, out: &Outgoing) {
        let Ok((_, network)) = self.network() else { return };
        let now = self.at();
        let Some((holder, pass)) = self.firm.market.wallet.at_hand(Purpose::Contact, now) else { return };
        let (signer, pass) = (holder.signer(), pass.clone());
        let body = EnvelopeBody {
            network,
            pass,
            ephemeral: out.sealed.ephemeral,
            tag: out.sealed.tag.0,
            ciphertext: out.sealed.ciphertext.clone(),
        };
        if let Some(record) = own(Record::Envelope(Envelope::new(body, &signer))) {
            self.enveloped(deal, out.sealed.sequence, &record);
            self.refill();
        }
    }

    /// An envelope of this side leaves: the record that says so also puts it on the shelf and burns its pass.
    pub(super) fn enveloped(&mut self, deal: DealId, sequence: protocol::noise::Sequence, record: &Checked) {
        let at = self.at();
        self.record(Event::Deals(deals::Event::Enveloped { deal, sequence, record: Kept(record.clone()), at }));
        self.let_out(record);
    }

    /// Where an identified counterpart can be reached: as it told last, or as before while it is still there (`RVL-10`).
    fn counterpart(&self, deal: DealId) -> Option<(Peer, Vec<alloc::string::String>)> {
        let deal = self.firm.deals.deal(&deal)?;
        let identity = deal.identity.as_ref()?;
        let neighbours = &self.firm.run.neighbours;
        let mut known = core::iter::once(&identity.peer).chain(&deal.before).map(|peer| Peer(peer.0.clone()));
        let there = known.find(|peer| neighbours.contains(peer));
        // A firm that told no transport identity is reached by envelopes alone.
        let peer = there.unwrap_or_else(|| Peer(identity.peer.0.clone()));
        (!identity.peer.0.is_empty()).then(|| (peer, identity.addresses.clone()))
    }
}
