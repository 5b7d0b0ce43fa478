//! A counterpart that never stops talking.

use super::hours::{replay, up_to_names};
use super::keys::up_to_sign;
use super::*;
use firm::deals::seal;
use protocol::dialogue::Payload;
use protocol::limits::MESSAGES_READ_MAX;

/// Lets the buyer say so many things that make no sense, which cost it nothing; gives how many records each left here.
fn babble(duet: &mut Duet, count: u64) -> Vec<usize> {
    let deal = duet.sides[BUYER].firm.deals.all().next().unwrap();
    let (channel, tag_key, position) = (deal.channel.clone().unwrap(), deal.opening.tag_key().clone(), deal.position);
    let first = duet.sides[SUPPLIER].firm.deals.all().next().unwrap().next_in.0;
    let from = duet.sides[BUYER].peer.clone();
    let mut left = Vec::new();
    for sequence in first..first + count {
        let said = seal(
            &channel,
            &tag_key,
            position,
            protocol::noise::Sequence(sequence),
            &Seed([7; 32]),
            &Payload::keys(&[]),
        );
        let said = said.unwrap();
        let bytes = Parcel::Session { tag: said.tag.0, ciphertext: said.ciphertext }.to_bytes();
        let before = duet.sides[SUPPLIER].records.len();
        duet.input(SUPPLIER, Input::Received { from: from.clone(), delivery: machine::Delivery(0), bytes });
        left.push(duet.sides[SUPPLIER].records.len() - before);
    }
    left
}

#[test]
fn a_counterpart_that_talks_nonsense_ends_the_deal_and_leaves_a_bounded_trace() {
    // STP-7
    let mut duet = up_to_names();
    let left = babble(&mut duet, MESSAGES_READ_MAX + 50);
    let deal = duet.sides[SUPPLIER].firm.deals.all().next().unwrap();
    assert!(deal.closed.as_ref().is_some_and(|closed| closed.by_us));
    assert!(left.iter().rev().take(50).all(|records| *records == 0), "what comes after that leaves nothing");
    assert!(duet.sides[BUYER].firm.deals.all().next().unwrap().closed.is_some(), "and it is told so");
    replay(&mut duet);
}

#[test]
fn a_binding_deal_stays_and_reads_no_more_than_so_much() {
    // STP-7, STP-1
    let mut duet = up_to_sign();
    duet.approve_both(Step::Sign);
    let left = babble(&mut duet, MESSAGES_READ_MAX + 50);
    assert!(duet.sides[SUPPLIER].firm.deals.all().next().unwrap().is_binding());
    assert!(left.iter().rev().take(50).all(|records| *records == 0));
    replay(&mut duet);
}
