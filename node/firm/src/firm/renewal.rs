//! Certificates in good time: each sponsor is asked to renew what it signed before that ends (`ADM-3`).

use super::{Note, Turn};
use crate::identity;
use crate::record::Event;
use alloc::string::ToString;
use alloc::vec::Vec;
use machine::Peer;
use protocol::admission::AdmissionAnswer;
use protocol::id::Blob;
use protocol::parcel::Parcel;
use protocol::time::DAY_MS;

/// How long a connected sponsor is left alone after it was asked, in milliseconds: a day, of which some sixty are left.
const PAUSE_MS: u64 = DAY_MS;

impl Turn<'_> {
    /// Asks every connected sponsor whose certificates are due and who has not refused.
    pub(super) fn renew(&mut self) {
        if self.firm.identity.transport.next.is_some() {
            // What is signed now is signed for the identity to come.
            return;
        }
        let (now, mono, firm) = (self.at(), self.now.mono, &*self.firm);
        let due = firm.identity.joined.iter().filter(|one| one.refused.is_none());
        let due = due.filter(|one| one.renewal(&firm.keys.master) <= now);
        let due = due.map(|one| Peer(one.sponsor_peer.0.clone())).filter(|peer| {
            let asked = firm.run.renewal_asked.get(peer);
            firm.run.neighbours.contains(peer) && asked.is_none_or(|at| *at + PAUSE_MS <= mono)
        });
        let due: Vec<Peer> = due.collect();
        for peer in due {
            self.send(&peer, &Parcel::RenewalRequest, None);
            self.firm.run.renewal_asked.insert(peer, mono);
        }
    }

    /// Takes in what a sponsor answers.
    pub(super) fn renewed(&mut self, from: &Peer, answer: AdmissionAnswer) {
        match identity::renew(&self.firm.identity, &Blob(from.0.clone()), answer, self.at()) {
            Ok(Some(event)) => self.record(Event::Identity(event)),
            Ok(None) => {}
            Err(why) => self.note(Note::Refused { from: from.clone(), why: why.to_string() }),
        }
    }
}
