//! What becomes of a deal while nobody says anything in it (`STP-8`): told again, stale, revived, lapsed on both sides, never lost.

use super::hours::{replay, up_to_names};
use super::*;
use firm::approvals::{LAPSE_MS, Status};
use firm::deals::{Deal, Way};
use firm::limits::{REMIND_DAYS, STALE_DAYS};
use firm::view::{DealState, DealView};
use protocol::check::Record as Said;
use protocol::envelope::ENVELOPE_LIFE_MS;
use protocol::limits::DEAL_SILENCE_DAYS;
use std::collections::BTreeSet;

fn deal(duet: &Duet, at: usize) -> &Deal {
    duet.sides[at].firm.deals.all().next().unwrap()
}

fn shown(duet: &Duet, at: usize) -> DealView {
    let query = Query::Deal(duet.deal(at));
    let View::Deal(view) = duet.sides[at].firm.view(&[], &query, UnixMs(duet.at)) else { panic!("a deal") };
    *view
}

fn stale(duet: &Duet) -> [bool; 2] {
    [0, 1].map(|at| shown(duet, at).waiting.stale.is_some())
}

/// Both nodes run on, and look at what time has brought on each of these days.
fn sleep(duet: &mut Duet, days: u32) {
    for _ in 0..days {
        duet.at += DAY_MS;
        (0..2).for_each(|at| duet.input(at, Input::Woke));
    }
}

/// What a side has said in its deal, and what of itself it has let leave.
fn left(duet: &Duet, at: usize) -> (usize, usize) {
    (deal(duet, at).outbox.len(), duet.sides[at].firm.audit.rows().len())
}

/// Only this node runs on; what it says is on nobody's shelf but its own.
fn sleep_alone(duet: &mut Duet, at: usize, days: u32) -> Vec<Checked> {
    let mut there = Vec::new();
    for _ in 0..days {
        duet.at += DAY_MS;
        duet.held.get_or_insert_default();
        duet.input(at, Input::Woke);
        there.extend(duet.held.take().into_iter().flatten().map(|said| (duet.at, said)));
    }
    // What others would still hold for a node that comes back now.
    let mut seen = BTreeSet::new();
    there.retain(|(_, said): &(u64, Checked)| seen.insert(said.id()));
    there.retain(|(at, _)| at + ENVELOPE_LIFE_MS > duet.at);
    there.into_iter().map(|(_, said)| said).collect()
}

/// How many different things were published: nobody tells a node of this test its own words back, so it repeats them.
fn said(duet: &Duet) -> usize {
    duet.heard.iter().collect::<BTreeSet<_>>().len()
}

/// The buyer has said that it can be done; the supplier is asked.
fn up_to_viable() -> Duet {
    let mut duet = up_to_answer();
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.decide(BUYER, Step::Viable, Verdict::Approve), Answer::Decided);
    duet
}

#[test]
fn whoever_must_act_is_told_again_on_days_three_and_seven_and_nothing_leaves_for_it() {
    // STP-8, APR-6
    let mut duet = up_to_viable();
    let (before, id) = (left(&duet, SUPPLIER), duet.sides[SUPPLIER].firm.approvals.waiting().next().unwrap().id);
    let told = |duet: &Duet| duet.sides[SUPPLIER].asked.iter().filter(|asked| **asked == id).count();
    for (days, times) in [(2, 1), (1, 2), (3, 2), (1, 3), (5, 3)] {
        sleep(&mut duet, days);
        assert_eq!(told(&duet), times);
    }
    assert_eq!(left(&duet, SUPPLIER), before);
    // Terms are drafted before anybody can be asked about them.
    let mut duet = up_to_names();
    let (before, asked) = (left(&duet, SUPPLIER), duet.sides[SUPPLIER].asked.len());
    let days = |duet: &Duet| [0, 1].map(|at| deal(duet, at).reminded.map(|(_, days)| days));
    for (slept, days_told) in [(2, None), (1, Some(3)), (3, Some(3)), (1, Some(7)), (5, Some(7))] {
        sleep(&mut duet, slept);
        assert_eq!(days(&duet), [days_told, None], "the offering side drafts, the other waits");
    }
    assert!(shown(&duet, SUPPLIER).waiting.reminded.is_some());
    assert_eq!((left(&duet, SUPPLIER), duet.sides[SUPPLIER].asked.len()), (before, asked));
    assert!(matches!(propose(&mut duet, SUPPLIER), Answer::NeedsPerson(_)));
    assert_eq!(duet.decide(SUPPLIER, Step::Terms, Verdict::Approve), Answer::Decided);
    assert_eq!(days(&duet), [None, None], "with the next word it counts from the beginning");
    replay(&mut duet);
}

