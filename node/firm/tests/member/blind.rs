//! A firm whose sponsors sign what they cannot see.

use super::*;
use firm::view::PassWait;
use machine::Topic;
use protocol::check::{Checked, Kind, Record as Said, own};
use protocol::id::{BlindSignature, Blinded, PeerKey, Print};
use protocol::limits::{ADVERT_PASSES_PER_EPOCH, CONTACT_PASSES_PER_EPOCH, LOG_PASSES_PER_EPOCH};
use protocol::pass::{IssuingSecret, Manifest, SignedManifest};
use std::sync::OnceLock;

const FULL: [usize; 3] =
    [ADVERT_PASSES_PER_EPOCH as usize, CONTACT_PASSES_PER_EPOCH as usize, LOG_PASSES_PER_EPOCH as usize];

/// A sponsor's key for a purpose; the two sponsors have the same four in another order.
fn issuing(by: u8, purpose: Purpose) -> &'static IssuingSecret {
    static KEYS: OnceLock<Vec<IssuingSecret>> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        let mut entropy = Entropy::new([9; 32]);
        (0..4).map(|_| IssuingSecret::generate(&mut entropy.chance("issuing")).unwrap()).collect()
    });
    let at = Purpose::ALL.iter().position(|known| *known == purpose).unwrap();
    &keys[(at + usize::from(by)) % 4]
}

/// What a sponsor publishes for a week, with the keys of `keys_of`.
pub(super) fn manifest(by: u8, epoch: Week, keys_of: u8) -> Checked {
    let keys = Purpose::ALL.map(|purpose| (purpose, issuing(keys_of, purpose).modulus())).to_vec();
    let network = genesis_of(PassScheme::Blind).id();
    let body = Manifest { network, sponsor: SponsorKey::of(&sponsor(by)), epoch, members: 40, keys };
    own(Said::Manifest(SignedManifest::new(body, &sponsor(by)))).unwrap()
}

/// The week in which every test begins.
pub(super) fn this_week() -> Week {
    UnixMs(START).week()
}

pub(super) type Asked = Vec<(Week, Purpose, Vec<Blinded>)>;

/// What one sponsor was asked for blindly.
pub(super) fn asked_of(by: u8, sent: &[(Peer, Parcel)]) -> Asked {
    let of = sent.iter().filter(|(to, _)| *to == peer(by)).filter_map(|(_, parcel)| match parcel {
        Parcel::BlindRequest { epoch, purpose, blinded } => Some((*epoch, *purpose, blinded.clone())),
        _ => None,
    });
    of.collect()
}

/// How many of each purpose, for one week.
fn counted(asked: &Asked, epoch: Week) -> [usize; 3] {
    let of = |purpose| asked.iter().filter(|one| (one.0, one.1) == (epoch, purpose)).map(|one| one.2.len()).sum();
    PURPOSES.map(of)
}

impl Running {
    fn blind() -> Running {
        Running::start_of(1, PassScheme::Blind)
    }

    fn meets_both(&mut self) {
        for number in [1, 2] {
            self.input(Input::PeerConnected(peer(number)));
        }
    }

    /// A member of sponsor 1 that heard these manifests from two neighbours, and what it asks of its sponsor then.
    pub(super) fn asking(manifests: &[Checked]) -> (Running, Asked) {
        let mut running = Running::blind();
        running.meets_both();
        running.hears_of(manifests);
        running.agrees(1);
        let asked = asked_of(1, &running.agrees(2));
        (running, asked)
    }

    fn hears_of(&mut self, manifests: &[Checked]) -> Vec<(Peer, Parcel)> {
        self.input(Input::Heard(manifests.iter().map(|one| (None, one.clone())).collect()))
    }

    fn waits_for(&self) -> Option<PassWait> {
        match self.firm.view(&[], &Query::Status, UnixMs(self.at)) {
            View::Status(status) => status.pass_wait,
            other => panic!("{other:?}"),
        }
    }

    /// A neighbour tells that its keys are the same as this firm's.
    fn agrees(&mut self, number: u8) -> Vec<(Peer, Parcel)> {
        let prints = self.firm.market.shelf.holdings().prints(UnixMs(self.at));
        let keys = prints.into_iter().filter(|(partition, _)| partition.kind == Kind::Keys).collect();
        let bytes = Parcel::Partitions(keys).to_bytes();
        self.input(Input::Received { from: peer(number), delivery: Delivery(0), bytes })
    }

