//! What fits: found when something new is heard or entered, judged again every day, and asked about within a budget.

use super::{Firm, Turn};
use crate::deals::Deal;
use crate::limits::{MUTUAL_FIT_MIN, NOTICES_PER_DAY_MAX, NOTICES_WAITING_MAX};
use crate::market;
use crate::matching::{self, Band, Report, Said, kin};
use crate::policy::{Bound, Target};
use crate::profile::{self, Item};
use crate::record::Event;
use alloc::vec::Vec;
use protocol::advert::AdvertBody;
use protocol::check::Record;
use protocol::dialogue::{Brief, Step};
use protocol::facts::Side;
use protocol::id::{DealId, ItemId, RecordId};
use protocol::time::UnixMs;

/// A match that was found in this input.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fresh {
    item: ItemId,
    advert: RecordId,
    /// How it ranks among others.
    rank: (Band, u16, u16),
}

impl Firm {
    /// An own item as matching reads it: exactly, within the price that the policy bounds, and of an offer as far as its calendar has
    /// it, for a new deal or for one that has hours already.
    pub(crate) fn said(&self, item: &Item, of: Option<&DealId>, now: UnixMs) -> Said {
        let said = Said::clone(&self.run.readings.item(self.knowledge.vocabulary(), item));
        let (id, draft) = (&item.id, &item.draft);
        let bound = self.policy.bound(&Target::of(item), Bound::of(draft.side));
        let said = match bound {
            Some(bound) => said.bounded(bound.hourly),
            None => said,
        };
        let free = Some(id).filter(|_| draft.side == Side::Offer);
        match free.and_then(|id| self.availability.free(id, draft.weeks, of, now)) {
            Some(free) => said.within(free),
            None => said,
        }
    }

    /// What an own item, as it was read, and an advert come to.
    pub(crate) fn report(&self, own: &Said, advert: RecordId, body: &AdvertBody, now: UnixMs) -> Report {
        let words = self.knowledge.vocabulary();
        matching::judge(words, own, &self.run.readings.advert(words, advert, &body.facts), now)
    }

    /// Whether no limit stands between the two sides of a match, nor a conflict class. Hours that its own deal has are not missing to
    /// it.
    fn is_open(&self, item: &Item, (advert, body): (RecordId, &AdvertBody), at: UnixMs) -> bool {
        let (words, deal) = (self.knowledge.vocabulary(), self.deal_with(item.id, advert).map(|deal| &deal.id));
        let theirs = self.run.readings.advert(words, advert, &body.facts);
        !self.avoids(item, &body.facts.conflict_classes)
            && matching::is_open(words, &self.said(item, deal, at), &theirs, at)
    }

    /// Keeps up what is read with what is here: items of the profile, adverts of the shelf.
    pub(super) fn follow(&mut self, event: &Event) {
        let Firm { run, knowledge, .. } = self;
        let (readings, words) = (&mut run.readings, knowledge.vocabulary());
        match event {
            Event::Profile(profile::Event::Confided(item)) => readings.enter(words, item),
            Event::Profile(profile::Event::Withdrawn(item)) => readings.withdraw(item),
            Event::Market(market::Event::Placed { record, .. }) => {
                if let Record::Advert(advert) = record.0.record() {
                    readings.hear(words, record.0.id(), &advert.body.facts);
                }
            }
            Event::Market(market::Event::Expired(records)) => self.forget(records),
            _ => {}
        }
    }

    /// Forgets what was read of records that are gone.
    pub(super) fn forget(&mut self, records: &[RecordId]) {
        records.iter().for_each(|record| self.run.readings.forget(record));
    }

    /// The deal that came of a match.
    pub(crate) fn deal_with(&self, item: ItemId, advert: RecordId) -> Option<&Deal> {
        self.deals.all().find(|deal| deal.item == item && deal.advert == advert)
    }
}

