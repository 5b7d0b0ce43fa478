//! Views of the parts that stand by themselves: status, items, trust, people.

use super::{BelongingView, EngagementView, ItemView, PersonView, Query, Standing, StatusView, TrustView, View};
use crate::Firm;
use crate::firm::FETCHED;
use crate::identity::Founding;
use crate::policy::Rulebook;
use crate::profile::{Item, ItemDraft};
use alloc::{boxed::Box, collections::BTreeSet, vec::Vec};
use protocol::callsign::callsign;
use protocol::check::Kind;
use protocol::facts::Side;
use protocol::genesis::PassScheme;
use protocol::id::ItemId;
use protocol::time::UnixMs;
use protocol::vocabulary::{OutcomeCode, Role};

impl Firm {
    /// Answers a question from committed state, for a reader with these roles.
    pub fn view(&self, readers: &[Role], query: &Query, now: UnixMs) -> View {
        match query {
            Query::Status => View::Status(self.status(now)),
            Query::Items(side) => {
                let items = self.profile.live().filter(|item| item.draft.side == *side);
                View::Items(items.map(|item| self.item_view(readers, item, now)).collect())
            }
            Query::Item(id) => match self.profile.item(id) {
                Some(item) => View::Item(Box::new(self.item_view(readers, item, now))),
                None => View::Nothing,
            },
            Query::Advert(id) => {
                self.advert_preview(id, now).map_or(View::Nothing, |view| View::Advert(Box::new(view)))
            }
            Query::Matches(of) => View::Matches(self.match_views(*of, now)),
            Query::Unmet(of) => View::Unmet(self.unmet_views(readers, *of, now)),
            Query::Approvals => View::Approvals(self.approval_views(readers, now)),
            Query::Approval(id) => {
                self.approval_view(readers, id, now).map_or(View::Nothing, |view| View::Approval(Box::new(view)))
            }
            Query::Deals => View::Deals(self.deal_views(readers, now)),
            Query::Deal(id) => self
                .deals
                .deal(id)
                .and_then(|deal| self.deal_view(readers, deal, now))
                .map_or(View::Nothing, |view| View::Deal(Box::new(view))),
            Query::Brief(id) => {
                let brief = self.deals.deal(id).and_then(|deal| self.brief_view(deal));
                brief.map_or(View::Nothing, |view| View::Brief(Box::new(view)))
            }
            Query::Invoices(id) => {
                let deal = self.deals.deal(id).and_then(|deal| self.invoices_view(deal));
                deal.map_or(View::Nothing, |view| View::Invoices(Box::new(view)))
            }
            Query::Trust => View::Trust(self.trust_view()),
            Query::People => View::People(self.people_views()),
            Query::Deputies => View::Deputies(self.deputy_views(now)),
            Query::Policy(version) => {
                let policy = version.map_or(Some(self.policy.policy()), |version| self.policy.version(version));
                policy.map_or(View::Nothing, |policy| View::Policy(Box::new(self.policy_view(readers, policy))))
            }
            Query::Explain(id) => self.profile.item(id).map_or(View::Nothing, |item| {
                View::Explanation(Box::new(self.explanation(readers, (item, &self.policy), now)))
            }),
            Query::DryRun { theirs, policy } => {
                let proposed =
                    policy.as_deref().map(|policy| Rulebook::of(self.policy.policy().followed_by(policy.clone())));
                View::DryRun(self.dry_run(readers, (theirs, proposed.as_ref().unwrap_or(&self.policy)), now))
            }
            Query::Belonging => View::Belonging(self.belonging(now)),
            Query::Calendars => View::Calendars(self.calendars(now)),
            Query::Calendar(id) => self.calendar(id, now).map_or(View::Nothing, |view| View::Calendar(Box::new(view))),
            Query::Outlook { item, under, from } => self
                .outlook(item, (under.as_deref(), *from), now)
                .map_or(View::Nothing, |view| View::Outlook(Box::new(view))),
            Query::SiteHours => self.site_hours().map_or(View::Nothing, View::SiteHours),
            Query::Packs => View::Packs(self.packs()),
            Query::Pack(id) => self.pack(id).map_or(View::Nothing, |view| View::Pack(Box::new(view))),
            Query::Instruments => View::Instruments(self.instruments()),
            Query::Keys => self.keys_view(now).map_or(View::Nothing, |keys| View::Keys(Box::new(keys))),
            Query::Audit(rows) => View::Audit(self.audit_view(rows)),
            Query::Papers => View::Papers(self.papers_view()),
        }
    }

