//! Two firms and nothing else: every word handed over by this test, every decision signed by a person of the test.
//!
//! The whole way from private capability to co-signed outcome, with both machines replayed from their records at the end.

mod bounds;
mod conditions;
mod conflicts;
mod crowd;
mod deputies;
mod dockets;
mod early;
mod floods;
mod free;
mod hours;
mod interleavings;
mod invoices;
mod keys;
mod loans;
mod matches;
mod moving;
mod packs;
mod people;
mod policy;
mod refusals;
mod silence;
mod spread;
mod standing;
mod talk;
mod terms;
mod two_people;
mod waiting;

use ed25519_dalek::SigningKey;
use firm::audit::Chained;
use firm::command::{Answer, Asker, Command, ContactCard};
use firm::deals::{Unfit, admissible};
use firm::knowledge::Catalogue;
use firm::policy::{Policy, Word};
use firm::profile::{ItemDraft, Mode};
use firm::record::Record;
use firm::register::{Entrant, Vouch};
use firm::view::{Query, View, WhoActs};
use firm::{Firm, FirmKeys};
use machine::{AfterCommit, Effects, Entropy, Input, Machine, MonoMs, Now, Peer, WallMs};
use protocol::admission::{Admission, Membership, Welcome};
use protocol::charter::{Charter, SignedCharter};
use protocol::check::{Checked, Context, Kind, check};
use protocol::decision::{Decision, Verdict};
use protocol::dialogue::{Brief, CloseReason, Consent, Message, Step};
use protocol::facts::{Side, Weeks};
use protocol::firm_id::{FirstPosition, Inception, SignedInception};
use protocol::genesis::{Founder, Genesis, NetworkKind, PassScheme};
use protocol::id::{ApprovalId, Blob, DealId, Hash, PersonKey, RecordId, RootKey, SponsorKey};
use protocol::money::Money;
use protocol::noise::Seed;
use protocol::parcel::Parcel;
use protocol::pass::{Keyring, Pass, Purpose};
use protocol::place::Point;
use protocol::sign::Signed;
use protocol::terms::{Content, Line, Provision, Topic};
use protocol::text::{Name, ShortText, TermsText};
use protocol::time::{DAY_MS, Day, UnixMs};
use protocol::vocabulary::{
    Credential, Instrument, Language, Material, OutcomeCode, Presence, Process, ResourceClass, Role, ValueBand,
};
use std::collections::VecDeque;

const START: u64 = 1_795_000_000_000; // 2026-11-18

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

#[derive(Clone)]
struct Half {
    firm: Firm,
    fresh: Firm,
    entropy: Entropy,
    records: Vec<Record>,
    peer: Peer,
    people: Vec<(SigningKey, Vec<Role>)>,
    asked: Vec<ApprovalId>,
    answers: Vec<Answer>,
}

#[derive(Clone)]
struct Duet {
    sides: [Half; 2],
    sponsor: SigningKey,
    genesis: Genesis,
    at: u64,
    /// Frames published, as a listener sees them.
    heard: Vec<Vec<u8>>,
    /// What was published and has not reached the other side, while gossip stands still.
    held: Option<Vec<Checked>>,
    /// Who sent each parcel between the two, and under which name; it counts as delivered once it has a receipt.
    sent: Vec<(usize, machine::Parcel)>,
}

const SPONSOR_PEER: &[u8] = b"sponsor-peer";

impl Duet {
    fn new() -> Duet {
        let sponsor = SigningKey::from_bytes(&[9; 32]);
        let founder = Founder { key: SponsorKey::of(&sponsor), name: name("Sponsor of the test") };
        let genesis = Genesis {
            name: name("Duet"),
            kind: NetworkKind::Simulated,
            passes: PassScheme::Plain,
            founders: vec![founder],
            salt: Hash([1; 32]),
            cells: None,
        };
        let mut duet = Duet {
            sides: [side(1, b"peer-one"), side(2, b"peer-two")],
            sponsor,
            genesis,
            at: START,
            heard: Vec::new(),
            held: None,
            sent: Vec::new(),
        };
        for at in 0..2 {
            duet.found(at);
        }
        for at in 0..2 {
            let other = duet.sides[1 - at].peer.clone();
            duet.input(at, Input::PeerConnected(other));
        }
        duet
    }

