//! Passes that the sponsor cannot see.

use super::*;
use crate::issuing::Signer;
use crate::limits::MANIFEST_WEEKS_AHEAD;
use crate::view::{PassesView, Query, View};
use alloc::sync::Arc;
use machine::Topic;
use protocol::check::{Context, Kind, Record as Said, check, own};
use protocol::id::{BlindSignature, Blinded, HolderKey, Modulus, Print};
use protocol::limits::LOG_PASSES_PER_EPOCH;
use protocol::noise::Seed;
use protocol::pass::{
    Grant, IssuingKey, IssuingSecret, Keyring, Manifest, Pass, PassSignature, Purpose, SignedManifest,
};
use protocol::time::Week;
use std::sync::OnceLock;

/// The same four keys for every week, `turned` so that a week's keys can differ from what was published.
#[derive(Debug)]
struct Keys {
    turned: usize,
}

fn secrets() -> &'static [IssuingSecret] {
    static KEYS: OnceLock<Vec<IssuingSecret>> = OnceLock::new();
    KEYS.get_or_init(|| {
        let mut entropy = Entropy::new([9; 32]);
        (0..4).map(|_| IssuingSecret::generate(&mut entropy.chance("issuing")).unwrap()).collect()
    })
}

impl Keys {
    fn of(&self, purpose: Purpose) -> &'static IssuingSecret {
        let at = Purpose::ALL.iter().position(|known| *known == purpose).unwrap();
        &secrets()[(at + self.turned) % 4]
    }
}

impl Signer for Keys {
    fn keys(&self, _: Week) -> Option<Vec<(Purpose, Modulus)>> {
        Some(Purpose::ALL.map(|purpose| (purpose, self.of(purpose).modulus())).to_vec())
    }
    fn sign(&self, _: Week, purpose: Purpose, blinded: &[Blinded]) -> Option<Vec<Option<BlindSignature>>> {
        let mut chance = Entropy::new([1; 32]).chance("signing");
        Some(blinded.iter().map(|one| self.of(purpose).sign(&mut chance, one)).collect())
    }
    fn forget_before(&self, _: Week) {}
}

fn blind_genesis() -> Genesis {
    Genesis { passes: PassScheme::Blind, ..genesis() }
}

fn running() -> Running {
    Running::of(founded(blind_genesis()).with_signer(Arc::new(Keys { turned: 0 })))
}

fn grant(epoch: Week, purpose: Purpose, number: u8) -> Grant {
    Grant::new(blind_genesis().id(), SponsorKey::of(&founder()), epoch, purpose, HolderKey([number; 32]))
}

fn blinded(epoch: Week, purpose: Purpose, numbers: core::ops::Range<u8>) -> Vec<Blinded> {
    let key = IssuingKey::new(&Keys { turned: 0 }.of(purpose).modulus()).unwrap();
    numbers.map(|n| key.blind(&grant(epoch, purpose, n), &Seed([n; 32])).unwrap().blinded).collect()
}

/// What is answered, and whether the batch is used up.
type Answered = (Vec<(Print, BlindSignature)>, bool);

impl Running {
    fn signed(&mut self, from: &Peer, epoch: Week, purpose: Purpose, blinded: Vec<Blinded>) -> Option<Answered> {
        let request = Parcel::BlindRequest { epoch, purpose, blinded };
        match self.receive(from, request.to_bytes()).pop() {
            Some(Parcel::BlindAnswer { answers, used_up, .. }) => Some((answers, used_up)),
            None => None,
            other => unreachable!("{other:?}"),
        }
    }
}