    fn status(&self, now: UnixMs) -> StatusView {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let network = self.identity.network.as_ref();
        let genesis = network.map(|(genesis, _)| genesis);
        let joined = &self.identity.joined;
        let sponsor = |key| genesis.and_then(|genesis| genesis.founder(key)).map(|founder| founder.name.clone());
        let shelf = &self.market.shelf;
        let wallet = &self.market.wallet;
        let member_until = joined.iter().map(|one| one.welcome.membership.body.expires).max();
        let agreement = self.agreement();
        StatusView {
            firm: self.identity.founding.as_ref().map(|founding| founding.legal_name.clone()),
            firm_id: self.identity.founding.as_ref().map(|founding| founding.firm),
            network: genesis.map(|genesis| genesis.name.clone()),
            network_id: network.map(|(_, id)| *id),
            kind: genesis.map(|genesis| genesis.kind),
            sponsors: joined.iter().filter_map(|one| sponsor(&one.welcome.membership.body.sponsor)).collect(),
            operating_until: self.identity.founding.as_ref().and_then(Founding::operating_until),
            moving_since: self.identity.transport.next.as_ref().map(|next| next.at),
            operating: self.identity.founding.as_ref().map(|founding| founding.operating_validity(now)),
            member_until,
            standing: match member_until {
                _ if self.identity.founding.is_none() => Standing::NotFounded,
                None => Standing::NotJoined,
                Some(last) if last < now.day() => Standing::Lapsed,
                Some(_) => Standing::Member,
            },
            sponsor_can_link_passes: genesis.is_some_and(|genesis| genesis.passes == PassScheme::Plain),
            neighbours: count(self.neighbours()),
            alike: count(agreement.alike),
            apart: count(agreement.apart),
            complete: agreement.is_complete(),
            adverts: count(shelf.count(Kind::Adverts)),
            envelopes: count(shelf.count(Kind::Envelopes)),
            log_entries: count(shelf.count(Kind::Log)),
            passes: FETCHED.map(|of| count(wallet.count(of, now))),
            pass_wait: self.pass_wait(now),
            leaving: self.leaving_view(now),
            waiting: count(self.approvals.waiting().count()),
            now,
        }
    }

    fn belonging(&self, now: UnixMs) -> Vec<BelongingView> {
        let Some((genesis, _)) = &self.identity.network else { return Vec::new() };
        let seen = self.identity.joined.iter().filter_map(|one| {
            let membership = &one.welcome.membership.body;
            Some(BelongingView {
                sponsor: genesis.founder(&membership.sponsor)?.name.clone(),
                member_until: membership.expires,
                admitted_until: one.welcome.admission.body.expires,
                ends: one.ends(),
                validity: one.validity(now),
                refused: one.refused,
            })
        });
        seen.collect()
    }

    fn item_view(&self, readers: &[Role], item: &Item, now: UnixMs) -> ItemView {
        let advert = self.market.adverts.get(&item.id);
        let body = advert.and_then(|own| self.market.advert(&own.record));
        let mut shown = item.clone();
        if !readers.iter().any(|role| ItemDraft::PRIVATE_READERS.contains(role)) {
            shown.draft.limit = None;
            shown.draft.note = None;
        }
        let audible = self.market.others().filter(|(_, body)| body.facts.side == item.draft.side.other());
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        ItemView {
            limit_set: item.draft.limit.is_some(),
            note_set: item.draft.note.is_some(),
            advert: advert.map(|own| own.record),
            asked: self.approvals.about_advert_of(item.id).last().map(|asked| asked.id),
            public_facts: body.map(|body| body.facts.clone()).or_else(|| self.composed(item, now)),
            callsign: body.map(|body| callsign(&body.pseudonym())),
            progress: advert.and_then(|own| self.progress_of(&own.record, now)),
            matches: count(self.matches.all().filter(|(of, ..)| *of == item.id).count()),
            mode: item.draft.mode,
            audible_others: count(audible.count()),
            loan: self.loan_view(item),
            not_lent: self.may_offer(item, now).err(),
            mute: advert.is_none(),
            item: shown,
        }
    }

    fn trust_view(&self) -> TrustView {
        let engagements: Vec<EngagementView> = self
            .trust
            .engagements
            .iter()
            .map(|(deal, engagement)| EngagementView {
                deal: *deal,
                with: self.counterpart_of(deal),
                start: engagement.start,
                outcome: engagement.outcome.map(|(_, outcome)| outcome),
                week: engagement.week,
            })
            .collect();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let is_completed =
            |view: &&EngagementView| matches!(view.outcome, Some(OutcomeCode::Completed | OutcomeCode::CompletedLate));
        let firms: BTreeSet<_> = engagements.iter().filter(is_completed).filter_map(|view| view.with.clone()).collect();
        TrustView {
            entries: count(self.market.shelf.count(Kind::Log)),
            digest: self.market.shelf.root(Kind::Log),
            completed: count(engagements.iter().filter(is_completed).count()),
            firms: count(firms.len()),
            open: count(engagements.iter().filter(|view| view.outcome.is_none()).count()),
            engagements,
        }
    }

    fn people_views(&self) -> Vec<PersonView> {
        let view = |person: &crate::register::Person| PersonView {
            id: person.id.clone(),
            name: person.name.clone(),
            roles: person.roles().to_vec(),
            expires: person.certificate.body.expires,
        };
        self.register.people().map(view).collect()
    }

    fn counterpart_of(&self, deal: &protocol::id::DealId) -> Option<protocol::text::Name> {
        let identity = self.deals.deal(deal)?.identity.as_ref()?;
        Some(identity.membership.body.legal_name.clone())
    }

    /// Whether an item is on the offering side; used where a page must say who drafts the terms.
    pub(super) fn offers(&self, item: &ItemId) -> bool {
        self.profile.item(item).is_some_and(|item| item.draft.side == Side::Offer)
    }
}