    fn found(&mut self, at: usize) {
        let n = at as u8 + 1;
        self.input(at, Input::Started);
        let root = SigningKey::from_bytes(&[n + 20; 32]);
        let operating = self.sides[at].firm.operating();
        let inception = SignedInception::new(
            Inception {
                root: RootKey::of(&root),
                operating,
                next_root: Inception::commit_next(&RootKey::of(&SigningKey::from_bytes(&[n + 30; 32]))),
                position: FirstPosition::draw(&Seed([n + 100; 32])).commitment(),
                day: UnixMs(START).day(),
                operating_last: UnixMs(START).day().plus(365),
            },
            &root,
        );
        let firm = inception.body.firm();
        let legal_name = name(&format!("Canary Works {n} Inc."));
        let text = |what: &str| ShortText::new(&format!("{what}-{n}")).unwrap();
        let contact =
            ContactCard { street: text("street"), mail: text("mail"), phone: text("phone"), person: text("person") };
        self.ask(at, Command::Found { inception, legal_name: legal_name.clone(), contact });
        let (network, sponsor) = (self.genesis.id(), SponsorKey::of(&self.sponsor));
        let peer = Blob(self.sides[at].peer.0.clone());
        let charter = Charter {
            network,
            sponsor,
            version: 1,
            name: name("Market"),
            languages: vec![Language::English],
            instruments: vec![Instrument::CapacityRental],
            purpose: ShortText::new("Testing").unwrap(),
        };
        let membership = Membership { network, sponsor, firm, legal_name, since: Day(20_700), expires: Day(21_200) };
        let admission = Admission { network, sponsor, peer: peer.clone(), expires: UnixMs(START + 10_000_000_000) };
        let welcome = Welcome {
            genesis: self.genesis.clone(),
            charter: SignedCharter::new(charter, &self.sponsor),
            admission: Signed::new(admission, &self.sponsor),
            membership: Signed::new(membership, &self.sponsor),
            meeting_points: vec![],
        };
        let joined =
            self.ask(at, Command::Join { welcome: Box::new(welcome), sponsor_peer: Blob(SPONSOR_PEER.to_vec()) });
        assert_eq!(joined, Answer::Done);
        self.ask(at, Command::ListenAt { peer, addresses: vec!["/ip4/127.0.0.1/tcp/1".into()] });
        self.govern(at, Policy::small_shop());
        let roles: [&[Role]; 3] = [&[Role::Planner, Role::Expert], &[Role::Approver], &[Role::Owner, Role::Signer]];
        for (i, roles) in roles.into_iter().enumerate() {
            let key = SigningKey::from_bytes(&[n * 10 + i as u8; 32]);
            let enrol = Command::Enrol {
                entrant: Entrant {
                    id: format!("person-{i}").parse().unwrap(),
                    name: name("Person"),
                    key: PersonKey::of(&key),
                    roles: roles.to_vec(),
                    expires: Day(21_200),
                    scope: vec![],
                    limit: None,
                },
                vouch: None,
            };
            assert_eq!(self.ask(at, enrol), Answer::Done);
            self.sides[at].people.push((key, roles.to_vec()));
        }
        self.input(at, Input::PeerConnected(Peer(SPONSOR_PEER.to_vec())));
    }

    fn ask(&mut self, at: usize, command: Command) -> Answer {
        self.ask_by(at, Asker::Operator, command)
    }

    /// Puts a policy into force, on the owner's word once there is an owner.
    fn govern(&mut self, at: usize, policy: Policy) {
        let policy = self.worded(at, policy, 2);
        assert_eq!(self.ask(at, Command::Govern(Box::new(policy))), Answer::Done);
    }

    /// A policy under the word of a person of that side, if that person is there.
    fn worded(&self, at: usize, policy: Policy, voucher: usize) -> Policy {
        let side = &self.sides[at];
        let Some((key, _)) = side.people.get(voucher) else { return policy };
        let firm = side.firm.identity.founding.as_ref().unwrap().firm;
        Word::sign(side.firm.policy.policy(), policy, firm, key)
    }

    /// Enters somebody, or changes an entry, on the word of a person of that side.
    fn enrol(&mut self, at: usize, entrant: Entrant, voucher: usize) -> Answer {
        let side = &self.sides[at];
        let firm = side.firm.identity.founding.as_ref().unwrap().firm;
        let vouch = Some(Vouch::sign(&side.firm.register, firm, &entrant, &side.people[voucher].0));
        self.ask(at, Command::Enrol { entrant, vouch })
    }

