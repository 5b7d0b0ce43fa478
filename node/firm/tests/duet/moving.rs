//! A firm that takes another transport identity while it is in a deal.

use super::keys::up_to_sign;
use super::*;
use firm::identity;
use firm::record::Event;
use protocol::admission::{AdmissionAnswer, NotAdmitted};
use protocol::id::PeerKey;

impl Duet {
    /// What the sponsor of the test says to a member that asks to be admitted under another identity.
    pub(super) fn rebinds(&self, at: usize, to: PeerKey) -> AdmissionAnswer {
        let mut welcome = self.sides[at].firm.identity.joined[0].welcome.clone();
        let admission = Admission { peer: Blob(to.to_peer_id()), ..welcome.admission.body };
        welcome.admission = Signed::new(admission, &self.sponsor);
        AdmissionAnswer::Welcome(Box::new(welcome))
    }

    fn peer_of(&self, at: usize) -> Peer {
        Peer(PeerKey::of(&self.sides[at].firm.transport()).to_peer_id())
    }

    /// The transport identities that a side takes words of the other from.
    fn knows_as(&self, at: usize) -> Vec<Vec<u8>> {
        let deal = self.sides[at].firm.deals.all().next().unwrap();
        let known = deal.identity.iter().map(|identity| &identity.peer).chain(&deal.before);
        known.map(|peer| peer.0.clone()).collect()
    }

    fn is_moving(&self, at: usize) -> bool {
        self.sides[at].firm.identity.transport.next.is_some()
    }

    /// The carrier has started again under the identity that the firm took on.
    fn rename(&mut self, at: usize) {
        let (old, new) = (self.sides[at].peer.clone(), self.peer_of(at));
        self.sides[at].peer = new.clone();
        self.input(1 - at, Input::PeerGone(old));
        self.input(at, Input::NetworkRestarted);
        self.input(at, Input::PeerConnected(Peer(SPONSOR_PEER.to_vec())));
        let other = self.sides[1 - at].peer.clone();
        self.input(at, Input::PeerConnected(other));
        self.input(1 - at, Input::PeerConnected(new));
    }
}

