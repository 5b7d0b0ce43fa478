//! Who takes part in one market, drawn from a seed: which firms are spies, who vouches for whom, who is whose neighbour, over which
//! relays the records of each pseudonym leave.

use super::away::Away;
use super::measure::Question;
use super::{DAY, Firm, Ms, WEEK};
use crate::world::{Graph, Network, NodeId};
use crate::{RunSeed, draw};
use ed25519_dalek::SigningKey;
use firm::leaving::{Paired, Pinned, Step, next_pair, next_path};
use machine::Chance;
use protocol::genesis::Pace;
use protocol::id::{HolderKey, NetworkId, OnionKey, PeerKey};
use protocol::pass::{Pass, Purpose};
use protocol::path::{Pair, Path, Search, Seen};
use protocol::relay::{Relay, RelayBody};
use protocol::time::Week;
use std::collections::BTreeMap;

/// Live adverts of a firm, each under a pseudonym of its own.
pub(super) const PSEUDONYMS: usize = 2;

/// Sponsors, as in a region of two associations.
pub(super) const SPONSORS: usize = 2;

/// How long a market lasts, in milliseconds: the week in which adverts begin, eight of renewals, and a day to spare.
const LASTS_MS: Ms = 9 * WEEK + 2 * DAY;

/// What a node believes of a relay that it has not looked at often (`PTH-1`).
const BELIEVED_UP_PERMILLE: u16 = 950;

/// The relays over which a pseudonym's cells go, or a firm's own dummies, for a time.
#[derive(Clone, Debug)]
pub(super) struct Course {
    /// Guard, middle, exit.
    pub(super) relays: [Firm; 3],
    /// The first cell.
    pub(super) since: Ms,
    /// When other relays took over.
    pub(super) until: Ms,
}

impl Course {
    pub(super) fn is_used(&self, at: Ms) -> bool {
        self.since <= at && at < self.until
    }

    /// This course of a firm with the guard and the middle that another of its courses had in turn.
    pub(super) fn following(&self, eras: &[Course]) -> Vec<Course> {
        let led = eras.iter().enumerate().map(|(number, era)| {
            let [guard, middle, _] = era.relays;
            let since = if number == 0 { self.since } else { self.since.max(era.since) };
            Course { relays: [guard, middle, self.relays[2]], since, until: era.until }
        });
        led.filter(|course| course.since < course.until).collect()
    }
}

/// What a firm has drawn: for all that it says, and for one pseudonym.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    pub(super) pair: Option<Paired>,
    pub(super) path: Option<Pinned>,
}

impl Drawn {
    /// Counts a cell as late, or as told back.
    pub(super) fn count(&mut self, is_late: bool) {
        let of_pair = self.pair.as_mut().map(|paired| &mut paired.late);
        let of_path = self.path.as_mut().map(|pinned| &mut pinned.late);
        of_pair.into_iter().chain(of_path).for_each(|late| *late = if is_late { late.saturating_add(1) } else { 0 });
    }
}

/// One market.
pub(super) struct Market {
    pub(super) seed: RunSeed,
    pub(super) pace: Pace,
    pub(super) network: Network,
    pub(super) spies: Vec<bool>,
    pub(super) neighbours: Vec<Vec<(Firm, Ms)>>,
    pub(super) away: Vec<Away>,
    /// Of each firm: one for each pseudonym, and one for its own dummies.
    pub(super) courses: Vec<[Course; PSEUDONYMS + 1]>,
    /// When each firm's first beat is.
    pub(super) first_beat: Vec<Ms>,
    peers: BTreeMap<PeerKey, Firm>,
    relays: Vec<Relay>,
}

impl Market {
    /// A market as asked for, with so many spies.
    pub(super) fn new(question: &Question, spies: usize, seed: RunSeed) -> Market {
        let (pace, network, firms) = (question.pace, Network::default(), question.firms);
        let spies = drawn_spies(firms, spies, seed);
        let every = |firm: Firm| seed.chance("beat", &[firm as u64]);
        let relays: Vec<Relay> = (0..firms).map(|firm| described(firm, seed)).collect();
        let away = spies.iter().enumerate().map(|(firm, spy)| match spy {
            true => Away::default(),
            false => Away::draw(question.uptime_percent, LASTS_MS, &mut seed.chance("away", &[firm as u64])),
        });
        let mut market = Market {
            seed,
            pace,
            network,
            neighbours: neighbours(&spies, &network, seed),
            away: away.collect(),
            courses: Vec::new(),
            first_beat: (0..firms).map(|firm| draw(&mut every(firm), 0, u64::from(pace.cell_ms) - 1)).collect(),
            peers: relays.iter().enumerate().map(|(firm, relay)| (relay.body.peer, firm)).collect(),
            relays,
            spies,
        };
        market.courses = (0..firms).map(|firm| market.courses_of(firm)).collect();
        market
    }

    /// How long before a record came out spies look: 20 delays of a relay. Three are longer in one case of a million.
    pub(super) fn look_back_ms(&self) -> Ms {
        20 * u64::from(self.pace.delay_ms)
    }

    /// Firms that are no spies.
    pub(super) fn honest(&self) -> impl Iterator<Item = Firm> {
        (0..self.spies.len()).filter(|firm| !self.spies[*firm])
    }

    /// Honest firms that the sponsor of this one vouches for.
    pub(super) fn crowd(&self, firm: Firm) -> Vec<Firm> {
        self.honest().filter(|other| sponsor_of(*other) == sponsor_of(firm)).collect()
    }

