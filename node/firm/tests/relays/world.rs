//! Some firms, one sponsor and a clock: every word takes five milliseconds, every alarm rings when it was set for.

use ed25519_dalek::SigningKey;
use firm::command::{Answer, Asker, Command, ContactCard};
use firm::policy::Policy;
use firm::profile::{ItemDraft, Mode};
use firm::record::Record;
use firm::register::Entrant;
use firm::{Firm, FirmKeys};
use machine::{
    AfterCommit, Ask, AtOnce, Delivery, Entropy, Input, Machine, MonoMs, Now, Peer, Ticket, Verdict, WallMs,
};
use protocol::admission::{Admission, AdmissionAnswer, Membership, Welcome};
use protocol::charter::{Charter, SignedCharter};
use protocol::check::{Context, Kind, check};
use protocol::decision::{Decision, Verdict as Word};
use protocol::dialogue::Step;
use protocol::facts::{Side, Weeks};
use protocol::firm_id::{FirstPosition, Inception, SignedInception};
use protocol::genesis::{Founder, Genesis, NetworkKind, Pace, PassScheme};
use protocol::id::{Blob, Hash, PeerKey, PersonKey, RecordId, RootKey, SponsorKey};
use protocol::noise::Seed;
use protocol::parcel::Parcel;
use protocol::pass::{Keyring, Pass};
use protocol::place::Point;
use protocol::sign::Signed;
use protocol::text::{Name, ShortText};
use protocol::time::UnixMs;
use protocol::vocabulary::{Language, Material, Process, ResourceClass, Role};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const START: u64 = 1_795_000_000_000; // 2026-11-18, a Wednesday

/// A cell in a second, delays of a fifth of one, two seconds of travel.
pub(crate) const PACE: Pace = Pace { cell_ms: 1_000, delay_ms: 200, travel_ms: 2_000 };

/// How long a word is on its way, in milliseconds.
const WAY_MS: u64 = 5;

pub(crate) const SPONSOR: &[u8] = b"sponsor-peer";

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

/// One node.
pub(crate) struct Node {
    pub(crate) firm: Firm,
    pub(crate) records: Vec<Record>,
    pub(crate) peer: Peer,
    /// Whether it runs; a node that is down hears nothing.
    pub(crate) up: bool,
    entropy: Entropy,
    neighbours: BTreeSet<usize>,
    seen: BTreeSet<Hash>,
    tickets: BTreeMap<Ticket, (Kind, Vec<u8>)>,
    deliveries: BTreeMap<Delivery, (usize, machine::Parcel)>,
    alarm: Option<MonoMs>,
    answers: Vec<Answer>,
    person: SigningKey,
}

enum Happens {
    In(usize, Input<Firm>),
    Rings(usize, MonoMs),
    Gossip { to: usize, kind: Kind, frame: Vec<u8> },
    Dialled(usize, usize),
}

/// What somebody said to a neighbour or to everybody, in order.
#[derive(Debug)]
pub(crate) enum Said {
    Cell { from: usize, to: usize },
    Published { by: usize, record: RecordId, kind: Kind },
}

pub(crate) struct World {
    pub(crate) nodes: Vec<Node>,
    pub(crate) said: Vec<(u64, Said)>,
    pub(crate) genesis: Genesis,
    pub(crate) at: u64,
    sponsor: SigningKey,
    queue: BTreeMap<(u64, u64), Happens>,
    named: u64,
    /// A node whose power is cut at the so-manieth of its inputs that leave records, before or after these are on the disk.
    pub(crate) cut: Option<(usize, u64, Cut)>,
}

/// When the power is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    BeforeCommit,
    /// What would have left by it did not.
    AfterCommit,
}

impl World {
    /// So many firms of one sponsor, all connected with each other and their sponsor.
    pub(crate) fn of(count: usize) -> World {
        let sponsor = SigningKey::from_bytes(&[250; 32]);
        let founders = vec![Founder { key: SponsorKey::of(&sponsor), name: name("Sponsor of the test") }];
        let (kind, passes) = (NetworkKind::Simulated, PassScheme::Plain);
        let genesis = Genesis { name: name("Relays"), kind, passes, founders, salt: Hash([1; 32]), cells: Some(PACE) };
        let nodes = (0..count).map(|at| Node::new(at as u8)).collect();
        let (said, queue) = (Vec::new(), BTreeMap::new());
        let mut world = World { nodes, said, genesis, at: START, sponsor, queue, named: 0, cut: None };
        (0..count).for_each(|at| world.found(at));
        for at in 0..count {
            (0..at).for_each(|other| world.connect(at, other));
        }
        world
    }

