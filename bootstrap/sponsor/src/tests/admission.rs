//! Invitations and admissions.

use super::*;
use crate::command::Refusal;
use crate::view::{InvitationStatus, Query, View};
use alloc::boxed::Box;
use protocol::admission::{NotAdmitted, admits};

pub(super) fn refused(answer: AdmissionAnswer) -> NotAdmitted {
    match answer {
        AdmissionAnswer::NotAdmitted(why) => why,
        AdmissionAnswer::Welcome(_) => unreachable!("this must not be admitted"),
    }
}

#[test]
fn an_invited_firm_gets_certificates_that_its_neighbours_and_counterparts_believe() {
    let mut running = Running::start();
    let (peer, welcome) = running.member(1);
    assert_eq!(welcome.genesis.id(), running.sponsor.office.network);
    let hello = encode(&welcome.admission);
    assert_eq!(admits(Some(&hello), &genesis(), &peer.0, running.at()), Ok(()));
    let key = SponsorKey::of(&founder());
    assert_eq!(welcome.membership.verify(&key).unwrap().legal_name.as_str(), legal_name(1));
    assert!(welcome.charter.verify(&key).is_ok());
}

#[test]
fn an_invitation_admits_one_firm_once() {
    let mut running = Running::start();
    let token = running.invite(7).body().token;
    assert!(matches!(running.admit(&peer(1), &request(token, 1)), AdmissionAnswer::Welcome(_)));
    assert_eq!(refused(running.admit(&peer(2), &request(token, 2))), NotAdmitted::Used);
    assert_eq!(refused(running.admit(&peer(2), &request(token, 1))), NotAdmitted::Used, "a copied request");
    assert_eq!(refused(running.admit(&peer(1), &request(token, 2))), NotAdmitted::Used, "another firm, same peer");
}

#[test]
fn an_answer_lost_on_the_way_is_given_again_and_changes_nothing() {
    let mut running = Running::start();
    let token = running.invite(7).body().token;
    let first = running.admit(&peer(1), &request(token, 1));
    let records = running.journal.len();
    running.later(30);
    assert_eq!(running.admit(&peer(1), &request(token, 1)), first, "even after the invitation has lapsed");
    assert_eq!(running.journal.len(), records);
}

#[test]
fn a_lapsed_an_unknown_and_an_unreadable_request_are_told_apart_and_leave_no_trace() {
    let mut running = Running::start();
    let token = running.invite(1).body().token;
    running.later(1);
    let records = running.journal.len();
    assert_eq!(refused(running.admit(&peer(1), &request(token, 1))), NotAdmitted::Expired);
    assert_eq!(refused(running.admit(&peer(1), &request(InvitationToken([0; 16]), 1))), NotAdmitted::Unknown);
    assert_eq!(refused(running.admit(&peer(1), b"let me in")), NotAdmitted::Malformed);
    assert_eq!(running.journal.len(), records);
}

#[test]
fn a_firm_that_does_not_sign_for_itself_is_refused_and_the_invitation_stays_open() {
    let mut running = Running::start();
    let token = running.invite(7).body().token;
    let mut forged: AdmissionRequest = decode(&request(token, 1), ADMISSION_BYTES_MAX).unwrap();
    forged.inception.body.next_root = Hash([9; 32]);
    assert_eq!(refused(running.admit(&peer(1), &encode(&forged))), NotAdmitted::Malformed);
    assert!(matches!(running.admit(&peer(1), &request(token, 1)), AdmissionAnswer::Welcome(_)));
}

#[test]
fn a_member_in_its_last_third_that_asks_as_at_first_gets_new_certificates_and_keeps_its_date_of_entry() {
    let mut running = Running::start();
    let token = running.invite(7).body().token;
    let AdmissionAnswer::Welcome(first) = running.admit(&peer(1), &request(token, 1)) else { unreachable!() };
    running.later(340);
    let AdmissionAnswer::Welcome(second) = running.admit(&peer(1), &request(token, 1)) else { unreachable!() };
    assert!(second.membership.body.expires > first.membership.body.expires);
    assert!(second.admission.body.expires > first.admission.body.expires);
    assert_eq!(second.membership.body.since, first.membership.body.since);
    assert_eq!(running.sponsor.digest(), running.replayed().digest());
}

impl Running {
    fn renew(&mut self, from: &Peer) -> AdmissionAnswer {
        match self.receive(from, Parcel::RenewalRequest.to_bytes()).pop() {
            Some(Parcel::Renewal { answer }) => answer,
            other => unreachable!("{other:?}"),
        }
    }
}

#[test]
fn a_connected_member_is_renewed_in_its_last_third_and_gets_what_stands_before() {
    // ADM-4
    let mut running = Running::start();
    let (peer, first) = running.member(1);
    running.later(242);
    let records = running.journal.len();
    assert_eq!(running.renew(&peer), AdmissionAnswer::Welcome(Box::new(first.clone())));
    assert_eq!(running.journal.len(), records, "nothing new was signed");
    running.later(1);
    let AdmissionAnswer::Welcome(second) = running.renew(&peer) else { unreachable!() };
    let until = |welcome: &Welcome| (welcome.membership.body.expires, welcome.admission.body.expires);
    assert!(until(&second).0 > until(&first).0 && until(&second).1 > until(&first).1);
    assert_eq!(second.membership.body.since, first.membership.body.since);
    assert_eq!(second.admission.body.peer, first.admission.body.peer);
    assert_eq!(running.renew(&peer), AdmissionAnswer::Welcome(second), "once a year");
    assert_eq!(running.sponsor.digest(), running.replayed().digest());
}

