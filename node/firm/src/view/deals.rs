//! Views of approvals and deals: what is asked, who must act, who knows what.

use super::work::docket_of;
use super::{
    ApprovalState, ApprovalView, CounterpartView, DealState, DealView, Decider, EntryView, MilestoneView, Recipient,
    SplitView, Stays, TermsView, WaitView, Waiting, WhoActs,
};
use crate::Firm;
use crate::approvals::{Approval, Status, Subject};
use crate::deals::{Closed, Deal, Lack, Party, Way, lacks};
use crate::deputies::Acting;
use crate::matching::Report;
use crate::policy::{Asking, Rule, Target};
use crate::profile::Item;
use alloc::{collections::BTreeMap, vec::Vec};
use core::cmp::Reverse;
use protocol::dialogue::{Entry, Field, Step};
use protocol::facts::Side;
use protocol::id::ApprovalId;
use protocol::terms::Terms;
use protocol::time::UnixMs;
use protocol::vocabulary::Role;

/// Decided approvals that a list still shows.
const DECIDED_SHOWN_MAX: usize = 50;

impl Firm {
    pub(super) fn approval_views(&self, readers: &[Role], now: UnixMs) -> Vec<ApprovalView> {
        let mut waiting: Vec<&Approval> = self.approvals.waiting().collect();
        waiting.sort_by_key(|approval| approval.summary.asked);
        let over = self.approvals.all().filter(|approval| approval.status != Status::Waiting);
        let mut over: Vec<&Approval> = over.collect();
        over.sort_by_key(|approval| Reverse(approval.summary.asked));
        waiting
            .into_iter()
            .chain(over.into_iter().take(DECIDED_SHOWN_MAX))
            .map(|one| self.view_of(readers, one, now))
            .collect()
    }

    pub(super) fn approval_view(&self, readers: &[Role], id: &ApprovalId, now: UnixMs) -> Option<ApprovalView> {
        self.approvals.approval(id).map(|approval| self.view_of(readers, approval, now))
    }

    fn view_of(&self, readers: &[Role], approval: &Approval, now: UnixMs) -> ApprovalView {
        let summary = &approval.summary;
        let deal = summary.deal.and_then(|id| self.deals.deal(&id));
        let known = deal.is_some_and(|deal| deal.identity.is_some());
        let leaves = approval.subject.leaves().into_iter();
        let (mut loan, mut facts, mut terms, mut outcome, mut legal_name) = (None, None, None, None, None);
        let (mut expects, mut second, mut asks, mut replies) = (Vec::new(), false, Vec::new(), Vec::new());
        match &approval.subject {
            Subject::Lend { loan: lent, .. } => loan = Some(lent.clone()),
            Subject::Advertise(said) => facts = Some(said.clone()),
            Subject::Terms(proposed) => terms = Some(proposed.clone()),
            Subject::Docket(_) | Subject::Countersign(_) => {
                terms = deal.and_then(Deal::current_terms).map(|(terms, _)| terms.clone());
            }
            Subject::Act(act) => terms = deal.and_then(|deal| terms_of(deal, &act.terms)),
            Subject::Outcome(receipt) => outcome = Some(receipt.outcome),
            Subject::OptIn { draft, .. } => {
                legal_name = Some(draft.identity.membership.body.legal_name.clone());
                expects = draft.opt_in.expects.clone();
                second = draft.opt_in.turn.is_some();
            }
            Subject::Ask(ask) => asks = ask.0.iter().map(|code| self.question_view(code)).collect(),
            Subject::Reply(reply) => replies = self.replied_views(reply),
            Subject::Interest { .. } | Subject::Answer(_) | Subject::Consent(_) => {}
        }
        ApprovalView {
            id: approval.id,
            step: summary.step,
            item: Some(summary.item),
            title: Some(summary.title.clone()),
            side: self.profile.item(&summary.item).map(|item| item.draft.side),
            deal: summary.deal,
            to: match (&summary.to, deal.and_then(|deal| deal.identity.as_ref())) {
                (None, _) => Recipient::Everybody,
                (Some(_), Some(identity)) => Recipient::Firm(identity.membership.body.legal_name.clone()),
                (Some(callsign), None) => Recipient::Callsign(callsign.clone()),
            },
            leaves: leaves.map(EntryView::of).collect(),
            lends: loan.as_ref().and_then(|loan| self.register.person(&loan.person)).map(|person| person.name.clone()),
            loan,
            confirms: approval.subject.confirms().to_vec(),
            facts,
            exposure: summary.exposure,
            advice: self.advice_on(approval, now),
            findings: summary.findings.clone(),
            lacks: self.lacks_of(deal, terms.as_ref()),
            terms,
            docket: docket_of(&approval.subject, deal),
            countersigns: matches!(approval.subject, Subject::Countersign(_)),
            outcome,
            legal_name,
            expects,
            second,
            asks,
            replies,
            heard: deal.map(heard).unwrap_or_default(),
            stays: self.stays(approval, known),
            why: self.why(approval, deal, now),
            roles: approval.roles().to_vec(),
            people: summary.people,
            deciders: self.deciders(approval, now),
            agreed: approval.agreed.as_ref().map(|agreed| agreed.by.clone()),
            rule: summary.rule,
            policy_version: summary.policy_version,
            asked: summary.asked,
            lapses: summary.lapses,
            waits: self.waits(approval),
            declined: approval.why.as_ref().map(|why| why.seen_by(readers)),
            summary_hash: summary.hash(),
            bytes_hash: approval.subject.bytes_hash(),
            state: match &approval.status {
                Status::Waiting => ApprovalState::Waiting,
                Status::Approved(by, at) => ApprovalState::Approved { by: by.clone(), at: *at },
                Status::Declined(by, at) => ApprovalState::Declined { by: by.clone(), at: *at },
                Status::Ruled(ruled) => ApprovalState::Ruled(ruled.clone()),
                Status::Lapsed => ApprovalState::Lapsed,
                Status::Moot => ApprovalState::Moot,
            },
        }
    }

