//! Keeping passes at hand, so that no person waits for one.

use super::{Errand, Turn};
use crate::market::{self, Holder};
use crate::record::Event;
use crate::trust;
use alloc::vec::Vec;
use machine::Peer;
use protocol::firm_id::FirstPosition;
use protocol::id::Hash;
use protocol::limits::PASSES_PER_REQUEST_MAX;
use protocol::noise::Seed;
use protocol::parcel::Parcel;
use protocol::pass::Purpose;

/// Passes of one purpose that are kept at hand: an advert and a spare, a deal's envelopes and a reserve for replies.
const fn kept(purpose: Purpose) -> usize {
    match purpose {
        Purpose::Advert => 2,
        Purpose::Contact => 16,
        Purpose::Log => 1,
    }
}

impl Turn<'_> {
    /// Takes the first position, once: the one to which the inception committed (`IDN-12`).
    pub(super) fn position_ready(&mut self) {
        if self.firm.trust.next.is_none() {
            let seed = FirstPosition::draw(&self.firm.keys.master).seed;
            self.record(Event::Trust(trust::Event::Positioned { seed }));
        }
    }

    /// Asks a connected sponsor for what is missing. A crash between asking and answer loses nothing: the keys are durable,
    /// and the sponsor answers the same key with the same pass.
    pub(super) fn refill(&mut self) {
        let sponsors = self.firm.identity.joined.iter().rev().map(|joined| Peer(joined.sponsor_peer.0.clone()));
        let Some(sponsor) = sponsors.into_iter().find(|peer| self.firm.run.neighbours.contains(peer)) else { return };
        for purpose in [Purpose::Advert, Purpose::Contact, Purpose::Log] {
            let asked = |errand: &Errand| matches!(errand, Errand::Passes(of) if *of == purpose);
            if !self.firm.run.errands.values().any(asked) {
                self.request(&sponsor, purpose);
            }
        }
    }

    fn request(&mut self, sponsor: &Peer, purpose: Purpose) {
        let now = self.at();
        let epoch = now.week();
        let wallet = &self.firm.market.wallet;
        let at_hand = match (purpose, &self.firm.trust.next) {
            // Only a pass for the very next position is of use.
            (Purpose::Log, Some(next)) => usize::from(wallet.has_pass_for(next, now)),
            _ => wallet.count(purpose, now),
        };
        if 2 * at_hand > kept(purpose) {
            return;
        }
        let unissued = wallet.unissued(purpose, epoch).len();
        let missing = kept(purpose).saturating_sub(at_hand + unissued);
        let made: Vec<Holder> = (0..missing).filter_map(|n| self.new_holder(purpose, n)).collect();
        if !made.is_empty() {
            self.record(Event::Market(market::Event::HoldersMade(made)));
        }
        let mut holders = self.firm.market.wallet.unissued(purpose, epoch);
        holders.truncate(PASSES_PER_REQUEST_MAX);
        if !holders.is_empty() {
            let request = Parcel::PassRequest { epoch, purpose, holders };
            self.send(sponsor, &request, Some(Errand::Passes(purpose)));
        }
    }

    fn new_holder(&mut self, purpose: Purpose, n: usize) -> Option<Holder> {
        let epoch = self.at().week();
        let seed = match purpose {
            Purpose::Advert => {
                // Derived, so that a backup of the master restores the pseudonyms.
                let mut bytes = self.firm.keys.master.0.to_vec();
                bytes.extend_from_slice(&self.seed("pseudonym").0);
                Seed(Hash::of_bytes("cosolvent/pseudonym/1", &bytes).0)
            }
            Purpose::Contact => self.seed("envelope holder"),
            Purpose::Log if n == 0 => self.firm.trust.next.clone()?,
            Purpose::Log => return None,
        };
        Some(holder(seed, purpose, epoch))
    }
}

fn holder(seed: Seed, purpose: Purpose, epoch: protocol::time::Week) -> Holder {
    Holder { seed, purpose, epoch }
}
