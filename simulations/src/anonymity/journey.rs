//! How everything that one pseudonym says leaves its author: in which cells, over which relays, and when it came out.

use super::market::{Course, Market};
use super::{DAY, Firm, Ms, WEEK};
use crate::draw;
use machine::Chance;
use protocol::cells::Delays;
use protocol::time::UnixMs;

/// Renewals of one advert, one a week.
pub(super) const RENEWALS: u64 = 8;

/// Replies to probes, at any time of these weeks.
pub(super) const REPLIES: u64 = 30;

/// What a pseudonym says, in the order in which spies get more of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    Advert,
    Renewal,
    Reply,
}

/// When a cell came to the middle, to the exit, and out; as far as it came.
pub(super) type Passage = [Option<Ms>; 3];

/// A cell with a record in it.
pub(super) struct Sent {
    pub(super) beat: Ms,
    pub(super) relays: [Firm; 3],
    pub(super) passage: Passage,
}

/// A record, and the cell in which it came out.
pub(super) struct Out {
    pub(super) said: Said,
    pub(super) cell: usize,
    pub(super) at: Ms,
}

/// Everything that one pseudonym said.
pub(super) struct Journey {
    pub(super) courses: Vec<Course>,
    pub(super) cells: Vec<Sent>,
    pub(super) records: Vec<Out>,
}

/// When a pseudonym whose advert is begun at a moment decides on what it says.
pub(super) fn decided(begun: Ms, chance: &mut Chance) -> Vec<(Ms, Said)> {
    let renewals = (1..=RENEWALS).map(|week| (week * WEEK, DAY, Said::Renewal));
    let replies = (0..REPLIES).map(|_| (0, RENEWALS * WEEK, Said::Reply));
    let later = renewals.chain(replies).map(|(from, within, said)| (begun + from + draw(chance, 0, within), said));
    let mut all: Vec<_> = later.collect();
    all.push((begun, Said::Advert));
    all.sort();
    all
}

/// Lets it all out over a firm's course, which is drawn again as its node would (`PTH-3`).
pub(super) fn journey(
    market: &Market,
    firm: Firm,
    course: &Course,
    decided: &[(Ms, Said)],
    chance: &mut Chance,
) -> Journey {
    let mut drawn = market.drawn(course);
    let mut all = Journey { courses: vec![course.clone()], cells: Vec::new(), records: Vec::new() };
    for (decided, said) in decided {
        let mut due = *decided;
        loop {
            let (relays, since) = all.courses.last().map(|course| (course.relays, course.since)).unwrap_or_default();
            let taken = all.cells.last().map_or(0, |cell| cell.beat + 1);
            let beat = beat_with_guard(market, firm, relays[0], due.max(since).max(taken));
            let delays = Delays::draw(market.pace.delay_ms, chance);
            let passage = carried(market, relays, beat, &delays);
            all.cells.push(Sent { beat, relays, passage });
            if let [.., Some(at)] = passage {
                drawn.count(false);
                all.records.push(Out { said: *said, cell: all.cells.len() - 1, at });
                break;
            }
            drawn.count(true);
            due = delays.late(UnixMs(beat), market.pace.travel_ms).0;
            if market.draw(firm, &mut drawn, chance) {
                all.courses.iter_mut().for_each(|course| course.until = course.until.min(due));
                all.courses.push(Course { relays: market.firms_on(&drawn), since: due, until: Ms::MAX });
            }
        }
    }
    let first = all.cells.first().map_or(course.since, |cell| cell.beat);
    all.courses[0].since = first;
    all
}

/// How far a cell comes over these relays. Each holds it for its delay and is there so long, or it is lost; a next one that is away
/// is tried for as long as a cell may travel.
pub(super) fn carried(market: &Market, relays: [Firm; 3], beat: Ms, delays: &Delays) -> Passage {
    let (mut passage, mut at) = ([None; 3], beat);
    for (hop, relay) in relays.into_iter().enumerate() {
        let ripe = at + u64::from(delays.0[hop]);
        let next = relays.get(hop + 1).map_or(ripe, |next| market.away[*next].there_from(ripe));
        if next > ripe + u64::from(market.pace.travel_ms) || !market.away[relay].is_there(at, next) {
            break;
        }
        (passage[hop], at) = (Some(next), next);
    }
    passage
}

/// The first beat at which a firm's guard is there.
fn beat_with_guard(market: &Market, firm: Firm, guard: Firm, from: Ms) -> Ms {
    let beats = |at| market.beat_from(firm, market.away[guard].there_from(at));
    std::iter::successors(Some(beats(from)), |beat| Some(beats(*beat)).filter(|next| next != beat))
        .last()
        .unwrap_or(from)
}
