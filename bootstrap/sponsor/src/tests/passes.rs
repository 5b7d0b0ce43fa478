//! So many passes a week.

use super::*;
use crate::view::{PassesView, Query, View};
use protocol::check::Context;
use protocol::id::HolderKey;
use protocol::limits::{ADVERT_PASSES_PER_EPOCH, LOG_PASSES_PER_EPOCH, PASSES_PER_REQUEST_MAX};
use protocol::pass::{Keyring, Pass, Purpose};
use protocol::time::Week;

fn keys(range: core::ops::Range<u16>) -> Vec<HolderKey> {
    let key = |number: u16| {
        let mut bytes = [0; 32];
        bytes[..2].copy_from_slice(&number.to_be_bytes());
        HolderKey(bytes)
    };
    range.map(key).collect()
}

impl Running {
    fn passes(&mut self, from: &Peer, epoch: Week, purpose: Purpose, holders: Vec<HolderKey>) -> Option<Vec<Pass>> {
        let request = Parcel::PassRequest { epoch, purpose, holders };
        match self.receive(from, request.to_bytes()).pop() {
            Some(Parcel::Passes { purpose: of, passes }) if of == purpose => Some(passes),
            None => None,
            other => unreachable!("{other:?}"),
        }
    }
}

#[test]
fn a_member_gets_passes_that_hold_in_its_network_and_for_this_purpose_only() {
    let mut running = Running::start();
    let (peer, _) = running.member(1);
    let week = running.at().week();
    let passes = running.passes(&peer, week, Purpose::Advert, keys(0..3)).unwrap();
    let (genesis, keys_of_none) = (genesis(), Keyring::default());
    let context = Context { genesis: &genesis, network: genesis.id(), keys: &keys_of_none, now: running.at() };
    assert_eq!(passes.iter().map(|pass| pass.holder).collect::<Vec<_>>(), keys(0..3));
    assert!(passes.iter().all(|pass| pass.issued_in(&context, Purpose::Advert).is_ok()));
    assert!(passes.iter().all(|pass| pass.issued_in(&context, Purpose::Contact).is_err()));
    assert!(passes.iter().all(|pass| pass.in_epoch(running.at()).is_ok()));
}

#[test]
fn a_batch_ends_and_each_week_purpose_and_member_has_its_own() {
    // PAS-4
    let mut running = Running::start();
    let (first, _) = running.member(1);
    let (second, _) = running.member(2);
    let week = running.at().week();
    let full = usize::try_from(LOG_PASSES_PER_EPOCH).unwrap();
    let asked = keys(0..u16::try_from(PASSES_PER_REQUEST_MAX).unwrap());
    assert_eq!(running.passes(&first, week, Purpose::Log, asked.clone()).unwrap().len(), full);
    assert_eq!(running.passes(&first, week, Purpose::Log, keys(100..101)).unwrap(), []);
    assert_eq!(running.passes(&first, week.plus(1), Purpose::Log, asked.clone()).unwrap().len(), full);
    assert_eq!(running.passes(&second, week, Purpose::Log, asked.clone()).unwrap().len(), full);
    let adverts = usize::try_from(ADVERT_PASSES_PER_EPOCH).unwrap();
    assert_eq!(running.passes(&first, week, Purpose::Advert, asked).unwrap().len(), adverts);
}

#[test]
fn the_same_key_gets_the_same_pass_again_without_counting_even_from_a_full_batch() {
    let mut running = Running::start();
    let (peer, _) = running.member(1);
    let week = running.at().week();
    let first = running.passes(&peer, week, Purpose::Log, keys(0..32)).unwrap();
    let records = running.journal.len();
    let mut asked = keys(0..32);
    asked.extend(keys(10..20));
    asked.extend(keys(40..50));
    assert_eq!(running.passes(&peer, week, Purpose::Log, asked).unwrap(), first);
    assert_eq!(running.journal.len(), records);
}

#[test]
fn only_this_week_and_the_next_are_open() {
    let mut running = Running::start();
    let (peer, _) = running.member(1);
    let week = running.at().week();
    for epoch in [Week(0), Week(week.0 - 1), week.plus(2), Week(u32::MAX)] {
        assert_eq!(running.passes(&peer, epoch, Purpose::Advert, keys(0..1)).unwrap(), []);
    }
}

#[test]
fn whoever_was_not_admitted_here_gets_nothing() {
    let mut running = Running::start();
    let week = running.at().week();
    let stranger = peer(8);
    assert_eq!(running.passes(&stranger, week, Purpose::Advert, keys(0..1)), None, "not even connected");
    running.input(Input::PeerConnected(stranger.clone()));
    assert_eq!(running.passes(&stranger, week, Purpose::Advert, keys(0..1)), None, "another sponsor's member");
    assert!(running.journal.is_empty());
}

#[test]
fn a_membership_that_ended_gives_no_passes() {
    let mut running = Running::start();
    let (peer, _) = running.member(1);
    running.later(366);
    let week = running.at().week();
    assert_eq!(running.passes(&peer, week, Purpose::Advert, keys(0..1)), None);
}

#[test]
fn keys_are_forgotten_with_their_week_and_the_counts_stay() {
    let mut running = Running::start();
    let (peer, _) = running.member(1);
    let week = running.at().week();
    running.passes(&peer, week, Purpose::Contact, keys(0..5));
    running.later(8);
    running.input(Input::Woke);
    assert_eq!(running.sponsor.issued.oldest(), None);
    let counted = PassesView { epoch: week, purpose: Purpose::Contact, issued: 5 };
    assert_eq!(running.sponsor.view(Query::Passes, running.at()), View::Passes([counted].to_vec()));
    assert_eq!(running.sponsor.digest(), running.replayed().digest());
}
