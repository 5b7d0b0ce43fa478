//! Before something is said openly: what is proposed, how many firms could have said it, and who must be asked.

use super::{Firm, Note, Turn};
use crate::approvals::{self, Approval, Status, Subject};
use crate::availability::NotThere;
use crate::command::Refusal;
use crate::composer::{Coarsening, Exposure, Ground, compose, public_facts};
use crate::linter::{Finding, OwnWords, lint};
use crate::market;
use crate::policy::Target;
use crate::profile::{Item, ItemDraft, Mode};
use crate::record::Event;
use alloc::string::ToString;
use alloc::{boxed::Box, vec::Vec};
use machine::Peer;
use protocol::census::{SignedCensus, Tuple, check_census};
use protocol::dialogue::Step;
use protocol::facts::Facts;
use protocol::id::{ApprovalId, ItemId, SponsorKey};
use protocol::pass::Purpose;
use protocol::text::ShortText;
use protocol::time::{UnixMs, Week};

impl Turn<'_> {
    /// Asks whether to publish an item. An older question about it becomes moot.
    pub(super) fn ask_advert(&mut self, item: ItemId, leave_out: &[Coarsening]) -> Result<ApprovalId, Refusal> {
        let found = self.unsaid(item)?;
        let draft = self.publishable(found)?;
        let facts = if leave_out.is_empty() {
            self.composed(found, &draft)?
        } else {
            // What a person chose to leave out is left out of what the person saw, not of what the composer would say now.
            let mut seen = self.firm.openly(found, public_facts(&draft).ok_or(Refusal::Silent)?);
            let asked = self.firm.approvals.about_advert_of(item);
            if let Some(Subject::Advertise(asked)) = asked.map(|asked| &asked.subject).last() {
                (seen.weeks, seen.hours) = (asked.weeks, asked.hours);
            }
            leave_out.iter().fold(seen, |facts, step| step.of(&facts).unwrap_or(facts))
        };
        self.ask_anew(item, facts)
    }

    /// Asks whether to publish an offer with what its calendar has free: weeks and a band of hours, nothing finer (`AVL-5`).
    pub(super) fn ask_advert_by_calendar(&mut self, item: ItemId) -> Result<ApprovalId, Refusal> {
        let found = self.unsaid(item)?;
        let draft = self.publishable(found)?;
        let free = self.firm.availability.free(&item, draft.weeks, None, self.at()).ok_or(NotThere::NoTimetable)?;
        if free.freshness.is_stale() {
            return Err(NotThere::Stale.into());
        }
        let hours = draft.hours.min(free.all_minutes() / 60);
        let weeks = free.weeks().filter(|_| hours > 0).ok_or(NotThere::NothingFree)?;
        let facts = self.composed(found, &ItemDraft { weeks, hours, ..draft })?;
        self.ask_anew(item, facts)
    }

    /// An item that is not said openly yet.
    fn unsaid(&self, item: ItemId) -> Result<&Item, Refusal> {
        let found = self.firm.profile.item(&item).filter(|item| !item.withdrawn).ok_or(Refusal::NoSuchItem)?;
        if self.firm.market.adverts.contains_key(&item) {
            return Err(Refusal::NotNow { step: Step::Advertise });
        }
        self.firm.may_offer(found, self.at())?;
        Ok(found)
    }

    /// What may be said of an item, if the policy lets it be said openly at all.
    fn publishable(&self, found: &Item) -> Result<ItemDraft, Refusal> {
        let draft = self.firm.as_loud_as_allowed(found);
        if draft.mode == Mode::Silent && draft.mode != found.draft.mode {
            let because = self.firm.policy.loudness(&Target::of(found)).because;
            return Err(Refusal::NotAllowed { step: Step::Advertise, because });
        }
        Ok(draft)
    }

    fn composed(&self, found: &Item, draft: &ItemDraft) -> Result<Facts, Refusal> {
        let said = public_facts(draft).ok_or(Refusal::Silent)?;
        let composed = compose(draft, &self.firm.ground(&said, self.at())).ok_or(Refusal::Silent)?;
        Ok(self.firm.openly(found, composed))
    }

    fn ask_anew(&mut self, item: ItemId, facts: Facts) -> Result<ApprovalId, Refusal> {
        let open: Vec<ApprovalId> = self.firm.approvals.about_advert_of(item).map(|asked| asked.id).collect();
        let asked = self.ask(item, None, None, Step::Advertise, Subject::Advertise(facts))?;
        for approval in open {
            let ended = approvals::Event::Ended { approval, status: Status::Moot };
            self.record(Event::Approvals(ended));
        }
        Ok(asked)
    }

    /// Takes in what a sponsor counted: of one that admitted this firm, over its own connection, and not older than what is
    /// known (`KAN-3`). Questions whose answer it changes are asked anew.
    pub(super) fn counted(&mut self, from: &Peer, census: Box<SignedCensus>) {
        let Ok((genesis, network)) = self.network() else { return };
        let sponsor = census.body.sponsor;
        let admitted = self
            .firm
            .identity
            .joined
            .iter()
            .any(|joined| joined.sponsor_peer.0 == from.0 && joined.welcome.membership.body.sponsor == sponsor);
        if !admitted {
            return;
        }
        if let Err(why) = check_census(&census, &genesis, network) {
            return self.note(Note::Refused { from: from.clone(), why: why.to_string() });
        }
        let epoch = census.body.epoch;
        let held = &self.firm.market.censuses;
        let newest = held.keys().filter(|(of, _)| *of == sponsor).map(|(_, epoch)| *epoch).max();
        let outdated = newest.is_some_and(|newest| epoch < newest) || epoch > self.at().week().plus(1);
        if outdated || held.get(&(sponsor, epoch)) == Some(&*census) {
            return;
        }
        self.record(Event::Market(market::Event::Counted(census)));
        self.ask_again_where_it_matters();
    }

    fn ask_again_where_it_matters(&mut self) {
        let now = self.at();
        let changed = self.firm.approvals.waiting().filter_map(|asked| {
            let Subject::Advertise(facts) = &asked.subject else { return None };
            let exposure = self.firm.ground(facts, now).exposure(facts);
            let before = asked.summary.exposure.is_some_and(Exposure::needs_owner);
            (before != exposure.needs_owner()).then(|| (asked.summary.item, facts.clone()))
        });
        let changed: Vec<(ItemId, Facts)> = changed.collect();
        for (item, facts) in changed {
            // A policy that allows it no more leaves the old question, which then cannot be decided either.
            let _ = self.ask_anew(item, facts);
        }
    }

    /// Whether nothing has happened since the question that only an owner may decide (`CMP-4`).
    pub(super) fn still_in_a_crowd(&self, approval: &Approval, facts: &Facts) -> Result<(), Refusal> {
        let stands_out = self.firm.ground(facts, self.at()).exposure(facts).needs_owner();
        let said_so = approval.summary.exposure.is_some_and(Exposure::needs_owner);
        if stands_out && !said_so { Err(Refusal::StandsOut) } else { Ok(()) }
    }
}