    /// Draws what a pseudonym's next cell takes, as a firm's node does; says whether anything is new.
    pub(super) fn draw(&self, firm: Firm, drawn: &mut Drawn, chance: &mut Chance) -> bool {
        let seen: Vec<Seen<'_>> =
            self.relays.iter().map(|relay| Seen { relay, up_permille: BELIEVED_UP_PERMILLE }).collect();
        let search = Search { seen: &seen, week: Week(0), own: self.relays[firm].body.peer, guards: &[] };
        let pair = next_pair(drawn.pair.as_ref(), false, &search, chance);
        let is_new = if let Step::Pin(pair) = pair {
            drawn.pair = Some(Paired { pair, late: 0 });
            true
        } else {
            false
        };
        let Some(Paired { pair, .. }) = &drawn.pair else { return false };
        if let Step::Pin(path) = next_path(drawn.path.as_ref(), pair, false, &search, chance) {
            drawn.path = Some(Pinned { path, late: 0 });
            return true;
        }
        is_new
    }

    /// The firms that are the relays of what was drawn.
    pub(super) fn firms_on(&self, drawn: &Drawn) -> [Firm; 3] {
        // INVARIANT: a market has ten firms and more, all of them relays, so three can be drawn.
        let path = &drawn.path.as_ref().expect("a market has three relays").path;
        path.relays.map(|peer| self.peers[&peer])
    }

    /// A course as it was first drawn.
    pub(super) fn drawn(&self, course: &Course) -> Drawn {
        let relays = course.relays.map(|firm| self.relays[firm].body.peer);
        let [guard, middle, _] = relays;
        let pair = Pair { relays: [guard, middle], redrawn: 0, since: Week(0) };
        let path = Path { relays, redrawn: 0 };
        Drawn { pair: Some(Paired { pair, late: 0 }), path: Some(Pinned { path, late: 0 }) }
    }

    /// The first beat of a firm from a moment on.
    pub(super) fn beat_from(&self, firm: Firm, at: Ms) -> Ms {
        let every = u64::from(self.pace.cell_ms);
        self.first_beat[firm] + at.saturating_sub(self.first_beat[firm]).div_ceil(every) * every
    }

    fn courses_of(&self, firm: Firm) -> [Course; PSEUDONYMS + 1] {
        let mut chance = self.seed.chance("courses", &[firm as u64]);
        let mut drawn = Drawn::default();
        let relays: [_; PSEUDONYMS + 1] = std::array::from_fn(|_| {
            drawn.path = None;
            self.draw(firm, &mut drawn, &mut chance);
            self.firms_on(&drawn)
        });
        let mut chance = self.seed.chance("begun", &[firm as u64]);
        std::array::from_fn(|number| {
            // The last one is for dummies alone and older than everything.
            let begun = if number == PSEUDONYMS { 0 } else { draw(&mut chance, DAY, DAY + WEEK) };
            Course { relays: relays[number], since: self.beat_from(firm, begun), until: Ms::MAX }
        })
    }
}

pub(super) fn sponsor_of(firm: Firm) -> usize {
    firm % SPONSORS
}

fn drawn_spies(firms: usize, spies: usize, seed: RunSeed) -> Vec<bool> {
    let (mut is_spy, mut chance) = (vec![false; firms], seed.chance("spies", &[]));
    let mut left = spies;
    while left > 0 {
        let firm = draw(&mut chance, 0, firms as u64 - 1) as Firm;
        left -= usize::from(!std::mem::replace(&mut is_spy[firm], true));
    }
    is_spy
}

/// The world's links, eight for each firm, and a link from each spy to everybody.
fn neighbours(spies: &[bool], network: &Network, seed: RunSeed) -> Vec<Vec<(Firm, Ms)>> {
    let count = spies.len() as u32;
    let of_spies = (0..count).filter(|firm| spies[*firm as usize]);
    let dialled = of_spies.flat_map(|spy| (0..count).map(move |other| [NodeId(spy), NodeId(other)]));
    let pairs = Graph::Neighbours(8).pairs(seed, count).into_iter().chain(dialled);
    let mut linked: Vec<BTreeMap<Firm, Ms>> = vec![BTreeMap::new(); spies.len()];
    for pair in pairs.filter(|[a, b]| a != b) {
        let [a, b] = pair.map(|node| node.0 as Firm);
        let base_ms = network.base_ms(seed, pair);
        linked[a].insert(b, base_ms);
        linked[b].insert(a, base_ms);
    }
    linked.into_iter().map(|of| of.into_iter().collect()).collect()
}

/// A firm's node as a relay.
fn described(firm: Firm, seed: RunSeed) -> Relay {
    let key = |label, number: usize| SigningKey::from_bytes(&seed.bytes(label, &[number as u64]));
    let (holder, peer, sponsor) = (key("holder", firm), key("peer", firm), key("sponsor", sponsor_of(firm)));
    let network = NetworkId(seed.bytes("network", &[]));
    let pass = Pass::issue(network, Week(0), Purpose::Peer, HolderKey::of(&holder), &sponsor);
    let (onion, addresses) = (OnionKey(seed.bytes("onion", &[firm as u64])), Vec::new());
    let body =
        RelayBody { network, peer: PeerKey::of(&peer), onion, week: Week(0), addresses, pass, predecessor: None };
    Relay::new(body, &holder, &peer)
}
