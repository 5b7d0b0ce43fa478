//! The sponsor as a machine: one input in, one set of effects out. It connects the concerns and decides nothing itself.
//!
//! What an attacker would try: speak without being a neighbour (a parcel from nobody connected is refused unread), have
//! passes of a firm that another sponsor admitted (a neighbour is not yet a member; it gets none), grow the state without a
//! pass or an invitation (no record is made of anything refused).

use crate::census;
use crate::command::{Answer, Command, InvitationText, Refusal};
use crate::issuing::{self, Signer, Slot};
use crate::limits::{MANIFEST_WEEKS_AHEAD, TICK_MS};
use crate::market;
use crate::members;
use crate::office::{Misfounded, Office, SponsorKeys, speakable};
use crate::record::{Event, Record};
use alloc::string::{String, ToString};
use alloc::{boxed::Box, collections::BTreeSet, sync::Arc, vec::Vec};
use machine::{
    AfterCommit, AtOnce, Delivery, Effects, Entropy, Input, Machine, MonoMs, Now, Peer, Ticket, Topic, Verdict,
};
use protocol::admission::AdmissionAnswer;
use protocol::catchup::Rounds;
use protocol::census::Row;
use protocol::charter::Charter;
use protocol::check::{Checked, Context, Kind, Record as Said, own};
use protocol::genesis::{Genesis, PassScheme};
use protocol::id::{Blinded, Blob, Hash, HolderKey, InvitationToken};
use protocol::parcel::Parcel;
use protocol::pass::{Keyring, Manifest, Purpose};
use protocol::shelf::Placing;
use protocol::time::{UnixMs, Week};
use protocol::wire::encode;
use rand_core::Rng;
use serde::Serialize;

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
        self.office.signing = Some(signer);
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

/// A sponsor while it handles one input: the only place where state changes and effects are collected.
struct Turn<'a> {
    sponsor: &'a mut Sponsor,
    now: Now,
    effects: Effects<Sponsor>,
}

