//! One party of a world: a firm or a sponsor, each the production machine, unchanged.
//!
//! [`Party`] only passes on: an input of its own kind goes in, and everything that comes out is wrapped. What it adds is a
//! common type, so that one [`crate::world::World`] holds both. A command or decision of the other kind is a mistake of the
//! player, not of a party: it changes nothing and is never answered, which the player notices.

use firm::Firm;
use machine::{AfterCommit, AtOnce, Effects, Entropy, Input, Machine, Now, Topic, Verdict, WallMs};
use protocol::check::{Checked, Context, Kind, check};
use protocol::decision::Decision;
use protocol::genesis::Genesis;
use protocol::id::{ApprovalId, Hash, NetworkId};
use protocol::pass::Keyring;
use protocol::shelf::Shelf;
use protocol::time::UnixMs;
use serde::{Deserialize, Serialize};
use sponsor::Sponsor;
use std::sync::Arc;

/// A firm or a sponsor.
pub enum Party {
    /// It offers or needs.
    Firm(Box<Firm>),
    /// It convenes.
    Sponsor(Box<Sponsor>),
}

/// What is asked of a party.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// Of a firm.
    Firm(firm::command::Asked),
    /// Of a sponsor.
    Sponsor(sponsor::Command),
}

/// What a party answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// A firm.
    Firm(firm::command::Answer),
    /// A sponsor.
    Sponsor(sponsor::Answer),
}

/// One durable fact of a party.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// Of a firm.
    Firm(firm::record::Record),
    /// Of a sponsor.
    Sponsor(sponsor::Record),
}

/// Something worth a log line.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// Of a firm.
    Firm(firm::Note),
    /// Of a sponsor.
    Sponsor(sponsor::Note),
}

impl Party {
    /// The firm, if it is one.
    pub fn firm(&self) -> Option<&Firm> {
        match self {
            Party::Firm(firm) => Some(firm),
            Party::Sponsor(_) => None,
        }
    }

    /// The sponsor, if it is one.
    pub fn sponsor(&self) -> Option<&Sponsor> {
        match self {
            Party::Firm(_) => None,
            Party::Sponsor(sponsor) => Some(sponsor),
        }
    }

    /// What it holds for everybody.
    pub fn shelf(&self) -> &Shelf {
        match self {
            Party::Firm(firm) => &firm.market.shelf,
            Party::Sponsor(sponsor) => &sponsor.market.shelf,
        }
    }

    /// The network that it is in, once it is in one.
    pub fn network(&self) -> Option<(&Genesis, NetworkId)> {
        match self {
            Party::Firm(firm) => firm.network(),
            Party::Sponsor(sponsor) => Some((&sponsor.office.genesis, sponsor.office.network)),
        }
    }

    /// The digest of everything durable.
    pub fn digest(&self) -> [u8; 32] {
        match self {
            Party::Firm(firm) => firm.digest(),
            Party::Sponsor(sponsor) => sponsor.digest(),
        }
    }

    /// The digest of its log.
    pub fn log_root(&self) -> Hash {
        self.shelf().root(Kind::Log)
    }
}

/// The check of gossiped bytes as a node's driver runs it: `protocol::check`, with blame turned into a verdict.
pub fn judge(party: &Party, topic: Topic, bytes: &[u8], wall: WallMs) -> Result<Checked, Verdict> {
    let (genesis, network) = party.network().ok_or(Verdict::Ignore)?;
    let kind = match topic {
        Topic::Adverts => Kind::Adverts,
        Topic::Envelopes => Kind::Envelopes,
        Topic::Log => Kind::Log,
        Topic::Relays => Kind::Relays,
        Topic::Keys => Kind::Keys,
    };
    let context = Context { genesis, network, keys: party.shelf().keyring(), now: UnixMs(wall.0) };
    let blame = |why: protocol::check::Unfit| if why.is_senders_fault() { Verdict::Reject } else { Verdict::Ignore };
    check(bytes, kind, &context).map_err(blame)
}

impl Machine for Party {
    type Heard = Checked;
    type Command = Command;
    type Answer = Answer;
    type Decision = Decision;
    type Approval = ApprovalId;
    type Record = Record;
    type Note = Note;
    type Ground = Arc<Keyring>;

