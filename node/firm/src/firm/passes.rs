//! Keeping passes at hand, so that no person waits for one.

use super::{Errand, Firm, Turn};
use crate::delay::delay;
use crate::identity::Validity;
use crate::market::{self, Holder};
use crate::record::Event;
use crate::trust;
use alloc::vec::Vec;
use machine::Peer;
use protocol::check::{Checked, Kind};
use protocol::firm_id::FirstPosition;
use protocol::genesis::PassScheme;
use protocol::id::{Hash, SponsorKey};
use protocol::limits::PASSES_PER_REQUEST_MAX;
use protocol::noise::Seed;
use protocol::parcel::Parcel;
use protocol::pass::Purpose;
use protocol::time::{DAY_MS, UnixMs, Week};

/// Half a week, in milliseconds: passes of the next week are fetched within it, so that a shop that is closed over the weekend has
/// them on Friday night or gets them on Monday as ever.
const HALF_WEEK_MS: u64 = 7 * DAY_MS / 2;

/// What every firm fetches passes for; one that relays has its descriptor's besides.
pub(crate) const FETCHED: [Purpose; 3] = [Purpose::Advert, Purpose::Contact, Purpose::Log];

/// What is said under passes that came only in their own epoch leaves at a moment of the time of so many cells after they came: four
/// hours at the real pace, in which a market of a few dozen firms says a few things of the same kind.
const FIRST_CELLS: u64 = 120;

/// Passes of one purpose that are kept at hand: an advert and a spare, a deal's envelopes and a reserve for replies.
const fn kept(purpose: Purpose) -> usize {
    match purpose {
        Purpose::Advert => 2,
        Purpose::Contact => 16,
        Purpose::Log => 1,
        // Asked for by a node that relays and has not said so yet.
        Purpose::Peer => 1,
    }
}

impl Firm {
    /// Whoever vouches for this firm, the newest first.
    pub(super) fn vouching_sponsors(&self, now: UnixMs) -> impl Iterator<Item = (SponsorKey, Peer)> {
        let vouching = self.identity.joined.iter().rev().filter(move |one| one.validity(now) != Validity::Lapsed);
        vouching.map(|one| (one.welcome.membership.body.sponsor, Peer(one.sponsor_peer.0.clone())))
    }

    /// Whoever is connected and vouches for this firm, the one to ask first. One that leaves keys without passes for a whole tick
    /// is not the one to ask next, if there is another.
    pub(super) fn giving_sponsors(&self, now: UnixMs) -> Vec<(SponsorKey, Peer)> {
        let mut there: Vec<_> =
            self.vouching_sponsors(now).filter(|(_, peer)| self.run.neighbours.contains(peer)).collect();
        let turn = self.run.sponsor_turn.checked_rem(there.len()).unwrap_or(0);
        there.rotate_left(turn);
        there
    }
}

impl Firm {
    /// Before which moment a record of this firm does not leave, because its passes came only when their epoch had begun (`PAS-11`).
    pub(super) fn first_moment(&self, record: &Checked) -> Option<UnixMs> {
        let (genesis, _) = self.network()?;
        let (pace, pass) = (genesis.cells?, record.pass()?);
        let purpose = match record.kind() {
            Kind::Adverts => Purpose::Advert,
            Kind::Envelopes => Purpose::Contact,
            Kind::Log => Purpose::Log,
            Kind::Relays | Kind::Keys => return None,
        };
        let came = self.market.wallet.batch(purpose, pass.epoch)?.came?;
        let most = u64::from(pace.cell_ms) * FIRST_CELLS;
        Some(came.plus(delay(&self.keys.master, "cosolvent/first-moment/1", &pass.holder.0, most)))
    }
}

