//! What one neighbour says to this node alone.

use super::heard::expected;
use super::{Errand, Firm, Note, Turn};
use crate::deals::{Deal, open};
use crate::market;
use crate::record::Event;
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use machine::{Delivery, Parcel as ParcelName, Peer};
use protocol::check::{Context, Kind};
use protocol::id::{Blob, DealId};
use protocol::noise::Sequence;
use protocol::parcel::Parcel;
use protocol::pass::Pass;

/// How many words a counterpart may have under way when it learns that a deal is over.
const LATE_WORDS: u64 = 16;

impl Turn<'_> {
    pub(super) fn received(&mut self, from: &Peer, delivery: Delivery, bytes: &[u8]) {
        match Parcel::from_bytes(bytes) {
            Err(why) => self.blame(from, why.to_string()),
            Ok(Parcel::Session { tag, ciphertext }) => {
                if !self.session(from, tag, &ciphertext) {
                    // One of each neighbour waits for its turn; a sender whose words get no receipt sends them again.
                    self.firm.run.early.insert(from.clone(), (delivery, tag, ciphertext));
                    return;
                }
            }
            Ok(Parcel::Cell(cell)) => {
                if !self.take_cell(from, &cell) {
                    return;
                }
            }
            Ok(Parcel::Passes { passes, .. }) => self.issued(from, &passes),
            Ok(Parcel::Bodies { kind, frames }) => self.bodies(from, kind, &frames),
            Ok(Parcel::Renewal { answer }) => {
                if !self.rebound(from, &answer) {
                    self.renewed(from, answer);
                }
            }
            Ok(Parcel::Census(census)) => self.counted(from, census),
            // A firm issues and signs nothing for others.
            Ok(
                Parcel::PassRequest { .. }
                | Parcel::BlindRequest { .. }
                | Parcel::RenewalRequest
                | Parcel::RebindRequest(_),
            ) => {}
            Ok(Parcel::BlindAnswer { epoch, purpose, answers, used_up }) => {
                self.batch_answered(from, epoch, purpose, (&answers, used_up));
            }
            Ok(parcel) => {
                self.keys_alike(from, &parcel);
                self.records_alike(from, &parcel);
                let at = self.at();
                let Firm { run, market, .. } = &mut *self.firm;
                let answers = run.rounds.answer(from, &market.shelf, &parcel, at);
                self.tell(from, &answers);
            }
        }
        self.receipt(delivery);
    }

    pub(super) fn delivered(&mut self, parcel: ParcelName) {
        self.firm.run.rounds.landed(parcel.0);
        match self.firm.run.errands.remove(&parcel) {
            Some(Errand::Session { deal, sequence }) => {
                self.record(Event::Deals(crate::deals::Event::Delivered { deal, sequence }));
                self.advance(deal);
                self.carry();
                self.move_on();
            }
            Some(Errand::Cell(relay, of)) => self.cell_landed(relay, of, true),
            Some(Errand::Passes(..)) | None => {}
        }
    }

    pub(super) fn undelivered(&mut self, parcel: ParcelName) {
        self.firm.run.rounds.landed(parcel.0);
        if let Some(Errand::Cell(relay, of)) = self.firm.run.errands.remove(&parcel) {
            self.cell_landed(relay, of, false);
        }
    }

    /// Counts against a neighbour what no honest node says, and hangs up on it when that is too much (`SYN-17`).
    fn blame(&mut self, neighbour: &Peer, why: String) {
        self.note(Note::Refused { from: neighbour.clone(), why });
        if self.firm.run.faults.count(neighbour) {
            self.hang_up(neighbour.clone());
        }
    }

    /// Tells a neighbour what is on the shelf (`SYN-1`).
    pub(super) fn compare_shelves(&mut self, peer: &Peer) {
        let at = self.at();
        let Firm { run, market, .. } = &mut *self.firm;
        let root = run.rounds.open(peer, &market.shelf, at);
        self.tell(peer, root.as_slice());
    }

    /// Sends parcels of catch-up.
    fn tell(&mut self, to: &Peer, parcels: &[Parcel]) {
        for parcel in parcels {
            let name = self.send(to, parcel, None);
            self.firm.run.rounds.sent(to, name.0);
        }
    }

    /// Bodies from catch-up are judged exactly as if they had been gossiped.
    fn bodies(&mut self, from: &Peer, kind: Kind, frames: &[Blob]) {
        let Ok((genesis, network)) = self.network() else { return };
        let at = self.at();
        let keys = self.firm.market.shelf.keyring().clone();
        let context = Context { genesis: &genesis, network, keys: &keys, now: at };
        let Firm { run, market, .. } = &mut *self.firm;
        for judged in run.rounds.judge(&market.shelf, kind, frames, &context) {
            match judged {
                Ok(checked) => {
                    let placing = self.take_in(&checked);
                    self.firm.run.rounds.placed(from, &checked, placing);
                }
                Err(why) if why.is_senders_fault() => self.blame(from, why.to_string()),
                Err(why) => self.note(Note::Refused { from: from.clone(), why: why.to_string() }),
            }
        }
        let Firm { run, market, .. } = &mut *self.firm;
        let next = run.rounds.next(from, &market.shelf, at);
        if next.is_empty {
            self.blame(from, "nothing came of what it offered".to_string());
        }
        self.tell(from, &next.to_sender);
        let others: Vec<Peer> = self.firm.run.neighbours.iter().filter(|peer| *peer != from).cloned().collect();
        others.iter().for_each(|peer| self.tell(peer, &next.to_others));
    }

    /// Passes count only from the sponsor that was asked, for keys that wait for them, and only if they are good.
    fn issued(&mut self, from: &Peer, passes: &[Pass]) {
        let Ok((genesis, network)) = self.network() else { return };
        let is_sponsor = self.firm.identity.joined.iter().any(|joined| joined.sponsor_peer.0 == from.0);
        let keys = self.firm.market.shelf.keyring().clone();
        let context = Context { genesis: &genesis, network, keys: &keys, now: self.at() };
        let good = passes.iter().filter(|pass| {
            let holder = self.firm.market.wallet.waiting(pass.epoch, &pass.holder);
            holder.is_some_and(|holder| pass.issued_in(&context, holder.purpose).is_ok())
        });
        let good: Vec<Pass> = good.cloned().collect();
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
        let with = self.firm.deals.all().filter(|deal| {
            let mut known = deal.identity.iter().map(|identity| &identity.peer).chain(&deal.before);
            deal.channel.is_some() && known.any(|peer| peer.0 == from.0)
        });
        let with: Vec<DealId> = with.map(|deal| deal.id).collect();
        for id in &with {
            let is_next = self.firm.deals.deal(id).and_then(expected) == Some(tag);
            if is_next && self.open_sealed(*id, None, ciphertext) {
                self.read_waiting(*id);
                return true;
            }
        }
        with.iter().filter_map(|id| self.firm.deals.deal(id)).any(|deal| needs_no_repeat(deal, tag, ciphertext))
    }

    /// Parcels that came before their turn (`DLG-14`): a key on its way by gossip is easily overtaken by the first direct words.
    pub(super) fn read_early(&mut self) {
        for (from, (delivery, tag, ciphertext)) in core::mem::take(&mut self.firm.run.early) {
            if self.session(&from, tag, &ciphertext) {
                self.receipt(delivery);
            } else {
                self.firm.run.early.entry(from).or_insert((delivery, tag, ciphertext));
            }
        }
    }
}

/// Whether these words were taken earlier, or come too late in a deal that is over: their sender may stop. A tag alone could
/// be that of another deal with the same firm (`DLG-9`), so they must open.
fn needs_no_repeat(deal: &Deal, tag: [u8; 2], ciphertext: &Blob) -> bool {
    let late = if deal.closed.is_some() { LATE_WORDS } else { 0 };
    let known = (Sequence::FIRST.0..deal.next_in.0.saturating_add(late)).map(Sequence);
    let opens =
        |sequence| deal.channel.as_ref().is_some_and(|channel| open(channel, sequence, &ciphertext.0).is_some());
    known.filter(|sequence| deal.tag_of(*sequence) == tag).any(opens)
}