    fn found(&mut self, at: usize) {
        self.input(at, Input::Started);
        let root = SigningKey::from_bytes(&[at as u8 + 100; 32]);
        let position = FirstPosition::draw(&keys(at as u8).master).commitment();
        let (operating, day) = (self.nodes[at].firm.operating(), UnixMs(START).day());
        let next_root = Inception::commit_next(&RootKey([0; 32]));
        let root_key = RootKey::of(&root);
        let body = Inception { root: root_key, operating, next_root, position, day, operating_last: day.plus(365) };
        let firm = body.firm();
        let inception = SignedInception::new(body, &root);
        let text = |text| ShortText::new(text).unwrap();
        let contact = ContactCard { street: text("s"), mail: text("m"), phone: text("p"), person: text("c") };
        let legal_name = name(&format!("Works {at}"));
        self.ask(at, Command::Found { inception, legal_name: legal_name.clone(), contact });
        let (network, sponsor) = (self.genesis.id(), SponsorKey::of(&self.sponsor));
        let charter = Charter {
            network,
            sponsor,
            version: 1,
            name: name("Market"),
            languages: Vec::new(),
            instruments: Vec::new(),
            purpose: text("Testing"),
        };
        let peer = Blob(self.nodes[at].peer.0.clone());
        let membership = Membership { network, sponsor, firm, legal_name, since: day, expires: day.plus(365) };
        let admission = Admission { network, sponsor, peer: peer.clone(), expires: day.plus(365).start() };
        let welcome = Box::new(Welcome {
            genesis: self.genesis.clone(),
            charter: SignedCharter::new(charter, &self.sponsor),
            admission: Signed::new(admission, &self.sponsor),
            membership: Signed::new(membership, &self.sponsor),
            meeting_points: Vec::new(),
        });
        self.ask(at, Command::Join { welcome, sponsor_peer: Blob(SPONSOR.to_vec()) });
        self.ask(at, Command::ListenAt { peer, addresses: vec![format!("/ip4/192.0.2.{at}/tcp/4001")] });
        let entrant = Entrant {
            id: "owner".parse().unwrap(),
            name: name("Owner"),
            key: PersonKey::of(&self.nodes[at].person),
            roles: vec![Role::Owner, Role::Approver, Role::Signer],
            expires: day.plus(300),
            scope: Vec::new(),
            limit: None,
        };
        // The first policy needs no owner's word, because there is no owner yet.
        self.ask(at, Command::Govern(Box::new(Policy::small_shop())));
        self.ask(at, Command::Enrol { entrant, vouch: None });
        self.input(at, Input::PeerConnected(Peer(SPONSOR.to_vec())));
    }

    pub(crate) fn ask(&mut self, at: usize, command: Command) -> Answer {
        self.try_ask(at, command).expect("an answer")
    }

    /// `None` when the power was cut meanwhile.
    pub(crate) fn try_ask(&mut self, at: usize, command: Command) -> Option<Answer> {
        self.input(at, Input::Asked { ask: Ask(0), command: command.by(Asker::Operator) });
        self.nodes[at].answers.pop()
    }

    /// Publishes a need, as its owner decides; gives the record.
    pub(crate) fn advertise(&mut self, at: usize) -> RecordId {
        // A pass for it may still be on its way.
        self.pass(100);
        let known: BTreeSet<_> = self.nodes[at].firm.market.adverts.keys().copied().collect();
        self.ask(at, Command::Confide(Box::new(need())));
        self.approve(at, Step::Advertise);
        let adverts = &self.nodes[at].firm.market.adverts;
        adverts.iter().find(|(item, _)| !known.contains(item)).map(|(_, own)| own.record).unwrap()
    }

    /// Its owner says yes to what waits at a step.
    pub(crate) fn approve(&mut self, at: usize, step: Step) {
        let firm = &self.nodes[at].firm;
        let asked = firm.approvals.waiting().find(|asked| asked.summary.step == step).unwrap().id;
        let decision = Decision::sign(&firm.question(&asked).unwrap(), Word::Approve, &self.nodes[at].person);
        self.input(at, Input::Decided { ask: Ask(0), decision });
        assert_eq!(self.nodes[at].answers.pop(), Some(Answer::Decided));
    }

    /// Takes the advert of an item back.
    pub(crate) fn withdraw(&mut self, at: usize, advert: RecordId) -> RecordId {
        let adverts = &self.nodes[at].firm.market.adverts;
        let item = *adverts.iter().find(|(_, own)| own.record == advert).unwrap().0;
        assert_eq!(self.ask(at, Command::Withdraw(item)), Answer::Done);
        let outgoing = &self.nodes[at].firm.leaving.outgoing;
        *outgoing.keys().find(|record| **record != advert).expect("a withdrawal on its way")
    }

