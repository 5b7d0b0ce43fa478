//! What a person decided. The only place where something becomes [`Released`]; what a standing rule answers is in `standing`.

use super::Turn;
use super::deputising::Weighed;
use crate::approvals::{self, Approval, Leaf, Status, Subject, refusal, still_told};
use crate::audit;
use crate::command::{Answer, Refusal};
use crate::deals::{self, Opening, first_sealed};
use crate::market;
use crate::policy::Target;
use crate::profile::BadItem;
use crate::record::Event;
use crate::register::{Person, PersonId};
use crate::trust::{self, Draw};
use alloc::{string::ToString, vec::Vec};
use ed25519_dalek::SigningKey;
use protocol::check::{Kept, Record, own};
use protocol::decision::{Decision, Released, Verdict};
use protocol::dialogue::{Brief, CloseReason, Consent, Payload, Step, deal_id, prologue};
use protocol::envelope::{Envelope, EnvelopeBody};
use protocol::facts::Facts;
use protocol::id::{Blob, DealId, Hash, HolderKey, ItemId, RecordId};
use protocol::noise::{ContactSecret, Sequence, TagKey};
use protocol::pass::Purpose;
use protocol::terms::Act;

impl Turn<'_> {
    /// Takes in a decision: judged first, then carried out, then recorded as taken. A refusal leaves the question open.
    pub(super) fn decide(&mut self, decision: &Decision) -> Result<Answer, Refusal> {
        self.network()?;
        let now = self.at();
        let asked = self.firm.approvals.approval(&decision.signed.body.approval).ok_or(Refusal::NoSuchApproval)?;
        let item = self.firm.profile.item(&asked.summary.item).ok_or(Refusal::NoSuchItem)?;
        let weighed = self.weigh(decision, item, asked)?;
        if weighed.verdict == Verdict::Approve {
            self.still_lent(asked, item)?;
            still_told(&self.firm.policy, asked, &Target::of(item))?;
            if !weighed.is_last {
                self.keep_first(&weighed, decision);
                return Ok(Answer::NeedsPerson(weighed.approval.id));
            }
        }
        let Weighed { approval, acting, verdict, .. } = weighed;
        let person = acting.person;
        let status = match verdict {
            Verdict::Approve => {
                self.speaks()?;
                self.carry_out(&approval, &person, decision)?;
                Status::Approved(person.id.clone(), now)
            }
            Verdict::Decline => Status::Declined(person.id.clone(), now),
        };
        let decided = approvals::Event::Decided { approval: approval.id, status, decision: decision.clone() };
        self.record(Event::Approvals(decided));
        if verdict == Verdict::Approve {
            self.write_audit(&approval, &person.id, (acting.for_whom.as_ref(), None));
        } else if let Some(deal) = approval.summary.deal {
            self.declined(deal, &approval);
        }
        if let Some(deal) = approval.summary.deal {
            self.advance(deal);
        }
        if approval.summary.step.lends() {
            self.lent(approval.summary.item);
        }
        self.carry();
        Ok(Answer::Decided)
    }

    fn carry_out(&mut self, approval: &Approval, person: &Person, decision: &Decision) -> Result<(), Refusal> {
        let let_go = LetGo { approval, person, decision };
        match (&approval.subject, approval.summary.deal) {
            (Subject::Lend { say, loan }, _) => self.give(approval, *say, loan, person),
            (Subject::Advertise(facts), _) => {
                self.still_in_a_crowd(approval, facts)?;
                let facts = self.release(facts.clone(), &let_go)?;
                self.advertise(approval.summary.item, &facts)
            }
            (Subject::Interest { advert, brief }, _) => {
                let brief = self.release(brief.clone(), &let_go)?;
                self.write_first(approval.summary.item, *advert, &brief, person)
            }
            (_, None) => Err(Refusal::NoSuchDeal),
            (Subject::Answer(brief), Some(deal)) => {
                let payload = Payload::answer(&self.release(brief.clone(), &let_go)?);
                self.say(deal, &payload, false, Some(person))
            }
            (Subject::Ask(ask), Some(deal)) => {
                let payload = Payload::ask(&self.release(ask.clone(), &let_go)?);
                self.say(deal, &payload, false, Some(person))
            }
            (Subject::Reply(reply), Some(deal)) => {
                let payload = Payload::reply(&self.release(reply.clone(), &let_go)?);
                self.say(deal, &payload, false, Some(person))
            }
            (Subject::Consent(consent), Some(deal)) => {
                let released = self.release(consent.clone(), &let_go)?;
                self.consent(deal, &released, person)
            }
            (Subject::OptIn { draft, key }, Some(deal)) => {
                let released = self.release((**draft).clone(), &let_go)?;
                let pseudonym = self.pseudonym(deal)?;
                let locked = Payload::locked(&released, key).ok_or(Refusal::TooLong)?;
                self.say(deal, &Payload::opt_in(&released, &pseudonym), false, Some(person))?;
                let dispute = self.seed("dispute");
                let (keys, peer) = (draft.identity.keys.clone(), draft.identity.peer.clone());
                self.record(Event::Deals(deals::Event::Locked { deal, key: key.clone(), dispute, keys, peer }));
                locked.iter().try_for_each(|part| self.say(deal, part, true, Some(person)))?;
                // Who has consented to exchange names asks and answers no more.
                self.end_questions(deal, |step| step == Step::Talk);
                Ok(())
            }
            (Subject::Terms(terms), Some(deal)) => {
                self.within_price(terms)?;
                let payload = Payload::terms(&self.release(terms.clone(), &let_go)?);
                self.say(deal, &payload, false, Some(person))?;
                self.hold_for_terms(deal);
                Ok(())
            }
            (Subject::Act(act), Some(deal)) => {
                let booked = if act.act == Act::Sign { self.may_sign(deal)? } else { Vec::new() };
                let released = self.release(act.clone(), &let_go)?;
                let payload = Payload::act(&released, decision.clone(), person.certificate.clone());
                self.say(deal, &payload, false, Some(person))?;
                booked.into_iter().for_each(|event| self.record(Event::Availability(event)));
                Ok(())
            }
            (Subject::Docket(docket), Some(deal)) => {
                self.can_be_so(deal, &docket.work, &[])?;
                let payload = Payload::docket(
                    &self.release(docket.clone(), &let_go)?,
                    decision.clone(),
                    person.certificate.clone(),
                );
                self.say(deal, &payload, false, Some(person))
            }
            (Subject::Countersign(said), Some(deal)) => {
                let released = self.release(said.clone(), &let_go)?;
                let payload = Payload::countersign(&released, decision.clone(), person.certificate.clone());
                self.say(deal, &payload, false, Some(person))
            }
            (Subject::Outcome(receipt), Some(deal)) => {
                let released = self.release(receipt.clone(), &let_go)?;
                let payload = Payload::outcome(&released, decision.clone(), person.certificate.clone());
                self.say(deal, &payload, false, Some(person))
            }
        }
    }

    /// The disclosure gate: policy was asked, the decision was judged, and now the very bytes are compared (`DEC-2`).
    fn release<T: protocol::wire::Encode>(&self, value: T, let_go: &LetGo<'_>) -> Result<Released<T>, Refusal> {
        let (_, network) = self.network()?;
        let question = let_go.approval.question(network, self.firm.operating());
        Released::by(value, let_go.decision, &question, &let_go.person.certificate, self.at()).map_err(refusal)
    }

    fn advertise(&mut self, item: ItemId, facts: &Released<Facts>) -> Result<(), Refusal> {
        let (_, network) = self.network()?;
        let now = self.at();
        // It may have been asked in the last week of its window, and decided after it.
        if facts.value().weeks.last < now.week() {
            return Err(BadItem::Weeks.into());
        }
        let contact = ContactSecret(self.seed("contact").0);
        let (holder, pass) = self.at_hand(Purpose::Advert)?;
        let publication = market::advertise(network, item, facts, &holder, &pass, contact, now);
        let publication = publication.ok_or(Refusal::TooLong)?;
        publication.events.into_iter().for_each(|event| self.record(Event::Market(event)));
        self.let_out(&publication.record);
        self.refill();
        Ok(())
    }

    /// First words: the envelope's key is this side's pseudonym, so envelope and message are made together.
    fn write_first(
        &mut self,
        item: ItemId,
        advert: RecordId,
        brief: &Released<Brief>,
        person: &Person,
    ) -> Result<(), Refusal> {
        let (_, network) = self.network()?;
        let at = self.at();
        let body = self.firm.market.advert(&advert).cloned().ok_or(Refusal::NoSuchMatch)?;
        self.firm.matches.of(item, advert).ok_or(Refusal::NoSuchMatch)?;
        let ours = self.firm.said(self.firm.profile.item(&item).ok_or(Refusal::NoSuchItem)?, None, at);
        let report = self.firm.report(&ours, advert, &body, at);
        let (holder, pass) = self.at_hand(Purpose::Contact)?;
        let initiator = holder.key();
        let responder = body.pseudonym();
        let deal = deal_id(&initiator);
        let tag_key = TagKey(self.seed("tag key").0);
        let payload = Payload::interest(brief, advert, tag_key.clone());
        let prologue = prologue(network, responder, initiator);
        let seed = self.seed("handshake");
        let (sealed, plaintext) =
            first_sealed(&seed, &body.contact, &prologue, &payload).map_err(|_| Refusal::TooLong)?;
        let envelope = EnvelopeBody {
            network,
            pass,
            ephemeral: sealed.ephemeral,
            tag: sealed.tag.0,
            ciphertext: sealed.ciphertext.clone(),
        };
        let record = own(Record::Envelope(Envelope::new(envelope, &holder.signer()))).ok_or(Refusal::TooLong)?;
        let opening = Opening::Written {
            seed,
            contact: body.contact,
            prologue: Blob(prologue),
            plaintext,
            tag_key,
            pseudonym: holder.seed.clone(),
        };
        self.record(Event::Deals(deals::Event::Opened {
            deal,
            item,
            advert,
            initiator,
            responder,
            report,
            opening,
            at,
        }));
        self.record(Event::Deals(deals::Event::Said {
            deal,
            plaintext: Blob(payload.bytes().to_vec()),
            sealed,
            answer_seed: None,
            held: false,
            by: Some(person.id.clone()),
            at,
        }));
        self.enveloped(deal, Sequence::HANDSHAKE, &record);
        self.refill();
        Ok(())
    }

    /// Consent to a step that has no document of its own: viable, start.
    fn consent(&mut self, deal: DealId, consent: &Released<Consent>, person: &Person) -> Result<(), Refusal> {
        if consent.value().step == Step::Viable {
            return self.say(deal, &Payload::viable(consent), false, Some(person));
        }
        let (_, network) = self.network()?;
        let now = self.at();
        let current = self.deal(deal)?;
        let not_now = Refusal::NotNow { step: Step::Start };
        let terms = current.current_terms().ok_or(not_now.clone())?.0.hash();
        let dispute = current.theirs.key.as_ref().ok_or(not_now)?.dispute;
        let no_pass = || Refusal::NoPass("log".to_string());
        let position = self.firm.trust.next.clone().ok_or_else(no_pass)?;
        let key = HolderKey::of(&SigningKey::from_bytes(&position.0));
        let pass = self.firm.market.wallet.of(&key, now).map(|(_, pass)| pass.clone()).ok_or_else(no_pass)?;
        let draw = Draw {
            receipt_salt: Hash(self.seed("receipt salt").0),
            next_salt: Hash(self.seed("next salt").0),
            next: trust::position_after(&self.firm.keys.master, &position),
        };
        let (record, started) =
            trust::start(network, deal, &terms, (&position, &pass), dispute, draw, now).ok_or(Refusal::TooLong)?;
        self.say(deal, &Payload::started(consent, record.id()), false, Some(person))?;
        let placed = market::Event::Placed { record: Kept(record.clone()), at: now, spent: Some(key), own: true };
        self.record(Event::Market(placed));
        self.record(Event::Trust(started));
        self.let_out(&record);
        self.refill();
        Ok(())
    }

    /// A no. Before the first answer it looks like silence from outside; later the other side is told that it is over.
    fn declined(&mut self, deal: DealId, approval: &Approval) {
        match approval.summary.step {
            Step::Work => self.contest(approval),
            // Questions and terms were ours to say, the start and the outcome are owed: a no leaves the deal where it is.
            Step::Talk | Step::Terms | Step::Start | Step::Outcome => {}
            _ => self.close(deal, CloseReason::Declined, None),
        }
    }

    /// A row for each field that left: by whom, as whose deputy or under which standing rule.
    pub(super) fn write_audit(
        &mut self,
        approval: &Approval,
        by: &PersonId,
        (for_whom, standing): (Option<&PersonId>, Option<u32>),
    ) {
        let at = self.at();
        let summary = &approval.summary;
        let packs = Some(self.firm.knowledge.sha256());
        let row = |leaf: Leaf| audit::Row {
            at,
            step: summary.step,
            deal: summary.deal.or_else(|| self.deal_of(approval)),
            field: leaf.field,
            question: leaf.question,
            bytes: leaf.bytes,
            approval: approval.id,
            by: by.clone(),
            for_whom: for_whom.cloned(),
            standing,
            rule: summary.rule,
            policy_version: summary.policy_version,
            told_by: summary.told.iter().find(|told| told.field == leaf.field).and_then(|told| told.because.rule),
            policy: summary.policy,
            packs,
        };
        let rows = approval.subject.leaves().into_iter().map(row).collect();
        self.record(Event::Audit(audit::Event::Left(rows)));
    }

    /// The deal that an approval of first words opened.
    fn deal_of(&self, approval: &Approval) -> Option<DealId> {
        let Subject::Interest { advert, .. } = &approval.subject else { return None };
        let opened = self.firm.deals.all().find(|deal| deal.item == approval.summary.item && deal.advert == *advert);
        opened.map(|deal| deal.id)
    }

    fn at_hand(&self, purpose: Purpose) -> Result<(market::Holder, protocol::pass::Pass), Refusal> {
        let found = self.firm.market.wallet.at_hand(purpose, self.at()).filter(|_| !self.is_kept(purpose));
        let name = if purpose == Purpose::Advert { "advert" } else { "contact" };
        let none = || {
            if self.firm.is_used_up(purpose, self.at()) { Refusal::UsedUp } else { Refusal::NoPass(name.to_string()) }
        };
        found.map(|(holder, pass)| (holder.clone(), pass.clone())).ok_or_else(none)
    }

    fn pseudonym(&self, deal: DealId) -> Result<SigningKey, Refusal> {
        let (Opening::Written { pseudonym, .. } | Opening::Heard { pseudonym, .. }) = &self.deal(deal)?.opening;
        Ok(SigningKey::from_bytes(&pseudonym.0))
    }
}

/// Everything that lets a value go.
struct LetGo<'a> {
    approval: &'a Approval,
    person: &'a Person,
    decision: &'a Decision,
}