#[test]
fn a_counterpart_is_told_takes_words_from_both_and_the_deal_goes_on_to_its_outcome() {
    // ADM-5, RVL-10
    let mut duet = up_to_sign();
    let old = duet.sides[SUPPLIER].peer.clone();
    assert_eq!(duet.ask(SUPPLIER, Command::RotateTransport), Answer::Done);
    assert!(!duet.is_moving(SUPPLIER), "sponsor and counterpart are there, so nothing is waited for");
    let new = duet.peer_of(SUPPLIER);
    assert_eq!(duet.knows_as(BUYER), [new.0.clone(), old.0.clone()]);
    // The old carrier says one word more.
    assert_eq!(duet.decide(SUPPLIER, Step::Sign, Verdict::Approve), Answer::Decided);
    duet.rename(SUPPLIER);
    assert_eq!(duet.decide(BUYER, Step::Sign, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Start);
    let deal = duet.deal(BUYER);
    let envelopes = duet.heard.len();
    duet.ask(BUYER, Command::ReportOutcome { deal, outcome: OutcomeCode::Completed });
    assert_eq!(duet.decide(BUYER, Step::Outcome, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.decide(SUPPLIER, Step::Outcome, Verdict::Approve), Answer::Decided);
    assert_eq!([duet.reached(BUYER), duet.reached(SUPPLIER)], [Step::Outcome; 2]);
    assert_eq!(duet.heard.len(), envelopes + 2, "the two entries of the log; no word needed an envelope");
    let admission = &duet.sides[SUPPLIER].firm.identity.joined[0].welcome.admission;
    assert_eq!(admission.body.peer.0, new.0, "which neighbours are shown");
}

#[test]
fn nobody_moves_before_the_counterparts_know_and_after_a_day_those_who_are_away_hear_it_in_an_envelope() {
    // ADM-5, RVL-10
    let mut duet = up_to_sign();
    let other = duet.sides[BUYER].peer.clone();
    duet.input(SUPPLIER, Input::PeerGone(other.clone()));
    assert_eq!(duet.ask(SUPPLIER, Command::RotateTransport), Answer::Done);
    assert!(duet.is_moving(SUPPLIER));
    let mut away = duet;
    away.at += DAY_MS;
    away.input(SUPPLIER, Input::Woke);
    assert!(!away.is_moving(SUPPLIER), "a day is enough");
    let told = away.knows_as(BUYER).first().cloned();
    assert_eq!(told, Some(away.peer_of(SUPPLIER).0), "the envelope told it");
}

#[test]
fn words_that_a_stranger_hands_in_again_get_no_receipt() {
    // RVL-10, DLG-12
    let mut duet = up_to_sign();
    assert_eq!(duet.ask(SUPPLIER, Command::RotateTransport), Answer::Done);
    let deal = duet.sides[SUPPLIER].firm.deals.all().next().unwrap();
    let said = &deal.outbox.last().unwrap().sealed;
    let parcel = Parcel::Session { tag: said.tag.0, ciphertext: said.ciphertext.clone() }.to_bytes();
    let mut receipts = |from: Peer| {
        let now = Now { wall: WallMs(duet.at), mono: MonoMs(duet.at - START) };
        let side = &mut duet.sides[BUYER];
        let input = Input::Received { from, delivery: machine::Delivery(7), bytes: parcel.clone() };
        let effects = side.firm.handle(now, &mut side.entropy, input);
        effects.after_commit.iter().filter(|effect| matches!(effect, AfterCommit::Receipt(_))).count()
    };
    let new = Peer(PeerKey::of(&side(1, b"").firm.transport()).to_peer_id());
    assert_eq!(receipts(new), 0, "the identity that it came with was never told");
    assert_eq!(receipts(Peer(b"peer-one".to_vec())), 1, "the one before is known");
}

#[test]
fn an_identity_that_no_sponsor_admits_is_forgotten_and_the_present_one_stays() {
    // ADM-5
    let mut duet = Duet::new();
    let before = duet.peer_of(SUPPLIER);
    let sponsor = Peer(SPONSOR_PEER.to_vec());
    duet.input(SUPPLIER, Input::PeerGone(sponsor.clone()));
    assert_eq!(duet.ask(SUPPLIER, Command::RotateTransport), Answer::Done);
    assert!(duet.is_moving(SUPPLIER));
    let answer = AdmissionAnswer::NotAdmitted(NotAdmitted::NotRebound);
    let bytes = Parcel::Renewal { answer }.to_bytes();
    duet.input(SUPPLIER, Input::Received { from: sponsor, delivery: machine::Delivery(0), bytes });
    assert!(!duet.is_moving(SUPPLIER) && duet.peer_of(SUPPLIER) == before);
    let View::Keys(keys) = duet.sides[SUPPLIER].firm.view(&[], &Query::Keys, UnixMs(duet.at)) else { panic!("keys") };
    assert_eq!(keys.transport.refused, [NotAdmitted::NotRebound], "and the page says why");
}

#[test]
fn the_identity_before_is_gone_from_the_state_with_the_record_that_takes_on_the_next() {
    // ADM-5
    let mut duet = Duet::new();
    duet.ask(SUPPLIER, Command::RotateTransport);
    let first = duet.sides[SUPPLIER].firm.identity.transport.present.clone().expect("it moved");
    duet.ask(SUPPLIER, Command::RotateTransport);
    let text = format!("{:?}", duet.sides[SUPPLIER].firm.identity.transport);
    assert_ne!(duet.sides[SUPPLIER].firm.identity.transport.present, Some(first));
    assert!(!text.contains("next: Some"), "{text}");
    let moved = |record: &&Record| matches!(record.event, Event::Identity(identity::Event::TransportMoved { .. }));
    assert_eq!(duet.sides[SUPPLIER].records.iter().filter(moved).count(), 2);
}
