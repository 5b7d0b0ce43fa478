//! S1, Idle shift: two idle machines and a robotics integrator find each other without telling anybody.

use crate::{books, market::Market, play::Play, program::Running};
use std::{
    thread,
    time::{Duration, Instant},
};

#[test]
fn an_idle_shift_goes_from_a_private_note_to_a_co_signed_outcome_across_four_processes() {
    let mut play = Play::begin(Market::raise());
    while play.next().is_some() {
        play.assert_nobody_knows_too_much();
    }
    println!("FIGURE the story across four processes took {} ms", play.elapsed_ms());
    play.assert_completed();
    print_idle_figures(play.market.supplier.node.as_ref().unwrap());
    play.market.supplier.stop();
    play.market.buyer.stop();
    let restart = Instant::now();
    play.market.supplier.start();
    let (ms, records) = (restart.elapsed().as_millis(), books::records_of_stopped(&mut play.market.supplier));
    println!("FIGURE starting a node with {records} records took {ms} ms");
    for party in play.market.parties() {
        books::assert_nothing_twice(party);
        books::assert_discreet(&play, party);
    }
    let logged = play.market.logs();
    let told = play.market.canaries.in_bytes(&logged);
    assert!(told.is_empty(), "a log belongs to nobody, and says {told:?}");
}

fn print_idle_figures(node: &Running) {
    let (before, seconds) = (node.ticks(), 5);
    thread::sleep(Duration::from_secs(seconds));
    let ticks = node.ticks() - before;
    let ([kib, own_kib], ms) = (node.resident_kib(), 10 * ticks);
    println!("FIGURE an idle node has {kib} KiB resident, {own_kib} KiB of it not the program's file");
    println!("FIGURE it used {ms} ms of processor time in {seconds} s");
}
