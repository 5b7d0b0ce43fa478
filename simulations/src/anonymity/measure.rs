//! What is asked of a market, and the shares that come out.

use super::gossip::first_told;
use super::journey::{Journey, Said, decided, journey};
use super::linker::Suspicion;
use super::market::{Market, sponsor_of};
use super::sight::{Sight, sight};
use super::{Firm, Ms};
use crate::{RunSeed, draw};
use machine::Chance;
use protocol::genesis::Pace;
use rand_core::Rng;
use serde::Serialize;
use std::collections::BTreeMap;

/// Which market, and how long one looks.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// Firms, 50 or more.
    pub firms: usize,
    /// Of 100 firms, how many are spies; rounded to the nearest firm.
    pub spies_percent: usize,
    /// Of 100 hours, how many an honest relay is there.
    pub uptime_percent: u32,
    /// How often cells leave and how long relays hold them; real networks have one pace.
    pub pace: Pace,
    /// How many authors are looked for, in as many markets as that takes.
    pub authors: usize,
    /// Decides every chance.
    pub seed: RunSeed,
}

/// Of so many, how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// How many authors were named.
    pub named: usize,
    /// How many there were.
    pub of: usize,
}

/// What spies achieve. Each three shares are of authors of whom they have one advert, eight renewals besides, and thirty replies
/// besides.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figures {
    /// Firms.
    pub firms: usize,
    /// Spies among them.
    pub spies: usize,
    /// Records are gossiped by their author.
    pub direct: [Share; 3],
    /// Records are gossiped by one member for each pseudonym, who was told them openly.
    pub stem: [Share; 3],
    /// Records leave in cells.
    pub cells: [Share; 3],
    /// Spies look at nothing but who was there whenever a record came out, where firms are there as long as relays. However records
    /// leave, neighbours see that.
    pub presence: [Share; 3],
    /// How often a pair of adverts of one firm looks more alike than a pair of two, ties counting half: 0.5 is chance.
    pub linkage: f64,
}

impl Share {
    fn count(&mut self, named: bool) {
        (self.named, self.of) = (self.named + usize::from(named), self.of + 1);
    }

    /// In hundredths.
    pub fn percent(&self) -> f64 {
        100.0 * self.named as f64 / self.of.max(1) as f64
    }
}

impl Figures {
    /// The largest share of authors that may be named in cells, in hundredths: p² and two in all firms, and one point, or three
    /// in a market of fewer than 200.
    pub fn bar_percent(&self) -> f64 {
        let (firms, spies) = (self.firms as f64, self.spies as f64);
        (spies / firms).powi(2) * 100.0 + 200.0 / firms + if self.firms < 200 { 3.0 } else { 1.0 }
    }
}

/// Plays so many authors.
pub fn measure(question: &Question) -> Figures {
    let spies = ((question.firms * question.spies_percent + 50) / 100).max(1);
    let mut figures = Figures { firms: question.firms, spies, ..Figures::default() };
    let (mut alike, mut unlike) = (Vec::new(), Vec::new());
    for number in 0.. {
        let mut chance = question.seed.chance("market", &[question.firms as u64, spies as u64, number]);
        let seed = RunSeed(chance.next_u64());
        let market = Market::new(question, spies, seed);
        let mut first_adverts: BTreeMap<usize, Vec<[Suspicion; 2]>> = BTreeMap::new();
        for author in market.honest() {
            if figures.cells[0].of == question.authors {
                break;
            }
            let pair = author_looked_for(&market, author, &mut figures);
            first_adverts.entry(sponsor_of(author)).or_default().extend(pair);
        }
        for firms in first_adverts.values() {
            let next = firms.iter().cycle().skip(1);
            alike.extend(firms.iter().map(|[one, other]| one.likeness(other, question.firms)));
            unlike.extend(firms.iter().zip(next).map(|([one, _], [_, other])| one.likeness(other, question.firms)));
        }
        if figures.cells[0].of == question.authors {
            break;
        }
    }
    figures.linkage = area_under_curve(&alike, unlike);
    figures
}

