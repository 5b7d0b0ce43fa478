//! Bounds of the policy at the moment at which something would break them: hours that caps let a deal have (`AVL-6`), the price
//! that terms come to (`POL-7`), firms to which no name is told (`POL-8`), conflict classes of which nobody is told (`POL-9`).

use super::{Firm, Turn};
use crate::availability::{Limits, moment};
use crate::command::Refusal;
use crate::deals::Deal;
use crate::policy::{Bound, Target};
use crate::profile::Item;
use alloc::vec::Vec;
use calendar::cap::Cap;
use protocol::dialogue::{CloseReason, Identity, Position};
use protocol::facts::Side;
use protocol::id::{DealId, ItemId};
use protocol::terms::Terms;
use protocol::vocabulary::ConflictClass;

impl Firm {
    /// Whether whoever says these conflict classes is avoided about an own item (`POL-9`).
    pub(crate) fn avoids(&self, item: &Item, said: &[ConflictClass]) -> bool {
        self.policy.avoids(&Target::of(item), said).is_some()
    }

    /// Whether the other side of a deal says a conflict class that is avoided, in its advert or in its own words.
    fn avoids_side_of(&self, deal: &Deal) -> bool {
        let advert = self.market.advert(&deal.advert).filter(|_| deal.position == Position::Initiator);
        let openly = advert.map_or(&[][..], |body| &body.facts.conflict_classes);
        let told = deal.theirs.brief.as_ref().map_or(&[][..], |brief| brief.conflict_classes());
        self.profile.item(&deal.item).is_some_and(|item| [openly, told].into_iter().any(|said| self.avoids(item, said)))
    }
}

impl Turn<'_> {
    /// The caps under which the hours of a deal count, and what counts under them already: every other booking that stands, of
    /// every resource in the cap's scope.
    pub(super) fn limits(&self, item: ItemId, deal: DealId) -> Limits {
        let firm = &*self.firm;
        let offered = |item: &ItemId| firm.profile.item(item).filter(|item| item.draft.side == Side::Offer);
        let Some(own) = offered(&item) else { return Limits::default() };
        let now = moment(self.at());
        let caps = firm.policy.caps(&Target::of(own)).into_iter().map(|cap| {
            let counts = |item: &Item| Target::of(item).scopes().contains(&cap.scope);
            let schedules = firm.availability.all().filter(|(item, _)| offered(item).is_some_and(counts));
            let bookings = schedules.flat_map(|(of, schedule)| {
                let others = schedule.book.all().filter(move |(with, _)| (*of, **with) != (item, deal));
                others.filter(|(_, booking)| booking.stands(now)).map(|(_, booking)| booking.hours.clone())
            });
            (cap.because, Cap { hours: cap.hours, per: cap.per, taken: bookings.collect::<Vec<_>>() })
        });
        Limits { caps: caps.collect() }
    }

    /// Whether an hour of these terms costs what the policy lets it cost, on the average of all their hours (`POL-7`). What is not paid
    /// by the hour has no such bound.
    pub(super) fn within_price(&self, terms: &Terms) -> Result<(), Refusal> {
        let deal = self.deal(terms.deal)?;
        let item = self.firm.profile.item(&deal.item).ok_or(Refusal::NoSuchItem)?;
        let wanted = Bound::of(item.draft.side);
        let Some(bound) = self.firm.policy.bound(&Target::of(item), wanted) else { return Ok(()) };
        let minutes: u64 = terms.lines.iter().map(|line| u64::from(line.minutes)).sum();
        let hourly = terms.lines.iter().filter_map(|line| line.hourly.for_minutes(line.minutes));
        let total = hourly.map(|amount| u128::from(amount.minor)).sum::<u128>() * 60;
        let bounded = u128::from(bound.hourly.minor) * u128::from(minutes);
        let holds = match wanted {
            Bound::Floor => total >= bounded,
            Bound::Ceiling => total <= bounded,
        };
        let comparable = terms.total.currency == bound.hourly.currency;
        if holds && comparable { Ok(()) } else { Err(Refusal::Price { because: bound.because }) }
    }

    /// Ends matches, questions and deals that a new version of the policy avoids; once a name is known, people decide (`POL-9`).
    pub(super) fn end_avoided(&mut self) {
        let nameless = self.firm.deals.all().filter(|deal| deal.is_open() && deal.identity.is_none());
        let avoided = nameless.filter(|deal| self.firm.avoids_side_of(deal)).map(|deal| deal.id);
        let avoided: Vec<DealId> = avoided.collect();
        avoided.into_iter().for_each(|deal| self.close(deal, CloseReason::Declined, None));
        self.end_matches();
    }

    /// Whether any firm is excluded from names about an item; such a side asks to be second (`RVL-9`).
    pub(super) fn excludes_anybody(&self, item: ItemId) -> bool {
        self.firm.profile.item(&item).is_some_and(|item| self.firm.policy.excludes_anybody(&Target::of(item)))
    }

    /// Whether a firm that has just proved its name gets none of ours (`POL-8`).
    pub(super) fn is_excluded(&self, deal: DealId, identity: &Identity) -> bool {
        let item = self.deal(deal).ok().and_then(|deal| self.firm.profile.item(&deal.item));
        let name = &identity.membership.body.legal_name;
        item.is_some_and(|item| self.firm.policy.excludes(&Target::of(item), name))
    }
}