#[test]
fn a_deal_is_stale_after_two_weeks_on_both_sides_and_goes_on_with_the_next_word() {
    // STP-8
    let mut duet = up_to_viable();
    sleep(&mut duet, 13);
    assert_eq!(stale(&duet), [false, false]);
    sleep(&mut duet, 1);
    assert_eq!(stale(&duet), [true, true]);
    for (at, view) in [SUPPLIER, BUYER].map(|at| (at, shown(&duet, at))) {
        assert_eq!(view.state, DealState::Open, "it has not ended");
        let waits_for_us = matches!(view.waiting.who, WhoActs::Us { approval: Some(_), .. });
        assert_eq!((waits_for_us, view.waiting.can_close), (at == SUPPLIER, true), "who must act, and how to leave");
        assert!(view.waiting.lapses.is_some_and(|at| at.0 > duet.at + 13 * DAY_MS));
    }
    sleep(&mut duet, 13);
    assert_eq!(duet.decide(SUPPLIER, Step::Viable, Verdict::Approve), Answer::Decided);
    assert_eq!(stale(&duet), [false, false]);
    duet.approve_both(Step::OptIn);
    assert_eq!([0, 1].map(|at| duet.reached(at)), [Step::Reveal; 2]);
    replay(&mut duet);
}

#[test]
fn a_deal_that_does_not_bind_lapses_after_four_weeks_on_both_sides_whether_or_not_one_hears_the_other() {
    // STP-8, STP-4
    for lost in [false, true] {
        let mut duet = up_to_viable();
        sleep(&mut duet, DEAL_SILENCE_DAYS - 1);
        assert!((0..2).all(|at| deal(&duet, at).is_open()));
        duet.held = lost.then(Vec::new);
        sleep(&mut duet, 1);
        for at in 0..2 {
            let closed = deal(&duet, at).closed.as_ref().expect("it is over");
            assert_eq!(closed.reason, CloseReason::Lapsed, "side {at}, closes lost: {lost}");
            assert_eq!(duet.sides[at].firm.approvals.waiting().count(), 0);
            assert!(!duet.knows(at, "Canary Works"), "a timeout reveals nothing");
        }
        replay(&mut duet);
    }
}

#[test]
fn what_is_asked_about_first_words_waits_four_weeks_and_a_no_looks_like_nobody() {
    // STP-3, STP-8: what the initiator hears and when its side ends is the same.
    let ends = |say_no: bool| {
        let mut duet = up_to_answer();
        if say_no {
            assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Decline), Answer::Decided);
        }
        sleep(&mut duet, DEAL_SILENCE_DAYS - 1);
        assert!(deal(&duet, SUPPLIER).is_open());
        let asked = duet.sides[BUYER].firm.approvals.all().find(|asked| asked.summary.step == Step::Answer);
        assert_eq!(asked.unwrap().status == Status::Waiting, !say_no);
        sleep(&mut duet, 1);
        assert!((0..2).all(|at| !deal(&duet, at).is_open()));
        let closed = deal(&duet, SUPPLIER).closed.clone().unwrap();
        (closed.by_us, closed.reason, deal(&duet, SUPPLIER).theirs.clone(), said(&duet))
    };
    assert_eq!(ends(true), ends(false));
}

#[test]
fn words_whose_envelope_lapsed_unheard_are_said_again_byte_for_byte_and_a_node_that_slept_ten_days_goes_on() {
    // DLG-13: the supplier sleeps; the answer and the word after it lapse on every shelf.
    let mut duet = up_to_answer();
    duet.held = Some(Vec::new());
    assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
    assert_eq!(duet.decide(BUYER, Step::Viable, Verdict::Approve), Answer::Decided);
    let first = duet.held.take().unwrap();
    let again = sleep_alone(&mut duet, BUYER, 10);
    let words = |said: &[Checked]| -> Vec<(Vec<u8>, [u8; 32])> {
        let envelopes = said.iter().filter_map(|said| match said.record() {
            Said::Envelope(envelope) => Some((envelope.body.ciphertext.0.clone(), envelope.body.pass.holder.0)),
            _ => None,
        });
        envelopes.collect()
    };
    let (first, again) = (words(&first), words(&again));
    let sealed = |said: &[(Vec<u8>, [u8; 32])]| said.iter().map(|(sealed, _)| sealed.clone()).collect::<Vec<_>>();
    assert!(sealed(&first) == sealed(&again), "the same ciphertexts, once each");
    assert!(first.iter().zip(&again).all(|((_, one), (_, other))| one != other), "under passes of their own");
    replay(&mut duet);
}

