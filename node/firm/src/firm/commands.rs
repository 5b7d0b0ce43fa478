//! What people and programs ask. Nothing here approves, reveals or signs; what may be asked at all depends on who asks.

use super::Turn;
use crate::approvals::{self, Matter, Subject};
use crate::command::{Answer, Asked, Asker, BadTermsRefusal, Command, Refusal};
use crate::deals::{Deal, admissible};
use crate::limits::GUARDS_MAX;
use crate::policy::Target;
use crate::record::Event;
use crate::{identity, knowledge, profile, register, relaying};
use protocol::dialogue::{CloseReason, Message, Receipt, Step};
use protocol::firm_id::FirstPosition;
use protocol::id::{ApprovalId, DealId, ItemId, RecordId};
use protocol::limits::MESSAGE_BYTES_MAX;
use protocol::money::Money;
use protocol::terms::{Act, BadTerms, Terms, sum};
use protocol::wire::encode;

impl Turn<'_> {
    pub(super) fn asked(&mut self, asked: Asked) -> Result<Answer, Refusal> {
        self.may_ask(&asked)?;
        match asked.command {
            Command::TakeBack(item) => self.take_back(item, asked.by),
            Command::Recall(item) => self.recall(item, asked.by),
            Command::EndDeputy(number) => self.end_deputy(number, &asked.by),
            Command::Bill(draft) => self.bill(*draft, asked.by),
            Command::CancelInvoice(serial) => self.cancel_invoice(serial, asked.by),
            Command::Explain { approval, why } => {
                let by = if let Asker::Person(by) = &asked.by { Some(by) } else { None };
                let event = approvals::explain(&self.firm.approvals, approval, why, by)?;
                self.record(Event::Approvals(event));
                Ok(Answer::Done)
            }
            command => self.command(command),
        }
    }

    /// The default is no (`POL-4`).
    fn may_ask(&self, asked: &Asked) -> Result<(), Refusal> {
        let Asker::Person(id) = &asked.by else { return Ok(()) };
        let person = self.firm.register.person(id).ok_or(Refusal::NoSuchPerson)?;
        if !person.acts_on(self.at().day()) {
            return Err(Refusal::NoLongerEnrolled);
        }
        let asking = asked.command.asking(&self.firm.register);
        let roles = asking.roles();
        if person.roles().iter().any(|role| roles.contains(role)) {
            Ok(())
        } else {
            Err(Refusal::NotYours { asking, roles: roles.to_vec() })
        }
    }

    fn command(&mut self, command: Command) -> Result<Answer, Refusal> {
        match command {
            Command::Found { inception, legal_name, contact } => {
                let own = (self.firm.operating(), &FirstPosition::draw(&self.firm.keys.master));
                let told = (legal_name, contact);
                let event = identity::found(&self.firm.identity, own, inception, told, self.at())?;
                self.record(Event::Identity(event));
            }
            Command::Recover { log, legal_name, contact } => {
                let (own, told) = (self.firm.operating(), (legal_name, contact));
                self.record(Event::Identity(identity::recover(&self.firm.identity, own, log, told, self.at())?));
            }
            Command::Join { welcome, sponsor_peer } => {
                self.record(Event::Identity(identity::join(&self.firm.identity, welcome, sponsor_peer, self.at())?));
                self.refill();
            }
            Command::ListenAt { peer, addresses } => {
                let identity = &self.firm.identity;
                if identity.peer != peer || identity.addresses != addresses {
                    self.record(Event::Identity(identity::Event::Listening { peer, addresses }));
                    self.refill();
                }
            }
            Command::Enrol { entrant, vouch } => {
                let firm = self.firm.identity.founding.as_ref().ok_or(Refusal::NotFounded)?.firm;
                self.speaks()?;
                let (by, today) = ((firm, &self.firm.operating_key()), self.at().day());
                let event = register::enrol(&self.firm.register, by, (entrant, vouch), today)?;
                self.record(Event::Register(event));
                self.offer_what_is_lent();
            }
            Command::RevokePerson(id) => {
                let key = self.firm.register.person(&id).ok_or(Refusal::NoSuchPerson)?.certificate.body.person;
                self.record(Event::Register(register::Event::Revoked(key)));
                self.keys_changed();
                self.offer_what_is_lent();
            }
            Command::PrepareKey => {
                if self.firm.identity.founding.is_none() {
                    return Err(Refusal::NotFounded);
                }
                let seed = self.seed("operating");
                self.record(Event::Identity(identity::Event::Prepared { seed }));
            }
            Command::ChangeKeys(events) => return self.change_keys(events),
            Command::KeepSheet => {
                self.record(Event::Identity(identity::keep_sheet(&self.firm.identity, self.at())?));
            }
            Command::RotateTransport => return self.rotate_transport(),
            Command::Leave(choice) => {
                if choice.guards.len() > GUARDS_MAX {
                    return Err(Refusal::TooManyGuards);
                }
                self.choose_way(choice);
            }
            Command::Relay { serve } => {
                if self.firm.relaying.declined == serve {
                    self.record(Event::Relaying(relaying::Event::Chosen { serve }));
                    self.refill();
                }
            }
            Command::Govern(proposed) => self.govern(*proposed)?,
            Command::AddPack(files) => {
                let event = knowledge::add(&self.firm.knowledge, files, self.at())?;
                self.record(Event::Knowledge(event));
                self.read_anew();
            }
            Command::RemovePack(id) => {
                let event = knowledge::remove(&self.firm.knowledge, &id)?;
                self.record(Event::Knowledge(event));
                self.read_anew();
            }
            Command::Confide(draft) => return self.confide(*draft),
            Command::Advertise { item, leave_out } => {
                return self.ask_advert(item, &leave_out).map(Answer::NeedsPerson);
            }
            Command::AdvertiseByCalendar(item) => {
                return self.ask_advert_by_calendar(item).map(Answer::NeedsPerson);
            }
            Command::Withdraw(item) => self.withdraw(item)?,
            Command::Lend(item) => return self.lend(item),
            Command::Contact { item, advert } => return self.ask_interest(item, advert).map(Answer::NeedsPerson),
            Command::Ask { deal, questions } => return self.ask_them(deal, questions).map(Answer::NeedsPerson),
            Command::Reply { deal, replied } => return self.reply_with(deal, &replied).map(Answer::NeedsPerson),
            Command::ProposeTerms { deal, instrument, lines, first, last, clauses, mut provisions, fulfilments } => {
                provisions.sort_by_key(|provision| provision.topic);
                let total = sum(&lines).ok_or(Refusal::Terms(BadTermsRefusal::Sum))?;
                let number = self.deal(deal)?.current_terms().map_or(1, |(terms, _)| terms.number.saturating_add(1));
                let terms =
                    Terms { deal, number, instrument, lines, total, first, last, clauses, provisions, fulfilments };
                return self.ask_terms(terms).map(Answer::NeedsPerson);
            }
            Command::WriteDocket { deal, work } => return self.write_docket(deal, work).map(Answer::NeedsPerson),
            Command::ReportOutcome { deal, outcome } => {
                let current = self.deal(deal)?;
                let terms = current.current_terms().ok_or(Refusal::NotNow { step: Step::Outcome })?.0.hash();
                if current.logged != Some(Step::Start) || current.ours.outcome.is_some() {
                    return Err(Refusal::NotNow { step: Step::Outcome });
                }
                let subject = Subject::Outcome(Receipt { deal, terms, outcome });
                return self.ask_in_deal(deal, Step::Outcome, subject).map(Answer::NeedsPerson);
            }
            Command::SetSiteHours(_)
            | Command::SetTimetable { .. }
            | Command::ConfirmTimetable(_)
            | Command::Hold { .. }
            | Command::Release(_) => self.calendar(command)?,
            // Who asks matters to these: they are carried out where that is known.
            Command::TakeBack(item) => return self.take_back(item, Asker::Operator),
            Command::Recall(item) => return self.recall(item, Asker::Operator),
            Command::EndDeputy(number) => return self.end_deputy(number, &Asker::Operator),
            Command::Bill(draft) => return self.bill(*draft, Asker::Operator),
            Command::CancelInvoice(serial) => return self.cancel_invoice(serial, Asker::Operator),
            Command::Explain { .. } => return Err(Refusal::NotDeclined),
            Command::Deputise { delegation, word } => return self.deputise(*delegation, word),
            Command::Close { deal, reason } => {
                let current = self.deal(deal)?;
                if current.is_binding() {
                    return Err(Refusal::AlreadySigned);
                }
                if current.closed.is_some() {
                    return Err(Refusal::NoSuchDeal);
                }
                self.close(deal, CloseReason::Declined, reason);
            }
        }
        Ok(Answer::Done)
    }

    pub(super) fn deal(&self, id: DealId) -> Result<&Deal, Refusal> {
        self.firm.deals.deal(&id).ok_or(Refusal::NoSuchDeal)
    }

    fn confide(&mut self, draft: profile::ItemDraft) -> Result<Answer, Refusal> {
        let seed = self.seed("item").0;
        let id = ItemId(seed.first_chunk().copied().unwrap_or_default());
        let event = profile::confide(id, draft, self.at())?;
        if let profile::Event::Confided(item) = &event {
            self.firm.fit_to_tell(item.draft.experience.as_ref())?;
            if item.draft.person.is_some() {
                self.firm.loan_of(item, self.at())?;
            }
        }
        self.record(Event::Profile(event));
        // What names nobody has nobody to ask.
        let _ = self.lend(id);
        self.lent(id);
        Ok(Answer::Confided(id))
    }

    fn withdraw(&mut self, item: ItemId) -> Result<(), Refusal> {
        self.record(Event::Profile(profile::withdraw(&self.firm.profile, item)?));
        self.release_all(item);
        self.unpublish(item);
        self.end_gone();
        Ok(())
    }

    /// Asks whether to write to a matched advert.
    pub(super) fn ask_interest(&mut self, item: ItemId, advert: RecordId) -> Result<ApprovalId, Refusal> {
        let item_now = self.firm.profile.item(&item).filter(|item| !item.withdrawn);
        let own = item_now.ok_or(Refusal::NoSuchItem)?;
        let body = self.firm.market.advert(&advert).ok_or(Refusal::NoSuchMatch)?;
        self.firm.may_offer(own, self.at())?;
        self.firm.matches.of(item, advert).ok_or(Refusal::NoSuchMatch)?;
        let brief = self.firm.brief(own, Step::Interest);
        let callsign = protocol::callsign::callsign(&body.pseudonym());
        let open = self.firm.approvals.waiting().find(|asked| {
            asked.summary.item == item
                && matches!(&asked.subject, Subject::Interest { advert: of, .. } if *of == advert)
        });
        if let Some(open) = open {
            return Ok(open.id);
        }
        if self.firm.deals.all().any(|deal| deal.item == item && deal.advert == advert) {
            return Err(Refusal::NotNow { step: Step::Interest });
        }
        self.ask(item, None, Some(callsign), Step::Interest, Subject::Interest { advert, brief })
    }

    fn ask_terms(&mut self, terms: Terms) -> Result<ApprovalId, Refusal> {
        terms.check().map_err(|bad| {
            Refusal::Terms(match bad {
                BadTerms::Count => BadTermsRefusal::Count,
                BadTerms::Sum => BadTermsRefusal::Sum,
                BadTerms::Days => BadTermsRefusal::Days,
                BadTerms::Provision => BadTermsRefusal::Provision,
            })
        })?;
        let (_, network) = self.network()?;
        let deal = self.deal(terms.deal)?;
        let message = Message::Terms(terms);
        let judge = (network, &**self.firm.knowledge.catalogue());
        admissible(deal, &message, true, judge, self.at()).map_err(|_| Refusal::NotNow { step: Step::Terms })?;
        if encode(&message).len() > MESSAGE_BYTES_MAX {
            return Err(Refusal::TooLong);
        }
        let Message::Terms(terms) = message else { return Err(Refusal::NotNow { step: Step::Terms }) };
        self.within_price(&terms)?;
        self.ask_in_deal(terms.deal, Step::Terms, Subject::Terms(terms))
    }

    /// Asks a question in a deal. One step of a deal has one open question of a kind: a newer draft replaces an older one.
    pub(super) fn ask_in_deal(&mut self, id: DealId, step: Step, subject: Subject) -> Result<ApprovalId, Refusal> {
        let deal = self.deal(id)?;
        let (item, to) = (deal.item, super::telling::name_of(deal));
        let replaced = self.firm.approvals.like(id, step, &subject).map(|asked| asked.id);
        let asked = self.ask(item, Some(id), Some(to), step, subject)?;
        if let Some(approval) = replaced {
            let ended = approvals::Event::Ended { approval, status: approvals::Status::Moot };
            self.record(Event::Approvals(ended));
        }
        Ok(asked)
    }

    pub(super) fn ask(
        &mut self,
        item: ItemId,
        deal: Option<DealId>,
        to: Option<alloc::string::String>,
        step: Step,
        subject: Subject,
    ) -> Result<ApprovalId, Refusal> {
        self.network()?;
        let seed = self.seed("approval").0;
        let id = ApprovalId(seed.first_chunk().copied().unwrap_or_default());
        let own = self.firm.profile.item(&item).ok_or(Refusal::NoSuchItem)?;
        let amount = self.binds_to(deal, &subject);
        let exposure = match &subject {
            Subject::Advertise(facts) => Some(self.firm.ground(facts, self.at()).exposure(facts)),
            _ => None,
        };
        let findings = subject.texts().flat_map(|text| self.firm.findings(text)).collect();
        let title = own.draft.title.clone();
        // The talk and drafted terms hold nothing up.
        let holds_up = deal.filter(|_| !matches!(step, Step::Talk | Step::Terms));
        let deal_lapses = holds_up.and_then(|id| self.firm.deals.deal(&id)).and_then(Deal::lapses);
        let matter = Matter { target: Target::of(own), title, deal, to, step, amount, exposure, findings, deal_lapses };
        let event = approvals::ask(&self.firm.policy, id, matter, subject, self.at())?;
        self.record(Event::Approvals(event));
        if !self.answer_by_rule(id) {
            self.ask_human(id);
        }
        Ok(id)
    }

    /// To how much money a yes would bind the firm: signing does, to the total of the terms.
    fn binds_to(&self, deal: Option<DealId>, subject: &Subject) -> Option<Money> {
        let Subject::Act(act) = subject else { return None };
        let (terms, _) = self.deal(deal?).ok()?.current_terms()?;
        (act.act == Act::Sign && terms.hash() == act.terms).then_some(terms.total)
    }
}
