//! What one neighbour says to this node alone.

use super::{Note, Sponsor, Turn};
use crate::members;
use crate::record::Event;
use alloc::string::ToString;
use alloc::vec::Vec;
use machine::{AfterCommit, AtOnce, Delivery, Peer};
use protocol::admission::AdmissionAnswer;
use protocol::check::{Context, Kind};
use protocol::id::{Blob, PeerKey};
use protocol::parcel::Parcel;

impl Turn<'_> {
    pub(super) fn received(&mut self, from: &Peer, delivery: Delivery, bytes: &[u8]) {
        if !self.sponsor.run.neighbours.contains(from) {
            self.refuse(from, "a parcel from a peer that is not connected".to_string());
            return;
        }
        match Parcel::from_bytes(bytes) {
            Err(why) => self.blame(from, why.to_string()),
            Ok(Parcel::PassRequest { epoch, purpose, holders }) => self.issue(from, epoch, purpose, &holders),
            Ok(Parcel::BlindRequest { epoch, purpose, blinded }) => {
                self.issue_blindly(from, epoch, purpose, &blinded);
            }
            Ok(Parcel::Bodies { kind, frames }) => self.bodies(from, kind, &frames),
            Ok(Parcel::RenewalRequest) => self.renew(from),
            Ok(Parcel::RebindRequest(to)) => self.rebind(from, to),
            // A sponsor fetches no passes, has no deals, signs for itself and counts its own region.
            Ok(
                Parcel::Passes { .. }
                | Parcel::BlindAnswer { .. }
                | Parcel::Session { .. }
                | Parcel::Renewal { .. }
                | Parcel::Census(_),
            ) => {}
            // It describes no relay of its own, and says of no cell that it took it.
            Ok(Parcel::Cell(_)) => return,
            Ok(parcel) => {
                let at = self.at();
                let Sponsor { run, market, .. } = &mut *self.sponsor;
                let answers = run.rounds.answer(from, &market.shelf, &parcel, at);
                self.tell(from, &answers);
            }
        }
        self.effects.after_commit.push(AfterCommit::Receipt(delivery));
    }

    /// Keeps what became true by a judgement, and gives its answer.
    pub(super) fn judged(&mut self, judgement: members::Judgement) -> AdmissionAnswer {
        if let Some(event) = judgement.event {
            self.record(Event::Members(event));
        }
        judgement.answer
    }

    fn renew(&mut self, from: &Peer) {
        let Sponsor { members, office, .. } = &*self.sponsor;
        let judgement = members::renew(members, office, &Blob(from.0.clone()), self.at());
        self.answer(from, judgement);
    }

    fn rebind(&mut self, from: &Peer, to: PeerKey) {
        let Sponsor { members, office, .. } = &*self.sponsor;
        let judgement = members::rebind(members, office, &Blob(from.0.clone()), to, self.at());
        self.answer(from, judgement);
    }

    fn answer(&mut self, to: &Peer, judgement: members::Judgement) {
        let answer = self.judged(judgement);
        if matches!(answer, AdmissionAnswer::NotAdmitted(_)) {
            self.effects.at_once.push(AtOnce::Note(Note::NotAMember { from: to.clone() }));
        }
        self.send(to, &Parcel::Renewal { answer });
    }

    /// Bodies from catch-up are judged exactly as if they had been gossiped.
    fn bodies(&mut self, from: &Peer, kind: Kind, frames: &[Blob]) {
        let at = self.at();
        let Sponsor { run, market, office, .. } = &mut *self.sponsor;
        let keys = market.shelf.keyring().clone();
        let context = Context { genesis: &office.genesis, network: office.network, keys: &keys, now: at };
        for judged in run.rounds.judge(&market.shelf, kind, frames, &context) {
            match judged {
                Ok(checked) => {
                    let placing = self.take_in(&checked);
                    self.sponsor.run.rounds.placed(from, &checked, placing);
                }
                Err(why) if why.is_senders_fault() => self.blame(from, why.to_string()),
                Err(_) => {}
            }
        }
        let Sponsor { run, market, .. } = &mut *self.sponsor;
        let next = run.rounds.next(from, &market.shelf, at);
        if next.is_empty {
            self.blame(from, "nothing came of what it offered".to_string());
        }
        self.tell(from, &next.to_sender);
        let others: Vec<Peer> = self.sponsor.run.neighbours.iter().filter(|peer| *peer != from).cloned().collect();
        others.iter().for_each(|peer| self.tell(peer, &next.to_others));
    }

    pub(super) fn compare_shelves(&mut self, peer: &Peer) {
        let at = self.at();
        let Sponsor { run, market, .. } = &mut *self.sponsor;
        let root = run.rounds.open(peer, &market.shelf, at);
        self.tell(peer, root.as_slice());
    }

    /// Sends parcels of catch-up.
    fn tell(&mut self, to: &Peer, parcels: &[Parcel]) {
        for parcel in parcels {
            let name = self.send(to, parcel);
            self.sponsor.run.rounds.sent(to, name.0);
        }
    }
}
