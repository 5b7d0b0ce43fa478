//! The sponsor as a machine: one input in, one set of effects out. It connects the concerns and decides nothing itself.
//!
//! State changes and effects are collected in [`Turn`]; the other files of this folder are the inputs, one each: what everybody
//! says (`heard`), what one neighbour says (`parcels`), passes asked for (`passes`), what its staff asks (`staff`), what time
//! brings (`ticks`).
//!
//! What an attacker would try: speak without being a neighbour (a parcel from nobody connected is refused unread), have
//! passes of a firm that another sponsor admitted (a neighbour is not yet a member; it gets none), grow the state without a
//! pass or an invitation (no record is made of anything refused).

mod heard;
mod parcels;
mod passes;
mod staff;
mod ticks;
mod turn;

use crate::command::{Answer, Command};
use crate::issuing::{self, Signer};
use crate::market;
use crate::members;
use crate::office::{Misfounded, Office, SponsorKeys};
use crate::record::{Event, Record};
use alloc::string::String;
use alloc::{collections::BTreeSet, sync::Arc, vec::Vec};
use machine::{AfterCommit, Effects, Entropy, Input, Machine, MonoMs, Now, Peer};
use protocol::catchup::{Faults, Rounds};
use protocol::census::Row;
use protocol::charter::Charter;
use protocol::check::{Checked, Kind};
use protocol::genesis::Genesis;
use protocol::id::{Blob, Hash};
use protocol::pass::Keyring;
use protocol::time::Week;
use serde::Serialize;
use turn::Turn;

/// A sponsor's machine asks no person anything, so nothing of this type exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum NoDecision {}

/// Something worth a log line. Names no firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// A neighbour sent something that is refused.
    Refused {
        /// Who.
        from: Peer,
        /// Why.
        why: String,
    },
    /// The issuing keys of a week are not at hand, or others than were published: nobody gets passes of that week here.
    NoIssuingKeys {
        /// Which week.
        epoch: Week,
    },
    /// As many members have batches of a week as its manifest allowed; more get none of it (`PAS-7`).
    Crowded {
        /// Which week.
        epoch: Week,
    },
    /// A sponsor told two manifests for one week. It is in the proof that everybody gets.
    Split,
    /// A peer that is connected, but no member of this sponsor (any more), asked for passes or for renewal.
    NotAMember {
        /// Who.
        from: Peer,
    },
}

/// What is true of this run only. Nothing durable depends on it.
#[derive(Clone, Debug, Default)]
struct Run {
    neighbours: BTreeSet<Peer>,
    next_parcel: u64,
    next_tick: MonoMs,
    alarm: Option<MonoMs>,
    turn_of: usize,
    rounds: Rounds<Peer>,
    faults: Faults<Peer>,
}

/// One sponsor: whom it admitted, what it issued, and the shelf that it holds for everybody.
#[derive(Clone, Debug)]
pub struct Sponsor {
    /// What it is.
    pub office: Office,
    /// Whom it invited and admitted.
    pub members: members::Members,
    /// What it issued.
    pub issued: issuing::Issued,
    /// What it carries.
    pub market: market::Market,
    run: Run,
}

impl Sponsor {
    /// A sponsor with an empty journal. `charter` is signed with the operating key; `addresses` stand in invitations,
    /// `meeting_points` in welcomes.
    pub fn new(
        keys: SponsorKeys,
        genesis: Genesis,
        charter: Charter,
        peer: Blob,
        addresses: Vec<String>,
        meeting_points: Vec<String>,
    ) -> Result<Sponsor, Misfounded> {
        Ok(Sponsor {
            office: Office::new(keys, genesis, charter, peer, addresses, meeting_points)?,
            members: members::Members::default(),
            issued: issuing::Issued::default(),
            market: market::Market::default(),
            run: Run::default(),
        })
    }

    /// The same sponsor with what its staff counted ([`crate::census::rows`]).
    pub fn with_census(mut self, rows: Vec<Row>) -> Sponsor {
        self.office.rows = rows;
        self
    }

    /// The same sponsor with its issuing keys held elsewhere (scheme 1).
    pub fn with_signer(mut self, signer: Arc<dyn Signer>) -> Sponsor {
        self.office.signer = Some(signer);
        self
    }

    /// Connected neighbours.
    pub fn neighbours(&self) -> usize {
        self.run.neighbours.len()
    }

    /// SHA-256 over everything durable, for comparing a replayed state with a live one.
    pub fn digest(&self) -> [u8; 32] {
        let shelf = Kind::ALL.map(|kind| self.market.shelf.root(kind));
        // Encoding into memory fails only for a type that cannot be encoded at all; a mark keeps that from looking equal
        // to an empty state.
        let bytes = minicbor_serde::to_vec((&self.members, &self.issued, shelf));
        Hash::of_bytes("cosolvent/sponsor-digest/1", &bytes.unwrap_or_else(|_| b"unencodable".to_vec())).0
    }
}

impl Machine for Sponsor {
    type Heard = Checked;
    type Command = Command;
    type Answer = Answer;
    type Decision = NoDecision;
    type Approval = NoDecision;
    type Record = Record;
    type Note = Note;
    type Ground = Arc<Keyring>;

    fn ground(&self) -> Arc<Keyring> {
        self.market.shelf.keyring().clone()
    }

    fn handle(&mut self, now: Now, entropy: &mut Entropy, input: Input<Self>) -> Effects<Self> {
        let mut turn = Turn { sponsor: self, now, effects: Effects::none() };
        match input {
            Input::Started => {
                turn.sponsor.run = Run::default();
                turn.tick();
            }
            Input::PeerConnected(peer) => turn.connected(peer),
            Input::PeerGone(peer) => {
                turn.sponsor.run.neighbours.remove(&peer);
                turn.sponsor.run.rounds.forget(&peer);
            }
            Input::NetworkRestarted => {
                turn.sponsor.run.neighbours.clear();
                turn.sponsor.run.rounds = Rounds::default();
            }
            Input::Heard(records) => turn.heard(&records),
            Input::Received { from, delivery, bytes } => turn.received(&from, delivery, &bytes),
            // Whatever a sponsor sends can be asked for again.
            Input::Delivered(parcel) | Input::Undelivered(parcel) => turn.sponsor.run.rounds.landed(parcel.0),
            Input::Asked { ask, command } => {
                let answer = turn.command(command, entropy).unwrap_or_else(Answer::Refused);
                turn.effects.after_commit.push(AfterCommit::Reply(ask, answer));
            }
            Input::Decided { decision, .. } => match decision {},
            Input::Woke => turn.tick(),
            Input::ClockJumped => {
                // The computer may have slept for days: look now.
                turn.sponsor.run.next_tick = now.mono;
                turn.tick();
            }
        }
        turn.finish()
    }

    fn apply(&mut self, record: &Record) {
        match &record.event {
            Event::Members(event) => self.members.apply(event),
            Event::Issuing(event) => self.issued.apply(event),
            Event::Market(event) => self.market.apply(event),
        }
    }
}
