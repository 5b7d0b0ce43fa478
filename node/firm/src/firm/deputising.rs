//! Deputies: naming and ending them, and in whose right a decision counts (`DEP-1` to `DEP-4`).

use super::{Firm, Turn};
use crate::approvals::{self, Approval, Subject, is_last, judge, still_allowed};
use crate::command::{Answer, Asker, BadDecisionRefusal, Command, Refusal};
use crate::deputies::{self, Acting, Delegation, Handover, Word, acting};
use crate::lending::Say;
use crate::policy::Target;
use crate::profile::Item;
use crate::record::Event;
use crate::register::PersonId;
use alloc::{boxed::Box, vec::Vec};
use ed25519_dalek::SigningKey;
use protocol::decision::{Decision, Verdict};
use protocol::id::PersonKey;
use protocol::time::UnixMs;
use protocol::vocabulary::Role;

/// A decision that counts.
pub(super) struct Weighed {
    /// On what.
    pub(super) approval: Approval,
    /// Who decided, and in whose right.
    pub(super) acting: Acting,
    /// Yes or no.
    pub(super) verdict: Verdict,
    /// Whether it is the last yes that is needed.
    pub(super) is_last: bool,
}

impl Firm {
    /// In whose rights whoever has this key decides now, their own first; empty for somebody who is not in the register.
    pub(crate) fn acting(&self, key: PersonKey, now: UnixMs) -> Vec<Acting> {
        let law = (&self.deputies, &self.register);
        let person = self.register.by_key(key);
        person.map(|person| acting(law, (person, &self.operating_key()), now)).unwrap_or_default()
    }

    /// What names a deputy, under the signature of whoever is away; `None` before the firm is founded and for strangers.
    pub fn hand_over(&self, by: &PersonId, handover: Handover, key: &SigningKey) -> Option<Command> {
        let (founding, entry) = (self.identity.founding.as_ref()?, self.register.person(by)?);
        let Handover { to, roles, scope, limit, span } = handover;
        let roles = if roles.is_empty() { entry.roles().to_vec() } else { roles };
        let (number, by, key_of) = (self.deputies.next(), by.clone(), PersonKey::of(key));
        let delegation = Delegation { number, by, key: key_of, to, roles, scope, limit, span };
        let word = Word::sign(founding.firm, &delegation, key);
        Some(Command::Deputise { delegation: Box::new(delegation), word })
    }

    /// Whether somebody was a deputy who might have decided this, and is not any more.
    fn was_deputy(&self, key: PersonKey, roles: &[Role], now: UnixMs) -> bool {
        let Some(person) = self.register.by_key(key) else { return false };
        self.deputies.all().any(|(delegation, ended)| {
            let over = ended.is_some() || delegation.span.until <= now;
            over && delegation.to == person.id && delegation.roles.iter().any(|role| roles.contains(role))
        })
    }
}

impl Turn<'_> {
    /// Judges a decision in each right in which whoever made it may decide; the first in which it counts is taken.
    pub(super) fn weigh(&self, decision: &Decision, item: &Item, approval: &Approval) -> Result<Weighed, Refusal> {
        let now = self.at();
        let all = self.firm.acting(decision.person, now);
        let mut refused = Refusal::NoSuchPerson;
        for (at, acting) in all.into_iter().enumerate() {
            match self.weigh_as(&acting, decision, (item, approval)) {
                Ok((verdict, is_last)) => return Ok(Weighed { approval: approval.clone(), acting, verdict, is_last }),
                // Why it does not count in somebody else's right is only told if it does not for that alone.
                Err(why) if at == 0 || is_not_entitled(&refused) => refused = why,
                Err(_) => {}
            }
        }
        let over = is_not_entitled(&refused) && self.firm.was_deputy(decision.person, approval.roles(), now);
        Err(if over { Refusal::DeputyOver } else { refused })
    }

    fn weigh_as(
        &self,
        acting: &Acting,
        decision: &Decision,
        (item, approval): (&Item, &Approval),
    ) -> Result<(Verdict, bool), Refusal> {
        let (now, target) = (self.at(), Target::of(item));
        let (_, network) = self.network()?;
        let firm = self.firm.operating();
        let judged = judge(approval, (network, firm), decision, &acting.person, now)?;
        still_allowed(&self.firm.policy, approval, &acting.person, &target)?;
        // Nobody releases themselves by a deputy either (`LND-3`).
        if let Subject::Lend { say: Say::Employer, loan } = &approval.subject
            && acting.for_whom.as_ref() == Some(&loan.person)
        {
            return Err(Refusal::OwnRelease);
        }
        let first = approval.agreed.as_ref().and_then(|agreed| {
            let all = self.firm.acting(agreed.decision.person, now);
            all.into_iter().find(|first| first.for_whom == agreed.for_whom)
        });
        let is_last = match judged.verdict {
            Verdict::Approve => is_last(&self.firm.policy, &judged, (acting, &target), first.as_ref(), now)?,
            Verdict::Decline => true,
        };
        Ok((judged.verdict, is_last))
    }

    /// Names a deputy.
    pub(super) fn deputise(&mut self, delegation: Delegation, word: Word) -> Result<Answer, Refusal> {
        let firm = self.firm.identity.founding.as_ref().ok_or(Refusal::NotFounded)?.firm;
        let law = (&self.firm.deputies, &self.firm.register);
        let event = deputies::name(law, firm, (delegation, word), self.at())?;
        self.record(Event::Deputies(event));
        Ok(Answer::Done)
    }

    /// Ends it before its time: whoever named, the deputy, or an owner.
    pub(super) fn end_deputy(&mut self, number: u32, by: &Asker) -> Result<Answer, Refusal> {
        let (delegation, ended) = self.firm.deputies.of(number).ok_or(Refusal::NoSuchDeputy)?;
        let may = match by {
            Asker::Operator => true,
            Asker::Person(id) => {
                let is_owner = |id| self.firm.register.person(id).is_some_and(|one| one.roles().contains(&Role::Owner));
                *id == delegation.by || *id == delegation.to || is_owner(id)
            }
        };
        if !may {
            return Err(Refusal::NotYourDeputy(delegation.by.clone()));
        }
        if ended.is_some() || delegation.span.until <= self.at() {
            return Err(Refusal::AsItIs);
        }
        let by = if let Asker::Person(id) = by { Some(id.clone()) } else { None };
        let at = self.at();
        self.record(Event::Deputies(deputies::Event::Ended { number, by, at }));
        Ok(Answer::Done)
    }

    /// Keeps the first of two yeses.
    pub(super) fn keep_first(&mut self, weighed: &Weighed, decision: &Decision) {
        let agreed = approvals::Agreed {
            by: weighed.acting.person.id.clone(),
            for_whom: weighed.acting.for_whom.clone(),
            at: self.at(),
            decision: decision.clone(),
        };
        let agreed = Box::new(agreed);
        self.record(Event::Approvals(approvals::Event::Agreed { approval: weighed.approval.id, agreed }));
        self.ask_human(weighed.approval.id);
    }
}

fn is_not_entitled(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::Decision(BadDecisionRefusal::NotEntitled))
}