impl Firm {
    /// What k of such facts is reckoned from: the census and the live adverts of the sponsor whose pass an advert would carry
    /// now (`KAN-5`).
    pub(crate) fn ground(&self, facts: &Facts, now: UnixMs) -> Ground<'_> {
        let Some((sponsor, epoch)) = self.vouching(now) else { return Ground::default() };
        let alike = |said: &Facts| (said.side, said.class, said.process) == (facts.side, facts.class, facts.process);
        let others = self.market.others().map(|(_, body)| body);
        let heard = others.filter(|body| body.pass.sponsor == sponsor && alike(&body.facts));
        Ground {
            census: self.market.censuses.get(&(sponsor, epoch)).map(|census| &census.body),
            heard: heard.map(|body| Tuple::of(&body.facts)).collect(),
        }
    }

    /// The sponsor and epoch of the pass that the next advert would carry.
    pub(crate) fn vouching(&self, now: UnixMs) -> Option<(SponsorKey, Week)> {
        let at_hand = self.market.wallet.at_hand(Purpose::Advert, now).map(|(_, pass)| (pass.sponsor, pass.epoch));
        let newest = || self.identity.joined.last().map(|joined| (joined.welcome.membership.body.sponsor, now.week()));
        at_hand.or_else(newest)
    }

    /// What in a text may give this firm away.
    pub(crate) fn findings(&self, text: &ShortText) -> Vec<Finding> {
        let founding = self.identity.founding.as_ref();
        let card = founding.map(|founding| &founding.contact);
        let people = self.register.people().map(|person| person.name.as_str());
        let people: Vec<&str> = people.chain(card.map(|card| card.person.as_str())).collect();
        let never_said: Vec<&str> = self.policy.policy().never_said.iter().map(ShortText::as_str).collect();
        let own = OwnWords {
            legal_name: founding.map_or("", |founding| founding.legal_name.as_str()),
            street: card.map_or("", |card| card.street.as_str()),
            people: &people,
            never_said: &never_said,
        };
        lint(text.as_str(), own)
    }

    /// Whether a text may be told to somebody who does not know the firm (`LNT-1`).
    pub(crate) fn fit_to_tell(&self, text: Option<&ShortText>) -> Result<(), Refusal> {
        let found = text.map(|text| self.findings(text)).unwrap_or_default();
        match found.into_iter().find(|finding| finding.kind.is_refused()) {
            Some(Finding { kind, words, .. }) => Err(Refusal::Tells { kind, words }),
            None => Ok(()),
        }
    }
}