    pub(crate) fn connect(&mut self, one: usize, other: usize) {
        if one == other || !self.nodes[one].up || !self.nodes[other].up || !self.nodes[one].neighbours.insert(other) {
            return;
        }
        self.nodes[other].neighbours.insert(one);
        for (at, peer) in [(one, other), (other, one)] {
            self.input(at, Input::PeerConnected(self.nodes[peer].peer.clone()));
        }
    }

    /// The power is cut: nobody reaches the node, and what it had in memory is gone.
    pub(crate) fn stop(&mut self, at: usize) {
        self.nodes[at].up = false;
        for other in std::mem::take(&mut self.nodes[at].neighbours) {
            self.nodes[other].neighbours.remove(&at);
            self.input(other, Input::PeerGone(self.nodes[at].peer.clone()));
        }
    }

    /// It starts again from its journal, and everybody who runs connects.
    pub(crate) fn start(&mut self, at: usize) {
        let firm = self.nodes[at].replayed(at);
        assert_eq!(firm.digest(), self.nodes[at].firm.digest(), "the journal gives the same state");
        let node = &mut self.nodes[at];
        node.peer = peer_of(&firm);
        (node.firm, node.up, node.alarm) = (firm, true, None);
        (node.tickets, node.deliveries, node.seen) = Default::default();
        self.input(at, Input::Started);
        self.input(at, Input::PeerConnected(Peer(SPONSOR.to_vec())));
        (0..self.nodes.len()).for_each(|other| self.connect(at, other));
    }

    /// Lets so many milliseconds pass.
    pub(crate) fn pass(&mut self, ms: u64) {
        let until = self.at + ms;
        while let Some(entry) = self.queue.first_entry().filter(|entry| entry.key().0 <= until) {
            self.at = entry.key().0.max(self.at);
            let happens = entry.remove();
            self.happen(happens);
        }
        self.at = until;
    }

    /// Lets time pass until something is so, and fails after ten minutes.
    pub(crate) fn until(&mut self, what: &str, so: impl Fn(&World) -> bool) {
        for _ in 0..6_000 {
            if so(self) {
                return;
            }
            self.pass(100);
        }
        panic!("not within ten minutes: {what}");
    }

    /// Who published a record, in order.
    pub(crate) fn publishers(&self, of: RecordId) -> Vec<usize> {
        let said = self.said.iter().filter_map(|(_, said)| match said {
            Said::Published { by, record, .. } if *record == of => Some(*by),
            _ => None,
        });
        said.collect()
    }

    /// When a node sent its own or others' cells, and to whom.
    pub(crate) fn cells_of(&self, node: usize) -> Vec<(u64, usize)> {
        let said = self.said.iter().filter_map(|(at, said)| match said {
            Said::Cell { from, to } if *from == node => Some((*at, *to)),
            _ => None,
        });
        said.collect()
    }

    /// A node's number by its transport identity.
    pub(crate) fn number(&self, peer: PeerKey) -> usize {
        self.nodes.iter().position(|node| node.peer.0 == peer.to_peer_id()).expect("a node of this world")
    }

    /// Whether a node shows a record to its neighbours.
    pub(crate) fn shows(&self, at: usize, record: RecordId) -> bool {
        self.nodes[at].firm.market.shelf.shown(&record).is_some()
    }

    /// Puts an input in at once and gives the receipts that come of it.
    pub(crate) fn input(&mut self, at: usize, input: Input<Firm>) -> usize {
        if !self.nodes[at].up {
            return 0;
        }
        let now = Now { wall: WallMs(self.at), mono: MonoMs(self.at - START) };
        let node = &mut self.nodes[at];
        let effects = node.firm.handle(now, &mut node.entropy, input);
        if !effects.records.is_empty() && self.is_cut(at, &effects.records) {
            return 0;
        }
        let node = &mut self.nodes[at];
        node.records.extend(effects.records);
        for effect in effects.at_once {
            match effect {
                AtOnce::WakeAt(mono) => {
                    self.nodes[at].alarm = Some(mono);
                    self.plan((START + mono.0).max(self.at), Happens::Rings(at, mono));
                }
                AtOnce::Verdict(ticket, verdict) => self.judged(at, ticket, verdict),
                AtOnce::Dial(peer, _) => {
                    let other = self.nodes.iter().position(|node| node.peer == peer);
                    if let Some(other) = other {
                        self.plan(self.at + WAY_MS, Happens::Dialled(at, other));
                    }
                }
                AtOnce::HangUp(_) | AtOnce::Note(_) => {}
            }
        }
        let mut receipts = 0;
        for effect in effects.after_commit {
            match effect {
                AfterCommit::Publish(_, frame) => self.publish(at, frame),
                AfterCommit::Send { to, parcel, bytes } => self.send(at, &to, parcel, bytes),
                AfterCommit::Reply(_, answer) => self.nodes[at].answers.push(answer),
                AfterCommit::Receipt(delivery) => {
                    receipts += 1;
                    if let Some((sender, parcel)) = self.nodes[at].deliveries.remove(&delivery) {
                        self.plan(self.at + WAY_MS, Happens::In(sender, Input::Delivered(parcel)));
                    }
                }
                AfterCommit::AskHuman(_) => {}
            }
        }
        if peer_of(&self.nodes[at].firm) != self.nodes[at].peer {
            self.rename(at);
        }
        receipts
    }