/// Everything that spies can do about one author; gives what they make of its first adverts.
fn author_looked_for(market: &Market, author: Firm, figures: &mut Figures) -> Option<[Suspicion; 2]> {
    let mut chance = market.seed.chance("author", &[author as u64]);
    let crowd = market.crowd(author);
    let [first, second, _] = &market.courses[author];
    let said = decided(first.since, &mut chance);
    let told = journey(market, author, first, &said, &mut chance);
    let seen = |pseudonym, journey: &Journey, chance: &mut Chance| -> Vec<Sight> {
        journey.records.iter().filter_map(|out| sight(market, (author, pseudonym), journey, out, chance)).collect()
    };
    let sights = seen(0, &told, &mut chance);
    let stem = draw(&mut chance, 0, market.spies.len() as u64 - 1) as Firm;
    for (index, last) in [Said::Advert, Said::Renewal, Said::Reply].into_iter().enumerate() {
        let series = || sights.iter().filter(move |sight| sight.said <= last);
        let suspicion = Suspicion::of(series(), market);
        let named = suspicion.names(&crowd).unwrap_or_else(|| any(&suspicion.unseen(&crowd), &crowd, &mut chance));
        figures.cells[index].count(named == author);
        let tellers = told_first(market, author, &said, last, &mut chance);
        figures.direct[index].count(tellers == Some(author));
        let guessed = if market.spies[stem] { author } else { any(&[], &crowd, &mut chance) };
        figures.stem[index].count(guessed == author);
        let there = always_there(market, author, &said, last, &crowd);
        figures.presence[index].count(any(&there, &crowd, &mut chance) == author);
    }
    let other = journey(market, author, second, &[(second.since, Said::Advert)], &mut chance);
    let other = seen(1, &other, &mut chance);
    let adverts = sights.iter().filter(|sight| sight.said == Said::Advert);
    Some([Suspicion::of(adverts, market), Suspicion::of(other.iter(), market)])
}

/// Who told most of these records first, when their author gossips them itself.
fn told_first(market: &Market, author: Firm, said: &[(Ms, Said)], last: Said, chance: &mut Chance) -> Option<Firm> {
    let mut tellers: BTreeMap<Firm, usize> = BTreeMap::new();
    for (at, _) in said.iter().filter(|(_, said)| *said <= last) {
        let told = first_told(market, author, *at, chance)?;
        *tellers.entry(told.by).or_default() += 1;
    }
    tellers.into_iter().max_by_key(|(_, times)| *times).map(|(firm, _)| firm)
}

/// Who of a crowd was there at some moment shortly before each of these records came out; an author that is away waits.
fn always_there(market: &Market, author: Firm, said: &[(Ms, Said)], last: Said, crowd: &[Firm]) -> Vec<Firm> {
    let sent = said.iter().filter(|(_, said)| *said <= last).map(|(at, _)| market.away[author].there_from(*at));
    let out: Vec<Ms> = sent.map(|at| at + 3 * u64::from(market.pace.delay_ms)).collect();
    let was_there =
        |firm: Firm, out: Ms| market.away[firm].there_from(out.saturating_sub(market.look_back_ms())) <= out;
    crowd.iter().filter(|firm| out.iter().all(|out| was_there(**firm, *out))).copied().collect()
}

/// One of these, or one of the crowd if these are none.
fn any(of: &[Firm], crowd: &[Firm], chance: &mut Chance) -> Firm {
    let from = if of.is_empty() { crowd } else { of };
    from[draw(chance, 0, from.len() as u64 - 1) as usize]
}

/// The chance that one of these is larger than one of those.
fn area_under_curve(alike: &[f64], mut unlike: Vec<f64>) -> f64 {
    unlike.sort_by(f64::total_cmp);
    let below = |value: f64| unlike.partition_point(|other| *other < value);
    let up_to = |value: f64| unlike.partition_point(|other| *other <= value);
    let wins: f64 = alike.iter().map(|value| (below(*value) + up_to(*value)) as f64 / 2.0).sum();
    wins / (alike.len() * unlike.len()).max(1) as f64
}