    fn ask_by(&mut self, at: usize, asker: Asker, command: Command) -> Answer {
        self.input(at, Input::Asked { ask: machine::Ask(0), command: command.by(asker) });
        self.sides[at].answers.pop().expect("an answer")
    }

    /// Feeds one input and everything that follows from it, until nobody has anything to say.
    fn input(&mut self, at: usize, input: Input<Firm>) {
        let mut queue = VecDeque::from([(at, input)]);
        while let Some((at, input)) = queue.pop_front() {
            self.at += 50;
            let now = Now { wall: WallMs(self.at), mono: MonoMs(self.at - START) };
            let side = &mut self.sides[at];
            let effects: Effects<Firm> = side.firm.handle(now, &mut side.entropy, input);
            side.records.extend(effects.records);
            for effect in effects.after_commit {
                match effect {
                    AfterCommit::Publish(_, frame) => {
                        self.heard.push(frame.clone());
                        let context = Context {
                            genesis: &self.genesis,
                            network: self.genesis.id(),
                            keys: &Keyring::default(),
                            now: UnixMs(self.at),
                        };
                        let checked = Kind::ALL.into_iter().find_map(|kind| check(&frame, kind, &context).ok());
                        let checked = checked.expect("own words are fit");
                        match &mut self.held {
                            Some(held) => held.push(checked),
                            None => queue.push_back((1 - at, Input::Heard(vec![(None, checked)]))),
                        }
                    }
                    AfterCommit::Send { to, parcel, bytes } => {
                        if to.0 == SPONSOR_PEER {
                            queue.push_back((at, Input::Delivered(parcel)));
                            queue.extend(self.issue(at, &bytes));
                        } else {
                            let from = self.sides[at].peer.clone();
                            let delivery = machine::Delivery(self.sent.len() as u64);
                            self.sent.push((at, parcel));
                            queue.push_back((1 - at, Input::Received { from, delivery, bytes }));
                        }
                    }
                    AfterCommit::Reply(_, answer) => self.sides[at].answers.push(answer),
                    AfterCommit::AskHuman(approval) => self.sides[at].asked.push(approval),
                    AfterCommit::Receipt(delivery) => {
                        let sent = self.sent.get(delivery.0 as usize).copied();
                        queue.extend(sent.map(|(sender, parcel)| (sender, Input::Delivered(parcel))));
                    }
                }
            }
        }
    }

    fn issue(&self, at: usize, bytes: &[u8]) -> Option<(usize, Input<Firm>)> {
        let answer = match Parcel::from_bytes(bytes) {
            Ok(Parcel::PassRequest { epoch, purpose, holders }) => {
                let issue = |holder| Pass::issue(self.genesis.id(), epoch, purpose, holder, &self.sponsor);
                Parcel::Passes { purpose, passes: holders.into_iter().map(issue).collect() }
            }
            Ok(Parcel::RebindRequest(to)) => Parcel::Renewal { answer: self.rebinds(at, to) },
            _ => return None,
        };
        let from = Peer(SPONSOR_PEER.to_vec());
        Some((at, Input::Received { from, delivery: machine::Delivery(u64::MAX), bytes: answer.to_bytes() }))
    }

    /// Decides the open question about a step, by whoever may.
    fn decide(&mut self, at: usize, step: Step, verdict: Verdict) -> Answer {
        let side = &self.sides[at];
        let approval = side.firm.approvals.waiting().find(|asked| asked.summary.step == step);
        let id = approval.unwrap_or_else(|| panic!("no question about {step} on side {at}")).id;
        let question = side.firm.question(&id).expect("an open question");
        let (key, _) = side
            .people
            .iter()
            .find(|(_, roles)| roles.iter().any(|role| question.roles.contains(role)))
            .expect("somebody may decide");
        let decision = Decision::sign(&question, verdict, key);
        self.input(at, Input::Decided { ask: machine::Ask(0), decision });
        self.sides[at].answers.pop().expect("an answer")
    }

    fn approve_both(&mut self, step: Step) {
        for at in 0..2 {
            assert_eq!(self.decide(at, step, Verdict::Approve), Answer::Decided, "{step} on side {at}");
        }
    }

    fn deal(&self, at: usize) -> DealId {
        self.sides[at].firm.deals.all().next().expect("a deal").id
    }