    /// Cuts the power of a node if it is time, and says whether it did.
    fn is_cut(&mut self, at: usize, records: &[Record]) -> bool {
        let Some((node, left, cut)) = self.cut.filter(|(node, ..)| *node == at) else { return false };
        if left > 0 {
            self.cut = Some((node, left - 1, cut));
            return false;
        }
        self.cut = None;
        if cut == Cut::AfterCommit {
            self.nodes[at].records.extend_from_slice(records);
        }
        self.nodes[at].firm = self.nodes[at].replayed(at);
        self.stop(at);
        self.start(at);
        true
    }

    /// The carrier starts again under the transport identity that the firm has taken on: all its lines are cut.
    fn rename(&mut self, at: usize) {
        let flying = std::mem::take(&mut self.nodes[at].deliveries);
        self.queue.retain(|_, happens| !matches!(happens, Happens::In(to, Input::Received { .. }) if *to == at));
        for (sender, parcel) in flying.into_values() {
            self.plan(self.at + WAY_MS, Happens::In(sender, Input::Undelivered(parcel)));
        }
        self.stop(at);
        self.nodes[at].up = true;
        self.nodes[at].peer = peer_of(&self.nodes[at].firm);
        self.input(at, Input::NetworkRestarted);
        self.input(at, Input::PeerConnected(Peer(SPONSOR.to_vec())));
        (0..self.nodes.len()).for_each(|other| self.connect(at, other));
    }

    fn plan(&mut self, at: u64, happens: Happens) {
        self.named += 1;
        self.queue.insert((at, self.named), happens);
    }

    fn happen(&mut self, happens: Happens) {
        match happens {
            Happens::In(at, input) => {
                self.input(at, input);
            }
            Happens::Rings(at, mono) => {
                if self.nodes[at].alarm == Some(mono) {
                    self.nodes[at].alarm = None;
                    self.input(at, Input::Woke);
                }
            }
            Happens::Gossip { to, kind, frame } => self.gossip(to, kind, frame),
            Happens::Dialled(one, other) => self.connect(one, other),
        }
    }

    fn publish(&mut self, at: usize, frame: Vec<u8>) {
        let kind = Kind::ALL.into_iter().find(|kind| check(&frame, *kind, &self.context()).is_ok());
        let kind = kind.expect("own words are fit");
        let record = check(&frame, kind, &self.context()).unwrap().id();
        self.said.push((self.at, Said::Published { by: at, record, kind }));
        self.nodes[at].seen.insert(Hash(record.0));
        self.spread(at, kind, &frame);
    }

    fn spread(&mut self, at: usize, kind: Kind, frame: &[u8]) {
        for to in self.nodes[at].neighbours.clone() {
            self.plan(self.at + WAY_MS, Happens::Gossip { to, kind, frame: frame.to_vec() });
        }
    }

    fn gossip(&mut self, to: usize, kind: Kind, frame: Vec<u8>) {
        let Ok(checked) = check(&frame, kind, &self.context()) else { return };
        if !self.nodes[to].up || !self.nodes[to].seen.insert(Hash(checked.id().0)) {
            return;
        }
        self.named += 1;
        let ticket = Ticket(self.named);
        self.nodes[to].tickets.insert(ticket, (kind, frame));
        self.input(to, Input::Heard(vec![(Some(ticket), checked)]));
    }

    fn judged(&mut self, at: usize, ticket: Ticket, verdict: Verdict) {
        let Some((kind, frame)) = self.nodes[at].tickets.remove(&ticket) else { return };
        if verdict == Verdict::Accept {
            self.spread(at, kind, &frame);
        }
    }

