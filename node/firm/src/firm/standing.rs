//! Answers that need no person, because an owner signed beforehand that they do not (`APR-8`). The only place where something becomes a
//! [`StandingAnswer`].

use super::{Firm, Turn};
use crate::approvals::{self, Approval, Ruled, Subject};
use crate::matching::Band;
use crate::policy::{Rulebook, STANDING_MS, StandingRule, Target};
use crate::profile::Item;
use crate::record::Event;
use crate::register::Person;
use protocol::dialogue::Payload;
use protocol::firm_id::About;
use protocol::id::{ApprovalId, DealId};
use protocol::standing::{SignedRules, StandingAnswer};
use protocol::time::UnixMs;
use protocol::vocabulary::Role;

/// An answer, in which deal, under whose rule.
struct Answering {
    approval: Approval,
    deal: DealId,
    answer: StandingAnswer,
    ruled: Ruled,
}

impl Firm {
    /// The standing rule that answers what fits an item so well now, as far as the policy goes.
    pub(crate) fn stands(&self, (item, policy): (&Item, &Rulebook), fit: Band, now: UnixMs) -> Option<StandingRule> {
        let rule = policy.standing(&Target::of(item))?;
        let counts = rule.answers(fit, self.answered_by_rules(&rule, now), now.day()) && self.is_word(policy, now);
        counts.then_some(rule)
    }

    /// Whether the policy is an owner's word; another one than that in force would need one to come into force (`POL-5`).
    pub(crate) fn is_word(&self, policy: &Rulebook, now: UnixMs) -> bool {
        policy.hash() != self.policy.hash() || self.lawgiver(now).is_some()
    }

    /// How many answers standing rules gave in the last seven days about what this one is about. Which rule of which version gave them
    /// does not matter, so that a new version gives no more.
    pub(crate) fn answered_by_rules(&self, rule: &StandingRule, now: UnixMs) -> usize {
        let is_about = |asked: &Approval| {
            let item = self.profile.item(&asked.summary.item);
            item.is_some_and(|item| Target::of(item).scopes().contains(&rule.scope))
        };
        let lately = self.approvals.ruled().filter(|(_, ruled)| ruled.at.plus(STANDING_MS) > now);
        lately.filter(|(asked, _)| is_about(asked)).count()
    }

    /// The owner who signed the policy in force, while still one.
    fn lawgiver(&self, now: UnixMs) -> Option<&Person> {
        let word = self.policy.policy().word.as_ref()?;
        self.register.by_key(word.by).filter(|by| by.acts_on(now.day()) && by.roles().contains(&Role::Owner))
    }
}

impl Turn<'_> {
    /// Answers a question that was just asked, if a standing rule does. Otherwise it waits for a person.
    pub(super) fn answer_by_rule(&mut self, id: ApprovalId) -> bool {
        let Some(Answering { approval, deal, answer, ruled }) = self.answering(id) else { return false };
        if self.say(deal, &Payload::answer_under_rule(&answer), false, None).is_err() {
            return false;
        }
        self.record(Event::Approvals(approvals::Event::Ruled { approval: id, ruled: ruled.clone() }));
        self.write_audit(&approval, &ruled.by, (None, ruled.because.rule));
        self.advance(deal);
        self.carry();
        true
    }

    fn answering(&self, id: ApprovalId) -> Option<Answering> {
        let (firm, now) = (&*self.firm, self.at());
        let approval = firm.approvals.approval(&id)?;
        let (Subject::Answer(brief), Some(deal)) = (&approval.subject, approval.summary.deal) else { return None };
        let item = firm.profile.item(&approval.summary.item).filter(|_| approval.summary.findings.is_empty())?;
        firm.policy.standing(&Target::of(item))?;
        self.speaks().ok()?;
        let known = self.deal(deal).ok()?;
        let own = firm.market.adverts.values().find(|own| own.record == known.advert)?;
        // Judged now: first words may have waited, and calendar, bounds or classes have changed since.
        let report = self.worth_a_person(own, known.theirs.brief.as_ref()?)?;
        let rule = firm.stands((item, &firm.policy), report.band, now)?;
        let (by, policy) = (firm.lawgiver(now)?, firm.policy.policy());
        let word = policy.word.as_ref()?;
        let rules = SignedRules {
            said: word.said(firm.identity.founding.as_ref()?.firm, policy),
            signature: &word.signature,
            certificate: &by.certificate,
            firm: firm.operating(),
            about: About { class: Some(approval.summary.class), amount: None },
        };
        let answer = StandingAnswer::under(brief.clone(), &rules, now).ok()?;
        let ruled = Ruled { because: rule.because, by: by.id.clone(), at: now };
        Some(Answering { approval: approval.clone(), deal, answer, ruled })
    }
}
