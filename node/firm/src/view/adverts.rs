//! Views of what would be said openly, before it is.

use super::AdvertPreview;
use crate::Firm;
use crate::approvals::{Approval, Status, Subject};
use crate::composer::{Advice, Exposure, PLENTY, advise, compose, public_facts};
use crate::market;
use crate::profile::Item;
use protocol::census::{K, Tuple};
use protocol::facts::Facts;
use protocol::id::{Blob, ItemId};
use protocol::time::UnixMs;

impl Firm {
    /// The facts that would be asked about now; `None` in silent mode.
    pub(super) fn composed(&self, item: &Item, now: UnixMs) -> Option<Facts> {
        let draft = self.as_loud_as_allowed(item);
        let said = public_facts(&draft)?;
        compose(&draft, &self.ground(&said, now)).map(|facts| self.openly(item, facts))
    }

    /// What would leave now: of the question that waits, if there is one, else what would be asked.
    pub(super) fn advert_preview(&self, id: &ItemId, now: UnixMs) -> Option<AdvertPreview> {
        let item = self.profile.item(id).filter(|item| !item.withdrawn)?;
        let (genesis, network) = self.network()?;
        let (sponsor, epoch) = self.vouching(now)?;
        let waiting = self.approvals.waiting().find_map(|asked| match &asked.subject {
            Subject::Advertise(facts) if asked.summary.item == *id => Some(facts.clone()),
            _ => None,
        });
        let facts = waiting.or_else(|| self.composed(item, now))?;
        let preview = market::preview(network, (genesis.passes, sponsor, epoch), &facts, now)?;
        let ground = self.ground(&facts, now);
        let size = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let counted = ground.census.map_or(0, |census| census.count(&Tuple::of(&facts), &ground.heard));
        Some(AdvertPreview {
            item: *id,
            title: item.draft.title.clone(),
            mode: item.draft.mode,
            advert: self.market.adverts.get(id).map(|own| own.record),
            record_bytes: size(preview.record_bytes),
            class_bytes: size(preview.frame.len()),
            bytes: Blob(preview.frame),
            exposure: ground.exposure(&facts),
            firms: K::of(counted),
            members: K::of(ground.census.and_then(|census| census.fetched).unwrap_or_default()),
            advice: advise(&ground, &facts),
            findings: facts.text.as_ref().map(|text| self.findings(text)).unwrap_or_default(),
            facts,
        })
    }

    /// What could be left out of an advert that waits for a decision; nothing where the crowd is large.
    pub(super) fn advice_on(&self, approval: &Approval, now: UnixMs) -> Option<Advice> {
        let Subject::Advertise(facts) = &approval.subject else { return None };
        let small = |exposure: Exposure| !exposure.k.reaches(PLENTY);
        let wanted = approval.status == Status::Waiting && approval.summary.exposure.is_some_and(small);
        wanted.then(|| advise(&self.ground(facts, now), facts))
    }
}
