//! What everybody says: placing it on the shelf, and noticing what concerns this firm.

use super::Turn;
use crate::approvals::{self, Status, Subject};
use crate::deals::{self, Deal, Opening, open, read_first};
use crate::market;
use crate::record::Event;
use alloc::vec::Vec;
use machine::{Ticket, Verdict};
use protocol::check::{Checked, Kept, Kind, Record};
use protocol::dialogue::{Interest, Message, deal_id, prologue};
use protocol::envelope::EnvelopeBody;
use protocol::id::{Blob, DealId};
use protocol::noise::{Sequence, first_tag};
use protocol::shelf::Placing;

impl Turn<'_> {
    pub(super) fn heard(&mut self, records: Vec<(Option<Ticket>, Checked)>) {
        for (ticket, checked) in records {
            let verdict = match self.take_in(&checked) {
                Placing::New | Placing::Echo => Verdict::Accept,
                Placing::Known | Placing::Gone | Placing::Outranked | Placing::Contradicts(_) => Verdict::Ignore,
            };
            self.verdict(ticket, verdict);
        }
    }

    /// Takes in what a neighbour told, in whatever way, if there is a place for it.
    pub(super) fn take_in(&mut self, checked: &Checked) -> Placing {
        let placing = self.firm.market.shelf.consider(checked, self.at());
        match placing {
            Placing::New => self.place(checked),
            Placing::Echo => self.echoed(checked),
            Placing::Contradicts(_) => self.convict(checked),
            Placing::Known | Placing::Gone | Placing::Outranked => {}
        }
        placing
    }

    /// Takes in a new record and whatever follows from it here.
    fn place(&mut self, checked: &Checked) {
        let (record, dropped) = (Kept(checked.clone()), self.firm.market.shelf.dropped_by(checked));
        let placed = market::Event::Placed { record, at: self.at(), spent: None, own: false };
        self.record(Event::Market(placed));
        if !dropped.is_empty() {
            self.firm.forget(&dropped);
            self.end_gone();
        }
        match checked.record() {
            Record::Advert(_) => self.match_advert(checked.id()),
            Record::Envelope(envelope) => self.recognise(&envelope.body),
            Record::Start(_) | Record::Outcome(_) => self.advance_all(),
            Record::Withdrawal(_) | Record::Relay(_) => {}
            Record::Manifest(_) | Record::Split(_) => {
                self.look_at_keys_soon();
                self.refill();
            }
        }
    }

    /// Two manifests of one sponsor for one week: the proof takes their place, and everybody is told (`PAS-8`).
    fn convict(&mut self, checked: &Checked) {
        if let Some(proof) = self.firm.market.shelf.split_by(checked) {
            self.place(&proof);
            self.publish(&proof);
        }
    }

    /// A neighbour told an own record: from now on this node shows it like everybody else (`SYN-11`).
    fn echoed(&mut self, checked: &Checked) {
        let at = self.at();
        self.record(Event::Market(market::Event::Echoed { record: checked.id(), at }));
        self.told_back(checked.id());
    }

    /// Questions about a match that is over, or about an item that was taken back, have become moot.
    pub(super) fn drop_moot_questions(&mut self) {
        let (firm, now) = (&self.firm, self.at());
        let moot = firm.approvals.waiting().filter(|asked| {
            let gone = match &asked.subject {
                Subject::Interest { advert, .. } => firm.matches.of(asked.summary.item, *advert).is_none(),
                Subject::Lend { loan, .. } => !firm.still_asks(loan, now),
                Subject::Advertise(_) => {
                    firm.profile.item(&asked.summary.item).is_some_and(|item| firm.may_offer(item, now).is_err())
                }
                _ => false,
            };
            let withdrawn = firm.profile.item(&asked.summary.item).is_none_or(|item| item.withdrawn);
            gone || (withdrawn && asked.summary.deal.is_none())
        });
        let moot: Vec<_> = moot.map(|asked| asked.id).collect();
        for approval in moot {
            self.record(Event::Approvals(approvals::Event::Ended { approval, status: Status::Moot }));
        }
    }

    /// Whether an envelope is for this firm, and what it says then.
    fn recognise(&mut self, envelope: &EnvelopeBody) {
        let deals: Vec<DealId> =
            self.firm.deals.all().filter(|deal| expected(deal) == Some(envelope.tag)).map(|d| d.id).collect();
        for deal in deals {
            if self.open_sealed(deal, Some(envelope), &envelope.ciphertext) {
                self.read_waiting(deal);
                return;
            }
        }
        self.recognise_interest(envelope);
    }

    /// Words that came early wait on the shelf for their turn (`DLG-14`). Whoever saw one pass may have put others with its tag
    /// beside it, so each is tried (`DLG-9`).
    pub(super) fn read_waiting(&mut self, deal: DealId) {
        while let Some(tag) = self.firm.deals.deal(&deal).and_then(expected) {
            let envelopes = self.firm.market.shelf.of(Kind::Envelopes).filter_map(|checked| match checked.record() {
                Record::Envelope(envelope) if envelope.body.tag == tag => Some(envelope.body.clone()),
                _ => None,
            });
            let waiting: Vec<EnvelopeBody> = envelopes.collect();
            if !waiting.iter().any(|envelope| self.open_sealed(deal, Some(envelope), &envelope.ciphertext)) {
                break;
            }
        }
        self.read_early();
    }

    /// Opens the next message of a deal, if these are its bytes, and takes it in or skips it. `envelope` is absent when it
    /// came in a parcel.
    pub(super) fn open_sealed(&mut self, id: DealId, envelope: Option<&EnvelopeBody>, ciphertext: &Blob) -> bool {
        let Some(deal) = self.firm.deals.deal(&id) else { return false };
        let sequence = deal.next_in;
        let (plaintext, answer) = match (&deal.channel, envelope) {
            (Some(channel), _) => (open(channel, sequence, &ciphertext.0), None),
            (None, Some(envelope)) if matches!(deal.opening, Opening::Written { .. }) => {
                let opened = deal.opening.finish(&envelope.ephemeral, &ciphertext.0).ok();
                let plaintext = opened.and_then(|(padded, _)| {
                    protocol::noise::unpad(&padded, &protocol::limits::PLAINTEXT_CLASSES_BYTES).ok().map(<[u8]>::to_vec)
                });
                (plaintext, Some((envelope.ephemeral, ciphertext.clone())))
            }
            (None, _) => return false,
        };
        match plaintext {
            Some(plaintext) => {
                self.told(id, sequence, answer, plaintext);
                true
            }
            None => false,
        }
    }

    /// First words to one of the own adverts.
    fn recognise_interest(&mut self, envelope: &EnvelopeBody) {
        let Ok((_, network)) = self.network() else { return };
        let holder = envelope.pass.holder;
        let id = deal_id(&holder);
        if self.firm.deals.deal(&id).is_some() {
            return;
        }
        let addressed = self.firm.market.adverts.values().find_map(|own| {
            let tag = first_tag(&own.contact, &envelope.ephemeral).ok()?;
            if tag.0 != envelope.tag {
                return None;
            }
            let pseudonym = self.firm.market.advert(&own.record)?.pseudonym();
            let prologue = prologue(network, pseudonym, holder);
            let bytes = read_first(&own.contact, &prologue, &envelope.ephemeral, &envelope.ciphertext.0)?;
            match Message::from_bytes(&bytes) {
                Ok(Message::Interest(interest)) if interest.advert == own.record => {
                    Some((own.clone(), pseudonym, prologue, bytes, interest))
                }
                _ => None,
            }
        });
        let Some((own, pseudonym, prologue, bytes, interest)) = addressed else { return };
        let Interest { tag_key, brief, .. } = interest;
        let Some(report) = self.worth_a_person(&own, &brief) else { return };
        let opening = Opening::Heard {
            contact: own.contact,
            prologue: Blob(prologue),
            ephemeral: envelope.ephemeral,
            ciphertext: envelope.ciphertext.clone(),
            tag_key,
            pseudonym: own.pseudonym,
        };
        let at = self.at();
        let opened = deals::Event::Opened {
            deal: id,
            item: own.item,
            advert: own.record,
            initiator: holder,
            responder: pseudonym,
            report,
            opening,
            at,
        };
        self.record(Event::Deals(opened));
        let sequence = Sequence::HANDSHAKE;
        let told = deals::Event::Told { deal: id, sequence, answer: None, plaintext: Blob(bytes), at };
        self.record(Event::Deals(told));
        self.advance(id);
    }
}

/// The tag that the other side's next message in a deal carries, while one is expected.
pub(super) fn expected(deal: &Deal) -> Option<[u8; 2]> {
    let waits_for_answer = deal.channel.is_none() && matches!(deal.opening, Opening::Written { .. });
    let listens = deal.listens() && (deal.channel.is_some() || waits_for_answer);
    listens.then(|| deal.tag_of(deal.next_in))
}