#[test]
fn manifests_of_this_week_and_two_more_are_published_once_and_are_good() {
    // PAS-7
    let now = Now { wall: WallMs(1_795_000_000_000), mono: MonoMs(0) };
    let mut sponsor = founded(blind_genesis()).with_signer(Arc::new(Keys { turned: 0 }));
    let mut entropy = Entropy::new([3; 32]);
    let effects = sponsor.handle(now, &mut entropy, Input::Started);
    let (genesis, at) = (blind_genesis(), UnixMs(now.wall.0));
    let context = Context { genesis: &genesis, network: genesis.id(), keys: &Keyring::default(), now: at };
    let published = effects.after_commit.iter().filter_map(|effect| match effect {
        AfterCommit::Publish(Topic::Keys, frame) => Some(check(frame, Kind::Keys, &context).unwrap()),
        _ => None,
    });
    let weeks: Vec<Week> = published
        .map(|checked| match checked.record() {
            Said::Manifest(manifest) => manifest.body.epoch,
            _ => unreachable!("a manifest"),
        })
        .collect();
    assert_eq!(weeks, (0..=MANIFEST_WEEKS_AHEAD).map(|n| at.week().plus(n)).collect::<Vec<_>>());
    let again = sponsor.handle(now, &mut entropy, Input::Started);
    assert!(again.records.is_empty(), "a restart says nothing else");
}

#[test]
fn a_member_gets_signatures_that_open_into_good_passes() {
    // PAS-1, PAS-5, PAS-10
    let mut running = running();
    let (peer, _) = running.member(1);
    let week = running.at().week();
    let asked = blinded(week, Purpose::Advert, 0..3);
    let (answers, used_up) = running.signed(&peer, week, Purpose::Advert, asked).unwrap();
    assert_eq!((answers.len(), used_up), (3, false));
    let keys = running.sponsor.market.shelf.keyring().clone();
    let genesis = blind_genesis();
    let context = Context { genesis: &genesis, network: genesis.id(), keys: &keys, now: running.at() };
    let key = keys.key(&SponsorKey::of(&founder()), week, Purpose::Advert).unwrap();
    for (n, (_, answer)) in answers.iter().enumerate() {
        let n = u8::try_from(n).unwrap();
        let grant = grant(week, Purpose::Advert, n);
        let hidden = key.blind(&grant, &Seed([n; 32])).unwrap();
        let signature = PassSignature::Blind(key.open(&grant, &hidden, answer).unwrap());
        let pass = Pass { sponsor: grant.sponsor, epoch: week, holder: grant.holder, signature };
        assert_eq!(pass.issued_in(&context, Purpose::Advert), Ok(()));
        assert!(pass.issued_in(&context, Purpose::Contact).is_err());
    }
}

#[test]
fn a_hidden_batch_ends_says_so_and_answers_the_same_question_again() {
    // PAS-4, PAS-10
    let mut running = running();
    let (peer, _) = running.member(1);
    let week = running.at().week();
    let full = u8::try_from(LOG_PASSES_PER_EPOCH).unwrap();
    let asked = blinded(week, Purpose::Log, 0..full);
    let first = running.signed(&peer, week, Purpose::Log, asked.clone()).unwrap();
    assert_eq!((first.0.len(), first.1), (usize::from(full), false));
    let records = running.journal.len();
    assert_eq!(running.signed(&peer, week, Purpose::Log, asked).unwrap(), first, "asked again");
    let more = running.signed(&peer, week, Purpose::Log, blinded(week, Purpose::Log, full - 1..full + 2)).unwrap();
    assert_eq!((more.0.len(), more.1), (1, true), "what is known is answered, what is new is not");
    assert_eq!(running.journal.len(), records, "nothing of that counts");
    let next = running.signed(&peer, week.plus(1), Purpose::Log, blinded(week.plus(1), Purpose::Log, 0..2)).unwrap();
    assert_eq!((next.0.len(), next.1), (2, false), "another week has its own");
    let counted = PassesView { epoch: week, purpose: Purpose::Log, issued: u64::from(full) };
    let View::Passes(seen) = running.sponsor.view(Query::Passes, running.at()) else { unreachable!("passes") };
    assert!(seen.contains(&counted));
    let mut fresh = founded(blind_genesis());
    running.journal.iter().for_each(|record| fresh.apply(record));
    assert_eq!(fresh.digest(), running.sponsor.digest());
}