    /// Everybody who may decide a question now; nobody once it is closed.
    fn deciders(&self, approval: &Approval, now: UnixMs) -> Vec<Decider> {
        let item = self.profile.item(&approval.summary.item).filter(|_| approval.status == Status::Waiting);
        let Some(target) = item.map(Target::of) else { return Vec::new() };
        let may = |acting: &Acting| approval.may_be_decided(&self.policy, &target, &acting.person, now.day());
        let people = self.register.people().filter_map(|person| {
            let mut rights = self.acting(person.certificate.body.person, now).into_iter();
            rights.find(may).map(|acting| Decider { person: acting.person.id, for_whom: acting.for_whom })
        });
        people.collect()
    }

    fn waits(&self, approval: &Approval) -> WaitView {
        let reminded = approval.reminded.map(|reminded| reminded.at);
        let item = self.profile.item(&approval.summary.item).filter(|_| approval.status == Status::Waiting);
        let next = item.map(|item| approval.waits(&self.policy, &Target::of(item)));
        let (reminds, coming) = next.map_or((None, None), |next| (next.reminds, next.escalates));
        let coming = coming.map(|(at, to)| (at, to.to, to.because));
        let over = approval.escalated.as_ref().map(|over| (over.at, over.roles.clone(), over.because));
        WaitView { reminded, reminds: reminds.map(|(at, _)| at), escalated: over.is_some(), escalates: over.or(coming) }
    }

    fn why(&self, approval: &Approval, deal: Option<&Deal>, now: UnixMs) -> Option<Report> {
        match (&approval.subject, deal) {
            (Subject::Interest { advert, .. }, _) => {
                let item = self.profile.item(&approval.summary.item)?;
                Some(self.report(&self.said(item, None, now), *advert, self.market.advert(advert)?, now))
            }
            (_, Some(deal)) => Some(deal.report.clone()),
            _ => None,
        }
    }

    /// Private facts that are set and do not leave at this step.
    fn stays(&self, approval: &Approval, known: bool) -> Vec<Stays> {
        let Some(item) = self.profile.item(&approval.summary.item) else { return Vec::new() };
        let step = approval.summary.step;
        let names_leave = known || step == Step::OptIn;
        let candidates = [
            (Stays::Name, !names_leave),
            (Stays::Site, !names_leave),
            (Stays::Title, true),
            (Stays::Limit, item.draft.limit.is_some()),
            (Stays::Note, item.draft.note.is_some()),
            (Stays::ExactValues, step == Step::Advertise),
            (Stays::People, !names_leave),
            (Stays::OtherItems, self.profile.live().count() > 1),
        ];
        candidates.into_iter().filter(|(_, stays)| *stays).map(|(what, _)| what).collect()
    }

    pub(super) fn deal_views(&self, readers: &[Role], now: UnixMs) -> Vec<DealView> {
        let mut deals: Vec<&Deal> = self.deals.all().collect();
        deals.sort_by_key(|deal| Reverse(deal.touched));
        deals.into_iter().filter_map(|deal| self.deal_view(readers, deal, now)).collect()
    }

