//! Views of what fits, and of why nothing does yet. Reports are made when somebody looks, as of that day.

use super::{FreeView, MatchView, NearMissView, UnmetView};
use crate::Firm;
use crate::approvals::Subject;
use crate::availability::moment;
use crate::limits::NEAR_MISSES_MAX;
use crate::matching::{Report, Unmet};
use crate::profile::{Item, ItemDraft};
use alloc::vec::Vec;
use protocol::advert::AdvertBody;
use protocol::callsign::callsign;
use protocol::dialogue::Field;
use protocol::facts::{Facts, Side};
use protocol::id::{ApprovalId, DealId, ItemId, RecordId};
use protocol::time::UnixMs;
use protocol::vocabulary::Role;

impl Firm {
    /// Matches of all items or of one, the best first.
    pub(super) fn match_views(&self, of: Option<ItemId>, now: UnixMs) -> Vec<MatchView> {
        let matches = self.matches.all().filter(|(item, ..)| of.is_none_or(|of| of == *item));
        let mut views: Vec<MatchView> = matches
            .filter_map(|(id, advert, found)| {
                let item = self.profile.item(&id).filter(|item| !item.withdrawn)?;
                let body = self.market.advert(&advert)?;
                let deal = self.deal_with(id, advert).map(|deal| deal.id);
                let own = self.said(item, deal.as_ref(), now);
                Some(MatchView {
                    item: id,
                    title: item.draft.title.clone(),
                    side: item.draft.side,
                    advert,
                    callsign: callsign(&body.pseudonym()),
                    facts: body.facts.clone(),
                    report: self.report(&own, advert, body, now),
                    free: self.free_view(item, &body.facts, deal.as_ref(), now),
                    found,
                    approval: self.interest_asked(id, advert),
                    deal,
                })
            })
            .collect();
        views.sort_by_key(|view| core::cmp::Reverse((view.report.rank(), view.found)));
        views
    }

    /// For each own item without a match, or for one, what stood in the way. That money did is for those who may read the limit.
    pub(super) fn unmet_views(&self, readers: &[Role], of: Option<ItemId>, now: UnixMs) -> Vec<UnmetView> {
        let matched = |item: &Item| self.matches.all().any(|(of, ..)| of == item.id);
        let items = self.profile.live().filter(|item| of.map_or(!matched(item), |of| of == item.id));
        let mut views: Vec<UnmetView> = items.map(|item| self.unmet_view(item, now)).collect();
        if !readers.iter().any(|role| ItemDraft::PRIVATE_READERS.contains(role)) {
            views.iter_mut().for_each(|view| view.unmet.blocked.retain(|blocked| blocked.field != Field::Value));
        }
        views
    }

    fn unmet_view(&self, item: &Item, now: UnixMs) -> UnmetView {
        let (mut unmet, mut near) = (Unmet::default(), Vec::new());
        let own = self.said(item, None, now);
        let avoided = |body: &AdvertBody| self.avoids(item, &body.facts.conflict_classes);
        let others = self.market.others().filter(|(_, body)| crate::firm::could_serve(item, body) && !avoided(body));
        for (checked, body) in others {
            let report = self.report(&own, checked.id(), body, now);
            unmet.count(&report);
            if is_near_miss(&report) {
                near.push(NearMissView { advert: checked.id(), callsign: callsign(&body.pseudonym()), report });
            }
        }
        near.sort_by_key(|miss| core::cmp::Reverse(miss.report.fit));
        near.truncate(NEAR_MISSES_MAX);
        UnmetView { item: item.id, title: item.draft.title.clone(), side: item.draft.side, unmet, near }
    }

    fn free_view(&self, item: &Item, theirs: &Facts, of: Option<&DealId>, now: UnixMs) -> Option<FreeView> {
        let weeks = item.draft.weeks;
        let free = self.availability.free(&item.id, weeks, of, now).filter(|_| item.draft.side == Side::Offer)?;
        let (first, last) = (weeks.first.max(theirs.weeks.first), weeks.last.min(theirs.weeks.last));
        Some(FreeView {
            free_min: free.minutes(first.monday(), last.plus(1).monday()),
            certainty_permille: free.freshness.certainty_permille,
            still_true: free.freshness.is_due(moment(now)),
        })
    }

    fn interest_asked(&self, item: ItemId, of: RecordId) -> Option<ApprovalId> {
        let mut asked = self.approvals.all().filter(|asked| {
            asked.summary.item == item && matches!(&asked.subject, Subject::Interest { advert, .. } if *advert == of)
        });
        asked.next().map(|asked| asked.id)
    }
}

/// Whether one limit alone, of which it can be said what would meet it, stands between two sides that else do the same work.
fn is_near_miss(report: &Report) -> bool {
    let mut gaps = report.requirements.iter().filter(|line| line.verdict == crate::matching::Verdict::Gap);
    gaps.next().is_some_and(|gap| gap.near.is_some()) && gaps.next().is_none()
}