#[test]
fn a_stranger_a_dismissed_member_and_one_whose_year_is_over_are_not_renewed_and_told_why() {
    // ADM-4
    let mut running = Running::start();
    let (dismissed, _) = running.member(1);
    let (late, _) = running.member(2);
    running.input(Input::PeerConnected(peer(8)));
    assert_eq!(refused(running.renew(&peer(8))), NotAdmitted::NotAMember);
    let number = running.sponsor.members.by_peer(&dismissed.0).unwrap();
    assert_eq!(running.ask(Command::Dismiss { member: number }), Answer::Done);
    assert_eq!(refused(running.renew(&dismissed)), NotAdmitted::NotAMember);
    running.later(366);
    assert_eq!(refused(running.renew(&late)), NotAdmitted::Ended);
    assert_eq!(running.sponsor.digest(), running.replayed().digest());
}

#[test]
fn a_dismissed_member_is_dismissed_once_gets_no_passes_and_comes_back_by_a_new_invitation() {
    let mut running = Running::start();
    let token = running.invite(7).body().token;
    running.admit(&peer(1), &request(token, 1));
    running.input(Input::PeerConnected(peer(1)));
    let member = running.sponsor.members.by_peer(&peer(1).0).unwrap();
    assert_eq!(running.ask(Command::Dismiss { member }), Answer::Done);
    assert_eq!(running.ask(Command::Dismiss { member }), Answer::Refused(Refusal::NoSuchMember));
    assert_eq!(refused(running.admit(&peer(1), &request(token, 1))), NotAdmitted::Used, "the old invitation is spent");
    let dismissed = |running: &Running| match running.sponsor.view(Query::Members, running.at()) {
        View::Members(members) => members[0].dismissed,
        other => unreachable!("{other:?}"),
    };
    assert!(dismissed(&running));
    let again = running.invite(7).body().token;
    assert!(matches!(running.admit(&peer(1), &request(again, 1)), AdmissionAnswer::Welcome(_)));
    assert_eq!(running.sponsor.members.by_peer(&peer(1).0), Some(member));
    assert!(!dismissed(&running));
    assert_eq!(running.sponsor.digest(), running.replayed().digest());
}

#[test]
fn a_firm_on_a_new_computer_keeps_its_number_and_the_old_computer_loses_its_voice() {
    let mut running = Running::start();
    let (old, _) = running.member(1);
    let token = running.invite(7).body().token;
    assert!(matches!(running.admit(&peer(9), &request(token, 1)), AdmissionAnswer::Welcome(_)));
    assert_eq!(running.sponsor.members.all().count(), 1);
    assert_eq!(running.sponsor.members.by_peer(&old.0), None);
    assert!(running.sponsor.members.by_peer(&peer(9).0).is_some());
}

#[test]
fn an_invitation_must_lapse_within_a_quarter() {
    let mut running = Running::start();
    for expires in [UnixMs(0), running.at(), UnixMs(running.at().0 + 92 * DAY_MS)] {
        assert_eq!(running.ask(Command::Invite { expires }), Answer::Refused(Refusal::Expiry));
    }
    assert!(running.journal.is_empty());
}

#[test]
fn no_two_invitations_share_a_token_and_new_ones_name_where_the_node_listens() {
    let mut running = Running::start();
    let first = running.invite(7);
    let moved = ["/ip4/127.0.0.1/tcp/9999".to_string()].to_vec();
    assert_eq!(running.ask(Command::Listen { addresses: moved.clone() }), Answer::Done);
    let second = running.invite(7);
    assert_ne!(first.body().token, second.body().token);
    assert_eq!(second.body().addresses, moved);
}

#[test]
fn the_desk_tells_open_used_and_lapsed_invitations_apart() {
    let mut running = Running::start();
    running.invite(1);
    running.later(2);
    running.member(1);
    running.now.wall = running.now.wall + 1;
    running.invite(30);
    let View::Invitations(seen) = running.sponsor.view(Query::Invitations, running.at()) else { unreachable!() };
    let status: Vec<InvitationStatus> = seen.iter().map(|invitation| invitation.status).collect();
    let member = running.sponsor.members.by_peer(&peer(1).0).unwrap();
    assert_eq!(status, [InvitationStatus::Expired, InvitationStatus::Used(member), InvitationStatus::Open]);
    let View::Status(status) = running.sponsor.view(Query::Status, running.at()) else { unreachable!() };
    assert_eq!((status.members, status.invitations_open, status.neighbours), (1, 1, 1));
}

#[test]
fn a_sponsor_that_is_no_founder_or_speaks_for_another_network_cannot_start() {
    let build = |key: u8, charter: Charter| {
        let keys = SponsorKeys { operating: SigningKey::from_bytes(&[key; 32]) };
        Sponsor::new(keys, genesis(), charter, Blob(Vec::new()), Vec::new(), Vec::new()).map(drop)
    };
    let elsewhere = Charter { network: protocol::id::NetworkId([0; 32]), ..charter() };
    assert_eq!(build(1, charter()), Ok(()));
    assert_eq!(build(2, charter()), Err(crate::Misfounded::NotAFounder));
    assert_eq!(build(1, elsewhere), Err(crate::Misfounded::Charter));
}
