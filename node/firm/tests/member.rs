//! One firm and its sponsors over months: certificates and passes in good time, and nothing kept that is of no use.

#[path = "member/blind.rs"]
mod blind;
#[path = "member/first.rs"]
mod first;

use ed25519_dalek::SigningKey;
use firm::command::{Answer, Asker, Command, ContactCard, Refusal};
use firm::identity::Validity;
use firm::record::Record;
use firm::view::{BelongingView, Query, View};
use firm::{Firm, FirmKeys};
use machine::{AfterCommit, Ask, Delivery, Entropy, Input, Machine, MonoMs, Now, Peer, WallMs};
use protocol::admission::{Admission, AdmissionAnswer, Membership, NotAdmitted, Welcome};
use protocol::charter::{Charter, SignedCharter};
use protocol::firm_id::{FirstPosition, Inception, SignedInception};
use protocol::genesis::{Founder, Genesis, NetworkKind, Pace, PassScheme};
use protocol::id::{Blob, FirmId, Hash, RootKey, SponsorKey};
use protocol::noise::Seed;
use protocol::parcel::Parcel;
use protocol::pass::{Pass, Purpose};
use protocol::sign::Signed;
use protocol::text::{Name, ShortText};
use protocol::time::{DAY_MS, UnixMs, Week};
use std::collections::BTreeSet;

const START: u64 = 1_795_000_000_000; // 2026-11-18, a Wednesday

const PURPOSES: [Purpose; 3] = [Purpose::Advert, Purpose::Contact, Purpose::Log];

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn genesis() -> Genesis {
    genesis_of(PassScheme::Plain)
}

fn genesis_of(passes: PassScheme) -> Genesis {
    let mut founders: Vec<_> =
        [1, 2].map(|n| Founder { key: SponsorKey::of(&sponsor(n)), name: name(&format!("Sponsor {n}")) }).to_vec();
    founders.sort_by_key(|founder| founder.key);
    let (name, kind) = (name("Valley"), NetworkKind::Simulated);
    Genesis { name, kind, passes, founders, salt: Hash([1; 32]), cells: Some(Pace::REAL) }
}

