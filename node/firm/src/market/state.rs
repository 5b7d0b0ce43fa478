//! The market as this firm holds it.

use super::{Event, Wallet};
use alloc::collections::{BTreeMap, BTreeSet};
use protocol::census::SignedCensus;
use protocol::check::{Checked, Kind, Record};
use protocol::id::{Blob, ItemId, RecordId, SponsorKey};
use protocol::noise::{ContactSecret, Seed};
use protocol::pass::Manifest;
use protocol::shelf::Shelf;
use protocol::time::{UnixMs, Week};
use serde::{Deserialize, Serialize};

/// A live advert of this firm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnAdvert {
    /// For which item.
    pub item: ItemId,
    /// The record.
    pub record: RecordId,
    /// The pseudonym's Ed25519 seed.
    pub pseudonym: Seed,
    /// Opens envelopes to it.
    pub contact: ContactSecret,
    /// The last week of its life.
    pub expires: Week,
}

/// Shelf, own adverts and wallet.
#[derive(Clone, Debug, Default)]
pub struct Market {
    /// Everybody's records.
    pub shelf: Shelf,
    /// Own live adverts, by item.
    pub adverts: BTreeMap<ItemId, OwnAdvert>,
    /// Keys and passes.
    pub wallet: Wallet,
    /// What sponsors counted, for this epoch and the one before (`KAN-3`).
    pub censuses: BTreeMap<(SponsorKey, Week), SignedCensus>,
    /// Since when each manifest of a week that is not over is here, and which neighbours hold the same (`PAS-9`).
    pub told: BTreeMap<RecordId, Told>,
}

/// How well a manifest is known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Told {
    /// Since when it is here.
    pub since: UnixMs,
    /// Of which week its keys are.
    pub epoch: Week,
    /// Neighbours that hold the same; the first few are enough.
    pub by: BTreeSet<Blob>,
}

impl Market {
    /// Takes in what happened.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Placed { record, at, spent, own } => {
                if *own {
                    self.shelf.embargo(&record.0, *at);
                } else {
                    self.shelf.place(&record.0, *at);
                }
                if let Some(key) = spent {
                    self.wallet.burn(key);
                }
                match record.0.record() {
                    // The keys of weeks that are over sign nothing any more.
                    Record::Manifest(manifest) if manifest.body.epoch >= at.week() => {
                        let told = Told { since: *at, epoch: manifest.body.epoch, by: BTreeSet::new() };
                        self.told.insert(record.0.id(), told);
                    }
                    Record::Split(split) => self.wallet.distrust(split.one.body.sponsor, split.one.body.epoch),
                    _ => {}
                }
            }
            Event::Echoed { record, at } => self.shelf.heard_from(record, *at),
            Event::Expired(ids) => {
                ids.iter().for_each(|id| self.shelf.forget(id));
                self.adverts.retain(|_, advert| !ids.contains(&advert.record));
            }
            Event::HoldersMade(holders) => self.wallet.add(holders),
            Event::PassesIssued(passes) => self.wallet.issue(passes),
            Event::Outdated(week) => {
                self.wallet.forget_before(*week);
                self.told.retain(|_, told| told.epoch >= *week);
            }
            Event::CameLate { purpose, epoch, at } => self.wallet.came(*purpose, *epoch, *at),
            Event::UsedUp { purpose, epoch, sponsor } => self.wallet.used_up(*purpose, *epoch, *sponsor),
            Event::KeyTold { manifest, by } => {
                if let Some(told) = self.told.get_mut(manifest) {
                    told.by.insert(by.clone());
                }
            }
            Event::Advertised(advert) => {
                self.adverts.insert(advert.item, advert.clone());
            }
            Event::Silenced(item) => {
                self.adverts.remove(item);
            }
            Event::Counted(census) => {
                let (sponsor, epoch) = (census.body.sponsor, census.body.epoch);
                self.censuses.retain(|(of, week), _| *of != sponsor || week.plus(1) >= epoch);
                self.censuses.insert((sponsor, epoch), (**census).clone());
            }
        }
    }

    /// An advert on the shelf.
    pub fn advert(&self, id: &RecordId) -> Option<&protocol::advert::AdvertBody> {
        match self.shelf.find(id)?.record() {
            Record::Advert(advert) => Some(&advert.body),
            _ => None,
        }
    }

    /// A sponsor's manifest of an epoch that is not over, and how well it is known.
    pub fn told_of(&self, sponsor: &SponsorKey, epoch: Week) -> Option<(RecordId, &Told)> {
        let manifest = self.shelf.in_slot(&Manifest::slot_of(sponsor, epoch))?.id();
        self.told.get(&manifest).map(|told| (manifest, told))
    }

    /// All adverts on the shelf.
    pub fn all(&self) -> impl Iterator<Item = (&Checked, &protocol::advert::AdvertBody)> {
        self.shelf.of(Kind::Adverts).filter_map(|checked| match checked.record() {
            Record::Advert(advert) => Some((checked, &advert.body)),
            _ => None,
        })
    }

    /// Those of them that are not this firm's own.
    pub fn others(&self) -> impl Iterator<Item = (&Checked, &protocol::advert::AdvertBody)> {
        self.all().filter(|(checked, _)| !self.is_own(&checked.id()))
    }

    /// Whether a record is an own live advert.
    pub fn is_own(&self, id: &RecordId) -> bool {
        self.adverts.values().any(|own| own.record == *id)
    }
}
