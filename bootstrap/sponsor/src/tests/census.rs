//! Who is told the census, and what it says of members.

use super::*;
use crate::census::{Counted, rows};
use protocol::census::{Census, check_census};
use protocol::facts::Side;
use protocol::id::HolderKey;
use protocol::pass::Purpose;
use protocol::vocabulary::Process;

fn counting() -> Running {
    let counted = Counted {
        firms: 12,
        side: Side::Offer,
        class: ResourceClass::Machine,
        process: Process::Turning,
        materials: Vec::new(),
        credentials: Vec::new(),
        tolerance: None,
        envelope: None,
        around: None,
        small: false,
    };
    let mut running = Running::start();
    running.sponsor = running.sponsor.clone().with_census(rows(&[counted]).unwrap());
    running
}

impl Running {
    /// The censuses that leave while a member fetches one pass.
    fn fetches(&mut self, number: u8, purpose: Purpose) -> Vec<Census> {
        let holders = [HolderKey([number; 32])].to_vec();
        let request = Parcel::PassRequest { epoch: self.at().week(), purpose, holders };
        censuses(self.receive(&peer(number), request.to_bytes()))
    }
}

fn censuses(parcels: Vec<Parcel>) -> Vec<Census> {
    let told = parcels.into_iter().filter_map(|parcel| match parcel {
        Parcel::Census(census) => {
            assert_eq!(check_census(&census, &genesis(), genesis().id()), Ok(()));
            Some(census.body)
        }
        _ => None,
    });
    told.collect()
}

#[test]
fn members_hear_the_census_after_advert_passes_and_everybody_when_a_step_is_reached() {
    // KAN-3, KAN-5
    let mut running = counting();
    for number in 1..=5 {
        running.member(number);
    }
    for number in 1..=4 {
        let told = running.fetches(number, Purpose::Advert);
        assert_eq!(told.iter().map(|census| census.fetched).collect::<Vec<_>>(), [None], "four members are below five");
        assert_eq!(running.fetches(number, Purpose::Contact), []);
    }
    let told = running.fetches(5, Purpose::Advert);
    assert_eq!(told.len(), 5, "every connected member hears that five are reached");
    assert!(told.iter().all(|census| census.fetched == Some(5) && census.epoch == running.at().week()));
    assert_eq!(running.fetches(5, Purpose::Advert).len(), 1);
}

#[test]
fn a_stranger_hears_no_census_and_a_sponsor_that_counted_nothing_says_nothing() {
    let mut running = counting();
    assert_eq!(censuses(sent(&running.input(Input::PeerConnected(peer(9))))), []);
    running.member(1);
    assert_eq!(censuses(sent(&running.input(Input::PeerConnected(peer(1))))).len(), 1);
    let mut silent = Running::start();
    silent.member(1);
    assert_eq!(silent.fetches(1, Purpose::Advert), []);
}
