//! Issuing keys are in a process of their own, and it may die: whoever joins then has its passes all the same.

use crate::{
    market::Market,
    play::Play,
    program::{parent, send, until},
};
use rustix::process::Signal;

#[test]
fn firms_join_and_do_business_although_the_signer_of_their_sponsor_is_killed_each_time() {
    let mut market = Market::convene();
    for id in ["supplier", "buyer"] {
        let sponsor = market.story.firm(id).unwrap().sponsor.clone();
        let invitation = market.sponsor(&sponsor).invitation();
        assert_eq!(market.party(id).init(&invitation).code, 0);
        send(market.sponsor(&sponsor).signer(), Signal::KILL);
        market.party(id).start();
        market.party(id).wait_for_passes();
    }
    let mut play = Play::begin(market);
    while play.next().is_some() {
        play.assert_nobody_knows_too_much();
    }
    play.assert_completed();
    // The power goes, and no signer stays behind with its keys.
    let sponsor = play.market.sponsor("lakeshore");
    let signer = sponsor.signer();
    sponsor.kill();
    until("the signer ends", || parent(signer).is_none().then_some(()));
}
