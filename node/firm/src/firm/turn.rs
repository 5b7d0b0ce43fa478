//! One turn of the machine: the only place where state changes and effects are collected.

use super::{Errand, Firm, Note};
use crate::command::{Answer, Refusal};
use crate::record::{Event, Record};
use alloc::vec::Vec;
use machine::{
    AfterCommit, Ask, AtOnce, Chance, Delivery, Effects, Entropy, Machine, Now, Peer, Ticket, Topic, Verdict,
};
use protocol::check::{Checked, Kind};
use protocol::genesis::Genesis;
use protocol::id::{ApprovalId, NetworkId};
use protocol::noise::Seed;
use protocol::parcel::Parcel;
use protocol::time::UnixMs;

/// A firm while it handles one input.
pub(super) struct Turn<'a> {
    pub(super) firm: &'a mut Firm,
    pub(super) now: Now,
    entropy: &'a mut Entropy,
    effects: Effects<Firm>,
}

impl<'a> Turn<'a> {
    pub(super) fn new(firm: &'a mut Firm, now: Now, entropy: &'a mut Entropy) -> Self {
        Turn { firm, now, entropy, effects: Effects::none() }
    }

    /// The wall clock.
    pub(super) fn at(&self) -> UnixMs {
        UnixMs(self.now.wall.0)
    }

    /// Applies an event and keeps it for the journal (`MCH-1`).
    pub(super) fn record(&mut self, event: Event) {
        match &event {
            Event::Availability(event) => self.firm.run.moved.extend(event.item()),
            Event::Policy(_) => self.firm.run.moved.extend(self.firm.profile.live().map(|item| item.id)),
            _ => {}
        }
        let record = Record::new(event);
        self.firm.apply(&record);
        self.firm.follow(&record.event);
        self.effects.records.push(record);
    }

    /// 32 secret bytes that nobody drew before.
    pub(super) fn seed(&mut self, label: &'static str) -> Seed {
        Seed(self.entropy.seed(label).0)
    }

    /// A generator for what need not be drawn again.
    pub(super) fn chance(&mut self, label: &'static str) -> Chance {
        self.entropy.chance(label)
    }

    /// The network, or why nothing can be said.
    pub(super) fn network(&self) -> Result<(Genesis, NetworkId), Refusal> {
        self.firm.identity.network.clone().ok_or(Refusal::NotJoined)
    }

    pub(super) fn publish(&mut self, record: &Checked) {
        let topic = topic_of(record.kind());
        self.effects.after_commit.push(AfterCommit::Publish(topic, record.frame().to_vec()));
    }

    /// Sends a parcel; an errand is remembered until it is confirmed.
    pub(super) fn send(&mut self, to: &Peer, parcel: &Parcel, errand: Option<Errand>) -> machine::Parcel {
        self.firm.run.next_parcel += 1;
        let name = machine::Parcel(self.firm.run.next_parcel);
        if let Some(errand) = errand {
            self.firm.run.errands.insert(name, errand);
        }
        let send = AfterCommit::Send { to: to.clone(), parcel: name, bytes: parcel.to_bytes() };
        self.effects.after_commit.push(send);
        name
    }

    pub(super) fn reply(&mut self, ask: Ask, answer: Answer) {
        self.effects.after_commit.push(AfterCommit::Reply(ask, answer));
    }

    pub(super) fn receipt(&mut self, delivery: Delivery) {
        self.effects.after_commit.push(AfterCommit::Receipt(delivery));
    }

    pub(super) fn ask_human(&mut self, approval: ApprovalId) {
        self.effects.after_commit.push(AfterCommit::AskHuman(approval));
    }

    pub(super) fn verdict(&mut self, ticket: Option<Ticket>, verdict: Verdict) {
        if let Some(ticket) = ticket {
            self.effects.at_once.push(AtOnce::Verdict(ticket, verdict));
        }
    }

    pub(super) fn dial(&mut self, peer: Peer, addresses: Vec<alloc::string::String>) {
        self.effects.at_once.push(AtOnce::Dial(peer, addresses));
    }

    pub(super) fn hang_up(&mut self, peer: Peer) {
        self.effects.at_once.push(AtOnce::HangUp(peer));
    }

    pub(super) fn note(&mut self, note: Note) {
        self.effects.at_once.push(AtOnce::Note(note));
    }

    /// Asks about what was found, and sets the alarm, if it is another one than before.
    pub(super) fn finish(mut self) -> Effects<Firm> {
        self.judge_moved();
        self.ask_about_matches();
        let alarm = self.next_alarm();
        if self.firm.run.alarm != Some(alarm) {
            self.firm.run.alarm = Some(alarm);
            self.effects.at_once.push(AtOnce::WakeAt(alarm));
        }
        self.effects
    }
}

/// The topic on which a kind is gossiped.
fn topic_of(kind: Kind) -> Topic {
    match kind {
        Kind::Adverts => Topic::Adverts,
        Kind::Envelopes => Topic::Envelopes,
        Kind::Log => Topic::Log,
        Kind::Relays => Topic::Relays,
        Kind::Keys => Topic::Keys,
    }
}
