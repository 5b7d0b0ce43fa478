//! A member that goes on under another transport identity.

use super::admission::refused;
use super::*;
use crate::limits::PAST_ADMISSIONS_MAX;
use protocol::admission::{NotAdmitted, admits};
use protocol::id::PeerKey;
use protocol::pass::Purpose;

fn key(number: u8) -> PeerKey {
    PeerKey([number; 32])
}

impl Running {
    fn rebind(&mut self, from: &Peer, to: PeerKey) -> AdmissionAnswer {
        match self.receive(from, Parcel::RebindRequest(to).to_bytes()).pop() {
            Some(Parcel::Renewal { answer }) => answer,
            other => unreachable!("{other:?}"),
        }
    }

    /// Connects under an identity, and asks for passes: how many come.
    fn passes_of(&mut self, from: &Peer) -> usize {
        self.input(Input::PeerConnected(from.clone()));
        let (epoch, purpose) = (self.at().week(), Purpose::Log);
        let holders = [protocol::id::HolderKey([7; 32])].to_vec();
        let answers = self.receive(from, Parcel::PassRequest { epoch, purpose, holders }.to_bytes());
        answers
            .into_iter()
            .map(|answer| if let Parcel::Passes { passes, .. } = answer { passes.len() } else { 0 })
            .sum()
    }
}

#[test]
fn a_member_that_asks_is_admitted_under_another_identity_and_the_one_before_speaks_for_nobody() {
    // ADM-5
    let mut running = Running::start();
    let (old, first) = running.member(1);
    let AdmissionAnswer::Welcome(welcome) = running.rebind(&old, key(9)) else { unreachable!() };
    let new = Peer(key(9).to_peer_id());
    assert_eq!(admits(Some(&encode(&welcome.admission)), &genesis(), &new.0, running.at()), Ok(()));
    assert_eq!(welcome.admission.body.expires, first.admission.body.expires, "nothing lasts longer");
    assert_eq!(welcome.membership, first.membership);
    assert_eq!((running.passes_of(&old), running.passes_of(&new)), (0, 1));
    assert_eq!(running.sponsor.members.all().count(), 1);
    assert_eq!(running.sponsor.digest(), running.replayed().digest());
}

#[test]
fn an_answer_that_was_lost_is_given_again_to_the_identity_that_asked_and_to_no_other_question() {
    // ADM-5
    let mut running = Running::start();
    let (old, _) = running.member(1);
    let first = running.rebind(&old, key(9));
    let records = running.journal.len();
    assert_eq!(running.rebind(&old, key(9)), first);
    assert_eq!(running.journal.len(), records);
    assert_eq!(
        refused(running.rebind(&old, key(10))),
        NotAdmitted::NotAMember,
        "a thief of the old key comes too late"
    );
}

#[test]
fn nobody_takes_on_an_identity_that_is_or_was_another_members() {
    // ADM-5
    let mut running = Running::start();
    let ((one, _), (other, _)) = (running.member(1), running.member(2));
    assert!(matches!(running.rebind(&one, key(9)), AdmissionAnswer::Welcome(_)));
    assert_eq!(refused(running.rebind(&other, key(9))), NotAdmitted::NotRebound, "it is");
    running.input(Input::PeerConnected(Peer(key(9).to_peer_id())));
    assert!(matches!(running.rebind(&Peer(key(9).to_peer_id()), key(10)), AdmissionAnswer::Welcome(_)));
    assert_eq!(refused(running.rebind(&other, key(9))), NotAdmitted::NotRebound, "it was");
    running.input(Input::PeerConnected(peer(8)));
    assert_eq!(refused(running.rebind(&peer(8), key(11))), NotAdmitted::NotAMember, "a stranger");
    let number = running.sponsor.members.by_peer(&other.0).unwrap();
    assert_eq!(running.ask(Command::Dismiss { member: number }), Answer::Done);
    assert_eq!(refused(running.rebind(&other, key(11))), NotAdmitted::NotAMember, "dismissed");
}

#[test]
fn a_member_has_few_identities_whose_admissions_hold_so_that_it_is_no_crowd() {
    // ADM-5
    let mut running = Running::start();
    let (mut from, _) = running.member(1);
    for number in 0..PAST_ADMISSIONS_MAX as u8 {
        assert!(matches!(running.rebind(&from, key(20 + number)), AdmissionAnswer::Welcome(_)));
        from = Peer(key(20 + number).to_peer_id());
        running.input(Input::PeerConnected(from.clone()));
    }
    assert_eq!(refused(running.rebind(&from, key(90))), NotAdmitted::NotRebound);
    running.later(300);
    running.receive(&from, Parcel::RenewalRequest.to_bytes());
    running.later(66);
    assert!(matches!(running.rebind(&from, key(90)), AdmissionAnswer::Welcome(_)), "those of last year are over");
    assert_eq!(running.sponsor.digest(), running.replayed().digest());
}