    /// The sponsor signs the first `room` of each batch that it is asked for.
    pub(super) fn signs(&mut self, by: u8, asked: &Asked, room: usize) -> Vec<(Peer, Parcel)> {
        let mut chance = Entropy::new([1; 32]).chance("signing");
        let mut sent = Vec::new();
        for (epoch, purpose, blinded) in asked {
            let sign = |one: &Blinded| (one.print(), issuing(by, *purpose).sign(&mut chance, one).unwrap());
            let answers: Vec<(Print, BlindSignature)> = blinded.iter().take(room).map(sign).collect();
            let used_up = answers.len() < blinded.len();
            let answer = Parcel::BlindAnswer { epoch: *epoch, purpose: *purpose, answers, used_up };
            let (from, bytes) = (peer(by), answer.to_bytes());
            sent.extend(self.input(Input::Received { from, delivery: Delivery(0), bytes }));
        }
        sent
    }
}

#[test]
fn whole_batches_are_asked_for_once_two_neighbours_hold_the_key_and_never_again_in_that_week() {
    // PAS-9, PAS-10
    let mut running = Running::blind();
    let this = this_week();
    let mut sent = running.input(Input::PeerConnected(peer(1)));
    sent.extend(running.input(Input::PeerConnected(peer(2))));
    sent.extend(running.hears_of(&[manifest(1, this, 1), manifest(2, this, 2)]));
    sent.extend(running.agrees(1));
    assert_eq!(counted(&asked_of(1, &sent), this), [0; 3], "one neighbour is not enough");
    let asked = asked_of(1, &running.agrees(2));
    assert_eq!(counted(&asked, this), FULL, "whole batches, at once");
    assert!(asked.iter().all(|(epoch, ..)| *epoch == this), "the next week is not open yet");
    running.signs(1, &asked, 64);
    assert_eq!(running.at_hand(), FULL);
    running.is_replayed();
    let quiet: Vec<_> = (0..6).flat_map(|_| running.later(600_000)).collect();
    assert_eq!(counted(&asked_of(1, &quiet), this), [0; 3], "nothing more is asked");
}

/// With whom shelves are compared.
fn compared(sent: &[(Peer, Parcel)]) -> Vec<Peer> {
    sent.iter().filter(|(_, parcel)| matches!(parcel, Parcel::Root(_))).map(|(to, _)| to.clone()).collect()
}

#[test]
fn a_newcomer_asks_its_neighbours_for_their_keys_every_half_minute_until_two_hold_the_same() {
    // PAS-9
    let mut running = Running::blind();
    running.meets_both();
    running.hears_of(&[manifest(1, this_week(), 1)]);
    assert_eq!(compared(&running.later(1_000)), [peer(1), peer(2)], "as soon as what came together is here");
    running.agrees(1);
    assert_eq!(compared(&running.later(29_999)), []);
    assert_eq!(compared(&running.later(1)), [peer(2)], "whoever has shown it is not asked again");
    let asked = asked_of(1, &running.agrees(2));
    assert_eq!(counted(&asked, this_week()), FULL);
    let quiet: Vec<_> = (0..10).flat_map(|_| running.later(30_000)).collect();
    assert_eq!(compared(&quiet), [], "and then nobody is");
}

#[test]
fn a_firm_without_passes_says_what_it_waits_for() {
    // PAS-8, PAS-9, PAS-10
    let mut running = Running::blind();
    assert_eq!(running.waits_for(), Some(PassWait::Unreached));
    running.input(Input::PeerConnected(peer(1)));
    assert_eq!(running.waits_for(), Some(PassWait::Alone));
    running.input(Input::PeerConnected(peer(2)));
    running.hears_of(&[manifest(1, this_week(), 1)]);
    running.agrees(1);
    assert_eq!(running.waits_for(), Some(PassWait::Unconfirmed));
    let asked = asked_of(1, &running.agrees(2));
    assert_eq!(running.waits_for(), Some(PassWait::Unanswered));
    running.signs(1, &asked, 32);
    assert_eq!(
        running.waits_for(),
        Some(PassWait::UsedUp),
        "32 passes for envelopes are kept for deals that have begun"
    );
    running.hears_of(&[manifest(1, this_week(), 3)]);
    assert_eq!(running.waits_for(), Some(PassWait::Distrusted));

    let (mut running, asked) = Running::asking(&[manifest(1, this_week(), 1)]);
    running.signs(1, &asked, 64);
    assert_eq!(running.waits_for(), None);
}

#[test]
fn what_was_hidden_is_the_same_after_a_crash_and_an_answer_counts_once() {
    // PAS-10
    let (running, asked) = Running::asking(&[manifest(1, this_week(), 1)]);
    let mut again = Running { firm: Firm::new(keys(1)), entropy: Entropy::new([77; 32]), ..Running::blind() };
    running.records.iter().for_each(|record| again.firm.apply(record));
    again.records = running.records.clone();
    again.input(Input::Started);
    let repeated = asked_of(1, &again.input(Input::PeerConnected(peer(1))));
    assert_eq!(repeated, asked, "the sponsor is asked the same and counts nothing twice");
    again.signs(1, &asked, 64);
    again.signs(1, &asked, 64);
    assert_eq!(again.at_hand(), FULL);
    again.is_replayed();
}

