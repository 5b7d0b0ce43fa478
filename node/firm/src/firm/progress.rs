//! What follows from what has been said: the next question here, or the next word that needs none.

use super::{Note, Turn};
use crate::approvals::{self, Status, Subject};
use crate::command::Refusal;
use crate::deals::{self, Unfit, Way, admissible, expected_act, proof, reveal, seal};
use crate::market;
use crate::matching;
use crate::record::Event;
use crate::register::Person;
use crate::trust;
use alloc::{boxed::Box, string::ToString, vec::Vec};
use ed25519_dalek::SigningKey;
use protocol::check::{Kept, Record};
use protocol::dialogue::{
    CloseReason, Consent, KeyRelease, Message, OptIn, OptInDraft, Payload, Receipt, Step, Turn as Reveals,
};
use protocol::id::{Blob, DealId, DisputeKey, Ephemeral, Hash, RecordId};
use protocol::lock::{LockKey, lock};
use protocol::noise::{Sequence, pad};
use protocol::sign::sign;
use protocol::terms::Act;
use protocol::text::ShortText;
use protocol::wire::encode;

impl Turn<'_> {
    /// Says something in a deal, if it is admissible now: sealed once, stored, and due (or held).
    pub(super) fn say(
        &mut self,
        id: DealId,
        payload: &Payload,
        held: bool,
        by: Option<&Person>,
    ) -> Result<(), Refusal> {
        let (_, network) = self.network()?;
        let at = self.at();
        let blank = self.seed("blank ephemeral");
        let answer_seed = self.seed("handshake");
        let deal = self.deal(id)?;
        if deal.closed.is_some() {
            return Err(Refusal::NoSuchDeal);
        }
        let message = Message::from_bytes(payload.bytes()).map_err(|_| Refusal::TooLong)?;
        let step = deal.reached();
        let judge = (network, &**self.firm.knowledge.catalogue());
        admissible(deal, &message, true, judge, at).map_err(|unfit| match unfit {
            Unfit::Incomplete => Refusal::Incomplete { lacks: self.firm.lacks(deal) },
            _ => Refusal::NotNow { step },
        })?;
        let (sealed, answer_seed) = match &deal.channel {
            Some(channel) => {
                let sealed = seal(channel, deal.opening.tag_key(), deal.position, deal.next_out(), &blank, payload);
                (sealed.map_err(|_| Refusal::TooLong)?, None)
            }
            None => {
                let padded = pad(payload.bytes(), &protocol::limits::PLAINTEXT_CLASSES_BYTES);
                let padded = padded.map_err(|_| Refusal::TooLong)?;
                let answer = deal.opening.answer(&answer_seed, &padded).map_err(|_| Refusal::TooLong)?;
                (answer.0, Some(answer_seed))
            }
        };
        self.record(Event::Deals(deals::Event::Said {
            deal: id,
            plaintext: Blob(payload.bytes().to_vec()),
            sealed,
            answer_seed,
            held,
            by: by.map(|person| person.id.clone()),
            at,
        }));
        Ok(())
    }

    /// Takes in what the other side said, or uses up its number when it is unfit.
    pub(super) fn told(&mut self, id: DealId, sequence: Sequence, answer: Option<(Ephemeral, Blob)>, bytes: Vec<u8>) {
        match self.judge_told(id, &bytes) {
            Ok(message) => {
                let (at, plaintext) = (self.at(), Blob(bytes));
                self.record(Event::Deals(deals::Event::Told { deal: id, sequence, answer, plaintext, at }));
                match message {
                    Message::Close(reason) => self.end(id, false, reason, None),
                    // Another deal may have been told otherwise.
                    Message::Keys(_) => self.keep_fork(id, &message),
                    Message::Terms(_) => self.hold_for_terms(id),
                    Message::Reply(_) => self.judge_talk(id),
                    _ => {}
                }
                self.advance(id);
            }
            Err(why) => {
                // A line in the log would tell that who is behind this callsign is on a list, perhaps of one.
                if why != Unfit::Excluded {
                    self.note(Note::Skipped { deal: id, why: why.to_string() });
                }
                let current = self.deal(id).ok().and_then(|deal| deal.current_terms().map(|(terms, _)| terms.hash()));
                let unsigned = current.filter(|_| why == Unfit::Incomplete);
                self.record(Event::Deals(deals::Event::Skipped { deal: id, sequence, unsigned }));
                match why {
                    Unfit::FalseName | Unfit::Excluded => self.close(id, CloseReason::Declined, None),
                    Unfit::Forked => {
                        if let Ok(message) = Message::from_bytes(&bytes) {
                            self.keep_fork(id, &message);
                        }
                        self.close(id, CloseReason::Declined, None);
                    }
                    _ => {}
                }
            }
        }
        if self.deal(id).is_ok_and(|deal| !deal.listens()) {
            // Closed already, or as much was read as is read in one deal.
            self.close(id, CloseReason::Declined, None);
        }
        self.carry();
    }

    fn judge_told(&self, id: DealId, bytes: &[u8]) -> Result<Message, Unfit> {
        let deal = self.deal(id).map_err(|_| Unfit::OtherMatter)?;
        let (genesis, network) = self.network().map_err(|_| Unfit::OtherMatter)?;
        let message = Message::from_bytes(bytes).map_err(|_| Unfit::OtherMatter)?;
        admissible(deal, &message, false, (network, &**self.firm.knowledge.catalogue()), self.at())?;
        let says_keys = matches!(message, Message::Keys(_) | Message::Whereabouts(_) | Message::Close(_));
        if let Some(known) = deal.identity.as_ref().filter(|_| !says_keys) {
            self.believes(known)?;
        }
        match &message {
            Message::Key(release) => {
                let own = self.firm.identity.founding.as_ref().ok_or(Unfit::OtherMatter)?.firm;
                let theirs = reveal(deal, release, (&genesis, network), own, self.at())?;
                self.believes(&theirs)?;
                if self.is_excluded(id, &theirs) {
                    return Err(Unfit::Excluded);
                }
            }
            Message::Reply(reply) => {
                let mut facts = reply.0.iter().filter_map(|one| Some((&one.question, one.fact.as_ref()?)));
                if !facts.all(|(code, fact)| self.firm.knowledge.fits(code, fact)) {
                    return Err(Unfit::OtherShape);
                }
            }
            Message::Docket(said) => self.is_whose_to_write(id, &said.docket.work, false)?,
            Message::Answer(brief) => {
                let item = self.firm.profile.item(&deal.item).ok_or(Unfit::OtherMatter)?;
                if self.firm.avoids(item, brief.conflict_classes()) {
                    return Err(Unfit::Excluded);
                }
                let facts = self.firm.market.advert(&deal.advert).map(|advert| &advert.facts);
                let words = self.firm.knowledge.vocabulary();
                let theirs = matching::Said::by_brief(words, item.draft.side.other(), facts, brief);
                let ours = self.firm.said(item, Some(&deal.id), self.at());
                if !matching::is_open(words, &ours, &theirs, self.at()) {
                    return Err(Unfit::OtherMatter);
                }
            }
            _ => {}
        }
        Ok(message)
    }

    pub(super) fn advance_all(&mut self) {
        let open: Vec<DealId> = self.firm.deals.all().filter(|deal| deal.is_open()).map(|deal| deal.id).collect();
        open.into_iter().for_each(|deal| self.advance(deal));
    }

    /// Asks the next question of a deal, or says the next word that follows from consents already given.
    pub(super) fn advance(&mut self, id: DealId) {
        self.advance_talk(id);
        let Some(deal) = self.firm.deals.deal(&id).filter(|deal| deal.is_open()) else { return };
        let (us, them) = (&deal.ours, &deal.theirs);
        let asked = |step| self.firm.approvals.in_deal(id, step).is_some();
        if us.brief.is_none() {
            if !asked(Step::Answer) {
                self.ask_answer(id);
            }
        } else if them.brief.is_none() {
        } else if !us.viable {
            if !asked(Step::Viable) {
                let consent = Subject::Consent(Consent { deal: id, step: Step::Viable });
                let _ = self.ask_in_deal(id, Step::Viable, consent);
            }
        } else if !them.viable {
        } else if us.opt_in.is_none() {
            if !asked(Step::OptIn) {
                self.ask_opt_in(id);
            }
        } else if them.opt_in.is_none() {
        } else if deal.identity.is_none() || us.key.is_none() {
            self.advance_reveal(id);
        } else {
            self.tell_keys(id);
            self.tell_whereabouts(id);
            self.advance_terms(id);
        }
    }

    fn ask_answer(&mut self, id: DealId) {
        let Ok(deal) = self.deal(id) else { return };
        let Some(item) = self.firm.profile.item(&deal.item) else { return };
        let brief = self.firm.brief(item, Step::Answer);
        if self.ask_in_deal(id, Step::Answer, Subject::Answer(brief)).is_err() {
            // Nobody here may answer: the other side hears nothing.
            self.end(id, true, CloseReason::Declined, None);
        }
    }

    fn ask_opt_in(&mut self, id: DealId) {
        let seed = self.seed("lock");
        let Some((draft, key)) = self.opt_in_draft(id, &LockKey::draw(&seed)) else { return };
        let _ = self.ask_in_deal(id, Step::OptIn, Subject::OptIn { draft: Box::new(draft), key });
    }

    fn opt_in_draft(&self, id: DealId, key: &LockKey) -> Option<(OptInDraft, LockKey)> {
        let deal = self.firm.deals.deal(&id)?;
        let handshake = deal.channel.as_ref()?.handshake_hash();
        let identity = self.firm.own_identity()?;
        let locked = lock(deal.position, key, &encode(&identity), &handshake).ok()?;
        let opt_in = OptIn {
            handshake,
            position: deal.position,
            gives: super::REVEALED.to_vec(),
            expects: super::REVEALED.to_vec(),
            commitment: locked.commitment,
            turn: self.excludes_anybody(deal.item).then_some(Reveals::Second),
        };
        Some((OptInDraft { opt_in, identity }, key.clone()))
    }

    /// Both consented: locks first, then keys, one side's before the other's (`RVL-5`, `RVL-9`).
    fn advance_reveal(&mut self, id: DealId) {
        let Ok(deal) = self.deal(id) else { return };
        let held = deal.outbox.iter().filter(|out| out.way == Way::Held).map(|out| out.sealed.sequence);
        for sequence in held.collect::<Vec<_>>() {
            self.record(Event::Deals(deals::Event::LetGo { deal: id, sequence }));
        }
        let Ok(deal) = self.deal(id) else { return };
        if deal.identity.is_none()
            && let Some(release) = deal.theirs.key.clone()
        {
            self.open_name(id, &release);
        }
        let Ok(deal) = self.deal(id) else { return };
        let our_turn = deal.theirs.locked.whole().is_some()
            && self.firm.speaks_at(self.at())
            && deal.ours.key.is_none()
            && (deals::goes_first(deal) == Some(deal.position) || deal.identity.is_some());
        if our_turn {
            self.release_key(id);
        }
        let Ok(deal) = self.deal(id) else { return };
        if deal.identity.is_some() && deal.ours.key.is_some() {
            self.carry();
            self.advance(id);
        }
    }

    fn open_name(&mut self, id: DealId, release: &KeyRelease) {
        let (Ok((genesis, network)), Some(founding)) = (self.network(), self.firm.identity.founding.as_ref()) else {
            return;
        };
        let (own, at) = (founding.firm, self.at());
        let Ok(deal) = self.deal(id) else { return };
        if let Ok(identity) = reveal(deal, release, (&genesis, network), own, at) {
            self.record(Event::Deals(deals::Event::Revealed { deal: id, identity, at }));
        }
    }

    fn release_key(&mut self, id: DealId) {
        let (Ok((_, network)), Ok(deal)) = (self.network(), self.deal(id)) else { return };
        let (Some((key, dispute)), Some(proof)) = (&deal.lock, proof(deal, deal.position, network)) else { return };
        let Some(operating) = self.firm.shown_key(deal, self.at()) else {
            // The firm speaks, and the key in the lock does not hold any more: what is locked can never prove itself.
            return self.close(id, CloseReason::Declined, None);
        };
        let label = <protocol::dialogue::RevealProof as protocol::sign::Statement>::LABEL;
        let release = KeyRelease {
            key: key.clone(),
            proof: sign(label, &proof, &operating),
            dispute: DisputeKey::of(&SigningKey::from_bytes(&dispute.0)),
        };
        let _ = self.say(id, &Payload::key(release), false, None);
    }

    fn advance_terms(&mut self, id: DealId) {
        let Ok(deal) = self.deal(id) else { return };
        let asked = |step| self.firm.approvals.in_deal(id, step).is_some();
        let Some((terms, _)) = deal.current_terms() else { return };
        let hash = terms.hash();
        let signed = |party: &deals::Party| party.signed.as_ref().is_some_and(|act| act.act.terms == hash);
        let (us, them) = (&deal.ours, &deal.theirs);
        if us.acknowledged != Some(hash) {
            self.ask_act(id, Step::Acknowledge, Act::Acknowledge);
        } else if them.acknowledged != Some(hash) {
        } else if !signed(us) {
            // Nobody is asked to sign what is incomplete here; the page says what is missing, and that it is to be proposed.
            if self.firm.lacks(deal).is_empty() {
                self.ask_act(id, Step::Sign, Act::Sign);
            }
        } else if !signed(them) {
        } else if us.start.is_none() {
            if !asked(Step::Start) {
                let consent = Subject::Consent(Consent { deal: id, step: Step::Start });
                let _ = self.ask_in_deal(id, Step::Start, consent);
            }
        } else if deal.logged.is_none() {
            self.advance_start(id);
        } else {
            self.ask_countersigns(id);
            self.advance_outcome(id, hash);
        }
    }

    /// Asks for an act on the current version; a question about an older version is moot.
    fn ask_act(&mut self, id: DealId, step: Step, act: Act) {
        let Ok(deal) = self.deal(id) else { return };
        let Some(expected) = expected_act(deal, act) else { return };
        let subject = Subject::Act(expected);
        let same = self.firm.approvals.in_deal(id, step).is_some_and(|asked| asked.subject == subject);
        if !same {
            let _ = self.ask_in_deal(id, step, subject);
        }
    }

    /// Work starts when both halves are on the shelf. Theirs is the one that names the key with which this side may dispute: any
    /// other entry, ours included, would leave the other side without a history.
    fn advance_start(&mut self, id: DealId) {
        let Ok(deal) = self.deal(id) else { return };
        let heard = |start: &Option<RecordId>| start.and_then(|start| self.firm.market.shelf.find(&start));
        let dispute = deal.lock.as_ref().map(|(_, dispute)| DisputeKey::of(&SigningKey::from_bytes(&dispute.0)));
        let is_theirs = heard(&deal.theirs.start).is_some_and(
            |checked| matches!(checked.record(), Record::Start(start) if Some(start.body.dispute) == dispute),
        );
        if is_theirs && heard(&deal.ours.start).is_some() {
            let at = self.at();
            self.record(Event::Deals(deals::Event::Stepped { deal: id, step: Step::Start, at }));
            self.advance(id);
        }
    }

    fn advance_outcome(&mut self, id: DealId, terms: Hash) {
        let Ok(deal) = self.deal(id) else { return };
        match (&deal.ours.outcome, &deal.theirs.outcome) {
            (None, Some(theirs)) => {
                if self.firm.approvals.in_deal(id, Step::Outcome).is_none() {
                    let receipt = Receipt { deal: id, terms, outcome: theirs.receipt.outcome };
                    let _ = self.ask_in_deal(id, Step::Outcome, Subject::Outcome(receipt));
                }
            }
            (Some(ours), Some(theirs)) => {
                let outcome = ours.receipt.outcome;
                let mut both = encode(ours);
                both.extend(encode(theirs));
                let receipts = Hash::of_bytes("cosolvent/receipts/1", &both);
                self.post_outcome(id, outcome, &receipts);
            }
            (_, None) => {}
        }
    }

    fn post_outcome(&mut self, id: DealId, outcome: protocol::vocabulary::OutcomeCode, receipts: &Hash) {
        let (Ok((_, network)), at) = (self.network(), self.at()) else { return };
        let Some(engagement) = self.firm.trust.engagements.get(&id) else { return };
        let start = self.firm.market.shelf.find(&engagement.start).map(|checked| checked.record().clone());
        let Some(Record::Start(start)) = start else { return };
        let posted = trust::end(network, id, engagement, &start.body.pass, outcome, receipts, at);
        let Some((record, ended)) = posted else { return };
        self.record(Event::Market(market::Event::Placed { record: Kept(record.clone()), at, spent: None, own: true }));
        self.record(Event::Trust(ended));
        self.record(Event::Deals(deals::Event::Stepped { deal: id, step: Step::Outcome, at }));
        self.settle_hours(id);
        self.end_questions(id, |step| step == Step::Work);
        self.let_out(&record);
    }

    /// Ends a deal from this side; the other side is told if there is a channel to tell it.
    pub(super) fn close(&mut self, id: DealId, reason: CloseReason, note: Option<ShortText>) {
        let Ok(deal) = self.deal(id) else { return };
        if !deal.is_open() || deal.is_binding() {
            return;
        }
        if deal.channel.is_some() {
            let _ = self.say(id, &Payload::close(reason), false, None);
        }
        self.end(id, true, reason, note);
        self.carry();
    }

    fn end(&mut self, id: DealId, by_us: bool, reason: CloseReason, note: Option<ShortText>) {
        let at = self.at();
        self.record(Event::Deals(deals::Event::Closed { deal: id, by_us, reason, note, at }));
        self.release_hours(id);
        self.end_questions(id, |_| true);
    }

    /// Ends the questions of a deal that wait for such a step: what they are about is over.
    pub(super) fn end_questions(&mut self, id: DealId, about: fn(Step) -> bool) {
        let waiting = self.firm.approvals.of_deal(id).filter(|asked| about(asked.summary.step));
        for approval in waiting.map(|asked| asked.id).collect::<Vec<_>>() {
            self.record(Event::Approvals(approvals::Event::Ended { approval, status: Status::Moot }));
        }
    }
}