    fn ground(&self) -> Arc<Keyring> {
        self.shelf().keyring().clone()
    }

    fn handle(&mut self, now: Now, entropy: &mut Entropy, input: Input<Self>) -> Effects<Self> {
        match self {
            Party::Firm(firm) => {
                let command = |command| if let Command::Firm(command) = command { Some(command) } else { None };
                let Some(input) = turn::<Firm>(input, command, Some) else { return Effects::none() };
                let effects = firm.handle(now, entropy, input);
                wrap(effects, Record::Firm, Answer::Firm, Note::Firm, |approval| approval)
            }
            Party::Sponsor(sponsor) => {
                let command = |command| if let Command::Sponsor(command) = command { Some(command) } else { None };
                let Some(input) = turn::<Sponsor>(input, command, |_| None) else { return Effects::none() };
                let effects = sponsor.handle(now, entropy, input);
                wrap(effects, Record::Sponsor, Answer::Sponsor, Note::Sponsor, |nobody| match nobody {})
            }
        }
    }

    fn apply(&mut self, record: &Record) {
        match (self, record) {
            (Party::Firm(firm), Record::Firm(record)) => firm.apply(record),
            (Party::Sponsor(sponsor), Record::Sponsor(record)) => sponsor.apply(record),
            // A journal belongs to one party; a record of the other kind cannot stand in it.
            (Party::Firm(_), Record::Sponsor(_)) | (Party::Sponsor(_), Record::Firm(_)) => {}
        }
    }
}

/// An input in the words of one kind of party; `None` if it is meant for the other kind.
fn turn<M: Machine<Heard = Checked>>(
    input: Input<Party>,
    command: impl FnOnce(Command) -> Option<M::Command>,
    decision: impl FnOnce(Decision) -> Option<M::Decision>,
) -> Option<Input<M>> {
    Some(match input {
        Input::Started => Input::Started,
        Input::PeerConnected(peer) => Input::PeerConnected(peer),
        Input::PeerGone(peer) => Input::PeerGone(peer),
        Input::NetworkRestarted => Input::NetworkRestarted,
        Input::Heard(records) => Input::Heard(records),
        Input::Received { from, delivery, bytes } => Input::Received { from, delivery, bytes },
        Input::Delivered(parcel) => Input::Delivered(parcel),
        Input::Undelivered(parcel) => Input::Undelivered(parcel),
        Input::Asked { ask, command: asked } => Input::Asked { ask, command: command(asked)? },
        Input::Decided { ask, decision: decided } => Input::Decided { ask, decision: decision(decided)? },
        Input::ClockJumped => Input::ClockJumped,
        Input::Woke => Input::Woke,
    })
}

/// Effects of one kind of party in common words.
fn wrap<M: Machine>(
    effects: Effects<M>,
    record: impl Fn(M::Record) -> Record,
    answer: impl Fn(M::Answer) -> Answer,
    note: impl Fn(M::Note) -> Note,
    approval: impl Fn(M::Approval) -> ApprovalId,
) -> Effects<Party> {
    let at_once = effects.at_once.into_iter().map(|effect| match effect {
        AtOnce::Verdict(ticket, verdict) => AtOnce::Verdict(ticket, verdict),
        AtOnce::Dial(peer, addresses) => AtOnce::Dial(peer, addresses),
        AtOnce::HangUp(peer) => AtOnce::HangUp(peer),
        AtOnce::WakeAt(at) => AtOnce::WakeAt(at),
        AtOnce::Note(noted) => AtOnce::Note(note(noted)),
    });
    let after_commit = effects.after_commit.into_iter().map(|effect| match effect {
        AfterCommit::Send { to, parcel, bytes } => AfterCommit::Send { to, parcel, bytes },
        AfterCommit::Publish(topic, bytes) => AfterCommit::Publish(topic, bytes),
        AfterCommit::Reply(ask, answered) => AfterCommit::Reply(ask, answer(answered)),
        AfterCommit::Receipt(delivery) => AfterCommit::Receipt(delivery),
        AfterCommit::AskHuman(asked) => AfterCommit::AskHuman(approval(asked)),
    });
    Effects {
        records: effects.records.into_iter().map(record).collect(),
        at_once: at_once.collect(),
        after_commit: after_commit.collect(),
    }
}