#[test]
fn a_firm_with_one_neighbour_waits_two_days_and_does_not_run_dry() {
    // PAS-9; promise 4
    let mut running = Running::blind();
    let this = this_week();
    running.input(Input::PeerConnected(peer(1)));
    running.hears_of(&[manifest(1, this, 1)]);
    running.agrees(1);
    assert_eq!(counted(&asked_of(1, &running.later(2 * DAY_MS - 1)), this), [0; 3]);
    let asked = asked_of(1, &running.later(600_000));
    assert_eq!(counted(&asked, this), FULL);
}

#[test]
fn a_coming_week_is_asked_for_under_a_key_that_is_a_day_old() {
    // PAS-9
    let mut running = Running::blind();
    let next = this_week().plus(1);
    running.meets_both();
    running.at = next.monday().start().0 - 2 * DAY_MS / 24;
    running.hears_of(&[manifest(1, next, 1)]);
    let mut sent = running.agrees(1);
    sent.extend(running.agrees(2));
    sent.extend(running.later(600_000));
    assert_eq!(counted(&asked_of(1, &sent), next), [0; 3], "told an hour before its week");
    let begun = asked_of(1, &running.later(2 * DAY_MS / 24));
    assert_eq!(counted(&begun, next), FULL, "its week has begun, and everybody holds it");
}

#[test]
fn a_batch_that_is_used_up_is_not_asked_for_again_there_and_goes_on_elsewhere() {
    // PAS-10
    let this = this_week();
    let (mut running, asked) = Running::asking(&[manifest(1, this, 1), manifest(2, this, 2)]);
    running.signs(1, &asked, 10);
    let quiet: Vec<_> = (0..20).flat_map(|_| running.later(600_000)).collect();
    assert_eq!(counted(&asked_of(1, &quiet), this), [0; 3], "not every few minutes");
    let welcome = running.welcome(2, 365);
    assert_eq!(running.join(2, welcome), Answer::Done);
    let elsewhere = asked_of(2, &running.later(600_000));
    assert!(counted(&elsewhere, this).iter().all(|count| *count > 0), "another sponsor is asked for the rest");
    running.signs(2, &elsewhere, 64);
    assert_eq!(running.at_hand(), FULL);
    running.is_replayed();
}

#[test]
fn a_relays_batch_that_one_sponsor_leaves_unanswered_goes_on_with_another() {
    // PAS-10, REL-4
    let mut running = Running::blind();
    let second = running.welcome(2, 365);
    assert_eq!(running.join(2, second), Answer::Done);
    let peer = Blob(PeerKey::of(&keys(1).transport).to_peer_id());
    running.ask(Command::ListenAt { peer, addresses: vec!["/ip4/192.0.2.1/tcp/4001".into()] });
    running.meets_both();
    running.hears_of(&[manifest(1, this_week(), 1), manifest(2, this_week(), 2)]);
    running.agrees(1);
    let (relays, others): (Asked, Asked) =
        asked_of(2, &running.agrees(2)).into_iter().partition(|(_, purpose, _)| *purpose == Purpose::Peer);
    assert_eq!(relays.len(), 1, "whoever vouched last is asked first");
    running.signs(2, &others, 64);
    let later = running.later(600_000);
    assert!(asked_of(1, &later).iter().any(|(_, purpose, _)| *purpose == Purpose::Peer));
}

#[test]
fn answers_that_are_no_signatures_give_no_passes() {
    // PAS-10
    let (mut running, asked) = Running::asking(&[manifest(1, this_week(), 1)]);
    let (epoch, purpose, blinded) = asked[0].clone();
    let answers: Vec<_> = blinded.iter().map(|one| (one.print(), BlindSignature([7; 256]))).collect();
    let records = running.records.len();
    running.hears(1, Parcel::BlindAnswer { epoch, purpose, answers, used_up: false });
    assert_eq!((running.at_hand(), running.records.len()), ([0; 3], records));
}

#[test]
fn a_second_key_for_one_week_ends_the_trust_in_its_sponsor_and_everybody_is_told() {
    // PAS-8
    let (mut running, asked) = Running::asking(&[manifest(1, this_week(), 1)]);
    running.signs(1, &asked, 64);
    assert_eq!(running.at_hand(), FULL);
    let effects = running.effects(Input::Heard(vec![(None, manifest(1, this_week(), 3))]));
    let told = effects.iter().any(|effect| matches!(effect, AfterCommit::Publish(Topic::Keys, _)));
    assert!(told, "the proof is published");
    assert_eq!(running.at_hand(), [0; 3], "passes that nobody takes are not kept");
    let quiet: Vec<_> = (0..6).flat_map(|_| running.later(600_000)).collect();
    assert_eq!(asked_of(1, &quiet), Vec::new());
    running.is_replayed();
}
