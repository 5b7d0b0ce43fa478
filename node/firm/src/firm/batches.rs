//! Passes of scheme 1, fetched in batches: hidden, made durable, asked for, opened.
//!
//! - `PAS-9`: only under keys that everybody is told (`manifests`).
//! - `PAS-10` A batch is as large as a sponsor gives, asked for once for each epoch and purpose, whatever was used.
//!
//! What a sponsor learns: that this member fetched its batches, like every other. When one of its passes is used it learns
//! nothing, because no request follows from it.

use super::{Firm, Turn};
use crate::market::{self, Hidden, Holder};
use crate::record::Event;
use alloc::{collections::BTreeMap, vec::Vec};
use machine::Peer;
use protocol::genesis::PassScheme;
use protocol::id::{BlindSignature, Print, SponsorKey};
use protocol::limits::PASSES_PER_REQUEST_MAX;
use protocol::noise::Seed;
use protocol::parcel::Parcel;
use protocol::pass::{Blinding, Grant, IssuingKey, Pass, PassSignature, Purpose};
use protocol::time::{UnixMs, Week};

/// How often one batch is asked for while no answer comes, in milliseconds: a lost answer is rare, and each question costs the
/// sponsor a tenth of a second.
const ASK_AGAIN_MS: u64 = 60_000;

/// Passes for envelopes that first words leave alone, so that deals which have begun can go on: twice what two long ones need.
const CONTACT_RESERVE: usize = 32;

impl Firm {
    /// Whether a batch of this week came, and nothing of it may be used for something new.
    pub(crate) fn is_used_up(&self, purpose: Purpose, now: UnixMs) -> bool {
        let kept = if purpose == Purpose::Contact { CONTACT_RESERVE } else { 0 };
        let wallet = &self.market.wallet;
        let came = wallet.batch(purpose, now.week()).is_some() && wallet.hidden(purpose, now.week()).next().is_none();
        came && wallet.count(purpose, now) <= kept
    }

    /// How a key was hidden: as this run remembers it, or else worked out again from its seed, which takes a millisecond.
    fn blinding(&self, key: &IssuingKey, grant: &Grant, hidden: &Hidden) -> Option<Blinding> {
        let remembered = self.run.hidden.get(&(grant.epoch, grant.purpose)).and_then(|batch| batch.get(&hidden.print));
        remembered.cloned().or_else(|| key.blind(grant, &hidden.seed).ok())
    }
}

impl Turn<'_> {
    /// Asks for every batch of the open epochs that was not asked for, or not answered.
    pub(super) fn refill_in_batches(&mut self) {
        for epoch in self.open_epochs() {
            for purpose in self.fetched(epoch) {
                // A batch that ran out, or whose sponsor nobody trusts any more, goes on with another sponsor.
                match self.firm.market.wallet.batch(purpose, epoch) {
                    None => self.begin_batch(purpose, epoch, purpose.passes_per_epoch() as usize),
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
        let open = self.open_epochs().flat_map(|epoch| Purpose::ALL.map(|purpose| (purpose, epoch)));
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
        let most = if purpose == Purpose::Log { purpose.passes_per_epoch() as usize } else { size };
        let mut hidden = BTreeMap::new();
        let made = (0..most).filter_map(|n| {
            let holder = self.new_holder(purpose, epoch, n)?;
            if self.firm.market.wallet.is_issued(epoch, &holder.key()) {
                return None;
            }
            let seed = Seed(self.seed("blinding").0);
            let grant = Grant::new(network, sponsor, epoch, purpose, holder.key());
            let blinding = key.blind(&grant, &seed).ok()?;
            let print = blinding.blinded.print();
            hidden.insert(print, blinding);
            Some(Holder { hidden: Some(Hidden { sponsor, seed, print }), ..holder })
        });
        let made: Vec<Holder> = made.take(size).collect();
        if !made.is_empty() {
            self.record(Event::Market(market::Event::HoldersMade(made)));
            self.firm.run.batches_asked.remove(&(epoch, purpose));
            self.firm.run.hidden.insert((epoch, purpose), hidden);
        }
    }

    /// A connected sponsor that vouches for this firm, has not run out, and whose key for this may be used.
    fn usable_sponsor(&self, purpose: Purpose, epoch: Week) -> Option<SponsorKey> {
        let batch = self.firm.market.wallet.batch(purpose, epoch);
        let used_up = |sponsor: &SponsorKey| batch.is_some_and(|batch| batch.used_up.contains(sponsor));
        let giving = self.firm.giving_sponsors(self.at()).into_iter().map(|(sponsor, _)| sponsor);
        giving.filter(|sponsor| !used_up(sponsor)).find(|sponsor| self.may_ask_under(sponsor, epoch))
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
        let Some((_, peer)) = self.firm.giving_sponsors(self.at()).into_iter().find(|(giving, _)| *giving == sponsor)
        else {
            return;
        };
        let Some(key) = firm.market.shelf.keyring().key(&sponsor, epoch, purpose) else { return };
        let blinded = firm.market.wallet.hidden(purpose, epoch).filter_map(|(holder, hidden)| {
            let grant = Grant::new(network, sponsor, epoch, purpose, holder.key());
            Some(firm.blinding(key, &grant, hidden)?.blinded)
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
            let blinding = self.firm.blinding(key, &grant, hidden)?;
            let signature = PassSignature::Blind(key.open(&grant, &blinding, answer).ok()?);
            Some(Pass { sponsor, epoch, holder: grant.holder, signature })
        });
        let passes: Vec<Pass> = passes.collect();
        if !passes.is_empty() {
            let (at, batch) = (self.at(), self.firm.market.wallet.batch(purpose, epoch));
            let is_late = epoch.monday().start() <= at && batch.is_none_or(|batch| batch.came.is_none());
            self.record(Event::Market(market::Event::PassesIssued(passes)));
            if is_late {
                self.record(Event::Market(market::Event::CameLate { purpose, epoch, at }));
            }
            if self.firm.market.wallet.hidden(purpose, epoch).next().is_none() {
                self.firm.run.hidden.remove(&(epoch, purpose));
            }
            self.describe();
            self.advance_all();
            self.carry();
        }
        if used_up {
            self.record(Event::Market(market::Event::UsedUp { purpose, epoch, sponsor }));
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
