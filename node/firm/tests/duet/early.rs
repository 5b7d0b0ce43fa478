//! Words that come before their turn or after the end, and strangers who copy what they hear.

use super::{BUYER, Duet, START, SUPPLIER, go_on_to_sign, item, propose, propose_in, up_to_answer};
use ed25519_dalek::SigningKey;
use firm::command::{Answer, Command};
use firm::deals::Way;
use firm::profile::Mode;
use machine::Input;
use protocol::check::{Checked, Record, own};
use protocol::decision::Verdict;
use protocol::dialogue::{CloseReason, Step};
use protocol::envelope::{Envelope, EnvelopeBody};
use protocol::facts::Side;
use protocol::id::{DealId, HolderKey};
use protocol::pass::{Pass, Purpose};
use protocol::time::UnixMs;
use protocol::vocabulary::OutcomeCode;

/// What a stranger with passes of its own makes of an envelope it heard: the same tag, nothing that opens.
fn copy(duet: &Duet, heard: &Checked, n: u8) -> Checked {
    let Record::Envelope(heard) = heard.record() else { panic!("an envelope") };
    let key = SigningKey::from_bytes(&[n; 32]);
    let (network, week) = (duet.genesis.id(), UnixMs(START).week());
    let pass = Pass::issue(network, week, Purpose::Contact, HolderKey::of(&key), &duet.sponsor);
    let mut body = EnvelopeBody { pass, ..heard.body.clone() };
    body.ciphertext.0.iter_mut().for_each(|byte| *byte ^= n);
    own(Record::Envelope(Envelope::new(body, &key))).unwrap()
}

#[test]
fn words_that_come_early_are_read_in_their_turn_whatever_strangers_put_beside_them() {
    // DLG-9, DLG-13, DLG-14
    let mut duet = up_to_answer();
    duet.held = Some(Vec::new());
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.decide(BUYER, Step::Viable, Verdict::Approve), Answer::Decided);
    let held = duet.held.take().unwrap();
    let [answer, viable] = held.try_into().expect("an answer and a word that it is feasible");
    // Sixteen, so that some stand before the true one on the shelf, whatever the ids are.
    let copies: Vec<Checked> = (1..=16).map(|n| copy(&duet, &viable, n)).collect();
    for early in copies.into_iter().chain([viable]) {
        duet.input(SUPPLIER, Input::Heard(vec![(None, early)]));
    }
    assert_eq!(duet.reached(SUPPLIER), Step::Interest, "nothing is read before its turn");
    duet.input(SUPPLIER, Input::Heard(vec![(None, answer)]));
    assert_eq!(duet.decide(SUPPLIER, Step::Viable, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.reached(SUPPLIER), Step::Viable, "the other side's word was read as well");
}

#[test]
fn an_outcome_that_overtakes_the_entry_of_its_start_is_kept_until_that_is_heard() {
    // STP-1
    let mut duet = up_to_answer();
    go_on_to_sign(&mut duet);
    duet.held = Some(Vec::new());
    duet.approve_both(Step::Start);
    let [supplier_start, buyer_start] = duet.held.take().unwrap().try_into().expect("two entries");
    duet.input(SUPPLIER, Input::Heard(vec![(None, buyer_start)]));
    let report = Command::ReportOutcome { deal: duet.deal(SUPPLIER), outcome: OutcomeCode::Completed };
    assert!(matches!(duet.ask(SUPPLIER, report), Answer::NeedsPerson(_)));
    assert_eq!(duet.decide(SUPPLIER, Step::Outcome, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.reached(BUYER), Step::Sign, "the work has not begun here");
    duet.input(BUYER, Input::Heard(vec![(None, supplier_start)]));
    assert_eq!(duet.decide(BUYER, Step::Outcome, Verdict::Approve), Answer::Decided);
    for at in 0..2 {
        assert_eq!(duet.reached(at), Step::Outcome);
    }
}

#[test]
fn direct_words_that_overtake_a_key_are_read_when_it_is_here_and_not_sent_again() {
    // DLG-14
    let mut duet = up_to_answer();
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    duet.approve_both(Step::Viable);
    assert_eq!(duet.decide(SUPPLIER, Step::OptIn, Verdict::Approve), Answer::Decided);
    duet.held = Some(Vec::new());
    assert_eq!(duet.decide(BUYER, Step::OptIn, Verdict::Approve), Answer::Decided);
    // Gossip brings the buyer everything and the supplier everything but the last key.
    let keys = loop {
        let held = duet.held.replace(Vec::new()).unwrap();
        if duet.reached(BUYER) == Step::Reveal {
            break held;
        }
        assert!(!held.is_empty());
        for record in held {
            (0..2).for_each(|at| duet.input(at, Input::Heard(vec![(None, record.clone())])));
        }
    };
    duet.held = None;
    assert_ne!(duet.reached(SUPPLIER), Step::Reveal, "the buyer's key is still on its way");
    assert!(matches!(propose(&mut duet, BUYER), Answer::NeedsPerson(_)));
    assert_eq!(duet.decide(BUYER, Step::Terms, Verdict::Approve), Answer::Decided);
    let parcels = duet.sent.len();
    for key in keys {
        duet.input(SUPPLIER, Input::Heard(vec![(None, key)]));
    }
    let proposed = duet.sides[SUPPLIER].firm.deals.all().next().unwrap().current_terms().is_some();
    assert!(proposed, "the terms were read in their turn");
    let again = duet.sent[parcels..].iter().any(|(sender, _)| *sender == BUYER);
    assert!(!again, "and nothing was sent twice");
    let last = duet.sides[BUYER].firm.deals.all().next().unwrap().outbox.last().map(|out| out.way);
    assert_eq!(last, Some(Way::Delivered), "their sender has the receipt");
}

/// Two deals of the same two firms, both after the reveal.
pub(super) fn two_up_to_reveal() -> Duet {
    let mut duet = up_to_answer();
    let need = item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000);
    assert!(matches!(duet.ask(BUYER, Command::Confide(Box::new(need))), Answer::Confided(_)));
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.decide(SUPPLIER, Step::Interest, Verdict::Approve), Answer::Decided);
    for _ in 0..2 {
        assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    }
    for step in [Step::Viable, Step::Viable, Step::OptIn, Step::OptIn] {
        duet.approve_both(step);
    }
    duet
}

#[test]
fn a_deal_that_is_over_swallows_no_word_of_another_with_the_same_firm() {
    let mut duet = two_up_to_reveal();
    // The receiver looks at its deals in this order.
    let [over, other]: [DealId; 2] =
        duet.sides[BUYER].firm.deals.all().map(|deal| deal.id).collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(duet.ask(SUPPLIER, Command::Close { deal: over, reason: None }), Answer::Done);
    let closed = duet.sides[BUYER].firm.deals.deal(&over).unwrap().closed.as_ref();
    assert_eq!(closed.map(|closed| closed.reason), Some(CloseReason::Declined));
    assert!(matches!(propose_in(&mut duet, SUPPLIER, other), Answer::NeedsPerson(_)));
    assert_eq!(duet.decide(SUPPLIER, Step::Terms, Verdict::Approve), Answer::Decided);
    assert!(duet.sides[BUYER].firm.deals.deal(&other).unwrap().current_terms().is_some(), "the terms arrived");
}