    fn reached(&self, at: usize) -> Step {
        self.sides[at].firm.deals.all().next().expect("a deal").reached()
    }

    fn knows(&self, at: usize, canary: &str) -> bool {
        format!("{:?}", self.sides[at].firm.deals).contains(canary)
    }
}

fn side(n: u8, peer: &[u8]) -> Half {
    let keys = || FirmKeys {
        operating: SigningKey::from_bytes(&[n; 32]),
        master: Seed([n + 100; 32]),
        transport: SigningKey::from_bytes(&[n ^ 0x80; 32]),
    };
    Half {
        firm: Firm::new(keys()),
        fresh: Firm::new(keys()),
        entropy: Entropy::new([n; 32]),
        records: Vec::new(),
        peer: Peer(peer.to_vec()),
        people: Vec::new(),
        asked: Vec::new(),
        answers: Vec::new(),
    }
}

fn item(side: Side, mode: Mode, lat_udeg: i32, lon_udeg: i32) -> ItemDraft {
    let week = UnixMs(START).week();
    ItemDraft {
        side,
        title: name("private title"),
        class: ResourceClass::MachineWithOperator,
        process: Process::FiveAxisMilling,
        materials: vec![Material::Titanium],
        tolerance_um: Some(if side == Side::Offer { 10 } else { 25 }),
        envelope_mm: Some(if side == Side::Offer { 600 } else { 300 }),
        credentials: vec![Credential::As9100],
        site: Point { lat_udeg, lon_udeg },
        weeks: Weeks { first: week.plus(2), last: week.plus(7) },
        hours: if side == Side::Offer { 200 } else { 50 },
        presence: Some(Presence::OnSite),
        travel_km: (side == Side::Need).then_some(100),
        languages: vec![Language::English],
        conflict_classes: Vec::new(),
        operator: side == Side::Offer,
        person: None,
        value: (side == Side::Need).then_some(ValueBand::Upto25k),
        experience: None,
        mode,
        limit: Some(Money::cad(if side == Side::Offer { 190 } else { 260 })),
        note: Some(ShortText::new("private note").unwrap()),
    }
}

const SUPPLIER: usize = 0;
const BUYER: usize = 1;

fn up_to_answer() -> Duet {
    let mut duet = Duet::new();
    let offer = item(Side::Offer, Mode::Silent, 43_260_000, -79_870_000);
    let need = item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000);
    assert!(matches!(duet.ask(SUPPLIER, Command::Confide(Box::new(offer))), Answer::Confided(_)));
    assert!(matches!(duet.ask(BUYER, Command::Confide(Box::new(need))), Answer::Confided(_)));
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
    duet
}

/// From first words that wait for an answer to both signatures.
fn go_on_to_sign(duet: &mut Duet) {
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Viable);
    duet.approve_both(Step::OptIn);
    assert!(matches!(propose(duet, SUPPLIER), Answer::NeedsPerson(_)));
    assert_eq!(duet.decide(SUPPLIER, Step::Terms, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Acknowledge);
    duet.approve_both(Step::Sign);
}

fn propose(duet: &mut Duet, at: usize) -> Answer {
    let deal = duet.deal(at);
    propose_in(duet, at, deal)
}

fn propose_in(duet: &mut Duet, at: usize, deal: DealId) -> Answer {
    let line = |what: &str, hours: u32, rate| Line::hourly(TermsText::new(what).unwrap(), hours * 60, Money::cad(rate));
    duet.ask(
        at,
        Command::ProposeTerms {
            deal,
            instrument: Instrument::CapacityRental,
            lines: vec![line("machining", 45, 220), line("programming", 12, 125)],
            first: Day(20_790),
            last: Day(20_820),
            clauses: vec![TermsText::new("Buyer supplies bar stock.").unwrap()],
            provisions: complete(),
            fulfilments: Vec::new(),
        },
    )
}

/// An answer to every topic that the built-in pack requires of a rental of capacity.
fn complete() -> Vec<Provision> {
    complete_for(Instrument::CapacityRental)
}

fn complete_for(instrument: Instrument) -> Vec<Provision> {
    let required = Catalogue::shared().of(instrument).unwrap().required();
    let answer = |topic: Topic| match topic {
        Topic::Confidentiality | Topic::PaymentDays | Topic::CancelNotice => Content::Number(30),
        other => Content::Choice(other.shape().choices[0]),
    };
    required.map(|topic| Provision { topic, content: answer(topic) }).collect()
}

