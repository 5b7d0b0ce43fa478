//! S1, Idle shift: two idle machines and a robotics integrator find each other without telling anybody.

use crate::{books, market::Market, party::now, play::Play, program::Running};
use std::{
    fs, thread,
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
    assert_billed_once(&play);
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

/// What was countersigned can be billed by the side that worked, once, and the other side has nothing to bill.
fn assert_billed_once(play: &Play) {
    let Market { supplier, buyer, .. } = &play.market;
    let deal = supplier.deal().unwrap()["id"].as_str().unwrap().to_owned();
    let today = now().day().to_string();
    let issue = |number| ["invoice", "issue", &*deal, "--number", number, "--issued", &*today, "--tax", "HST=13"];
    assert_eq!(supplier.run(&issue("2026-1")).code, 0);
    assert_ne!(supplier.run(&issue("2026-2")).code, 0, "nothing is left");
    assert_ne!(buyer.run(&issue("2026-1")).code, 0, "the buyer pays");
    let file = supplier.beside("invoice.xml");
    assert_eq!(supplier.run(&["invoice", "show", &deal, "1", "--ubl", file.to_str().unwrap()]).code, 0);
    let document = fs::read_to_string(&file).unwrap();
    let pays = format!("<cbc:RegistrationName>{}</cbc:RegistrationName>", buyer.plan.legal_name);
    for says in [&*pays, "unitCode=\"HUR\">7.5<", "<cbc:Percent>13</cbc:Percent>"] {
        assert!(document.contains(says), "{says} in {document}");
    }
}

fn print_idle_figures(node: &Running) {
    let (before, seconds) = (node.ticks(), 5);
    thread::sleep(Duration::from_secs(seconds));
    let ticks = node.ticks() - before;
    let ([kib, own_kib], ms) = (node.resident_kib(), 10 * ticks);
    println!("FIGURE an idle node has {kib} KiB resident, {own_kib} KiB of it not the program's file");
    println!("FIGURE it used {ms} ms of processor time in {seconds} s");
}
