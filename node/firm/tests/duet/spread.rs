//! What a firm says in public comes back to it from a neighbour before it counts as said.

use super::{BUYER, Duet, Half, SUPPLIER, item, up_to_answer};
use firm::Firm;
use firm::command::{Answer, Command};
use firm::profile::Mode;
use machine::{Input, Machine};
use protocol::check::Kind;
use protocol::decision::Verdict;
use protocol::dialogue::Step;
use protocol::facts::Side;
use protocol::time::UnixMs;

fn tick(duet: &mut Duet) {
    duet.at += 600_000;
    (0..2).for_each(|at| duet.input(at, Input::Woke));
}

#[test]
fn what_a_firm_made_is_shown_once_a_neighbour_told_it_and_stays_hidden_through_a_restart() {
    // SYN-11
    let mut duet = up_to_answer();
    let advert = duet.sides[BUYER].firm.market.adverts.values().next().unwrap().record;
    let shown = |firm: &Firm| firm.market.shelf.shown(&advert).is_some();
    assert!(shown(&duet.sides[SUPPLIER].firm) && !shown(&duet.sides[BUYER].firm));
    assert!(duet.sides[BUYER].firm.market.advert(&advert).is_some(), "its owner sees it");
    let restarted = |side: &Half| {
        let mut fresh = side.fresh.clone();
        side.records.iter().for_each(|record| fresh.apply(record));
        assert_eq!(fresh.digest(), side.firm.digest());
        fresh
    };
    assert!(!shown(&restarted(&duet.sides[BUYER])));
    let approvals = duet.sides[BUYER].firm.approvals.waiting().count();
    // The sponsor's turn, and the other firm's.
    (0..2).for_each(|_| tick(&mut duet));
    assert!(shown(&duet.sides[BUYER].firm), "the other firm told it");
    assert!(shown(&restarted(&duet.sides[BUYER])));
    assert_eq!(duet.sides[BUYER].firm.approvals.waiting().count(), approvals, "no news to its owner");
    let roots = [0, 1].map(|at| duet.sides[at].firm.market.shelf.holdings().root(UnixMs(duet.at)));
    assert_eq!(roots[0], roots[1]);
    assert_eq!(duet.sides[BUYER].firm.agreement().apart, 0);
}

#[test]
fn what_nobody_told_back_is_said_again_to_whoever_connects_and_after_a_whole_interval() {
    // SYN-12
    let mut duet = Duet::new();
    let parted = |duet: &mut Duet| {
        for at in 0..2 {
            let other = duet.sides[1 - at].peer.clone();
            duet.input(at, Input::PeerGone(other));
        }
    };
    parted(&mut duet);
    duet.held = Some(Vec::new());
    let need = item(Side::Need, Mode::Coarse, 43_450_000, -80_490_000);
    assert!(matches!(duet.ask(BUYER, Command::Confide(Box::new(need))), Answer::Confided(_)));
    assert_eq!(duet.decide(BUYER, Step::Advertise, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.heard.len(), 1);
    tick(&mut duet);
    assert_eq!(duet.heard.len(), 1, "it may still come back");
    tick(&mut duet);
    assert_eq!(duet.heard.len(), 2, "a whole interval did not bring it back");
    assert_eq!(duet.sides[SUPPLIER].firm.market.shelf.count(Kind::Adverts), 0);
    duet.held = None;
    for at in 0..2 {
        let other = duet.sides[1 - at].peer.clone();
        duet.input(at, Input::PeerConnected(other));
    }
    assert_eq!(duet.sides[SUPPLIER].firm.market.shelf.count(Kind::Adverts), 1, "said again, and heard");
    let said = duet.heard.len();
    (0..3).for_each(|_| tick(&mut duet));
    assert_eq!(duet.heard.len(), said, "it came back, and is not said again");
    assert!(duet.heard.iter().all(|frame| *frame == duet.heard[0]));
}
