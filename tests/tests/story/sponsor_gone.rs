//! No single party is needed: the sponsor through which both firms joined vanishes for good.

use crate::{books, market::Market, play::Play};

#[test]
fn business_goes_on_when_the_sponsor_of_both_firms_is_killed_for_good() {
    let mut market = Market::raise();
    market.parties().iter().for_each(|party| party.wait_for_passes());
    market.sponsor("lakeshore").kill();
    let mut play = Play::begin(market);
    // A restart must not need the sponsor either: whoever comes back knows the other meeting point.
    for firm in ["supplier", "buyer"] {
        play.market.party(firm).stop();
        play.market.party(firm).start();
    }
    while play.next().is_some() {
        play.assert_nobody_knows_too_much();
    }
    play.assert_completed();
    play.market.supplier.stop();
    play.market.buyer.stop();
    play.market.parties().into_iter().for_each(books::assert_nothing_twice);
}