#[test]
fn a_node_that_slept_ten_days_reads_what_is_said_again_and_one_that_slept_five_weeks_learns_that_it_lapsed() {
    // STP-8
    for (days, goes_on) in [(10, true), (20, true), (DEAL_SILENCE_DAYS + 7, false)] {
        let mut duet = up_to_answer();
        duet.held = Some(Vec::new());
        assert_eq!(duet.decide(BUYER, Step::Answer, Verdict::Approve), Answer::Decided);
        assert_eq!(duet.decide(BUYER, Step::Viable, Verdict::Approve), Answer::Decided);
        duet.held = None;
        let there = sleep_alone(&mut duet, BUYER, days);
        duet.input(SUPPLIER, Input::Started);
        let neighbours = [Peer(SPONSOR_PEER.to_vec()), duet.sides[BUYER].peer.clone()];
        neighbours.into_iter().for_each(|peer| duet.input(SUPPLIER, Input::PeerConnected(peer)));
        there.into_iter().for_each(|said| duet.input(SUPPLIER, Input::Heard(vec![(None, said)])));
        assert_eq!([0, 1].map(|at| deal(&duet, at).is_open()), [goes_on; 2], "{days} days");
        if goes_on {
            assert_eq!(duet.decide(SUPPLIER, Step::Viable, Verdict::Approve), Answer::Decided);
            duet.approve_both(Step::OptIn);
            assert_eq!([0, 1].map(|at| duet.reached(at)), [Step::Reveal; 2]);
        } else {
            let state = shown(&duet, SUPPLIER).state;
            assert_eq!(state, DealState::Closed { by_us: true, reason: CloseReason::Lapsed, note: None });
        }
        replay(&mut duet);
    }
}

#[test]
fn the_initiators_first_words_are_not_said_again_under_another_key() {
    // DLG-3, DLG-13
    let mut duet = up_to_answer();
    let before = said(&duet);
    sleep(&mut duet, 20);
    assert_eq!(said(&duet), before);
    assert!(deal(&duet, SUPPLIER).outbox.iter().all(|out| matches!(out.way, Way::Enveloped(_))));
}

#[test]
fn a_deal_that_binds_never_lapses_and_asks_anew_what_is_owed() {
    // STP-8, APR-3
    let mut duet = up_to_answer();
    go_on_to_sign(&mut duet);
    assert_eq!(duet.decide(SUPPLIER, Step::Start, Verdict::Approve), Answer::Decided);
    let first = duet.sides[BUYER].firm.approvals.waiting().next().unwrap().id;
    sleep(&mut duet, 2 * DEAL_SILENCE_DAYS);
    assert_eq!(duet.sides[BUYER].firm.approvals.approval(&first).unwrap().status, Status::Lapsed);
    assert_eq!(stale(&duet), [true, true]);
    let view = shown(&duet, BUYER);
    assert_eq!((view.state, view.waiting.lapses), (DealState::Open, None));
    assert!(matches!(view.waiting.who, WhoActs::Us { approval: Some(_), .. }));
    assert_eq!(duet.decide(BUYER, Step::Start, Verdict::Approve), Answer::Decided);
    assert_eq!([0, 1].map(|at| duet.reached(at)), [Step::Start; 2]);
    assert_eq!(stale(&duet), [false, false]);
    replay(&mut duet);
}

#[test]
fn work_that_goes_on_is_not_stale_until_two_weeks_after_its_last_day() {
    // STP-8: the terms run to day 20,820.
    let mut duet = up_to_answer();
    go_on_to_sign(&mut duet);
    duet.approve_both(Step::Start);
    while UnixMs(duet.at).day() < Day(20_834) {
        assert_eq!((stale(&duet), deal(&duet, BUYER).reminded), ([false, false], None));
        duet.at += 7 * DAY_MS;
    }
    duet.at = Day(20_835).start().0;
    (0..2).for_each(|at| duet.input(at, Input::Woke));
    assert_eq!(stale(&duet), [true, true]);
    assert!((0..2).all(|at| deal(&duet, at).reminded.is_some_and(|(_, days)| days == 7)), "once for all days missed");
}

#[test]
fn the_table_of_timers_says_what_the_code_does() {
    let spec = include_str!("../../../../protocol/SPEC.md");
    let table = spec.split("### Timers").nth(1).and_then(|rest| rest.split("\n###").next()).expect("a table of timers");
    let days = |row: &str| {
        let row = table.lines().find(|line| line.contains(row)).unwrap_or_else(|| panic!("no row {row:?}"));
        let cell = row.split('|').nth(2).unwrap();
        let numbers = cell.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
        numbers.map(|number| number.parse::<u64>().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(days("whoever must act"), REMIND_DAYS.map(u64::from));
    assert_eq!(days("an open deal"), [u64::from(STALE_DAYS)]);
    assert_eq!(days("a deal that does not bind"), [u64::from(DEAL_SILENCE_DAYS)]);
    assert_eq!(days("a question of the talk"), [LAPSE_MS / DAY_MS]);
    assert_eq!(days("a question after both signed"), [LAPSE_MS / DAY_MS]);
    assert_eq!(days("hours held"), [firm::availability::HOLD_MS / DAY_MS]);
    assert_eq!(days("words in an envelope"), [ENVELOPE_LIFE_MS / DAY_MS]);
}