    /// `None` only for a deal about an item that the profile never held.
    pub(super) fn deal_view(&self, readers: &[Role], deal: &Deal, now: UnixMs) -> Option<DealView> {
        let item = self.profile.item(&deal.item)?;
        Some(DealView {
            id: deal.id,
            item: deal.item,
            title: item.draft.title.clone(),
            side: item.draft.side,
            position: deal.position,
            callsign: deal.their_callsign(),
            counterpart: self.counterpart_view(deal),
            reached: deal.reached(),
            state: match &deal.closed {
                Some(Closed { by_us, reason, note, .. }) => {
                    DealState::Closed { by_us: *by_us, reason: *reason, note: note.clone() }
                }
                None if deal.is_open() => DealState::Open,
                None => DealState::Completed,
            },
            waiting: self.waiting(deal, now),
            milestones: deal
                .milestones
                .iter()
                .map(|one| MilestoneView { step: one.step, ours: one.ours, at: one.at, by: one.by.clone() })
                .collect(),
            ruled: self
                .approvals
                .ruled()
                .find(|(asked, _)| asked.summary.deal == Some(deal.id))
                .map(|(_, ruled)| ruled.clone()),
            they_know: self.they_know(deal),
            talk: self.talk_view(deal),
            heard: heard(deal),
            why: Some(deal.report.clone()),
            terms: deal.current_terms().map(|(terms, ours)| self.terms_view(deal, terms, *ours)),
            split: self.split_view(readers, item, deal),
            work: self.work_view(deal, item.draft.side),
            starts: [deal.ours.start, deal.theirs.start],
            outcomes: [&deal.ours, &deal.theirs].map(|party| party.outcome.as_ref().map(|one| one.receipt.outcome)),
        })
    }

    fn split_view(&self, readers: &[Role], item: &Item, deal: &Deal) -> Option<SplitView> {
        let may = item.draft.side == Side::Offer && readers.iter().any(|role| Rule::SPLIT_READERS.contains(role));
        let split = self.policy.split(&Target::of(item)).filter(|_| may)?;
        let [expert, firm] = split.of(deal.current_terms()?.0.total)?;
        Some(SplitView { split, expert, firm })
    }

    fn counterpart_view(&self, deal: &Deal) -> Option<CounterpartView> {
        let identity = deal.identity.as_ref()?;
        let membership = &identity.membership.body;
        let founder = self.network().and_then(|(genesis, _)| genesis.founder(&membership.sponsor));
        Some(CounterpartView {
            firm: membership.firm,
            legal_name: membership.legal_name.clone(),
            vouched_by: founder.map(|founder| founder.name.clone()),
            contact: identity.contact.0.clone(),
        })
    }

    /// What left to this counterpart, by field, with the step at which it first did.
    fn they_know(&self, deal: &Deal) -> Vec<(Field, Step)> {
        let revealed = deal.ours.key.is_some();
        let mut known: BTreeMap<Field, Step> = BTreeMap::new();
        for chained in self.audit.rows() {
            let row = &chained.row;
            // A name that was approved is not known before the key has left.
            let told = row.deal == Some(deal.id) && (row.step != Step::OptIn || revealed);
            if told {
                known.entry(row.field).or_insert(if row.step == Step::OptIn { Step::Reveal } else { row.step });
            }
        }
        known.into_iter().collect()
    }

    /// Who must act for a deal to go on, since when, and until when.
    pub(crate) fn waiting(&self, deal: &Deal, now: UnixMs) -> Waiting {
        // The talk holds nothing up, and has a place of its own.
        let asked = self.approvals.of_deal(deal.id).find(|asked| asked.summary.step != Step::Talk);
        let (step, who) = if !deal.is_open() {
            (deal.reached(), WhoActs::Nobody)
        } else if let Some(asked) = asked {
            let approval = Some(asked.id);
            let step = asked.summary.step;
            let both = done(&deal.theirs, deal, step).is_some_and(|theirs| !theirs);
            (step, if both { WhoActs::Both { approval } } else { self.us(asked.summary.roles.clone(), approval) })
        } else {
            self.waits_without_question(deal)
        };
        Waiting {
            step,
            who,
            since: asked.map_or(deal.touched, |asked| asked.summary.asked),
            lapses: deal.lapses(),
            stale: deal.grows_stale().filter(|at| *at <= now),
            reminded: asked.map_or(deal.reminded.map(|(at, _)| at), |asked| asked.reminded.map(|told| told.at)),
            can_close: deal.is_open() && !deal.is_binding(),
        }
    }

