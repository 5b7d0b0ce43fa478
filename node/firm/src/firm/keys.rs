//! What follows when keys change: the firm's own, and those of the firms that it deals with.

use super::{Firm, Turn};
use crate::command::{Answer, Refusal};
use crate::deals::{Deal, Unfit};
use crate::identity::GoneOn;
use crate::record::Event;
use crate::{identity, register, trust};
use alloc::{boxed::Box, vec::Vec};
use ed25519_dalek::SigningKey;
use protocol::dialogue::{CloseReason, Identity, Message, Payload};
use protocol::id::{DealId, OperatingKey, PersonKey};
use protocol::key_log::{Fork, ForkProof, KeyLog, Meeting, SignedKeyEvent};
use protocol::limits::KEY_EVENTS_PER_MESSAGE_MAX;
use protocol::time::UnixMs;

impl Firm {
    /// Whether the firm's log names this node's operating key today: otherwise nobody would believe what it signs.
    pub(super) fn speaks_at(&self, now: UnixMs) -> bool {
        let founding = self.identity.founding.as_ref();
        founding.and_then(|founding| founding.operating_at(now)) == Some(self.operating())
    }

    /// The key that the log which a deal was shown names for today: the other side judges the reveal by that log, whatever the
    /// firm has renewed since (`RVL-6`).
    pub(super) fn shown_key(&self, deal: &Deal, now: UnixMs) -> Option<SigningKey> {
        let shown = deal.shown.as_ref()?.verify().ok()?;
        self.held(shown.operating_at(shown.today(now)?)?)
    }

    /// The proof that a deal of the same firm was shown a log which contradicts this one (`IDN-9`). Both were verified when they
    /// were taken in, so where one is the beginning of the other nothing is verified again.
    fn contradicted(&self, shown: &KeyLog) -> Option<Box<ForkProof>> {
        let known = self.deals.all().filter_map(|deal| Some(&deal.identity.as_ref()?.keys));
        let parted = known.filter(|known| !known.since(shown).is_empty() && !shown.since(known).is_empty());
        parted.map(|known| known.meet(shown)).find_map(|met| match met {
            Ok(Meeting::Forked(proof)) => Some(proof),
            _ => None,
        })
    }
}

impl Turn<'_> {
    pub(super) fn speaks(&self) -> Result<(), Refusal> {
        if self.firm.speaks_at(self.at()) { Ok(()) } else { Err(Refusal::OperatingKeyOver) }
    }

    /// Takes in what the root key said; a fork of the own log is kept and changes nothing else.
    pub(super) fn change_keys(&mut self, events: Vec<SignedKeyEvent>) -> Result<Answer, Refusal> {
        let first = OperatingKey::of(&self.firm.keys.operating);
        match identity::go_on(&self.firm.identity, first, events, self.at())? {
            GoneOn::Changed(event) => {
                let rotated = |turn: &Self| turn.firm.identity.founding.as_ref().map(|founding| founding.keys.rotated);
                let before = rotated(self);
                self.record(Event::Identity(event));
                self.keys_changed();
                let by_recovery_key = rotated(self) != before;
                if by_recovery_key && !self.firm.register.has_owner_on(self.at().day()) {
                    self.record(Event::Register(register::Event::Reopened));
                }
                Ok(Answer::Done)
            }
            GoneOn::Forked(proof) => {
                self.remember_fork(proof);
                Ok(Answer::Refused(Refusal::OwnKeysForked))
            }
        }
    }

    /// Brings log and register together after either has changed: whom one revokes, the other revokes; whom another operating
    /// key certified is certified again; and the counterparts of open deals are told.
    pub(super) fn keys_changed(&mut self) {
        let Some(founding) = &self.firm.identity.founding else { return };
        let gone = founding.keys.revoked.keys().filter(|key| !self.firm.register.is_revoked(key));
        for key in gone.copied().collect::<Vec<PersonKey>>() {
            self.record(Event::Register(register::Event::Revoked(key)));
        }
        if self.firm.speaks_at(self.at()) {
            let operating = self.firm.operating_key();
            for key in self.firm.register.revoked().copied().collect::<Vec<PersonKey>>() {
                let said = identity::revoke(&self.firm.identity, &operating, key, self.at());
                said.into_iter().for_each(|event| self.record(Event::Identity(event)));
            }
            let again = register::certify_again(&self.firm.register, &operating);
            again.into_iter().for_each(|event| self.record(Event::Register(event)));
        }
        self.advance_all();
        self.carry();
    }

    /// Tells the other side of a deal how the own log went on since it was shown (`RVL-8`).
    pub(super) fn tell_keys(&mut self, id: DealId) {
        let Ok(deal) = self.deal(id) else { return };
        let (Some(shown), Some(founding)) = (&deal.shown, &self.firm.identity.founding) else { return };
        let news: Vec<SignedKeyEvent> = founding.log.since(shown).to_vec();
        for part in news.chunks(KEY_EVENTS_PER_MESSAGE_MAX) {
            if self.say(id, &Payload::keys(part), false, None).is_err() {
                return;
            }
        }
    }

    /// Whether what a firm shows of its keys, which was verified, may be believed: no fork is known that no higher key has
    /// healed, and no other deal was shown something else (`IDN-9`).
    pub(super) fn believes(&self, shown: &Identity) -> Result<(), Unfit> {
        let firm = shown.keys.inception.body.firm();
        let mut forks = self.firm.trust.forks.iter().filter(|fork| fork.firm == firm);
        let forked = forks.any(|fork| shown.keys.verify().map_or(true, |keys| fork.condemns(&keys)));
        if forked || self.firm.contradicted(&shown.keys).is_some() { Err(Unfit::Forked) } else { Ok(()) }
    }

    /// Keeps the proof that a firm's key said two things, and ends every deal with it that does not bind yet (`IDN-9`).
    pub(super) fn keep_fork(&mut self, id: DealId, message: &Message) {
        let Ok(deal) = self.deal(id) else { return };
        let Some(proof) = self.proof_in(deal, message) else { return };
        let Some(fork) = self.remember_fork(proof) else { return };
        let same_firm =
            |deal: &&Deal| deal.identity.as_ref().is_some_and(|known| known.membership.body.firm == fork.firm);
        let with: Vec<DealId> = self.firm.deals.all().filter(same_firm).map(|deal| deal.id).collect();
        with.into_iter().for_each(|deal| self.close(deal, CloseReason::Declined, None));
    }

    /// Keeps a proof, once.
    fn remember_fork(&mut self, proof: Box<ForkProof>) -> Option<Fork> {
        let fork = proof.verify().ok()?;
        if !self.firm.trust.forks.contains(&fork) {
            self.record(Event::Trust(trust::Event::Forked { proof }));
        }
        Some(fork)
    }

    /// The fork that a message of this deal proves, or what is known since the messages before it.
    fn proof_in(&self, deal: &Deal, message: &Message) -> Option<Box<ForkProof>> {
        match message {
            Message::Keys(events) => {
                let known = &deal.identity.as_ref()?.keys;
                match known.meet(&known.with(events)?) {
                    Ok(Meeting::Forked(proof)) => Some(proof),
                    _ => self.firm.contradicted(known),
                }
            }
            Message::Key(release) => {
                let (genesis, network) = self.network().ok()?;
                let own = self.firm.identity.founding.as_ref()?.firm;
                let shown = crate::deals::reveal(deal, release, (&genesis, network), own, self.at()).ok()?;
                self.firm.contradicted(&shown.keys)
            }
            _ => self.firm.contradicted(&deal.identity.as_ref()?.keys),
        }
    }
}
