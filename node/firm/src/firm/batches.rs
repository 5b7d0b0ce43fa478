//! Passes of scheme 1, fetched in batches: hidden, made durable, asked for, opened.
//!
//! - `PAS-9` A batch is asked for only under keys that everybody else is told too, as far as this node can know: the manifest is
//!   held alike by two neighbours, and has been here for a day if its week is still to come. Where no second neighbour is to be
//!   had (one founder, or one sponsor left within reach) one is enough after two days, or at once in a network of one founder:
//!   no firm may run dry because others are away (decision 0013).
//! - `PAS-10` A batch is as large as a sponsor gives, asked for once for each epoch and purpose, whatever was used.
//!
//! What a sponsor learns: that this member fetched its batches, like every other. When one of its passes is used it learns
//! nothing, because no request follows from it.

use super::{Firm, Turn};
use crate::market::{self, Hidden, Holder};
use crate::record::Event;
use crate::view::PassWait;
use alloc::vec::Vec;
use machine::Peer;
use protocol::check::Kind;
use protocol::genesis::PassScheme;
use protocol::id::{BlindSignature, Blob, Print, RecordId, SponsorKey};
use protocol::limits::{
    ADVERT_PASSES_PER_EPOCH, CONTACT_PASSES_PER_EPOCH, LOG_PASSES_PER_EPOCH, MANIFEST_ALONE_MS_MIN,
    MANIFEST_KNOWN_MS_MIN, MANIFEST_NEIGHBOURS_MIN, PASSES_PER_REQUEST_MAX, PEER_PASSES_PER_EPOCH,
};
use protocol::noise::Seed;
use protocol::parcel::Parcel;
use protocol::pass::{Grant, Pass, PassSignature, Purpose};
use protocol::shelf::Partition;
use protocol::time::{UnixMs, Week};

/// How often one batch is asked for while no answer comes, in milliseconds: a lost answer is rare, and each question costs the
/// sponsor a tenth of a second.
const ASK_AGAIN_MS: u64 = 60_000;

/// Passes for envelopes that first words leave alone, so that deals which have begun can go on: twice what two long ones need.
const CONTACT_RESERVE: usize = 32;

/// What a batch is for, and how large it is.
const BATCHES: [(Purpose, u32); 3] = [
    (Purpose::Advert, ADVERT_PASSES_PER_EPOCH),
    (Purpose::Contact, CONTACT_PASSES_PER_EPOCH),
    (Purpose::Log, LOG_PASSES_PER_EPOCH),
];

impl Firm {
    /// Whether a batch of this week came, and nothing of it may be used for something new.
    pub(crate) fn is_used_up(&self, purpose: Purpose, now: UnixMs) -> bool {
        let kept = if purpose == Purpose::Contact { CONTACT_RESERVE } else { 0 };
        let wallet = &self.market.wallet;
        let came = wallet.batch(purpose, now.week()).is_some() && wallet.hidden(purpose, now.week()).next().is_none();
        came && wallet.count(purpose, now) <= kept
    }

    /// Why there are no passes for something new, if there are none (scheme 1).
    pub(crate) fn pass_wait(&self, now: UnixMs) -> Option<PassWait> {
        let (genesis, _) = self.network().filter(|(genesis, _)| genesis.passes == PassScheme::Blind)?;
        let used_up = [Purpose::Advert, Purpose::Contact].into_iter().any(|purpose| self.is_used_up(purpose, now));
        let is_waiting = self.market.wallet.batch(Purpose::Advert, now.week()).is_none();
        let alone = genesis.founders.len() > 1 && self.neighbours() < MANIFEST_NEIGHBOURS_MIN;
        match (used_up, is_waiting, alone) {
            (true, ..) => Some(PassWait::UsedUp),
            (false, true, true) => Some(PassWait::Alone),
            (false, true, false) => Some(PassWait::Unconfirmed),
            (false, false, _) => None,
        }
    }
}

