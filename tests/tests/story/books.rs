//! A stopped node's journal, read record by record.

use crate::{market::Sponsor, party::Party, play::Play};
use bootstrap::folder::Folder;
use firm::{approvals, audit, deals, record::Event, trust};
use node::{
    journal::Journal,
    keystore::{Keystore, Password},
    office::Premises,
};
use protocol::dialogue::Step;
use simulations::Told;
use std::{collections::BTreeSet, fs};

/// Every record of a firm whose node does not run, from a copy: looking changes nothing.
pub(crate) fn records(party: &Party) -> Vec<firm::record::Record> {
    assert!(party.node.is_none(), "its node runs");
    let premises = Premises::at(party.folder());
    let passphrase = fs::read_to_string(party.beside("passphrase")).unwrap();
    let keys = premises.keystore().open_node(&Password::new(passphrase.trim().to_owned())).unwrap();
    let copy = party.beside("copy.redb");
    fs::copy(premises.journal(), &copy).unwrap();
    Journal::open(&copy, &keys.journal).unwrap().1
}

/// Stops a node and counts its records.
pub(crate) fn records_of_stopped(party: &mut Party) -> usize {
    party.stop();
    records(party).len()
}

/// A journal holds no name of another firm before the record of the reveal, and never what never leaves.
pub(crate) fn assert_discreet(play: &Play, party: &Party) {
    let mut revealed = false;
    for record in records(party) {
        revealed |= matches!(record.event, Event::Deals(deals::Event::Revealed { .. }));
        let found = play.market.canaries.in_bytes(&minicbor_serde::to_vec(&record).unwrap());
        let bad = found.iter().find(|one| one.owner != party.plan.id && (one.told == Told::Never || !revealed));
        assert!(bad.is_none(), "the journal of {} holds {bad:?}", party.plan.id);
    }
}

/// A stopped sponsor's journal holds no string of anybody's outside of its register of members.
pub(crate) fn assert_knows_nothing_but_its_members(play: &Play, sponsor: &Sponsor) {
    let keys = Keystore::at(sponsor.folder()).open_node(&Password::new(sponsor.passphrase())).unwrap();
    let (_, records) =
        Journal::open::<sponsor::Record>(&Folder::at(sponsor.folder()).journal(), &keys.journal).unwrap();
    let (mut of_members, mut carried) = (0, 0);
    for record in records {
        let found = play.market.canaries.in_bytes(&minicbor_serde::to_vec(&record).unwrap());
        match record.event {
            sponsor::record::Event::Members(_) => of_members += found.len(),
            _ => {
                carried += 1;
                assert!(found.is_empty(), "the journal of {} holds {found:?}", sponsor.id);
            }
        }
    }
    assert!(carried > 0, "{} carries what everybody carries", sponsor.id);
    let admitted = sponsor.id == play.market.supplier.plan.sponsor;
    assert!(!admitted || of_members > 0, "names are found where they belong, so the search can find");
}

/// Each decision, each field that left, each position in the log: once.
pub(crate) fn assert_nothing_twice(party: &Party) {
    let (mut decided, mut left, mut starts, mut ends) = (BTreeSet::new(), BTreeSet::new(), 0, 0);
    for record in records(party) {
        match record.event {
            Event::Approvals(approvals::Event::Decided { approval, .. }) => {
                assert!(decided.insert(approval), "{} decided {approval} twice", party.plan.id);
            }
            Event::Audit(audit::Event::Left(rows)) => {
                for row in rows {
                    let once = left.insert((row.deal, row.step, row.field));
                    assert!(once, "{}: {:?} left twice at {:?}", party.plan.id, row.field, row.step);
                }
            }
            Event::Trust(trust::Event::Started { .. }) => starts += 1,
            Event::Trust(trust::Event::Ended { .. }) => ends += 1,
            _ => {}
        }
    }
    assert_eq!((starts, ends), (1, 1), "{}", party.plan.id);
    assert!(left.iter().any(|(_, step, _)| *step == Step::Sign), "{left:?}");
}
