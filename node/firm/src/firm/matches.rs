//! What fits: found when something new is heard or entered, judged again every day, and asked about within a budget.

use super::{Firm, Turn};
use crate::limits::{MUTUAL_FIT_MIN, NOTICES_PER_DAY_MAX, NOTICES_WAITING_MAX};
use crate::market;
use crate::matching::{self, Band, Report, Said, kin};
use crate::policy::Target;
use crate::profile::Item;
use crate::record::Event;
use alloc::vec::Vec;
use protocol::advert::AdvertBody;
use protocol::dialogue::{Brief, Step};
use protocol::id::{ItemId, RecordId};
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
    /// What an own item and an advert come to.
    pub(crate) fn report(&self, item: &Item, advert: RecordId, body: &AdvertBody, now: UnixMs) -> Report {
        let readings = &self.run.readings;
        matching::judge(&readings.item(item), &readings.advert(advert, &body.facts), now)
    }
}

impl Turn<'_> {
    /// Compares a heard advert with every own item of the other side.
    pub(super) fn match_advert(&mut self, advert: RecordId, body: &AdvertBody) {
        let items: Vec<ItemId> = self.firm.profile.live().map(|item| item.id).collect();
        items.into_iter().for_each(|item| self.consider_match(item, advert, body));
    }

    /// Compares an own item with every heard advert of the other side.
    pub(super) fn match_item(&mut self, item: ItemId) {
        let others = self.firm.market.others();
        let adverts: Vec<(RecordId, AdvertBody)> = others.map(|(checked, body)| (checked.id(), body.clone())).collect();
        adverts.into_iter().for_each(|(advert, body)| self.consider_match(item, advert, &body));
    }

    fn consider_match(&mut self, item: ItemId, advert: RecordId, body: &AdvertBody) {
        let firm = &mut *self.firm;
        let Some(own) = firm.profile.item(&item) else { return };
        if !could_serve(own, body) || firm.market.is_own(&advert) || firm.matches.of(item, advert).is_some() {
            return;
        }
        let (ours, theirs) = (firm.run.readings.item(own), firm.run.readings.advert(advert, &body.facts));
        firm.run.readings.keep_item(item, &ours);
        firm.run.readings.keep_advert(advert, &theirs);
        let at = self.at();
        if !matching::is_open(&ours, &theirs, at) {
            return;
        }
        let report = matching::judge(&ours, &theirs, at);
        if report.is_match() {
            self.record(Event::Matching(matching::Event::Found { item, advert, at }));
            self.firm.run.fresh.push(Fresh { item, advert, rank: report.rank() });
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

    /// Judges every match again when a day has passed: what can be used of a window grows less.
    pub(super) fn judge_again(&mut self) {
        let today = self.at().day();
        if self.firm.run.judged.replace(today) != Some(today) {
            self.end_matches();
        }
    }

    /// Ends matches of which a side is gone, or of which too little time is left, and the questions about them.
    pub(super) fn end_matches(&mut self) {
        let (firm, at) = (&*self.firm, self.at());
        let holds = |item: &ItemId, advert: &RecordId| {
            let item = firm.profile.item(item).filter(|item| !item.withdrawn);
            let readings = &firm.run.readings;
            item.zip(firm.market.advert(advert)).is_some_and(|(item, body)| {
                matching::is_open(&readings.item(item), &readings.advert(*advert, &body.facts), at)
            })
        };
        let over: Vec<_> = firm.matches.all().filter(|(item, advert, _)| !holds(item, advert)).collect();
        for (item, advert, _) in over {
            self.record(Event::Matching(matching::Event::Over { item, advert, at }));
        }
        let Firm { run, market, .. } = &mut *self.firm;
        run.readings.retain(|advert| market.advert(advert).is_some());
        self.drop_moot_questions();
    }

    /// What first words to an own advert come to, if a person should hear of them (`MAT-7`): somebody may answer, no private
    /// limit is violated, and what was said openly and what only this firm knows both fit well enough. Otherwise nothing is
    /// recorded and nothing leaves.
    pub(super) fn worth_a_person(&self, own: &market::OwnAdvert, brief: &Brief) -> Option<Report> {
        let firm = &*self.firm;
        let item = firm.profile.item(&own.item).filter(|item| !item.withdrawn)?;
        if firm.policy.who(&Target::of(item), Step::Answer).roles.is_empty() {
            return None;
        }
        let theirs = Said::by_brief(item.draft.side.other(), None, brief);
        let said = Said::by_advert(&firm.market.advert(&own.record)?.facts);
        let report = matching::judge(&firm.run.readings.item(item), &theirs, self.at());
        let open = matching::judge(&said, &theirs, self.at());
        let mutual = report.fit.min(open.fit);
        (report.fits && mutual >= MUTUAL_FIT_MIN).then_some(report)
    }
}

/// Whether an advert is of the other side and of a kind that could serve, or be served by, an own item.
pub(crate) fn could_serve(own: &Item, body: &AdvertBody) -> bool {
    let (ours, theirs) = (&own.draft, &body.facts);
    match ours.side {
        _ if ours.side == theirs.side => false,
        protocol::facts::Side::Need => kin(ours.class, theirs.class),
        protocol::facts::Side::Offer => kin(theirs.class, ours.class),
    }
}
