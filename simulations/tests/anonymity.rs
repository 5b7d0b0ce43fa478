//! What spies can and cannot do, in markets small enough for a test.

use protocol::genesis::Pace;
use simulations::RunSeed;
use simulations::anonymity::{Figures, Question, measure};

fn figures(seed: u64) -> Figures {
    let (uptime_percent, pace) = (90, Pace::REAL);
    measure(&Question { firms: 60, spies_percent: 10, uptime_percent, pace, authors: 108, seed: RunSeed(seed) })
}

#[test]
fn spies_hear_nearly_every_author_gossip_its_own_record_and_a_seed_decides_the_figures() {
    let figures = figures(1);
    assert_eq!((figures.spies, figures.direct[0].of), (6, 108));
    assert!(figures.direct.iter().all(|share| share.percent() > 90.0), "{figures:?}");
    assert_eq!(format!("{figures:?}"), format!("{:?}", self::figures(1)));
}