    fn waits_without_question(&self, deal: &Deal) -> (Step, WhoActs) {
        let under_way = deal.outbox.iter().any(|out| out.way == Way::Due);
        let next = next_step(deal);
        let roles = || {
            let item = self.profile.item(&deal.item);
            item.map(|item| self.policy.who(&Target::of(item), next).roles).unwrap_or_default()
        };
        // What is incomplete here goes on with the next version, from either side; this one knows what it misses.
        let incomplete = next == Step::Sign && !self.lacks(deal).is_empty();
        let drafts_terms = next == Step::Terms && self.offers(&deal.item);
        let reports = next == Step::Outcome && deal.ours.outcome.is_none() && deal.theirs.outcome.is_none();
        let next = if incomplete && !under_way { Step::Terms } else { next };
        let who = if under_way || next == Step::Reveal {
            WhoActs::Network
        } else if drafts_terms || incomplete {
            self.us(Asking::Propose.roles().to_vec(), None)
        } else if reports {
            WhoActs::Both { approval: None }
        } else if done(&deal.ours, deal, next) == Some(false) {
            self.us(roles(), None)
        } else if next == Step::Start && deal.ours.start.is_some() && deal.theirs.start.is_some() {
            WhoActs::Network
        } else {
            WhoActs::Them
        };
        (next, who)
    }

    fn terms_view(&self, deal: &Deal, terms: &Terms, ours: bool) -> TermsView {
        let hash = terms.hash();
        let parties = [&deal.ours, &deal.theirs];
        TermsView {
            terms: terms.clone(),
            hash,
            ours,
            acknowledged: parties.map(|party| party.acknowledged == Some(hash)),
            signed: parties.map(|party| party.signed.as_ref().is_some_and(|act| act.act.terms == hash)),
            lacks: self.lacks(deal),
        }
    }

    /// What keeps the current terms of a deal from being signed here (`TRM-4`).
    pub(crate) fn lacks(&self, deal: &Deal) -> Vec<Lack> {
        self.lacks_of(Some(deal), deal.current_terms().map(|(terms, _)| terms))
    }

    /// Likewise for a version that is proposed, read or signed; nothing once something binds.
    fn lacks_of(&self, deal: Option<&Deal>, terms: Option<&Terms>) -> Vec<Lack> {
        let (Some(deal), Some(terms)) = (deal.filter(|deal| !deal.is_binding()), terms) else { return Vec::new() };
        lacks(deal, terms, self.knowledge.catalogue())
    }

    fn us(&self, roles: Vec<Role>, approval: Option<ApprovalId>) -> WhoActs {
        WhoActs::Us { roles, approval }
    }
}

/// The step that comes next. A deal may go on without a talk.
fn next_step(deal: &Deal) -> Step {
    let reached = deal.reached();
    Step::ALL.into_iter().find(|step| *step > reached && *step != Step::Talk).unwrap_or(Step::Outcome)
}

/// Whether a side has done its part of a step; `None` where a step has no such part.
fn done(party: &Party, deal: &Deal, step: Step) -> Option<bool> {
    let terms = deal.current_terms().map(|(terms, _)| terms.hash());
    match step {
        Step::Interest | Step::Answer => Some(party.brief.is_some()),
        Step::Viable => Some(party.viable),
        Step::OptIn => Some(party.opt_in.is_some()),
        Step::Acknowledge => Some(party.acknowledged == terms),
        Step::Sign => Some(party.signed.as_ref().map(|act| act.act.terms) == terms),
        Step::Start => Some(party.start.is_some()),
        Step::Outcome => Some(party.outcome.is_some()),
        Step::Confide
        | Step::OwnConsent
        | Step::Release
        | Step::Advertise
        | Step::Match
        | Step::Notice
        | Step::Talk
        | Step::Reveal
        | Step::Terms
        | Step::Work => None,
    }
}

fn terms_of(deal: &Deal, hash: &protocol::id::Hash) -> Option<Terms> {
    deal.terms.iter().map(|(terms, _)| terms).find(|terms| terms.hash() == *hash).cloned()
}

fn heard(deal: &Deal) -> Vec<Entry> {
    deal.theirs.brief.as_ref().map(|brief| brief.0.clone()).unwrap_or_default()
}