impl Turn<'_> {
    fn at(&self) -> UnixMs {
        UnixMs(self.now.wall.0)
    }

    /// Applies an event and keeps it for the journal (`MCH-1`).
    fn record(&mut self, event: Event) {
        let record = Record::new(event);
        self.sponsor.apply(&record);
        self.effects.records.push(record);
    }

    fn command(&mut self, command: Command, entropy: &mut Entropy) -> Result<Answer, Refusal> {
        match command {
            Command::Invite { expires } => {
                let mut token = [0; 16];
                entropy.chance("invitation").fill_bytes(&mut token);
                let (invitation, event) =
                    members::invite(&self.sponsor.office, InvitationToken(token), expires, self.at())?;
                self.record(Event::Members(event));
                Ok(Answer::Invited(InvitationText(invitation.to_string())))
            }
            Command::Admit { peer, request } => {
                let Sponsor { members, office, .. } = &*self.sponsor;
                let judgement = members::admit(members, office, &peer, &request.0, self.at());
                Ok(Answer::Admission(Blob(encode(&self.judged(judgement)))))
            }
            Command::Dismiss { member } => {
                self.record(Event::Members(members::dismiss(&self.sponsor.members, member)?));
                Ok(Answer::Done)
            }
            Command::Listen { addresses } => {
                if !speakable(&addresses) {
                    return Err(Refusal::Addresses);
                }
                // Configuration of this run, like the rest of the office: the node says it again at every start.
                self.sponsor.office.addresses = addresses;
                Ok(Answer::Done)
            }
        }
    }

    fn connected(&mut self, peer: Peer) {
        self.compare_shelves(&peer);
        self.tell_census(&peer);
        self.sponsor.run.neighbours.insert(peer);
    }

    fn heard(&mut self, records: &[(Option<Ticket>, Checked)]) {
        for (ticket, checked) in records {
            let is_new = self.take_in(checked) == Placing::New;
            let verdict = if is_new { Verdict::Accept } else { Verdict::Ignore };
            if let Some(ticket) = ticket {
                self.effects.at_once.push(AtOnce::Verdict(*ticket, verdict));
            }
        }
    }

    /// Takes in what a neighbour told, in whatever way, if there is a place for it.
    fn take_in(&mut self, checked: &Checked) -> Placing {
        let (placing, placed) = market::place(&self.sponsor.market, checked, self.at());
        if let Some(event) = placed {
            self.record(Event::Market(event));
        }
        // Two manifests of one sponsor for one week: the proof takes their place, and everybody is told (`PAS-8`).
        if let (Placing::Contradicts(_), Some(proof)) = (placing, self.sponsor.market.shelf.split_by(checked)) {
            self.effects.at_once.push(AtOnce::Note(Note::Split));
            self.say(&proof);
        }
        placing
    }

    /// Places a record of this node's making, which names its maker, and tells everybody.
    fn say(&mut self, checked: &Checked) {
        if let (_, Some(event)) = market::place(&self.sponsor.market, checked, self.at()) {
            self.record(Event::Market(event));
            self.effects.after_commit.push(AfterCommit::Publish(Topic::Keys, checked.frame().to_vec()));
        }
    }

    /// Publishes the manifests that are due (`PAS-7`).
    fn publish_manifests(&mut self) {
        let Sponsor { office, .. } = &*self.sponsor;
        let Some(signer) = office.signing.clone().filter(|_| office.genesis.passes == PassScheme::Blind) else {
            return;
        };
        let this = self.at().week();
        signer.forget_before(this);
        for epoch in (0..=MANIFEST_WEEKS_AHEAD).map(|weeks| this.plus(weeks)) {
            let Sponsor { office, members, market, .. } = &*self.sponsor;
            if market.shelf.in_slot(&Manifest::slot_of(&office.key(), epoch)).is_some() {
                continue;
            }
            let Some(keys) = signer.keys(epoch) else {
                self.effects.at_once.push(AtOnce::Note(Note::NoIssuingKeys { epoch }));
                continue;
            };
            let count = members.all().filter(|member| member.holds_at(self.at())).count();
            let manifest = issuing::manifest(office, epoch, count, keys);
            if let Some(checked) = own(Said::Manifest(manifest)) {
                self.say(&checked);
            }
        }
    }

    /// The signer, if its keys of an epoch are those that were published.
    fn signer_of(&self, epoch: Week) -> Option<Arc<dyn Signer>> {
        let Sponsor { office, market, .. } = &*self.sponsor;
        let signer = office.signing.clone().filter(|_| office.genesis.passes == PassScheme::Blind)?;
        let published = market.shelf.in_slot(&Manifest::slot_of(&office.key(), epoch))?;
        let Said::Manifest(manifest) = published.record() else { return None };
        (signer.keys(epoch)? == manifest.body.keys).then_some(signer)
    }

    fn issue_blindly(&mut self, from: &Peer, epoch: Week, purpose: Purpose, blinded: &[Blinded]) {
        let Some(slot) = self.slot(from, epoch, purpose) else { return };
        let signer = self.signer_of(epoch);
        let issue =
            signer.and_then(|signer| issuing::issue_blindly(&self.sponsor.issued, &*signer, slot, blinded, self.at()));
        let Some(issue) = issue else {
            self.effects.at_once.push(AtOnce::Note(Note::NoIssuingKeys { epoch }));
            return;
        };
        let before = census::step(self.sponsor.issued.advertisers(epoch));
        if let Some(event) = issue.event {
            self.record(Event::Issuing(event));
        }
        let (answers, used_up) = (issue.answers, issue.used_up);
        self.send(from, &Parcel::BlindAnswer { epoch, purpose, answers, used_up });
        self.tell_fetched(from, slot, before);
    }

    /// The batch of the member that a peer is; anybody else gets nothing.
    fn slot(&mut self, from: &Peer, epoch: Week, purpose: Purpose) -> Option<Slot> {
        let Sponsor { members, .. } = &*self.sponsor;
        let member = members.by_peer(&from.0).and_then(|number| members.member(number));
        let slot = member.filter(|member| member.holds_at(self.at())).map(|member| member.number);
        if slot.is_none() {
            self.effects.at_once.push(AtOnce::Note(Note::NotAMember { from: from.clone() }));
        }
        slot.map(|member| Slot { epoch, purpose, member })
    }

    /// A member that fetched passes for adverts may have made the crowd larger.
    fn tell_fetched(&mut self, from: &Peer, slot: Slot, before: Option<u32>) {
        if census::step(self.sponsor.issued.advertisers(slot.epoch)) != before {
            let all: Vec<Peer> = self.sponsor.run.neighbours.iter().cloned().collect();
            all.iter().for_each(|peer| self.tell_census(peer));
        } else if slot.purpose == Purpose::Advert {
            self.tell_census(from);
        }
    }

    fn received(&mut self, from: &Peer, delivery: Delivery, bytes: &[u8]) {
        if !self.sponsor.run.neighbours.contains(from) {
            self.refuse(from, "a parcel from a peer that is not connected".to_string());
            return;
        }
        match Parcel::from_bytes(bytes) {
            Err(why) => self.refuse(from, why.to_string()),
            Ok(Parcel::PassRequest { epoch, purpose, holders }) => self.issue(from, epoch, purpose, &holders),
            Ok(Parcel::BlindRequest { epoch, purpose, blinded }) => {
                self.issue_blindly(from, epoch, purpose, &blinded);
            }
            Ok(Parcel::Bodies { kind, frames }) => self.bodies(from, kind, &frames),
            Ok(Parcel::RenewalRequest) => self.renew(from),
            // A sponsor fetches no passes, has no deals, signs for itself and counts its own region.
            Ok(
                Parcel::Passes { .. }
                | Parcel::BlindAnswer { .. }
                | Parcel::Session { .. }
                | Parcel::Renewal { .. }
                | Parcel::Census(_),
            ) => {}
            Ok(parcel) => {
                let at = self.at();
                let Sponsor { run, market, .. } = &mut *self.sponsor;
                let answers = run.rounds.answer(from, &market.shelf, &parcel, at);
                self.tell(from, &answers);
            }
        }
        self.effects.after_commit.push(AfterCommit::Receipt(delivery));
    }

    /// Keeps what became true by a judgement, and gives its answer.
    fn judged(&mut self, judgement: members::Judgement) -> AdmissionAnswer {
        if let Some(event) = judgement.event {
            self.record(Event::Members(event));
        }
        judgement.answer
    }

    fn renew(&mut self, from: &Peer) {
        let Sponsor { members, office, .. } = &*self.sponsor;
        let judgement = members::renew(members, office, &Blob(from.0.clone()), self.at());
        let answer = self.judged(judgement);
        if matches!(answer, AdmissionAnswer::NotAdmitted(_)) {
            self.effects.at_once.push(AtOnce::Note(Note::NotAMember { from: from.clone() }));
        }
        self.send(from, &Parcel::Renewal { answer });
    }

    fn issue(&mut self, from: &Peer, epoch: Week, purpose: Purpose, holders: &[HolderKey]) {
        let Some(slot) = self.slot(from, epoch, purpose) else { return };
        let Sponsor { issued, office, .. } = &*self.sponsor;
        if office.genesis.passes != PassScheme::Plain {
            self.refuse(from, "a request for passes that the sponsor could link; this network's are blind".to_string());
            return;
        }
        let issue = issuing::issue(issued, office, slot, holders, self.at());
        let before = census::step(issued.advertisers(epoch));
        if let Some(event) = issue.event {
            self.record(Event::Issuing(event));
        }
        self.send(from, &Parcel::Passes { purpose, passes: issue.passes });
        self.tell_fetched(from, slot, before);
    }

    /// Sends the census of this week to a member.
    fn tell_census(&mut self, to: &Peer) {
        let Sponsor { members, issued, office, .. } = &*self.sponsor;
        let census = census::publish(office, issued, self.at().week());
        if let (Some(_), Some(census)) = (members.by_peer(&to.0), census) {
            self.send(to, &Parcel::Census(Box::new(census)));
        }
    }

    /// Bodies from catch-up are judged exactly as if they had been gossiped.
    fn bodies(&mut self, from: &Peer, kind: Kind, frames: &[Blob]) {
        let at = self.at();
        let Sponsor { run, market, office, .. } = &mut *self.sponsor;
        let keys = market.shelf.keyring().clone();
        let context = Context { genesis: &office.genesis, network: office.network, keys: &keys, now: at };
        for judged in run.rounds.judge(&market.shelf, kind, frames, &context) {
            match judged {
                Ok(checked) => {
                    let placing = self.take_in(&checked);
                    self.sponsor.run.rounds.placed(from, &checked, placing);
                }
                Err(why) if why.is_senders_fault() => self.refuse(from, why.to_string()),
                Err(_) => {}
            }
        }
        let Sponsor { run, market, .. } = &mut *self.sponsor;
        let next = run.rounds.next(from, &market.shelf, at);
        self.tell(from, &next.to_sender);
        let others: Vec<Peer> = self.sponsor.run.neighbours.iter().filter(|peer| *peer != from).cloned().collect();
        others.iter().for_each(|peer| self.tell(peer, &next.to_others));
    }

    /// What time brings: records and weeks that are over, and one neighbour to compare with.
    fn tick(&mut self) {
        if self.now.mono < self.sponsor.run.next_tick {
            return;
        }
        self.sponsor.run.next_tick = self.now.mono + TICK_MS;
        if let Some(event) = market::expire(&self.sponsor.market, self.at()) {
            self.record(Event::Market(event));
        }
        if let Some(event) = issuing::outdated(&self.sponsor.issued, self.at()) {
            self.record(Event::Issuing(event));
        }
        self.publish_manifests();
        let run = &mut self.sponsor.run;
        run.rounds.look();
        run.turn_of = run.turn_of.wrapping_add(1).checked_rem(run.neighbours.len()).unwrap_or(0);
        if let Some(peer) = run.neighbours.iter().nth(run.turn_of).cloned() {
            self.compare_shelves(&peer);
        }
    }

    fn compare_shelves(&mut self, peer: &Peer) {
        let at = self.at();
        let Sponsor { run, market, .. } = &mut *self.sponsor;
        let root = run.rounds.open(peer, &market.shelf, at);
        self.tell(peer, root.as_slice());
    }

    /// Sends parcels of catch-up.
    fn tell(&mut self, to: &Peer, parcels: &[Parcel]) {
        for parcel in parcels {
            let name = self.send(to, parcel);
            self.sponsor.run.rounds.sent(to, name.0);
        }
    }

    fn send(&mut self, to: &Peer, parcel: &Parcel) -> machine::Parcel {
        self.sponsor.run.next_parcel += 1;
        let name = machine::Parcel(self.sponsor.run.next_parcel);
        let send = AfterCommit::Send { to: to.clone(), parcel: name, bytes: parcel.to_bytes() };
        self.effects.after_commit.push(send);
        name
    }

    fn refuse(&mut self, from: &Peer, why: String) {
        self.effects.at_once.push(AtOnce::Note(Note::Refused { from: from.clone(), why }));
    }

    /// Sets the alarm, if it is another one than before.
    fn finish(mut self) -> Effects<Sponsor> {
        let run = &mut self.sponsor.run;
        if run.alarm != Some(run.next_tick) {
            run.alarm = Some(run.next_tick);
            self.effects.at_once.push(AtOnce::WakeAt(run.next_tick));
        }
        self.effects
    }
}