#[test]
fn strangers_far_weeks_and_requests_in_the_clear_get_nothing() {
    // PAS-1, PAS-4
    let mut running = running();
    let (member, _) = running.member(1);
    let week = running.at().week();
    let asked = blinded(week, Purpose::Advert, 0..1);
    let stranger = peer(8);
    running.input(Input::PeerConnected(stranger.clone()));
    assert_eq!(running.signed(&stranger, week, Purpose::Advert, asked.clone()), None);
    for epoch in [Week(week.0 - 1), week.plus(2)] {
        let answered = running.signed(&member, epoch, Purpose::Advert, asked.clone());
        assert!(answered.is_none_or(|(answers, _)| answers.is_empty()));
    }
    let clear = Parcel::PassRequest { epoch: week, purpose: Purpose::Advert, holders: [HolderKey([1; 32])].to_vec() };
    assert_eq!(running.receive(&member, clear.to_bytes()), []);
}

#[test]
fn whoever_lost_the_published_keys_issues_nothing_rather_than_split_its_members() {
    // PAS-7, PAS-8
    let mut running = running();
    let (peer, _) = running.member(1);
    running.sponsor = running.sponsor.clone().with_signer(Arc::new(Keys { turned: 1 }));
    let effects = running.input(Input::Started);
    assert!(effects.records.is_empty(), "no second manifest");
    running.input(Input::PeerConnected(peer.clone()));
    let week = running.at().week();
    assert_eq!(running.signed(&peer, week, Purpose::Advert, blinded(week, Purpose::Advert, 0..1)), None);
}

#[test]
fn a_manifest_leaves_room_for_members_to_come_and_no_batch_goes_beyond_it() {
    // PAS-7, SYN-15
    let mut running = running();
    let week = running.at().week();
    let slot = Manifest::slot_of(&SponsorKey::of(&founder()), week);
    let Said::Manifest(manifest) = running.sponsor.market.shelf.in_slot(&slot).unwrap().record().clone() else {
        unreachable!("a manifest")
    };
    assert_eq!(manifest.body.members, 64, "nobody has joined yet");
    let asked = blinded(week, Purpose::Log, 0..1);
    let peers: Vec<Peer> = (1..=65).map(|number| running.member(number).0).collect();
    for peer in &peers[..64] {
        assert!(running.signed(peer, week, Purpose::Log, asked.clone()).is_some());
    }
    assert_eq!(running.signed(&peers[64], week, Purpose::Log, asked.clone()), None, "the batches are given");
    assert!(running.signed(&peers[0], week, Purpose::Log, asked).is_some(), "whoever has one goes on with it");
}

#[test]
fn two_manifests_of_another_sponsor_become_a_proof_that_everybody_gets() {
    // PAS-8
    let other = SigningKey::from_bytes(&[2; 32]);
    let mut genesis = blind_genesis();
    genesis.founders.push(Founder { key: SponsorKey::of(&other), name: Name::new("Second").unwrap() });
    genesis.founders.sort_by_key(|founder| founder.key);
    let mut running = Running::of(founded(genesis.clone()).with_signer(Arc::new(Keys { turned: 0 })));
    let (network, epoch) = (genesis.id(), running.at().week());
    let manifest = |turned| {
        let keys = Keys { turned }.keys(epoch).unwrap();
        let body = Manifest { network, sponsor: SponsorKey::of(&other), epoch, members: 3, keys };
        own(Said::Manifest(SignedManifest::new(body, &other))).unwrap()
    };
    running.input(Input::Heard([(None, manifest(0))].to_vec()));
    let effects = running.input(Input::Heard([(None, manifest(1))].to_vec()));
    assert!(effects.after_commit.iter().any(|effect| matches!(effect, AfterCommit::Publish(Topic::Keys, _))));
    let keys = running.sponsor.market.shelf.keyring();
    assert!(keys.is_distrusted(&SponsorKey::of(&other), epoch));
    assert!(!keys.is_distrusted(&SponsorKey::of(&founder()), epoch));
}