    fn send(&mut self, at: usize, to: &Peer, parcel: machine::Parcel, bytes: Vec<u8>) {
        if to.0 == SPONSOR {
            return self.at_sponsor(at, parcel, &bytes);
        }
        let other = self.nodes.iter().position(|node| node.peer == *to);
        let Some(to) = other.filter(|other| self.nodes[at].neighbours.contains(other)) else {
            return self.plan(self.at + WAY_MS, Happens::In(at, Input::Undelivered(parcel)));
        };
        if matches!(Parcel::from_bytes(&bytes), Ok(Parcel::Cell(_))) {
            self.said.push((self.at, Said::Cell { from: at, to }));
        }
        self.named += 1;
        let delivery = Delivery(self.named);
        self.nodes[to].deliveries.insert(delivery, (at, parcel));
        let from = self.nodes[at].peer.clone();
        self.plan(self.at + WAY_MS, Happens::In(to, Input::Received { from, delivery, bytes }));
    }

    fn at_sponsor(&mut self, at: usize, parcel: machine::Parcel, bytes: &[u8]) {
        self.plan(self.at + WAY_MS, Happens::In(at, Input::Delivered(parcel)));
        let answer = match Parcel::from_bytes(bytes) {
            Ok(Parcel::PassRequest { epoch, purpose, holders }) => {
                let issue = |holder| Pass::issue(self.genesis.id(), epoch, purpose, holder, &self.sponsor);
                Parcel::Passes { purpose, passes: holders.into_iter().map(issue).collect() }
            }
            Ok(Parcel::RebindRequest(to)) => {
                let mut welcome = self.nodes[at].firm.identity.joined[0].welcome.clone();
                let admission = Admission { peer: Blob(to.to_peer_id()), ..welcome.admission.body };
                welcome.admission = Signed::new(admission, &self.sponsor);
                Parcel::Renewal { answer: AdmissionAnswer::Welcome(Box::new(welcome)) }
            }
            _ => return,
        };
        let (from, delivery, bytes) = (Peer(SPONSOR.to_vec()), Delivery(0), answer.to_bytes());
        self.plan(self.at + 2 * WAY_MS, Happens::In(at, Input::Received { from, delivery, bytes }));
    }

    fn context(&self) -> Context<'_> {
        static KEYS: std::sync::OnceLock<Keyring> = std::sync::OnceLock::new();
        let keys = KEYS.get_or_init(Keyring::default);
        Context { genesis: &self.genesis, network: self.genesis.id(), keys, now: UnixMs(self.at) }
    }
}

impl Node {
    /// The firm as its journal tells it.
    fn replayed(&self, at: usize) -> Firm {
        let mut firm = Firm::new(keys(at as u8));
        self.records.iter().for_each(|record| firm.apply(record));
        firm
    }

    fn new(number: u8) -> Node {
        Node {
            firm: Firm::new(keys(number)),
            records: Vec::new(),
            peer: peer_of(&Firm::new(keys(number))),
            up: true,
            entropy: Entropy::new([number; 32]),
            neighbours: BTreeSet::new(),
            seen: BTreeSet::new(),
            tickets: BTreeMap::new(),
            deliveries: BTreeMap::new(),
            alarm: None,
            answers: Vec::new(),
            person: SigningKey::from_bytes(&[number + 150; 32]),
        }
    }
}

/// The transport identity under which a firm wants to be met.
fn peer_of(firm: &Firm) -> Peer {
    Peer(PeerKey::of(&firm.transport()).to_peer_id())
}

fn keys(number: u8) -> FirmKeys {
    FirmKeys {
        operating: SigningKey::from_bytes(&[number + 1; 32]),
        master: Seed([number; 32]),
        transport: SigningKey::from_bytes(&[number + 50; 32]),
    }
}

pub(crate) fn need() -> ItemDraft {
    let week = UnixMs(START).week();
    ItemDraft {
        side: Side::Need,
        title: name("private title"),
        class: ResourceClass::MachineWithOperator,
        process: Process::FiveAxisMilling,
        materials: vec![Material::Titanium],
        tolerance_um: Some(25),
        envelope_mm: Some(300),
        credentials: Vec::new(),
        site: Point { lat_udeg: 43_450_000, lon_udeg: -80_490_000 },
        weeks: Weeks { first: week.plus(2), last: week.plus(7) },
        hours: 50,
        presence: None,
        travel_km: Some(100),
        languages: vec![Language::English],
        conflict_classes: Vec::new(),
        operator: false,
        person: None,
        value: None,
        experience: None,
        mode: Mode::Coarse,
        limit: None,
        note: None,
    }
}
