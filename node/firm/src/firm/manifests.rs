//! Whether the keys of a sponsor are what everybody is told.
//!
//! - `PAS-9` A batch is asked for only under keys that everybody else is told too, as far as this node can know: the manifest is
//!   held alike by two neighbours, and has been here for a day if its week is still to come. Where no second neighbour is to be
//!   had (one founder, or one sponsor left within reach) one is enough after two days, or at once in a network of one founder:
//!   no firm may run dry because others are away (decision 0013).
//!
//! While a batch waits for that, neighbours that have not shown the same keys yet are compared with every half minute, so that a
//! newcomer has its passes within its first one.

use super::passes::FETCHED;
use super::{Firm, Turn};
use crate::market::{self, Told};
use crate::record::Event;
use crate::view::PassWait;
use alloc::vec::Vec;
use machine::Peer;
use protocol::check::Kind;
use protocol::genesis::{Genesis, PassScheme};
use protocol::id::{Blob, RecordId, SponsorKey};
use protocol::limits::{MANIFEST_ALONE_MS_MIN, MANIFEST_KNOWN_MS_MIN, MANIFEST_NEIGHBOURS_MIN};
use protocol::parcel::Parcel;
use protocol::pass::Purpose;
use protocol::shelf::Partition;
use protocol::time::{UnixMs, Week};

/// How long after a manifest or a neighbour came others are asked what they hold, in milliseconds: what came with it is here then,
/// and gossip has been everywhere.
const FIRST_LOOK_MS: u64 = 1_000;

/// How often they are asked again while a batch waits, in milliseconds: a comparison is two small parcels.
const NEXT_LOOK_MS: u64 = 30_000;

impl Firm {
    /// Why there are no passes for something new, if there are none (scheme 1).
    pub(crate) fn pass_wait(&self, now: UnixMs) -> Option<PassWait> {
        let (genesis, _) = self.network().filter(|(genesis, _)| genesis.passes == PassScheme::Blind)?;
        let (this, wallet) = (now.week(), &self.market.wallet);
        let mut vouching = self.vouching_sponsors(now).map(|(sponsor, _)| sponsor).peekable();
        let has_sponsor = vouching.peek().is_some();
        let keys = self.market.shelf.keyring();
        if has_sponsor && vouching.all(|sponsor| keys.is_distrusted(&sponsor, this)) {
            return Some(PassWait::Distrusted);
        }
        if [Purpose::Advert, Purpose::Contact].into_iter().any(|purpose| self.is_used_up(purpose, now)) {
            return Some(PassWait::UsedUp);
        }
        if wallet.count(Purpose::Advert, now) > 0 {
            return None;
        }
        Some(if self.giving_sponsors(now).is_empty() {
            PassWait::Unreached
        } else if wallet.batch(Purpose::Advert, this).is_some() {
            PassWait::Unanswered
        } else if genesis.founders.len() > 1 && self.neighbours() < MANIFEST_NEIGHBOURS_MIN {
            PassWait::Alone
        } else {
            PassWait::Unconfirmed
        })
    }
}

impl Turn<'_> {
    /// Whether a sponsor's keys of an epoch are what everybody is told (`PAS-9`).
    pub(super) fn may_ask_under(&self, sponsor: &SponsorKey, epoch: Week) -> bool {
        let (Ok((genesis, _)), Some((id, told))) = (self.network(), self.firm.market.told_of(sponsor, epoch)) else {
            return false;
        };
        let is_early = epoch <= self.at().week() || self.is_known_for(told, MANIFEST_KNOWN_MS_MIN);
        self.is_agreed(&genesis, told) && is_early && self.firm.market.shelf.shown(&id).is_some()
    }

    /// Whether enough neighbours hold the same manifest.
    fn is_agreed(&self, genesis: &Genesis, told: &Told) -> bool {
        let is_alone = genesis.founders.len() == 1 || self.is_known_for(told, MANIFEST_ALONE_MS_MIN);
        told.by.len() >= if is_alone { 1 } else { MANIFEST_NEIGHBOURS_MIN }
    }

    fn is_known_for(&self, told: &Told, ms: u64) -> bool {
        told.since.plus(ms) <= self.at()
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
        let told = |(id, told): (&RecordId, &Told)| {
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

    /// A manifest or a neighbour is new here: whoever has not shown its keys yet is asked soon.
    pub(super) fn look_at_keys_soon(&mut self) {
        let soon = self.now.mono + FIRST_LOOK_MS;
        let look = &mut self.firm.run.keys_look;
        *look = Some(look.map_or(soon, |at| at.min(soon)));
    }

    /// Compares shelves with neighbours that have not shown their keys yet, while a batch waits for that.
    pub(super) fn look_at_keys(&mut self) {
        if self.firm.run.keys_look.is_none_or(|at| at > self.now.mono) {
            return;
        }
        let unconfirmed = self.unconfirmed();
        self.firm.run.keys_look = (!unconfirmed.is_empty()).then(|| self.now.mono + NEXT_LOOK_MS);
        let has_shown = |peer: &Peer| unconfirmed.iter().all(|told| told.by.contains(&Blob(peer.0.clone())));
        let due: Vec<Peer> = self.firm.run.neighbours.iter().filter(|peer| !has_shown(peer)).cloned().collect();
        due.iter().for_each(|peer| self.compare_shelves(peer));
    }

    /// Manifests of connected sponsors that neighbours have still to confirm before a batch is asked for.
    fn unconfirmed(&self) -> Vec<Told> {
        let Ok((genesis, _)) = self.network() else { return Vec::new() };
        let (wallet, market) = (&self.firm.market.wallet, &self.firm.market);
        let waits = |epoch: &Week| FETCHED.iter().any(|purpose| wallet.batch(*purpose, *epoch).is_none());
        let giving = self.firm.giving_sponsors(self.at());
        let waiting: Vec<Week> = self.open_epochs().filter(waits).collect();
        let slots = waiting.iter().flat_map(|epoch| giving.iter().map(|(sponsor, _)| (sponsor, *epoch)));
        let told = slots.filter_map(|(sponsor, epoch)| market.told_of(sponsor, epoch)).map(|(_, told)| told);
        told.filter(|told| !self.is_agreed(&genesis, told)).cloned().collect()
    }
}