#[test]
fn two_firms_go_from_private_capability_to_co_signed_outcome() {
    // STP-1, RVL-5
    let mut duet = up_to_answer();
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Viable);
    assert_eq!(duet.decide(SUPPLIER, Step::OptIn, Verdict::Approve), Answer::Decided);
    for at in 0..2 {
        assert!(!duet.knows(at, &format!("Canary Works {} Inc.", 2 - at)), "nobody knows a name before both opted in");
    }
    assert_eq!(duet.decide(BUYER, Step::OptIn, Verdict::Approve), Answer::Decided);
    for at in 0..2 {
        assert_eq!(duet.reached(at), Step::Reveal);
        assert!(duet.knows(at, &format!("Canary Works {} Inc.", 2 - at)), "both know after both opted in");
    }
    assert!(matches!(propose(&mut duet, SUPPLIER), Answer::NeedsPerson(_)));
    assert_eq!(duet.decide(SUPPLIER, Step::Terms, Verdict::Approve), Answer::Decided);
    let total = duet.sides[BUYER].firm.deals.all().next().unwrap().current_terms().unwrap().0.total;
    assert_eq!(total, Money::cad(11_400));
    duet.approve_both(Step::Acknowledge);
    duet.approve_both(Step::Sign);
    duet.approve_both(Step::Start);
    let deal = duet.deal(BUYER);
    let report = Command::ReportOutcome { deal, outcome: OutcomeCode::Completed };
    assert!(matches!(duet.ask(BUYER, report), Answer::NeedsPerson(_)));
    assert_eq!(duet.decide(BUYER, Step::Outcome, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.decide(SUPPLIER, Step::Outcome, Verdict::Approve), Answer::Decided);
    let roots = [0, 1].map(|at| duet.sides[at].firm.market.shelf.root(Kind::Log));
    assert_eq!(roots[0], roots[1], "both hold the same log");
    for side in &mut duet.sides {
        let deal = side.firm.deals.all().next().unwrap();
        assert_eq!(deal.reached(), Step::Outcome);
        assert!(side.firm.audit.rows().iter().all(Chained::is_sound));
        assert_eq!(side.firm.market.shelf.count(Kind::Log), 4, "two STARTs and two OUTCOMEs");
        side.records.iter().for_each(|record| side.fresh.apply(record));
        assert_eq!(side.fresh.digest(), side.firm.digest(), "replaying the records gives the same state");
    }
}

/// What the buyer would make of a message of the supplier now.
fn judged(duet: &Duet, message: &Message) -> Result<(), Unfit> {
    let deal = duet.sides[BUYER].firm.deals.all().next().unwrap();
    admissible(deal, message, false, (duet.genesis.id(), Catalogue::shared()), UnixMs(duet.at))
}

#[test]
fn a_message_out_of_its_step_is_refused() {
    // STP-1
    let mut duet = up_to_answer();
    let deal = duet.deal(BUYER);
    let viable = |deal| Message::Viable(Consent { deal, step: Step::Viable });
    let locked = Message::Locked(Blob(vec![1; 600]));
    let started = Message::Started(RecordId([1; 32]));
    let answer = Message::Answer(Brief::default());
    assert_eq!(judged(&duet, &viable(deal)), Err(Unfit::OutOfStep), "not before the answer");
    assert_eq!(judged(&duet, &answer), Err(Unfit::OutOfStep), "the initiator does not answer");
    duet.decide(BUYER, Step::Answer, Verdict::Approve);
    assert_eq!(judged(&duet, &viable(deal)), Ok(()));
    assert_eq!(judged(&duet, &viable(DealId([9; 16]))), Err(Unfit::OtherMatter), "another deal");
    let begin = Message::Viable(Consent { deal, step: Step::Start });
    assert_eq!(judged(&duet, &begin), Err(Unfit::OtherMatter), "another step");
    assert_eq!(judged(&duet, &locked), Err(Unfit::OutOfStep), "no name before consent");
    duet.approve_both(Step::Viable);
    assert_eq!(judged(&duet, &viable(deal)), Err(Unfit::OutOfStep), "once is enough");
    assert_eq!(judged(&duet, &locked), Err(Unfit::OutOfStep));
    duet.approve_both(Step::OptIn);
    assert_eq!(judged(&duet, &locked), Err(Unfit::OutOfStep), "a second lock");
    assert_eq!(judged(&duet, &started), Err(Unfit::OutOfStep), "nothing is signed");
    assert_eq!(judged(&duet, &Message::Close(CloseReason::Declined)), Ok(()), "a no is in step until both signed");
}

