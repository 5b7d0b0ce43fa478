//! A stopped node's journal, read record by record.

use crate::{party::Party, play::Play};
use firm::{approvals, audit, deals, record::Event, trust};
use node::{journal::Journal, keystore::Password, office::Premises};
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