impl Turn<'_> {
    /// Asks for every batch of the open epochs that was not asked for, or not answered.
    pub(super) fn refill_in_batches(&mut self) {
        for epoch in self.open_epochs() {
            let relays = self.wants_description(epoch).then_some((Purpose::Peer, PEER_PASSES_PER_EPOCH));
            for (purpose, size) in BATCHES.into_iter().chain(relays) {
                // A batch that ran out, or whose sponsor nobody trusts any more, goes on with another sponsor.
                match self.firm.market.wallet.batch(purpose, epoch) {
                    None => self.begin_batch(purpose, epoch, size as usize),
                    Some(batch) if batch.sponsor.is_none() => self.begin_batch(purpose, epoch, batch.missing),
                    Some(_) => {}
                }
                self.ask_for_batch(purpose, epoch);
            }
        }
    }

    /// Another sponsor is asked for what the one whose turn it was left unanswered.
    pub(super) fn move_batches(&mut self) {
        let wallet = &self.firm.market.wallet;
        let open = self.open_epochs().flat_map(|epoch| BATCHES.map(|(purpose, _)| (purpose, epoch)));
        let waiting: Vec<_> =
            open.map(|(purpose, epoch)| (purpose, epoch, wallet.hidden(purpose, epoch).count())).collect();
        for (purpose, epoch, count) in waiting.into_iter().filter(|(_, _, count)| *count > 0) {
            self.begin_batch(purpose, epoch, count);
        }
    }

    /// Makes keys and hides them from the first sponsor that can be asked. Nothing is sent before that is durable.
    fn begin_batch(&mut self, purpose: Purpose, epoch: Week, size: usize) {
        let Ok((_, network)) = self.network() else { return };
        let Some(sponsor) = self.usable_sponsor(purpose, epoch) else { return };
        let batch = self.firm.market.wallet.batch(purpose, epoch);
        if batch.is_some_and(|batch| batch.sponsor == Some(sponsor)) {
            return;
        }
        let keys = self.firm.market.shelf.keyring().clone();
        let Some(key) = keys.key(&sponsor, epoch, purpose) else { return };
        // Positions in the log are not drawn, so those that have a pass of this week already come again, and are passed over.
        let most = if purpose == Purpose::Log { LOG_PASSES_PER_EPOCH as usize } else { size };
        let made = (0..most).filter_map(|n| {
            let holder = self.new_holder(purpose, epoch, n)?;
            if self.firm.market.wallet.is_issued(epoch, &holder.key()) {
                return None;
            }
            let seed = Seed(self.seed("blinding").0);
            let grant = Grant::new(network, sponsor, epoch, purpose, holder.key());
            let print = key.blind(&grant, &seed).ok()?.blinded.print();
            Some(Holder { hidden: Some(Hidden { sponsor, seed, print }), ..holder })
        });
        let made: Vec<Holder> = made.take(size).collect();
        if !made.is_empty() {
            self.record(Event::Market(market::Event::HoldersMade(made)));
            self.firm.run.batches_asked.remove(&(epoch, purpose));
        }
    }

    /// A connected sponsor that vouches for this firm, has not run out, and whose key for this may be used.
    fn usable_sponsor(&self, purpose: Purpose, epoch: Week) -> Option<SponsorKey> {
        let batch = self.firm.market.wallet.batch(purpose, epoch);
        let used_up = |sponsor: &SponsorKey| batch.is_some_and(|batch| batch.used_up.contains(sponsor));
        let giving = self.giving_sponsors().into_iter().map(|(sponsor, _)| sponsor);
        giving.filter(|sponsor| !used_up(sponsor)).find(|sponsor| self.may_ask_under(sponsor, epoch))
    }

    /// Whether a sponsor's keys of an epoch are what everybody is told (`PAS-9`).
    fn may_ask_under(&self, sponsor: &SponsorKey, epoch: Week) -> bool {
        let (Ok((genesis, _)), Some((id, told))) = (self.network(), self.firm.market.told_of(sponsor, epoch)) else {
            return false;
        };
        let neighbours = told.by.len();
        let known = |ms| told.since.plus(ms) <= self.at();
        let is_alone = genesis.founders.len() == 1 || known(MANIFEST_ALONE_MS_MIN);
        let is_agreed = neighbours >= if is_alone { 1 } else { MANIFEST_NEIGHBOURS_MIN };
        let is_early = epoch <= self.at().week() || known(MANIFEST_KNOWN_MS_MIN);
        is_agreed && is_early && self.firm.market.shelf.shown(&id).is_some()
    }

    /// Sends what of a batch has no pass yet to whom it was hidden from, in as many parcels as it takes.
    fn ask_for_batch(&mut self, purpose: Purpose, epoch: Week) {
        let Ok((_, network)) = self.network() else { return };
        let (firm, now) = (&self.firm, self.now.mono);
        let Some(sponsor) = firm.market.wallet.batch(purpose, epoch).and_then(|batch| batch.sponsor) else { return };
        let asked = firm.run.batches_asked.get(&(epoch, purpose));
        if asked.is_some_and(|at| *at + ASK_AGAIN_MS > now) {
            return;
        }
        let Some((_, peer)) = self.giving_sponsors().into_iter().find(|(giving, _)| *giving == sponsor) else { return };
        let Some(key) = firm.market.shelf.keyring().key(&sponsor, epoch, purpose) else { return };
        let blinded = firm.market.wallet.hidden(purpose, epoch).filter_map(|(holder, hidden)| {
            let grant = Grant::new(network, sponsor, epoch, purpose, holder.key());
            Some(key.blind(&grant, &hidden.seed).ok()?.blinded)
        });
        let blinded: Vec<_> = blinded.collect();
        for part in blinded.chunks(PASSES_PER_REQUEST_MAX) {
            let request = Parcel::BlindRequest { epoch, purpose, blinded: part.to_vec() };
            self.send(&peer, &request, None);
        }
        self.firm.run.batches_asked.insert((epoch, purpose), now);
    }

    /// A sponsor's answer: each signature is opened and judged; what is missing is used up there.
    pub(super) fn batch_answered(
        &mut self,
        from: &Peer,
        epoch: Week,
        purpose: Purpose,
        (answers, used_up): (&[(Print, BlindSignature)], bool),
    ) {
        let (Ok((_, network)), Some(sponsor)) = (self.network(), self.sponsor_at(from)) else { return };
        let keys = self.firm.market.shelf.keyring().clone();
        let Some(key) = keys.key(&sponsor, epoch, purpose) else { return };
        let waiting = self.firm.market.wallet.hidden(purpose, epoch);
        let passes = waiting.filter(|(_, hidden)| hidden.sponsor == sponsor).filter_map(|(holder, hidden)| {
            let (_, answer) = answers.iter().find(|(print, _)| *print == hidden.print)?;
            let grant = Grant::new(network, sponsor, epoch, purpose, holder.key());
            let signature = PassSignature::Blind(key.open(&grant, &hidden.seed, answer).ok()?);
            Some(Pass { sponsor, epoch, holder: grant.holder, signature })
        });
        let passes: Vec<Pass> = passes.collect();
        if !passes.is_empty() {
            self.record(Event::Market(market::Event::PassesIssued(passes)));
            self.describe();
            self.advance_all();
            self.carry();
        }
        if used_up {
            self.record(Event::Market(market::Event::UsedUp { purpose, epoch, sponsor }));
            self.refill();
        }
    }

    /// A neighbour showed that it holds the same keys: each of their manifests is known a little better (`PAS-9`).
    pub(super) fn keys_alike(&mut self, with: &Peer, parcel: &Parcel) {
        let at = self.at();
        let (run, market) = (&self.firm.run, &self.firm.market);
        if market.told.values().all(|told| told.by.len() >= MANIFEST_NEIGHBOURS_MIN) {
            return;
        }
        let alike: Vec<Partition> = run.rounds.alike(with, &market.shelf, parcel, Kind::Keys, at);
        let by = Blob(with.0.clone());
        let told = |(id, told): (&RecordId, &market::Told)| {
            let is_news = told.by.len() < MANIFEST_NEIGHBOURS_MIN && !told.by.contains(&by);
            let shown = market.shelf.shown(id).filter(|_| is_news)?;
            alike.contains(&Partition::of(shown)).then_some(*id)
        };
        let told: Vec<RecordId> = market.told.iter().filter_map(told).collect();
        let any = !told.is_empty();
        for manifest in told {
            self.record(Event::Market(market::Event::KeyTold { manifest, by: by.clone() }));
        }
        if any {
            self.refill();
        }
    }

    /// Whether what is left is kept for deals that have begun: first words need more than the reserve.
    pub(super) fn is_kept(&self, purpose: Purpose) -> bool {
        let is_blind = self.network().is_ok_and(|(genesis, _)| genesis.passes == PassScheme::Blind);
        let left = self.firm.market.wallet.count(purpose, self.at());
        is_blind && purpose == Purpose::Contact && left <= CONTACT_RESERVE
    }

    fn sponsor_at(&self, peer: &Peer) -> Option<SponsorKey> {
        let at = self.firm.identity.joined.iter().find(|joined| joined.sponsor_peer.0 == peer.0)?;
        Some(at.welcome.membership.body.sponsor)
    }
}
