//! What spies saw of one record: how it came out, and which cells they carried for whom shortly before.

use super::gossip::{Told, first_told};
use super::journey::{Journey, Out, Passage, Said, carried};
use super::market::{Course, Market, PSEUDONYMS};
use super::{Firm, Ms};
use crate::draw;
use machine::Chance;
use protocol::cells::Delays;
use std::collections::BTreeMap;

/// Where cells came into the hands of spies: from which node, which is the author (place 0), a guard (1) or a middle (2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) place: usize,
    pub(super) from: Firm,
}

/// A way that cells take between honest nodes, through spies: handed over to the middle (hop 1) or the exit (hop 2) of their path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way {
    pub(super) entry: Entry,
    pub(super) to: Firm,
    pub(super) hop: usize,
}

/// The cells of one way.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// When its first cell ever came.
    pub(super) since: Ms,
    /// How many cells come in a millisecond, as a mean.
    pub(super) rate: f64,
    /// When spies handed each of the last ones over, in the order in which they came.
    pub(super) handed: Vec<Ms>,
}

/// How a record came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// An honest node told it.
    Told(Told),
    /// A spy was the exit and opened the cell, which had come into the hands of spies so.
    Opened { entry: Entry, at: Ms },
}

/// What spies saw.
pub(super) struct Sight {
    pub(super) said: Said,
    pub(super) came: Came,
    pub(super) lines: BTreeMap<Way, Line>,
}

/// Everything that spies see of the record of a firm.
pub(super) fn sight(
    market: &Market,
    (author, pseudonym): (Firm, usize),
    journey: &Journey,
    out: &Out,
    chance: &mut Chance,
) -> Option<Sight> {
    let cell = &journey.cells[out.cell];
    let came = match opened(market, author, cell.relays, cell.beat, cell.passage) {
        Some(came) => came,
        None => Came::Told(first_told(market, cell.relays[2], out.at, chance)?),
    };
    let at = match came {
        Came::Told(Told { at, .. }) | Came::Opened { at, .. } => at,
    };
    let followed = market.courses[author].each_ref().map(|course| course.following(&journey.courses));
    let mut lines = BTreeMap::new();
    for firm in market.honest() {
        let used = |course: &&Course| course.is_used(at);
        let mut courses: Vec<&Course> = Vec::with_capacity(PSEUDONYMS + 1);
        for (number, course) in market.courses[firm].iter().enumerate() {
            if firm == author && number == pseudonym {
                courses.extend(journey.courses.iter().filter(used));
            } else if firm == author {
                courses.extend(followed[number].iter().filter(used));
            } else {
                courses.extend(Some(course).filter(used));
            }
        }
        if courses.iter().any(|course| way(market, firm, course.relays).is_some()) {
            let own: &[_] = if firm == author { &journey.cells } else { &[] };
            look(market, firm, &courses, (at, own), &mut lines, chance);
        }
    }
    Some(Sight { said: out.said, came, lines })
}

/// The cells that one firm sent lately over relays that are spies.
fn look(
    market: &Market,
    firm: Firm,
    courses: &[&Course],
    (until, own): (Ms, &[super::journey::Sent]),
    lines: &mut BTreeMap<Way, Line>,
    chance: &mut Chance,
) {
    let every = u64::from(market.pace.cell_ms);
    for course in courses {
        let Some(way) = way(market, firm, course.relays) else { continue };
        let line = lines.entry(way).or_insert(Line { since: Ms::MAX, ..Line::default() });
        line.since = line.since.min(course.since);
        line.rate += 1.0 / (every as f64 * courses.len() as f64);
    }
    let from = market.beat_from(firm, until.saturating_sub(market.look_back_ms()));
    for beat in (from..until).step_by(every as usize) {
        if let Some(sent) = own.iter().find(|sent| sent.beat == beat) {
            note(market, firm, sent.relays, sent.passage, lines);
            continue;
        }
        let used: Vec<&&Course> = courses.iter().filter(|course| course.is_used(beat)).collect();
        let begins = used.iter().position(|course| course.since == beat);
        let drawn = begins.unwrap_or_else(|| draw(chance, 0, used.len().saturating_sub(1) as u64) as usize);
        // A dummy whose guard is away takes the next path (`PTH-4`).
        let there = |course: &&&&Course| market.away[course.relays[0]].is_there(beat, beat);
        let Some(course) = used.iter().cycle().skip(drawn).take(used.len()).find(there) else { continue };
        if way(market, firm, course.relays).is_some() {
            let delays = Delays::draw(market.pace.delay_ms, chance);
            note(market, firm, course.relays, carried(market, course.relays, beat, &delays), lines);
        }
    }
}

fn note(market: &Market, firm: Firm, relays: [Firm; 3], passage: Passage, lines: &mut BTreeMap<Way, Line>) {
    let Some(way) = way(market, firm, relays) else { return };
    if let (Some(line), Some(at)) = (lines.get_mut(&way), passage[way.hop - 1]) {
        line.handed.push(at);
    }
}

/// Which part of a path spies see, if they see any and do not see it whole: then the exit is theirs, and what comes out says more.
fn way(market: &Market, author: Firm, relays: [Firm; 3]) -> Option<Way> {
    let [guard, middle, exit] = relays;
    let (from_author, from_guard) = (Entry { place: 0, from: author }, Entry { place: 1, from: guard });
    match relays.map(|relay| market.spies[relay]) {
        [true, true, false] => Some(Way { entry: from_author, to: exit, hop: 2 }),
        [true, false, _] => Some(Way { entry: from_author, to: middle, hop: 1 }),
        [false, true, false] => Some(Way { entry: from_guard, to: exit, hop: 2 }),
        _ => None,
    }
}

/// What a spy at the exit, and spies before it, know of a cell that they opened.
fn opened(market: &Market, author: Firm, relays: [Firm; 3], beat: Ms, passage: Passage) -> Option<Came> {
    let [guard, middle, exit] = relays;
    let [from_guard, from_middle] = [passage[0]?, passage[1]?];
    let came = |place, from, at| Some(Came::Opened { entry: Entry { place, from }, at });
    match [guard, middle, exit].map(|relay| market.spies[relay]) {
        [true, true, true] => came(0, author, beat),
        [false, true, true] => came(1, guard, from_guard),
        [_, false, true] => came(2, middle, from_middle),
        [_, _, false] => None,
    }
}
