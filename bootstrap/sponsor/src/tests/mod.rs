//! What a sponsor promises, seen through its inputs and effects alone.

mod admission;
mod blind;
mod census;
mod liars;
mod meeting;
mod moving;
mod passes;

use crate::command::{Answer, Command};
use crate::office::SponsorKeys;
use crate::record::Record;
use crate::sponsor::Sponsor;
use alloc::{string::String, string::ToString, vec::Vec};
use ed25519_dalek::SigningKey;
use machine::{AfterCommit, Ask, Delivery, Effects, Entropy, Input, Machine, MonoMs, Now, Peer, WallMs};
use protocol::admission::{ADMISSION_BYTES_MAX, AdmissionAnswer, AdmissionRequest, Welcome};
use protocol::charter::Charter;
use protocol::firm_id::Inception;
use protocol::genesis::{Founder, Genesis, NetworkKind, PassScheme};
use protocol::id::{Blob, Hash, InvitationToken, OperatingKey, RootKey, SponsorKey};
use protocol::invitation::Invitation;
use protocol::parcel::Parcel;
use protocol::sign::Signed;
use protocol::text::{Name, ShortText};
use protocol::time::{DAY_MS, Day, UnixMs};
use protocol::vocabulary::{Language, ResourceClass};
use protocol::wire::{decode, encode};

pub(super) fn founder() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

pub(super) fn genesis() -> Genesis {
    Genesis {
        name: Name::new("Test network").unwrap(),
        kind: NetworkKind::Simulated,
        passes: PassScheme::Plain,
        founders: [Founder { key: SponsorKey::of(&founder()), name: Name::new("Convener").unwrap() }].to_vec(),
        salt: Hash([7; 32]),
        cells: None,
    }
}

fn charter() -> Charter {
    Charter {
        network: genesis().id(),
        sponsor: SponsorKey::of(&founder()),
        version: 1,
        name: Name::new("Test market").unwrap(),
        languages: [Language::English, Language::French].to_vec(),
        instruments: Vec::new(),
        purpose: ShortText::new("Idle machines find work.").unwrap(),
    }
}

fn empty() -> Sponsor {
    founded(genesis())
}

pub(super) fn founded(genesis: Genesis) -> Sponsor {
    let addresses = ["/ip4/127.0.0.1/tcp/4001".to_string()].to_vec();
    let keys = SponsorKeys { operating: founder() };
    let charter = Charter { network: genesis.id(), ..charter() };
    Sponsor::new(keys, genesis, charter, Blob([5; 38].to_vec()), addresses, Vec::new()).unwrap()
}

/// A sponsor that runs, with its journal and a clock that tests move.
pub(super) struct Running {
    pub(super) sponsor: Sponsor,
    pub(super) journal: Vec<Record>,
    pub(super) now: Now,
    entropy: Entropy,
}

impl Running {
    pub(super) fn start() -> Running {
        Running::of(empty())
    }

    pub(super) fn of(sponsor: Sponsor) -> Running {
        let now = Now { wall: WallMs(1_795_000_000_000), mono: MonoMs(0) };
        let mut running = Running { sponsor, journal: Vec::new(), now, entropy: Entropy::new([3; 32]) };
        running.input(Input::Started);
        running
    }

    pub(super) fn at(&self) -> UnixMs {
        UnixMs(self.now.wall.0)
    }

    pub(super) fn later(&mut self, days: u64) {
        self.now.wall = self.now.wall + days * DAY_MS;
        self.now.mono = self.now.mono + days * DAY_MS;
    }

    /// Every record crosses the journal's own encoding.
    pub(super) fn input(&mut self, input: Input<Sponsor>) -> Effects<Sponsor> {
        let effects = self.sponsor.handle(self.now, &mut self.entropy, input);
        for record in &effects.records {
            let bytes = minicbor_serde::to_vec(record).unwrap();
            let read: Record = minicbor_serde::from_slice(&bytes).unwrap();
            assert_eq!(&read, record);
            self.journal.push(read);
        }
        effects
    }

    pub(super) fn ask(&mut self, command: Command) -> Answer {
        let effects = self.input(Input::Asked { ask: Ask(1), command });
        match effects.after_commit.into_iter().next().unwrap() {
            AfterCommit::Reply(_, answer) => answer,
            _ => unreachable!("a command has one answer"),
        }
    }

    pub(super) fn invite(&mut self, days: u64) -> Invitation {
        let expires = UnixMs(self.now.wall.0 + days * DAY_MS);
        match self.ask(Command::Invite { expires }) {
            Answer::Invited(text) => text.0.parse().unwrap(),
            other => unreachable!("{other:?}"),
        }
    }

    pub(super) fn admit(&mut self, peer: &Peer, request: &[u8]) -> AdmissionAnswer {
        let command = Command::Admit { peer: Blob(peer.0.clone()), request: Blob(request.to_vec()) };
        match self.ask(command) {
            Answer::Admission(bytes) => decode(&bytes.0, ADMISSION_BYTES_MAX).unwrap(),
            other => unreachable!("{other:?}"),
        }
    }

    /// A firm that was invited, admitted, and is connected.
    pub(super) fn member(&mut self, number: u8) -> (Peer, Welcome) {
        let token = self.invite(7).body().token;
        let AdmissionAnswer::Welcome(welcome) = self.admit(&peer(number), &request(token, number)) else {
            unreachable!("a fresh invitation admits")
        };
        self.input(Input::PeerConnected(peer(number)));
        (peer(number), *welcome)
    }

    /// What a neighbour is told for a parcel.
    pub(super) fn receive(&mut self, from: &Peer, bytes: Vec<u8>) -> Vec<Parcel> {
        sent(&self.input(Input::Received { from: from.clone(), delivery: Delivery(1), bytes }))
    }

    pub(super) fn replayed(&self) -> Sponsor {
        let mut fresh = empty();
        self.journal.iter().for_each(|record| fresh.apply(record));
        fresh
    }
}

pub(super) fn sent(effects: &Effects<Sponsor>) -> Vec<Parcel> {
    let sends = effects.after_commit.iter().filter_map(|effect| match effect {
        AfterCommit::Send { bytes, .. } => Some(Parcel::from_bytes(bytes).unwrap()),
        _ => None,
    });
    sends.collect()
}

pub(super) fn peer(number: u8) -> Peer {
    Peer([number; 38].to_vec())
}

pub(super) fn request(token: InvitationToken, firm: u8) -> Vec<u8> {
    let root = SigningKey::from_bytes(&[firm; 32]);
    let body = Inception {
        root: RootKey::of(&root),
        operating: OperatingKey::of(&root),
        next_root: Hash([firm; 32]),
        position: Hash([firm; 32]),
        day: Day(20_000),
        operating_last: Day(20_365),
    };
    let legal_name = Name::new(&legal_name(firm)).unwrap();
    let inception = Signed::new(body, &root);
    encode(&AdmissionRequest { token, legal_name, inception, classes: [ResourceClass::Machine].to_vec() })
}

pub(super) fn legal_name(firm: u8) -> String {
    alloc::format!("Firm number {firm} Ltd")
}