impl Turn<'_> {
    /// Compares a heard advert with the own items that it could meet.
    pub(super) fn match_advert(&mut self, advert: RecordId) {
        let today = matching::day(self.at().day());
        let Firm { run, profile, market, knowledge, .. } = &mut *self.firm;
        let Some(body) = market.advert(&advert) else { return };
        let words = knowledge.vocabulary();
        let theirs = run.readings.advert(words, advert, &body.facts);
        let items = run.readings.items_for(words, profile.live(), &theirs, today);
        items.into_iter().for_each(|item| self.compare(item, &[advert]));
    }

    /// Compares an own item with the adverts that it could meet.
    pub(super) fn match_item(&mut self, item: ItemId) {
        let Some(own) = self.firm.profile.item(&item) else { return };
        let (today, ours) = (matching::day(self.at().day()), self.firm.said(own, None, self.at()));
        let Firm { run, profile, market, knowledge, .. } = &mut *self.firm;
        profile
            .item(&item)
            .filter(|own| !own.withdrawn)
            .into_iter()
            .for_each(|own| run.readings.enter(knowledge.vocabulary(), own));
        let shelf = market.all().map(|(checked, body)| (checked.id(), &body.facts));
        let adverts = run.readings.adverts_for(knowledge.vocabulary(), shelf, &ours, today);
        self.compare(item, &adverts);
    }

    fn compare(&mut self, item: ItemId, adverts: &[RecordId]) {
        let (at, firm) = (self.at(), &*self.firm);
        let Some(own) = firm.profile.item(&item).filter(|own| !own.withdrawn && firm.may_offer(own, at).is_ok()) else {
            return;
        };
        let (words, ours) = (firm.knowledge.vocabulary(), firm.said(own, None, at));
        let is_new = |advert: &RecordId| !firm.market.is_own(advert) && firm.matches.of(item, *advert).is_none();
        let mut found = Vec::new();
        for advert in adverts.iter().filter(|advert| is_new(advert)) {
            let body = firm.market.advert(advert).filter(|body| !firm.avoids(own, &body.facts.conflict_classes));
            let Some(body) = body else { continue };
            let theirs = firm.run.readings.advert(words, *advert, &body.facts);
            if matching::is_open(words, &ours, &theirs, at) {
                let report = matching::judge(words, &ours, &theirs, at);
                found.extend(report.is_match().then(|| (*advert, report.rank())));
            }
        }
        for (advert, rank) in found {
            self.record(Event::Matching(matching::Event::Found { item, advert, at }));
            self.firm.run.fresh.push(Fresh { item, advert, rank });
        }
    }

    /// Asks about the best of what was found in this input, as far as the budgets of the items go; the others stand on the page
    /// of matches.
    pub(super) fn ask_about_matches(&mut self) {
        let mut fresh = core::mem::take(&mut self.firm.run.fresh);
        fresh.sort_by_key(|found| (core::cmp::Reverse(found.rank), found.advert));
        for Fresh { item, advert, .. } in fresh {
            if self.has_budget(item) {
                // A policy that does not allow contact leaves the match on its page without a question.
                let _ = self.ask_interest(item, advert);
            }
        }
    }

    fn has_budget(&self, item: ItemId) -> bool {
        let asked = || {
            let all = self.firm.approvals.all();
            all.filter(move |asked| asked.summary.item == item && asked.summary.step == Step::Interest)
        };
        let today = self.at().day();
        let waiting = asked().filter(|asked| asked.status == crate::approvals::Status::Waiting);
        waiting.count() < NOTICES_WAITING_MAX
            && asked().filter(|asked| asked.summary.asked.day() == today).count() < NOTICES_PER_DAY_MAX
    }

    /// Judges items again whose calendar or bounds changed: what is no longer free ends matches, what is free again finds some.
    pub(super) fn judge_moved(&mut self) {
        let moved = core::mem::take(&mut self.firm.run.moved);
        if !moved.is_empty() {
            self.end_matches();
            moved.into_iter().for_each(|item| self.match_item(item));
        }
    }

    /// Judges matches again as time passes: every one when a day is over, and meanwhile those of items whose hours are kept, for an
    /// hour that is free tonight is gone tomorrow.
    pub(super) fn judge_again(&mut self) {
        let (at, today) = (self.at(), self.at().day());
        let is_new_day = self.firm.run.judged.replace(today) != Some(today);
        let stays = |firm: &Firm, item: &Item| !is_new_day && !firm.availability.kept(&item.id).is_some();
        self.end_unless(|firm, item, advert| stays(firm, item) || firm.is_open(item, advert, at));
    }

    /// Judges everything again by other words: texts are read anew, matches that no longer hold end, and others are found.
    pub(super) fn read_anew(&mut self) {
        self.firm.run.readings = matching::Readings::default();
        self.end_matches();
        let items: Vec<ItemId> = self.firm.profile.live().map(|item| item.id).collect();
        items.into_iter().for_each(|item| self.match_item(item));
    }

    /// Ends matches of which a side is gone, and the questions about them.
    pub(super) fn end_gone(&mut self) {
        self.end_unless(|_, _, _| true);
    }

    /// Ends matches of which a side is gone, or of which too little time is left, and the questions about them.
    pub(super) fn end_matches(&mut self) {
        let at = self.at();
        self.firm.run.judged = Some(at.day());
        self.end_unless(|firm, item, advert| firm.is_open(item, advert, at));
    }

    fn end_unless(&mut self, holds: impl Fn(&Firm, &Item, (RecordId, &AdvertBody)) -> bool) {
        let (firm, at) = (&*self.firm, self.at());
        let is_over = |item: &ItemId, advert: &RecordId| {
            let item = firm.profile.item(item).filter(|item| !item.withdrawn && firm.may_offer(item, at).is_ok());
            !item.zip(firm.market.advert(advert)).is_some_and(|(item, body)| holds(firm, item, (*advert, body)))
        };
        let over: Vec<_> = firm.matches.all().filter(|(item, advert, _)| is_over(item, advert)).collect();
        for (item, advert, _) in over {
            self.record(Event::Matching(matching::Event::Over { item, advert, at }));
        }
        self.drop_moot_questions();
    }

    /// What first words to an own advert come to, if a person should hear of them (`MAT-7`): somebody may answer, they say no
    /// conflict class that is avoided (`POL-9`), no private limit is violated, and what was said openly and what only this firm knows
    /// both fit well enough. Otherwise nothing is recorded and nothing leaves.
    pub(super) fn worth_a_person(&self, own: &market::OwnAdvert, brief: &Brief) -> Option<Report> {
        let firm = &*self.firm;
        let item = firm.profile.item(&own.item).filter(|item| !item.withdrawn)?;
        firm.may_offer(item, self.at()).ok()?;
        let nobody_may = firm.policy.who(&Target::of(item), Step::Answer).roles.is_empty();
        if nobody_may || firm.avoids(item, brief.conflict_classes()) {
            return None;
        }
        let words = firm.knowledge.vocabulary();
        let theirs = Said::by_brief(words, item.draft.side.other(), None, brief);
        let said = Said::by_advert(words, &firm.market.advert(&own.record)?.facts);
        let report = matching::judge(words, &firm.said(item, None, self.at()), &theirs, self.at());
        let open = matching::judge(words, &said, &theirs, self.at());
        let mutual = report.fit.min(open.fit);
        (report.fits && mutual >= MUTUAL_FIT_MIN).then_some(report)
    }
}

/// Whether an advert is of the other side and of a kind that could serve, or be served by, an own item.
pub(crate) fn could_serve(own: &Item, body: &AdvertBody) -> bool {
    let (ours, theirs) = (&own.draft, &body.facts);
    match ours.side {
        _ if ours.side == theirs.side => false,
        Side::Need => kin(ours.class, theirs.class),
        Side::Offer => kin(theirs.class, ours.class),
    }
}
