//! The story with power cuts: `kill -9` at every step, and nodes that are away for hours of business.
//!
//! What a person was told is done stays done, nothing is done twice, and the story goes on where it was.

use crate::{
    books,
    market::{Market, Sponsor},
    play::Play,
};
use std::time::Duration;

fn other(firm: &str) -> &'static str {
    if firm == "supplier" { "buyer" } else { "supplier" }
}

/// Completed, once everything, and no journal knew too much.
fn assert_whole(mut play: Play) {
    play.assert_recovered_in_time();
    play.assert_completed();
    play.market.supplier.stop();
    play.market.buyer.stop();
    for party in play.market.parties() {
        books::assert_nothing_twice(party);
        books::assert_discreet(&play, party);
    }
    play.market.sponsors.iter_mut().for_each(Sponsor::stop);
    play.market.sponsors.iter().for_each(|sponsor| books::assert_knows_nothing_but_its_members(&play, sponsor));
}

/// Kills a node, looks into its journal, and starts it again.
fn cut_power(play: &mut Play, firm: &str) {
    play.market.party(firm).kill();
    let party = if firm == "supplier" { &play.market.supplier } else { &play.market.buyer };
    books::assert_discreet(play, party);
    play.market.party(firm).start();
    play.assert_nobody_knows_too_much();
}

/// `SYN-6`: what it had not gossiped yet reaches the others all the same.
#[test]
fn the_node_of_whoever_just_decided_is_killed_at_every_step_and_the_story_completes() {
    let mut play = Play::begin(Market::raise());
    while let Some(done) = play.next() {
        cut_power(&mut play, &done.firm);
    }
    assert_whole(play);
}

#[test]
fn the_node_of_the_other_side_is_killed_at_every_step_and_the_story_completes() {
    let mut play = Play::begin(Market::raise());
    while let Some(done) = play.next() {
        cut_power(&mut play, other(&done.firm));
    }
    assert_whole(play);
}

#[test]
fn a_node_killed_while_a_person_decides_keeps_what_the_person_was_told_is_done() {
    let mut play = Play::begin(Market::raise());
    // Around the 60 to 120 ms that a decision takes: before it is asked, while the key opens, after the commit.
    let mut moments = [20, 60, 90, 110, 130].into_iter().cycle().map(Duration::from_millis);
    while play.next_while_the_node_is_killed(moments.next().unwrap()).is_some() {
        play.assert_nobody_knows_too_much();
    }
    assert_whole(play);
}

#[test]
fn two_nodes_that_never_run_at_the_same_time_come_to_know_each_other_through_the_sponsors() {
    let mut play = Play::begin(Market::raise());
    play.market.supplier.stop();
    let (mut alone, mut acts) = ("buyer", Vec::new());
    // Eight decisions and the rounds of the reveal; whoever leaves too early comes back to the same question.
    for _turn in 0..40 {
        let before = play.done.len();
        while play.next_within(Duration::from_secs(3)).is_some() {
            play.assert_nobody_knows_too_much();
        }
        acts.push(play.done.len() - before);
        if play
            .market
            .parties()
            .into_iter()
            .all(|party| party.deal().is_some_and(|deal| !deal["counterpart"].is_null()))
        {
            break;
        }
        play.market.party(alone).stop();
        alone = other(alone);
        play.market.party(alone).start();
    }
    assert!(acts.iter().any(|steps| *steps > 1), "somebody took several steps alone: {acts:?}");
    // Named, they speak directly, and so need each other for the rest.
    play.market.party(other(alone)).start();
    while play.next().is_some() {}
    assert_whole(play);
}
