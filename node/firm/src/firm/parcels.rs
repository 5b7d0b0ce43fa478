//! What one neighbour says to this node alone.

use super::{Errand, Note, Turn};
use crate::market;
use crate::record::Event;
use alloc::string::ToString;
use machine::{Delivery, Parcel as ParcelName, Peer};
use protocol::catchup;
use protocol::check::{Context, Kind};
use protocol::id::{Blob, DealId};
use protocol::noise::Sequence;
use protocol::parcel::Parcel;
use protocol::pass::Pass;
use protocol::shelf::Placing;

impl Turn<'_> {
    pub(super) fn received(&mut self, from: &Peer, delivery: Delivery, bytes: &[u8]) {
        match Parcel::from_bytes(bytes) {
            Err(why) => self.note(Note::Refused { from: from.clone(), why: why.to_string() }),
            Ok(Parcel::Session { tag, ciphertext }) => {
                // Without a receipt the sender tries again later; that is right for words that came too early.
                if !self.session(from, tag, &ciphertext) {
                    return;
                }
            }
            Ok(Parcel::Passes { passes, .. }) => self.issued(from, &passes),
            Ok(Parcel::Bodies { kind, frames }) => self.bodies(from, kind, &frames),
            Ok(Parcel::Renewal { answer }) => self.renewed(from, answer),
            Ok(Parcel::Census(census)) => self.counted(from, census),
            // A firm issues and signs nothing for others.
            Ok(Parcel::PassRequest { .. } | Parcel::RenewalRequest) => {}
            Ok(parcel) => {
                for answer in catchup::answer(&self.firm.market.shelf, &parcel) {
                    self.send(from, &answer, None);
                }
            }
        }
        self.receipt(delivery);
    }

    pub(super) fn delivered(&mut self, parcel: ParcelName) {
        if let Some(Errand::Session { deal, sequence }) = self.firm.run.errands.remove(&parcel) {
            self.record(Event::Deals(crate::deals::Event::Delivered { deal, sequence }));
            self.advance(deal);
        }
    }

    pub(super) fn undelivered(&mut self, parcel: ParcelName) {
        self.firm.run.errands.remove(&parcel);
    }

    /// Tells a neighbour what is on the shelf (`SYN-1`).
    pub(super) fn compare_shelves(&mut self, peer: &Peer) {
        let roots = catchup::roots(&self.firm.market.shelf);
        self.send(peer, &roots, None);
    }

    /// Bodies from catch-up are judged exactly as if they had been gossiped.
    fn bodies(&mut self, from: &Peer, kind: Kind, frames: &[Blob]) {
        let Ok((genesis, network)) = self.network() else { return };
        let context = Context { genesis: &genesis, network, now: self.at() };
        let mut news = alloc::vec::Vec::new();
        for judged in catchup::news(&self.firm.market.shelf, kind, frames, &context) {
            match judged {
                Ok(checked) if self.firm.market.shelf.consider(&checked, self.at()) == Placing::New => {
                    news.push(checked.id());
                    self.place(&checked);
                }
                Ok(_) => {}
                Err(why) => self.note(Note::Refused { from: from.clone(), why: why.to_string() }),
            }
        }
        let others = self.firm.run.neighbours.iter().filter(|peer| *peer != from);
        let others: alloc::vec::Vec<Peer> = others.cloned().collect();
        for parcel in catchup::offer(kind, &news) {
            others.iter().for_each(|peer| self.send(peer, &parcel, None));
        }
    }

    /// Passes count only from the sponsor that was asked, for keys that wait for them, and only if they are good.
    fn issued(&mut self, from: &Peer, passes: &[Pass]) {
        let Ok((genesis, network)) = self.network() else { return };
        let is_sponsor = self.firm.identity.joined.iter().any(|joined| joined.sponsor_peer.0 == from.0);
        let good = passes.iter().filter(|pass| {
            let holder = self.firm.market.wallet.waiting(pass.epoch, &pass.holder);
            holder.is_some_and(|holder| pass.issued_in(&genesis, network, holder.purpose).is_ok())
        });
        let good: alloc::vec::Vec<Pass> = good.cloned().collect();
        if is_sponsor && !good.is_empty() {
            self.record(Event::Market(market::Event::PassesIssued(good)));
            self.firm.run.errands.retain(|_, errand| !matches!(errand, Errand::Passes(..)));
            self.refill();
            self.advance_all();
            self.carry();
        }
    }

    /// Words of a deal from an identified counterpart. Says whether they arrived, now or earlier.
    fn session(&mut self, from: &Peer, tag: [u8; 2], ciphertext: &Blob) -> bool {
        let known = self.firm.deals.all().filter(|deal| {
            deal.channel.is_some() && deal.identity.as_ref().is_some_and(|identity| identity.peer.0 == from.0)
        });
        let known: alloc::vec::Vec<(DealId, Sequence)> = known.map(|deal| (deal.id, deal.next_in)).collect();
        for (id, next) in known {
            let Some(deal) = self.firm.deals.deal(&id) else { continue };
            let tag_of = |sequence| deal.opening.tag_key().tag(deal.position.other(), sequence).0;
            if tag_of(next) == tag && deal.closed.is_none() {
                if self.open_sealed(id, None, ciphertext) {
                    self.read_waiting(id);
                    return true;
                }
            } else if (0..next.0).any(|earlier| tag_of(Sequence(earlier)) == tag) || deal.closed.is_some() {
                return true;
            }
        }
        false
    }
}
