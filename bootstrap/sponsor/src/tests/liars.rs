//! Neighbours that say what no honest node says.

use super::*;
use machine::AtOnce;
use protocol::check::Kind;
use protocol::id::RecordId;
use protocol::limits::FAULTS_MAX;

/// Who is hung up on.
fn hung_up(effects: &Effects<Sponsor>) -> Vec<Peer> {
    let hung_up = effects.at_once.iter().filter_map(|effect| match effect {
        AtOnce::HangUp(peer) => Some(peer.clone()),
        _ => None,
    });
    hung_up.collect()
}

impl Running {
    fn hears(&mut self, from: &Peer, bytes: Vec<u8>) -> Vec<Peer> {
        hung_up(&self.input(Input::Received { from: from.clone(), delivery: Delivery(1), bytes }))
    }
}

#[test]
fn a_neighbour_that_sends_junk_is_hung_up_on_and_not_let_in_for_a_while() {
    // SYN-17
    let mut running = Running::start();
    let ((liar, _), (honest, _)) = (running.member(1), running.member(2));
    let junk = |running: &mut Running| running.hears(&liar, b"junk".to_vec());
    for _ in 1..FAULTS_MAX {
        assert_eq!(junk(&mut running), []);
    }
    assert_eq!(junk(&mut running), [liar.clone()]);
    running.input(Input::PeerGone(liar.clone()));
    assert_eq!(hung_up(&running.input(Input::PeerConnected(liar.clone()))), [liar.clone()]);
    assert_eq!(running.hears(&honest, Parcel::Same.to_bytes()), [], "nobody else pays for it");
    assert_eq!(running.sponsor.neighbours(), 1);
    running.now.mono = running.now.mono + 600_000;
    running.input(Input::Woke);
    assert_eq!(hung_up(&running.input(Input::PeerConnected(liar.clone()))), []);
    assert_eq!(junk(&mut running), [liar], "one more is enough then");
}

#[test]
fn a_neighbour_that_offers_what_nobody_has_is_hung_up_on() {
    // SYN-17
    let mut running = Running::start();
    let (liar, _) = running.member(1);
    let mut outs = Vec::new();
    for n in 0..FAULTS_MAX as u8 {
        let offer = Parcel::Offer { kind: Kind::Adverts, ids: [RecordId([n; 32])].to_vec() };
        let asked = running.receive(&liar, offer.to_bytes());
        assert!(matches!(asked[..], [Parcel::Want { .. }]), "it is asked: {asked:?}");
        outs = running.hears(&liar, Parcel::Bodies { kind: Kind::Adverts, frames: Vec::new() }.to_bytes());
    }
    assert_eq!(outs, [liar]);
}