#[test]
fn a_listener_hears_no_name_and_no_exact_value() {
    let mut duet = up_to_answer();
    duet.decide(BUYER, Step::Answer, Verdict::Approve);
    duet.approve_both(Step::Viable);
    duet.approve_both(Step::OptIn);
    let all: Vec<u8> = duet.heard.concat();
    for canary in ["Canary", "street-", "mail-", "phone-", "person-", "private"] {
        assert!(!all.windows(canary.len()).any(|window| window == canary.as_bytes()), "{canary} was said openly");
    }
}

#[test]
fn a_declined_answer_looks_like_silence() {
    // STP-3
    let mut duet = up_to_answer();
    let before = duet.heard.len();
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Decline), Answer::Decided);
    assert_eq!(duet.heard.len(), before, "nothing was said");
    let View::Deal(view) = duet.sides[SUPPLIER].firm.view(&[], &Query::Deal(duet.deal(SUPPLIER)), UnixMs(duet.at))
    else {
        panic!("a deal")
    };
    assert_eq!(view.waiting.who, WhoActs::Them);
}

#[test]
fn a_decision_counts_once_and_only_by_somebody_with_the_role() {
    let mut duet = up_to_answer();
    let side = &duet.sides[BUYER];
    let id = side.firm.approvals.waiting().find(|asked| asked.summary.step == Step::Answer).unwrap().id;
    let question = side.firm.question(&id).unwrap();
    let planner = Decision::sign(&question, Verdict::Approve, &side.people[0].0);
    let stranger = Decision::sign(&question, Verdict::Approve, &SigningKey::from_bytes(&[77; 32]));
    let approver = Decision::sign(&question, Verdict::Approve, &side.people[1].0);
    let mut forged = approver.clone();
    forged.signed.body.verdict = Verdict::Decline;
    for bad in [planner, stranger, forged] {
        duet.input(BUYER, Input::Decided { ask: machine::Ask(0), decision: bad });
        assert!(matches!(duet.sides[BUYER].answers.pop(), Some(Answer::Refused(_))));
    }
    duet.input(BUYER, Input::Decided { ask: machine::Ask(0), decision: approver.clone() });
    assert_eq!(duet.sides[BUYER].answers.pop(), Some(Answer::Decided));
    duet.input(BUYER, Input::Decided { ask: machine::Ask(0), decision: approver });
    assert!(matches!(duet.sides[BUYER].answers.pop(), Some(Answer::Refused(_))), "a question is decided once");
}

#[test]
fn what_nobody_decides_lapses_and_leaves_nothing() {
    // STP-4
    let mut duet = up_to_answer();
    let before = duet.heard.len();
    let question = ApprovalId(duet.sides[BUYER].asked.last().unwrap().0);
    duet.at = duet.sides[BUYER].firm.question(&question).expect("an open question").lapses.0;
    duet.input(BUYER, Input::Woke);
    assert_eq!(duet.heard.len(), before, "a lapsed answer says nothing");
    assert!(duet.sides[BUYER].firm.approvals.waiting().all(|asked| asked.summary.step != Step::Answer));
    assert!(duet.sides[BUYER].firm.question(&question).is_none(), "a lapsed question cannot be decided");
}

#[test]
fn a_firm_without_a_policy_asks_nobody_and_says_nothing() {
    let mut duet = Duet::new();
    duet.govern(BUYER, Policy::default());
    let need = item(Side::Need, Mode::Open, 43_450_000, -80_490_000);
    duet.ask(BUYER, Command::Confide(Box::new(need)));
    assert_eq!(duet.sides[BUYER].firm.approvals.waiting().count(), 0);
    assert!(duet.heard.is_empty());
}

#[test]
fn passes_are_kept_at_hand() {
    let duet = Duet::new();
    let wallet = &duet.sides[BUYER].firm.market.wallet;
    let now = UnixMs(duet.at);
    assert!(wallet.count(Purpose::Contact, now) >= 8 && wallet.count(Purpose::Advert, now) >= 1);
    assert_eq!(wallet.count(Purpose::Log, now), 1);
}