impl Turn<'_> {
    /// Takes the first position, once: where the firm was founded, the one to which its inception committed (`IDN-12`).
    pub(super) fn position_ready(&mut self) {
        if self.firm.trust.next.is_none() {
            let seed = FirstPosition::draw(&self.firm.keys.master).seed;
            self.record(Event::Trust(trust::Event::Positioned { seed }));
        }
    }

    /// Asks a connected sponsor for what is missing of this week, and from some moment in its second half on of the next, so that
    /// the new week finds everything ready and the sponsor does not hear everybody at once. A crash between asking and answer
    /// loses nothing: the keys are durable, and the sponsor answers the same key with the same pass.
    pub(super) fn refill(&mut self) {
        let Ok((genesis, _)) = self.network() else { return };
        self.describe();
        match genesis.passes {
            PassScheme::Plain => self.refill_plainly(),
            PassScheme::Blind => self.refill_in_batches(),
        }
    }

    /// The epochs for which passes are asked for now.
    pub(super) fn open_epochs(&self) -> impl Iterator<Item = Week> + use<> {
        let this = self.at().week();
        let ahead = delay(&self.firm.keys.master, "cosolvent/refill/1", &this.0.to_be_bytes(), HALF_WEEK_MS);
        let is_time = self.at().plus(ahead) >= this.end().minus(1);
        [Some(this), is_time.then_some(this.plus(1))].into_iter().flatten()
    }

    /// What passes of an epoch are fetched for.
    pub(super) fn fetched(&self, epoch: Week) -> impl Iterator<Item = Purpose> + use<> {
        FETCHED.into_iter().chain(self.wants_description(epoch).then_some(Purpose::Peer))
    }

    fn refill_plainly(&mut self) {
        let Some(sponsor) = self.firm.giving_sponsors(self.at()).first().map(|(_, peer)| peer.clone()) else { return };
        for epoch in self.open_epochs() {
            for purpose in self.fetched(epoch) {
                let asked =
                    |errand: &Errand| matches!(errand, Errand::Passes(of, week) if (*of, *week) == (purpose, epoch));
                if !self.firm.run.errands.values().any(asked) {
                    self.request(&sponsor, purpose, epoch);
                }
            }
        }
    }

    /// Keys that still wait for their passes were not given any by the sponsor whose turn it was.
    pub(super) fn turn_to_another_sponsor(&mut self) {
        let (wallet, this) = (&self.firm.market.wallet, self.at().week());
        let waits = |purpose| !wallet.unissued(purpose, this).is_empty();
        if Purpose::ALL.into_iter().any(waits) {
            self.firm.run.sponsor_turn = self.firm.run.sponsor_turn.wrapping_add(1);
            self.move_batches();
        }
    }

    fn request(&mut self, sponsor: &Peer, purpose: Purpose, epoch: Week) {
        let wallet = &self.firm.market.wallet;
        let at_hand = wallet.stock(purpose, epoch);
        if 2 * at_hand > kept(purpose) {
            return;
        }
        let unissued = wallet.unissued(purpose, epoch).len();
        let missing = kept(purpose).saturating_sub(at_hand + unissued);
        let made: Vec<Holder> = (0..missing).filter_map(|n| self.new_holder(purpose, epoch, n)).collect();
        if !made.is_empty() {
            self.record(Event::Market(market::Event::HoldersMade(made)));
        }
        let mut holders = self.firm.market.wallet.unissued(purpose, epoch);
        holders.truncate(PASSES_PER_REQUEST_MAX);
        if !holders.is_empty() {
            let request = Parcel::PassRequest { epoch, purpose, holders };
            self.send(sponsor, &request, Some(Errand::Passes(purpose, epoch)));
        }
    }

    /// A key for a pass. Keys for the log are the positions to come, the next one first.
    pub(super) fn new_holder(&mut self, purpose: Purpose, epoch: Week, n: usize) -> Option<Holder> {
        let seed = match purpose {
            Purpose::Advert => {
                // Derived, so that a backup of the master restores the pseudonyms.
                let mut bytes = self.firm.keys.master.0.to_vec();
                bytes.extend_from_slice(&self.seed("pseudonym").0);
                Seed(Hash::of_bytes("cosolvent/pseudonym/1", &bytes).0)
            }
            Purpose::Contact => self.seed("envelope holder"),
            Purpose::Peer => self.seed("relay holder"),
            Purpose::Log => {
                let (master, next) = (&self.firm.keys.master, self.firm.trust.next.clone()?);
                (0..n).fold(next, |position, _| trust::position_after(master, &position))
            }
        };
        Some(Holder { seed, purpose, epoch, hidden: None })
    }
}