fn sponsor(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

fn peer(number: u8) -> Peer {
    Peer([number; 38].to_vec())
}

fn keys(number: u8) -> FirmKeys {
    FirmKeys {
        operating: SigningKey::from_bytes(&[number; 32]),
        master: Seed([number; 32]),
        transport: SigningKey::from_bytes(&[number; 32]),
    }
}

/// A firm that runs, and how far its time has come.
struct Running {
    number: u8,
    scheme: PassScheme,
    firm: Firm,
    entropy: Entropy,
    records: Vec<Record>,
    at: u64,
}

impl Running {
    /// A member of sponsor 1 for a year.
    fn start(number: u8) -> Running {
        Running::start_of(number, PassScheme::Plain)
    }

    fn start_of(number: u8, scheme: PassScheme) -> Running {
        let mut running = Running {
            number,
            scheme,
            firm: Firm::new(keys(number)),
            entropy: Entropy::new([number; 32]),
            records: Vec::new(),
            at: START,
        };
        running.input(Input::Started);
        let root = SigningKey::from_bytes(&[number + 100; 32]);
        let next_root = Inception::commit_next(&RootKey([0; 32]));
        let (position, day) = (FirstPosition::draw(&keys(number).master).commitment(), UnixMs(START).day());
        let (operating, operating_last) = (running.firm.operating(), day.plus(365));
        let body = Inception { root: RootKey::of(&root), operating, next_root, position, day, operating_last };
        let text = |text| ShortText::new(text).unwrap();
        let contact = ContactCard { street: text("s"), mail: text("m"), phone: text("p"), person: text("c") };
        let (inception, legal_name) = (SignedInception::new(body, &root), name("Mill Lane Machining"));
        running.ask(Command::Found { inception, legal_name, contact });
        let welcome = running.welcome(1, 365);
        assert_eq!(running.join(1, welcome), Answer::Done);
        running
    }

    fn firm_id(&self) -> FirmId {
        self.firm.identity.founding.as_ref().unwrap().firm
    }

    /// What a sponsor signs today for so many days.
    fn welcome(&self, by: u8, days: u32) -> Welcome {
        let (genesis, key, today) = (genesis_of(self.scheme), SponsorKey::of(&sponsor(by)), UnixMs(self.at).day());
        let network = genesis.id();
        let charter = Charter {
            network,
            sponsor: key,
            version: 1,
            name: name("Market"),
            languages: Vec::new(),
            instruments: Vec::new(),
            purpose: ShortText::new("Testing").unwrap(),
        };
        let last = today.plus(days);
        let peer = Blob(peer(self.number + 50).0);
        let admission = Admission { network, sponsor: key, peer, expires: last.plus(1).start() };
        let (firm, legal_name) = (self.firm_id(), name("Mill Lane Machining"));
        let membership = Membership { network, sponsor: key, firm, legal_name, since: today, expires: last };
        Welcome {
            genesis,
            charter: SignedCharter::new(charter, &sponsor(by)),
            admission: Signed::new(admission, &sponsor(by)),
            membership: Signed::new(membership, &sponsor(by)),
            meeting_points: Vec::new(),
        }
    }

    fn join(&mut self, by: u8, welcome: Welcome) -> Answer {
        self.ask(Command::Join { welcome: Box::new(welcome), sponsor_peer: Blob(peer(by).0) })
    }

    fn ask(&mut self, command: Command) -> Answer {
        let effects = self.effects(Input::Asked { ask: Ask(0), command: command.by(Asker::Operator) });
        let mut answers = effects.into_iter().filter_map(|effect| match effect {
            AfterCommit::Reply(_, answer) => Some(answer),
            _ => None,
        });
        answers.next().unwrap()
    }

    fn effects(&mut self, input: Input<Firm>) -> Vec<AfterCommit<Firm>> {
        let now = Now { wall: WallMs(self.at), mono: MonoMs(self.at - START) };
        let effects = self.firm.handle(now, &mut self.entropy, input);
        self.records.extend(effects.records);
        effects.after_commit
    }

    /// What is sent to whom in consequence; receipts come at once.
    fn input(&mut self, input: Input<Firm>) -> Vec<(Peer, Parcel)> {
        let mut sent = Vec::new();
        for effect in self.effects(input) {
            if let AfterCommit::Send { to, parcel, bytes } = effect {
                sent.push((to, Parcel::from_bytes(&bytes).unwrap()));
                sent.extend(self.input(Input::Delivered(parcel)));
            }
        }
        sent
    }

    fn hears(&mut self, from: u8, parcel: Parcel) {
        let bytes = parcel.to_bytes();
        self.input(Input::Received { from: peer(from), delivery: Delivery(0), bytes });
    }

    fn later(&mut self, ms: u64) -> Vec<(Peer, Parcel)> {
        self.at += ms;
        self.input(Input::Woke)
    }

    /// The sponsor gives the passes that it is asked for; says for which weeks.
    fn served(&mut self, by: u8, asked: Vec<(Peer, Parcel)>) -> BTreeSet<Week> {
        let mut weeks = BTreeSet::new();
        for (to, parcel) in asked {
            if let Parcel::PassRequest { epoch, purpose, holders } = parcel
                && to == peer(by)
            {
                weeks.insert(epoch);
                let issue = |holder| Pass::issue(genesis().id(), epoch, purpose, holder, &sponsor(by));
                self.hears(by, Parcel::Passes { purpose, passes: holders.into_iter().map(issue).collect() });
            }
        }
        weeks
    }

    /// How many passes can be used now.
    fn at_hand(&self) -> [usize; 3] {
        let now = UnixMs(self.at);
        PURPOSES.map(|purpose| self.firm.market.wallet.count(purpose, now))
    }

    /// The days until one of the sponsors is asked for renewal, at most so many.
    fn days_until_renewal_is_asked(&mut self, most: u64) -> Option<u64> {
        (1..=most).find(|_| self.later(DAY_MS).iter().any(|(_, parcel)| *parcel == Parcel::RenewalRequest))
    }

    fn belonging(&self) -> Vec<BelongingView> {
        match self.firm.view(&[], &Query::Belonging, UnixMs(self.at)) {
            View::Belonging(all) => all,
            other => panic!("{other:?}"),
        }
    }

    fn is_replayed(&self) {
        let mut fresh = Firm::new(keys(self.number));
        self.records.iter().for_each(|record| {
            let bytes = minicbor_serde::to_vec(record).unwrap();
            fresh.apply(&minicbor_serde::from_slice(&bytes).unwrap());
        });
        assert_eq!(fresh.digest(), self.firm.digest(), "replaying the records gives the same state");
    }
}

fn renewal(welcome: Welcome) -> Parcel {
    Parcel::Renewal { answer: AdmissionAnswer::Welcome(Box::new(welcome)) }
}

#[test]
fn a_sponsor_is_asked_for_renewal_in_the_first_half_of_the_last_third_and_not_at_the_same_moment_by_all() {
    // ADM-3
    let days: Vec<u64> = (1..=6)
        .map(|number| {
            let mut running = Running::start(number);
            running.input(Input::PeerConnected(peer(1)));
            running.days_until_renewal_is_asked(366).expect("it is asked")
        })
        .collect();
    assert!(days.iter().all(|day| (244..=306).contains(day)), "{days:?}");
    assert!(days.iter().any(|day| *day != days[0]), "{days:?}");
}

#[test]
fn a_sponsor_that_was_away_is_asked_when_it_is_back_and_then_once_a_day() {
    // ADM-3
    let mut running = Running::start(1);
    assert_eq!(running.days_until_renewal_is_asked(330), None, "nobody is there");
    let asked = running.input(Input::PeerConnected(peer(1)));
    assert!(asked.contains(&(peer(1), Parcel::RenewalRequest)));
    let mut asked = Vec::new();
    (0..24).for_each(|_| asked.extend(running.later(3_600_000)));
    assert_eq!(asked.iter().filter(|(_, parcel)| *parcel == Parcel::RenewalRequest).count(), 1);
}

#[test]
fn a_renewal_is_taken_in_from_the_sponsor_that_was_asked_and_from_nobody_else() {
    // ADM-2, ADM-3
    let mut running = Running::start(1);
    running.input(Input::PeerConnected(peer(1)));
    running.input(Input::PeerConnected(peer(2)));
    running.days_until_renewal_is_asked(366).unwrap();
    let (before, records) = (running.firm.digest(), running.records.len());
    let mut other_peer = running.welcome(1, 365);
    other_peer.admission.body.peer = Blob(peer(77).0);
    let admission = Signed::new(other_peer.admission.body.clone(), &sponsor(1));
    let forged = Welcome { membership: running.welcome(2, 365).membership, ..running.welcome(1, 365) };
    running.hears(2, renewal(running.welcome(1, 365)));
    running.hears(1, renewal(running.welcome(2, 365)));
    running.hears(1, renewal(running.welcome(1, 3)));
    running.hears(1, renewal(Welcome { admission, ..running.welcome(1, 365) }));
    running.hears(1, renewal(forged));
    assert_eq!((running.firm.digest(), running.records.len()), (before, records), "none of it counts");
    running.hears(1, renewal(running.welcome(1, 365)));
    let [one] = &running.belonging()[..] else { panic!("one sponsor") };
    assert_eq!((one.member_until, one.validity), (UnixMs(running.at).day().plus(365), Validity::Holds));
    assert!(running.days_until_renewal_is_asked(240).is_none(), "not before the next last third");
    running.is_replayed();
}

#[test]
fn a_refusal_is_kept_with_its_reason_and_the_sponsor_is_not_asked_again() {
    // ADM-4
    let mut running = Running::start(1);
    running.input(Input::PeerConnected(peer(1)));
    running.days_until_renewal_is_asked(366).unwrap();
    running.hears(1, Parcel::Renewal { answer: AdmissionAnswer::NotAdmitted(NotAdmitted::NotAMember) });
    let one = &running.belonging()[0];
    assert_eq!((one.refused, one.validity), (Some(NotAdmitted::NotAMember), Validity::Holds));
    assert_eq!(running.days_until_renewal_is_asked(60), None);
    running.is_replayed();
    let anew = running.welcome(1, 365);
    assert_eq!(running.join(1, anew), Answer::Done);
    assert_eq!(running.belonging()[0].refused, None, "a new invitation mends it");
}

#[test]
fn two_weeks_before_the_end_and_after_it_the_membership_says_so() {
    let mut running = Running::start(1);
    for (days, validity) in [(351, Validity::Holds), (1, Validity::LapsesSoon), (13, Validity::LapsesSoon)] {
        running.later(days * DAY_MS);
        assert_eq!(running.belonging()[0].validity, validity, "after {days} more days");
    }
    running.later(DAY_MS);
    assert_eq!(running.belonging()[0].validity, Validity::Lapsed);
}

#[test]
fn a_second_sponsor_stands_beside_the_first_and_another_network_is_refused() {
    let mut running = Running::start(1);
    let second = running.welcome(2, 365);
    assert_eq!(running.join(2, second), Answer::Done);
    let names: Vec<_> = running.belonging().iter().map(|one| one.sponsor.as_str().to_string()).collect();
    assert_eq!(names, ["Sponsor 1", "Sponsor 2"]);
    let mut elsewhere = running.welcome(2, 365);
    elsewhere.genesis.salt = Hash([9; 32]);
    assert_eq!(running.join(2, elsewhere), Answer::Refused(Refusal::BadWelcome));
    running.is_replayed();
}

/// When in its first week a firm asks for the passes of the next, in hours from its beginning of life on a Wednesday.
fn asks_ahead(number: u8) -> (Running, u64) {
    let mut running = Running::start(number);
    let asked = running.input(Input::PeerConnected(peer(1)));
    let this = UnixMs(START).week();
    assert_eq!(running.served(1, asked), [this].into());
    let hours = (1..=7 * 24).find(|_| {
        let asked = running.later(3_600_000);
        running.served(1, asked).contains(&this.plus(1))
    });
    (running, hours.expect("it asks"))
}

#[test]
fn the_passes_of_the_next_week_are_there_when_it_begins_and_not_all_firms_fetch_them_at_once() {
    // PAS-3, PAS-4
    let end = UnixMs(START).week().end().0;
    let asked: Vec<u64> = (1..=6)
        .map(|number| {
            let (mut running, hours) = asks_ahead(number);
            assert!(running.at < end && running.at >= end - 7 * DAY_MS / 2, "in the second half of the week");
            let next = UnixMs(START).week().plus(1);
            assert_eq!(PURPOSES.map(|of| running.firm.market.wallet.stock(of, next)), [2, 16, 1]);
            running.at = end + 1;
            running.input(Input::PeerGone(peer(1)));
            running.at = end + 3 * DAY_MS;
            running.input(Input::Woke);
            assert_eq!(running.at_hand(), [2, 16, 1], "the old ones are out of use and the new ones are here");
            running.is_replayed();
            hours
        })
        .collect();
    assert!(asked.iter().any(|hours| *hours != asked[0]), "{asked:?}");
}

#[test]
fn a_wallet_forgets_what_can_be_used_no_more_and_a_replay_forgets_the_same() {
    // PAS-3
    let mut running = Running::start(1);
    running.input(Input::PeerConnected(peer(1)));
    for _ in 0..10 * 7 * 4 {
        let asked = running.later(DAY_MS / 4);
        running.served(1, asked);
        assert!(running.firm.market.wallet.len() <= 3 * (2 + 16 + 1), "three weeks at most");
        assert!(running.at_hand().iter().all(|count| *count > 0), "and never without a pass");
    }
    running.is_replayed();
    // Without a sponsor the keys that wait for passes grow old, too.
    running.input(Input::PeerGone(peer(1)));
    running.later(30 * DAY_MS);
    assert!(running.firm.market.wallet.is_empty());
    running.is_replayed();
}

#[test]
fn whoever_gives_no_passes_is_not_the_only_one_to_be_asked() {
    let mut running = Running::start(1);
    let second = running.welcome(2, 365);
    running.join(2, second);
    running.input(Input::PeerConnected(peer(2)));
    running.input(Input::PeerConnected(peer(1)));
    let mut asked = Vec::new();
    (0..3).for_each(|_| asked.extend(running.later(600_000)));
    assert!(!running.served(1, asked).is_empty(), "the first is asked when the second keeps silent");
    assert_eq!(running.at_hand(), [2, 16, 1]);
}
